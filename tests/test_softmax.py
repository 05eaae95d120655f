"""The softmax results against SciPy and finite differences, which know nothing of the derivation."""

import numpy
import pytest
from oracles import at, slope
from scipy import optimize, special

from derivations import softmax
from derivations.functions import function


def softmax_of(z):
    return numpy.exp(z) / numpy.sum(numpy.exp(z))


ORACLES = {
    "softmax.probabilities_sum": ("", lambda: 1),
    "softmax.shifted": ("z[K] t k", lambda z, t, k: at(z + t, k)),
    "softmax.shift": ("z[K] m", lambda z, m: at(special.softmax(z), m)),
    "softmax.logits_of": ("q![K] k", lambda q, k: at(numpy.log(q), k)),
    "softmax.right_inverse": ("q![K] m", lambda q, m: at(special.softmax(numpy.log(q)), m)),
    "softmax.logits_from_probabilities": ("z[K] m", lambda z, m: at(special.log_softmax(z) + special.logsumexp(z), m)),
    "softmax.two_routes": ("y[K] z[K] m",
                           lambda y, z, m: slope(lambda z: -numpy.sum(y * numpy.log(softmax_of(z))), z, m)),
    "softmax.gradient_sum": ("", lambda: 0),
    "softmax.hard_gradient": ("z[K] c m", lambda z, c, m: slope(lambda z: -numpy.log(softmax_of(z)[c - 1]), z, m)),
    # the class after m
    "softmax.other_classes": ("z[K] m", lambda z, m: slope(lambda z: -numpy.log(softmax_of(z)[m % len(z)]), z, m)),
    "softmax.expected_gradient": ("q[K] z[K] m",
                                  lambda q, z, m: slope(lambda z: -numpy.sum(q * numpy.log(softmax_of(z))), z, m)),
    "softmax.not_above_their_sum": ("z[K] m", lambda z, m: at(special.softmax(z), m)),
    "softmax.label_not_above_their_sum": ("y[K] m", lambda y, m: at(y, m)),
    "softmax.gradient_upper_bound": ("", lambda: 1),
    "softmax.gradient_lower_bound": ("", lambda: -1),
    "softmax.minus_entropy": ("q[K]", lambda q: -special.entr(q).sum()),
    "softmax.entropy_gradient": ("z[K] m", lambda z, m:
        slope(lambda z: -numpy.sum(softmax_of(z) * numpy.log(softmax_of(z))), z, m)),
}
LOGITS = [numpy.array([2.0, 1.0, 0.0]), numpy.array([-3.0, 4.5, 0.1, 0.1]), numpy.array([0.7])]
PAIRS = [(logits, labels)
         for logits in LOGITS for labels in (numpy.eye(len(logits))[0], numpy.full(len(logits), 1 / len(logits)))]


def loss(labels, logits):
    return -(labels * special.log_softmax(logits)).sum()


def entries(entry, size, **values):
    return numpy.array([function(entry)(**values, m=m) for m in range(1, size + 1)])


@pytest.mark.parametrize("z", LOGITS, ids=len)
def test_probabilities_and_log_sum_exp(z):
    assert entries(softmax.exponential_form, len(z), z=z) == pytest.approx(special.softmax(z), rel=1e-13, abs=0)
    assert entries(softmax.log_probability, len(z), z=z) == pytest.approx(special.log_softmax(z), rel=1e-13, abs=1e-15)
    assert function(softmax.log_sum_exp)(z=z) == pytest.approx(special.logsumexp(z), rel=1e-14, abs=0)
    assert entries(softmax.log_sum_exp_gradient, len(z), z=z) == pytest.approx(special.softmax(z), rel=1e-13, abs=0)


@pytest.mark.parametrize("z", LOGITS, ids=len)
def test_jacobian_is_the_whole_matrix(z):
    found = [[function(softmax.jacobian)(z=z, m=m, l=l) for l in range(1, len(z) + 1)]  # noqa: E741
             for m in range(1, len(z) + 1)]
    p = special.softmax(z)
    assert numpy.array(found) == pytest.approx(numpy.diag(p) - numpy.outer(p, p), abs=1e-14)
    for m in range(len(z)):
        assert found[m] == pytest.approx(
            optimize.approx_fprime(z, lambda z, m=m: special.softmax(z)[m], 1e-7), abs=1e-6)


@pytest.mark.parametrize(("z", "y"), PAIRS)
def test_cross_entropy_gradient_and_hessian(z, y):
    assert function(softmax.cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-12, abs=1e-14)
    gradient = entries(softmax.gradient, len(z), y=y, z=z)
    assert gradient == pytest.approx(special.softmax(z) - y, abs=1e-14)
    assert gradient == pytest.approx(optimize.approx_fprime(z, lambda z: loss(y, z), 1e-7), abs=1e-6)
    p = special.softmax(z)
    found = [[function(softmax.hessian)(z=z, m=m, l=l) for l in range(1, len(z) + 1)]  # noqa: E741
             for m in range(1, len(z) + 1)]
    assert numpy.array(found) == pytest.approx(numpy.diag(p) - numpy.outer(p, p), abs=1e-14)


def test_for_weights_that_do_not_sum_to_1_the_gradient_has_their_sum():
    z, y = LOGITS[0], numpy.array([0.5, 0.9, 0.2])
    assert function(softmax.weighted_cross_entropy)(y=y, z=z) == pytest.approx(loss(y, z), rel=1e-13, abs=0)
    found = entries(softmax.weighted_gradient, 3, y=y, z=z)
    assert found == pytest.approx(optimize.approx_fprime(z, lambda z: loss(y, z), 1e-7), abs=1e-6)
    assert found != pytest.approx(special.softmax(z) - y, abs=1e-3)


def test_the_hypothesis_that_labels_sum_to_1_is_used_in_one_named_step():
    used = [step for step in softmax.gradient.steps if any(h.name == "labels sum to 1" for h in step.using)]
    assert [step.rule for step in used] == ["by_hypothesis"]
    assert softmax.gradient.steps[-1] is used[0]
    assert "labels sum to 1" not in {h.name for h in softmax.weighted_gradient.hypotheses}


@pytest.mark.parametrize("z", LOGITS, ids=len)
def test_a_shift_changes_no_probability_and_a_factor_changes_them(z):
    assert special.softmax(z + 3.7) == pytest.approx(entries(softmax.shift, len(z), z=z), rel=1e-13, abs=0)
    if len(z) > 1:
        assert entries(softmax.exponential_form, len(z), z=2 * z) != pytest.approx(special.softmax(z), abs=1e-3)


def test_the_diagonal_alone_moves_no_other_logit():
    z, y = numpy.zeros(3), numpy.array([1.0, 0.0, 0.0])
    p = special.softmax(z)
    through_the_whole_jacobian = (numpy.diag(p) - numpy.outer(p, p)) @ (-y / p)
    through_the_diagonal = p * (1 - p) * (-y / p)
    assert entries(softmax.two_routes, 3, y=y, z=z) == pytest.approx(through_the_whole_jacobian, abs=1e-15)
    assert through_the_whole_jacobian == pytest.approx(p - y, abs=1e-15)
    assert through_the_diagonal[0] == pytest.approx(p[0] - y[0]) and list(through_the_diagonal[1:]) == [0, 0]


def test_both_routes_are_the_same_expression():
    assert softmax.two_routes.start == softmax.gradient.start
    assert softmax.two_routes.result == softmax.gradient.result


def test_single_gradients_do_not_vanish_where_their_mean_does():
    z, q = LOGITS[0], special.softmax(LOGITS[0])
    assert entries(softmax.expected_gradient, 3, q=q, z=z) == pytest.approx(numpy.zeros(3), abs=1e-15)
    single = numpy.array([entries(softmax.hard_gradient, 3, z=z, c=c) for c in (1, 2, 3)])
    assert numpy.abs(single).min(axis=1).min() > 0.05
    assert q @ single == pytest.approx(numpy.zeros(3), abs=1e-15)


def test_only_where_m_is_another_class_is_its_gradient_its_probability():
    used = [step for step in softmax.other_classes.steps if softmax.another_class in step.using]
    assert [step.rule for step in used] == ["by_hypothesis"]
    z = LOGITS[0]
    assert function(softmax.hard_gradient)(z=z, c=2, m=3) == pytest.approx(special.softmax(z)[2])
    assert function(softmax.hard_gradient)(z=z, c=2, m=2) == pytest.approx(special.softmax(z)[1] - 1)


def test_less_entropy_and_less_loss_are_different_directions():
    z, label = numpy.array([4.0, 1.0, 0.0]), numpy.array([0.0, 0.0, 1.0])  # confident, and wrong
    of_entropy, of_loss = entries(softmax.entropy_gradient, 3, z=z), entries(softmax.gradient, 3, y=label, z=z)
    assert of_entropy[0] < 0 < of_loss[0]  # to lower the entropy, raise the first logit; to lower the loss, lower it
