"""The verification page: it adds up what was measured, agrees with `--check`, and shows nothing that was measured of
another program.
"""

import copy
import json
import re

import pytest
from measure import faults
from measure import measured as measure

from derivations.site import measured, verification
from derivations.__main__ import main
from derivations.checking.check import REFUTED as CHECK_REFUTED
from derivations.checking.check import UNDECIDED
from derivations.checking.mutations import EQUAL, HOLDS_TOO, REFUTED, SURVIVED

IDS = ["bernoulli.mass", "softmax.shift", "cross_entropy.gibbs", "cross_entropy.asymmetry"]


@pytest.fixture(scope="module")
def entries():
    return {id: measure(id) for id in IDS}


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """The tables for the given entries, as a page without tags."""
    monkeypatch.setattr(measured, "VERIFICATION", tmp_path / "verification.json")
    monkeypatch.setattr(measured, "PEERS", tmp_path / "peers.json")

    def tables(entries, others=None, fingerprint=None):
        about = {"fingerprint": fingerprint or measured.fingerprint(), "seed": 7, "versions": {"sympy": "1.2"}}
        measured.VERIFICATION.write_text(json.dumps(about | {"entries": entries}), encoding="utf-8")
        measured.PEERS.write_text(json.dumps(about | {"entries": others or {}}), encoding="utf-8")
        return verification.verification_tables()

    return tables


def cells(page, first):
    """The cells of the row that begins so, without tags."""
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    found = [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in rows]
    (row,) = [row for row in found if row and row[0] == first]
    return row[1:]


def total(page, start):
    """The value in the table of totals whose row begins so: the first such row."""
    return re.search(rf"<tr><td>{re.escape(start)}[^<]*</td><td>([^<]*)</td></tr>", page)[1]


def test_the_totals_are_those_of_the_check(entries, shown, capsys):
    page, outcomes = shown(entries), []
    for id in IDS[1:]:
        assert main([id, "--check"]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        outcomes.append([int(number) for number in re.findall(r"(\d+) (?:steps?|points?)\b", last)])
    assert int(total(page, "Steps")) == sum(steps for steps, _ in outcomes) > 0
    assert int(total(page, "Points, one for")) == sum(points for _, points in outcomes) > 0
    assert total(page, "Derivations verified, refuted, undecided") == "2, 0, 0"
    assert total(page, "Counterexamples that fail") == "1"


def test_what_is_wrong_is_named_and_not_written_down(entries):
    assert list(faults(entries)) == []
    mass, shift, asymmetry = (copy.deepcopy(entries[id])
                              for id in ("bernoulli.mass", "softmax.shift", "cross_entropy.asymmetry"))
    mass["oracle"]["worst"] = float("nan")
    shift["check"]["outcome"] = UNDECIDED
    shift["survivors"] = ["step 1, a sign: 1 = -1"]
    asymmetry["outcome"] = CHECK_REFUTED
    spoiled = {"bernoulli.mass": mass, "softmax.shift": shift, "cross_entropy.asymmetry": asymmetry}
    found = list(faults(entries | spoiled))
    assert found == [
        "bernoulli.mass: the definition differs from its oracle by nan; 1e-11 is allowed",
        "softmax.shift: undecided",
        "softmax.shift, step 1, a sign: 1 = -1 was planted and not noticed",
        "cross_entropy.asymmetry: refuted",
    ]


def test_a_row_says_what_was_measured_of_the_result(entries, shown):
    found = entries["softmax.shift"]
    row = cells(shown(entries, {"softmax.shift": {"Some library 1.2": 3e-12}}), "shift")
    assert row[:2] == [str(found["check"]["steps"]), str(found["check"]["points"])]
    assert row[-1] == "Some 3e−12"
    assert row[4] == f'{found["exact"]["decided"]} of {found["exact"]["equalities"]}'
    assert cells(shown(entries), "mass")[0] == "definition"


def test_what_went_wrong_is_counted_as_wrong(entries, shown):
    spoiled = json.loads(json.dumps(entries))
    spoiled["softmax.shift"]["check"]["outcome"] = "undecided"
    spoiled["cross_entropy.gibbs"]["check"]["outcome"] = "refuted"
    spoiled["cross_entropy.asymmetry"]["outcome"] = "undecided"
    spoiled["softmax.shift"]["oracle"]["worst"] = 0.5
    page = shown(spoiled)
    assert total(page, "Derivations verified, refuted, undecided") == "0, 1, 1"
    assert total(page, "Counterexamples that fail") == "0"
    assert total(page, "Results compared with an oracle").endswith("5e−1")


def test_the_score_leaves_out_only_what_is_no_error(entries, shown):
    planted = {"signs": {REFUTED: 3, SURVIVED: 1}, "numbers": {EQUAL: 5, HOLDS_TOO: 2}}
    page = shown({"softmax.shift": entries["softmax.shift"] | {"mutants": planted}})
    assert total(page, "Planted errors refuted") == "3 of 4, 75.00 %"
    assert (total(page, "Planted changes that leave"), total(page, "Planted changes of an inequality")) == ("5", "2")
    assert cells(page, "shift")[5] == "3 of 4"


def test_nothing_is_shown_that_was_measured_of_another_program(entries, shown):
    page = shown(entries, fingerprint="of something else")
    assert page == verification.NOT_MEASURED


def test_without_a_record_the_page_says_how_to_measure(tmp_path, monkeypatch):
    monkeypatch.setattr(measured, "VERIFICATION", tmp_path / "none.json")
    assert verification.verification_tables() == verification.NOT_MEASURED


def test_the_fingerprint_changes_with_a_derivation_and_not_with_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr(measured, "PROJECT", tmp_path)
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "coin.py").write_text("p", encoding="utf-8")
    before = measured.fingerprint()
    (tmp_path / "derivations" / "pages.py").write_text("shown otherwise", encoding="utf-8")
    assert measured.fingerprint() == before
    (tmp_path / "derivations" / "coin.py").write_text("1 - p", encoding="utf-8")
    assert measured.fingerprint() != before
