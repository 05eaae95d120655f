"""A suite of false statements, each of which somebody could write down: none is verified, none counts as exact.

Each says at which numbers it is false, and a program that shares nothing with the checker finds it false there, with
its hypotheses met. Beside them stand true statements of the same shapes: a checker that refuses all is none.
"""

from collections import Counter
from functools import cache

import pytest
from statements import FALSE, TRUE
from statements.generate import made_false
from statements.stating import false_at, false_step, made, outside, unmet

from derivations.catalogue import catalogue
from derivations.checking.check import SEED, check
from derivations.checking.compare import VERIFIED
from derivations.checking.exact import EXACT, decide
from derivations.engine.terms import same

every_false = pytest.mark.parametrize("statement", FALSE, ids=str)


@cache
def verdict(statement):
    """What the checker says of a statement, or that it was refused before."""
    derivation, refusal = made(statement)
    if refusal is not None:
        return f"refused: {refusal}"
    try:
        return check(derivation).outcome
    except (ValueError, TypeError) as error:
        assert str(error).strip(), f"{statement} is refused without a word"
        return f"refused: {error}"


@every_false
def test_it_is_false_at_its_values_though_its_hypotheses_hold(statement):
    if statement.values is not None:
        assert false_at(statement) and not unmet(statement) and not outside(statement)


@pytest.mark.sampled(40)
@every_false
def test_it_is_not_verified(statement):
    if verdict(statement) == VERIFIED:
        derivation, _ = made(statement)
        assert false_step(statement, derivation) is None, f"verified: {statement}"


def exactly(statement):
    """What the exact check says, if it counts a false statement as decided; empty if it does not."""
    derivation, _ = made(statement)
    if derivation is None:
        return ""
    try:
        found = decide(derivation)
    except (ValueError, TypeError) as error:
        assert str(error).strip(), f"{statement} is refused without a word"
        return ""
    wrong = found.outcome == EXACT and found.equalities and false_step(statement, derivation) is not None
    return str(found) if wrong else ""


def only_without_a_value(statement):
    """Whether a statement is false because a side has no value where the hypotheses hold."""
    return statement.values is not None and "has no value" in false_at(statement)


def takes_long(statement):
    """Whether points for it are found by solving one equation after the other, which takes half a minute and more."""
    return statement.kind == "hypotheses that were met at one value of a size alone"


@pytest.mark.sampled(20)
@pytest.mark.parametrize(
    "statement", [one for one in FALSE if not (only_without_a_value(one) or takes_long(one))], ids=str
)
def test_it_is_not_decided_exactly(statement):
    assert not exactly(statement)


@pytest.mark.sampled(0)
@pytest.mark.parametrize("statement", [one for one in FALSE if takes_long(one)], ids=str)
def test_what_takes_long_is_not_decided_exactly(statement):
    assert not exactly(statement)


@pytest.mark.parametrize("statement", [one for one in FALSE if only_without_a_value(one)], ids=str)
def test_what_has_no_value_is_not_decided_exactly(statement):
    assert not exactly(statement)


def test_statements_made_from_the_catalogue_are_not_verified():
    """A hypothesis is left out, or its interval closed, where plain arithmetic finds that to be false."""
    made_up = made_false([entry for entry in catalogue().values() if entry.steps], SEED, 30)
    assert len(made_up) == 30 and len({statement.name.rsplit(" ", 1)[1] for statement in made_up}) == 2
    assert not [str(statement) for statement in made_up if verdict(statement) == VERIFIED]


@pytest.mark.sampled(50)
@pytest.mark.parametrize("statement", TRUE, ids=str)
def test_a_true_statement_of_the_same_shape_is_verified(statement):
    derivation, refusal = made(statement)
    assert refusal is None, refusal
    assert same(derivation.result, statement.end)
    found = check(derivation)
    assert found.outcome == VERIFIED, str(found)


@pytest.mark.parametrize("statement", [one for one in TRUE if one.values], ids=str)
def test_it_is_true_at_its_values_too(statement):
    assert not false_at(statement) and not unmet(statement) and not outside(statement)


def test_there_are_many_of_many_kinds():
    names = Counter(map(str, FALSE + TRUE))
    assert max(names.values()) == 1, names.most_common(3)
    assert len(FALSE) >= 150 and len({statement.kind for statement in FALSE}) >= 25 and len(TRUE) >= 40
