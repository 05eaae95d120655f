"""What breaks: every counterexample fails where it says, and every hypothesis of every derivation is needed."""

from dataclasses import replace

import pytest
from sympy import Contains, Eq, Integer, Interval, Rational, Sum

from derivations.catalogue import catalogue
from derivations.checking.compare import REFUTED, VERIFIED
from derivations.checking.counterexamples import FAILS, NO_MEANING, confirm, refute, without
from derivations.checking.records import broken
from derivations.engine.derivation import derive
from derivations.engine.entries import Counterexample, Hypothesis
from derivations.engine.rules.algebra import by_hypothesis, distribute
from derivations.notation import K, interior, j, k, label, labels_sum, m, p, probability, q, y

ENTRIES = catalogue()
PAIRS = [(entry, hypothesis)
         for entry in ENTRIES.values() if entry.kind == "derivation" for hypothesis in entry.hypotheses]
STATED = [(entry, hypothesis) for entry, hypothesis in PAIRS if hypothesis.statement is not None]
IN_WORDS = {hypothesis for _, hypothesis in PAIRS if hypothesis.statement is None}


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES.values() if entry.kind == "counterexample"],
                         ids=lambda entry: entry.id)
def test_a_counterexample_fails_where_it_says(entry):
    assert confirm(entry).outcome == VERIFIED


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
