"""Evidence for cited theorems: their formulas are computed at points where their conditions hold.

It is no proof. It catches a formula that was copied with an error.
"""

from dataclasses import dataclass
from itertools import product
from random import Random

from flint import ctx
from sympy import Eq, Equivalent, Indexed, IndexedBase
from sympy.logic.boolalg import And, Boolean

from ..engine.entries import Hypothesis, Theorem, is_index
from ..engine.terms import free_symbols, reach
from ..notation import SIZE_OF, SIZES
from .check import PRECISIONS, SEED, VERIFIED, compare
from .counterexamples import CLAIMED
from .points import Point
from .sample import HARD, SOFT, draw
from .stated import all_of, holds

TRIED_SIZES = ((1, 1, 1, 1), (1, 2, 1, 1), (2, 3, 2, 1), (3, 2, 2, 2), (2, 5, 1, 2))
MORE_SIZES = (1, 2, 3, 7, 60)  # each with each, where a formula has no vectors: that is done soon
DRAWN_EACH = 3  # points for each size and kind of labels
COUNTED_TO = 6  # letters of whole numbers are all from 0 to here


@dataclass(frozen=True)
class Evidence:
    """At how many points a formula held, and where it did not."""

    points: int
    failure: str = ""


def sampled(theorem: Theorem, seed: int = SEED) -> Evidence:
    """Computes the formula of a theorem where its conditions hold; stops at the first point at which it does not."""
    ctx.prec, points = PRECISIONS[0], 0
    for shape, point in _points(theorem, Random(f"{seed} {theorem.id}")):
        if not _holds(theorem.formula, point, shape):
            return Evidence(points, f"{theorem.id} does not hold at point {points + 1}: {dict(point.indices)}")
        points += 1
    return Evidence(points, "" if points else f"{theorem.id} was computed at no point: none meets its conditions")


def _points(theorem, random):
    counted = _counts(theorem.formula)
    given = [part for part in theorem.conditions if part.statement is not None and not _counts(part.statement)]
    settings = [given]
    if isinstance(theorem.formula, Equivalent):  # no general point meets an equation: a side is made to hold as well
        sides = [Hypothesis("a side", "a side holds", side) for side in theorem.formula.args if _ties(side)]
        settings += [[*given, side] for side in sides]
    shapes = [*TRIED_SIZES, *_more_shapes(theorem)]
    for shape, kind, setting, _ in product(shapes, (HARD, SOFT), settings, range(DRAWN_EACH)):
        point = draw(setting, shape, kind, random, reach(theorem.formula) - counted)
        for numbers in product(range(COUNTED_TO + 1), repeat=len(counted)) if point is not None else ():
            yield shape, point | dict(zip(sorted(counted, key=str), numbers))


def _more_shapes(theorem):
    """Every combination of sizes for a formula that is about sizes and numbers alone; of those that it names."""
    named = reach(theorem.formula)
    if not named & set(SIZES) or any(isinstance(symbol, IndexedBase) for symbol in named):
        return ()
    conditions = [given.statement for given in theorem.conditions if given.statement is not None]
    occurring = named.union(*map(reach, conditions))
    return product(*(MORE_SIZES if size in occurring else (1,) for size in SIZES))


def _counts(formula: Boolean) -> set:
    """The letters of whole numbers in a formula that are no indices of the notation."""
    return {symbol for symbol in free_symbols(formula) if is_index(symbol)} - set(SIZES) - SIZE_OF.keys()


def _ties(side):
    """Whether it is an equation that gives an entry a value."""
    return isinstance(side, Eq) and isinstance(side.lhs, Indexed)


def _holds(formula, point: Point, shape) -> bool:
    """Whether a formula holds at a point, for every value of the indices that are free in it."""
    if isinstance(formula, And):
        return all(_holds(part, point, shape) for part in formula.args)
    if isinstance(formula, Equivalent):
        return len({_holds(part, point, shape) for part in formula.args}) == 1
    every = sorted(free_symbols(formula) & SIZE_OF.keys(), key=str)
    relation = next((sign for sign, kind in CLAIMED.items() if isinstance(formula, kind)), None)
    if relation is None:
        return holds(formula, point, shape, tuple(every))
    found = {compare(*formula.args, relation, point | instance)[0] for instance in all_of(every, shape)}
    return found == {VERIFIED}
