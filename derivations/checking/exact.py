"""The exact check: every equality is decided in exact fractions, for every size with n <= 3 and K <= 4.

It stands beside the check by balls. What is equal here is equal as a rational function of symbols, logarithms and
exponentials, with a stated probability of taking a false equation for a true one (see `fields`). What is different
here is compared in balls at the same point: it counts as different only if the balls are disjoint, and as needing
more than rational arithmetic otherwise. It shares no code with the rules.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from random import Random

from flint import ctx
from sympy import Expr, Integral, Max, Pow, cos, exp, log, pi, sin

from ..engine.derivation import Derivation
from ..engine.nodes import Indicator, Quantity, Rounded
from .check import SEED, admissible, check, stages
from .compare import PRECISIONS, REFUTED, VERIFIED, compare
from .evaluate import remembered
from .fields import CHOICES, Drawn, NeedsMore
from .points import Point
from .sample import DRAWS, HARD, SOFT, draft, needed
from .stated import about_indices, statements

EXACT_SHAPES = tuple((n, K, d, M) for n in (1, 2, 3) for K, d, M in ((1, 1, 1), (2, 2, 1), (3, 1, 2), (4, 2, 2)))
EXACT, NEEDS_MORE, DIFFERS = "exact", "needs more", "differs"
BEYOND = {
    Integral: "an integral", Max: "a largest number", Rounded: "rounding", Indicator: "an order of numbers",
    sin: "a sine", cos: "a cosine", pi: "the number pi",
}  # fmt: skip
NOT_VERIFIED = "the balls do not verify it: somewhere a side has no value"
BY_WITNESS = "its hypotheses are met by their witnesses alone, which are not every point that meets them"
NO_POINT = "its hypotheses hold at none of the points tried"
UNKNOWN = "a relation between logarithms or exponentials that is not built in; the balls agree"


@dataclass(frozen=True)
class Decision:
    """What the exact check found of one derivation.

    `equalities` counts its steps that are equalities, `decided` those that hold exactly at every size (n, K) in
    `shapes` at which their hypotheses hold anywhere; `without_points` are the sizes at which those of some equality
    do not. `needs_more` has the number, the rule and the reason of each of the others. `error_bound` bounds the
    probability that any of all `comparisons` took a false one for true.
    """

    id: str
    outcome: str
    equalities: int
    decided: int
    shapes: tuple
    without_points: tuple
    comparisons: int
    error_bound: float
    needs_more: tuple
    seed: int
    failure: str = ""

    def __str__(self):
        if not self.equalities:
            return f"{self.id}: no equality to decide exactly"
        sizes = f"{len(self.shapes)} sizes with n <= 3 and K <= 4"
        reasons = "".join(
            f"\n  step {number} ({rule}) needs more than rational arithmetic: {reason}"
            for number, rule, reason in self.needs_more
        )
        failure = f"\n  {self.failure}" if self.failure else ""
        exactly = f"{self.decided} of {self.equalities} equalities hold exactly, at {sizes}"
        return f"{self.id}: {exactly}{reasons}{failure}"


def decide(derivation: Derivation, shapes=EXACT_SHAPES, seed: int = SEED, outcome: str = "") -> Decision:
    """Decide every equality of a derivation at every size (n, K, d, M),
    for hard and for soft labels and for all values of its indices.

    What is equal wherever both sides have a value counts only if the balls find that they have one: `outcome` is that
    of the check, which is made if it is not given.
    """
    found = _Found(derivation)
    random, wanted = Random(f"{seed} exact {derivation.id}"), needed(derivation)
    for shape, labels, (hypotheses, steps) in product(shapes, (HARD, SOFT), stages(derivation)):
        ctx.prec = PRECISIONS[0]
        placed = None if found.failure else draft(hypotheses, shape, labels, random, wanted, CHOICES)
        if placed is not None:
            found.compare_at(placed, hypotheses, [step for step in steps if step[1].relation == "="], random)
    rules = {number: step.rule for number, step in enumerate(derivation.steps, start=1) if step.relation == "="}
    needs = found.needs | {number: NO_POINT for number in rules.keys() - found.seen.keys()}
    if not needs and not found.failure and (outcome or check(derivation).outcome) != VERIFIED:
        needs = dict.fromkeys(rules, NOT_VERIFIED)
    missing = {shape for shape in shapes for at in found.seen.values() if shape not in at}
    everywhere = tuple(shape for shape in shapes if found.seen and shape not in missing)
    return Decision(
        derivation.id, DIFFERS if found.failure else NEEDS_MORE if needs else EXACT, len(rules),
        len(rules.keys() - needs.keys()), everywhere, tuple(sorted(missing)), found.comparisons,
        float(found.risk * DRAWS / (CHOICES - 1)),
        tuple((number, rules[number], needs[number]) for number in sorted(needs)), seed, found.failure,
    )  # fmt: skip


class _Found:
    """What was found so far: at which sizes each equality was compared, why one is not decided, where one differs."""

    def __init__(self, derivation):
        self.id, self.seen, self.needs = derivation.id, {}, {}
        self.comparisons, self.risk, self.failure = 0, 0, ""

    def compare_at(self, placed, hypotheses, steps, random):
        """Compare the sides of some steps at one point."""
        drawn = Drawn(random)
        exactly = placed.point.computing_with(drawn.number)
        for number, step, left, right in steps:
            for instance in _instances([left, right], hypotheses, placed.point, placed.shape):
                self.seen.setdefault(number, set()).add(placed.shape)
                reason, degree = _different(left, right, exactly | instance, placed.point | instance)
                self.comparisons, self.risk = self.comparisons + 1, self.risk + degree
                if reason == REFUTED:
                    self.failure = f"step {number} ({step.rule}) of {self.id} is no equality: {left} is not {right}"
                if reason or placed.by_witness:
                    self.needs[number] = reason or BY_WITNESS
                    break
        self.risk += drawn.risk


def _instances(sides, hypotheses, point, shape):
    on_indices = [statement for statement in statements(hypotheses) if about_indices(statement)]
    return admissible(sides, on_indices, point, shape)


def _different(left: Expr, right: Expr, exactly: Point, point: Point) -> tuple[str, int]:
    """Why two sides are not known to be equal, empty if they are; and the degree of the difference."""
    beyond = _beyond(left) or _beyond(right)
    if beyond:
        return beyond, 0
    try:
        one, other = (remembered(side, exactly) for side in (left, right))
    except (NeedsMore, LookupError) as error:
        return str(error) if isinstance(error, NeedsMore) else "it names an entry that does not exist", 0
    if one.fraction == other.fraction:
        return "", one.degree + other.degree
    if _rational(left) and _rational(right):
        return REFUTED, 0  # however small the difference is
    return REFUTED if compare(left, right, "=", point)[0] == REFUTED else UNKNOWN, 0


@lru_cache(maxsize=4096)
def _rational(expression):
    """Whether an expression has no logarithm, no exponential and no power but of whole numbers."""
    powers = all(power.exp.is_Integer for power in expression.atoms(Pow))
    bodies = (type(quantity).definition.body for quantity in expression.atoms(Quantity))
    return powers and not expression.has(log, exp) and all(map(_rational, bodies))


@lru_cache(maxsize=4096)
def _beyond(expression):
    """What an expression, or the definition of a quantity in it, has that is no rational arithmetic;
    empty if nothing.
    """
    found = next((name for node, name in BEYOND.items() if expression.has(node)), "")
    bodies = (type(quantity).definition.body for quantity in expression.atoms(Quantity))
    return found or next(filter(None, map(_beyond, bodies)), "")
