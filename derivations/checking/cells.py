"""Values of a draw that are widened to their domain or a piece of it, and whether a place that is found is admitted."""

from collections.abc import Iterator, Mapping
from random import Random

from flint import arb, fmpq
from sympy import Expr
from sympy.sets import Set

from .domains import FAR, ends, lies
from .draft import Draft
from .evaluate import value
from .indices import indices_in
from .points import Point
from .stated import Shape, all_of, vocabulary_of

MOST_CELLS = 3  # values that are widened, of each draw
EDGE = 4096
BITS = 128  # precision of the search


def values_of(side: Expr, point: Point | None, shape: Shape) -> Iterator[arb]:
    """The values of an expression for all values of its free indices."""
    if point is None:
        return
    names = [index for index in indices_in((side,)) if index not in point.indices]
    for instance in all_of(names, shape):
        try:
            yield value(side, point | instance).ball
        except LookupError:
            continue


def cells_of(draft: Draft) -> list[tuple]:
    """The cells of a draft."""
    return [(root, cell) for root, table in draft.tables.items() for cell in table]


def intervals(draft: Draft, numbers: tuple, random: Random) -> list[tuple]:
    """Some cells of a draft whose domains are intervals, with them."""
    if draft.by_witness:
        return []
    cells = cells_of(draft)
    some = random.sample(cells, min(MOST_CELLS, len(cells)))
    return [(where, interval_of(draft, where, numbers)) for where in some if domain_of(draft, where).is_Interval]


def interval_of(draft: Draft, where: tuple, numbers: tuple) -> tuple[fmpq, fmpq]:
    """The domain of a cell, which is an interval, as far as it is looked at."""
    far = FAR[-1] + 2 * max(map(abs, numbers), default=0)
    found = zip(ends(domain_of(draft, where)), (-far, far))
    low, high = (end if end is not None else beyond for end, beyond in found)
    edge = min(high - low, fmpq(1)) / EDGE  # ends are tried by themselves, and what is next to them
    return low + edge, high - edge


def domain_of(draft: Draft, where: tuple) -> Set:
    """Where the value of a cell may lie."""
    root, cell = where
    return draft.domains.get(where, vocabulary_of(draft.shape).domains[root][len(cell)])


def admitted(draft: Draft, changes: Mapping) -> list[Point]:
    """The point with other values in some cells, if their domains and the hypotheses admit it."""
    if not all(lies(arb(place), domain_of(draft, where)) for where, place in changes.items()):
        return []
    moved = draft.with_values(changes)
    return [moved.point] if moved.holds() else []


def wide(low: fmpq, high: fmpq) -> arb:
    """An interval as a ball."""
    return arb((low + high) / 2, (high - low) / 2)
