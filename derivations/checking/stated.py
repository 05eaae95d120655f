"""What hypotheses state, for which values of their indices, and whether it holds at a point.

A hypothesis speaks of every value of some of its indices (that each logit is at most t) and of one chosen value of
the others (the class c of a single observation).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product, zip_longest
from typing import NamedTuple

from sympy import And, Contains, Eq, Ge, Gt, Implies, Le, Lt, Ne, Or, Range, S, Symbol, oo
from sympy.logic.boolalg import Boolean

from ..engine.derivation import Derivation
from ..engine.entries import Hypothesis, is_index
from ..engine.nodes import is_size
from ..engine.terms import Quantity, free_symbols
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE, RUNNING
from .domains import lies, may_be
from .evaluate import integer, value
from .indices import indices_in
from .points import Point


class Shape(tuple):
    """Values of the sizes of a vocabulary, in their order; those left out are 2. A plain tuple: the catalogue's."""

    def __new__(cls, numbers: Iterable[int], vocabulary: Vocabulary = CATALOGUE):
        made = super().__new__(cls, numbers)
        made.vocabulary = vocabulary
        return made

    def __eq__(self, other):
        return tuple.__eq__(self, other) and self.vocabulary is vocabulary_of(other)

    __hash__ = tuple.__hash__


def vocabulary_of(shape: tuple) -> Vocabulary:
    """The vocabulary whose sizes a shape gives."""
    return getattr(shape, "vocabulary", CATALOGUE)


def vocabulary_for(derivation: Derivation) -> Vocabulary:
    """The vocabulary in which a derivation speaks."""
    return derivation.notation or CATALOGUE


MET = {
    Eq: lambda gap: gap.is_finite() and gap.contains(0),
    Ne: lambda gap: not gap.contains(0),
    Gt: lambda gap: gap > 0,
    Lt: lambda gap: gap < 0,
    Ge: lambda gap: gap > 0 or may_be(gap, 0),
    Le: lambda gap: gap < 0 or may_be(gap, 0),
}


class Stated(NamedTuple):
    """One formula that a hypothesis states, and the indices for every value of which it does."""

    statement: Boolean
    every: tuple = ()


def stated(hypotheses: Iterable[Hypothesis]) -> list[Stated]:
    """The formulas that hypotheses state, one by one, each with its quantifier."""
    return [
        Stated(part, quantified(hypothesis, part))
        for hypothesis in hypotheses
        if hypothesis.statement is not None
        for part in And.make_args(hypothesis.statement)
    ]


def statements(hypotheses: Iterable[Hypothesis]) -> list[Boolean]:
    """The formulas that hypotheses state, one by one."""
    return [part.statement for part in stated(hypotheses)]


@lru_cache(maxsize=1024)
def quantified(hypothesis: Hypothesis, statement: Boolean) -> tuple:
    """The indices for every value of which a hypothesis states a formula: those it names, or else the running ones.

    What is about indices alone is about chosen ones: it says which.
    """
    if about_indices(statement):
        return ()
    free = set(indices_in((statement,)))
    every = free & set(RUNNING) if hypothesis.every is None else set(hypothesis.every)
    return tuple(sorted(every & free, key=str))


@lru_cache(maxsize=256)
def sizes(shape: Shape) -> Mapping[Symbol, int]:
    """The sizes by their symbols; those that a shape leaves out are 2."""
    return dict(zip_longest(vocabulary_of(shape).sizes, shape, fillvalue=2))


def index_range(index: Symbol, shape: Shape) -> range:
    """All values of an index for a shape."""
    return range(1, _bound(vocabulary_of(shape).size_of[index], shape) + 1)


def _bound(size, shape):
    return int(size) if size.is_Integer else sizes(shape)[size]


def all_of(indices: Iterable[Symbol], shape: Shape) -> Iterator[dict[Symbol, int]]:
    """All values of some indices."""
    indices = tuple(indices)
    for numbers in product(*(index_range(index, shape) for index in indices)):
        yield dict(zip(indices, numbers))


@lru_cache(maxsize=1024)
def about_indices(statement: Boolean) -> bool:
    """Whether a statement is about indices (and sizes) alone: it then chooses instances and not points."""
    free = free_symbols(statement)
    return all(map(is_index, free)) and not all(map(is_size, free)) and not statement.has(Quantity)


def about_sizes(statement: Boolean) -> bool:
    """Whether a statement is about sizes alone."""
    return all(map(is_size, free_symbols(statement))) and not statement.has(Quantity)


def whole_numbers(domain: Range, point: Point, last: int) -> range:
    """The numbers of a range; up to `last`, where it has no end."""
    start, stop, step = domain.args
    return range(integer(start, point), last + 1 if stop is oo else integer(stop, point), int(step))


def holds(statement: Boolean, point: Point, shape: Shape, every: tuple | None = None) -> bool:
    """Whether a formula holds at a point, for all values of the given indices, or of all that are free."""
    every = indices_in((statement,)) if every is None else every
    return all(holds_at(statement, point | instance) for instance in all_of(every, shape))


def holds_at(statement: Boolean, point: Point) -> bool:
    """Whether a formula holds at a point where its free indices have values;
    not, if it names an entry that does not exist.
    """
    try:
        return _holds_at(statement, point)
    except LookupError:
        return False


def _holds_at(statement, point):
    if statement is S.true or statement is S.false:  # an implication may, where something stands in for a vector
        return bool(statement)
    if isinstance(statement, Implies):
        premise, conclusion = statement.args
        return holds_at(conclusion, point) or holds_at(premise.negated, point)
    if isinstance(statement, Or):
        return any(holds_at(part, point) for part in statement.args)
    if isinstance(statement, Contains) and isinstance(statement.args[1], Range):
        found = integer(statement.args[0], point)
        return found in whole_numbers(statement.args[1], point, found)
    if isinstance(statement, Contains):
        return lies(value(statement.args[0], point).ball, statement.args[1])
    left, right = (value(side, point).ball for side in statement.args)
    return MET[statement.func](left - right)
