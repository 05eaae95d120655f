"""Losses that are SymPy expressions: inner quantities with names, and a vocabulary for letters that nobody declared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sympy import Basic, Expr, Indexed, IndexedBase, S, Symbol

from ..engine.entries import Definition, define, is_index
from ..engine.nodes import is_size
from ..engine.terms import BIG_OPERATORS, Quantity, free_symbols, reach
from ..engine.vocabulary import Notation, Vocabulary
from ..notation import CATALOGUE
from .conditions import POSITIVE


@dataclass(frozen=True)
class Named:
    """An inner quantity: ``z[i]`` is its value, ``z.vector`` what softmax and log-sum-exp take."""

    definition: Definition
    roots: tuple

    def __getitem__(self, places) -> Quantity:
        return self.definition(*self.roots, *(places if isinstance(places, tuple) else (places,)))

    @property
    def vector(self) -> Quantity:
        return self.definition(*self.roots)


def let(symbol: str, indices: Symbol | Iterable[Symbol], body: Expr) -> Named:
    """Give an inner quantity a name: ``z = let("z", i, Sum(x[i, f] * w[f], (f, 1, d)))``, and then ``z[i]``."""
    indices = (indices,) if isinstance(indices, Symbol) else tuple(indices)
    roots = tuple(sorted((root for root in free_symbols(body) if not is_index(root)), key=str))
    return Named(define(f"any_loss.{symbol}", f"the quantity {symbol}", symbol, (*roots, *indices), body), roots)


def vocabulary_inferred(loss: Expr, variable: Expr) -> Vocabulary:
    """The catalogue's vocabulary, with what a loss has beside it: how far the places of a vector run is read off the
    sums and the indices, where it lives off what SymPy was told (positive, real).

    ValueError, naming the letter, where that cannot be read off; `read_loss` reads text, and infers more.
    """
    found = dict.fromkeys([*_entries(loss, {}), *_entries(variable, {})])
    unknown = {base for base, _ in found if base not in CATALOGUE.by_root}
    symbols = {root for root in reach(loss, variable) if isinstance(root, Symbol) and not is_index(root)}
    symbols -= CATALOGUE.by_root.keys()
    if not unknown and not symbols:
        return CATALOGUE
    tops, new = {}, []
    for base, sizes in found:
        if base in unknown:
            if tops.setdefault((base, len(sizes)), sizes) != sizes:
                both = f"{tops[base, len(sizes)]} and {sizes}"
                raise ValueError(f"expected one size for each place of {base}, found {both}")
    for (base, _), sizes in tops.items():
        new.append(Notation(base[_letters(sizes)], "a vector of the loss", _domain(base.label)))
    new += [Notation(symbol, "a letter of the loss", _domain(symbol)) for symbol in sorted(symbols, key=str)]
    return Vocabulary((*CATALOGUE.entries, *new), CATALOGUE.sizes, CATALOGUE.running)


def _domain(symbol):
    return POSITIVE if symbol.is_positive else S.Reals


def _letters(sizes):
    """Indices of the notation for the places of a vector, no two the same."""
    taken: list[Symbol] = []
    for size in sizes:
        taken.append(next(one for one in CATALOGUE.letters_to(size) if one not in taken))
    return tuple(taken)


def _entries(part: Basic, bound: dict) -> Iterator[tuple[IndexedBase, tuple]]:
    """Each vector that occurs, with how far its indices run."""
    if isinstance(part, BIG_OPERATORS):
        yield from _entries(part.function, bound | {index: upper for index, _, upper in part.limits})
    elif isinstance(part, Indexed):
        if part.base not in CATALOGUE.by_root:
            yield part.base, tuple(_size(index, bound, part) for index in part.indices)
    else:
        bodies = [type(part).definition.body] if isinstance(part, Quantity) else []
        for below in (*part.args, *bodies):
            yield from _entries(below, bound)


def _size(index, bound, entry):
    size = bound.get(index) or CATALOGUE.size_of.get(index)
    if not is_size(size) or size not in CATALOGUE.sizes:
        raise ValueError(
            f"expected an index of the notation ({', '.join(map(str, CATALOGUE.size_of))}) in {entry}, found {index}; "
            "a loss with sizes of its own is read from text: read_loss"
        )
    return size
