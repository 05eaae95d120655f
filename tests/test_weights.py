"""Class weights and the weight of the label 1 against SciPy, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, loss_of_logits, slope
from scipy.optimize import minimize, minimize_scalar
from scipy.special import expit, log_softmax, logit, logsumexp, softmax, xlogy
from scipy.stats import entropy as scipy_entropy

from derivations import weights
from derivations.checking.counterexamples import refute
from derivations.functions import function


def weighted_sum(a, q, p):
    return -np.sum(xlogy(a * q, p))


def weighted_two(ω, y, p):
    return -xlogy(ω * y, p) - xlogy(1 - y, 1 - p)


def two_of_logit(ω, y):
    return lambda z: ω * y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z))


def with_weights(a, z):
    return np.exp(z + np.log(a) - logsumexp(z, b=a))


ORACLES = {
    "weights.loss": ("a[K] p[K] y[K]", lambda a, p, y: weighted_sum(a, y, p)),
    "weights.loss_in_logits": ("a[K] y[K] z[K]", lambda a, y, z: -np.dot(a * y, log_softmax(z))),
    "weights.gradient": ("a[K] y[K] z[K] m", lambda a, y, z, m: slope(loss_of_logits(a * y), z, m)),
    "weights.hessian": ("a[K] y[K] z[K] m l",
                        lambda a, y, z, m, l: curvature(loss_of_logits(a * y), z, (m,), (l,))),
    "weights.hard_gradient": ("a[K] z[K] c m",
                              lambda a, z, c, m: slope(loss_of_logits(a * np.eye(3)[c - 1]), z, m)),
    "weights.reweighted": ("a[K] q![K] k", lambda a, q, k: softmax(np.log(a) + np.log(q))[k - 1]),
    "weights.weight_from_share": ("a[K] q[K] k", lambda a, q, k: np.diag(np.outer(a, q))[k - 1]),
    "weights.as_cross_entropy": ("a[K] p[K] q[K]", lambda a, p, q: weighted_sum(a, q, p)),
    "weights.excess": ("a[K] p[K] q[K]", lambda a, p, q: weighted_sum(a, q, p)),
    "weights.best": ("a[K] q[K]", lambda a, q: np.dot(a, q) * scipy_entropy(a * q)),
    "weights.expected_loss": ("a[K] p[K] q[K]",
                              lambda a, p, q: sum(q[c] * weighted_sum(a, np.eye(3)[c], p) for c in range(3))),
    "weights.weighted_softmax": ("a[K] z[K] k", lambda a, z, k: with_weights(a, z)[k - 1]),
    "weights.adjusted": ("a[K] z[K] k", lambda a, z, k: np.log(a * np.exp(z))[k - 1]),
    "weights.reweighted_softmax": ("a[K] z[K] m", lambda a, z, m: with_weights(a, z)[m - 1]),
    "weights.logit_adjustment": ("a[K] z[K] m", lambda a, z, m: with_weights(a, z)[m - 1]),
    "weights.undone": ("q[K] m", lambda q, m: np.array(q)[m - 1]),
    "weights.binary_loss": ("y[] ω[] p[]", lambda y, ω, p: weighted_two(ω, y, p)),
    "weights.binary_in_logit": ("y[] z[] ω[]", lambda y, z, ω: weighted_two(ω, y, expit(z))),
    "weights.binary_by_label": ("y[] z[] ω[]", lambda y, z, ω: slope(two_of_logit(ω, y), z)),
    "weights.binary_gradient": ("y[] z[] ω[]", lambda y, z, ω: slope(two_of_logit(ω, y), z)),
    "weights.binary_hessian": ("y[] z[] ω[]", lambda y, z, ω: curvature(two_of_logit(ω, y), z, (), ())),
    "weights.binary_report": ("y[] ω[]", lambda y, ω: expit(logit(y) + np.log(ω))),
    "weights.binary_share": ("y[] ω[]", lambda y, ω: y / (1 / ω)),
    "weights.binary_complement": ("y[] ω[]", lambda y, ω: expit(-logit(y) - np.log(ω))),
    "weights.binary_rest": ("y[]", lambda y: np.diff([y, 1])[0]),
    "weights.binary_as_cross_entropy": ("y[] ω[] p[]", lambda y, ω, p: weighted_two(ω, y, p)),
    "weights.binary_best": ("y[] ω[]", lambda y, ω: (ω * y + 1 - y) * scipy_entropy([ω * y, 1 - y])),
    "weights.binary_attained": ("y[] ω[]", lambda y, ω: (ω * y + 1 - y) * scipy_entropy([ω * y, 1 - y])),
    "weights.binary_shift": ("y+[] ω[]", lambda y, ω: logit(y) + np.log(ω)),
    "weights.binary_undone": ("y[]", lambda y: y),
}
A, Q = np.array([1.0, 2.0, 5.0]), np.array([0.6, 0.3, 0.1])


def test_a_search_for_the_best_report_finds_the_reweighted_distribution():
    found = softmax(minimize(lambda z: weighted_sum(A, Q, softmax(z)), np.zeros(3)).x)
    assert [function(weights.reweighted)(a=A, q=Q, k=k) for k in (1, 2, 3)] == pytest.approx(found, abs=1e-5)
    floor, rng = function(weights.best)(a=A, q=Q), np.random.default_rng(7)
    assert weighted_sum(A, Q, found) == pytest.approx(floor)
    assert all(weighted_sum(A, Q, p) > floor for p in rng.dirichlet(np.ones(3), 200))


@pytest.mark.parametrize(("ω", "y"), [(3, 0.1), (9, 0.1), (0.5, 0.8)])
def test_a_search_for_the_best_binary_report_finds_the_formula(ω, y):
    best = minimize_scalar(lambda p: weighted_two(ω, y, p), bounds=(1e-9, 1 - 1e-9), method="bounded").x
    assert function(weights.binary_report)(ω=ω, y=y) == pytest.approx(best, abs=1e-5)
    assert function(weights.binary_best)(ω=ω, y=y) == pytest.approx(weighted_two(ω, y, best))


def test_weights_1_and_3_report_a_tenth_as_a_quarter():
    assert refute(weights.not_calibrated).left == "0.25"
    assert [function(weights.reweighted)(a=[1, 3], q=[0.9, 0.1], k=k) for k in (1, 2)] == [0.75, 0.25]
    assert function(weights.binary_report)(ω=3, y=0.1) == 0.25


def test_weights_that_are_all_equal_change_nothing_but_the_size():
    for k in (1, 2, 3):
        assert function(weights.reweighted)(a=[4, 4, 4], q=Q, k=k) == pytest.approx(Q[k - 1])


def test_a_weighted_classifier_is_corrected_by_the_logarithms_of_the_weights():
    report = [function(weights.reweighted)(a=A, q=Q, k=k) for k in (1, 2, 3)]
    corrected = softmax(np.log(report) - np.log(A))
    assert corrected == pytest.approx(Q)
    back = [function(weights.logit_adjustment)(z=np.log(report), a=1 / A, m=m) for m in (1, 2, 3)]
    assert back == pytest.approx(Q)
