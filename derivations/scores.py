"""Brier score and honest reports: which losses are, on average, smallest at the truth, and how cross-entropy compares.

The Brier score, a sum of squares, has the squared distance from the truth as its excess, so it is smallest at the truth
and nowhere else. The surprisal is smallest there too, by Gibbs' inequality; absolute error is not. Cross-entropy is at
least the Brier score of a hard label, and at least one bit for each class that is named wrongly.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import And, Ge, Integer, Interval, KroneckerDelta, Le, Rational, Sum, exp, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy, minimum, positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, regroup, vanishing_square
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_exponential,
                                       derivative_of_logarithm, derivative_of_power, differentiate_sum,
                                       linearity_of_derivative)
from .engine.rules.inequalities import (bounded_above, bounded_below, drop_what_is_not_negative,
                                        drop_what_is_not_positive, keep_one_term, log_below_tangent,
                                        minus_log_above_tangent)
from .engine.rules.logarithms import exponential_of_logarithm, log_of_power, log_relative_to
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, take_out_term, write_out
from .engine.terms import equation, member, partial
from .notation import (K, c, c_in_range, floor as ε, k, l, label, m, m_in_range, model_positive, model_sums, p,
                       probability as report, q, reference_sums, supposed, y, z)
from .soft_labels import expectation as mean_surprisal, hard_loss
from .softmax import jacobian, probability
from .two_classes import one_label, two

# --- The Brier score ---
one_report = supposed("two probabilities", And(equation(p[1], report), equation(p[2], 1 - report)))
brier = define(
    "scores.brier", "Brier score", "B", (y, p), Sum((p[k] - y[k]) ** 2, (k, 1, K)),
    meaning="the sum over all classes of the squared differences between probability and label",
)

of_hard_label = (
    derive("scores.of_hard_label", "Brier score of a hard label", brier(one_hot_label(c), p))
    .by(unfold, brier, using=c_in_range, because="this is its definition")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(regroup, (p[k] - KroneckerDelta(k, c)) ** 2,
        p[k] ** 2 - 2 * p[k] * KroneckerDelta(k, c) + KroneckerDelta(k, c) ** 2, because="multiply out the square")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = c")
)

squares = (
    derive("scores.squares", "squared distance of a report from the truth",
           Sum((p[k] - q[k]) ** 2, (k, 1, K)) - Sum(q[k] ** 2, (k, 1, K)))
    .by(regroup, (p[k] - q[k]) ** 2, p[k] ** 2 - 2 * p[k] * q[k] + q[k] ** 2, because="multiply out the square")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums; one cancels")
)

brier_mean = (
    derive("scores.brier_mean", "mean Brier score of a report", Sum(q[c] * brier(one_hot_label(c), p), (c, 1, K)))
    .by(cite, of_hard_label, {c: c}, because="this is the score of one class")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the sum of squares does not depend on the class that was drawn")
    .by(by_hypothesis, reference_sums, because="the true probabilities sum to 1")
    .by(recognise, squares, because="the squared distance from the truth, less the sum of its squares")
)

brier_least = (
    derive("scores.brier_least", "least mean Brier score", brier_mean.start)
    .by(cite, brier_mean, because="this is what the mean was found to be")
    .by(drop_what_is_not_negative, Sum((p[k] - q[k]) ** 2, (k, 1, K)), because="a sum of squares is not negative")
)

no_distance = Hypothesis("the least mean score", "the squared distance of the report from the truth is 0",
                         equation(Sum((p[k] - q[k]) ** 2, (k, 1, K)), 0))

brier_only_at_truth = (
    derive("scores.brier_only_at_truth", "only the truth has the least mean Brier score", p[m] - q[m])
    .by(vanishing_square, no_distance, p[k] - q[k], {k: m}, using=m_in_range,
        because="a sum of squares is 0 only if each of them is")
)

brier_gradient = (
    derive("scores.brier_gradient", "gradient of the Brier score in a logit", partial(brier(y, probability(z)), z[m]))
    .by(unfold, brier, because="this is its definition")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_power, because="the chain rule for a square")
    .by(linearity_of_derivative, because="the labels do not depend on the logits")
    .by(cite, jacobian, {m: k, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
    .by(distribute, KroneckerDelta(k, m), because="multiply out the bracket of the Jacobian")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = m")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
)

two_outcomes = (
    derive("scores.two_outcomes", "Brier score of two classes", brier(y, p))
    .by(unfold, brier, because="this is its definition")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, one_label, because="two labels sum to 1")
    .by(by_hypothesis, one_report, because="and so do two probabilities")
    .by(regroup, (label - report) ** 2, (report - label) ** 2, because="both squares are the same")
)

not_local = Counterexample(
    "scores.not_local", "the Brier score does not look at the true class alone",
    claim=equation(brier(y, p), brier(y, q)),
    values={K: 3, y: (Integer(1), Integer(0), Integer(0)), p: (Rational(1, 2), Rational(1, 2), Integer(0)),
            q: (Rational(1, 2), Rational(1, 4), Rational(1, 4))},
    meaning="both give the true class the same probability, so cross-entropy is the same; the Brier score is not",
)

# --- Cross-entropy asks for the truth ---
log_proper = (
    derive("scores.log_proper", "mean surprisal of a report is least at the truth",
           Sum(q[c] * cross_entropy(one_hot_label(c), p), (c, 1, K)))
    .by(cite, mean_surprisal, {y: q}, using=model_positive, because="a mean of surprisals is a cross-entropy")
    .by(bounded_below, minimum, using=(reference_sums, model_sums), implied=positive_where_seen,
        because="a cross-entropy is at least the entropy of its reference (Gibbs' inequality)")
)

locality = Theorem(
    "scores.locality", "the logarithm is the only local score",
    "Take three or more classes, and a smooth score that looks only at the probability of the class that occurred. "
    "If its mean is least at the true probabilities and nowhere else, it is the surprisal times a positive number, "
    "plus something that does not depend on the report.",
    "bernardo_1979",
    conditions=(Hypothesis("three or more classes", "there are at least 3 classes", Ge(K, 3)),),
    evidence=(log_proper,),
)

# --- Absolute error does not ---
mean_absolute = define(
    "scores.mean_absolute", "mean absolute error of a report", "D", (label, report),
    label * (1 - report) + (1 - label) * report,
    meaning="the mean absolute error of a model that reports p for an outcome whose true probability is y",
)

absolute_slope = (
    derive("scores.absolute_slope", "slope of the mean absolute error in the report",
           partial(mean_absolute(label, report), report))
    .by(unfold, mean_absolute, because="this is its definition")
    .by(linearity_of_derivative, because="the true probability does not depend on the report")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="the report is the variable itself")
)

absolute_improper = Counterexample(
    "scores.absolute_improper", "absolute error is not smallest at the true probability",
    claim=Le(mean_absolute(label, label), mean_absolute(label, report), evaluate=False),
    values={label: Rational(4, 5), report: Integer(1)},
    meaning="the outcome has the probability 0.8, and a model that is certain of it has the smaller mean error",
)

# --- Between cross-entropy and absolute error ---
possible = supposed("positive probability", member(report, Interval.Lopen(0, 1)))
generalized = define(
    "scores.generalized", "generalized cross-entropy", "L", (report, ε), (1 - report**ε) / ε,
    meaning="a loss of the probability p of the true class, between its surprisal and what p lacks of 1",
)

as_exponential = (
    derive("scores.as_exponential", "a power of a probability as an exponential", exp(ε * log(report)))
    .by(exponential_of_logarithm, using=possible, because="the probability is positive")
)

generalized_slope = (
    derive("scores.generalized_slope", "slope of generalized cross-entropy in the probability",
           partial(generalized(report, ε), report))
    .by(unfold, generalized, using=possible, because="this is its definition")
    .by(linearity_of_derivative, because="ε is a constant")
    .by(linearity_of_derivative, because="and so is 1")
    .by(recognise, as_exponential, because="a power is an exponential")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(linearity_of_derivative, because="ε is a constant")
    .by(derivative_of_logarithm, because="the probability is positive")
    .by(derivative_of_coordinate, because="the probability is the variable itself")
    .by(exponential_of_logarithm, because="the exponential is the power again")
)

generalized_gradient = (
    derive("scores.generalized_gradient", "gradient of generalized cross-entropy in a logit",
           partial(generalized(probability(z, c), ε), z[m]))
    .by(chain_rule, generalized_slope, using=c_in_range, implied=possible,
        because="the loss depends on the logits through one probability, which is positive")
    .by(cite, jacobian, {m: c, l: m}, using=m_in_range, because="this is the Jacobian of softmax")
)

power = (
    derive("scores.power", "surprisal by a power", -log(report**ε) / ε)
    .by(log_of_power, using=possible, because="the logarithm of a power is a multiple")
)

generalized_below = (
    derive("scores.generalized_below", "surprisal is at least generalized cross-entropy", -log(report))
    .by(recognise, power, because="a surprisal is a multiple of that of a power")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
    .by(distribute, because="multiply out the bracket")
    .by(regroup, 1 / ε - report**ε / ε, (1 - report**ε) / ε, because="both terms have the denominator ε")
    .by(fold, generalized, report, ε, because="this is generalized cross-entropy")
)

inverse_power = (
    derive("scores.inverse_power", "surprisal by an inverse power", log(report ** (-ε)) / ε)
    .by(log_of_power, using=possible, because="the logarithm of a power is a multiple")
)

generalized_above = (
    derive("scores.generalized_above", "surprisal times a power is at most generalized cross-entropy",
           -(report**ε) * log(report))
    .by(recognise, inverse_power, because="a surprisal is a multiple of the logarithm of an inverse power")
    .by(log_below_tangent, because="a logarithm is at most its tangent at 1")
    .by(distribute, because="multiply out the bracket; a power and its inverse cancel")
    .by(regroup, 1 / ε - report**ε / ε, (1 - report**ε) / ε, because="both terms have the denominator ε")
    .by(fold, generalized, report, ε, because="this is generalized cross-entropy")
)

generalized_at_one = (
    derive("scores.generalized_at_one", "generalized cross-entropy with exponent 1", generalized(report, 1))
    .by(unfold, generalized, because="this is its definition")
)

of_report = label * generalized(report, ε) + (1 - label) * generalized(1 - report, ε)
generalized_improper = Counterexample(
    "scores.generalized_improper", "generalized cross-entropy is not smallest at the truth",
    claim=Le(of_report.subs(report, label), of_report, evaluate=False),
    values={label: Rational(4, 5), report: Rational(94, 100), ε: Rational(1, 2)},
    meaning="the outcome has the probability 0.8, and a model that says 0.94 has the smaller mean loss",
)

# --- Cross-entropy bounds other losses ---
root = report ** Rational(1, 4)

fourth_root = (
    derive("scores.fourth_root", "surprisal by a fourth root", -4 * log(report ** Rational(1, 4)))
    .by(log_of_power, using=possible, because="the logarithm of a power is a multiple")
)

above_square = (
    derive("scores.above_square", "surprisal is at least twice the square of what 1 lacks", -log(report))
    .by(recognise, fourth_root, because="a surprisal is four times that of the fourth root")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
    .by(regroup, 4 - 4 * root, 2 * (1 - report) ** 2
        + 2 * (1 - root) * (2 - (1 - root) * (1 + root + root**2 + root**3) ** 2), because="multiplied out, they agree")
    .by(drop_what_is_not_negative, 2 * (1 - root) * (2 - (1 - root) * (1 + root + root**2 + root**3) ** 2),
        because="for a number between 0 and 1 the product in the bracket is less than 2")
)

others = 1 - KroneckerDelta(c, k)
brier_bound = (
    derive("scores.brier_bound", "Brier score of a hard label is at most twice a square", brier(one_hot_label(c), p))
    .by(unfold, brier, using=c_in_range, because="this is its definition")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(take_out_term, k, c, because="the class c apart from the others")
    .by(regroup, others * (p[k] - KroneckerDelta(c, k)) ** 2, others * p[k] ** 2,
        because="the delta is 0 for every other class")
    .by(regroup, p[k] ** 2, p[k] * (1 - p[c]) - p[k] * (1 - p[c] - p[k]), because="multiplied out, they agree")
    .by(distribute, p[k] * (1 - p[c]), because="multiply out the bracket")
    .by(drop_what_is_not_positive, -p[k] * others * (1 - p[c] - p[k]), using=model_sums,
        because="two probabilities of different classes sum to at most 1")
    .by(factor_out_of_sum, because="the probability of the class c does not depend on k")
    .by(distribute, -KroneckerDelta(c, k), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(by_hypothesis, model_sums, because="the probabilities sum to 1")
    .by(sift_kronecker_delta, because="exactly one class survives where there is a delta, the one with k = c")
    .by(regroup, (p[c] - 1) ** 2, (1 - p[c]) ** 2, because="both squares are the same")
)

brier_below = (
    derive("scores.brier_below", "cross-entropy of a hard label is at least its Brier score",
           cross_entropy(one_hot_label(c), p))
    .by(cite, hard_loss, using=(c_in_range, model_positive), because="the loss of a one-hot label is a surprisal")
    .by(bounded_below, above_square, {report: p[c]}, implied=possible,
        because="surprisal is at least twice the square of what 1 lacks")
    .by(bounded_below, brier_bound, using=model_sums,
        because="and that is at least the Brier score")
)

pair_in_sum = (
    derive("scores.pair_in_sum", "a sum of probabilities is at least two of them", Sum(p[k], (k, 1, K)))
    .by(take_out_term, k, c, using=c_in_range, because="the class c apart from the others")
    .by(keep_one_term, k, m, using=m_in_range, because="no probability is negative")
)

pair = (
    derive("scores.pair", "probabilities of two classes sum to at most 1", p[c] + (1 - KroneckerDelta(c, m)) * p[m])
    .by(bounded_above, pair_in_sum, using=(c_in_range, m_in_range),
        because="they are two terms of the sum")
    .by(by_hypothesis, model_sums, because="which is 1")
)

one_bit = (
    derive("scores.one_bit", "surprisal of the true class if another is more probable", -log(p[c]))
    .by(log_relative_to, p[c], Rational(1, 2), using=(model_positive, c_in_range),
        because="compare the probability with one half")
    .by(minus_log_above_tangent, 2, because="a logarithm is at most its tangent at 1")
    .by(bounded_below, pair, using=(m_in_range, model_sums),
        because="two probabilities of different classes sum to at most 1")
)
