"""What the form above the list of all results looks through: for each entry its symbols, its conditions, its rules, its
formula as rows of signs and the words that people have for it. The list itself says none of it, and is light.
"""

from functools import cache

from ..catalogue import catalogue, led_here
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..engine.terms import Quantity
from ..notation import NOTATION
from ..reference.graph import around
from ..search_words import WORDS
from ..symbols import symbols_named
from ..writing.asked import conditions_of, for_the_browser, rows_of
from ..writing.typeset import plain, statement


def results_sought() -> dict:
    """In the order of the catalogue, so that no id is said again, and column by column, which is compressed best.
    Symbols, conditions and rules are places in lists.
    """
    entries = list(catalogue().values())
    lists = {"symbols": [*_every_symbol()], "needs": _every(_needs), "rules": _every(_rules)}
    return {
        "tables": for_the_browser(),
        "symbols": [[name, f"{name} – {meaning}"] for name, meaning in _every_symbol().items()],
        "needs": lists["needs"],
        "rules": lists["rules"],
        "entries": _columns([_sought(entry, lists) for entry in entries]),
    }


def _columns(rows):
    return {name: [row[name] for row in rows] for name in rows[0]}


def _sought(entry, lists):
    found = {"symbols": _symbols(entry), "needs": _needs(entry), "rules": _rules(entry)}
    called = WORDS.get(entry.id, ())
    return {name: [place for place, one in enumerate(lists[name]) if one in found[name]] for name in lists} | {
        "rows": rows_of(entry, called), "words": " ".join((*called, *led_here(entry.id))).lower(),
    }  # fmt: skip


def _every(names_of):
    return [*dict.fromkeys(name for entry in catalogue().values() for name in names_of(entry))]


def _needs(entry):
    return [condition.name for condition in conditions_of(entry)]


def _rules(entry):
    return [step.rule.replace("_", " ") for step in entry.steps]


def found_by(entry) -> dict:
    """By what the search finds an entry: what it says, whether that is false, the words that people have for it, the
    ids that lead here, its formula as rows of signs, and how many entries build on it.
    """
    called = [*WORDS.get(entry.id, ())]
    return {
        "said": statement(entry, plain), "false": entry.kind == "counterexample", "called": called,
        "led_here": [*led_here(entry.id)], "formula": rows_of(entry, called), "users": len(around(entry.id)[1]),
    }  # fmt: skip


@cache
def _every_symbol():
    """What can be chosen, with its meaning: the symbols that a statement has, and the symbols of quantities."""
    found = {name for entry in catalogue().values() for name in _symbols(entry)}
    letters = {plain(entry.symbol): entry.meaning for entry in NOTATION}
    heads = {}
    for entry in catalogue().values():
        named = entry if isinstance(entry, Definition) else getattr(entry, "named", None)
        if named:
            heads.setdefault(named.symbol, named.title)
    return {name: meaning for name, meaning in (heads | letters).items() if name in found}


@cache
def _symbols(entry):
    """The symbols of the notation and of quantities that a statement has."""
    lines = _stated(entry)
    heads = {type(found).definition.symbol for line in lines for found in line.atoms(Quantity)}
    return heads | {plain(known.symbol) for known in symbols_named(lines)}


def _stated(entry):
    if isinstance(entry, Convention):
        return entry.statements
    if isinstance(entry, Counterexample):
        return (entry.claim,)
    if isinstance(entry, Theorem):
        return () if entry.formula is None else (entry.formula,)
    return (entry.name, entry.result)
