"""Which variables an expression has, with what its quantities bring along, and what they are called in Coq."""

from collections.abc import Iterable
from functools import cache

from sympy import Basic, Derivative, Indexed, IndexedBase, Symbol

from ..engine.entries import Definition, is_index
from ..engine.nodes import is_size
from ..engine.terms import BINDERS, Quantity, bound_indices

SPELLED = {"φ": "phi", "λ": "lambda", "ε": "epsilon", "α": "alpha"}
# Letters of Coq's own that a variable must not hide.
TAKEN = {"exp", "ln", "lambda", "S", "O", "R"}


class NotExported(ValueError):
    """There is no text in Coq for something. The message says for what."""


def variables(expression, rank=0, bound=frozenset()):
    """The free variables of an expression: symbols and vectors, each with how many indices it takes."""
    if isinstance(expression, Indexed):
        found = {(expression.base, len(expression.indices) + rank)}
        return found.union(*(variables(index, 0, bound) for index in expression.indices))
    if isinstance(expression, IndexedBase):
        return {(expression, rank)}
    if isinstance(expression, Symbol):
        return set() if expression in bound else {(expression, 0)}
    if isinstance(expression, Quantity):
        return _of_quantity(expression, bound)
    if isinstance(expression, BINDERS):
        inside = bound | set(bound_indices(expression))
        bounds = [end for _, *ends in expression.limits for end in ends]
        return variables(expression.function, 0, inside).union(*(variables(end, 0, bound) for end in bounds))
    parts = (expression.expr, *expression.variables) if isinstance(expression, Derivative) else expression.args
    return set().union(*(variables(part, 0, bound) for part in parts))


def _of_quantity(quantity, bound):
    definition = type(quantity).definition
    found = set(context(definition))
    for parameter, argument in zip(definition.parameters, quantity.args):
        found |= variables(argument, rank_of(definition, parameter), bound)
    return found


@cache
def rank_of(definition: Definition, parameter) -> int:
    """How many indices a parameter of a definition takes: 0 for a number or an index."""
    if not isinstance(parameter, IndexedBase):
        return 0
    return next((rank for root, rank in variables(definition.body) if root == parameter), 1)


@cache
def context(definition: Definition) -> tuple:
    """The variables of a definition that are not among its parameters, in order."""
    return ordered(key for key in variables(definition.body) if key[0] not in definition.parameters)


def ordered(keys) -> tuple:
    """Sizes first, then indices, vectors of indices, and numbers."""
    return tuple(sorted(keys, key=lambda key: (_kind(*key), str(key[0]), key[1], str(key[0].assumptions0))))


def _kind(root, rank):
    return 0 if is_size(root) else 1 if is_index(root) else 2 if of_indices(root) else 3


def of_indices(root) -> bool:
    """Whether the entries of a vector are indices."""
    return isinstance(root, IndexedBase) and bool(root.label.is_integer or root.is_integer)


def kind_of(root, rank) -> str:
    """The type of a variable in Coq."""
    return "nat -> " * rank + ("nat" if of_indices(root) or is_index(root) else "R")


def called(keys) -> dict:
    """A name for each variable, in order: its letter, with the number of its indices where others have the letter too.
    """
    keys = ordered(set(keys))
    letters = [_letter(root) for root, _ in keys]
    names = {}
    for (root, rank), letter in zip(keys, letters):
        name = letter if letters.count(letter) == 1 and letter not in TAKEN else f"{letter}_{rank}"
        while name in names.values():
            name += "'"
        names[root, rank] = name
    return names


def _letter(root):
    label = str(root.label if isinstance(root, IndexedBase) else root)
    return SPELLED.get(label, label)


def definitions_in(formulas: Iterable[Basic]) -> tuple[Definition, ...]:
    """The definitions of the quantities in some formulas, each after those that it uses itself."""
    found = {}
    for formula in formulas:
        _reach(formula, found)
    return tuple(found)


def _reach(expression, found):
    for definition in sorted((type(part).definition for part in expression.atoms(Quantity)), key=lambda one: one.id):
        if definition not in found:
            _reach(definition.body, found)
            found[definition] = True
