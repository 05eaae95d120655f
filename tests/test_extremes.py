"""Extreme and degenerate arguments against SciPy and scikit-learn: probabilities 0 and 1, logits to 1e4, one
observation, one class, an absent class.
"""

import numpy as np
import pytest
from scipy.special import log_expit, log_softmax, logsumexp, rel_entr, softmax, xlogy
from sklearn.metrics import log_loss

from derivations import bernoulli, categorical, cross_entropy, log_sum_exp, numerics, softmax_regression
from derivations import softmax as softmax_chapter
from derivations.functions import function

LOGITS = [-1e4, -745.2, -37.0, -1e-9, 0.0, 1e-300, 37.0, 709.8, 1e4]


@pytest.mark.parametrize("z", LOGITS)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_the_loss_of_one_logit(y, z):
    expected = -(y * log_expit(z) + (1 - y) * log_expit(-z))
    found = function(numerics.binary_cross_entropy)(y=y, z=z)
    assert found == pytest.approx(expected, rel=1e-14, abs=1e-14 * abs(z) * y)


@pytest.mark.parametrize("z", LOGITS)
def test_the_loss_of_several_logits(z):
    logits = np.array([z, 2.0, -1.0])
    t = float(logits.max())
    assert function(numerics.log_sum_exp)(z=logits, t=t) == pytest.approx(logsumexp(logits), rel=1e-15, abs=0)
    for m in (1, 2, 3):
        found = function(numerics.log_softmax)(z=logits, t=t, m=m)
        assert found == pytest.approx(log_softmax(logits)[m - 1], rel=1e-14, abs=1e-15)


@pytest.mark.parametrize("gap", [0.0, 1.0, 40.0, 700.0])
def test_a_confident_model_keeps_its_digits(gap):
    logits = np.array([gap, 0.0, 0.0])
    found = function(numerics.confident_cross_entropy)(z=logits, c=1)
    assert found == pytest.approx(np.log1p(2 * np.exp(-gap)), rel=1e-14, abs=0)


def test_probabilities_0_and_1_where_the_label_has_no_weight_there():
    y, p = np.array([1.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.5])
    expected = -np.sum(xlogy(y, p) + xlogy(1 - y, 1 - p))
    assert function(cross_entropy.two_outcomes)(y=1.0, p=1.0) == 0
    assert function(bernoulli.likelihood)(y=y, p=p) == pytest.approx(np.exp(-expected))
    q, model = np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.75, 0.0])
    assert function(cross_entropy.cross_entropy)(q=q, p=model) == pytest.approx(-np.sum(xlogy(q, model)))
    assert function(cross_entropy.entropy)(q=q) == pytest.approx(np.log(2))
    excess = function(cross_entropy.cross_entropy)(q=q, p=model) - function(cross_entropy.entropy)(q=q)
    assert excess == pytest.approx(np.sum(rel_entr(q, model)))


@pytest.mark.parametrize("soft", [False, True])
def test_one_observation(soft):
    y, p = (np.array([[0.2, 0.8]]) if soft else np.array([[0.0, 1.0]])), np.array([[0.3, 0.7]])
    expected = -np.sum(y * np.log(p)) if soft else log_loss([1], p, labels=[0, 1])
    assert function(categorical.mean_negative_log_likelihood)(y=y, p=p) == pytest.approx(expected)


def test_one_class_leaves_nothing_to_learn():
    z, one = np.array([3.7]), np.array([1.0])
    assert function(softmax_chapter.probability)(z=z, k=1) == 1
    assert function(softmax_chapter.gradient)(y=one, z=z, m=1) == 0
    assert function(softmax_chapter.hessian)(z=z, m=1, l=1) == 0
    assert function(log_sum_exp.hard_loss)(z=z, c=1) == pytest.approx(0, abs=1e-15)


def test_an_absent_class():
    y = np.eye(3)[[0, 0, 1, 1, 0]]
    assert [function(categorical.frequency)(y=y, m=m) for m in (1, 2, 3)] == pytest.approx([0.6, 0.4, 0])
    x, W = np.ones((5, 1)), np.array([[0.2, -0.4, 1.0]])
    gradient = [function(softmax_regression.gradient)(W=W, x=x, y=y, f=1, m=m) for m in (1, 2, 3)]
    assert gradient == pytest.approx(5 * softmax(W[0]) - y.sum(axis=0))
