"""The softmax results against SciPy and finite differences, which know nothing of the derivation."""

import numpy
import pytest
from scipy import optimize, special

from derivations import softmax
from derivations.functions import function

LOGITS = [numpy.array([2.0, 1.0, 0.0]), numpy.array([-3.0, 4.5, 0.1, 0.1]), numpy.array([0.7])]
PAIRS = [(logits, labels) for logits in LOGITS for labels in (numpy.eye(len(logits))[0], numpy.full(len(logits), 1 / len(logits)))]


def loss(labels, logits):
    return -(labels * special.log_softmax(logits)).sum()


def entries(entry, size, **values):
    return numpy.array([function(entry)(**values, m=m) for m in range(1, size + 1)])


@pytest.mark.parametrize("z", LOGITS, ids=len)
def test_probabilities_and_log_sum_exp(z):
    assert entries(softmax.exponential_form, len(z), z=z) == pytest.approx(special.softmax(z), rel=1e-13)
    assert entries(softmax.log_probability, len(z), z=z) == pytest.approx(special.log_softmax(z), rel=1e-13, abs=1e-15)
    assert function(softmax.log_sum_exp)(z=z) == pytest.approx(special.logsumexp(z), rel=1e-14)
    assert entries(softmax.log_sum_exp_gradient, len(z), z=z) == pytest.approx(special.softmax(z), rel=1e-13)


@pytest.mark.parametrize("z", LOGITS, ids=len)
def test_jacobian_is_the_whole_matrix(z):
    found = [[function(softmax.jacobian)(z=z, m=m, l=l) for l in range(1, len(z) + 1)] for m in range(1, len(z) + 1)]  # noqa: E741
    p = special.softmax(z)
    assert numpy.array(found) == pytest.approx(numpy.diag(p) - numpy.outer(p, p), abs=1e-14)
    for m in range(len(z)):
        assert found[m] == pytest.approx(optimize.approx_fprime(z, lambda z, m=m: special.softmax(z)[m], 1e-7), abs=1e-6)


@pytest.mark.parametrize(("z", "y"), PAIRS)
def test_cross_entropy_gradient_and_hessian(z, y):
    assert function(softmax.cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-12, abs=1e-14)
    gradient = entries(softmax.gradient, len(z), y=y, z=z)
    assert gradient == pytest.approx(special.softmax(z) - y, abs=1e-14)
    assert gradient == pytest.approx(optimize.approx_fprime(z, lambda z: loss(y, z), 1e-7), abs=1e-6)
    p = special.softmax(z)
    found = [[function(softmax.hessian)(z=z, m=m, l=l) for l in range(1, len(z) + 1)] for m in range(1, len(z) + 1)]  # noqa: E741
    assert numpy.array(found) == pytest.approx(numpy.diag(p) - numpy.outer(p, p), abs=1e-14)


def test_for_weights_that_do_not_sum_to_1_the_gradient_has_their_sum():
    z, y = LOGITS[0], numpy.array([0.5, 0.9, 0.2])
    assert function(softmax.weighted_cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-13)
    found = entries(softmax.weighted_gradient, 3, y=y, z=z)
    assert found == pytest.approx(optimize.approx_fprime(z, lambda z: loss(y, z), 1e-7), abs=1e-6)
    assert found != pytest.approx(special.softmax(z) - y, abs=1e-3)


def test_the_hypothesis_that_labels_sum_to_1_is_used_in_one_named_step():
    used = [step for step in softmax.gradient.steps if any(h.name == "labels sum to 1" for h in step.using)]
    assert [step.rule for step in used] == ["by_hypothesis"]
    assert softmax.gradient.steps[-1] is used[0]
    assert not softmax.weighted_gradient.hypotheses or "labels sum to 1" not in {h.name for h in softmax.weighted_gradient.hypotheses}
