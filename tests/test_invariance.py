"""What leaves a maximum where it is, against SciPy's distributions and optimisers, and what the page says in words."""

import numpy as np
import pytest
from oracles import H
from scipy.optimize import minimize_scalar
from scipy.special import entr, expit, logit
from scipy.stats import binom, chi2, multinomial, power_divergence

from derivations import invariance
from derivations.functions import function

LABELS = np.eye(3)[[0, 0, 1, 0, 2, 1, 0]]
COUNTS, RNG = LABELS.sum(axis=0), np.random.default_rng(7)


def log_likelihood_at_best(y):
    return -len(y) * entr(y.mean(axis=0)).sum()


def two_at_best(y):
    return -len(y) * (entr(y.mean()) + entr(1 - y.mean()))


ORACLES = {
    "invariance.multiplied": ("y[nK] p[K] t+[]", lambda y, p, t: t * np.exp(-np.sum(H(y, p)))),
    "invariance.log_multiplied": ("y[nK] p[K] t+[]", lambda y, p, t: np.log(t) - np.sum(H(y, p))),
    "invariance.log_multiplied_maximum": ("y[nK] t+[]", lambda y, t: np.log(t) + log_likelihood_at_best(y)),
    "invariance.ratio": ("y[nK] p[K] q![K]", lambda y, p, q: np.exp(np.sum(H(y, q) - H(y, p)))),
    "invariance.log_ratio": ("y[nK] p[K] q![K]", lambda y, p, q: np.sum(H(y, q) - H(y, p))),
    "invariance.likelihood_maximum": ("y[nK]", lambda y: np.exp(log_likelihood_at_best(y))),
    "invariance.mean_loss_minimum": ("y[nK]", lambda y: entr(y.mean(axis=0)).sum()),
    "invariance.sigmoid_of_logit": ("p", lambda p: expit(logit(p))),
    "invariance.best_logit": ("y[n]", two_at_best),
    "invariance.likelihood_ratio": ("y[nK] p[K]", lambda y, p: 2 * (log_likelihood_at_best(y) + np.sum(H(y, p)))),
}


def test_with_the_multinomial_coefficient_it_is_the_probability_of_the_counts_that_scipy_has():
    p, q = RNG.dirichlet([1, 1, 1], 2)
    counts = multinomial(len(LABELS), p)
    ordered = function(invariance.multiplied)(y=LABELS, p=p, t=1)
    coefficient = counts.pmf(COUNTS) / ordered
    assert coefficient == pytest.approx(105)  # 7! / (4! 2! 1!)
    assert function(invariance.log_multiplied)(y=LABELS, p=p, t=105) == pytest.approx(counts.logpmf(COUNTS))
    ratio = function(invariance.ratio)(y=LABELS, p=p, q=q)
    assert ratio == pytest.approx(counts.pmf(COUNTS) / multinomial(len(LABELS), q).pmf(COUNTS))
    assert function(invariance.log_multiplied_maximum)(y=LABELS, t=105) == pytest.approx(
        multinomial(len(LABELS), COUNTS / 7).logpmf(COUNTS))


def test_no_random_distribution_beats_the_frequencies_in_any_of_the_three():
    most, least = function(invariance.likelihood_maximum)(y=LABELS), function(invariance.mean_loss_minimum)(y=LABELS)
    for p in RNG.dirichlet([1, 1, 1], 300):
        loss = H(LABELS, p).mean()
        assert loss > least and np.exp(-len(LABELS) * loss) < most


def test_a_search_over_the_logit_finds_the_logit_of_the_frequency():
    y = np.array([1, 1, 0, 1, 0, 1, 1.0])
    found = minimize_scalar(lambda z: -binom.logpmf(5, 7, expit(z)), bracket=(-2, 2), options={"xtol": 1e-10})
    assert found.x == pytest.approx(logit(5 / 7), abs=1e-6)
    assert function(invariance.best_logit)(y=y) == pytest.approx(-found.fun - np.log(21))  # 7 over 5


def test_the_peak_of_the_density_is_elsewhere_in_the_logit():
    def peak(density):
        return minimize_scalar(lambda p: -density(p), bounds=(0.01, 0.99), method="bounded").x

    assert peak(lambda p: p**2 * (1 - p)) == pytest.approx(2 / 3, abs=1e-5)
    assert peak(lambda p: p**3 * (1 - p) ** 2) == pytest.approx(3 / 5, abs=1e-5)


def test_the_likelihood_ratio_is_the_g_test_of_scipy():
    p = np.array([0.5, 0.2, 0.3])
    found = function(invariance.likelihood_ratio)(y=LABELS, p=p)
    assert found == pytest.approx(power_divergence(COUNTS, 7 * p, lambda_="log-likelihood").statistic)


def test_for_many_labels_it_is_spread_as_chi_squared():
    p, n = np.array([0.5, 0.2, 0.3]), 2000
    counts = RNG.multinomial(n, p, 4000)
    found = 2 * np.sum(counts * np.log(counts / (n * p)), axis=1)
    for share in (0.1, 0.5, 0.9, 0.95):
        assert np.mean(found < chi2(2).ppf(share)) == pytest.approx(share, abs=0.03)
