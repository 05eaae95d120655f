"""The core of the subject, item by item: each is a derivation, a counterexample, a definition, or a cited theorem of
the catalogue.
"""

import pytest
from oracles import INDICES
from pages import has_a_card
from sympy import Sum

from derivations.catalogue import catalogue
from derivations.notation import K, k, y

ENTRIES = catalogue()

# What a complete treatment states, by short names, and the entries that state it.
CORE = {
    # objects and conventions
    "simplex": "distributions.simplex categorical.one_hot_label",
    "boundary": "distributions.boundary distributions.boundary_limit",
    "model": "distributions.model",
    "bern-pmf": "bernoulli.mass bernoulli.total_probability bernoulli.mean bernoulli.variance",
    "cat-pmf": "categorical.mass categorical.mass_of_class categorical.total_probability categorical.mean "
               "categorical.variance",
    "cat-k2": "two_classes.mass",
    "joint-cond": "likelihood.joint_and_conditional likelihood.joint_score likelihood.shared_parameter "
                  "softmax_regression.joint_gradient",
    # likelihood
    "lik-prod": "bernoulli.likelihood likelihood.dependent_labels",
    "lik-prod-cat": "categorical.likelihood likelihood.likelihood_of_the_seen",
    "lik-counts": "likelihood.counts categorical.cells",
    "lik-not-density": "likelihood.total_probability likelihood.last_label likelihood.multiplying_out "
                       "likelihood.not_a_density likelihood.beta_integral",
    "lik-sup": "likelihood.at_most_one likelihood.missing likelihood.attained likelihood.attained_by_classes "
               "likelihood.bound logistic_regression.not_attained",
    "log-monotone": "likelihood.log_is_increasing likelihood.minus_log_is_decreasing likelihood.monotone "
                    "likelihood.not_strictly likelihood.exponential_of_log",
    # log-likelihood
    "ll-bern": "bernoulli.log_likelihood",
    "ll-cat": "categorical.log_likelihood",
    "onehot-select": "categorical.mass_of_class likelihood.selection likelihood.log_likelihood_of_the_seen",
    "locality": "likelihood.selection likelihood.other_classes softmax.hard_gradient softmax.other_classes",
    "underflow": "likelihood.as_exponential likelihood.underflow numerics.product_bound numerics.underflow_bound",
    # cross-entropy
    "entropy-bounds": "distributions.surprisal cross_entropy.entropy entropy.not_negative entropy.at_most_uniform",
    "ce-def": "cross_entropy.cross_entropy",
    "nll-def": "bernoulli.negative_log_likelihood bernoulli.mean_negative_log_likelihood "
               "categorical.negative_log_likelihood categorical.mean_negative_log_likelihood",
    "nll-mean-ce": "cross_entropy.mean_nll categorical.cross_entropy bernoulli.cross_entropy",
    "nll-const-ce": "cross_entropy.frequency cross_entropy.constant_model",
    "nll-emp-cond": "cross_entropy.empirical",
    "ce-h-kl": "cross_entropy.decomposition cross_entropy.kl_divergence cross_entropy.hard_label_entropy "
               "cross_entropy.hard_label_divergence",
    "gibbs": "cross_entropy.gibbs cross_entropy.gibbs_equality cross_entropy.minimum",
    "emp-floor": "cross_entropy.floor entropy.floor_gap",
    "base-change": "cross_entropy.logarithm cross_entropy.base_change",
    "perplexity": "cross_entropy.perplexity likelihood.geometric_mean entropy.uniform_perplexity",
    "ce-bounds": "cross_entropy.minimum entropy.uniform_model entropy.bounded_model log_sum_exp.loss_lower_bound "
                 "log_sum_exp.loss_upper_bound",
    "ce-asym": "cross_entropy.asymmetry cross_entropy.kl_asymmetry",
    "ce-convex": "entropy.hessian entropy.convexity entropy.linearity entropy.concavity",
    "entropy-not-ce": "cross_entropy.entropy_is_not_the_loss softmax.entropy_gradient",
    # derivatives in the probabilities, maximum likelihood
    "bern-score": "bernoulli.score bernoulli.hessian",
    "cat-grad-p": "cross_entropy.gradient entropy.hessian maximum_likelihood.reduced_score "
                  "maximum_likelihood.reduced_score_at_the_labels maximum_likelihood.ambient_gradient_at_the_labels",
    "wamgm": "maximum_likelihood.weighted_product maximum_likelihood.any_weights maximum_likelihood.scaled_weights "
             "maximum_likelihood.scaled_shares",
    "mle-bern": "bernoulli.stationary_point bernoulli.maximum_likelihood maximum_likelihood.observed_information",
    "mle-cat": "categorical.multiplier categorical.stationary_point categorical.maximum_likelihood "
               "maximum_likelihood.entropy_of_frequencies",
    "score-zero": "maximum_likelihood.mean_score maximum_likelihood.bernoulli_mean_score",
    "fisher": "maximum_likelihood.fisher_information maximum_likelihood.fisher_information_as_curvature "
              "maximum_likelihood.bernoulli_fisher_information maximum_likelihood.fisher_information_of_probabilities "
              "maximum_likelihood.inverse_fisher_information "
              "information.bernoulli_curvature information.hessian information.curvature",
    # logits
    "sigmoid": "sigmoid.sigmoid sigmoid.symmetry sigmoid.logit sigmoid.derivative",
    "softmax-shift": "softmax.probability softmax.shift softmax.right_inverse softmax.not_scale_invariant",
    "lse": "softmax.log_sum_exp softmax.log_sum_exp_gradient log_sum_exp.hessian log_sum_exp.positive_semidefinite "
           "log_sum_exp.shift log_sum_exp.not_invariant log_sum_exp.lower_bound log_sum_exp.upper_bound "
           "log_sum_exp.entropy_identity log_sum_exp.lower_gap log_sum_exp.upper_gap log_sum_exp.upper_bound_reached",
    "softmax-jac": "softmax.jacobian log_sum_exp.jacobian_rows_sum log_sum_exp.positive_semidefinite "
                   "log_sum_exp.one_deviation log_sum_exp.largest_eigenvalue "
                   "gradient_bounds.jacobian_in_direction gradient_bounds.flat_along_shift "
                   "gradient_bounds.flat_only_along_shift",
    "log-softmax": "softmax.log_probability log_sum_exp.log_probability_gradient",
    "bce-logit": "sigmoid.softplus sigmoid.cross_entropy sigmoid.second_form sigmoid.hard_form",
    "bce-grad": "sigmoid.gradient sigmoid.hessian sigmoid.curvature_bound",
    "ce-logit": "softmax.cross_entropy softmax.weighted_cross_entropy",
    "ce-grad-logit": "softmax.gradient softmax.weighted_gradient softmax.gradient_sum softmax.hessian "
                     "log_sum_exp.convexity",
    "chain-check": "softmax.two_routes softmax.diagonal_only",
    "softmax2-sigmoid": "two_classes.first_probability two_classes.softmax_cross_entropy",
    "grad-bounds": "softmax.gradient_upper_bound softmax.gradient_lower_bound sigmoid.linear_growth_upper_bound "
                   "sigmoid.linear_growth_lower_bound gradient_bounds.sum_of_sizes gradient_bounds.squared_norm "
                   "gradient_bounds.curvature_bound gradient_bounds.lipschitz",
    "exp-grad": "softmax.expected_gradient",
    "mse-saturation": "sigmoid.squared_error_gradient sigmoid.squared_error_bound sigmoid.squared_error_is_not_convex",
    # weights
    "lr-grad": "logistic_regression.gradient logistic_regression.hessian",
    "mlr-grad": "softmax_regression.gradient softmax_regression.hessian softmax_regression.loss_shift",
    "lr-convex": "logistic_regression.convex logistic_regression.equal_features softmax_regression.convex "
                 "logistic_regression.product_of_weights best_weights.flat best_weights.flat_only "
                 "best_weights.flat_for_classes best_weights.flat_only_for_classes",
    "moment-match": "logistic_regression.moment_matching logistic_regression.mean_probability "
                    "softmax_regression.moment_matching",
    "separable": "logistic_regression.separation_bound logistic_regression.not_attained logistic_regression.separation "
                 "best_weights.separation_bound best_weights.above_zero best_weights.separation",
    # soft labels
    "soft-expect": "soft_labels.expectation soft_labels.gradient",
    "soft-min": "soft_labels.minimum soft_labels.attained soft_labels.excess soft_labels.positive_floor",
    "soft-weights": "soft_labels.fractional_count soft_labels.weights",
    "info-gain": "entropy.information_gain cross_entropy.gibbs",
    # numerics
    "stable-softplus": "numerics.softplus numerics.binary_cross_entropy",
    "stable-lse": "numerics.log_sum_exp numerics.terms_at_most_one numerics.log_softmax",
    "naive-fail": "numerics.naive_sigmoid numerics.naive_exponential numerics.naive_logarithm",
    "clip-bias": "numerics.clipping numerics.clipped_loss_bound numerics.clipped_gradient",
    "grad-check": "numerics.difference_of_a_cubic numerics.central_difference "
                  "numerics.difference_upper_bound numerics.difference_lower_bound",
}
CORE = {item: ids.split() for item, ids in CORE.items()}

NAMED = """
    cross_entropy.entropy cross_entropy.cross_entropy cross_entropy.kl_divergence cross_entropy.decomposition
    cross_entropy.gibbs cross_entropy.mean_nll cross_entropy.empirical cross_entropy.floor cross_entropy.base_change
    cross_entropy.perplexity cross_entropy.entropy_is_not_the_loss cross_entropy.asymmetry
    likelihood.joint_and_conditional likelihood.counts likelihood.not_a_density maximum_likelihood.fisher_information
    maximum_likelihood.mean_score softmax.two_routes softmax.shift softmax.expected_gradient
    softmax.gradient_upper_bound logistic_regression.gradient logistic_regression.hessian softmax_regression.gradient
    softmax_regression.hessian softmax_regression.moment_matching soft_labels.expectation soft_labels.minimum
    soft_labels.weights numerics.softplus numerics.log_sum_exp numerics.confident_cross_entropy
""".split()


def test_the_core_is_complete():
    assert len(CORE) == 68


@pytest.mark.parametrize("item", CORE)
def test_an_item_of_the_core_is_in_the_catalogue_and_on_its_page(item):
    assert CORE[item]
    assert [id for id in CORE[item] if not has_a_card(ENTRIES[id].id)] == []
    kinds = {ENTRIES[id].kind for id in CORE[item]}
    assert kinds & {"derivation", "definition"} or kinds == {"counterexample"}


@pytest.mark.parametrize("id", NAMED)
def test_the_best_known_results_have_the_names_one_expects(id):
    assert id in ENTRIES


def test_what_is_said_of_any_size_is_not_shown_of_one_size_only():
    """A derivation of the core keeps its sizes as symbols: none has a sum over a fixed number of classes, but in the
    chapter of two classes.
    """
    with_two = ("two_classes.", "bernoulli.", "sigmoid.")
    core = [id for ids in CORE.values() for id in ids]
    asked = [id for id in core if ENTRIES[id].kind == "derivation" and not id.startswith(with_two)]
    assert len(asked) > 100
    assert [id for id in asked if of_fixed_size(ENTRIES[id].start) or of_fixed_size(ENTRIES[id].result)] == []
    assert of_fixed_size(Sum(y[k], (k, 1, 2))) and not of_fixed_size(Sum(y[k], (k, 1, K)))


def of_fixed_size(expression):
    limits = [limit for total in expression.atoms(Sum) for limit in total.limits]
    return any(str(index) in INDICES and top.is_Integer for index, _, top in limits)
