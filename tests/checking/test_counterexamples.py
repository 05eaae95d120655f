"""What breaks: every counterexample fails where it says, and every hypothesis of every derivation is needed."""

from dataclasses import replace

import pytest
from sympy import Contains, Eq, Ge, Gt, Integer, Interval, Le, Lt, Rational, Sum, Tuple

from derivations.catalogue import catalogue
from derivations.checking.compare import REFUTED, UNDECIDED, VERIFIED
from derivations.checking.counterexamples import FAILS, NO_MEANING, confirm, refute
from derivations.checking.dropped import without
from derivations.checking.found import broken
from derivations.engine.derivation import derive
from derivations.engine.entries import Counterexample, Hypothesis
from derivations.engine.rules.algebra import by_hypothesis, distribute
from derivations.notation import (
    K, interior, j, k, label, labels_sum, m, model_positive, model_sums, n, p, probability, q, scale, seen, y, z,
)  # fmt: skip

ENTRIES = catalogue()
PAIRS = [(entry, hypothesis)
         for entry in ENTRIES.values() if entry.kind == "derivation" for hypothesis in entry.hypotheses]
STATED = [(entry, hypothesis) for entry, hypothesis in PAIRS if hypothesis.statement is not None]
IN_WORDS = {hypothesis for _, hypothesis in PAIRS if hypothesis.statement is None}


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES.values() if entry.kind == "counterexample"],
                         ids=lambda entry: entry.id)
def test_a_counterexample_fails_where_it_says(entry):
    assert confirm(entry).outcome == VERIFIED


@pytest.mark.sampled(60)
@pytest.mark.parametrize(("entry", "hypothesis"), STATED, ids=lambda value: getattr(value, "id", None) or value.name)
def test_no_hypothesis_is_there_for_nothing(entry, hypothesis):
    found = broken(entry, hypothesis)  # looked for once, for the pages too
    assert found is not None, f"{entry.id} holds without: {hypothesis.words}. Strike it, or mark it as implied"
    assert found.values, "a reader is shown no values at which it fails"
    both = found.left, found.right
    if found.how == FAILS:  # two numbers, and not the same ones
        assert all(both) and found.left != found.right, both
    else:
        assert found.how == NO_MEANING and not all(side and "∞" not in side for side in both), both


@pytest.mark.parametrize("hypothesis", sorted(IN_WORDS, key=lambda hypothesis: hypothesis.name),
                         ids=lambda hypothesis: hypothesis.name)
def test_a_hypothesis_in_words_has_a_counterexample_in_the_catalogue(hypothesis):
    assert [entry.id for entry in ENTRIES.values() if getattr(entry, "without", None) == hypothesis]


def test_a_claim_that_holds_is_no_counterexample():
    true = Counterexample("test.true", "true", Eq(q[1] + p[1], p[1] + q[1] + 0 * label, evaluate=False),
                          {q: (Integer(1),), p: (Integer(1),)})
    half = replace(true, claim=Eq(q[1], p[1], evaluate=False))
    assert refute(half) is None and confirm(half).outcome == REFUTED
    assert refute(replace(half, values={q: (Integer(1),), p: (Rational(1, 2),)})).how == FAILS


def test_what_is_given_must_hold_at_the_values():
    values = {q: (Integer(1),), p: (Rational(1, 2),)}
    claimed = Counterexample("test.given", "given", Eq(q[1], p[1], evaluate=False), values, given=(p[1] > q[1],))
    assert refute(claimed) is None
    assert refute(replace(claimed, given=(p[1] < q[1],))) is not None


HALF, NEARLY = Rational(1, 2), Rational(1, 2) + Rational(1, 10**60)
UNEQUAL = {K: 2, p: (NEARLY, HALF)}
NO_COUNTEREXAMPLES = {
    "a probability of 2": (Le(p[1], 1, evaluate=False), {K: 1, p: (Integer(2),)}),
    "a second probability of 2": (Le(p[1], p[2], evaluate=False), {K: 2, p: (HALF, Integer(2))}),
    "a factor that is to be positive": (Gt(scale, 0, evaluate=False), {scale: Integer(-1)}),
    "no observations": (Ge(n, 1, evaluate=False), {n: 0}),
    "a class that there is not": (Le(m, K, evaluate=False), {K: 2, m: 3}),
    "a class before the first": (Ge(m, 1, evaluate=False), {K: 2, m: 0}),
    "an observation of a class that there is not": (Le(seen[1], K, evaluate=False), {K: 2, seen: (3,)}),
    "more logits than classes": (Le(z[3], 0, evaluate=False), {K: 2, z: Tuple(0, 0, 1)}),
    "fewer logits than classes": (Le(z[1], 0, evaluate=False), {K: 2, z: Tuple(1)}),
    "rows of unequal length": (Eq(y[1, 1], 1, evaluate=False), {n: 2, K: 2, y: Tuple((0, 1), (1,))}),
    "a table for a row": (Eq(K, 1, evaluate=False), {K: 2, z: Tuple((0, 0), (0, 0))}),
    "more by very little": (Gt(p[1], p[2], evaluate=False), UNEQUAL),
}


@pytest.mark.parametrize("name", NO_COUNTEREXAMPLES)
def test_values_that_are_none_make_no_counterexample(name):
    claimed = Counterexample("test.none", "none", *NO_COUNTEREXAMPLES[name])
    assert confirm(claimed).outcome == REFUTED and refute(claimed) is None


@pytest.mark.parametrize("given", [Eq(p[1], p[2]), Le(p[1], p[2]), Lt(p[1], p[2]), Gt(p[k], 0), Ge(p[3], 0)], ids=str)
def test_what_is_given_must_hold_to_the_last_digit(given):
    claimed = Counterexample("test.given", "given", Le(p[1], 0, evaluate=False), UNEQUAL)
    assert confirm(claimed).outcome == VERIFIED
    assert confirm(replace(claimed, given=(given,))).outcome == REFUTED


def test_the_hypothesis_that_is_to_be_broken_is():
    claimed = Counterexample("test.without", "without", Le(p[1], 0, evaluate=False), UNEQUAL)
    assert confirm(replace(claimed, without=model_sums)).outcome == VERIFIED
    assert confirm(replace(claimed, without=model_positive)).outcome == REFUTED


@pytest.mark.parametrize("values", [{m: 5}, {}], ids=str)
@pytest.mark.parametrize("claim", [Eq(z[m], z[m], evaluate=False), Le(z[m], 3, evaluate=False)], ids=str)
def test_an_entry_that_does_not_exist_decides_nothing(claim, values):
    claimed = Counterexample("test.beyond", "beyond", claim, {K: 2, z: Tuple(1, 2)} | values)
    assert confirm(claimed).outcome == UNDECIDED


def test_a_hypothesis_that_nothing_needs_is_found():
    idle = derive("test.idle", "idle", label * (label + probability)).by(distribute, because="a test", using=interior)
    assert without(idle, interior) is None


def test_a_statement_that_fails_is_told_from_one_that_loses_its_meaning():
    total = derive("test.total", "total", Sum(y[k], (k, 1, K))).by(by_hypothesis, labels_sum, because="a test")
    assert without(total, labels_sum).how == FAILS
    gradient = ENTRIES["softmax.gradient"]
    (exists,) = [hypothesis for hypothesis in gradient.hypotheses if hypothesis.name == "class m exists"]
    lost = without(gradient, exists)
    assert lost.how == NO_MEANING and dict(lost.values)[m] == str(int(dict(lost.values)[K]) + 1)


def test_the_values_shown_are_those_of_the_failure():
    ordered = Hypothesis("half", "the probability is at most a half",
                         Contains(probability, Interval(0, Rational(1, 2))))

    def rule(expression):
        """p <= 1/2."""
        return Rational(1, 2)

    rule.relation = "<="
    bound = derive("test.bound", "bound", probability + 0 * j).by(rule, because="a test", using=ordered)
    found = without(bound, ordered)
    assert found.how == FAILS and dict(found.values)[probability] == found.left and float(found.left) > 0.5


def test_the_search_is_the_same_every_time():
    entry, hypothesis = STATED[0]
    assert without(entry, hypothesis) == without(entry, hypothesis)
