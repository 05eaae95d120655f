"""Results as functions: each against SciPy, scikit-learn or plain NumPy that know nothing of the derivation, and
each refusal.
"""

import re
from fractions import Fraction
from inspect import signature

import numpy as np
import pytest
from oracles import (H2, H, at, collected, curvature, log_likelihood, loss_of_logit, loss_of_logits, samples, slope,
                     two_log_likelihood, with_complement)
from scipy.special import entr, expit, log_expit, log_softmax, logsumexp, softmax
from scipy.stats import bernoulli, multinomial
from sklearn.metrics import log_loss

from derivations.catalogue import catalogue, has_result
from derivations.functions import function

ENTRIES = catalogue()
SIZED = {  # results of which no array says what some size is: it is given
    "categorical.total_count": "n", "categorical.multiplier": "n", "soft_labels.fractional_count": "n",
    "categorical.one_hot_label": "K", "entropy.uniform": "K", "entropy.uniform_model": "K",
    "entropy.at_most_uniform": "K", "entropy.uniform_perplexity": "K", "softmax_regression.logits_gradient": "K",
    "maximum_likelihood.inverse_fisher_information": "K",
    "cross_entropy.input_count": "M", "cross_entropy.label_count": "M", "cross_entropy.input_frequency": "M",
    "cross_entropy.label_frequency": "M", "cross_entropy.label_count_from_frequency": "M", "cross_entropy.floor": "M",
    "entropy.floor_attained": "M", "entropy.joint_frequency": "M", "entropy.joint_from_parts": "M",
    "entropy.of_inputs": "M", "entropy.information_gain": "M",
    "soft_labels.smoothed_gap": "K", "log_sum_exp.upper_bound": "K", "log_sum_exp.upper_bound_reached": "K",
    "maximum_likelihood.rest_slope": "K", "numerics.product_bound": "n", "numerics.power_as_exponential": "n",
    "temperature.logit_gradient": "K", "ridge.total": "n", "ridge.posterior_multiplier": "n",
    **dict.fromkeys(("bounded_logits.lowest", "bounded_logits.softmax_twice", "bounded_logits.contrastive",
                     "bounded_logits.equal_scores"), "K"),
    "preferences.margin_slope": "K", "ensembles.root": "M", "perplexity.sizes_sum": "n",
    "targets.all_but": "K", "targets.balanced_sum": "n", "targets.balanced_report": "K",
}
COUNTED = {"n": "observations", "K": "classes", "M": "distinct inputs, or of groups of observations"}


# id -> the arguments with their shapes, and the oracle
SAME_FOR_TWO = {
    "mass": ("p[n] y[n] i", lambda p, y, i: np.exp(-H2(at(y, i), at(p, i)))),
    "likelihood": ("p[n] y[n]", lambda p, y: np.exp(-np.sum(H2(y, p)))),
    "log_likelihood": ("p[n] y[n]", lambda p, y: -np.sum(H2(y, p))),
    "negative_log_likelihood": ("p[n] y[n]", lambda p, y: np.sum(H2(y, p))),
    "mean_negative_log_likelihood": ("p[n] y[n]", lambda p, y: np.mean(H2(y, p))),
    "cross_entropy": ("p[n] y[n]", lambda p, y: np.mean(H2(y, p))),
    "score": ("p[n] y[n] j", lambda p, y, j: slope(two_log_likelihood(y), p, j)),
    "hessian": ("p[n] y[n] j r", lambda p, y, j, r: curvature(two_log_likelihood(y), p, [j], [r])),
    "maximum_likelihood": ("y[n]", lambda y: np.mean(y)),
}
ORACLES = {
    "cross_entropy.cross_entropy": ("q[K] p[K]", lambda q, p: H(q, p)),
    "cross_entropy.two_outcomes": ("y p", lambda y, p: H2(y, p)),
    **{f"bernoulli.{name}": case for name, case in SAME_FOR_TWO.items()},
    "bernoulli.mass": ("y p", lambda y, p: np.exp(-H2(y, p))),
    "bernoulli.count": ("y[n]", lambda y: np.sum(y)),
    "bernoulli.shared_model": ("p", lambda p: p),
    "bernoulli.shared_log_likelihood": ("y[n] p", lambda y, p: -np.sum(H2(y, np.full(len(y), p)))),
    "bernoulli.shared_score": ("y[n] p", lambda y, p: slope(two_log_likelihood(y), p)),
    "bernoulli.stationary_point": ("y[n]", lambda y: np.mean(y)),
    "bernoulli.frequency": ("y[n]", lambda y: np.mean(y)),
    "bernoulli.count_from_frequency": ("y[n]", lambda y: np.sum(y)),
    "bernoulli.frequency_of_zero": ("y[n]", lambda y: np.mean(1 - y)),
    "bernoulli.frequency_form": ("y[n] p", lambda y, p: -np.sum(H2(y, np.full(len(y), p)))),
    "bernoulli.maximum_likelihood": ("y[n]", lambda y: -len(y) * np.sum(entr([np.mean(y), 1 - np.mean(y)]))),
    "categorical.mass": ("y[K] p[K]", lambda y, p: np.exp(-H(y, p))),
    "categorical.likelihood": ("y[nK] p[nK]", lambda y, p: np.exp(-np.sum(H(y, p)))),
    "categorical.log_likelihood": ("y[nK] p[nK]", lambda y, p: -np.sum(H(y, p))),
    "categorical.negative_log_likelihood": ("y[nK] p[nK]", lambda y, p: np.sum(H(y, p))),
    "categorical.mean_negative_log_likelihood": ("y[nK] p[nK]", lambda y, p: np.mean(H(y, p))),
    "categorical.cross_entropy": ("y[nK] p[nK]", lambda y, p: np.mean(H(y, p))),
    "categorical.score": ("y[nK] p[nK] j m", lambda y, p, j, m: slope(log_likelihood(y), p, j, m)),
    "categorical.hessian": ("y[nK] p[nK] j r m l",
                            lambda y, p, j, r, m, l: curvature(log_likelihood(y), p, [j, m], [r, l])),
    "categorical.count": ("y[nK] k", lambda y, k: at(y.sum(axis=0), k)),
    "categorical.shared_model": ("p[K] k", lambda p, k: at(p, k)),
    "categorical.shared_log_likelihood": ("y[nK] p[K]", lambda y, p: -np.sum(H(y, p))),
    "categorical.lagrangian": ("y[nK] P[K] λ", lambda y, p, λ: -np.sum(H(y, p)) - λ * (np.sum(p) - 1)),
    "categorical.shared_score": ("y[nK] p[K] λ m", lambda y, p, λ, m: slope(
        lambda p: log_likelihood(y)(p) - λ * (np.sum(p) - 1), p, m)),
    "categorical.stationary_point": ("y[nK] m", lambda y, m: at(y.mean(axis=0), m)),
    "categorical.frequency": ("y[nK] m", lambda y, m: at(y.mean(axis=0), m)),
    "categorical.count_from_frequency": ("y[nK] k", lambda y, k: at(y.sum(axis=0), k)),
    "categorical.frequency_form": ("y[nK] p[K]", lambda y, p: -np.sum(H(y, p))),
    "categorical.frequencies_sum": ("", lambda: 1),
    "categorical.maximum_likelihood": ("y[nK]", lambda y: -len(y) * np.sum(entr(y.mean(axis=0)))),
    "sigmoid.sigmoid": ("z", lambda z: expit(z)),
    "sigmoid.probability": ("z", lambda z: expit(z)),
    "sigmoid.softplus": ("z", lambda z: np.logaddexp(0, z)),
    "sigmoid.growing_form": ("z", lambda z: expit(z)),
    "sigmoid.complement": ("z", lambda z: expit(-z)),
    "sigmoid.log_probability": ("z", lambda z: log_expit(z)),
    "sigmoid.log_complement": ("z", lambda z: log_expit(-z)),
    "sigmoid.log_by_softplus": ("z", lambda z: log_expit(z)),
    "sigmoid.cross_entropy": ("y z", lambda y, z: H2(y, expit(z))),
    "sigmoid.softplus_derivative": ("z", lambda z: slope(lambda z: np.log(1 + np.exp(z)), z)),
    "sigmoid.exponential_of_softplus": ("z", lambda z: np.exp(np.logaddexp(0, z))),
    "sigmoid.exponential_form": ("z", lambda z: expit(z)),
    "sigmoid.derivative": ("z", lambda z: slope(lambda z: 1 / (1 + np.exp(-z)), z)),
    "sigmoid.gradient": ("y z", lambda y, z: slope(loss_of_logit(y), z)),
    "sigmoid.hessian": ("z", lambda z: curvature(loss_of_logit(0.3), z, [], [])),
    "softmax.probability": ("z[K] k", lambda z, k: at(softmax(z), k)),
    "softmax.log_sum_exp": ("z[K]", lambda z: logsumexp(z)),
    "softmax.exponential_of_log_sum_exp": ("z[K]", lambda z: np.exp(logsumexp(z))),
    "softmax.exponential_form": ("z[K] m", lambda z, m: at(softmax(z), m)),
    "softmax.log_probability": ("z[K] m", lambda z, m: at(log_softmax(z), m)),
    "softmax.log_sum_exp_gradient": ("z[K] m", lambda z, m: slope(lambda z: np.log(np.sum(np.exp(z))), z, m)),
    "softmax.jacobian": ("z[K] m l", lambda z, m, l: slope(lambda z: np.exp(z[m - 1]) / np.sum(np.exp(z)), z, l)),
    "softmax.weighted_cross_entropy": ("Y[K] z[K]", lambda y, z: -np.sum(y * log_softmax(z))),
    "softmax.cross_entropy": ("y[K] z[K]", lambda y, z: H(y, softmax(z))),
    "softmax.weighted_gradient": ("Y[K] z[K] m", lambda y, z, m: slope(loss_of_logits(y), z, m)),
    "softmax.gradient": ("y[K] z[K] m", lambda y, z, m: slope(loss_of_logits(y), z, m)),
    "softmax.hessian": ("z[K] m l", lambda z, m, l: curvature(loss_of_logits(np.eye(len(z))[0]), z, [m], [l])),
    **{f"two_classes.{name}": case for name, case in SAME_FOR_TWO.items()},
    "two_classes.first_probability": ("z[2]", lambda z: softmax(z)[0]),
    "two_classes.second_probability": ("z[2]", lambda z: softmax(z)[1]),
    "two_classes.softmax_cross_entropy": ("y z[2]", lambda y, z: H(with_complement(y), softmax(z))),
    "two_classes.softmax_gradient": ("y z[2]", lambda y, z: slope(loss_of_logits(with_complement(y)), z, 1)),
    **collected(),
    "two_classes.softmax_hessian": ("z[2]", lambda z: curvature(loss_of_logits(with_complement(0.3)), z, [1], [1])),
}


def test_every_result_has_an_oracle():
    computable = {id for id, entry in ENTRIES.items() if has_result(entry)}
    assert computable == set(ORACLES) | {*SIZED}, "give a new result an oracle that knows nothing of its derivation"


@pytest.mark.parametrize("soft", [False, True], ids=["hard", "soft"])
@pytest.mark.parametrize("id", ORACLES)
def test_a_function_agrees_with_its_oracle(id, soft):
    arguments, oracle = ORACLES[id]
    compute = function(ENTRIES[id])
    tolerance = 1e-6 if "curvature" in oracle.__code__.co_names else 1e-11
    for values in samples(arguments, soft):
        assert compute(**values) == pytest.approx(oracle(**values), rel=tolerance, abs=tolerance), values


def test_hard_labels_agree_with_scipy_and_scikit_learn():
    p, y = np.array([0.9, 0.2, 0.6]), np.array([1, 0, 0])
    rows, classes = np.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4]]), np.array([0, 2])
    one_hot = np.eye(3, dtype=int)[classes]
    assert function(ENTRIES["bernoulli.likelihood"])(p=p, y=y) == pytest.approx(bernoulli.pmf(y, p).prod())
    assert function(ENTRIES["bernoulli.cross_entropy"])(p=p, y=y) == pytest.approx(log_loss(y, p))
    values = {"p": rows, "y": one_hot}
    expected = multinomial.pmf(one_hot, 1, rows).prod()
    assert function(ENTRIES["categorical.likelihood"])(**values) == pytest.approx(expected)
    expected = log_loss(classes, rows, labels=[0, 1, 2])
    assert function(ENTRIES["categorical.cross_entropy"])(**values) == pytest.approx(expected)


def test_a_function_takes_lists_and_one_observation_and_gives_a_plain_number():
    found = function(ENTRIES["bernoulli.likelihood"])(p=[0.25], y=[True])
    assert type(found) is float and found == 0.25


def test_a_likelihood_may_have_probabilities_0_and_1_where_its_log_may_not():
    values = {"p": [0, 1, 1], "y": [0, 1, 0]}
    assert function(ENTRIES["bernoulli.likelihood"])(**values) == 0
    log_likelihood = function(ENTRIES["bernoulli.log_likelihood"])
    with pytest.raises(ValueError, match="only where the probability is above 0 .*; here yᵢ = 0, pᵢ = 1 at i = 3"):
        log_likelihood(**values)
    assert log_likelihood(p=[0, 1, 0.5], y=[0, 1, 0]) == pytest.approx(np.log(0.5))


def test_a_function_says_what_it_computes():
    assert function(ENTRIES["sigmoid.hessian"]).__doc__.endswith("= p (1 − p)")
    assert function(ENTRIES["bernoulli.maximum_likelihood"]).__doc__ == "ℓ(p) ≤ ℓ(p̂)"


REFUSED = {
    "a label outside its domain": (
        "bernoulli.likelihood", {"p": [0.5, 0.5], "y": [1, 2]},
        "bernoulli.likelihood: y[2] = 2.0 is outside its domain, 0 ≤ yᵢ ≤ 1"),
    "a label of a class outside its domain": (
        "softmax.weighted_gradient", {"y": [0, 2], "z": [0, 0], "m": 1},
        "softmax.weighted_gradient: y[2] = 2.0 is outside its domain, 0 ≤ yₖ ≤ 1"),
    "an entry of a table outside its domain": (
        "categorical.score", {"y": [[1, 0]], "p": [[1, 0]], "j": 1, "m": 1},
        "categorical.score: p[1, 2] = 0.0 is outside its domain, 0 < pᵢₖ ≤ 1"),
    "a number outside its domain": (
        "sigmoid.gradient", {"y": -0.5, "z": 1}, "sigmoid.gradient: y = -0.5 is outside its domain, 0 ≤ y ≤ 1"),
    "a shared probability at an end": (
        "bernoulli.shared_score", {"y": [0, 1], "p": 1},
        "bernoulli.shared_score: p = 1.0 is outside its domain, 0 < p < 1"),
    "an infinite logit": (
        "sigmoid.sigmoid", {"z": float("inf")}, "sigmoid.sigmoid: z = inf is outside its domain, z ∈ ℝ"),
    "not a number": (
        "bernoulli.count", {"y": [0, float("nan")]},
        "bernoulli.count: y[2] = nan is outside its domain, 0 ≤ yᵢ ≤ 1"),
    "words": (
        "bernoulli.count", {"y": ["benign"]},
        "bernoulli.count: y takes an array with 1 axis; found what is not made of numbers, or not of equal rows"),
    "rows of unequal lengths": (
        "categorical.count", {"y": [[1], [0, 1]], "k": 1},
        "categorical.count: y takes an array with 2 axes; found what is not made of numbers, or not of equal rows"),
    "a number for an array": (
        "bernoulli.count", {"y": 1}, "bernoulli.count: y takes an array with 1 axis; found a number"),
    "an array for a number": (
        "sigmoid.sigmoid", {"z": [[1, 2]]}, "sigmoid.sigmoid: z takes a number; found an array with 2 axes"),
    "sizes that disagree": (
        "bernoulli.likelihood", {"p": [0.5], "y": [0, 1]},
        "bernoulli.likelihood: y has 2 entries where another array has n = 1"),
    "no observation": (
        "bernoulli.likelihood", {"p": [], "y": []}, "bernoulli.likelihood: p is empty; n is at least 1"),
    "index 0": (
        "bernoulli.score", {"p": [0.5], "y": [1], "j": 0}, "bernoulli.score: j = 0 is not one of 1, ..., 1"),
    "an index past the end": (
        "softmax.gradient", {"y": [0, 1], "z": [0, 0], "m": 3}, "softmax.gradient: m = 3 is not one of 1, ..., 2"),
    "an index that is no whole number": (
        "softmax.probability", {"z": [0, 0], "k": 1.5}, "softmax.probability: k = 1.5 is not one of 1, ..., 2"),
    "an index that is a text": (
        "softmax.gradient", {"y": [1, 0], "z": [0, 0], "m": "1"},
        "softmax.gradient: m = '1' is not one of 1, ..., 2"),
    "an index that is a truth value": (
        "softmax.gradient", {"y": [1, 0], "z": [0, 0], "m": True},
        "softmax.gradient: m = True is not one of 1, ..., 2"),
    "an index as long as a page": (
        "softmax.probability", {"z": [0, 0], "k": [1] * 1000},
        f"softmax.probability: k = {'[1' + ', 1' * 26} is not one of 1, ..., 2"),
    "a truth value for a number": (
        "sigmoid.sigmoid", {"z": True},
        "sigmoid.sigmoid: z takes a number; found truth values, which only labels may be"),
    "truth values for numbers": (
        "softmax.gradient", {"y": [True, False], "z": [True, False], "m": 1},
        "softmax.gradient: z takes an array with 1 axis; found truth values, which only labels may be"),
    "a truth value among fractions": (
        "softmax.probability", {"z": [True, Fraction(1, 3)], "k": 1},
        "softmax.probability: z takes an array with 1 axis; found truth values, which only labels may be"),
    "a missing argument": (
        "bernoulli.score", {"y": [1], "p": [0.5]}, "bernoulli.score takes j, p, y; given: p, y"),
    "no argument": (
        "bernoulli.score", {}, "bernoulli.score takes j, p, y; given: nothing"),
    "an argument too many": (
        "categorical.frequencies_sum", {"y": [[1, 0]]}, "categorical.frequencies_sum takes no argument; given: y"),
    "labels that do not sum to 1": (
        "softmax.gradient", {"y": [1, 1], "z": [0, 0], "m": 1},
        "softmax.gradient holds only where the labels of one observation sum to 1"
        " (∑ₖ₌₁ᴷ yₖ = 1); here ∑ₖ₌₁ᴷ yₖ = 2"),
    "labels of one observation that do not": (
        "categorical.maximum_likelihood", {"y": [[1, 0], [0.5, 0.25]]},
        "categorical.maximum_likelihood holds only where the labels of each observation sum to 1"
        " (∑ₖ₌₁ᴷ yᵢₖ = 1); here ∑ₖ₌₁ᴷ yᵢₖ = 0.75 at i = 2"),
    "three classes for two": (
        "two_classes.softmax_gradient", {"y": 1, "z": [0, 0, 0]},
        "two_classes.softmax_gradient holds only where there are two classes (K = 2); here K = 3"),
    "no weight at all": (
        "maximum_likelihood.share", {"a": [0, 0], "k": 1},
        "maximum_likelihood.share has no value here: 0 stands below a fraction line"),
}


@pytest.mark.parametrize("id, values, message", REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_refused_with_the_reason(id, values, message):
    with pytest.raises(ValueError) as refusal:
        function(ENTRIES[id])(**values)
    assert str(refusal.value) == message


def test_labels_may_sum_to_1_up_to_rounding():
    found = function(ENTRIES["softmax.gradient"])(y=[0.1, 0.2, 0.7 + 1e-9], z=[0, 0, 0], m=1)
    assert found == pytest.approx(1 / 3 - 0.1)


@pytest.mark.parametrize("id", SIZED)
def test_a_size_that_no_array_tells_is_asked_for(id):
    asked = f"no array here tells {SIZED[id]}, the number of {COUNTED[SIZED[id]]}"
    with pytest.raises(ValueError, match=f"{re.escape(id)} takes .*{SIZED[id]}.*; given: nothing; {asked}$"):
        function(ENTRIES[id])()


@pytest.mark.parametrize("size", [0, -1, 2.5, "3", None, True, np.True_])
def test_a_size_is_a_whole_number_from_1(size):
    said = "'3'" if size == "3" else size
    with pytest.raises(ValueError, match=f"entropy.uniform: K = {said} is no whole number from 1"):
        function(ENTRIES["entropy.uniform"])(K=size)


def test_a_size_that_is_given_must_fit_the_arrays_and_the_indices():
    inputs, floor = {"g": [1, 1, 2], "y": [[1, 0], [0, 1], [0, 1]]}, function(ENTRIES["cross_entropy.floor"])
    assert floor(M=2, **inputs) == pytest.approx(2 / 3 * np.log(2))
    with pytest.raises(ValueError, match="every distinct input occurs among the observations .* at u = 3"):
        floor(M=3, **inputs)
    with pytest.raises(ValueError, match=r"g\[3\] = 2.0 is outside its domain"):
        floor(M=1, **inputs)
    with pytest.raises(ValueError, match="k = 4 is not one of 1, ..., 3"):
        function(ENTRIES["categorical.one_hot_label"])(K=3, c=1, k=4)


def test_arguments_have_names():
    with pytest.raises(ValueError, match="takes its arguments by name: m, y, z"):
        function(catalogue()["softmax.gradient"])([0.7, 0.3], [1.0, 0.0], 1)


# --- The ends that a notation leaves out ---
SCORES, WEIGHTS = np.array([0.3, -1.2, 2.0]), np.array([1.0, 2.0, 0.5])
AT_ENDS = {  # what is plain where nothing is smoothed, penalized, or weighted; and what is nothing but the other end
    ("targets.smoothed_gradient", 0): ({"c": 2, "m": 1, "z": SCORES, "a": WEIGHTS}, "ε", 2 * softmax(SCORES)[0]),
    ("targets.smoothed_gradient", 1): (
        {"c": 2, "m": 1, "z": SCORES, "a": WEIGHTS}, "ε", (WEIGHTS.sum() * softmax(SCORES)[0] - 1) / 3),
    ("soft_labels.smoothed_loss", 0): (
        {"y": [0, 1, 0], "p": softmax(SCORES)}, "ε", -log_softmax(SCORES)[1]),
    ("soft_labels.smoothed", 1): ({"y": [0, 1, 0], "k": 1}, "ε", 1 / 3),
    ("preferences.conservative_gradient", 0): ({"z": 1.3}, "ε", expit(1.3) - 1),
    ("preferences.conservative_gradient", 1): ({"z": 1.3}, "ε", expit(1.3)),
    ("focal.z_gradient", 0): ({"z": SCORES, "m": 2}, "λ", 0),
    ("weights.binary_loss", 0): ({"y": 0.25, "p": 0.7}, "ω", -0.75 * np.log(0.3)),
}  # fmt: skip


@pytest.mark.parametrize(("id", "end"), AT_ENDS)
def test_an_end_is_taken_where_the_result_is_a_polynomial(id, end):
    given, letter, wanted = AT_ENDS[id, end]
    assert function(ENTRIES[id])(**given, **{letter: end}) == pytest.approx(wanted, rel=1e-14, abs=0)


@pytest.mark.parametrize(("id", "given"), [
    ("scores.generalized", {"p": 0.5, "ε": 0}), ("temperature.gradient", {"y": [0, 1], "z": [0, 1], "T": 0, "m": 1}),
    ("preferences.best_conservative", {"ε": 1}), ("bernoulli.shared_score", {"y": [1], "p": 0.0}),
    ("targets.smoothed_gradient", {"c": 2, "m": 1, "z": SCORES, "a": WEIGHTS, "ε": 1.01}),
])  # fmt: skip
def test_it_is_refused_where_the_formula_or_a_derivation_needs_it_inside(id, given):
    with pytest.raises(ValueError, match="is outside its domain"):
        function(ENTRIES[id])(**given)


@pytest.mark.sampled(40)
@pytest.mark.parametrize("id", [id for id in ENTRIES if has_result(ENTRIES[id])])
def test_help_tells_the_arguments(id):
    compute = function(ENTRIES[id])
    with pytest.raises(ValueError) as refused:
        compute(nothing_of_that_name=1)
    names = [*signature(compute).parameters]
    assert all(name in str(refused.value) for name in names or ["takes no argument"])
    assert repr(compute).startswith(f"<function {id} at ")
