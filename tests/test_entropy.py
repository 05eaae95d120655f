"""Entropy against SciPy and scikit-learn: bounds, tangents, mixtures, and what an input tells."""

import numpy as np
import pytest
from flint import arb
from oracles import H, at, curvature, log_likelihood, slope
from scipy import stats
from scipy.special import entr, rel_entr
from sklearn.metrics import mutual_info_score

from derivations import cross_entropy, entropy
from derivations.checking.balls import Jet
from derivations.checking.evaluate import value
from derivations.checking.points import Point
from derivations.functions import function
from derivations.notation import K, M, g, n, y


def tangent(y, q, p):
    """The cross-entropy of y at q, and the slope there times the way from q to p."""
    return H(y, q) + sum(slope(lambda q: -log_likelihood(y)(q), q, m + 1) * (p[m] - q[m]) for m in range(len(q)))


def of_pairs(y, φ, g):
    """The cross-entropy of the pairs of input and class, under inputs drawn by their frequency and classes by φ."""
    shares = np.array([np.mean(g == u) for u in (1, 2)])
    pairs = np.array([y[g == u].sum(axis=0) for u in (1, 2)]) / len(g)
    return H(pairs.ravel(), (shares[:, None] * φ).ravel())


ORACLES = {
    "entropy.not_negative": ("", lambda: stats.entropy([1, 0, 0])),
    "entropy.below_uniform": ("q[K]", lambda q: np.sum(rel_entr(q, np.full(len(q), 1 / len(q))))),
    "entropy.bounded_logarithm": ("ε", lambda ε: -entr(ε) / ε),
    "entropy.bounded_model": ("ε", lambda ε: entr(ε) / ε),
    "entropy.hessian": ("q[K] p[K] m l",
                        lambda q, p, m, l: curvature(lambda p: -log_likelihood(q)(p), p, [m], [l])),  # noqa: E741
    "entropy.convexity": ("Y[K] p[K] q![K]", lambda y, p, q: tangent(y, q, p)),
    "entropy.mixture": ("q[K] y[K] α k", lambda q, y, α, k: at(np.average([q, y], axis=0, weights=[α, 1 - α]), k)),
    "entropy.linearity": ("q[K] y[K] p[K] α", lambda q, y, p, α: H(α * q + (1 - α) * y, p)),
    "entropy.of_itself": ("q[K]", lambda q: H(q, q)),
    "entropy.concavity": ("q[K] y[K] α",
                          lambda q, y, α: np.average([stats.entropy(q), stats.entropy(y)], weights=[α, 1 - α])),
    "entropy.floor_gap": ("y[nK] φ[MK] g[n]", lambda y, φ, g: np.mean(H(y, φ[g - 1]))),
    "entropy.label_frequencies_sum": ("", lambda: 1),
    "entropy.joint_cross_entropy": ("y[nK] φ[MK] g[n]", lambda y, φ, g: of_pairs(y, φ, g)),
    "entropy.joint_minus_marginal": ("y[nK] φ[MK] g[n]", lambda y, φ, g: np.mean(H(y, φ[g - 1]))),
    "entropy.joint_form": ("y[nK] φ[MK] g[n]",
                           lambda y, φ, g: of_pairs(y, φ, g) - stats.entropy(np.unique(g, return_counts=True)[1])),
    "entropy.total_frequency": ("y[nK] k", lambda y, k: at(np.mean(y, axis=0), k)),
    "entropy.mean_over_inputs": ("y[nK] p[K]", lambda y, p: np.mean([H(row, p) for row in y])),
}


def on_data(expression, inputs, labels):
    """The value of an expression of the labels and the inputs, by the arithmetic of the checker."""
    table = [[int(label == name) for name in sorted(set(labels))] for label in labels]
    known = {n: len(inputs), K: len(table[0]), M: max(inputs)}
    known[g] = lambda cell, _: Jet(arb(inputs[cell[0] - 1]))
    known[y] = lambda cell, _: Jet(arb(table[cell[0] - 1][cell[1] - 1]))
    return float(value(expression, Point.of(known)).ball)


DATA = {
    "the input tells something": ([1, 1, 1, 2, 2, 2, 2], [1, 1, 0, 0, 0, 0, 1]),
    "the input tells all": ([1, 2, 2, 3, 1], [2, 1, 1, 3, 2]),
    "the input tells nothing": ([1, 1, 2, 2], [0, 1, 0, 1]),
}


@pytest.mark.parametrize("case", DATA)
def test_information_gain_is_the_mutual_information_of_scikit_learn(case):
    inputs, labels = DATA[case]
    expected = pytest.approx(mutual_info_score(inputs, labels), abs=1e-12)
    assert on_data(entropy.information_gain.start, inputs, labels) == expected
    assert on_data(entropy.information_gain.result, inputs, labels) == expected


def test_the_floor_is_the_entropy_left_when_the_input_is_known():
    inputs, labels = DATA["the input tells something"]
    assert on_data(cross_entropy.floor.result, inputs, labels) == pytest.approx(np.log(64) / 7)
    whole = stats.entropy(np.bincount(labels))
    assert on_data(cross_entropy.floor.result, inputs,
                   labels) == pytest.approx(whole - mutual_info_score(inputs, labels))


@pytest.mark.parametrize("case", DATA)
def test_the_floor_is_reached_by_the_frequencies_though_some_class_was_never_seen(case):
    inputs, labels = DATA[case]
    names = sorted(set(labels))
    cells = [[np.mean([label == name for at, label in zip(inputs, labels) if at == cell]) for name in names]
             for cell in sorted(set(inputs))]
    reached = function(cross_entropy.empirical)(
        g=inputs, y=[[int(label == name) for name in names] for label in labels], φ=cells)
    assert reached == pytest.approx(on_data(entropy.floor_attained.result, inputs, labels), abs=1e-12)
    assert reached == pytest.approx(on_data(cross_entropy.floor.result, inputs, labels), abs=1e-12)


def test_the_joint_form_counts_pairs_as_scipy_does():
    inputs, labels = DATA["the input tells something"]
    pairs = np.zeros((2, 2))
    np.add.at(pairs, (np.array(inputs) - 1, labels), 1 / len(inputs))
    φ = np.array([[0.7, 0.3], [0.2, 0.8]])
    joint = H(pairs.ravel(), (pairs.sum(axis=1, keepdims=True) * φ).ravel()) - stats.entropy(pairs.sum(axis=1))
    assert joint == pytest.approx(function(cross_entropy.empirical)(g=inputs, y=np.eye(2)[labels], φ=φ))
    found = [on_data(entropy.joint_frequency(at, of), inputs, labels) for at in (1, 2) for of in (1, 2)]
    assert found == pytest.approx(pairs.ravel())
    assert on_data(entropy.of_inputs(), inputs, labels) == pytest.approx(stats.entropy(pairs.sum(axis=1)))


@pytest.mark.parametrize("classes", [1, 2, 5])
def test_entropy_is_between_0_and_that_of_the_uniform_distribution(classes):
    compute, rng = function(cross_entropy.entropy), np.random.default_rng(3)
    assert compute(q=np.eye(classes)[0]) == 0
    assert compute(q=np.full(classes, 1 / classes)) == pytest.approx(np.log(classes))
    assert all(0 <= compute(q=rng.dirichlet([0.4] * classes)) <= np.log(classes) + 1e-12 for _ in range(50))


def test_no_hypothesis_is_needed_for_an_entropy_not_to_be_negative():
    assert entropy.not_negative.hypotheses == ()


def test_the_tangent_touches_where_it_is_taken_and_lies_below_elsewhere():
    compute, rng = function(entropy.convexity), np.random.default_rng(4)
    for _ in range(50):
        weights, p, q = rng.dirichlet([1, 1, 1], 3)
        assert compute(y=weights, p=p, q=q) < H(weights, p)
        assert compute(y=weights, p=q, q=q) == pytest.approx(H(weights, q))


def test_a_mixture_has_more_entropy_than_the_mean_of_the_two():
    q, other, share = np.array([1.0, 0.0]), np.array([0.0, 1.0]), 0.5
    assert function(entropy.concavity)(q=q, y=other, α=share) == 0
    assert stats.entropy(share * q + (1 - share) * other) == pytest.approx(np.log(2))
