"""More sizes, for formulas that are about sizes: one of them large, several equal, in every order, and many at random.

How many depends on what a formula costs: one of sizes alone is soon computed, and is tried at hundreds of them.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations, islice, permutations, product
from math import prod
from random import Random

from sympy import Expr, IndexedBase, factorial
from sympy.logic.boolalg import Boolean

from ..engine.entries import is_index
from ..engine.terms import free_symbols, reach
from .domains import FARTHEST
from .instances import MOST_BRIEF, MOST_INSTANCES, SUMMED
from .needs import Needs
from .points import Point
from .stated import Shape, Stated, about_sizes, holds_at, index_range, vocabulary_of

ALONE = (*range(1, 65), 99, 100, 101)  # each size is each of them
HUGE = (128, 257, 1000, 1001)  # where no exponential makes too much of it
REST = 1, 2  # what the sizes are of which a shape says nothing
GRID = {1: 8, 2: 8, 3: 8, 4: 4}  # every combination up to here, by how many sizes there are
LARGER = 9, 12, 10, 11  # one size of formulas that take their time, all others 1
AT_RANDOM = 300
BUDGET, BUDGET_OF_VECTORS = 4000, 90  # terms to compute, roughly, for each step; and if its symbols have entries
LARGEST = 4000  # numbers that occur, up to this one, are sizes where that costs little
TRIED_LEAST, FEWEST = 8, 3  # sizes up to here, and numbers that occur, are tried for what is said of sizes alone


def many_shapes(
    sides: Iterable[Expr], stated: Iterable[Boolean], wanted: Needs, usual: tuple[Shape, ...]
) -> Iterator[Shape]:
    """More sizes than the usual for a step under hypotheses that state these formulas: as many as it may cost."""
    found, around, vocabulary = reach(*sides), reach(*sides, *stated), vocabulary_of(usual[0])
    sizes, size_of = vocabulary.sizes, vocabulary.size_of
    indices = sorted((symbol for symbol in found if symbol in size_of), key=str)
    places = tuple(place for place, size in enumerate(sizes) if size in found or size in map(size_of.get, indices))
    if not places:
        return
    entries = any(isinstance(root, IndexedBase) for root in around)
    bare = not any(isinstance(root, IndexedBase) for root in found)
    long = any(side.has(*SUMMED, factorial) for side in sides)
    most = MOST_INSTANCES if long else MOST_BRIEF
    left = BUDGET if all(is_index(root) for root in around) else BUDGET // 8 if not entries else BUDGET_OF_VECTORS
    shapes = _shapes(places, usual, _numbers(wanted), wanted.far == FARTHEST) if bare else _few(places, usual)
    for shape in shapes:
        ranges = [len(index_range(index, shape)) + 2 for index in indices]
        cost = 3 + min(prod(ranges), most) * (prod(shape) if long else 1) + prod(shape) * entries
        if cost <= left:
            left -= cost
            yield shape


def least_shapes(parts: Iterable[Stated], usual: tuple[Shape, ...], wanted: Needs) -> tuple[Shape, ...]:
    """The least sizes that hypotheses about sizes alone admit, where the smallest of all are ruled out; and the others
    below them, as large as they, and above.
    """
    about = [part.statement for part in parts if about_sizes(part.statement)]
    sizes = vocabulary_of(usual[0]).sizes
    places = [place for place, size in enumerate(sizes) if any(size in free_symbols(one) for one in about)]
    found = _least(about, tuple(sizes[place] for place in places), _numbers(wanted)) if 0 < len(places) < 3 else []
    if not found or max(found[0]) < FEWEST:
        return ()
    shapes = [_shape(dict(zip(places, values)), usual, other) for values in found for other in REST]
    first, most = dict(zip(places, found[0])), max(found[0])
    if most <= TRIED_LEAST:
        others = [place for place in range(min(2, len(sizes))) if place not in places]  # of observations and classes
        shapes += [_shape(first | dict.fromkeys(others, most + more), usual) for more in (0, 1) if others]
    return tuple(shape for shape in dict.fromkeys(shapes) if shape not in usual)


def _least(about, sizes, numbers):
    """The first values of some sizes at which all that is said of sizes holds."""
    tried = sorted({*range(1, TRIED_LEAST + 1), *(number for number in numbers if number <= 60)})
    found = (values for values in product(tried, repeat=len(sizes))
             if all(holds_at(one, Point.of(dict(zip(sizes, values)))) for one in about))
    return list(islice(found, FEWEST))


def _numbers(wanted):
    """The whole numbers that occur, and those beside them."""
    whole = {int(number.p) for number in wanted.numbers if number.q == 1 and 3 < number <= LARGEST}
    return tuple(sorted({number + more for number in whole for more in (-1, 0, 1)}))


@lru_cache(maxsize=64)
def _few(places, usual):
    """Three sizes in each order that no usual shape has; all of several equal; one larger than the others."""
    orders = [
        dict(zip(three, order)) for three in combinations(places, 3) for order in permutations((1, 2, 3))
        if not any(_ordered(tuple(shape[place] for place in three)) == order for shape in usual)
    ]  # fmt: skip
    equal = [dict.fromkeys(places, number) for number in ((), (), (3,), (2, 3), (2, 3))[min(len(places), 4)]]
    larger = [{place: number} for place, number in zip(places, LARGER)]
    return tuple(_shape(found, usual) for found in [*orders, *equal, *larger])


@lru_cache(maxsize=64)
def _shapes(places, usual, numbers, huge):
    """Each size alone, all together, two and two, every combination of small ones, and others at random."""
    alone = dict.fromkeys((*range(1, 8), 9, 12, 20, 23, 50, 101, *numbers, *ALONE, *(HUGE if huge else ())))
    high, random = GRID[min(len(places), 4)], Random(f"sizes {places}")
    shapes = list(_few(places, usual))
    shapes += [_shape(dict(zip(places, found)), usual) for found in product(range(1, 4), repeat=len(places))]
    for number in alone:
        shapes += [_shape({place: number}, usual, other) for place in places for other in REST]
        shapes.append(_shape(dict.fromkeys(places, number), usual))
        shapes += [_shape({one: number, two: number}, usual) for one, two in combinations(places, 2)]
    shapes += [_shape(dict(zip(places, found)), usual) for found in product(range(1, high + 1), repeat=len(places))]
    for turn in range(AT_RANDOM if len(places) > 1 else 0):
        most = (12, 101, 1000 if huge else 60)[turn % 3]
        shapes.append(_shape({place: random.randint(1, most) for place in places}, usual))
    return tuple(dict.fromkeys(shapes))


def _ordered(numbers):
    return tuple(sorted(numbers).index(number) + 1 for number in numbers)


def _shape(found, usual, other=1):
    vocabulary = vocabulary_of(usual[0])
    return Shape((found.get(place, other) for place in range(len(vocabulary.sizes))), vocabulary)
