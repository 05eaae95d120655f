"""Ids are forever: the ledger of all ids there ever were, and what each of them states.

A line of `ids.txt` is an id, the version that introduced it, the fingerprint of its statement, and how many entries of
the change log had named it when that fingerprint was entered. A statement may change, and an id may go, only if the
change log says more about it than it did then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sympy import Basic

from ..catalogue import RENAMED, WITHDRAWN
from ..engine.entries import Convention, Counterexample, Theorem
from ..engine.trees import tree
from .changelog import Change, announced
from .work import VERSION_CITED

ENTER = "python -m derivations.reference --enter"
IDS = Path(__file__).with_name("ids.txt")
# What stands in another order says the same.
IN_ANY_ORDER = ("Add", "Mul", "And", "Or", "Max", "FiniteSet", "Union", "Equivalent")
PRINT_LETTERS = 16  # of a fingerprint: two statements have the same by chance once in 10^19


@dataclass(frozen=True)
class Line:
    """What the ledger holds of one id."""

    id: str
    since: str
    fingerprint: str
    said: int

    def __str__(self):
        return f"{self.id} {self.since} {self.fingerprint} {self.said}"


def statement_fingerprint(entry) -> str:
    """A short text that changes when what is stated changes: the formula or the hypotheses; not the steps, not the
    title, not the order of terms or hypotheses. Where no formula says it, the words do.

    A quantity counts by the id of its definition: what its definition says is in the fingerprint of that one.
    """
    text = json.dumps(_stated(entry), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:PRINT_LETTERS]


def _stated(entry):
    if isinstance(entry, Convention):
        return ["convention", _unordered(map(_formula, entry.statements))]
    if isinstance(entry, Counterexample):
        values = _unordered([str(symbol), _value(found)] for symbol, found in entry.values.items())
        return ["counterexample", _formula(entry.claim), _unordered(map(_formula, entry.given)), values]
    if isinstance(entry, Theorem):
        says = entry.says if entry.formula is None else _formula(entry.formula)
        return ["theorem", says, _unordered(map(_hypothesis, entry.conditions))]
    hypotheses = _unordered(map(_hypothesis, entry.hypotheses))
    return [entry.kind, _formula(entry.name), entry.relation, _formula(entry.result), hypotheses]


def _hypothesis(given):
    if given.statement is None:
        return given.words
    return [_formula(given.statement), None if given.every is None else _unordered(map(_formula, given.every))]


def _value(found):
    return [_value(part) for part in found] if isinstance(found, (tuple, list)) else str(found)


def _formula(statement: Basic):
    return _sorted(tree(statement))


def _sorted(node):
    """A tree whose parts stand in one order where the order says nothing, under the first names of its quantities."""
    if not isinstance(node, list):
        return node
    name, *parts = node
    parts = [_sorted(part) for part in parts]
    return [_first_name(name), *(_unordered(parts) if name in IN_ANY_ORDER else parts)]


def _unordered(parts):
    return sorted(parts, key=lambda part: json.dumps(part, sort_keys=True))


def _first_name(id):
    """The id that was there first: a definition that is renamed leaves what is stated with it as it was."""
    return next((old for old, new in RENAMED.items() if new == id), id)


def read_ledger(text: str | None = None) -> dict[str, Line]:
    """The ledger, by id. ValueError, with the line, where it cannot be read."""
    found = {}
    for number, line in enumerate((IDS.read_text(encoding="utf-8") if text is None else text).splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split()
        if len(parts) != 4 or not parts[3].isdigit() or parts[0] in found:
            raise ValueError(f"ids.txt, line {number}: expected an id (once), a version, a fingerprint and a number, "
                             f"found {line!r}")  # fmt: skip
        found[parts[0]] = Line(*parts[:3], int(parts[3]))
    return found


def prints(entries: Mapping) -> dict[str, str]:
    """The fingerprints of all ids that lead to a statement: those of the catalogue, and those of the past."""
    now = {id: statement_fingerprint(entry) for id, entry in entries.items()}
    return now | {old: now[new] for old, new in RENAMED.items() if new in now}


def faults_of_ids(ledger: dict[str, Line], entries: Mapping, changes: list[Change]) -> dict[str, str]:
    """What is wrong with each id that is not as the ledger says, and what to do; nothing for the others."""
    found, reused = prints(entries), entries.keys() & (RENAMED.keys() | WITHDRAWN.keys())
    wrong = {id: f"is new: enter it, with `{ENTER}`" for id in found.keys() - ledger}
    for id, line in ledger.items():
        named = announced(changes, id) > line.said
        if id in found and found[id] != line.fingerprint:
            wrong[id] = (
                f"changed its statement, as the change log says: enter it, with `{ENTER}`" if named else
                f"changed its statement. If that is meant, add an entry to CHANGELOG.md that names `{id}`, under "
                f"Corrected or Restated, then enter it, with `{ENTER}`; else undo the change"
            )  # fmt: skip
        elif id not in found and id not in WITHDRAWN:
            wrong[id] = ("is gone. Say in derivations/catalogue.py what its readers find: in RENAMED its new id, or in "
                         "WITHDRAWN why it went; and name it in CHANGELOG.md, under Renamed or Withdrawn")  # fmt: skip
        elif id in WITHDRAWN and not announced(changes, id):
            wrong[id] = f"is withdrawn: add an entry to CHANGELOG.md that names `{id}`, under Withdrawn"
    for old in RENAMED:
        if not announced(changes, old):
            wrong[old] = f"is renamed: add an entry to CHANGELOG.md that names `{old}`, under Renamed"
    for id in reused:
        wrong[id] = "is an id of the past, and an entry has it again: an id is never used for a second thing"
    return dict(sorted(wrong.items()))


def with_entered(ledger: dict[str, Line], entries: Mapping, changes: list[Change]) -> dict[str, Line]:
    """The ledger with what is new, and with the changed statements that the change log tells of; no other line
    changes.
    """
    after = dict(ledger)
    for id, text in prints(entries).items():
        said = announced(changes, id)
        if id not in ledger:
            after[id] = Line(id, VERSION_CITED, text, said)
        elif text != ledger[id].fingerprint and said > ledger[id].said:
            after[id] = Line(id, ledger[id].since, text, said)
    return after


def ledger_text(ledger: dict[str, Line]) -> str:
    """The ledger as the text of its file, in the order of the ids."""
    head = ["# Every id there ever was: since which version, what it states, how often the change log had named it.",
            f"# Written by `{ENTER}`; see derivations/reference/ids.py."]  # fmt: skip
    return "\n".join([*head, *(str(ledger[id]) for id in sorted(ledger))]) + "\n"
