"""What was found is kept for the entry as it is, and for no other; and what is read is what would be found."""

import json
from dataclasses import replace

import pytest
from sympy import Integer

from derivations.catalogue import catalogue
from derivations.checking import records
from derivations.checking.check import check
from derivations.checking.counterexamples import confirm
from derivations.checking.dropped import without
from derivations.checking.exact import decide
from derivations.checking.found import broken, checked, decided
from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis, define
from derivations.engine.rules.algebra import by_hypothesis, distribute
from derivations.engine.rules.definitions import unfold
from derivations.notation import label, labels_sum, logit, probability

ENTRIES = catalogue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty place for records, in what looks like a checkout."""
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(records, "PROJECT", tmp_path)
    monkeypatch.setattr(records, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


def forbidden():
    raise AssertionError("it was found before")


def test_what_is_read_is_what_was_found(folder):
    for id in ("softmax.gradient", "numerics.softplus", "bernoulli.hessian"):
        entry = ENTRIES[id]
        found, exactly = check(entry), decide(entry)
        breaks = [without(entry, hypothesis) for hypothesis in entry.hypotheses]
        for _ in range(2):  # found, then read
            assert checked(entry) == found and decided(entry) == exactly
            assert [broken(entry, hypothesis) for hypothesis in entry.hypotheses] == breaks
    for _ in range(2):
        example = ENTRIES["softmax.diagonal_only"]
        assert checked(example) == confirm(example)


def test_nothing_is_found_twice(folder):
    entry = ENTRIES["softmax.gradient"]
    assert records.kept("anything", entry, lambda: {"points": 3}) == {"points": 3}
    assert records.kept("anything", entry, forbidden) == {"points": 3}
    with pytest.raises(AssertionError):
        records.kept("anything", entry, forbidden, "another basis")


def changed(entry):
    """The entry with something of it changed, in every way that a check can notice."""
    *steps, last = entry.steps
    yield replace(entry, start=entry.start + 1)
    yield replace(entry, steps=(*steps, replace(last, expression=last.expression + 1)))
    yield replace(entry, steps=(*steps, replace(last, relation="<=")))
    yield replace(entry, steps=(*steps, replace(last, using=())))
    yield replace(entry, steps=(*steps, replace(last, following=(labels_sum,))))
    yield replace(entry, id="softmax.another")


def test_a_record_is_of_the_entry_as_it_is():
    entry = ENTRIES["softmax.gradient"]
    prints = [records.fingerprint(entry), *map(records.fingerprint, changed(entry))]
    assert len(set(prints)) == len(prints)
    assert records.fingerprint(entry) == records.fingerprint(replace(entry, title="another title"))


def test_a_definition_that_changed_makes_stale_what_names_it():
    twice, thrice = (define("test.scaled", "scaled", "s", (logit,), number * logit) for number in (2, 3))
    prints = {
        records.fingerprint(
            derive("test.derived", "derived", scaled(logit) + label).by(unfold, scaled, because="a test")
        )
        for scaled in (twice, thrice)
    }
    assert len(prints) == 2


def test_two_definitions_of_one_id_are_told_apart_and_those_that_follow_are_seen():
    ways = [define("test.twin", "twin", "s", (logit,), number * logit) for number in (1, 2)]
    sums = [derive("test.sum", "sum", way(logit) * (label + probability)).by(distribute, because="a test")
            for way in ways]
    assert records.fingerprint(sums[0]) != records.fingerprint(sums[1])
    *steps, last = ENTRIES["softmax.gradient"].steps
    follow = [Hypothesis("it follows", "it follows", way(logit) >= 0) for way in ways[:2]]
    implied = [replace(ENTRIES["softmax.gradient"], steps=(*steps, replace(last, following=(given,))))
               for given in follow]
    assert records.fingerprint(implied[0]) != records.fingerprint(implied[1])


def test_a_checker_that_changed_makes_everything_stale(monkeypatch):
    entry = ENTRIES["softmax.gradient"]
    before = records.fingerprint(entry)
    monkeypatch.setattr(records, "machinery", lambda: "another arithmetic")
    assert records.fingerprint(entry) != before


def test_the_machinery_is_all_that_a_check_runs_through():
    read = {
        path.relative_to(records.PACKAGE).as_posix()
        for pattern in records.ARITHMETIC
        for path in records.PACKAGE.glob(pattern)
    }
    wing = {f"checking/{path.name}" for path in (records.PACKAGE / "checking").glob("*.py")}
    assert wing | {"notation.py", "engine/terms.py"} <= read and not [name for name in read if "rules" in name]


@pytest.mark.parametrize("damage", [
    lambda text: text[:-9], lambda text: "", lambda text: "null", lambda text: "[]", lambda text: "{}",
    lambda text: text.replace('"verified"', '"refuted"'), lambda text: text.replace('"points"', '"point"'),
], ids=["cut short", "empty", "null", "a list", "nothing", "another outcome", "another field"])  # fmt: skip
def test_a_record_that_was_damaged_is_no_record(folder, damage):
    entry = ENTRIES["sigmoid.gradient"]
    checked(entry)
    (path,) = (folder / "check").iterdir()
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert records.read("check", entry) is None
    assert checked(entry) == check(entry)
    assert json.loads(path.read_text(encoding="utf-8"))["found"]["outcome"] == "verified"


def test_where_no_record_can_be_written_none_is(folder):
    folder.write_text("in the way of the folder", encoding="utf-8")
    assert checked(ENTRIES["softmax.gradient"]).outcome == "verified"


def test_an_installed_package_keeps_nothing(folder):
    (records.PROJECT / "pyproject.toml").unlink()
    total = derive("test.total", "total", labels_sum.statement.lhs).by(by_hypothesis, labels_sum, because="a test")
    assert total.result == Integer(1) and checked(total).outcome == "verified"
    assert not folder.exists()
