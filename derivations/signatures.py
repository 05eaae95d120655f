"""What an entry is as a function: its expression with every name written out, its arguments, what tells its sizes."""

from functools import cache, lru_cache

from sympy import Expr, Indexed, Symbol

from .catalogue import catalogue
from .engine.derivation import Derivation
from .engine.entries import Definition, is_index
from .engine.misuse import expect_entry
from .engine.rules.definitions import unfold
from .engine.terms import Quantity, free_symbols
from .notation import NOTATION, SIZE_OF, SIZES, size_of


def formula_of(entry: Definition | Derivation) -> Expr:
    """What an entry says. TypeError for what is no entry, ValueError for an entry without a formula to compute."""
    expect_entry(entry)
    if not isinstance(entry, Definition | Derivation):
        raise ValueError(f"{entry.id} is a {entry.kind} without a formula to compute")
    return entry.result


@cache
def _first_named() -> dict:
    """By quantity the first entry of the catalogue that says what it equals."""
    named = [entry for entry in catalogue().values() if isinstance(getattr(entry, "name", None), Quantity)]
    return {entry.name.func: entry for entry in reversed(named)}


@lru_cache(maxsize=4096)
def written_out(expression: Expr) -> Expr:
    """The expression with every quantity replaced by what the catalogue says it equals."""
    sources = _first_named()
    while True:
        whole = [q for q in expression.atoms(Quantity) if len(q.args) == len(q.definition.parameters)]
        if not whole:
            return expression
        first = min(whole, key=str)
        expression = unfold(expression, sources.get(type(first), first.definition))


def named_arguments(entry: Definition | Derivation, expression: Expr) -> dict[str, Expr]:
    """The arguments by name, in alphabetical order: a symbol for a number, an entry such as p[i] for a vector.

    ValueError if two symbols are written alike. The sizes that no array tells are `unread`.
    """
    vectors = {indexed.base: indexed for indexed in sorted(expression.atoms(Indexed), key=str)}
    roots = sorted(free_symbols(expression) - set(SIZES), key=str)
    shown = {str(root): vectors.get(root, root) for root in roots}
    if len(shown) != len(roots):
        raise ValueError(f"{entry.id} has two symbols that are written alike, so it has no function of named arguments")
    return shown


def unread(expression: Expr, shown: dict[str, Expr]) -> dict[str, Symbol]:
    """The sizes that the formula or one of its indices needs and that no array tells, by name: they are to be given."""
    needed = free_symbols(expression) & set(SIZES) | {size_of(root) for root in shown.values() if is_index(root)}
    return {str(size): size for size in sorted(needed - readable(expression), key=str)}


def readable(expression: Expr) -> set[Symbol]:
    """Which of n, K, d and M the arrays of an expression tell."""
    return {size_of(index) for indexed in expression.atoms(Indexed) for index in declared(indexed).indices}


def lengths(expression: Expr, shown: dict[str, Expr]) -> dict[Symbol, tuple[str, int]]:
    """Where each size that the formula or one of its indices needs is read off: which array, and which axis of it."""
    needed = free_symbols(expression) & set(SIZES) | {size_of(root) for root in shown.values() if is_index(root)}
    return {
        size_of(index): (str(indexed.base), axis)
        for indexed in sorted(expression.atoms(Indexed), key=str, reverse=True)
        for axis, index in enumerate(declared(indexed).indices)
        if size_of(index) in needed
    }


@cache
def declared(shown: Indexed) -> Indexed:
    """An entry of an array as the notation declares it: y[j, 1] is declared as y[i, k]."""
    return next(notation.symbol for notation in NOTATION if alike(notation.symbol, shown))


@cache  # asked again for every value that a function is called with
def alike(one: Expr, other: Expr) -> bool:
    """Whether two symbols are the same up to the names of their indices: p[i] and p[j], but not p[k]."""
    if not (isinstance(one, Indexed) and isinstance(other, Indexed)):
        return one == other
    if str(one.base) != str(other.base) or len(one.indices) != len(other.indices):
        return False
    pairs = zip(map(_runs_to, one.indices), map(_runs_to, other.indices))
    return all(a == b or a is None or b is None for a, b in pairs)


def _runs_to(index):
    """What an index runs up to: a size itself, as in p[K], and for a number nothing that is known."""
    return index if index in SIZES else SIZE_OF.get(index)
