"""Places at which a formula has no value: a denominator that is 0, a logarithm or a root of what is not positive.

One value of a draw is widened to its whole domain. Where a side, as a ball, is finite on all of it, no such place lies
there. Where it is not, the domain is halved again and again, until a piece is left that is too small to be anything
else. The hypotheses are asked whether they admit the place: what they do not exclude refutes the step, or leaves it
undecided.
"""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from flint import arb, ctx, fmpq
from sympy import Expr

from .domains import HUGE, ends, lies
from .evaluate import value
from .points import Point
from .sample import DECLARED, Draft
from .stated import all_of, free_indices

CELLS = 4  # values that are widened, of each draw
PIECES = 40  # pieces that are looked at, of each domain
NARROW = fmpq(1, 2**24)


def singular(draft: Draft, sides: Iterable[Expr], random: Random) -> list[Point]:
    """Points like that of a draft but for one value, at which some side may have no value; the hypotheses hold there."""
    sides = tuple(dict.fromkeys(sides))
    if draft.by_witness:
        return []
    cells = [(root, cell) for root, table in draft.tables.items() for cell in table]
    random.shuffle(cells)
    found = []
    ctx.prec = 128
    for root, cell in cells[:CELLS]:
        interval = _interval(draft, root, cell)
        place = None if interval is None else _place(draft, sides, (root, cell), interval, random)
        if place is not None:
            moved = draft.with_values({(root, cell): place})
            domain = draft.domains.get((root, cell), DECLARED[root][len(cell)])
            if lies(arb(place), domain) and moved.holds():
                found.append(moved.point)
    return found


def _interval(draft, root, cell):
    domain = draft.domains.get((root, cell), DECLARED[root][len(cell)])
    if not domain.is_Interval:
        return None
    low, high = ends(domain)
    return fmpq(-HUGE) if low is None else low, fmpq(HUGE) if high is None else high


def _place(draft, sides, where, interval, random):
    """A number in an interval at which some side has no value, as simple as possible; None if there seems to be none."""
    pieces = [interval]
    for _ in range(PIECES):
        if not pieces:
            return None
        low, high = pieces.pop()
        if _all_finite(draft, sides, where, low, high):
            continue
        if high - low < NARROW:
            return _simplest(low, high)
        middle = (low + high) / 2
        pieces += random.sample([(low, middle), (middle, high)], 2)
    return _simplest(*pieces[-1]) if pieces else None


def _simplest(low, high):
    """The fraction with the smallest denominator in an interval."""
    middle, half = (low + high) / 2, (high - low) / 2
    bound = 1
    while True:
        near = Fraction(int(middle.p), int(middle.q)).limit_denominator(bound)
        if abs(fmpq(near.numerator, near.denominator) - middle) <= half:
            return fmpq(near.numerator, near.denominator)
        bound *= 2


def _all_finite(draft, sides, where, low, high):
    point = draft.made({where: arb((low + high) / 2, (high - low) / 2)})
    if point is None:
        return True
    for side in sides:
        names = [index for index in free_indices((side,)) if index not in point.indices]
        for instance in all_of(names, draft.shape):
            try:
                if not value(side, point | instance).ball.is_finite():
                    return False
            except LookupError:
                continue
    return True
