"""The domains of single entries, as hypotheses narrow them, and a number of one. Whether it meets them is confirmed."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from random import Random

from flint import fmpq
from sympy import Contains, Indexed, Intersection, Range, Symbol, oo
from sympy.sets import Set

from ..engine.vocabulary import key_of
from .domains import AT_ENDS, REACH, drawn
from .draft import cell_of
from .points import Point
from .stated import Shape, Stated, all_of, sizes, vocabulary_of, whole_numbers


def narrowed_by(parts: Iterable[Stated], shape: Shape, chosen: Mapping) -> dict:
    """The domains of the entries that hypotheses narrow."""
    found = {}
    for statement, every in parts:
        if isinstance(statement, Contains) and isinstance(statement.args[0], (Indexed, Symbol)):
            root, _ = key_of(statement.args[0])
            for instance in all_of(every, shape):
                cell, at = cell_of(statement.args[0], chosen | instance), sizes(shape) | chosen | instance
                given = _counted(statement.args[1], at)
                domain = found.get((root, cell), vocabulary_of(shape).domains.get(root, {}).get(len(cell)))
                found[root, cell] = given if domain is None else _meet(_counted(domain, at), given)
    return found


def number_of(domain: Set, style: str, shape: Shape, random: Random, grid: int | None) -> fmpq:
    """A number of a domain for a shape; 0 if there is none."""
    if not isinstance(domain, Range):
        return drawn(domain, style, random, grid)
    numbers = whole_numbers(domain, Point.of(sizes(shape)), int(domain.args[0]) + 2 * REACH * int(domain.args[2]))
    if style == AT_ENDS and domain.args[1].is_Integer:
        return fmpq(random.choice((numbers[0], numbers[-1])))
    return fmpq(random.choice(numbers)) if numbers else fmpq(0)


def _counted(domain, at):
    """A range from number to number; any other set as it is."""
    if not isinstance(domain, Range) or domain.args[1] is oo:
        return domain
    numbers = whole_numbers(domain, Point.of(at), 0)
    return Range(numbers.start, numbers.stop, numbers.step)


@lru_cache(maxsize=1024)
def _meet(one, other):
    met = one.intersect(other)
    return other if isinstance(met, Intersection) else met
