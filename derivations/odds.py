"""One minus a probability: log odds from a log-probability, the odds-ratio loss of two answers, and unlikelihood.

The odds of an event are its probability over that of its opposite. Where only the logarithm of a probability is known,
the logarithm of one minus it has two forms, and each loses its digits at one end. A loss that is to make a class less
probable takes the logarithm of one minus its probability: it has a lower bound, and minus cross-entropy has none.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import KroneckerDelta, Max, Rational, exp, log

from .averages import mixed_positive, two_parts
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.nodes import Rounded
from .engine.rules.algebra import common_denominator, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_exponential,
                                       derivative_of_logarithm, linearity_of_derivative)
from .engine.rules.inequalities import (bounded_above, bounded_below, drop_what_is_not_negative,
                                        minus_log_above_tangent)
from .engine.rules.logarithms import log_of_factors, log_of_quotient
from .engine.rules.sums import linearity_of_sum, sift_kronecker_delta, substitute_by_delta
from .engine.terms import equation, partial
from .entropy import mixture
from .log_sum_exp import lower_bound, part
from .notation import (a, c, c_in_range, k, k_in_range, l, l_in_range, label, log_probabilities as ψ_of,
                       log_probability as ψ, logit, m, m_in_range, model_positive, p, positive_weight as ω, q,
                       reference_positive, several_classes, share as α, z)
from .numerics import complement_two_sided, sigmoid_two_sided
from .preferences import choice_loss, choice_slope
from .sigmoid import log_by_softplus, sigmoid, softplus
from .softmax import jacobian, log_probability, probability
from .targets import all_but, without_class
from .weights import binary_total, label_interior, reweighted_softmax, some_class_kept

# --- Log odds ---
log_complement = define(
    "odds.log_complement", "logarithm of one minus a probability", "κ", (ψ,), log(1 - exp(ψ)),
    meaning="the log-probability of the opposite of an event that has the log-probability ψ")

log_odds = define(
    "odds.log_odds", "log odds of a log-probability", "θ", (ψ,), ψ - log_complement(ψ),
    meaning="the logarithm of the probability of an event over that of its opposite")

of_probability = (
    derive("odds.of_probability", "log odds are the logit of the probability", log(exp(ψ) / (1 - exp(ψ))))
    .by(log_of_quotient, because="the probability lies between 0 and 1, so both are positive; the logarithm undoes the "
        "exponential")
    .by(fold, log_complement, ψ, because="this is the logarithm of one minus the probability")
    .by(fold, log_odds, ψ, because="these are the log odds")
)

probability_found = (
    derive("odds.probability_found", "the sigmoid of log odds is the probability", sigmoid(log_odds(ψ)))
    .by(unfold, sigmoid, because="this is its definition")
    .by(unfold, log_odds, because="this is what the log odds are")
    .by(unfold, log_complement, because="and this is the logarithm of one minus the probability")
    .by(distribute, because="multiply out the bracket; the exponentials cancel, and so does 1")
)

complement_slope = (
    derive("odds.complement_slope", "slope of the logarithm of one minus a probability",
           partial(log_complement(ψ), ψ))
    .by(unfold, log_complement, because="this is its definition")
    .by(derivative_of_logarithm, because="the probability is below 1")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_exponential, because="an exponential is its own derivative")
    .by(derivative_of_coordinate, because="this is the variable itself")
)

slope = (
    derive("odds.slope", "slope of log odds in the log-probability", partial(log_odds(ψ), ψ))
    .by(unfold, log_odds, because="this is its definition")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, complement_slope, because="this is what the slope of the second part was found to be")
    .by(common_denominator, because="the probability is below 1, so the denominator is not 0")
)

near_one = Counterexample(
    "odds.near_one", "one minus a rounded exponential, of a probability near 1",
    equation(log(Rounded(1 - Rounded(exp(ψ)))), log_complement(ψ)), values={ψ: -Rational(1, 10**17)},
    meaning="the exponential is rounded to 1, and 0 has no logarithm; with expm1 a tiny number takes the place of 0",
)

near_zero = Counterexample(
    "odds.near_zero", "a rounded difference, of a probability near 0",
    equation(log(Rounded(1 - exp(ψ))), log_complement(ψ)), values={ψ: -Rational(40)},
    meaning="one minus the probability is rounded to 1, and its logarithm to 0: from log1p no digit is lost",
)

# --- The odds ratio of two answers ---
lead, both_exist = log_odds(ψ_of[m]) - log_odds(ψ_of[l]), (m_in_range, l_in_range)

ratio_loss = (
    derive("odds.ratio_loss", "odds-ratio loss of two answers", choice_loss(lead))
    .by(unfold, choice_loss, using=both_exist, because="this is its definition")
    .by(cite, log_by_softplus, {logit: lead}, because="minus the logarithm of a sigmoid is softplus of minus the lead")
)

ratio_gradient = (
    derive("odds.ratio_gradient", "gradient of the odds-ratio loss in a log-probability",
           partial(choice_loss(lead), ψ_of[c]))
    .by(chain_rule, choice_slope, using=both_exist, because="this is the slope in the lead")
    .by(linearity_of_derivative, because="the lead is a difference of two log odds")
    .by(chain_rule, slope, because="this is the slope of log odds")
    .by(derivative_of_coordinate, because="each log-probability is a variable of its own")
)

# --- A class that is to become less probable ---
maximised = (
    derive("odds.maximised", "a log-probability has no lower bound", log(probability(z, c)))
    .by(cite, log_probability, {m: c}, using=c_in_range, because="a log-probability is a logit minus log-sum-exp")
    .by(bounded_above, lower_bound, using=m_in_range, because="log-sum-exp is at least every logit")
)

unlikelihood = define(
    "odds.unlikelihood", "unlikelihood loss", "U", (z, c), -log(1 - probability(z, c)),
    meaning="minus the log-probability that it is another class than c")
another = (c_in_range, several_classes)

unlikelihood_bound = (
    derive("odds.unlikelihood_bound", "unlikelihood loss is at least the probability", unlikelihood(z, c))
    .by(unfold, unlikelihood, using=another, because="this is its definition")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
)

unlikelihood_not_negative = (
    derive("odds.unlikelihood_not_negative", "unlikelihood loss is at least 0", unlikelihood(z, c))
    .by(bounded_below, unlikelihood_bound, using=another, because="it is at least the probability")
    .by(drop_what_is_not_negative, probability(z, c), because="no probability is negative")
)

unlikelihood_by_odds = (
    derive("odds.unlikelihood_by_odds", "gradient of unlikelihood loss, by the odds", partial(unlikelihood(z, c), z[m]))
    .by(unfold, unlikelihood, using=another, because="this is its definition")
    .by(linearity_of_derivative, because="the minus is a constant")
    .by(derivative_of_logarithm, because="another class has a probability, too, so this one is below 1")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(cite, jacobian, {m: c, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
)

# --- The same without a difference ---
others, delta = part(all_but(c), z), KroneckerDelta(m, c)

others_in_lead = (
    derive("odds.others_in_lead", "softplus of the lead over all other classes", softplus(z[c] - others))
    .by(unfold, softplus, using=another, because="this is its definition")
    .by(unfold, part, because="this is log-sum-exp of the other classes; the exponential undoes the logarithm")
    .by(unfold, all_but, because="the class c has the weight 0, every other class 1")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class is left out")
    .by(common_denominator, because="another class has an exponential, so what is left is not 0")
    .by(log_of_quotient, because="both are positive")
)

unlikelihood_in_logits = (
    derive("odds.unlikelihood_in_logits", "unlikelihood loss in the logits", unlikelihood(z, c))
    .by(unfold, unlikelihood, using=another, because="this is its definition")
    .by(unfold, probability, because="this is the definition of softmax")
    .by(common_denominator, because="a sum of exponentials is not 0")
    .by(log_of_quotient, because="both are positive")
    .by(recognise, others_in_lead, because="this is softplus of the lead over all other classes")
)

unlikelihood_in_shares = (
    derive("odds.unlikelihood_in_shares", "gradient of unlikelihood loss, in shares",
           partial(unlikelihood(z, c), z[m]))
    .by(cite, unlikelihood_by_odds, using=(*another, m_in_range), because="this is what the gradient was found to be")
    .by(regroup, delta - probability(z, m), delta * (1 - probability(z, m)) - (1 - delta) * probability(z, m),
        because="what class c has, and what the others have")
    .by(substitute_by_delta, because="where the delta is 1 the two classes are one")
    .by(recognise, without_class, because="the other classes share what class c leaves over")
    .by(factor_out, 1 - probability(z, c), because="both terms have this factor, which is not 0 and cancels")
    .by(cite, reweighted_softmax, {a: all_but(c)}, implied=some_class_kept, because="the shares are a softmax, too")
    .by(distribute, because="multiply out the bracket")
)

# --- Two outcomes ---
both, below, above = 1 + exp(-Max(logit, -logit)), exp(-Max(0, logit)) - 1, exp(-Max(0, -logit)) - 1
lead_two_sided = (
    derive("odds.lead_two_sided", "how far the label 0 is ahead of the label 1", below / both - above / both)
    .by(distribute, because="multiply out the brackets: 1 over the divisor cancels")
    .by(recognise, complement_two_sided, because="this is the probability of the label 0")
    .by(recognise, sigmoid_two_sided, because="and this is that of the label 1")
)

least_weighted = (
    derive("odds.least_weighted", "the least value from two terms, neither negative",
           ω * label * log(1 + (1 - label) / (ω * label)) + (1 - label) * log(1 + ω * label / (1 - label)))
    .by(regroup, 1 + (1 - label) / (ω * label), binary_total / (ω * label), using=label_interior,
        because="both parts over the first")
    .by(common_denominator, part=1 + ω * label / (1 - label), because="both parts over the second")
    .by(log_of_quotient, because="all three are positive")
    .by(distribute, -log(1 - label), because="multiply out the bracket of the label 0")
    .by(distribute, -log(ω * label), because="and that of the label 1")
    .by(regroup, (1 - label) * log(binary_total) + ω * label * log(binary_total), binary_total * log(binary_total),
        because="two terms have this logarithm as a factor")
)

# --- A mixture of two probabilities ---
# Where both parts are too small for a number, their logarithms are not. The lead is the log odds of the parts.
parts_lead = log(α) + log(q[k]) - log(1 - α) - log(p[k])
log_of_mixture = (
    derive("odds.log_of_mixture", "logarithm of a mixture, from those of its parts",
           log(1 - α) + log(p[k]) + softplus(parts_lead))
    .by(unfold, softplus, using=(k_in_range, two_parts, reference_positive, model_positive),
        because="this is its definition; the exponential undoes the logarithms")
    .by(common_denominator, because="the other part of the mixture is not 0")
    .by(log_of_quotient, because="both parts are positive")
    .by(log_of_factors, because="both factors are positive; two logarithms cancel")
    .by(regroup, α * q[k] - α * p[k] + p[k], α * q[k] + (1 - α) * p[k], because="two terms are the other part")
    .by(fold, mixture, q, p, k, because="the two parts are the mixture")
)
log_over_mixture = (
    derive("odds.log_over_mixture", "logarithm over a mixture, from those of its parts",
           log(p[k] / mixture(q, p, k)))
    .by(log_of_quotient, using=(k_in_range, two_parts, reference_positive, model_positive),
        because="both probabilities are positive")
    .by(recognise, log_of_mixture, because="this is the logarithm of the mixture; that of the probability cancels")
)

# From the quotients of the probabilities: the logarithm of 1 plus their difference, which may be small.
first_quotient, second_quotient = (α * q[index] / p[index] + 1 - α for index in (l, m))
first_gap, second_gap = ((q[index] - p[index]) / p[index] for index in (l, m))
difference_over_mixture = (
    derive("odds.difference_over_mixture", "difference of two logarithms over a mixture, from quotients",
           log(1 + α * (second_gap - first_gap) / first_quotient))
    .by(regroup, second_gap - first_gap, q[m] / p[m] - q[l] / p[l],
        using=(l_in_range, m_in_range, model_positive, mixed_positive),
        because="each quotient is one less: in the difference 1 cancels")
    .by(common_denominator, because="1 is a quotient with the same denominator")
    .by(regroup, second_quotient, (α * q[m] + (1 - α) * p[m]) / p[m], because="the one is a quotient of two")
    .by(regroup, first_quotient, (α * q[l] + (1 - α) * p[l]) / p[l], because="and so is the other")
    .by(fold, mixture, q, p, m, because="the numerator is the mixture")
    .by(fold, mixture, q, p, l, because="and here it is that of the other class")
    .by(log_of_quotient, because="both are positive")
    .by(log_of_factors, because="both probabilities are positive, and so is the mixture")
)
