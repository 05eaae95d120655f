"""Signed labels, preferences and InfoNCE against SciPy and complex steps, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.optimize import brentq, minimize, minimize_scalar
from scipy.special import expit, log_expit, log_softmax, logsumexp, rel_entr, softmax, xlog1py, xlogy
from scipy.stats import entropy as scipy_entropy

from derivations import preferences
from derivations.checking.counterexamples import refute
from derivations.functions import function


def of_sign(y):
    s = 1 if y else -1
    return lambda z: np.log(1 + np.exp(-s * z))


def two(y, p):
    return -xlogy(y, p) - xlog1py(1 - y, -p)


def move(p, q, β, m, l):
    raised = β * np.log(np.asarray(p) / q)
    return raised[m - 1] - raised[l - 1]


def pair(z, m, l):
    return np.log(np.exp(z[m - 1]) + np.exp(z[l - 1])) - z[m - 1]


def from_logits(q, β, m, l):
    def loss(z):
        p = np.exp(z) / np.sum(np.exp(z))
        return np.log(1 + np.exp(-move(p, q, β, m, l)))
    return loss


def flipped(ε):
    return lambda z: (1 - ε) * np.log(1 + np.exp(-z)) + ε * np.log(1 + np.exp(z))


def match(T, c):
    return lambda z: -np.log(np.exp(z[c - 1] / T) / np.sum(np.exp(z / T)))


ORACLES = {
    "preferences.signed": ("y[]", lambda y: np.interp(y, [0, 1], [-1, 1])),
    "preferences.signed_square": ("", lambda: 1),
    "preferences.signed_loss": ("y![] z[]", lambda y, z: two(y, expit(z))),
    "preferences.signed_gradient": ("y![] z[]", lambda y, z: slope(of_sign(y), z)),
    "preferences.signed_size": ("y![] z[]", lambda y, z: slope(of_sign(y), z)**2),
    "preferences.signed_curvature": ("y![] z[]", lambda y, z: curvature(of_sign(y), z, (), ())),
    "preferences.beats": ("z[K] l m", lambda z, l, m: softmax(z[[m - 1, l - 1]])[0]),
    "preferences.choice_slope": ("z[]", lambda z: slope(of_sign(1), z)),
    "preferences.choice_loss": ("z[]", lambda z: -log_expit(z)),
    "preferences.choice_curvature": ("z[]", lambda z: curvature(of_sign(1), z, (), ())),
    "preferences.pair_loss": ("z[K] l m", lambda z, l, m: pair(z, m, l)),
    "preferences.pair_gradient": ("z[K] l m c", lambda z, l, m, c: slope(lambda z: pair(z, m, l), z, c)),
    "preferences.margin": ("p[K] q![K] β[] l m", lambda p, q, β, l, m: move(p, q, β, m, l)),
    "preferences.loss": ("p[K] q![K] β[] l m", lambda p, q, β, l, m: -log_expit(move(p, q, β, m, l))),
    "preferences.tilted": ("z[K] q![K] T+[] k", lambda z, q, T, k: np.log(q * np.exp(z / T))[k - 1]),
    "preferences.best_margin": ("z[K] l m", lambda z, l, m: move(softmax(z), np.ones(3), 1, m, l)),
    "preferences.divergence": ("p[K] q![K]", lambda p, q: scipy_entropy(p, q)),
    "preferences.regularized_reward": (
        "p[K] q![K] z[K] T+[]", lambda p, q, z, T: T * scipy_entropy(p, q * np.exp(z / T))),
    "preferences.in_logits": ("z[K] q![K] β[] l m", lambda z, q, β, l, m: move(softmax(z), q, β, m, l)),
    "preferences.gradient": ("z[K] q![K] β[] l m c", lambda z, q, β, l, m, c: slope(from_logits(q, β, m, l), z, c)),
    "preferences.log_margin": ("z[K] v[K] β[]", lambda z, v, β: move(softmax(z), softmax(v), β, 1, 2)),
    "preferences.margin_from_logs": ("p[K] q![K] β[]", lambda p, q, β: move(p, q, β, 1, 2)),
    "preferences.pair_of_logs": ("z[K] v[K] β[] m", lambda z, v, β, m: slope(from_logits(softmax(v), β, 1, 2), z, m)),
    "preferences.conservative": ("ε[] z[]", lambda ε, z: flipped(ε)(z)),
    "preferences.conservative_form": ("ε[] z[]", lambda ε, z: flipped(ε)(z)),
    "preferences.conservative_gradient": ("ε[] z[]", lambda ε, z: slope(flipped(ε), z)),
    "preferences.best_conservative": ("ε[]", lambda ε: expit(brentq(lambda z: slope(flipped(ε), z), -9, 9))),
    "preferences.contrastive_loss": ("z[K] T+[] c", lambda z, T, c: -log_softmax(z / T)[c - 1]),
    "preferences.contrastive_gradient": ("z[K] T+[] c m", lambda z, T, c, m: slope(match(T, c), z, m)),
}
Q, Z = np.array([0.5, 0.2, 0.3]), np.array([1.0, -0.5, 2.0])


def test_the_size_of_a_signed_gradient_is_the_probability_of_the_label_not_seen_and_gives_the_curvature():
    for y in (0, 1):
        for z in (-3.0, 0.2, 4.0):
            size = abs(function(preferences.signed_gradient)(y=y, z=z))
            assert size == pytest.approx(expit(-z if y else z))
            assert size**2 == pytest.approx(function(preferences.signed_size)(y=y, z=z))
            assert size * (1 - size) == pytest.approx(function(preferences.signed_curvature)(y=y, z=z))


def test_a_label_between_minus_1_and_1_gives_another_loss():
    assert np.log(1 + np.exp(0)) != pytest.approx(two(0.5, expit(2)))


def test_no_policy_earns_more_reward_less_divergence_than_the_tilted_reference():
    def minus_worth(logits):
        p = softmax(logits)
        return 0.7 * np.sum(rel_entr(p, Q)) - p @ Z
    found = softmax(minimize(minus_worth, np.zeros(3), tol=1e-12).x)
    tilted = [function(preferences.tilted)(z=Z, q=Q, T=0.7, k=k) for k in (1, 2, 3)]
    assert softmax(tilted) == pytest.approx(found, abs=1e-5)
    assert minus_worth(tilted) == pytest.approx(-0.7 * logsumexp(tilted))
    assert function(preferences.margin)(p=softmax(tilted), q=Q, β=0.7, m=1, l=2) == pytest.approx(1.5)


def test_a_step_down_the_gradient_raises_the_margin_and_leaves_other_logits():
    steps = [function(preferences.gradient)(z=Z, q=Q, β=0.5, m=1, l=2, c=c) for c in (1, 2, 3)]
    assert steps[0] < 0 < steps[1] and steps[0] == -steps[1] and steps[2] == 0


def test_the_preferred_answer_may_lose_probability_at_the_same_margin():
    found = refute(preferences.only_the_margin)
    assert float(found.left) == pytest.approx(1 / 3, abs=1e-5)
    assert float(found.right) == pytest.approx(softmax([0, 0, 1])[0], abs=1e-5)


@pytest.mark.parametrize("ε", [0.01, 0.1, 0.3])
def test_the_conservative_loss_is_flat_at_the_logit_of_the_right_labels(ε):
    best = np.log((1 - ε) / ε)
    assert function(preferences.conservative_gradient)(ε=ε, z=best) == pytest.approx(0, abs=1e-15)
    assert minimize_scalar(flipped(ε)).x == pytest.approx(best, abs=1e-6)


def test_a_batch_of_matches_is_cross_entropy_with_the_diagonal_as_labels():
    scores = np.random.default_rng(3).normal(0, 1, (4, 4))
    rows = [function(preferences.contrastive_loss)(z=scores[i], T=0.5, c=i + 1) for i in range(4)]
    assert np.mean(rows) == pytest.approx(-np.mean(np.diag(log_softmax(scores / 0.5, axis=1))))
