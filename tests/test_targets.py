"""Targets that sum to anything, masks and the two means against SciPy and scikit-learn, and what the page says."""

import numpy as np
import pytest
from oracles import H, curvature, loss_of_logits, slope
from scipy.optimize import minimize
from scipy.special import log_softmax, logsumexp, softmax, xlogy
from sklearn.utils.class_weight import compute_class_weight

from derivations import targets
from derivations.checking.counterexamples import refute
from derivations.functions import function


def torch_label(c, ε):
    """A label of one of three classes, as PyTorch's documentation says that it is smoothed."""
    return np.where(np.arange(3) == c - 1, 1 - ε, 0) + np.full(3, ε / 3)


ORACLES = {
    "targets.loss": ("a[K] z[K]", lambda a, z: -np.dot(a, log_softmax(z))),
    "targets.gradient": ("a[K] z[K] m", lambda a, z, m: slope(loss_of_logits(a), z, m)),
    "targets.hessian": ("a[K] z[K] m l", lambda a, z, m, l: curvature(loss_of_logits(a), z, (m,), (l,))),
    "targets.others_sum": ("z[K] c", lambda z, c: np.delete(softmax(z), c - 1).sum()),
    "targets.divided": ("P[K] k", lambda p, k: np.divide(p, np.linalg.norm(p, 1))[k - 1]),
    "targets.divided_loss": ("y[K] P[K]", lambda y, p: H(y, p / np.linalg.norm(p, 1))),
    "targets.adjusted_part": ("a[K] z[K]", lambda a, z: logsumexp(z, b=a)),
    "targets.without_class": ("z[K] c m", lambda z, c, m: np.delete(softmax(z), c - 1).sum()
                              * softmax(np.where(np.arange(3) == c - 1, -np.inf, z))[m - 1]),
    "targets.kept_gradient": ("a[K] z[K] c m",
                              lambda a, z, c, m: slope(lambda z: np.log(np.dot(a, np.exp(z))) - z[c - 1], z, m)),
    "targets.mean_by_weights": ("a[K] p[nK] y[nK]", lambda a, p, y: -xlogy(a * y, p).sum() / (y @ a).sum()),
    "targets.balanced": ("y[nK] k", lambda y, k: 1 / (y.mean(axis=0) * 3)[k - 1]),
    "targets.weights_of_labels": ("a[K] y[nK]", lambda a, y: (y @ a).sum()),
    "targets.by_number": ("a[K] p[nK] y[nK]", lambda a, p, y: np.mean(-xlogy(a * y, p).sum(axis=1))),
}
ORACLES |= {
    "targets.smoothed_loss": ("a[K] p[K] ε[] c", lambda a, p, ε, c: -np.dot(a * torch_label(c, ε), np.log(p))),
    "targets.smoothed_gradient": ("a[K] z[K] ε[] c m", lambda a, z, ε, c, m: slope(
        loss_of_logits(a * torch_label(c, ε)), z, m)),
    "targets.inverse": ("a[K] k", lambda a, k: np.reciprocal(a)[k - 1]),
    "targets.adjusted_report": ("z[K] m", lambda z, m: softmax(z)[m - 1]),
    "targets.after_training": ("z[K] a[K] m", lambda z, a, m: softmax(z - np.log(a))[m - 1]),
}
LABELS = np.eye(3)[[0, 0, 0, 1, 1, 2]]


def test_the_gradient_of_targets_that_do_not_sum_to_1_sums_to_0_all_the_same():
    a, z = np.array([2.0, 1.0, 0.5]), np.array([0.3, -1.0, 2.0])
    found = [function(targets.gradient)(a=a, z=z, m=m) for m in (1, 2, 3)]
    assert sum(found) == pytest.approx(0, abs=1e-14)
    assert found != pytest.approx(softmax(z) - a, rel=0.1, abs=0)


def test_balanced_weights_are_those_of_scikit_learn():
    found = [function(targets.balanced)(y=LABELS, k=k) for k in (1, 2, 3)]
    wanted = compute_class_weight("balanced", classes=np.arange(3), y=LABELS.argmax(axis=1))
    assert found == pytest.approx(wanted) and np.mean(LABELS @ found) == pytest.approx(1)


def test_with_balanced_weights_the_two_means_agree():
    rng = np.random.default_rng(8)
    p, a = rng.dirichlet(np.ones(3), 6), [function(targets.balanced)(y=LABELS, k=k) for k in (1, 2, 3)]
    by_weights = function(targets.mean_by_weights)(a=a, p=p, y=LABELS)
    assert by_weights == pytest.approx(function(targets.by_number)(a=a, p=p, y=LABELS))
    assert by_weights != pytest.approx(function(targets.by_number)(a=[1, 2, 3], p=p, y=LABELS), rel=0.01, abs=0)


def test_a_class_whose_logit_falls_without_end_is_left_out():
    limit, fallen = [*softmax([2.0, 1.0]), 0], softmax([2.0, 1.0, -60.0])
    without, rest = function(targets.without_class), function(targets.others_sum)
    found = [without(z=[2, 1, 0], c=3, m=m) / rest(z=[2, 1, 0], c=3) for m in (1, 2, 3)]
    assert found == pytest.approx(limit) and fallen == pytest.approx(limit)


def test_a_class_that_is_left_out_has_no_gradient_and_one_of_weight_0_in_the_loss_has():
    z, left_out = [2.0, 1.0, 0.0], [1, 1, 0]
    assert function(targets.kept_gradient)(a=left_out, z=z, c=1, m=3) == 0
    assert float(refute(targets.zero_weight_is_not_left_out).left) == 0.5


def test_the_counterexamples_say_three_times_the_slope_and_twice_the_mean():
    slopes, means = refute(targets.not_probability_less_target), refute(targets.two_means)
    (true, wrong), (first, second) = (
        [float(side.replace("−", "-")) for side in (found.left, found.right)] for found in (slopes, means))
    assert wrong == pytest.approx(3 * true) and second == pytest.approx(2 * first, rel=1e-3, abs=0)


def trained(prior, adjusted, joint):
    """Logits for each input that a search finds to be the best, with the logarithm of the prior added in the loss."""
    def loss(z):
        return -np.sum(joint * log_softmax(z.reshape(joint.shape) + adjusted * np.log(prior), axis=1))

    return minimize(loss, np.zeros(joint.size), tol=1e-12).x.reshape(joint.shape)


def test_logit_adjustment_in_training_and_after_it_agree_with_bayes_rule_for_equal_frequencies():
    of_class = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.2], [0.2, 0.2, 0.7]])  # of each input, given the class
    prior = np.array([0.8, 0.15, 0.05])
    joint, balanced = of_class * prior, of_class / of_class.sum(axis=1, keepdims=True)
    plain, adjusted = trained(prior, 0, joint), trained(prior, 1, joint)
    after = function(targets.after_training)
    for row in range(3):
        found = [after(z=plain[row], a=prior, m=m) for m in (1, 2, 3)]
        assert found == pytest.approx(balanced[row], abs=1e-4)
        assert softmax(adjusted[row]) == pytest.approx(balanced[row], abs=1e-4)


def test_weights_and_smoothing_together_are_a_weighted_mean_of_two_losses():
    a, p = np.array([1.0, 2.0, 5.0]), np.array([0.7, 0.2, 0.1])
    found = function(targets.smoothed_loss)(a=a, p=p, ε=0.1, c=3)
    assert found == pytest.approx(0.9 * 5 * -np.log(0.1) + 0.1 * np.mean(-a * np.log(p)))
    assert function(targets.smoothed_loss)(a=[1, 2, 0], p=[0.7, 0.3, 1e-300], ε=0.1, c=1) < 1  # no share of weight 0


def test_a_row_that_gives_every_class_1_has_the_loss_0_unless_it_is_divided_by_its_sum():
    for label in np.eye(2):
        assert -xlogy(label, np.ones(2)).sum() == 0
        assert function(targets.divided_loss)(y=label, p=[1, 1]) == pytest.approx(np.log(2))
