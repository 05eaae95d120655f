"""The losses made from the catalogue: against the correctly rounded functions, at ordinary and at extreme logits."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from derivations import sigmoid, softmax
from derivations.functions import function
from derivations.losses import binary_cross_entropy, softmax_cross_entropy

LOGITS = [-1000, -745, -710, -300.5, -40, -37, -1, -1e-9, 0, 1e-9, 0.5, 1, 36, 37, 40, 300.5, 710, 745, 1000]
REGIMES = {
    "ordinary": lambda rng, size: rng.normal(0, 1, size),
    "offset": lambda rng, size: rng.normal(0, 1, size) + 1e4,
    "confident": lambda rng, size: np.where(np.arange(size) == 0, 40.0, rng.normal(0, 1, size)),
    "wide": lambda rng, size: rng.normal(0, 100, size),
    "huge": lambda rng, size: rng.normal(0, 1e5, size),
    "equal": lambda rng, size: np.full(size, 1e16),
}
WITHIN = 1e-14


@pytest.mark.parametrize("label", [0.0, 1.0])
def test_binary_cross_entropy_keeps_every_digit(label):
    z = np.array(LOGITS, dtype=float)
    for name, entry in (("value", sigmoid.cross_entropy), ("gradient", sigmoid.gradient), ("hessian", sigmoid.hessian)):
        wanted = [function(entry)(**({"z": one} if name == "hessian" else {"z": one, "y": label})) for one in z]
        found = getattr(binary_cross_entropy, name)(np.full(z.shape, label), z)
        assert found == pytest.approx(np.array(wanted), rel=WITHIN, abs=1e-307)


def test_binary_cross_entropy_of_soft_labels():
    y, z = map(np.ravel, np.meshgrid([1e-20, 0.1, 0.5, 0.999], LOGITS))
    wanted = [function(sigmoid.cross_entropy)(y=one, z=other) for one, other in zip(y, z)]
    assert binary_cross_entropy.value(y, z) == pytest.approx(np.array(wanted), rel=WITHIN, abs=0)


@pytest.mark.parametrize("regime", REGIMES)
@pytest.mark.parametrize("size", [2, 10])
def test_softmax_cross_entropy_keeps_every_digit(regime, size):
    z = REGIMES[regime](np.random.default_rng(size), size)
    value, slope = function(softmax.cross_entropy), function(softmax.gradient)
    for label in range(size):
        y = np.eye(size)[label]
        assert softmax_cross_entropy.value(y, z) == pytest.approx(value(y=y, z=z), rel=WITHIN, abs=1e-307)
        wanted = [slope(y=y, z=z, m=m + 1) for m in range(size)]
        found = softmax_cross_entropy.gradient(y, z)
        assert np.isfinite(found).all()
        exponents = WITHIN * (1 if regime in ("ordinary", "confident") else np.abs(z - z.max()) / 40 + 1)
        assert np.all(np.abs(found - wanted) <= exponents * np.abs(wanted) + 1e-307)


@pytest.mark.parametrize("regime", REGIMES)
def test_the_hessian_keeps_its_digits(regime):
    z = REGIMES[regime](np.random.default_rng(5), 4)
    found, entry = softmax_cross_entropy.hessian(np.eye(4)[0], z), function(softmax.hessian)
    wanted = np.array([[entry(z=z, m=m + 1, l=l + 1) for l in range(4)] for m in range(4)])
    exponents = WITHIN * (1 + (np.ptp(z) / 20 if regime in ("wide", "huge", "offset") else 0))
    assert np.all(np.abs(found - wanted) <= exponents * np.abs(wanted) + 1e-307)


def test_soft_labels_lose_no_digits_to_an_offset():
    z = np.random.default_rng(2).normal(0, 3, 6)
    y = np.random.default_rng(3).dirichlet(np.ones(6))
    given = z + 1e8
    wanted = function(softmax.weighted_cross_entropy)(y=y, z=given)  # these labels sum to 1 but for rounding
    assert softmax_cross_entropy.value(y, given) == pytest.approx(wanted, rel=WITHIN, abs=0)


def test_a_wrong_certainty_is_infinite_and_a_right_one_costs_nothing():
    infinite = np.inf
    assert softmax_cross_entropy.value([[1, 0], [0, 1]], [[0, -infinite]] * 2).tolist() == [0, infinite]
    assert softmax_cross_entropy.gradient([[1.0, 0], [0, 1.0]], [[0, -infinite]] * 2).tolist() == [[0, 0], [1, -1]]
    found = binary_cross_entropy.value([0, 0, 1, 1], [-infinite, infinite, -infinite, infinite])
    assert found.tolist() == [0, infinite, infinite, 0] and not np.signbit(found).any()
    assert not np.signbit(softmax_cross_entropy.value([1, 0], [0, -infinite]))
    assert binary_cross_entropy.gradient([0, 0, 1, 1], [-infinite, infinite] * 2).tolist() == [0, 1, -1, 0]


def test_infinite_logits_give_the_limit_where_there_is_one():
    y, infinite = [[1, 0, 0], [0, 1, 0]], np.inf
    one, two, none = [infinite, 0, 0], [infinite, infinite, 0], [-infinite] * 3
    assert softmax_cross_entropy.value(y, [one, one]).tolist() == [0, infinite]
    assert softmax_cross_entropy.gradient(y, [one, one]).tolist() == [[0, 0, 0], [1, -1, 0]]
    assert not softmax_cross_entropy.hessian(y, [one, one]).any()
    for without in (two, none):
        assert np.isnan(softmax_cross_entropy.value(y, [without, without])).all()


@pytest.mark.parametrize("loss", [softmax_cross_entropy, binary_cross_entropy], ids=["softmax", "binary"])
def test_a_large_batch_gives_what_its_parts_give(loss):
    rng = np.random.default_rng(8)
    z = rng.normal(0, 3, (2, 9000, 7))
    y = np.eye(7)[rng.integers(0, 7, z.shape[:-1])]
    value, gradient = loss.value_and_gradient(y, z)
    for place in ((0, 0), (0, 8999), (1, 4321)):
        assert value[place] == pytest.approx(loss.value(y[place], z[place]), rel=WITHIN, abs=0)
        assert gradient[place] == pytest.approx(loss.gradient(y[place], z[place]), rel=WITHIN, abs=0)
    assert (gradient.shape, value.shape) == (z.shape, loss.value(y, z).shape)
    z[1, 8000, 3] = np.nan
    with pytest.raises(ValueError, match=r"logits\[1, 8000, 3\] = nan is not a number"):
        loss.value_and_gradient(y, z)


def test_labels_may_be_classes():
    z, classes = np.random.default_rng(4).normal(size=(5, 3)), np.array([2, 0, 1, 1, 2])
    for name in ("value", "gradient", "hessian"):
        each = getattr(softmax_cross_entropy, name)
        assert np.array_equal(each(classes, z), each(np.eye(3)[classes], z))
    with pytest.raises(ValueError, match=r"labels\[1\] = 3 is not a class from 0 to 2"):
        softmax_cross_entropy.hessian([0, 3], z[:2])


@pytest.mark.parametrize("loss", [softmax_cross_entropy, binary_cross_entropy], ids=["softmax", "binary"])
@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_reduced_gradient_is_the_gradient_of_the_reduced_value(loss, reduction):
    rng = np.random.default_rng(6)
    z = rng.normal(size=(4, 3))
    y = rng.dirichlet(np.ones(3), 4)
    value, gradient = loss.value_and_gradient(y, z, reduction=reduction)
    numeric = approx_fprime(z.ravel(), lambda flat: loss.value(y, flat.reshape(z.shape), reduction=reduction), 1e-7)
    assert gradient.shape == z.shape
    assert gradient.ravel() == pytest.approx(numeric, abs=1e-5)
    assert value == pytest.approx(getattr(loss.value(y, z), reduction)())
    share = z.size if loss is binary_cross_entropy else len(z)
    each = loss.hessian(y, z)
    assert loss.hessian(y, z, reduction=reduction) == pytest.approx(each / (share if reduction == "mean" else 1))


def test_an_unknown_reduction_is_refused():
    for call in (binary_cross_entropy.value, binary_cross_entropy.gradient, binary_cross_entropy.hessian):
        with pytest.raises(ValueError, match="reduction = 'median' is none of"):
            call([1.0], [2.0], reduction="median")


def test_single_precision_stays_single():
    z = np.array([[20, 0, 0], [-90, 3, 4]], dtype=np.float32)
    y = np.array([[1, 0, 0], [0, 0.5, 0.5]], dtype=np.float32)
    found = softmax_cross_entropy.value(y, z)
    wanted = [function(softmax.cross_entropy)(y=one, z=other) for one, other in zip(y, z)]
    assert found.dtype == np.float32 and found == pytest.approx(np.array(wanted), rel=4 * 2.0**-23, abs=0)


def test_the_text_leads_to_the_derivations():
    text = softmax_cross_entropy.text("gradient")
    assert "numerics.gradient_beside" in text and "def softmax_gradient(y, z" in text
