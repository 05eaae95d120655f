"""Squared error through softmax against complex steps and SciPy, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.optimize import approx_fprime
from scipy.special import softmax

from derivations import squared_error
from derivations.checking.counterexamples import refute
from derivations.functions import function
from derivations.losses import brier_score


def plain(y):
    return lambda z: np.sum((np.exp(z) / np.sum(np.exp(z)) - y) ** 2)


def weighted_error(y, index):
    return lambda z: (np.exp(z) / np.sum(np.exp(z)) * (np.exp(z) / np.sum(np.exp(z)) - y))[index - 1]


ORACLES = {
    "squared_error.mean_error": ("y[K] z[K]", lambda y, z: np.average(softmax(z) - y, weights=softmax(z))),
    "squared_error.excess": ("y[K] z[K] k", lambda y, z, k: (
        softmax(z) + (softmax(z) - y) - np.average(softmax(z) - y, weights=softmax(z)))[k - 1]),
    "squared_error.term_slope": ("y[K] z[K] l m", lambda y, z, l, m: slope(weighted_error(y, m), z, l)),
    "squared_error.mean_error_slope": ("y[K] z[K] l", lambda y, z, l: sum(slope(weighted_error(y, k), z, l)
                                                                        for k in (1, 2, 3))),
    "squared_error.mean_excess": ("z[K]", lambda z: np.sum(softmax(z) ** 2)),
    "squared_error.rows": ("", lambda: 0.0),
    "squared_error.hessian": ("y[K] z[K] l m", lambda y, z, l, m: curvature(plain(y), z, [m], [l])),
    "squared_error.lower_bound": ("", lambda: 0),
    "squared_error.upper_bound": ("", lambda: np.sum(np.abs(np.diff(np.eye(2), axis=0)))),
}
RNG = np.random.default_rng(4)


def hessian(y, z):
    return np.array([[function(squared_error.hessian)(y=y, z=z, m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)])


def test_the_hessian_is_symmetric_and_its_rows_sum_to_0():
    for y, z in zip(RNG.dirichlet([1, 1, 1], 20), RNG.normal(0, 3, (20, 3))):
        found = hessian(y, z)
        assert found == pytest.approx(found.T, abs=1e-15) and found.sum(axis=1) == pytest.approx([0] * 3, abs=1e-14)


def test_it_bends_down_where_the_model_is_confident_and_wrong_and_up_where_it_is_right():
    z = np.array([4.0, 0, 0])
    assert np.linalg.eigvalsh(hessian(np.array([0, 0, 1.0]), z)).min() < -0.01
    assert np.linalg.eigvalsh(hessian(np.array([1.0, 0, 0]), z)).min() > -1e-12
    shown = float(refute(squared_error.not_convex).left.replace("−", "-"))  # to five digits
    assert shown == pytest.approx(hessian([0, 0, 1], z)[2, 2], rel=1e-4, abs=0) and shown < 0


def test_the_score_lies_between_0_and_2_and_softmax_comes_near_both():
    scores = [plain(y)(z) for y, z in zip(RNG.dirichlet([0.1] * 3, 300), RNG.normal(0, 30, (300, 3)))]
    assert 0 <= min(scores) < 0.05 and 1.9 < max(scores) <= 2
    assert [float(refute(one).left) for one in (squared_error.zero_is_reached, squared_error.two_is_reached)] == [0, 2]


@pytest.mark.parametrize("lead", [10, 20, 40, 90])
def test_the_function_keeps_the_digits_of_the_hessian_where_the_true_class_is_certain(lead):
    y, z = np.array([0, 1.0, 0]), np.array([0.5, lead, -0.25])
    assert brier_score.hessian(labels=y, logits=z) == pytest.approx(hessian(y, z), rel=1e-12, abs=0)


def test_the_function_of_the_brier_score_has_this_hessian():
    y, z = RNG.dirichlet([1, 1, 1]), RNG.normal(0, 2, 3)
    numerically = approx_fprime(z, lambda z: brier_score.gradient(labels=y, logits=z), 1e-7)
    assert brier_score.hessian(labels=y, logits=z) == pytest.approx(numerically, abs=1e-6)
