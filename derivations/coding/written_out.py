"""Quantities written out in full, by what the catalogue says they are."""

from collections.abc import Set
from functools import cache

from sympy import Expr

from ..catalogue import catalogue
from ..engine.rules.definitions import unfold
from ..engine.terms import Quantity

OF_LIBRARIES = {"any_loss.tanh": "tanh"}  # quantities that every library computes to the last digit


@cache
def found_to_be() -> dict:
    """What each quantity was found to be, by its head: by the first entry that says it."""
    return {
        one.name.func: one for one in reversed(catalogue().values()) if isinstance(getattr(one, "name", None), Quantity)
    }


def in_full(expression: Expr, sources: dict, kept: Set = frozenset(), once: bool = False) -> Expr:
    """With its quantities written out, but those that are kept."""
    while True:
        whole = [q for q in expression.atoms(Quantity) if type(q) not in kept and q.definition
                 and q.definition.id not in OF_LIBRARIES and len(q.args) == len(q.definition.parameters)]  # fmt: skip
        if not whole:
            return expression
        first = max(whole, key=lambda q: (len(str(q)), str(q)))
        source = sources.get(type(first), first.definition)
        expression = unfold(expression, source if source.relation == "=" else first.definition)
        if once:
            return expression
