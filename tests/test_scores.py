"""Scores against plain NumPy, scikit-learn's definition of the Brier score, and what the page says in words."""

import numpy as np
import pytest
from oracles import slope
from scipy.optimize import minimize_scalar
from scipy.spatial.distance import sqeuclidean
from scipy.special import boxcox, entr

from derivations import scores
from derivations.checking.counterexamples import refute
from derivations.functions import function

CLASSES = np.eye(3)


def through_softmax(y):
    return lambda z: np.sum((np.exp(z) / np.sum(np.exp(z)) - y) ** 2)



def box_cox(p, ε):
    """Minus the power transform of statistics."""
    return -boxcox(p, ε)


def of_power(p, ε):
    return (1 - np.exp(ε * np.log(p))) / ε


def logits_slope(c, ε):
    return lambda z: of_power(np.exp(z[c - 1]) / np.sum(np.exp(z)), ε)


ORACLES = {
    "scores.generalized": ("p[] ε[]", box_cox),
    "scores.as_exponential": ("p[] ε[]", lambda p, ε: np.power(p, ε)),
    "scores.generalized_slope": ("p[] ε[]", lambda p, ε: slope(lambda p: of_power(p, ε), p)),
    "scores.generalized_gradient": ("z[K] ε[] c m", lambda z, ε, c, m: slope(logits_slope(c, ε), z, m)),
    "scores.power": ("p[]", lambda p: -np.log(p)),
    "scores.inverse_power": ("p[]", lambda p: -np.log(p)),
    "scores.generalized_below": ("p[] ε[]", box_cox),
    "scores.generalized_above": ("p[] ε[]", box_cox),
    "scores.generalized_at_one": ("p[]", lambda p: -boxcox(p, 1)),
    "scores.brier": ("p[K] y[K]", lambda p, y: sqeuclidean(p, y)),
    "scores.of_hard_label": ("p[K] c", lambda p, c: sqeuclidean(p, CLASSES[c - 1])),
    "scores.squares": ("p[K] q[K]", lambda p, q: sqeuclidean(p, q) - q @ q),
    "scores.brier_mean": ("p[K] q[K]", lambda p, q: sum(q[c] * sqeuclidean(p, CLASSES[c]) for c in range(3))),
    "scores.brier_least": ("q[K]", lambda q: sum(q[c] * sqeuclidean(q, CLASSES[c]) for c in range(3))),
    "scores.brier_only_at_truth": ("", lambda: 0),
    "scores.brier_gradient": ("y[K] z[K] m", lambda y, z, m: slope(through_softmax(y), z, m)),
    "scores.two_outcomes": ("y[] p[]", lambda y, p: sqeuclidean([p, 1 - p], [y, 1 - y])),
    "scores.log_proper": ("q[K]", lambda q: np.sum(entr(q))),
    "scores.mean_absolute": ("y[] p[]", lambda y, p: np.average(np.abs([1 - p, 0 - p]), weights=[y, 1 - y])),
    "scores.absolute_slope": ("y[]", lambda y: y * -1 + (1 - y) * 1),
    "scores.fourth_root": ("p[]", lambda p: -np.log(p)),
    "scores.above_square": ("p[]", lambda p: sqeuclidean([p, 1 - p], [1, 0])),
    "scores.brier_bound": ("p[K] c", lambda p, c: 2 * np.sum(np.delete(p, c - 1)) ** 2),
    "scores.brier_below": ("p[K] c", lambda p, c: sqeuclidean(p, CLASSES[c - 1])),
    "scores.pair_in_sum": ("p[K] c m", lambda p, c, m: np.sum(p[list({c - 1, m - 1})])),
    "scores.pair": ("", lambda: 1),
    "scores.one_bit": ("p[K] c m", lambda p, c, m: np.log(2) + p[m - 1] * (m != c) - p[c - 1]),
}


def drawn(seed, count=300):
    return np.random.default_rng(seed).dirichlet([0.4, 0.6, 1], count)


def test_the_mean_brier_score_is_least_at_the_truth():
    truth = np.array([0.7, 0.2, 0.1])
    least = function(scores.brier_least)(q=truth)
    assert function(scores.brier_mean)(p=truth, q=truth) == pytest.approx(least)
    assert all(function(scores.brier_mean)(p=p, q=truth) > least for p in drawn(1))


def test_the_mean_absolute_error_is_least_at_a_corner():
    for truth, corner in ((0.8, 1), (0.3, 0)):
        reports = np.linspace(0, 1, 101)
        errors = truth * (1 - reports) + (1 - truth) * reports
        assert reports[np.argmin(errors)] == corner
        assert np.sign(function(scores.absolute_slope)(y=truth)) == (-1 if corner else 1)


def test_cross_entropy_of_a_hard_label_is_never_below_its_brier_score():
    for p in np.vstack([drawn(2), [[1 - 2e-9, 1e-9, 1e-9]]]):
        for c in (1, 2, 3):
            assert function(scores.brier)(p=p, y=CLASSES[c - 1]) <= -np.log(p[c - 1]) + 1e-15


def test_for_soft_labels_the_brier_score_may_be_smaller_or_larger_than_the_divergence_only_by_pinsker():
    """Twice the divergence is at least the square of the absolute differences, which is at least the Brier score."""
    for p, q in zip(drawn(3), drawn(4)):
        divergence = np.sum(q * np.log(q / p))
        assert 2 * divergence >= np.sum(np.abs(p - q)) ** 2 * (1 - 1e-12)
        assert np.sum(np.abs(p - q)) ** 2 / 2 >= sqeuclidean(p, q) * (1 - 1e-12)


def test_an_error_costs_at_least_one_bit():
    """The share of wrong answers is at most the mean loss in bits."""
    p, rng = drawn(5, 2000), np.random.default_rng(6)
    c = np.array([rng.choice(3, p=row) for row in drawn(7, 2000)])
    wrong = p.argmax(axis=1) != c
    bits = -np.log2(p[np.arange(len(c)), c])
    assert 0.3 < wrong.mean() <= bits.mean() and np.all(bits[wrong] >= 1)


def test_the_counterexamples_say_what_the_page_says():
    local = refute(scores.not_local)
    assert (float(local.left), float(local.right)) == (0.5, 0.375)
    absolute = refute(scores.absolute_improper)
    assert (float(absolute.left), float(absolute.right)) == pytest.approx((0.32, 0.2))


def test_generalized_cross_entropy_lies_between_its_bounds_and_becomes_cross_entropy():
    p = np.linspace(0.01, 1, 100)
    for ε in (0.5, 0.01, 1e-6):
        loss = np.array([function(scores.generalized)(p=each, ε=ε) for each in p])
        assert np.all(loss <= -np.log(p) + 1e-15) and np.all(loss >= -(p**ε) * np.log(p) - 1e-15)
    assert loss == pytest.approx(-np.log(p), rel=1e-5, abs=1e-12)


def test_the_best_report_of_generalized_cross_entropy_is_too_sure():
    def mean(p):
        return 0.8 * of_power(p, 0.5) + 0.2 * of_power(1 - p, 0.5)

    best = minimize_scalar(mean, bounds=(0.01, 0.99), method="bounded").x
    assert best == pytest.approx(0.64 / 0.68, abs=1e-4) and best > 0.9
    found = refute(scores.generalized_improper)
    assert float(found.left) == pytest.approx(mean(0.8), rel=1e-4, abs=0) and float(found.left) > float(found.right)


def test_a_label_that_the_model_holds_to_be_impossible_hardly_pulls():
    slopes = [function(scores.generalized_gradient)(z=[z, 0, 0], c=2, m=2, ε=0.7) for z in (0, 4, 8)]
    assert abs(slopes[2]) < 0.01 < abs(slopes[1]) < abs(slopes[0])
