"""The variants of the losses: against SciPy, and against the correctly rounded functions at extreme logits."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import entr, expit, log_expit, log_softmax, logsumexp, rel_entr, softmax

from derivations import losses, targets
from derivations.functions import function

LABEL, SEVERAL = np.array([0.2, 0.5, 0.3]), np.array([1.0, 0.0, 1.0])
WEIGHTS = np.array([1.0, 2.0, 0.5])
FIRST_TWO = np.array([1.0, 1.0, 0.0])


def smoothed(y, eps):
    return (1 - eps) * y + eps / y.size


def jensen_shannon(z, reference, share):
    model = softmax(z)
    mixture = share * reference + (1 - share) * model
    return share * rel_entr(reference, mixture).sum() + (1 - share) * rel_entr(model, mixture).sum()


# Name -> what it takes beside the logits, and the loss in words of SciPy.
VARIANTS = {
    "temperature_cross_entropy": ({"labels": LABEL, "temperature": 2.5},
                                  lambda z, labels, temperature: -labels @ log_softmax(z / temperature)),
    "smoothed_cross_entropy": ({"labels": LABEL, "smoothing": 0.1},
                               lambda z, labels, smoothing: -smoothed(labels, smoothing) @ log_softmax(z)),
    "masked_cross_entropy": ({"labels": np.array([0.4, 0.6, 0.0]), "kept": FIRST_TWO}, lambda z, labels, kept:
                             -labels[kept > 0] @ log_softmax(z[kept > 0])),
    "class_weighted_cross_entropy": ({"labels": LABEL, "weights": WEIGHTS},
                                     lambda z, labels, weights: -(weights * labels) @ log_softmax(z)),
    "positive_weighted_cross_entropy": ({"labels": SEVERAL, "positive_weight": 3.0}, lambda z, labels, positive_weight:
                                        -positive_weight * labels * log_expit(z) - (1 - labels) * log_expit(-z)),
    # By 2 a logit is divided without rounding: what is measured is what follows.
    "distillation_loss": ({"teacher": WEIGHTS, "temperature": 2.0}, lambda z, teacher, temperature: temperature**2
                          * softmax(teacher / temperature)
                          @ (log_softmax(teacher / temperature) - log_softmax(z / temperature))),
    "cross_entropy_of_targets": ({"targets": WEIGHTS}, lambda z, targets: -targets @ log_softmax(z)),
    "jensen_shannon_divergence": ({"reference": LABEL, "share": 0.3}, jensen_shannon),
    "focal_loss": ({"classes": 1, "focus": 2.0}, lambda z, classes, focus:
                   -((1 - softmax(z)[classes]) ** focus) * log_softmax(z)[classes]),
    "focal_loss_of_one": ({"focus": 2.0}, lambda z, focus: -np.exp(focus * log_expit(-z)) * log_expit(z)),
    "z_loss": ({"factor": 0.1}, lambda z, factor: factor * logsumexp(z) ** 2),
    "brier_score": ({"labels": LABEL}, lambda z, labels: ((softmax(z) - labels) ** 2).sum()),
    "multilabel_cross_entropy": ({"labels": SEVERAL}, lambda z, labels:
                                 -(labels * log_expit(z) + (1 - labels) * log_expit(-z)).sum()),
    "signed_logistic_loss": ({"labels": SEVERAL}, lambda z, labels: np.log1p(np.exp(-(2 * labels - 1) * z))),
    "preference_loss": ({}, lambda z: -log_expit(z)),
    # The third number is of no answer: neither loss nor gradient looks at it.
    "direct_preference_loss": ({"reference": LABEL, "inverse_temperature": 0.5}, lambda z, reference,
                               inverse_temperature: -log_expit(inverse_temperature * np.subtract(
                                   *(z - reference)[:2]))),
    "conservative_preference_loss": ({"flipped": 0.1}, lambda z, flipped:
                                     -(1 - flipped) * log_expit(z) - flipped * log_expit(-z)),
    "contrastive_loss": ({"classes": 2, "temperature": 0.5}, lambda z, classes, temperature:
                         -log_softmax(z / temperature)[classes]),
}  # fmt: skip
RNG = np.random.default_rng(11)
EXTREME = ([40.0, 0.0, -3.0], [-800.0, 0.0, 750.0], [1e4, 1e4, 1e4 - 1])
WITHIN = 1e-12


def asked(name, z):
    """The loss, and its arguments at some logits."""
    loss, (given, _) = getattr(losses, name), VARIANTS[name]
    (moved,) = set(loss.arguments) - set(given)
    return loss, given | {moved: np.asarray(z, float)}


def exact(loss, name, given):
    """Entry by entry, with correct rounding; an index runs from 1, a class of the code from 0."""
    if "kept" in given:  # as if there were no other classes
        kept = given["kept"] > 0
        found = exact(losses.softmax_cross_entropy, name, {one: given[one][kept] for one in ("labels", "logits")})
        return [*found, *[0.0] * (~kept).sum()] if name == "gradient" else found
    names = getattr(loss, "arguments", {"labels": "y", "logits": "z"})
    letters = {names[one]: array for one, array in given.items()}
    if "ε" in letters and "y" in letters:
        letters["y"] = smoothed(letters["y"], letters.pop("ε"))
    if "c" in letters:
        letters["c"] += 1
    each = loss.entries["gradient"].id in ("weights.binary_gradient", "focal.one_logit", "preferences.signed_gradient",
                                           "preferences.choice_slope", "preferences.conservative_gradient")
    evaluate = function(loss.entries[name])
    if each:
        return [evaluate(**{one: array[m] if np.ndim(array) else array for one, array in letters.items()})
                for m in range(3)]  # fmt: skip
    if name == "value":
        return evaluate(**letters)
    return [evaluate(**letters, m=m + 1) for m in range(len(letters["z"]))]


@pytest.mark.parametrize("name", VARIANTS)
def test_value_and_derivatives_are_those_of_the_plain_loss(name):
    z, (given, plain) = np.array([0.7, -0.4, 1.1]), VARIANTS[name]
    loss, arguments = asked(name, z)
    value, gradient = loss.value_and_gradient(**arguments)
    assert value == pytest.approx(plain(z, **given), rel=1e-13, abs=0)
    jacobian = approx_fprime(z, lambda at: plain(at, **given), 1e-7)
    assert gradient == pytest.approx(np.diag(jacobian) if jacobian.ndim == 2 else jacobian, abs=1e-5)
    assert np.array_equal(value, loss.value(**arguments)) and np.allclose(gradient, loss.gradient(**arguments), 1e-14)
    if "hessian" in loss.entries:
        found = loss.hessian(**arguments)
        slopes = approx_fprime(z, lambda at: loss.gradient(**asked(name, at)[1]), 1e-7)
        assert found == pytest.approx(np.diag(slopes) if found.ndim == 1 else slopes, abs=1e-5)


@pytest.mark.parametrize("z", EXTREME, ids=["sure", "far", "offset"])
@pytest.mark.parametrize("name", VARIANTS)
@pytest.mark.sampled(15)
def test_extreme_logits_give_what_correct_rounding_gives(name, z):
    loss, given = asked(name, z)
    for part in ("value", "gradient"):
        found, wanted = np.asarray(getattr(loss, part)(**given)), np.asarray(exact(loss, part, given))
        # a difference of nearly equal numbers has no digits of its own: its error is absolute
        assert found == pytest.approx(wanted, rel=WITHIN, abs=0 if part == "value" else 1e-14)


def test_a_batch_gives_what_its_rows_give_and_labels_may_be_classes():
    z, y = np.random.default_rng(3).normal(0, 3, (5, 3)), np.array([2, 0, 1, 1, 2])
    loss = losses.class_weighted_cross_entropy
    whole = loss.gradient(labels=y, logits=z, weights=WEIGHTS)
    rows = [loss.gradient(labels=one, logits=row, weights=WEIGHTS) for one, row in zip(np.eye(3)[y], z)]
    assert whole == pytest.approx(np.array(rows), rel=1e-14, abs=0)
    smooth = losses.smoothed_cross_entropy
    assert smooth.value(labels=np.eye(3)[y], logits=z, smoothing=0.1).shape == (5,)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_reduction_is_of_all_losses_and_its_gradient_is_that_of_what_is_reduced(name):
    logits = np.random.default_rng(5).normal(0, 2, (4, 3))
    loss, given = asked(name, logits)
    for one in {"labels", "classes", "targets", "teacher", "reference"} & set(given):
        given[one] = np.broadcast_to(given[one], (4, *np.shape(given[one])))
    each, slopes = loss.value_and_gradient(**given)
    for reduction, share in (("sum", 1), ("mean", each.size)):
        value, gradient = loss.value_and_gradient(reduction=reduction, **given)
        assert value == pytest.approx(each.sum() / share, rel=1e-14, abs=0) == loss.value(reduction=reduction, **given)
        assert gradient == pytest.approx(slopes / share, rel=1e-14, abs=0)
        assert np.array_equal(gradient, loss.gradient(reduction=reduction, **given))
        if "hessian" in loss.entries:
            whole = loss.hessian(**given) / share
            assert loss.hessian(reduction=reduction, **given) == pytest.approx(whole, rel=1e-14, abs=0)
    with pytest.raises(ValueError, match="reduction = 'total' is none of 'none', 'mean', 'sum'"):
        loss.gradient(reduction="total", **given)


def test_a_value_of_another_loss_is_refused():
    wrong = losses.Variant("temperature.distillation_gradient", value="temperature.loss", logits="z")
    with pytest.raises(ValueError, match="temperature.loss is not about what temperature.distillation_gradient diff"):
        wrong.value(logits=[0.0, 1.0])


def test_what_does_not_fit_is_said():
    with pytest.raises(TypeError, match="the arguments are labels, logits, temperature; given: labels, logits"):
        losses.temperature_cross_entropy.value(labels=[1, 0], logits=[0.0, 1.0])
    with pytest.raises(TypeError, match="no entry states the Hessian that belongs to scores.brier_gradient"):
        losses.brier_score.hessian(labels=[1, 0], logits=[0.0, 1.0])
    with pytest.raises(ValueError, match="T = -1.0 is not a number above 0"):
        losses.temperature_cross_entropy.value(labels=[1, 0], logits=[0.0, 1.0], temperature=-1.0)


def test_a_class_left_out_has_the_loss_and_the_gradient_that_softmax_with_weights_has():
    found = losses.masked_cross_entropy.gradient(labels=1, logits=[2.0, 1.0, 0.5], kept=FIRST_TWO)
    wanted = [function(targets.kept_gradient)(a=FIRST_TWO, z=[2.0, 1.0, 0.5], c=2, m=m) for m in (1, 2, 3)]
    assert found == pytest.approx(wanted, rel=1e-14, abs=0) and found[2] == 0
    by_infinity = losses.softmax_cross_entropy.value_and_gradient(1, [2.0, 1.0, -np.inf])
    assert by_infinity[1] == pytest.approx(wanted, rel=1e-14, abs=0) and np.isfinite(by_infinity[0])
    assert losses.masked_cross_entropy.value(labels=2, logits=[2.0, 1.0, 0.5], kept=FIRST_TWO) == np.inf


def test_rows_that_are_ignored_are_in_no_denominator():
    logits, labels, kept = RNG.normal(0, 2, (4, 3)), np.array([2, 0, 1, 1]), np.array([1.0, 0.0, 1.0, 1.0])
    each, slopes = losses.softmax_cross_entropy.value_and_gradient(labels, logits)
    mean, share = losses.group_means.value_and_gradient(losses=each, groups=kept[:, None])
    assert mean == pytest.approx([each[kept > 0].mean()], rel=1e-14, abs=0)
    def kept_mean(flat):
        rows = flat.reshape(4, 3)[kept > 0]
        return -log_softmax(rows, axis=1)[range(3), labels[kept > 0]].mean()
    assert (share * slopes).ravel() == pytest.approx(approx_fprime(logits.ravel(), kept_mean, 1e-7), abs=1e-6)
    assert np.isnan(losses.group_means.value(losses=each, groups=np.zeros((4, 1))))


@pytest.mark.parametrize("far", [1, 1000])
def test_the_gradient_in_the_features_is_what_a_layer_hands_down(far):
    features, weights, labels = far * RNG.normal(size=(2, 4)), RNG.normal(size=(4, 3)), RNG.dirichlet([1, 1, 1], 2)
    value, gradient = losses.layer_cross_entropy.value_and_gradient(labels=labels, features=features, weights=weights)
    assert value == pytest.approx(-(labels * log_softmax(features @ weights, axis=1)).sum(axis=1), rel=1e-12, abs=0)
    assert gradient == pytest.approx((softmax(features @ weights, axis=1) - labels) @ weights.T, abs=1e-12)


def test_the_loss_of_preferences_begins_at_log_2_and_pushes_both_answers_equally():
    value, gradient = losses.direct_preference_loss.value_and_gradient(
        policy=[[-31.0, -40.0], [-3.0, -2.0]], reference=[[-31.0, -40.0], [-2.0, -3.0]], inverse_temperature=0.1)
    assert value == pytest.approx([np.log(2), -log_expit(-0.2)], rel=1e-14, abs=0)
    wanted = 0.1 * expit([[0.0], [0.2]])
    assert gradient == pytest.approx(wanted * [-1, 1], rel=1e-14, abs=0)


def test_every_variant_is_compared_here():
    apart = {"layer_cross_entropy", "group_means"}
    assert {name for name, one in vars(losses).items() if isinstance(one, losses.Variant)} == set(VARIANTS) | apart


def test_the_least_entropy_is_that_of_the_label():
    found = losses.temperature_cross_entropy.value(labels=LABEL, logits=np.log(LABEL), temperature=1.0)
    assert found == pytest.approx(entr(LABEL).sum(), rel=1e-14, abs=0)


def test_classes_are_smoothed_as_one_hot_rows_are():
    """Also as many classes as observations, which could be taken for one row of labels."""
    logits, smooth = np.array([[5.0, 1.0], [1.0, 5.0]]), losses.smoothed_cross_entropy
    for name in ("value", "gradient"):
        found = getattr(smooth, name)(labels=[1, 0], logits=logits, smoothing=0.1)
        assert np.array_equal(found, getattr(smooth, name)(labels=np.eye(2)[[1, 0]], logits=logits, smoothing=0.1))
    with pytest.raises(ValueError, match=r"labels\[0\] = 5 is not a class from 0 to 1"):
        smooth.value(labels=[5], logits=logits[:1], smoothing=0.1)
