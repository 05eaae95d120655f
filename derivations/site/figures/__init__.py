"""The figures: each is data, from which the still picture, the table and what runs in the browser are made."""

from . import bernoulli, best_weights, cross_entropy, distributions, exponential_family, focal, gradient_bounds
from . import home, information, jacobian, logistic_regression, misconceptions, numerics, scores, sigmoid, soft_labels
from . import multilabel, perplexity, preferences, softmax, targets, temperature, weights, where_is_the_maximum
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
    targets,
    multilabel,
    exponential_family,
    focal,
    scores,
    perplexity,
    preferences,
    numerics,
    where_is_the_maximum,
    misconceptions,
)
FIGURES = {part.name: part for module in _MODULES for part in vars(module).values() if isinstance(part, Figure)}

__all__ = ["FIGURES", "Figure"]
