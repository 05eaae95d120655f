"""Sigmoid: one logit z instead of a probability, and the loss of one label y as a function of z.

The probability p = sigma(z) is a function of any real z. The loss becomes softplus(z) - y z, its gradient p - y, its
second derivative p (1 - p), at most 1/4. The label may be soft, except where a step says that it is hard. At the end,
for comparison, squared error through the same sigmoid.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Ge, Integer, Rational, exp, log

from .cross_entropy import two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.rules.algebra import by_cases, common_denominator, distribute, extend_fraction, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm,
                                       derivative_of_power, linearity_of_derivative)
from .engine.rules.inequalities import (bounded_above, drop_what_is_not_negative, drop_what_is_not_positive,
                                        log_below_tangent)
from .engine.rules.logarithms import log_of_quotient, product_of_exponentials
from .engine.terms import partial
from .notation import hard_label, label
from .notation import logit as z

# --- From a real number to a probability ---
sigmoid = define(
    "sigmoid.sigmoid", "sigmoid", "σ", (z,), 1 / (1 + exp(-z)),
    meaning="the probability of the label 1 that belongs to the logit z",
)

probability = define(
    "sigmoid.probability", "model probability as the sigmoid of the logit", "p", (z,), sigmoid(z), shown=(),
    meaning="short for the sigmoid of the logit",
)

growing_form = (
    derive("sigmoid.growing_form", "the sigmoid in the growing exponential", sigmoid(z))
    .by(unfold, sigmoid, because="this is its definition")
    .by(extend_fraction, sigmoid.body, exp(z),
        because="numerator and denominator are multiplied by the exponential of z, which is never 0")
)

complement = (
    derive("sigmoid.complement", "one minus the sigmoid: the probability of the label 0", 1 - sigmoid(z))
    .by(cite, growing_form, because="this form of the sigmoid has the denominator that is wanted")
    .by(common_denominator, because="the denominator is greater than 1, and the exponentials in the numerator cancel")
)

symmetry = (
    derive("sigmoid.symmetry", "the sigmoid of minus z", sigmoid(-z))
    .by(unfold, sigmoid, because="this is its definition, at minus z")
    .by(recognise, complement, because="this is the probability of the label 0")
)

# --- The loss in the logit ---
softplus = define("sigmoid.softplus", "softplus", "ζ", (z,), log(1 + exp(z)), meaning="a smooth version of max(0, z)")

log_probability = (
    derive("sigmoid.log_probability", "log-probability of the label 1", log(sigmoid(z)))
    .by(cite, growing_form, because="this form of the sigmoid has softplus in its denominator")
    .by(log_of_quotient, because="numerator and denominator are positive, and the logarithm undoes the exponential")
    .by(fold, softplus, because="this is its definition")
)

log_complement = (
    derive("sigmoid.log_complement", "log-probability of the label 0", log(1 - sigmoid(z)))
    .by(cite, complement, because="this is what the probability of the label 0 was found to be")
    .by(log_of_quotient, because="the denominator is positive, and the logarithm of 1 is 0")
    .by(fold, softplus, because="this is its definition")
)

log_by_softplus = (
    derive("sigmoid.log_by_softplus", "log-probability of the label 1 as one softplus", log(sigmoid(z)))
    .by(cite, symmetry, {z: -z}, because="a sigmoid is 1 less that of minus the logit")
    .by(cite, log_complement, {z: -z}, because="this is what the log-probability of the label 0 was found to be")
)

logit = (
    derive("sigmoid.logit", "the logit of a probability", log(sigmoid(z) / (1 - sigmoid(z))))
    .by(log_of_quotient, because="both probabilities are positive")
    .by(cite, log_probability, because="this is what the log-probability of the label 1 was found to be")
    .by(cite, log_complement, because="and this is that of the label 0; softplus cancels")
)

cross_entropy = (
    derive("sigmoid.cross_entropy", "binary cross-entropy in the logit", two_outcomes(label, sigmoid(z)))
    .by(unfold, two_outcomes, because="this is its definition")
    .by(cite, log_probability, because="this is what the log-probability of the label 1 was found to be")
    .by(cite, log_complement, because="and this is that of the label 0")
    .by(distribute, because="multiply out; the two products of y and softplus cancel")
)

# --- The same loss in other clothes ---
reflection = (
    derive("sigmoid.reflection", "softplus of minus z", softplus(-z))
    .by(unfold, softplus, because="this is its definition, at minus z")
    .by(common_denominator, because="the exponential of minus z is 1 over that of z, which is never 0")
    .by(log_of_quotient, because="numerator and denominator are positive, and the logarithm undoes the exponential")
    .by(fold, softplus, because="this is its definition")
)

second_form = (
    derive("sigmoid.second_form", "binary cross-entropy from the other side: minus z", two_outcomes(label, sigmoid(z)))
    .by(cite, cross_entropy, because="this is what the loss was found to be")
    .by(cite, reflection, {z: -z}, because="softplus of z is softplus of minus z, plus z")
    .by(regroup, z - label * z, (1 - label) * z, because="both terms have the factor z")
)

signed_softplus = (
    derive("sigmoid.signed_softplus", "softplus of a logit whose sign depends on the label",
           softplus((1 - 2 * label) * z))
    .by(by_cases, label, using=hard_label, because="the label is 0 or 1; the sign is plus for 0 and minus for 1")
    .by(cite, reflection, because="this is what softplus of minus z was found to be")
    .by(distribute, because="multiply out; the two products of y and softplus cancel")
)

hard_form = (
    derive("sigmoid.hard_form", "binary cross-entropy of a hard label as one softplus", two_outcomes(label, sigmoid(z)))
    .by(cite, cross_entropy, because="this is what the loss was found to be")
    .by(recognise, signed_softplus, because="for a hard label this is one softplus")
)

# --- How large can the loss become? ---
softplus_bound = (
    derive("sigmoid.softplus_bound", "softplus is at most the exponential", softplus(z))
    .by(unfold, softplus, because="this is its definition")
    .by(log_below_tangent, because="a logarithm is at most its tangent at 1; 1 cancels")
)

linear_growth_upper_bound = (
    derive("sigmoid.linear_growth_upper_bound", "upper bound of the loss of the label 1: linear growth",
           two_outcomes(1, sigmoid(z)))
    .by(cite, cross_entropy, {label: 1}, because="this is what the loss was found to be, for the label 1")
    .by(bounded_above, softplus_bound, because="softplus is at most the exponential")
)

linear_growth_lower_bound = (
    derive("sigmoid.linear_growth_lower_bound", "lower bound of the loss of the label 1: linear growth",
           two_outcomes(1, sigmoid(z)))
    .by(cite, cross_entropy, {label: 1}, because="this is what the loss was found to be, for the label 1")
    .by(drop_what_is_not_negative, softplus(z), because="softplus is the logarithm of a number greater than 1")
)

# --- The derivative of the sigmoid ---
softplus_derivative = (
    derive("sigmoid.softplus_derivative", "the derivative of softplus is the sigmoid", partial(softplus(z), z))
    .by(unfold, softplus, because="this is its definition")
    .by(derivative_of_logarithm, because="the argument is greater than 1")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_exponential, because="the exponential is its own derivative")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(recognise, growing_form, because="this is the sigmoid")
)

exponential_of_softplus = (
    derive("sigmoid.exponential_of_softplus", "the exponential of softplus", exp(softplus(z)))
    .by(unfold, softplus, because="the exponential undoes the logarithm")
)

exponential_form = (
    derive("sigmoid.exponential_form", "the sigmoid as one exponential", sigmoid(z))
    .by(cite, growing_form, because="this form of the sigmoid has softplus in its denominator")
    .by(recognise, exponential_of_softplus, because="the denominator is the exponential of softplus")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)

derivative = (
    derive("sigmoid.derivative", "derivative of the sigmoid", partial(sigmoid(z), z))
    .by(cite, exponential_form, because="one exponential is easier to differentiate than a quotient")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(recognise, exponential_form, because="the exponential is the sigmoid again")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
)

# --- The gradient: probability less label ---
gradient = (
    derive("sigmoid.gradient", "gradient of binary cross-entropy in the logit",
           partial(two_outcomes(label, sigmoid(z)), z))
    .by(cite, cross_entropy, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(fold, probability, because="the sigmoid of the logit is the model's probability")
)

# --- The second derivative ---
hessian = (
    derive("sigmoid.hessian", "second derivative of binary cross-entropy in the logit",
           partial(two_outcomes(label, sigmoid(z)), z, z))
    .by(cite, gradient, because="this is what the first derivative was found to be")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(unfold, probability, because="the model's probability is the sigmoid of the logit")
    .by(cite, derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(fold, probability, because="the sigmoid of the logit is the model's probability")
)

curvature_bound = (
    derive("sigmoid.curvature_bound", "curvature of binary cross-entropy is at most one quarter",
           partial(two_outcomes(label, sigmoid(z)), z, z))
    .by(cite, hessian, because="this is what the second derivative was found to be")
    .by(regroup, probability(z) * (1 - probability(z)), Rational(1, 4) - (probability(z) - Rational(1, 2)) ** 2,
        because="complete the square")
    .by(drop_what_is_not_positive, -(probability(z) - Rational(1, 2)) ** 2, because="a square is not negative")
)

# --- Why not squared error? ---
squared_error_gradient = (
    derive("sigmoid.squared_error_gradient", "gradient of squared error through a sigmoid",
           partial((sigmoid(z) - label) ** 2 / 2, z))
    .by(linearity_of_derivative, because="one half is a constant")
    .by(derivative_of_power, because="the chain rule for a square; its 2 and the half cancel")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(cite, derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(fold, probability, because="the sigmoid of the logit is the model's probability")
)

squared_error_bound = (
    derive("sigmoid.squared_error_bound", "squared error: the gradient for the label 0 is at most 4/27",
           partial(sigmoid(z) ** 2 / 2, z))
    .by(cite, squared_error_gradient, {label: 0}, because="this is what the gradient was found to be, for the label 0")
    .by(regroup, probability(z) ** 2 * (1 - probability(z)),
        Rational(4, 27) - (probability(z) - Rational(2, 3)) ** 2 * (probability(z) + Rational(1, 3)),
        because="the product is largest at two thirds; write it in the distance from there")
    .by(drop_what_is_not_positive, -(probability(z) - Rational(2, 3)) ** 2 * (probability(z) + Rational(1, 3)),
        because="a square and a probability are not negative")
)

squared_error_lower_bound = (
    derive("sigmoid.squared_error_lower_bound", "squared error: the slope for the label 1 is at least −4/27",
           partial((sigmoid(z) - 1) ** 2 / 2, z))
    .by(cite, squared_error_gradient, {label: 1}, because="this is what the gradient was found to be, for the label 1")
    .by(regroup, probability(z) * (probability(z) - 1) * (1 - probability(z)),
        -Rational(4, 27) + (probability(z) - Rational(1, 3)) ** 2 * (Rational(4, 3) - probability(z)),
        because="the product is largest at one third; write it in the distance from there")
    .by(drop_what_is_not_negative, (probability(z) - Rational(1, 3)) ** 2 * (Rational(4, 3) - probability(z)),
        because="a square is not negative, and a probability is less than four thirds")
)

squared_error_steepest = (
    derive("sigmoid.squared_error_steepest", "squared error: where its gradient is steepest",
           (sigmoid((1 - 2 * label) * log(2)) - label) * sigmoid((1 - 2 * label) * log(2))
           * (1 - sigmoid((1 - 2 * label) * log(2))))
    .by(by_cases, label, using=hard_label,
        because="the label is 0 or 1; the logit is then log 2 or minus log 2")
    .by(unfold, sigmoid, because="this is its definition; the exponential of log 2 is 2, and that of −log 2 one half")
)

squared_error_is_not_convex = Counterexample(
    "sigmoid.squared_error_is_not_convex", "squared error through a sigmoid is not convex in the logit",
    claim=Ge(partial((sigmoid(z) - 1) ** 2 / 2, z, z), 0, evaluate=False),
    values={z: Integer(-3)},
    meaning="the label is 1 and the model is confident of 0: there the curve bends down",
)
