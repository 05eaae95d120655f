"""Log-sum-exp against SciPy, complex steps and NumPy's eigenvalues, which know nothing of the derivation."""

import numpy as np
import pytest
from oracles import at, curvature, slope
from scipy.special import entr, log_softmax, logsumexp, rel_entr, softmax

from derivations import log_sum_exp, softmax as softmax_chapter
from derivations.functions import function
from derivations.notation import K, shift


def A(z):
    return np.log(np.sum(np.exp(z)))


ORACLES = {
    "log_sum_exp.shift": ("z[K] t", lambda z, t: logsumexp(z + t)),
    "log_sum_exp.lower_bound": ("z[K] m", lambda z, m: at(z, m)),
    "log_sum_exp.minus_entropy": ("z[K]", lambda z: -np.sum(entr(softmax(z)))),
    "log_sum_exp.above_its_mean": ("z[K] m", lambda z, m: at(log_softmax(z), m) + np.sum(entr(softmax(z)))),
    "log_sum_exp.mean_gap": ("z[K]", lambda z: np.sum(rel_entr(softmax(z), np.full(len(z), 1 / len(z))))),
    "log_sum_exp.hard_loss": ("z[K] c", lambda z, c: -at(log_softmax(z), c)),
    "log_sum_exp.loss_lower_bound": ("z[K] c m", lambda z, c, m: at(log_softmax(z), m) - at(log_softmax(z), c)),
    "log_sum_exp.entropy_identity": ("z[K]", lambda z: np.sum(entr(softmax(z)))),
    "log_sum_exp.part": ("a[K] z[K]", lambda a, z: logsumexp(z, b=a)),
    "log_sum_exp.from_parts": ("z[K]", lambda z: logsumexp([logsumexp(z[:1]), logsumexp(z[1:])])),
    "log_sum_exp.log_probability_gradient": ("z[K] m l", lambda z, m, l:
        slope(lambda z: np.log(np.exp(z[m - 1]) / np.sum(np.exp(z))), z, l)),
    "log_sum_exp.hessian": ("z[K] m l", lambda z, m, l: curvature(A, z, [m], [l])),
    "log_sum_exp.jacobian_rows_sum": ("", lambda: 0),
    "log_sum_exp.mean": ("v[K] z[K]", lambda v, z: np.average(v, weights=softmax(z))),
    "log_sum_exp.variance": ("v[K] z[K]", lambda v, z: np.cov(v, aweights=softmax(z), ddof=0)),
    "log_sum_exp.quadratic_form": ("v[K] z[K]", lambda v, z: np.cov(v, aweights=softmax(z), ddof=0)),
    "log_sum_exp.cross_entropy_of_two": ("v[K] z[K]", lambda v, z: -np.sum(softmax(z) * log_softmax(v))),
    "log_sum_exp.positive_semidefinite": ("", lambda: 0),
    "log_sum_exp.convexity": ("z[K]", lambda z: logsumexp(z)),
    "log_sum_exp.surprisal": ("z[K] m", lambda z, m: -at(log_softmax(z), m)),
    "log_sum_exp.lower_gap": ("z[K] m", lambda z, m: 1 - at(softmax(z), m)),
    "log_sum_exp.upper_gap": ("t z[K]", lambda t, z: logsumexp(np.full(len(z), t)) - np.mean(1 - np.exp(z - t))),
    "log_sum_exp.loss_upper_bound": ("t![] z[K] c", lambda t, z, c: logsumexp(np.full(len(z), t)) - at(z, c)),
    "log_sum_exp.one_deviation": ("v[K] z[K] m",
                                  lambda v, z, m: at(softmax(z) * (v - np.average(v, weights=softmax(z))) ** 2, m)),
    "log_sum_exp.trace": ("z[K]", lambda z: np.trace(np.diag(softmax(z)) - np.outer(softmax(z), softmax(z)))),
    "log_sum_exp.row_bound": ("", lambda: 0.5),
}
RNG = np.random.default_rng(5)
CASES = [(size, spread) for size in (1, 2, 3, 7) for spread in (0.1, 2, 8)]
LOGITS = [RNG.normal(0, spread, size) for size, spread in CASES]
NAMES = [f"{size} logits, spread {spread}" for size, spread in CASES]


def jacobian(z):
    p = softmax(z)
    return np.diag(p) - np.outer(p, p)


def upper_bound(z, t):
    """The result of `log_sum_exp.upper_bound`, which names no array, in Python's arithmetic."""
    return float(log_sum_exp.upper_bound.result.subs({K: len(z), shift: t}))


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_log_sum_exp_lies_between_its_bounds_whichever_logit_is_the_largest(z):
    assert np.max(z) <= logsumexp(z) <= upper_bound(z, np.max(z)) + 1e-14
    gap = function(log_sum_exp.upper_gap)(z=z, t=np.max(z))
    assert logsumexp(z) <= gap + 1e-14 and gap <= upper_bound(z, np.max(z)) + 1e-14
    for m in range(1, len(z) + 1):
        assert logsumexp(z) - z[m - 1] >= function(log_sum_exp.lower_gap)(z=z, m=m) - 1e-14
    if len(z) > 1:
        assert np.max(z) < logsumexp(z) < gap < upper_bound(z, np.max(z))


def test_equal_logits_reach_the_upper_bound():
    for size in (1, 2, 5):
        z = np.full(size, -1.3)
        assert logsumexp(z) == pytest.approx(upper_bound(z, -1.3), rel=1e-14, abs=0)
        assert logsumexp(z) == pytest.approx(function(log_sum_exp.upper_gap)(z=z, t=-1.3), rel=1e-14, abs=0)
        reached = float(log_sum_exp.upper_bound_reached.result.subs({K: size, shift: -1.3}))
        assert reached == pytest.approx(logsumexp(z), rel=1e-14, abs=0)


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_the_loss_lies_between_its_bounds(z):
    largest = int(np.argmax(z)) + 1
    for c in range(1, len(z) + 1):
        loss = -log_softmax(z)[c - 1]
        assert function(log_sum_exp.loss_lower_bound)(z=z, c=c, m=largest) <= loss + 1e-14
        assert loss <= function(log_sum_exp.loss_upper_bound)(z=z, c=c, t=np.max(z)) + 1e-14


def test_the_upper_bound_is_refused_where_a_logit_is_larger():
    with pytest.raises(ValueError, match="holds only where no logit is larger than t"):
        function(log_sum_exp.loss_upper_bound)(z=np.array([0.0, 5.0]), t=4.0, c=1)
    assert logsumexp([0.0, 5.0]) > 4.0 + np.log(2)


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_eigenvalues_of_the_jacobian(z):
    indices, entry = range(1, len(z) + 1), function(softmax_chapter.jacobian)
    found = np.array([[entry(z=z, m=m, l=l) for l in indices] for m in indices])  # noqa: E741
    assert found == pytest.approx(jacobian(z), abs=1e-14)
    eigenvalues = np.linalg.eigvalsh(jacobian(z))
    assert -1e-15 <= eigenvalues.min() and eigenvalues.max() <= 0.5 + 1e-15
    assert jacobian(z) @ np.ones(len(z)) == pytest.approx(np.zeros(len(z)), abs=1e-15)
    if np.ptp(z) < 1:
        assert np.linalg.matrix_rank(jacobian(z)) == len(z) - 1


def test_one_half_is_reached_by_two_equal_logits():
    assert np.linalg.eigvalsh(jacobian(np.zeros(2))).max() == pytest.approx(function(log_sum_exp.row_bound)())


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_row_sums_of_sizes(z):
    assert np.abs(jacobian(z)).sum(axis=1).max() <= function(log_sum_exp.row_bound)() + 1e-15


def test_a_tangent_lies_below():
    for z, v in ((LOGITS[6], LOGITS[7]), (LOGITS[7], LOGITS[8])):
        gap = logsumexp(v) - softmax(z) @ (v - z) - function(log_sum_exp.convexity)(z=z)
        assert gap > 0


def test_entries_and_sizes_of_the_gradient():
    for z in LOGITS:
        p, y = softmax(z), RNG.dirichlet(np.full(len(z), 0.3))
        for labels in (y, np.eye(len(z))[RNG.integers(len(z))]):
            assert function(softmax_chapter.gradient_lower_bound)() <= (p - labels).min()
            assert (p - labels).max() <= function(softmax_chapter.gradient_upper_bound)()
            assert np.abs(p - labels).sum() <= 2 and np.linalg.norm(p - labels) <= np.sqrt(2)


@pytest.mark.parametrize("sizes", [(1, 1), (2, 5, 1), (3, 3, 3)])
def test_parts_of_any_sizes_have_the_log_sum_exp_of_all(sizes):
    z, inside = RNG.normal(0, 3, sum(sizes)), np.repeat(np.eye(len(sizes)), sizes, axis=1)
    parts = [function(log_sum_exp.part)(a=a, z=z) for a in inside]
    assert parts == pytest.approx([logsumexp(one) for one in np.split(z, np.cumsum(sizes)[:-1])])
    assert logsumexp(parts) == pytest.approx(function(log_sum_exp.from_parts)(z=z)) == pytest.approx(logsumexp(z))


def test_classes_that_are_counted_several_times_make_it_larger_by_a_logarithm():
    z = RNG.normal(0, 3, 5)
    assert logsumexp([function(log_sum_exp.part)(a=np.ones(5), z=z)] * 4) == pytest.approx(logsumexp(z) + np.log(4))
    assert softmax(np.tile(z, 4))[:5] == pytest.approx(softmax(z) / 4)


def test_smoothing_needs_the_mean_of_all_log_probabilities():
    z = RNG.normal(0, 3, 6)
    assert log_softmax(z).mean() == pytest.approx((z[:2].sum() + z[2:].sum()) / 6 - logsumexp(z))
    assert log_softmax(z)[:2].mean() != pytest.approx(log_softmax(z).mean(), abs=0.1)
