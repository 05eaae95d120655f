"""Sampled points: values for every symbol, drawn from the declared domains and narrowed by hypotheses.

A hypothesis that a symbol lies in a set narrows its domain; one that a sum over an index is 1 scales the values; one
that equates an entry or a symbol to an expression ties it to that expression; any other equation is solved. Every
hypothesis is then confirmed at the point, by evaluation.

A point has a value for each index that a hypothesis has chosen, and what is bound elsewhere under the same letter does
not touch it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import product
from random import Random
from typing import Any

from flint import fmpq
from sympy import Contains, Eq, Indexed, Range, Sum, Symbol

from ..engine.entries import Hypothesis, is_index
from ..engine.terms import reach
from ..notation import NOTATION, SIZES
from .domains import AT_ENDS, ORDINARY, drawn, remarkable
from .evaluate import evaluator
from .needs import Needs
from .points import Point, Table, Tied, nothing
from .solve import solved
from .stated import (
    Shape, about_indices, about_sizes, all_of, free_indices, holds, holds_at, index_range, sizes, stated,
    statements,
)  # fmt: skip

DRAWS = 40  # so many points are tried before the hypotheses are said to admit none
SOLVED = 6  # as many of them by solving, where there is a witness
POINT_KINDS = HARD, SOFT, ENDS = "hard labels", "soft labels", "values at the ends of their domains"
REMARKABLE = "one value where a formula may change its ways"
def needed(derivation, hypotheses: Iterable[Hypothesis] = ()) -> Needs:
    """What checking a derivation looks up: what its lines and all hypotheses name, those given included."""
    implied = [given for step in derivation.steps for given in step.implied]
    named = statements([*derivation.hypotheses, *implied, *hypotheses])
    return Needs.of([*derivation.lines, *named])


@dataclass
class Draft:
    """One draw: the values before equations scale, solve or tie them, and the point that comes of it.

    `chosen` has the values of the chosen indices. `by_witness` says that an equation was met by its witness alone.
    """

    parts: list
    witnesses: tuple
    shape: Shape
    chosen: dict
    tables: dict
    domains: dict
    random: Random
    by_witness: bool = False

    @cached_property
    def point(self) -> Point | None:
        return self.made({})

    def with_values(self, changes: Mapping) -> "Draft":
        """The same draw with other values in some cells."""
        tables = {root: dict(table) for root, table in self.tables.items()}
        for (root, cell), number in changes.items():
            tables[root][cell] = number
        return replace(self, tables=tables)

    def made(self, changes: Mapping) -> Point | None:
        """The point, with other values in some cells: ``{(root, cell): number}``. None if an equation has no solution."""
        tables = self.with_values(changes).tables
        for part in self.parts:
            if _scales(part.statement):
                _scale(tables, part, self.shape, self.random, self.chosen)
        plain = Point.of(sizes(self.shape)) | self.chosen
        point = plain | {root: Table(table) for root, table in tables.items()}
        ties = [(*pair, pair[0].indices if isinstance(pair[0], Indexed) else ()) for pair in self.witnesses]
        ties = ties if self.by_witness else []
        ties += [(*part.statement.args, part.every) for part in self.parts if _ties(part.statement)]
        for left, right, every in ties:
            point |= {_key(left)[0]: self._tied(point, left, right, every)}
        equations = [] if self.by_witness else [part for part in self.parts if _is_solved(part.statement)]
        return solved(point, tables, equations, self.shape, self.random) if equations else point

    def _tied(self, point, left, right, every):
        root, _ = _key(left)
        pattern = getattr(left, "indices", ())
        loose = point.entries.get(root, nothing)
        fixed = {index: place for index, place in self.chosen.items() if index not in every}
        fixed |= {
            index: self.random.choice(index_range(index, self.shape))
            for index in free_indices((right,))
            if index not in pattern and index not in fixed
        }
        reads = {*reach(right)} - {*pattern, *fixed} | {*(getattr(loose, "reads", None) or ())}
        ranges = {index: len(index_range(index, self.shape)) for index in pattern if is_index(index)}
        own = tuple(sorted(reads - {root}, key=str))
        return Tied(root, pattern, loose, evaluator(right), own, fixed, ranges)

    def holds(self) -> bool:
        """Whether every hypothesis holds at the point, and what was solved for lies in its domain."""
        return self.point is not None and all(
            holds(part.statement, self.point, self.shape, part.every) for part in self.parts
        )


def draw(
    hypotheses: Iterable[Hypothesis],
    shape: Shape,
    labels: str,
    random: Random,
    wanted: Needs | Iterable[Any],
    grid: int | None = None,
) -> Point | None:
    """A point at which every hypothesis holds, or None if none was found: the hypotheses are then not admissible there."""
    found = draft(hypotheses, shape, labels, random, wanted, grid)
    return None if found is None else found.point


def draft(
    hypotheses: Iterable[Hypothesis],
    shape: Shape,
    labels: str,
    random: Random,
    wanted: Needs | Iterable[Any],
    grid: int | None = None,
    turn: int = 0,
) -> Draft | None:
    """A draw whose point meets every hypothesis; None if none was found.

    The point has the symbols that are `wanted` and those of the hypotheses. Its labels are HARD (every label 0 or 1),
    SOFT (between), or its values are at the ENDS (every value that may be at an end of its domain is), or one of them is
    REMARKABLE: the `turn` says which number it is. With a `grid`, values are fractions with that denominator, and equations are met by their witnesses alone.
    """
    hypotheses, whole = tuple(hypotheses), stated(hypotheses)
    parts = [part for part in whole if not about_indices(part.statement)]
    plain = Point.of(sizes(shape))
    if not all(holds_at(part.statement, plain) for part in parts if about_sizes(part.statement)):
        return None
    witnesses = tuple(tuple(pair) for hypothesis in hypotheses for pair in hypothesis.witness)
    needs = wanted if isinstance(wanted, Needs) else Needs(frozenset(wanted), ())
    sides = [side for pair in witnesses for side in pair]
    roots = {*needs.roots, *reach(*(part.statement for part in parts), *sides)}
    undeclared = [root for root in roots if not is_index(root) and root not in DECLARED]
    if undeclared:
        raise LookupError(f"{undeclared[0]} has no notation: the checker does not know from which values to draw it")
    for attempt in range(DRAWS):
        chosen = _chosen(whole, shape, random)
        if chosen is None:
            return None
        narrowed = _narrowed(parts, shape, chosen)
        if any(domain.is_empty for domain in narrowed.values()):
            return None
        tables = _tables(narrowed, roots, shape, labels, random, needs, grid, turn)
        by_witness = bool(witnesses) and (grid is not None or labels in (HARD, ENDS) or attempt >= SOLVED)
        found = Draft(parts, witnesses, shape, chosen, tables, narrowed, random, by_witness)
        try:
            if found.holds():
                return found
        except RecursionError:
            raise ValueError("expected hypotheses that fix values one after the other; these run in a circle") from None
    return None


def _chosen(parts, shape, random):
    """Values for the chosen indices of the formulas that are about more than indices; None if there are none.

    They are out of their range now and then, unless a hypothesis says that they are not.
    """
    names = sorted(
        {
            index
            for part in parts
            if not about_indices(part.statement)
            for index in free_indices((part.statement,))
            if index not in part.every
        },
        key=str,
    )
    if not names:
        return {}
    on_indices = [part.statement for part in parts if about_indices(part.statement)]
    about = [statement for statement in on_indices if set(free_indices((statement,))) <= set(names)]
    everywhere = list(all_of(names, shape))
    random.shuffle(everywhere)
    plain = Point.of(sizes(shape))
    return next(
        (found for found in everywhere if all(holds_at(statement, plain | found) for statement in about)), None
    )


def _narrowed(parts, shape, chosen):
    """The domains of the cells that hypotheses narrow."""
    narrowed = {}
    for statement, every in parts:
        if isinstance(statement, Contains) and isinstance(statement.args[0], (Indexed, Symbol)):
            root, _ = _key(statement.args[0])
            for instance in all_of(every, shape):
                cell = _cell(statement.args[0], chosen | instance)
                domain = narrowed.get((root, cell), DECLARED.get(root, {}).get(len(cell)))
                narrowed[root, cell] = statement.args[1] if domain is None else _meet(domain, statement.args[1])
    return narrowed


def _tables(narrowed, roots, shape, labels, random, needs, grid, turn):
    tables = {}
    for root in sorted(roots - set(SIZES), key=str):
        if is_index(root):
            continue
        table = tables.setdefault(root, {})
        for entry in NOTATION:
            if _key(entry.symbol)[0] != root:
                continue
            style = AT_ENDS if labels == ENDS or (labels == HARD and entry.is_label) else ORDINARY
            for cell in product(*(index_range(index, shape) for index in getattr(entry.symbol, "indices", ()))):
                domain = narrowed.get((root, cell), entry.domain)
                table[cell] = _number(domain, style, shape, random, grid)
    if labels == REMARKABLE:  # one alone: no precision tells apart what several together make
        choices = {
            (root, cell): remarkable(narrowed.get((root, cell), DECLARED[root][len(cell)]), needs.numbers, needs.far)
            for root, table in tables.items() for cell in table if root in needs.roots
        }  # fmt: skip
        where = random.choice([place for place, numbers in choices.items() if numbers] or [None])
        if where:
            tables[where[0]][where[1]] = choices[where][turn % len(choices[where])]
    return tables


@lru_cache(maxsize=1024)
def _meet(one, other):
    met = one.intersect(other)
    return met if met.is_empty or met.is_Interval or met.is_FiniteSet or met.is_Union else other


def _key(symbol):
    return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else (symbol, 0)


def _cell(entry, values):
    return tuple(values[index] if index in values else int(index) for index in getattr(entry, "indices", ()))


def _number(domain, style, shape, random, grid):
    if isinstance(domain, Range):
        return fmpq(random.randint(1, sizes(shape)[domain.stop - 1]))
    return drawn(domain, style, random, grid)


def _declared():
    found = {}
    for entry in NOTATION:
        root, rank = _key(entry.symbol)
        found.setdefault(root, {})[rank] = entry.domain
    return found


DECLARED = _declared()


def _scales(statement):
    """Whether a formula says that the entries of a vector sum to 1."""
    return (
        isinstance(statement, Eq)
        and isinstance(statement.lhs, Sum)
        and statement.rhs == 1
        and isinstance(statement.lhs.function, Indexed)
        and len(statement.lhs.limits) == 1
        and statement.lhs.function.indices[-1] == statement.lhs.limits[0][0]
    )


def _ties(statement):
    """Whether a formula fixes an entry or a symbol."""
    return isinstance(statement, Eq) and isinstance(statement.lhs, (Indexed, Symbol)) and statement.lhs not in SIZES


def _is_solved(statement):
    return isinstance(statement, Eq) and not _scales(statement) and not _ties(statement) and not about_sizes(statement)


def _scale(tables, part, shape, random, chosen):
    """Make the entries along the last index sum to 1; where they are all 0 or 1, make one of them 1."""
    entry = part.statement.lhs.function
    table, running = tables[entry.base], part.statement.lhs.limits[0][0]
    for row in all_of(part.every, shape):
        cells = [_cell(entry, chosen | row | {running: number}) for number in index_range(running, shape)]
        if all(table[cell] in (0, 1) for cell in cells):
            table.update({cell: fmpq(0) for cell in cells} | {random.choice(cells): fmpq(1)})
        total = sum((table[cell] for cell in cells), fmpq(0))
        if total == 0:
            continue  # they cannot be made to
        table.update({cell: table[cell] / total for cell in cells})
