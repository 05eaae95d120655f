"""Equations between the values of a point, solved: so that a hypothesis is met by any point that meets it, and not only
by those that somebody thought of.

Three ways are tried. Where the equations are affine in the entries of some vectors, those are moved by as little as
possible onto the solutions. Where they are quadratic there, as sums of squares are, their slopes are made 0 in the same
way. Else each equation is solved in a single entry (see `roots`). Where both could be done either is done first, as
they are different branches: (z + 1) (z - t) = 0 at t = z, and at z = -1. A solution is a ball at whatever precision is
worked with, and what it solves is confirmed at the point by whoever asked. An implication is met in all its ways: some
entries are made 0.
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
from .domains import lies
from .evaluate import evaluator
from .points import Point
from .roots import MOST_ALONE, needs_of, one_by_one, read_by, slope_of, vanish, whole_in
from .stated import Stated, all_of, vocabulary_of

MOST_SLOPES = 20
MIXED = 0.5  # how often another way is tried first
MOST_READ = 4
TINY = 1e-9
Residual = Callable[[Point], Jet]


def solved(point: Point, tables: dict, equations: Iterable[Stated], shape: tuple, random: Random) -> Point | None:
    """The point with some entries of its tables changed so that the equations hold; None if no solution was found."""
    residuals = [
        _residual(part.statement, instance) for part in equations for instance in all_of(part.every, shape)
    ]
    named = set().union(*(reach(part.statement) for part in equations))
    roots = sorted((root for root in tables if root in named and tables[root]), key=str)
    random.shuffle(roots)
    read = _read_by(residuals, point)
    affine = [root for root in roots if _affine(point, tables, root, read, random)]
    needs, few, domains = needs_of(equations), len(residuals) <= MOST_ALONE, vocabulary_of(shape).domains
    if affine and few and random.random() < _share_alone(roots, affine, read):
        found = one_by_one(
            point, tables, residuals, domains, needs, random, affine if len(affine) < len(roots) else ()
        )
        if found is not None:
            return found
    for unknown in [*([root] for root in affine), *map(list, combinations(affine, 2))]:
        found = _moved(point, tables, unknown, read, residuals, domains)
        if found is not None:
            return found
    for root in [root for root in roots if root not in affine]:
        slopes = [slope_of(residual, root, cell) for residual in residuals for cell in sorted(tables[root])]
        if len(slopes) > MOST_SLOPES:
            continue
        read = _read_by(slopes, point)
        if _affine(point, tables, root, read, random):
            found = _moved(point, tables, [root], read, residuals, domains)
            if found is not None:
                return found
    return one_by_one(point, tables, residuals, domains, needs, random) if few and not affine else None


def _read_by(residuals, point):
    """What each residual looks up: asked once, for all that is worked out there."""
    return {residual: read_by(residual, point) for residual in residuals}


def _share_alone(roots, affine, read):
    """How often equations are solved one by one although they could be at once: where that leads to other branches.

    Of z_k v_k = 0 for every k, one may hold by z_k and another by v_k. What many entries are in takes too long.
    """
    if any(sum(map(len, looked_up.values())) > MOST_READ for looked_up in read.values()):
        return 0
    return MIXED if len(affine) < len(roots) else MIXED / 2 if len(affine) > 1 and len(read) > 1 else 0


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


def _affine(point, tables, root, read, random):
    """Whether equations seem to be affine in a vector, and not free of it: some second derivatives are 0."""
    before, ctx.prec = ctx.prec, 64
    curved = sloped = False
    reading = [(residual, looked_up.get(root, ())) for residual, looked_up in read.items()]
    for cell in random.sample(sorted(tables[root]), min(3, len(tables[root]))):
        for residual in [residual for residual, read in reading if cell in read]:
            slope = slope_of(residual, root, cell)
            sloped = sloped or not slope(point).ball.is_zero()
            curved = curved or not slope_of(slope, root, cell)(point).ball.contains(0)
            if curved:
                break
    ctx.prec = before
    return sloped and not curved


def _fits(domain, ball):
    return not isinstance(domain, Range) and lies(ball, domain) and ball.rad() < arb(2) ** (-ctx.prec // 4)


class Moved:
    """Entries of some vectors, moved onto the solutions of equations that are affine in them.

    `accessor(root)` gives those of one vector. They are worked out once for each precision.
    """

    def __init__(self, point, tables, unknown, read):
        self.point = point
        self.start = {(root, cell): tables[root][cell] for root in unknown for cell in sorted(tables[root])}
        self.tables, self.known, self.read = tables, {}, read
        self.residuals = self._independent(read)

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
        stays = {place for place, ball in moved.items() if ball.contains(self.start[place])}
        return {place: whole_in(moved[place]) if place in moved.keys() - stays else None for place in places}

    def _slopes(self, residual):
        read = self.read[residual]
        return [
            slope_of(residual, root, cell)(self.point).ball if cell in read.get(root, ()) else arb(0)
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


def _moved(point, tables, unknown, read, residuals, domains):
    moved = Moved(point, tables, unknown, read)
    values = moved.values()
    if not values or not all(
        _fits(domains[root][len(cell)], ball) for (root, cell), ball in values.items() if ball is not None
    ):
        return None
    new = point | {root: moved.accessor(root) for root in unknown}
    new = new._replace(memory={})
    return new if vanish(residuals, new) else None
