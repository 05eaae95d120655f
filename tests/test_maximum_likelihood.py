"""Maximum likelihood against optimisers, enumeration, finite differences and NumPy's matrices."""

from itertools import product

import numpy as np
import pytest
from oracles import at, curvature, slope, two_log_likelihood
from scipy import optimize, stats
from scipy.special import entr, softmax, xlogy

from derivations import categorical, maximum_likelihood
from derivations.functions import function


def information(p):
    """The Fisher information of all probabilities but the last, enumerated: squared slopes of the log-probabilities
    of the classes.
    """
    scores = [[slope(along_the_simplex(np.eye(len(p))[c]), p, m) for m in range(1, len(p))] for c in range(len(p))]
    return np.einsum("c,cm,cl->ml", p, scores, scores)


def along_the_simplex(y):
    return lambda p: np.sum(y[:-1] * np.log(p[:-1])) + y[-1] * np.log(1 - np.sum(p[:-1]))


def mean_of_squared_slopes(z, m, l):  # noqa: E741
    total = 0
    for c in range(len(z)):
        log_probability = lambda z, c=c: z[c] - np.log(np.sum(np.exp(z)))  # noqa: E731
        total += softmax(z)[c] * slope(log_probability, z, m) * slope(log_probability, z, l)
    return total


ORACLES = {
    "maximum_likelihood.total_weight": ("a[K]", lambda a: np.linalg.norm(a, 1)),
    "maximum_likelihood.share": ("a[K] k", lambda a, k: at(a / np.linalg.norm(a, 1), k)),
    "maximum_likelihood.weight_from_share": ("a[K] k", lambda a, k: at(a, k)),
    "maximum_likelihood.shares_sum": ("", lambda: 1),
    "maximum_likelihood.weighted_product": ("a[K]", lambda a: -np.linalg.norm(a, 1) * stats.entropy(a)),
    "maximum_likelihood.weighted_gap": ("a[K] p[K]", lambda a, p: -np.sum(xlogy(a, p))),
    "maximum_likelihood.any_weights": ("a[K]", lambda a: -np.linalg.norm(a, 1) * stats.entropy(a)),
    "maximum_likelihood.scaled_weights": ("t+[] a[K] p[K]", lambda t, a, p: np.sum(xlogy(t * a, p))),
    "maximum_likelihood.scaled_shares": ("a[K] m", lambda a, m: at(a / np.linalg.norm(a, 1), m)),
    "maximum_likelihood.entropy_of_frequencies": ("y[nK]", lambda y: len(y) * stats.entropy(y.mean(axis=0))),
    "maximum_likelihood.cross_entropy_at_the_maximum": ("y[nK]", lambda y: len(y) * stats.entropy(y.mean(axis=0))),
    "maximum_likelihood.curvature": ("y[n] p", lambda y, p: -curvature(two_log_likelihood(y), p, [], [])),
    "maximum_likelihood.observed_information": ("y[n]",
                                                lambda y: -curvature(two_log_likelihood(y), np.mean(y), [], [])),
    "maximum_likelihood.reduced": ("y[K] p[K]", lambda y, p: np.sum(xlogy(y, p))),
    "maximum_likelihood.last_probability": ("p[K]", lambda p: p[-1]),
    "maximum_likelihood.reduced_score": ("y[K] p[K] m", lambda y, p, m: slope(along_the_simplex(y), p, m)),
    "maximum_likelihood.free_score": ("y[K] p[K] m", lambda y, p, m: slope(along_the_simplex(y), p, m)),
    "maximum_likelihood.rest": ("p[K]", lambda p: 1 - np.sum(p[:-1])),
    "maximum_likelihood.reduced_score_at_the_labels": ("", lambda: 0),
    "maximum_likelihood.ambient_gradient_at_the_labels": ("", lambda: -1),
    "maximum_likelihood.mean_score": ("", lambda: 0),
    "maximum_likelihood.bernoulli_mean_score": ("", lambda: 0),
    "maximum_likelihood.fisher_information": ("z[K] m l", mean_of_squared_slopes),
    "maximum_likelihood.fisher_information_as_curvature": ("z[K] m l", lambda z, m, l:
        at(stats.multinomial.cov(1, softmax(z)), m, l)),
    "maximum_likelihood.bernoulli_fisher_information": ("p", lambda p: 1 / stats.bernoulli.var(p)),
    "maximum_likelihood.fisher_information_of_probabilities": ("p[K] m< l<", lambda p, m, l: at(information(p), m, l)),
}

LABELS = np.array([[1, 0, 0], [0, 0, 1], [0.5, 0.2, 0.3], [0, 0, 1.0]])
MODEL = np.array([0.2, 0.3, 0.1, 0.4])


def test_a_product_of_powers_is_largest_at_the_shares_of_its_exponents():
    weights = np.array([3.5, 0.0, 1.25])
    best = function(maximum_likelihood.weighted_product)(a=weights)
    assert np.prod((weights / 4.75) ** weights) == pytest.approx(np.exp(best))
    draws = np.random.default_rng(4).dirichlet([1, 1, 1], 300)
    assert max(np.sum(xlogy(weights, p)) for p in draws) < best
    found = optimize.minimize(
        lambda p: -np.sum(xlogy(weights, p)), [1 / 3] * 3, method="SLSQP", bounds=[(1e-12, 1)] * 3,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1}, options={"ftol": 1e-14})  # fmt: skip
    assert found.x == pytest.approx([function(maximum_likelihood.share)(a=weights, k=k) for k in (1, 2, 3)], abs=1e-4)


def test_the_bound_holds_for_any_weights_that_are_not_negative_and_is_attained_at_the_shares():
    bound = function(maximum_likelihood.any_weights)
    assert bound(a=[0, 0, 0]) == 0
    for weights in np.random.default_rng(7).choice([0, 0.5, 4.0], (50, 3)):
        draws = np.random.default_rng(4).dirichlet([1, 1, 1], 50)
        assert max(np.sum(xlogy(weights, p)) for p in draws) <= bound(a=weights)
        if np.any(weights):
            assert np.sum(xlogy(weights, weights / weights.sum())) == pytest.approx(bound(a=weights), abs=1e-14)


def test_a_factor_before_the_weights_keeps_the_best_point_and_multiplies_what_it_bends():
    weights, t = np.array([3.0, 1.0]), 10
    ratio = curvature(two_weights(t * weights), 0.75, [], []) / curvature(two_weights(weights), 0.75, [], [])
    assert ratio == pytest.approx(t, rel=1e-6, abs=0)
    grid = np.linspace(0.01, 0.99, 99)
    assert np.argmax(two_weights(weights)(grid)) == np.argmax(two_weights(t * weights)(grid)) == 74


def two_weights(a):
    return lambda p: a[0] * np.log(p) + a[1] * np.log(1 - p)


def test_the_smallest_loss_is_the_entropy_of_the_frequencies():
    value = function(categorical.shared_log_likelihood)
    lowest = function(maximum_likelihood.cross_entropy_at_the_maximum)(y=LABELS)
    assert lowest == pytest.approx(-value(y=LABELS, p=LABELS.mean(axis=0)))
    assert lowest == pytest.approx(4 * np.sum(entr(LABELS.mean(axis=0))))
    assert all(-value(y=LABELS, p=p) > lowest for p in np.random.default_rng(5).dirichlet([1, 1, 1], 200))


@pytest.mark.parametrize("labels", [[1, 1], [0, 0, 0]])
def test_where_one_label_was_never_seen_the_maximum_has_no_observed_information(labels):
    with pytest.raises(ValueError, match="has no value here: 0 stands below"):
        function(maximum_likelihood.observed_information)(y=labels)


def test_at_the_labels_the_score_is_0_along_the_simplex_and_not_in_the_ambient_space():
    score = function(maximum_likelihood.reduced_score)
    assert [score(y=MODEL, p=MODEL, m=m) for m in (1, 2, 3)] == [0, 0, 0]
    ambient = [slope(lambda p: -np.sum(MODEL * np.log(p)), MODEL, m) for m in (1, 2, 3, 4)]
    assert ambient == pytest.approx([-1] * 4)
    assert function(maximum_likelihood.ambient_gradient_at_the_labels)() == -1


def test_the_information_is_a_matrix_whose_inverse_is_the_covariance():
    value, free = function(maximum_likelihood.fisher_information_of_probabilities), range(1, 4)
    found = np.array([[value(p=MODEL, m=m, l=l) for l in free] for m in free])
    assert found == pytest.approx(information(MODEL))
    assert found == pytest.approx(np.diag(1 / MODEL[:3]) + 1 / MODEL[3])
    covariance = stats.multinomial.cov(1, MODEL)[:3, :3]
    assert found @ covariance == pytest.approx(np.eye(3)) and np.trace(found @ covariance) == pytest.approx(3)
    assert np.linalg.inv(found) == pytest.approx(covariance)


@pytest.mark.parametrize("m, l", list(product([1, 2, 3], repeat=2)))
def test_with_the_last_class_among_the_free_ones_the_formula_is_refused(m, l):  # noqa: E741
    value = function(maximum_likelihood.fisher_information_of_probabilities)
    if 3 in (m, l):
        with pytest.raises(ValueError, match="is not the last class"):
            value(p=[0.2, 0.3, 0.5], m=m, l=l)
    else:
        assert value(p=[0.2, 0.3, 0.5], m=m, l=l) == pytest.approx(2 + (m == l) / [0.2, 0.3][m - 1])


def test_the_mean_score_of_drawn_labels_goes_to_0_and_its_mean_square_to_the_information():
    rng, p = np.random.default_rng(6), 0.3
    scores = (rng.binomial(1, p, 400_000) - p) / (p * (1 - p))
    assert np.mean(scores) == pytest.approx(0, abs=0.02)
    information = function(maximum_likelihood.bernoulli_fisher_information)(p=p)
    assert np.mean(scores**2) == pytest.approx(information, rel=0.01, abs=0)


def test_the_information_of_the_logits_has_no_inverse():
    value = function(maximum_likelihood.fisher_information)
    found = np.array([[value(z=[0.3, -1, 2], m=m, l=l) for l in (1, 2, 3)] for m in (1, 2, 3)])
    assert np.linalg.matrix_rank(found, tol=1e-12) == 2 and found.sum(axis=0) == pytest.approx(0, abs=1e-15)
