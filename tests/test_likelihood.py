"""What a likelihood is and is not, against enumeration, numerical integrals and the arithmetic of the computer."""

from itertools import permutations, product
from math import factorial

import numpy as np
import pytest
from oracles import H, at, log_likelihood, slope
from scipy import integrate, stats

from derivations import bernoulli, categorical, likelihood
from derivations.checking.counterexamples import refute
from derivations.functions import function


def chosen(p, c):
    return p[np.arange(len(c)), c - 1]


ORACLES = {
    "likelihood.joint": ("q[n] p[nK] y[nK]", lambda q, p, y: np.prod(q * np.exp(-H(y, p)))),
    "likelihood.joint_and_conditional": ("q[n] p[nK] y[nK]", lambda q, p, y: np.log(np.prod(q)) - np.sum(H(y, p))),
    "likelihood.joint_score": ("p[nK] y[nK] j m", lambda p, y, j, m: slope(log_likelihood(y), p, j, m)),
    "likelihood.total_probability": ("", lambda: 1),
    "likelihood.last_label": ("y[nK] p[nK]", lambda y, p: np.exp(-np.sum(H(y, p)[:-1]))),
    "likelihood.counts": ("y[nK] p[K]", lambda y, p: np.exp(-np.sum(H(y, p)))),
    "likelihood.selection": ("p[K] c", lambda p, c: -stats.multinomial.logpmf(np.eye(3)[c - 1], 1, p)),
    "likelihood.likelihood_of_the_seen": ("p[nK] c[n]", lambda p, c: np.prod(chosen(p, c))),
    "likelihood.log_likelihood_of_the_seen": ("p[nK] c[n]", lambda p, c: np.sum(np.log(chosen(p, c)))),
    "likelihood.log_is_increasing": ("a[K] m l", lambda a, m, l: np.log(at(a, l)) + (at(a, m) - at(a, l)) / at(a, l)),
    "likelihood.minus_log_is_decreasing": (
        "a[K] m l", lambda a, m, l: -np.log(at(a, l)) - (at(a, m) - at(a, l)) / at(a, l)),
    "likelihood.exponential_of_log": ("y[nK] p[nK]", lambda y, p: np.exp(-np.sum(H(y, p)))),
    "likelihood.as_exponential": ("y[nK] p[nK]", lambda y, p: np.exp(-np.sum(H(y, p)))),
    "likelihood.geometric_mean": ("y[nK] p[nK]", lambda y, p: -np.log(stats.gmean(np.exp(-H(y, p))))),
    "likelihood.bound": ("y[nK] p[nK]", lambda y, p: -np.sum(y) + np.vdot(y, p)),
    "likelihood.at_most_one": ("", lambda: 1),
    "likelihood.at_most_each": ("y[nK] p[nK] j m", lambda y, p, j, m: 1 + at(y, j, m) * (at(p, j, m) - 1)),
    "likelihood.missing": ("y[nK] p[nK] j m", lambda y, p, j, m: at(y, j, m) - at(y * p, j, m)),
    "likelihood.own_power": ("", lambda: 1),
    "likelihood.attained": ("", lambda: 1),
    "likelihood.attained_by_classes": ("", lambda: 1),
}

HALVES = {"p": np.array([0.3, 0.9, 0.2])}


def test_multiplied_out_the_product_of_the_sums_is_the_sum_over_all_label_lists():
    value = function(bernoulli.likelihood)
    whole = sum(value(y=list(labels), **HALVES) for labels in product([0, 1], repeat=3))
    assert whole == pytest.approx(1, rel=1e-14, abs=0)
    rows, value = np.array([[0.2, 0.3, 0.5], [0.1, 0.8, 0.1]]), function(likelihood.likelihood_of_the_seen)
    assert sum(value(c=list(classes), p=rows)
               for classes in product([1, 2, 3], repeat=2)) == pytest.approx(1, rel=1e-14, abs=0)


@pytest.mark.parametrize("labels", [[1], [0, 1, 1], [1, 1, 1, 0, 0]])
def test_over_the_probability_it_integrates_to_less_than_1_as_the_theorem_says(labels):
    ones, zeros = sum(labels), len(labels) - sum(labels)
    found, _ = integrate.quad(lambda p: np.prod(stats.bernoulli.pmf(labels, p)), 0, 1)
    assert found == pytest.approx(factorial(ones) * factorial(zeros) / factorial(ones + zeros + 1),
                                  rel=1e-10, abs=0) and found < 1


def test_over_the_simplex_too():
    counts, value = (2, 1, 1), function(likelihood.counts)
    labels = np.eye(3)[[0, 0, 1, 2]]
    found, _ = integrate.dblquad(lambda b, a: value(y=labels, p=[a, b, max(0.0, 1 - a - b)]), 0, 1, 0, lambda a: 1 - a)
    wanted = np.prod([factorial(count) for count in counts]) / factorial(4 + 3 - 1)
    assert found == pytest.approx(wanted, rel=1e-8, abs=0)


def test_the_integral_of_the_counterexample_is_one_half():
    assert refute(likelihood.not_a_density).left == "0.5"
    assert integrate.quad(lambda p: p, 0, 1)[0] == pytest.approx(0.5)


def test_a_shared_parameter_moves_both_terms():
    assert (refute(likelihood.shared_parameter).left, refute(likelihood.shared_parameter).right) == ("4", "2")


def test_copies_of_a_coin_are_seen_together_half_of_the_time():
    first = np.random.default_rng(3).integers(0, 2, 100_000)
    failure = refute(likelihood.dependent_labels)
    assert np.mean(first * first) == pytest.approx(float(failure.left), abs=0.01)
    assert failure.right == "0.25" and likelihood.dependent_labels.without in bernoulli.likelihood.hypotheses


@pytest.mark.parametrize("labels", list(product([0, 1], repeat=3)))
def test_the_largest_likelihood_of_free_probabilities_is_at_the_labels_and_nowhere_else(labels):
    value = function(bernoulli.likelihood)
    assert value(y=labels, p=labels) == 1
    grid = [p for p in product(np.linspace(0, 1, 11), repeat=3) if p != labels]
    assert max(value(y=labels, p=p) for p in grid) < 1


LEVELS = (0, 0.5, 1)


@pytest.mark.parametrize("first", list(product(LEVELS, repeat=2)), ids=str)
@pytest.mark.sampled(3)
def test_the_likelihood_is_1_exactly_where_every_class_seen_is_certain(first):
    whole, missing = function(categorical.likelihood), function(likelihood.missing)
    for rest in product(LEVELS, repeat=6):
        y, p = np.reshape(first + rest, (2, 2, 2))
        value = whole(y=y, p=p)
        assert value <= 1 and (value == 1) == np.all((y == 0) | (p == 1))
        lacks = [missing(y=y, p=p, j=j, m=m) for j in (1, 2) for m in (1, 2)]
        assert max(lacks) <= 1 - value + 1e-15


def test_for_soft_labels_the_value_at_the_labels_is_below_1_and_the_function_for_hard_ones_does_not_apply():
    assert function(bernoulli.likelihood)(y=[0.7], p=[0.7]) == pytest.approx(np.exp(-stats.entropy([0.7, 0.3])))
    assert [h.name for h in likelihood.attained.hypotheses if h.statement is not None] == ["hard labels"]


def test_for_hard_labels_the_bound_is_the_sum_of_the_distances():
    y, p = np.array([1, 0, 1]), np.array([0.9, 0.2, 0.4])
    two = {"y": np.stack([y, 1 - y], axis=1), "p": np.stack([p, 1 - p], axis=1)}
    assert function(likelihood.bound)(**two) == pytest.approx(-np.abs(y - p).sum())
    assert function(categorical.log_likelihood)(**two) <= function(likelihood.bound)(**two)


def test_the_logarithm_has_the_same_maximisers():
    grid = np.linspace(0.01, 0.99, 99)
    likelihoods, logarithms, losses = (
        [function(quantity)(y=[1, 1, 0], p=[p] * 3) for p in grid]
        for quantity in (bernoulli.likelihood, bernoulli.log_likelihood, bernoulli.negative_log_likelihood))
    assert np.argmax(likelihoods) == np.argmax(logarithms) == np.argmin(losses) == np.argmin(np.abs(grid - 2 / 3))
    bound = function(likelihood.log_is_increasing)
    assert all(np.log(a) < bound(a=[a, b], m=1, l=2) for a, b in permutations([0.1, 0.5, 1, 4], 2))


@pytest.mark.parametrize("transform", [np.cbrt, np.square, np.log, np.exp, lambda a: -1 / a])
def test_every_strictly_increasing_transform_keeps_the_order_and_minus_it_reverses_it(transform):
    values = np.sort(np.random.default_rng(8).uniform(0.01, 1, 50))
    assert np.all(np.diff(transform(values)) > 0) and np.argmax(transform(values)) == 49
    assert np.argmin(-transform(values)) == 49


def test_two_models_that_cross_entropy_cannot_tell_apart():
    found = refute(likelihood.other_classes)
    assert (found.left, found.right) == ("0.5", "0.375")
    value = function(likelihood.selection)
    assert value(p=[0.5, 0.5, 1e-300], c=1) == value(p=[0.5, 0.25, 0.25], c=1) == pytest.approx(np.log(2))


def test_the_computer_takes_the_likelihood_for_0_and_keeps_its_logarithm():
    value = function(bernoulli.likelihood)
    assert value(y=[1] * 1074, p=[0.5] * 1074) == 2.0**-1074 > 0
    assert value(y=[1] * 1075, p=[0.5] * 1075) == 0
    assert function(bernoulli.log_likelihood)(y=[1] * 1075, p=[0.5] * 1075) == pytest.approx(-1075 * np.log(2))
    assert 745.13 < 1075 * np.log(2) < 745.14
