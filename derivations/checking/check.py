"""Checks: both sides of every step are evaluated at sampled points, for several sizes,
by arithmetic that shares no code with the rules.

Three outcomes. Verified: the balls of both sides agree to at least 30 digits at every point. Refuted: at some point
they are disjoint. Undecided: neither, at any working precision tried; it never counts as verified.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from math import floor, log10
from random import Random

from flint import arb, ctx
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from ..engine.derivation import Derivation, Step
from ..engine.entries import Hypothesis, is_index
from ..engine.terms import free_symbols, reach
from ..notation import SIZES, K, n, size_of
from .evaluate import remembered
from .points import Point, watched
from .sample import POINT_KINDS, Shape, about_indices, draw, holds, holds_at, instances, needed, sizes, statements

DIGITS = 30
PRECISIONS = (160, 320, 640)  # bits
SHAPES = (  # (n, K, d, M)
    (1, 1, 1, 1), (1, 2, 2, 1), (2, 1, 1, 2), (2, 2, 2, 2), (2, 3, 2, 1),
    (3, 2, 1, 2), (3, 4, 2, 3), (4, 2, 3, 2), (5, 2, 2, 3), (6, 5, 3, 2),
)  # fmt: skip
MOST_INSTANCES = 12
SEED = 20231124
VERIFIED, REFUTED, UNDECIDED = "verified", "refuted", "undecided"


@dataclass(frozen=True)
class Check:
    """What checking one derivation found. `digits` is the least agreement seen; `failure` tells the step and the point.

    `shapes` are the values of the sizes named in `sizes` at which every step was checked.
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
    for ctx.prec in PRECISIONS:
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
    size = max(a.abs_lower(), b.abs_lower(), key=float) if a != 0 or b != 0 else arb(1)
    ratio = gap.abs_upper() / (size if size > 0 else arb(1))
    return floor(-float(ratio.log() / arb(10).log()))


def check(derivation: Derivation, shapes: tuple[Shape, ...] = SHAPES, seed: int = SEED) -> Check:
    """Check every step, each under the hypotheses named up to it and no others;
    stops at the first that is not verified.

    `points` and `shapes` are those at which every step was checked.
    """
    random = Random(f"{seed} {derivation.id}")
    steps, grouped = len(derivation.steps), stages(derivation)
    points, seen, digits, wanted = [0] * len(grouped), [set() for _ in grouped], 10**6, needed(derivation)
    for shape, labels, (stage, (hypotheses, comparisons)) in product(shapes, POINT_KINDS, enumerate(grouped)):
        ctx.prec = PRECISIONS[0]
        point = draw(hypotheses, shape, labels, random, wanted)
        if point is None:
            continue
        points[stage] += 1
        seen[stage].add(shape)
        outcome, found, failure = _check_at(derivation, hypotheses, comparisons, point, shape, random)
        digits = min(digits, found)
        if outcome != VERIFIED:
            return Check(
                derivation.id, outcome, steps, points[stage], (shape,), found, seed, failure, tuple(map(str, SIZES))
            )
    everywhere = [shape for shape in shapes if all(shape in found for found in seen)]
    if not all(points) or not everywhere:
        return Check(derivation.id, UNDECIDED, steps, 0, (), 0, seed, "no point satisfies its hypotheses at any shape")
    occurring = reach(*derivation.lines)
    occurring |= {size_of(index) for index in occurring if is_index(index) and index not in SIZES}
    named = [size for size in SIZES if size in (n, K) or size in occurring]
    shown = dict.fromkeys(tuple(sizes(shape)[size] for size in named) for shape in everywhere)
    return Check(derivation.id, VERIFIED, steps, min(points), tuple(shown), digits, seed, sizes=tuple(map(str, named)))


def stages(derivation: Derivation) -> list[tuple[tuple[Hypothesis, ...], list[tuple[int, Step, Expr, Expr]]]]:
    """The comparisons to make, grouped by the hypotheses named so far."""
    grouped, named = {}, ()
    for number, (step, (left, right)) in enumerate(
        zip(derivation.steps, pairwise(derivation.lines), strict=True), start=1
    ):
        named = tuple(dict.fromkeys(named + step.using + step.inherited))
        grouped.setdefault(named, []).append((number, step, left, right))
    return list(grouped.items())


def _check_at(derivation, hypotheses, comparisons, point, shape, random):
    digits, on_indices = 10**6, [statement for statement in statements(hypotheses) if about_indices(statement)]
    for number, step, left, right in comparisons:
        unmet = [statement for statement in statements(step.implied) if not holds(statement, point, shape)]
        if unmet:
            says = f"step {number} ({step.rule}) of {derivation.id} says that {unmet[0]} follows"
            return UNDECIDED, 0, f"{says} from what is named so far; it does not"
        for instance in some(admissible([left, right], on_indices, point, shape), random):
            outcome, found = compare(left, right, step.relation, point | instance)
            digits = min(digits, found)
            if outcome != VERIFIED:
                return outcome, 0, _failure(derivation, number, step, outcome, left, right, point | instance)
    return VERIFIED, digits, ""


def some(instances: list, random: Random) -> list:
    """All of the instances, or as many as are looked at."""
    return instances if len(instances) <= MOST_INSTANCES else random.sample(instances, MOST_INSTANCES)


def admissible(
    expressions: Iterable[Expr], on_indices: list[Boolean], point: Point, shape: Shape
) -> list[dict[Symbol, int]]:
    """The values of the free indices of some expressions at which the statements about indices alone hold."""
    free = set().union(*map(free_symbols, expressions))
    about = [statement for statement in on_indices if free & (free_symbols(statement) - set(SIZES))]
    found = list(instances([*expressions, *about], shape))
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
