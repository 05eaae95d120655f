"""The figures: each is data, from which the still picture, the table and what runs in the browser are made."""

from . import averages, bernoulli, best_weights, cross_entropy, distributions, exponential_family, focal
from . import gradient_bounds, home, information, invariance, jacobian, logistic_regression, misconceptions, newton
from . import numerics, perplexity, ridge, scores, sigmoid, soft_labels, softmax, temperature, weights
from . import where_is_the_maximum
from .parts import Figure

_MODULES = (
    home,
    distributions,
    cross_entropy,
    bernoulli,
    sigmoid,
    softmax,
    jacobian,
    gradient_bounds,
    information,
    logistic_regression,
    best_weights,
    soft_labels,
    temperature,
    weights,
    exponential_family,
    focal,
    scores,
    newton,
    ridge,
    perplexity,
    averages,
    invariance,
    numerics,
    where_is_the_maximum,
    misconceptions,
)
FIGURES = {part.name: part for module in _MODULES for part in vars(module).values() if isinstance(part, Figure)}

__all__ = ["FIGURES", "Figure"]
