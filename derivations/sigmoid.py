"""Sigmoid: one logit z instead of a probability, and the loss of one label y as a function of z.

The probability p = sigma(z) is a function of any real z. The loss becomes softplus(z) - y z, its gradient p - y, its second
derivative p (1 - p). The label may be soft.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import exp, log

from .cross_entropy import two_outcomes
from .derivation import define, derive
from .notation import label, logit
from .rules.algebra import common_denominator, distribute, extend_fraction
from .rules.definitions import cite, fold, recognise, unfold
from .rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm,
                                linearity_of_derivative)
from .rules.logarithms import log_of_quotient, product_of_exponentials
from .terms import partial

sigmoid = define(
    "sigmoid.sigmoid", "sigmoid", "σ", (logit,), 1 / (1 + exp(-logit)),
    meaning="the probability of the label 1 that belongs to the logit z",
)

probability = define(
    "sigmoid.probability", "model probability", "p", (logit,), sigmoid(logit), shown=(),
    meaning="short for the sigmoid of the logit",
)

softplus = define("sigmoid.softplus", "softplus", "ζ", (logit,), log(1 + exp(logit)), meaning="a smooth version of max(0, z)")

growing_form = (
    derive("sigmoid.growing_form", "the sigmoid in the growing exponential", sigmoid(logit))
    .by(unfold, sigmoid, because="this is its definition")
    .by(extend_fraction, sigmoid.body, exp(logit),
        because="numerator and denominator are multiplied by the exponential of z, which is never 0")
)

complement = (
    derive("sigmoid.complement", "the probability of the label 0", 1 - sigmoid(logit))
    .by(cite, growing_form, because="this form of the sigmoid has the denominator that is wanted")
    .by(common_denominator, because="the denominator is greater than 1, and the exponentials in the numerator cancel")
)

log_probability = (
    derive("sigmoid.log_probability", "log-probability of the label 1", log(sigmoid(logit)))
    .by(cite, growing_form, because="this form of the sigmoid has softplus in its denominator")
    .by(log_of_quotient, because="numerator and denominator are positive, and the logarithm undoes the exponential")
    .by(fold, softplus, because="this is its definition")
)

log_complement = (
    derive("sigmoid.log_complement", "log-probability of the label 0", log(1 - sigmoid(logit)))
    .by(cite, complement, because="this is what the probability of the label 0 was found to be")
    .by(log_of_quotient, because="the denominator is positive, and the logarithm of 1 is 0")
    .by(fold, softplus, because="this is its definition")
)

cross_entropy = (
    derive("sigmoid.cross_entropy", "binary cross-entropy in the logit", two_outcomes(label, sigmoid(logit)))
    .by(unfold, two_outcomes, because="this is its definition")
    .by(cite, log_probability, because="this is what the log-probability of the label 1 was found to be")
    .by(cite, log_complement, because="and this is that of the label 0")
    .by(distribute, because="multiply out; the two products of y and softplus cancel")
)

softplus_derivative = (
    derive("sigmoid.softplus_derivative", "the derivative of softplus is the sigmoid", partial(softplus(logit), logit))
    .by(unfold, softplus, because="this is its definition")
    .by(derivative_of_logarithm, because="the argument is greater than 1")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_exponential, because="the exponential is its own derivative")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(recognise, growing_form, because="this is the sigmoid")
)

exponential_of_softplus = (
    derive("sigmoid.exponential_of_softplus", "softplus undone", exp(softplus(logit)))
    .by(unfold, softplus, because="the exponential undoes the logarithm")
)

exponential_form = (
    derive("sigmoid.exponential_form", "the sigmoid as one exponential", sigmoid(logit))
    .by(cite, growing_form, because="this form of the sigmoid has softplus in its denominator")
    .by(recognise, exponential_of_softplus, because="the denominator is the exponential of softplus")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)

derivative = (
    derive("sigmoid.derivative", "derivative of the sigmoid", partial(sigmoid(logit), logit))
    .by(cite, exponential_form, because="one exponential is easier to differentiate than a quotient")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(recognise, exponential_form, because="the exponential is the sigmoid again")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
)

gradient = (
    derive("sigmoid.gradient", "gradient of binary cross-entropy in the logit",
           partial(two_outcomes(label, sigmoid(logit)), logit))
    .by(cite, cross_entropy, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(cite, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(fold, probability, because="the sigmoid of the logit is the model's probability")
)

hessian = (
    derive("sigmoid.hessian", "second derivative of binary cross-entropy in the logit",
           partial(two_outcomes(label, sigmoid(logit)), logit, logit))
    .by(cite, gradient, because="this is what the first derivative was found to be")
    .by(linearity_of_derivative, because="the label does not depend on the logit")
    .by(unfold, probability, because="the model's probability is the sigmoid of the logit")
    .by(cite, derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(fold, probability, because="the sigmoid of the logit is the model's probability")
)
