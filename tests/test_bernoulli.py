"""The Bernoulli results against SciPy, scikit-learn and finite differences, which know nothing of the derivation."""

import numpy
import pytest
from oracles import H2, at
from scipy import optimize, stats
from scipy.special import xlog1py, xlogy
from sklearn.metrics import log_loss

from derivations import bernoulli
from derivations.checking.counterexamples import refute
from derivations.functions import function

ORACLES = {
    "bernoulli.total_probability": ("", lambda: 1),
    "bernoulli.one_mistake": ("p[n] y[n] j", lambda p, y, j: H2(at(y, j), at(p, j)) / p.size),
    "bernoulli.mean": ("p", lambda p: stats.bernoulli.mean(p)),
    "bernoulli.variance": ("p", lambda p: stats.bernoulli.var(p)),
}

PROBABILITIES = numpy.array([0.9, 0.2, 0.8, 0.6, 0.05])
HARD = numpy.array([1, 0, 1, 1, 0])
SOFT = numpy.array([0.7, 0.0, 0.25, 1.0, 0.5])


def soft_log_likelihood(labels, probabilities):
    return (xlogy(labels, probabilities) + xlog1py(1 - labels, -probabilities)).sum()


def test_likelihood_is_the_probability_of_the_labels():
    value = function(bernoulli.likelihood)(y=HARD, p=PROBABILITIES)
    assert value == pytest.approx(stats.bernoulli.pmf(HARD, PROBABILITIES).prod(), rel=1e-14, abs=0)


def test_the_likelihood_of_all_possible_labels_is_1():
    likelihood = function(bernoulli.likelihood)
    every = numpy.array(numpy.meshgrid(*[[0, 1]] * 5)).reshape(5, -1).T
    assert sum(likelihood(y=labels, p=PROBABILITIES) for labels in every) == pytest.approx(1, rel=1e-14, abs=0)


def test_log_likelihood():
    value = function(bernoulli.log_likelihood)
    wanted = stats.bernoulli.logpmf(HARD, PROBABILITIES).sum()
    assert value(y=HARD, p=PROBABILITIES) == pytest.approx(wanted, rel=1e-14, abs=0)
    assert value(y=SOFT, p=PROBABILITIES) == pytest.approx(soft_log_likelihood(SOFT, PROBABILITIES), rel=1e-14, abs=0)


def test_negative_and_mean():
    total = -stats.bernoulli.logpmf(HARD, PROBABILITIES).sum()
    found = function(bernoulli.negative_log_likelihood)(y=HARD, p=PROBABILITIES)
    assert found == pytest.approx(total, rel=1e-14, abs=0)
    mean = function(bernoulli.mean_negative_log_likelihood)(y=HARD, p=PROBABILITIES)
    for wanted in (total / 5, log_loss(HARD, PROBABILITIES)):
        assert mean == pytest.approx(wanted, rel=1e-14, abs=0)


def test_cross_entropy_is_a_mean_of_entropy_plus_divergence():
    pairs = [(numpy.array([y, 1 - y]), numpy.array([p, 1 - p])) for y, p in zip(SOFT, PROBABILITIES, strict=True)]
    expected = numpy.mean([stats.entropy(label) + stats.entropy(label, model) for label, model in pairs])
    assert function(bernoulli.cross_entropy)(y=SOFT, p=PROBABILITIES) == pytest.approx(expected, rel=1e-13, abs=0)


@pytest.mark.parametrize("labels", [HARD, SOFT], ids=["hard", "soft"])
def test_score_and_hessian_are_derivatives(labels):
    gradient = optimize.approx_fprime(PROBABILITIES, lambda p: soft_log_likelihood(labels, p), 1e-8)
    score = function(bernoulli.score)
    assert [score(y=labels, p=PROBABILITIES, j=j) for j in range(1, 6)] == pytest.approx(gradient, rel=1e-4, abs=0)
    hessian = function(bernoulli.hessian)
    for row in range(1, 6):
        slope = optimize.approx_fprime(PROBABILITIES, lambda p, row=row: score(y=labels, p=p, j=row), 1e-8)
        assert [hessian(y=labels, p=PROBABILITIES, j=row, r=r)
                for r in range(1, 6)] == pytest.approx(slope, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("labels", [HARD, SOFT], ids=["hard", "soft"])
def test_maximum_likelihood_is_what_an_optimiser_finds(labels):
    found = optimize.minimize_scalar(lambda p: -soft_log_likelihood(labels, numpy.full(5, p)), bounds=(1e-9, 1 - 1e-9),
                                     method="bounded")
    assert function(bernoulli.stationary_point)(y=labels) == pytest.approx(found.x, abs=1e-5)
    assert bernoulli.maximum_likelihood.relation == "<="
    assert bernoulli.maximum_likelihood.result == bernoulli.shared_log_likelihood(bernoulli.frequency())


@pytest.mark.parametrize("labels", [[1, 1, 1], [0, 0]], ids=["only 1", "only 0"])
def test_a_label_that_was_never_seen_is_covered_and_the_largest_likelihood_is_then_1(labels):
    assert function(bernoulli.maximum_likelihood)(y=labels) == 0
    log_likelihood = function(bernoulli.shared_log_likelihood)
    assert all(log_likelihood(y=labels, p=p) < 0 for p in numpy.linspace(0.01, 0.99, 50))


def test_the_second_derivative_needs_no_range_for_its_second_index():
    assert [h.name for h in bernoulli.hessian.hypotheses if "exists" in h.name] == ["observation j exists"]


def test_one_sure_mistake_makes_the_mean_as_large_as_one_likes():
    """The rest is right, and surely so: the accuracy stays, and the loss grows without end."""
    y, losses = numpy.ones(100), []
    for wrong in (0.4, 1e-10, 1e-100, 1e-300):
        p = numpy.append(numpy.full(99, 0.99), wrong)
        losses.append(function(bernoulli.mean_negative_log_likelihood)(y=y, p=p))
        assert losses[-1] >= function(bernoulli.one_mistake)(y=y, p=p, j=100)
        assert numpy.mean(p > 0.5) == 0.99
    assert losses == sorted(losses) and losses[-1] > 6


def test_a_model_that_is_mostly_right_can_lose_against_a_coin():
    found = refute(bernoulli.mostly_right)
    assert float(found.left) == pytest.approx(-numpy.log([0.9, 0.9, 0.001]).mean(), rel=1e-3, abs=0)
    assert float(found.left) > 3 * numpy.log(2)
