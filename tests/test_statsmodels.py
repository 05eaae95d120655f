"""Regressions against statsmodels: the log-likelihood, its score and its Hessian, in the weights."""

import warnings

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # statsmodels uses something that pandas will drop
    import statsmodels.api as sm

from derivations import logistic_regression, softmax_regression
from derivations.functions import function

RNG = np.random.default_rng(7)
X = sm.add_constant(RNG.normal(0, 1, (12, 2)))
TWO, THREE = RNG.integers(0, 2, 12).astype(float), np.concatenate([[0, 1, 2], RNG.integers(0, 3, 9)])
W2, W3 = RNG.normal(0, 1, 3), RNG.normal(0, 1, (3, 3))


def test_two_classes():
    model = sm.Logit(TWO, X)
    assert function(logistic_regression.loss)(w=W2, x=X, y=TWO) == pytest.approx(-model.loglike(W2), rel=1e-12, abs=0)
    gradient = [function(logistic_regression.gradient)(w=W2, x=X, y=TWO, f=f) for f in (1, 2, 3)]
    assert gradient == pytest.approx(-model.score(W2), rel=1e-11, abs=0)
    hessian = [[function(logistic_regression.hessian)(w=W2, x=X, f=f, h=h) for h in (1, 2, 3)] for f in (1, 2, 3)]
    assert np.array(hessian) == pytest.approx(-model.hessian(W2), rel=1e-11, abs=0)


def test_several_classes_of_which_the_first_has_no_weights():
    """statsmodels fixes the weights of the first class at 0; a shift of all weights of a feature changes no
    probability.
    """
    model, weights = sm.MNLogit(THREE, X), W3 - W3[:, :1]
    parameters, labels = weights[:, 1:].T.ravel(), np.eye(3)[THREE]
    expected = -model.loglike(parameters.reshape(2, 3).T)
    assert function(softmax_regression.loss)(W=W3, x=X, y=labels) == pytest.approx(expected, rel=1e-12, abs=0)
    gradient = [function(softmax_regression.gradient)(W=weights, x=X, y=labels, f=f, m=m)
                for m in (2, 3) for f in (1, 2, 3)]
    assert gradient == pytest.approx(-model.score(parameters), rel=1e-10, abs=0)
    entry, places = function(softmax_regression.hessian), [(m, f) for m in (2, 3) for f in (1, 2, 3)]
    hessian = [[entry(W=weights, x=X, f=f, h=h, l=l, m=m) for l, h in places] for m, f in places]
    assert np.array(hessian) == pytest.approx(-model.hessian(parameters), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("classes", [np.array([0.0, 1.0, 1.0, 1.0]), np.array([0.0, 0.0, 0.0, 1.0])],
                         ids=["one 0", "one 1"])
def test_the_intercept_alone_finds_the_frequency(classes):
    fitted = sm.Logit(classes, np.ones((4, 1))).fit(disp=False)
    slope = function(logistic_regression.intercept_gradient)(w=fitted.params, x=np.ones((4, 1)), y=classes)
    assert slope == pytest.approx(0, abs=1e-9) and fitted.predict()[0] == pytest.approx(classes.mean())
