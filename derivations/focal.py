"""Focal loss and z-loss: what is put in the place of cross-entropy, or added to it, when a model is trained.

Focal loss is the surprisal of the true class times (1 - p)^gamma: at most cross-entropy, with its gradient in the
logits, not convex, and smallest at a report that is not the true probability. Which probability is the true one can be
told from the report, for two classes and for more. The z-loss is a penalty on log-sum-exp, which leaves one choice
among the logits that differ by a shift.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Ge, Integer, Interval, KroneckerDelta, Le, Rational, Sum, exp, log

from . import sigmoid as of_one_logit
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, common_denominator, distribute, extend_fraction, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_logarithm,
                                       derivative_of_power, derivative_of_product, differentiate_sum,
                                       linearity_of_derivative)
from .engine.rules.inequalities import drop_what_is_not_negative, drop_what_is_not_positive
from .engine.rules.logarithms import exponential_of_logarithm
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, member, partial
from .notation import (K, c, c_in_range, focus as γ, k, k_in_range, l, l_in_range, label, labels_sum, logit, m,
                       m_in_range, p, penalty as λ, positive_weight as ω, probability as report, q, several_classes,
                       supposed, y, z)
from .sigmoid import probability as sigmoid_probability, sigmoid
from .softmax import gradient as softmax_gradient, jacobian, log_sum_exp, log_sum_exp_gradient
from .softmax import probabilities_sum, probability

# --- Focal loss ---
focal_loss = define(
    "focal.focal_loss", "focal loss", "F", (report, γ), -((1 - report) ** γ) * log(report),
    meaning="the surprisal of the true class, of probability p, times 1 − p to the power γ",
)

inside = supposed("probability between 0 and 1", member(report, Interval.open(0, 1)))

without_focus = (
    derive("focal.without_focus", "focal loss without focus is a surprisal", focal_loss(report, 0))
    .by(unfold, focal_loss, using=inside, because="this is its definition, and a power with exponent 0 is 1")
)

nonnegative = (
    derive("focal.nonnegative", "focal loss is at least 0", focal_loss(report, γ))
    .by(unfold, focal_loss, using=inside, because="this is its definition")
    .by(drop_what_is_not_negative, -((1 - report) ** γ) * log(report), because="the logarithm of a probability is at "
        "most 0, and a power of a positive number is positive")
)

upper_bound = (
    derive("focal.upper_bound", "focal loss is at most cross-entropy", focal_loss(report, γ))
    .by(unfold, focal_loss, using=inside, because="this is its definition")
    .by(regroup, -((1 - report) ** γ) * log(report), (1 - (1 - report) ** γ) * log(report) - log(report),
        because="add the surprisal and take it away")
    .by(drop_what_is_not_positive, (1 - (1 - report) ** γ) * log(report),
        because="a power of a number below 1 is at most 1, and the logarithm of a probability is at most 0")
)

from_weighted = (
    derive("focal.from_weighted", "the exponential of a weighted loss is a power", exp(ω * log(report)))
    .by(exponential_of_logarithm, using=inside, because="the exponential undoes the logarithm, which has a factor")
)

not_from_weighted = Counterexample(
    "focal.not_from_weighted", "focal loss of the exponential of a weighted loss",
    equation(ω * focal_loss(report, γ), -ω * (1 - exp(ω * log(report))) ** γ * log(report)),
    values={report: Rational(1, 2), ω: Integer(4), γ: Integer(2)},
    meaning="what comes back from the loss with its weight is a power of the probability, not the probability")

# --- The gradient of focal loss ---
fall = define(
    "focal.fall", "how steeply focal loss falls", "s", (report, γ),
    (1 - report) ** γ * (γ * log(report) / (1 - report) - 1 / report),
    meaning="the slope of focal loss in the probability p of the true class, a negative number",
)

power_below = (
    derive("focal.power_below", "a power as an exponential", exp((γ - 1) * log(1 - report)))
    .by(exponential_of_logarithm, using=inside, because="1 minus the probability is positive")
)

one_less = (
    derive("focal.one_less", "a power with one less in the exponent", (1 - report) ** (γ - 1))
    .by(recognise, power_below, because="this is an exponential")
    .by(distribute, because="multiply out the exponent; the exponential undoes one of the logarithms")
    .by(exponential_of_logarithm, because="1 minus the probability is positive")
)

slope = (
    derive("focal.slope", "slope of focal loss in the probability", partial(focal_loss(report, γ), report))
    .by(unfold, focal_loss, using=inside, because="this is its definition")
    .by(linearity_of_derivative, because="the minus is a constant")
    .by(derivative_of_product, because="the power and the logarithm both depend on the probability")
    .by(derivative_of_power, because="1 minus the probability is positive")
    .by(cite, one_less, because="one less in the exponent divides by the base")
    .by(derivative_of_logarithm, because="the probability is positive")
    .by(linearity_of_derivative, because="1 and γ are constants")
    .by(derivative_of_coordinate, because="the probability is the variable itself")
    .by(factor_out, (1 - report) ** γ, because="both terms have this power")
    .by(fold, fall, report, γ, because="this is how steeply focal loss falls")
)

p_c = probability(z, c)
gradient = (
    derive("focal.gradient", "gradient of focal loss in a logit", partial(focal_loss(p_c, γ), z[m]))
    .by(chain_rule, slope, using=(several_classes, c_in_range), implied=inside,
        because="focal loss depends on the logits through one probability, which is below 1 if there is another class")
    .by(cite, jacobian, {m: c, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
    .by(unfold, fall, because="this is how steeply focal loss falls")
    .by(regroup, p_c * (γ * log(p_c) / (1 - p_c) - 1 / p_c), γ * p_c * log(p_c) / (1 - p_c) - 1,
        because="multiply the probability of the true class into the bracket")
)

at_logit = sigmoid_probability(logit)
one_logit = (
    derive("focal.one_logit", "slope of focal loss in the logit of two classes",
           partial(focal_loss(sigmoid(logit), γ), logit))
    .by(chain_rule, slope, implied=inside, because="focal loss depends on the logit through the probability")
    .by(cite, of_one_logit.derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(unfold, fall, because="this is how steeply focal loss falls")
    .by(fold, sigmoid_probability, logit, because="the sigmoid of the logit is the model's probability")
    .by(common_denominator, because="neither the probability nor 1 minus it is 0; the denominator cancels")
)

other_label = (
    derive("focal.other_label", "slope of focal loss in the logit for the label 0",
           partial(focal_loss(sigmoid(-logit), γ), logit))
    .by(chain_rule, slope, implied=inside, because="the label 0 has the probability that the sigmoid has at minus z")
    .by(chain_rule, of_one_logit.derivative, because="this is the derivative of the sigmoid")
    .by(linearity_of_derivative, because="minus 1 is a constant")
    .by(derivative_of_coordinate, because="the logit is the variable itself")
    .by(unfold, fall, because="this is how steeply focal loss falls")
    .by(common_denominator, because="neither the probability nor 1 minus it is 0; the denominator cancels")
    .by(cite, of_one_logit.symmetry, because="the sigmoid of minus z is 1 minus the sigmoid of z")
    .by(fold, sigmoid_probability, logit, because="the sigmoid of the logit is the probability of the label 1")
    .by(regroup, -(at_logit**γ) * (γ * (1 - at_logit) * log(1 - at_logit) - at_logit),
        at_logit**γ * (at_logit - γ * (1 - at_logit) * log(1 - at_logit)), because="turn both signs round")
)

p_q = at_logit * (1 - at_logit)
unsorted_curvature = ((1 - at_logit) ** γ * (p_q + γ * (p_q + p_q * log(at_logit)))
                      - γ * at_logit * (1 - at_logit) ** γ * (at_logit + γ * at_logit * log(at_logit) - 1))

curvature = (
    derive("focal.curvature", "second derivative of focal loss in the logit of two classes",
           partial(focal_loss(sigmoid(logit), γ), logit, logit))
    .by(cite, one_logit, because="this is what the slope was found to be")
    .by(unfold, sigmoid_probability, because="the model's probability is the sigmoid of the logit")
    .by(derivative_of_product, because="the power and the bracket both depend on the logit")
    .by(derivative_of_power, because="1 minus a sigmoid is positive")
    .by(cite, one_less, {report: sigmoid(logit)}, implied=inside,
        because="one less in the exponent divides by the base")
    .by(linearity_of_derivative, because="γ and 1 are constants")
    .by(derivative_of_product, because="the probability and its logarithm both depend on the logit")
    .by(derivative_of_logarithm, because="a sigmoid is positive")
    .by(cite, of_one_logit.derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(fold, sigmoid_probability, logit, because="the sigmoid of the logit is the model's probability")
    .by(regroup, unsorted_curvature,
        at_logit * (1 - at_logit) ** γ
        * ((1 - at_logit) * (1 + 2 * γ + γ * log(at_logit)) - γ**2 * at_logit * log(at_logit)),
        because="multiplied out, they agree")
)

not_convex = Counterexample(
    "focal.not_convex", "focal loss is not convex in the logit",
    claim=Ge(partial(focal_loss(sigmoid(logit), γ), logit, logit), 0, evaluate=False),
    values={logit: Integer(-5), γ: Integer(2)},
    meaning="the model is sure of the wrong class; there the curve bends down, as it never does with γ = 0",
)

# --- Focal loss does not ask for the truth ---
mean_focal = define(
    "focal.mean_focal", "mean focal loss of a report", "G", (label, report, γ),
    label * focal_loss(report, γ) + (1 - label) * focal_loss(1 - report, γ),
    meaning="the mean focal loss of a model that reports p for an outcome whose true probability is y",
)

mean_slope = (
    derive("focal.mean_slope", "slope of the mean focal loss in the report",
           partial(mean_focal(label, report, γ), report))
    .by(unfold, mean_focal, using=inside, because="this is its definition")
    .by(linearity_of_derivative, because="the true probability does not depend on the report")
    .by(chain_rule, slope, because="this is how steeply focal loss falls")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="the report is the variable itself")
)

truth = define(
    "focal.truth", "the true probability behind a report", "Y", (report, γ),
    fall(1 - report, γ) / (fall(report, γ) + fall(1 - report, γ)),
    meaning="the true probability for which the report p has no slope in its mean focal loss",
)

here, opposite, behind = fall(report, γ), fall(1 - report, γ), truth(report, γ)
truth_by_quotient = (
    derive("focal.truth_by_quotient", "the truth behind a report, from the quotient of two slopes", behind)
    .by(unfold, truth, using=inside, because="this is its definition")
    .by(extend_fraction, truth.body, 1 / opposite, because="divide above and below by the slope at 1 minus the report")
)
no_slope = (
    derive("focal.no_slope", "slope of the mean focal loss, at the truth behind a report",
           behind * here - (1 - behind) * opposite)
    .by(regroup, behind * here - (1 - behind) * opposite, behind * (here + opposite) - opposite,
        using=inside, because="collect what has the true probability")
    .by(unfold, truth, because="this is its definition; the sum cancels, and so does what is left")
)

improper = Counterexample(
    "focal.improper", "focal loss is not smallest at the true probability",
    claim=Le(mean_focal(label, label, γ), mean_focal(label, report, γ), evaluate=False),
    values={label: Rational(4, 5), report: Rational(627, 1000), γ: Integer(2)},
    meaning="the outcome has the probability 0.8, and a model that says 0.627 has the smaller mean loss",
)

# --- More than two classes ---
of_classes = define(
    "focal.of_classes", "mean focal loss of a report of all classes", "G", (q, p, γ),
    Sum(q[k] * focal_loss(p[k], γ), (k, 1, K)),
    meaning="the mean focal loss of a model that reports the probabilities p for classes whose true ones are q",
)

fall_by_place = (
    derive("focal.fall_by_place", "how focal loss falls with a logit, by place",
           probability(z, k) * fall(probability(z, k), γ) * (KroneckerDelta(k, m) - probability(z, m)))
    .by(unfold, fall, using=(k_in_range, m_in_range, several_classes), because="this is its definition")
    .by(regroup, probability(z, k) * (log(probability(z, k)) * γ / (1 - probability(z, k)) - 1 / probability(z, k)),
        γ * probability(z, k) * log(probability(z, k)) / (1 - probability(z, k)) - 1,
        because="the probability cancels in one of the two terms")
    .by(regroup, KroneckerDelta(k, m) - probability(z, m),
        KroneckerDelta(k, m) * (1 - probability(z, m)) - (1 - KroneckerDelta(k, m)) * probability(z, m),
        because="one of the two parts is 0")
)
classes_gradient = (
    derive("focal.classes_gradient", "gradient of the mean focal loss in a logit",
           partial(of_classes(q, probability(z), γ), z[m]))
    .by(unfold, of_classes, using=several_classes, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the true probabilities do not depend on the logits")
    .by(chain_rule, slope, implied=inside, because="each focal loss depends on the logits through one probability")
    .by(cite, jacobian, {m: k, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
)

truth_of_classes = define(
    "focal.truth_of_classes", "the true probabilities behind a report of all classes", "Q", (p, γ, k),
    1 / fall(p[k], γ) / Sum(1 / fall(p[l], γ), (l, 1, K)),
    meaning="the true probabilities for which no move of the report p has a slope in its mean focal loss",
)
truth_behind = Hypothesis("the truth behind the report", "the true probabilities are those behind the report",
                          equation(q[k], truth_of_classes(probability(z), γ, k)))

best_report_of_classes = (
    derive("focal.best_report_of_classes", "mean focal loss of all classes is flat at its best report",
           partial(of_classes(q, probability(z), γ), z[m]))
    .by(cite, classes_gradient, using=(m_in_range, truth_behind), implied=several_classes,
        because="this is what the gradient was found to be; there is a truth behind a report below 1")
    .by(by_hypothesis, truth_behind, because="the true probabilities are those behind the report")
    .by(unfold, truth_of_classes, because="this is its definition; the slope of each class cancels")
    .by(factor_out_of_sum, because="the sum of the shares does not depend on k")
    .by(distribute, because="multiply out the bracket with the delta")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1, and nothing is left")
)

# --- A penalty on log-sum-exp ---
z_loss = λ * log_sum_exp(z) ** 2
z_gradient = (
    derive("focal.z_gradient", "gradient of the z-loss in a logit", partial(z_loss, z[m]))
    .by(linearity_of_derivative, because="the factor is a constant")
    .by(derivative_of_power, because="the chain rule for a square")
    .by(cite, log_sum_exp_gradient, using=m_in_range, because="the gradient of log-sum-exp is softmax")
)

z_hessian = (
    derive("focal.z_hessian", "Hessian of the z-loss in the logits", partial(z_loss, z[m], z[l]))
    .by(cite, z_gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the factor is a constant")
    .by(derivative_of_product, because="log-sum-exp and the probability both depend on the logits")
    .by(cite, log_sum_exp_gradient, {m: l}, using=l_in_range, because="the gradient of log-sum-exp is softmax")
    .by(cite, jacobian, because="this is the Jacobian of softmax")
)

z_gradient_sum = (
    derive("focal.z_gradient_sum", "sum of the gradient of cross-entropy with a z-loss",
           Sum(partial(cross_entropy(y, probability(z)) + z_loss, z[k]), (k, 1, K)))
    .by(linearity_of_derivative, because="the derivative of a sum is the sum of the derivatives")
    .by(cite, softmax_gradient, {m: k}, using=labels_sum, because="this is the gradient of cross-entropy")
    .by(derivative_of_power, because="the chain rule for a square")
    .by(cite, log_sum_exp_gradient, {m: k}, because="the gradient of log-sum-exp is softmax")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(by_hypothesis, labels_sum, because="and so do the labels")
)
