"""One minus a probability against SciPy, complex steps and many digits, and what the page says in words."""

import mpmath
import numpy as np
import pytest
from oracles import slope
from scipy.special import expit, log_softmax, logit, logsumexp, softmax
from scipy.stats import entropy as scipy_entropy

from derivations import losses, odds
from derivations.checking.counterexamples import refute
from derivations.functions import function


def log_odds(ψ):
    return np.log(np.exp(ψ) / (1 - np.exp(ψ)))


def ratio_loss(m, l):
    return lambda ψ: np.log(1 + np.exp(log_odds(ψ[l - 1]) - log_odds(ψ[m - 1])))


def without(z, c):
    """The logits of all classes but one."""
    return np.delete(z, c - 1)


def of_others(c):
    """The unlikelihood loss, with nothing taken from 1."""
    return lambda z: np.log(np.sum(np.exp(z))) - np.log(np.sum(np.exp(without(z, c))))


def unlikelihood(z, c):
    return logsumexp(z) - logsumexp(without(z, c))


ORACLES = {
    "odds.log_complement": ("ψ", lambda ψ: np.log(-np.expm1(ψ))),
    "odds.log_odds": ("ψ", lambda ψ: logit(np.exp(ψ))),
    "odds.of_probability": ("ψ", lambda ψ: logit(np.exp(ψ))),
    "odds.probability_found": ("ψ", lambda ψ: expit(log_odds(ψ))),
    "odds.complement_slope": ("ψ[]", lambda ψ: slope(lambda ψ: np.log(1 - np.exp(ψ)), ψ)),
    "odds.slope": ("ψ[]", lambda ψ: slope(log_odds, ψ)),
    "odds.ratio_loss": ("ψ[K] m l", lambda ψ, m, l: np.logaddexp(0, logit(np.exp(ψ))[l - 1] - logit(np.exp(ψ))[m - 1])),
    "odds.ratio_gradient": ("ψ[K] c m l", lambda ψ, c, m, l: slope(ratio_loss(m, l), ψ, c)),
    "odds.maximised": ("z[K] c m", lambda z, c, m: z[c - 1] - z[m - 1]),
    "odds.unlikelihood": ("z[K] c", unlikelihood),
    "odds.unlikelihood_bound": ("z[K] c", lambda z, c: softmax(z)[c - 1]),
    "odds.unlikelihood_not_negative": ("", lambda: 0.0),
    "odds.unlikelihood_by_odds": ("z[K] c m", lambda z, c, m: slope(of_others(c), z, m)),
    "odds.others_in_lead": ("z[K] c", unlikelihood),
    "odds.unlikelihood_in_logits": ("z[K] c", unlikelihood),
    "odds.lead_two_sided": ("z", lambda z: -np.tanh(z / 2)),
    "odds.least_weighted": ("y+[] ω[]", lambda y, ω: (ω * y + 1 - y) * scipy_entropy([ω * y, 1 - y])),
    "odds.unlikelihood_in_shares": ("z[K] c m", lambda z, c, m: slope(of_others(c), z, m)),
    "odds.log_of_mixture": ("q![K] p[K] α k", lambda q, p, α, k: np.log(α * q + (1 - α) * p)[k - 1]),
    "odds.difference_over_mixture": ("q![K] p[K] α m l", lambda q, p, α, m, l: np.subtract(
        *np.log1p(α * (q / p - 1))[[m - 1, l - 1]])),
    "odds.log_over_mixture": ("q![K] p[K] α k", lambda q, p, α, k: -np.log(α * q / p + 1 - α)[k - 1]),
}
RNG = np.random.default_rng(11)


def test_of_the_two_forms_each_loses_its_digits_at_one_end():
    near, far = np.float32(-1e-8), np.float32(-30)
    with np.errstate(divide="ignore"):
        assert np.log1p(-np.exp(near)) == -np.inf
    assert np.log(-np.expm1(near)) == pytest.approx(-18.42, abs=5e-3)
    assert np.log(-np.expm1(far)) == 0 and np.log1p(-np.exp(far)) == pytest.approx(-np.exp(-30), rel=1e-6, abs=0)


@pytest.mark.parametrize("ψ", [-1e-300, -1e-17, -1e-8, -0.6, -np.log(2), -0.7, -40.0, -700.0])
def test_the_logarithm_of_one_minus_a_probability_keeps_its_digits_from_end_to_end(ψ):
    with mpmath.workdps(800):
        exact = float(mpmath.log(1 - mpmath.exp(mpmath.mpf(float(ψ)))))
    assert function(odds.log_complement)(ψ=ψ) == pytest.approx(exact, rel=1e-15, abs=0)


def test_rounding_loses_all_of_it():
    assert refute(odds.near_one).how == "has no value"
    assert float(refute(odds.near_zero).left) == 0


def test_with_odds_an_answer_near_the_probability_1_is_pushed_much_harder():
    gradient = function(odds.ratio_gradient)
    near, usual = (gradient(ψ=(at, -1.0), m=1, l=2, c=1) for at in (-0.001, -1.0))
    assert gradient(ψ=(-1.0, -1.0), m=1, l=2, c=1) == pytest.approx(-0.5 / (1 - np.exp(-1)))
    assert abs(near) * np.exp(log_odds(-0.001) - log_odds(-1.0)) > 100 * abs(usual)


def test_a_maximised_cross_entropy_falls_below_any_bound_and_its_slope_comes_near_1():
    for t in (10.0, 100.0, 1000.0):
        z = np.array([-t, 0.0, 0.0])
        assert log_softmax(z)[0] <= function(odds.maximised)(z=z, c=1, m=2) == -t
        assert function(odds.unlikelihood_by_odds)(z=z, c=1, m=1) < 1e-4
    assert slope(lambda z: z[0] - np.log(np.sum(np.exp(z))), np.array([-10.0, 0, 0]), 1) > 0.9999


def test_no_slope_of_unlikelihood_is_above_1_and_they_sum_to_0():
    for z in RNG.normal(0, 10, (50, 4)):
        slopes = losses.unlikelihood.gradient(classes=RNG.integers(4), logits=z)
        assert np.abs(slopes).max() <= 1 and slopes.sum() == pytest.approx(0, abs=1e-14)


def test_what_is_taken_from_the_class_goes_to_the_others_in_proportion():
    z = np.array([2.0, 1.0, 0.0, -1.0])
    slopes = losses.unlikelihood.gradient(classes=0, logits=z)
    assert slopes[0] == pytest.approx(softmax(z)[0])
    assert slopes[1:] == pytest.approx(-softmax(z)[0] * softmax(z[1:]))


@pytest.mark.parametrize("gap", [0.0, 40.0, 800.0, -40.0, -800.0])
def test_unlikelihood_is_right_where_one_minus_the_probability_is_rounded(gap):
    found = losses.unlikelihood.value(classes=0, logits=[gap, 0.0])
    assert found == pytest.approx(np.logaddexp(0, gap), rel=1e-15, abs=0)
    assert losses.unlikelihood.gradient(classes=0, logits=[gap, 0.0])[0] == pytest.approx(expit(gap), rel=1e-14, abs=0)
