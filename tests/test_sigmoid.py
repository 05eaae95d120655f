"""The sigmoid results against SciPy and finite differences, which know nothing of the derivation."""

import numpy
import pytest
from scipy import special

from derivations import sigmoid
from derivations.functions import function

LOGITS = [-8.5, -1.0, 0.0, 0.3, 12.0]
LABELS = [0.0, 0.3, 1.0]


def loss(label, logit):
    return numpy.logaddexp(0, logit) - label * logit


@pytest.mark.parametrize("z", LOGITS)
def test_probabilities_and_their_logarithms(z):
    assert function(sigmoid.sigmoid)(z=z) == pytest.approx(special.expit(z), rel=1e-14)
    assert function(sigmoid.growing_form)(z=z) == pytest.approx(special.expit(z), rel=1e-14)
    assert function(sigmoid.complement)(z=z) == pytest.approx(special.expit(-z), rel=1e-9)
    assert function(sigmoid.exponential_form)(z=z) == pytest.approx(special.expit(z), rel=1e-13)
    assert function(sigmoid.log_probability)(z=z) == pytest.approx(special.log_expit(z), rel=1e-9)
    assert function(sigmoid.log_complement)(z=z) == pytest.approx(special.log_expit(-z), rel=1e-9)


@pytest.mark.parametrize("z", LOGITS)
def test_derivative(z):
    slope = (special.expit(z + 1e-5) - special.expit(z - 1e-5)) / 2e-5
    assert function(sigmoid.derivative)(z=z) == pytest.approx(slope, rel=1e-5)
    assert function(sigmoid.softplus_derivative)(z=z) == pytest.approx(special.expit(z), rel=1e-14)


@pytest.mark.parametrize("y", LABELS)
@pytest.mark.parametrize("z", LOGITS)
def test_cross_entropy_gradient_and_hessian(y, z):
    assert function(sigmoid.cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-12)
    slope = (loss(y, z + 1e-5) - loss(y, z - 1e-5)) / 2e-5
    assert function(sigmoid.gradient)(y=y, z=z) == pytest.approx(slope, rel=1e-5, abs=1e-9)
    bend = (loss(y, z + 1e-3) - 2 * loss(y, z) + loss(y, z - 1e-3)) / 1e-6
    assert function(sigmoid.hessian)(z=z) == pytest.approx(bend, rel=1e-4, abs=1e-8)
