"""Calibration by temperature against SciPy: the slope, the curvature, and one best temperature for a data set."""

import numpy as np
import pytest
from oracles import curvature, loss_of_logits, slope
from scipy.optimize import brentq, minimize_scalar
from scipy.special import logsumexp, softmax

from derivations import calibration, temperature
from derivations.checking.counterexamples import refute
from derivations.functions import function

ORACLES = {
    "calibration.inverse_slope": ("y[K] z[K] β[]", lambda y, z, β: slope(lambda b: loss_of_logits(y)(b * z), β)),
    "calibration.inverse_curvature": ("z[K] β[]", lambda z, β: curvature(
        lambda b: loss_of_logits(np.eye(3)[0])(b * z), β, (), ())),
    "calibration.convex": ("", lambda: 0),
}
LOGITS = np.array([[4.0, 1.0, 0.0], [3.0, 2.0, -1.0], [0.0, 2.5, 1.0], [1.0, 0.0, 5.0], [2.0, 6.0, 1.0]])
SEEN = np.eye(3)[[0, 1, 1, 2, 0]]  # twice another class than that of the largest logit


def mean_loss(b):
    return np.mean(logsumexp(b * LOGITS, axis=1) - b * np.sum(SEEN * LOGITS, axis=1))


def mean_slope(b):
    at = function(calibration.inverse_slope)
    return np.mean([at(y=y, z=z, β=b) for y, z in zip(SEEN, LOGITS, strict=True)])


def test_a_data_set_has_one_best_inverse_temperature_and_there_the_two_means_are_equal():
    best = brentq(mean_slope, 0.01, 5)
    found = minimize_scalar(mean_loss, bounds=(0.01, 5), method="bounded", options={"xatol": 1e-9})
    assert best == pytest.approx(found.x, rel=1e-6, abs=0) and 0 < best < 1  # over-confident
    under_model = np.mean(np.sum(softmax(best * LOGITS, axis=1) * LOGITS, axis=1))
    assert under_model == pytest.approx(np.mean(np.sum(SEEN * LOGITS, axis=1)), rel=1e-9, abs=0)
    slopes = [mean_slope(b) for b in np.linspace(-3, 5, 33)]
    assert slopes == sorted(slopes) and mean_slope(1) > 0


def test_the_slope_in_the_temperature_has_the_other_sign():
    in_T, at = function(temperature.slope), function(calibration.inverse_slope)
    for y, z in zip(SEEN, LOGITS, strict=True):
        for T in (0.5, 1.0, 3.0):
            assert -in_T(y=y, z=z, T=T) * T**2 == pytest.approx(at(y=y, z=z, β=1 / T), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("y", [[0, 0, 1], [0.7, 0.2, 0.1], [1 / 3, 1 / 3, 1 / 3]])
def test_no_inverse_temperature_is_better_than_the_one_with_slope_0(y):
    z, value, at = np.array([2.0, 1.0, 0.0]), function(temperature.loss), function(calibration.inverse_slope)
    best = minimize_scalar(lambda b: logsumexp(b * z) - b * np.dot(y, z), bounds=(-50, 50), method="bounded").x
    if y != [0, 0, 1]:  # the true class has the smallest logit: every inverse temperature below is better
        assert at(y=y, z=z, β=best) == pytest.approx(0, abs=1e-4)
    assert at(y=y, z=z, β=best - 1) < at(y=y, z=z, β=best) < at(y=y, z=z, β=best + 1)
    assert value(y=[0.7, 0.2, 0.1], z=z, T=1) <= value(y=[0.7, 0.2, 0.1], z=z, T=3)


def test_a_model_that_is_always_right_has_no_best_temperature_and_equal_logits_do_not_care():
    at = function(calibration.inverse_slope)
    assert all(at(y=[1, 0, 0], z=[2, 1, 0], β=b) < 0 for b in (-1, 0, 1, 10))
    assert all(at(y=[0, 0, 1], z=[2, 1, 0], β=b) > 0 for b in (0, 1, 10))  # always wrong: 0 is better than any above
    assert function(calibration.inverse_curvature)(z=[1, 1, 1], β=2) == 0


def test_in_the_temperature_the_loss_lies_above_a_chord():
    found = refute(calibration.not_convex)
    left, right = float(found.left), float(found.right)
    of = np.log1p(np.exp(-8 / np.array([1.0, 16.0, 31.0])))
    assert (left, right) == pytest.approx((of[1], (of[0] + of[2]) / 2), rel=1e-3, abs=0) and left > right
