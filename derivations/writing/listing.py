"""Entries in a list: one that cannot be derived does not keep the others from being shown, and a false claim says so."""

from dataclasses import dataclass

from ..engine.entries import Counterexample
from ..engine.terms import RuleDoesNotApply
from .typeset import plain, statement


@dataclass(frozen=True)
class NotDerived:
    """Stands for an entry, or for a whole chapter, with a step whose rule does not apply; `failure` says which."""

    id: str
    failure: str

    kind = outcome = "not derived"
    steps, points, digits = 0, 0, 0

    def __str__(self):
        return f"{self.id}: not derived\n  {self.failure}"


def derived(entry):
    """The entry, with its steps made; or `NotDerived`."""
    try:
        tuple(entry.steps)
    except RuleDoesNotApply as error:
        return NotDerived(entry.id, " ".join(str(error).split()))
    return entry


def listed(entry):
    """What a line of a list says of an entry."""
    if isinstance(entry, NotDerived):
        return f"not derived: {entry.failure}"
    return f"false: {statement(entry, plain)}" if isinstance(entry, Counterexample) else statement(entry, plain)


def chapter_lines(terminal, name, about, column):
    """A chapter and what it is about, or why it cannot be read, in columns."""
    first, *rest = terminal.prose(about, f"{name:{column - 1}} ", column)
    return [terminal.colour(name, "bold") + first.removeprefix(name), *rest]


def use_lines(terminal, tables, verb):
    """Tables of uses, each with the entry that it is about: a head where there are several, and lined up columns.

    A table has a triple for each use: an id, where it is used, and the title.
    """
    rows = [row for table in tables.values() for row in table]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for id, table in tables.items():
        if len(tables) > 1 or not table:
            first, *rest = terminal.prose(f"{verb}{'' if table else ' nothing'}", f"# {id} ", 2)
            yield from [first.replace(id, terminal.colour(id, "bold"), 1), *rest]
        for other, where, title in table:
            yield from terminal.use(other, where, title, *widths)
