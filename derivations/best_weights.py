"""Best weights: when there is at most one choice of weights with the least loss, and when there is none.

Logistic regression is strictly convex if and only if the features have full rank: the loss fails to bend along a
direction exactly if the direction changes no logit, and then it stays the same. Softmax regression fails to bend
exactly if the logits of each observation all change alike. For labels of one class each, weights that give every
observation's class the largest logit send the loss to 0 as they grow, and no weights reach 0.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Sum, Tuple, exp, log

from . import logistic_regression, softmax_regression
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, vanishing_square
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.inequalities import log_below_tangent, minus_log_above_tangent
from .engine.rules.logarithms import exponential_of_sum, log_of_exponential, log_of_factors
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, take_out_term
from .engine.terms import equation
from .logistic_regression import full_rank, linear_logits, logit
from .notation import (K, V, W, d, direction as v, every_labels_sum, every_one_hot, f, h, i, j, j_in_range, k, l,
                       m, m_in_range, p, scale, seen, several_classes, w, x, y, z, i_in_range, k_in_range)
from .softmax import log_sum_exp, probability
from .softmax_regression import line, logits, mean_change

# Features of which every row is at a right angle to the direction v, and which are any numbers otherwise
across = exp(p[i] * w[f]) - v[f] * Sum(exp(p[i] * w[h]) * v[h], (h, 1, d)) / Sum(v[h] ** 2, (h, 1, d))

# --- When is logistic regression strictly convex? ---
no_logit_changes = Hypothesis("no logit changes", "the direction v changes the logit of no observation",
                              equation(logit(x, v, i), 0), Tuple((x[i, f], across)))

moved = define(
    "best_weights.moved", "weights moved along a direction", "w′", (w, v, scale, f), w[f] + scale * v[f],
    meaning="the weights w, moved by t times the direction v",
)

moved_logit = (
    derive("best_weights.moved_logit", "the logit of weights that were moved", logit(x, moved(w, v, scale), i))
    .by(unfold, logit, using=i_in_range, because="this is its definition")
    .by(unfold, moved, because="this is its definition")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(factor_out_of_sum, because="t does not depend on f")
    .by(fold, logit, x, w, i, because="the first sum is the logit for the weights themselves")
    .by(fold, logit, x, v, i, because="the second is the logit that the direction gives in place of the weights")
)

flat = (
    derive("best_weights.flat", "a direction that changes no logit leaves logistic loss alone",
           logistic_regression.loss(moved(w, v, scale)))
    .by(unfold, logistic_regression.loss, because="this is its definition")
    .by(cite, moved_logit, because="the direction adds its own logit, t times")
    .by(by_hypothesis, no_logit_changes, because="the direction changes the logit of no observation")
    .by(fold, logistic_regression.loss, w, because="this is the loss for the weights themselves")
)

no_bend = Hypothesis("no bend", "the loss does not bend along the direction v",
                     equation(logistic_regression.quadratic_form.result, 0), Tuple((x[i, f], across)))

flat_only = (
    derive("best_weights.flat_only", "logistic loss fails to bend only if no logit changes",
           logit(x, v, j))
    .by(vanishing_square, no_bend, logit(x, v, i), {i: j}, using=j_in_range,
        because="a probability and 1 minus it are positive, so each of the squares must be 0")
)

# --- When is softmax regression flat? ---
alike = Tuple((V[f, k], w[f] + v[f] * z[k]), (x[i, f], across))
all_change_alike = Hypothesis("logits change alike",
                              "the direction V changes the logits of all classes of an observation by the same number",
                              equation(logits(x, V, i, k), logits(x, V, i, 1)), alike)

line_logits = (
    derive("best_weights.line_logits", "the logits of weights on a line", logits(x, line(W, V, scale), i, k))
    .by(unfold, logits, using=(i_in_range, k_in_range), because="this is its definition")
    .by(unfold, line, because="this is its definition")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(factor_out_of_sum, because="t does not depend on f")
    .by(fold, logits, x, W, i, k, because="the first sum is the logit for the weights themselves")
    .by(fold, logits, x, V, i, k, because="the second is the logit that the direction gives in place of the weights")
)

flat_probability = (
    derive("best_weights.flat_probability", "logits that change alike leave the probabilities as they are",
           probability(logits(x, line(W, V, scale), i), m))
    .by(unfold, probability, using=(m_in_range, i_in_range, m_in_range), because="this is its definition")
    .by(cite, line_logits, {k: m}, {k: l}, because="the direction adds its own logits, t times")
    .by(by_hypothesis, all_change_alike, {k: m}, because="the logit of class m changes as that of the first does")
    .by(by_hypothesis, all_change_alike, {k: l}, because="and so do those of all classes")
    .by(exponential_of_sum, because="the exponential of a sum is the product of the exponentials")
    .by(factor_out_of_sum, because="one of the factors does not depend on the class; it cancels")
    .by(fold, probability, logits(x, W, i), m, because="this is the softmax of the logits for the weights themselves")
)

flat_for_classes = (
    derive("best_weights.flat_for_classes", "logits that change alike leave softmax regression loss alone",
           softmax_regression.loss(line(W, V, scale)))
    .by(unfold, softmax_regression.loss, because="this is its definition")
    .by(unfold, cross_entropy, because="this is its definition")
    .by(cite, flat_probability, {m: k}, because="logits that change alike leave the probabilities as they are")
    .by(fold, cross_entropy, y[i], probability(logits(x, W, i)),
        because="this is the cross-entropy for the weights themselves")
    .by(fold, softmax_regression.loss, W, because="this is their loss")
)

change, mean = logits(x, V, i, k), mean_change(x, W, V, i)
bend = softmax_regression.quadratic_form.result.subs(line(W, V, scale), W)  # where the line passes through W
no_bend_for_classes = Hypothesis("no bend", "the loss does not bend at W, along the direction V", equation(bend, 0),
                                 alike)

flat_only_for_classes = (
    derive("best_weights.flat_only_for_classes", "softmax regression fails to bend only if logits change alike",
           (change - mean).subs({i: j, k: m}))
    .by(vanishing_square, no_bend_for_classes, change - mean, {i: j, k: m}, using=(j_in_range, m_in_range),
        because="every probability is positive, so each of the squares must be 0")
)

# --- Labels that can be separated ---
lead = define(
    "best_weights.lead", "lead of the class seen", "γ", (W, i, k), logits(x, W, i, seen[i]) - logits(x, W, i, k),
    meaning="by how much the logit of the class that was seen is larger than that of class k",
)

own_lead = (
    derive("best_weights.own_lead", "the class seen has no lead over itself", lead(W, i, seen[i]))
    .by(unfold, lead, using=i_in_range, because="this is its definition; the two logits are one")
)

surprisal = (
    derive("best_weights.surprisal", "the surprisal of the class seen, in its leads",
           log(Sum(exp(-lead(W, i, k)), (k, 1, K))))
    .by(unfold, lead, using=i_in_range, because="this is its definition")
    .by(exponential_of_sum, because="the exponential of a difference is a product of exponentials")
    .by(factor_out_of_sum, because="the logit of the class seen does not depend on k")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(fold, log_sum_exp, logits(x, W, i), because="this is log-sum-exp of the logits")
)

lead_form = (
    derive("best_weights.lead_form", "the softmax regression loss of hard labels in the leads",
           softmax_regression.loss(W))
    .by(cite, softmax_regression.logit_form, using=every_one_hot, implied=every_labels_sum,
        because="this is what the loss was found to be; the entries of a one-hot label sum to 1")
    .by(by_hypothesis, every_one_hot, because="the label is 1 for the class seen and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one that was seen")
    .by(recognise, surprisal, because="each term is log-sum-exp minus the logit of the class seen")
)

above_zero = (
    derive("best_weights.above_zero", "how far softmax regression loss stays above 0",
           softmax_regression.loss(W))
    .by(unfold, softmax_regression.loss, because="this is its definition")
    .by(unfold, cross_entropy, because="this is its definition")
    .by(by_hypothesis, every_one_hot, because="the label is 1 for the class seen and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one that was seen")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
)

scaled = define(
    "best_weights.scaled", "multiple of the weights of all classes", "W′", (scale, W, f, k), scale * W[f, k],
    meaning="all weights multiplied by the same number t",
)

scaled_lead = (
    derive("best_weights.scaled_lead", "leads grow with the weights", lead(scaled(scale, W), i, k))
    .by(unfold, lead, using=(i_in_range, k_in_range), because="this is its definition")
    .by(unfold, logits, because="this is its definition")
    .by(unfold, scaled, because="all weights are multiplied by t")
    .by(factor_out_of_sum, because="t does not depend on f")
    .by(fold, logits, x, W, i, seen[i], because="this is the logit of the class seen, for the weights themselves")
    .by(fold, logits, x, W, i, k, because="and this is that of class k")
    .by(factor_out, scale, because="both terms have the factor t")
    .by(fold, lead, W, i, k, because="this is the lead for the weights themselves")
)

separation_bound = (
    derive("best_weights.separation_bound", "softmax regression loss at a multiple of the weights",
           softmax_regression.loss(scaled(scale, W)))
    .by(cite, lead_form, {W: scaled(scale, W)}, because="this is what the loss of hard labels was found to be")
    .by(cite, scaled_lead, because="the leads are multiplied by t as well")
    .by(take_out_term, k, seen[i], because="the term of the class seen stands by itself")
    .by(cite, own_lead, because="the class seen has no lead over itself: its exponential is 1")
    .by(log_below_tangent, because="a logarithm is at most its tangent at 1; here u is 1 plus exponentials")
)

separation = Theorem(
    "best_weights.separation", "when softmax regression has best weights",
    "There are three cases. "
    "• Complete separation: some weights give the class seen a larger logit than every other class, in every "
    "observation. Then no weights have the least loss. "
    "• Quasi-complete separation: no weights do that, but some give no other class a larger logit than the class seen, "
    "in any observation, and do not give all classes of every observation equal logits. "
    "Then no weights have the least loss either. "
    "• Overlap: there are no weights of these two kinds. Then weights with the least loss exist, and only one choice "
    "of them has the weights 0 for the last class.",
    "albert_anderson_1984",
    conditions=(several_classes,
                every_one_hot, full_rank, linear_logits),
    evidence=(separation_bound, above_zero, flat_only_for_classes),
)
