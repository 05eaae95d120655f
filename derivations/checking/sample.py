"""Sampled points: values for every symbol, drawn from the declared domains and narrowed by hypotheses.

A hypothesis that a symbol lies in a set narrows its domain; one that a sum over an index is 1 scales the values; one
that equates an entry or a symbol to an expression ties it to that expression; any other equation is solved. For one
that is an implication some entries are made 0. Every hypothesis is then confirmed at the point, by evaluation.

A point has a value for each index that a hypothesis has chosen, and what is bound elsewhere under the same letter does
not touch it.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

from sympy import srepr

from ..engine.entries import Hypothesis, is_index
from ..engine.terms import reach
from .alike import make_alike
from .bounded import bounded
from .branches import tries
from .domains import AT_ENDS, ORDINARY
from .draft import Draft, is_solved
from .indices import indices_in
from .narrowed import number_of
from .needs import Needs
from .points import Point
from .solve import thin
from .stated import (
    Shape, Stated, about_indices, about_sizes, holds_at, index_range, sizes, stated, vocabulary_of,
    statements,
)  # fmt: skip
from .together import REMARKABLE, TOGETHER, TRIED, specialize

DRAWS = 40  # so many points are tried before the hypotheses are said to admit none
SOLVED = 6  # as many of them by solving, where there is a witness
POINT_KINDS = HARD, SOFT, ENDS = "hard labels", "soft labels", "values at the ends of their domains"


def needed(derivation, hypotheses: Iterable[Hypothesis] = ()) -> Needs:
    """What checking a derivation looks up: what its lines and all hypotheses name, those given included."""
    implied = [given for step in derivation.steps for given in step.implied]
    named = statements([*derivation.hypotheses, *implied, *hypotheses])
    return Needs.of([*derivation.lines, *named])


def draw(
    hypotheses: Iterable[Hypothesis],
    shape: Shape,
    labels: str,
    random: Random,
    wanted: Needs | Iterable[Any],
    grid: int | None = None,
) -> Point | None:
    """A point at which every hypothesis holds, or None if none was found: they are then not admissible there."""
    found = draft(hypotheses, shape, labels, random, wanted, grid)
    return None if found is None else found.point


def draft(
    hypotheses: Iterable[Hypothesis], shape: Shape, labels: str, random: Random, wanted: Needs | Iterable[Any],
    grid: int | None = None, turn: int = 0,
) -> Draft | None:  # fmt: skip
    """A draw whose point meets every hypothesis; None if none was found.

    It has the `wanted` symbols and those of the hypotheses. Its labels are HARD (each 0 or 1) or SOFT (between), or its
    values are at the ENDS of their domains (with a turn: all observations have the same class), or one is REMARKABLE,
    or several special TOGETHER: the `turn` says how.
    With a `grid`, values have that denominator, and witnesses alone meet equations. ValueError for what is not drawn.
    """
    hypotheses, whole = tuple(hypotheses), stated(hypotheses)
    parts = [part for part in whole if not about_indices(part.statement)]
    witnesses = tuple(tuple(pair) for hypothesis in hypotheses for pair in hypothesis.witness)
    if not admits(parts, shape):
        return None
    needs = wanted if isinstance(wanted, Needs) else Needs(frozenset(wanted), ())
    formulas = (*(part.statement for part in parts), *(side for pair in witnesses for side in pair))
    roots = _roots(needs.roots, formulas, vocabulary_of(shape))
    alone = labels in (HARD, ENDS, TOGETHER) or (grid is not None and any(is_solved(part.statement) for part in parts))
    most = TRIED if labels == TOGETHER else DRAWS
    for attempt, aimed, on_edge in tries(parts, shape, random, most, labels == SOFT and grid is None):
        chosen = _chosen(whole, shape, random)
        if chosen is None:
            return None
        narrowed = bounded(aimed, shape, chosen)
        if any(domain.is_empty for domain in narrowed.values()):
            continue
        tables = _tables(narrowed, roots, shape, labels, random, grid, turn)
        if not _made_special(tables, narrowed, parts, labels, needs, turn, random, attempt, shape):
            return None
        met = bool(witnesses) and (alone or attempt >= SOLVED)
        found = Draft(parts, aimed, witnesses, shape, chosen, tables, narrowed, random, met, on_edge)
        if found.holds():
            return found
    return None


def _made_special(tables, narrowed, parts, labels, needs, turn, random, attempt, shape):
    """Make values special, if that is the kind of point; else some 0, which would undo it. Whether there was a way."""
    if labels in (REMARKABLE, TOGETHER):
        return specialize(tables, narrowed, vocabulary_of(shape).domains, labels, needs, turn, random, attempt)
    thin(tables, parts, random)
    return True


def admits(parts: Iterable[Stated], shape: Shape) -> bool:
    """Whether what is said of sizes alone holds for a shape."""
    return all(holds_at(part.statement, Point.of(sizes(shape))) for part in parts if about_sizes(part.statement))


@lru_cache(maxsize=1024)
def _roots(wanted, formulas, vocabulary):
    """The symbols and vectors to draw, in a fixed order. Each must have a notation, which says from where."""
    found = {root for root in {*wanted, *reach(*formulas)} if not is_index(root)}
    undeclared = [str(root) for root in found if root not in vocabulary.domains]
    if undeclared:
        raise ValueError(f"expected symbols of the notation, which says what they may be; found {min(undeclared)}")
    return sorted(found, key=lambda root: (str(root), srepr(root)))  # p may be a vector and a number


def _chosen(parts, shape, random):
    """Values for the chosen indices of the formulas that are about more than indices; None if there are none.

    They are out of their range now and then, unless a hypothesis says that they are not.
    """
    about_more = [part for part in parts if not about_indices(part.statement)]
    free = {index for part in about_more for index in indices_in((part.statement,)) if index not in part.every}
    names = sorted(free, key=str)
    if not names:
        return {}
    on_indices = [part.statement for part in parts if about_indices(part.statement)]
    about = [statement for statement in on_indices if set(indices_in((statement,))) <= set(names)]
    ranges = [index_range(index, shape) for index in names]
    everywhere = [dict(zip(names, found)) for found in product(*((*inside, 0, inside.stop) for inside in ranges))]
    random.shuffle(everywhere)
    plain = Point.of(sizes(shape))
    return next(
        (found for found in everywhere if all(holds_at(statement, plain | found) for statement in about)), None
    )


def _tables(narrowed, roots, shape, labels, random, grid, turn):
    tables, vocabulary = {}, vocabulary_of(shape)
    for root in roots:
        table = tables.setdefault(root, {})
        for entry in vocabulary.by_root[root]:
            style = AT_ENDS if labels == ENDS or (labels == HARD and entry.is_label) else ORDINARY
            for cell in product(*(index_range(index, shape) for index in getattr(entry.symbol, "indices", ()))):
                domain = narrowed.get((root, cell), entry.domain) if narrowed else entry.domain
                table[cell] = number_of(domain, style, shape, random, grid)
    if labels == ENDS and turn:
        make_alike(tables, turn, shape)
    return tables
