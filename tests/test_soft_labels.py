"""Soft labels against SciPy."""

import numpy as np
import pytest
from oracles import H, loss_of_logits, slope
from scipy.integrate import quad
from scipy.special import entr, rel_entr
from scipy.stats import multinomial

from derivations import cross_entropy, soft_labels
from derivations.checking.counterexamples import refute
from derivations.functions import function

def smoothed_by(y, share):
    return y + share * (np.full(3, 1 / 3) - y)


ORACLES = {
    "soft_labels.hard_loss": ("p[K] c", lambda p, c: -np.log(p[c - 1])),
    "soft_labels.expectation": ("p[K] y[K]", lambda p, y: H(y, p)),
    "soft_labels.gradient": ("y[K] z[K] m",
                             lambda y, z, m: sum(y[k] * slope(loss_of_logits(np.eye(3)[k]), z, m) for k in range(3))),
    "soft_labels.entropy_of_one_class": ("y[K] m", lambda y, m: y[m - 1] * np.delete(y, m - 1).sum()),
    "soft_labels.minimum": ("y[K]", lambda y: np.sum(entr(y))),
    "soft_labels.excess": ("p[K] y[K]", lambda p, y: np.sum(rel_entr(y, p))),
    "soft_labels.attained": ("y+[K]", lambda y: np.sum(entr(y))),
    "soft_labels.smoothed": ("y[K] ε[] k", lambda y, ε, k: ((1 - ε) * y + ε * np.ones(3) / 3)[k - 1]),
    "soft_labels.smoothed_sum": ("", lambda: 1),
    "soft_labels.over_the_others": ("y[K] ε[] k", lambda y, ε, k: (1 - ε) * y[k - 1] + ε * np.delete(y, k - 1).mean()),
    "soft_labels.as_one_fraction": ("y[K] ε[] k", lambda y, ε, k: smoothed_by(y, 1.5 * ε)[k - 1]),
    "soft_labels.two_conventions": ("y[K] ε[] k", lambda y, ε, k: smoothed_by(y, 1.5 * ε)[k - 1]),
    "soft_labels.smoothed_loss": ("y[K] ε[] p[K]", lambda y, ε, p: H((1 - ε) * y + ε / 3, p)),
    "soft_labels.smoothed_minimum": ("y[K] ε[]", lambda y, ε: np.sum(entr((1 - ε) * y + ε / 3))),
    "soft_labels.logit_gap": ("q![K] l m", lambda q, l, m: np.log(q[m - 1]) - np.log(q[l - 1])),
    "soft_labels.surplus": ("y[K] z[K] m", lambda y, z, m: np.sum(np.exp(z - z[m - 1])) - np.sum(y)),
    "soft_labels.labels_inside": ("y[K] z[K]", lambda y, z: loss_of_logits(y)(z)),
    "soft_labels.gradient_inside": ("y[K] z[K] l", lambda y, z, l: slope(loss_of_logits(y), z, l)),
    "soft_labels.weights": ("p[K] y[nK]", lambda p, y: np.sum(H(y, p))),
}


def test_no_model_has_a_smaller_loss_than_the_label_itself():
    y, rng = np.array([0.7, 0.2, 0.1]), np.random.default_rng(5)
    floor = function(soft_labels.minimum)(y=y)
    assert function(cross_entropy.cross_entropy)(q=y, p=y) == pytest.approx(floor)
    assert all(function(cross_entropy.cross_entropy)(q=y, p=p) > floor for p in rng.dirichlet(np.ones(3), 200))


def test_the_entropy_of_a_label_is_above_0_if_and_only_if_it_is_not_hard():
    entropy, bound = function(cross_entropy.entropy), function(soft_labels.entropy_of_one_class)
    assert [entropy(q=row) for row in np.eye(3)] == [0, 0, 0]
    for y in (*np.random.default_rng(6).dirichlet(np.full(3, 0.05), 200), [1 - 1e-12, 1e-12, 0]):
        assert entropy(q=y) >= max(bound(y=y, m=m) for m in (1, 2, 3)) - 1e-15
    assert max(bound(y=[1 - 1e-12, 1e-12, 0], m=m) for m in (1, 2, 3)) > 0


def test_seven_two_one_of_ten_are_ten_labels():
    p, y = np.array([0.5, 0.3, 0.2]), np.array([0.7, 0.2, 0.1])
    counted = -multinomial.logpmf([7, 2, 1], 10, p) + multinomial.logpmf([7, 2, 1], 10, y) + 10 * entr(y).sum()
    found = function(soft_labels.weights)(p=p, y=np.tile(y, (10, 1)))
    assert found == pytest.approx(counted) and found == pytest.approx(10 * H(y, p))


def test_the_logarithms_of_the_label_are_the_best_logits_and_a_shift_of_them_too():
    y = np.array([0.7, 0.2, 0.1])
    for z in (np.log(y), np.log(y) + 3):
        for m in (1, 2, 3):
            assert function(soft_labels.gradient)(y=y, z=z, m=m) == pytest.approx(0, abs=1e-15)


def test_at_the_best_model_the_gradients_of_single_outcomes_do_not_vanish():
    y = np.array([0.5, 0.5])
    single = [function(soft_labels.gradient)(y=outcome, z=np.log(y), m=1) for outcome in np.eye(2)]
    assert single == [-0.5, 0.5] and np.mean(single) == 0


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_over_soft_labels_the_bernoulli_formula_integrates_to_at_most_a_half(p):
    total, _ = quad(lambda y: p**y * (1 - p) ** (1 - y), 0, 1)
    expected = 0.5 if p == 0.5 else (2 * p - 1) / (np.log(p) - np.log(1 - p))
    assert total == pytest.approx(expected, rel=1e-12, abs=0) and total <= 0.5


def test_the_two_ways_of_smoothing_mixed_give_too_much():
    assert float(refute(soft_labels.two_ways_mixed).left) == pytest.approx(0.9 + 3 * 0.1 / 2)


def test_the_counterexamples_say_a_half_and_the_logarithm_of_2():
    assert float(refute(soft_labels.not_a_probability).left) == 0.5
    assert float(refute(soft_labels.positive_floor).left) == pytest.approx(np.log(2), rel=1e-4, abs=0)
