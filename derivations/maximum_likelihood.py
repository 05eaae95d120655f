"""Maximum likelihood: the lemma behind the best probabilities, how sharp the maximum is, and the mean of the score.

A weighted sum of logarithms is largest at the shares of the weights. The mean square of the score is the information.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, StrictGreaterThan, Sum, log

from . import bernoulli, categorical, cross_entropy, log_sum_exp, softmax
from .categorical import one_hot_label
from .engine.derivation import derive
from .engine.entries import Hypothesis, define
from .engine.rules.algebra import by_hypothesis, common_denominator, distribute, factor_out
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_power,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import bounded_below, weighted_log_below
from .engine.rules.logarithms import weighted_log_relative_to
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                substitute_by_delta, write_out)
from .engine.terms import equation, partial
from .notation import (K, a, c, c_in_range, k, k_in_range, l, l_in_range, label, m, m_in_range, model_positive,
                       model_sums, n, p, probability, q, scale, shared_classes_possible, shared_interior, shared_p,
                       supposed, y, z)

# --- A lemma about weights ---
total_weight = define("maximum_likelihood.total_weight", "total weight", "S", (a,), Sum(a[k], (k, 1, K)), shown=(),
                      meaning="the sum of all weights")
some_weight = Hypothesis("some weight", "the weights are not all 0", StrictGreaterThan(total_weight(a), 0))

share = define("maximum_likelihood.share", "share of the weights", "s", (a, k), a[k] / total_weight(a),
               meaning="the share of class k in the total weight")

weight_from_share = (
    derive("maximum_likelihood.weight_from_share", "a weight is its share of the total", total_weight(a) * share(a, k))
    .by(unfold, share, using=(some_weight, k_in_range), because="the share is the weight over a total that is not 0")
)

shares_sum = (
    derive("maximum_likelihood.shares_sum", "the shares sum to 1", Sum(share(a, k), (k, 1, K)))
    .by(unfold, share, using=some_weight, because="the share is the weight divided by the total, which is not 0")
    .by(factor_out_of_sum, because="the total does not depend on k")
    .by(fold, total_weight, a, because="the sum of the weights is the total")
)

weighted_product = (
    derive("maximum_likelihood.weighted_product", "a weighted sum of logarithms is largest at the shares",
           Sum(a[k] * log(p[k]), (k, 1, K)))
    .by(recognise, weight_from_share, using=model_positive, because="a weight is its share of the total")
    .by(factor_out_of_sum, because="the total does not depend on k")
    .by(weighted_log_below, share(a, k), p[k],
        because="a logarithm is at most its tangent at 1; here u is the probability over the share, which may be 0")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(cite, shares_sum, because="and so do the shares")
    .by(factor_into_sum, because="the total does not depend on k")
    .by(unfold, share, because="the share is the weight divided by the total")
)

weighted_gap = (
    derive("maximum_likelihood.weighted_gap", "a weighted sum of surprisals, split at the shares",
           -Sum(a[k] * log(p[k]), (k, 1, K)))
    .by(recognise, weight_from_share, using=model_positive, because="a weight is its share of the total")
    .by(factor_out_of_sum, because="the total does not depend on k")
    .by(fold, cross_entropy.cross_entropy, share(a), p, because="what is left is the cross-entropy of the shares")
    .by(cite, cross_entropy.decomposition, {q: share(a)}, implied=cross_entropy.positive_where_seen,
        because="cross-entropy is entropy plus divergence")
)

any_weights = (
    derive("maximum_likelihood.any_weights", "weights that may all be 0", Sum(a[k] * log(p[k]), (k, 1, K)))
    .by(weighted_log_relative_to, a[k], p[k], total_weight(a) * p[k], using=model_positive,
        because="compare each probability with the total times it; where the total is 0, every weight is 0")
    .by(weighted_log_below, a[k], total_weight(a) * p[k], because="a logarithm is at most its tangent at 1")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="neither the total nor its logarithm depends on k")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(fold, total_weight, a, because="the sum of the weights is the total; it cancels once")
)

# --- All weights multiplied ---
scaled_weights = (
    derive("maximum_likelihood.scaled_weights", "a factor before all weights scales the logarithm",
           Sum(scale * a[k] * log(p[k]), (k, 1, K)))
    .by(factor_out_of_sum, using=model_positive, because="the factor does not depend on k")
)

scaled_shares = (
    derive("maximum_likelihood.scaled_shares", "a factor before all weights keeps the shares",
           scale * a[m] / Sum(scale * a[k], (k, 1, K)))
    .by(factor_out_of_sum, using=(some_weight, m_in_range), because="the factor does not depend on k; it cancels")
    .by(fold, total_weight, a, because="the sum of the weights is the total")
    .by(fold, share, a, m, because="this is the share of class m")
)

# --- The loss at the maximum ---
entropy_of_frequencies = (
    derive("maximum_likelihood.entropy_of_frequencies", "the loss at the frequencies is their entropy",
           -Sum(categorical.count(k) * log(categorical.frequency(k)), (k, 1, K)))
    .by(recognise, categorical.count_from_frequency, because="the count is n times the frequency")
    .by(factor_out_of_sum, because="the factor n does not depend on k")
    .by(fold, cross_entropy.entropy, categorical.frequency(), because="this is the entropy of the frequencies")
)

cross_entropy_at_the_maximum = (
    derive("maximum_likelihood.cross_entropy_at_the_maximum",
           "no shared distribution beats the entropy of the frequencies", -categorical.shared_log_likelihood(shared_p))
    .by(bounded_below, categorical.maximum_likelihood, because="where the one is largest, minus it is smallest")
    .by(cite, categorical.frequency_form, {shared_p: categorical.frequency()}, implied=shared_classes_possible,
        because="the value at the frequencies")
    .by(fold, cross_entropy.entropy, categorical.frequency(), because="this is the entropy of the frequencies")
)

# --- How sharp is the maximum? ---
curvature = (
    derive("maximum_likelihood.curvature", "curvature of the Bernoulli log-likelihood",
           -partial(bernoulli.shared_log_likelihood(probability), probability, probability))
    .by(cite, bernoulli.shared_score_term_by_term, because="the first derivative, in the line before its last")
    .by(linearity_of_derivative, because="the counts do not depend on p")
    .by(derivative_of_power, because="neither base is 0")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
)

at_the_frequency = Hypothesis("at the frequency", "the probability is the frequency of the label 1",
                              equation(probability, bernoulli.frequency()))

observed_information = (
    derive("maximum_likelihood.observed_information", "observed information: how sharp the Bernoulli maximum is",
           -partial(bernoulli.shared_log_likelihood(probability), probability, probability))
    .by(cite, curvature, because="this is what minus the second derivative was found to be")
    .by(by_hypothesis, at_the_frequency, because="it is taken at the frequency")
    .by(recognise, bernoulli.count_from_frequency, because="the count is n times the frequency")
    .by(factor_out, n, because="both parts of the difference have the factor n; 1 minus the frequency cancels once")
    .by(common_denominator, because="neither denominator is 0, and the frequency in the numerator cancels")
)

# --- The slope along the simplex ---
rest = define("maximum_likelihood.rest", "what the others leave to the last class", "R", (p,),
              1 - Sum((1 - KroneckerDelta(k, K)) * p[k], (k, 1, K)),
              meaning="1 minus the sum of the probabilities of all classes but the last")

reduced = define("maximum_likelihood.reduced", "log-likelihood in K − 1 free probabilities", "ℓ", (y, p),
                 Sum((1 - KroneckerDelta(k, K)) * y[k] * log(p[k]), (k, 1, K)) + y[K] * log(rest(p)),
                 meaning="the log-likelihood of one observation, where the last class has what the others leave")

last_probability = (
    derive("maximum_likelihood.last_probability", "where all sum to 1, the last class has the rest", rest(p))
    .by(unfold, rest, because="this is its definition")
    .by(distribute, because="the sum over all classes but the last is the sum over all, minus the last")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the last")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
)

rest_slope = (
    derive("maximum_likelihood.rest_slope", "what one of the others gains, the rest loses", partial(rest(p), p[m]))
    .by(unfold, rest, because="this is its definition")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="whether a class is the last does not depend on the probabilities")
    .by(derivative_of_coordinate, because="the probabilities of all classes but the last are variables of their own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

positive_rest = Hypothesis("positive rest", "what the free probabilities leave is positive",
                           StrictGreaterThan(rest(p), 0))

free_score = (
    derive("maximum_likelihood.free_score", "score in K − 1 free probabilities", partial(reduced(y, p), p[m]))
    .by(unfold, reduced, using=(model_positive, positive_rest), because="this is its definition")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_logarithm, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate, because="the probabilities of all classes but the last are variables of their own")
    .by(cite, rest_slope, because="what one of the others gains, the rest loses")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
)

reduced_score = (
    derive("maximum_likelihood.reduced_score", "categorical score along the simplex", partial(reduced(y, p), p[m]))
    .by(cite, free_score, using=(model_positive, model_sums), implied=positive_rest,
        because="the score in free probabilities; the last class has a positive probability")
    .by(cite, last_probability, because="the last class has the rest")
    .by(distribute, because="multiply out the brackets")
    .by(substitute_by_delta, because="where m is the last class, K may stand for m; the two terms cancel")
)

m_not_last = supposed("m is not last", equation(KroneckerDelta(m, K), 0))
l_not_last = supposed("l is not last", equation(KroneckerDelta(l, K), 0))
c_not_last = supposed("c is not last", equation(KroneckerDelta(c, K), 0))
at_the_labels = supposed("at the labels", equation(y[k], p[k]))

reduced_score_at_the_labels = (
    derive("maximum_likelihood.reduced_score_at_the_labels",
           "the categorical score along the simplex is 0 at the labels", partial(reduced(y, p), p[m]))
    .by(cite, reduced_score, because="this is what the score was found to be")
    .by(by_hypothesis, at_the_labels, {k: m}, because="the label of class m is its probability")
    .by(by_hypothesis, at_the_labels, {k: K}, because="and so is that of the last class; the two ones cancel")
)

ambient_gradient_at_the_labels = (
    derive("maximum_likelihood.ambient_gradient_at_the_labels",
           "the ambient categorical gradient is not 0 at the labels", partial(cross_entropy.cross_entropy(y, p), p[m]))
    .by(cite, cross_entropy.gradient, {q: y}, because="this is what the slope of cross-entropy was found to be")
    .by(by_hypothesis, at_the_labels, {k: m}, because="the label of class m is its probability")
)

# --- The score has mean 0 ---
drawn = softmax.probability(z, c)
mean_score = (
    derive("maximum_likelihood.mean_score", "the mean score in the logits is 0",
           Sum(drawn * partial(log(drawn), z[m]), (c, 1, K)))
    .by(cite, log_sum_exp.log_probability_gradient, {m: c, l: m}, using=m_in_range,
        because="this is the slope of the log-probability of class c")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the probability of class m does not depend on c")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with c = m")
    .by(cite, softmax.probabilities_sum, because="the probabilities sum to 1")
)

mass = bernoulli.mass(label, probability)
bernoulli_mean_score = (
    derive("maximum_likelihood.bernoulli_mean_score", "the mean Bernoulli score is 0",
           Sum(mass * partial(log(mass), probability), (label, 0, 1)))
    .by(write_out, using=shared_interior, because="a hard label is 0 or 1, so the sum has two terms")
    .by(unfold, bernoulli.mass, because="the label 0 has the probability 1 − p, and the label 1 has p")
    .by(derivative_of_logarithm, because="neither probability is 0; each cancels against its weight")
    .by(linearity_of_derivative, because="1 is a constant")
)

# --- Fisher information ---
fisher_information = (
    derive("maximum_likelihood.fisher_information", "Fisher information of the logits",
           Sum(drawn * partial(log(drawn), z[m]) * partial(log(drawn), z[l]), (c, 1, K)))
    .by(cite, log_sum_exp.log_probability_gradient, {m: c, l: m}, {m: c}, using=(m_in_range, l_in_range),
        because="these are the slopes of the log-probability of class c")
    .by(fold, one_hot_label, c, m, because="the delta is the label that an observation of class c has for class m")
    .by(fold, one_hot_label, c, l, because="and this one is its label for class l")
    .by(recognise, categorical.mass_of_class, {c: c, p: softmax.probability(z)}, because="the label of c has its mass")
    .by(cite, categorical.variance, {p: softmax.probability(z)}, implied=model_sums, because="its covariance")
)

fisher_information_as_curvature = (
    derive("maximum_likelihood.fisher_information_as_curvature", "Fisher information: minus the mean second derivative",
           -Sum(drawn * partial(log(drawn), z[m], z[l]), (c, 1, K)))
    .by(cite, log_sum_exp.log_probability_gradient, {m: c, l: m}, using=(m_in_range, l_in_range),
        because="this is the slope of the log-probability of class c")
    .by(linearity_of_derivative, because="the delta does not depend on the logits")
    .by(cite, softmax.jacobian, because="this is what the Jacobian of softmax was found to be")
    .by(factor_out_of_sum, because="the Jacobian does not depend on the class c that was drawn")
    .by(cite, softmax.probabilities_sum, because="the probabilities sum to 1")
)

bernoulli_fisher_information = (
    derive("maximum_likelihood.bernoulli_fisher_information", "Fisher information of the Bernoulli probability",
           Sum(mass * partial(log(mass), probability) ** 2, (label, 0, 1)))
    .by(write_out, using=shared_interior, because="a hard label is 0 or 1, so the sum has two terms")
    .by(unfold, bernoulli.mass, because="the label 0 has the probability 1 − p, and the label 1 has p")
    .by(derivative_of_logarithm, because="neither probability is 0; each cancels once against its weight")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(common_denominator, because="neither denominator is 0, and p cancels in the numerator")
)

label_drawn = reduced(one_hot_label(c), p)
fisher_information_of_probabilities = (
    derive("maximum_likelihood.fisher_information_of_probabilities", "Fisher information of K − 1 free probabilities",
           Sum(p[c] * partial(label_drawn, p[m]) * partial(label_drawn, p[l]), (c, 1, K)))
    .by(cite, reduced_score, {y: one_hot_label(c)}, {y: one_hot_label(c), m: l}, using=(m_in_range, l_in_range),
        because="these are the scores along the simplex for a label of class c")
    .by(unfold, one_hot_label, because="a label is 1 for its class and 0 for the others")
    .by(distribute, because="multiply out the first bracket")
    .by(distribute, because="multiply out the second bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, using=(m_in_range, l_in_range), because="exactly one class survives in each sum")
    .by(by_hypothesis, m_not_last, because="m is not the last class")
    .by(by_hypothesis, l_not_last, because="and neither is l")
)

inverse_fisher_information = (
    derive("maximum_likelihood.inverse_fisher_information", "inverse Fisher information is the covariance of the label",
           Sum((1 - KroneckerDelta(l, K)) * fisher_information_of_probabilities.result
               * p[l] * (KroneckerDelta(l, c) - p[c]), (l, 1, K)))
    .by(distribute, KroneckerDelta(l, c), using=(model_positive, m_in_range, c_in_range),
        because="multiply out the bracket of the covariance")
    .by(distribute, 1 / p[K], because="multiply out the bracket of the information")
    .by(distribute, because="multiply out the bracket that leaves out the last class")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the other probabilities do not depend on l")
    .by(sift_kronecker_delta, using=(m_in_range, c_in_range), because="one class survives in each sum with a delta")
    .by(by_hypothesis, m_not_last, because="m is not the last class")
    .by(by_hypothesis, c_not_last, because="and neither is c")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(substitute_by_delta, because="where m is c, one may stand for the other; the two probabilities cancel")
)
