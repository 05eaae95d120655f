"""Numerics: the same losses in forms that keep their digits, and how the forms that one would write first lose them.

How many labels make a likelihood too small for a computer is a matter of their probabilities. The identities hold for
all real logits. What binary64 makes of them is shown by counterexamples, in which fl is the nearest number of binary64.
A clipped probability gives another loss; a difference quotient checks a derivative.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Interval, KroneckerDelta, Le, Lt, Max, Rational, Sum, Tuple, exp, log, sqrt

from . import categorical, sigmoid, softmax
from .categorical import one_hot_label
from .cross_entropy import cross_entropy, kl_divergence, two_outcomes
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import common_denominator, distribute, factor_out, positive_part, regroup, size_suffices
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_product, linearity_of_derivative
from .engine.rules.inequalities import (at_most, bounded_above, central_difference_above, central_difference_below,
                                        drop_what_is_not_negative, drop_what_is_not_positive, larger_of_two_above)
from .engine.rules.logarithms import (exponential_of_logarithm, log_of_factors, log_of_quotient, log_relative_to,
                                      product_of_exponentials)
from .engine.rules.sums import factor_into_sum, product_of_powers, sum_of_constant, take_out_term
from .engine.nodes import Rounded
from .engine.terms import equation, member, partial
from .likelihood import likelihood_of_the_seen
from .log_sum_exp import hard_loss, none_larger
from .notation import (K, c, c_in_range, floor, i, k, l, l_in_range, label, logit, m, m_in_range, n, p,
                       probability, seen, shift, temperature as T, v, y, z, φ)
from .temperature import distillation as distillation_loss

size, binary = Max(logit, -logit), two_outcomes(label, sigmoid.sigmoid(logit))

# --- Many small factors ---
small_where_seen = Hypothesis("small where seen", "no probability of what was seen is larger than p",
                              Le(p[i, seen[i]], probability), witness=Tuple((p[i, k], probability * φ[1, k])))
not_impossible = Hypothesis("not impossible", "p is positive", member(probability, Interval.Lopen(0, 1)))
enough_labels = Hypothesis("enough labels", "n times the logarithm of p is not larger than that of ε",
                           Le(n * log(probability), log(floor)),
                           witness=Tuple((floor, 1 - label + label * probability**n)))

product_bound = (
    derive("numerics.product_bound", "a likelihood of n labels is at most an n-th power", categorical.likelihood(p))
    .by(cite, likelihood_of_the_seen, because="one probability is left for each observation, that of the class seen")
    .by(at_most, small_where_seen, because="none of these is above p, and none is negative")
    .by(product_of_powers, because="powers of one base multiply by adding their exponents")
    .by(sum_of_constant, because="a sum of n ones is n")
)
power_as_exponential = (
    derive("numerics.power_as_exponential", "a power is an exponential", exp(n * log(probability)))
    .by(exponential_of_logarithm, using=not_impossible, because="the exponential undoes the logarithm")
)
power_bound = (
    derive("numerics.power_bound", "an n-th power below any bound", probability**n)
    .by(recognise, power_as_exponential, using=enough_labels, implied=not_impossible,
        because="a power is the exponential of a multiple of a logarithm; p has one, so it is positive")
    .by(at_most, enough_labels, because="the exponential grows with its exponent, and it undoes the logarithm of ε")
)
underflow_bound = (
    derive("numerics.underflow_bound", "how many labels make a likelihood too small", categorical.likelihood(p))
    .by(bounded_above, product_bound, because="no factor is above p")
    .by(bounded_above, power_bound, because="and there are enough of them")
)

# --- Where the first forms fail ---
rounded_sigmoid = Rounded(1 / Rounded(1 + Rounded(exp(-logit))))
rounded_softplus = log(Rounded(1 + Rounded(exp(logit))))

naive_sigmoid = Counterexample(
    "numerics.naive_sigmoid", "binary cross-entropy through a rounded sigmoid",
    equation(-log(1 - rounded_sigmoid), sigmoid.softplus(logit)), values={logit: Integer(37)},
    given=(Lt(rounded_sigmoid.subs(logit, 36), 1, evaluate=False), Lt(sigmoid.softplus(logit), 38, evaluate=False)),
    meaning="the sigmoid is rounded to 1, and the label 0 gets the probability 0, which has no logarithm: a computer "
            "takes it for minus infinity, and the loss is infinite; at the logit 36 the sigmoid is not yet 1")
naive_exponential = Counterexample(
    "numerics.naive_exponential", "softplus through a rounded exponential",
    equation(rounded_softplus, sigmoid.softplus(logit)),
    values={logit: Integer(710)}, given=(Lt(sigmoid.softplus(logit), 711, evaluate=False),),
    meaning="the exponential is larger than the largest number of binary64 and is rounded to infinity")
naive_logarithm = Counterexample(
    "numerics.naive_logarithm", "softplus through a rounded sum",
    equation(rounded_softplus, sigmoid.softplus(logit)), values={logit: Integer(-37)},
    meaning="1 plus a small exponential is rounded to 1: a positive loss becomes 0, and all its digits are lost")

# --- Softplus that cannot overflow ---
softplus = (
    derive("numerics.softplus", "softplus without a large exponential", sigmoid.softplus(logit))
    .by(unfold, sigmoid.softplus, because="this is its definition")
    .by(regroup, 1 + exp(logit), exp(logit / 2) * (exp(logit / 2) + exp(-logit / 2)),
        because="take out half of the exponential's exponent")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential before the bracket")
    .by(size_suffices, exp(logit / 2) + exp(-logit / 2), logit,
        because="the bracket is the same for z and for −z, so the size of z is enough")
    .by(regroup, exp(size / 2) + exp(-size / 2), exp(size / 2) * (1 + exp(-size)),
        because="take out the larger of the two exponentials")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential before the bracket")
    .by(positive_part, logit, because="half of z and half of its size add up to z or to 0, whichever is larger")
)

binary_cross_entropy = (
    derive("numerics.binary_cross_entropy", "binary cross-entropy without a large exponential", binary)
    .by(cite, sigmoid.cross_entropy, because="this is what the loss was found to be in the logit")
    .by(cite, softplus, because="this is softplus without a large exponential")
)

# --- From both sides ---
sigmoid_two_sided = (
    derive("numerics.sigmoid_two_sided", "the sigmoid without a large exponential", sigmoid.sigmoid(logit))
    .by(cite, sigmoid.exponential_form, because="the sigmoid is one exponential")
    .by(cite, sigmoid.reflection, {logit: -logit}, because="softplus of z is softplus of minus z, plus z; z cancels")
    .by(cite, softplus, {logit: -logit}, because="the exponential undoes the logarithm")
)
complement_two_sided = (
    derive("numerics.complement_two_sided", "one minus the sigmoid without a difference", 1 - sigmoid.sigmoid(logit))
    .by(recognise, sigmoid.symmetry, because="this is the sigmoid of minus z")
    .by(cite, sigmoid_two_sided, {logit: -logit}, because="this is the sigmoid without a large exponential")
)
cross_entropy_two_sided = (
    derive("numerics.cross_entropy_two_sided", "binary cross-entropy without a difference", binary)
    .by(unfold, two_outcomes, because="this is its definition")
    .by(cite, sigmoid.log_probability, because="this is what the log-probability of the label 1 was found to be")
    .by(cite, sigmoid.reflection, {logit: -logit}, because="softplus of z is softplus of minus z, plus z; z cancels")
    .by(cite, sigmoid.log_complement, because="and this is the log-probability of the label 0")
    .by(cite, softplus, {logit: logit}, {logit: -logit}, because="this is softplus without a large exponential")
)
gradient_two_sided = (
    derive("numerics.gradient_two_sided", "gradient of binary cross-entropy, label by label", partial(binary, logit))
    .by(cite, sigmoid.gradient, because="this is what the gradient was found to be")
    .by(regroup, sigmoid.gradient.result,
        (1 - label) * sigmoid.probability(logit) - label * (1 - sigmoid.probability(logit)),
        because="for a hard label one of the two parts is 0")
)

# --- Log-sum-exp that cannot overflow ---
log_sum_exp = (
    derive("numerics.log_sum_exp", "log-sum-exp without overflow: any number taken out", softmax.log_sum_exp(z))
    .by(unfold, softmax.log_sum_exp, because="this is its definition")
    .by(log_relative_to, softmax.log_sum_exp.body.args[0], exp(shift),
        because="compare the sum with the exponential of t; both are positive")
    .by(factor_into_sum, exp(-shift), because="t does not depend on k")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)
terms_at_most_one = (
    derive("numerics.terms_at_most_one", "with the largest logit taken out, no term is large", exp(z[m] - shift))
    .by(at_most, none_larger, {k: m}, using=m_in_range,
        because="the exponential grows with its exponent, which is at most 0")
)
log_softmax = (
    derive("numerics.log_softmax", "log-softmax with any number taken out", log(softmax.probability(z, m)))
    .by(cite, softmax.log_probability, because="this is what log-softmax was found to be")
    .by(cite, log_sum_exp, because="this is log-sum-exp with t taken out")
)

distillation = (
    derive("numerics.distillation", "distillation loss without a quotient", distillation_loss(v, z, T))
    .by(unfold, distillation_loss, because="this is its definition")
    .by(unfold, kl_divergence, because="this is the definition of the divergence")
    .by(log_of_quotient, because="the probabilities of both models are positive")
)

# --- When the model is confident and right ---
confident_cross_entropy = (
    derive("numerics.confident_cross_entropy", "cross-entropy of a confident model",
           cross_entropy(one_hot_label(c), softmax.probability(z)))
    .by(cite, hard_loss, because="this is what the loss of a one-hot label was found to be")
    .by(cite, log_sum_exp, {shift: z[c]}, because="take out the logit of the class that was seen; it cancels")
    .by(take_out_term, k, c, using=c_in_range, because="the term of the class that was seen is the exponential of 0")
)

# --- Beside one logit ---
loss, one, another = cross_entropy(y, softmax.probability(z)), softmax.probability(z, m), softmax.probability(z, l)

others = define("numerics.others", "the other exponentials, beside one logit", "R", (z, m),
                Sum((1 - KroneckerDelta(k, m)) * exp(z[k] - z[m]), (k, 1, K)),
                meaning="the exponentials of the other logits, over that of the logit of class m")
log_sum_exp_beside = (
    derive("numerics.log_sum_exp_beside", "log-sum-exp beside one logit", softmax.log_sum_exp(z))
    .by(cite, log_sum_exp, {shift: z[m]}, using=m_in_range, because="take out the logit of the class m")
    .by(take_out_term, k, m, because="the term of this class is the exponential of 0")
    .by(fold, others, because="these are the others")
)
log_softmax_beside = (
    derive("numerics.log_softmax_beside", "log-softmax beside one logit", log(another))
    .by(cite, softmax.log_probability, {m: l}, using=l_in_range, because="this is what log-softmax was found to be")
    .by(cite, log_sum_exp_beside, because="this is log-sum-exp beside one logit")
)
softmax_beside = (
    derive("numerics.softmax_beside", "softmax beside one logit", another)
    .by(cite, softmax.exponential_form, {m: l}, using=l_in_range, because="softmax is one exponential")
    .by(cite, log_sum_exp_beside, because="the exponential undoes the logarithm")
)
complement_beside = (
    derive("numerics.complement_beside", "one minus softmax beside one logit", 1 - another)
    .by(cite, softmax_beside, because="this is softmax beside one logit")
    .by(common_denominator, because="1 plus positive numbers is not 0")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)
cross_entropy_beside = (
    derive("numerics.cross_entropy_beside", "softmax cross-entropy beside one logit", loss)
    .by(unfold, cross_entropy, because="this is its definition")
    .by(cite, log_softmax_beside, {l: k}, because="this is log-softmax beside one logit")
)
gradient_beside = (
    derive("numerics.gradient_beside", "gradient of softmax cross-entropy beside one logit", partial(loss, z[l]))
    .by(cite, softmax.gradient, {m: l}, using=l_in_range, because="this is what the gradient was found to be")
    .by(regroup, another - y[l], (1 - KroneckerDelta(l, m)) * (another - y[l])
        + KroneckerDelta(l, m) * ((1 - y[l]) * another - y[l] * (1 - another)),
        because="only a probability above one half can be near a label of 1, and only one class has it")
    .by(cite, complement_beside, because="this is one minus softmax beside one logit")
    .by(cite, softmax_beside, because="this is softmax beside one logit")
)
hessian_by_place = (
    derive("numerics.hessian_by_place", "Hessian of softmax cross-entropy, by place", partial(loss, z[m], z[l]))
    .by(cite, softmax.hessian, because="this is what the Hessian was found to be")
    .by(regroup, softmax.hessian.result,
        KroneckerDelta(m, l) * one * (1 - another) - (1 - KroneckerDelta(m, l)) * one * another,
        because="one of the two parts is 0")
)

# --- What clipping does ---
clipping = Counterexample(
    "numerics.clipping", "a clipped probability has another loss",
    equation(-log(Max(probability, floor)), -log(probability)),
    values={probability: Rational(1, 10**9), floor: Rational(1, 10**7)},
    meaning="a probability below the clip is replaced by the clip, "
            "so the worse the prediction, the more of its loss is hidden")
clipped_loss_bound = (
    derive("numerics.clipped_loss_bound", "the largest cross-entropy that a clip lets through",
           -log(Max(probability, floor)))
    .by(larger_of_two_above, floor,
        because="the larger of two numbers is at least the second, and minus the logarithm is decreasing")
)
clipped_gradient = Counterexample(
    "numerics.clipped_gradient", "a clipped probability has no slope",
    equation(partial(-log(Max(probability, floor)), probability), partial(-log(probability), probability)),
    values={probability: Rational(1, 10**9), floor: Rational(1, 10**7)},
    meaning="below the clip the loss is flat: where the model is most wrong, it learns nothing")

# --- Checking a gradient ---
difference_of_a_cubic = (
    derive("numerics.difference_of_a_cubic", "the error of a central difference",
           ((logit + floor)**3 - (logit - floor)**3) / (2 * floor))
    .by(regroup, (logit + floor)**3 - (logit - floor)**3, 6 * logit**2 * floor + 2 * floor**3,
        because="multiply out; the even powers of the step cancel")
    .by(distribute, because="divide both terms; the first is the derivative, the second the error")
)
third_derivative = (
    derive("numerics.third_derivative", "third derivative of softplus",
           partial(sigmoid.softplus(logit), logit, logit, logit))
    .by(cite, sigmoid.softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(cite, sigmoid.derivative, because="this is what the derivative of the sigmoid was found to be")
    .by(derivative_of_product, because="both factors depend on the logit")
    .by(linearity_of_derivative, because="the derivative of 1 is 0")
    .by(cite, sigmoid.derivative, because="this is the derivative of the sigmoid again")
    .by(factor_out, sigmoid.derivative.result, because="both terms have these two factors")
)

p, third, root = sigmoid.sigmoid(logit), third_derivative.result, sqrt(3)
third_upper_bound = (
    third_derivative.renamed("numerics.third_upper_bound", "the third derivative of softplus is at most √3/18")
    .by(regroup, third, root / 18 - 2 * (p - Rational(1, 2) + root / 6) ** 2 * (root / 3 + Rational(1, 2) - p),
        because="multiplied out, both sides are the same")
    .by(drop_what_is_not_positive, -2 * (p - Rational(1, 2) + root / 6) ** 2 * (root / 3 + Rational(1, 2) - p),
        because="a square is not negative, and a sigmoid is below 1")
)
third_lower_bound = (
    third_derivative.renamed("numerics.third_lower_bound", "the third derivative of softplus is at least −√3/18")
    .by(regroup, third, 2 * (p - Rational(1, 2) - root / 6) ** 2 * (p - Rational(1, 2) + root / 3) - root / 18,
        because="multiplied out, both sides are the same")
    .by(drop_what_is_not_negative, 2 * (p - Rational(1, 2) - root / 6) ** 2 * (p - Rational(1, 2) + root / 3),
        because="a square is not negative, and a sigmoid is above 0")
)

difference = (sigmoid.softplus(logit + floor) - sigmoid.softplus(logit - floor)) / (2 * floor)
difference_upper_bound = (
    derive("numerics.difference_upper_bound", "how far a central difference of softplus is above the slope",
           difference)
    .by(central_difference_below, third_upper_bound, floor, because="the third derivative is at most √3/18 everywhere")
    .by(cite, sigmoid.softplus_derivative, because="the derivative of softplus is the sigmoid")
)
difference_lower_bound = (
    derive("numerics.difference_lower_bound", "how far a central difference of softplus is below the slope",
           difference)
    .by(central_difference_above, third_lower_bound, floor,
        because="the third derivative is at least −√3/18 everywhere")
    .by(cite, sigmoid.softplus_derivative, because="the derivative of softplus is the sigmoid")
)

central_difference = Theorem(
    "numerics.central_difference", "the best step of a central difference",
    "The error of a central difference with step h is the sum of two parts: "
    "h² times a sixth of the third derivative at some place within h, because h is not 0, "
    "and about u/h times the size of the function, because its values are rounded to u of their size. "
    "A step near the cube root of u, times the scale on which the function bends, balances them.",
    "press_et_al_2007",
    conditions=(Hypothesis("three derivatives", "the function has three continuous derivatives"),
                Hypothesis("rounded values", "its values are computed to about the rounding unit u")),
    evidence=(difference_of_a_cubic, difference_upper_bound, difference_lower_bound))
