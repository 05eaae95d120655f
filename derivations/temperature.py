"""Temperature and distillation: softmax of logits divided by a number T > 0, and what T does to the loss.

A large T makes the probabilities more equal, and their order stays. The gradient in a logit is
(p - y)/T. The slope in T is the mean of the logits under the label less that under the model, over T^2. The entropy
grows with T, by the variance of the logits over T^3. Distillation compares two models at one temperature; the gradient
of their divergence shrinks like 1/T^2, and the factor T^2 makes up for it.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, KroneckerDelta, Lt, Sum, log

from .cross_entropy import cross_entropy, entropy, kl_divergence
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_power,
                                       derivative_of_product, differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import drop_what_is_not_negative
from .engine.rules.logarithms import exponential_of_logarithm, log_of_quotient
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, sum_of_constant
from .engine.terms import equation, partial
from .log_sum_exp import entropy_identity
from .notation import (K, inverse_temperature as β, k, k_in_range, l, l_in_range, labels_sum, m,
                       m_in_range, p, q, reference_positive, reference_sums, scale as t, temperature as T, v, y, z)
from .soft_labels import excess, positive_where_labelled
from .softmax import (cross_entropy as softmax_loss, jacobian as softmax_jacobian, log_probability,
                      log_sum_exp_gradient, logits_of, probability)

# --- Softmax at a temperature ---
scaled = define("temperature.scaled", "logits at a temperature", "s", (z, T, k), z[k] / T,
                meaning="the logits, each divided by the temperature T")
at_T, at_T_k, at_T_m = probability(scaled(z, T)), probability(scaled(z, T), k), probability(scaled(z, T), m)

at_temperature = (
    derive("temperature.at_temperature", "softmax at a temperature", at_T_m)
    .by(unfold, probability, using=m_in_range, because="this is the definition of softmax")
    .by(unfold, scaled, because="the logits are divided by the temperature")
)

log_odds = (
    derive("temperature.log_odds", "log odds of two classes at a temperature",
           log(at_T_m / probability(scaled(z, T), l)))
    .by(log_of_quotient, using=(l_in_range, m_in_range), because="both probabilities are positive")
    .by(cite, log_probability, {z: scaled(z, T)}, {z: scaled(z, T), m: l},
        because="a log-probability is a logit minus log-sum-exp, which cancels")
    .by(unfold, scaled, because="the logits are divided by the temperature")
    .by(factor_out, 1 / T, because="both terms have this factor")
)

# --- Logits and temperature together ---
multiplied = define("temperature.multiplied", "logits times an inverse temperature", "z′", (z, β, k), β * z[k],
                    meaning="the logits, each multiplied by the number β")
common_factor = (
    derive("temperature.common_factor", "logits and temperature multiplied by one number",
           probability(scaled(multiplied(z, t), t * T), m))
    .by(unfold, probability, using=m_in_range, because="this is the definition of softmax")
    .by(unfold, scaled, because="the logits are divided by the temperature")
    .by(unfold, multiplied, because="the number t stands above and below, and cancels")
    .by(recognise, at_temperature, because="this is softmax of the logits as they were, at the temperature T")
)

of_probabilities = (
    derive("temperature.of_probabilities", "probabilities at another temperature",
           probability(scaled(logits_of(q), T), m))
    .by(unfold, probability, using=(reference_positive, m_in_range), because="this is the definition of softmax")
    .by(unfold, scaled, because="the logits are divided by the temperature")
    .by(unfold, logits_of, because="the logits are the logarithms of the probabilities")
    .by(exponential_of_logarithm, because="the exponential of a multiple of a logarithm is a power")
)

# --- The loss at a temperature ---
loss = (
    derive("temperature.loss", "softmax cross-entropy at a temperature", cross_entropy(y, at_T))
    .by(cite, softmax_loss, {z: scaled(z, T)}, using=labels_sum, because="this is what the loss was found to be")
    .by(unfold, scaled, part=Sum(y[k] * scaled(z, T, k), (k, 1, K)), because="each logit is divided by T")
    .by(factor_out_of_sum, because="the temperature does not depend on k")
)

logit_gradient = (
    derive("temperature.logit_gradient", "slope of a logit divided by a temperature", partial(scaled(z, T, l), z[m]))
    .by(unfold, scaled, using=l_in_range, because="this is its definition")
    .by(linearity_of_derivative, because="the temperature does not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
)

gradient = (
    derive("temperature.gradient", "gradient of the loss in a logit at a temperature", partial(loss.start, z[m]))
    .by(cite, loss, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="neither the labels nor the temperature depend on the logits")
    .by(chain_rule, log_sum_exp_gradient, l, because="the gradient of log-sum-exp is softmax")
    .by(cite, logit_gradient, because="this is how a logit at the temperature moves")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with l = m")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
    .by(factor_out, 1 / T, because="both terms have this factor")
)

jacobian = (
    derive("temperature.jacobian", "Jacobian of softmax at a temperature", partial(at_T_m, z[l]))
    .by(chain_rule, softmax_jacobian, k, using=(l_in_range, m_in_range), because="this is the Jacobian of softmax")
    .by(cite, logit_gradient, {l: k, m: l}, because="this is how a logit at the temperature moves")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = l")
)

hessian = (
    derive("temperature.hessian", "Hessian of the loss in the logits at a temperature", partial(loss.start, z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the temperature does not depend on the logits")
    .by(linearity_of_derivative, because="and neither do the labels")
    .by(cite, jacobian, because="this is how a probability moves")
)

# --- The slope of the loss in the temperature ---
scaled_slope = (
    derive("temperature.scaled_slope", "how a logit falls as the temperature rises", partial(scaled(z, T, k), T))
    .by(unfold, scaled, using=k_in_range, because="this is its definition")
    .by(linearity_of_derivative, because="the logits do not depend on the temperature")
    .by(derivative_of_power, because="the derivative of 1 over a number is minus 1 over its square")
    .by(derivative_of_coordinate, because="the temperature is the variable itself")
)

mean_logit = define(
    "temperature.mean_logit", "mean of the logits", "z̄", (z, q), Sum(q[k] * z[k], (k, 1, K)), shown=(q,),
    meaning="the mean of the logits z, for classes drawn with the probabilities q", meant_for=(reference_sums,))

slope = (
    derive("temperature.slope", "slope of the loss in the temperature", partial(loss.start, T))
    .by(cite, loss, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="neither the labels nor the logits depend on the temperature")
    .by(chain_rule, log_sum_exp_gradient, k, because="the gradient of log-sum-exp is softmax")
    .by(cite, scaled_slope, because="this is how a logit at the temperature moves")
    .by(factor_out_of_sum, because="the temperature does not depend on k")
    .by(derivative_of_power, because="the derivative of 1 over a number is minus 1 over its square")
    .by(derivative_of_coordinate, because="the temperature is the variable itself")
    .by(fold, mean_logit, z, y, because="one sum is the mean of the logits under the label")
    .by(fold, mean_logit, z, at_T, because="the other is their mean under the model")
    .by(factor_out, 1 / T**2, because="both terms have this factor")
)

hotter_is_not_worse = Counterexample(
    "temperature.hotter_is_not_worse", "a temperature above 1 need not make the loss larger",
    claim=Lt(cross_entropy(y, probability(z)), cross_entropy(y, at_T), evaluate=False),
    values={K: 2, z: (Integer(2), Integer(0)), y: (Integer(0), Integer(1)), T: Integer(2)},
    meaning="the model is confident and wrong; a higher temperature makes it less confident")

# --- Entropy and temperature ---
probability_slope = (
    derive("temperature.probability_slope", "slope of a probability in the temperature", partial(at_T_m, T))
    .by(chain_rule, softmax_jacobian, k, using=m_in_range, because="this is the Jacobian of softmax")
    .by(cite, scaled_slope, because="this is how a logit at the temperature moves")
    .by(factor_out_of_sum, because="neither the probability of class m nor the temperature depends on k")
    .by(distribute, KroneckerDelta(k, m), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
    .by(fold, mean_logit, z, at_T, because="the sum is the mean of the logits under the model")
)

deviation = z[k] - mean_logit(z, q)
variance = define(
    "temperature.variance", "variance of the class logits", "Var", (z, q), Sum(q[k] * deviation**2, (k, 1, K)),
    shown=(q,),
    meaning="the mean squared distance of the logits z from their mean, for classes drawn with the probabilities q",
    meant_for=(reference_sums,))
product_form = (
    derive("temperature.product_form", "variance as a mean of products", Sum(q[k] * z[k] * deviation, (k, 1, K)))
    .by(regroup, z[k] * deviation, deviation**2 + mean_logit(z, q) * deviation, because="multiplied out, they agree")
    .by(distribute, deviation**2, because="multiply out the bracket that has the square")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(fold, variance, z, q, because="the sum of the squares is the variance")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(distribute, z[k], because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(by_hypothesis, reference_sums, because="the probabilities sum to 1")
    .by(fold, mean_logit, z, q, because="deviations from a mean have the mean 0")
)

mean_slope = (
    derive("temperature.mean_slope", "slope of the mean logit in the temperature", partial(mean_logit(z, at_T), T))
    .by(unfold, mean_logit, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite")
    .by(linearity_of_derivative, because="the logits do not depend on the temperature")
    .by(cite, probability_slope, {m: k}, because="this is how a probability moves")
    .by(factor_out_of_sum, because="the temperature does not depend on k")
    .by(cite, product_form, {q: at_T}, implied=reference_sums, because="this is the variance of the logits")
)

entropy_slope = (
    derive("temperature.entropy_slope", "slope of the entropy in the temperature", partial(entropy(at_T), T))
    .by(cite, entropy_identity, {z: scaled(z, T)}, because="this is what the entropy of softmax was found to be")
    .by(unfold, scaled, part=Sum(at_T_k * scaled(z, T, k), (k, 1, K)), because="each logit is divided by T")
    .by(factor_out_of_sum, because="the temperature does not depend on k")
    .by(fold, mean_logit, z, at_T, because="the sum is the mean of the logits under the model")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(chain_rule, log_sum_exp_gradient, k, because="the gradient of log-sum-exp is softmax")
    .by(cite, scaled_slope, because="this is how a logit at the temperature moves")
    .by(factor_out_of_sum, because="the temperature does not depend on k")
    .by(fold, mean_logit, z, at_T, because="the sum is the mean of the logits under the model")
    .by(derivative_of_product, because="both 1 over the temperature and the mean depend on it")
    .by(derivative_of_power, because="the derivative of 1 over a number is minus 1 over its square")
    .by(derivative_of_coordinate, because="the temperature is the variable itself, and two terms cancel")
    .by(cite, mean_slope, because="the mean falls by the variance over the square of the temperature")
)

entropy_rises = (
    derive("temperature.entropy_rises", "entropy slope in the temperature is at least 0", partial(entropy(at_T), T))
    .by(cite, entropy_slope, because="this is what the slope was found to be")
    .by(unfold, variance, because="this is its definition")
    .by(drop_what_is_not_negative, Sum(at_T_k * (z[k] - mean_logit(z, at_T)) ** 2, (k, 1, K)),
        because="a sum of squares, with weights that are probabilities, is not negative")
)

# --- Distillation ---
student, teacher = at_T, probability(scaled(v, T))
divergence = kl_divergence(teacher, student)
divergence_gradient = (
    derive("temperature.divergence_gradient", "gradient of a divergence at a temperature", partial(divergence, z[m]))
    .by(recognise, excess, {y: teacher, p: student}, implied=positive_where_labelled,
        because="a divergence is cross-entropy less entropy")
    .by(linearity_of_derivative, because="the entropy of the teacher does not depend on the student")
    .by(cite, gradient, {y: teacher}, using=m_in_range, implied=labels_sum, because="this is the gradient of the loss")
)

distillation = define(
    "temperature.distillation", "distillation loss", "D", (v, z, T), T**2 * divergence,
    meaning="T² times the divergence, at the temperature T, of a student with the logits z from a teacher with v")

distillation_gradient = (
    derive("temperature.distillation_gradient", "gradient of the distillation loss",
           partial(distillation(v, z, T), z[m]))
    .by(unfold, distillation, because="this is its definition")
    .by(linearity_of_derivative, because="the temperature does not depend on the student")
    .by(cite, divergence_gradient, using=m_in_range, because="this is the gradient of the divergence; one T cancels")
)

distillation_hessian = (
    derive("temperature.distillation_hessian", "Hessian of the distillation loss in the logits",
           partial(distillation(v, z, T), z[m], z[l]))
    .by(cite, distillation_gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the temperature does not depend on the student")
    .by(linearity_of_derivative, because="and neither does the teacher")
    .by(cite, jacobian, because="this is how a probability moves; the temperature cancels")
)

missing_factor = Counterexample(
    "temperature.missing_factor", "distillation without its factor has a smaller gradient",
    claim=equation(partial(divergence, z[m]), T * (at_T_m - probability(scaled(v, T), m))),
    values={K: 2, z: (Integer(0), Integer(0)), v: (Integer(1), Integer(0)), T: Integer(2), m: 1},
    meaning="at the temperature 2 it is a quarter of what it should be")

at_β = probability(multiplied(z, β))
multiplied_slope = (
    derive("temperature.multiplied_slope", "slope of a logit in the inverse temperature",
           partial(multiplied(z, β, k), β))
    .by(unfold, multiplied, using=k_in_range, because="this is its definition")
    .by(linearity_of_derivative, because="the logits do not depend on β")
    .by(derivative_of_coordinate, because="β is the variable itself")
)

inverse_probability_slope = (
    derive("temperature.inverse_probability_slope", "slope of a probability in the inverse temperature",
           partial(probability(multiplied(z, β), m), β))
    .by(chain_rule, softmax_jacobian, k, using=m_in_range, because="this is the Jacobian of softmax")
    .by(cite, multiplied_slope, because="this is how a logit moves with β")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(distribute, KroneckerDelta(k, m), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
    .by(fold, mean_logit, z, at_β, because="the sum is the mean of the logits under the model")
)

infinite = Hypothesis("inverse temperature 0", "the inverse temperature is 0", equation(β, 0))
hot_slope = (
    inverse_probability_slope.renamed("temperature.hot_slope", "slope of a probability at the inverse temperature 0")
    .by(unfold, mean_logit, because="this is its definition")
    .by(unfold, probability, because="this is the definition of softmax")
    .by(unfold, multiplied, because="the logits are multiplied by β")
    .by(by_hypothesis, infinite, because="β is 0, so every exponential is 1")
    .by(sum_of_constant, because="K equal terms")
    .by(factor_out_of_sum, because="K does not depend on k")
)

large_temperature = Theorem(
    "temperature.large_temperature", "distillation at a large temperature compares logits",
    says="As T grows, the gradient of the distillation loss in the logit of class m tends to 1/K times the "
         "difference of two deviations: that of the student's logit from the mean of the student's logits, "
         "less that of the teacher's logit from the mean of the teacher's.",
    source="hinton_vinyals_dean_2015", evidence=(distillation_gradient, hot_slope))
