"""Bounds of the softmax gradient against SciPy's softmax and NumPy's norms, eigenvalues and ranks."""

import numpy as np
import pytest
from oracles import slope
from scipy.special import log_softmax, softmax

from derivations import gradient_bounds
from derivations.checking.counterexamples import confirm
from derivations.functions import function

ORACLES = {
    "gradient_bounds.sum_of_sizes": ("", lambda: 2),
    "gradient_bounds.squared_norm": ("", lambda: 2),
    "gradient_bounds.pairs": ("v[K] z[K]", lambda v, z: np.cov(v, aweights=softmax(z), ddof=0)),
    "gradient_bounds.curvature_bound": ("v[K]", lambda v: np.linalg.norm(v) ** 2 / 2),
    "gradient_bounds.jacobian_in_direction": ("v[K] z[K] m", lambda v, z, m: slope(
        lambda t: np.exp(z + t * v)[m - 1] / np.sum(np.exp(z + t * v)), 0.0)),
    "gradient_bounds.flat_along_shift": ("", lambda: 0),
    "gradient_bounds.flat_only_along_shift": ("", lambda: 0),
}
RNG = np.random.default_rng(13)
CASES = [(size, spread) for size in (1, 2, 3, 7, 50) for spread in (0, 0.1, 2, 30)]
LOGITS = [RNG.normal(0, 1, size) * spread for size, spread in CASES]
NAMES = [f"{size} logits, spread {spread}" for size, spread in CASES]


def jacobian(z):
    return np.diag(softmax(z)) - np.outer(softmax(z), softmax(z))


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_no_gradient_is_longer_than_its_bounds(z):
    labels = [*np.eye(len(z)), *RNG.dirichlet(np.full(len(z), 0.2), 20)]
    gradients = softmax(z) - np.array(labels)
    assert np.abs(gradients).sum(axis=1).max() <= function(gradient_bounds.sum_of_sizes)() + 1e-14
    assert np.square(gradients).sum(axis=1).max() <= function(gradient_bounds.squared_norm)() + 1e-14


def test_the_bounds_of_the_length_are_approached_where_the_model_is_certain_and_wrong():
    gradient = softmax([40.0, 0.0, 0.0]) - np.array([0.0, 0.0, 1.0])
    assert np.abs(gradient).sum() == pytest.approx(2, abs=1e-15)
    assert np.square(gradient).sum() == pytest.approx(2, abs=1e-15)


def test_labels_that_do_not_sum_to_1_break_the_bounds():
    z, y = np.array([5.0, 0.0, 0.0]), np.array([0.0, 1.0, 1.0])
    gradient = [slope(lambda z: -np.sum(y * np.log(np.exp(z) / np.sum(np.exp(z)))), z, m) for m in (1, 2, 3)]
    assert np.abs(gradient).sum() > 3 and np.square(gradient).sum() > 4


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_no_direction_bends_the_loss_by_more_than_one_half(z):
    for v in RNG.normal(size=(20, len(z))):
        assert v @ jacobian(z) @ v <= function(gradient_bounds.curvature_bound)(v=v)
    assert np.linalg.eigvalsh(jacobian(z)).max() <= 0.5 + 1e-14


@pytest.mark.parametrize("z", LOGITS, ids=NAMES)
def test_two_gradients_differ_by_at_most_half_of_what_their_logits_do(z):
    for step in RNG.normal(0, 1, (20, len(z))) * RNG.choice([0.01, 1, 20], (20, 1)):
        assert np.linalg.norm(softmax(z + step) - softmax(z)) <= np.linalg.norm(step) / 2 + 1e-15


def test_a_step_of_twice_the_gradient_never_makes_the_loss_larger():
    for z in LOGITS[:16]:
        y = RNG.dirichlet(np.ones(len(z)))
        moved = z - 2 * (softmax(z) - y)
        assert -y @ log_softmax(moved) <= -y @ log_softmax(z) + 1e-14


def test_one_half_is_reached():
    assert confirm(gradient_bounds.half_is_least).outcome == "verified"
    assert np.linalg.eigvalsh(jacobian(np.zeros(2))).max() == pytest.approx(0.5)
    assert np.linalg.eigvalsh(jacobian(np.array([30.0, 30.0, 0.0]))).max() == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("z", [z for z, (_, spread) in zip(LOGITS, CASES, strict=True) if spread < 3])
def test_the_rank_is_one_less_than_the_number_of_classes(z):
    p, J = softmax(z), jacobian(z)
    assert np.linalg.matrix_rank(J) == len(z) - 1
    v = RNG.normal(size=len(z))
    found = [function(gradient_bounds.jacobian_in_direction)(v=v, z=z, m=m) for m in range(1, len(z) + 1)]
    assert found == pytest.approx(J @ v, abs=1e-14)
    assert found == pytest.approx(p * (v - p @ v), abs=1e-14)
    assert J @ np.full(len(z), 3.7) == pytest.approx(np.zeros(len(z)), abs=1e-14)
