"""Checks: both sides of every step are evaluated at sampled points, for several sizes, by arithmetic that shares no code with the rules.

Three outcomes. Verified: the balls of both sides agree to at least 30 digits at every point. Refuted: at some point they are disjoint.
Undecided: neither, at any working precision tried; it never counts as verified.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from random import Random

from flint import ctx

from .evaluate import value
from .sample import KINDS, draw, instances

DIGITS = 30
PRECISIONS = (160, 320, 640)  # bits
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 4), (4, 2), (5, 2))  # (n, K)
MOST_INSTANCES = 12
SEED = 20231124
VERIFIED, REFUTED, UNDECIDED = "verified", "refuted", "undecided"


@dataclass(frozen=True)
class Check:
    """What checking one derivation found. `digits` is the least agreement seen; `failure` tells the step and the point."""

    id: str
    outcome: str
    steps: int
    points: int
    shapes: tuple
    digits: int
    seed: int
    failure: str = ""

    def __str__(self):
        sizes = ", ".join(f"({n}, {K})" for n, K in self.shapes)
        steps = f"{self.steps} step{'s' * (self.steps != 1)}"
        where = f"{steps} at {self.points} points, sizes (n, K) = {sizes}, to at least {self.digits} digits, seed {self.seed}"
        return f"{self.id}: {self.outcome}; {where}" + (f"\n  {self.failure}" if self.failure else "")


def compare(left, right, relation, environment):
    """The outcome of one comparison at one point, and to how many digits the sides agree or the inequality is certain."""
    for ctx.prec in PRECISIONS:
        a, b = value(left, environment).ball, value(right, environment).ball
        gap = b - a
        if relation == "=" and not gap.contains(0) or relation == "<=" and gap < 0 or relation == ">=" and gap > 0:
            return REFUTED, 0
        if relation == "<=" and gap > 0 or relation == ">=" and gap < 0:
            return VERIFIED, floor(ctx.prec * log10(2))
        digits = _agreement(a, b, gap)
        if digits >= DIGITS:
            return VERIFIED, digits
    return UNDECIDED, 0


def _agreement(a, b, gap):
    """To how many digits two balls agree, relative to their size (absolutely, where both may be 0)."""
    size = max(float(a.abs_lower()), float(b.abs_lower())) or 1.0
    width = float(gap.abs_upper()) if gap.is_finite() else float("inf")
    if width == 0:
        return floor(ctx.prec * log10(2))
    return floor(log10(size) - log10(width)) if width < float("inf") else 0


def check(derivation, shapes=SHAPES, seed=SEED):
    """Check every step of a derivation; stops at the first that is not verified."""
    random = Random(f"{seed} {derivation.id}")
    points, seen, digits = 0, [], 10**6
    for shape in shapes:
        for kind in KINDS:
            ctx.prec = PRECISIONS[0]
            environment = draw(derivation.hypotheses, shape, kind, random)
            if environment is None:
                continue
            points += 1
            seen += [shape] * (shape not in seen)
            outcome, found, failure = _check_at(derivation, environment, shape, random)
            digits = min(digits, found)
            if outcome != VERIFIED:
                return Check(derivation.id, outcome, len(derivation.steps), points, tuple(seen), found, seed, failure)
    if not points:
        return Check(derivation.id, UNDECIDED, len(derivation.steps), 0, (), 0, seed, "no point satisfies its hypotheses at any shape")
    return Check(derivation.id, VERIFIED, len(derivation.steps), points, tuple(seen), digits, seed)


def _check_at(derivation, environment, shape, random):
    digits = 10**6
    lines = [derivation.start, *(step.expression for step in derivation.steps)]
    for number, (step, (left, right)) in enumerate(zip(derivation.steps, pairwise(lines)), start=1):
        choices = list(instances([left, right], shape))
        for instance in choices if len(choices) <= MOST_INSTANCES else random.sample(choices, MOST_INSTANCES):
            outcome, found = compare(left, right, step.relation, environment | instance)
            digits = min(digits, found)
            if outcome != VERIFIED:
                return outcome, 0, _failure(derivation, number, step, shape, left, right, environment | instance)
    return VERIFIED, digits, ""


def _failure(derivation, number, step, shape, left, right, environment):
    indices = ", ".join(f"{name} = {number}" for name, number in environment.items() if isinstance(number, int))
    a, b = (value(side, environment).ball.str(20, radius=False) for side in (left, right))
    return f"step {number} ({step.rule}) of {derivation.id} at {indices}: {left} is {a}, but {right} is {b}"
