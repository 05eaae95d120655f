"""Points at which all observations have the same class, or the same input, or each the next one: many hardly ever
have at random.
"""

from flint import fmpq
from sympy import IndexedBase, Range

from ..notation import CATALOGUE
from .points import Point
from .stated import Shape, sizes, vocabulary_of, whole_numbers

# Vectors that say of each observation which class or which input it has.
WHICH = [
    root for root, entries in CATALOGUE.by_root.items()
    if isinstance(root, IndexedBase) and any(isinstance(entry.domain, Range) for entry in entries)
]  # fmt: skip
NEXT = 2  # so that all are different, or each is there as often as the others


def make_alike(tables: dict, turn: int, shape: Shape) -> None:
    """Give every observation the class, or the input, of the first; in the turn NEXT each that after the one before."""
    for root in WHICH:
        if root in tables and turn == NEXT:
            domain, = vocabulary_of(shape).domains[root].values()
            numbers = whole_numbers(domain, Point.of(sizes(shape)), 0)
            tables[root] = {cell: fmpq(numbers[(cell[0] - 1) % len(numbers)]) for cell in tables[root]}
        elif root in tables:
            tables[root] = dict.fromkeys(tables[root], tables[root][(1,)])
