"""The stable forms against SciPy and NumPy, at logits where the forms that one would write first fail; and binary64
itself.
"""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx
from oracles import loss_of_logit, loss_of_logits, slope
from scipy.differentiate import derivative
from scipy.special import expit, log1p, log_softmax, logsumexp, rel_entr
from scipy.special import softmax as softmax_of
from sklearn.metrics import log_loss

from derivations import numerics, sigmoid, softmax
from derivations.checking.counterexamples import refute
from derivations.functions import function
from derivations.writing.typeset import latex, plain

EXTREME = [-1e4, -800.0, -710.0, -37.0, -1e-9, 0.0, 1e-9, 36.0, 37.0, 709.0, 710.0, 800.0, 1e4]
LARGE = [[1000.0, 1001.0, 1002.0], [-1e4, 0.0, 1e4], [-1000.0, -1001.0], [5.0]]


def bend_of_sigmoid(z):
    return -np.tanh(z / 2) / (4 * np.cosh(z / 2) ** 2)


ORACLES = {
    "numerics.power_bound": ("ε", lambda ε: ε),
    "numerics.underflow_bound": ("ε", lambda ε: ε),
    "numerics.softplus": ("z", lambda z: np.logaddexp(0, z)),
    "numerics.binary_cross_entropy": ("y z", lambda y, z: y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)),
    "numerics.log_sum_exp": ("t z[K]", lambda t, z: logsumexp(z)),
    "numerics.terms_at_most_one": ("", lambda: 1),
    "numerics.distillation": ("v[K] z[K] T+[]", lambda v, z, T: T**2 * np.sum(
        rel_entr(softmax_of(v / T), softmax_of(z / T)))),
    "numerics.log_softmax": ("t z[K] m", lambda t, z, m: log_softmax(z)[m - 1]),
    "numerics.confident_cross_entropy": ("c z[K]", lambda c, z: -log_softmax(z)[c - 1]),
    "numerics.sigmoid_two_sided": ("z", lambda z: expit(z)),
    "numerics.complement_two_sided": ("z", lambda z: expit(-z)),
    "numerics.cross_entropy_two_sided": ("y z", lambda y, z: loss_of_logit(y)(z)),
    "numerics.gradient_two_sided": ("y z", lambda y, z: slope(loss_of_logit(y), z)),
    "numerics.others": ("z[K] m", lambda z, m: np.sum(np.exp(np.delete(z, m - 1) - z[m - 1]))),
    "numerics.log_sum_exp_beside": ("z[K] m", lambda z, m: logsumexp(z)),
    "numerics.log_softmax_beside": ("z[K] m l", lambda z, m, l: log_softmax(z)[l - 1]),
    "numerics.softmax_beside": ("z[K] m l", lambda z, m, l: softmax_of(z)[l - 1]),
    "numerics.complement_beside": ("z[K] m l", lambda z, m, l: np.sum(np.delete(softmax_of(z), l - 1))),
    "numerics.cross_entropy_beside": ("y[K] z[K] m", lambda y, z, m: -np.sum(y * log_softmax(z))),
    "numerics.gradient_beside": ("y[K] z[K] m l", lambda y, z, m, l: slope(loss_of_logits(y), z, l)),
    "numerics.hessian_by_place": ("z[K] m l", lambda z, m, l: slope(lambda z: softmax_of(z)[m - 1], z, l)),
    "numerics.clipped_loss_bound": ("ε", lambda ε: np.max(-np.log(np.clip(np.linspace(0, 1, 101), ε, None)))),
    "numerics.third_derivative": ("z", lambda z: slope(
        lambda z: np.exp(z) / (1 + np.exp(z)) ** 2, z)),  # of the slope of the sigmoid
    "numerics.third_upper_bound": ("", lambda: np.max(bend_of_sigmoid(np.linspace(-3, 0, 300001)))),
    "numerics.third_lower_bound": ("", lambda: np.min(bend_of_sigmoid(np.linspace(0, 3, 300001)))),
    "numerics.difference_upper_bound": ("z ε", lambda z, ε: expit(z) + ε**2 / 6 / (6 * np.sqrt(3))),
    "numerics.difference_lower_bound": ("z ε", lambda z, ε: expit(z) - ε**2 / 6 / (6 * np.sqrt(3))),
    "numerics.difference_of_a_cubic": ("z ε", lambda z, ε: ((z + ε) ** 3 - (z - ε) ** 3) / (2 * ε)),
}


@pytest.mark.parametrize("largest", [0.5, 0.9, 0.99])
def test_from_so_many_labels_on_a_likelihood_is_held_as_0(largest):
    enough = int(np.ceil(1075 * np.log(0.5) / np.log(largest)))
    draws = np.random.default_rng(9).uniform(0.1, largest, (20, enough))
    assert all(np.prod(draws, axis=1) == 0) and largest ** float(enough) == 0
    assert Fraction(largest) ** (enough - 2) > Fraction(1, 2**1075)


@pytest.mark.parametrize("z", EXTREME)
def test_stable_softplus_never_overflows(z):
    assert function(numerics.softplus)(z=z) == pytest.approx(np.logaddexp(0, z), rel=1e-15, abs=1e-16)
    for y in (0.0, 0.3, 1.0):
        expected = y * np.logaddexp(0, -z) + (1 - y) * np.logaddexp(0, z)
        assert function(numerics.binary_cross_entropy)(y=y, z=z) == pytest.approx(expected, rel=1e-12, abs=1e-15)


def test_the_first_form_of_softplus_fails_where_the_stable_one_does_not():
    with np.errstate(over="ignore"):
        assert np.log(1 + np.exp(710.0)) == np.inf
    assert function(sigmoid.softplus)(z=710) == function(numerics.softplus)(z=710) == 710


@pytest.mark.parametrize("z", LARGE, ids=str)
def test_with_the_largest_logit_taken_out_nothing_overflows(z):
    assert function(numerics.log_sum_exp)(z=z, t=max(z)) == pytest.approx(logsumexp(z), rel=1e-15, abs=0)
    for m in range(1, len(z) + 1):
        found = function(numerics.log_softmax)(z=z, t=max(z), m=m)
        assert found == pytest.approx(log_softmax(z)[m - 1], rel=1e-12, abs=1e-12)


def test_without_it_the_exponentials_overflow_or_all_vanish():
    with np.errstate(over="ignore", divide="ignore"):
        assert [np.log(np.sum(np.exp(z))) for z in LARGE[:3]] == [np.inf, np.inf, -np.inf]
    for z in LARGE:
        assert function(softmax.log_sum_exp)(z=z) == pytest.approx(logsumexp(z), rel=1e-15, abs=0)


@pytest.mark.parametrize("gap", [1.0, 10.0, 20.0])
def test_the_form_for_confident_models_is_the_loss(gap):
    z = [gap, 0.0, -1.0]
    assert function(numerics.confident_cross_entropy)(z=z, c=1) == pytest.approx(-log_softmax(z)[0], rel=1e-6, abs=0)


@pytest.mark.parametrize("gap", [40.0, 300.0])
def test_with_log1p_it_keeps_the_digits_that_a_difference_loses(gap):
    z = np.array([gap, 0.0, -1.0])
    with ctx.workprec(1000):
        exact = (1 + (-arb(gap)).exp() + (-arb(gap + 1)).exp()).log()
    assert log1p(np.sum(np.exp(z[1:] - z[0]))) == pytest.approx(float(exact), rel=1e-13, abs=0)
    assert logsumexp(z) - gap == 0 < exact


def test_one_less_a_rounded_sigmoid_has_no_logarithm():
    assert expit(36.0) < 1 == expit(37.0)
    with np.errstate(divide="ignore"):
        assert -np.log(1 - expit(37.0)) == np.inf
    assert np.logaddexp(0, 37.0) == 37
    assert refute(numerics.naive_sigmoid).how == refute(numerics.naive_exponential).how == "has no value"


def test_an_exponential_is_too_large_from_710_on_and_a_sum_loses_what_is_small():
    with np.errstate(over="ignore"):
        assert np.exp(709.0) < np.exp(710.0) == np.inf
    assert np.log(1 + np.exp(-37.0)) == 0 < np.log1p(np.exp(-37.0)) == np.logaddexp(0, -37.0)
    assert float(refute(numerics.naive_logarithm).left) == 0


def test_in_single_precision_all_this_happens_earlier():
    one = np.float32(1)
    rounded = [one / (one + np.exp(np.float32(-z))) for z in (16, 17)]
    assert rounded[0] < 1 == rounded[1] and all(value.dtype == np.float32 for value in rounded)
    with np.errstate(over="ignore"):
        assert np.exp(np.float32(88)) < np.exp(np.float32(89)) == np.inf


@pytest.mark.parametrize(("clip", "largest"), [(1e-7, 16.118), (2.0**-52, 36.044)])
def test_a_clip_bounds_the_loss(clip, largest):
    assert function(numerics.clipped_loss_bound)(ε=clip) == pytest.approx(largest, abs=5e-4)
    for p in (0.0, clip / 100, clip, 0.5, 1.0):
        assert -np.log(max(p, clip)) <= function(numerics.clipped_loss_bound)(ε=clip)


def test_scikit_learn_clips_at_machine_precision():
    bound = function(numerics.clipped_loss_bound)(ε=2.0**-52)
    assert log_loss([1], [0.0], labels=[0, 1]) == pytest.approx(bound, rel=1e-12, abs=0)


def test_below_a_clip_the_loss_is_flat():
    clipped = [-np.log(max(p, 1e-7)) for p in (1e-9, 1e-8)]
    assert clipped[0] == clipped[1] == pytest.approx(16.118, abs=5e-4)
    failure = refute(numerics.clipped_gradient)
    assert failure.left == "0" and failure.right == "−1e+09"


def central_difference_error(step, z=1.0):
    return abs((np.logaddexp(0, z + step) - np.logaddexp(0, z - step)) / (2 * step) - expit(z))


@pytest.mark.parametrize("step", [0.01, 0.3, 0.99])
def test_a_central_difference_of_softplus_lies_between_its_bounds(step):
    low, high = function(numerics.difference_lower_bound), function(numerics.difference_upper_bound)
    for z in np.linspace(-6, 6, 49):
        with ctx.workprec(200):
            up, down = ((1 + (arb(z) + sign * arb(step)).exp()).log() for sign in (1, -1))
            found = float((up - down) / (2 * arb(step)))
        assert low(z=z, ε=step) - 1e-15 <= found <= high(z=z, ε=step) + 1e-15
    closest = np.log((3 - np.sqrt(3)) / (3 + np.sqrt(3)))  # where the third derivative is largest
    with ctx.workprec(200):
        up, down = ((1 + (arb(closest) + sign * arb(step)).exp()).log() for sign in (1, -1))
        reached = (float((up - down) / (2 * arb(step))) - expit(closest)) / (high(z=closest, ε=step) - expit(closest))
    assert 1 - step**2 / 4 <= reached <= 1


def test_a_tenth_of_the_step_is_a_hundredth_of_the_error_until_rounding_takes_over():
    errors = [central_difference_error(step) for step in (1e-1, 1e-2, 1e-3, 1e-4)]
    for large, small in zip(errors, errors[1:]):
        assert large / small == pytest.approx(100, rel=0.05, abs=0)
    assert central_difference_error(1e-11) > 1000 * central_difference_error(6e-6)


def test_the_best_step_is_near_the_cube_root_of_the_rounding_unit():
    rng = np.random.default_rng(1)
    steps = 10.0 ** np.arange(-10, 0, 0.5)
    typical = [np.median([central_difference_error(step, z) for z in rng.normal(size=200)]) for step in steps]
    best = steps[np.argmin(typical)]
    assert 1 / 10 < best / np.cbrt(2.0**-53) < 10


def test_the_error_for_a_cubic_is_the_square_of_the_step():
    found = function(numerics.difference_of_a_cubic)
    assert found(z=2.0, ε=0.5) - derivative(lambda z: z**3, 2.0).df == pytest.approx(0.25, rel=1e-8, abs=0)


def test_a_size_and_a_larger_number_are_printed_as_such():
    assert plain(numerics.softplus.result) == "max(0, z) + log(1 + e^(−|z|))"
    assert latex(numerics.softplus.result) == r"\max(0, z) + \log(1 + e^{-|z|})"
    assert plain(numerics.clipping.claim) == "−log(max(p, ε)) = −log p"
