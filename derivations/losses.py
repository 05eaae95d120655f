"""Losses of logits with their gradients and Hessians, on whole arrays: made from the entries of the catalogue when this
is imported. ``softmax_cross_entropy.gradient(labels, logits)``; the classes are the last axis.

Labels are one-hot or soft, or whole numbers: classes, counted from 0. What is computed, in which form and from which
derivation, is said by ``softmax_cross_entropy.text("gradient")``.
"""

from collections.abc import Callable, Sequence

try:
    import numpy as np
except ModuleNotFoundError as missing:
    needed = "losses need NumPy: pip install 'likelihood-to-cross-entropy[compute]'"
    raise ModuleNotFoundError(f"{needed} ({missing})", name=missing.name) from missing

from .catalogue import find
from .coding.module import code_of, function_name
from .engine.derivation import Derivation

Array = np.ndarray | Sequence | float


class Loss:
    """A loss of labels y and logits z, its gradient and its Hessian in the logits: from three entries."""

    def __init__(self, value: Derivation, gradient: Derivation, hessian: Derivation):
        self.entries = {"value": value, "gradient": gradient, "hessian": hessian}
        self._functions = {name: _made(entry) for name, entry in self.entries.items()}
        self._functions["value_and_gradient"] = _made(value, gradient)
        self._has_classes = value.id.startswith("softmax.")

    def text(self, name: str) -> str:
        """The module of NumPy from which `value`, `gradient`, `hessian` or `value_and_gradient` is made."""
        first, *more = (self.entries[one] for one in name.split("_and_"))
        return code_of(first, "numpy", *more)

    def value(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The loss of each observation; with a reduction, the mean or the sum over all of them."""
        found = self._functions["value"](y=labels, z=logits, check=check)
        _share(found, reduction)
        return found if reduction == "none" else getattr(found, reduction)()

    def gradient(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The gradient in the logits of each loss; or, with a reduction, of their mean or of their sum."""
        found = self._functions["gradient"](y=labels, z=logits, check=check)
        share = _share(self._first(found, 1), reduction)
        return found if share == 1 else found / share

    def hessian(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The second derivatives in the logits of the same observation; those of two observations are 0."""
        if check:
            self._functions["gradient"](y=labels, z=logits)  # so that the labels are looked at: they do not occur
        found = self._functions["hessian"](z=logits, check=check)
        return found / _share(self._first(found, 2), reduction)

    def value_and_gradient(
        self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True
    ) -> tuple[np.ndarray, np.ndarray]:
        """The loss and its gradient, what they share computed once."""
        value, gradient = self._functions["value_and_gradient"](y=labels, z=logits, check=check)
        share = _share(value, reduction)
        value = value if reduction == "none" else getattr(value, reduction)()
        return value, gradient if reduction == "none" else gradient / share

    def _first(self, found, axes):
        """One number for each observation."""
        return found[(..., *[0] * axes)] if self._has_classes else found


def _made(entry, *more) -> Callable:
    space: dict = {}
    exec(compile(code_of(entry, "numpy", *more), f"<{entry.id}>", "exec"), space)
    return space[function_name(entry, *more)]


def _share(found, reduction):
    """By how much a derivative of the whole is smaller than that of one observation."""
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction = {reduction!r} is none of 'none', 'mean', 'sum'")
    return np.size(found) if reduction == "mean" else 1


softmax_cross_entropy = Loss(*map(find, ("softmax.cross_entropy", "softmax.gradient", "softmax.hessian")))
binary_cross_entropy = Loss(*map(find, ("sigmoid.cross_entropy", "sigmoid.gradient", "sigmoid.hessian")))
