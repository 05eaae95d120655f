"""Losses of bounded logits against SciPy, over many logits within the bounds; those that no logit moves have their
oracles in test_oracles.py.
"""

import numpy as np
import pytest
from mpmath import exp, log, mp, mpf
from oracles import slope
from scipy.optimize import minimize
from scipy.special import entr, log_softmax, logsumexp, softmax

from derivations import bounded_logits
from derivations.checking.counterexamples import confirm
from derivations.functions import function

ORACLES = {
    "bounded_logits.from_uniform": ("z[K]", lambda z: np.log(len(z)) - np.sum(entr(softmax(z)))),
    "bounded_logits.held": ("z[K]", lambda z: np.log(1 + np.exp(z).sum())),
    "bounded_logits.share": ("z[K] k", lambda z, k: softmax(np.append(0, z))[k]),
    "bounded_logits.held_beside": ("z[K] m", lambda z, m: logsumexp(np.append(0, z))),
    "bounded_logits.share_beside": ("z[K] l m", lambda z, l, m: softmax(np.append(0, z))[l]),
    "bounded_logits.held_exponential": ("z[K]", lambda z: 1 + np.exp(z).sum()),
    "bounded_logits.held_gradient": ("z[K] m", lambda z, m: slope(lambda z: np.log(1 + np.exp(z).sum()), z, m)),
}
RNG = np.random.default_rng(7)
SIZES = [2, 3, 10, 1000]


@pytest.mark.parametrize("K", SIZES)
@pytest.mark.parametrize("t", [0.3, 1, 5])
def test_no_logits_within_the_bound_have_a_smaller_loss(K, t):
    least = function(bounded_logits.lowest)(K=K, t=t)
    found = [-log_softmax(RNG.beta(0.2, 0.2, K) * t)[0] for _ in range(200)]
    assert min(found) >= least
    assert -log_softmax(np.append(t, np.zeros(K - 1)))[0] == pytest.approx(least, rel=1e-13, abs=0)


def test_the_bound_is_reached():
    assert confirm(bounded_logits.sharp).outcome == "verified"


@pytest.mark.parametrize("K", SIZES)
def test_two_softmaxes_come_near_their_lowest_loss_and_never_below(K):
    least = function(bounded_logits.softmax_twice)(K=K)
    losses = [-log_softmax(softmax(np.append(size, np.zeros(K - 1))))[0] for size in (0, 5, 20, 300)]
    assert losses == sorted(losses, reverse=True) and losses[-1] == pytest.approx(least, rel=1e-13, abs=0)
    assert min(losses) >= least * (1 - 1e-15) and losses[0] == pytest.approx(np.log(K))


def test_a_search_finds_the_lowest_loss_of_two_softmaxes_of_ten_classes():
    found = minimize(lambda z: -log_softmax(softmax(z))[0], np.zeros(10), tol=1e-12).fun
    assert found == pytest.approx(function(bounded_logits.softmax_twice)(K=10), abs=1e-4)
    assert found == pytest.approx(1.4612, abs=1e-4)  # where users say that it is stuck


@pytest.mark.parametrize("T", [0.07, 0.5, 1])
def test_no_cosines_have_a_smaller_contrastive_loss(T):
    least = function(bounded_logits.contrastive)(K=5, T=T)
    vectors = RNG.normal(size=(300, 5, 3))
    vectors /= np.linalg.norm(vectors, axis=-1, keepdims=True)
    scores = np.einsum("rf,rkf->rk", vectors[:, 0], vectors) / T  # the match has the cosine 1
    assert -log_softmax(scores, axis=-1)[:, 0].min() >= least
    opposite = np.exp(np.array([-1, -1, -1, -1]) / T - 1 / T)  # log1p keeps what log_softmax rounds away
    assert np.log1p(opposite.sum()) == pytest.approx(least, rel=1e-12, abs=0)


def test_the_mean_over_a_batch_of_three_is_above_the_lowest_of_a_row():
    angles = 2 * np.pi * np.arange(3) / 3
    scores = np.cos(angles[:, None] - angles)
    mean = -np.diag(log_softmax(scores, axis=-1)).mean()
    assert mean > function(bounded_logits.contrastive)(K=3, T=1) + 0.1


@pytest.mark.parametrize("z", [[1000.0, 990.0, -1000.0], [-50.0, -60.0, -70.0], [0.0, -1.0, 0.0]])
def test_one_logit_held_at_0_is_one_class_more(z):
    with mp.workdps(500):
        powers = [exp(mpf(one)) for one in z]
        held, shares = float(log(1 + sum(powers))), [float(one / (1 + sum(powers))) for one in powers]
    assert function(bounded_logits.held)(z=z) == pytest.approx(held, rel=1e-13, abs=0)
    found = [function(bounded_logits.share)(z=z, k=place) for place in (1, 2, 3)]
    assert found == pytest.approx(shares, rel=1e-13, abs=0)
    assert found == pytest.approx(softmax(np.append(0, z))[1:], abs=1e-15)
