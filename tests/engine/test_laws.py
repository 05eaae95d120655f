"""Every law is what its rule does: the left side becomes the right side, whatever stands for the letters; where a
condition on the form fails the rule refuses; and a law with one sign changed is no longer what the rule does.
"""

from dataclasses import replace
from random import Random

import pytest
from at_ends import MET, first_failure, is_drawn, times_met, weaker
from drawn import FALLING, GROWING, INDICES, at, beside, flipped, values
from made_up import CERTAIN, point
from sympy import Contains, Eq, Ge, Integer, Le, Ne, Or, S, StrictGreaterThan, Sum, exp

from derivations.checking.compare import VERIFIED, compare
from derivations.engine import laws as of
from derivations.engine.laws import A, E, U, a, b, c, f, q, u, v, x
from derivations.engine.replay import RULES
from derivations.engine.terms import RuleDoesNotApply, member, partial
from derivations.notation import label, logit, p, probability, scale, y

LAWS = [(rule, law) for rule in RULES.values() for law in rule.laws]
DRAWS, LEAST = 24, 5  # cases of each law; on how many of them the rule must act
names = [f"{rule.__name__}-{rule.laws.index(law) + 1}" for rule, law in LAWS]


def broken_law(rule, law, draws=DRAWS, least=LEAST):
    """What the rule does that its law does not say; None if it does what the law says."""
    random, acted = Random(f"{rule.__name__} {draws}"), 0
    relation = {Eq: "=", Le: "<=", Ge: ">="}[law.formula.func]
    if relation != getattr(rule, "relation", "="):
        return f"the law is an inequality {relation}, the rule gives {getattr(rule, 'relation', '=')}"
    for _ in range(draws):
        drawn, where = values(rule, law, random), point(random)
        left, right = at(law.formula.lhs, drawn), at(law.formula.rhs, drawn)
        try:
            new = rule(left, *beside(rule, drawn))
        except RuleDoesNotApply:
            continue
        acted += 1
        for one, sign, other in ((new, "=", right), (left, relation, new)):
            if compare(one, other, sign, where)[0] != VERIFIED:
                return f"{left} became {new}; the law says {right}"
    return None if acted >= least else f"acted on {acted} of {draws} left sides"


@pytest.mark.parametrize(("rule", "law"), LAWS, ids=names)
def test_a_rule_does_what_its_law_says(rule, law):
    assert broken_law(rule, law) is None


# Signs that make no difference, and why.
NO_DIFFERENCE = {
    "linearity_of_derivative": (Eq(partial(a * u + b * v - c, x), a * partial(u, x) + b * partial(v, x)),
                                "a constant has no derivative, whatever its sign"),
}  # fmt: skip


WITHOUT_A_SIGN = {"derivative_of_indicator"}  # it says that something is 0


@pytest.mark.parametrize(("rule", "law"), LAWS, ids=names)
def test_a_law_with_a_changed_sign_is_not_what_the_rule_does(rule, law):
    same, _ = NO_DIFFERENCE.get(rule.__name__, (None, ""))
    wrong = [formula for formula in flipped(law.formula) if formula not in (law.formula, True, same)]
    assert bool(wrong) == (rule.__name__ not in WITHOUT_A_SIGN)
    assert [formula for formula in wrong if broken_law(rule, replace(law, formula=formula)) is None] == []


# What a rule does not look at: the step that uses it names the hypothesis, and the checker looks.
NOT_OF_FORM = (StrictGreaterThan, Ne, Or, Contains)
OTHERWISE = {  # where the condition fails another law holds, which the rule applies
    ("linearity_of_derivative", of.FreeOf(a, x)), ("linearity_of_derivative", of.FreeOf(b, x)),
    ("linearity_of_derivative", of.FreeOf(c, x)),
}  # fmt: skip
IN_GUARDS = {  # what a hypothesis or a cited result says, and not what the letters are: test_guards.py
    "by_hypothesis": [Eq(a, b)], "cite": [Eq(a, b)], "recognise": [Eq(a, b)], "unfold": [Eq(q(x), f(x))],
    "bounded_above": [a <= b], "bounded_below": [a <= b], "at_most": [a <= b], "at_least": [a <= b],
    "solve_for": [Eq((a * x + b) / c, 0)], "power_is_one": [Eq(b * (1 - a), 0)],
    "vanishing_square": [Eq(Sum(A[of.k] * U[of.k] ** 2, (of.k, of.r, of.s)), 0)],
    "central_difference_below": [partial(f(x), x, x, x) <= b, of.FreeOf(b, x)],
    "central_difference_above": [partial(f(x), x, x, x) >= b, of.FreeOf(b, x)],
}  # fmt: skip
SLOPES = {"by_hypothesis": (E, scale), "solve_for": (E, probability), "by_cases": (f, CERTAIN),
          "vanishing_square": (E, scale), "power_is_one": (E, scale)}


def _failing(rule, condition, drawn):
    """Values at which the condition fails, and nothing else has changed."""
    kind, (first, *others) = condition.func, condition.args
    if kind is of.FreeOf:
        for other in others:
            index = INDICES.get(other)
            if first == x:
                yield {x: p[index], A: lambda e: p[e]}
            elif first in (of.r, of.s, of.t, of.w, of.g, of.h, of.m):
                yield {first: index}
            elif first.is_Indexed:
                yield {A: lambda e, index=index: y[e] * p[index]}
            elif rule.__name__ == "solve_for":
                yield {first: 2 + drawn[x] ** 2}
            else:
                yield {first: drawn[x] ** 2 + 1 if other == x else p[index], A: lambda e: p[e]}
    elif kind in (of.Grows, of.Falls):
        yield from ({E: made} for made in (FALLING if kind is of.Grows else GROWING))
    elif kind is of.NoSlope:
        letter, variable = SLOPES[rule.__name__]
        yield {letter: lambda t: t * partial(variable**3, variable), a: scale, b: 2 * probability}
    elif kind is of.SameMultipliedOut:
        yield {b: label * logit}
    elif condition == Eq(u, 1):
        yield {Integer(1): Integer(2)}
    elif kind is Eq:
        yield {f: lambda t: exp(t) + t**3}
    else:
        yield {first: Integer(2)}


def of_form(rule, law):
    """The conditions that a rule itself can see."""
    upper = [part for part in law.conditions if isinstance(part, Le) and part.rhs == of.s]
    rest = [*IN_GUARDS.get(rule.__name__, ()), *upper]
    weights = [part for part in law.conditions if isinstance(part, Le | Ge) and part.rhs == 0]
    return [part for part in law.conditions if not isinstance(part, NOT_OF_FORM) and part not in [*rest, *weights]]


CONDITIONS = [(rule, law, part) for rule, law in LAWS for part in of_form(rule, law)]


@pytest.mark.parametrize(("rule", "law", "condition"), CONDITIONS,
                         ids=[f"{rule.__name__}-{rule.laws.index(law) + 1}: {part}"
                              for rule, law, part in CONDITIONS])  # fmt: skip
def test_where_a_condition_fails_the_rule_refuses(rule, law, condition):
    random = Random(rule.__name__)
    for _ in range(4):
        drawn = values(rule, law, random)
        for failing in _failing(rule, condition, drawn):
            bad = drawn | failing
            left, right = at(law.formula.lhs, bad), at(law.formula.rhs, bad)
            if (rule.__name__, condition) in OTHERWISE:
                new = rule(left, *beside(rule, bad))
                assert new != right and compare(left, new, "=", point(random))[0] == VERIFIED
                continue
            with pytest.raises(RuleDoesNotApply):
                print(rule(left, *beside(rule, bad)), left)


DRAWN = [(rule, law) for rule, law in LAWS if is_drawn(law)]
ENDS = [(rule, law, part) for rule, law in DRAWN for part in law.conditions]
ONLY_REAL = "what stands for a letter here is a real number"
# Conditions whose weakening lets nothing false in, and why they are said.
SAID_ALL_THE_SAME = {
    ("solve_for", Ne(c, 0)): "where c is 0 the equation has no value, and does not hold",
    ("solve_for", of.FreeOf(a, x)): "the equation found is as true, but x is not found by it: the rule refuses",
    ("solve_for", of.FreeOf(b, x)): "likewise",
    ("number_into_bracket", member(c, S.Rationals)): "it holds of any number that is not 0; the rule asks for one",
    ("log_of_power", member(b, S.Reals)): ONLY_REAL,
    ("log_of_exponential", member(a, S.Reals)): ONLY_REAL,
    ("exponential_of_logarithm", member(b, S.Reals)): ONLY_REAL,
}
# How often a rule says that something does not depend on something: cases are drawn against what is said alone.
FREE = {"solve_for": 2, "factor_out_of_sum": 1, "factor_into_sum": 1, "spread_over_delta": 1, "take_out_term": 1,
        "swap_sums": 4, "reorder_sums": 6, "reorder_products": 6, "swap_products": 4, "product_of_powers": 1,
        "sum_of_constant": 1, "differentiate_sum": 1, "differentiate_product": 1, "rename_index": 1,
        "linearity_of_derivative": 3, "derivative_of_power": 1,
        "central_difference_below": 1, "central_difference_above": 1}  # fmt: skip


def test_of_which_laws_no_numbers_are_drawn():
    assert {rule.__name__ for rule, law in LAWS if not is_drawn(law)} == {"chain_rule"}


@pytest.mark.sampled(30)
@pytest.mark.parametrize(("rule", "law"), DRAWN, ids=[f"{rule.__name__}-{rule.laws.index(law) + 1}"
                                                      for rule, law in DRAWN])  # fmt: skip
def test_a_law_holds_wherever_its_conditions_do(rule, law):
    found = first_failure(rule, law, law.conditions)
    assert found is None, str(found)
    assert times_met(rule, law) >= MET


@pytest.mark.parametrize(("rule", "law", "condition"), ENDS,
                         ids=[f"{rule.__name__}-{rule.laws.index(law) + 1}: {part}" for rule, law, part in ENDS])
def test_a_weaker_condition_lets_in_what_is_false(rule, law, condition):
    others = [part for part in law.conditions if part != condition]
    noticed = {first_failure(rule, law, others + ([weak] if weak is not None else [])) is not None
               for weak in weaker(condition)}  # fmt: skip
    assert noticed == {(rule.__name__, condition) not in SAID_ALL_THE_SAME}


def test_no_condition_on_the_form_is_left_out():
    said = [(rule.__name__, type(part)) for rule, law in LAWS for part in law.conditions]
    assert {name: said.count((name, of.FreeOf)) for name, kind in said if kind is of.FreeOf} == FREE
    assert {name for name, kind in said if kind is of.NoSlope} == SLOPES.keys()
    numbers = [rule.__name__ for rule, law in LAWS if member(c, S.Rationals) in law.conditions]
    assert numbers == ["number_into_bracket", "linearity_of_sum", "merge_sums"]
