"""Softmax: K logits instead of K probabilities, and the loss of one label as a function of the logits.

The probabilities p_k are functions of K real logits. The loss becomes log-sum-exp less the dot product of labels and
logits, its gradient p - y, its Hessian diag(p) - p p^T, entry by entry. The labels may be soft; where they must sum to
1, a step says so. Then what follows for the gradient: two routes to it, its sum, its mean over classes drawn from a
distribution.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, KroneckerDelta, Sum, exp, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy as cross_entropy_of, entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm,
                                       derivative_of_product, differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import (bounded_above, bounded_below, drop_what_is_not_negative,
                                        drop_what_is_not_positive, keep_one_term)
from .engine.rules.logarithms import exponential_of_sum, log_of_exponential, product_of_exponentials
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .notation import (K, c, c_in_range, k, l, l_in_range, labels_sum, m, m_in_range, q, reference_positive,
                       reference_sums, y, z, supposed)
from .notation import shift as t

# --- From real numbers to a distribution ---
probability = define(
    "softmax.probability", "softmax", "p", (z, k), exp(z[k]) / Sum(exp(z[l]), (l, 1, K)),
    meaning="the probability of class k that belongs to the logits z",
)

# --- Log-sum-exp ---
log_sum_exp = define(
    "softmax.log_sum_exp", "log-sum-exp", "A", (z,), log(Sum(exp(z[k]), (k, 1, K))),
    meaning="a smooth version of the largest logit",
)

exponential_of_log_sum_exp = (
    derive("softmax.exponential_of_log_sum_exp", "the exponential of log-sum-exp", exp(log_sum_exp(z)))
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

probabilities_sum = (
    derive("softmax.probabilities_sum", "the probabilities of softmax sum to 1", Sum(probability(z, k), (k, 1, K)))
    .by(cite, exponential_form, {m: k}, because="each is one exponential")
    .by(exponential_of_sum, because="the exponential of a difference is a product of exponentials")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
    .by(recognise, exponential_of_log_sum_exp,
        because="the sum of the exponentials is the exponential of log-sum-exp, which cancels")
)

# --- Which logits give the same probabilities? ---
shifted = define("softmax.shifted", "shifted logits", "z̃", (z, t, k), z[k] + t,
                 meaning="the logits with the same number t added to each")

shift = (
    derive("softmax.shift", "a number added to all logits leaves softmax as it is", probability(shifted(z, t), m))
    .by(unfold, probability, using=m_in_range, because="this is the definition of softmax")
    .by(unfold, shifted, because="and this is what the logits are")
    .by(exponential_of_sum, because="the exponential of a sum is a product of exponentials")
    .by(factor_out_of_sum, because="the number t does not depend on l; its exponential cancels")
    .by(fold, probability, z, m, because="this is softmax of the logits as they were")
)

not_scale_invariant = Counterexample(
    "softmax.not_scale_invariant", "a factor before all logits does change softmax",
    claim=equation(exp(2 * z[1]) / Sum(exp(2 * z[k]), (k, 1, K)), probability(z, 1)),
    values={K: 2, z: (Integer(1), Integer(0))},
    meaning="logits twice as large make the model more confident",
)

logits_of = define("softmax.logits_of", "logits of a distribution", "ẑ", (q, k), log(q[k]),
                   meaning="the logarithms of the probabilities")

right_inverse = (
    derive("softmax.right_inverse", "every distribution without zeros is a softmax", probability(logits_of(q), m))
    .by(unfold, probability, using=(reference_positive, m_in_range),
        because="this is the definition of softmax; positive probabilities have logarithms")
    .by(unfold, logits_of, because="the logits are logarithms of probabilities, and the exponential undoes them")
    .by(by_hypothesis, reference_sums, because="the probabilities sum to 1")
)

logits_from_probabilities = (
    derive("softmax.logits_from_probabilities", "the logits that belong to softmax probabilities",
           log(probability(z, m)) + log_sum_exp(z))
    .by(cite, log_probability, because="this is what log-softmax was found to be; log-sum-exp cancels")
)

# --- The derivatives of log-sum-exp ---
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

# --- How the probabilities move ---
jacobian = (
    derive("softmax.jacobian", "Jacobian of softmax", partial(probability(z, m), z[l]))
    .by(cite, exponential_form, because="one exponential is easier to differentiate than a quotient")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(recognise, exponential_form, because="the exponential is softmax again")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(cite, log_sum_exp_gradient, {m: l}, using=l_in_range, because="the gradient of log-sum-exp is softmax")
)

# --- The loss in the logits ---
weighted_cross_entropy = (
    derive("softmax.weighted_cross_entropy", "softmax cross-entropy in the logits, for any weights",
           cross_entropy_of(y, probability(z)))
    .by(unfold, cross_entropy_of, because="this is its definition")
    .by(cite, log_probability, {m: k}, because="this is what log-softmax was found to be")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
)
cross_entropy = (
    weighted_cross_entropy.renamed("softmax.cross_entropy", "softmax cross-entropy in the logits")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1, so log-sum-exp counts once")
)

# --- The gradient: probabilities less labels ---
weighted_gradient = (
    derive("softmax.weighted_gradient", "gradient of softmax cross-entropy, for any weights",
           partial(cross_entropy_of(y, probability(z)), z[m]))
    .by(cite, weighted_cross_entropy,
        because="this is what the loss was found to be, before the labels were said to sum to 1")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(cite, log_sum_exp_gradient, because="the gradient of log-sum-exp is softmax")
)
gradient = (
    weighted_gradient.renamed("softmax.gradient", "gradient of softmax cross-entropy in a logit")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1; no earlier step needed it")
)

gradient_sum = (
    derive("softmax.gradient_sum", "the entries of the softmax gradient sum to 0",
           Sum(partial(cross_entropy_of(y, probability(z)), z[k]), (k, 1, K)))
    .by(cite, gradient, {m: k}, because="this is what each entry was found to be")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(by_hypothesis, labels_sum, because="and so do the labels")
)

# --- The same gradient by the chain rule ---
two_routes = (
    derive("softmax.two_routes", "the softmax gradient by the chain rule",
           partial(cross_entropy_of(y, probability(z)), z[m]))
    .by(unfold, cross_entropy_of, because="this is its definition")
    .by(linearity_of_derivative, because="the minus is a constant")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(derivative_of_logarithm,
        because="the chain rule: minus label over probability, times what the logit does to the probability")
    .by(cite, jacobian, {m: k, l: m}, using=m_in_range,
        because="this is the Jacobian of softmax; the probability before its bracket cancels")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1")
)

diagonal_only = Counterexample(
    "softmax.diagonal_only", "the diagonal of the Jacobian alone: a wrong gradient",
    claim=equation(partial(cross_entropy_of(y, probability(z)), z[m]), -y[m] * (1 - probability(z, m))),
    values={K: 3, z: (Integer(0), Integer(0), Integer(0)), y: (Integer(1), Integer(0), Integer(0)), m: 2},
    given=(equation(Sum(y[k], (k, 1, K)), 1),),
    meaning="the label is 1 for the first class; with the diagonal alone the second logit would not move at all",
)

# --- Which classes take part? ---
hard_gradient = (
    derive("softmax.hard_gradient", "softmax gradient for an observation of class c",
           partial(cross_entropy_of(one_hot_label(c), probability(z)), z[m]))
    .by(cite, gradient, {y: one_hot_label(c)}, using=c_in_range, implied=labels_sum,
        because="this is what the gradient was found to be; the entries of a one-hot label sum to 1")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
)

another_class = supposed("another class", equation(KroneckerDelta(m, c), 0))

other_classes = (
    derive("softmax.other_classes", "softmax gradient of the classes that were not seen",
           partial(cross_entropy_of(one_hot_label(c), probability(z)), z[m]))
    .by(cite, hard_gradient, because="this is what the gradient was found to be for a hard label")
    .by(by_hypothesis, another_class, because="the class m is not the one that was seen")
)

expected_gradient = (
    derive("softmax.expected_gradient", "mean softmax gradient over classes drawn with q",
           Sum(q[c] * partial(cross_entropy_of(one_hot_label(c), probability(z)), z[m]), (c, 1, K)))
    .by(cite, hard_gradient, {c: c}, because="this is the gradient for each class")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the probability of class m does not depend on c")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with c = m")
    .by(by_hypothesis, reference_sums, because="the probabilities of the reference sum to 1")
)

# --- Bounds of the gradient ---
not_above_their_sum = (
    derive("softmax.not_above_their_sum", "a sum of probabilities is at least each of them",
           Sum(probability(z, k), (k, 1, K)))
    .by(keep_one_term, k, m, using=m_in_range, because="no probability is negative")
)
label_not_above_their_sum = (
    derive("softmax.label_not_above_their_sum", "a sum of labels is at least each of them", Sum(y[k], (k, 1, K)))
    .by(keep_one_term, k, m, using=m_in_range, because="no label is negative")
)

gradient_upper_bound = (
    derive("softmax.gradient_upper_bound", "an entry of the softmax gradient is at most 1",
           partial(cross_entropy_of(y, probability(z)), z[m]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(drop_what_is_not_positive, -y[m], because="no label is negative")
    .by(bounded_above, not_above_their_sum, because="no probability is greater than the sum of all")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)

gradient_lower_bound = (
    derive("softmax.gradient_lower_bound", "an entry of the softmax gradient is at least minus 1",
           partial(cross_entropy_of(y, probability(z)), z[m]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(drop_what_is_not_negative, probability(z, m), because="no probability is negative")
    .by(bounded_below, label_not_above_their_sum, because="no label is greater than the sum of all")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1")
)

# --- The second derivatives ---
hessian = (
    derive("softmax.hessian", "Hessian of softmax cross-entropy in the logits",
           partial(cross_entropy_of(y, probability(z)), z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(cite, jacobian, because="this is what the Jacobian of softmax was found to be")
)

# --- The entropy of the model is not the loss ---
minus_entropy = (
    derive("softmax.minus_entropy", "minus the entropy of a distribution", -entropy(q))
    .by(unfold, entropy, because="this is its definition")
)

entropy_gradient = (
    derive("softmax.entropy_gradient", "gradient of the entropy of softmax in a logit",
           partial(entropy(probability(z)), z[m]))
    .by(unfold, entropy, because="this is its definition")
    .by(linearity_of_derivative, because="the minus is a constant")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_product, because="both the weight and the logarithm depend on the logits")
    .by(derivative_of_logarithm, because="a softmax probability is positive; it cancels against the weight")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(cite, jacobian, {m: k, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
    .by(distribute, because="multiply out the brackets")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1, and two terms cancel")
    .by(recognise, minus_entropy, {q: probability(z)}, because="the sum is minus the entropy")
    .by(factor_out, -probability(z, m), because="both terms have this factor")
)
