"""The domains of single entries, as inequalities with a number bound them too: what lies far off is drawn from there.

Whole numbers and lists stay as they are: their numbers are tried in turn.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sympy import Ge, Gt, Indexed, Interval, Le, Lt, S, Symbol, oo

from ..engine.entries import is_index
from ..engine.vocabulary import key_of
from .draft import cell_of
from .narrowed import narrowed_by
from .stated import Shape, Stated, all_of, vocabulary_of


def bounded(parts: Iterable[Stated], shape: Shape, chosen: Mapping) -> dict:
    """The domains of the entries that hypotheses narrow or bound."""
    found, declared = narrowed_by(parts, shape, chosen), vocabulary_of(shape).domains
    for statement, every in parts:
        entry, interval = _kept_in(statement)
        for instance in all_of(every, shape) if interval is not None else ():
            root, cell = key_of(entry)[0], cell_of(entry, chosen | instance)
            domain = found.get((root, cell), declared.get(root, {}).get(len(cell), S.EmptySet))
            if domain is S.Reals or domain.is_Interval:
                found[root, cell] = _meet(domain, interval)
    return found


def _kept_in(statement):
    """The entry or symbol that an inequality bounds, and the interval in which it keeps it; None if it does not."""
    if isinstance(statement, (Ge, Gt, Le, Lt)):
        low, high, strict = statement.lts, statement.gts, isinstance(statement, (Gt, Lt))
        if low.is_Rational and isinstance(high, (Indexed, Symbol)) and not is_index(high):
            return high, Interval(low, oo, strict, True)
        if high.is_Rational and isinstance(low, (Indexed, Symbol)) and not is_index(low):
            return low, Interval(-oo, high, True, strict)
    return None, None


@lru_cache(maxsize=1024)
def _meet(one, other):
    return one.intersect(other)
