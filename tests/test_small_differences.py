"""Small differences of large numbers against 60-digit arithmetic and SciPy, and what the page says in words."""

import numpy as np
import pytest
from mpmath import exp, fsum, log, mp, mpf
from oracles import H2, slope
from scipy.integrate import quad
from scipy.special import expit, logsumexp, rel_entr, softmax

from derivations import small_differences
from derivations.functions import function
from derivations.losses import distillation_loss, jensen_shannon_divergence


def gaps(v, z):
    return z - v - softmax(v) @ (z - v)


def sampled(q, p):
    """What a sample of each class adds to the estimate of the divergence of p from q."""
    return np.exp(np.log(q / p)) - 1 - np.log(q / p)


def ratios(q, p, α):
    return np.log(p) - np.log(α * q + (1 - α) * p)


def jensen_shannon(q, p, α):
    return α * (q @ ratios(p, q, 1 - α)) + (1 - α) * (p @ ratios(q, p, α))


def divergence(v, z):
    return np.sum(rel_entr(softmax(v), softmax(z)))


ORACLES = {
    "small_differences.less_share": ("y z", lambda y, z: H2(y, expit(z))),
    "small_differences.divergence_of_logits": ("q![K] z[K]", lambda q, z: np.sum(rel_entr(q, softmax(z)))),
    "small_differences.mean_gap": ("v[K] z[K]", lambda v, z: np.average(z - v, weights=softmax(v))),
    "small_differences.gap": ("v[K] z[K] k", lambda v, z, k: gaps(v, z)[k - 1]),
    "small_differences.no_mean": ("", lambda: 0),
    "small_differences.in_exponentials": ("v[K] z[K]", lambda v, z: softmax(v) @ np.expm1(gaps(v, z))),
    "small_differences.divergence": ("v[K] z[K]", divergence),
    "small_differences.gradient": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda z: logsumexp(z) - softmax(v) @ z, z, m)),
    "small_differences.of_first": ("q![K] p[K] α k", lambda q, p, α, k: np.log(q / (α * q + (1 - α) * p))[k - 1]),
    "small_differences.sampled": ("q![K] p[K] k", lambda q, p, k: sampled(q, p)[k - 1]),
    "small_differences.sampled_bound": ("", lambda: 0),
    "small_differences.sampled_mean": ("q![K] p[K]", lambda q, p: np.sum(rel_entr(p, q))),
    "small_differences.sampled_gradient": ("q![K] z[K] m", lambda q, z, m: slope(
        lambda moved: softmax(z) @ sampled(q, np.exp(moved) / np.sum(np.exp(moved))), z, m)),
    "small_differences.reverse_gradient": ("q![K] z[K] m", lambda q, z, m: slope(
        lambda z: np.sum(np.exp(z) / np.sum(np.exp(z)) * (z - np.log(np.sum(np.exp(z))) - np.log(q))), z, m)),
    "small_differences.of_second_by_shares": ("q![K] p[K] α k", lambda q, p, α, k: -np.log(
        α * q / p + (1 - α))[k - 1]),
    "small_differences.power_gap": ("z t+[] β", lambda z, t, β: quad(lambda x: β * (t + x) ** (β - 1), 0, z * z)[0]),
    "small_differences.targets_gradient": ("a[K] z[K] m l", lambda a, z, m, l: slope(
        lambda z: a.sum() * np.log(np.exp(z).sum()) - a @ z, z, l)),
    "small_differences.from_one": ("v[K] z[K] l", lambda v, z, l: v[l - 1] - np.average(v, weights=softmax(z))),
    "small_differences.error": ("y[K] z[K] k", lambda y, z, k: softmax(z)[k - 1] - y[k - 1]),
    "small_differences.brier_gradient": ("y[K] z[K] m l", lambda y, z, m, l: slope(
        lambda z: np.sum((np.exp(z) / np.exp(z).sum() - y) ** 2), z, l)),
    "small_differences.log_ratio": ("q![K] p[K] α k", lambda q, p, α, k: np.log(p / (α * q + (1 - α) * p))[k - 1]),
    "small_differences.log_ratio_less_mean": ("q![K] z[K] α l", lambda q, z, α, l: (
        ratios(q, softmax(z), α)[l - 1] - softmax(z) @ ratios(q, softmax(z), α))),
    "small_differences.mixture_gradient": ("q![K] z[K] α m l", lambda q, z, α, m, l: slope(
        lambda z: jensen_shannon(q, np.exp(z) / np.exp(z).sum(), α), z, l)),
    "small_differences.of_second": ("q![K] p[K] α k", lambda q, p, α, k: np.log(p / (α * q + (1 - α) * p))[k - 1]),
}

TEACHER, MOVE = np.array([3.0, 1.0, -2.0]), np.array([0.5, -1.0, 0.25])


def exact_divergence(v, z):
    with mp.workdps(60):
        sides = [[exp(mpf(float(one))) for one in side] for side in (v, z)]
        shares = [[one / fsum(side) for one in side] for side in sides]
        return float(fsum(one * log(one / other) for one, other in zip(*shares)))


@pytest.mark.parametrize("step", [1.0, 1e-2, 1e-5, 1e-8, 1e-12])
def test_a_student_near_its_teacher_has_every_digit(step):
    z = TEACHER + step * MOVE
    found = distillation_loss.value(teacher=TEACHER, logits=z, temperature=1.0)
    assert found == pytest.approx(exact_divergence(TEACHER, z), rel=1e-13 + 1e-15 / step, abs=0)
    if step < 1e-8:  # the two log-softmaxes agree in all digits that a computer has
        logs = [side - logsumexp(side) for side in (TEACHER, z)]
        assert abs(softmax(TEACHER) @ (logs[0] - logs[1])) > 1e3 * found


@pytest.mark.parametrize("temperature", [1e2, 1e5, 1e8, 1e12])
def test_at_a_large_temperature_the_loss_is_half_a_variance(temperature):
    found = distillation_loss.value(teacher=TEACHER, logits=np.zeros(3), temperature=temperature)
    assert found == pytest.approx(np.var(TEACHER) / 2, rel=10 / temperature, abs=0)
    gradient = distillation_loss.gradient(teacher=TEACHER, logits=np.zeros(3), temperature=temperature)
    assert gradient == pytest.approx((TEACHER.mean() - TEACHER) / 3, rel=20 / temperature, abs=0)


@pytest.mark.parametrize("share", [0.0, 1e-12, 1e-3, 0.5, 1 - 1e-9, 1.0])
def test_jensen_and_shannon_at_every_share(share):
    q, z = np.array([0.7, 0.3, 0.0]), np.array([0.0, 0.5, 1.0])
    found = jensen_shannon_divergence.value(reference=q, logits=z, share=share)
    with mp.workdps(60):
        a, p = mpf(share), [exp(mpf(one)) for one in z.tolist()]
        p, q = [one / fsum(p) for one in p], [mpf(one) for one in q.tolist()]
        mixed = [a * one + (1 - a) * other for one, other in zip(q, p)]
        both = [(w * one, one / m) for w, side in ((a, q), (1 - a, p)) for one, m in zip(side, mixed) if w * one]
        right = fsum(part * log(quotient) for part, quotient in both)
    assert found == pytest.approx(float(right), rel=1e-12, abs=0)


def test_less_their_mean_the_differences_have_no_mean():
    assert softmax(TEACHER) @ gaps(TEACHER, MOVE) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("seed", range(5))
def test_a_mean_over_samples_has_the_divergence_as_its_mean_and_the_gradient_of_the_other(seed):
    """Of the plain term and of k3, with the sign of each; with the samples held fixed, p - q and not the gradient."""
    random = np.random.default_rng(seed)
    z, q = random.normal(size=4), random.dirichlet(np.ones(4))
    p = softmax(z)
    plain, terms = np.log(p / q), sampled(q, p)
    assert p @ plain == pytest.approx(p @ terms, rel=1e-12, abs=1e-15) and terms.min() >= 0 > plain.min()
    found, other = (np.array([function(entry)(q=q, z=z, m=m) for m in range(1, 5)])
                    for entry in (small_differences.sampled_gradient, small_differences.reverse_gradient))
    of_terms = [[slope(lambda moved: sampled(q, np.exp(moved) / np.sum(np.exp(moved)))[k], z, m) for m in range(1, 5)]
                for k in range(4)]
    assert p @ of_terms == pytest.approx(found, rel=1e-12, abs=1e-14) and np.abs(found - other).max() > 1e-3


def test_the_numbers_on_the_page():
    found = function(small_differences.divergence)(v=(0, 0), z=(0, 2.0**-20))
    assert found == pytest.approx(2.0**-43, rel=1e-6, abs=0) and -np.floor(np.log10(found)) == 13
    with mp.workdps(60):
        one, other = log(mpf(1) / 2), -log(1 + exp(mpf("1e-6")))
        assert -np.floor(np.log10(float(one - other))) == 7 and round(float(one), 3) == -0.693
