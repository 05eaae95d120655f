"""Ridge and pseudo-counts: what a penalty on the weights, or a prior for probabilities, does to the best fit.

A ridge penalty adds a multiple of the squares of all weights. The loss becomes strictly convex, in logistic regression
and in softmax regression; there the weights of a feature sum to 0 over the classes, where the gradient is zero. For the
frequencies of classes pseudo-counts do the same work: they are what a Dirichlet prior adds to the counts.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Sum, Tuple, log

from . import logistic_regression, softmax_regression
from .categorical import count, shared_log_likelihood, total_count
from .engine.derivation import derive
from .engine.entries import Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, multiply_by_one, solve_for
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_power,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import drop_what_is_not_negative, weighted_log_below
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, swap_sums)
from .engine.terms import equation, partial
from .logistic_regression import penalized_gradient, penalized_loss
from .notation import (K, V, W, a, d, direction as v, every_labels_sum, f, f_in_range, h, h_in_range, i, k,
                       m, m_in_range, multiplier, n, penalty, probabilities_sum, scale,
                       shared_classes_possible, shared_p, shared_positive, u, w, x, z)
from .softmax import probabilities_sum as softmax_sums
from .softmax_regression import line, logits

# --- Ridge for logistic regression ---
ridge_hessian = (
    derive("ridge.ridge_hessian", "Hessian of the penalized logistic regression loss",
           partial(penalized_loss(w, penalty), w[f], w[h]))
    .by(cite, penalized_gradient, {h: f}, using=f_in_range, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="how strong the penalty is does not depend on the weights")
    .by(recognise, logistic_regression.gradient, because="the first part is the gradient of the loss itself")
    .by(cite, logistic_regression.hessian, using=h_in_range, because="this is what its Hessian was found to be")
    .by(derivative_of_coordinate, because="each weight is a variable of its own")
)

ridge_quadratic_form = (
    derive("ridge.ridge_quadratic_form", "penalized logistic regression: Hessian along a direction",
           Sum(v[f] * v[h] * partial(penalized_loss(w, penalty), w[f], w[h]), (h, 1, d), (f, 1, d)))
    .by(cite, ridge_hessian, {f: f, h: h}, because="this is what the Hessian was found to be")
    .by(recognise, logistic_regression.hessian, because="the first part is the Hessian of the loss itself")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(sift_kronecker_delta, because="exactly one feature survives in the inner sum, the one with h = f")
    .by(factor_out_of_sum, part=Sum(penalty * v[f] ** 2, (f, 1, d)),
        because="how strong the penalty is does not depend on the feature")
    .by(cite, logistic_regression.quadratic_form, because="this is what the first part was found to be")
)

ridge_strictly_convex = (
    derive("ridge.ridge_strictly_convex", "penalized logistic regression is strictly convex",
           ridge_quadratic_form.start)
    .by(cite, ridge_quadratic_form, because="this is what the Hessian gives along a direction")
    .by(drop_what_is_not_negative, logistic_regression.quadratic_form.result,
        because="every term is a square times two positive probabilities")
)

above_penalty = (
    derive("ridge.above_penalty", "the penalized loss is at least its penalty", penalized_loss(w, penalty))
    .by(unfold, penalized_loss, because="this is its definition")
    .by(drop_what_is_not_negative, logistic_regression.loss(w), because="a cross-entropy is not negative")
)

unique = Theorem(
    "ridge.unique", "a ridge penalty: exactly one best choice of weights",
    says="Exactly one choice of weights makes the penalized loss of logistic regression smallest, whatever the "
         "features and labels are; separable labels are no exception. (Far from 0 the penalty alone is larger than the "
         "loss at 0, so a continuous function has its minimum nearer by; a strictly convex function has at most one.)",
    source="boyd_vandenberghe_2004",
    conditions=(Hypothesis("a penalty", "every weight is penalized, with a positive λ"),),
    evidence=(ridge_strictly_convex, above_penalty),
)

# --- Ridge for softmax regression ---
penalized = define(
    "ridge.penalized", "penalized softmax regression loss", "PNLL", (W, penalty),
    softmax_regression.loss(W) + penalty / 2 * Sum(W[f, k] ** 2, (k, 1, K), (f, 1, d)),
    meaning="the loss plus a multiple of the squares of all weights (ridge, or weight decay)",
)

classes_gradient = (
    derive("ridge.classes_gradient", "gradient of the penalized softmax regression loss",
           partial(penalized(W, penalty), W[h, m]))
    .by(unfold, penalized, because="this is its definition")
    .by(linearity_of_derivative, because="how strong the penalty is does not depend on the weights")
    .by(cite, softmax_regression.gradient, {f: h}, using=(h_in_range, m_in_range),
        because="this is what the gradient of the loss was found to be")
    .by(differentiate_sum, because="the sum is finite, and neither h nor m is an index it runs over")
    .by(derivative_of_power, because="the derivative of a square is twice what is squared, times its derivative")
    .by(derivative_of_coordinate, because="each weight is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one weight survives, that of the feature h and the class m")
    .by(sift_kronecker_delta, because="and that of feature h")
)

gradient_in_parts = (
    derive("ridge.gradient_in_parts", "the penalized softmax regression gradient, part by part", classes_gradient.start)
    .by(cite, classes_gradient, using=(h_in_range, m_in_range), because="this is what the gradient was found to be")
    .by(distribute, because="multiply out the error")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
)

classes_sum = (
    derive("ridge.classes_sum", "penalized softmax gradient, summed over the classes",
           Sum(partial(penalized(W, penalty), W[h, m]), (m, 1, K)))
    .by(cite, gradient_in_parts, because="this is what each entry was found to be")
    .by(linearity_of_sum, because="the sum of several terms is the sum of their sums")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="neither the feature nor the penalty depends on the class")
    .by(cite, softmax_sums, {z: logits(x, W, i)}, because="the probabilities of an observation sum to 1")
    .by(by_hypothesis, every_labels_sum, because="and so do its labels: the two sums cancel")
)

squares = Sum(line(W, V, scale, f, k) ** 2, (k, 1, K), (f, 1, d))
squares_slope = (
    derive("ridge.squares_slope", "slope of the sum of squared weights along a line", partial(squares, scale))
    .by(differentiate_sum, because="the sums are finite, and t is no index")
    .by(derivative_of_power, because="the derivative of a square is twice what is squared, times its derivative")
    .by(unfold, line, part=partial(line(W, V, scale, f, k), scale), because="this is its definition")
    .by(linearity_of_derivative, because="neither the weights W nor the direction V depend on t")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(factor_out_of_sum, because="the factor 2 does not depend on the class")
    .by(factor_out_of_sum, because="nor on the feature")
)

penalized_curvature = (
    derive("ridge.penalized_curvature", "penalized softmax regression curvature along a line",
           partial(penalized(line(W, V, scale), penalty), scale, scale))
    .by(unfold, penalized, because="this is its definition")
    .by(linearity_of_derivative, because="how strong the penalty is does not depend on t")
    .by(linearity_of_derivative, because="and the same once more")
    .by(cite, softmax_regression.quadratic_form, because="this is what the curvature of the loss was found to be")
    .by(cite, squares_slope, because="this is how the squares change")
    .by(linearity_of_derivative, because="2 is a number")
    .by(differentiate_sum, because="the sums are finite, and t is no index")
    .by(linearity_of_derivative, because="the direction V does not depend on t")
    .by(unfold, line, part=partial(line(W, V, scale, f, k), scale), because="this is its definition")
    .by(linearity_of_derivative, because="neither the weights W nor the direction V depend on t")
    .by(derivative_of_coordinate, because="this is the variable itself")
)

classes_strictly_convex = (
    derive("ridge.classes_strictly_convex", "penalized softmax regression is strictly convex",
           penalized_curvature.start)
    .by(cite, penalized_curvature, because="this is what the curvature along a line was found to be")
    .by(drop_what_is_not_negative, softmax_regression.quadratic_form.result,
        because="every term is a square times a positive probability")
)

# --- Pseudo-counts: a prior for probabilities ---
posterior = define(
    "ridge.posterior", "log-posterior of one shared distribution", "ℓ₊", (shared_p, a),
    shared_log_likelihood(shared_p) + Sum(a[k] * log(shared_p[k]), (k, 1, K)),
    meaning="the log-likelihood plus the logarithm of a Dirichlet density with the parameters 1 + a, up to a constant",
)

lagrangian = define(
    "ridge.lagrangian", "Lagrangian of the log-posterior", "Λ", (shared_p, a, multiplier),
    posterior(shared_p, a) - multiplier * (Sum(shared_p[k], (k, 1, K)) - 1),
    meaning="the log-posterior minus a multiple of how far the probabilities are from summing to 1",
)

posterior_score = (
    derive("ridge.posterior_score", "gradient of the Lagrangian of the log-posterior",
           partial(lagrangian(shared_p, a, multiplier), shared_p[m]))
    .by(unfold, lagrangian, using=shared_positive, because="this is its definition")
    .by(unfold, posterior, because="this is its definition")
    .by(unfold, shared_log_likelihood, implied=shared_classes_possible,
        because="this is what the log-likelihood was found to be")
    .by(linearity_of_derivative, because="the multiplier does not depend on the probabilities")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(differentiate_sum, because="the sums are finite, and m is not the index they run over")
    .by(linearity_of_derivative, because="neither counts nor pseudo-counts depend on the probabilities")
    .by(derivative_of_logarithm, using=shared_positive, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate, because="each probability is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

posterior_zero = Hypothesis(
    "the gradient of the Lagrangian is zero", "the gradient of the Lagrangian is zero, for every class m",
    equation(posterior_score.result, 0),
    # u is 1 where the probabilities sum to 1
    Tuple((multiplier, u * Sum(a[k] + count(k), (k, 1, K))), (shared_p[k], (a[k] + count(k)) / multiplier)),
    every=(m,),
)

total = define("ridge.total", "total of counts and pseudo-counts", "n₊", (a,), n + Sum(a[k], (k, 1, K)),
               meaning="the number of observations and all pseudo-counts, added up")

posterior_multiplier = (
    derive("ridge.posterior_multiplier", "the Lagrange multiplier is the total with pseudo-counts", multiplier)
    .by(multiply_by_one, probabilities_sum, because="the probabilities sum to 1")
    .by(factor_into_sum, because="the multiplier does not depend on k")
    .by(solve_for, posterior_zero, multiplier, {m: k},
        because="where the gradient is zero, the multiplier is count and pseudo-count over the probability, "
                "which cancels")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(cite, total_count, because="the counts add up to n")
    .by(fold, total, because="this is the total")
)

smoothed = (
    derive("ridge.smoothed", "additive smoothing: where the posterior is largest", shared_p[m])
    .by(solve_for, posterior_zero, shared_p[m], using=(m_in_range, probabilities_sum, every_labels_sum),
        because="where the gradient is zero, the probability is count and pseudo-count over the multiplier")
    .by(distribute, because="the two signs cancel")
    .by(factor_out, 1 / multiplier, because="both terms are divided by the multiplier")
    .by(cite, posterior_multiplier, because="the multiplier is the total")
)

smoothed_frequency = define(
    "ridge.smoothed_frequency", "smoothed frequency of class m", "p̃", (a, m), smoothed.result, shown=(m,),
    meaning="count and pseudo-count of class m, as a share of all counts and pseudo-counts",
)

smoothed_sum = (
    derive("ridge.smoothed_sum", "the smoothed frequencies of all classes sum to 1",
           Sum(smoothed_frequency(a, k), (k, 1, K)))
    .by(unfold, smoothed_frequency, because="this is its definition")
    .by(factor_out_of_sum, because="the total does not depend on the class")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(cite, total_count, because="the counts add up to n")
    .by(fold, total, because="this is the total, which cancels")
)

weighted_form = (
    derive("ridge.weighted_form", "log-posterior in the smoothed frequencies",
           Sum(total(a) * smoothed_frequency(a, k) * log(shared_p[k]), (k, 1, K)))
    .by(unfold, smoothed_frequency, using=shared_positive, because="this is its definition; the total cancels")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(fold, shared_log_likelihood, shared_p, implied=shared_classes_possible, because="one sum is the log-likelihood")
    .by(fold, posterior, shared_p, a, because="with the other it is the log-posterior")
)

maximum = (
    derive("ridge.maximum", "the posterior is largest at the smoothed frequencies", posterior(shared_p, a))
    .by(recognise, weighted_form, because="write the log-posterior in the smoothed frequencies")
    .by(factor_out_of_sum, because="the total does not depend on the class")
    .by(weighted_log_below, smoothed_frequency(a, k), shared_p[k],
        because="a logarithm is at most its tangent at 1 (Gibbs' inequality)")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, probabilities_sum, because="the probabilities sum to 1")
    .by(cite, smoothed_sum, because="and so do the smoothed frequencies")
)
