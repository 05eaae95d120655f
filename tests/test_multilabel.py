"""Many labels at once against SciPy, complex steps and the mass of a list of coins, and what the page says in words."""

import numpy as np
import pytest
from oracles import curvature, slope
from scipy.special import expit, log_expit, softmax
from scipy.stats import bernoulli as coin

from derivations import multilabel
from derivations.checking.counterexamples import refute
from derivations.functions import function


def surprisal(y, z):
    return -np.sum(y * log_expit(z) + (1 - y) * log_expit(-z))


def of_labels(y):
    return lambda z: np.sum(y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z)))


ORACLES = {
    "multilabel.likelihood": ("y[K] z[K]", lambda y, z: np.exp(-surprisal(y, z))),
    "multilabel.negative_log_likelihood": ("y[K] z[K]", surprisal),
    "multilabel.loss": ("y[K] z[K]", surprisal),
    "multilabel.gradient": ("y[K] z[K] m", lambda y, z, m: slope(of_labels(y), z, m)),
    "multilabel.hessian": ("z[K] l m", lambda z, l, m: curvature(of_labels(np.full(3, 0.3)), z, (m,), (l,))),
    "multilabel.logits_found": ("z[K] m", lambda z, m: np.log(expit(z) / expit(-z))[m - 1]),
}
Z = np.array([2.0, -1.0, 1.0])


def test_the_likelihood_is_that_of_three_coins():
    for y in np.ndindex(2, 2, 2):
        expected = np.prod(coin.pmf(y, expit(Z)))
        assert function(multilabel.likelihood)(y=np.array(y, dtype=float), z=Z) == pytest.approx(expected)


def test_all_sets_of_labels_together_have_the_probability_1():
    total = sum(function(multilabel.likelihood)(y=np.array(y, dtype=float), z=Z) for y in np.ndindex(2, 2, 2))
    assert total == pytest.approx(1)


def test_softmax_keeps_what_many_labels_do_not():
    assert softmax(Z + 1) == pytest.approx(softmax(Z)) and expit(Z + 1) != pytest.approx(expit(Z))
    two = np.log(2)
    for name, left, right in (("shift_matters", np.log(1 + np.exp(-1)) + np.log(1 + np.e), 2 * two),
                              ("entries_do_not_cancel", -1, 0), ("probabilities_do_not_sum", 1.5, 1),
                              ("not_softmax", 2 * two, two)):
        found = refute(getattr(multilabel, name))
        sides = [float(side.replace("−", "-")) for side in (found.left, found.right)]
        assert sides == pytest.approx([left, right], abs=1e-4), name


def test_the_hessian_is_diagonal_and_positive():
    H = np.array([[function(multilabel.hessian)(z=Z, m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)])
    assert np.all(np.diag(H) > 0) and np.count_nonzero(H) == 3
