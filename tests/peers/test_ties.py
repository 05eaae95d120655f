"""The printed code of what an entry differentiates, differentiated by JAX and by torch: the printed code of the entry.
Also where several numbers are largest, of which code chooses one.
"""

from functools import cache

import jax
import numpy as np
import pytest
import torch
from coded import ENTRIES, VALUES, drawn, drawn_one, sizes_for
from sympy import Derivative, Eq, KroneckerDelta, Symbol
from test_code import ARRAYS, converted

from derivations.coding.module import code_of, function_name
from derivations.coding.places import NoCode
from derivations.coding.task import Task
from derivations.engine.derivation import derive

POINTS = ["ordinary", "all equal", "two largest"]
JACOBIAN = {"jax": jax.jacrev, "torch": torch.func.jacrev}
LOGITS = ("z", "w", "W")


@cache
def differentiated(id):
    """What an entry differentiates, as an entry that has code, and in what."""
    start, inner = ENTRIES[id].start, ()
    while isinstance(start, Derivative):
        inner, start = (*start.variables[::-1], *inner), start.expr
    return derive(f"{id}_of", "what is differentiated", start), inner


def letters_of(id):
    """The letters of the axes: of what JAX and torch find, the variables last, and of what is printed."""
    value, variables = differentiated(id)
    indices = [str(one) for variable in variables for one in getattr(variable, "indices", ())]
    found, printed = ([axis.letter for axis in Task(one).node.axes] for one in (value, ENTRIES[id]))
    return found + indices, printed


def has_both(id):
    """Whether what is differentiated has code, and every index is an axis of the result."""
    if not isinstance(getattr(ENTRIES[id], "start", None), Derivative):
        return False
    value, variables = differentiated(id)
    try:
        given = {one.name for one in Task(value).arguments}
        found, printed = letters_of(id)
    except NoCode:
        return False
    named = {str(getattr(one, "base", one)) for one in variables}
    return named <= given and len(set(found)) == len(found) and sorted(found) == sorted(printed)


def holds_everywhere(id):
    """Whether nothing is supposed that only some classes, or one number, meet: that is not last, that β is 0."""
    statements = [given.statement for given in ENTRIES[id].hypotheses]
    return not any(isinstance(one, Eq) and isinstance(one.lhs, KroneckerDelta | Symbol) for one in statements)


PAIRS = [id for id in VALUES if has_both(id) and holds_everywhere(id)]


def at(point, id):
    """Ordinary arguments; but logits, or the weights that they are made of, are equal."""
    rng, given = np.random.default_rng(3), drawn(id)
    for one in Task(differentiated(id)[0]).arguments:
        given.setdefault(one.name, drawn_one(one, sizes_for(id), rng))
        if one.name in LOGITS and point != "ordinary":
            given[one.name] = np.zeros(np.shape(given[one.name]))
            if point == "two largest" and one.sizes[-1:] == ("K",):
                given[one.name][..., :2] = 1
    return given


def loaded(entry, target):
    space = {}
    exec(compile(code_of(entry, target), f"{entry.id}.py", "exec"), space)
    return space[function_name(entry)]


def own_derivative(id, target, given):
    """The derivative by the library, with the axes in the order of the printed one."""
    value, variables = differentiated(id)
    found, printed = letters_of(id)
    names = {one.name for one in Task(value).arguments} | set(Task(value).asked)
    function, known = loaded(value, target), {name: one for name, one in given.items() if name in names}

    def following(name, function):
        return lambda **known: JACOBIAN[target](lambda one: function(**{**known, name: one}))(known[name])

    for variable in variables:
        function = following(str(getattr(variable, "base", variable)), function)
    return np.transpose(np.asarray(function(**known)), [found.index(letter) for letter in printed])


def compared(id, target, point):
    given = converted(target, at(point, id))
    names = {one.name for one in Task(ENTRIES[id]).arguments} | set(Task(ENTRIES[id]).asked)
    printed = loaded(ENTRIES[id], target)(**{name: one for name, one in given.items() if name in names})
    assert own_derivative(id, target, given) == pytest.approx(np.asarray(printed), rel=1e-10, abs=1e-12)


def test_the_losses_are_among_them():
    assert {"softmax.gradient", "softmax.hessian", "sigmoid.gradient", "temperature.gradient"} <= set(PAIRS)


@pytest.mark.sampled(12)
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", PAIRS)
def test_its_own_derivative_is_the_printed_one(id, target, point):
    compared(id, target, point)


@pytest.mark.parametrize("id, y, z", [("sigmoid.cross_entropy", 0.0, 3.0), ("sigmoid.cross_entropy", 1.0, 3.0),
                                      ("softmax.cross_entropy", [0.0, 1.0], [1.0, 2.0])])  # fmt: skip
@pytest.mark.parametrize("target", ARRAYS)
def test_the_slope_in_a_label_is_there_at_0_too(id, target, y, z):
    """Cross-entropy is linear in the labels: near 0 and at 0 its slope is the same. Beside what is not finite, in a
    batch of torch, as well.
    """
    module = loaded(ENTRIES[id], target)
    given = converted(target, {"y": np.asarray(y), "z": np.asarray(z)})
    near = converted(target, {"y": np.asarray(y) * (1 - 2e-9) + 1e-9, "z": np.asarray(z)})
    slopes = [JACOBIAN[target](lambda y: module(y=y, z=one["z"]))(one["y"]) for one in (given, near)]
    assert np.asarray(slopes[0]) == pytest.approx(np.asarray(slopes[1]), rel=1e-6, abs=0)


@pytest.mark.parametrize("target", JACOBIAN)
@pytest.mark.parametrize("z", [[0.0, 0.0, -800.0], [0.0, 0.0], [np.log(2), 0.0, 0.0]])
def test_unlikelihood_has_its_slope_where_a_class_is_as_probable_as_all_others(z, target):
    value, given = loaded(ENTRIES["odds.unlikelihood_in_logits"], target), converted(target, {"c": [0], "z": [z]})
    p = np.exp(z) / np.sum(np.exp(z))
    found = JACOBIAN[target](lambda logits: value(c=given["c"], z=logits).sum())(given["z"])[0]
    assert np.asarray(found) == pytest.approx(p[0] / (1 - p[0]) * ((np.arange(len(z)) == 0) - p), rel=1e-15, abs=0)


@pytest.mark.parametrize("target", JACOBIAN)
@pytest.mark.parametrize("ψ", [-1e-9, -0.5, -np.log(2), -40.0, -800.0])
def test_log_of_one_less_a_probability_has_its_slope_where_two_forms_meet(ψ, target):
    value, given = loaded(ENTRIES["odds.log_complement"], target), converted(target, {"ψ": ψ})
    found = JACOBIAN[target](lambda ψ: value(ψ=ψ))(given["ψ"])
    assert float(found) == pytest.approx(np.exp(ψ) / np.expm1(ψ), rel=1e-13, abs=0)
