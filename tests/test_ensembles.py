"""Ensembles against SciPy and NumPy: geometric means, divergences, and what the page says in words."""

import numpy as np
import pytest
from oracles import H
from scipy.special import log_softmax, logsumexp, rel_entr, softmax
from scipy.stats import gmean

from derivations import averages, ensembles
from derivations.checking.counterexamples import refute
from derivations.functions import function


def pooled(Z):
    """Geometric means of the models' probabilities, divided by their sum: no logit is averaged."""
    means = gmean(softmax(Z, axis=1))
    return means / means.sum()


def gain(Z):
    return np.mean([rel_entr(pooled(Z), p).sum() for p in softmax(Z, axis=1)])


def mean_loss(y, Z):
    return np.mean(H(np.broadcast_to(y, Z.shape), softmax(Z, axis=1)))


ORACLES = {
    "ensembles.mean_logits": ("Z[MK] k", lambda Z, k: np.average(Z, axis=0)[k - 1]),
    "ensembles.total_of_logits": ("Z[MK] k", lambda Z, k: Z.sum(axis=0)[k - 1]),
    "ensembles.geometric_mean": ("Z[MK] m", lambda Z, m: gmean(softmax(Z, axis=1))[m - 1]),
    "ensembles.normalised": ("Z[MK] m", lambda Z, m: pooled(Z)[m - 1]),
    "ensembles.mean_of_losses": ("y[K] Z[MK]", mean_loss),
    "ensembles.gain": ("Z[MK]", gain),
    "ensembles.log_normaliser": ("Z[MK]", lambda Z: -np.log(gmean(softmax(Z, axis=1)).sum())),
    "ensembles.loss": ("y[K] Z[MK]", mean_loss),
    "ensembles.at_most_mean": ("y[K] Z[MK]", lambda y, Z: H(y, pooled(Z))),
}
RNG = np.random.default_rng(7)
Z = RNG.normal(0, 2, (3, 4))


def test_averaged_log_probabilities_give_what_averaged_logits_do():
    assert softmax(log_softmax(Z, axis=1).mean(axis=0)) == pytest.approx(softmax(Z.mean(axis=0)))
    assert pooled(Z) == pytest.approx(softmax(Z.mean(axis=0)))


def test_the_gain_is_the_same_whatever_the_label():
    gains = [mean_loss(y, Z) - function(ensembles.at_most_mean)(y=y, Z=Z)
             for y in [*np.eye(4), *RNG.dirichlet([1] * 4, 3)]]  # fmt: skip
    assert gains == pytest.approx([function(ensembles.gain)(Z=Z)] * 7) and gains[0] > 0.1
    assert gains[0] == pytest.approx(np.mean(logsumexp(Z, axis=1)) - logsumexp(Z.mean(axis=0)))


def test_models_that_say_the_same_gain_nothing_whatever_is_added_to_their_logits():
    shifted = Z[0] + np.array([[0.0], [5.0], [-3.0]])
    assert function(ensembles.gain)(Z=shifted) == pytest.approx(0, abs=1e-14)


def test_a_model_with_larger_logits_counts_for_more_and_a_veto_is_one():
    assert softmax(np.mean([[4.0, 0.0], [0.0, 1.0]], axis=0))[0] > 0.5
    assert pooled(np.array([[0.0, 0.0], [-60.0, 0.0]]))[0] < 1e-12


@pytest.mark.parametrize(("label", "logits", "probabilities"), [(0, 0.241, 0.288), (1, 1.542, 1.386)])
def test_neither_average_is_always_the_better_one(label, logits, probabilities):
    p, y = np.array([[0.9, 0.1], [0.6, 0.4]]), np.eye(2)[label]
    assert function(ensembles.at_most_mean)(y=y, Z=np.log(p)) == pytest.approx(logits, abs=5e-4)
    assert function(averages.ensemble)(y=y, φ=p) == pytest.approx(probabilities, abs=5e-4)


def test_the_counterexamples_have_these_values():
    for name, left, right in (("not_always_below", np.log1p(np.sqrt(13.5)), np.log(4)),
                              ("not_always_above", -np.log(0.75), np.log1p(np.sqrt(1 / 13.5)))):  # fmt: skip
        found = refute(getattr(ensembles, name))
        assert [float(found.left), float(found.right)] == pytest.approx([left, right], abs=1e-4), name


def test_with_two_classes_the_average_of_the_logits_is_often_the_surer_one():
    models = RNG.normal(0, 2, (5000, 3))
    logits, chances = np.abs(softmax([models.mean(axis=1), np.zeros(5000)], axis=0)[0] - 0.5), 1 / (1 + np.exp(-models))
    assert 0.6 < np.mean(logits > np.abs(chances.mean(axis=1) - 0.5)) < 1
