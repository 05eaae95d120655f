"""Bernoulli: two classes, labels y_i, and p_i the probability of the label 1.

From the probability of one label to the mean cross-entropy of n labels, then the first and second derivatives in the
probabilities, and the best shared probability. The labels may be soft (between 0 and 1) wherever no step says
otherwise; n stays a symbol.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Gt, Integer, KroneckerDelta, Lt, Product, Rational, S, Sum, Tuple, log

from .cross_entropy import two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import common_denominator, distribute, factor_out, solve_for
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_power,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import keep_one_term, weighted_log_below
from .engine.rules.logarithms import log_of_factors, log_of_power, log_of_product
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, write_out)
from .engine.terms import equation, partial
from .notation import (i, independent, interior, j, j_in_range, label, labels_possible, n, p, probability, r,
                       shared_interior, shared_labels_possible, y)

# --- The probability of one label ---
mass = define(
    "bernoulli.mass", "Bernoulli mass", "P", (label, probability), probability**label * (1 - probability)**(1 - label),
    shown=(label,),
    meaning="the probability of a hard label: p if it is 1, and 1 − p if it is 0",
)

# --- Total, mean and variance ---
total_probability = (
    derive("bernoulli.total_probability", "the two Bernoulli probabilities sum to 1",
           Sum(mass(label, probability), (label, 0, 1)))
    .by(write_out, because="a hard label is 0 or 1, so the sum has two terms")
    .by(unfold, mass, because="the label 0 has the probability 1 − p, and the label 1 has p; p cancels")
)

mean = (
    derive("bernoulli.mean", "the mean of a Bernoulli label", Sum(label * mass(label, probability), (label, 0, 1)))
    .by(write_out, because="each label times its probability; the label 0 adds nothing")
    .by(unfold, mass, because="the label 1 has the probability p")
)

variance = (
    derive("bernoulli.variance", "the variance of a Bernoulli label",
           Sum((label - probability) ** 2 * mass(label, probability), (label, 0, 1)))
    .by(write_out, because="the squared distance of each label from the mean, times its probability")
    .by(unfold, mass, because="the label 0 has the probability 1 − p, and the label 1 has p")
    .by(factor_out, probability * (1 - probability),
        because="both terms have the factors p and 1 − p, and what is left adds up to 1")
)

# --- The probability of all labels ---
likelihood = (
    derive("bernoulli.likelihood", "Bernoulli likelihood",
           Product(mass(y[i], p[i]), (i, 1, n)), symbol="ℒ", parameters=(p,))
    .by(unfold, mass, using=independent,
        because="the probability of independent labels is the product of their probabilities, each a Bernoulli mass")
)

# --- Log, sign, mean ---
log_likelihood = (
    derive("bernoulli.log_likelihood", "Bernoulli log-likelihood", log(likelihood(p)), symbol="ℓ", parameters=(p,))
    .by(unfold, likelihood, using=labels_possible,
        because="this is what the likelihood was found to be; it is positive, so it has a logarithm")
    .by(log_of_product, using=labels_possible,
        because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_factors, using=labels_possible, because="both factors are positive")
    .by(log_of_power, using=labels_possible,
        because="a label is the exponent of a positive base, or both are 0")
)

negative_log_likelihood = (
    derive("bernoulli.negative_log_likelihood", "Bernoulli negative log-likelihood",
           -log_likelihood(p), symbol="NLL", parameters=(p,))
    .by(unfold, log_likelihood, because="only the sign changes, so the largest likelihood becomes the smallest loss")
)

mean_negative_log_likelihood = (
    derive("bernoulli.mean_negative_log_likelihood", "Bernoulli mean negative log-likelihood",
           negative_log_likelihood(p) / n, symbol="mean NLL", parameters=(p,))
    .by(unfold, negative_log_likelihood,
        because="dividing by n keeps the minimiser and makes data sets of different sizes comparable")
)

# --- The same number as a cross-entropy ---
cross_entropy = (
    derive("bernoulli.cross_entropy", "Bernoulli mean negative log-likelihood is a cross-entropy",
           mean_negative_log_likelihood(p))
    .by(unfold, mean_negative_log_likelihood, because="this is what the mean negative log-likelihood was found to be")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term as well as to the sum")
    .by(fold, two_outcomes, y[i], p[i],
        because="each term is the cross-entropy of the pair of labels against the pair of probabilities")
)

# --- One mistake in the mean ---
one_mistake = (
    derive("bernoulli.one_mistake", "the mean loss is at least the share of one observation",
           mean_negative_log_likelihood(p))
    .by(cite, cross_entropy, because="it is the mean cross-entropy of the labels")
    .by(keep_one_term, i, j, using=j_in_range, because="no cross-entropy of two outcomes is negative")
)

mostly_right = Counterexample(
    "bernoulli.mostly_right", "a model that is mostly right can lose more than a coin",
    Lt(mean_negative_log_likelihood(p), log(2), evaluate=False),
    values={n: 3, y: (Integer(1), Integer(1), Integer(1)),
            p: (Rational(9, 10), Rational(9, 10), Rational(1, 1000))},
    given=(Gt(p[1], Rational(1, 2)), Gt(p[2], Rational(1, 2))),
    meaning="two of three labels have the larger probability, and the third has almost none; "
            "a coin, with one half for every label, has the loss log 2",
)

# --- The slope in one probability ---
score_term_by_term = (
    derive("bernoulli.score", "Bernoulli score", partial(log_likelihood(p), p[j]))
    .by(unfold, log_likelihood, using=interior, implied=labels_possible,
        because="this is what the log-likelihood was found to be")
    .by(differentiate_sum, because="the sum is finite, and j is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_logarithm, using=interior, because="the arguments of the logarithms are positive")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(sift_kronecker_delta, using=j_in_range, because="exactly one term of each sum survives, the one with i = j")
)
score = score_term_by_term.by(common_denominator, using=interior,
                              because="neither denominator is 0, and the products of y and p cancel")

hessian = (
    derive("bernoulli.hessian", "Bernoulli Hessian", partial(log_likelihood(p), p[j], p[r]))
    .by(cite, score_term_by_term, because="the score is the first derivative; this is its line before the last")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_power, using=interior, because="neither base is 0")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
    .by(factor_out, -KroneckerDelta(j, r), because="both terms carry the same delta: observations do not mix")
)

# --- One probability for all ---
count = define("bernoulli.count", "number of labels 1", "N₁", (), Sum(y[i], (i, 1, n)),
               meaning="the sum of the labels; for hard labels, how often the label 1 was seen")

shared_model = define("bernoulli.shared_model", "one probability for all observations", "p", (probability, i),
                      probability, meaning="the same probability of the label 1 for every observation", shown=(i,))

shared_log_likelihood = (
    derive("bernoulli.shared_log_likelihood", "Bernoulli log-likelihood of one shared probability",
           log_likelihood(shared_model(probability)), symbol="ℓ", parameters=(probability,))
    .by(unfold, log_likelihood, using=shared_labels_possible, implied=labels_possible,
        because="this is what the log-likelihood was found to be")
    .by(unfold, shared_model, because="every observation has the same probability p")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(factor_out_of_sum, because="the logarithms do not depend on i")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sum_of_constant, because="a sum of n ones is n")
    .by(fold, count, because="the sum of the labels counts the labels 1")
)

shared_score_term_by_term = (
    derive("bernoulli.shared_score", "Bernoulli score of one shared probability",
           partial(shared_log_likelihood(probability), probability))
    .by(unfold, shared_log_likelihood, using=shared_interior, implied=shared_labels_possible,
        because="this is what the log-likelihood was found to be")
    .by(linearity_of_derivative, because="the counts do not depend on p")
    .by(derivative_of_logarithm, using=shared_interior, because="the arguments of the logarithms are positive")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
)
shared_score = shared_score_term_by_term.by(common_denominator, using=shared_interior,
                                            because="neither denominator is 0")

score_is_zero = Hypothesis("the score is zero", "the score is zero at p", equation(shared_score.result, 0),
                           witness=Tuple((probability, count() / n)))

stationary_point = (
    derive("bernoulli.stationary_point", "where the Bernoulli score is zero", probability)
    .by(solve_for, score_is_zero, probability,
        because="a fraction is zero where its numerator is: the count less n times p must be zero")
)

# --- Why the frequency is the maximum ---
frequency = define(
    "bernoulli.frequency", "frequency of the label 1", "p̂", (), stationary_point.result,
    meaning="the share of labels 1",
)

count_from_frequency = (
    derive("bernoulli.count_from_frequency", "the count of labels 1 is n times their frequency", n * frequency())
    .by(unfold, frequency, because="the frequency is the count divided by n")
)

frequency_of_zero = (
    derive("bernoulli.frequency_of_zero", "the frequency of the label 0", Sum(1 - y[i], (i, 1, n)) / n)
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sum_of_constant, because="n equal terms")
    .by(distribute, because="multiply out the bracket: n cancels")
    .by(fold, count, because="what is left is the count of labels 1")
    .by(fold, frequency, because="divided by n, that is their frequency")
)

frequency_form = (
    derive("bernoulli.frequency_form", "Bernoulli log-likelihood in the frequency", shared_log_likelihood(probability))
    .by(unfold, shared_log_likelihood, because="this is what the log-likelihood was found to be")
    .by(recognise, count_from_frequency, because="the count is n times the frequency")
    .by(factor_out, n, because="both parts of the difference have the factor n")
    .by(factor_out, n, because="both terms have the factor n")
)

maximum_likelihood = (
    derive("bernoulli.maximum_likelihood", "the Bernoulli likelihood is largest at the frequency",
           shared_log_likelihood(probability))
    .by(cite, frequency_form, because="write the log-likelihood in the frequency of the label 1")
    .by(weighted_log_below, frequency(), probability,
        because="a logarithm is at most its tangent at 1; here u is p over the frequency, "
                "which is not negative and may be 0")
    .by(weighted_log_below, 1 - frequency(), 1 - probability,
        because="the same for the label 0; all terms without a logarithm cancel")
    .by(recognise, frequency_form, {probability: frequency()}, implied=shared_labels_possible,
        because="this is the log-likelihood at the frequency")
)
