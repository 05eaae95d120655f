"""Means over groups and perplexity against NumPy, SciPy and every batch there is, and what the page says in words."""

from itertools import combinations

import numpy as np
import pytest
from oracles import slope
from scipy.stats import gmean

from derivations import perplexity
from derivations.checking.counterexamples import refute
from derivations.functions import function


def group_means(v, χ):
    return [np.average(v, weights=shares) for shares in χ.T]


def averaged(v, χ):
    return np.average(np.exp(group_means(v, χ)), weights=χ.sum(axis=0))


ORACLES = {
    "perplexity.size": ("χ[nM] u", lambda χ, u: χ.sum(axis=0)[u - 1]),
    "perplexity.mean_loss": ("v[n] χ[nM] u", lambda v, χ, u: np.average(v, weights=χ[:, u - 1])),
    "perplexity.mean_slope": ("χ[nM] j u", lambda χ, j, u: slope(
        lambda v: np.dot(χ[:, u - 1], v) / χ.sum(axis=0)[u - 1], np.zeros(4), j)),
    "perplexity.pooled_mean": ("v[n]", lambda v: np.mean(v)),
    "perplexity.unbiased": ("v[n]", lambda v: np.mean([np.mean(batch) for batch in combinations(v, 3)])),
    "perplexity.pairs": ("v[n]", lambda v: np.mean([np.mean(batch) for batch in combinations(v, 2)])),
    "perplexity.of_group": ("v[n] χ[nM] u", lambda v, χ, u: gmean(np.exp(v), weights=χ[:, u - 1])),
    "perplexity.log_mean": ("v[n]", lambda v: np.log(gmean(np.exp(v)))),
    "perplexity.geometric_mean": ("v[n]", lambda v: np.log(gmean(np.exp(v)))),
    "perplexity.pooled": ("v[n]", lambda v: gmean(np.exp(v))),
    "perplexity.averaged": ("v[n] χ[nM]", averaged),
    "perplexity.bits_per_byte": ("v[n] B+[]", lambda v, B: np.sum(np.log2(np.exp(v))) / B),
    "perplexity.bits_from_perplexity": ("v[n] B+[]", lambda v, B: np.sum(np.log2(np.exp(v))) / B),
    "perplexity.per_byte": ("v[n] B+[]", lambda v, B: np.prod(np.exp(v)) ** (1 / B)),
    "perplexity.as_exponential": ("v[n] B+[]", lambda v, B: gmean(np.exp(v)) ** (len(v) / B)),
    "perplexity.from_tokens": ("v[n] B+[]", lambda v, B: np.prod(np.exp(v)) ** (1 / B)),
    "perplexity.at_most_averaged": ("v[n] χ[nM]", averaged),
}
LOSSES = np.array([0.3, 2.0, 1.1, 0.7, 3.2, 0.1])


def lengths(*sizes):
    """Which observation is in which of some groups of these sizes, one after another."""
    return np.repeat(np.eye(len(sizes)), sizes, axis=0)


@pytest.mark.parametrize("sizes", [(6,), (1, 5), (3, 3), (2, 3, 1), (1,) * 6], ids=str)
def test_however_a_text_is_split_its_pooled_perplexity_stays_and_is_at_most_the_average(sizes):
    χ, pooled = lengths(*sizes), function(perplexity.pooled)(v=LOSSES)
    found = [function(perplexity.of_group)(v=LOSSES, χ=χ, u=u + 1) for u in range(len(sizes))]
    assert gmean(found, weights=sizes) == pytest.approx(pooled)
    assert np.average(found, weights=sizes) == pytest.approx(function(perplexity.averaged)(v=LOSSES, χ=χ))
    assert np.average(found, weights=sizes) >= pooled - 1e-12


def test_the_average_grows_as_a_text_is_cut_finer():
    finer = (6,), (3, 3), (1, 2, 3), (1,) * 6
    found = [function(perplexity.averaged)(v=LOSSES, χ=lengths(*sizes)) for sizes in finer]
    assert found == sorted(found) and found[0] == pytest.approx(np.exp(LOSSES.mean()))
    assert found[-1] == pytest.approx(np.exp(LOSSES).mean())


def test_with_equal_perplexities_pooled_and_averaged_agree():
    v = [1.0, 2.0, 0.5, 2.5]  # both pairs have the mean 1.5
    assert function(perplexity.averaged)(v=v, χ=lengths(2, 2)) == pytest.approx(function(perplexity.pooled)(v=v))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6])
def test_over_all_batches_of_one_size_a_batch_mean_is_right_on_average(size):
    batches = list(combinations(range(6), size))
    χ = np.array([[float(i in batch) for batch in batches] for i in range(6)])
    assert χ.sum(axis=1) == pytest.approx(len(batches) * size / 6)  # every observation in equally many
    means = [function(perplexity.mean_loss)(v=LOSSES, χ=χ, u=u + 1) for u in range(len(batches))]
    assert np.mean(means) == pytest.approx(LOSSES.mean())


def test_in_an_epoch_with_a_smaller_last_batch_the_mean_of_means_is_off_and_the_weighted_mean_is_not():
    χ = lengths(4, 2)
    means = [function(perplexity.mean_loss)(v=LOSSES, χ=χ, u=u) for u in (1, 2)]
    assert np.mean(means) != pytest.approx(LOSSES.mean(), rel=0.01, abs=0)
    assert np.average(means, weights=[4, 2]) == pytest.approx(LOSSES.mean())


@pytest.mark.parametrize(("name", "left", "right"), [
    ("overlap", 4, 2), ("not_the_mean", 2, 1), ("drawn_more_often", 4, 2), ("not_by_number", 4**0.75, 2.5),
    ("mean_of_mean_losses", 2, 4**0.75), ("split", 2.5, 2),
])  # fmt: skip
def test_the_counterexamples_have_the_values_that_the_page_says(name, left, right):
    found = refute(getattr(perplexity, name))
    assert [float(found.left), float(found.right)] == pytest.approx([left, right], abs=1e-4)
