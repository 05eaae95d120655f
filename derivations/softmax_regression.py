"""Softmax regression: a weight for each feature and class, and the loss of n labels as a function of all of them.

The logits of an observation are linear in the weights. Gradient and Hessian are those of the softmax, with features in
front; the loss is convex, and the same number for every class added to the weights of a feature changes nothing. The
labels may be soft; they sum to 1.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Gt, Integer, KroneckerDelta, Sum, Tuple, log

from . import categorical
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, regroup, solve_for
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import chain_rule, derivative_of_coordinate, differentiate_sum, linearity_of_derivative
from .engine.rules.indices import merge_sums
from .engine.rules.inequalities import drop_what_is_not_negative
from .engine.rules.logarithms import exponential_of_sum
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .likelihood import joint, joint_and_conditional
from .notation import (K, V, W, classes_possible, d, direction as v, every_labels_sum, f, f_in_range, h, h_in_range, i,
                       i_in_range, k, k_in_range, l, l_in_range, m, m_in_range, n, p, q, scale, supposed, x, y, z)
from .softmax import jacobian, log_sum_exp_gradient, probabilities_sum, probability, weighted_cross_entropy

# --- The model ---
logits = define(
    "softmax_regression.logits", "logits of an observation", "z", (x, W, i, k), Sum(x[i, f] * W[f, k], (f, 1, d)),
    meaning="each feature of observation i times its weight for class k, added up",
)

loss = define(
    "softmax_regression.loss", "loss of softmax regression", "NLL", (W,),
    Sum(cross_entropy(y[i], probability(logits(x, W, i))), (i, 1, n)),
    meaning="the cross-entropies of all observations, added up, as a function of the weights",
)

predictions = define(
    "softmax_regression.predictions", "probabilities of softmax regression", "P", (x, W, i, k),
    probability(logits(x, W, i), k),
    meaning="what the weights W give class k of observation i: the softmax of its logits",
)

negative_log_likelihood = (
    derive("softmax_regression.negative_log_likelihood", "the softmax regression loss is a negative log-likelihood",
           loss(W))
    .by(unfold, loss, because="this is its definition")
    .by(unfold, cross_entropy, because="this is its definition")
    .by(factor_out_of_sum, because="the sign does not depend on the observation")
    .by(fold, predictions, x, W, i, k, because="these are the probabilities that the weights give")
    .by(recognise, categorical.log_likelihood, {p: predictions(x, W)}, implied=classes_possible,
        because="this is what the log-likelihood was found to be; a softmax is positive")
    .by(fold, categorical.log_likelihood.named, predictions(x, W), because="this is the log-likelihood")
    .by(fold, categorical.negative_log_likelihood.named, predictions(x, W), because="with its sign changed")
)

logit_form = (
    derive("softmax_regression.logit_form", "the softmax regression loss in the logits", loss(W))
    .by(unfold, loss, because="this is its definition")
    .by(cite, weighted_cross_entropy, {y: y[i], z: logits(x, W, i)},
        because="this is what the loss of one observation was found to be")
    .by(by_hypothesis, every_labels_sum, because="the labels of each observation sum to 1, so log-sum-exp counts once")
)

# --- The gradient: features times errors ---
logits_gradient = (
    derive("softmax_regression.logits_gradient", "a logit moves with the weights of its own class",
           partial(logits(x, W, i, k), W[h, m]))
    .by(unfold, logits, using=(h_in_range, i_in_range, k_in_range), because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(linearity_of_derivative, because="the features do not depend on the weights")
    .by(derivative_of_coordinate, because="each weight is a variable of its own")
    .by(sift_kronecker_delta, using=h_in_range, because="exactly one feature survives, the one with f = h")
)

gradient = (
    derive("softmax_regression.gradient", "gradient of the softmax regression loss in the weights",
           partial(loss(W), W[f, m]))
    .by(cite, logit_form, because="this is what the loss was found to be")
    .by(differentiate_sum, because="the sum is finite, and neither f nor m is the index it runs over")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(differentiate_sum, because="the sum is finite, and neither f nor m is the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the weights")
    .by(chain_rule, log_sum_exp_gradient, k, using=m_in_range,
        because="the gradient of log-sum-exp is softmax, and every logit depends on the weights")
    .by(cite, logits_gradient, {h: f}, using=f_in_range, because="a logit moves with the weights of its own class")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(factor_out, x[i, f], because="both terms have the feature as a factor")
)

joint_gradient = (
    derive("softmax_regression.joint_gradient", "the inputs do not move the gradient in the weights",
           partial(-log(joint(q, predictions(x, W))), W[f, m]))
    .by(cite, joint_and_conditional, {p: predictions(x, W)}, implied=classes_possible,
        because="this is what the joint log-likelihood was found to be; a softmax is positive")
    .by(fold, categorical.negative_log_likelihood.named, predictions(x, W),
        because="minus the log-likelihood of the labels, given the inputs")
    .by(recognise, negative_log_likelihood, because="this is the loss")
    .by(linearity_of_derivative, because="the probabilities of the inputs do not depend on the weights")
    .by(cite, gradient, because="this is what the gradient was found to be")
)

# --- The second derivatives ---
hessian = (
    derive("softmax_regression.hessian", "Hessian of the softmax regression loss in the weights",
           partial(loss(W), W[f, m], W[h, l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(differentiate_sum, because="the sum is finite, and neither h nor l is the index it runs over")
    .by(linearity_of_derivative, because="the features do not depend on the weights")
    .by(linearity_of_derivative, because="the labels do not depend on the weights")
    .by(chain_rule, jacobian, k, using=l_in_range,
        because="this is the Jacobian of softmax, and every logit depends on the weights")
    .by(cite, logits_gradient, {m: l}, using=h_in_range, because="a logit moves with the weights of its own class")
    .by(sift_kronecker_delta, using=l_in_range, because="exactly one class survives, the one with k = l")
)

# --- Is the loss convex? ---
line = define(
    "softmax_regression.line", "a line through the weights", "U", (W, V, scale, f, k), W[f, k] + scale * V[f, k],
    meaning="the weights W, moved by t times the direction V",
)

logits_along_line = (
    derive("softmax_regression.logits_along_line", "how a logit moves along a line",
           partial(logits(x, line(W, V, scale), i, k), scale))
    .by(unfold, logits, using=(i_in_range, k_in_range), because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and t is no index")
    .by(unfold, line, because="this is its definition")
    .by(linearity_of_derivative, because="the features do not depend on t")
    .by(linearity_of_derivative, because="neither do the weights W and the direction V")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(fold, logits, x, V, i, k,
        because="this is the logit that the direction gives when it stands in place of the weights")
)

slope_along_line = (
    derive("softmax_regression.slope_along_line", "slope of the softmax regression loss along a line",
           partial(loss(line(W, V, scale)), scale))
    .by(cite, logit_form, {W: line(W, V, scale)}, because="this is what the loss was found to be")
    .by(differentiate_sum, because="the sum is finite, and t is no index")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(differentiate_sum, because="the sum is finite, and t is no index")
    .by(linearity_of_derivative, because="the labels do not depend on t")
    .by(chain_rule, log_sum_exp_gradient, {m: k},
        because="the gradient of log-sum-exp is softmax, and every logit depends on t")
    .by(cite, logits_along_line, because="this is how a logit moves along a line")
)

mean_change = define(
    "softmax_regression.mean_change", "mean change of the logits", "z̄", (x, W, V, i),
    Sum(probability(logits(x, W, i), k) * logits(x, V, i, k), (k, 1, K)),
    meaning="what the direction V does to the logits of observation i, averaged with the probabilities of its classes",
)

change, mean = logits(x, V, i, k), mean_change(x, W, V, i)

variance = (
    derive("softmax_regression.variance", "variance of the change of the logits",
           Sum(probability(logits(x, W, i), k) * (change - mean) ** 2, (k, 1, K)))
    .by(regroup, (change - mean) ** 2, change * (change - mean) - mean * change + mean**2,
        using=i_in_range, because="the square multiplied out, but for one bracket")
    .by(distribute, mean**2, because="multiply the three terms by the probability")
    .by(linearity_of_sum, because="the sum of several terms is the sum of their sums")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(fold, mean_change, because="this is the mean change")
    .by(cite, probabilities_sum, {z: logits(x, W, i)},
        because="the probabilities of an observation sum to 1; the squares of the mean cancel")
)

quadratic_form = (
    derive("softmax_regression.quadratic_form", "curvature of the softmax regression loss along a line",
           partial(loss(line(W, V, scale)), scale, scale))
    .by(cite, slope_along_line, because="this is what the slope was found to be")
    .by(differentiate_sum, because="the sum is finite, and t is no index")
    .by(linearity_of_derivative, because="neither the labels nor the direction depend on t")
    .by(differentiate_sum, because="the sum is finite, and t is no index")
    .by(linearity_of_derivative, because="the direction does not depend on t")
    .by(chain_rule, jacobian, {l: l, m: k}, because="this is the Jacobian of softmax, and every logit depends on t")
    .by(cite, logits_along_line, {k: l}, because="this is how a logit moves along a line")
    .by(factor_out_of_sum, because="one of the probabilities does not depend on l")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with l = k")
    .by(fold, mean_change, x, line(W, V, scale), V, i, because="this is the mean change, under the probabilities at t")
    .by(recognise, variance, {W: line(W, V, scale)}, because="this is a variance")
)

convex = (
    derive("softmax_regression.convex", "the softmax regression loss is convex", quadratic_form.start)
    .by(cite, quadratic_form, because="this is what the curvature along a line was found to be")
    .by(drop_what_is_not_negative, quadratic_form.result, because="every term is a square times a positive probability")
)

# --- Changes that change nothing ---
not_strictly_convex = Counterexample(
    "softmax_regression.not_strictly_convex", "along a shift the softmax regression loss is flat",
    Gt(quadratic_form.result, 0, evaluate=False),
    values={n: 1, K: 2, d: 1, x: Tuple(Tuple(1)), W: Tuple(Tuple(2, -1)), V: Tuple(Tuple(3, 3)), scale: Integer(1)},
    meaning="the same direction for all classes changes all logits alike: "
            "their variance is 0, whatever the features are",
)

shifted = define(
    "softmax_regression.shifted", "weights shifted alike for all classes", "W′", (W, v, f, k), W[f, k] + v[f],
    meaning="the same number added to the weights of a feature for all classes",
)

shifted_logits = (
    derive("softmax_regression.shifted_logits", "a shift of the weights adds one number to all logits",
           logits(x, shifted(W, v), i, k))
    .by(unfold, logits, using=(i_in_range, k_in_range), because="this is its definition")
    .by(unfold, shifted, because="this is its definition")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(fold, logits, because="the first sum is the logit without the shift; the second is the same for every class")
)

shift = (
    derive("softmax_regression.shift", "a shift of the weights leaves the probabilities as they are",
           probability(logits(x, shifted(W, v), i), m))
    .by(unfold, probability, using=(m_in_range, i_in_range), because="this is its definition")
    .by(cite, shifted_logits, {k: m}, {k: l}, because="all logits grow by the same number")
    .by(exponential_of_sum, because="the exponential of a sum is the product of the exponentials")
    .by(factor_out_of_sum, because="one of the factors does not depend on the class; it cancels")
    .by(fold, probability, logits(x, W, i), m, because="this is the softmax of the logits without the shift")
)

loss_shift = (
    derive("softmax_regression.loss_shift", "a shift of the weights leaves the loss as it is", loss(shifted(W, v)))
    .by(unfold, loss, because="this is its definition")
    .by(unfold, cross_entropy, because="this is its definition")
    .by(cite, shift, {m: k}, because="a shift leaves the probabilities as they are")
    .by(fold, cross_entropy, y[i], probability(logits(x, W, i)),
        because="this is the cross-entropy for the weights without the shift")
    .by(fold, loss, W, because="this is their loss")
)

# --- Where the gradient is zero ---
offset = p[i, 1] - Sum(p[i, 1], (i, 1, n)) / n  # sums to 0 over the observations
prediction = probability(logits(x, W, i), k)
gradient_is_zero = Hypothesis(
    "the gradient is zero", "the gradient of the loss is zero, for every feature f and class m",
    equation(gradient.result, 0),
    Tuple((x[i, f], v[f]), (y[i, k], prediction * (1 + offset * (KroneckerDelta(k, 1) - prediction.subs(k, 1))))),
    every=(f, m),
)

moment_matching = (
    derive("softmax_regression.moment_matching",
           "zero gradient of softmax regression: matching moments",
           Sum(x[i, f] * probability(logits(x, W, i), m), (i, 1, n)))
    .by(solve_for, gradient_is_zero, Sum(x[i, f] * probability(logits(x, W, i), m), (i, 1, n)),
        using=(f_in_range, m_in_range),
        because="the gradient is this sum minus the same sum with labels in place of probabilities")
)

intercept = supposed("an intercept", equation(x[i, 1], 1))

intercept_gradient = (
    derive("softmax_regression.intercept_gradient", "slope of the softmax regression loss in an intercept",
           partial(loss(W), W[1, m]))
    .by(cite, gradient, {f: Integer(1)}, because="this is what the gradient was found to be")
    .by(by_hypothesis, intercept, because="the first feature is 1 for every observation")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(fold, categorical.count, m, because="the sum of the labels of a class counts them")
)

# --- The gradient in the features ---
feature_slope = (
    derive("softmax_regression.feature_slope", "a logit moves with a feature by its weight",
           partial(logits(x, W, i, k), x[i, h]))
    .by(unfold, logits, using=(h_in_range, i_in_range, k_in_range), because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(linearity_of_derivative, because="the weights do not depend on the features")
    .by(derivative_of_coordinate, because="each feature is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one feature survives, the one with f = h")
)

features_gradient = (
    derive("softmax_regression.features_gradient", "gradient in a feature: errors times weights",
           partial(cross_entropy(y[i], probability(logits(x, W, i))), x[i, f]))
    .by(cite, weighted_cross_entropy, {y: y[i], z: logits(x, W, i)}, using=(f_in_range, i_in_range),
        because="this is what the loss was found to be")
    .by(by_hypothesis, every_labels_sum, because="the labels of each observation sum to 1")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(differentiate_sum, because="the sum is finite, and neither i nor f is the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the features")
    .by(chain_rule, log_sum_exp_gradient, k, because="the gradient of log-sum-exp is softmax")
    .by(cite, feature_slope, {h: f}, because="a logit moves with a feature by its weight")
    .by(merge_sums, because="sums over the same classes are one sum")
    .by(factor_out, W[f, k], because="both terms have the weight as a factor")
)
