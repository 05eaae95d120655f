"""Every rule on made-up expressions: where it does not refuse, both sides agree; and it refuses in no other way than
by saying so.
"""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import (CERTAIN, DELTAS, LABELS, POSITIVE, a_power, a_product, a_sum, anything, double, growing, limits,
                     no_power, not_negative, number, points, positive, real, single, variable, within)
from sympy import Eq, Ge, Integer, Le, Max, Product, Sum, cos, exp, expand, log, sin
from test_rules import BELOW, SLOPE_OF_SQUARE, SQUARE, SUM_OF_LABELS, public_rules

from derivations import numerics, sigmoid, softmax
from derivations.checking.compare import VERIFIED, compare
from derivations.engine.entries import Hypothesis
from derivations.engine.nodes import Indicator
from derivations.engine.rules import (
    algebra, definitions, derivatives, functions, indices, inequalities, logarithms, sums,
)  # fmt: skip
from derivations.engine.terms import RuleDoesNotApply, partial
from derivations.notation import K, i, j, k, label, labels_sum, logit, m, n, p, probability, r, scale, y, z

MOST, LEAST = 60, 10  # examples of each rule; how many of them it must act on
SETTINGS = settings(max_examples=MOST, deadline=None, derandomize=True, database=None,
                    suppress_health_check=list(HealthCheck))
TWICE = Hypothesis("twice", "t is 2 p", Eq(2 * probability - scale, 0))
SMALLER = Hypothesis("smaller", "p is at most t", Le(probability, scale))
ONE_OR_NONE = Hypothesis("certain", "c is 0 or 1", Eq(CERTAIN * (1 - CERTAIN), 0))
LARGER = Hypothesis("larger", "t is at least p", Ge(scale, probability))
SPREAD = y[k] * scale - 2 * probability * y[k]
NO_SPREAD = Hypothesis("no spread", "t is 2 p", Eq(Sum(p[k] * SPREAD**2, (k, 1, K)), 0))
BASES = [p[i], p[j, m], probability, scale, 1 + exp(logit), y[j], label]
TOTAL = Sum(y[k], (k, 1, K))
atom = st.sampled_from(POSITIVE)
weight = st.sampled_from(LABELS)
coordinates = st.sampled_from(
    [(p[i], p[j]), (p[i, k], p[j, m]), (z[k], z[m]), (logit, logit), (y[j], y[j]), (p[j], p[j, m])])
vector = st.sampled_from([z, p, y, p[i], y[i]])
even = st.sampled_from([exp(logit) + exp(-logit), logit**2 * label, 1 / (exp(-logit) + exp(logit) + 1)])
sized = st.sampled_from([logit, label - logit, z[m], z[m] - z[k]])


index = st.sampled_from([i, j, k, m, r])
apart = st.sampled_from([logit, -label, z[m] + 3, exp(z[k]), label * p[j], 1 + p[m] ** 2])  # hardly ever equal
negative = st.sampled_from([-exp(z[m]), -1 - label, z[m] - 3])
steps = st.sampled_from([probability, p[m], -p[j], exp(z[k])])


def around(h):
    """The central difference of softplus with the step h."""
    return (sigmoid.softplus(logit + h) - sigmoid.softplus(logit - h)) / (2 * h)


def core(strategy, *arguments, place=within):
    """A core in a larger expression; each argument is fixed."""
    return strategy.flatmap(lambda part: st.tuples(place(part), st.tuples(*map(st.just, arguments))))


def cores(build, *parts, place=within):
    """A core and its arguments, both built from the drawn parts: ``build`` gives the expression, then the arguments."""
    return st.tuples(*parts).map(lambda drawn: build(*drawn)).flatmap(
        lambda made: st.tuples(place(made[0]), st.just(tuple(made[1:]))))


EVERYWHERE = st.tuples(anything, st.just(()))

# rule: expressions that it may act on, with its further arguments
MADE_UP = {
    algebra.distribute: cores(lambda a, b, c: (a * (b + c),), real, real, real) | EVERYWHERE,
    algebra.factor_out: cores(lambda f, a, b: (expand(f * a) + f * b, f), atom, real, weight, place=st.just),
    algebra.regroup: cores(lambda a, b, c: (a * (b + c), a * (b + c), expand(a * (b + c))), weight, real, atom),
    algebra.size_suffices: cores(lambda part: (part, part, logit), even),
    algebra.positive_part: cores(lambda a: (a / 2 + Max(a, -a) / 2, a), sized),
    algebra.by_cases: cores(lambda a, b, c: (a**CERTAIN * b + CERTAIN * c, CERTAIN), atom, real, anything),
    algebra.power_is_one: cores(lambda a: (a * CERTAIN**CERTAIN, CERTAIN**CERTAIN, ONE_OR_NONE), real),
    algebra.number_into_bracket: cores(lambda a, b, c, d: (a * (b + c), d, b + c), real, real, real, number),
    algebra.common_denominator: cores(lambda a, b, c, d: (a / b + c / d,), real, positive, real, atom),
    algebra.extend_fraction: cores(lambda a, b, c: (a / (1 + b), a / (1 + b), c), weight, atom, atom),
    algebra.multiply_by_one: core(anything, labels_sum),
    algebra.by_hypothesis: cores(lambda a: (a * TOTAL, labels_sum), anything),
    algebra.solve_for: cores(lambda a: (a * probability, TWICE, probability), anything),
    algebra.vanishing_square: cores(lambda a: (a * SPREAD.subs(k, m), NO_SPREAD, SPREAD, {k: m}), anything),
    definitions.unfold: cores(lambda a: (SQUARE(a), SQUARE), real),
    definitions.fold: cores(lambda a: (a * a, SQUARE, a), real),
    definitions.cite: cores(lambda v: (2 * Sum(v[i], (i, 1, n)), SUM_OF_LABELS, {y: v}), st.sampled_from([y, p, z])),
    definitions.recognise: cores(lambda v: (Sum(2 * v[j], (j, 1, n)), SUM_OF_LABELS, {y: v}),
                                 st.sampled_from([y, p, z])),
    derivatives.differentiate_sum: cores(lambda a, where, v: (partial(a_sum(a, where), v),), real, limits, variable)
    | EVERYWHERE,
    derivatives.linearity_of_derivative: cores(lambda a, b, v: (partial(a + 2 * b, v),), real, real, variable)
    | EVERYWHERE,
    derivatives.derivative_of_logarithm: cores(lambda a, v: (partial(log(a), v),), positive, variable) | EVERYWHERE,
    derivatives.derivative_of_exponential: cores(lambda a, v: (partial(exp(a), v),), real, variable),
    derivatives.derivative_of_power: cores(lambda a, b, v: (partial(a_power(a, b), v),), positive, number, variable)
    | EVERYWHERE,
    derivatives.derivative_of_product: cores(lambda a, b, v: (partial(a * b * v, v),), positive, real, variable)
    | EVERYWHERE,
    derivatives.derivative_of_coordinate: cores(lambda a: (partial(*a),), coordinates) | EVERYWHERE,
    derivatives.chain_rule: cores(lambda a, v: (partial(SQUARE(a), v), SLOPE_OF_SQUARE), real, variable)
    | cores(lambda a, v: (partial(softmax.log_sum_exp(a), v), softmax.log_sum_exp_gradient), vector, variable),
    functions.derivative_of_larger: cores(lambda a, b, v: (partial(Max(a, b), v),), apart, apart, variable),
    functions.derivative_of_indicator: cores(lambda a, v: (partial(Indicator(a), v),), positive | negative, variable),
    functions.into_larger: cores(lambda a, b, c, d: (c * Max(a, b) + d,) * 2, apart, apart, positive, real),
    functions.out_of_larger: cores(lambda a, b, c: (Max(c * a, c * b), c), apart, apart, positive),
    functions.absorb_smaller: cores(lambda a, b: (Max(a, -Max(-a, b)),), apart, apart),
    functions.absorb_larger: cores(lambda a, b, c: (Max(a, -Max(-Max(a, b), c)),), apart, apart, apart),
    functions.derivative_of_any_power: cores(lambda a, b, v: (partial(a_power(a, b * v), v),), positive, real,
                                             variable),
    functions.derivative_of_sine: cores(lambda a, v: (partial(sin(a), v),), real, variable),
    functions.derivative_of_cosine: cores(lambda a, v: (partial(cos(a), v),), real, variable),
    functions.differentiate_product: cores(lambda a, where, v: (partial(a_product(a, where), v),), positive | weight,
                                           limits, variable),
    indices.rename_index: cores(lambda a, where, new: (a_sum(a, where), where[-1][0], new), real, limits, index)
    | cores(lambda a, where, new: (a_product(a, where), where[0][0], new), positive, limits, index),
    indices.merge_sums: cores(lambda a, b, c, where: (a_sum(a, where) + c * a_sum(b, where),), real, real, number,
                              limits) | EVERYWHERE,
    inequalities.log_below_tangent: core(st.builds(log, positive), place=growing),
    inequalities.minus_log_above_tangent: cores(lambda a: (-log(a),), positive, place=growing),
    inequalities.power_below_tangent: cores(lambda a, b: (a**b, a**b), st.sampled_from(BASES), weight, place=growing)
    | cores(lambda a, b: (Product(a**b, (i, 1, n)), a**b), st.sampled_from(BASES), weight, place=growing),
    inequalities.weighted_log_below: cores(lambda a, b: (a * log(b), a, b), weight | atom, positive, place=growing),
    inequalities.minus_weighted_log_above: cores(lambda a, b: (-a * log(b), a, b), weight | atom, positive,
                                                 place=growing),
    inequalities.bounded_above: core(st.just(log(probability)), BELOW, place=growing),
    inequalities.bounded_below: core(st.just(-log(probability)), BELOW, place=growing),
    inequalities.drop_what_is_not_negative: cores(lambda a, b: (a + b, b), real, not_negative, place=growing),
    inequalities.drop_what_is_not_positive: cores(lambda a, b: (a - b, -b), real, not_negative, place=growing),
    inequalities.larger_of_two_above: cores(lambda a, b: (-log(Max(a, b)), b), st.sampled_from([p[i], p[m]]),
                                            st.sampled_from([exp(logit), probability]), place=growing),
    inequalities.triangle_inequality: cores(lambda a, b: (Max(a - b, b - a), a, b), weight, atom, place=growing),
    inequalities.central_difference_below: cores(lambda h: (around(h), numerics.third_upper_bound, h), steps,
                                                 place=growing),
    inequalities.central_difference_above: cores(lambda h: (around(h), numerics.third_lower_bound, h), steps,
                                                 place=growing),
    inequalities.keep_one_term: cores(lambda a: (Sum(a, (k, 1, K)), k, m), not_negative, place=growing)
    | cores(lambda a: (log(1 + Sum(a, (k, 1, K))), k, m), positive, place=growing),
    inequalities.keep_one_factor: cores(lambda a, b: (Product(a * b, (k, 1, K)), k, m), weight,
                                        st.sampled_from([p[k], p[i, k]]), place=growing)
    | cores(lambda a: (Product(a, (i, 1, n), (k, 1, K)), k, m), weight, place=growing),
    inequalities.at_most: core(st.just(probability), SMALLER, place=growing),
    inequalities.at_least: core(st.just(scale), LARGER, place=growing),
    logarithms.log_of_product: cores(lambda a, where: (log(a_product(a, where)),), positive, limits),
    logarithms.log_of_factors: cores(lambda a, b: (log(a * b),), positive, positive) | EVERYWHERE,
    logarithms.log_of_power: cores(lambda a, b: (log(a_power(a, b)),), positive, real),
    logarithms.log_of_quotient: cores(lambda a, b: (log(a / b),), positive, positive) | EVERYWHERE,
    logarithms.log_of_exponential: cores(lambda a: (log(exp(a)),), real),
    logarithms.product_of_exponentials: cores(lambda a, b, c: (c * exp(a) * exp(b),), real, real, real),
    logarithms.exponential_of_sum: cores(lambda a, b: (exp(a + b),), real, real),
    logarithms.exponential_of_logarithm: cores(lambda a, b: (exp(a * log(b)),), real, no_power),
    logarithms.log_relative_to: cores(lambda a, b, c: (c * log(a), a, b), positive, positive, real),
    logarithms.weighted_log_of_quotient: cores(lambda a, b, c: (a * log(b / c), a, b / c), weight, positive, positive),
    logarithms.weighted_log_relative_to: cores(lambda a, b, c: (a * log(b), a, b, c), weight, positive, positive),
    sums.linearity_of_sum: cores(lambda a, b, c, where: (a_sum(a + c * b, where),), real, real, number, limits)
    | EVERYWHERE,
    sums.factor_out_of_sum: cores(lambda a, b, where: (a_sum(a * b, where),), weight, real, limits) | EVERYWHERE,
    sums.factor_into_sum: cores(lambda a, b, where: (a * a_sum(b, where),), weight | atom, real, limits)
    | cores(lambda a, b, where: (a * a_sum(b, where), a), weight | atom, real, limits),
    sums.sift_kronecker_delta: cores(lambda d, a: (Sum(d * a, (i, 1, n), (k, 1, K)),), st.sampled_from(DELTAS), real)
    | cores(lambda d, a, where: (a_sum(d * a, where),), st.sampled_from(DELTAS), real, limits)
    | cores(lambda d, a, where: (a_product(a_power(a, d), where),), st.sampled_from(DELTAS), positive, limits)
    | cores(lambda d, a, b, where: (a_product(a_power(a, d * b), where),), st.sampled_from(DELTAS), positive, weight,
            limits)
    | EVERYWHERE,
    sums.spread_over_delta: cores(lambda a, index: (a * y[j], a * y[j], j, index, n), real, st.sampled_from([r, i])),
    sums.substitute_by_delta: cores(lambda d, a, b: (d * a * b,), st.sampled_from(DELTAS), anything, weight)
    | EVERYWHERE,
    sums.take_out_term: cores(lambda a, value: (Sum(a, (k, 1, K)), k, value), real,
                              st.sampled_from([m, k, Integer(1)])),
    sums.swap_sums: cores(lambda a, where: (a_sum(a, where),), real, double) | EVERYWHERE,
    sums.reorder_sums: cores(lambda a: (Sum(a, (k, 1, K), (i, 1, n)), k, i), real),
    sums.reorder_products: cores(lambda a: (a_product(a, ((k, 1, K), (i, 1, n))), k, i), positive),
    sums.swap_products: cores(lambda a, where: (a_product(a, where),), positive, double),
    sums.product_of_powers: cores(lambda a, b, where: (a_product(a_power(a, b), where),), positive, real, limits),
    sums.sum_of_constant: cores(lambda a, where: (a_sum(a, where),), weight | atom, single) | EVERYWHERE,
    sums.write_out: cores(lambda a: (Sum(a, (k, 1, 2)),), real) | cores(lambda a: (Product(a, (k, 1, 3)),), positive),
}  # fmt: skip


def test_the_table_covers_every_rule():
    assert set(MADE_UP) == set(public_rules())


@pytest.mark.parametrize("rule", MADE_UP, ids=lambda rule: rule.__name__)
@pytest.mark.sampled(10)
def test_where_a_rule_does_not_refuse_both_sides_agree(rule):
    seen = Counter()

    @SETTINGS
    @given(case=MADE_UP[rule], point=points)
    def agrees(case, point):
        expression, arguments = case
        try:
            new = rule(expression, *arguments)
        except RuleDoesNotApply:
            seen["refused"] += 1
            return
        if new != expression:
            seen["acted"] += 1
            outcome, _ = compare(expression, new, getattr(rule, "relation", "="), point)
            assert outcome == VERIFIED, f"{rule.__name__}: {expression} became {new}, with {arguments}"

    agrees()
    assert seen["acted"] >= LEAST, f"{rule.__name__} acted on {seen['acted']} expressions only"
