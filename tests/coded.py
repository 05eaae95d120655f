"""What the tests of printed modules share: arguments that are drawn, modules that are run, and the reference."""

from itertools import islice, product

import numpy as np
from sympy import FiniteSet, Interval

from derivations.catalogue import catalogue, has_result
from derivations.coding.module import code_of
from derivations.coding.places import NoCode
from derivations.coding.task import Task
from derivations.engine.entries import is_index
from derivations.functions import function
from derivations.signatures import formula_of, named_arguments, unread, written_out

ENTRIES = catalogue()
VALUES = [id for id, entry in ENTRIES.items() if has_result(entry) and entry.relation == "="]
OTHERS = [id for id in ENTRIES if id not in VALUES]
SIZES = {"n": 5, "K": 3, "d": 2, "M": 2}
FIRST_FEATURE_IS_1 = ("logistic_regression.intercept_gradient", "softmax_regression.intercept_gradient")
# Gradients in logits that leave no difference where the label is one class.
OF_HARD_LABELS = (
    "softmax.gradient", "weights.gradient", "weights.binary_gradient", "targets.gradient", "targets.kept_gradient",
    "targets.smoothed_gradient", "scores.brier_gradient", "softmax_regression.intercept_gradient",
    "multilabel.gradient", "focal.gradient", "focal.classes_gradient", "averages.gradient",
)  # fmt: skip
# Numbers less their mean by softmax: at a class that is nearly certain, next to nothing.
LESS_MEAN = ("gradient_bounds.jacobian_in_direction", "temperature.probability_slope", "policy.gradient",
             "temperature.inverse_probability_slope", "policy.reinforce", "exponential_family.probability_slope")
# Numbers that may be at ends which their notation leaves out, since what is computed is a polynomial in them.
AT_ENDS = [
    *((id, "ε", end) for end in (0.0, 1.0) for id in (
        "soft_labels.smoothed_loss", "targets.smoothed_loss", "targets.smoothed_gradient", "preferences.conservative",
        "preferences.conservative_gradient")),
    ("focal.z_hessian", "λ", 0.0), ("ridge.classes_gradient", "λ", 0.0), ("weights.binary_gradient", "ω", 0.0),
]  # fmt: skip
SMALL = ("γ",)  # exponents of probabilities: nobody takes one above 10
NOT_THE_LAST = "is not last"
AGAIN, MOST = 5, 40  # how often arguments are moved; how many are tried
RELATIVE, UNDERFLOWN = 1e-12, 1e-300


def loaded(id, target="numpy"):
    """The function of a module, run as it stands."""
    space = {}
    exec(compile(code_of(ENTRIES[id], target), f"{id}.py", "exec"), space)
    return space[id.replace(".", "_")]


def sizes_for(id):
    return SIZES | ({"K": 2} if id.startswith("two_classes.") else {})


def drawn(id, seed=3, extreme=False):
    """Ordinary arguments of a module, by name: distributions over classes, labels that are hard where they must be; or
    extreme ones: tiny and huge, nearly equal, nearly certain.
    """
    task, sizes, rng = Task(ENTRIES[id]), sizes_for(id), np.random.default_rng(seed)
    found = {one.name: (extreme_one if extreme else drawn_one)(one, sizes, rng) for one in task.arguments}
    if id in FIRST_FEATURE_IS_1:
        found["x"][:, 0] = 1
    if any(NOT_THE_LAST in given.name for given in ENTRIES[id].hypotheses) and "c" in found:
        found["c"] = np.array(0)
    return found | {size: sizes[size] for size in task.asked}


def drawn_one(one, sizes, rng):
    shape = tuple(sizes[size] for size in one.sizes)
    if one.is_whole:
        return rng.integers(0, sizes[str(one.domain.stop - 1)], shape)
    if isinstance(one.domain, FiniteSet):
        return rng.integers(0, 2, shape).astype(float)
    if isinstance(one.domain, Interval) and one.domain.end == 1:
        alone = not shape or one.sizes[-1] != "K"
        return rng.uniform(0.1, 0.9, shape) if alone else rng.dirichlet(np.full(shape[-1], 3.0), shape[:-1])
    if isinstance(one.domain, Interval):
        return rng.uniform(1.5, 3, shape) * (-1 if one.domain.end == 0 else 1)
    return rng.normal(0, 1.5, shape)


def extreme_one(one, sizes, rng):
    """An argument of a kind that takes digits away where they are not looked after."""
    shape, domain = tuple(sizes[size] for size in one.sizes), one.domain
    if one.is_whole or isinstance(domain, FiniteSet):
        return drawn_one(one, sizes, rng)
    if isinstance(domain, Interval) and domain.end == 1:
        ends = [0.0] * (not domain.left_open) + [1.0] * (not domain.right_open)
        if not shape or one.sizes[-1] != "K":
            return rng.choice([1e-300, 1e-20, 1e-9, 0.5, 1 - 1e-9, 1 - 2**-53, *ends], shape)
        if rng.random() < 1 / 3 and not domain.left_open:
            return np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
        shares = np.exp(rng.normal(0, rng.choice([1, 10, 100]), shape))
        return np.maximum(shares / shares.sum(axis=-1, keepdims=True), 1e-300)
    if isinstance(domain, Interval) and domain.end == 0:  # the logarithm of a probability
        return -(10.0 ** rng.uniform(-8, 3, shape))
    if isinstance(domain, Interval) and domain.start >= 0:
        largest = 1 if one.name in SMALL else rng.choice([1, 8])
        return float(domain.start) + 10.0 ** rng.uniform(-largest, largest, shape)
    scale = rng.choice([1e-8, 1, 40, 300, 1e4])
    found = np.asarray(rng.normal(0, scale, shape) + rng.choice([0, 0, 30 * scale]))
    if found.size > 1 and rng.random() < 1 / 5:
        found.flat[0] = found.flat[-1]
    return found


def hard(id, seed):
    """Arguments with one-hot labels and a logit that is 40 to 700 above the others: that of the label, or another. All
    logits are exact, and what weighs a class in softmax is 1 or 0: rounding them would cost digits that no form keeps.
    """
    rng, found, sizes = np.random.default_rng(seed), drawn(id, seed), sizes_for(id)
    winner = rng.integers(0, sizes["K"])
    label = rng.choice([winner, (winner + 1) % sizes["K"]])
    for name, array in found.items():
        shape = np.shape(array)
        one_hot = np.eye(sizes["K"])[np.full(shape[:-1], label)] if shape[-1:] == (sizes["K"],) else array
        if name in ("z", "W"):
            found[name] = np.array(np.rint(8 * array) / 8)
            spot = (0, winner) if name == "W" else (winner,) if shape else ()
            found[name][spot] += rng.integers(40, 700) * (1 if shape else rng.choice([-1, 1]))
        elif name in ("y", "q"):
            found[name] = one_hot if shape[-1:] == (sizes["K"],) else np.array(float(rng.integers(0, 2)))
        elif name == "x":
            found[name] = np.rint(array)
        elif name == "c":
            found[name] = label
        elif name == "a" and id == "targets.gradient":
            found[name] = one_hot * array
        elif name == "a" and id == "targets.kept_gradient":
            found[name] = np.maximum(one_hot, rng.integers(0, 2, shape))
        elif name == "ε":
            found[name] = rng.choice([1e-300, 1e-30, 1e-12, 0.1])
    return found


def nearly_certain(id):
    """Arguments at which the first class has nearly all of softmax, and numbers whose differences are exact."""
    given = {name: np.array(np.rint(8 * one) / 8) for name, one in drawn(id).items()}
    given["v" if id.startswith("exponential_family.") else "z"][0] = 60
    return given | ({"β": np.array(0.75)} if "β" in given else {})


def moved(id, given, rng):
    """The same arguments, each number a little away from where it was: as far as 500 roundings."""
    found = dict(given)
    for one in Task(ENTRIES[id]).arguments:
        if not one.is_whole and not isinstance(one.domain, FiniteSet):
            there = np.asarray(given[one.name])
            near = there * (1 + 1e-13 * rng.choice([-1, 1], there.shape))
            found[one.name] = np.where(there <= 1, np.minimum(near, 1), near) if one.domain.end == 1 else near
    return found


def reference(id, given):
    """The correctly rounded values of all entries of the result; None where a hypothesis excludes an index."""
    task, sizes, entry = Task(ENTRIES[id]), sizes_for(id), ENTRIES[id]
    expression = written_out(formula_of(entry))
    shown = named_arguments(entry, expression)
    whole = {one.name for one in task.arguments if one.is_whole}
    known = {name: given[name] + (1 if name in whole else 0) for name in shown if name in given}
    known |= {name: sizes[name] for name in unread(expression, shown)}
    known = {name: int(value) if name in whole and np.ndim(value) == 0 else value for name, value in known.items()}
    free = {name: 1 if is_index(root) else 0.5 for name, root in shown.items() if name not in known}
    axes, evaluate = task.node.axes, function(entry)
    found = np.empty([sizes[axis.size] for axis in axes])
    for place in product(*(range(size) for size in found.shape)):
        here = {axis.letter: spot + 1 for axis, spot in zip(axes, place)}
        try:
            found[place] = evaluate(**free | known | {name: spot for name, spot in here.items() if name in shown})
        except ValueError as error:
            assert "is not the last class" in str(error)
            found[place] = np.nan
    return found


def at_extremes(id):
    """Arguments that the hypotheses of an entry allow, and what is right there."""
    for seed in range(MOST):
        given = drawn(id, seed, extreme=True)
        try:
            yield given, reference(id, given)
        except (AssertionError, ValueError):
            continue


def wrong(id, found, wanted, given):
    """Where a module is wrong by more than moving the arguments a little explains."""
    with np.errstate(all="ignore"):
        allowed = RELATIVE * abs(wanted) + UNDERFLOWN
        right = (found == wanted) | np.isnan(wanted) | (abs(found - wanted) <= allowed)
        for again in range(AGAIN * (not right.all())):
            try:
                apart = abs(reference(id, moved(id, given, np.random.default_rng(again))) - wanted)
            except (AssertionError, ValueError):
                continue
            right |= abs(found - wanted) <= 10 * apart
    return ~right


def check_digits(id, compute, times):
    """At some extremes, what is computed has every digit that the arguments have."""
    extremes = list(islice(at_extremes(id), times))
    assert extremes, f"no arguments were found that {id} allows"
    for given, wanted in extremes:
        found = np.asarray(compute(given), dtype=float)
        there = wrong(id, found, wanted, given)
        assert not there.any(), f"{found[there]} is not {wanted[there]} at {given}"


def why_not(id):
    """Why an entry has no code."""
    try:
        code_of(ENTRIES[id], "numpy")
    except NoCode as error:
        return str(error)
    raise AssertionError(f"{id} has code")
