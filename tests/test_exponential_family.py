"""The exponential family against SciPy's distributions, and what the page says in words."""

import numpy as np
import pytest
from oracles import H, curvature, loss_of_logits, slope
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.special import entr, expit, logsumexp, rel_entr, softmax
from scipy.stats import bernoulli, norm, poisson

from derivations import exponential_family, softmax as softmax_chapter
from derivations.checking.counterexamples import refute
from derivations.functions import function


def family_loss(V, v, y):
    """The loss of a label under weights: plain logarithms and exponentials, for complex weights too."""
    return lambda w: loss_of_logits(y)(w @ V + v)


def model(V, v, w):
    return softmax(w @ V + v)


ORACLES = {
    "exponential_family.density": ("v[K] z[K] t[]", lambda v, z, t: np.exp(np.dot(v, z)) / np.exp(t)),
    "exponential_family.loss": ("v[K] z[K] t[]", lambda v, z, t: -np.log(np.exp(np.dot(v, z) - t))),
    "exponential_family.observed_slope": ("v[K] m", lambda v, m: slope(lambda z: np.sum(v * z), np.zeros(3), m)),
    "exponential_family.softplus_slope": ("z[K] m", lambda z, m: expit(z)[m - 1]),
    "exponential_family.square_slope": ("z[K] m", lambda z, m: slope(lambda z: np.sum(z * z) / 2, z, m)),
    "exponential_family.exponential_slope": ("z[K] m", lambda z, m: slope(lambda z: np.sum(np.exp(z)), z, m)),
    "exponential_family.bernoulli_gradient": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda z: np.sum(np.log(1 + np.exp(z)) - v * z), z, m)),
    "exponential_family.categorical_gradient": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda z: np.log(np.sum(np.exp(z))) - np.sum(v * z), z, m)),
    "exponential_family.gaussian_gradient": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda z: np.sum((v - z) ** 2) / 2, z, m)),
    "exponential_family.poisson_gradient": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda z: np.sum(np.exp(z) - v * z), z, m)),
    "exponential_family.gaussian_form": ("v[K] z[K]", lambda v, z: np.sum(norm.logpdf(v, z) - norm.logpdf(0))),
    "exponential_family.poisson_curvature": ("z[K] m", lambda z, m: poisson.var(np.exp(z))[m - 1]),
    "exponential_family.exponents": ("V[dK] v[K] w[d] k", lambda V, v, w, k: (w @ V + v)[k - 1]),
    "exponential_family.mean": ("V[dK] q[K] f", lambda V, q, f: np.average(V[f - 1], weights=q)),
    "exponential_family.covariance": ("V[dK] q[K] f h",
                                      lambda V, q, f, h: np.cov(V, aweights=q, bias=True)[f - 1, h - 1]),
    "exponential_family.exponent_slope": ("V[dK] h k", lambda V, h, k: slope(
        lambda w: (w @ V)[k - 1], np.zeros(2), h)),
    "exponential_family.log_partition_gradient": ("V[dK] v[K] w[d] f", lambda V, v, w, f: slope(
        lambda w: np.log(np.sum(np.exp(w @ V + v))), w, f)),
    "exponential_family.gradient": ("V[dK] v[K] w[d] y[K] f", lambda V, v, w, y, f: slope(family_loss(V, v, y), w, f)),
    "exponential_family.probability_slope": ("V[dK] v[K] w[d] h m", lambda V, v, w, h, m: slope(
        lambda w: np.exp((w @ V + v)[m - 1]) / np.sum(np.exp(w @ V + v)), w, h)),
    "exponential_family.product_form": ("V[dK] q[K] f h",
                                        lambda V, q, f, h: np.cov(V, aweights=q, bias=True)[f - 1, h - 1]),
    "exponential_family.hessian": ("V[dK] v[K] w[d] f h", lambda V, v, w, f, h: curvature(
        family_loss(V, v, np.eye(3)[0]), w, [f], [h])),
    "exponential_family.loss_and_dot": ("z[K]", lambda z: logsumexp(z)),
    "exponential_family.variational_bound": ("q[K] z[K]", lambda q, z: np.dot(q, z) + entr(q).sum()),
    "exponential_family.attained": ("z[K]", lambda z: logsumexp(z)),
    "exponential_family.fenchel_young": ("y[K] z[K]", lambda y, z: rel_entr(y, softmax(z)).sum()),
    "exponential_family.never_negative": ("", lambda: 0),
    "exponential_family.conjugate": ("q![K]", lambda q: entr(q).sum()),
    "exponential_family.bregman": ("v[K] z[K]", lambda v, z: rel_entr(softmax(v), softmax(z)).sum()),
}
FAMILIES = {  # the gradient, a log-partition, SciPy's distribution at a logit, and what can be observed
    "bernoulli": (lambda z: np.log1p(np.exp(z)), lambda z: bernoulli(expit(z)), (0, 1)),
    "gaussian": (lambda z: z**2 / 2, norm, (-1.5, 0, 2)),
    "poisson": (np.exp, lambda z: poisson(np.exp(z)), (0, 1, 4)),
}


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("z", [-1.2, 0, 0.7])
def test_each_density_is_the_one_of_scipy_but_for_a_factor_without_the_logit(name, z):
    log_partition, at, seen = FAMILIES[name]
    density = function(exponential_family.density)
    for v in seen:
        ratios = []
        for logit in (z, 0.0):
            known = at(logit)
            found = known.pdf(v) if name == "gaussian" else known.pmf(v)
            ratios.append(found / density(v=[v], z=[logit], t=log_partition(logit)))
        assert ratios[0] == pytest.approx(ratios[1]) and ratios[0] > 0


@pytest.mark.parametrize("name", FAMILIES)
@pytest.mark.parametrize("z", [-1.2, 0, 0.7])
def test_each_gradient_is_the_mean_of_scipy_less_what_was_observed(name, z):
    _, at, seen = FAMILIES[name]
    gradient = function(getattr(exponential_family, f"{name}_gradient"))
    assert [gradient(v=[v], z=[z], m=1) for v in seen] == pytest.approx([at(z).mean() - v for v in seen])


def test_poisson_variance_is_the_mean_and_the_total_of_the_gaussian_is_its_base():
    assert function(exponential_family.poisson_curvature)(z=[0.7], m=1) == pytest.approx(poisson(np.exp(0.7)).var())
    total = quad(lambda v: np.exp(function(exponential_family.gaussian_form)(v=[v], z=[0.7])), -30, 30)[0]
    assert total == pytest.approx(1 / norm.pdf(0))


def test_where_the_gradient_is_0_the_means_of_model_and_labels_agree():
    rng = np.random.default_rng(3)
    V, v, y = rng.normal(size=(2, 5)), rng.normal(size=5), rng.dirichlet(np.ones(5))
    best = minimize(lambda w: H(y, model(V, v, w)), np.zeros(2), tol=1e-12).x
    assert V @ model(V, v, best) == pytest.approx(V @ y, abs=1e-5)
    gradient = function(exponential_family.gradient)
    assert [gradient(V=V, v=v, w=best, y=y, f=f) for f in (1, 2)] == pytest.approx([0, 0], abs=1e-5)


def test_no_distribution_gives_more_than_log_sum_exp_and_softmax_gives_it():
    z, rng = np.array([2.0, 1.0, 0.0]), np.random.default_rng(4)
    bound, top = function(exponential_family.variational_bound), function(softmax_chapter.log_sum_exp)(z=z)
    assert all(bound(q=q, z=z) < top for q in rng.dirichlet(np.ones(3), 300))
    assert bound(q=softmax(z), z=z) == pytest.approx(top)


def test_no_logits_give_less_than_the_entropy():
    q, rng = np.array([0.7, 0.2, 0.1]), np.random.default_rng(5)
    assert all(logsumexp(z) - q @ z > entr(q).sum() for z in rng.normal(0, 2, (300, 3)))
    assert function(exponential_family.conjugate)(q=q) == pytest.approx(entr(q).sum())


def test_in_the_probabilities_the_gradient_is_a_ratio():
    found = refute(exponential_family.not_in_the_probabilities)
    assert (found.left, found.right) == ("−2", "−0.5")
