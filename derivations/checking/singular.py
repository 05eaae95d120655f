"""Places that no author thought of, where a side has no value.

One value of a draw is widened to its whole domain, or to a piece of it. Where a side, as a ball, is finite on all of
it, its denominators are not 0 there and its logarithms are of what is positive. Any other piece is halved, again and
again, until one is left that is too small to be anything else. The hypotheses are asked whether they admit the place.
"""

from collections.abc import Iterable
from fractions import Fraction
from random import Random

from flint import arb, ctx, fmpq
from sympy import Expr

from .cells import BITS, admitted, intervals, values_of, wide
from .draft import Draft
from .points import Point

PIECES = 120  # pieces that are looked at, of each domain
NARROW = fmpq(1, 2**24)
CLOSE = 640, fmpq(1, 2**300)  # at this precision, and in a piece so small, what is not finite has no value


def singular(draft: Draft, sides: Iterable[tuple[Expr, str, Expr]], numbers: tuple, random: Random) -> list[Point]:
    """Points like that of a draft but for one value, at which some side may have no value; its hypotheses hold."""
    sides = tuple(dict.fromkeys(side for left, _, right in sides for side in (left, right)))
    found = []
    for where, interval in intervals(draft, numbers, random):
        ctx.prec = BITS
        piece, without = _not_finite(draft, sides, where, interval, random)
        if not without:
            continue
        place = _simplest(*piece)
        ctx.prec = CLOSE[0]
        if piece[1] - piece[0] < NARROW and not _without_value(draft, without, where, arb(place)):
            place = _closer(draft, without, where, piece)
        found += [] if place is None else admitted(draft, {where: place})
    return found


def _without_value(draft, sides, where, ball):
    """The sides that are not finite with a ball in one cell."""
    point = draft.made({where: ball})
    return [side for side in sides if not all(found.is_finite() for found in values_of(side, point, draft.shape))]


def _not_finite(draft, sides, where, interval, random):
    """A small piece of an interval on which some sides are not finite, and these; none if there seems to be no such."""
    pieces = [(interval, sides)]
    for _ in range(PIECES):
        if not pieces:
            return interval, ()
        (low, high), suspects = pieces.pop()
        without = _without_value(draft, suspects, where, wide(low, high))
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
        left = _without_value(draft, sides, where, wide(low, middle))
        if not left and not _without_value(draft, sides, where, wide(middle, high)):
            return None
        low, high = (low, middle) if left else (middle, high)
    return None if _simplest(low, high) == _simplest(*piece) else wide(low, high)  # it has a value there itself
