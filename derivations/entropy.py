"""Entropy: how large it and cross-entropy can be, how they bend, and what an input tells about the class.

The bounds come from log u <= u - 1, used through Gibbs' inequality. Cross-entropy is convex in the model and linear in
the reference, entropy is concave. The information gain is the difference of two entropies and the mean of a divergence.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Contains, Ge, Interval, S, Sum, exp, log

from .cross_entropy import (cross_entropy, decomposition, empirical, frequency, gradient,
                            input_count, input_frequency, inputs_occur, label_count, label_frequency, minimum,
                            positive_where_seen, seen_positive)
from .cross_entropy import entropy as entropy_of
from .engine.derivation import derive
from .engine.entries import Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_coordinate, derivative_of_power, linearity_of_derivative
from .engine.rules.inequalities import (at_least, bounded_above, bounded_below, drop_what_is_not_negative,
                                        minus_log_above_tangent)
from .engine.rules.logarithms import log_of_quotient, log_relative_to, weighted_log_relative_to
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .notation import (K, M, every_labels_sum, floor, i, k, k_in_range, l, labels_sum, m, model_positive, model_sums,
                       n, p, positive_where, q, reference_positive, reference_sums, share, u, u_in_range, y, φ)

# --- Between 0 and log K ---
not_negative = (
    derive("entropy.not_negative", "no entropy is negative", entropy_of(q))
    .by(unfold, entropy_of, because="this is its definition")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1, and no weight is negative")
    .by(factor_into_sum, because="the sign belongs to every term")
    .by(distribute, because="multiply out")
    .by(drop_what_is_not_negative, q[k] - q[k] ** 2,
        because="the square of a probability is not larger than the probability")
    .by(sum_of_constant, because="a sum of zeros is 0")
)

uniform = define("entropy.uniform", "uniform distribution", "unif", (k,), 1 / K,
                 meaning="every class has the same probability")

uniform_model = (
    derive("entropy.uniform_model", "cross-entropy against the uniform model", cross_entropy(q, uniform()))
    .by(unfold, cross_entropy, because="this is its definition")
    .by(unfold, uniform, because="every class has the same probability")
    .by(log_of_quotient, because="the number of classes is positive, and the logarithm of 1 is 0")
    .by(factor_out_of_sum, because="the logarithm does not depend on k")
    .by(by_hypothesis, reference_sums, because="the reference probabilities sum to 1")
)

at_most_uniform = (
    derive("entropy.at_most_uniform", "no entropy exceeds log K", entropy_of(q))
    .by(bounded_above, minimum, {p: uniform()}, using=reference_sums, implied=(positive_where_seen, model_sums),
        because="an entropy is at most any cross-entropy of the same reference (Gibbs' inequality); "
                "1/K is positive, and K times 1/K is 1")
    .by(cite, uniform_model, because="against the uniform model this is log K")
)

below_uniform = (
    derive("entropy.below_uniform", "how far an entropy is below log K", log(K) - entropy_of(q))
    .by(recognise, uniform_model, using=reference_sums, because="log K is the cross-entropy against the uniform model")
    .by(cite, decomposition, {p: uniform()}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence; the entropy cancels")
)

uniform_perplexity = (
    derive("entropy.uniform_perplexity", "the perplexity of a guess among K classes", exp(cross_entropy(q, uniform())))
    .by(cite, uniform_model,
        because="against the uniform model the cross-entropy is log K, and the exponential undoes the logarithm")
)

# --- A bound for the loss ---
never_below = Hypothesis("no probability below ε", "the model gives no class a probability below ε", Ge(p[k], floor))

bounded_logarithm = (
    derive("entropy.bounded_logarithm", "the logarithm of a bounded probability", log(p[k]))
    .by(at_least, never_below, using=k_in_range, because="the larger a number, the larger its logarithm")
)

bounded_model = (
    derive("entropy.bounded_model", "a model that rules nothing out has a bounded loss", cross_entropy(q, p))
    .by(unfold, cross_entropy, using=never_below,
        because="this is its definition; no probability of the model is 0, so they have logarithms")
    .by(bounded_above, bounded_logarithm, because="no logarithm is less than that of ε, and no weight is negative")
    .by(factor_out_of_sum, because="ε does not depend on k")
    .by(by_hypothesis, reference_sums, because="the reference probabilities sum to 1")
)

# --- How the loss bends ---
convexity = (
    derive("entropy.convexity", "cross-entropy lies above its tangents", cross_entropy(y, p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(log_relative_to, p[k], q[k], using=reference_positive,
        because="compare each probability with that of the model where the tangent touches")
    .by(minus_log_above_tangent, q[k],
        because="a logarithm is at most its tangent at 1; here u is the ratio of the two, and no label is negative")
    .by(distribute, because="multiply out")
    .by(regroup, y[k] * p[k] / q[k] - y[k], y[k] / q[k] * (p[k] - q[k]),
        because="the same two terms over one denominator")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(fold, cross_entropy, y, q, because="this is the cross-entropy where the tangent touches")
)

hessian = (
    derive("entropy.hessian", "second derivatives of cross-entropy in the probabilities",
           partial(cross_entropy(q, p), p[m], p[l]))
    .by(cite, gradient, because="this is what the slope was found to be")
    .by(linearity_of_derivative, because="the reference does not depend on the model")
    .by(derivative_of_power, because="the base is not 0")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
)

# --- Mixtures ---
mixture = define(
    "entropy.mixture", "mixture of two distributions", "q̃", (q, y, k), share * q[k] + (1 - share) * y[k],
    meaning="a share α of one distribution, and the rest of the other",
)

linearity = (
    derive("entropy.linearity", "cross-entropy is linear in the reference distribution",
           cross_entropy(mixture(q, y), p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(unfold, mixture, because="this is its definition")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the shares do not depend on k")
    .by(fold, cross_entropy, q, p, because="the first sum is a cross-entropy")
    .by(fold, cross_entropy, y, p, because="and so is the second")
)

of_itself = (
    derive("entropy.of_itself", "the cross-entropy of a distribution against itself", cross_entropy(q, q))
    .by(unfold, cross_entropy, because="this is its definition")
    .by(fold, entropy_of, q, because="weights and arguments of the logarithms are the same: this is the entropy")
)

mixture_positive = Hypothesis(
    "positive mixture", "every class has a positive probability in the mixture",
    Contains(mixture(q, y, k), Interval.Lopen(0, 1))
)

concavity = (
    derive("entropy.concavity", "a mixture has at least the mean of the entropies", entropy_of(mixture(q, y)))
    .by(recognise, of_itself, {q: mixture(q, y)}, because="entropy is cross-entropy against itself")
    .by(cite, linearity, {p: mixture(q, y)}, using=mixture_positive, implied=model_positive,
        because="cross-entropy is linear in the reference")
    .by(bounded_below, minimum, {p: mixture(q, y)}, using=(reference_sums, labels_sum),
        implied=(positive_where_seen, model_sums),
        because="no cross-entropy is less than the entropy of its reference (Gibbs' inequality)")
    .by(bounded_below, minimum, {q: y, p: mixture(q, y)}, implied=(positive_where_seen, reference_sums, model_sums),
        because="and once more for the other")
)

# --- Above the floor ---
floor_gap = (
    derive("entropy.floor_gap", "the loss above its floor is a mean divergence",
           Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n)
    .by(cite, empirical, because="this is what the mean cross-entropy was found to be, input by input")
    .by(cite, decomposition, {q: label_frequency(u), p: φ[u]}, implied=positive_where_seen,
        because="each cross-entropy is an entropy plus a divergence")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
)

answers_frequencies = Hypothesis(
    "the frequencies as answers", "the model answers every input with the frequencies of the labels there",
    equation(φ[u, k], label_frequency(u, k))
)

floor_attained = (
    derive("entropy.floor_attained", "the frequencies at the inputs reach the floor of the loss",
           Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n)
    .by(cite, empirical, using=answers_frequencies, implied=(inputs_occur, seen_positive),
        because="this is what it was found to be, input by input; an input with frequencies occurs, "
                "and the frequency of a class that was seen there is positive")
    .by(unfold, cross_entropy, because="this is its definition, and 0 log 0 counts as 0")
    .by(by_hypothesis, answers_frequencies, because="the model answers with the frequencies")
    .by(fold, entropy_of, label_frequency(u),
        because="the cross-entropy of a distribution against itself is its entropy")
)

# --- Inputs and classes together ---
joint_frequency = define(
    "entropy.joint_frequency", "frequency of input u together with class k", "ρ", (u, k), label_count(u, k) / n,
    meaning="the share of labels of class k at the input u among all observations",
)

joint_from_parts = (
    derive("entropy.joint_from_parts", "frequency of an input times that of a class there",
           input_frequency(u) * label_frequency(u, k))
    .by(unfold, input_frequency, using=(inputs_occur, u_in_range, k_in_range),
        because="this is its definition; every input has observations, so there are frequencies at it")
    .by(unfold, label_frequency, because="this is its definition; the number of observations at the input cancels")
    .by(fold, joint_frequency, u, k, because="this is the frequency of both together")
)

label_frequencies_sum = (
    derive("entropy.label_frequencies_sum", "the frequencies of the classes at one input sum to 1",
           Sum(label_frequency(u, k), (k, 1, K)))
    .by(unfold, label_frequency, using=(inputs_occur, u_in_range),
        because="this is its definition; the number of observations at the input is not 0")
    .by(factor_out_of_sum, because="the number of observations does not depend on the class")
    .by(unfold, label_count, because="this is its definition")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the delta does not depend on the class")
    .by(by_hypothesis, every_labels_sum, because="the labels of each observation sum to 1")
    .by(fold, input_count, u, because="the deltas count the observations at the input; the two counts cancel")
)

of_inputs = define(
    "entropy.of_inputs", "entropy of the inputs", "H", (),
    -Sum(input_frequency(u) * log(input_frequency(u)), (u, 1, M)), shown=(input_frequency(),),
    meaning="the mean surprisal of the inputs, under their own frequencies",
)

joint_cross_entropy = define(
    "entropy.joint_cross_entropy", "cross-entropy of inputs and classes together", "H", (φ,),
    -Sum(joint_frequency(u, k) * log(input_frequency(u) * φ[u, k]), (k, 1, K), (u, 1, M)),
    shown=(joint_frequency(u, k), input_frequency(u) * φ[u, k]),
    meaning="the mean surprisal of pairs of input and class, under a model that draws the input by its frequency",
)

joint_minus_marginal = (
    derive("entropy.joint_minus_marginal", "what is left of a joint cross-entropy without the inputs",
           joint_cross_entropy(φ) - of_inputs())
    .by(unfold, joint_cross_entropy, using=(inputs_occur, seen_positive),
        because="this is its definition; the probability of a pair that was seen is positive")
    .by(weighted_log_relative_to, joint_frequency(u, k), input_frequency(u) * φ[u, k], φ[u, k],
        because="compare the probability of the pair with that of the class; where the pair was not seen, all is 0")
    .by(log_of_quotient, because="the frequency of an input is positive, and the logarithm of 1 is 0")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(recognise, joint_from_parts,
        because="the frequency of a pair is that of the input, times that of the class there")
    .by(factor_out_of_sum, because="what belongs to the input does not depend on the class")
    .by(cite, label_frequencies_sum, because="the frequencies at one input sum to 1")
    .by(fold, of_inputs, because="one sum is the entropy of the inputs, which cancels")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term")
    .by(fold, cross_entropy, label_frequency(u), φ[u],
        because="this is the cross-entropy of the frequencies at one input")
)

joint_form = (
    derive("entropy.joint_form", "the loss of a data set as joint less marginal",
           Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n)
    .by(cite, empirical, because="this is what the mean cross-entropy was found to be, input by input")
    .by(recognise, joint_minus_marginal,
        because="a mean over the inputs is the cross-entropy of the pairs, less the entropy of the inputs")
)

# --- What an input tells ---
total_frequency = (
    derive("entropy.total_frequency", "the frequencies at the inputs make up the whole",
           Sum(input_frequency(u) * label_frequency(u, k), (u, 1, M)))
    .by(unfold, input_frequency, using=(inputs_occur, k_in_range),
        because="this is its definition; every input has observations, so there are frequencies at it")
    .by(unfold, label_frequency,
        because="this is its definition; the number of observations at the input is not 0 and cancels")
    .by(unfold, label_count, because="this is its definition")
    .by(factor_out_of_sum, because="n does not depend on the input")
    .by(swap_sums, because="finite sums may change their order")
    .by(sift_kronecker_delta, because="each observation has exactly one input")
    .by(fold, frequency, k, because="the sum of the labels of one class, divided by n, is its frequency")
)

positive_where_ever_seen = Hypothesis("positive where ever seen",
                                      "the model gives every class seen among the labels a positive probability",
                                      positive_where(frequency(k), p[k]))

mean_over_inputs = (
    derive("entropy.mean_over_inputs", "the loss of one model for all inputs",
           Sum(input_frequency(u) * cross_entropy(label_frequency(u), p), (u, 1, M)))
    .by(unfold, cross_entropy, using=(positive_where_ever_seen, inputs_occur),
        because="this is its definition; what was seen has a positive probability, and 0 log 0 counts as 0")
    .by(factor_into_sum, input_frequency(u), because="the frequency of the input does not depend on the class")
    .by(factor_out_of_sum, because="the sign does not depend on the input")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum,
        because="the model answers the same at every input, so its logarithm does not depend on the input")
    .by(cite, total_frequency, because="the frequencies at the inputs make up the whole")
    .by(fold, cross_entropy, frequency(), p, because="this is the cross-entropy of the frequencies of the classes")
)

information_gain = (
    derive("entropy.information_gain", "information gain",
           entropy_of(frequency()) - Sum(input_frequency(u) * entropy_of(label_frequency(u)), (u, 1, M)))
    .by(recognise, of_itself, {q: frequency()}, using=inputs_occur,
        because="entropy is cross-entropy against itself; every input has observations, so there are frequencies at it")
    .by(recognise, mean_over_inputs, {p: frequency()}, implied=positive_where_ever_seen,
        because="the cross-entropy of one model is a mean over the inputs; "
                "the frequency of a class that was seen is positive")
    .by(cite, decomposition, {q: label_frequency(u), p: frequency()}, implied=positive_where_seen,
        because="each cross-entropy is an entropy plus a divergence")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums; the entropies at the inputs cancel")
)
