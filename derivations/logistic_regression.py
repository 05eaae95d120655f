"""Logistic regression: one weight for each feature, and the loss of n labels as a function of the weights.

The logit of an observation is linear in the weights. The gradient of the loss is a sum of features times error, the
Hessian one of features times features; the loss is convex, and where its gradient is 0, predictions and labels have the
same moments. With hard labels the loss is never 0; where some weights separate the labels, it comes as close to 0 as
one likes. The labels may be soft up to there.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Gt, Le, S, Sum, Tuple

from . import bernoulli
from .cross_entropy import two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_cases, by_hypothesis, distribute, factor_out, solve_for
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_power, differentiate_sum,
                                       linearity_of_derivative)
from .engine.rules.inequalities import drop_what_is_not_negative, log_below_tangent, minus_log_above_tangent
from .engine.rules.logarithms import log_of_quotient
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, reorder_sums,
                                sift_kronecker_delta)
from .engine.terms import equation, partial
from .notation import (d, direction as v, f, f_in_range, h, h_in_range, hard_labels, i, independent, label,
                       labels_possible, logit as z, n, p, penalty, scale, w, x, y, i_in_range, supposed)
from .sigmoid import (cross_entropy as loss_of_one, derivative as sigmoid_derivative, log_probability, sigmoid,
                      softplus, softplus_derivative)

# --- The model ---
logit = define(
    "logistic_regression.logit", "logit of an observation", "z", (x, w, i), Sum(x[i, f] * w[f], (f, 1, d)),
    meaning="each feature of observation i times its weight, added up",
)

probability = define(
    "logistic_regression.probability", "probability of the label 1", "p", (x, w, i), sigmoid(logit(x, w, i)),
    meaning="the sigmoid of the logit of observation i",
)

# --- The loss as a function of the weights ---
loss = define(
    "logistic_regression.loss", "loss of logistic regression", "NLL", (w,),
    Sum(two_outcomes(y[i], sigmoid(logit(x, w, i))), (i, 1, n)),
    meaning="the cross-entropies of all observations, added up, as a function of the weights",
)

model = Hypothesis("the model", "each probability is the sigmoid of the logit of its observation",
                   equation(p[i], sigmoid(logit(x, w, i))))

negative_log_likelihood = (
    derive("logistic_regression.negative_log_likelihood", "the logistic regression loss is a negative log-likelihood",
           bernoulli.negative_log_likelihood(p))
    .by(unfold, bernoulli.negative_log_likelihood, using=(independent, model), implied=labels_possible,
        because="this is what it was found to be; a sigmoid is neither 0 nor 1, so no probability of the model is")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term as well as to the sum")
    .by(fold, two_outcomes, y[i], p[i], because="each term is the cross-entropy of one observation")
    .by(by_hypothesis, model, because="this is the probability that the model gives to the label 1")
    .by(fold, loss, w, because="this is its definition")
)

softplus_form = (
    derive("logistic_regression.softplus_form", "the logistic regression loss in the logits", loss(w))
    .by(unfold, loss, because="this is its definition")
    .by(cite, loss_of_one, {label: y[i], z: logit(x, w, i)},
        because="this is what the loss of one observation was found to be")
)

# --- The gradient: features times errors ---
logit_gradient = (
    derive("logistic_regression.logit_gradient", "a logit moves with a weight by the feature",
           partial(logit(x, w, i), w[h]))
    .by(unfold, logit, using=(h_in_range, i_in_range), because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(linearity_of_derivative, because="the features do not depend on the weights")
    .by(derivative_of_coordinate, because="each weight is a variable of its own")
    .by(sift_kronecker_delta, using=h_in_range, because="exactly one feature survives, the one with f = h")
)

gradient = (
    derive("logistic_regression.gradient", "gradient of the logistic regression loss in the weights",
           partial(loss(w), w[f]))
    .by(cite, softplus_form, because="this is what the loss was found to be")
    .by(differentiate_sum, because="the sum is finite, and f is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the weights")
    .by(chain_rule, softplus_derivative,
        because="the derivative of softplus is the sigmoid, and the logit depends on the weights")
    .by(cite, logit_gradient, {h: f}, using=f_in_range, because="a logit moves with a weight by the feature")
    .by(fold, probability, because="the sigmoid of the logit is the probability of the label 1")
    .by(factor_out, x[i, f], because="both terms have the feature as a factor")
)

# --- The second derivatives ---
hessian = (
    derive("logistic_regression.hessian", "Hessian of the logistic regression loss in the weights",
           partial(loss(w), w[f], w[h]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(linearity_of_derivative, because="the features do not depend on the weights")
    .by(linearity_of_derivative, because="the labels do not depend on the weights")
    .by(unfold, probability, because="the probability is the sigmoid of the logit")
    .by(chain_rule, sigmoid_derivative, because="the sigmoid depends on the weights through the logit")
    .by(cite, logit_gradient, using=h_in_range, because="a logit moves with a weight by the feature")
    .by(fold, probability, because="the sigmoid of the logit is the probability of the label 1")
)

# --- Is the loss convex? ---
quadratic_form = (
    derive("logistic_regression.quadratic_form", "logistic regression Hessian along any direction of weights",
           Sum(v[f] * v[h] * partial(loss(w), w[f], w[h]), (h, 1, d), (f, 1, d)))
    .by(cite, hessian, {f: f, h: h},
        because="this is what the Hessian was found to be; both sums run over the features that exist")
    .by(factor_into_sum, because="the direction does not depend on i")
    .by(reorder_sums, i, f, h, because="finite sums may change their order")
    .by(factor_out_of_sum, because="only the last feature and its component depend on h")
    .by(factor_out_of_sum, because="what the sum over h gave does not depend on f")
    .by(fold, logit, x, v, i,
        because="both sums are the same: the logit that the direction gives when it stands in place of the weights")
)

convex = (
    quadratic_form.renamed("logistic_regression.convex", "the logistic regression loss is convex")
    .by(drop_what_is_not_negative, quadratic_form.result,
        because="every term is a square times two positive probabilities")
)

equal_features = Counterexample(
    "logistic_regression.equal_features", "equal features: logistic regression is not strictly convex",
    Gt(quadratic_form.result, 0, evaluate=False),
    values={n: 2, d: 2, x: Tuple((1, 1), (2, 2)), w: Tuple(1, 0), v: Tuple(1, -1)},
    meaning="what one weight gains and the other loses changes no logit, and the loss stays the same",
)

product_of_weights = Counterexample(
    "logistic_regression.product_of_weights", "two layers: not convex in the weights",
    Le(softplus((w[1] + v[1]) * (w[2] + v[2]) / 4), (softplus(w[1] * w[2]) + softplus(v[1] * v[2])) / 2,
       evaluate=False),
    values={d: 2, w: Tuple(1, -1), v: Tuple(-1, 1)},
    meaning="one observation with the label 0 whose logit is the product of two weights: "
            "halfway between two equally good choices the loss is higher",
)

# --- Where the gradient is zero ---
same_inputs = Tuple(
    (x[i, f], v[f]),
    (y[i], sigmoid(logit(x, w, i)) * (1 + sigmoid(-logit(x, w, i)) * (p[i] - Sum(p[i], (i, 1, n)) / n))),
)
gradient_is_zero = Hypothesis("the gradient is zero", "the gradient of the loss is zero, for every feature f",
                              equation(gradient.result, 0), same_inputs)

moment_matching = (
    derive("logistic_regression.moment_matching",
           "zero gradient of logistic regression: matching moments",
           Sum(x[i, f] * probability(x, w, i), (i, 1, n)))
    .by(solve_for, gradient_is_zero, Sum(x[i, f] * probability(x, w, i), (i, 1, n)), using=f_in_range,
        because="the gradient is this sum minus the same sum with labels in place of probabilities")
)

intercept = supposed("an intercept", equation(x[i, 1], 1))

intercept_gradient = (
    derive("logistic_regression.intercept_gradient", "slope of the logistic regression loss in the intercept",
           partial(loss(w), w[1]))
    .by(cite, gradient, {f: S.One}, because="this is what the gradient was found to be")
    .by(by_hypothesis, intercept, because="the first feature is 1 for every observation")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
)

no_slope = Hypothesis("no slope in the intercept", "the slope of the loss in the weight of the intercept is zero",
                      equation(intercept_gradient.result, 0), same_inputs)

mean_probability = (
    derive("logistic_regression.mean_probability", "with an intercept, the mean prediction is the frequency",
           Sum(probability(x, w, i), (i, 1, n)) / n)
    .by(solve_for, no_slope, Sum(probability(x, w, i), (i, 1, n)),
        because="the slope is the sum of the probabilities minus the sum of the labels")
    .by(fold, bernoulli.count, because="the sum of the labels counts the labels 1")
    .by(fold, bernoulli.frequency, because="the count divided by n is the frequency")
)

# --- Does a best choice exist? ---
margin = define(
    "logistic_regression.margin", "margin of an observation", "γ", (w, i), (2 * y[i] - 1) * logit(x, w, i),
    meaning="the logit, with its sign changed where the label is 0: "
            "positive where the more probable label is the one seen",
)

minus_log_sigmoid = (
    derive("logistic_regression.minus_log_sigmoid", "the surprisal of a sigmoid", -log_probability.start)
    .by(unfold, sigmoid, because="this is its definition")
    .by(log_of_quotient, because="the denominator is positive, and the logarithm of 1 is 0")
    .by(fold, softplus, -z, because="this is softplus at −z")
)

reflection = (
    derive("logistic_regression.reflection", "softplus at the opposite logit", softplus(-z))
    .by(recognise, minus_log_sigmoid, because="this is the surprisal of a sigmoid")
    .by(cite, log_probability, because="this is what the log-probability of the label 1 was found to be")
)

surprisal = (
    derive("logistic_regression.surprisal", "softplus of the negative margin", softplus(-margin(w, i)))
    .by(unfold, margin, using=i_in_range, because="this is its definition")
    .by(by_cases, y[i], using=hard_labels, because="the label is 0 or 1")
    .by(cite, reflection, {z: logit(x, w, i)}, because="this is what softplus at the opposite logit was found to be")
    .by(distribute, because="multiply out; the two products of y and softplus cancel")
)

margin_form = (
    derive("logistic_regression.margin_form", "the logistic regression loss of hard labels in the margins", loss(w))
    .by(cite, softplus_form, because="this is what the loss was found to be")
    .by(recognise, surprisal, because="each term is softplus of the negative margin")
)

not_attained = (
    derive("logistic_regression.not_attained", "the logistic regression loss of hard labels is positive", loss(w))
    .by(cite, margin_form, because="this is what the loss of hard labels was found to be")
    .by(recognise, minus_log_sigmoid, {z: margin(w, i)},
        because="softplus of a negative margin is the surprisal of a sigmoid")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1; every term that is left is positive")
)

scaled = define(
    "logistic_regression.scaled", "multiple of the weights", "w′", (scale, w, f), scale * w[f],
    meaning="all weights multiplied by the same number t",
)

scaled_margin = (
    derive("logistic_regression.scaled_margin", "margins grow with the weights", margin(scaled(scale, w), i))
    .by(unfold, margin, using=i_in_range, because="this is its definition")
    .by(unfold, logit, because="this is its definition")
    .by(unfold, scaled, because="all weights are multiplied by t")
    .by(factor_out_of_sum, because="t does not depend on f")
    .by(fold, logit, because="this is the logit for the weights themselves")
    .by(fold, margin, w, i, because="this is the margin for the weights themselves")
)

separation_bound = (
    derive("logistic_regression.separation_bound", "how small the loss is at a multiple of the weights",
           loss(scaled(scale, w)))
    .by(cite, margin_form, {w: scaled(scale, w)}, because="this is what the loss of hard labels was found to be")
    .by(cite, scaled_margin, because="the margins are multiplied by t as well")
    .by(unfold, softplus, because="this is its definition")
    .by(log_below_tangent, because="a logarithm is at most its tangent at 1; here u is 1 plus an exponential")
)

linear_logits = Hypothesis("linear logits", "the logits are linear in the weights")
full_rank = Hypothesis("full rank", "no feature is a weighted sum of the others: the features have rank d")
separation = Theorem(
    "logistic_regression.separation", "when logistic regression has best weights",
    "If some weights give every observation a positive margin (complete separation), no weights have the least loss. "
    "If no weights do, but some that are not all 0 give no observation a negative margin (quasi-complete separation), "
    "no weights have it either. "
    "If neither holds (overlap), exactly one choice of weights has the least loss.",
    "albert_anderson_1984",
    conditions=(hard_labels, linear_logits, full_rank),
    evidence=(separation_bound, not_attained, convex),
)

penalized_loss = define(
    "logistic_regression.penalized_loss", "penalized logistic regression loss", "PNLL", (w, penalty),
    loss(w) + penalty / 2 * Sum(w[f]**2, (f, 1, d)),
    meaning="the loss plus a multiple of the squares of the weights (ridge, or weight decay): "
            "large weights cost something",
)

penalized_gradient = (
    derive("logistic_regression.penalized_gradient", "gradient of the penalized logistic regression loss",
           partial(penalized_loss(w, penalty), w[h]))
    .by(unfold, penalized_loss, because="this is its definition")
    .by(linearity_of_derivative,
        because="the penalty is a sum of two terms, and how strong it is does not depend on the weights")
    .by(cite, gradient, {f: h}, using=h_in_range, because="this is what the gradient of the loss was found to be")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(derivative_of_power, because="the derivative of a square is twice what is squared, times its derivative")
    .by(derivative_of_coordinate, because="each weight is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one weight survives, the one with f = h")
)
