"""The verification page: it adds up what was measured, agrees with `--check`, and shows nothing that was measured of
another program.
"""

import copy
import json
import re

import pytest
from measure import faults, measured_anew, rules_measured, words_measured

from derivations.__main__ import main
from derivations.checking import records
from derivations.checking.compare import REFUTED as CHECK_REFUTED, UNDECIDED
from derivations.checking.mutations import EQUAL, HOLDS_TOO, OPERATORS, REFUTED, SURVIVED
from derivations.site import measured, verification
from derivations.site.verification import KILLED, SHOWN_EQUAL, tables

IDS = ["bernoulli.mass", "softmax.shift", "cross_entropy.gibbs", "cross_entropy.asymmetry"]


@pytest.fixture(scope="module")
def entries():
    return {id: measured_anew(id) for id in IDS}


def cells(page, first):
    """The cells of the row that begins so, without tags."""
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in re.findall(r"<tr>(.*?)</tr>", page)]
    found = [[re.sub(r"<[^>]*>", "", cell) for cell in row] for row in rows]
    (row,) = [row for row in found if row and row[0] == first]
    return row[1:]


def total(page, start):
    """The value in the table of totals whose row begins so: the first such row."""
    return re.search(rf"<tr><td>{re.escape(start)}[^<]*</td><td>([^<]*)</td></tr>", page)[1]


def test_the_totals_are_those_of_the_check(entries, capsys):
    page, outcomes = tables(entries), []
    for id in IDS[1:]:
        assert main([id, "--check"]) == 0
        last = capsys.readouterr().out.splitlines()[-1]
        outcomes.append([int(number) for number in re.findall(r"(\d+) (?:steps?|points?)\b", last)])
    assert int(total(page, "Steps")) == sum(steps for steps, _ in outcomes) > 0
    assert int(total(page, "Points, one for")) == sum(points for _, points in outcomes) > 0
    assert total(page, "Derivations verified, refuted, undecided") == "2, 0, 0"
    assert total(page, "Counterexamples that fail") == "1"


def test_what_is_wrong_is_named_and_not_shown(entries, monkeypatch):
    assert list(faults(entries)) == []
    mass, shift, asymmetry = (
        copy.deepcopy(entries[id]) for id in ("bernoulli.mass", "softmax.shift", "cross_entropy.asymmetry")
    )
    mass["oracle"]["worst"] = float("nan")
    shift["check"]["outcome"] = UNDECIDED
    shift["mutants"]["survivors"] = ["step 1, a sign: 1 = -1"]
    asymmetry["check"]["outcome"] = CHECK_REFUTED
    spoiled = entries | {"bernoulli.mass": mass, "softmax.shift": shift, "cross_entropy.asymmetry": asymmetry}
    assert list(faults(spoiled)) == [
        "bernoulli.mass: the definition differs from its oracle by nan; 1e-11 is allowed",
        "softmax.shift: undecided",
        "softmax.shift, step 1, a sign: 1 = -1 was planted and not noticed",
        "cross_entropy.asymmetry: refuted",
    ]
    monkeypatch.setattr(verification, "everything", lambda: spoiled)
    with pytest.raises(ValueError, match="must not be published: bernoulli.mass: the definition differs"):
        verification.verification_tables()


def test_a_row_says_what_was_measured_of_the_result(entries):
    found = entries["softmax.shift"]
    row = cells(tables(entries | {"softmax.shift": found | {"peers": {"Some library 1.2": 3e-12}}}), "shift")
    assert row[:2] == [str(found["check"]["steps"]), str(found["check"]["points"])]
    assert row[-1] == "Some 3e−12"
    assert row[4] == f"{found['exact']['decided']} of {found['exact']['equalities']}"
    assert row[6] == "1 of 1"
    assert cells(tables(entries), "mass")[0] == "definition"


def test_what_went_wrong_is_counted_as_wrong(entries):
    spoiled = json.loads(json.dumps(entries))
    spoiled["softmax.shift"]["check"]["outcome"] = "undecided"
    spoiled["cross_entropy.gibbs"]["check"]["outcome"] = "refuted"
    spoiled["cross_entropy.asymmetry"]["check"]["outcome"] = "undecided"
    spoiled["softmax.shift"]["oracle"]["worst"] = 0.5
    spoiled["softmax.shift"]["without"] = [None]
    page = tables(spoiled)
    assert total(page, "Derivations verified, refuted, undecided") == "0, 1, 1"
    assert total(page, "Counterexamples that fail") == "0"
    assert total(page, "Results compared with an oracle").endswith("5e−1")
    assert cells(page, "shift")[6] == "0 of 1"


def test_the_score_leaves_out_only_what_is_no_error(entries):
    planted = {"fates": {"signs": {REFUTED: 6, UNDECIDED: 1, SURVIVED: 1}, "numbers": {EQUAL: 5, HOLDS_TOO: 2}}}
    page = tables({"softmax.shift": entries["softmax.shift"] | {"mutants": planted}})
    assert total(page, "Planted errors refuted") == "6 of 8, 75.00 %"
    assert total(page, "Planted errors undecided") == "1"
    assert cells(page, OPERATORS[0].__doc__) == ["6", "1", "0", "0", "1"]
    assert (total(page, "Planted changes that leave"), total(page, "Planted changes of an inequality")) == ("5", "2")
    assert cells(page, "shift")[5] == "6 of 8"


def test_errors_planted_in_rules_are_counted_beside_those_in_formulas(entries):
    rules = {"fates": {"sums": {KILLED: 7, SHOWN_EQUAL: 2}, "algebra": {KILLED: 2, SURVIVED: 1}}, "survivors": ["x"]}
    page = tables(entries, rules)
    assert total(page, "Errors planted in the code of the rules") == "9 of 10, 90.00 %"
    assert total(page, "Planted changes of that code") == "2"
    assert cells(page, "Sums") == ["7", "2", "0"] and cells(page, "Algebra") == ["2", "0", "1"]
    assert list(faults(entries, rules)) == ["x was planted in a rule and not noticed"]
    assert total(tables(entries), "Errors planted in the code of the rules") == verification.NOT_MEASURED


@pytest.mark.sampled(0, rest_in="make measure")  # which plants all of them
def test_what_is_known_of_the_rules_is_of_the_rules_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    assert measured.measured_rules() is None
    found = rules_measured()
    assert measured.measured_rules() == found and found["survivors"] == []
    monkeypatch.setattr(measured, "RULE_FILES", ("rule_mutants.py",))
    assert measured.measured_rules() is None


def test_what_was_not_measured_is_said_to_be_missing_and_not_to_be_well(entries):
    kinds = ("kind", "when", "check", "without")
    few = {id: {kind: found[kind] for kind in kinds if kind in found} for id, found in entries.items()}
    page = tables(few)
    assert "0 of 2 exactly, 0 of 3 with planted errors, 0 of 3 by an oracle" in page and "make measure" in page
    for row in ("Equalities decided exactly", "Planted errors refuted", "Results compared with an oracle"):
        assert total(page, row) == verification.NOT_MEASURED
    assert cells(page, "shift")[4:6] == ["", ""]
    assert "make measure" not in tables(entries)


def test_the_page_says_when(entries):
    early, late = (
        copy.deepcopy(entries["softmax.shift"]) | {"when": [day]} for day in ("2026-01-02T03", "2026-05-06T07")
    )
    assert "on <time" in tables({"softmax.shift": early})
    page = tables({"softmax.shift": early, "cross_entropy.gibbs": late})
    assert re.search(r"between <time[^>]*>2026-01-02</time> and <time[^>]*>2026-05-06</time>", page)


def test_an_oracle_that_was_edited_makes_its_comparisons_stale(tmp_path, monkeypatch):
    entry = verification.catalogue()["bernoulli.mass"]
    before = {kind: measured.basis(kind, entry) for kind in ("oracle", "mutants", "peers", "exact")}
    (tmp_path / "tests" / "peers").mkdir(parents=True)
    (tmp_path / "tests" / "oracles.py").write_text("another", encoding="utf-8")
    monkeypatch.setattr(records, "PROJECT", tmp_path)
    measured.evidence.cache_clear()
    after = {kind: measured.basis(kind, entry) for kind in before}
    measured.evidence.cache_clear()
    assert {kind for kind in before if before[kind] != after[kind]} == {"oracle", "mutants", "peers"}
    derived = verification.catalogue()["softmax.shift"]
    assert measured.basis("mutants", derived) == ()  # its mutants are compared with its own lines


def test_errors_planted_in_words_are_counted_and_what_people_read_is_listed(entries):
    found = {"fates": {"typed words": {KILLED: 7, SURVIVED: 1}}, "survivors": ["x"]}
    page = tables(entries, None, found)
    assert "<td>Typed words</td><td>7</td><td>0</td><td>1</td>" in page
    assert "the labels are independent given the inputs" in page and "Read by people only" in page
    assert list(faults(entries, None, found)) == ["x was planted in words and not noticed"]
    assert "Errors planted in words" not in tables(entries)


@pytest.mark.sampled(0, rest_in="make measure")  # which plants all of them
def test_what_is_known_of_the_words_is_of_the_words_as_they_are(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FOLDER", tmp_path)
    assert measured.measured_words() is None
    found = words_measured()
    assert measured.measured_words() == found and found["survivors"] == []


def test_the_page_begins_with_the_totals_of_its_tables(entries):
    said, page = verification.in_short(entries), tables(entries)
    derivations = total(page, "Derivations verified, refuted, undecided").split(", ")[0]
    steps, (found, planted) = total(page, "Steps"), total(page, "Planted errors refuted").split(",")[0].split(" of ")
    assert f"All {derivations} derivations passed their checks, in each of their {steps} steps." in said
    assert f"Of {planted} errors planted in formulas, the checks found {found}." in said
    proofs, every = total(page, "Derivations with a formal proof").split(" of ")
    assert f"{'All' if proofs == every else proofs} of them are also proved, for all sizes." in said


def test_what_is_wrong_is_not_summed_up(entries, monkeypatch):
    spoiled = json.loads(json.dumps(entries))
    spoiled["softmax.shift"]["check"]["outcome"] = UNDECIDED
    monkeypatch.setattr(verification, "everything", lambda: spoiled)
    with pytest.raises(ValueError, match="must not be published: softmax.shift: undecided"):
        verification.verification_in_short()
