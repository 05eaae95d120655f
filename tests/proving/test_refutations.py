"""Counterexamples in Coq: that the claim fails is proved, at the catalogue's values, and of nothing that holds."""

from dataclasses import replace

import pytest
from sympy import Rational
from with_coq import COQ

from derivations import likelihood, soft_labels
from derivations.engine.terms import equation
from derivations.notation import p, y
from derivations.proving import __main__ as program
from derivations.proving.attempts import Attempt, attempts_at_counterexamples
from derivations.proving.compiling import compile_all
from derivations.proving.counterexamples import (
    counterexamples, counterexamples_file, negation_in_coq, negation_text, refutation_name, refutation_text,
    value_files,
)  # fmt: skip
from derivations.proving.files import library_files
from derivations.proving.ledger import (
    entered_counterexamples, proved_false, refutation_mark, stale_counterexamples,
)  # fmt: skip
from derivations.proving.shown import coq_text

LEDGER = entered_counterexamples()
# Coq has no word for what these say. The page Proved says how many there are.
NOT_YET = {"invariance.order_or_counts"}


def test_every_counterexample_is_proved_as_it_is_exported_now():
    assert list(LEDGER) == [entry.id for entry in counterexamples() if entry.id not in NOT_YET] and len(LEDGER) >= 59
    assert {entry.id for entry in counterexamples()} >= NOT_YET
    assert stale_counterexamples(LEDGER) == {}
    assert coq_text(likelihood.not_strictly).startswith("(* proved: ")


def test_one_that_has_changed_since_is_not_in_the_ledger():
    id = likelihood.not_strictly.id
    assert id in stale_counterexamples(LEDGER | {id: "0" * 16})
    assert "softmax.gradient" in stale_counterexamples(LEDGER | {"softmax.gradient": "0" * 16})
    other = replace(likelihood.dependent_labels, values={likelihood.probability: Rational(1, 3)})
    assert refutation_mark(other) != refutation_mark(likelihood.dependent_labels)


IN_COQ = [entry for entry in counterexamples() if negation_in_coq(entry)]


@pytest.mark.parametrize("entry", IN_COQ, ids=lambda entry: entry.id)
def test_a_theorem_says_the_values_what_is_given_and_that_the_claim_fails(entry):
    text = negation_text(entry)
    parts = text.removesuffix(".").split(" /\\\n  ")
    numbers = sum(_count(value) for value in entry.values.values())
    assert len(parts) == numbers + len(entry.given) + 1 and parts[-1].rpartition("~ (")[1]
    assert text.startswith(f"Theorem {refutation_name(entry)} :")


def _count(value):
    return sum(map(_count, value)) if hasattr(value, "__len__") else 1


# What the tactics must not show: a claim that holds, and a statement that is given and does not.
NOT_FALSE = {
    "a claim that holds": replace(likelihood.dependent_labels, claim=equation(likelihood.probability, Rational(1, 2))),
    "a given that does not hold": replace(likelihood.not_strictly, given=(likelihood.not_strictly.claim,)),
    "other values": replace(soft_labels.positive_floor, values=soft_labels.positive_floor.values
                            | {p: (Rational(1), Rational(0)), y: (Rational(1), Rational(0))}),
}  # fmt: skip


@COQ
def test_what_is_not_false_has_no_such_proof(values):
    for what, entry in NOT_FALSE.items():
        file = counterexamples_file([entry], [])
        found = compile_all([*library_files(), *value_files(), file], values)[file.name]
        assert found.outcome == "failed" and "Attempt to save an incomplete proof" in found.said, what


@COQ
@pytest.mark.sampled(2)
@pytest.mark.parametrize("entry", proved_false(), ids=lambda entry: entry.id)  # make proofs reads them all
def test_one_goes_through_alone(entry, values):
    file = counterexamples_file([entry], [])
    assert refutation_text(entry) in file.text
    assert compile_all([*library_files(), *value_files(), file], values)[file.name].is_well


@COQ
def test_of_several_that_are_tried_each_that_goes_through_is_told_and_no_other(values):
    right, wrong = likelihood.dependent_labels, NOT_FALSE["a claim that holds"]
    wrong = replace(wrong, id="likelihood.planted")
    tried = attempts_at_counterexamples([wrong, right], values)  # what fails comes first, and holds nothing up
    assert {one.key: one.succeeded for one in tried} == {wrong.id: False, right.id: True}


def test_one_that_fails_is_set_aside_before_all_are_proved(monkeypatch):
    """Else each pass over all of them finds one failure alone, as Coq stops at it."""
    fails, stands = counterexamples()[0], list(LEDGER)[-1]
    monkeypatch.setattr(program, "entered_counterexamples", lambda: {stands: LEDGER[stands]})
    tried = []

    def attempts(entries, folder):
        tried.extend(entries)
        return [Attempt(one.id, reason="planted" if one == fails else "") for one in entries]

    monkeypatch.setattr(program, "attempts_at_counterexamples", attempts)
    kept = program._false_ones(program._options(["--try"]))
    assert kept.keys() == {one.id for one in IN_COQ} - {fails.id}
    assert {one.id for one in tried} == {one.id for one in IN_COQ} - {stands}
    tried.clear()
    assert program._false_ones(program._options(["--try", "softmax.gradient"])).keys() == {stands} and not tried
