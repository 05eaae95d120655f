"""An equation solved in a single entry, on any of its branches.

It is looked at around every number that occurs in it, at what simple fractions those make, and at numbers of every
size. A solution is a place at which it holds exactly, or lies between two at which its sides are ordered in two ways.
Where they are ordered in one way but their difference turns back, there may be two solutions close together or one that
is met and not crossed, as z = 0 is by z^2 (z - 1): the difference is followed to where its slope is 0.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from random import Random

from flint import arb, ctx, fmpq
from sympy import Range

from .domains import ends, lies
from .needs import Needs
from .points import Point, watched
from .stated import Stated

MOST_ALONE = 6  # so many equations at most are solved one by one
PLACES = 33  # places at even distances, between -NEAR and NEAR
NEAR = 8
GROWTH = fmpq(7, 4)  # how much farther the next place is from there on
TURNED = 32  # so often an interval is halved in which a difference turns back
CLOSER = 8


def slope_of(residual, root, cell):
    """The partial derivative of a residual by one entry."""

    return lambda point: residual(point.moved(root, cell)).coefficient(1 << point.depth)


def read_by(residual, point):
    """The entries that a residual looks up, by vector: its slopes by all others are 0."""
    looked_up = {}
    residual(watched(point, looked_up))
    return looked_up


def vanish(residuals, point):
    """Whether equations hold at a point, also when looked at much closer: what is only tiny does not."""
    before, found = ctx.prec, True
    for ctx.prec in (before, CLOSER * before):
        balls = [residual(point).ball for residual in residuals]
        small = arb(2) ** (-ctx.prec // 2)
        found = found and all(ball.is_finite() and ball.contains(0) and ball.rad() < small for ball in balls)
    ctx.prec = before
    return found


def whole_in(ball):
    """The whole number in a small ball, if there is one: whether that is the solution is confirmed as of any other."""
    whole = ball.unique_fmpz()
    return ball if whole is None else arb(whole)


class Between:
    """The solution of an equation in one entry, between two numbers at which its sides are ordered in two ways."""

    def __init__(self, residual, point, low, high):
        self.residual, self.point = residual, point
        self.ends, self.sign = [low, high], residual(point(low)).ball > 0
        self.known = {}

    def ball(self):
        """A ball around it, as narrow as the precision of the moment allows."""
        if ctx.prec not in self.known:
            low, high = self.ends
            while (high - low) * fmpq(2) ** (ctx.prec * 3 // 4) > 1:
                middle = (low + high) / 2
                there = self.residual(self.point(middle)).ball
                if there.is_zero():
                    low = high = middle
                elif there > 0 or there < 0:
                    low, high = (middle, high) if (there > 0) == self.sign else (low, middle)
                else:
                    break
            self.ends = [low, high]
            self.known[ctx.prec] = arb((low + high) / 2, (high - low) / 2) if low != high else arb(low)
        return self.known[ctx.prec]


def one_by_one(
    point: Point, tables: dict, residuals: list, domains: dict, needs: Needs, random: Random, but: Iterable = ()
) -> Point | None:
    """The point with one entry moved for each equation so that all hold; None if that was not found.

    Vectors in `but` stay as they are; `domains` say where the entries of each lie, by how many indices they have.
    """
    taken = set()
    for residual in residuals:
        cells = [
            (root, cell) for root, found in read_by(residual, point).items() if root in tables and root not in but
            for cell in found if cell in tables[root] and (root, cell) not in taken
        ]  # fmt: skip
        random.shuffle(cells)
        for root, cell in cells[:MOST_ALONE]:
            found = _in_one(point, residual, root, cell, domains[root][len(cell)], needs, random)
            if found is not None:
                point, taken = found, taken | {(root, cell)}
                break
        else:
            return None
    return point if all(residual(point).ball.contains(0) for residual in residuals) else None


def needs_of(equations: Iterable[Stated]) -> Needs:
    """The numbers that occur in some equations."""
    return _needs(tuple(part.statement for part in equations))


@lru_cache(maxsize=1024)
def _needs(formulas):
    return Needs.of(formulas)


def _in_one(point, residual, root, cell, domain, needs, random):
    """The point with one entry at which a residual is 0; None if none was found."""
    if isinstance(domain, Range) or not domain.is_Interval:
        return None

    def at(number):
        return _with(point, root, cell, lambda: number)

    seen = [(place, residual(at(place)).ball) for place in _places(domain, needs, random)]
    exact = [place for place, ball in seen if ball.is_zero() and lies(arb(place), domain)]
    # A ball that only contains 0 may be of what is tiny, as far out on a logistic curve: what lies around it tells.
    seen = [(place, ball) for place, ball in seen if ball.is_zero() or not (ball.is_finite() and ball.contains(0))]
    brackets = [(residual, one, other) for (one, a), (other, b) in pairwise(seen) if _crossed(a, b)]
    brackets += _turning(residual, slope_of(residual, root, cell), at, seen)
    ways = exact + brackets
    if not ways:
        return None
    way = random.choice(ways)
    if not isinstance(way, tuple):
        return at(way)
    between = Between(way[0], at, *way[1:])
    found = _with(point, root, cell, lambda: whole_in(between.ball()))
    return found if lies(between.ball(), domain) and (way[0] is residual or vanish([residual], found)) else None


def _crossed(one, other):
    return (one > 0 and other < 0) or (one < 0 and other > 0)


def _places(domain, needs, random):
    """Where an equation is looked at, in order: no two draws look at the same, but for the numbers that occur in it."""
    low, high = ends(domain)
    share = fmpq(random.randint(1, 1009), 1010)
    first, last = fmpq(-NEAR if low is None else low), fmpq(NEAR if high is None else high)
    found = {first, last, *(first + (last - first) * (place + share) / PLACES for place in range(PLACES))}
    if low is None or high is None:
        size = NEAR * (1 + share / 2)
        while size < needs.far:
            found |= {size, -size}
            size *= GROWTH
    found.update(needs.remarkable(domain))
    return sorted(place for place in found if (low is None or place >= low) and (high is None or place <= high))


def _turning(residual, slope, at, seen):
    """What lies between places where a residual has one sign but turns back: where it crosses 0, or meets it."""
    found = []
    for (low, a), (_, b), (high, c) in zip(seen, seen[1:], seen[2:]):
        turns = a > b and c > b and b > 0 or a < b and c < b and b < 0
        if turns:
            found += _turned(residual, slope, at, low, high, a)
    return found


def _turned(residual, slope, at, low, high, outside):
    first, last, sign = low, high, slope(at(low)).ball > 0
    for _ in range(TURNED):
        if not residual(at(arb((low + high) / 2, (high - low) / 2))).ball.contains(0):
            return []
        middle = (low + high) / 2
        there, inclined = residual(at(middle)).ball, slope(at(middle)).ball
        if there.is_zero():
            return [middle]
        if _crossed(outside, there):
            return [(residual, first, middle), (residual, middle, last)]
        if not (inclined > 0 or inclined < 0):
            return []
        low, high = (middle, high) if (inclined > 0) == sign else (low, middle)
    return [(slope, low, high)]


def _with(point, root, cell, ball):
    """The point with a ball, asked for at each precision, in one cell."""
    before = point.entries[root]

    def entry(indices, later):
        return later.number(ball()) if indices == cell else before(indices, later)

    return (point | {root: entry})._replace(memory={})
