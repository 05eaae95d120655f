"""Preferences and contrast: losses of pairs and of one match among many, each a cross-entropy that is known already.

The labels -1 and 1 give the loss log(1 + e^(-sz)), which is binary cross-entropy. A preference of one answer over
another is a label of the difference of their scores (Bradley-Terry). Direct preference optimization takes for the score
how much a policy has moved from a reference. InfoNCE is softmax cross-entropy at a temperature.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Rational, exp, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy, kl_divergence, two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.rules.algebra import by_cases, by_hypothesis, common_denominator, distribute, extend_fraction, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import chain_rule, derivative_of_coordinate, linearity_of_derivative
from .engine.rules.logarithms import log_of_quotient, product_of_exponentials, weighted_log_of_quotient
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum
from .engine.terms import equation, partial
from .notation import (K, c, c_in_range, floor as ε, hard_label, inverse_temperature as β, k, l, l_in_range, label,
                       labels_sum, logit, m, m_in_range, model_positive, model_sums, p, q, reference_positive,
                       several_classes, temperature as T, v, y, z)
from .sigmoid import (cross_entropy as sigmoid_loss, derivative as sigmoid_derivative, log_probability as log_sigmoid,
                      reflection, sigmoid, signed_softplus, softplus, softplus_derivative, symmetry)
from .soft_labels import hard_loss
from .softmax import log_probability, logits_of, probability
from .temperature import gradient as temperature_gradient, scaled

# --- Labels minus 1 and 1 ---
signed = define("preferences.signed", "signed label", "s", (label,), 2 * label - 1, shown=(),
                meaning="the label 1 stays 1, and the label 0 becomes minus 1")

signed_at_logit = softplus(-signed(label) * logit)

signed_square = (
    derive("preferences.signed_square", "the square of a signed label", signed(label)**2)
    .by(unfold, signed, because="this is its definition")
    .by(by_cases, label, using=hard_label, because="the label is 0 or 1; the square of minus 1 is 1 as well")
)

signed_loss = (
    derive("preferences.signed_loss", "binary cross-entropy with the labels minus 1 and 1", signed_at_logit)
    .by(unfold, signed, because="the signed label is twice the label, less 1")
    .by(regroup, -(logit * (2 * label - 1)), (1 - 2 * label) * logit, because="the sign goes into the bracket")
    .by(cite, signed_softplus, using=hard_label, because="for a hard label this is softplus with a term")
    .by(recognise, sigmoid_loss, because="this is binary cross-entropy in the logit")
)

signed_gradient = (
    derive("preferences.signed_gradient", "gradient with the labels minus 1 and 1", partial(signed_at_logit, logit))
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(unfold, sigmoid, because="this is its definition; two signs cancel")
)

signed_size = (
    derive("preferences.signed_size", "the size of the gradient with signed labels",
           partial(signed_at_logit, logit)**2)
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, signed_square, using=hard_label, because="the square of the sign is 1")
)

signed_curvature = (
    derive("preferences.signed_curvature", "second derivative with the labels minus 1 and 1",
           partial(signed_at_logit, logit, logit))
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(linearity_of_derivative, because="nor does it in the first derivative")
    .by(chain_rule, sigmoid_derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, signed_square, using=hard_label, because="the square of the sign is 1")
)

# --- One of two is preferred ---
lead, both_exist = z[m] - z[l], (m_in_range, l_in_range)

beats = (
    derive("preferences.beats", "the Bradley–Terry model is a sigmoid", exp(z[m]) / (exp(z[m]) + exp(z[l])))
    .by(extend_fraction, exp(z[m]) / (exp(z[m]) + exp(z[l])), exp(-z[m]), using=both_exist,
        because="numerator and denominator are multiplied by a number that is not 0")
    .by(product_of_exponentials, because="a product of exponentials is the exponential of a sum")
    .by(fold, sigmoid, lead, because="this is the sigmoid of the difference of the scores")
)

choice_loss = define("preferences.choice_loss", "loss of a choice", "C", (logit,), -log(sigmoid(logit)),
                     meaning="minus the log-probability of the choice that was made, which leads by z")

pair_loss = (
    derive("preferences.pair_loss", "the loss of a reward model is one of two outcomes", choice_loss(lead))
    .by(unfold, choice_loss, using=both_exist, because="this is its definition")
    .by(fold, two_outcomes, 1, sigmoid(lead),
        because="the label is 1: the term of the other outcome is 0")
)

choice_slope = (
    derive("preferences.choice_slope", "slope of the loss of a choice", partial(choice_loss(logit), logit))
    .by(unfold, choice_loss, because="this is its definition")
    .by(cite, log_sigmoid, because="this is what the log-probability was found to be")
    .by(recognise, reflection, because="this is softplus of minus the lead")
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(linearity_of_derivative, because="the sign is a number")
    .by(derivative_of_coordinate, because="this is the variable itself")
)

choice_curvature = (
    derive("preferences.choice_curvature", "second derivative of the loss of a choice",
           partial(choice_loss(logit), logit, logit))
    .by(cite, choice_slope, because="this is what the slope was found to be")
    .by(linearity_of_derivative, because="the sign is a number")
    .by(chain_rule, sigmoid_derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(linearity_of_derivative, because="the sign is a number")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, symmetry, because="the sigmoid of minus z is what that of z leaves of 1")
)

pair_gradient = (
    derive("preferences.pair_gradient", "gradient of the loss of a reward model in a score",
           partial(choice_loss(lead), z[c]))
    .by(chain_rule, choice_slope, using=both_exist, because="this is the slope in the lead")
    .by(linearity_of_derivative, because="the lead is a difference of two scores")
    .by(derivative_of_coordinate, because="each score is a variable of its own")
)

# --- Direct preference optimization ---
margin = define(
    "preferences.margin", "margin of a policy over its reference", "Δ", (p, q, β, m, l),
    β * (log(p[m] / q[m]) - log(p[l] / q[l])),
    meaning="how much more the policy p has raised the answer m than the answer l, seen from the reference q, times β",
)

loss = (
    derive("preferences.loss", "the loss of direct preference optimization", choice_loss(margin(p, q, β, m, l)))
    .by(unfold, choice_loss, using=(*both_exist, model_positive, reference_positive), because="this is its definition")
    .by(fold, two_outcomes, 1, sigmoid(margin(p, q, β, m, l)),
        because="the label is 1: the term of the other outcome is 0")
)

tilted = define("preferences.tilted", "logits of the best policy", "z̃", (z, q, T, k), log(q[k]) + z[k] / T,
                meaning="the logarithms of the reference probabilities, plus the rewards z over the temperature T")
best_policy = probability(tilted(z, q, T))

best_margin = (
    derive("preferences.best_margin", "the best policy leads as the rewards do",
           margin(best_policy, q, T, m, l))
    .by(unfold, margin, using=(*both_exist, reference_positive), because="this is its definition")
    .by(log_of_quotient, because="all probabilities are positive")
    .by(cite, log_probability, {z: tilted(z, q, T)}, {z: tilted(z, q, T), m: l},
        because="a log-probability is a logit minus log-sum-exp, which cancels")
    .by(unfold, tilted, because="the logarithms of the reference cancel")
    .by(distribute, because="multiply out; the temperature cancels")
)

only_the_margin = Counterexample(
    "preferences.only_the_margin", "the margin does not tell how probable an answer is",
    equation(probability(z, m), probability(v, m)),
    values={K: 3, z: (Integer(0),) * 3, v: (Integer(0), Integer(0), Integer(1)), q: (Rational(1, 3),) * 3,
            β: Integer(1), m: 1, l: 2},
    given=(equation(margin(probability(z), q, β, m, l), margin(probability(v), q, β, m, l)),),
    meaning="a third answer takes probability from both of the pair; the margin, and with it the loss, stays",
)

divergence = (
    derive("preferences.divergence", "the divergence of a policy from its reference", kl_divergence(p, q))
    .by(unfold, kl_divergence, using=reference_positive, because="this is its definition")
    .by(weighted_log_of_quotient, p[k], p[k] / q[k],
        because="the logarithm of a quotient is a difference; where the policy is 0, all terms are 0")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
)

regularized_reward = (
    derive("preferences.regularized_reward", "how far a policy is from the best one",
           T * kl_divergence(p, best_policy))
    .by(unfold, kl_divergence, using=reference_positive, because="this is its definition")
    .by(weighted_log_of_quotient, p[k], p[k] / probability(tilted(z, q, T), k),
        because="the logarithm of a quotient is a difference; where the policy is 0, all terms are 0")
    .by(cite, log_probability, {z: tilted(z, q, T), m: k}, because="a log-probability is a logit minus log-sum-exp")
    .by(unfold, tilted, part=tilted(z, q, T, k), because="a logit is a logarithm plus a reward over the temperature")
    .by(distribute, because="multiply out")
    .by(linearity_of_sum, because="the sum of a sum is the sum of the sums")
    .by(factor_out_of_sum, because="log-sum-exp and the temperature do not depend on k")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(recognise, divergence, because="two of the sums are a divergence from the reference")
    .by(distribute, because="multiply out; the temperature cancels before the rewards")
)

in_logits = (
    derive("preferences.in_logits", "the margin in the logits of the policy", margin(probability(z), q, β, m, l))
    .by(unfold, margin, using=(*both_exist, reference_positive), because="this is its definition")
    .by(log_of_quotient, because="all probabilities are positive")
    .by(cite, log_probability, {}, {m: l}, because="a log-probability is a logit minus log-sum-exp, which cancels")
)

margin_slope = (
    derive("preferences.margin_slope", "how the margin moves with a logit",
           partial(margin(probability(z), q, β, m, l), z[c]))
    .by(cite, in_logits, because="this is what the margin was found to be")
    .by(linearity_of_derivative, because="neither the reference nor β depends on the logits")
    .by(linearity_of_derivative, because="what is left is a difference of two logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
)

gradient = (
    derive("preferences.gradient", "gradient of direct preference optimization in a logit",
           partial(choice_loss(margin(probability(z), q, β, m, l)), z[c]))
    .by(chain_rule, choice_slope, using=(*both_exist, reference_positive), because="this is the slope in the margin")
    .by(cite, margin_slope, because="this is how the margin moves")
)

# An answer may be a whole text: then only its log-probability is known, under the policy and under the reference.
log_margin = define(
    "preferences.log_margin", "margin of a pair of log-probabilities", "Δ", (z, v, β),
    β * ((z[1] - v[1]) - (z[2] - v[2])),
    meaning="the margin of the first of two answers over the second, from their log-probabilities z under the policy "
            "and v under the reference",
)

margin_from_logs = (
    derive("preferences.margin_from_logs", "the margin from log-probabilities", margin(p, q, β, 1, 2))
    .by(unfold, margin, using=(several_classes, model_positive, reference_positive), because="this is its definition")
    .by(log_of_quotient, because="all probabilities are positive")
    .by(fold, logits_of, p, 1, because="log-probabilities are logits: of the first answer under the policy")
    .by(fold, logits_of, p, 2, because="of the second")
    .by(fold, logits_of, q, 1, because="of the first under the reference")
    .by(fold, logits_of, q, 2, because="and of the second")
    .by(fold, log_margin, logits_of(p), logits_of(q), β, because="this is the margin of a pair of log-probabilities")
)

pair_of_logs = (
    derive("preferences.pair_of_logs", "gradient of the preference loss in log-probabilities",
           partial(choice_loss(log_margin(z, v, β)), z[m]))
    .by(chain_rule, choice_slope, using=several_classes, because="this is the slope in the margin")
    .by(unfold, log_margin, part=partial(log_margin(z, v, β), z[m]), because="this is the margin")
    .by(linearity_of_derivative, because="β does not depend on the policy")
    .by(linearity_of_derivative, because="and neither do the log-probabilities under the reference")
    .by(derivative_of_coordinate, because="each log-probability is a variable of its own")
)

# --- Labels that may be wrong ---
conservative = define(
    "preferences.conservative", "conservative loss of a preference", "L", (ε, logit),
    -(1 - ε) * log(sigmoid(logit)) - ε * log(sigmoid(-logit)),
    meaning="the loss of the margin z if the preference is the other way round with the probability ε",
)

conservative_form = (
    derive("preferences.conservative_form", "the conservative loss is that of a smoothed label", conservative(ε, logit))
    .by(unfold, conservative, because="this is its definition")
    .by(cite, symmetry, because="the sigmoid of minus z is what that of z leaves of 1")
    .by(regroup, (ε - 1) * log(sigmoid(logit)), -((1 - ε) * log(sigmoid(logit))),
        because="the sign comes to the front")
    .by(fold, two_outcomes, 1 - ε, sigmoid(logit), because="this is a cross-entropy of two outcomes")
)

conservative_gradient = (
    derive("preferences.conservative_gradient", "gradient of the conservative loss in the margin",
           partial(conservative(ε, logit), logit))
    .by(cite, conservative_form, because="this is binary cross-entropy with a soft label")
    .by(cite, sigmoid_loss, {label: 1 - ε}, because="this is what it was found to be in the logit")
    .by(linearity_of_derivative, because="ε does not depend on the margin")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
)

best_conservative = (
    derive("preferences.best_conservative", "the margin at which the conservative loss is flat",
           sigmoid(log((1 - ε) / ε)))
    .by(unfold, sigmoid, because="this is its definition; the exponential undoes the logarithm")
    .by(common_denominator, because="ε cancels")
)

# --- One match among many ---
scores = scaled(z, T)

contrastive_loss = (
    derive("preferences.contrastive_loss", "the loss InfoNCE is softmax cross-entropy",
           cross_entropy(one_hot_label(c), probability(scores)))
    .by(cite, hard_loss, {p: probability(scores)}, using=c_in_range, implied=model_positive,
        because="this is the loss of a one-hot label")
    .by(cite, log_probability, {z: scores, m: c}, because="a log-probability is a logit minus log-sum-exp")
    .by(unfold, scaled, part=scaled(z, T, c), because="the score of the match is divided by the temperature")
)

contrastive_gradient = (
    derive("preferences.contrastive_gradient", "gradient of InfoNCE in a score",
           partial(cross_entropy(one_hot_label(c), probability(scores)), z[m]))
    .by(cite, temperature_gradient, {y: one_hot_label(c)}, using=(c_in_range, m_in_range), implied=labels_sum,
        because="this is softmax cross-entropy at a temperature, with a one-hot label")
    .by(unfold, one_hot_label, because="the label is 1 for the match and 0 for the others")
)
