"""Chains of the catalogue about classes, translated to an index that runs to another size: derived again with the other
letters, step by step.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from sympy import Basic, Contains, Range, Symbol

from . import notation
from .engine.derivation import Derivation, derive
from .engine.entries import Definition, Hypothesis
from .engine.replay import rule_named
from .engine.terms import Quantity, member
from .notation import K, M, k, l, m

SHIPPED = [one for one in vars(notation).values() if isinstance(one, Hypothesis) and one.statement is not None]


def range_of(index: Symbol, size: Basic) -> Hypothesis:
    """The hypothesis that an index is within its range; the one of the notation, if it has one."""
    statement = member(index, Range(1, size + 1))
    known = next((given for given in SHIPPED if given.statement == statement and size != M), None)  # M counts anything
    return known or Hypothesis(f"{index} exists", f"{index} is one of 1 to {size}", statement)


class Translation:
    """Chains of the catalogue with other letters: each definition and each chain once."""

    def __init__(self, letters: Mapping[Symbol, Symbol], suffix: str):
        self.letters, self.suffix, self.made = letters, suffix, {}

    def entry(self, source: Definition | Derivation) -> Definition | Derivation:
        """A definition or a chain, derived again."""
        if source.id not in self.made:
            make = self._definition if isinstance(source, Definition) else self._chain
            self.made[source.id] = make(source)
        return self.made[source.id]

    def is_of(self, quantity: Quantity) -> bool:
        """Whether a quantity is one that was translated."""
        return any(one.head is type(quantity) for one in self.made.values() if isinstance(one, Definition))

    def _definition(self, source):
        parameters = tuple(map(self.expression, source.parameters))
        meant_for = tuple(replace(given, statement=self.expression(given.statement)) for given in source.meant_for)
        return replace(source, id=source.id + self.suffix, parameters=parameters, body=self.expression(source.body),
                       meant_for=meant_for)  # fmt: skip

    def _chain(self, source):
        chain = derive(source.id + self.suffix, source.title, self.expression(source.start))
        for step in source.steps:
            part = None if step.part is None else self.expression(step.part)
            using, implied = (tuple(map(self.hypothesis, some)) for some in (step.using, step.following))
            chain = chain.by(rule_named(step.rule), *map(self._argument, step.arguments), because=step.because,
                             using=using, implied=implied, part=part)  # fmt: skip
        return chain

    def expression(self, expression: Basic) -> Basic:
        """An expression with the other letters, also those that are bound."""
        heads = {part.func: self.entry(type(part).definition).head for part in expression.atoms(Quantity)}
        found = expression.xreplace(dict(self.letters))
        return found.replace(lambda part: part.func in heads, lambda part: heads[part.func](*part.args))

    def hypothesis(self, given: Hypothesis) -> Hypothesis:
        """A hypothesis about the other letters: that they exist, or what else is said of them."""
        statement = self.expression(given.statement)
        if isinstance(statement, Contains) and isinstance(statement.args[1], Range):
            index, domain = statement.args
            return range_of(index, domain.stop - 1)
        return replace(given, statement=statement)

    def _argument(self, argument):
        if isinstance(argument, (Definition, Derivation)):
            return self.entry(argument)
        if isinstance(argument, Hypothesis):
            return self.hypothesis(argument)
        if isinstance(argument, dict):
            return {self.expression(old): self.expression(new) for old, new in argument.items()}
        return self.expression(argument)


@lru_cache(maxsize=64)
def translation_to(size: Symbol, letters: tuple[Symbol, Symbol, Symbol]) -> Translation:
    """From classes to an index that runs to a size; `letters` are three that run so far."""
    return Translation(dict(zip((k, m, l), letters)) | {K: size}, f"_{size}")
