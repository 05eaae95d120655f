"""The ledger says what Coq accepted, as it is exported now; an export that has changed does not count."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from derivations import softmax
from derivations.catalogue import catalogue
from derivations.proving import ledger
from derivations.proving.files import cited_by, derivation_of
from derivations.proving.theorems import key_of_proof
from derivations.proving.ledger import enter, entered, is_proved, proof_mark, stale, stands

LEDGER = entered()


def test_every_entry_of_the_ledger_is_proved_as_it_is_exported_now():
    assert len(LEDGER) > 200
    assert stale(LEDGER) == {}
    assert {key.partition("[")[0] for key in LEDGER} <= catalogue().keys()
    assert [key_of_proof(derivation_of(key)) for key in LEDGER] == list(LEDGER)


def test_a_proof_that_has_changed_since_is_not_in_the_ledger():
    assert is_proved(softmax.gradient)
    one, *others = reversed(softmax.gradient.steps)
    shorter = replace(softmax.gradient, steps=tuple(reversed(others)))
    assert proof_mark(shorter) != proof_mark(softmax.gradient)
    assert stale(LEDGER | {"softmax.gradient": "0" * 16})["softmax.gradient"].startswith("its theorem or its proof")


def test_what_cites_an_unproved_result_is_not_proved():
    source = cited_by(softmax.gradient)[0]
    without = {key: mark for key, mark in LEDGER.items() if key != source.id}
    assert not stands(softmax.gradient, without)
    assert source.id in stale(without)["softmax.gradient"]


def test_an_id_that_is_gone_is_told():
    gone = {"softmax.nothing": "0" * 16, "softmax.gradient[99]": "0" * 16, "softmax.probability": "0" * 16}
    assert stale(gone) == dict.fromkeys(gone, "there is no such derivation")


@pytest.mark.parametrize("text", ["Fixpoint bigsum", "Definition delta"])
def test_what_a_sum_is_belongs_to_every_theorem(text):
    assert text in ledger.meanings()


def test_it_is_written_in_the_order_of_the_catalogue_and_read_back(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "LEDGER", tmp_path / "proved.txt")
    enter(dict(reversed(LEDGER.items())))
    assert list(entered().items()) == list(LEDGER.items())


def test_the_fingerprints_are_the_same_in_every_process():
    code = ("from derivations import softmax; from derivations.proving.ledger import proof_mark\n"
            "print(proof_mark(softmax.gradient), proof_mark(softmax.jacobian))")  # fmt: skip
    environment = os.environ | {"PYTHONHASHSEED": "4"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [proof_mark(softmax.gradient), proof_mark(softmax.jacobian)]
