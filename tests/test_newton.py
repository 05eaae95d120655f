"""Newton's method against SciPy, least squares of NumPy, simulated labels, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.optimize import minimize
from scipy.special import expit, softmax

from derivations import newton
from derivations.checking.counterexamples import refute
from derivations.functions import function


def loss(x, y):
    return lambda w: np.sum(np.log(1 + np.exp(x @ w)) - y * (x @ w))


def spread(w, x):
    """Standard deviations of the labels, by the half-angle of the hyperbolic cosine."""
    return 1 / (2 * np.cosh(x @ w / 2))


def hessian(w, x):
    return np.array([[curvature(loss(x, 0), w, [f], [h]) for h in range(1, w.size + 1)]
                     for f in range(1, w.size + 1)])


def working(w, x, y):
    return x @ w + (y - expit(x @ w)) / spread(w, x) ** 2


def of_one_logit(y):
    return lambda z: np.log(1 + np.exp(z)) - y * z


def quotient(y, z):
    """The slope over the curvature, which is the variance of the label."""
    return slope(of_one_logit(y), z) * (2 * np.cosh(z / 2)) ** 2


ORACLES = {
    "newton.weight": ("w[d] x[nd] i", lambda w, x, i: spread(w, x)[i - 1] ** 2),
    "newton.response": ("w[d] x[nd] y[n] i", lambda w, x, y, i: working(w, x, y)[i - 1]),
    "newton.response_in_logit": ("w[d] x[nd] y[n] i", lambda w, x, y, i: working(w, x, y)[i - 1]),
    "newton.error_split": ("w[d] x[nd] y[n] i", lambda w, x, y, i: (working(w, x, y) - x @ w)[i - 1]),
    "newton.hessian_in_direction": ("v[d] w[d] x[nd] f", lambda v, w, x, f: slope(
        lambda t: (x.T @ (1 / (1 + np.exp(-x @ (w + t * v)))))[f - 1], 0.0)),
    "newton.along_step": ("v[d] w[d] x[nd]", lambda v, w, x: np.sum((x @ v * spread(w, x)) ** 2)),
    "newton.weighted_response": ("w[d] x[nd] y[n] f",
                                 lambda w, x, y, f: (x.T @ (spread(w, x) ** 2 * working(w, x, y)))[f - 1]),
    "newton.least_squares": ("w[d] x[nd] y[n] f",
                             lambda w, x, y, f: (x.T @ (spread(w, x) ** 2 * working(w, x, y)))[f - 1]),
    "newton.downhill": ("", lambda: 0),
    "newton.one_weight": ("w[d] x[nd] y[n] f", lambda w, x, y, f: -slope(loss(x, y), w, f) / np.sum(
        (x[:, f - 1] * spread(w, x)) ** 2)),
    "newton.observed_is_expected": ("", lambda: 0),
    "newton.variance": ("v[d] h", lambda v, h: v[h - 1]),
    "newton.diagonal_bound": ("v[K] z[K]", lambda v, z: np.sum(2 * v**2 * np.diag(
        np.diag(softmax(z)) - np.outer(softmax(z), softmax(z))))),
    "newton.fractions": ("y[] z[]", lambda y, z: quotient(y, z)),
    "newton.gradient_over_curvature": ("y[] z[]", lambda y, z: quotient(y, z)),
    "newton.ratio_in_logit": ("y[] z[]", lambda y, z: quotient(y, z)),
    "newton.gradient_over_size": ("y![]", lambda y: np.sign(0.5 - y)),
    "newton.size_above_curvature": ("z[]", lambda z: curvature(of_one_logit(0.5), z, (), ())),
    "newton.leaf": ("", lambda: 0),
}


@pytest.fixture
def data():
    rng = np.random.default_rng(7)
    x = np.column_stack([np.ones(40), rng.normal(0, 1, (40, 2))])
    return x, (rng.uniform(size=40) < expit(x @ [0.5, 1, -1])).astype(float), np.array([0.2, -0.3, 0.4])


def step_of(w, x, y):
    """Newton's step, by solving with a Hessian of differences."""
    return np.linalg.solve(hessian(w, x), [-slope(loss(x, y), w, f) for f in (1, 2, 3)])


def test_the_step_is_weighted_least_squares_of_the_working_responses(data):
    x, y, w = data
    weights, responses = ([function(quantity)(w=w, x=x, i=i, **more) for i in range(1, 41)]
                          for quantity, more in ((newton.weight, {}), (newton.response, {"y": y})))
    root = np.sqrt(weights)
    fitted = np.linalg.lstsq(x * root[:, None], root * responses, rcond=None)[0]
    assert w + step_of(w, x, y) == pytest.approx(fitted, rel=1e-6, abs=0)
    assert np.dot(step_of(w, x, y), [slope(loss(x, y), w, f) for f in (1, 2, 3)]) < 0


def test_the_errors_of_newtons_method_are_squared_from_step_to_step(data):
    x, y, w = data
    best = minimize(lambda w: loss(x, y)(w), w, tol=1e-12).x
    errors = []
    for _ in range(5):
        w = w + step_of(w, x, y)
        errors.append(np.max(np.abs(w - best)))
    assert errors[1] < errors[0] / 5 and errors[2] < errors[1] / 50 and errors[4] < 1e-6


def test_the_inverse_hessian_is_the_spread_of_fitted_weights():
    rng = np.random.default_rng(3)
    x, w = np.column_stack([np.ones(500), rng.normal(0, 1, 500)]), np.array([0.3, -0.8])
    fits = []
    for _ in range(300):
        y = (rng.uniform(size=500) < expit(x @ w)).astype(float)
        fits.append(minimize(lambda w, y=y: loss(x, y)(w), w, jac=lambda w, y=y: x.T @ (expit(x @ w) - y)).x)
    covariance = np.linalg.inv(hessian(w, x))
    root = np.linalg.inv(np.linalg.cholesky(covariance))
    assert root @ np.cov(np.transpose(fits)) @ root.T == pytest.approx(np.eye(2), abs=0.25)
    for h in (1, 2):
        found = function(newton.along_step)(v=covariance[:, h - 1], w=w, x=x)
        assert found == pytest.approx(covariance[h - 1, h - 1], rel=1e-6, abs=0)


def test_a_whole_step_can_overshoot():
    x, y, w = np.ones((2, 1)), np.array([0.0, 1]), np.array([3.0])
    after = w + function(newton.one_weight)(w=w, x=x, y=y, f=1)
    assert after[0] < -3 and loss(x, y)(after) > loss(x, y)(w)
    assert loss(x, y)(w + (after - w) / 8) < loss(x, y)(w)  # halved three times


def full_hessian(z):
    p = softmax(np.asarray(z, dtype=float))
    return np.diag(p) - np.outer(p, p)


def test_twice_the_diagonal_less_the_hessian_has_no_negative_eigenvalue_and_a_smaller_factor_one():
    rng = np.random.default_rng(1)
    for z in rng.normal(0, 3, (50, 4)):
        exact = full_hessian(z)
        assert np.linalg.eigvalsh(2 * np.diag(np.diag(exact)) - exact)[0] > -1e-12
    exact = full_hessian([0, 0, -5])
    assert np.linalg.eigvalsh(3 / 2 * np.diag(np.diag(exact)) - exact)[0] < -0.1
    two = full_hessian([1, 0])
    assert np.linalg.eigvalsh(1.99 * np.diag(np.diag(two)) - two)[0] < 0
    assert refute(newton.smaller_factor).left and refute(newton.two_classes_reach_it).left


def test_a_leaf_with_sizes_moves_at_most_1_and_one_with_second_derivatives_may_move_far():
    rng = np.random.default_rng(8)
    for _ in range(50):
        z, y = rng.normal(0, 6, 20), rng.integers(2, size=20)
        gradients = expit(z) - y
        assert abs(gradients.sum()) <= np.abs(gradients).sum()
    curvatures = expit(z) * expit(-z)
    assert np.all(curvatures <= np.abs(gradients))
    quotients = [function(newton.gradient_over_curvature)(y=a, z=b) for a, b in zip(y, z)]
    assert quotients == pytest.approx(gradients / curvatures, rel=1e-9, abs=0)
    assert np.all(np.abs(quotients) >= 1) and np.abs(quotients).max() > 50


def test_with_softmax_the_size_of_the_gradient_is_no_bound_where_the_model_is_right():
    found = refute(newton.size_does_not_bound)
    p, v = softmax([4, 0, 0]), np.array([1, -1, -1])
    assert float(found.left) == pytest.approx(p @ v**2 - (p @ v) ** 2, rel=1e-4, abs=0)
    size = np.abs(p - [1, 0, 0]) @ v**2
    assert float(found.right) == pytest.approx(size, rel=1e-4, abs=0) and size < float(found.left)
