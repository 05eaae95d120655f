"""Places that no author thought of: where a side has no value, or where an inequality is false.

One value of a draw is widened to its whole domain, or to a piece of it. Where a side, as a ball, is finite on all of
it, its denominators are not 0 there and its logarithms are of what is positive; where the difference of two sides, as a
ball, has the right sign on all of it, the inequality holds there. Any other piece is halved, again and again, until
one is left that is too small to be anything else. The hypotheses are asked whether they admit the place.
"""

from collections.abc import Iterable
from fractions import Fraction
from heapq import heappop, heappush
from math import log2
from random import Random

from flint import arb, ctx, fmpq
from sympy import Expr

from .domains import FAR, ends, lies
from .draft import Draft
from .evaluate import value
from .points import Point
from .stated import DECLARED, all_of, indices_in

CELLS = 3  # values that are widened, of each draw
PIECES = 120  # pieces that are looked at, of each domain
FEW_PIECES = 160  # and for an inequality
EDGE = 4096
NARROW = fmpq(1, 2**24)
BITS = 128  # precision of the search
CLOSE = 640, fmpq(1, 2**300)  # at this precision, and in a piece so small, what is not finite has no value


def singular(draft: Draft, sides: Iterable[tuple[Expr, str, Expr]], numbers: tuple, random: Random) -> list[Point]:
    """Points like that of a draft but for one value, at which some side may have no value; its hypotheses hold."""
    sides = tuple(dict.fromkeys(side for left, _, right in sides for side in (left, right)))
    found = []
    for where, interval in _intervals(draft, numbers, random):
        ctx.prec = BITS
        piece, without = _not_finite(draft, sides, where, interval, random)
        if not without:
            continue
        place = _simplest(*piece)
        ctx.prec = CLOSE[0]
        if piece[1] - piece[0] < NARROW and not _without_value(draft, without, where, arb(place)):
            place = _closer(draft, without, where, piece)
        found += _admitted(draft, where, place)
    return found


def false_where(draft: Draft, sides: Iterable[tuple[Expr, str, Expr]], numbers: tuple, random: Random) -> list[Point]:
    """Points like that of a draft but for one value, at which some inequality is false; the hypotheses hold there."""
    sides = [(left, right) if relation == "<=" else (right, left) for left, relation, right in sides if relation != "="]
    found = []
    for where, interval in _intervals(draft, numbers, random) if sides else ():
        ctx.prec = BITS
        place = _negative(draft, sides, where, interval)
        if place is not None:
            found += _admitted(draft, where, place)
    return found


def _without_value(draft, sides, where, ball):
    """The sides that are not finite with a ball in one cell."""
    point = draft.made({where: ball})
    return [side for side in sides if not all(found.is_finite() for found in _balls(side, point, draft.shape))]


def _balls(side, point, shape):
    """The values of an expression for all values of its free indices."""
    if point is None:
        return
    names = [index for index in indices_in((side,)) if index not in point.indices]
    for instance in all_of(names, shape):
        try:
            yield value(side, point | instance).ball
        except LookupError:
            continue


def _intervals(draft, numbers, random):
    """Some cells of a draft whose domains are intervals, with them."""
    if draft.by_witness:
        return []
    cells = [(root, cell) for root, table in draft.tables.items() for cell in table]
    domains = [(where, _domain(draft, where)) for where in random.sample(cells, min(CELLS, len(cells)))]
    far = FAR[-1] + 2 * max(map(abs, numbers), default=0)
    found = []
    for where, domain in domains:
        if domain.is_Interval:
            low, high = (end if end is not None else beyond for end, beyond in zip(ends(domain), (-far, far)))
            edge = (high - low) / EDGE  # ends are tried by themselves, and what is next to them
            found.append((where, (low + edge, high - edge)))
    return found


def _domain(draft, where):
    root, cell = where
    return draft.domains.get(where, DECLARED[root][len(cell)])


def _admitted(draft, where, place):
    """The point with that value, if the hypotheses admit it."""
    if place is None or not lies(arb(place), _domain(draft, where)):
        return []
    moved = draft.with_values({where: place})
    return [moved.point] if moved.holds() else []


def _wide(low, high):
    return arb((low + high) / 2, (high - low) / 2)


def _not_finite(draft, sides, where, interval, random):
    """A small piece of an interval on which some sides are not finite, and these; none if there seems to be no such."""
    pieces = [(interval, sides)]
    for _ in range(PIECES):
        if not pieces:
            return interval, ()
        (low, high), suspects = pieces.pop()
        without = _without_value(draft, suspects, where, _wide(low, high))
        if without and high - low < NARROW:
            return (low, high), without
        if without:
            middle = (low + high) / 2
            pieces += random.sample([((low, middle), without), ((middle, high), without)], 2)
    return pieces[-1] if pieces else (interval, ())


def _simplest(low, high):
    """The fraction with the smallest denominator in an interval."""
    middle, half = (low + high) / 2, (high - low) / 2
    bound = 1
    while True:
        near = Fraction(int(middle.p), int(middle.q)).limit_denominator(bound)
        if abs(fmpq(near.numerator, near.denominator) - middle) <= half:
            return fmpq(near.numerator, near.denominator)
        bound *= 2


def _closer(draft, sides, where, piece):
    """A ball around a place without a value that no simple fraction is; None if there is none after all."""
    low, high = piece
    while high - low > CLOSE[1]:
        middle = (low + high) / 2
        left = _without_value(draft, sides, where, _wide(low, middle))
        if not left and not _without_value(draft, sides, where, _wide(middle, high)):
            return None
        low, high = (low, middle) if left else (middle, high)
    return None if _simplest(low, high) == _simplest(*piece) else _wide(low, high)  # it has a value there itself


def _middle(low, high):
    """Where an interval is halved: as for numbers of every size, if it holds such."""
    if low < 0 < high:
        return fmpq(0)
    near, far = sorted((abs(low), abs(high)))
    near = max(near, fmpq(1))
    if far > 4 * near:
        size = fmpq(int(float(near * far) ** 0.5 * 1024), 1024)
        return size if high > 0 else -size
    return (low + high) / 2


def _negative(draft, sides, where, interval):
    """A number in an interval at which the second of two sides is the smaller one; None if none was found.

    Where both sides are large their difference says least, so what is wide and close to 0 is looked at first.
    """
    heap = [(0.0, 0, *interval)]
    for _ in range(FEW_PIECES):
        if not heap:
            return None
        _, depth, low, high = heappop(heap)
        point = draft.made({where: _wide(low, high)})
        pairs = [
            pair for left, right in sides
            for pair in zip(_balls(left, point, draft.shape), _balls(right, point, draft.shape))
        ]  # fmt: skip
        if any(b < a for a, b in pairs):
            return (low + high) / 2
        if not all(b >= a for a, b in pairs):
            middle = _middle(low, high)
            for piece in ((low, middle), (middle, high)):
                near = float(min(map(abs, piece))) if low * high >= 0 else 0.0
                heappush(heap, (depth + log2(1 + near), depth + 1, *piece))
    return None
