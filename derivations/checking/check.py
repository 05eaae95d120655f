"""Checks: both sides of every step are evaluated at sampled points, for several sizes, by arithmetic that shares no code with the rules.

Three outcomes. Verified: the balls of both sides agree to at least 30 digits at every point. Refuted: at some point they are disjoint.
Undecided: neither, at any working precision tried; it never counts as verified.
"""

from dataclasses import dataclass
from itertools import pairwise, product
from math import floor, log10
from random import Random

from flint import arb, ctx

from ..engine.entries import is_index
from .evaluate import remembered, value
from ..notation import SIZES, K, n
from .sample import KINDS, about_indices, draw, holds, holds_at, instances, size_of, sizes, statements
from ..engine.terms import free_symbols, reach

DIGITS = 30
PRECISIONS = (160, 320, 640)  # bits
SHAPES = (  # (n, K, d, M)
    (1, 1, 1, 1), (1, 2, 2, 1), (2, 1, 1, 2), (2, 2, 2, 2), (2, 3, 2, 1), (3, 2, 1, 2), (3, 4, 2, 3), (4, 2, 3, 2), (5, 2, 2, 3), (6, 5, 3, 2),
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
        shapes = ", ".join(f"({', '.join(map(str, shape))})" for shape in self.shapes)
        if not self.steps:
            return f"{self.id}: {self.outcome}; a claim that fails" + (f"\n  {self.failure}" if self.failure else " as it should")
        steps = f"{self.steps} step{'s' * (self.steps != 1)}"
        names = ", ".join(self.sizes)
        where = f"{steps} at {self.points} points, sizes ({names}) = {shapes}, to at least {self.digits} digits, seed {self.seed}"
        return f"{self.id}: {self.outcome}; {where}" + (f"\n  {self.failure}" if self.failure else "")


def compare(left, right, relation, environment):
    """The outcome of one comparison at one point, and to how many digits the sides agree or the inequality is certain."""
    for ctx.prec in PRECISIONS:
        a, b = _ball(left, environment), _ball(right, environment)
        gap = b - a
        if relation == "=" and not gap.contains(0) or relation == "<=" and gap < 0 or relation == ">=" and gap > 0:
            return REFUTED, 0
        if relation == "<=" and gap > 0 or relation == ">=" and gap < 0:
            return VERIFIED, floor(ctx.prec * log10(2))
        digits = _agreement(a, b, gap)
        if digits >= DIGITS:
            return VERIFIED, digits
    return UNDECIDED, 0


def _ball(expression, environment):
    """The ball of a value; one that says nothing where the expression names an entry that does not exist at this size."""
    try:
        return remembered(value, expression, environment).ball
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


def check(derivation, shapes=SHAPES, seed=SEED):
    """Check every step, each under the hypotheses named up to it and no others; stops at the first that is not verified.

    `points` and `shapes` are those at which every step was checked.
    """
    random = Random(f"{seed} {derivation.id}")
    steps, grouped = len(derivation.steps), stages(derivation)
    points, seen, digits = [0] * len(grouped), [set() for _ in grouped], 10**6
    for shape, kind, (stage, (hypotheses, comparisons)) in product(shapes, KINDS, enumerate(grouped)):
        ctx.prec = PRECISIONS[0]
        environment = draw(hypotheses, shape, kind, random)
        if environment is None:
            continue
        points[stage] += 1
        seen[stage].add(shape)
        outcome, found, failure = _check_at(derivation, hypotheses, comparisons, environment, shape, random)
        digits = min(digits, found)
        if outcome != VERIFIED:
            return Check(derivation.id, outcome, steps, points[stage], (shape,), found, seed, failure, tuple(map(str, SIZES)))
    everywhere = [shape for shape in shapes if all(shape in found for found in seen)]
    if not all(points) or not everywhere:
        return Check(derivation.id, UNDECIDED, steps, 0, (), 0, seed, "no point satisfies its hypotheses at any shape")
    occurring = reach(*derivation.lines)
    occurring |= {size_of(index) for index in occurring if is_index(index) and index not in SIZES}
    named = [size for size in SIZES if size in (n, K) or size in occurring]
    shown = dict.fromkeys(tuple(sizes(shape)[size] for size in named) for shape in everywhere)
    return Check(derivation.id, VERIFIED, steps, min(points), tuple(shown), digits, seed, sizes=tuple(map(str, named)))


def stages(derivation):
    """The comparisons to make, grouped by the hypotheses named so far."""
    grouped, named = {}, ()
    for number, (step, (left, right)) in enumerate(zip(derivation.steps, pairwise(derivation.lines), strict=True), start=1):
        named = tuple(dict.fromkeys(named + step.using + step.inherited))
        grouped.setdefault(named, []).append((number, step, left, right))
    return list(grouped.items())


def _check_at(derivation, hypotheses, comparisons, environment, shape, random):
    digits, on_indices = 10**6, [statement for statement in statements(hypotheses) if about_indices(statement)]
    for number, step, left, right in comparisons:
        unmet = [statement for statement in statements(step.implied) if not holds(statement, environment, shape)]
        if unmet:
            return UNDECIDED, 0, f"step {number} ({step.rule}) of {derivation.id} says that {unmet[0]} follows from what is named so far; it does not"
        choices = admissible([left, right], on_indices, environment, shape)
        for instance in choices if len(choices) <= MOST_INSTANCES else random.sample(choices, MOST_INSTANCES):
            outcome, found = compare(left, right, step.relation, environment | instance)
            digits = min(digits, found)
            if outcome != VERIFIED:
                return outcome, 0, _failure(derivation, number, step, outcome, left, right, environment | instance)
    return VERIFIED, digits, ""


def admissible(expressions, on_indices, environment, shape):
    """The values of the free indices of some expressions at which the statements about indices alone hold."""
    free = set().union(*map(free_symbols, expressions))
    about = [statement for statement in on_indices if free & (free_symbols(statement) - set(SIZES))]
    found = list(instances([*expressions, *about], shape))
    return [instance for instance in found if all(holds_at(statement, environment | instance) for statement in about)]


def _failure(derivation, number, step, outcome, left, right, environment):
    indices = ", ".join(f"{name} = {number}" for name, number in environment.items() if isinstance(number, int))
    a, b = (_ball(side, environment).str(20, radius=False) for side in (left, right))
    return f"step {number} ({step.rule}) of {derivation.id} is {outcome} at {indices}: {left} is {a}, but {right} is {b}"
