"""Checks: both sides of every step are evaluated at sampled points, for several sizes,
by arithmetic that shares no code with the rules.

Three outcomes. Verified: at every point the balls of both sides agree to at least 30 digits, and each step was
compared often enough, at several sizes and at points that no special choice made. Refuted: at some point they are
disjoint. Undecided: neither, at any working precision tried; it never counts as verified.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random

from flint import ctx
from sympy import Expr, Symbol
from sympy.logic.boolalg import Boolean

from ..engine.derivation import Derivation, Step
from ..engine.entries import Hypothesis
from ..engine.misuse import at, expect_entry, refuse_no_steps
from ..engine.nodes import is_size
from ..engine.terms import free_symbols
from ..notation import CATALOGUE, K, n
from .citations import owed
from .compare import PRECISIONS, SEEN, UNDECIDED, VERIFIED, compare
from .false_places import false_where
from .indices import indices_in
from .instances import Turns
from .needs import sizes_in
from .points import Point
from .sample import REMARKABLE, SOFT, admits, draft, needed
from .schedule import SEARCHED, SHAPES, plan, shapes_for
from .singular import singular
from .stated import (
    Shape, about_indices, all_of, holds_at, index_range, sizes, stated, statements, vocabulary_for,
)  # fmt: skip
from .telling import told

FEWEST_SHAPES = 3  # sizes at which each step must have been compared
SEED = 20231124


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


class Tally:
    """What the comparisons of each step came to so far."""

    def __init__(self, derivation: Derivation):
        steps = range(1, len(derivation.steps) + 1)
        self.points = dict.fromkeys(steps, 0)
        self.shapes = {number: set() for number in steps}
        self.free = dict.fromkeys(steps, 0)  # points that neither a witness nor an end of a domain made
        self.kinds, self.digits, self.turns = Counter(), 10**6, Turns()

    def note(self, number, found, shape, kind, draft):
        """A step was compared so many times at one point."""
        if found:
            self.points[number] += 1
            self.shapes[number].add(shape)
            self.free[number] += kind in (SOFT, REMARKABLE) and not (draft.by_witness or draft.on_edge)
            self.kinds[kind] += found

    def lack(self, derivation: Derivation, shapes: Iterable[Shape]) -> str:
        """What is missing before the steps may count as verified; empty if nothing."""
        parts = stated(derivation.hypotheses)
        admitted = [sizes(shape) for shape in shapes if admits(parts, shape)]
        formulas = *derivation.lines, *(part.statement for part in parts)
        occurring = sizes_in(formulas, vocabulary_for(derivation))
        for number, step in enumerate(derivation.steps, start=1):
            place = f"step {number} ({step.rule}) of {derivation.id}"
            if not self.points[number]:
                return f"{place} was compared at no point: none that was tried meets its hypotheses"
            if len(self.shapes[number]) < FEWEST_SHAPES:
                met = ", ".join(f"({', '.join(map(str, shape))})" for shape in sorted(self.shapes[number]))
                return f"{place} was compared at the sizes {met} alone: no other meets its hypotheses"
            at = [sizes(shape) for shape in self.shapes[number]]
            for size in occurring:
                met, others = ({found[size] for found in those} for those in (at, admitted))
                if len(met) == 1 < len(others | met):
                    only = f"{size} = {met.pop()} alone: no point was found at another {size}, though no hypothesis"
                    return f"{place} was compared at {only} about sizes alone rules out others"
            if not self.free[number]:
                return f"{place} was compared at special points alone: no general point meets its hypotheses"
        return ""


def check(derivation: Derivation, shapes: tuple[Shape, ...] = SHAPES, seed: int = SEED) -> Check:
    """Check every step, each under the hypotheses named up to it and no others;
    stops at the first that is not verified. ValueError, with the id, for what cannot be checked.
    """
    expect_entry(derivation)
    with at(derivation.id):
        refuse_no_steps(derivation)
        return _check(derivation, shapes, seed)


def _check(derivation, shapes, seed):
    random, grouped, wanted = Random(f"{seed} {derivation.id}"), stages(derivation), needed(derivation)
    tally, occurring, every = Tally(derivation), named_sizes(derivation), vocabulary_for(derivation).sizes
    shapes, usual = shapes_for(derivation, shapes), shapes == SHAPES
    for shape, kind, turn, hypotheses, comparisons in plan(derivation, shapes, wanted, grouped, usual):
        ctx.prec = PRECISIONS[0]
        drawn = draft(hypotheses, shape, kind, random, wanted, turn=turn)
        if drawn is None:
            continue
        points = [drawn.point]
        if kind == SOFT and turn == SEARCHED:
            points += _found(drawn, comparisons, wanted.numbers, random)
        for point in points:
            outcome, failure = _check_at(derivation, hypotheses, comparisons, point, shape, random, tally, kind, drawn)
            if outcome != VERIFIED:
                return _record(derivation, outcome, tally, (shape,), seed, failure, every)
    lack = tally.lack(derivation, shapes) if len(shapes) >= FEWEST_SHAPES or not all(tally.points.values()) else ""
    if lack:
        return _record(derivation, UNDECIDED, tally, (), seed, lack, every)
    everywhere = [shape for shape in shapes if all(shape in found for found in tally.shapes.values())]
    return _record(derivation, VERIFIED, tally, everywhere, seed, "", occurring)


def _found(drawn, comparisons, numbers, random):
    """Points at which some step may have no value, or be false."""
    relations = [(left, step.relation, right) for _, step, left, right in comparisons]
    return singular(drawn, relations, numbers, random) + false_where(drawn, relations, numbers, random)


def named_sizes(derivation: Derivation) -> list[Symbol]:
    """The sizes to tell of: n, K, and those others that occur, or that an index runs up to."""
    vocabulary = vocabulary_for(derivation)
    found = sizes_in(derivation.lines, vocabulary)
    return [size for size in vocabulary.sizes if size in found or (vocabulary is CATALOGUE and size in (n, K))]


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
        instances = admissible([left, right], on_indices, point, shape)
        chosen = tally.turns.next(number, (left, right), instances, point, shape, random)
        for turn, instance in enumerate(chosen):
            least = SEEN if kind == SOFT and not turn else 0
            outcome, found = compare(left, right, step.relation, point | instance, least)
            tally.digits = min(tally.digits, found) if outcome == VERIFIED else tally.digits
            if outcome != VERIFIED:
                return outcome, told(derivation, number, step, outcome, left, right, point | instance)
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


def admissible(
    expressions: Iterable[Expr], on_indices: Iterable[Boolean], point: Point, shape: Shape, but: tuple = ()
) -> tuple[dict[Symbol, int], ...]:
    """The values of the free indices of some expressions at which the statements about indices alone hold. Some indices
    may be left out.

    An index that no statement keeps within its range is also taken one below it and one beyond it.
    """
    return _admissible(tuple(expressions), tuple(on_indices), frozenset(point.indices.items()), shape, but)


@lru_cache(maxsize=2**12)
def _admissible(expressions, on_indices, chosen, shape, but):
    point, free = Point.of(dict(chosen)), set().union(*map(free_symbols, expressions)) - set(but)
    free = {symbol for symbol in free if not is_size(symbol)}
    about = [statement for statement in on_indices if free & free_symbols(statement)]
    names = [index for index in indices_in((*expressions, *about)) if index not in point.indices and index not in but]
    found = [{}]
    for index in names:
        inside = index_range(index, shape)
        found = [one | {index: place} for one in found for place in (*inside, 0, inside.stop)]
    found = [one for one in found if sum(one[name] not in index_range(name, shape) for name in names) <= 1]
    return tuple(one for one in found if all(holds_at(statement, point | one) for statement in about))
