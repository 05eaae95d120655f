"""Logistic regression against SciPy, a complex step, and the weights that scikit-learn finds."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from derivations import logistic_regression
from derivations.functions import function


def loss(w, x, y):
    return np.sum(np.logaddexp(0, x @ w) - y * (x @ w))


def complex_loss(x, y):
    return lambda w: np.sum(np.log(1 + np.exp(x @ w)) - y * (x @ w))


def margins(w, x, y):
    return (2 * y - 1) * (x @ w)


ORACLES = {
    "logistic_regression.logit": ("w[d] x[nd] i", lambda w, x, i: (x @ w)[i - 1]),
    "logistic_regression.probability": ("w[d] x[nd] i", lambda w, x, i: expit(x @ w)[i - 1]),
    "logistic_regression.loss": ("w[d] x[nd] y[n]", loss),
    "logistic_regression.negative_log_likelihood": ("w[d] x[nd] y[n]", loss),
    "logistic_regression.softplus_form": ("w[d] x[nd] y[n]", loss),
    "logistic_regression.logit_gradient": ("x[nd] h i", lambda x, h, i: x[i - 1, h - 1]),
    "logistic_regression.gradient": ("w[d] x[nd] y[n] f", lambda w, x, y, f: slope(complex_loss(x, y), w, f)),
    "logistic_regression.hessian": ("w[d] x[nd] f h", lambda w, x, f, h: curvature(complex_loss(x, 0), w, [f], [h])),
    "logistic_regression.quadratic_form": ("v[d] w[d] x[nd]",
                                           lambda v, w, x: np.sum((x @ v) ** 2 * expit(x @ w) * expit(-x @ w))),
    "logistic_regression.convex": ("", lambda: 0),
    "logistic_regression.moment_matching": ("x[nd] y[n] f", lambda x, y, f: (x.T @ y)[f - 1]),
    "logistic_regression.intercept_gradient": ("w[d] x1[nd] y[n]", lambda w, x, y: slope(complex_loss(x, y), w, 1)),
    "logistic_regression.mean_probability": ("y[n]", lambda y: np.mean(y)),
    "logistic_regression.minus_log_sigmoid": ("z", lambda z: np.logaddexp(0, -z)),
    "logistic_regression.reflection": ("z", lambda z: np.logaddexp(0, -z)),
    "logistic_regression.margin": ("w[d] x[nd] y[n] i", lambda w, x, y, i: margins(w, x, y)[i - 1]),
    "logistic_regression.surprisal": ("w[d] x[nd] y![n] i",
                                      lambda w, x, y, i: np.logaddexp(0, -margins(w, x, y))[i - 1]),
    "logistic_regression.margin_form": ("w[d] x[nd] y![n]", loss),
    "logistic_regression.penalized_loss": ("w[d] x[nd] y[n] λ+[]", lambda w, x, y, λ: loss(w, x, y) + λ / 2 * w @ w),
    "logistic_regression.penalized_gradient": ("w[d] x[nd] y[n] λ+[] h", lambda w, x, y, λ, h: slope(
        lambda w: complex_loss(x, y)(w) + λ / 2 * np.sum(w**2), w, h)),
    "logistic_regression.scaled": ("t+[] w[d] f", lambda t, w, f: t * w[f - 1]),
    "logistic_regression.scaled_margin": ("t+[] w[d] x[nd] y[n] i", lambda t, w, x, y, i: margins(t * w, x, y)[i - 1]),
    "logistic_regression.separation_bound": ("t+[] w[d] x[nd] y![n]",
                                             lambda t, w, x, y: np.sum(np.exp(-margins(t * w, x, y)))),
    "logistic_regression.not_attained": ("w[d] x[nd] y![n]", lambda w, x, y: np.sum(np.abs(expit(x @ w) - y))),
}


def test_separated_labels_send_the_loss_to_0_and_never_reach_it():
    x, y, w = np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), np.array([1.0])
    losses = [function(logistic_regression.loss)(w=t * w, x=x, y=y) for t in (1, 5, 20)]
    assert losses == sorted(losses, reverse=True) and 0 < losses[-1] < 1e-8
    assert losses[1] <= function(logistic_regression.separation_bound)(t=5, w=w, x=x, y=y)
    assert losses[1] >= function(logistic_regression.not_attained)(w=5 * w, x=x, y=y) > 0


def test_where_scikit_learn_stops_predictions_and_labels_have_the_same_moments():
    rng = np.random.default_rng(6)
    x = np.column_stack([np.ones(80), rng.normal(size=80)])
    y = (rng.uniform(size=80) < expit(x @ [0.5, 1.0])).astype(float)
    w = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, max_iter=1000).fit(x, y).coef_[0]
    assert x.T @ expit(x @ w) == pytest.approx(x.T @ y, abs=1e-3)
    for f in (1, 2):
        assert function(logistic_regression.gradient)(w=w, x=x, y=y, f=f) == pytest.approx(0, abs=1e-3)


def fitted(x, y):
    return minimize(lambda w: loss(w, x, y), np.zeros(x.shape[1]), jac=lambda w: x.T @ (expit(x @ w) - y),
                    method="BFGS", options={"gtol": 1e-9})


def test_with_a_group_indicator_the_mean_prediction_is_the_frequency_in_the_group_too():
    rng = np.random.default_rng(8)
    group = rng.integers(2, size=60)
    x = np.column_stack([np.ones(60), group, rng.normal(size=60)])
    y = (rng.uniform(size=60) < 0.3 + 0.4 * group).astype(float)
    p = expit(x @ fitted(x, y).x)
    assert p.mean() == pytest.approx(y.mean(), abs=1e-8)
    matched = function(logistic_regression.moment_matching)
    assert x.T @ p == pytest.approx([matched(x=x, y=y, f=f) for f in (1, 2, 3)], abs=1e-6)
    for value in (0, 1):
        assert p[group == value].mean() == pytest.approx(y[group == value].mean(), abs=1e-7)


def test_two_separated_observations_give_twice_softplus():
    x, y = np.array([[-1.0], [1.0]]), np.array([0.0, 1.0])
    for w in (0.0, 1.0, 10.0):
        found = function(logistic_regression.loss)(w=[w], x=x, y=y)
        assert found == pytest.approx(2 * np.logaddexp(0, -w), rel=1e-9, abs=0)


def test_quasi_complete_separation_has_a_positive_infimum_that_no_weights_reach():
    x, y = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([0.0, 1.0, 1.0])
    losses = [function(logistic_regression.loss)(w=[0, w], x=x, y=y) for w in (0, 5, 10, 20)]
    assert losses == sorted(losses, reverse=True) and losses[-1] == pytest.approx(2 * np.log(2), abs=1e-8)
    assert all(loss > 2 * np.log(2) for loss in losses)


def test_with_overlap_every_start_leads_to_the_same_weights():
    rng = np.random.default_rng(9)
    x, y = rng.normal(size=(30, 2)), rng.integers(2, size=30).astype(float)
    ends = [minimize(lambda w: loss(w, x, y), start, tol=1e-12).x for start in rng.normal(0, 3, (4, 2))]
    assert all(end == pytest.approx(ends[0], abs=1e-5) for end in ends)
    assert [function(logistic_regression.gradient)(w=ends[0], x=x, y=y, f=f)
            for f in (1, 2)] == pytest.approx([0, 0], abs=1e-4)


def test_the_loss_is_below_its_chords_and_a_deep_network_is_not():
    rng = np.random.default_rng(10)
    x, y = rng.normal(size=(5, 2)), rng.uniform(size=5)
    for _ in range(50):
        a, b = rng.normal(0, 3, (2, 2))
        between, *ends = (function(logistic_regression.loss)(w=w, x=x, y=y) for w in ((a + b) / 2, a, b))
        assert between <= sum(ends) / 2
    deep = lambda w: np.logaddexp(0, w[0] * w[1])  # noqa: E731
    assert deep([0, 0]) > (deep([1, -1]) + deep([-1, 1])) / 2


def test_hard_labels_are_used_in_one_step():
    used = [step.rule for step in logistic_regression.surprisal.steps
            if any(h.name == "hard labels" for h in step.using)]
    assert used == ["by_cases"]
