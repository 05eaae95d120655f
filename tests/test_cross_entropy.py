"""The definitions of cross-entropy against SciPy: cross-entropy is entropy plus divergence."""

import numpy
import pytest
from scipy import stats

from derivations import cross_entropy
from derivations.functions import function

PAIRS = [([0.7, 0.2, 0.1], [0.5, 0.25, 0.25]), ([1.0, 0.0], [0.9, 0.1]), ([1.0], [1.0])]


@pytest.mark.parametrize(("q", "p"), PAIRS)
def test_cross_entropy(q, p):
    assert function(cross_entropy.cross_entropy)(q=q, p=p) == pytest.approx(stats.entropy(q) + stats.entropy(q, p), rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_two_outcomes(y):
    expected = stats.entropy([y, 1 - y]) + stats.entropy([y, 1 - y], [0.9, 0.1])
    assert function(cross_entropy.two_outcomes)(y=y, p=0.9) == pytest.approx(expected, rel=1e-13)
    assert function(cross_entropy.two_outcomes)(y=y, p=0.9) == pytest.approx(numpy.average(-numpy.log([0.9, 0.1]), weights=[y, 1 - y]))
