"""The figures: each is data, from which the still picture, the table and what runs in the browser are made."""

from . import bernoulli, best_weights, cross_entropy, distributions, focal, gradient_bounds, home, information, jacobian
from . import logistic_regression, misconceptions, numerics, scores, sigmoid, soft_labels, softmax, where_is_the_maximum
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
    focal,
    scores,
    numerics,
    where_is_the_maximum,
    misconceptions,
)
FIGURES = {part.name: part for module in _MODULES for part in vars(module).values() if isinstance(part, Figure)}

__all__ = ["FIGURES", "Figure"]
