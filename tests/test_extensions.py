"""What practitioners do to cross-entropy, item by item: each is in the catalogue, and on its page.

The items are those that a treatment beyond the core states, and the variants that people ask for.
"""

import pytest
from pages import has_a_card

from derivations.catalogue import catalogue

ENTRIES = catalogue()

EXTENSION = {
    "lik-multinom-coef": "invariance.ratio invariance.log_multiplied_maximum invariance.order_or_counts",
    "repar": "invariance.best_logit invariance.bijection invariance.mode_moves",
    "wilks": "invariance.likelihood_ratio invariance.chi_squared",
    "pop-ce": "information.population information.population_least information.population_attained",
    "map-smoothing": "ridge.smoothed ridge.maximum ridge.smoothed_sum",
    "ridge-lr": "ridge.ridge_strictly_convex ridge.classes_strictly_convex ridge.unique ridge.classes_sum",
    "minibatch": "perplexity.unbiased perplexity.pairs perplexity.all_batches",
    "newton": "newton.least_squares newton.observed_is_expected",
    "soft-not-pmf": "soft_labels.not_a_probability",
    "label-smoothing": "soft_labels.smoothed soft_labels.smoothed_loss soft_labels.smoothed_minimum "
                       "soft_labels.logit_gap soft_labels.positive_floor",
    "class-weights": "weights.gradient weights.best weights.not_calibrated targets.two_means",
    "temperature": "temperature.gradient temperature.entropy_slope temperature.entropy_rises",
    "distillation": "temperature.distillation_gradient temperature.large_temperature",
    "focal": "focal.gradient focal.without_focus focal.nonnegative focal.upper_bound focal.improper",
    "multilabel": "multilabel.loss multilabel.gradient multilabel.entries_do_not_cancel multilabel.logits_found "
                  "multilabel.not_softmax",
    "proper": "scores.log_proper scores.locality scores.absolute_improper",
    "brier": "scores.brier_mean scores.brier_only_at_truth scores.not_local scores.brier_gradient scores.brier_below "
             "scores.two_outcomes",
    "zero-one-bound": "scores.one_bit",
    "expfam": "exponential_family.log_partition_gradient exponential_family.hessian "
              "exponential_family.variational_bound exponential_family.conjugate",
    "fenchel-young": "exponential_family.fenchel_young exponential_family.never_negative exponential_family.bregman",
    "ensemble-jensen": "averages.ensemble",
}  # fmt: skip

# What people ask in public, and what answers it.
ASKED = {
    "slope in the temperature, and of the entropy": "temperature.slope temperature.entropy_slope",
    "why distillation is multiplied by T squared": "temperature.distillation_gradient temperature.missing_factor",
    "Hessians at a temperature, and of distillation": "temperature.hessian temperature.distillation_hessian",
    "one best temperature": "calibration.inverse_slope calibration.convex calibration.not_convex",
    "smoothing in two conventions": "soft_labels.smoothed soft_labels.two_ways_mixed",
    "a weight for the label 1": "weights.binary_gradient weights.binary_report weights.binary_shift",
    "targets that do not sum to one": "targets.gradient targets.not_probability_less_target",
    "a class that is left out": "targets.without_class targets.zero_weight_is_not_left_out",
    "focal loss, its slopes, its best report": "focal.gradient focal.curvature focal.truth focal.no_slope",
    "squared error through softmax": "scores.brier_gradient",
    "two denominators of a weighted mean": "targets.by_number targets.mean_by_weights",
    "a mean of means": "perplexity.not_the_mean perplexity.pooled_mean",
    "pooled perplexity": "perplexity.at_most_averaged perplexity.split",
    "generalised Jensen-Shannon divergence": "averages.jensen_shannon averages.gradient",
    "z-loss": "focal.z_gradient focal.z_hessian focal.z_gradient_sum",
    "preferences, and their conservative form": "preferences.loss preferences.gradient preferences.conservative_form",
    "labels minus 1 and 1": "preferences.signed_loss preferences.signed_gradient preferences.signed_curvature",
    "gradient in the features": "softmax_regression.features_gradient",
    "twice p(1 - p), and another factor": "newton.diagonal_bound newton.smaller_factor",
    "standard errors": "newton.variance newton.large_samples",
    "contrast": "preferences.contrastive_loss preferences.contrastive_gradient",
    "one theorem behind p - y": "exponential_family.bernoulli_gradient exponential_family.categorical_gradient "
                                "exponential_family.gaussian_gradient exponential_family.poisson_gradient",
    "information gain": "entropy.information_gain information.gain_not_negative",
    "a maximum that an increasing function does not move": "invariance.likelihood_maximum "
                                                           "invariance.mean_loss_minimum",
}  # fmt: skip
ITEMS = EXTENSION | ASKED


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_in_the_catalogue_and_on_its_page(item):
    assert ITEMS[item].split() and [id for id in ITEMS[item].split() if not has_a_card(ENTRIES[id].id)] == []


def test_a_statement_that_was_weakened_to_words_would_be_seen():
    """Of each item something is derived or defined, or a claim is refuted."""
    for item, ids in ITEMS.items():
        assert {ENTRIES[id].kind for id in ids.split()} - {"theorem"}, item
