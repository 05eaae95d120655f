"""Ids are forever: the ledger has all of them, and nothing that they state changes in silence."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sympy import Add, Eq, Symbol

from derivations import softmax
from derivations.catalogue import RENAMED, WITHDRAWN, catalogue, find, used_by, uses
from derivations.engine.entries import Counterexample, Hypothesis, Theorem, define
from derivations.reference import __main__ as command
from derivations.reference.changelog import CHANGELOG, Change, announced, changes_of_results
from derivations.reference.ids import faults_of_ids, ledger_text, read_ledger, statement_fingerprint, with_entered

PROJECT = Path(__file__).parents[2]
A, B = Symbol("a"), Symbol("b")


def test_no_id_disappears_or_changes_its_statement_in_silence():
    wrong = faults_of_ids(read_ledger(), catalogue(), changes_of_results())
    assert not wrong, "\n".join(f"{id} {fault}" for id, fault in wrong.items())


def test_the_ledger_is_as_the_command_writes_it():
    ledger = read_ledger()
    assert set(ledger) >= {*catalogue(), *RENAMED, *WITHDRAWN} and len(ledger) > 400
    assert ledger_text(ledger) == (PROJECT / "derivations/reference/ids.txt").read_text(encoding="utf-8")


def test_a_fingerprint_is_the_same_in_another_process():
    code = "from derivations import softmax; from derivations.reference.ids import statement_fingerprint"
    asked = [sys.executable, "-c", f"{code}; print(statement_fingerprint(softmax.gradient))"]
    done = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "1"})
    assert done.stdout.strip() == statement_fingerprint(softmax.gradient)


def definition(**changed):
    given = Hypothesis("a_is_b", "a is b", Eq(A, B))
    said = {"id": "softmax.planted", "title": "planted", "symbol": "X", "parameters": (A, B), "body": A + B}
    return define(**(said | {"hypotheses": (given,)} | changed))


@pytest.mark.parametrize("changed", [
    {"title": "another title"}, {"meaning": "what it means"}, {"symbol": "Y"},
    {"body": Add(B, A, evaluate=False)}, {"hypotheses": (Hypothesis("named", "other words", Eq(A, B)),)},
])  # fmt: skip
def test_how_it_is_presented_is_no_part_of_a_fingerprint(changed):
    assert statement_fingerprint(definition(**changed)) == statement_fingerprint(definition())


@pytest.mark.parametrize("changed", [
    {"body": A - B}, {"hypotheses": ()}, {"hypotheses": (Hypothesis("a_is_b", "a is b", Eq(A, 2 * B)),)},
    {"parameters": (B, A)}, {"hypotheses": (Hypothesis("a_is_b", "independent"),)},
])  # fmt: skip
def test_formula_and_hypotheses_are(changed):
    assert statement_fingerprint(definition(**changed)) != statement_fingerprint(definition())


def test_so_are_relation_and_conditions_and_values_but_no_source():
    counterexample = next(entry for entry in catalogue().values() if isinstance(entry, Counterexample))
    other = replace(counterexample, values={symbol: 7 for symbol in counterexample.values})
    assert statement_fingerprint(other) != statement_fingerprint(counterexample)
    theorem = next(entry for entry in catalogue().values() if isinstance(entry, Theorem) and entry.conditions)
    assert statement_fingerprint(replace(theorem, conditions=())) != statement_fingerprint(theorem)
    assert statement_fingerprint(replace(theorem, source="somebody")) == statement_fingerprint(theorem)


def test_another_way_to_the_same_result_has_the_same_fingerprint():
    one, two = softmax.gradient, softmax.two_routes
    assert [step.rule for step in one.steps] != [step.rule for step in two.steps]
    assert statement_fingerprint(one) == statement_fingerprint(two)
    assert statement_fingerprint(one.first(len(one.steps) - 1)) != statement_fingerprint(one)


def said(id, heading="Restated"):
    return Change("Unreleased", heading, f"`{id}` says more now.")


ID = "softmax.gradient"


@pytest.fixture
def changed():
    """The catalogue, with an entry whose statement is another one."""
    return dict(catalogue()) | {ID: softmax.jacobian}


def test_a_changed_statement_needs_the_change_log(changed):
    changes = changes_of_results()
    (fault,) = faults_of_ids(read_ledger(), changed, changes).items()
    assert fault[0] == ID and "add an entry to CHANGELOG.md" in fault[1]
    assert with_entered(read_ledger(), changed, changes) == read_ledger()  # never overwritten without it
    changes.append(said(ID))
    assert "--enter" in faults_of_ids(read_ledger(), changed, changes)[ID]
    after = with_entered(read_ledger(), changed, changes)
    assert faults_of_ids(after, changed, changes) == {}
    assert {id for id, line in after.items() if line != read_ledger()[id]} == {ID}
    assert after[ID].since == read_ledger()[ID].since


def test_what_the_change_log_said_of_an_earlier_change_does_not_count(changed):
    changes = [*changes_of_results(), said(ID)]
    after = with_entered(read_ledger(), changed, changes)
    again = changed | {ID: softmax.probability}
    assert "add an entry" in faults_of_ids(after, again, changes)[ID]
    assert faults_of_ids(after, again, [*changes, said(ID, "Corrected")])[ID].startswith("changed its statement, as")


def test_a_new_id_is_entered_with_the_version():
    planted = dict(catalogue()) | {"softmax.planted": definition()}
    assert "--enter" in faults_of_ids(read_ledger(), planted, changes_of_results())["softmax.planted"]
    line = with_entered(read_ledger(), planted, changes_of_results())["softmax.planted"]
    assert (line.since, line.said, line.fingerprint) == ("0.1.0", 0, statement_fingerprint(definition()))


def test_an_id_does_not_go(monkeypatch):
    rest = {id: entry for id, entry in catalogue().items() if id != ID}
    changes = changes_of_results()
    assert "is gone" in faults_of_ids(read_ledger(), rest, [*changes, said(ID)])[ID]
    monkeypatch.setitem(WITHDRAWN, ID, ("It was planted.", None))
    assert "under Withdrawn" in faults_of_ids(read_ledger(), rest, changes)[ID]
    assert faults_of_ids(read_ledger(), rest, [*changes, said(ID, "Withdrawn")]) == {}
    again = faults_of_ids(read_ledger(), catalogue(), [*changes, said(ID, "Withdrawn")])
    assert "never used for a second thing" in again[ID]


def test_an_id_that_moves_keeps_its_statement(monkeypatch):
    monkeypatch.setitem(RENAMED, ID, "softmax.jacobian")
    rest = {id: entry for id, entry in catalogue().items() if id != ID}
    assert "under Renamed" in faults_of_ids(read_ledger(), rest, changes_of_results())[ID]
    monkeypatch.setitem(RENAMED, ID, "softmax.planted")
    moved = rest | {"softmax.planted": catalogue()[ID]}
    changes = [*changes_of_results(), said(ID, "Renamed")]
    assert list(faults_of_ids(read_ledger(), moved, changes)) == ["softmax.planted"]
    assert faults_of_ids(with_entered(read_ledger(), moved, changes), moved, changes) == {}


def test_a_definition_that_moves_leaves_what_is_stated_with_it(monkeypatch):
    before = statement_fingerprint(softmax.gradient)
    quantity = definition()
    user = definition(id="softmax.user", body=quantity(A, B) + 1)
    print_of_user = statement_fingerprint(user)
    moved = definition(id="sigmoid.planted")
    again = definition(id="softmax.user", body=moved(A, B) + 1)
    assert statement_fingerprint(again) != print_of_user
    monkeypatch.setitem(RENAMED, "softmax.planted", "sigmoid.planted")
    assert statement_fingerprint(again) == print_of_user and statement_fingerprint(softmax.gradient) == before


@pytest.mark.parametrize("line", ["softmax.gradient 0.1.0", "a.b 0.1.0 abc x", "a.b 0.1.0 abc 0\na.b 0.1.0 abc 0"])
def test_a_ledger_that_cannot_be_read_is_refused_with_its_line(line):
    with pytest.raises(ValueError, match=r"ids.txt, line \d: expected an id"):
        read_ledger(line)


def test_the_command_says_what_to_do(monkeypatch, capsys, tmp_path):
    file = tmp_path / "ids.txt"
    lines = ledger_text(read_ledger()).splitlines()
    file.write_text("\n".join(line for line in lines if not line.startswith(f"{ID} ")), encoding="utf-8")
    monkeypatch.setattr(command, "IDS", file)
    monkeypatch.setattr(command, "read_ledger", lambda: read_ledger(file.read_text(encoding="utf-8")))
    assert command.compare_or_enter([]) == 1
    assert capsys.readouterr().out.startswith(f"{ID} is new: enter it")
    assert command.compare_or_enter(["--enter"]) == 0
    assert file.read_text(encoding="utf-8").splitlines() == lines


def test_the_change_log_is_read_by_heading():
    text = "## [0.2.0] - 2027-01-31\n\n### Added\n\n- `a.b` is new.\n\n"
    text += "### Corrected\n\n- `a.b` was\n  wrong.\n- `c.d` too.\n"
    changes = changes_of_results(f"{text}\n## [0.1.0]\n\n### Withdrawn\n\n- `a.b` went, for `e.f`.\n")
    assert changes == [
        Change("0.2.0", "Corrected", "`a.b` was\nwrong.", "2027-01-31"),
        Change("0.2.0", "Corrected", "`c.d` too.", "2027-01-31"),
        Change("0.1.0", "Withdrawn", "`a.b` went, for `e.f`."),
    ]
    assert [announced(changes, id) for id in ("a.b", "c.d", "e.f", "a.bc")] == [2, 1, 1, 0]


def test_what_the_change_log_names_was_an_id_once():
    named = set().union(*(change.ids for change in changes_of_results()))
    assert len(named) > 10 and named <= set(read_ledger())
    assert CHANGELOG == PROJECT / "CHANGELOG.md"
    for old, new in RENAMED.items():
        assert find(old).id == new


@pytest.mark.parametrize("ask", [find, used_by, uses])
@pytest.mark.parametrize("id", ["x" * 300, "x" * 100_000, "x\0", "é" * 200, ""], ids=len)
def test_an_id_that_can_be_none_is_unknown_in_one_short_sentence(ask, id):
    with pytest.raises(KeyError, match="unknown id .*; nearest: ") as refusal:
        ask(id)
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize("pasted", ["{} ", " {}", "{}\n", "\t{}\r\n", "\N{NO-BREAK SPACE}{}"])
def test_what_is_around_a_pasted_id_makes_no_difference(pasted):
    for id in ("softmax.gradient", *RENAMED):
        assert find(pasted.format(id)) is find(id)
        assert used_by(pasted.format(id)) == used_by(id)
        assert uses(pasted.format(id)) == uses(id)


def test_what_is_used_is_asked_of_an_entry_and_of_its_id():
    for id in ("softmax.gradient", *RENAMED):
        assert uses(id) == uses(find(id))
        assert used_by(id) == used_by(find(id))
    with pytest.raises(TypeError, match="expected an entry, such as"):
        uses(find("softmax.gradient").result)
