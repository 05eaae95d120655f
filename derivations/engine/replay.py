"""Replaying: every step of a derivation computed again, from the name of its rule and its arguments alone."""

import inspect
from collections.abc import Callable
from dataclasses import replace

from .derivation import Derivation, Step
from .rules import algebra, definitions, derivatives, functions, indices, inequalities, logarithms, sums

MODULES = (algebra, sums, indices, logarithms, derivatives, functions, inequalities, definitions)


def public_rules(module) -> dict[str, Callable]:
    """The rules of one module by their names, top to bottom."""
    functions = {name: value for name, value in vars(module).items() if inspect.isfunction(value)}
    return {name: value for name, value in functions.items() if value.__module__ == module.__name__ and name[0] != "_"}


RULES = {name: rule for module in MODULES for name, rule in public_rules(module).items()}


def rule_named(name: str) -> Callable:
    """The rule of that name. KeyError if there is none."""
    return RULES[name]


def replay(derivation: Derivation) -> Derivation:
    """The same derivation, derived anew: equal to the one given, if that says truly what it did."""
    if not isinstance(derivation, Derivation):
        raise TypeError(f"only a derivation can be replayed, found {derivation!r:.80}")
    again = replace(derivation, steps=())
    for step in derivation.steps:
        again = taken(again, step)
    return again


def taken(derivation: Derivation, step: Step) -> Derivation:
    """A derivation and one step more: what a step of another one did."""
    return derivation.by(
        rule_named(step.rule), *step.arguments, because=step.because, using=step.using, implied=step.following,
        part=step.part,
    )
