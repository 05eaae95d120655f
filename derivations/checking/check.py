"""Checks: both sides of every step are evaluated at sampled points, for several sizes,
by arithmetic that shares no code with the rules.

Three outcomes. Verified: at every point the balls of both sides agree to at least 30 digits, and each step was
compared often enough, at several sizes and at points that no special choice made. Refuted: at some point they are
disjoint. Undecided: neither, at any working precision tried; it never counts as verified.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from random import Random

from flint import arb, ctx
from sympy import Expr, Integral, Symbol
from sympy.logic.boolalg import Boolean

from ..engine.derivation import Derivation, Step
from ..engine.entries import Hypothesis, is_index
from ..engine.terms import free_symbols, reach
from ..notation import SIZES, K, n, size_of
from .citations import owed
from .evaluate import remembered
from .needs import Needs, height
from .points import Point, watched
from .sample import ENDS, HARD, REMARKABLE, SOFT, draft, needed
from .singular import false_where, singular
from .stated import Shape, about_indices, all_of, free_indices, holds_at, index_range, sizes, stated, statements

DIGITS = 30
PRECISIONS = (160, 640, 5120, 20480)  # bits
SEEN = 640  # bits at which each step is compared somewhere, however well it agrees before: 10^-180 is seen
SHAPES = (  # (n, K, d, M): each two of them in every order
    (1, 1, 1, 1), (1, 2, 2, 1), (2, 1, 1, 2), (2, 2, 2, 3), (2, 3, 2, 1),
    (3, 2, 1, 2), (3, 4, 2, 3), (4, 2, 3, 2), (5, 2, 2, 3), (6, 5, 3, 2), (1, 3, 4, 4), (2, 1, 5, 7),
)  # fmt: skip
SWEPT = (SHAPES[1], SHAPES[5])  # where remarkable numbers are put in, one after the other
TURNS = 24  # so many of them
LARGE = 60  # whole numbers that occur, up to this one, are tried as sizes
SINGULAR = {SHAPES[1], SHAPES[3]}  # where places are looked for at which a side has no value
MOST_INSTANCES = 12
FEWEST_SHAPES = 3  # sizes at which each step must have been compared
SEED = 20231124
VERIFIED, REFUTED, UNDECIDED = "verified", "refuted", "undecided"
RELATIONS = ("=", "<=", ">=")


@dataclass(frozen=True)
class Check:
    """What checking one derivation found. `digits` is the least agreement seen; `failure` tells the step and the point.

    `shapes` are the values of the sizes named in `sizes` at which every step was compared; `points` how many points
    each step was compared at, at least; `kinds` how many comparisons were made at which kind of point.
    """

    id: str
    outcome: str
    steps: int
    points: int
    shapes: tuple
    digits: int
    seed: int
    failure: str = ""
    sizes: tuple = ("n", "K")
    kinds: tuple = ()

    def __str__(self):
        failure = f"\n  {self.failure}" if self.failure else ""
        if not self.steps:
            return f"{self.id}: {self.outcome}; a claim that fails{failure or ' as it should'}"
        steps = f"{self.steps} step{'s' * (self.steps != 1)} at {self.points} points"
        shapes = ", ".join(f"({', '.join(map(str, shape))})" for shape in self.shapes)
        at = f"sizes ({', '.join(self.sizes)}) = {shapes}"
        return f"{self.id}: {self.outcome}; {steps}, {at}, to at least {self.digits} digits, seed {self.seed}{failure}"


def compare(left: Expr, right: Expr, relation: str, point: Point) -> tuple[str, int]:
    """The outcome of one comparison at one point,
    and to how many digits the sides agree or the inequality is certain.
    """
    if relation not in RELATIONS:
        raise ValueError(f"expected one of the relations {', '.join(RELATIONS)}, found {relation}")
    more = max(height(left), height(right))
    for precision in PRECISIONS:
        if precision > SEEN and left.has(Integral) | right.has(Integral):
            break  # it takes too long
        ctx.prec = precision + more
        a, b = _ball(left, point), _ball(right, point)
        gap = b - a
        if (
            (relation == "=" and not gap.contains(0))
            or (relation == "<=" and gap < 0)
            or (relation == ">=" and gap > 0)
        ):
            return REFUTED, 0
        if (relation == "<=" and gap > 0) or (relation == ">=" and gap < 0):
            return VERIFIED, floor(ctx.prec * log10(2))
        digits = _agreement(a, b, gap)
        if digits >= DIGITS:
            return VERIFIED, digits
    return UNDECIDED, 0


def _ball(expression, point):
    """The ball of a value;
    one that says nothing where the expression names an entry that does not exist at this size.
    """
    try:
        return remembered(expression, point).ball
    except LookupError:
        return arb("nan")


def _agreement(a, b, gap):
    """To how many digits two balls agree, relative to their size (absolutely, where both may be 0)."""
    if not gap.is_finite():
        return 0
    if gap == 0:
        return floor(ctx.prec * log10(2))
    size = max(a.abs_lower(), b.abs_lower()) if a != 0 or b != 0 else arb(1)
    ratio = gap.abs_upper() / (size if size > 0 else arb(1))
    return floor(-float(ratio.log() / arb(10).log()))


class Tally:
    """What the comparisons of each step came to so far."""

    def __init__(self, derivation: Derivation):
        steps = range(1, len(derivation.steps) + 1)
        self.points = dict.fromkeys(steps, 0)
        self.shapes = {number: set() for number in steps}
        self.free = dict.fromkeys(steps, 0)  # points that neither a witness nor an end of a domain made
        self.kinds, self.digits = Counter(), 10**6

    def note(self, number, found, shape, kind, draft):
        """A step was compared so many times at one point."""
        if found:
            self.points[number] += 1
            self.shapes[number].add(shape)
            self.free[number] += kind in (SOFT, REMARKABLE) and not draft.by_witness
            self.kinds[kind] += found

    def lack(self, derivation: Derivation) -> str:
        """What is missing before the steps may count as verified; empty if nothing."""
        for number, step in enumerate(derivation.steps, start=1):
            place = f"step {number} ({step.rule}) of {derivation.id}"
            if not self.points[number]:
                return f"{place} was compared at no point: none that was tried meets its hypotheses"
            if len(self.shapes[number]) < FEWEST_SHAPES:
                met = ", ".join(f"({', '.join(map(str, shape))})" for shape in sorted(self.shapes[number]))
                return f"{place} was compared at the sizes {met} alone: no other meets its hypotheses"
            if not self.free[number]:
                return f"{place} was compared at special points alone: no general point meets its hypotheses"
        return ""


def check(derivation: Derivation, shapes: tuple[Shape, ...] = SHAPES, seed: int = SEED) -> Check:
    """Check every step, each under the hypotheses named up to it and no others;
    stops at the first that is not verified.
    """
    random, grouped, wanted = Random(f"{seed} {derivation.id}"), stages(derivation), needed(derivation)
    tally, occurring = Tally(derivation), named_sizes(derivation)
    whole = schedule(derivation, shapes, wanted)
    for (shape, kind, turn), (hypotheses, comparisons) in ((at, stage) for at in whole for stage in grouped):
        ctx.prec = PRECISIONS[0]
        drawn = draft(hypotheses, shape, kind, random, wanted, turn=turn)
        if drawn is None:
            continue
        points = [drawn.point]
        if kind == SOFT and shape in SINGULAR:
            points += _found(drawn, comparisons, wanted.numbers, random)
        for point in points:
            outcome, failure = _check_at(derivation, hypotheses, comparisons, point, shape, random, tally, kind, drawn)
            if outcome != VERIFIED:
                return _record(derivation, outcome, tally, (shape,), seed, failure, SIZES)
    lack = tally.lack(derivation) if len(shapes) >= FEWEST_SHAPES or not all(tally.points.values()) else ""
    if lack:
        return _record(derivation, UNDECIDED, tally, (), seed, lack, SIZES)
    everywhere = [shape for shape in shapes if all(shape in found for found in tally.shapes.values())]
    return _record(derivation, VERIFIED, tally, everywhere, seed, "", occurring)


def _found(drawn, comparisons, numbers, random):
    """Points at which some step may have no value, or be false."""
    sides = [side for *_, left, right in comparisons for side in (left, right)]
    relations = [(left, step.relation, right) for _, step, left, right in comparisons]
    return singular(drawn, sides, numbers, random) + false_where(drawn, relations, numbers, random)


def schedule(derivation: Derivation, shapes: tuple[Shape, ...], wanted: Needs) -> list[tuple[Shape, str, int]]:
    """At which sizes, at which kinds of points, and with which remarkable number steps are compared."""
    plain = [(shape, kind, 0) for shape in shapes for kind in (HARD, SOFT, ENDS)]
    swept = [shape for shape in shapes if shape in SWEPT] or shapes[:1]
    numbers = min(TURNS, 8 + 8 * len(wanted.numbers))
    sweep = [(swept[turn % len(swept)], REMARKABLE, turn) for turn in range(numbers)]
    return plain + sweep + [(shape, SOFT, 0) for shape in _large(derivation, wanted)]


def _large(derivation, wanted):
    """Shapes in which a size is a whole number that occurs in a formula, or one more."""
    occurring = [place for place, size in enumerate(SIZES) if size in free_symbols_of(derivation.lines)]
    numbers = sorted({int(number.p) for number in wanted.numbers if number.q == 1 and 3 < number <= LARGE})
    return [
        tuple(number + more if place == other else 2 for other in range(len(SIZES)))
        for place in occurring for number in numbers for more in (0, 1)
    ]  # fmt: skip


def free_symbols_of(lines: Iterable[Expr]) -> set[Symbol]:
    """The free symbols of some lines, those of the hypotheses apart."""
    return set().union(*map(free_symbols, lines))


def named_sizes(derivation: Derivation) -> list[Symbol]:
    """The sizes to tell of: n, K, and those others that occur, or that an index runs up to."""
    found = reach(*derivation.lines)
    found |= {size_of(index) for index in found if is_index(index) and index not in SIZES}
    return [size for size in SIZES if size in (n, K) or size in found]


def _record(derivation, outcome, tally, shapes, seed, failure, named):
    shown = tuple(dict.fromkeys(tuple(sizes(shape)[size] for size in named) for shape in shapes))
    points, digits = min(tally.points.values(), default=0), tally.digits if any(tally.points.values()) else 0
    return Check(
        derivation.id, outcome, len(derivation.steps), points, shown, digits if outcome == VERIFIED else 0, seed,
        failure, tuple(map(str, named)), tuple(tally.kinds.items()),
    )  # fmt: skip


def stages(derivation: Derivation) -> list[tuple[tuple[Hypothesis, ...], list[tuple[int, Step, Expr, Expr]]]]:
    """The comparisons to make, grouped by the hypotheses named so far."""
    grouped, named = {}, ()
    for number, (step, (left, right)) in enumerate(
        zip(derivation.steps, pairwise(derivation.lines), strict=True), start=1
    ):
        named = tuple(dict.fromkeys(named + step.using + step.inherited))
        grouped.setdefault(named, []).append((number, step, left, right))
    return list(grouped.items())


def _check_at(derivation, hypotheses, comparisons, point, shape, random, tally, kind, drawn):
    on_indices = [statement for statement in statements(hypotheses) if about_indices(statement)]
    for number, step, left, right in comparisons:
        for part in owed(step):
            if not _follows(part, on_indices, point, shape):
                needs = f"step {number} ({step.rule}) of {derivation.id} needs that {part.statement}"
                return UNDECIDED, f"{needs}; it does not follow from what is named so far"
        chosen = some(admissible([left, right], on_indices, point, shape), random)
        for instance in chosen:
            outcome, found = compare(left, right, step.relation, point | instance)
            tally.digits = min(tally.digits, found) if outcome == VERIFIED else tally.digits
            if outcome != VERIFIED:
                return outcome, _failure(derivation, number, step, outcome, left, right, point | instance)
        tally.note(number, len(chosen), shape, kind, drawn)
    return VERIFIED, ""


def _follows(part, on_indices, point, shape):
    """Whether a formula holds at a point, for every value of its chosen indices that is admissible."""
    whole = list(all_of(part.every, shape))
    chosen = [
        {index: place for index, place in instance.items() if index not in part.every}
        for instance in admissible([part.statement], on_indices, point, shape, part.every)
    ]
    for ctx.prec in PRECISIONS:
        if all(holds_at(part.statement, point | one | other) for one in chosen for other in whole):
            return True
    return False


def some(instances: list, random: Random) -> list:
    """All of the instances, or as many as are looked at."""
    return instances if len(instances) <= MOST_INSTANCES else random.sample(instances, MOST_INSTANCES)


def admissible(
    expressions: Iterable[Expr], on_indices: list[Boolean], point: Point, shape: Shape, but: tuple = ()
) -> list[dict[Symbol, int]]:
    """The values of the free indices of some expressions, but for some, at which the statements about indices alone hold.

    An index that no statement keeps within its range is also taken one below it and one beyond it.
    """
    free = set().union(*map(free_symbols, expressions)) - set(but)
    about = [statement for statement in on_indices if free & (free_symbols(statement) - set(SIZES))]
    names = [index for index in free_indices((*expressions, *about)) if index not in point.indices and index not in but]
    found = [{}]
    for index in names:
        inside = index_range(index, shape)
        found = [one | {index: place} for one in found for place in (*inside, 0, inside.stop)]
    outside = [sum(one[name] not in index_range(name, shape) for name in names) for one in found]
    found = [one for one, count in zip(found, outside) if count <= 1]
    return [instance for instance in found if all(holds_at(statement, point | instance) for statement in about)]


def _failure(derivation, number, step, outcome, left, right, point):
    looked_up = {}
    a, b = (_ball(side, watched(point, looked_up)).str(20, radius=False) for side in (left, right))
    values = [f"{name} = {found}" for name, found in point.indices.items()]
    for root, cells in sorted(looked_up.items(), key=str):
        values += [
            f"{_entry_name(root, cell)} = {jet.ball.str(8, radius=False)}" for cell, jet in sorted(cells.items())
        ]
    where = ", ".join(values)
    return f"step {number} ({step.rule}) of {derivation.id} is {outcome} at {where}: {left} is {a}, but {right} is {b}"


def _entry_name(root, indices):
    return f"{root}[{', '.join(map(str, indices))}]" if indices else str(root)
