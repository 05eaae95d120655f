"""Temperature and distillation against SciPy, and what the page says in words."""

import numpy as np
import pytest
from oracles import H, curvature, loss_of_logits, slope
from scipy.special import entr, log_softmax, rel_entr, softmax

from derivations import temperature
from derivations.checking.counterexamples import refute
from derivations.functions import function


def spread(z, weights):
    """The variance of the logits under weights that sum to 1, by NumPy."""
    return np.cov(z, aweights=weights, bias=True)


def divergence_at(T, v):
    """The divergence of softmax from that of v at one temperature, for complex logits too."""
    target = softmax(v / T)
    return lambda z: np.sum(target * np.log(target)) + loss_of_logits(target)(z / T)


def hot_softmax(z, m):
    return lambda b: np.exp(b * z[m - 1]) / np.sum(np.exp(b * z))


TEACHER, STUDENT = np.array([5.0, 2.0, -1.0]), np.array([1.0, 0.0, 2.0])
ORACLES = {
    "temperature.scaled": ("z[K] T+[] k", lambda z, T, k: np.divide(z, T)[k - 1]),
    "temperature.at_temperature": ("z[K] T+[] m", lambda z, T, m: softmax(z / T)[m - 1]),
    "temperature.log_odds": ("z[K] T+[] l m",
        lambda z, T, l, m: np.subtract(*log_softmax(z / T)[[m - 1, l - 1]])),
    "temperature.multiplied": ("z[K] β[] k", lambda z, β, k: np.outer(β, z)[0, k - 1]),
    "temperature.common_factor": ("z[K] T+[] m", lambda z, T, m: softmax(3 * z / (3 * T))[m - 1]),
    "temperature.of_probabilities": ("q![K] T+[] m", lambda q, T, m: softmax(np.log(q) / T)[m - 1]),
    "temperature.loss": ("y[K] z[K] T+[]", lambda y, z, T: H(y, softmax(z / T))),
    "temperature.gradient": ("y[K] z[K] T+[] m", lambda y, z, T, m: slope(lambda z: loss_of_logits(y)(z / T), z, m)),
    "temperature.jacobian": ("z[K] T+[] l m", lambda z, T, l, m: slope(lambda z: hot_softmax(z, m)(1 / T), z, l)),
    "temperature.hessian": ("z[K] T+[] m l", lambda z, T, m, l: curvature(
        lambda z: loss_of_logits(np.eye(3)[0])(z / T), z, (m,), (l,))),
    "temperature.scaled_slope": ("z[K] T+[] k", lambda z, T, k: slope(lambda T: (z / T)[k - 1], T)),
    "temperature.mean_logit": ("q[K] z[K]", lambda q, z: np.average(z, weights=q)),
    "temperature.slope": ("y[K] z[K] T+[]", lambda y, z, T: slope(lambda T: loss_of_logits(y)(z / T), T)),
    "temperature.probability_slope": ("z[K] T+[] m", lambda z, T, m: slope(lambda T: hot_softmax(z, m)(1 / T), T)),
    "temperature.variance": ("q[K] z[K]", lambda q, z: spread(z, q)),
    "temperature.product_form": ("q[K] z[K]", lambda q, z: spread(z, q)),
    "temperature.mean_slope": ("z[K] T+[]", lambda z, T: slope(
        lambda T: np.sum(z * np.exp(z / T)) / np.sum(np.exp(z / T)), T)),
    "temperature.entropy_slope": ("z[K] T+[]", lambda z, T: slope(
        lambda T: sum(-hot_softmax(z, m)(1 / T) * np.log(hot_softmax(z, m)(1 / T)) for m in (1, 2, 3)), T)),
    "temperature.entropy_rises": ("", lambda: 0),
    "temperature.multiplied_slope": ("z[K] k", lambda z, k: slope(lambda b: (b * z)[k - 1], 1.0)),
    "temperature.inverse_probability_slope": ("z[K] β[] m", lambda z, β, m: slope(hot_softmax(z, m), β)),
    "temperature.divergence_gradient": ("v[K] z[K] T+[] m", lambda v, z, T, m: slope(divergence_at(T, v), z, m)),
    "temperature.distillation": ("v[K] z[K] T+[]",
        lambda v, z, T: T**2 * np.sum(rel_entr(softmax(v / T), softmax(z / T)))),
    "temperature.distillation_gradient": ("v[K] z[K] T+[] m", lambda v, z, T, m: slope(
        lambda z: T**2 * divergence_at(T, v)(z), z, m)),
    "temperature.distillation_hessian": ("z[K] T+[] m l", lambda z, T, m, l: curvature(
        lambda z: T**2 * divergence_at(T, TEACHER)(z), z, (m,), (l,))),
    "temperature.hot_slope": ("z[K] m", lambda z, m: slope(hot_softmax(z, m), 0.0)),
}

def test_the_entropy_goes_from_0_to_that_of_equal_classes():
    z, found = np.array([2.0, 1.0, 0.0]), [entr(softmax(np.array([2.0, 1.0, 0.0]) / T)).sum() for T in (0.01, 1, 1e4)]
    assert found[0] == pytest.approx(0, abs=1e-9) and found[2] == pytest.approx(np.log(3), rel=1e-6, abs=0)
    assert all(function(temperature.entropy_slope)(z=z, T=T) > 0 for T in (0.1, 1, 10))
    assert function(temperature.entropy_slope)(z=[1, 1, 1], T=2) == 0


def test_with_the_factor_the_gradient_tends_to_the_difference_of_deviations():
    gradient, without = function(temperature.distillation_gradient), function(temperature.divergence_gradient)
    for m in (1, 2, 3):
        limit = ((STUDENT - STUDENT.mean()) - (TEACHER - TEACHER.mean()))[m - 1] / 3
        errors = [abs(gradient(v=TEACHER, z=STUDENT, T=T, m=m) - limit) for T in (1e2, 1e3, 1e4)]
        assert errors[0] < 0.1 and errors[1] < errors[0] / 5 and errors[2] < 1e-3
        assert without(v=TEACHER, z=STUDENT, T=1e4, m=m) == pytest.approx(limit / 1e8, rel=1e-2, abs=1e-12)


def test_with_the_factor_the_loss_bends_like_softmax_at_that_temperature_and_without_it_ever_less():
    """The sum of the curvatures over all logits is 1 less a sum of squares, 2/3 where three classes are equal."""
    of, with_factor = function(temperature.hessian), function(temperature.distillation_hessian)
    for T in (0.5, 1.0, 10.0, 1e4):
        p = softmax(STUDENT / T)
        wanted = np.diag(p) - np.outer(p, p)
        found = [[with_factor(z=STUDENT, T=T, m=m, l=k) for k in (1, 2, 3)] for m in (1, 2, 3)]
        assert np.array(found) == pytest.approx(wanted, rel=1e-12, abs=0)
        assert of(z=STUDENT, T=T, m=1, l=1) == pytest.approx(wanted[0, 0] / T**2, rel=1e-12, abs=0)
    assert sum(with_factor(z=STUDENT, T=1e4, m=m, l=m) for m in (1, 2, 3)) == pytest.approx(2 / 3, rel=1e-6, abs=0)


def test_the_limit_is_the_difference_of_two_slopes_at_the_inverse_temperature_0():
    at_0, gradient = function(temperature.hot_slope), function(temperature.distillation_gradient)
    for m in (1, 2, 3):
        found = at_0(z=STUDENT, m=m) - at_0(z=TEACHER, m=m)
        assert gradient(v=TEACHER, z=STUDENT, T=1e6, m=m) == pytest.approx(found, rel=1e-4, abs=0)


def test_without_the_factor_a_quarter_of_the_gradient_is_left_at_the_temperature_2():
    found = refute(temperature.missing_factor)
    left, right = (float(side.replace("−", "-")) for side in (found.left, found.right))
    assert 4 * left == pytest.approx(right, rel=1e-3, abs=0)


def test_a_confident_mistake_is_cheaper_when_it_is_hot():
    cold, hot = (function(temperature.loss)(y=[0, 1], z=[2, 0], T=T) for T in (1, 2))
    assert hot < cold == pytest.approx(np.log1p(np.exp(2)))
