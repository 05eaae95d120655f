"""Losses of logits with their gradients and Hessians, on whole arrays: made from the entries of the catalogue when one
is first called. ``softmax_cross_entropy.gradient(labels, logits)``; the classes are the last axis.

Labels are one-hot or soft, or classes: whole numbers with one axis less, counted from 0. What is computed, in which
form and from which derivation, is said by ``softmax_cross_entropy.text("gradient")``.

Variants take what they need by name: ``temperature_cross_entropy.gradient(labels=y, logits=z, temperature=2.0)``.
"""

from collections.abc import Callable, Sequence
from functools import cached_property
from inspect import signature
from math import prod

try:
    import numpy as np
except ModuleNotFoundError as missing:
    needed = "losses need NumPy: in the folder of the project, pip install '.[compute]'"
    raise ModuleNotFoundError(f"{needed} ({missing})", name=missing.name) from missing

from .catalogue import find
from .coding.given import classes_as_labels, first_place, float_type, refuse_ragged
from .coding.module import function_name, python_module
from .coding.places import NoCode
from .coding.python import NUMPY
from .coding.task import Task
from .engine.derivation import Derivation, derive
from .engine.entries import is_index

Array = np.ndarray | Sequence | float


class Variant:
    """A loss that takes its arguments by name, each observation for itself; made from the entry of its gradient.

    The value is what that entry differentiates, so the two cannot be of different losses; ``value`` is an entry that
    says the same in a form that keeps more digits. ``changed`` is an entry that is put in the place of its first letter
    before: labels that are smoothed, logits to which something is added. ``entries_needed`` is how many entries rows
    must have, if that is a number. Leading axes are observations. ``arguments`` says the letter that each name has in
    the entries. ValueError for a number outside its domain, TypeError for a name that is missing or unknown.

    Labels of classes may be classes: whole numbers with one axis less than rows of labels have beside all the other
    arguments. Whole numbers with as many axes are rows of labels.
    """

    def __init__(self, gradient: str, hessian: str | None = None, changed: str | None = None,
                 value: str | None = None, entries_needed: int | None = None, **arguments: str):  # fmt: skip
        self.arguments, self._needed = arguments, entries_needed
        self._ids, self._changed = {"value": value, "gradient": gradient, "hessian": hessian}, changed

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}: {id}' for name, id in self._ids.items() if id)})"

    @cached_property
    def entries(self) -> dict[str, Derivation]:
        """The entries: `value`, `gradient` and, where there is one, `hessian`."""
        found = {name: find(id) for name, id in self._ids.items() if id}
        slope = found["gradient"]
        differentiated = derive(slope.id, f"what {slope.id} differentiates", slope.start.expr)
        if found.setdefault("value", differentiated).start != differentiated.start:
            raise ValueError(f"{self._ids['value']} is not about what {slope.id} differentiates")
        return found

    @cached_property
    def _called(self):
        return {letter: name for name, letter in self.arguments.items()}

    @cached_property
    def _tasks(self):
        """What each entry computes, where the hypotheses of the gradient hold as well."""
        return {name: Task(one, self.entries["gradient"].hypotheses) for name, one in self.entries.items()}

    @cached_property
    def _functions(self):
        """A function of each entry, and one of value and gradient."""
        found = {name: _made(self._called, task) for name, task in self._tasks.items()}
        try:
            return found | {"value_and_gradient": _made(self._called, self._tasks["value"], self._tasks["gradient"])}
        except NoCode:
            return found  # the gradient does not read all that the value reads: there is nothing to share

    @cached_property
    def _reads(self):
        """The letters that each function reads."""
        return {name: set(signature(one).parameters) - {"check", "reduction"} for name, one in self._functions.items()}

    @cached_property
    def _change(self):
        """The letter that is changed, those that say how, what does it, and what it is made from."""
        change = find(self._changed)
        changed, *by = (str(one) for one in change.parameters if not is_index(one))
        task = Task(change)
        return changed, by, _made(self._called, task), task

    @cached_property
    def _axes(self):
        """How many axes one row of each argument has, by its letter."""
        tasks = [*self._tasks.values(), *(self._change[3:] if self._changed else ())]
        return {one.name: len(one.sizes) for task in tasks for one in task.arguments}

    def text(self, name: str) -> str:
        """The module of NumPy from which `value`, `gradient`, `hessian` or `value_and_gradient` is made; above it that
        of what is put in the place of an argument before, if there is such.
        """
        module = python_module([self._tasks[one] for one in name.split("_and_")], NUMPY, self._called)
        if not self._changed:
            return module
        changed, *_, task = self._change
        before = f"# This is put in the place of {self._called[changed]} before."
        return f"{before}\n{python_module([task], NUMPY, self._called)}\n\n{module}"

    def value(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The loss of each observation; with a reduction, the mean or the sum over all of them."""
        return _reduced(self._call("value", given, check), reduction)

    def gradient(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The gradient in the logits, or in the margin, of each loss; with a reduction, of their mean or their sum."""
        return self._derivative("gradient", given, reduction, check)

    def hessian(self, *, reduction: str = "none", check: bool = True, **given: Array) -> np.ndarray:
        """The second derivatives in the logits of the same observation, one square for each; those of two observations
        are 0. TypeError where no entry states them.
        """
        if "hessian" not in self.entries:
            raise TypeError(f"no entry states the Hessian that belongs to {self._ids['gradient']}")
        return self._derivative("hessian", given, reduction, check)

    def value_and_gradient(
        self, *, reduction: str = "none", check: bool = True, **given: Array
    ) -> tuple[np.ndarray, np.ndarray]:
        """The loss and its gradient, what they share computed once."""
        shared = "value_and_gradient" in self._functions
        value, gradient = (self._call("value_and_gradient", given, check) if shared else
                           [self._call(name, given, check) for name in ("value", "gradient")])  # fmt: skip
        gradient = self._of_each("gradient", gradient, value)
        return _reduced(value, reduction), _divided(gradient, _share(value, reduction))

    def _derivative(self, name, given, reduction, check):
        """A derivative of each loss, or of the whole. It may not read what the value reads: that is looked at too, and
        has its part in the batch.
        """
        found, own = self._call(name, given, check), len(self._tasks[name].node.axes)
        if self._reads["value"] <= self._reads[name] and not self._tasks["value"].node.axes:
            losses = prod(found.shape[:found.ndim - own])
            return _divided(found, losses if _is_mean(reduction) else 1)
        value = self._call("value", given, check)
        return _divided(self._of_each(name, found, value), _share(value, reduction))

    def _of_each(self, name, found, value):
        """A derivative, one for each loss: also for those which differ in what it does not read."""
        own, of_value = (len(self._tasks[one].node.axes) for one in (name, "value"))
        shape = (*value.shape[:value.ndim - of_value], *found.shape[found.ndim - own:])
        return found if found.shape == shape else np.broadcast_to(found, shape).copy()

    def _call(self, name, given, check):
        if set(given) != set(self.arguments):
            raise TypeError(f"the arguments are {', '.join(self.arguments)}; given: {', '.join(given) or 'none'}")
        refuse_ragged(**given)
        letters = {self.arguments[one]: array for one, array in given.items()}
        if check and self._needed:
            self._refuse_other_sizes(letters)
        if self._changed:
            changed, by, change, _ = self._change
            if changed == "y" and np.shape(letters["z"]):  # what is changed are rows: classes are made such before
                letters["y"] = self._rows_of(letters, check)
            made_from = {one: letters.pop(one) for one in (changed, *by)}
            letters[changed] = change(**made_from, check=check)
            if check:
                self._refuse_no_sum(letters[changed], made_from)
        return self._functions[name](**{one: letters[one] for one in self._reads[name]}, check=check)

    def _refuse_no_sum(self, found, made_from):
        """Refuse what has no value, such as infinity less infinity, by what the caller gave."""
        if np.isnan(found).any():
            place = first_place(np.isnan(found))
            where = ", ".join(map(str, place))
            spread = {letter: np.broadcast_to(array, found.shape) for letter, array in made_from.items()}
            said = " with ".join(f"{self._called[one]}[{where}] = {array[place]}" for one, array in spread.items())
            raise ValueError(f"{said} has no value")

    def _rows_of(self, letters, check):
        """The labels as rows."""
        others = {letter: array for letter, array in letters.items() if letter != "y"}
        axes = self._axes["y"] + max(np.ndim(array) - self._axes[letter] for letter, array in others.items())
        classes = np.shape(others["z"])[-1]
        return classes_as_labels(self._called["y"], letters["y"], axes, classes, float_type(*others.values()), check)

    def _refuse_other_sizes(self, letters):
        """Refuse rows that have more or fewer entries than are needed."""
        for letter, array in letters.items():
            shape = np.shape(array)
            if self._axes[letter] and shape[-1:] != (self._needed,):
                raise ValueError(f"{self._called[letter]} takes {self._needed} numbers along its last axis, found the "
                                 f"shape {shape}")  # fmt: skip


class Loss(Variant):
    """A loss of labels and logits, its gradient and its Hessian in the logits, whose arguments need no names."""

    def __init__(self, value: str, gradient: str, hessian: str):
        super().__init__(gradient, hessian, value=value, labels="y", logits="z")

    def value(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The loss of each observation; with a reduction, the mean or the sum over all of them."""
        return super().value(labels=labels, logits=logits, reduction=reduction, check=check)

    def gradient(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The gradient in the logits of each loss; or, with a reduction, of their mean or of their sum."""
        return super().gradient(labels=labels, logits=logits, reduction=reduction, check=check)

    def hessian(self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True) -> np.ndarray:
        """The second derivatives in the logits of the same observation; those of two observations are 0."""
        return super().hessian(labels=labels, logits=logits, reduction=reduction, check=check)

    def value_and_gradient(
        self, labels: Array, logits: Array, *, reduction: str = "none", check: bool = True
    ) -> tuple[np.ndarray, np.ndarray]:
        """The loss and its gradient, what they share computed once."""
        return super().value_and_gradient(labels=labels, logits=logits, reduction=reduction, check=check)


def _made(called, *tasks) -> Callable:
    space: dict = {}
    exec(compile(python_module(list(tasks), NUMPY, called), f"<{tasks[0].entry.id}>", "exec"), space)
    return space[function_name(*(one.entry for one in tasks))]


def _is_mean(reduction):
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction = {reduction!r} is none of 'none', 'mean', 'sum'")
    return reduction == "mean"


def _share(value, reduction):
    """By how much a derivative of the whole is smaller than that of one observation."""
    return np.size(value) if _is_mean(reduction) else 1


def _reduced(found, reduction):
    """All losses, or their mean or sum."""
    _is_mean(reduction)  # which refuses other words
    return found if reduction == "none" else getattr(found, reduction)()


def _divided(found, share):
    """Derivatives of one loss as those of a whole; without a pass over them where they are that already."""
    return found if share == 1 else found / share


softmax_cross_entropy = Loss("softmax.cross_entropy", "softmax.gradient", "softmax.hessian")
binary_cross_entropy = Loss("sigmoid.cross_entropy", "sigmoid.gradient", "sigmoid.hessian")

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
unlikelihood = Variant("odds.unlikelihood_in_shares", value="odds.unlikelihood_in_logits", classes="c", logits="z")
z_loss = Variant("focal.z_gradient", "focal.z_hessian", logits="z", factor="λ")
brier_score = Variant("scores.brier_gradient", "squared_error.hessian", labels="y", logits="z")
multilabel_cross_entropy = Variant("multilabel.gradient", "multilabel.hessian", labels="y", logits="z")
signed_logistic_loss = Variant("preferences.signed_gradient", "preferences.signed_curvature", labels="y", logits="z")
preference_loss = Variant("preferences.choice_slope", "preferences.choice_curvature", margin="z")
# The log-probabilities of two answers, the preferred one first; the gradient is in those under the policy.
direct_preference_loss = Variant("preferences.pair_of_logs", entries_needed=2, policy="z", reference="v",
                                 inverse_temperature="β")  # fmt: skip
expected_reward = Variant("policy.gradient", rewards="v", logits="z")
conservative_preference_loss = Variant("preferences.conservative_gradient", "sigmoid.hessian",
                                       margin="z", flipped="ε")  # fmt: skip
contrastive_loss = Variant("preferences.contrastive_gradient", classes="c", logits="z", temperature="T")
# The gradient is in the features: what a layer of weights hands down. One row is one observation.
layer_cross_entropy = Variant("softmax_regression.features_gradient", labels="y", features="x", weights="W")
# The means of the losses in groups of rows. A row that is ignored is in no group, and no denominator counts it.
group_means = Variant("perplexity.mean_slope", losses="v", groups="χ")
generalized_cross_entropy = Variant("scores.generalized_gradient", classes="c", logits="z", exponent="ε")
smoothed_weighted_cross_entropy = Variant("targets.smoothed_gradient",
                                          classes="c", logits="z", weights="a", smoothing="ε")  # fmt: skip
