"""Newton's method: a step for logistic regression, how sure the fitted weights are, the Hessians that boosting uses.

A step of Newton's method solves a problem of weighted least squares, and it leads downhill. The Hessian does not depend
on the labels, so observed and expected information are one; an entry of its inverse is the variance of a weight. Then
what stands for the Hessian in boosting: for softmax, diagonal matrices, of which one bounds it; and the size of the
gradient, with which a step is at most 1, where with the second derivative it has no bound.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, Le, Lt, Max, S, Sum, Tuple, exp

from . import logistic_regression
from .best_weights import moved, moved_logit
from .cross_entropy import two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import (by_cases, by_hypothesis, common_denominator, distribute, number_into_bracket,
                                   regroup, solve_for)
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import differentiate_sum, linearity_of_derivative
from .engine.rules.inequalities import (drop_what_is_not_negative, drop_what_is_not_positive,
                                        larger_of_two_above)
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .gradient_bounds import curvature_bound
from .logistic_regression import logit, probability as chance
from .notation import (K, W, d, direction as v, f, f_in_range, h, h_in_range, hard_label, i, i_in_range, independent,
                       j, k, label, n, scale, logit as number, v as along, v as each, w, x, y, z)
from .sigmoid import (gradient as binary_gradient, hessian as binary_hessian, probability as probability_of_one,
                      sigmoid, symmetry)
from .softmax import probability

loss, p_i = logistic_regression.loss, chance(x, w, i)

# --- Newton's step ---
weight = define(
    "newton.weight", "weight of an observation", "s", (x, w, i), p_i * (1 - p_i),
    meaning="the variance of the label of observation i under the model: largest where the model is in doubt",
)
s_i = weight(x, w, i)

response = define(
    "newton.response", "working response", "ẑ", (x, w, i), logit(x, w, i) + (y[i] - p_i) / s_i,
    meaning="the logit of observation i, moved to where the tangent of the sigmoid at the logit reaches the label",
)

error_split = (
    derive("newton.error_split", "the error of a probability over its variance, label by label",
           y[i] / p_i - (1 - y[i]) / (1 - p_i))
    .by(common_denominator, using=i_in_range, because="neither denominator is 0, and the products of y and p cancel")
)
response_in_logit = (
    derive("newton.response_in_logit", "working response in the logit", response(x, w, i))
    .by(unfold, response, using=i_in_range, because="this is its definition")
    .by(unfold, weight, because="and this is that of the weight")
    .by(recognise, error_split, because="each label has a fraction of its own")
    .by(unfold, chance, because="the probability is the sigmoid of the logit")
    .by(recognise, symmetry, {number: logit(x, w, i)}, because="1 minus the sigmoid is that of the opposite logit")
    .by(unfold, sigmoid, because="1 over the sigmoid is 1 plus an exponential")
)

hessian_in_direction = (
    derive("newton.hessian_in_direction", "the logistic regression Hessian times a direction",
           Sum(v[h] * partial(loss(w), w[f], w[h]), (h, 1, d)))
    .by(cite, logistic_regression.hessian, {h: h}, using=f_in_range, because="this is what the Hessian was found to be")
    .by(factor_into_sum, because="the direction does not depend on i")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="only the last feature and its component depend on h")
    .by(fold, logit, x, v, i, because="this is the logit that the direction gives when it stands for the weights")
    .by(fold, weight, because="the probability times 1 minus it is the weight of the observation")
)

along_step = (
    derive("newton.along_step", "logistic regression Hessian along a direction, in two sums",
           Sum(v[f] * hessian_in_direction.result, (f, 1, d)))
    .by(factor_into_sum, because="the direction does not depend on i")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="only the feature and the direction depend on f")
    .by(fold, logit, x, v, i, because="this is the logit that the direction gives when it stands for the weights")
)

weighted_response = (
    derive("newton.weighted_response", "the weighted working responses, feature by feature",
           Sum(x[i, f] * s_i * response(x, w, i), (i, 1, n)))
    .by(unfold, response, using=f_in_range, because="this is its definition")
    .by(distribute, because="multiply out the bracket; the weight cancels in the error")
    .by(distribute, because="multiply out the error")
    .by(linearity_of_sum, because="the sum of several terms is the sum of their sums")
)
stepped = moved(w, v, S.One)  # the weights after the step
loose = Sum(Sum(x[i, f] * W[f, 1], (f, 1, d)) ** 2, (i, 1, n))
small = W[f, 1] / (1 + loose)  # a step that moves no logit by more than one half, so that labels are labels
newton_equation = Hypothesis(
    "Newton's equation", "the Hessian times the step v, plus the gradient, is zero, for every feature f",
    equation(hessian_in_direction.result + logistic_regression.gradient.result, 0),
    Tuple((v[f], small), (y[i], p_i * (1 + (1 - p_i) * logit(x, v, i)))), every=(f,),
)

least_squares = (
    derive("newton.least_squares", "Newton's step is reweighted least squares",
           Sum(x[i, f] * s_i * logit(x, stepped, i), (i, 1, n)))
    .by(cite, moved_logit, {scale: S.One}, using=f_in_range, because="the step adds its own logit")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(solve_for, newton_equation, Sum(x[i, f] * s_i * logit(x, v, i), (i, 1, n)),
        because="Newton's equation says what the Hessian times the step is")
    .by(recognise, weighted_response, because="this is the sum of the weighted working responses")
)

downhill = (
    derive("newton.downhill", "Newton's step leads downhill", Sum(v[f] * partial(loss(w), w[f]), (f, 1, d)))
    .by(cite, logistic_regression.gradient, because="this is what the gradient was found to be")
    .by(distribute, because="multiply out the error")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(solve_for, newton_equation, Sum(x[i, f] * p_i, (i, 1, n)),
        because="Newton's equation says what the gradient is: minus the Hessian times the step")
    .by(factor_out_of_sum, because="the sign does not depend on f")
    .by(cite, along_step, because="this is the Hessian along the step")
    .by(drop_what_is_not_positive, -Sum(s_i * logit(x, v, i) ** 2, (i, 1, n)),
        because="a sum of squares, with weights that are positive, is not negative")
)

one_weight = define(
    "newton.one_weight", "Newton's step in one weight", "Δ", (x, w, f),
    -logistic_regression.gradient.result / Sum(x[i, f] ** 2 * s_i, (i, 1, n)),
    meaning="minus the slope over the second derivative, where the other weights stay",
)

overshoot = Counterexample(
    "newton.overshoot", "a whole step of Newton's method can make the loss larger",
    claim=Le(loss(moved(w, one_weight(x, w), S.One)), loss(w), evaluate=False),
    values={n: 2, d: 1, x: Tuple(Tuple(1), Tuple(1)), w: Tuple(3), y: Tuple(0, 1)},
    meaning="far from the best weight the loss hardly bends, and the step is much too long",
)

# --- How sure are the weights? ---
observed_is_expected = (
    derive("newton.observed_is_expected", "labels do not enter the logistic regression Hessian",
           partial(loss(w), w[f], w[h], y[j]))
    .by(cite, logistic_regression.hessian, using=(f_in_range, h_in_range),
        because="this is what the Hessian was found to be")
    .by(differentiate_sum, because="the sum is finite, and j is not the index it runs over")
    .by(linearity_of_derivative, because="neither features nor probabilities depend on the labels")
    .by(sum_of_constant, because="a sum of zeros is 0")
)

size = exp(y[i])  # of the one feature that is not 0, at which the equation has a solution for any sizes
column = Hypothesis(
    "a column of the inverse Hessian", "the Hessian times v is the column of h in the identity matrix, "
    "for every feature f",
    equation(hessian_in_direction.result, KroneckerDelta(f, h)),
    Tuple((x[i, f], KroneckerDelta(f, h) * size),
          (v[f], (1 - KroneckerDelta(f, h)) * w[f] + KroneckerDelta(f, h) / Sum(s_i * size ** 2, (i, 1, n)))),
    every=(f,),
)

variance = (
    derive("newton.variance", "variance of a weight: an entry of the inverse Hessian",
           Sum(s_i * logit(x, v, i) ** 2, (i, 1, n)))
    .by(recognise, along_step, because="the Hessian along a direction, feature by feature")
    .by(by_hypothesis, column, because="the Hessian times v is a column of the identity matrix")
    .by(sift_kronecker_delta, using=h_in_range, because="exactly one feature survives, the one with f = h")
)

large_samples = Theorem(
    "newton.large_samples", "weights fitted to many labels: nearly normal",
    says="As observations are added, the fitted weights minus the true ones, multiplied by a root of the Hessian, tend "
         "in distribution to independent normal variables with the mean 0 and the variance 1. So for many observations "
         "the covariance of the weights is nearly the inverse Hessian, and the standard error of a weight is the root "
         "of its entry on the diagonal.",
    source="fahrmeir_kaufmann_1985",
    conditions=(independent, logistic_regression.model,
                Hypothesis("bounded features", "all features stay within fixed bounds as observations are added"),
                Hypothesis("growing information", "the smallest eigenvalue of the sum of features times features grows "
                           "without bound as observations are added")),
    evidence=(variance, observed_is_expected),
)

# --- Diagonal Hessians in boosting ---
diagonal_bound = curvature_bound.first(8).renamed(
    "newton.diagonal_bound", "twice the diagonal bounds the softmax Hessian")
p_k = probability(z, k)
diagonal = Sum(p_k * (1 - p_k) * along[k] ** 2, (k, 1, K))

smaller_factor = Counterexample(
    "newton.smaller_factor", "a smaller factor does not bound the softmax Hessian",
    claim=Le(curvature_bound.start, K / (K - 1) * diagonal, evaluate=False),
    values={K: 3, z: Tuple(0, 0, -5), along: Tuple(1, -1, 0), y: Tuple(1, 0, 0)},
    meaning="two of three classes share nearly everything, and one rises as the other falls",
)

two_classes_reach_it = Counterexample(
    "newton.two_classes_reach_it", "no bound below twice the diagonal for two classes",
    claim=Lt(curvature_bound.start, 2 * diagonal, evaluate=False),
    values={K: 2, z: Tuple(1, 0), along: Tuple(1, -1), y: Tuple(1, 0)},
    meaning="one of two classes rises as the other falls: here the bound is reached",
)

# --- Gradient over curvature ---
binary_loss, chance_of_one = two_outcomes(label, sigmoid(number)), probability_of_one(number)
fractions = (
    derive("newton.fractions", "error over variance as two fractions",
           (1 - label) / (1 - chance_of_one) - label / chance_of_one)
    .by(common_denominator, because="neither denominator is 0, and the products of y and p cancel")
)
gradient_over_curvature = (
    derive("newton.gradient_over_curvature", "gradient over curvature of binary cross-entropy",
           partial(binary_loss, number) / partial(binary_loss, number, number))
    .by(cite, binary_hessian, because="this is what the second derivative was found to be")
    .by(cite, binary_gradient, because="and this is the first")
    .by(recognise, fractions, because="each label has a fraction of its own")
)
ratio_in_logit = (
    derive("newton.ratio_in_logit", "gradient over curvature in exponentials", fractions.start)
    .by(unfold, probability_of_one, because="the probability is the sigmoid of the logit")
    .by(recognise, symmetry, because="1 minus the sigmoid is that of the opposite logit")
    .by(unfold, sigmoid, because="1 over the sigmoid is 1 plus an exponential")
)
size = label * (1 - chance_of_one) + (1 - label) * chance_of_one  # |p - y| for a hard label
gradient_over_size = (
    derive("newton.gradient_over_size", "gradient over its own size: 1 or minus 1", partial(binary_loss, number) / size)
    .by(cite, binary_gradient, because="this is what the gradient was found to be")
    .by(by_cases, label, using=hard_label, because="the label is 0 or 1")
    .by(number_into_bracket, S.NegativeOne, chance_of_one - 1, because="for the label 1 the two brackets cancel")
)
size_above_curvature = (
    derive("newton.size_above_curvature", "the size of a gradient is at least the curvature", size)
    .by(regroup, size, chance_of_one * (1 - chance_of_one) + label * (1 - chance_of_one) ** 2
        + (1 - label) * chance_of_one**2, because="multiplied out, they agree")
    .by(drop_what_is_not_negative, label * (1 - chance_of_one) ** 2, because="neither a label nor a square is negative")
    .by(drop_what_is_not_negative, (1 - label) * chance_of_one**2, because="and a label is at most 1")
)
leaf = (
    derive("newton.leaf", "a sum of gradients is at most the sum of their sizes",
           Sum(each[i], (i, 1, n)) - Sum(Max(each[i], -each[i]), (i, 1, n)))
    .by(larger_of_two_above, each[i], because="a number is at most its absolute value; the sums cancel")
)
size_does_not_bound = Counterexample(
    "newton.size_does_not_bound", "the size of the gradient does not bound the softmax Hessian",
    claim=Le(curvature_bound.start, Sum(Max(p_k - y[k], y[k] - p_k) * along[k] ** 2, (k, 1, K)), evaluate=False),
    values={K: 3, z: Tuple(4, 0, 0), along: Tuple(1, -1, -1), y: Tuple(1, 0, 0)},
    meaning="confident and right: the gradient is small, and the loss bends more than that",
)
