"""The domains that hypotheses leave to single entries."""

from functools import lru_cache

from sympy import Contains, Indexed, Symbol

from ..engine.vocabulary import key_of
from .draft import cell_of
from .stated import all_of, vocabulary_of


def narrowed_by(parts, shape, chosen):
    """The domains of the cells that hypotheses narrow."""
    narrowed = {}
    for statement, every in parts:
        if isinstance(statement, Contains) and isinstance(statement.args[0], (Indexed, Symbol)):
            root, _ = key_of(statement.args[0])
            for instance in all_of(every, shape):
                cell = cell_of(statement.args[0], chosen | instance)
                domain = narrowed.get((root, cell), vocabulary_of(shape).domains.get(root, {}).get(len(cell)))
                narrowed[root, cell] = statement.args[1] if domain is None else _meet(domain, statement.args[1])
    return narrowed


@lru_cache(maxsize=1024)
def _meet(one, other):
    met = one.intersect(other)
    return met if met.is_empty or met.is_Interval or met.is_FiniteSet or met.is_Union else other
