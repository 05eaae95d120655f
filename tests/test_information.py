"""Information as curvature, against finite differences, enumeration and the covariance of SciPy's distributions."""

import numpy as np
import pytest
from oracles import H, at, curvature, slope
from scipy import stats

from derivations import information, maximum_likelihood
from derivations.checking.counterexamples import refute
from derivations.functions import function

MODEL = np.array([0.2, 0.3, 0.1, 0.4])
FREE = (1, 2, 3)


def along_the_simplex(y):
    return lambda p: np.sum(y[:-1] * np.log(p[:-1])) + y[-1] * np.log(1 - np.sum(p[:-1]))


ORACLES = {
    "information.bernoulli_curvature": ("p", lambda p: 1 / stats.bernoulli.var(p)),
    "information.hessian": ("y[K] p[K] m< l<", lambda y, p, m, l: curvature(along_the_simplex(y), p, (m,), (l,))),
    "information.curvature": (
        "p[K] m< l<", lambda p, m, l: at(np.linalg.inv(stats.multinomial.cov(1, p)[:-1, :-1]), m, l)),
    "information.gain_not_negative": ("", lambda: 0.0),
    "information.inputs_sum": ("", lambda: 1.0),
    "information.divergence_bound": ("q[K] p[K]", lambda q, p: np.sum(q - p)),
    "information.population": ("π[M] q[MK] φ[MK]", lambda π, q, φ: np.dot(π, H(q, φ))),
    "information.population_least": ("π[M] q[MK]", lambda π, q: np.dot(π, stats.entropy(q, axis=1))),
    "information.population_attained": ("π[M] q[MK]", lambda π, q: np.dot(π, stats.entropy(q, axis=1))),
}


def table(quantity, **arguments):
    return np.array([[function(quantity)(m=m, l=l, **arguments) for l in FREE] for m in FREE])


def test_minus_the_mean_hessian_of_drawn_labels_is_the_mean_product_of_scores():
    found = -sum(MODEL[c] * table(information.hessian, y=np.eye(4)[c], p=MODEL) for c in range(4))
    scores = np.array([[slope(along_the_simplex(np.eye(4)[c]), MODEL, m) for m in FREE] for c in range(4)])
    assert found == pytest.approx(np.einsum("c,cm,cl->ml", MODEL, scores, scores))
    assert found == pytest.approx(table(information.curvature, p=MODEL))
    assert found == pytest.approx(table(maximum_likelihood.fisher_information_of_probabilities, p=MODEL))


def test_for_labels_that_another_model_draws_the_two_tables_differ():
    other = MODEL[::-1]
    found = -sum(other[c] * table(information.hessian, y=np.eye(4)[c], p=MODEL) for c in range(4))
    scores = np.array([[slope(along_the_simplex(np.eye(4)[c]), MODEL, m) for m in FREE] for c in range(4)])
    mean = other @ scores
    covariance = np.einsum("c,cm,cl->ml", other, scores, scores) - np.outer(mean, mean)
    assert np.abs(found - covariance).max() > 1


def test_the_mean_bends_in_every_direction_and_one_label_does_not():
    assert np.linalg.eigvalsh(table(information.curvature, p=MODEL)).min() > 0
    assert np.linalg.matrix_rank(table(information.hessian, y=np.eye(4)[1], p=MODEL)) == 1


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.9])
def test_one_probability_is_the_case_of_two_classes(probability):
    two = function(information.curvature)(p=[probability, 1 - probability], m=1, l=1)
    assert function(information.bernoulli_curvature)(p=probability) == pytest.approx(two)


def test_with_the_last_class_among_the_free_ones_it_is_refused():
    with pytest.raises(ValueError, match="is not the last class"):
        function(information.curvature)(p=MODEL, m=4, l=1)


def test_the_loss_of_many_draws_comes_near_the_loss_on_average():
    rng = np.random.default_rng(5)
    π, q, φ = rng.dirichlet([2, 2]), rng.dirichlet([2, 2, 2], 2), rng.dirichlet([2, 2, 2], 2)
    inputs = rng.choice(2, 200_000, p=π)
    classes = (rng.random(len(inputs))[:, None] > np.cumsum(q, axis=1)[inputs]).sum(axis=1)
    losses = -np.log(φ[inputs, classes])
    near = 5 * losses.std() / np.sqrt(len(losses))
    assert function(information.population)(π=π, q=q, φ=φ) == pytest.approx(losses.mean(), abs=near)


def test_the_true_probabilities_have_a_loss():
    found = refute(information.never_zero)
    assert [float(found.left), float(found.right)] == pytest.approx([np.log(2) / 2, 0], abs=1e-4)
