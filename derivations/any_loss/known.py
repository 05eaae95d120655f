"""What a loss may call, and what is known of it. Softmax and log-sum-exp are those of the catalogue, translated to
vectors of any length: each chain is derived again with the other letters, step by step.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sympy import Basic, Mul, Symbol

from .. import sigmoid, softmax
from ..engine.derivation import Derivation, derive
from ..engine.entries import Definition, Hypothesis, define
from ..engine.replay import rule_named
from ..engine.rules.algebra import regroup
from ..engine.rules.definitions import fold, unfold
from ..engine.rules.derivatives import chain_rule, derivative_of_coordinate, linearity_of_derivative
from ..engine.terms import Quantity, partial
from ..notation import K, k, l, logit, m
from .conditions import range_of


@dataclass(frozen=True)
class Family:
    """Softmax of vectors of one length, its log-sum-exp, and what was derived of them."""

    probability: Definition
    log_sum_exp: Definition
    jacobian: Derivation
    log_sum_exp_gradient: Derivation
    log_probability: Derivation
    probabilities_sum: Derivation
    minus_entropy: Derivation


MEMBERS = tuple(Family.__dataclass_fields__)
OVER_CLASSES = Family(*(getattr(softmax, name) for name in MEMBERS))


def family(size: Symbol, letters: tuple[Symbol, Symbol, Symbol]) -> Family:
    """Softmax over an index up to a size; `letters` are three indices that run so far."""
    return OVER_CLASSES if size == K else _translated_family(size, letters)


@lru_cache(maxsize=64)
def _translated_family(size, letters):
    translation = Translation(dict(zip((k, m, l), letters)) | {K: size}, f"_{size}")
    return Family(*(translation.entry(getattr(OVER_CLASSES, name)) for name in MEMBERS))


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

    def _definition(self, source):
        parameters = tuple(map(self.expression, source.parameters))
        meant_for = tuple(replace(given, statement=self.expression(given.statement)) for given in source.meant_for)
        return replace(source, id=source.id + self.suffix, parameters=parameters, body=self.expression(source.body),
                       meant_for=meant_for)  # fmt: skip

    def _chain(self, source):
        chain = derive(source.id + self.suffix, source.title, self.expression(source.start))
        for step in source.steps:
            using = tuple(map(self.hypothesis, step.using))
            chain = chain.by(rule_named(step.rule), *map(self._argument, step.arguments), because=step.because,
                             using=using)  # fmt: skip
        return chain

    def expression(self, expression: Basic) -> Basic:
        """An expression with the other letters, also those that are bound."""
        heads = {part.func: self.entry(type(part).definition).head for part in expression.atoms(Quantity)}
        found = expression.xreplace(dict(self.letters))
        return found.replace(lambda part: part.func in heads, lambda part: heads[part.func](*part.args))

    def hypothesis(self, given: Hypothesis) -> Hypothesis:
        """A hypothesis about the other letters: they exist."""
        index, domain = self.expression(given.statement).args
        return range_of(index, domain.stop - 1)

    def _argument(self, argument):
        if isinstance(argument, (Definition, Derivation)):
            return self.entry(argument)
        if isinstance(argument, dict):
            return {self.expression(old): self.expression(new) for old, new in argument.items()}
        return self.expression(argument)


# --- tanh: a sigmoid between -1 and 1 ---
tanh = define("any_loss.tanh", "hyperbolic tangent", "tanh", (logit,), 2 * sigmoid.sigmoid(2 * logit) - 1,
              meaning="a sigmoid between -1 and 1")

tanh_derivative = (
    derive("any_loss.tanh_derivative", "derivative of tanh", partial(tanh(logit), logit))
    .by(unfold, tanh, because="this is its definition")
    .by(linearity_of_derivative, because="2 and 1 are constants")
    .by(chain_rule, sigmoid.derivative, because="this is the derivative of the sigmoid; chain rule")
    .by(linearity_of_derivative, because="2 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(regroup, Mul(4, 1 - sigmoid.sigmoid(2 * logit), sigmoid.sigmoid(2 * logit)), 1 - tanh.body**2,
        because="complete the square")
    .by(fold, tanh, because="this is tanh")
)
