"""Which symbols of the notation an entry has: in what it states, in its lines, and each part of a formula by itself."""

import re
from collections.abc import Iterable
from functools import cache

from sympy import Expr, Indexed, IndexedBase, Symbol, Tuple, preorder_traversal

from .catalogue import Entry
from .checking.found import broken
from .engine.entries import Convention, Counterexample, Theorem
from .engine.terms import reach
from .engine.vocabulary import Notation, key_of
from .notation import CATALOGUE, NOTATION, size_of
from .signatures import alike, written_out


def formulas_stated(entry: Entry) -> list[Expr]:
    """The formulas that the statement of an entry consists of, with its conditions."""
    if isinstance(entry, Counterexample):
        return [entry.claim, *entry.given]
    if isinstance(entry, Convention):
        return list(entry.statements)
    if isinstance(entry, Theorem):
        said = [entry.formula, *(condition.statement for condition in entry.conditions)]
    else:
        said = [entry.name, entry.result, *(hypothesis.statement for hypothesis in entry.hypotheses)]
    return [formula for formula in said if formula is not None]


def formulas_in(entry: Entry) -> list[Expr]:
    """All formulas of an entry: those that it states, and the lines of its chain."""
    return [*formulas_stated(entry), *(step.expression for step in getattr(entry, "steps", ()))]


def given_values(entry: Entry) -> list[Expr]:
    """The symbols and entries of vectors that get a value where the claim of an entry fails, or where it fails without
    one of its hypotheses. Some of them stand in no formula that it states: its quantities look them up.
    """
    if isinstance(entry, Counterexample):
        known = {key_of(symbol.symbol)[0] for symbol in symbols_named(formulas_stated(entry))}
        return [_as_noted(root, found, entry.values) for root, found in entry.values.items() if root not in known]
    needed = [one for one in entry.hypotheses if entry.kind == "derivation" and not one.is_range_beyond(())]
    failures = [broken(entry, one) for one in needed if one.statement is not None]
    return list(dict.fromkeys(symbol for failure in failures if failure for symbol, _ in failure.values))


def _as_noted(root, found, values):
    """A symbol, or the entry of a vector that the notation has for so many values."""
    fitting = [known.symbol for known in CATALOGUE.by_root.get(root, ()) if _fits(known.symbol, found, values)]
    return fitting[0] if fitting else root


def _fits(symbol, found, values):
    for index in getattr(symbol, "indices", ()):
        if not isinstance(found, tuple | Tuple) or len(found) != values.get(size_of(index), 1):
            return False
        found = found[0]
    return not isinstance(found, tuple | Tuple)


def symbols_named(formulas: Iterable[Expr]) -> list[Notation]:
    """The symbols that some formulas name, or that their quantities bring along, in the order of the notation."""
    found = {known for part in _all_parts(list(formulas)) for known in _matching(part)}
    return [known for known in NOTATION if known in found]


def symbols_in(formulas: Iterable[Expr]) -> set[Notation]:
    """The symbols that stand in some formulas themselves."""
    return {known for formula in formulas for part in _parts(formula) for known in _matching(part)}


def notation_of_parts(formulas: Iterable[Expr]) -> dict[Expr, Notation]:
    """What the notation says of each symbol, vector and entry of a vector in some formulas. A vector, as q in H(q, p),
    is explained as its entries are. What the notation does not have is left out.
    """
    found = {part: _matching(part)[0] for part in sorted(_all_parts(list(formulas)), key=str) if _matching(part)}
    return found | {part.base: known for part, known in found.items() if isinstance(part, Indexed)}


def _all_parts(formulas):
    """The symbols, vectors and entries of vectors that formulas name or that their quantities bring along."""
    parts = {part for formula in formulas for part in _parts(formula)}.union(*map(reach, formulas))
    vectors = {part for part in parts if isinstance(part, IndexedBase)}
    # As in H(q, p), without entries; or, as in A(Z_u), with fewer indices than an entry has.
    if lone := vectors - {part.base for part in parts if isinstance(part, Indexed) and _matching(part)}:
        inside = {part for formula in formulas for part in _parts(written_out(formula))}
        parts |= {part for part in inside if isinstance(part, Indexed) and part.base in lone}
    return parts


def _parts(formula):
    """The symbols, vectors and entries of vectors in a formula. The letter of a vector is no symbol by itself."""
    walk = preorder_traversal(formula)
    for part in walk:
        if isinstance(part, (Symbol, IndexedBase, Indexed)):
            yield part
        if isinstance(part, IndexedBase):
            walk.skip()


@cache
def anchors() -> dict[str, Notation]:
    """Every symbol of the notation by its anchor on that page: its letters, and a number where two look alike."""
    found = {}
    for entry in NOTATION:
        anchor = "-".join(["symbol", *re.findall(r"\w+", str(entry.symbol))])
        many = sum(re.fullmatch(rf"{anchor}(\.\d+)?", known) is not None for known in found)
        found[f"{anchor}.{many + 1}" if many else anchor] = entry
    return found


@cache
def anchors_by_notation() -> dict[Notation, str]:
    """The anchor of each symbol."""
    return {known: anchor for anchor, known in anchors().items()}


@cache
def _matching(part):
    return [known for known in NOTATION if _is_of(known.symbol, part)]


def _is_of(symbol, part):
    if isinstance(symbol, Indexed):
        return isinstance(part, Indexed) and part.base == symbol.base and alike(symbol, part)
    return symbol == part
