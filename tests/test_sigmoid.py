"""The sigmoid results against SciPy and finite differences, which know nothing of the derivation."""

import numpy
import pytest
from oracles import H2, curvature, slope
from scipy import optimize, special

from derivations import sigmoid
from derivations.checking.counterexamples import refute
from derivations.functions import function
from derivations.notation import logit

ORACLES = {
    "sigmoid.symmetry": ("z", lambda z: special.expit(-z)),
    "sigmoid.logit": ("z", lambda z: special.logit(special.expit(z))),
    "sigmoid.reflection": ("z", lambda z: numpy.logaddexp(0, -z)),
    "sigmoid.second_form": ("y z", lambda y, z: H2(y, special.expit(z))),
    "sigmoid.signed_softplus": ("y! z", lambda y, z: H2(y, special.expit(z))),
    "sigmoid.hard_form": ("y! z", lambda y, z: H2(y, special.expit(z))),
    "sigmoid.softplus_bound": ("z", lambda z: numpy.exp(z)),
    "sigmoid.linear_growth_upper_bound": ("z", lambda z: numpy.exp(z) - special.logit(special.expit(z))),
    "sigmoid.linear_growth_lower_bound": ("z", lambda z: -z),
    "sigmoid.curvature_bound": ("", lambda: 0.25),
    "sigmoid.squared_error_gradient": ("y z", lambda y, z: slope(lambda z: (1 / (1 + numpy.exp(-z)) - y) ** 2 / 2, z)),
    "sigmoid.squared_error_bound": ("", lambda: 4 / 27),
    "sigmoid.squared_error_lower_bound": ("", lambda: -4 / 27),
    "sigmoid.squared_error_steepest": ("y!", lambda y: slope(
        lambda z: (1 / (1 + numpy.exp(-z)) - y) ** 2 / 2, numpy.log([2, 0.5][int(y)]))),
}
LOGITS = [-8.5, -1.0, 0.0, 0.3, 12.0]
LABELS = [0.0, 0.3, 1.0]


def loss(y, z):
    return numpy.logaddexp(0, z) - y * z


@pytest.mark.parametrize("z", LOGITS)
def test_probabilities_and_their_logarithms(z):
    assert function(sigmoid.sigmoid)(z=z) == pytest.approx(special.expit(z), rel=1e-14, abs=0)
    assert function(sigmoid.growing_form)(z=z) == pytest.approx(special.expit(z), rel=1e-14, abs=0)
    assert function(sigmoid.complement)(z=z) == pytest.approx(special.expit(-z), rel=1e-9, abs=0)
    assert function(sigmoid.exponential_form)(z=z) == pytest.approx(special.expit(z), rel=1e-13, abs=0)
    assert function(sigmoid.log_probability)(z=z) == pytest.approx(special.log_expit(z), rel=1e-9, abs=0)
    assert function(sigmoid.log_complement)(z=z) == pytest.approx(special.log_expit(-z), rel=1e-9, abs=0)


@pytest.mark.parametrize("z", LOGITS)
def test_derivative(z):
    slope = (special.expit(z + 1e-5) - special.expit(z - 1e-5)) / 2e-5
    assert function(sigmoid.derivative)(z=z) == pytest.approx(slope, rel=1e-5, abs=0)
    assert function(sigmoid.softplus_derivative)(z=z) == pytest.approx(special.expit(z), rel=1e-14, abs=0)


@pytest.mark.parametrize("y", LABELS)
@pytest.mark.parametrize("z", LOGITS)
def test_cross_entropy_gradient_and_hessian(y, z):
    # The loss here is a difference of numbers up to 12, which are rounded by as much as 1e-15.
    assert function(sigmoid.cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-12, abs=1e-15)
    slope = (loss(y, z + 1e-5) - loss(y, z - 1e-5)) / 2e-5
    assert function(sigmoid.gradient)(y=y, z=z) == pytest.approx(slope, rel=1e-5, abs=1e-9)
    bend = (loss(y, z + 1e-3) - 2 * loss(y, z) + loss(y, z - 1e-3)) / 1e-6
    assert function(sigmoid.hessian)(z=z) == pytest.approx(bend, rel=1e-4, abs=1e-8)


GRID = numpy.linspace(-30, 30, 60_001)


def test_the_logit_of_a_probability_is_scipys():
    logits = [-2.5, 0.0, 3.0]
    expected = special.logit(special.expit(logits))
    assert [function(sigmoid.logit)(z=z) for z in logits] == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("z", [-40.0, -12.0, -3.0, 0.0, 5.0])
def test_a_confident_mistake_costs_about_the_size_of_the_logit(z):
    loss_of_label_1 = numpy.logaddexp(0, -z)
    assert function(sigmoid.linear_growth_lower_bound)(z=z) <= loss_of_label_1
    assert loss_of_label_1 <= function(sigmoid.linear_growth_upper_bound)(z=z)


def test_the_curvature_reaches_one_quarter_and_never_passes_it():
    p = special.expit(GRID)
    assert max(p * (1 - p)) == pytest.approx(function(sigmoid.curvature_bound)(), rel=1e-12, abs=0)


def test_squared_error_fades_where_cross_entropy_does_not():
    assert -1e-5 < function(sigmoid.squared_error_gradient)(y=1.0, z=-12.0) < 0
    assert function(sigmoid.gradient)(y=1.0, z=-12.0) == pytest.approx(-1, abs=1e-5)


def test_the_largest_gradient_of_squared_error():
    gradients = [[function(sigmoid.squared_error_gradient)(y=y, z=z) for z in GRID[::50]] for y in (0.0, 1.0)]
    bound = function(sigmoid.squared_error_bound)()
    assert numpy.abs(gradients).max() == pytest.approx(bound, rel=1e-3, abs=0)
    assert numpy.abs(gradients).max() <= bound


@pytest.mark.parametrize("y", [0.0, 1.0])
def test_squared_error_is_steepest_where_it_says(y):
    found = optimize.minimize_scalar(
        lambda z: -abs(function(sigmoid.squared_error_gradient)(y=y, z=z)), bounds=(-9, 9), method="bounded",
        options={"xatol": 1e-10})
    assert found.x == pytest.approx((1 - 2 * y) * numpy.log(2), abs=1e-6)
    steepest = function(sigmoid.squared_error_steepest)(y=y)
    assert abs(steepest) == pytest.approx(-found.fun) == pytest.approx(4 / 27)
    bounds = sigmoid.squared_error_bound, sigmoid.squared_error_lower_bound
    assert steepest == pytest.approx(function(bounds[int(y)])())


def test_squared_error_bends_down_where_the_model_is_confidently_wrong_and_only_there():
    def bend(z):
        return curvature(lambda z: (1 / (1 + numpy.exp(-z)) - 1) ** 2 / 2, z, [], [])

    assert bend(-3.0) == pytest.approx(-0.036911, abs=1e-5)
    failure = refute(sigmoid.squared_error_is_not_convex)
    assert dict(failure.values) == {logit: "-3"} and failure.left == "−0.036911"
    assert bend(numpy.log(1 / 2) + 0.01) > 0 > bend(numpy.log(1 / 2) - 0.01)  # the probability 1/3, where 3 p = 1
