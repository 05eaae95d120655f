"""Squared error through softmax: the Brier score as a function of the logits, its Hessian and its range.

The Hessian has the labels in it, unlike that of cross-entropy, and where the model is confident and wrong the loss
bends down: it is not convex in the logits. The score lies between 0 and 2, and both ends are reached.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Ge, Gt, KroneckerDelta, Lt, Sum, Tuple

from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, unfold
from .engine.rules.derivatives import derivative_of_product, differentiate_sum, linearity_of_derivative
from .engine.rules.inequalities import drop_what_is_not_negative, drop_what_is_not_positive
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .notation import K, k, l, l_in_range, labels_sum, m, m_in_range, model_sums, p, y, z
from .scores import brier, brier_gradient
from .softmax import jacobian, probabilities_sum, probability

score, p_k, p_l, p_m = brier(y, probability(z)), probability(z, k), probability(z, l), probability(z, m)
delta, squares = KroneckerDelta(l, m), Sum(p_k**2, (k, 1, K))

# --- The Hessian ---
mean_error = define(
    "squared_error.mean_error", "mean error", "ē", (y, z), Sum(p_k * (p_k - y[k]), (k, 1, K)),
    meaning="how far the probability of a class is above its label, on average over the classes as the model has them",
)

excess = define(
    "squared_error.excess", "excess of a class", "η", (y, z, k), 2 * p_k - y[k] - mean_error(y, z),
    meaning="how far the probability of a class and its error, added up, are above the mean error",
)

term_slope = (
    derive("squared_error.term_slope", "slope of a probability times its error", partial(p_m * (p_m - y[m]), z[l]))
    .by(derivative_of_product, using=(m_in_range, l_in_range), because="both factors depend on the logits")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(cite, jacobian, because="this is the Jacobian of softmax")
    .by(factor_out, p_m * (delta - p_l), because="both terms have these factors")
)
mean_error_slope = (
    derive("squared_error.mean_error_slope", "slope of the mean error", partial(mean_error(y, z), z[l]))
    .by(unfold, mean_error, using=l_in_range, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and l is not the index it runs over")
    .by(cite, term_slope, {m: k}, because="this is the slope of each term")
    .by(distribute, KroneckerDelta(k, l), because="multiply out the bracket with the delta")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = l")
    .by(factor_out_of_sum, because="the probability of class l does not depend on k")
    .by(regroup, p_k * (2 * p_k - y[k]), p_k * (p_k - y[k]) + p_k**2, because="one probability belongs to the error")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(fold, mean_error, because="one of the sums is the mean error")
    .by(factor_out, p_l, because="all terms have this factor")
)

hessian = (
    derive("squared_error.hessian", "Hessian of the Brier score in the logits", partial(score, z[m], z[l]))
    .by(cite, brier_gradient, because="this is what the gradient was found to be")
    .by(fold, mean_error, because="the sum is the mean error")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(cite, term_slope, because="this is the slope of the first product", using=l_in_range)
    .by(derivative_of_product, because="in the second, both factors depend on the logits")
    .by(cite, jacobian, because="this is the Jacobian of softmax")
    .by(cite, mean_error_slope, because="and this is the slope of the mean error")
    .by(factor_out, 2 * p_m, because="all terms have these factors")
    .by(regroup, (delta - p_l) * (2 * p_m - y[m]) - (delta - p_l) * mean_error(y, z),
        (delta - p_l) * (2 * p_m - y[m] - mean_error(y, z)), because="two of the terms have one more factor")
    .by(fold, excess, y, z, m, because="this is the excess of the class m")
    .by(fold, excess, y, z, l, because="and this is that of the class l")
    .by(regroup, (delta - p_l) * excess(y, z, m) - p_l * (excess(y, z, l) - squares),
        delta * excess(y, z, m) - p_l * (excess(y, z, m) + excess(y, z, l) - squares),
        because="multiplied out, they agree; what has the delta comes first")
)

mean_excess = (
    derive("squared_error.mean_excess", "mean excess of the classes", Sum(p_k * excess(y, z, k), (k, 1, K)))
    .by(unfold, excess, because="this is its definition")
    .by(regroup, p_k * excess.body, p_k * (p_k - y[k]) + p_k**2 - p_k * mean_error(y, z),
        because="one probability belongs to the error")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the mean error does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1")
    .by(fold, mean_error, because="one of the sums is the mean error: it cancels")
)
rows = (
    derive("squared_error.rows", "each row of the Hessian of the Brier score sums to 0",
           Sum(partial(score, z[m], z[l]), (l, 1, K)))
    .by(cite, hessian, because="this is what the Hessian was found to be", using=m_in_range)
    .by(factor_out_of_sum, because="the probability of class m does not depend on l")
    .by(distribute, because="multiply out the inner bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with l = m")
    .by(factor_out_of_sum, because="what belongs to class m does not depend on l, nor does the sum of squares")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1: the excess of class m cancels")
    .by(cite, mean_excess, because="the mean excess is the sum of squares: it cancels, too")
)

not_convex = Counterexample(
    "squared_error.not_convex", "squared error through softmax is not convex in the logits",
    claim=Ge(partial(score, z[m], z[m]), 0, evaluate=False),
    values={K: 3, z: Tuple(4, 0, 0), y: Tuple(0, 0, 1), m: 3},
    meaning="confident and wrong: in the logit of the true class the loss bends down",
)

# --- How large can it be? ---
lower_bound = (
    derive("squared_error.lower_bound", "the Brier score is at least 0", brier(y, p))
    .by(unfold, brier, because="this is its definition")
    .by(drop_what_is_not_negative, Sum((p[k] - y[k]) ** 2, (k, 1, K)), because="a sum of squares is not negative")
)

upper_bound = (
    derive("squared_error.upper_bound", "the Brier score is at most 2", brier(y, p))
    .by(unfold, brier, because="this is its definition")
    .by(regroup, (p[k] - y[k]) ** 2, p[k] + y[k] - p[k] * (1 - p[k]) - y[k] * (1 - y[k]) - 2 * p[k] * y[k],
        because="multiplied out, both sides are the same")
    .by(drop_what_is_not_positive, -p[k] * (1 - p[k]), because="a probability lies between 0 and 1")
    .by(drop_what_is_not_positive, -y[k] * (1 - y[k]), because="so does a label")
    .by(drop_what_is_not_positive, -2 * p[k] * y[k], because="and neither is negative")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(by_hypothesis, labels_sum, because="and so do the labels")
)

zero_is_reached = Counterexample(
    "squared_error.zero_is_reached", "no bound above 0 for the Brier score",
    claim=Gt(brier(y, p), 0, evaluate=False),
    values={K: 3, y: Tuple(1, 0, 0), p: Tuple(1, 0, 0)},
    given=(equation(Sum(y[k], (k, 1, K)), 1), equation(Sum(p[k], (k, 1, K)), 1)),
    meaning="the model is certain of the class that was seen",
)

two_is_reached = Counterexample(
    "squared_error.two_is_reached", "no bound below 2 for the Brier score",
    claim=Lt(brier(y, p), 2, evaluate=False),
    values={K: 3, y: Tuple(1, 0, 0), p: Tuple(0, 1, 0)},
    given=(equation(Sum(y[k], (k, 1, K)), 1), equation(Sum(p[k], (k, 1, K)), 1)),
    meaning="the model is certain of another class",
)
