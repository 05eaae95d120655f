"""Categorical: K classes, labels y_ik, and p_ik the probability of class k for observation i.

The same names in the same order as in `bernoulli`: from the probability of one label to the mean cross-entropy of n
labels, then the first and second derivatives in the probabilities, and the best shared distribution. The derivatives
treat every probability as a variable of its own (the ambient gradient); the simplex enters through a Lagrange
multiplier. Where the probabilities depend on the input, the counts in the cells, one for each input and class, are all
that enters. n and K stay symbols.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, Product, S, Sum, Tuple, log

from .cross_entropy import cross_entropy as cross_entropy_of, equal_inputs, label_count
from .engine.derivation import derive
from .engine.entries import Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute, multiply_by_one, solve_for
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_power,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import weighted_log_below
from .engine.rules.logarithms import log_of_power, log_of_product
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, product_of_powers,
                                reorder_products, sift_kronecker_delta, sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .notation import (K, M, c, c_in_range, classes_possible, every_labels_sum, g, i, i_in_range, independent, j,
                       j_in_range, k, k_in_range, l, l_in_range, m, m_in_range, model_sums, n, p, positive,
                       probabilities_sum, r, shared_classes_possible, shared_p, shared_positive, u, y, φ)
from .notation import multiplier as lambda_

# --- The probability of one label ---
mass = define(
    "categorical.mass", "categorical mass", "P", (y, p), Product(p[k]**y[k], (k, 1, K)), shown=(y,),
    meaning="the probability of a hard label: that of the class whose label is 1",
)

one_hot_label = define(
    "categorical.one_hot_label", "one-hot label of class c", "e", (c, k), KroneckerDelta(k, c),
    meaning="the label of an observation of class c: 1 for the class c and 0 for the others",
)

mass_of_class = (
    derive("categorical.mass_of_class", "the mass of a one-hot label is one probability", mass(one_hot_label(c), p))
    .by(unfold, mass, because="this is its definition")
    .by(unfold, one_hot_label, because="this is its definition")
    .by(sift_kronecker_delta, using=c_in_range,
        because="a number to the power 0 is 1; exactly one factor is left, that of the class c")
)

# --- Total, mean and covariance ---
total_probability = (
    derive("categorical.total_probability", "the categorical probabilities of all labels sum to 1",
           Sum(mass(one_hot_label(c), p), (c, 1, K)))
    .by(cite, mass_of_class, {c: c}, because="each class has its own probability")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
)

mean = (
    derive("categorical.mean", "the mean of a categorical label",
           Sum(one_hot_label(c, m) * mass(one_hot_label(c), p), (c, 1, K)))
    .by(cite, mass_of_class, {c: c}, because="each label has the probability of its class")
    .by(unfold, one_hot_label, because="a label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with c = m")
)

variance = (
    derive("categorical.variance", "the covariance of a categorical label",
           Sum((one_hot_label(c, m) - p[m]) * (one_hot_label(c, l) - p[l]) * mass(one_hot_label(c), p), (c, 1, K)))
    .by(cite, mass_of_class, {c: c}, using=(m_in_range, l_in_range),
        because="each label has the probability of its class")
    .by(unfold, one_hot_label, because="a label is 1 for its class and 0 for the others")
    .by(distribute, KroneckerDelta(c, m), because="multiply out the bracket of class m")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, using=m_in_range,
        because="exactly one class survives in the first sum, the one with c = m")
    .by(factor_out_of_sum, because="p_m does not depend on c")
    .by(distribute, KroneckerDelta(c, l), because="multiply out the bracket in the sum")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="p_l does not depend on c")
    .by(sift_kronecker_delta, using=l_in_range, because="exactly one class survives, the one with c = l")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1, so the mean distance from the mean is 0")
)

# --- The probability of all labels ---
likelihood = (
    derive("categorical.likelihood", "categorical likelihood",
           Product(mass(y[i], p[i]), (i, 1, n)), symbol="ℒ", parameters=(p,))
    .by(unfold, mass, using=independent,
        because="the probability of independent labels is the product of their probabilities, each a categorical mass")
)

# --- Log, sign, mean ---
log_likelihood = (
    derive("categorical.log_likelihood", "categorical log-likelihood", log(likelihood(p)), symbol="ℓ", parameters=(p,))
    .by(unfold, likelihood, using=classes_possible,
        because="this is what the likelihood was found to be; it is positive, so it has a logarithm")
    .by(log_of_product, using=classes_possible,
        because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_power, using=classes_possible,
        because="a label is the exponent of a positive base, or both are 0")
)

negative_log_likelihood = (
    derive("categorical.negative_log_likelihood", "categorical negative log-likelihood",
           -log_likelihood(p), symbol="NLL", parameters=(p,))
    .by(unfold, log_likelihood, because="only the sign changes, so the largest likelihood becomes the smallest loss")
)

mean_negative_log_likelihood = (
    derive("categorical.mean_negative_log_likelihood", "categorical mean negative log-likelihood",
           negative_log_likelihood(p) / n, symbol="mean NLL", parameters=(p,))
    .by(unfold, negative_log_likelihood,
        because="dividing by n keeps the minimiser and makes data sets of different sizes comparable")
)

# --- The same number as a cross-entropy ---
cross_entropy = (
    derive("categorical.cross_entropy", "categorical mean negative log-likelihood is a cross-entropy",
           mean_negative_log_likelihood(p))
    .by(unfold, mean_negative_log_likelihood, because="this is what the mean negative log-likelihood was found to be")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term as well as to the sum")
    .by(fold, cross_entropy_of, y[i], p[i],
        because="each term is the cross-entropy of the labels of one observation against its probabilities")
)

# --- The slope in one probability ---
score = (
    derive("categorical.score", "categorical score: the ambient gradient", partial(log_likelihood(p), p[j, m]))
    .by(unfold, log_likelihood, using=positive, implied=classes_possible,
        because="this is what the log-likelihood was found to be")
    .by(differentiate_sum, because="the sum is finite, and neither j nor m is an index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_logarithm, using=positive, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate,
        because="each probability is a variable of its own: this is the ambient gradient, not one along the simplex")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(sift_kronecker_delta, using=j_in_range, because="exactly one observation survives, the one with i = j")
)

hessian = (
    derive("categorical.hessian", "categorical Hessian", partial(log_likelihood(p), p[j, m], p[r, l]))
    .by(cite, score, because="the score is the first derivative")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_power, using=positive, because="the base is not 0")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
)

# --- One distribution for all ---
count = define(
    "categorical.count", "number of labels of class k", "N", (k,), Sum(y[i, k], (i, 1, n)),
    meaning="the sum of the labels of class k; for hard labels, how often it was seen",
)

total_count = (
    derive("categorical.total_count", "the counts of all classes add up to n", Sum(count(k), (k, 1, K)))
    .by(unfold, count, because="a count is a sum of labels")
    .by(swap_sums, because="finite sums may change their order")
    .by(by_hypothesis, every_labels_sum, because="the labels of each observation sum to 1")
    .by(sum_of_constant, because="a sum of n ones is n")
)

shared_model = define(
    "categorical.shared_model", "one distribution for all observations", "p", (shared_p, i, k), shared_p[k],
    meaning="the same probability of class k for every observation", shown=(i, k),
)

shared_log_likelihood = (
    derive("categorical.shared_log_likelihood", "categorical log-likelihood of one shared distribution",
           log_likelihood(shared_model(shared_p)), symbol="ℓ", parameters=(shared_p,))
    .by(unfold, log_likelihood, using=shared_classes_possible, implied=classes_possible,
        because="this is what the log-likelihood was found to be")
    .by(unfold, shared_model, because="every observation has the same class probabilities")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the logarithms do not depend on i")
    .by(fold, count, because="the sum of the labels of a class counts them")
)

lagrangian = define(
    "categorical.lagrangian", "Lagrangian of the categorical log-likelihood", "Λ", (shared_p, lambda_),
    shared_log_likelihood(shared_p) - lambda_ * (Sum(shared_p[k], (k, 1, K)) - 1),
    meaning="the log-likelihood minus a multiple of how far the probabilities are from summing to 1",
)

shared_score = (
    derive("categorical.shared_score", "gradient of the Lagrangian",
           partial(lagrangian(shared_p, lambda_), shared_p[m]))
    .by(unfold, lagrangian, using=shared_positive, because="this is its definition")
    .by(unfold, shared_log_likelihood, implied=shared_classes_possible,
        because="this is what the log-likelihood was found to be")
    .by(linearity_of_derivative, because="the multiplier does not depend on the probabilities")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(differentiate_sum, because="both sums are finite, and m is not the index they run over")
    .by(linearity_of_derivative, because="the counts do not depend on the probabilities")
    .by(derivative_of_logarithm, using=shared_positive, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

score_is_zero = Hypothesis(
    "the gradient of the Lagrangian is zero", "the gradient of the Lagrangian is zero, for every class m",
    equation(shared_score.result, 0),
    # u is 1 where the probabilities sum to 1
    witness=Tuple((lambda_, u * Sum(count(k), (k, 1, K))), (shared_p[k], count(k) / lambda_)), every=(m,),
)

multiplier = (
    derive("categorical.multiplier", "the Lagrange multiplier is n", lambda_)
    .by(multiply_by_one, probabilities_sum, because="the probabilities sum to 1")
    .by(factor_into_sum, because="the multiplier does not depend on k")
    .by(solve_for, score_is_zero, lambda_, {m: k},
        because="where the gradient is zero, the multiplier is the count over the probability; the probability cancels")
    .by(cite, total_count, because="the counts add up to n")
)

stationary_point = (
    derive("categorical.stationary_point", "where the gradient of the Lagrangian is zero", shared_p[m])
    .by(solve_for, score_is_zero, shared_p[m], using=(m_in_range, probabilities_sum, every_labels_sum),
        because="where the gradient is zero, the probability is the count over the multiplier, "
                "which was found not to be 0")
    .by(cite, multiplier, because="the multiplier is n")
)

# --- Why the frequencies are the maximum ---
frequency = define(
    "categorical.frequency", "frequency of class m", "p̂", (m,), stationary_point.result,
    meaning="the share of labels of class m",
)

count_from_frequency = (
    derive("categorical.count_from_frequency", "the count of class m is n times its frequency", n * frequency(k))
    .by(unfold, frequency, using=k_in_range, because="the frequency is the count divided by n")
)

frequency_form = (
    derive("categorical.frequency_form", "categorical log-likelihood in the frequencies",
           shared_log_likelihood(shared_p))
    .by(unfold, shared_log_likelihood, because="this is what the log-likelihood was found to be")
    .by(recognise, count_from_frequency, because="the count is n times the frequency")
    .by(factor_out_of_sum, because="the factor n does not depend on k")
)

frequencies_sum = (
    derive("categorical.frequencies_sum", "the frequencies of all classes sum to 1", Sum(frequency(k), (k, 1, K)))
    .by(unfold, frequency, because="the frequency is the count divided by n")
    .by(factor_out_of_sum, because="the factor n does not depend on k")
    .by(cite, total_count, because="the counts add up to n")
)

maximum_likelihood = (
    derive("categorical.maximum_likelihood", "the categorical likelihood is largest at the frequencies",
           shared_log_likelihood(shared_p))
    .by(cite, frequency_form, because="write the log-likelihood in the frequencies of the classes")
    .by(weighted_log_below, frequency(k), shared_p[k],
        because="a logarithm is at most its tangent at 1; here u is p_k over the frequency, "
                "which is not negative and may be 0 (Gibbs' inequality)")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, probabilities_sum, because="the probabilities sum to 1")
    .by(cite, frequencies_sum, because="and so do the frequencies")
    .by(recognise, frequency_form, {shared_p: frequency()}, implied=shared_classes_possible,
        because="this is the log-likelihood at the frequencies")
)

# --- The counts, cell by cell ---
input_factor = (
    derive("categorical.input_factor", "among all inputs a delta keeps one factor",
           Product(φ[u, k]**(KroneckerDelta(u, g[i]) * y[i, k]), (u, 1, M)))
    .by(sift_kronecker_delta, using=(i_in_range, k_in_range),
        because="exactly one input is that of observation i; every other exponent is 0")
)

cells = (
    derive("categorical.cells", "only the counts in the cells enter the likelihood", likelihood(p))
    .by(unfold, likelihood, because="this is what the likelihood was found to be")
    .by(by_hypothesis, equal_inputs,
        because="the model sees the input and nothing else, so equal inputs get equal probabilities")
    .by(recognise, input_factor, because="among all distinct inputs exactly one is that of observation i")
    .by(reorder_products, u, k, i, because="finite products may change their order")
    .by(product_of_powers, because="powers of one base multiply by adding their exponents")
    .by(fold, label_count, u, k, because="the sum over the observations is the count of a class at an input")
)
