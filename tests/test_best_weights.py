"""Strict convexity and separation against NumPy's ranks and eigenvalues, and losses as SciPy computes them."""

import numpy as np
import pytest
from oracles import at
from scipy.optimize import minimize
from scipy.special import expit, log_softmax, softmax

from derivations import best_weights, logistic_regression, softmax_regression
from derivations.functions import function


def loss(w, x, y):
    return np.sum(np.logaddexp(0, x @ w) - y * (x @ w))


def class_loss(W, x, classes):
    return -sum(log_softmax(row @ W)[c - 1] for row, c in zip(x, classes, strict=True))


def leads(W, x, c):
    z = x @ W
    return z[np.arange(len(c)), c - 1][:, None] - z


def bound(t, W, x, c):
    return sum(np.exp(-t * leads(W, x, c))[i, k] for i in range(len(c)) for k in range(W.shape[1]) if k + 1 != c[i])


ORACLES = {
    "best_weights.moved": ("t+[] v[d] w[d] f", lambda t, v, w, f: at(w + t * v, f)),
    "best_weights.moved_logit": ("t+[] v[d] w[d] x[nd] i", lambda t, v, w, x, i: at(x @ (w + t * v), i)),
    "best_weights.flat": ("w[d] x[nd] y[n]", loss),
    "best_weights.flat_only": ("", lambda: 0),
    "best_weights.line_logits": ("V[dK] W[dK] t+ x[nd] i k", lambda V, W, t, x, i, k: at(x @ (W + t * V), i, k)),
    "best_weights.flat_probability": ("W[dK] x[nd] i m", lambda W, x, i, m: at(softmax(x @ W, axis=1), i, m)),
    "best_weights.flat_for_classes": ("W[dK] x[nd] y[nK]", lambda W, x, y: -np.sum(y * log_softmax(x @ W, axis=1))),
    "best_weights.flat_only_for_classes": ("", lambda: 0),
    "best_weights.lead": ("W[dK] c[n] x[nd] i k", lambda W, c, x, i, k: at(leads(W, x, c), i, k)),
    "best_weights.own_lead": ("", lambda: 0),
    "best_weights.surprisal": ("W[dK] c[n] x[nd] i",
                               lambda W, c, x, i: class_loss(W, x[i - 1:i], c[i - 1:i])),
    "best_weights.lead_form": ("W[dK] c[n] x[nd]", lambda W, c, x: class_loss(W, x, c)),
    "best_weights.above_zero": ("W[dK] c[n] x[nd]", lambda W, c, x: sum(
        1 - softmax(row @ W)[place - 1] for row, place in zip(x, c, strict=True))),
    "best_weights.scaled": ("W[dK] t+ f k", lambda W, t, f, k: at(t * W, f, k)),
    "best_weights.scaled_lead": ("W[dK] c[n] t+ x[nd] i k", lambda W, c, t, x, i, k: at(leads(t * W, x, c), i, k)),
    "best_weights.separation_bound": ("W[dK] c[n] t+ x[nd]", lambda W, c, t, x: bound(t, W, x, c)),
}
RNG = np.random.default_rng(21)


def features(rank):
    x = RNG.normal(size=(6, 3))
    x[:, 2] = x[:, 2] if rank == 3 else x[:, 0] - 2 * x[:, 1]
    return x


@pytest.mark.parametrize("rank", [2, 3])
def test_logistic_regression_is_strictly_convex_exactly_if_the_features_have_full_rank(rank):
    x, w = features(rank), RNG.normal(size=3)
    entry = function(logistic_regression.hessian)
    hessian = np.array([[entry(w=w, x=x, f=f, h=h) for h in (1, 2, 3)] for f in (1, 2, 3)])
    p = expit(x @ w)
    assert hessian == pytest.approx(x.T @ np.diag(p * (1 - p)) @ x)
    least = np.linalg.eigvalsh(hessian)[0]
    assert np.linalg.matrix_rank(x) == rank and (least > 1e-3 if rank == 3 else abs(least) < 1e-12)


def test_along_a_direction_that_changes_no_logit_the_loss_stays_the_same():
    x, w, v, y = features(2), RNG.normal(size=3), np.array([1.0, -2.0, -1.0]), RNG.uniform(size=6)
    assert x @ v == pytest.approx(np.zeros(6), abs=1e-14)
    for t in (0.5, 40):
        assert loss(w + t * v, x, y) == pytest.approx(function(best_weights.flat)(w=w, x=x, y=y), rel=1e-12, abs=0)


@pytest.mark.parametrize("rank", [2, 3])
def test_softmax_regression_is_flat_along_shared_shifts_alone_exactly_if_the_features_have_full_rank(rank):
    x, W = features(rank), RNG.normal(size=(3, 4))
    hessian = sum(np.kron(np.outer(row, row), np.diag(p) - np.outer(p, p))
                  for row, p in zip(x, softmax(x @ W, axis=1), strict=True))
    flat = 12 - np.linalg.matrix_rank(hessian)
    assert flat == (3 if rank == 3 else 3 + 3)  # one shift for each feature; and the null direction, for K - 1 classes
    assert np.linalg.matrix_rank(hessian.reshape(3, 4, 3, 4)[:, 1:, :, 1:].reshape(9, 9)) == 3 * rank
    curved = function(softmax_regression.quadratic_form)
    V = RNG.normal(size=(3, 1)) + np.outer([1.0, -2.0, -1.0], RNG.normal(size=4))
    assert (curved(V=V, W=W, t=1, x=x) < 1e-12) == (rank == 2)


def test_separated_classes_send_the_loss_to_0_and_never_reach_it():
    x, c, W = np.array([[1.0, -1], [1, 0], [1, 1]]), np.array([1, 2, 3]), np.array([[0.0, 1, 0], [-2, 0, 2]])
    assert (leads(W, x, c) + np.eye(3) > 0).all()
    losses = [class_loss(t * W, x, c) for t in (1, 2, 5, 20)]
    assert losses == sorted(losses, reverse=True) and 0 < losses[-1] < 1e-8
    for t, found in zip((1, 2, 5, 20), losses, strict=True):
        assert found <= function(best_weights.separation_bound)(W=W, x=x, c=c, t=t) + 1e-14
        assert found + 1e-14 >= function(best_weights.above_zero)(W=t * W, x=x, c=c) > 0


def test_with_overlap_every_start_leads_to_the_same_weights_with_those_of_the_last_class_at_0():
    x, c = RNG.normal(size=(40, 2)), RNG.integers(1, 4, size=40)
    whole = lambda free: np.column_stack([free.reshape(2, 2), np.zeros(2)])  # noqa: E731
    ends = [minimize(lambda free: class_loss(whole(free), x, c), start, tol=1e-12).x
            for start in RNG.normal(0, 3, (4, 4))]
    assert all(end == pytest.approx(ends[0], abs=1e-4) for end in ends)
