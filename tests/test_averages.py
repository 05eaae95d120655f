"""Averages of distributions against SciPy, complex steps and draws, and what the page says in words."""

from pathlib import Path

import numpy as np
import pytest
from oracles import H, slope
from scipy.spatial.distance import jensenshannon
from scipy.special import rel_entr, softmax
from scipy.stats import entropy

from derivations import averages
from derivations.checking.counterexamples import refute
from derivations.functions import function

DOCS = Path(__file__).parent.parent / "docs"


def divergence(q, p, α):
    mixture = α * q + (1 - α) * p
    return α * rel_entr(q, mixture).sum() + (1 - α) * rel_entr(p, mixture).sum()


def in_entropies(q, p, α):
    return entropy(α * q + (1 - α) * p) - α * entropy(q) - (1 - α) * entropy(p)


def plain_softmax(z):
    return np.exp(z) / np.sum(np.exp(z))


def plain_entropy(p):
    return -np.sum(p * np.log(p))


def mixed(q, z, α):
    return α * q + (1 - α) * plain_softmax(z)


def plain_divergence(q, α):
    """But for the entropy of q, which no logit moves."""
    return lambda z: plain_entropy(mixed(q, z, α)) - (1 - α) * plain_entropy(plain_softmax(z))


ORACLES = {
    "averages.averaged": ("φ[MK] k", lambda φ, k: φ.mean(axis=0)[k - 1]),
    "averages.total_of_models": ("φ[MK] k", lambda φ, k: φ.sum(axis=0)[k - 1]),
    "averages.ensemble": ("y[K] φ[MK]", lambda y, φ: H(y, φ.mean(axis=0))),
    "averages.jensen_shannon": ("q[K] p[K] α[]", in_entropies),
    "averages.in_entropies": ("q[K] p[K] α[]", divergence),
    "averages.not_negative": ("", lambda: 0.0),
    "averages.part_below": ("q[K] α[] k", lambda q, α, k: (α * q)[k - 1]),
    "averages.other_part_below": ("p[K] α[] k", lambda p, α, k: (p - α * p)[k - 1]),
    "averages.divergence_of_one": ("α[]", lambda α: np.log(1 / α)),
    "averages.divergence_of_other": ("α[]", lambda α: -np.log1p(-α)),
    "averages.at_most_shares": ("α[]", lambda α: entropy([α, 1 - α])),
    "averages.at_most_log_two": ("", lambda: entropy([1, 1])),
    "averages.minus_cross_entropy": ("q[K] p[K] α[]", lambda q, p, α: -H(p, α * q + (1 - α) * p)),
    "averages.share_slope": ("q[K] p[K] α[]", lambda q, p, α: slope(lambda α: plain_entropy(α * q + (1 - α) * p), α)
                             - entropy(q) + entropy(p)),
    "averages.at_share_zero": ("q[K] p[K]", lambda q, p: entropy(q, p)),
    "averages.mixture_slope": ("z[K] α[] k m", lambda z, α, k, m: slope(lambda z: mixed(0.2, z, α)[k - 1], z, m)),
    "averages.mixture_entropy_gradient": ("q[K] z[K] α[] m",
                                          lambda q, z, α, m: slope(lambda z: plain_entropy(mixed(q, z, α)), z, m)),
    "averages.softmax_difference": ("z[K] l m", lambda z, l, m: plain_softmax(z)[l - 1] - plain_softmax(z)[m - 1]),
    "averages.log_difference": ("q[K] z[K] α[] l m", lambda q, z, α, l, m: (
        np.log(mixed(q, z, α)[l - 1] / mixed(q, z, α)[m - 1]))),
    "averages.gradient": ("q[K] z[K] α[] m", lambda q, z, α, m: slope(plain_divergence(q, α), z, m)),
}
RNG = np.random.default_rng(3)


@pytest.mark.parametrize("members", [1, 2, 7])
def test_averaged_predictions_have_at_most_the_mean_loss_and_equal_ones_the_same(members):
    y, φ = RNG.dirichlet([1, 1, 1, 1]), RNG.dirichlet([1, 1, 1, 1], members)
    found = function(averages.ensemble)(y=y, φ=φ)
    assert found <= np.mean([H(y, p) for p in φ]) + 1e-12
    assert function(averages.ensemble)(y=y, φ=[φ[0]] * members) == pytest.approx(H(y, φ[0]))


def test_with_equal_shares_it_is_the_square_of_the_distance_that_scipy_has():
    q, p = RNG.dirichlet([1, 1, 1], 2)
    found = function(averages.jensen_shannon)(q=q, p=p, α=0.5)
    assert found == pytest.approx(jensenshannon(q, p) ** 2) and 0 < found < np.log(2)
    assert found == pytest.approx(function(averages.jensen_shannon)(q=p, p=q, α=0.5))


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.9])
def test_what_has_no_class_in_common_reaches_the_entropy_of_the_shares_and_nothing_exceeds_it(share):
    bound, value = function(averages.at_most_shares)(α=share), function(averages.jensen_shannon)
    assert value(q=[0.4, 0.6, 0, 0], p=[0, 0, 0.1, 0.9], α=share) == pytest.approx(bound, rel=1e-14, abs=0)
    found = [value(q=q, p=p, α=share) for q, p in zip(RNG.dirichlet([0.1] * 3, 50), RNG.dirichlet([0.1] * 3, 50))]
    assert 0.8 * bound < max(found) <= bound <= np.log(2)


def test_at_the_ends_of_the_share_it_and_its_slope_in_the_model_vanish():
    q, z = RNG.dirichlet([1, 1, 1]), np.array([0.3, -1, 0.5])
    for share in (0, 1):
        assert function(averages.jensen_shannon)(q=q, p=softmax(z), α=share) == pytest.approx(0, abs=1e-14)
        for m in (1, 2, 3):
            assert function(averages.gradient)(q=q, z=z, α=share, m=m) == pytest.approx(0, abs=1e-14)


def test_over_a_share_near_0_or_1_it_is_nearly_a_divergence():
    q, p = RNG.dirichlet([2, 2, 2], 2)
    value = function(averages.jensen_shannon)
    for share in (1e-3, 1e-5):
        assert value(q=q, p=p, α=share) / share == pytest.approx(entropy(q, p), rel=5 * share, abs=0)
        assert value(q=q, p=p, α=1 - share) / share == pytest.approx(entropy(p, q), rel=5 * share, abs=0)
    assert entropy(q, p) != pytest.approx(entropy(p, q), rel=0.01, abs=0)
    assert function(averages.at_share_zero)(q=q, p=p) == pytest.approx(entropy(q, p))


def test_where_the_model_is_the_other_distribution_the_gradient_is_0_and_its_entries_sum_to_0_anywhere():
    z = np.array([0.3, -1, 0.5])
    there, elsewhere = softmax(z), RNG.dirichlet([1, 1, 1])
    gradient = function(averages.gradient)
    assert [gradient(q=there, z=z, α=0.3, m=m) for m in (1, 2, 3)] == pytest.approx([0] * 3, abs=1e-14)
    found = [gradient(q=elsewhere, z=z, α=0.3, m=m) for m in (1, 2, 3)]
    assert sum(found) == pytest.approx(0, abs=1e-14) and max(map(abs, found)) > 1e-3


def test_the_average_is_not_below_the_better_model():
    found = refute(averages.not_below_each)
    assert [float(found.left), float(found.right)] == pytest.approx([np.log(2), np.log(4 / 3)], abs=1e-4)


def test_the_root_that_scipy_gives_is_at_most_that_of_log_2():
    assert f"at most {jensenshannon([1, 0], [0, 1]):.3f}." in (DOCS / "averages.md").read_text(encoding="utf-8")
