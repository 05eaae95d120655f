"""The figures: each is data, from which the still picture, the table and what runs in the browser are made."""

from . import bernoulli, jacobian, numerics, sigmoid, softmax
from .parts import Figure

FIGURES = {
    part.name: part
    for module in (bernoulli, jacobian, numerics, sigmoid, softmax)
    for part in vars(module).values()
    if isinstance(part, Figure)
}

__all__ = ["FIGURES", "Figure"]
