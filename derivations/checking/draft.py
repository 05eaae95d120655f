"""A draw: the values of every symbol before equations scale, solve or tie them, and the point that comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from random import Random

from flint import fmpq
from sympy import Eq, Indexed, Sum, Symbol

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import reach
from ..engine.vocabulary import key_of
from .evaluate import evaluator
from .indices import indices_in
from .points import Point, Table, Tied, nothing
from .solve import solved
from .stated import Shape, about_sizes, all_of, holds, index_range, sizes


@dataclass
class Draft:
    """One draw: the values before equations scale, solve or tie them, and the point that comes of it.

    `chosen` has the values of the chosen indices. `by_witness` says that an equation was met by its witness alone,
    `on_edge` that an inequality was by its two sides being equal. `aims` are what is met on purpose, `parts` what must.
    """

    parts: list
    aims: list
    witnesses: tuple
    shape: Shape
    chosen: dict
    tables: dict
    domains: dict
    random: Random
    by_witness: bool = False
    on_edge: bool = False

    @cached_property
    def point(self) -> Point | None:
        return self.made({})

    def with_values(self, changes: Mapping) -> "Draft":
        """The same draw with other values in some cells."""
        return replace(self, tables=self._tables_with(changes))

    def _tables_with(self, changes):
        tables = {root: dict(table) for root, table in self.tables.items()}
        for (root, cell), number in changes.items():
            tables[root][cell] = number
        return tables

    def made(self, changes: Mapping) -> Point | None:
        """The point, with other values in some cells, ``{(root, cell): number}``. None if an equation is not solved."""
        tables = self._tables_with(changes)
        for part in self.aims:
            if _scales(part.statement):
                _scale(tables, part, self.shape, self.random, self.chosen)
        point = Point.of(sizes(self.shape)) | self.chosen | {root: Table(table) for root, table in tables.items()}
        ties = [(*pair, getattr(pair[0], "indices", ())) for pair in self.witnesses if self.by_witness]
        ties += [(*part.statement.args, part.every) for part in self.aims if _ties(part.statement)]
        for left, right, every in ties:
            point |= {key_of(left)[0]: self._tied(point, left, right, every)}
        equations = [] if self.by_witness else [part for part in self.aims if is_solved(part.statement)]
        try:
            return solved(point, tables, equations, self.shape, self.random) if equations else point
        except LookupError:  # a chosen index is out of its range: an equation names an entry that does not exist
            return None

    def _tied(self, point, left, right, every):
        root, _ = key_of(left)
        pattern = getattr(left, "indices", ())
        loose = point.entries.get(root, nothing)
        fixed = {index: place for index, place in self.chosen.items() if index not in every}
        fixed |= {
            index: self.random.choice(index_range(index, self.shape))
            for index in indices_in((right,))
            if index not in pattern and index not in fixed
        }
        reads = {*reach(right)} - {*pattern, *fixed} | {*(getattr(loose, "reads", None) or ())}
        ranges = {index: len(index_range(index, self.shape)) for index in pattern if is_index(index)}
        own = tuple(sorted(reads - {root}, key=str))
        return Tied(root, pattern, loose, evaluator(right), own, fixed, ranges)

    def holds(self) -> bool:
        """Whether every hypothesis holds at the point. ValueError if they fix values in a circle."""
        try:
            return self.point is not None and all(
                holds(part.statement, self.point, self.shape, part.every) for part in self.parts
            )
        except RecursionError:
            raise ValueError("expected hypotheses that fix values one after the other; these run in a circle") from None


def cell_of(entry, values):
    return tuple(values[index] if index in values else int(index) for index in getattr(entry, "indices", ()))


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
    return isinstance(statement, Eq) and isinstance(statement.lhs, (Indexed, Symbol)) and not is_size(statement.lhs)


def is_solved(statement):
    """Whether a formula is an equation that is neither a scale nor a tie."""
    return isinstance(statement, Eq) and not _scales(statement) and not _ties(statement) and not about_sizes(statement)


def _scale(tables, part, shape, random, chosen):
    """Make the entries along the last index sum to 1; where they are all 0 or 1, make one of them 1."""
    entry = part.statement.lhs.function
    table, running = tables[entry.base], part.statement.lhs.limits[0][0]
    for row in all_of(part.every, shape):
        cells = [cell_of(entry, chosen | row | {running: number}) for number in index_range(running, shape)]
        if all(table[cell] in (0, 1) for cell in cells):
            table.update({cell: fmpq(0) for cell in cells} | {random.choice(cells): fmpq(1)})
        total = sum((table[cell] for cell in cells), fmpq(0))
        if total == 0:
            continue  # they cannot be made to
        table.update({cell: table[cell] / total for cell in cells})
