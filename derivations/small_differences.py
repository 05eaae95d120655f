"""Small differences: forms of a loss or a divergence that keep their digits where two distributions are nearly equal,
or a label is nearly 1; and the terms by which a divergence is estimated from samples.

The divergence of two softmaxes is the logarithm of 1 plus a sum in which nothing cancels. In the Jensen-Shannon
divergence the logarithm is that of 1 plus the difference of the two distributions. For a label near 1 binary
cross-entropy is a sum of two terms, and neither is a difference. A term of a sampled divergence is never negative.
Where the target is one class, no gradient needs the difference of two probabilities that are nearly 1.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, Rational, Sum, exp, log

from .averages import (gradient as gradient_of_mixture, jensen_shannon, minus_cross_entropy, mixed_positive,
                       softmax_mixed_positive)
from .cross_entropy import cross_entropy, decomposition, kl_divergence, positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.nodes import Rounded
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_logarithm, derivative_of_power, derivative_of_product,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import minus_log_above_tangent
from .engine.rules.logarithms import (exponential_of_logarithm, exponential_of_sum, log_of_exponential,
                                      log_of_factors, log_of_quotient, log_relative_to, product_of_exponentials)
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, take_out_term
from .engine.terms import entry, equation, partial
from .entropy import mixture
from .exponential_family import bregman
from .notation import (K, a, inverse_temperature as β, k, k_in_range, l, l_in_range, label, logit, m, m_in_range, p,
                       model_positive, model_sums, q, reference_positive, reference_sums, scale, share as α, v, y, z)
from .maximum_likelihood import total_weight
from .numerics import complement_beside, cross_entropy_two_sided, softmax_beside
from .scores import brier, brier_gradient as gradient_of_brier
from .sigmoid import cross_entropy as binary_cross_entropy, softplus
from .softmax import exponential_form, jacobian, log_sum_exp, minus_entropy, probabilities_sum, probability
from .targets import gradient as gradient_of_targets, loss as targets_loss

# --- Two softmaxes ---
divergence_of_logits = (
    derive("small_differences.divergence_of_logits", "divergence of softmax from a reference, without a quotient",
           kl_divergence(q, probability(z)))
    .by(unfold, kl_divergence, because="this is its definition")
    .by(log_of_quotient, using=reference_positive, because="both probabilities are positive")
)

mean_gap = define(
    "small_differences.mean_gap", "mean difference of two logits", "Δ̄", (v, z),
    Sum(probability(v, k) * (z[k] - v[k]), (k, 1, K)),
    meaning="how far the logits z are from v, on average over the classes as softmax of v has them")
gap = define(
    "small_differences.gap", "difference of two logits, less its mean", "Δ", (v, z, k), z[k] - v[k] - mean_gap(v, z),
    meaning="how far the logit z of class k is from v, less the mean of this over the classes")
p_k = probability(v, k)
excess_of_exponential = exp(gap(v, z, k)) - 1 - gap(v, z, k)  # of the exponential over its tangent at 0

naive_excess = Counterexample(
    "small_differences.naive_excess", "a rounded exponential, less its tangent",
    equation(Rounded(exp(logit)) - 1 - logit, exp(logit) - 1 - logit), values={logit: Rational(1, 2**30)},
    meaning="the exponential is rounded to its tangent, 1 plus the number, and what is above that is lost")

no_mean = (
    derive("small_differences.no_mean", "less their mean, the differences have no mean",
           Sum(p_k * gap(v, z, k), (k, 1, K)))
    .by(unfold, gap, because="this is its definition")
    .by(regroup, p_k * gap.body, p_k * (z[k] - v[k]) - p_k * mean_gap(v, z), because="multiply out the mean")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(cite, probabilities_sum, {z: v}, because="the probabilities of softmax sum to 1")
    .by(unfold, mean_gap, because="this is the definition of the mean: the two terms cancel")
)
in_exponentials = (
    derive("small_differences.in_exponentials", "exponentials above their tangents",
           Sum(p_k * excess_of_exponential, (k, 1, K)))
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(cite, probabilities_sum, {z: v}, because="the probabilities of softmax sum to 1")
    .by(cite, no_mean, because="and this sum is 0")
)

divergence = (
    derive("small_differences.divergence", "divergence of two softmaxes without a difference",
           log(1 + in_exponentials.start))
    .by(cite, in_exponentials, because="this sum was found to be that of the exponentials, less 1")
    .by(unfold, gap, because="this is its definition")
    .by(exponential_of_sum, because="the exponential of a sum is a product of exponentials")
    .by(cite, exponential_form, {z: v, m: k}, because="softmax is one exponential")
    .by(exponential_of_sum, because="the exponential of a difference is a product; that of the logit v cancels")
    .by(factor_out_of_sum, because="neither the mean nor log-sum-exp depends on k")
    .by(log_of_factors, because="all three factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(fold, log_sum_exp, z, because="the logarithm of the sum is log-sum-exp")
    .by(unfold, mean_gap, because="this is the definition of the mean")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(recognise, bregman, because="this is what the divergence of two softmaxes was found to be")
)

exponent = gap(v, z, m) - kl_divergence(probability(v), probability(z))
gradient = (
    derive("small_differences.gradient", "difference of the probabilities of two softmaxes",
           probability(v, m) * (exp(exponent) - 1))
    .by(distribute, using=m_in_range, because="multiply out the bracket")
    .by(cite, bregman, because="this is what the divergence of two softmaxes was found to be")
    .by(unfold, gap, because="this is the definition of the difference less its mean")
    .by(unfold, mean_gap, because="and this is that of the mean")
    .by(distribute, because="multiply out the bracket of the mean")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums, and the sums cancel")
    .by(cite, exponential_form, {z: v, m: m}, because="softmax is one exponential",
        part=probability(v, m) * exp(z[m] - v[m] + log_sum_exp(v) - log_sum_exp(z)))
    .by(product_of_exponentials, because="the exponents add up, and those of v cancel")
    .by(recognise, exponential_form, because="this exponential is softmax")
)

# --- A distribution and its mixture ---
of_first = (
    derive("small_differences.of_first", "logarithm of a probability over a mixture with it",
           log(q[k] / mixture(q, p, k)))
    .by(log_of_quotient, using=(k_in_range, reference_positive, mixed_positive), because="both are positive")
    .by(log_relative_to, mixture(q, p, k), q[k], because="compare the mixture with its first part")
    .by(unfold, mixture, because="this is its definition")
    .by(regroup, (α * q[k] + (1 - α) * p[k]) / q[k], 1 + (1 - α) * (p[k] - q[k]) / q[k],
        because="the quotient is 1 where the two are equal")
)
relative_to_second = (
    derive("small_differences.of_second", "logarithm of the other probability over the mixture",
           log(p[k] / mixture(q, p, k)))
    .by(log_of_quotient, using=(k_in_range, model_positive, mixed_positive), because="both probabilities are positive")
    .by(log_relative_to, mixture(q, p, k), p[k], because="compare the mixture with its second part")
    .by(unfold, mixture, because="this is its definition")
)
of_second = relative_to_second.by(
    regroup, (α * q[k] + (1 - α) * p[k]) / p[k], 1 + α * (q[k] - p[k]) / p[k],
    because="the quotient is 1 where the two are equal")
of_second_by_shares = (
    relative_to_second.renamed("small_differences.of_second_by_shares", "logarithm over the mixture, by two shares")
    .by(regroup, (α * q[k] + (1 - α) * p[k]) / p[k], 1 - α + α * q[k] / p[k],
        because="the quotient is the share of the second where the first is 0")
)

# --- A divergence from samples ---
sampled = define(
    "small_differences.sampled", "sampled term of a divergence", "D", (q, p, k), q[k] / p[k] - 1 - log(q[k] / p[k]),
    meaning="what a sample of class k, drawn with the model's probabilities, adds to the estimate of the divergence")

sampled_bound = (
    derive("small_differences.sampled_bound", "a sampled term is never negative", sampled(q, p, k))
    .by(unfold, sampled, using=(k_in_range, reference_positive, model_positive), because="this is its definition")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
)
sampled_mean = (
    derive("small_differences.sampled_mean", "mean of the sampled terms of a divergence",
           Sum(p[k] * sampled(q, p, k), (k, 1, K)))
    .by(unfold, sampled, using=(reference_positive, model_positive), because="this is its definition")
    .by(log_of_quotient, because="both probabilities are positive")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, reference_sums, because="the probabilities of the reference sum to 1")
    .by(by_hypothesis, model_sums, because="and so do those of the model, so the two cancel")
    .by(fold, cross_entropy, p, q, because="one sum is a cross-entropy")
    .by(recognise, minus_entropy, {q: p}, because="the other is minus an entropy")
    .by(cite, decomposition, {q: p, p: q}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence; the entropy cancels")
)

model_k, bracket = probability(z, k), KroneckerDelta(k, m) - probability(z, m)
sampled_gradient = (
    derive("small_differences.sampled_gradient", "mean gradient of the sampled terms in a logit",
           Sum(model_k * partial(sampled(q, probability(z), k), z[m]), (k, 1, K)))
    .by(unfold, sampled, using=(reference_positive, m_in_range), because="this is its definition")
    .by(log_of_quotient, because="both probabilities are positive")
    .by(linearity_of_derivative, because="the reference does not depend on the logits")
    .by(derivative_of_power, because="the probability is not 0")
    .by(derivative_of_logarithm, because="the probability is positive")
    .by(cite, jacobian, {m: k, l: m}, because="this is what the Jacobian of softmax was found to be")
    .by(regroup, bracket - bracket * q[k] / model_k, (1 - q[k] / model_k) * bracket,
        because="the gradient of a term has two factors")
    .by(distribute, because="multiply out: the probability of the sample cancels")
    .by(distribute, because="and the other bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1")
    .by(by_hypothesis, reference_sums, because="those of the reference sum to 1, too: two terms cancel")
    .by(sift_kronecker_delta, because="of each sum the term with k = m is left")
)

from_q = kl_divergence(probability(z), q)
reverse_gradient = (
    derive("small_differences.reverse_gradient", "gradient of the divergence of softmax from a distribution",
           partial(from_q, z[m]))
    .by(unfold, kl_divergence, using=(reference_positive, m_in_range), because="this is its definition")
    .by(log_of_quotient, because="both probabilities are positive")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_product, because="both factors depend on the logits")
    .by(linearity_of_derivative, because="the reference does not depend on the logits")
    .by(derivative_of_logarithm, because="the probability is positive; it cancels")
    .by(cite, jacobian, {m: k, l: m}, because="this is what the Jacobian of softmax was found to be")
    .by(distribute, because="multiply out one bracket")
    .by(distribute, because="and the other")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1")
    .by(sift_kronecker_delta, because="of the sums with a delta the term with k = m is left")
    .by(factor_out, -probability(z, m), because="all terms have this factor")
    .by(fold, cross_entropy, probability(z), q, because="one sum is a cross-entropy")
    .by(recognise, minus_entropy, {q: probability(z)}, because="the other is minus an entropy")
    .by(cite, decomposition, {q: probability(z), p: q}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence; the entropy cancels")
    .by(regroup, -probability(z, m) * (log(q[m]) + from_q - log(probability(z, m))),
        probability(z, m) * (log(probability(z, m)) - log(q[m]) - from_q), because="the sign goes into the bracket")
)

# --- A label near 1 ---
less_share = (
    derive("small_differences.less_share", "softplus less a share of the logit", softplus(logit) - label * logit)
    .by(recognise, binary_cross_entropy, because="this is binary cross-entropy in the logit")
    .by(cite, cross_entropy_two_sided, because="this is the loss without a difference")
)

# --- A power of a sum ---
power_gap = (
    derive("small_differences.power_gap", "a power of a sum, less that of its first term",
           scale**β * (exp(β * log(1 + logit**2 / scale)) - 1))
    .by(regroup, 1 + logit**2 / scale, (scale + logit**2) / scale, because="the first term is taken out of the sum")
    .by(log_of_quotient, because="both are positive")
    .by(distribute, log(scale + logit**2), because="multiply out the exponent")
    .by(exponential_of_sum, because="the exponential of a difference is a product of two")
    .by(exponential_of_logarithm, because="the exponentials undo the logarithms")
    .by(distribute, because="multiply out the bracket: in one of the terms the powers of the first cancel")
)

# --- A hard label ---
p_l, total = probability(z, l), Sum(a[k], (k, 1, K))
targets_gradient = (
    derive("small_differences.targets_gradient", "softmax gradient for any targets, beside one logit",
           partial(targets_loss.start, z[l]))
    .by(cite, gradient_of_targets, {m: l}, using=(l_in_range, m_in_range),
        because="this is what the gradient was found to be")
    .by(unfold, total_weight, because="the sum of the targets is their total")
    .by(regroup, total * p_l - a[l], (1 - KroneckerDelta(l, m)) * (total * p_l - a[l])
        + KroneckerDelta(l, m) * ((total - a[l]) * p_l - a[l] * (1 - p_l)),
        because="only a probability above one half can be near its share of the targets, and only one class has it")
    .by(take_out_term, k, l, part=total - a[l], because="what is left of the total are the targets of the others")
    .by(cite, complement_beside, because="this is one minus softmax beside one logit")
    .by(cite, softmax_beside, because="this is softmax beside one logit")
)

from_one = (
    derive("small_differences.from_one", "a number less its mean, from differences to one of them",
           v[l] - v[m] - Sum(probability(z, k) * (v[k] - v[m]), (k, 1, K)))
    .by(distribute, using=(l_in_range, m_in_range), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the number of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1: it cancels")
)

error = define("small_differences.error", "error", "E", (y, z, k), probability(z, k) - y[k],
               meaning="how far the probability of class k is above its label")
brier_gradient = (
    derive("small_differences.brier_gradient", "gradient of the Brier score, from differences of errors",
           partial(brier(y, probability(z)), z[l]))
    .by(cite, gradient_of_brier, {m: l}, using=(l_in_range, m_in_range),
        because="this is what the gradient was found to be")
    .by(factor_out, 2 * p_l, because="both terms have this factor")
    .by(fold, error, y, z, l, because="this is the error of a class")
    .by(fold, error, y, z, k, because="and so here")
    .by(recognise, from_one, {v: error(y, z)}, because="a number less its mean is made of differences")
)

log_ratio = define(
    "small_differences.log_ratio", "log-ratio to a mixture", "r", (q, p, k), log(p[k] / mixture(q, p, k)),
    meaning="the logarithm of the probability of class k over that in the mixture with another distribution")
r = log_ratio(q, probability(z))
log_ratio_less_mean = (
    derive("small_differences.log_ratio_less_mean", "a log-ratio to a mixture, less its mean",
           entry(r, l) - Sum(probability(z, k) * entry(r, k), (k, 1, K)))
    .by(unfold, log_ratio, using=(l_in_range, softmax_mixed_positive), because="this is its definition")
    .by(log_of_quotient, because="both probabilities are positive")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(recognise, minus_entropy, {q: probability(z)}, because="one sum is minus an entropy")
    .by(recognise, minus_cross_entropy, {p: probability(z)}, implied=mixed_positive,
        because="the other is minus a cross-entropy")
)
mixture_gradient = (
    derive("small_differences.mixture_gradient", "gradient of the Jensen–Shannon divergence, from differences",
           partial(jensen_shannon(q, probability(z)), z[l]))
    .by(cite, gradient_of_mixture, {m: l}, using=(l_in_range, m_in_range, softmax_mixed_positive),
        because="this is what the gradient was found to be")
    .by(recognise, log_ratio_less_mean, because="the bracket is a log-ratio, less its mean")
    .by(recognise, from_one, {v: r}, because="a number less its mean is made of differences")
)
