"""What the form above the list of all results looks through: for each entry its symbols, its conditions, its rules, its
formula as rows of signs and the words that people have for it. The list itself says none of it, and is light.
"""

from collections.abc import Mapping

from ..catalogue import catalogue, led_here
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..engine.terms import Quantity
from ..notation import NOTATION
from ..reference.graph import around
from ..search_words import WORDS
from ..symbols import symbols_named
from ..writing.asked import conditions_of, for_the_browser, rows_of
from ..writing.typeset import plain, statement


def results_sought(found: Mapping[str, dict]) -> dict:
    """From what each entry is found by. In the order of the catalogue, so that no id is said again, and column by
    column, which is compressed best. Symbols, conditions and rules are places in lists.
    """
    symbols = _meanings({name for one in found.values() for name in one["symbols"]})
    lists = {"symbols": [*symbols]} | {name: [*dict.fromkeys(said for one in found.values() for said in one[name])]
                                       for name in ("needs", "rules")}  # fmt: skip
    return {
        "tables": for_the_browser(),
        "symbols": [[name, f"{name} – {meaning}"] for name, meaning in symbols.items()],
        "needs": lists["needs"],
        "rules": lists["rules"],
        "entries": _columns([_sought(one, lists) for one in found.values()]),
    }


def _columns(rows):
    return {name: [row[name] for row in rows] for name in rows[0]}


def _sought(found, lists):
    words = " ".join((*found["called"], *found["led_here"])).lower()
    places = {name: [place for place, one in enumerate(said) if one in found[name]] for name, said in lists.items()}
    return places | {"rows": found["formula"], "words": words, "users": found["users"]}


def found_by(entry) -> dict:
    """By what the search finds an entry: what it says, whether that is false, the words that people have for it, the
    ids that lead here, its formula as rows of signs, and how many entries build on it; its symbols, its conditions and
    its rules.
    """
    called = [*WORDS.get(entry.id, ())]
    return {
        "said": statement(entry, plain), "false": entry.kind == "counterexample", "called": called,
        "led_here": [*led_here(entry.id)], "formula": rows_of(entry, called), "users": len(around(entry.id)[1]),
        "symbols": sorted(_symbols(entry)), "needs": [condition.name for condition in conditions_of(entry)],
        "rules": [*dict.fromkeys(step.rule.replace("_", " ") for step in entry.steps)],
    }  # fmt: skip


def conditions_sought() -> dict[str, list[str]]:
    """What entries suppose, by its words and by its name, and for each the ids of those that do."""
    found = {}
    for entry in catalogue().values():
        for condition in conditions_of(entry):
            for said in dict.fromkeys((condition.words, condition.name)):
                found.setdefault(said, []).append(entry.id)
    return found


def _meanings(names):
    """What can be chosen, with its meaning: the symbols that a statement has, and the symbols of quantities."""
    letters = {plain(entry.symbol): entry.meaning for entry in NOTATION}
    heads = {}
    for entry in catalogue().values():
        named = entry if isinstance(entry, Definition) else getattr(entry, "named", None)
        if named:
            heads.setdefault(named.symbol, named.title)
    return {name: meaning for name, meaning in (heads | letters).items() if name in names}


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
