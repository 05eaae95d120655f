"""Focal loss and z-loss against numerical derivatives and minimization, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, loss_of_logits, slope
from scipy.optimize import minimize, minimize_scalar, root
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


def mean_of_classes(q, γ):
    return lambda z: np.sum(q * loss(np.exp(z) / np.sum(np.exp(z)), γ))


def truth_behind(p, γ):
    """What has the same product with each slope."""
    slopes = np.array([slope(lambda p: loss(p, γ), one) for one in p])
    return np.linalg.solve(np.vstack([np.diff(np.diag(slopes), axis=0), np.ones_like(p)]), np.eye(len(p))[-1])


def best_report(y, γ):
    return minimize_scalar(mean(y, γ), bounds=(1e-9, 1 - 1e-9), method="bounded", options={"xatol": 1e-12}).x


def penalty(λ):
    return lambda z: λ * np.log(np.sum(np.exp(z))) ** 2


ORACLES = {
    "focal.focal_loss": ("p[] γ[]", lambda p, γ: loss(p, γ)),
    "focal.without_focus": ("p[]", lambda p: -np.log(p)),
    "focal.nonnegative": ("", lambda: 0),
    "focal.upper_bound": ("p[]", lambda p: -np.log(p)),
    "focal.from_weighted": ("p[] ω[]", lambda p, ω: np.power(p, ω)),
    "focal.power_below": ("p[] γ[]", lambda p, γ: np.power(1 - p, γ) / (1 - p)),
    "focal.one_less": ("p[] γ[]", lambda p, γ: np.power(1 - p, γ) / (1 - p)),
    "focal.fall_by_place": ("z[K] γ[] k m", lambda z, γ, k, m: slope(
        lambda z: loss(np.exp(z[k - 1]) / np.sum(np.exp(z)), γ), z, m)),
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
    "focal.truth_by_quotient": ("p[] γ[]", lambda p, γ: truth_behind(np.array([p, 1 - p]), γ)[0]),
    "focal.no_slope": ("", lambda: 0),
    "focal.of_classes": ("q[K] p[K] γ[]", lambda q, p, γ: np.average(loss(p, γ), weights=q)),
    "focal.classes_gradient": ("q[K] z[K] γ[] m", lambda q, z, γ, m: slope(mean_of_classes(q, γ), z, m)),
    "focal.truth_of_classes": ("p[K] γ[] k", lambda p, γ, k: truth_behind(p, γ)[k - 1]),
    "focal.best_report_of_classes": ("", lambda: 0),
    "focal.z_gradient": ("z[K] λ+[] m", lambda z, λ, m: slope(penalty(λ), z, m)),
    "focal.z_hessian": ("z[K] λ+[] m l", lambda z, λ, m, l: curvature(penalty(λ), z, (m,), (l,))),
    "focal.z_gradient_sum": ("z[K] λ+[]", lambda z, λ: sum(
        slope(loss_of_logits(np.array([0.7, 0.2, 0.1])), z, m) + slope(penalty(λ), z, m) for m in (1, 2, 3))),
}


@pytest.mark.parametrize("γ", [0.5, 2.0])
def test_the_truth_behind_a_report_of_three_classes_is_what_makes_it_the_best(γ):
    q, size = np.array([0.6, 0.3, 0.1]), range(1, 4)
    found = minimize(mean_of_classes(q, γ), np.zeros(3), tol=1e-12).x
    report = softmax(found)
    assert max(report) < 0.6  # too near to equal
    behind = [function(focal.truth_of_classes)(p=report / report.sum(), γ=γ, k=k) for k in size]
    assert behind == pytest.approx(q, abs=1e-4)
    assert [function(focal.classes_gradient)(q=q, z=found, γ=γ, m=m) for m in size] == pytest.approx([0] * 3, abs=1e-6)


def test_the_truth_behind_a_report_of_two_classes_is_that_of_the_binary_loss():
    binary = function(focal.truth)(p=0.627, γ=2)
    assert function(focal.truth_of_classes)(p=[0.627, 0.373], γ=2, k=1) == pytest.approx(binary, rel=1e-14, abs=0)


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


@pytest.mark.parametrize("γ", [0, 0.1, 0.5, 1, 2, 5, 10])
def test_the_slope_is_nearer_to_0_at_a_larger_probability_so_the_order_stays(γ):
    """For two outcomes and for more: the larger report belongs to the larger truth."""
    p = np.linspace(0.001, 0.999, 999)
    slopes = np.array([function(focal.fall)(p=each, γ=γ) for each in p])
    assert np.all(slopes < 0) and np.all(np.diff(slopes) > 0)
    for report in np.random.default_rng(1).dirichlet(np.ones(5), size=20):
        truth = [function(focal.truth_of_classes)(p=report / report.sum(), γ=γ, k=k) for k in range(1, 6)]
        assert list(np.argsort(truth)) == list(np.argsort(report))


def test_among_many_classes_the_largest_report_may_be_too_bold():
    report = [0.15, *[0.05] * 17]
    assert function(focal.truth_of_classes)(p=report, γ=1, k=1) < 0.147
    assert truth_behind(np.array(report), 1)[0] < 0.147


def test_a_hard_label_has_no_best_logits_with_a_z_loss():
    """Along the logits that approach the label with log-sum-exp 0, the loss falls for ever."""
    losses = []
    for lack in (1e-1, 1e-3, 1e-6):
        z = np.log([1 - lack, lack / 2, lack / 2])
        losses.append(logsumexp(z) - z[0] + 0.1 * logsumexp(z) ** 2)
    assert losses == sorted(losses, reverse=True) and 0 < losses[-1] < 1e-5


def test_a_weight_multiplies_focal_loss_and_a_probability_read_off_the_weighted_loss_is_another():
    weighted = -4 * np.log(0.5)
    assert weighted * 0.5**2 == pytest.approx(0.693, abs=5e-4)
    assert weighted * (1 - np.exp(-weighted)) ** 2 == pytest.approx(2.437, abs=5e-4)
    found = refute(focal.not_from_weighted)
    assert [float(found.left), float(found.right)] == pytest.approx([weighted / 4, weighted * (15 / 16) ** 2], abs=1e-4)
