"""Calibration by temperature: after training, all logits are multiplied by one number, the inverse temperature.

The loss is convex in that number: its second derivative is the variance of the logits. So the search for the best
temperature has one answer, and at the best one the mean logit under the labels is the mean logit under the model.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Le, Sum

from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample
from .engine.rules.definitions import cite, fold, unfold
from .engine.rules.derivatives import chain_rule, differentiate_sum, linearity_of_derivative
from .engine.rules.inequalities import drop_what_is_not_negative
from .engine.terms import partial
from .notation import (K, inverse_temperature as β, k, labels_sum, m, q, reference_sums, scale as t,
                       temperature as T, y, z)
from .softmax import cross_entropy as softmax_loss, log_sum_exp_gradient, probability
from .temperature import (inverse_probability_slope, mean_logit, multiplied, multiplied_slope, product_form, scaled,
                          variance)

# --- In which direction? ---
at_β, loss_at_β = probability(multiplied(z, β)), cross_entropy(y, probability(multiplied(z, β)))

inverse_slope = (
    derive("calibration.inverse_slope", "slope of the loss in the inverse temperature", partial(loss_at_β, β))
    .by(cite, softmax_loss, {z: multiplied(z, β)}, using=labels_sum, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(chain_rule, log_sum_exp_gradient, k, because="the gradient of log-sum-exp is softmax")
    .by(differentiate_sum, because="the sum is finite")
    .by(linearity_of_derivative, because="the labels do not depend on β")
    .by(cite, multiplied_slope, because="this is how a logit moves with β")
    .by(fold, mean_logit, z, y, because="one sum is the mean of the logits under the label")
    .by(fold, mean_logit, z, at_β, because="the other is their mean under the model")
)

# --- Is there one best? ---
inverse_curvature = (
    derive("calibration.inverse_curvature", "curvature in the inverse temperature", partial(loss_at_β, β, β))
    .by(cite, inverse_slope, because="this is what the slope was found to be")
    .by(linearity_of_derivative, because="the mean under the label does not depend on β")
    .by(unfold, mean_logit, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite")
    .by(linearity_of_derivative, because="the logits do not depend on β")
    .by(cite, inverse_probability_slope, {m: k}, because="this is how a probability moves")
    .by(cite, product_form, {q: at_β}, implied=reference_sums, because="this is the variance of the logits")
)

convex = (
    derive("calibration.convex", "curvature in the inverse temperature is at least 0", inverse_curvature.start)
    .by(cite, inverse_curvature, because="this is what the curvature was found to be")
    .by(unfold, variance, because="this is its definition")
    .by(drop_what_is_not_negative, Sum(probability(multiplied(z, β), k) * (z[k] - mean_logit(z, at_β)) ** 2, (k, 1, K)),
        because="a sum of squares, with weights that are probabilities, is not negative")
)

colder, between, hotter = (cross_entropy(y, probability(scaled(z, at))) for at in (T - t, T, T + t))
not_convex = Counterexample(
    "calibration.not_convex", "in the temperature itself the loss need not be convex",
    claim=Le(between, (colder + hotter) / 2, evaluate=False),
    values={K: 2, z: (Integer(8), Integer(0)), y: (Integer(1), Integer(0)), T: Integer(16), t: Integer(15)},
    meaning="at the temperature 16 the loss is above the mean of the losses at 1 and at 31",
)
