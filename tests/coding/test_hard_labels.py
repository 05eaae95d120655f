"""A gradient in the logits is no difference where the label is one class: however confident a model is, and be it right
or wrong, every digit is there. Against the correctly rounded functions.
"""

import numpy as np
import pytest
from coded import OF_HARD_LABELS, hard, loaded, reference
from sympy import Sum

from derivations import averages, scores, small_differences, softmax, targets, weights
from derivations.coding.matching import instances
from derivations.functions import function
from derivations.losses import (brier_score, class_weighted_cross_entropy, cross_entropy_of_targets,
                                jensen_shannon_divergence, smoothed_cross_entropy,
                                smoothed_weighted_cross_entropy)  # fmt: skip
from derivations.notation import K, a, k, l, m, y, z

WITHIN, UNDERFLOWN = 1e-14, 1e-307
SEEDS = range(6)
CONFIDENT = np.array([40.0, 0.0, 1.0])


def apart(found, wanted):
    """The largest relative error."""
    found, wanted = np.asarray(found), np.asarray(wanted)
    return np.max(np.abs(found - wanted) / np.maximum(np.abs(wanted), UNDERFLOWN / WITHIN))


@pytest.mark.sampled(8)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("id", OF_HARD_LABELS)
def test_every_digit_of_a_gradient_is_there(id, seed):
    given = hard(id, seed)
    assert apart(loaded(id)(**given), reference(id, given)) <= WITHIN


def test_a_model_that_is_confident_and_right_has_a_slope_in_every_loss():
    """The probabilities of the others are about 4e-18: no double is so near to 1 that they could be taken from it."""
    y, z, a = np.eye(3)[0], CONFIDENT, np.array([2.0, 0.5, 3.0])
    cases = [
        (class_weighted_cross_entropy, {"labels": y, "weights": a}, weights.gradient, {"y": y, "a": a}),
        (cross_entropy_of_targets, {"targets": 2 * y}, targets.gradient, {"a": 2 * y}),
        (brier_score, {"labels": y}, scores.brier_gradient, {"y": y}),
    ]
    for loss, named, entry, given in cases:
        wanted = [function(entry)(**given, z=z, m=m) for m in (1, 2, 3)]
        assert wanted[0] < 0 < min(wanted[1:]) and apart(loss.gradient(logits=z, **named), wanted) <= WITHIN


def test_where_no_label_is_smoothed_the_gradient_is_that_of_a_hard_label():
    y, a = np.eye(3)[0], np.array([2.0, 0.5, 3.0])
    plain = class_weighted_cross_entropy.gradient(labels=y, logits=CONFIDENT, weights=np.ones(3))
    assert apart(smoothed_cross_entropy.gradient(labels=y, logits=CONFIDENT, smoothing=0.0), plain) <= WITHIN
    weighted = class_weighted_cross_entropy.gradient(labels=y, logits=CONFIDENT, weights=a)
    ends = {"classes": 0, "logits": CONFIDENT, "weights": a, "smoothing": 0.0}
    assert apart(smoothed_weighted_cross_entropy.gradient(**ends, check=False), weighted) <= WITHIN


@pytest.mark.parametrize("label", [0, 1])
def test_the_slopes_of_a_loss_of_softmax_sum_to_nothing(label):
    """Moving all logits by the same changes no probability: what the confident class loses, the others gain."""
    for loss in (brier_score, class_weighted_cross_entropy):
        named = {"weights": np.array([2.0, 0.5, 3.0])} if loss is class_weighted_cross_entropy else {}
        slopes = loss.gradient(labels=np.eye(3)[label], logits=CONFIDENT, **named)
        assert abs(slopes.sum()) <= 1e-15 * np.abs(slopes).max()


@pytest.mark.parametrize("step", [1e-3, 1e-6, 1e-9])
def test_near_its_reference_a_jensen_shannon_divergence_loses_what_rounding_moves_a_probability(step):
    """Each slope is a probability times a small number, of which rounding that probability takes as much as this; and
    it takes no more where the probability is 1e-35, with a logarithm of -80.
    """
    v, share = np.array([0.0, -40.0, -80.0]), 0.3
    z = v + step * np.array([1.0, -2.0, 3.0])
    q = np.exp(v) / np.exp(v).sum()
    found = jensen_shannon_divergence.gradient(reference=q, logits=z, share=share)
    wanted = [function(averages.gradient)(q=q, z=z, α=share, m=m) for m in (1, 2, 3)]
    assert np.all(np.abs(found - wanted) <= 2.0**-52 * q * share * (1 - share) + WITHIN * np.abs(wanted))


def test_a_form_is_found_only_where_the_sum_and_the_entry_are_of_one_vector():
    form = small_differences.targets_gradient.lines[2]
    share, weighted = softmax.probability(z, m), Sum(a[k] * y[k], (k, 1, K))
    assert [True for _ in instances(form, share * weighted - a[m] * y[m])] == [True]
    for other in (a[m], y[m], a[m] * y[l], a[m] * z[m]):
        assert not list(instances(form, share * weighted - other))
