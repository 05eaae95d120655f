"""What a loss may call, and what is known of it. Softmax and log-sum-exp are those of the catalogue, translated to
vectors of any length: each chain is derived again with the other letters, step by step.
"""

from dataclasses import dataclass
from functools import lru_cache

from sympy import Mul, Symbol

from .. import sigmoid, softmax
from ..engine.derivation import Derivation, derive
from ..engine.entries import Definition, define
from ..engine.rules.algebra import regroup
from ..engine.rules.definitions import fold, unfold
from ..engine.rules.derivatives import chain_rule, derivative_of_coordinate, linearity_of_derivative
from ..engine.terms import partial
from ..notation import K, logit
from ..translation import translation_to


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
    translation = translation_to(size, letters)
    return Family(*(translation.entry(getattr(OVER_CLASSES, name)) for name in MEMBERS))


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
