"""What a hypothesis says by having a meaning at all.

On paper a bound on z_c says that there is a class c, log a that a is positive, 1/p that p is not 0. In Coq every
function has a value everywhere, and every vector an entry at every index: there the theorem has to say so.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sympy import And, Basic, Contains, Eq, Gt, Indexed, Interval, Ne, Pow, Range, Sum, log
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from ..engine.entries import Hypothesis, is_index
from ..engine.nodes import is_size
from ..engine.rules.definitions import unfold
from ..engine.terms import Quantity, bound_indices, free_symbols


class Meant(NamedTuple):
    """A formula without which a hypothesis has no meaning, with a letter for its kind, and the indices for every value
    of which it is said.
    """

    letter: str
    formula: Boolean
    every: tuple


def meant_by(given: Hypothesis, every: tuple, said, following, vocabulary) -> Iterator[Meant]:
    """What is meant by a hypothesis that holds for every value of some indices, and is not among what is `said`.

    That a number is positive, since an equation has its logarithm, is added only where a step says that this follows.
    """
    for below in _denominators(given):
        yield Meant("N", Ne(below, 0, evaluate=False), every)
    positive = _positive(following) - _positive(said) if isinstance(given.statement, Eq) else set()
    for number in sorted(positive & _logarithms(given.statement) if positive else (), key=str):
        yield Meant("L", Gt(number, 0, evaluate=False), tuple(i for i in every if i in free_symbols(number)))
    ranged = {one.statement.args[0] for one in said if isinstance(one.statement, Contains)}
    for index in sorted(_places_of_entries(given.statement) - {*every} - ranged, key=str):
        if index in vocabulary.size_of:
            yield Meant("E", Contains(index, Range(1, vocabulary.size_of[index] + 1), evaluate=False), ())


def _denominators(given):
    """What a hypothesis divides by: on paper it has no meaning where that is 0, in Coq 1/0 is a number."""
    if not isinstance(given.statement, Eq) or is_index(given.statement.lhs):
        return []
    written = without_names(given.statement)
    below = {power.base for formula in (given.statement, written) for power in formula.atoms(Pow) if power.exp == -1}
    return sorted((base for base in below if not base.is_number and not is_index(base) and not base.is_positive
                   and not _bound_below(base, written)), key=str)  # fmt: skip


def without_names(formula: Basic) -> Basic:
    """A formula with every quantity replaced by its definition, until none is left."""
    while whole := [q for q in formula.atoms(Quantity) if _is_whole(q)]:
        formula = unfold(formula, min(whole, key=str).definition)
    return formula


def _is_whole(quantity):
    return len(quantity.args) == len(quantity.definition.parameters)


def _bound_below(part, formula):
    """Whether a sum binds an index of a part of a formula."""
    bound = {index for total in formula.atoms(Sum) for index in bound_indices(total)}
    return bool(free_symbols(part) & bound)


def _positive(hypotheses):
    """The numbers that some hypotheses state to be positive."""
    found = set()
    for part in (part for given in hypotheses for part in And.make_args(given.statement)):
        if isinstance(part, Contains) and isinstance(part.args[1], Interval):
            element, domain = part.args
            found |= {element} if domain.start == 0 and domain.left_open else set()
        elif isinstance(part, Relational) and isinstance(part, Gt) and part.rhs == 0:
            found.add(part.lhs)
    return found


def _logarithms(formula):
    """Of what a formula, or a definition that it names, has the logarithm. One definition after the other: where all
    are written out at once, e^(log a) is a.
    """
    found = {part.args[0] for part in formula.atoms(log)}
    whole = (quantity for quantity in formula.atoms(Quantity) if _is_whole(quantity))
    return found.union(*(_logarithms(unfold(quantity, quantity.definition)) for quantity in whole))


def _places_of_entries(formula):
    """The free indices at which a formula names an entry of a vector, or of a quantity."""
    if isinstance(formula, Contains) and is_index(formula.args[0]):
        return set()
    named = (part.indices if isinstance(part, Indexed) else part.args for part in formula.atoms(Indexed, Quantity))
    places = {index for found in named for index in found if is_index(index) and not is_size(index)}
    return places & free_symbols(formula)
