"""Policy gradient: how a softmax that chooses at random learns from the rewards of its choices.

The gradient of the expected reward in a logit is the probability times how far the reward is above its mean. It is also
the mean gradient of cross-entropy of the chosen class, weighted by the reward, with a minus: REINFORCE. A baseline, a
number that is taken from every reward, leaves that mean as it is, and changes how much single choices differ from it.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, KroneckerDelta, Sum, Tuple, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy, kl_divergence
from .engine.derivation import derive
from .engine.entries import Counterexample
from .engine.rules.algebra import distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import differentiate_sum, linearity_of_derivative
from .engine.rules.logarithms import log_of_quotient
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .log_sum_exp import entropy_identity, mean
from .notation import K, c, c_in_range, k, l, l_in_range, m, m_in_range, p, q, reference_positive, shift as t, v, z
from .preferences import divergence
from .softmax import (entropy_gradient, hard_gradient, jacobian, log_probability, logits_of, minus_entropy,
                      probabilities_sum, probability)

p_k, p_m, delta, delta_k = probability(z, k), probability(z, m), KroneckerDelta(c, m), KroneckerDelta(k, m)
loss_of_choice = cross_entropy(one_hot_label(c), probability(z))
slope_of_choice = partial(loss_of_choice, z[m])

# --- The gradient of the expected reward ---
gradient = (
    derive("policy.gradient", "policy gradient: the expected reward in a logit", partial(mean(v, z), z[m]))
    .by(unfold, mean, using=m_in_range, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the rewards do not depend on the logits")
    .by(cite, jacobian, {m: k, l: m}, because="this is the Jacobian of softmax")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(fold, mean, because="the sum is the expected reward")
    .by(factor_out, p_m, because="both terms have this factor")
)

# --- One choice at a time ---
one_choice = (
    derive("policy.one_choice", "what one choice says of the policy gradient", -(v[c] - t) * slope_of_choice)
    .by(cite, hard_gradient, using=(c_in_range, m_in_range), because="this is the gradient of cross-entropy")
    .by(regroup, (t - v[c]) * (p_m - delta), (v[c] - t) * (delta - p_m), because="two signs change")
)

above_baseline = (
    derive("policy.above_baseline", "mean reward above a baseline", Sum(p_k * (v[k] - t), (k, 1, K)))
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the baseline does not depend on the class")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(fold, mean, because="the sum is the expected reward")
)

reinforce = (
    derive("policy.reinforce", "cross-entropy of a choice, weighted by its reward",
           -Sum(p_k * (v[k] - t) * slope_of_choice.subs(c, k), (k, 1, K)))
    .by(cite, hard_gradient, {c: k}, using=m_in_range, because="this is the gradient of cross-entropy")
    .by(distribute, p_m, because="multiply out the bracket of the gradient")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, above_baseline, because="the sum is the mean reward above the baseline")
    .by(distribute, -t, because="multiply out: the baseline cancels")
    .by(factor_out, p_m, because="both terms have this factor")
)

baseline_calms = Counterexample(
    "policy.baseline_calms", "a baseline does change how far single choices lead",
    claim=equation(Sum(p_k * ((v[k] - t) * (delta_k - p_m)) ** 2, (k, 1, K)),
                   Sum(p_k * (v[k] * (delta_k - p_m)) ** 2, (k, 1, K))),
    values={K: 2, z: Tuple(0, 0), v: Tuple(11, 10), t: Integer(10), m: 1},
    meaning="the mean square of what one choice says: with a baseline near the rewards it is much smaller",
)

not_the_slope_of_the_mean = Counterexample(
    "policy.not_the_slope_of_the_mean", "the mean weighted loss has another slope",
    claim=equation(-partial(Sum(p_k * v[k] * loss_of_choice.subs(c, k), (k, 1, K)), z[m]), partial(mean(v, z), z[m])),
    values={K: 2, z: Tuple(1, 0), v: Tuple(1, 0), m: 1},
    meaning="differentiated with the probabilities of the choices, which the method holds fixed",
)

# --- A penalty for leaving a reference ---
beside_m = z[k] - z[m] - log(q[k] / q[m])
reference_less_mean = (
    derive("policy.reference_less_mean", "a logit over a reference, less its mean",
           z[l] - z[m] - log(q[l] / q[m]) - Sum(p_k * beside_m, (k, 1, K)))
    .by(log_of_quotient, using=(l_in_range, m_in_range, reference_positive), because="both probabilities are positive")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="what belongs to class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1: what belongs to class m cancels")
)

penalty_gradient = (
    derive("policy.penalty_gradient", "gradient of the divergence from a reference, by differences",
           partial(kl_divergence(probability(z), q), z[l]))
    .by(cite, divergence, {p: probability(z)}, using=(l_in_range, m_in_range, reference_positive),
        because="this is the divergence of a policy from its reference")
    .by(recognise, minus_entropy, {q: probability(z)}, because="one sum is minus an entropy")
    .by(fold, logits_of, q, k, because="the logarithms of the reference are logits that belong to it")
    .by(fold, mean, logits_of(q), z, because="the other sum is their mean")
    .by(linearity_of_derivative, because="the derivative of a difference")
    .by(cite, entropy_gradient, {m: l}, because="this is the gradient of the entropy")
    .by(cite, gradient, {v: logits_of(q), m: l}, because="the logarithms of the reference are as rewards are")
    .by(cite, entropy_identity, because="the entropy is log-sum-exp less a mean")
    .by(cite, log_probability, {m: l}, because="this is what log-softmax was found to be; log-sum-exp cancels")
    .by(unfold, mean, because="this is its definition")
    .by(unfold, logits_of, because="and this is that of the logits")
    .by(factor_out, probability(z, l), because="all terms have this factor")
    .by(recognise, reference_less_mean, because="the bracket is a logit over the reference, less its mean")
)
