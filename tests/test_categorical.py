"""The categorical results against SciPy, scikit-learn and finite differences, which know nothing of the derivation."""

from itertools import product

import numpy
import pytest
from scipy import optimize, stats
from scipy.special import xlogy
from scipy.stats import contingency
from sklearn.metrics import log_loss

from derivations import categorical
from derivations.functions import function

ORACLES = {
    "categorical.mass_of_class": ("p[K] c", lambda p, c: stats.multinomial.pmf(numpy.eye(3)[c - 1], 1, p)),
    "categorical.total_probability": ("", lambda: 1),
    "categorical.mean": ("p[K] m", lambda p, m: sum(stats.multinomial.pmf(e, 1, p) * e[m - 1] for e in numpy.eye(3))),
    "categorical.input_factor": (
        "g[n] y[nK] φ[MK] i k", lambda g, y, φ, i, k: φ[g[i - 1] - 1, k - 1] ** y[i - 1, k - 1]),
    "categorical.cells": ("g[n] y[nK] φ[MK]", lambda g, y, φ: numpy.exp(numpy.sum(xlogy(y, φ[g - 1])))),
    "categorical.variance": ("p[K] m l", lambda p, m, l: stats.multinomial.cov(1, p)[m - 1, l - 1]),
}

PROBABILITIES = numpy.array([[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [0.05, 0.05, 0.9], [0.5, 0.25, 0.25]])
CLASSES = numpy.array([0, 1, 2, 2])
HARD = numpy.eye(3)[CLASSES]
SOFT = numpy.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0], [0.2, 0.3, 0.5], [0.1, 0.1, 0.8]])


def test_likelihood_is_the_probability_of_the_labels():
    expected = numpy.prod([stats.multinomial.pmf(y, 1, p) for y, p in zip(HARD, PROBABILITIES, strict=True)])
    assert function(categorical.likelihood)(y=HARD, p=PROBABILITIES) == pytest.approx(expected, rel=1e-13, abs=0)


def test_the_likelihood_of_all_possible_labels_is_1():
    likelihood = function(categorical.likelihood)
    every = (numpy.eye(3)[list(classes)] for classes in product(range(3), repeat=4))
    assert sum(likelihood(y=labels, p=PROBABILITIES) for labels in every) == pytest.approx(1, rel=1e-13, abs=0)


def test_log_likelihood_takes_the_probabilities_of_the_true_classes():
    expected = numpy.log(PROBABILITIES[range(4), CLASSES]).sum()
    assert function(categorical.log_likelihood)(y=HARD, p=PROBABILITIES) == pytest.approx(expected, rel=1e-14, abs=0)
    expected = xlogy(SOFT, PROBABILITIES).sum()
    assert function(categorical.log_likelihood)(y=SOFT, p=PROBABILITIES) == pytest.approx(expected, rel=1e-14, abs=0)


def test_negative_and_mean():
    mean = function(categorical.mean_negative_log_likelihood)(y=HARD, p=PROBABILITIES)
    assert mean == pytest.approx(log_loss(CLASSES, PROBABILITIES), rel=1e-14, abs=0)
    found = function(categorical.negative_log_likelihood)(y=HARD, p=PROBABILITIES)
    assert found == pytest.approx(4 * mean, rel=1e-14, abs=0)


def test_cross_entropy_is_a_mean_of_entropy_plus_divergence():
    expected = numpy.mean([stats.entropy(y) + stats.entropy(y, p) for y, p in zip(SOFT, PROBABILITIES, strict=True)])
    assert function(categorical.cross_entropy)(y=SOFT, p=PROBABILITIES) == pytest.approx(expected, rel=1e-13, abs=0)


@pytest.mark.parametrize("labels", [HARD, SOFT], ids=["hard", "soft"])
def test_score_and_hessian_are_ambient_derivatives(labels):
    shape = PROBABILITIES.shape
    gradient = optimize.approx_fprime(PROBABILITIES.ravel(), lambda p: xlogy(labels, p.reshape(shape)).sum(), 1e-8)
    gradient = gradient.reshape(shape)
    score, hessian = function(categorical.score), function(categorical.hessian)
    for j, m in product(range(1, 5), range(1, 4)):
        assert score(y=labels, p=PROBABILITIES, j=j, m=m) == pytest.approx(gradient[j - 1, m - 1], rel=1e-4, abs=0)
        row = [hessian(y=labels, p=PROBABILITIES, j=j, m=m, r=r, l=l) for r, l in product(range(1, 5), range(1, 4))]
        expected = numpy.zeros(shape)
        expected[j - 1, m - 1] = -labels[j - 1, m - 1] / PROBABILITIES[j - 1, m - 1] ** 2
        assert row == pytest.approx(expected.ravel())


def test_the_ambient_score_is_not_zero_at_the_constrained_maximum():
    frequencies = numpy.tile(HARD.mean(axis=0), (4, 1))
    assert function(categorical.score)(y=HARD, p=frequencies, j=1, m=1) == pytest.approx(4)  # 1 over 1/4


@pytest.mark.parametrize("labels", [HARD, SOFT], ids=["hard", "soft"])
def test_maximum_likelihood_is_what_an_optimiser_finds_on_the_simplex(labels):
    found = optimize.minimize(
        lambda p: -xlogy(labels, p).sum(), [1 / 3] * 3, method="SLSQP", bounds=[(1e-6, 1)] * 3,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1}, options={"ftol": 1e-12},
    )
    frequency = function(categorical.stationary_point)
    assert [frequency(y=labels, m=m) for m in (1, 2, 3)] == pytest.approx(found.x, abs=1e-4)
    assert categorical.multiplier.result.name == "n"
    assert categorical.maximum_likelihood.relation == "<="
    assert categorical.maximum_likelihood.result == categorical.shared_log_likelihood(categorical.frequency())


def test_no_other_distribution_does_better():
    log_likelihood = function(categorical.shared_log_likelihood)
    best = log_likelihood(y=SOFT, p=SOFT.mean(axis=0))
    draws = numpy.random.default_rng(0).dirichlet([1, 1, 1], 200)
    assert all(log_likelihood(y=SOFT, p=other) <= best for other in draws)


def test_on_the_simplex_the_lagrangian_is_the_log_likelihood():
    values = {"y": SOFT, "p": numpy.array([0.2, 0.3, 0.5])}
    value = function(categorical.lagrangian)(**values, **{"λ": 7.5})
    assert value == pytest.approx(function(categorical.shared_log_likelihood)(**values), rel=1e-13, abs=0)


def test_a_class_that_was_never_seen_is_covered_and_gets_no_probability():
    labels = numpy.eye(3)[[0, 0, 2, 0]]
    best = function(categorical.maximum_likelihood)(y=labels)
    assert best == pytest.approx(4 * -stats.entropy([0.75, 0.25]), rel=1e-14, abs=0)
    log_likelihood = function(categorical.shared_log_likelihood)
    assert all(log_likelihood(y=labels, p=other) < best
               for other in numpy.random.default_rng(1).dirichlet([1, 1, 1], 200))


def test_the_covariance_is_that_of_drawn_labels():
    p = numpy.array([0.2, 0.3, 0.5])
    found = [[function(categorical.variance)(p=p, m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)]  # noqa: E741
    drawn = numpy.random.default_rng(2).multinomial(1, p, 200_000)
    assert numpy.array(found) == pytest.approx(numpy.cov(drawn.T), abs=5e-3)
    assert numpy.sum(found, axis=0) == pytest.approx(0, abs=1e-15)


def test_cell_by_cell_only_the_contingency_table_enters():
    value, inputs = function(categorical.cells), numpy.array([1, 2, 2, 1])
    model = numpy.array([[0.7, 0.2, 0.1], [0.0, 0.3, 0.7]])  # the first class is impossible at the second input
    table = contingency.crosstab(inputs, CLASSES, levels=([1, 2], [0, 1, 2])).count
    order = numpy.array([3, 1, 0, 2])
    found = value(g=inputs, y=HARD, φ=model)
    assert found == pytest.approx(numpy.prod(model**table), rel=1e-14, abs=0) and found > 0
    assert value(g=inputs[order], y=HARD[order], φ=model) == found
    assert function(categorical.likelihood)(y=HARD, p=model[inputs - 1]) == pytest.approx(found, rel=1e-14, abs=0)
