"""Losses of logits with their gradients and Hessians, on whole arrays: made from the entries of the catalogue when one
is first called. ``softmax_cross_entropy.gradient(labels, logits)``; the classes are the last axis.

Labels are one-hot or soft, or whole numbers: classes, counted from 0. What is computed, in which form and from which
derivation, is said by ``softmax_cross_entropy.text("gradient")``.

Variants take what they need by name: ``temperature_cross_entropy.gradient(labels=y, logits=z, temperature=2.0)``.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from inspect import signature

try:
    import numpy as np
except ModuleNotFoundError as missing:
    needed = "losses need NumPy: pip install 'likelihood-to-cross-entropy[compute]'"
    raise ModuleNotFoundError(f"{needed} ({missing})", name=missing.name) from missing

from .catalogue import find
from .coding.given import classes_as_labels
from .coding.module import code_of, function_name
from .coding.places import NoCode
from .engine.derivation import Derivation, derive
from .engine.entries import is_index

Array = np.ndarray | Sequence | float


class Loss:
    """A loss of labels y and logits z, its gradient and its Hessian in the logits: from three entries."""

    def __init__(self, value: Derivation, gradient: Derivation, hessian: Derivation):
        self.entries = {"value": value, "gradient": gradient, "hessian": hessian}
        self._has_classes = value.id.startswith("softmax.")

    @cached_property
    def _functions(self):
        return _functions_of(self.entries)

    def text(self, name: str) -> str:
        """The module of NumPy from which `value`, `gradient`, `hessian` or `value_and_gradient` is made."""
        first, *more = (self.entries[one] for one in name.split("_and_"))
        return code_of(first, "numpy", *more)

    def value(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The loss of each observation; with a reduction, the mean or the sum over all of them."""
        return _reduced(self._functions["value"](y=labels, z=logits, check=check), reduction)

    def gradient(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The gradient in the logits of each loss; or, with a reduction, of their mean or of their sum."""
        found = self._functions["gradient"](y=labels, z=logits, check=check)
        return _divided(found, _share(self._first(found, 1), reduction))

    def hessian(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The second derivatives in the logits of the same observation; those of two observations are 0."""
        if check:
            self._functions["gradient"](y=labels, z=logits)  # so that the labels are looked at: they do not occur
        found = self._functions["hessian"](z=logits, check=check)
        return _divided(found, _share(self._first(found, 2), reduction))

    def value_and_gradient(
        self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True
    ) -> tuple[np.ndarray, np.ndarray]:
        """The loss and its gradient, what they share computed once."""
        value, gradient = self._functions["value_and_gradient"](y=labels, z=logits, check=check)
        return _reduced(value, reduction), _divided(gradient, _share(value, reduction))

    def _first(self, found, axes):
        """One number for each observation."""
        return found[(..., *[0] * axes)] if self._has_classes else found


class Variant:
    """A loss that takes its arguments by name, each observation for itself; made from the entry of its gradient.

    The value is what that entry differentiates, so the two cannot be of different losses; ``value`` is an entry that
    says the same in a form that keeps more digits. ``changed`` is an entry that is put in the place of its first letter
    before: labels that are smoothed, logits to which something is added. Leading axes are observations. ``arguments``
    says the letter that each name has in the entries. ValueError for a number outside its domain, TypeError for a name
    that is missing or unknown.
    """

    def __init__(self, gradient: str, hessian: str | None = None, changed: str | None = None,
                 value: str | None = None, **arguments: str):  # fmt: skip
        self.arguments = arguments
        self._ids, self._changed = {"value": value, "gradient": gradient, "hessian": hessian}, changed

    @cached_property
    def entries(self) -> dict[str, Derivation]:
        """The entries: `value`, `gradient` and, where there is one, `hessian`."""
        found = {name: find(id) for name, id in self._ids.items() if id}
        slope = found["gradient"]
        differentiated = derive(f"{slope.id}_of", f"what is differentiated in {slope.id}", slope.start.expr)
        if found.setdefault("value", differentiated).start != differentiated.start:
            raise ValueError(f"{self._ids['value']} is not about what {slope.id} differentiates")
        return found

    @cached_property
    def _functions(self):
        return _functions_of(self.entries)

    @cached_property
    def _change(self):
        """The letter that is changed, those that say how, and what does it."""
        change = find(self._changed)
        changed, *by = (str(one) for one in change.parameters if not is_index(one))
        return changed, by, _made(change)

    def text(self, name: str) -> str:
        """The module of NumPy from which `value`, `gradient`, `hessian` or `value_and_gradient` is made."""
        first, *more = (self.entries[one] for one in name.split("_and_"))
        return code_of(first, "numpy", *more)

    def value(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The loss of each observation; with a reduction, the mean or the sum over all of them."""
        return _reduced(self._call("value", given, check), reduction)

    def gradient(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The gradient in the logits, or in the margin, of each loss; with a reduction, of their mean or their sum."""
        return _divided(self._call("gradient", given, check), self._of_all(given, reduction))

    def hessian(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The second derivatives in the logits of the same observation; TypeError where no entry states them."""
        if "hessian" not in self.entries:
            raise TypeError(f"no entry states the Hessian that belongs to {self._ids['gradient']}")
        if check:
            self.gradient(**given)  # so that all arguments are looked at: some do not occur
        return _divided(self._call("hessian", given, check), self._of_all(given, reduction))

    def value_and_gradient(
        self, *, reduction: str = "none", check: bool = True, **given: Array
    ) -> tuple[np.ndarray, np.ndarray]:
        """The loss and its gradient, what they share computed once."""
        shared = "value_and_gradient" in self._functions
        value, gradient = (self._call("value_and_gradient", given, check) if shared else
                           [self._call(name, given, check) for name in ("value", "gradient")])  # fmt: skip
        return _reduced(value, reduction), _divided(gradient, _share(value, reduction))

    def _of_all(self, given, reduction):
        """What the derivatives of one loss are divided by: a mean takes as many losses as there are."""
        return _share(self._call("value", given, check=False) if reduction == "mean" else None, reduction)

    def _call(self, name, given, check):
        if set(given) != set(self.arguments):
            raise TypeError(f"the arguments are {', '.join(self.arguments)}; given: {', '.join(given) or 'none'}")
        letters = {self.arguments[one]: array for one, array in given.items()}
        if self._changed:
            changed, by, change = self._change
            shape = np.shape(letters["z"])
            if changed == "y" and shape:  # what is changed are rows: classes are made such before
                letters["y"] = classes_as_labels("labels", letters["y"], len(shape), shape[-1])
            letters[changed] = change(**{one: letters.pop(one) for one in (changed, *by)}, check=check)
        read = signature(self._functions[name]).parameters
        return self._functions[name](**{one: array for one, array in letters.items() if one in read}, check=check)


def _functions_of(entries) -> dict[str, Callable]:
    """A function of each entry, and one of value and gradient."""
    found = {name: _made(entry) for name, entry in entries.items()}
    try:
        return found | {"value_and_gradient": _made(entries["value"], entries["gradient"])}
    except NoCode:
        return found  # the gradient does not read all that the value reads: there is nothing to share


def _made(entry, *more) -> Callable:
    space: dict = {}
    exec(compile(code_of(entry, "numpy", *more), f"<{entry.id}>", "exec"), space)
    return space[function_name(entry, *more)]


def _share(found, reduction):
    """By how much a derivative of the whole is smaller than that of one observation."""
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction = {reduction!r} is none of 'none', 'mean', 'sum'")
    return np.size(found) if reduction == "mean" else 1


def _reduced(found, reduction):
    """All losses, or their mean or sum."""
    _share(found, reduction)  # which refuses other words
    return found if reduction == "none" else getattr(found, reduction)()


def _divided(found, share):
    """Derivatives of one loss as those of a whole; without a pass over them where they are that already."""
    return found if share == 1 else found / share


softmax_cross_entropy = Loss(*map(find, ("softmax.cross_entropy", "softmax.gradient", "softmax.hessian")))
binary_cross_entropy = Loss(*map(find, ("sigmoid.cross_entropy", "sigmoid.gradient", "sigmoid.hessian")))

temperature_cross_entropy = Variant("temperature.gradient", labels="y", logits="z", temperature="T")
smoothed_cross_entropy = Variant("softmax.gradient", "softmax.hessian", "soft_labels.smoothed",
                                 labels="y", logits="z", smoothing="ε")  # fmt: skip
# The logarithm of 0 is minus infinity, and a class with this logit is left out (targets.kept_gradient).
masked_cross_entropy = Variant("softmax.gradient", "softmax.hessian", "weights.adjusted",
                               labels="y", logits="z", kept="a")  # fmt: skip
class_weighted_cross_entropy = Variant("weights.gradient", "weights.hessian", labels="y", logits="z", weights="a")
positive_weighted_cross_entropy = Variant("weights.binary_gradient", "weights.binary_hessian",
                                          labels="y", logits="z", positive_weight="ω")  # fmt: skip
distillation_loss = Variant("temperature.distillation_gradient", value="numerics.distillation",
                            teacher="v", logits="z", temperature="T")  # fmt: skip
cross_entropy_of_targets = Variant("targets.gradient", "targets.hessian", targets="a", logits="z")
jensen_shannon_divergence = Variant("averages.gradient", reference="q", logits="z", share="α")
focal_loss = Variant("focal.gradient", classes="c", logits="z", focus="γ")
focal_loss_of_one = Variant("focal.one_logit", "focal.curvature", logits="z", focus="γ")
z_loss = Variant("focal.z_gradient", "focal.z_hessian", logits="z", factor="λ")
brier_score = Variant("scores.brier_gradient", labels="y", logits="z")
multilabel_cross_entropy = Variant("multilabel.gradient", "multilabel.hessian", labels="y", logits="z")
signed_logistic_loss = Variant("preferences.signed_gradient", "preferences.signed_curvature", labels="y", logits="z")
preference_loss = Variant("preferences.choice_slope", "preferences.choice_curvature", margin="z")
# The log-probabilities of two answers, the preferred one first; the gradient is in those under the policy.
direct_preference_loss = Variant("preferences.pair_of_logs", policy="z", reference="v", inverse_temperature="β")
conservative_preference_loss = Variant("preferences.conservative_gradient", "sigmoid.hessian",
                                       margin="z", flipped="ε")  # fmt: skip
contrastive_loss = Variant("preferences.contrastive_gradient", classes="c", logits="z", temperature="T")
# The gradient is in the features: what a layer of weights hands down. One row is one observation.
layer_cross_entropy = Variant("softmax_regression.features_gradient", labels="y", features="x", weights="W")
# The means of the losses in groups of rows. A row that is ignored is in no group, and no denominator counts it.
group_means = Variant("perplexity.mean_slope", losses="v", groups="χ")
