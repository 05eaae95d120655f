"""Equations between the values of a point, solved: so that a hypothesis is met by any point that meets it, and not only
by those that somebody thought of.

Three ways are tried. Where the equations are affine in the entries of some vectors, those are moved by as little as
possible onto the solutions. Where they are quadratic there, as sums of squares are, their slopes are made 0 in the same
way. Else each equation is solved in a single entry, between two places where its sides change their order; every branch
may be met. A solution is a ball at whatever precision is worked with, and what it solves is
confirmed at the point by whoever asked. An implication is met in all its ways: some entries are made 0.
"""

from collections.abc import Callable, Iterable
from itertools import combinations
from math import hypot
from operator import mul
from random import Random

from flint import arb, arb_mat, ctx, fmpq
from sympy import Implies, Range

from ..engine.terms import reach
from .balls import Jet
from .domains import ends, lies
from .evaluate import evaluator
from .points import Point, watched
from .stated import DECLARED, Stated, all_of

MOST_ALONE = 6  # so many equations at most are solved one by one
MOST_SLOPES = 20
TINY = 1e-9
CLOSER = 8
PLACES = 33  # so many places are looked at for two between which an equation has a solution
Residual = Callable[[Point], Jet]


def solved(point: Point, tables: dict, equations: Iterable[Stated], shape: tuple, random: Random) -> Point | None:
    """The point with some entries of its tables changed so that the equations hold; None if no solution was found."""
    residuals = [
        _residual(part.statement, instance) for part in equations for instance in all_of(part.every, shape)
    ]
    named = set().union(*(reach(part.statement) for part in equations))
    roots = sorted((root for root in tables if root in named and tables[root]), key=str)
    random.shuffle(roots)
    affine = [root for root in roots if _affine(point, tables, root, residuals, random)]
    for unknown in [*([root] for root in affine), *map(list, combinations(affine, 2))]:
        found = _moved(point, tables, unknown, residuals, residuals)
        if found is not None:
            return found
    for root in [root for root in roots if root not in affine]:
        slopes = [_slope(residual, root, cell) for residual in residuals for cell in sorted(tables[root])]
        if len(slopes) <= MOST_SLOPES and _affine(point, tables, root, slopes, random):
            found = _moved(point, tables, [root], slopes, residuals)
            if found is not None:
                return found
    return None if affine or len(residuals) > MOST_ALONE else _one_by_one(point, tables, residuals, random)


def thin(tables: dict, parts: Iterable[Stated], random: Random) -> None:
    """On half the draws, make some entries in an implication 0: of what it concludes about, and of its premise."""
    for implication in [part.statement for part in parts if isinstance(part.statement, Implies)]:
        premise, conclusion = (tables.get(getattr(side.args[0], "base", side.args[0]), {}) for side in implication.args)
        for cell in random.sample(sorted(conclusion), random.choice((0, 1)) * random.randrange(len(conclusion) or 1)):
            premise |= {cell: fmpq(0)} if cell in premise else {}
            conclusion[cell] = random.choice((fmpq(0), conclusion[cell]))


def _residual(statement, instance):
    left, right = map(evaluator, statement.args)

    def evaluate(point):
        at = point | instance
        return left(at) + Jet(arb(-1)) * right(at)

    return evaluate


def _slope(residual, root, cell):
    """The partial derivative of a residual by one entry."""

    return lambda point: residual(point.moved(root, cell)).coefficient(1 << point.depth)


def _read(residual, point):
    """The entries that a residual looks up, by vector: its slopes by all others are 0."""
    looked_up = {}
    residual(watched(point, looked_up))
    return looked_up


def _affine(point, tables, root, residuals, random):
    """Whether equations seem to be affine in a vector, and not free of it: some second derivatives are 0."""
    before, ctx.prec = ctx.prec, 64
    curved = sloped = False
    reading = [(residual, _read(residual, point).get(root, ())) for residual in residuals]
    for cell in random.sample(sorted(tables[root]), min(3, len(tables[root]))):
        for residual in [residual for residual, read in reading if cell in read]:
            slope = _slope(residual, root, cell)
            sloped = sloped or not slope(point).ball.is_zero()
            curved = curved or not _slope(slope, root, cell)(point).ball.contains(0)
            if curved:
                break
    ctx.prec = before
    return sloped and not curved


def _fits(root, cell, ball):
    domain = DECLARED[root][len(cell)]
    return not isinstance(domain, Range) and lies(ball, domain) and ball.rad() < arb(2) ** (-ctx.prec // 4)


class Moved:
    """Entries of some vectors, moved onto the solutions of equations that are affine in them.

    `accessor(root)` gives those of one vector. They are worked out once for each precision.
    """

    def __init__(self, point, tables, unknown, residuals):
        self.point = point
        self.start = {(root, cell): tables[root][cell] for root in unknown for cell in sorted(tables[root])}
        self.tables, self.known = tables, {}
        self.residuals = self._independent(residuals)

    def values(self):
        """The solution at the precision of the moment; None if there is none."""
        if ctx.prec not in self.known:
            self.known[ctx.prec] = self._solution()
        return self.known[ctx.prec]

    def _solution(self):
        places = list(self.start)
        rows = [self._slopes(residual) for residual in self.residuals]
        there = [residual(self.point).ball for residual in self.residuals]
        used = [column for column in range(len(places)) if any(not row[column].is_zero() for row in rows)]
        if not used:  # nothing depends on them
            return None
        slopes = arb_mat([[row[column] for column in used] for row in rows])
        try:
            multipliers = (slopes * slopes.transpose()).inv() * arb_mat([[ball] for ball in there])
        except ZeroDivisionError:
            return None
        change = slopes.transpose() * multipliers
        moved = {places[column]: arb(self.start[places[column]]) - change[row, 0] for row, column in enumerate(used)}
        return {place: _whole(moved[place]) if place in moved else None for place in places}

    def _slopes(self, residual):
        read = _read(residual, self.point)
        return [
            _slope(residual, root, cell)(self.point).ball if cell in read.get(root, ()) else arb(0)
            for root, cell in self.start
        ]

    def _independent(self, residuals):
        """Some of the equations, from which the others follow if they can hold together."""
        before, ctx.prec = ctx.prec, 64
        kept, directions = [], []
        for residual in residuals:
            rest = [float(ball) for ball in self._slopes(residual)]
            size = hypot(*rest)
            for direction in directions:
                along = sum(map(mul, rest, direction))
                rest = [one - along * other for one, other in zip(rest, direction)]
            if hypot(*rest) > TINY * size:
                kept.append(residual)
                directions.append([one / hypot(*rest) for one in rest])
        ctx.prec = before
        return kept

    def accessor(self, root):
        def entry(indices, point):
            found = (self.values() or {}).get((root, indices))
            return point.number(self.tables[root][indices] if found is None else found)

        return entry


def _whole(ball):
    """The whole number in a small ball, if there is one: whether that is the solution is confirmed as of any other."""
    whole = ball.unique_fmpz()
    return ball if whole is None else arb(whole)


def _moved(point, tables, unknown, equations, residuals):
    moved = Moved(point, tables, unknown, equations)
    values = moved.values()
    if not values or not all(
        _fits(root, cell, ball) for (root, cell), ball in values.items() if ball is not None
    ):
        return None
    new = point | {root: moved.accessor(root) for root in unknown}
    new = new._replace(memory={})
    return new if _vanish(residuals, new) else None


def _vanish(residuals, point):
    """Whether equations hold at a point, also when looked at much closer: what is only tiny does not."""
    before, found = ctx.prec, True
    for ctx.prec in (before, CLOSER * before):
        balls = [residual(point).ball for residual in residuals]
        small = arb(2) ** (-ctx.prec // 2)
        found = found and all(ball.is_finite() and ball.contains(0) and ball.rad() < small for ball in balls)
    ctx.prec = before
    return found


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


def _one_by_one(point, tables, residuals, random):
    taken = set()
    for residual in residuals:
        cells = [
            (root, cell) for root, found in _read(residual, point).items() if root in tables
            for cell in found if cell in tables[root] and (root, cell) not in taken
        ]  # fmt: skip
        random.shuffle(cells)
        for root, cell in cells[:MOST_ALONE]:
            found = _in_one(point, residual, root, cell, random)
            if found is not None:
                point, taken = found, taken | {(root, cell)}
                break
        else:
            return None
    return point if all(residual(point).ball.contains(0) for residual in residuals) else None


def _in_one(point, residual, root, cell, random):
    """The point with one entry at which a residual is 0; None if none was found."""
    domain = DECLARED[root][len(cell)]
    if isinstance(domain, Range) or not domain.is_Interval:
        return None
    low, high = ends(domain)
    low, high = -8 if low is None else low, 8 if high is None else high
    share = fmpq(random.randint(1, 1009), 1010)
    places = [low, *(low + (high - low) * (place + share) / PLACES for place in range(PLACES)), high]

    def at(number):
        return _with(point, root, cell, lambda: arb(number))

    signs = [(place, residual(at(place)).ball) for place in map(fmpq, places)]
    exact = [place for place, ball in signs if ball.is_zero() and lies(arb(place), domain)]
    pairs = zip(signs, signs[1:])
    brackets = [(one, other) for (one, a), (other, b) in pairs if (a > 0 and b < 0) or (a < 0 and b > 0)]
    ways = exact + brackets
    if not ways:
        return None
    way = random.choice(ways)
    if not isinstance(way, tuple):
        return at(way)
    between = Between(residual, at, *way)
    return _with(point, root, cell, between.ball) if lies(between.ball(), domain) else None


def _with(point, root, cell, ball):
    """The point with a ball, asked for at each precision, in one cell."""
    before = point.entries[root]

    def entry(indices, later):
        return later.number(ball()) if indices == cell else before(indices, later)

    return (point | {root: entry})._replace(memory={})
