"""Ridge and pseudo-counts against SciPy and scikit-learn, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.optimize import minimize
from scipy.special import expit, logsumexp, softmax
from scipy.stats import dirichlet
from sklearn.linear_model import LogisticRegression

from derivations import ridge
from derivations.functions import function


def one_class_loss(x, y, λ):
    return lambda w: np.sum(np.log(1 + np.exp(x @ w)) - y * (x @ w)) + λ / 2 * np.sum(w**2)


def classes_loss(x, y, λ):
    return lambda W: np.sum(np.log(np.sum(np.exp(x @ W), axis=1)) - np.sum(y * (x @ W), axis=1)) + λ / 2 * np.sum(W**2)


def log_posterior(p, y, a):
    return np.sum((y.sum(axis=0) + a) * np.log(p))


def shares(y, a):
    return (y.sum(axis=0) + a) / (y.sum() + a.sum())


ORACLES = {
    "ridge.ridge_hessian": ("w[d] x[nd] λ+[] f h", lambda w, x, λ, f, h: curvature(
        one_class_loss(x, 0.3, λ), w, [f], [h])),
    "ridge.ridge_quadratic_form": ("v[d] w[d] x[nd] λ+[]", lambda v, w, x, λ: curvature(
        lambda t: one_class_loss(x, 0.3, λ)(w + t * v), 0.0, (), ())),
    "ridge.ridge_strictly_convex": ("v[d] λ+[]", lambda v, λ: λ * np.dot(v, v)),
    "ridge.above_penalty": ("w[d] λ+[]", lambda w, λ: λ * np.linalg.norm(w) ** 2 / 2),
    "ridge.penalized": ("W[dK] x[nd] y[nK] λ+[]", lambda W, x, y, λ: np.sum(
        logsumexp(x @ W, axis=1) - np.sum(y * (x @ W), axis=1)) + λ * np.linalg.norm(W) ** 2 / 2),
    "ridge.classes_gradient": ("W[dK] x[nd] y[nK] λ+[] h m",
                               lambda W, x, y, λ, h, m: slope(classes_loss(x, y, λ), W, h, m)),
    "ridge.gradient_in_parts": ("W[dK] x[nd] y[nK] λ+[] h m",
                                lambda W, x, y, λ, h, m: slope(classes_loss(x, y, λ), W, h, m)),
    "ridge.classes_sum": ("W[dK] λ+[] h", lambda W, λ, h: sum(
        slope(classes_loss(np.ones((4, 2)), np.eye(3)[[0, 1, 1, 2]], λ), W, h, m) for m in (1, 2, 3))),
    "ridge.squares_slope": ("V[dK] W[dK] t+[]", lambda V, W, t: slope(lambda t: np.sum((W + t * V) ** 2), t)),
    "ridge.penalized_curvature": ("V[dK] W[dK] t+[] x[nd] λ+[]", lambda V, W, t, x, λ: curvature(
        lambda t: classes_loss(x, np.eye(3)[[0, 1, 1, 2]], λ)(W + t * V), t, (), ())),
    "ridge.classes_strictly_convex": ("V[dK] λ+[]", lambda V, λ: λ * np.linalg.norm(V) ** 2),
    "ridge.posterior": ("a[K] y[nK] p[K]", lambda a, y, p: log_posterior(p, y, a)),
    "ridge.lagrangian": ("a[K] y[nK] P[K] λ[]", lambda a, y, p, λ: log_posterior(p, y, a) - λ * (p.sum() - 1)),
    "ridge.posterior_score": ("a[K] y[nK] p[K] λ[] m", lambda a, y, p, λ, m: slope(
        lambda p: log_posterior(p, y, a) - λ * (np.sum(p) - 1), p, m)),
    "ridge.smoothed": ("a[K] y[nK] m", lambda a, y, m: shares(y, a)[m - 1]),
    "ridge.smoothed_frequency": ("a[K] y[nK] m", lambda a, y, m: shares(y, a)[m - 1]),
    "ridge.smoothed_sum": ("", lambda: 1),
    "ridge.weighted_form": ("a[K] y[nK] p[K]", lambda a, y, p: log_posterior(p, y, a)),
    "ridge.maximum": ("a[K] y[nK]", lambda a, y: log_posterior(shares(y, a), y, a)),
}


@pytest.fixture
def data():
    rng = np.random.default_rng(5)
    x = rng.normal(0, 1, (30, 2))
    return x, rng.integers(0, 3, 30)


def test_the_fitted_weights_of_a_feature_sum_to_0_over_the_classes(data):
    x, classes = data
    fitted = LogisticRegression(C=1 / 0.7, fit_intercept=False, tol=1e-10, max_iter=5000).fit(x, classes).coef_.T
    y = np.eye(3)[classes]
    gradient = [function(ridge.classes_gradient)(W=fitted, x=x, y=y, λ=0.7, h=h, m=m)
                for h in (1, 2) for m in (1, 2, 3)]
    assert gradient == pytest.approx(np.zeros(6), abs=1e-4)
    assert fitted.sum(axis=1) == pytest.approx(np.zeros(2), abs=1e-6)


def test_with_a_penalty_separable_labels_have_best_weights():
    x, y = np.array([[-1.0], [1.0]]), np.array([0.0, 1.0])
    starts = [minimize(one_class_loss(x, y, 0.1), [start]).x[0] for start in (-5.0, 0.0, 5.0)]
    assert starts == pytest.approx([starts[0]] * 3, abs=1e-4)
    assert x[:, 0] @ (expit(x[:, 0] * starts[0]) - y) + 0.1 * starts[0] == pytest.approx(0, abs=1e-4)


def test_the_mode_of_the_dirichlet_posterior_is_the_smoothed_frequency():
    y, a = np.eye(3)[[0, 0, 1, 0]], np.array([1.0, 1, 1])
    mode = [function(ridge.smoothed_frequency)(y=y, a=a, m=m) for m in (1, 2, 3)]
    assert mode == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    posterior = dirichlet(1 + a + y.sum(axis=0))
    rng = np.random.default_rng(2)
    for p in rng.dirichlet([2, 2, 2], 50):
        assert posterior.logpdf(p) < posterior.logpdf(mode)
        assert posterior.logpdf(p) - posterior.logpdf(mode) == pytest.approx(
            function(ridge.posterior)(y=y, a=a, p=p) - function(ridge.maximum)(y=y, a=a))


def test_without_pseudo_counts_the_frequencies_remain():
    y = np.eye(3)[[0, 0, 1, 0]]
    found = [function(ridge.smoothed_frequency)(y=y, a=[0, 0, 0], m=m) for m in (1, 2, 3)]
    assert found == [0.75, 0.25, 0] and softmax(np.zeros(3))[0] > found[2]
