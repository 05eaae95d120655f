"""Softmax: K logits instead of K probabilities, and the loss of one label as a function of the logits.

The probabilities p_k are functions of K real logits. The loss becomes log-sum-exp less the dot product of labels and logits, its
gradient p - y, its Hessian diag(p) - p p^T, entry by entry. The labels may be soft; where they must sum to 1, a step says so.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Sum, exp, log

from .cross_entropy import cross_entropy as cross_entropy_of
from .derivation import define, derive
from .notation import K, k, l, l_in_range, labels_sum, m, m_in_range, y, z
from .rules.algebra import by_hypothesis, distribute
from .rules.definitions import cite, fold, recognise, unfold
from .rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm, differentiate_sum,
                                linearity_of_derivative)
from .rules.logarithms import log_of_exponential, product_of_exponentials
from .rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .terms import partial

probability = define(
    "softmax.probability", "softmax", "p", (z, k), exp(z[k]) / Sum(exp(z[l]), (l, 1, K)),
    meaning="the probability of class k that belongs to the logits z",
)

log_sum_exp = define(
    "softmax.log_sum_exp", "log-sum-exp", "A", (z,), log(Sum(exp(z[k]), (k, 1, K))),
    meaning="a smooth version of the largest logit",
)

exponential_of_log_sum_exp = (
    derive("softmax.exponential_of_log_sum_exp", "log-sum-exp undone", exp(log_sum_exp(z)))
    .by(unfold, log_sum_exp, because="the exponential undoes the logarithm")
)

exponential_form = (
    derive("softmax.exponential_form", "softmax as one exponential", probability(z, m))
    .by(unfold, probability, using=m_in_range, because="this is its definition")
    .by(recognise, exponential_of_log_sum_exp, because="the denominator is the exponential of log-sum-exp")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)

log_probability = (
    derive("softmax.log_probability", "log-softmax", log(probability(z, m)))
    .by(cite, exponential_form, because="one exponential is easier than a quotient")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
)

log_sum_exp_gradient = (
    derive("softmax.log_sum_exp_gradient", "the gradient of log-sum-exp is softmax", partial(log_sum_exp(z), z[m]))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(derivative_of_logarithm, because="a sum of exponentials is positive")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(fold, probability, z, m, because="this is softmax")
)

jacobian = (
    derive("softmax.jacobian", "Jacobian of softmax", partial(probability(z, m), z[l]))
    .by(cite, exponential_form, because="one exponential is easier to differentiate than a quotient")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(recognise, exponential_form, because="the exponential is softmax again")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(cite, log_sum_exp_gradient, {m: l}, using=l_in_range, because="the gradient of log-sum-exp is softmax")
)

weighted_cross_entropy = (
    derive("softmax.weighted_cross_entropy", "cross-entropy in the logits, for any weights", cross_entropy_of(y, probability(z)))
    .by(unfold, cross_entropy_of, because="this is its definition")
    .by(cite, log_probability, {m: k}, because="this is what log-softmax was found to be")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
)
cross_entropy = (
    weighted_cross_entropy.renamed("softmax.cross_entropy", "cross-entropy in the logits")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1, so log-sum-exp counts once")
)

weighted_gradient = (
    derive("softmax.weighted_gradient", "gradient in the logits, for any weights",
           partial(cross_entropy_of(y, probability(z)), z[m]))
    .by(cite, weighted_cross_entropy, because="this is what the loss was found to be, before the labels were said to sum to 1")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(cite, log_sum_exp_gradient, because="the gradient of log-sum-exp is softmax")
)
gradient = (
    weighted_gradient.renamed("softmax.gradient", "gradient of cross-entropy in the logits")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1; no earlier step needed it")
)

hessian = (
    derive("softmax.hessian", "Hessian of cross-entropy in the logits", partial(cross_entropy_of(y, probability(z)), z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(cite, jacobian, because="this is what the Jacobian of softmax was found to be")
)
