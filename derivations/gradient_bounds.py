"""Bounds of the gradient: how large that of softmax cross-entropy is, how fast it can change, and where it does not.

The absolute values of its entries add up to at most 2, and its Euclidean norm is at most the root of 2, for any labels
that are a distribution. Its own derivatives, the Hessian, bend the loss by at most one half in any direction, and
by nothing in those directions alone in which all logits move together.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, Le, Lt, Max, Rational, Sum, Tuple

from .cross_entropy import cross_entropy as cross_entropy_of
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem
from .engine.rules.algebra import by_hypothesis, distribute, regroup, vanishing_square
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import linearity_of_derivative
from .engine.rules.inequalities import drop_what_is_not_positive, triangle_inequality
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .log_sum_exp import mean, positive_semidefinite, quadratic_form as softmax_form, variance
from .notation import K, k, l, labels_sum, m, m_in_range, shift, v, y, z
from .softmax import gradient, jacobian, probabilities_sum, probability

slope = partial(cross_entropy_of(y, probability(z)), z[k])
p_k, delta = probability(z, k), KroneckerDelta(k, l)

# --- How large can the gradient be? ---
sum_of_sizes = (
    derive("gradient_bounds.sum_of_sizes", "absolute values in a softmax gradient sum to at most 2",
           Sum(Max(slope, -slope), (k, 1, K)))
    .by(cite, gradient, {m: k}, because="this is what each entry was found to be")
    .by(triangle_inequality, p_k, y[k], because="neither probabilities nor labels are negative")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(by_hypothesis, labels_sum, because="and so do the labels")
)

squared_norm = (
    derive("gradient_bounds.squared_norm", "the squares in a softmax gradient sum to at most 2",
           Sum(slope**2, (k, 1, K)))
    .by(cite, gradient, {m: k}, because="this is what each entry was found to be")
    .by(regroup, (p_k - y[k]) ** 2, p_k + y[k] - p_k * (1 - p_k) - y[k] * (1 - y[k]) - 2 * p_k * y[k],
        because="multiplied out, both sides are the same")
    .by(drop_what_is_not_positive, -p_k * (1 - p_k), because="a probability lies between 0 and 1")
    .by(drop_what_is_not_positive, -y[k] * (1 - y[k]), because="so does a label")
    .by(drop_what_is_not_positive, -2 * p_k * y[k], because="and neither is negative")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(by_hypothesis, labels_sum, because="and so do the labels")
)

# --- How fast can the gradient change? ---
pairs = (
    derive("gradient_bounds.pairs", "the softmax variance as a sum over pairs of classes",
           Sum(p_k * (delta - probability(z, l)) * (v[k] + v[l]) ** 2 / 2, (l, 1, K), (k, 1, K)))
    .by(regroup, (v[k] + v[l]) ** 2, v[k] ** 2 + 2 * v[k] * v[l] + v[l] ** 2, because="multiply out the square")
    .by(distribute, v[k] ** 2, because="multiply out the bracket of the square")
    .by(distribute, because="and the brackets of the Jacobian")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with l = k")
    .by(factor_out_of_sum, because="what belongs to k does not depend on l")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(fold, mean, because="one of the inner sums is the mean")
    .by(factor_out_of_sum, because="neither the mean nor the other inner sum depends on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1; the sums of the squares add up to one")
    .by(fold, mean, because="and the other is the mean too")
    .by(recognise, variance, because="the mean of the squares minus the square of the mean is the variance")
)
loss_slopes = partial(cross_entropy_of(y, probability(z)), z[k], z[l])

curvature_bound = (
    derive("gradient_bounds.curvature_bound", "softmax loss bends by at most one half in any direction",
           Sum(v[k] * loss_slopes * v[l], (l, 1, K), (k, 1, K)))
    .by(cite, gradient, {m: k}, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(cite, softmax_form, because="the softmax Jacobian as a quadratic form is a variance")
    .by(recognise, pairs, because="a variance is a sum over pairs of classes")
    .by(regroup, p_k * (delta - probability(z, l)),
        delta * p_k * (1 - probability(z, l)) - (1 - delta) * p_k * probability(z, l),
        because="the entries on the diagonal of the Jacobian, and those beside it")
    .by(distribute, because="multiply out the bracket")
    .by(drop_what_is_not_positive, -p_k * (1 - delta) * probability(z, l) * (v[k] + v[l]) ** 2 / 2,
        because="the entries beside the diagonal are negative, and a square is not")
    .by(sift_kronecker_delta, because="exactly one class survives in the inner sum, the one with l = k")
    .by(regroup, p_k * (1 - p_k), Rational(1, 4) - (p_k - Rational(1, 2)) ** 2, because="complete the square")
    .by(distribute, because="multiply out the bracket")
    .by(drop_what_is_not_positive, -2 * v[k] ** 2 * (p_k - Rational(1, 2)) ** 2, because="squares are not negative")
    .by(factor_out_of_sum, because="one half does not depend on k")
)

half_is_least = Counterexample(
    "gradient_bounds.half_is_least", "no bound below one half for the curvature of softmax loss",
    Lt(curvature_bound.start, Sum(v[k] ** 2, (k, 1, K)) / 2, evaluate=False),
    values={K: 2, z: Tuple(0, 0), v: Tuple(1, -1), y: Tuple(1, 0)},
    meaning="two classes with equal logits, one of which rises as the other falls: here the bound is reached",
)

lipschitz = Theorem(
    "gradient_bounds.lipschitz", "softmax gradients change by at most half what logits do",
    says="Move the logits from one point to any other. The Euclidean length of the change of the gradient is at most "
         "one half of the Euclidean length of the move: the gradient has the Lipschitz constant one half. "
         "(A twice differentiable function has a gradient with the Lipschitz constant L "
         "if and only if no eigenvalue of its Hessian has an absolute value larger than L.) "
         "In the formula the logits move from v to z; the labels cancel in the change of the gradient.",
    source="nesterov_2018",
    conditions=(labels_sum, Hypothesis("the same labels", "the labels stay as they are")),
    evidence=(curvature_bound, positive_semidefinite),
    formula=Le(Sum((probability(z, k) - probability(v, k)) ** 2, (k, 1, K)),
               Sum((z[k] - v[k]) ** 2, (k, 1, K)) / 4),
)

# --- In which directions does nothing change? ---
jacobian_in_direction = (
    derive("gradient_bounds.jacobian_in_direction", "how a softmax probability moves in any direction",
           Sum(partial(probability(z, m), z[l]) * v[l], (l, 1, K)))
    .by(cite, jacobian, {l: l}, using=m_in_range, because="this is the Jacobian of softmax")
    .by(factor_out_of_sum, because="the probability of class m does not depend on l")
    .by(distribute, delta.subs(k, m), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with l = m")
    .by(fold, mean, because="the sum is the mean")
)

same_for_all = Hypothesis("the same for all classes", "v is the same number t for every class",
                          equation(v[k], shift))

flat_along_shift = (
    softmax_form.renamed("gradient_bounds.flat_along_shift", "along a shift of all logits log-sum-exp does not bend")
    .by(unfold, mean, because="this is its definition")
    .by(by_hypothesis, same_for_all, because="all classes have the same number")
    .by(factor_out_of_sum, because="the square does not depend on the class")
    .by(factor_out_of_sum, because="neither does the number")
    .by(cite, probabilities_sum, because="the probabilities sum to 1, so the mean is that number too")
)

no_bend = Hypothesis("no bend", "log-sum-exp does not bend in the direction v: the variance of v is 0",
                     equation(variance.start, 0), Tuple((v[k], Sum(KroneckerDelta(k, l) * shift, (l, 1, K)))))

flat_only_along_shift = (
    derive("gradient_bounds.flat_only_along_shift", "only along a shift does log-sum-exp not bend",
           v[m] - mean(v, z))
    .by(vanishing_square, no_bend, v[k] - mean(v, z), {k: m}, using=m_in_range,
        because="every probability is positive, so each of the squares must be 0")
)
