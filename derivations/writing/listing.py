"""Entries in a list: one that cannot be derived does not keep the others from it, and a false claim is marked."""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from math import log

from ..engine.entries import Counterexample
from ..engine.terms import RuleDoesNotApply
from .asked import LITTLE_WORDS, asked_formula, conditions_of, likeness, names_rule, rows_of
from .typeset import plain, statement

HARDLY = 1e-9
# The name of a theorem, with what the proofs put before and after it: docs/javascripts/asked.js knows the same.
IN_COQ = re.compile(r"(?:(?:theorem|lemma|definition)\s+)?(\w+?)(?:_derived|_value|_to_step_\d+)*")
AS_ALIKE = 0.75  # how alike two words are, from 0 to 1, if one may be the other, mistyped
FEW_FOUND = 12  # who finds more by their own words did not mean a rule


@dataclass(frozen=True)
class NotDerived:
    """Stands for an entry, or for a whole chapter, with a step whose rule does not apply; `failure` says which."""

    id: str
    failure: str

    kind = outcome = "not derived"
    title = ""
    steps, points, digits = 0, 0, 0

    def __str__(self):
        return f"{self.id}: not derived\n  {self.failure}"


def derived(entry):
    """The entry, with its steps made; or `NotDerived`."""
    if isinstance(entry, NotDerived):
        return entry
    steps = attempt(entry.id, lambda: tuple(entry.steps))
    return steps if isinstance(steps, NotDerived) else entry


def attempt(id, reading):
    """What a reading gives; or `NotDerived`, where a rule does not apply in it."""
    try:
        return reading()
    except RuleDoesNotApply as error:
        return NotDerived(id, " ".join(str(error).split()))


def parted(chosen):
    """The entries that can be derived, and what stands for the others."""
    found = list(map(derived, chosen))
    return [[entry for entry in found if isinstance(entry, NotDerived) == missing] for missing in (False, True)]


def matching(chosen, words, called=None):
    """The entries that a query finds, and what could not be read; what is most like it first. A formula is found where
    it is stated. Words, but for little ones, are found where all stand in id, title, meaning or what an entry is
    `called`, or in a condition or the name of a rule; a theorem of Coq by its name.
    """
    query, called = " ".join(words), called or {}
    named = IN_COQ.fullmatch(query.strip().lower())
    if proved := [one for one in chosen if named and "." in one.id and one.id.replace(".", "_") == named[1]]:
        return proved
    if asked := asked_formula(query):
        weighed = [(_alike(asked, one, called), one) for one in map(derived, chosen)]
        if any(weight for weight, one in weighed if not isinstance(one, NotDerived)):
            weighed = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -min(pair[0], 1))
            return [one for _, one in weighed]
    wanted = _wanted(query)
    said = _found(chosen, lambda one: all(part in _words(one, called.get(one.id, ())) for part in wanted))
    few = len(said) < FEW_FOUND
    relying = _found(map(derived, chosen), lambda one: _relies_on(one, " ".join(query.casefold().split()), few))
    ids = {entry.id for entry in (*said, *relying)}
    found = [entry for entry in chosen if entry.id in ids]
    return sorted(found, key=lambda one: not all(part in f"{one.id} {one.title}".casefold() for part in wanted))


def having_most(chosen, words, called=None):
    """For a query that finds nothing: the first entries that have most of its words, of which the rarest count most;
    none if nothing has any.
    """
    called, wanted = called or {}, _wanted(" ".join(words))
    said = {one.id: _words(one, called.get(one.id, ())) for one in chosen}
    having = {word: {id for id, text in said.items() if word in text} for word in wanted}
    weight = {id: sum(log(len(said) / len(those)) for those in having.values() if id in those) for id in said}
    most = max(weight.values(), default=0)
    return [one for one in chosen if most and weight[one.id] > most * (1 - HARDLY)][:FEW_FOUND]


def nearly_spelt(chosen, words, called=None):
    """The query with words in the place of those that no entry has, as near in spelling as can be; None if there are
    none.
    """
    called = called or {}
    known = {word for one in chosen for word in re.findall(r"[^\W\d_]{3,}", _words(one, called.get(one.id, ())))}
    near = [[word] if any(word in one for one in known) else get_close_matches(word, sorted(known), 1, AS_ALIKE)
            for word in _wanted(" ".join(words))]  # fmt: skip
    found = " ".join(word for (word,) in near) if all(near) else ""
    return found if found != " ".join(_wanted(" ".join(words))) else None


def _wanted(query):
    """The words of a query, but for little ones, if there are others."""
    words = query.casefold().split()
    return [word for word in words if word not in LITTLE_WORDS] or words


def _alike(asked, entry, called):
    """How much an entry states what is asked for; what cannot be derived is shown too, after all others."""
    return HARDLY if isinstance(entry, NotDerived) else likeness(asked, rows_of(entry, called.get(entry.id, ())))


def _found(entries, wanted):
    return [entry for entry in entries if isinstance(entry, NotDerived) or wanted(entry)]


def _words(entry, called):
    said = [entry.id, entry.title, getattr(entry, "meaning", ""), getattr(entry, "says", ""), *called]
    return " ".join(said).casefold()


def _relies_on(entry, query, in_name):
    """Whether a rule of a step has this name (or these words `in_name`), or a condition says this, in more words than
    one.
    """
    rules = {step.rule for step in entry.steps}
    needs = [text.casefold() for condition in conditions_of(entry) for text in (condition.name, condition.words)]
    named = query.replace(" ", "_") in rules or (in_name and any(names_rule(query, rule) for rule in rules))
    return named or (" " in query and any(query in text for text in needs))


def listed(entry):
    """What a line of a list says of an entry."""
    if isinstance(entry, NotDerived):
        return f"not derived: {entry.failure}"
    return f"false: {statement(entry, plain)}" if isinstance(entry, Counterexample) else statement(entry, plain)


def list_lines(terminal, chosen, about):
    """One entry a line, under a line for its chapter, if `about` says what that is about."""
    column = max(len(entry.id) for entry in chosen) + 2
    for number, (name, entries) in enumerate(groupby(chosen, lambda entry: entry.id.partition(".")[0])):
        entries = list(map(derived, entries))
        if about and entries[0].id != name:
            yield from [""] * bool(number and terminal.width)
            yield from [terminal.colour(line, "dim") for line in terminal.prose(about(name), "# ", 2)]
        for entry in entries:
            yield from terminal.record(entry.id, listed(entry), column)


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
