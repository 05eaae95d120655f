"""Focal loss and z-loss against numerical derivatives and minimization, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, loss_of_logits, slope
from scipy.optimize import minimize_scalar, root
from scipy.special import expit, logsumexp, softmax

from derivations import focal
from derivations.checking.counterexamples import refute
from derivations.functions import function


def loss(p, γ):
    """Focal loss with the modulating factor as a power of the error."""
    return -np.power(1 - p, γ) * np.log(p)


def of_logits(c, γ):
    return lambda z: loss(np.exp(z[c - 1]) / np.sum(np.exp(z)), γ)


def of_logit(γ):
    return lambda z: np.exp(-γ * np.log(1 + np.exp(z))) * np.log(1 + np.exp(-z))


def mean(y, γ):
    return lambda p: y * loss(p, γ) + (1 - y) * loss(1 - p, γ)


def best_report(y, γ):
    return minimize_scalar(mean(y, γ), bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-12}).x


def penalty(λ):
    return lambda z: λ * np.log(np.sum(np.exp(z))) ** 2


ORACLES = {
    "focal.focal_loss": ("p[] γ[]", lambda p, γ: loss(p, γ)),
    "focal.without_focus": ("p[]", lambda p: -np.log(p)),
    "focal.nonnegative": ("", lambda: 0),
    "focal.upper_bound": ("p[]", lambda p: -np.log(p)),
    "focal.power_below": ("p[] γ[]", lambda p, γ: np.power(1 - p, γ) / (1 - p)),
    "focal.one_less": ("p[] γ[]", lambda p, γ: np.power(1 - p, γ) / (1 - p)),
    "focal.fall": ("p[] γ[]", lambda p, γ: slope(lambda p: loss(p, γ), p)),
    "focal.slope": ("p[] γ[]", lambda p, γ: slope(lambda p: loss(p, γ), p)),
    "focal.gradient": ("z[K] γ[] c m", lambda z, γ, c, m: slope(of_logits(c, γ), z, m)),
    "focal.one_logit": ("z[] γ[]", lambda z, γ: slope(of_logit(γ), z)),
    "focal.other_label": ("z[] γ[]", lambda z, γ: slope(lambda z: of_logit(γ)(-z), z)),
    "focal.curvature": ("z[] γ[]", lambda z, γ: curvature(of_logit(γ), z, (), ())),
    "focal.mean_focal": ("y[] p[] γ[]", lambda y, p, γ: mean(y, γ)(p)),
    "focal.mean_slope": ("y[] p[] γ[]", lambda y, p, γ: slope(mean(y, γ), p)),
    "focal.truth": ("p[] γ[]", lambda p, γ: slope(lambda p: loss(p, γ), 1 - p) / (
        slope(lambda p: loss(p, γ), p) + slope(lambda p: loss(p, γ), 1 - p))),
    "focal.no_slope": ("", lambda: 0),
    "focal.z_gradient": ("z[K] λ+[] m", lambda z, λ, m: slope(penalty(λ), z, m)),
    "focal.z_hessian": ("z[K] λ+[] m l", lambda z, λ, m, l: curvature(penalty(λ), z, (m,), (l,))),
    "focal.z_gradient_sum": ("z[K] λ+[]", lambda z, λ: sum(
        slope(loss_of_logits(np.array([0.7, 0.2, 0.1])), z, m) + slope(penalty(λ), z, m) for m in (1, 2, 3))),
}


@pytest.mark.parametrize("γ", [0, 0.5, 1, 2, 5])
def test_focal_loss_lies_between_0_and_cross_entropy(γ):
    p = np.linspace(0.001, 0.999, 200)
    values = np.array([function(focal.focal_loss)(p=each, γ=γ) for each in p])
    assert np.all(values >= 0) and np.all(values <= -np.log(p) * (1 + 1e-12))


@pytest.mark.parametrize("γ", [0, 0.5, 2, 5])
@pytest.mark.parametrize("y", [0.55, 0.8, 0.95])
def test_the_truth_is_told_from_the_best_report(y, γ):
    """The report that a search finds to be the best leads back to the true probability."""
    assert function(focal.truth)(p=best_report(y, γ), γ=γ) == pytest.approx(y, abs=1e-6)


def test_the_best_report_for_four_fifths_is_0_627():
    assert best_report(0.8, 2) == pytest.approx(0.627, abs=5e-4)
    assert best_report(0.8, 0) == pytest.approx(0.8, abs=1e-6)


def test_the_best_report_is_nearer_to_one_half_than_the_truth():
    for γ in (0.5, 1, 2, 5):
        reports = np.linspace(0.51, 0.99, 25)
        truths = [function(focal.truth)(p=p, γ=γ) for p in reports]
        assert all(truth > p for truth, p in zip(truths, reports)) and truths == sorted(truths)


def test_the_counterexample_compares_the_truth_with_a_better_report():
    found = refute(focal.improper)
    assert float(found.left) == pytest.approx(mean(0.8, 2)(0.8), rel=1e-4, abs=0)
    assert float(found.left) > float(found.right)
    assert float(found.right) == pytest.approx(mean(0.8, 2)(0.627), rel=1e-4, abs=0)


def test_focal_loss_bends_down_only_with_a_focus():
    assert function(focal.curvature)(z=-5, γ=2) < 0
    assert all(function(focal.curvature)(z=z, γ=0) == pytest.approx(expit(z) * expit(-z)) for z in (-5.0, 0.0, 3.0))


def test_without_a_focus_the_gradient_is_that_of_cross_entropy():
    z = np.array([2.0, 1.0, 0.0])
    for m in (1, 2, 3):
        expected = softmax(z)[m - 1] - (m == 2)
        assert function(focal.gradient)(z=z, γ=0, c=2, m=m) == pytest.approx(expected, rel=1e-12, abs=0)


def test_a_small_step_against_the_gradient_lowers_the_loss():
    z, step = np.array([2.0, 1.0, 0.0]), 1e-3
    gradient = np.array([function(focal.gradient)(z=z, γ=2, c=3, m=m) for m in (1, 2, 3)])
    assert of_logits(3, 2)(z - step * gradient) < of_logits(3, 2)(z)


def test_with_a_z_loss_the_best_logits_have_the_normalizer_1():
    """At the minimum of a soft label's loss with the penalty, log-sum-exp is 0 and softmax is the label."""
    y, z = np.array([0.7, 0.2, 0.1]), np.array([3.0, 1.0, 2.0])

    def slope(z):
        return softmax(z) - y + [function(focal.z_gradient)(z=z, λ=0.5, m=m) for m in (1, 2, 3)]

    z = root(slope, z, tol=1e-12).x
    assert logsumexp(z) == pytest.approx(0, abs=1e-6) and softmax(z) == pytest.approx(y, abs=1e-5)
