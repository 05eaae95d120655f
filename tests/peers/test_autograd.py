"""Every result that a library has too, in PyTorch and in JAX: its own loss, its own derivatives."""

from functools import partial

import numpy as np
import pytest
from libraries import LIBRARIES
from oracles import SIZES, samples
from sympy import Derivative
from table import DERIVATIVES, NOTHING_TO_COMPARE, TABLE
from test_functions import SIZED
from test_oracles import ALL

from derivations.catalogue import catalogue
from derivations.functions import function

ENTRIES = catalogue()
TOLERANCE = 1e-11  # both sides are rounded to binary64 after some tens of operations


def arguments(L, values):
    return {name: given if isinstance(given, int) else L.array(given) for name, given in values.items()}


def test_every_derivative_is_compared():
    stated = {id for id, entry in ENTRIES.items() if entry.steps and entry.start.has(Derivative)}
    assert stated == set(DERIVATIVES) | NOTHING_TO_COMPARE
    assert set(TABLE) <= set(ALL)


@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("L", LIBRARIES, ids=lambda L: L.name.partition(" ")[0])
@pytest.mark.parametrize("id", TABLE)
def test_a_result_agrees_with_the_library(id, L, soft, compared):
    sizes = {SIZED[id]: SIZES[SIZED[id]]} if id in SIZED else {}  # those that no array tells
    compute = partial(function(ENTRIES[id]), **sizes)
    worst = 0.0
    for values in samples(ALL[id][0], soft):
        expected = float(TABLE[id](L, **arguments(L, values)))
        found = float(compute(**values))
        worst = max(worst, abs(found - expected) / max(1, abs(expected)))
        assert found == pytest.approx(expected, rel=TOLERANCE, abs=TOLERANCE), values
    compared.setdefault(id, {})[L.name] = max(worst, compared.get(id, {}).get(L.name, 0))


EXTREME = [-1e4, -800.0, -37.0, -1e-300, 0.0, 1e-300, 37.0, 800.0, 1e4]


@pytest.mark.parametrize("L", LIBRARIES, ids=lambda L: L.name.partition(" ")[0])
def test_extreme_logits(L):
    for z in EXTREME:
        for y in (0.0, 0.25, 1.0):
            found = function(ENTRIES["numerics.binary_cross_entropy"])(y=y, z=z)
            assert found == pytest.approx(float(L.two_logits(L.array(y), L.array(z))), rel=1e-15, abs=1e-16)
        # one logit is extreme, the two others are not: log-sum-exp with the largest taken out
        logits = np.array([z, 1.0, -2.0])
        found = function(ENTRIES["numerics.log_sum_exp"])(z=logits, t=float(logits.max()))
        assert found == pytest.approx(float(L.logsumexp(L.array(logits))), rel=1e-15, abs=0)


@pytest.mark.parametrize("L", LIBRARIES, ids=lambda L: L.name.partition(" ")[0])
@pytest.mark.parametrize("size", [1, 2])
def test_one_and_two_classes(L, size):
    z, y = np.linspace(-1, 2, size), np.eye(size)[0]
    for m in range(1, size + 1):
        found = function(ENTRIES["softmax.gradient"])(y=y, z=z, m=m)
        expected = L.gradient(lambda z: L.classes_logits(L.array(y), z))(L.array(z))[m - 1]
        assert found == pytest.approx(float(expected), abs=1e-15)


@pytest.mark.parametrize("L", LIBRARIES, ids=lambda L: L.name.partition(" ")[0])
def test_an_absent_class_and_one_observation(L):
    p, y = np.array([[0.5, 0.3, 0.2]]), np.array([[1.0, 0.0, 0.0]])
    found = function(ENTRIES["categorical.negative_log_likelihood"])(p=p, y=y)
    assert found == pytest.approx(float(L.classes(L.array(y), L.array(p))), rel=1e-15, abs=0)
