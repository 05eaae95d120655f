"""Averages of distributions: several models averaged, and two distributions mixed.

The loss of averaged predictions is at most the mean of the losses. The generalised Jensen-Shannon divergence compares
two distributions with their mixture.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Interval, KroneckerDelta, Le, Rational, Sum, exp, log

from .cross_entropy import (cross_entropy, decomposition, entropy, gibbs, kl_divergence, positive_where_seen,
                            two_outcomes)
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_product,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import (bounded_above, bounded_below, drop_what_is_not_negative, log_below_tangent,
                                        minus_log_above_tangent)
from .engine.rules.logarithms import (log_of_quotient, log_relative_to, product_of_exponentials,
                                      weighted_log_of_quotient, weighted_log_relative_to)
from .engine.rules.sums import (factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, sum_of_constant,
                                swap_sums)
from .engine.terms import equation, member, partial
from .entropy import linearity, mixture, of_itself
from .notation import (K, M, k, k_in_range, l, l_in_range, m, m_in_range, model_positive, model_sums, p, q,
                       reference_sums, share as α, u, y, z, φ)
from .soft_labels import excess, positive_where_labelled
from .softmax import entropy_gradient, exponential_form, jacobian, probabilities_sum, probability

mixed_positive = Hypothesis("positive mixture", "every class has a positive probability in the mixture",
                            member(mixture(q, p, k), Interval.Lopen(0, 1)))
softmax_mixed_positive = Hypothesis("positive mixture", "every class has a positive probability in the mixture",
                                    member(mixture(q, probability(z), k), Interval.Lopen(0, 1)))
# --- Several models ---
averaged = define(
    "averages.averaged", "average of several models", "p̄", (φ, k), Sum(φ[u, k], (u, 1, M)) / M,
    meaning="the mean of the probabilities that the M models give to class k",
)
members_positive = Hypothesis("positive models", "every model gives every class a positive probability",
                              member(φ[u, k], Interval.Lopen(0, 1)))
total_of_models = (
    derive("averages.total_of_models", "the sum over the models is M times their average", M * averaged(φ, k))
    .by(unfold, averaged, using=k_in_range, because="this is its definition; M cancels")
)

mean_loss = Sum(cross_entropy(y, φ[u]), (u, 1, M)) / M

ensemble = (
    derive("averages.ensemble", "a mean loss of models is at least that of their average", mean_loss)
    .by(unfold, cross_entropy, using=members_positive,
        because="this is its definition; every probability is positive, so it has a logarithm")
    .by(log_relative_to, φ[u, k], averaged(φ, k), because="compare each model with the average")
    .by(minus_log_above_tangent, averaged(φ, k), because="a logarithm is at most its tangent at 1")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(linearity_of_sum, because="and once more, for the sum over the models")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the label and the average do not depend on the model")
    .by(sum_of_constant, because="M equal terms")
    .by(recognise, total_of_models, because="the sum over the models is M times the average, which cancels")
    .by(factor_out_of_sum, because="the number of models does not depend on the class")
    .by(fold, cross_entropy, y, averaged(φ), because="this is the loss of the average; the other terms cancel")
)

not_below_each = Counterexample(
    "averages.not_below_each", "the average of models need not beat each of them",
    Le(cross_entropy(y, averaged(φ)), cross_entropy(y, φ[1])),
    values={K: 2, M: 2, y: (Integer(1), Integer(0)),
            φ: ((Rational(3, 4), Rational(1, 4)), (Rational(1, 4), Rational(3, 4)))},
    meaning="the first model gives the class seen 3/4, the second 1/4, and the average 1/2",
)

# --- Two distributions and their mixture ---
jensen_shannon = define(
    "averages.jensen_shannon", "generalised Jensen–Shannon divergence", "JS", (q, p),
    α * kl_divergence(q, mixture(q, p)) + (1 - α) * kl_divergence(p, mixture(q, p)),
    meaning="the mean of the divergences of two distributions from their mixture, with the shares of the mixture",
    meant_for=(reference_sums, model_sums))

in_entropies = (
    derive("averages.in_entropies", "a Jensen–Shannon divergence in entropies", jensen_shannon(q, p))
    .by(unfold, jensen_shannon, using=mixed_positive, because="this is its definition")
    .by(recognise, excess, {y: q, p: mixture(q, p)}, implied=positive_where_labelled,
        because="a divergence is cross-entropy less entropy")
    .by(recognise, excess, {y: p, p: mixture(q, p)}, implied=positive_where_labelled, because="and so is the other")
    .by(distribute, -entropy(q), because="multiply out the bracket with the one entropy")
    .by(distribute, -entropy(p), because="and that with the other")
    .by(recognise, linearity, {y: p, p: mixture(q, p)}, implied=model_positive,
        because="cross-entropy is linear in the reference, which is the mixture here")
    .by(cite, of_itself, {q: mixture(q, p)}, because="cross-entropy against itself is entropy")
)

not_negative = (
    derive("averages.not_negative", "a Jensen–Shannon divergence is never negative", jensen_shannon(q, p))
    .by(unfold, jensen_shannon, using=mixed_positive, because="this is its definition")
    .by(bounded_below, gibbs, {p: mixture(q, p)}, using=(reference_sums, model_sums),
        implied=(positive_where_seen, model_sums), because="a divergence is at least 0 (Gibbs' inequality)")
    .by(bounded_below, gibbs, {q: p, p: mixture(q, p)}, implied=(positive_where_seen, reference_sums, model_sums),
        because="and so is the other")
)

# The share of a distribution in the mixture bounds how far the two can be apart.
two_parts = Hypothesis("two parts", "the share is not 0 or 1", member(α, Interval.open(0, 1)))

part_below = (
    derive("averages.part_below", "a mixture is at least the part of the first of the two", mixture(q, p, k))
    .by(unfold, mixture, using=k_in_range, because="this is its definition")
    .by(drop_what_is_not_negative, (1 - α) * p[k], because="no probability is negative")
)

other_part_below = (
    derive("averages.other_part_below", "a mixture is at least the part of the second of the two", mixture(q, p, k))
    .by(unfold, mixture, using=k_in_range, because="this is its definition")
    .by(drop_what_is_not_negative, α * q[k], because="no probability is negative")
)

divergence_of_one = (
    derive("averages.divergence_of_one", "how far the first of two can be from their mixture",
           kl_divergence(q, mixture(q, p)))
    .by(unfold, kl_divergence, using=two_parts, because="this is its definition")
    .by(weighted_log_of_quotient, q[k], q[k] / mixture(q, p, k),
        because="the logarithm of a quotient is a difference; 0 log 0 counts as 0")
    .by(bounded_above, part_below, because="the mixture is at least this part, and minus the logarithm falls")
    .by(weighted_log_relative_to, q[k], α * q[k], q[k], because="compare the part with the whole")
    .by(factor_out_of_sum, because="the share does not depend on k")
    .by(by_hypothesis, reference_sums, because="the probabilities sum to 1")
    .by(log_of_quotient, because="the share is positive, and the logarithm of 1 is 0")
)

divergence_of_other = (
    derive("averages.divergence_of_other", "how far the second of two can be from their mixture",
           kl_divergence(p, mixture(q, p)))
    .by(unfold, kl_divergence, using=two_parts, because="this is its definition")
    .by(weighted_log_of_quotient, p[k], p[k] / mixture(q, p, k),
        because="the logarithm of a quotient is a difference; 0 log 0 counts as 0")
    .by(bounded_above, other_part_below, because="the mixture is at least this part, and minus the logarithm falls")
    .by(weighted_log_relative_to, p[k], (1 - α) * p[k], p[k], because="compare the part with the whole")
    .by(factor_out_of_sum, because="the share does not depend on k")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(log_of_quotient, because="the share is positive, and the logarithm of 1 is 0")
)

at_most_shares = (
    derive("averages.at_most_shares", "a Jensen–Shannon divergence is at most a binary entropy", jensen_shannon(q, p))
    .by(unfold, jensen_shannon, using=(two_parts, reference_sums, model_sums), because="this is its definition")
    .by(bounded_above, divergence_of_one, because="it is at most minus the logarithm of the share")
    .by(bounded_above, divergence_of_other, because="and so is the other")
    .by(fold, two_outcomes, α, α, because="this is the entropy of the two shares")
)

at_most_log_two = (
    derive("averages.at_most_log_two", "a Jensen–Shannon divergence is at most log 2", jensen_shannon(q, p))
    .by(bounded_above, at_most_shares, using=(two_parts, reference_sums, model_sums),
        because="it is at most the entropy of the shares")
    .by(unfold, two_outcomes, because="this is its definition")
    .by(weighted_log_relative_to, α, α, Rational(1, 2), because="compare the share with one half")
    .by(weighted_log_relative_to, 1 - α, 1 - α, Rational(1, 2), because="and so the other share")
    .by(log_below_tangent, Integer(2), because="a logarithm is at most its tangent at 1")
    .by(distribute, 1 / (2 * α), because="multiply out")
    .by(distribute, Rational(1, 2) / (1 - α), because="and so here; the shares sum to 1")
    .by(factor_out, log(2), part=α * log(2) + (1 - α) * log(2), because="both terms have the factor log 2")
)

minus_cross_entropy = (
    derive("averages.minus_cross_entropy", "minus a cross-entropy from a mixture", -cross_entropy(p, mixture(q, p)))
    .by(unfold, cross_entropy, using=mixed_positive, because="this is its definition; the two signs cancel")
)

share_slope = (
    derive("averages.share_slope", "slope of the Jensen–Shannon divergence in the share",
           partial(jensen_shannon(q, p), α))
    .by(cite, in_entropies, using=mixed_positive, because="this is what it was found to be, in entropies")
    .by(unfold, entropy, because="the entropy of the mixture depends on the share", part=entropy(mixture(q, p)))
    .by(linearity_of_derivative, because="the two entropies do not depend on the share")
    .by(differentiate_sum, because="the sum is finite")
    .by(derivative_of_product, because="both the weight and the logarithm depend on the share")
    .by(derivative_of_logarithm, because="every probability is positive; it cancels against the weight")
    .by(unfold, mixture, because="this is the definition of the mixture")
    .by(linearity_of_derivative, because="neither distribution depends on the share")
    .by(linearity_of_derivative, because="and neither does 1")
    .by(derivative_of_coordinate, because="the share is the variable itself")
    .by(fold, mixture, q, p, k, because="this is the mixture again")
    .by(distribute, because="multiply out the bracket with the logarithm")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, reference_sums, because="the probabilities of the one sum to 1")
    .by(by_hypothesis, model_sums, because="and so do those of the other, so the two cancel")
    .by(recognise, minus_cross_entropy, because="one sum is minus a cross-entropy")
    .by(fold, cross_entropy, q, mixture(q, p), because="the other is a cross-entropy")
    .by(cite, decomposition, {p: mixture(q, p)}, {q: p, p: mixture(q, p)}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence; the entropies cancel")
)

no_share = Hypothesis("no share", "the share is 0", equation(α, 0))
at_share_zero = (
    derive("averages.at_share_zero", "divergences from the mixture, where the first has no share",
           kl_divergence(q, mixture(q, p)) - kl_divergence(p, mixture(q, p)))
    .by(unfold, kl_divergence, using=(model_positive, no_share), because="this is its definition")
    .by(unfold, mixture, because="and this is that of the mixture")
    .by(by_hypothesis, no_share, because="the share is 0, so the mixture is the second")
    .by(sum_of_constant, because="a sum of zeros is 0")
    .by(fold, kl_divergence, q, p, because="the other sum is a divergence")
)

mixed = mixture(q, probability(z))

mixture_slope = (
    derive("averages.mixture_slope", "slope of a mixture in a logit", partial(mixture(q, probability(z), k), z[m]))
    .by(unfold, mixture, using=(m_in_range, k_in_range), because="this is its definition")
    .by(linearity_of_derivative, because="neither the share nor the other distribution depends on the logits")
    .by(cite, jacobian, {m: k, l: m}, because="this is the Jacobian of softmax")
)

mixture_entropy_gradient = (
    derive("averages.mixture_entropy_gradient", "gradient of the entropy of a mixture", partial(entropy(mixed), z[m]))
    .by(unfold, entropy, using=softmax_mixed_positive, because="this is its definition")
    .by(linearity_of_derivative, because="the minus is a constant")
    .by(differentiate_sum, using=m_in_range, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_product, because="both the weight and the logarithm depend on the logits")
    .by(derivative_of_logarithm, because="every probability is positive; it cancels against the weight")
    .by(cite, mixture_slope, because="this is the slope of the mixture")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(factor_out_of_sum, because="the share does not depend on k")
    .by(distribute, KroneckerDelta(k, m), because="multiply out the brackets with the delta")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1, and two terms cancel")
    .by(recognise, minus_cross_entropy, {p: probability(z)}, implied=mixed_positive, because="minus a cross-entropy")
    .by(factor_out, probability(z, m), because="both terms have this factor")
)

gradient = (
    derive("averages.gradient", "gradient of the Jensen–Shannon divergence in a logit",
           partial(jensen_shannon(q, probability(z)), z[m]))
    .by(cite, in_entropies, {p: probability(z)}, using=(m_in_range, softmax_mixed_positive),
        implied=mixed_positive, because="this is what it was found to be, in entropies")
    .by(linearity_of_derivative, because="the share and the other entropy do not depend on the logits")
    .by(cite, mixture_entropy_gradient, because="this is the gradient of the entropy of the mixture")
    .by(cite, entropy_gradient, because="and this is that of the entropy of softmax")
    .by(factor_out, (1 - α) * probability(z, m), because="all terms have these factors")
)

p_l, p_m = probability(z, l), probability(z, m)
of_l, of_m = mixture(q, probability(z), l), mixture(q, probability(z), m)
softmax_difference = (
    derive("averages.softmax_difference", "difference of two probabilities of softmax",
           p_m * (exp(z[l] - z[m]) - 1))
    .by(distribute, using=(l_in_range, m_in_range), because="multiply out the bracket")
    .by(cite, exponential_form, because="softmax is one exponential", part=p_m * exp(z[l] - z[m]))
    .by(product_of_exponentials, because="the exponents add up, and the logit of class m cancels")
    .by(recognise, exponential_form, {m: l}, because="this exponential is softmax")
)

log_difference = (
    derive("averages.log_difference", "difference of the logarithms of two entries of a mixture", log(of_l) - log(of_m))
    .by(log_relative_to, of_l, of_m, using=(l_in_range, m_in_range, softmax_mixed_positive),
        because="compare the one with the other")
    .by(regroup, of_l / of_m, 1 + (of_l - of_m) / of_m, because="the quotient is 1 where the two are equal")
    .by(unfold, mixture, because="this is the definition of the mixture", part=of_l - of_m)
    .by(regroup, α * q[l] + (1 - α) * p_l - α * q[m] - (1 - α) * p_m, α * (q[l] - q[m]) + (1 - α) * (p_l - p_m),
        because="the parts of each of the two distributions stand together")
    .by(recognise, softmax_difference, because="the probabilities of softmax differ by this")
)

not_symmetric = Counterexample(
    "averages.not_symmetric", "unequal shares make a Jensen–Shannon divergence asymmetric",
    equation(jensen_shannon(q, p), jensen_shannon(p, q)),
    values={K: 2, q: (Integer(1), Integer(0)), p: (Rational(1, 2), Rational(1, 2)), α: Rational(1, 4)},
    meaning="exchanged, the two have each other's share in the mixture",
)
