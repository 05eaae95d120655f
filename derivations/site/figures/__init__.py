"""The figures: each is data, from which the still picture, the table and what runs in the browser are made."""

from . import averages, bernoulli, best_weights, bounded_logits, calibration, cross_entropy, distributions
from . import exponential_family, focal, gradient_bounds, home, information, invariance, jacobian
from . import logistic_regression, misconceptions, multilabel, newton, numerics, perplexity, preferences, ridge
from . import scores, sigmoid, small_differences, soft_labels, softmax, targets, temperature, weights
from . import where_is_the_maximum
from .parts import Figure

_MODULES = (
    home, distributions, cross_entropy, bernoulli, sigmoid, softmax, jacobian, gradient_bounds, information,
    logistic_regression, best_weights, newton, ridge, soft_labels, temperature, calibration, weights, targets,
    focal, scores, multilabel, preferences, bounded_logits, perplexity, averages, invariance, exponential_family,
    numerics, small_differences, where_is_the_maximum, misconceptions,
)  # fmt: skip
FIGURES = {part.name: part for module in _MODULES for part in vars(module).values() if isinstance(part, Figure)}

__all__ = ["FIGURES", "Figure"]
