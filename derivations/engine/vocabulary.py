"""What the symbols of some derivations mean, and where they live: a table that knows no letter of its own.

A domain is what the reader sees and what the checker samples from.
"""

from dataclasses import dataclass
from functools import cached_property

from sympy import Add, Expr, Indexed, Interval, Mul, Pow, Range, Sum, Symbol
from sympy.sets import Set


@dataclass(frozen=True)
class Notation:
    """A symbol, what it means, and where it lives. A label may be hard: at an end of its domain."""

    symbol: Expr
    meaning: str
    domain: Set
    is_label: bool = False


def key_of(symbol: Expr) -> tuple:
    """The vector of an entry, or a symbol, and how many indices it has."""
    return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else (symbol, 0)


def has_open_end(domain: Set) -> bool:
    """Whether what lives there may come near to a number that it may not be."""
    return isinstance(domain, Interval) and domain != Interval(domain.start, domain.end)


def is_polynomial(expression: Expr, symbol: Symbol, unchanged: tuple[type, ...] = ()) -> bool:
    """Whether an expression is a polynomial in a symbol: its value at any number is its limit there. Functions of one
    of the types that are `unchanged` are what their arguments are.
    """
    if expression == symbol or symbol not in expression.free_symbols:
        return True
    if isinstance(expression, Pow):
        whole = expression.exp.is_Integer and expression.exp.is_nonnegative
        return whole and is_polynomial(expression.base, symbol, unchanged)
    parts = expression.args[:1] if isinstance(expression, Sum) else expression.args
    kinds = (Add, Mul, Sum, *unchanged)
    return isinstance(expression, kinds) and all(is_polynomial(part, symbol, unchanged) for part in parts)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The notations of some derivations. `sizes` are the letters that say how far an index runs; `running` are the
    indices of which a hypothesis means every value, where it does not say.
    """

    entries: tuple[Notation, ...]
    sizes: tuple[Symbol, ...]
    running: tuple[Symbol, ...] = ()

    @cached_property
    def size_of(self) -> dict:
        """The size up to which each index runs."""
        ranges = [entry for entry in self.entries if isinstance(entry.domain, Range) and entry.symbol.is_Symbol]
        return {entry.symbol: entry.domain.stop - 1 for entry in ranges}

    def letters_to(self, size: Expr | None) -> list[Symbol]:
        """The indices that run up to a size."""
        return [letter for letter, top in self.size_of.items() if top == size]

    @cached_property
    def by_root(self) -> dict:
        """The notations of each symbol and vector."""
        roots = dict.fromkeys(key_of(entry.symbol)[0] for entry in self.entries)
        return {root: [entry for entry in self.entries if key_of(entry.symbol)[0] == root] for root in roots}

    @cached_property
    def domains(self) -> dict:
        """Where the entries of each symbol and vector live, by how many indices they have."""
        return {root: {key_of(entry.symbol)[1]: entry.domain for entry in entries}
                for root, entries in self.by_root.items()}  # fmt: skip
