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
from sympy import Expr, Integral, Max

from ..engine.derivation import Derivation
from ..engine.terms import Quantity, Rounded
from .check import SEED, admissible, some, stages
from .compare import PRECISIONS, REFUTED, compare
from .evaluate import remembered
from .fields import CHOICES, Drawn, NeedsMore
from .points import Point
from .sample import DRAWS, HARD, SOFT, draw, needed
from .stated import Shape, about_indices, statements

EXACT_SHAPES = tuple((n, K, d, M) for n in (1, 2, 3) for K, d, M in ((1, 1, 1), (2, 2, 1), (3, 1, 2), (4, 2, 2)))
EXACT, NEEDS_MORE, DIFFERS = "exact", "needs more", "differs"
BEYOND = {Integral: "an integral", Max: "a largest number", Rounded: "rounding"}
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


def decide(derivation: Derivation, shapes: tuple[Shape, ...] = EXACT_SHAPES, seed: int = SEED) -> Decision:
    """Decide every equality of a derivation at every size,
    for hard and for soft labels and for the values of its indices.
    """
    random, seen, needs, risk = Random(f"{seed} exact {derivation.id}"), {}, {}, 0
    comparisons, failure, wanted = 0, "", needed(derivation)
    for shape, labels, (hypotheses, steps) in product(shapes, (HARD, SOFT), stages(derivation)):
        ctx.prec = PRECISIONS[0]
        point = draw(hypotheses, shape, labels, random, wanted, CHOICES)
        if point is None or failure:
            continue
        drawn = Drawn(random)
        exactly = point.computing_with(drawn.number)
        for number, step, left, right in steps:
            if step.relation != "=":
                continue
            seen.setdefault(number, set()).add(shape)
            for instance in _instances([left, right], hypotheses, point, shape, random):
                reason, degree = _different(left, right, exactly | instance, point | instance)
                comparisons, risk = comparisons + 1, risk + degree
                if reason == REFUTED:
                    failure = f"step {number} ({step.rule}) of {derivation.id} is no equality: {left} is not {right}"
                if reason:
                    needs[number] = (number, step.rule, reason)
                    break
        risk += drawn.risk
    equalities = {number for number, step in enumerate(derivation.steps, start=1) if step.relation == "="}
    needs |= {number: (number, derivation.steps[number - 1].rule, NO_POINT) for number in equalities - set(seen)}
    missing = {shape for shape in shapes for found in seen.values() if shape not in found}
    everywhere = tuple(shape for shape in shapes if seen and shape not in missing)
    if failure:
        outcome = DIFFERS
    else:
        outcome = NEEDS_MORE if needs else EXACT
    return Decision(
        derivation.id, outcome, len(equalities), len(equalities - set(needs)), everywhere, tuple(sorted(missing)),
        comparisons, float(risk * DRAWS / (CHOICES - 1)), tuple(needs[number] for number in sorted(needs)), seed,
        failure,
    )  # fmt: skip


def _instances(sides, hypotheses, point, shape, random):
    on_indices = [statement for statement in statements(hypotheses) if about_indices(statement)]
    return some(admissible(sides, on_indices, point, shape), random)


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
    return REFUTED if compare(left, right, "=", point)[0] == REFUTED else UNKNOWN, 0


@lru_cache(maxsize=4096)
def _beyond(expression):
    """What an expression, or the definition of a quantity in it, has that is no rational arithmetic;
    empty if nothing.
    """
    found = next((name for node, name in BEYOND.items() if expression.has(node)), "")
    bodies = (type(quantity).definition.body for quantity in expression.atoms(Quantity))
    return found or next(filter(None, map(_beyond, bodies)), "")
