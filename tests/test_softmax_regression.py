"""Softmax regression against SciPy's softmax, a complex step, and the weights that scikit-learn finds."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.special import log_softmax, softmax
from sklearn.linear_model import LogisticRegression

from derivations import logistic_regression, softmax_regression
from derivations.functions import function
from derivations.writing.typeset import plain


def loss(W, x, y):
    return -np.sum(y * log_softmax(x @ W, axis=1))


def complex_loss(x, y):
    return lambda W: np.sum(np.log(np.sum(np.exp(x @ W), axis=1)) - np.sum(y * (x @ W), axis=1))


def hessian(W, x, f, h, l, m):  # noqa: E741
    p = softmax(x @ W, axis=1)
    return np.sum(x[:, f - 1] * x[:, h - 1]
                  * (np.diag(np.ones(W.shape[1]))[m - 1, l - 1] * p[:, m - 1] - p[:, m - 1] * p[:, l - 1]))


def along(V, W, x, y):
    return lambda t: complex_loss(x, y)(W + t * V)


def spread(V, W, x, i):
    """The variance of the change of the logits of one observation, as NumPy's covariance has it."""
    return np.cov((x @ V)[i - 1], aweights=softmax((x @ W)[i - 1]), ddof=0)


ORACLES = {
    "softmax_regression.logits": ("W[dK] x[nd] i k", lambda W, x, i, k: (x @ W)[i - 1, k - 1]),
    "softmax_regression.loss": ("W[dK] x[nd] y[nK]", loss),
    "softmax_regression.predictions": ("W[dK] x[nd] i k", lambda W, x, i, k: softmax(x @ W, axis=1)[i - 1, k - 1]),
    "softmax_regression.negative_log_likelihood": ("W[dK] x[nd] y[nK]", loss),
    "softmax_regression.logit_form": ("W[dK] x[nd] y[nK]", loss),
    "softmax_regression.joint_gradient": ("W[dK] x[nd] y[nK] f m",
                                          lambda W, x, y, f, m: slope(complex_loss(x, y), W, f, m)),
    "softmax_regression.gradient": ("W[dK] x[nd] y[nK] f m", lambda W, x, y, f, m: slope(complex_loss(x, y), W, f, m)),
    "softmax_regression.hessian": ("W[dK] x[nd] f h l m", hessian),
    "softmax_regression.mean_change": ("V[dK] W[dK] x[nd] i",
                                       lambda V, W, x, i: np.average((x @ V)[i - 1], weights=softmax((x @ W)[i - 1]))),
    "softmax_regression.variance": ("V[dK] W[dK] x[nd] i", spread),
    "softmax_regression.line": ("V[dK] W[dK] t+ f k", lambda V, W, t, f, k: (W + t * V)[f - 1, k - 1]),
    "softmax_regression.logits_along_line": ("V[dK] x[nd] i k",
                                             lambda V, x, i, k: slope(lambda t: (x @ (1 + t * V))[i - 1, k - 1], 0.5)),
    "softmax_regression.slope_along_line": ("V[dK] W[dK] t+ x[nd] y[nK]",
                                            lambda V, W, t, x, y: slope(along(V, W, x, y), t)),
    "softmax_regression.quadratic_form": ("V[dK] W[dK] t+ x[nd]", lambda V, W, t, x:
        curvature(along(V, W, x, np.eye(3)[[0, 1, 2, 0]]), t, [], [])),
    "softmax_regression.convex": ("", lambda: 0),
    "softmax_regression.shifted": ("W[dK] v[d] f k", lambda W, v, f, k: (W.T + v).T[f - 1, k - 1]),
    "softmax_regression.shifted_logits": ("W[dK] v[d] x[nd] i k",
                                          lambda W, v, x, i, k: (x @ (W + v[:, None]))[i - 1, k - 1]),
    "softmax_regression.shift": ("W[dK] x[nd] i m",
                                 lambda W, x, i, m: softmax(x @ (W + [[7], [-3]]), axis=1)[i - 1, m - 1]),
    "softmax_regression.loss_shift": ("W[dK] x[nd] y[nK]", lambda W, x, y: loss(W + np.array([[7], [-3]]), x, y)),
    "softmax_regression.moment_matching": ("x[nd] y[nK] f m", lambda x, y, f, m: (x.T @ y)[f - 1, m - 1]),
    "softmax_regression.intercept_gradient": ("W[dK] x1[nd] y[nK] m",
                                              lambda W, x, y, m: slope(complex_loss(x, y), W, 1, m)),
    "softmax_regression.feature_slope": ("W[dK] h k", lambda W, h, k: slope(lambda x: (x @ W)[k - 1], np.zeros(2), h)),
    "softmax_regression.features_gradient": ("W[dK] x[nd] y[nK] f i", lambda W, x, y, f, i: slope(
        lambda features: complex_loss(features, y)(W), x, i, f)),
}


def test_the_hessian_is_the_slope_of_the_gradient():
    rng = np.random.default_rng(3)
    x, W, y = rng.normal(size=(4, 2)), rng.normal(size=(2, 3)), rng.dirichlet(np.ones(3), 4)
    gradient = function(softmax_regression.gradient)
    for f, h, l, m in [(1, 1, 1, 1), (1, 2, 3, 1), (2, 1, 2, 2)]:  # noqa: E741
        up, down = W.copy(), W.copy()
        up[h - 1, l - 1] += 1e-5
        down[h - 1, l - 1] -= 1e-5
        central = (gradient(W=up, x=x, y=y, f=f, m=m) - gradient(W=down, x=x, y=y, f=f, m=m)) / 2e-5
        assert function(softmax_regression.hessian)(W=W, x=x, f=f, h=h, l=l, m=m) == pytest.approx(central, abs=1e-7)


def test_where_scikit_learn_stops_the_gradient_is_zero():
    rng = np.random.default_rng(4)
    x, classes = rng.normal(size=(60, 2)), rng.integers(3, size=60)
    fitted = LogisticRegression(C=np.inf, fit_intercept=False, tol=1e-10, max_iter=1000).fit(x, classes)
    for f in (1, 2):
        for m in (1, 2, 3):
            slope = function(softmax_regression.gradient)(W=fitted.coef_.T, x=x, y=np.eye(3)[classes], f=f, m=m)
            assert slope == pytest.approx(0, abs=1e-4)


def whole_hessian(W, x):
    d, K = W.shape
    entry = function(softmax_regression.hessian)
    pairs = [(f, m) for m in range(1, K + 1) for f in range(1, d + 1)]
    return np.array([[entry(W=W, x=x, f=f, m=m, h=h, l=l) for h, l in pairs] for f, m in pairs])


@pytest.mark.parametrize("rank", [1, 2])
def test_the_hessian_has_rank_of_one_class_less_times_the_rank_of_the_features(rank):
    rng = np.random.default_rng(5)
    x, W = rng.normal(size=(5, 2)), rng.normal(size=(2, 3))
    x[:, 1] = 2 * x[:, 0] if rank == 1 else x[:, 1]
    found = whole_hessian(W, x)
    assert np.linalg.matrix_rank(found) == 2 * rank
    p = softmax(x @ W, axis=1)
    blocks = [np.kron(np.diag(row) - np.outer(row, row), np.outer(features, features))
              for row, features in zip(p, x, strict=True)]
    assert found == pytest.approx(sum(blocks), abs=1e-12)


def test_along_a_shift_the_loss_is_flat_and_elsewhere_it_is_curved():
    rng = np.random.default_rng(6)
    x, W = rng.normal(size=(5, 2)), rng.normal(size=(2, 3))
    curved = function(softmax_regression.quadratic_form)
    assert curved(V=[[3, 3, 3], [-1, -1, -1]], W=W, t=1, x=x) == pytest.approx(0, abs=1e-14)
    assert curved(V=[[3, 3, 2], [-1, -1, -1]], W=W, t=1, x=x) > 0.01


def test_with_two_classes_the_difference_of_the_weights_is_that_of_logistic_regression():
    rng = np.random.default_rng(7)
    x, W, y = rng.normal(size=(5, 2)), rng.normal(size=(2, 2)), rng.uniform(size=5)
    two = function(softmax_regression.loss)(W=W, x=x, y=np.column_stack([y, 1 - y]))
    assert two == pytest.approx(function(logistic_regression.loss)(w=W[:, 0] - W[:, 1], x=x, y=y), rel=1e-13, abs=0)


def test_the_labels_must_sum_to_1_in_one_step_only():
    used = [step for step in softmax_regression.logit_form.steps if step.using]
    assert [step.rule for step in used] == ["by_hypothesis"]
    with pytest.raises(ValueError, match="holds only where the labels of each observation sum to 1"):
        function(softmax_regression.gradient)(W=[[0, 0]], x=[[1]], y=[[1, 1]], f=1, m=1)


def test_a_quantity_says_at_what_it_is_taken_where_that_is_not_its_own_weights():
    curved = softmax_regression.quadratic_form
    assert plain(curved.result) == "∑ᵢ₌₁ⁿ ∑ₖ₌₁ᴷ pᵢₖ(U) (zᵢₖ(V) − z̄ᵢ(U))²"
    assert plain(softmax_regression.loss_shift.steps[0].expression) == "∑ᵢ₌₁ⁿ H(yᵢ, pᵢ(W′))"
    assert plain(softmax_regression.gradient.result) == "∑ᵢ₌₁ⁿ (pᵢₘ − yᵢₘ) x_{if}"
