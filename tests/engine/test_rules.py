"""Every rule: applied once, refused once, and true at random points with soft labels."""

import importlib.resources
import inspect
import re
from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given, settings, strategies as st
from sympy import (
    And, Eq, Ge, Integer, KroneckerDelta, Le, Max, Product, Rational, Sum, Symbol, cos, exp, log, sin, sqrt,
)  # fmt: skip

from derivations import numerics, sigmoid
from derivations.checking.balls import Jet
from derivations.checking.compare import REFUTED, VERIFIED, compare
from derivations.checking.points import Point
from derivations.engine import rules
from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis, define
from derivations.engine.nodes import Indicator
from derivations.engine.rules import (
    algebra, definitions, derivatives, functions, indices, inequalities, logarithms, sums,
)  # fmt: skip
from derivations.engine.terms import RuleDoesNotApply, partial
from derivations.notation import K, i, j, k, label, logit, m, n, p, probability, y, z
from derivations.sigmoid import softplus

MODULES = (algebra, definitions, derivatives, functions, indices, inequalities, logarithms, sums)
LABELS_SUM = Hypothesis("labels sum to 1", "the labels sum to 1", Eq(Sum(y[k], (k, 1, K)), 1))
LINEAR = Hypothesis("the line", "the line crosses zero", Eq(3 * probability / label - 6, 0))
TWO = Hypothesis("two", "two labels", And(Eq(y[1], label), Eq(y[2], label)))
WORDS = Hypothesis("words", "only words")
NO_SPREAD = Hypothesis("no spread", "a sum of squares is 0",
                       Eq(Sum(p[k] * (y[k] * probability - 2 * label * y[k]) ** 2, (k, 1, K)), 0))
SQUARE = define("test.square", "square", "S", (label,), label * label)
SUM_OF_LABELS = derive("test.sum", "sum of labels", 2 * Sum(y[i], (i, 1, n))).by(sums.factor_into_sum, because="a test")
SLOPE = derive("test.slope", "slope", partial(label**2, label)).by(derivatives.derivative_of_power, because="a test")
QUARTER = Rational(1, 4) - (label - Rational(1, 2)) ** 2
CERTAIN = Symbol("certain", real=True)
OTHER = Symbol("s", integer=True, positive=True)  # an index that a rule makes
SLOPE_OF_SQUARE = derive("test.slope_of_square", "slope", partial(SQUARE(label), label)).by(
    definitions.unfold, SQUARE, because="a test").by(derivatives.derivative_of_power, because="a test").by(
    derivatives.derivative_of_coordinate, because="a test")  # fmt: skip
HALF = Hypothesis("half", "y is at most half of p", Le(label, probability / 2))
DOUBLE = Hypothesis("double", "p is at least twice y", Ge(probability, 2 * label))
ONE_OR_NONE = Hypothesis("certain", "c is 0 or 1", Eq(CERTAIN * (1 - CERTAIN), 0))
BELOW = derive("test.below", "below", log(probability)).by(inequalities.log_below_tangent, because="a test")

AROUND = (softplus(logit + probability) - softplus(logit - probability)) / (2 * probability)

# rule: (expression, further arguments, what it becomes)
APPLIED = {
    algebra.distribute: (label * (probability + logit), (), label * probability + label * logit),
    algebra.factor_out: (label**2 * probability - label * logit, (label,), label * (label * probability - logit)),
    algebra.number_into_bracket: (logit * (label - probability / 3), (Integer(3), label - probability / 3),
                                  logit * (3 * label - probability) / 3),
    algebra.common_denominator: (
        label / probability - (1 - label) / (1 - probability),
        (),
        (label - probability) / (probability * (1 - probability)),
    ),
    algebra.extend_fraction: (1 / (1 + exp(-logit)), (1 / (1 + exp(-logit)), exp(logit)),
                              exp(logit) / (exp(logit) + 1)),
    algebra.multiply_by_one: (logit, (LABELS_SUM,), logit * Sum(y[k], (k, 1, K))),
    algebra.by_hypothesis: (logit * Sum(y[k], (k, 1, K)), (LABELS_SUM,), logit),
    algebra.solve_for: (1 + probability, (LINEAR, probability), 1 + 2 * label),
    algebra.regroup: (logit + label * (1 - label), (label * (1 - label), QUARTER), logit + QUARTER),
    algebra.size_suffices: (exp(logit) + exp(-logit), (exp(logit) + exp(-logit), logit),
                            exp(Max(logit, -logit)) + exp(-Max(logit, -logit))),
    algebra.positive_part: (label + (logit + Max(logit, -logit)) / 2, (logit,), label + Max(logit, 0)),
    algebra.vanishing_square: (
        logit * (y[m] * probability - 2 * label * y[m]) + label,
        (NO_SPREAD, y[k] * probability - 2 * label * y[k], {k: m}),
        label,
    ),
    algebra.power_is_one: (logit * CERTAIN**CERTAIN, (CERTAIN**CERTAIN, ONE_OR_NONE), logit),
    algebra.by_cases: (label ** CERTAIN * logit, (CERTAIN,), (1 - CERTAIN) * logit + CERTAIN * label * logit),
    definitions.unfold: (1 + SQUARE(logit), (SQUARE,), 1 + logit * logit),
    definitions.fold: (1 + logit * logit, (SQUARE, logit), 1 + SQUARE(logit)),
    definitions.cite: (1 + 2 * Sum(y[i], (i, 1, n)), (SUM_OF_LABELS,), 1 + Sum(2 * y[i], (i, 1, n))),
    definitions.recognise: (1 + Sum(2 * y[i], (i, 1, n)), (SUM_OF_LABELS,), 1 + 2 * Sum(y[i], (i, 1, n))),
    derivatives.differentiate_sum: (partial(Sum(y[i] * p[i], (i, 1, n)), p[j]), (),
                                    Sum(partial(y[i] * p[i], p[j]), (i, 1, n))),
    derivatives.linearity_of_derivative: (
        partial(2 * log(p[j]) - y[j] * p[j] + 1, p[j]),
        (),
        2 * partial(log(p[j]), p[j]) - y[j] * partial(p[j], p[j]),
    ),
    derivatives.derivative_of_logarithm: (partial(log(p[j] ** 2), p[j]), (), partial(p[j] ** 2, p[j]) / p[j] ** 2),
    derivatives.derivative_of_exponential: (partial(exp(-z[m]), z[m]), (), exp(-z[m]) * partial(-z[m], z[m])),
    derivatives.derivative_of_power: (partial(p[j] ** -2, p[j]), (), -2 * p[j] ** -3 * partial(p[j], p[j])),
    derivatives.derivative_of_product: (partial(p[j] * log(p[j]), p[j]), (),
                                        partial(p[j], p[j]) * log(p[j]) + p[j] * partial(log(p[j]), p[j])),
    derivatives.chain_rule: (partial(SQUARE(p[j] * y[j]), p[j]), (SLOPE_OF_SQUARE,),
                             2 * p[j] * y[j] * partial(p[j] * y[j], p[j])),
    derivatives.derivative_of_coordinate: (partial(p[i, k], p[j, m]), (), KroneckerDelta(i, j) * KroneckerDelta(k, m)),
    functions.derivative_of_larger: (
        partial(Max(logit, probability**2, label), probability), (),
        Indicator(probability**2 - logit) * Indicator(probability**2 - label) * partial(probability**2, probability),
    ),
    functions.derivative_of_indicator: (label + partial(Indicator(logit), logit), (), label),
    functions.into_larger: (logit - 2 * Max(label, probability) + 1, (1 - 2 * Max(label, probability),),
                            logit - Max(2 * label - 1, 2 * probability - 1)),
    functions.out_of_larger: (1 + Max(label * logit, label), (label,), 1 + label * Max(logit, 1)),
    functions.absorb_smaller: (1 + Max(logit, -Max(-logit, label), probability), (), 1 + Max(logit, probability)),
    functions.absorb_larger: (1 + Max(logit, -Max(-Max(logit, label), probability)), (),
                              1 + Max(logit, -Max(-label, probability))),
    functions.derivative_of_any_power: (
        partial(p[j] ** (p[j] * logit), p[j]),
        (),
        p[j] ** (p[j] * logit)
        * (log(p[j]) * partial(p[j] * logit, p[j]) + p[j] * logit * partial(p[j], p[j]) / p[j]),
    ),
    functions.derivative_of_sine: (partial(sin(z[m] ** 2), z[m]), (), cos(z[m] ** 2) * partial(z[m] ** 2, z[m])),
    functions.derivative_of_cosine: (partial(cos(z[m] ** 2), z[m]), (), -sin(z[m] ** 2) * partial(z[m] ** 2, z[m])),
    functions.differentiate_product: (
        partial(Product(y[i] * logit, (i, 1, n)), logit), (),
        Sum(partial(y[i] * logit, logit)
            * Product((y[OTHER] * logit) ** (1 - KroneckerDelta(i, OTHER)), (OTHER, 1, n)), (i, 1, n)),
    ),
    indices.rename_index: (label + Sum(y[i] * p[i], (i, 1, n)), (i, j), label + Sum(y[j] * p[j], (j, 1, n))),
    indices.merge_sums: (label + 2 * Sum(y[i], (i, 1, n)) - Sum(p[i], (i, 1, n)) / 3 + Sum(z[k], (k, 1, K)), (),
                         label + Sum(2 * y[i] - p[i] / 3, (i, 1, n)) + Sum(z[k], (k, 1, K))),
    inequalities.log_below_tangent: (label * (log(probability) + log(logit)), (logit,),
                                     label * (probability - 1 + log(logit))),
    inequalities.minus_log_above_tangent: (-label * (log(probability) + log(logit)), (logit,),
                                           -label * (probability - 1 + log(logit))),
    inequalities.power_below_tangent: (Product(p[i] ** y[i], (i, 1, n)), (p[i] ** y[i],),
                                       Product(1 - y[i] * (1 - p[i]), (i, 1, n))),
    inequalities.weighted_log_below: (label * log(probability), (label, probability),
                                      label * log(label) + probability - label),
    inequalities.minus_weighted_log_above: (-label * log(probability), (label, probability),
                                            -label * log(label) - probability + label),
    inequalities.bounded_above: (label * log(probability), (BELOW,), label * (probability - 1)),
    inequalities.bounded_below: (-label * log(probability), (BELOW,), -label * (probability - 1)),
    inequalities.drop_what_is_not_negative: (logit + label, (label,), logit),
    inequalities.drop_what_is_not_positive: (logit - label, (-label,), logit),
    inequalities.larger_of_two_above: (-label * log(Max(probability, logit)), (logit,), -label * log(logit)),
    inequalities.triangle_inequality: (label * Max(p[m] - y[m], y[m] - p[m]), (p[m], y[m]), label * (p[m] + y[m])),
    inequalities.central_difference_below: (
        logit + AROUND,
        (numerics.third_upper_bound, probability),
        logit + partial(softplus(logit), logit) + sqrt(3) / 18 * probability**2 / 6,
    ),
    inequalities.central_difference_above: (
        logit + AROUND,
        (numerics.third_lower_bound, probability),
        logit + partial(softplus(logit), logit) - sqrt(3) / 18 * probability**2 / 6,
    ),
    inequalities.keep_one_term: (log(Sum(p[k], (k, 1, K))), (k, m), log(p[m])),
    inequalities.keep_one_factor: (label * Product(p[i, k], (k, 1, K), (i, 1, n)), (i, j),
                                   label * Product(p[j, k], (k, 1, K))),
    inequalities.at_most: (logit * label, (HALF,), logit * probability / 2),
    inequalities.at_least: (logit * probability, (DOUBLE,), logit * 2 * label),
    logarithms.log_of_product: (log(Product(p[i], (i, 1, n))), (), Sum(log(p[i]), (i, 1, n))),
    logarithms.log_of_factors: (log(p[j] * y[j]), (), log(p[j]) + log(y[j])),
    logarithms.log_of_power: (log(p[j] ** y[j]), (), y[j] * log(p[j])),
    logarithms.log_of_quotient: (log(p[j] / y[j]), (), log(p[j]) - log(y[j])),
    logarithms.log_of_exponential: (log(exp(z[m])), (), z[m]),
    logarithms.exponential_of_sum: (1 + exp(logit + label), (), 1 + exp(logit) * exp(label)),
    logarithms.product_of_exponentials: (y[m] * exp(z[m]) * exp(-p[m]), (), y[m] * exp(z[m] - p[m])),
    logarithms.exponential_of_logarithm: (exp(-logit * log(p[j])), (), p[j] ** -logit),
    logarithms.log_relative_to: (label * log(p[j]), (p[j], y[j]), label * (log(y[j]) + log(p[j] / y[j]))),
    logarithms.weighted_log_of_quotient: (label * log(p[j] / y[j]), (label, p[j] / y[j]),
                                          label * log(p[j]) - label * log(y[j])),
    logarithms.weighted_log_relative_to: (logit - label * log(p[j]), (label, p[j], y[j]),
                                          logit - label * log(y[j]) + label * log(y[j] / p[j])),
    sums.linearity_of_sum: (Sum(p[i] - 3 * y[i], (i, 1, n)), (), Sum(p[i], (i, 1, n)) - 3 * Sum(y[i], (i, 1, n))),
    sums.factor_out_of_sum: (Sum(logit * y[i, k], (k, 1, K), (i, 1, n)), (),
                             Sum(logit * Sum(y[i, k], (k, 1, K)), (i, 1, n))),
    sums.factor_into_sum: (-Sum(y[i], (i, 1, n)) / n, (Integer(-1),), Sum(-y[i], (i, 1, n)) / n),
    sums.sift_kronecker_delta: (Sum(KroneckerDelta(i, j) * y[i] * p[i], (i, 1, n)), (), y[j] * p[j]),
    sums.spread_over_delta: (2 * y[j], (y[j], j, i, n), 2 * Sum(KroneckerDelta(i, j) * y[i], (i, 1, n))),
    sums.substitute_by_delta: (KroneckerDelta(i, j) * y[j], (), KroneckerDelta(i, j) * y[i]),
    sums.take_out_term: (Sum(p[k], (k, 1, K)), (k, m), p[m] + Sum((1 - KroneckerDelta(k, m)) * p[k], (k, 1, K))),
    sums.reorder_sums: (Sum(y[i] * p[j, k], (k, 1, K), (i, 1, n), (j, 1, n)), (i, k, j),
                        Sum(y[i] * p[j, k], (j, 1, n), (k, 1, K), (i, 1, n))),
    sums.reorder_products: (Product(y[i] * p[j, k], (k, 1, K), (i, 1, n), (j, 1, n)), (i, k, j),
                            Product(y[i] * p[j, k], (j, 1, n), (k, 1, K), (i, 1, n))),
    sums.swap_products: (Product(p[i, k], (k, 1, K), (i, 1, n)), (), Product(p[i, k], (i, 1, n), (k, 1, K))),
    sums.product_of_powers: (Product(logit ** y[i], (i, 1, n)), (), logit ** Sum(y[i], (i, 1, n))),
    sums.swap_sums: (Sum(y[i, k], (k, 1, K), (i, 1, n)), (), Sum(y[i, k], (i, 1, n), (k, 1, K))),
    sums.sum_of_constant: (Sum(logit, (k, 1, K)), (), K * logit),
    sums.write_out: (Sum(y[k] * z[k], (k, 1, 2)), (), y[1] * z[1] + y[2] * z[2]),
}

# rule: (an expression or arguments that do not fit, part of the message)
REFUSED = {
    algebra.distribute: (label * probability, (), "a product with a bracket"),
    algebra.factor_out: (label * probability - logit, (label,), "all have the factor y"),
    algebra.number_into_bracket: (logit * (label + 1), (Integer(0), label + 1), "a number that is not 0"),
    algebra.common_denominator: (label + probability, (), "a sum of fractions"),
    algebra.extend_fraction: (1 / label, (1 / probability, logit), "the term 1/p"),
    algebra.multiply_by_one: (logit, (LINEAR,), "of the form u = 1"),
    algebra.by_hypothesis: (Sum(y[i], (i, 1, n)), (WORDS,), "an equation"),
    algebra.solve_for: (logit, (LINEAR, label * label), "linear in"),
    algebra.regroup: (logit * logit, (logit * logit, logit), "another grouping of z**2"),
    algebra.size_suffices: (logit, (logit, logit), "the same at -z as at z"),
    algebra.positive_part: (logit, (logit,), "the term"),
    algebra.vanishing_square: (logit, (NO_SPREAD, y[k] - label, {k: m}), "a sum of squares of -y + y[k] is 0"),
    algebra.power_is_one: (CERTAIN ** (2 * CERTAIN), (CERTAIN ** (2 * CERTAIN), ONE_OR_NONE),
                           "is 0, found c is 0 or 1"),
    algebra.by_cases: (logit, (label,), "an expression in y"),
    definitions.unfold: (logit, (SQUARE,), "the quantity S of test.square"),
    definitions.fold: (logit, (SQUARE, logit), "the term z**2"),
    definitions.cite: (logit, (BELOW,), "is an inequality"),
    definitions.recognise: (logit, (SUM_OF_LABELS,), "the term Sum"),
    derivatives.differentiate_sum: (partial(Sum(p[i], (i, 1, n)), p[i]), (), "differentiate by a fresh index"),
    derivatives.linearity_of_derivative: (partial(log(p[j]), p[j]), (), "a sum of terms or of a constant multiple"),
    derivatives.derivative_of_logarithm: (partial(p[i], p[j]), (), "the derivative of a logarithm"),
    derivatives.derivative_of_exponential: (partial(p[i], p[j]), (), "the derivative of an exponential"),
    derivatives.derivative_of_power: (partial(2 ** p[i], p[j]), (), "a constant exponent"),
    derivatives.derivative_of_product: (partial(y[j] * p[j], p[j]), (), "several factors"),
    derivatives.chain_rule: (partial(logit, logit), (SUM_OF_LABELS,), "a derivation of a first derivative"),
    derivatives.derivative_of_coordinate: (partial(p[i], p[j, m]), (), "equally many indices"),
    functions.derivative_of_larger: (partial(logit, logit), (), "the larger of some numbers"),
    functions.derivative_of_indicator: (partial(logit, logit), (), "the derivative of an indicator"),
    functions.into_larger: (logit, (logit,), "a multiple of the larger of some numbers"),
    functions.out_of_larger: (logit, (label,), "the larger of some numbers"),
    functions.absorb_smaller: (Max(logit, -Max(probability, label)), (), "the smaller of it and another"),
    functions.absorb_larger: (Max(logit, -Max(-logit, label)), (), "the smaller of it or more"),
    functions.derivative_of_any_power: (partial(p[j] ** label, p[j]), (), "whose exponent depends on the variable"),
    functions.derivative_of_sine: (partial(cos(logit), logit), (), "the derivative of a sine"),
    functions.derivative_of_cosine: (partial(sin(logit), logit), (), "the derivative of a cosine"),
    functions.differentiate_product: (partial(Product(p[i], (i, 1, n)), p[i]), (), "differentiate by a fresh index"),
    indices.rename_index: (Sum(y[i] * p[j], (i, 1, n)), (i, j), "a name that does not occur"),
    indices.merge_sums: (Sum(y[i], (i, 1, n)) + Sum(z[k], (k, 1, K)), (), "two sums over the same indices"),
    inequalities.log_below_tangent: (-log(probability), (), "weights that are not negative"),
    inequalities.minus_log_above_tangent: (log(probability), (), "where the expression falls"),
    inequalities.power_below_tangent: (-Product(p[i] ** y[i], (i, 1, n)), (p[i] ** y[i],),
                                       "where the expression grows"),
    inequalities.weighted_log_below: (-label * log(probability), (label, probability), "where the expression grows"),
    inequalities.minus_weighted_log_above: (label * log(probability), (label, probability),
                                            "where the expression falls"),
    inequalities.bounded_above: (logit, (SUM_OF_LABELS,), "is an equality"),
    inequalities.bounded_below: (label * log(probability), (BELOW,), "falling: the latter"),
    inequalities.drop_what_is_not_negative: (logit - label, (label,), "a sum with the term y"),
    inequalities.drop_what_is_not_positive: (logit, (label,), "a sum with the term y"),
    inequalities.larger_of_two_above: (log(Max(probability, logit)), (logit,), "where the expression falls"),
    inequalities.triangle_inequality: (-Max(p[m] - y[m], y[m] - p[m]), (p[m], y[m]), "where the expression grows"),
    inequalities.central_difference_below: (AROUND, (numerics.third_lower_bound, probability), "that is <= a number"),
    inequalities.central_difference_above: (AROUND, (numerics.third_derivative, probability), "that is >= a number"),
    inequalities.keep_one_term: (-Sum(p[k], (k, 1, K)), (k, m), "where the expression grows"),
    inequalities.keep_one_factor: (Product(p[i, k], (k, 1, K), (i, 1, n)), (k, m), "a product over k"),
    inequalities.at_most: (logit, (WORDS,), "of the form a <= b"),
    inequalities.at_least: (logit, (DOUBLE,), "the term p"),
    logarithms.log_of_product: (log(p[i]), (), "the logarithm of a product over an index"),
    logarithms.log_of_factors: (log(p[i]), (), "the logarithm of a product of factors"),
    logarithms.log_of_power: (log(p[i]), (), "the logarithm of a power"),
    logarithms.log_of_quotient: (log(p[i]), (), "the logarithm of a quotient"),
    logarithms.log_of_exponential: (log(p[i]), (), "the logarithm of an exponential"),
    logarithms.exponential_of_sum: (exp(logit), (), "the exponential of a sum"),
    logarithms.product_of_exponentials: (exp(logit), (), "a product of exponentials"),
    logarithms.exponential_of_logarithm: (exp(logit), (), "the exponential of a multiple of a logarithm"),
    logarithms.log_relative_to: (log(p[i]), (label, logit), "the term log(y)"),
    logarithms.weighted_log_of_quotient: (label * log(p[i]), (label, p[i]), "expected a quotient"),
    logarithms.weighted_log_relative_to: (log(p[i]), (label, p[i], y[i]), "the term y*log(p[i])"),
    sums.linearity_of_sum: (Sum(p[i], (i, 1, n)), (), "a sum over an index of several terms"),
    sums.factor_out_of_sum: (Sum(p[i], (i, 1, n)), (), "free of its index"),
    sums.factor_into_sum: (p[i] * Sum(p[i], (i, 1, n)), (), "rename it first"),
    sums.sift_kronecker_delta: (Sum(p[i], (i, 1, n)), (), "a Kronecker delta of that index"),
    sums.spread_over_delta: (p[i], (p[i], i, i, n), "occurs in p[i] already"),
    sums.substitute_by_delta: (KroneckerDelta(i, j) * y[i], (), "a Kronecker delta beside"),
    sums.take_out_term: (Sum(p[i], (i, 1, n)), (k, m), "a sum over k"),
    sums.reorder_sums: (Sum(y[i, k], (k, 1, K), (i, 1, n)), (i, j), "a sum over i, j"),
    sums.reorder_products: (Product(y[i, k], (k, 1, K), (i, 1, n)), (i, j), "a product over i, j"),
    sums.swap_products: (Sum(y[i, k], (k, 1, K), (i, 1, n)), (), "a double product"),
    sums.product_of_powers: (Product(p[i], (i, 1, n)), (), "powers of one base"),
    sums.swap_sums: (Sum(p[i], (i, 1, n)), (), "a double sum"),
    sums.sum_of_constant: (Sum(p[i], (i, 1, n)), (), "free of it"),
    sums.write_out: (Sum(p[i], (i, 1, n)), (), "a fixed number of terms"),
}


def public_rules():
    for module in MODULES:
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield value


def test_the_tables_cover_every_rule():
    assert set(APPLIED) == set(REFUSED) == set(public_rules())
    found = {path.stem for path in importlib.resources.files(rules).iterdir() if path.suffix == ".py"} - {"__init__"}
    assert found == {module.__name__.rpartition(".")[2] for module in MODULES}


@pytest.mark.parametrize("rule", APPLIED, ids=lambda rule: rule.__name__)
def test_applied(rule):
    expression, arguments, expected = APPLIED[rule]
    assert rule(expression, *arguments) == expected


@pytest.mark.parametrize("rule", REFUSED, ids=lambda rule: rule.__name__)
def test_refused(rule):
    expression, arguments, message = REFUSED[rule]
    with pytest.raises(RuleDoesNotApply, match=re.escape(message)):
        rule(expression, *arguments)


def test_a_central_difference_is_bounded_for_its_own_step_and_by_a_third_derivative_alone():
    below, above = inequalities.central_difference_below, inequalities.central_difference_above
    with pytest.raises(RuleDoesNotApply, match="the term .* where the expression grows"):
        below(AROUND, numerics.third_upper_bound, label)
    with pytest.raises(RuleDoesNotApply, match="where the expression grows"):
        above(-AROUND, numerics.third_lower_bound, probability)
    with pytest.raises(RuleDoesNotApply, match="expected a bound of a third derivative"):
        below(AROUND, sigmoid.curvature_bound, probability)  # of a second one
    with pytest.raises(RuleDoesNotApply, match="expected a bound of a third derivative"):
        below(AROUND, BELOW, probability)


def test_a_square_vanishes_for_a_given_value_of_the_index_and_not_under_a_derivative():
    root = y[k] * probability - 2 * label * y[k]
    with pytest.raises(RuleDoesNotApply, match="expected a value for each index of Sum"):
        algebra.vanishing_square(root, NO_SPREAD, root, {})
    for other in (WORDS, LABELS_SUM, LINEAR):
        with pytest.raises(RuleDoesNotApply, match="expected a hypothesis that a sum of squares"):
            algebra.vanishing_square(root, other, root, {k: m})
    with pytest.raises(RuleDoesNotApply, match="expected no derivative by what"):
        algebra.vanishing_square(partial(root, label), NO_SPREAD, root, {k: k})


def test_a_bound_never_makes_the_logarithm_of_0():
    with pytest.raises(RuleDoesNotApply, match="expected a bound with a value, found the logarithm of 0"):
        inequalities.drop_what_is_not_negative(log(2 * label), label)


@pytest.mark.parametrize("rule", APPLIED, ids=lambda rule: rule.__name__)
def test_a_refusal_names_the_derivation_the_step_and_the_rule(rule):
    expression, arguments, _ = REFUSED[rule]
    refused = derive("test.refusal", "a refusal", expression).by(rule, *arguments, because="a test")
    for _ in range(2):  # whoever looks at it again is told again
        with pytest.raises(RuleDoesNotApply, match=rf"test\.refusal, step 1 \({rule.__name__}\): "):
            refused.result  # noqa: B018 - it is derived when it is first read


inner = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=60)
any_real = st.fractions(-4, 4, max_denominator=60)


@st.composite
def points(draw):
    """Soft labels, interior probabilities, any logits; n = 3 and K = 2; the labels of one observation sum to 1."""
    first = draw(inner)
    tables = {
        y: {(1,): first, (2,): 1 - first, (3,): draw(inner),
            **{(a, b): draw(inner) for a in (1, 2, 3) for b in (1, 2)}},
        p: {cell: draw(inner) for cell in [(1,), (2,), (3,), *((a, b) for a in (1, 2, 3) for b in (1, 2))]},
        z: {(cell,): draw(any_real) for cell in (1, 2, 3)},
        label: {(): (value := draw(inner))},
        probability: {(): 2 * value},
        logit: {(): draw(inner)},
        CERTAIN: {(): Fraction(draw(st.integers(0, 1)))},
    }
    indices = {i: draw(st.integers(1, 3)), j: draw(st.integers(1, 3)), k: draw(st.integers(1, 2)),
               m: draw(st.integers(1, 2))}
    return Point.of({n: 3, K: 2} | indices | {root: accessor(table) for root, table in tables.items()})


def accessor(table):
    return lambda cell, _: Jet(arb(fmpq(table[cell].numerator, table[cell].denominator)))


@pytest.mark.parametrize("rule", APPLIED, ids=lambda rule: rule.__name__)
@pytest.mark.sampled(12)
@given(point=points())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_true_at_random_points_with_soft_labels(rule, point):
    expression, arguments, _ = APPLIED[rule]
    outcome, _ = compare(expression, rule(expression, *arguments), getattr(rule, "relation", "="), point)
    assert outcome == VERIFIED


def test_the_points_can_refute():
    free = Symbol("y", real=True)
    assert free == label
    point = Point.of({label: accessor({(): Fraction(1, 3)})})
    assert compare(label, label**2, "=", point) == (REFUTED, 0)
