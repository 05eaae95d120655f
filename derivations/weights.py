"""Weights and imbalance: classes that count more or less in the loss, and what that does to the probabilities that a
model reports.

A weighted cross-entropy is a cross-entropy against the labels as the weights change them, so it is smallest at those
and not at the truth. No weight is negative, and where something is divided by their sum a step says that it is not 0.
At the end binary labels, with a weight for the label 1.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Contains, Gt, Integer, Interval, Rational, S, Sum, exp, log

from .categorical import one_hot_label
from .cross_entropy import (cross_entropy, decomposition, minimum as cross_entropy_minimum, positive_where_seen,
                            two_outcomes)
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, common_denominator, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_coordinate, differentiate_sum, linearity_of_derivative
from .engine.rules.inequalities import bounded_below, minus_weighted_log_above
from .engine.rules.logarithms import (log_of_factors, log_of_quotient, weighted_log_of_quotient,
                                      weighted_log_relative_to)
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, substitute_by_delta
from .engine.terms import equation, partial
from .notation import (K, a, c, c_in_range, k, k_in_range, l, l_in_range, label, logit, m, m_in_range, model_positive,
                       model_sums, p, positive_weight as ω, probability as one_probability, q, reference_sums,
                       shared_interior, supposed, y, z)
from .sigmoid import (derivative as sigmoid_derivative, log_complement, log_probability as log_sigmoid, sigmoid,
                      softplus, softplus_derivative)
from .softmax import jacobian, log_probability, log_sum_exp_gradient, probability

# --- Class weights ---
loss = define(
    "weights.loss", "weighted cross-entropy", "L", (a, y, p), -Sum(a[k] * y[k] * log(p[k]), (k, 1, K)),
    meaning="cross-entropy in which the term of each class is multiplied by its weight",
)

loss_in_logits = (
    derive("weights.loss_in_logits", "weighted softmax cross-entropy in the logits", loss(a, y, probability(z)))
    .by(unfold, loss, because="this is its definition")
    .by(cite, log_probability, {m: k}, because="this is what log-softmax was found to be")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
)

gradient = (
    derive("weights.gradient", "gradient of weighted cross-entropy in a logit",
           partial(loss(a, y, probability(z)), z[m]))
    .by(cite, loss_in_logits, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="neither the weights nor the labels depend on the logits")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="neither the weights nor the labels depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(cite, log_sum_exp_gradient, because="the gradient of log-sum-exp is softmax")
)

hessian = (
    derive("weights.hessian", "Hessian of weighted cross-entropy in the logits",
           partial(loss(a, y, probability(z)), z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="neither the weights nor the labels depend on the logits")
    .by(cite, jacobian, using=l_in_range, because="this is the Jacobian of softmax")
)

hard_gradient = (
    derive("weights.hard_gradient", "gradient of the weighted loss of a hard label",
           partial(loss(a, one_hot_label(c), probability(z)), z[m]))
    .by(cite, gradient, {y: one_hot_label(c)}, because="this is what the gradient was found to be")
    .by(unfold, one_hot_label, using=c_in_range, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
    .by(substitute_by_delta, because="where the delta is 1 the two classes are one, and so are their weights")
    .by(factor_out, a[c], because="both terms have this factor")
)

# --- The best report ---
reweighted = define(
    "weights.reweighted", "reweighted distribution", "q̂", (a, q, k), a[k] * q[k] / Sum(a[l] * q[l], (l, 1, K)),
    meaning="the probability of each class times its weight, divided by the sum of these products",
)
some_weight = Hypothesis("some weight is left", "the weighted probabilities are not all 0",
                         Gt(Sum(a[k] * q[k], (k, 1, K)), 0))

weight_from_share = (
    derive("weights.weight_from_share", "a weighted probability is its share of their sum",
           Sum(a[l] * q[l], (l, 1, K)) * reweighted(a, q, k))
    .by(unfold, reweighted, using=(some_weight, k_in_range),
        because="the share is the product over a sum that is not 0; it cancels")
)

as_cross_entropy = (
    derive("weights.as_cross_entropy", "a weighted loss is a cross-entropy against other labels", loss(a, q, p))
    .by(unfold, loss, using=model_positive,
        because="this is its definition; every probability is positive and has a logarithm")
    .by(recognise, weight_from_share, because="the weighted probability is a share of the sum")
    .by(factor_out_of_sum, because="the sum does not depend on the class")
    .by(fold, cross_entropy, reweighted(a, q), p, because="what is left is the cross-entropy of the shares")
)

excess = (
    derive("weights.excess", "weighted cross-entropy, split at its least value", loss(a, q, p))
    .by(cite, as_cross_entropy, because="this is what the loss was found to be")
    .by(cite, decomposition, {q: reweighted(a, q)}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence")
)

best = (
    derive("weights.best", "least value of a weighted cross-entropy", loss(a, q, p))
    .by(cite, as_cross_entropy, because="this is what the loss was found to be")
    .by(bounded_below, cross_entropy_minimum, {q: reweighted(a, q)}, using=model_sums,
        implied=(positive_where_seen, reference_sums),
        because="a cross-entropy is at least the entropy of its first argument (Gibbs' inequality); "
                "the shares sum to 1")
)

expected_loss = (
    derive("weights.expected_loss", "mean weighted loss of classes drawn with q",
           Sum(q[c] * loss(a, one_hot_label(c), p), (c, 1, K)))
    .by(unfold, loss, using=model_positive,
        because="this is its definition; every probability is positive and has a logarithm")
    .by(unfold, one_hot_label, because="the label is 1 for the class drawn and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
    .by(factor_out_of_sum, because="the sign does not depend on the class")
    .by(fold, loss, a, q, p, because="this is the weighted loss of the distribution of the classes")
)

not_calibrated = Counterexample(
    "weights.not_calibrated", "with class weights the best report is not the truth",
    equation(reweighted(a, q, m), q[m]),
    values={K: 2, a: (Integer(1), Integer(3)), q: (Rational(9, 10), Rational(1, 10)), m: 2},
    meaning="the rare class has the weight 3: a model that minimises the weighted loss reports it at 1 in 4, "
            "and it occurs at 1 in 10",
    given=(equation(Sum(q[k], (k, 1, K)), 1),),
)

# --- The way back ---
positive_weights = supposed("positive weights", Contains(a[k], Interval.open(0, S.Infinity)))
weighted_softmax = define(
    "weights.weighted_softmax", "softmax with weights", "p̃", (a, z, k),
    a[k] * exp(z[k]) / Sum(a[l] * exp(z[l]), (l, 1, K)),
    meaning="softmax in which the exponential of each class is multiplied by its weight",
)
adjusted = define("weights.adjusted", "adjusted logits", "z̃", (z, a, k), z[k] + log(a[k]),
                  meaning="the logits with the logarithm of the weight of the class added to each")

some_class_kept = Hypothesis("some class is kept", "the weights are not all 0", Gt(Sum(a[k], (k, 1, K)), 0))

reweighted_softmax = (
    derive("weights.reweighted_softmax", "softmax probabilities, reweighted", reweighted(a, probability(z), m))
    .by(unfold, reweighted, using=(m_in_range, some_class_kept), because="this is its definition")
    .by(unfold, probability, because="this is the definition of softmax")
    .by(factor_out_of_sum, because="the sum of the exponentials does not depend on l; it cancels")
    .by(fold, weighted_softmax, a, z, m, because="this is softmax with weights")
)

logit_adjustment = (
    derive("weights.logit_adjustment", "weights are numbers added to the logits", probability(adjusted(z, a), m))
    .by(unfold, probability, using=(positive_weights, m_in_range), because="this is the definition of softmax")
    .by(unfold, adjusted, because="the exponential undoes the logarithm of the weight, which is positive")
    .by(fold, weighted_softmax, a, z, m, because="this is softmax with weights")
)

undone = (
    derive("weights.undone", "the truth from the best report",
           reweighted(a, q, m) / a[m] / Sum(reweighted(a, q, k) / a[k], (k, 1, K)))
    .by(unfold, reweighted, using=(positive_weights, m_in_range, reference_sums),
        implied=some_weight,
        because="a positive weight cancels, once above and in every term below")
    .by(factor_out_of_sum, because="the sum of the products does not depend on k; it cancels")
    .by(by_hypothesis, reference_sums, because="the probabilities sum to 1")
)

# --- Two classes: a weight for the label 1 ---
label_interior = supposed("label between 0 and 1", Contains(label, Interval.open(0, 1)))
binary_loss = define(
    "weights.binary_loss", "loss of two outcomes with a weight", "L", (ω, label, one_probability),
    -ω * label * log(one_probability) - (1 - label) * log(1 - one_probability),
    meaning="binary cross-entropy in which the label 1 counts ω times",
)

binary_at_logit, binary_total = binary_loss(ω, label, sigmoid(logit)), ω * label + 1 - label

binary_in_logit = (
    derive("weights.binary_in_logit", "loss of two outcomes with a weight, in the logit", binary_at_logit)
    .by(unfold, binary_loss, because="this is its definition")
    .by(cite, log_sigmoid, because="this is what the log-probability of the label 1 was found to be")
    .by(cite, log_complement, because="and this is that of the label 0")
    .by(distribute, because="multiply out the brackets")
    .by(regroup, ω * label * softplus(logit) - label * softplus(logit) + softplus(logit),
        (ω * label + 1 - label) * softplus(logit), because="three terms have softplus as a factor")
)

binary_gradient = (
    derive("weights.binary_gradient", "gradient of weighted binary cross-entropy", partial(binary_at_logit, logit))
    .by(cite, binary_in_logit, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="neither the weight nor the label depends on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
)

binary_by_label = (
    derive("weights.binary_by_label", "gradient of weighted binary cross-entropy, label by label",
           partial(binary_at_logit, logit))
    .by(cite, binary_gradient, because="this is what the gradient was found to be")
    .by(regroup, binary_gradient.result, (1 - label) * sigmoid(logit) - ω * label * (1 - sigmoid(logit)),
        because="for a hard label one of the two parts is 0")
)
binary_hessian = (
    derive("weights.binary_hessian", "curvature of weighted binary cross-entropy",
           partial(binary_at_logit, logit, logit))
    .by(cite, binary_gradient, because="this is what the first derivative was found to be")
    .by(linearity_of_derivative, because="neither the weight nor the label depends on the logit")
    .by(cite, sigmoid_derivative, because="this is what the derivative of the sigmoid was found to be")
)

binary_report = define(
    "weights.binary_report", "best report of a weighted binary loss", "q̂", (ω, label),
    ω * label / (ω * label + 1 - label),
    meaning="the probability y of the label 1, as the weight ω changes it",
)

binary_share = (
    derive("weights.binary_share", "the weighted label 1 as a share", binary_total * binary_report(ω, label))
    .by(unfold, binary_report, because="the share is the product over a sum that is positive; it cancels")
)

binary_complement = (
    derive("weights.binary_complement", "best report of the label 0", 1 - binary_report(ω, label))
    .by(unfold, binary_report, because="this is its definition")
    .by(common_denominator, because="what the label 1 has is taken away, and the label 0 is left")
)

binary_rest = (
    derive("weights.binary_rest", "the label 0 as a share", binary_total * (1 - binary_report(ω, label)))
    .by(cite, binary_complement, because="this is the share of the label 0; the sum cancels")
)

binary_as_cross_entropy = (
    derive("weights.binary_as_cross_entropy", "weighted binary cross-entropy, against another label",
           binary_loss(ω, label, one_probability))
    .by(unfold, binary_loss, using=shared_interior, because="this is its definition; both logarithms exist")
    .by(recognise, binary_rest, because="the label 0 is a share of the sum")
    .by(recognise, binary_share, part=-ω * label * log(one_probability), because="and so is the weighted label 1")
    .by(factor_out, binary_total, because="both terms have this factor")
    .by(fold, two_outcomes, binary_report(ω, label), one_probability,
        because="what is left is the cross-entropy of two outcomes")
)

binary_best = (
    derive("weights.binary_best", "the least value of weighted binary cross-entropy",
           binary_loss(ω, label, one_probability))
    .by(unfold, binary_loss, using=shared_interior, because="this is its definition; both logarithms exist")
    .by(weighted_log_relative_to, ω * label, one_probability, binary_total * one_probability,
        because="compare the probability with the sum of the weighted labels times it")
    .by(weighted_log_relative_to, 1 - label, 1 - one_probability, binary_total * (1 - one_probability),
        because="and so for the label 0")
    .by(minus_weighted_log_above, ω * label, binary_total * one_probability,
        because="a logarithm is at most its tangent at 1")
    .by(minus_weighted_log_above, 1 - label, binary_total * (1 - one_probability), because="and so for the label 0")
    .by(regroup, -(binary_total * one_probability) - binary_total * (1 - one_probability), -binary_total,
        because="the two probabilities sum to 1; the sum of the weighted labels cancels")
    .by(regroup, (1 - label) * log(binary_total) + ω * label * log(binary_total), binary_total * log(binary_total),
        because="two terms have this logarithm as a factor")
)

binary_attained = (
    derive("weights.binary_attained", "the best report attains the least value",
           -ω * label * log(ω * label / binary_total) - (1 - label) * log((1 - label) / binary_total))
    .by(weighted_log_of_quotient, ω * label, ω * label / binary_total,
        because="the logarithm of a quotient is a difference; where the label is 0, all terms are 0")
    .by(weighted_log_of_quotient, 1 - label, (1 - label) / binary_total, because="and so for the label 0")
    .by(regroup, (1 - label) * log(binary_total) + ω * label * log(binary_total), binary_total * log(binary_total),
        because="two terms have this logarithm as a factor")
)

binary_shift = (
    derive("weights.binary_shift", "a weight for the label 1 is added to the logit",
           log(binary_report(ω, label) / (1 - binary_report(ω, label))))
    .by(cite, binary_complement, using=label_interior, because="this is the best report of the label 0")
    .by(unfold, binary_report, because="and this is that of the label 1; the denominators cancel")
    .by(log_of_quotient, because="both are positive")
    .by(log_of_factors, because="so are the weight and the label")
)

binary_undone = (
    derive("weights.binary_undone", "the truth from the best report of two outcomes",
           binary_report(ω, label) / (binary_report(ω, label) + ω * (1 - binary_report(ω, label))))
    .by(cite, binary_complement, because="this is the best report of the label 0")
    .by(unfold, binary_report, because="and this is that of the label 1")
    .by(common_denominator, because="the denominators cancel, and so does the weight; the two shares sum to 1")
)
