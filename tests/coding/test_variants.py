"""The variants of the losses: against SciPy, and against the correctly rounded functions at extreme logits."""

import numpy as np
import pytest
from scipy.optimize import approx_fprime
from scipy.special import entr, expit, log_expit, log_softmax, logsumexp, rel_entr, softmax

from derivations import losses, targets
from derivations.catalogue import catalogue
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
    "generalized_cross_entropy": ({"classes": 1, "exponent": 0.7}, lambda z, classes, exponent:
                                  -np.expm1(exponent * log_softmax(z)[classes]) / exponent),
    "smoothed_weighted_cross_entropy": ({"classes": 1, "weights": WEIGHTS, "smoothing": 0.1},
                                        lambda z, classes, weights, smoothing: -(weights * smoothed(
                                            np.eye(3)[classes], smoothing)) @ log_softmax(z)),
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
    "unlikelihood": ({"classes": 1}, lambda z, classes: logsumexp(z) - logsumexp(np.delete(z, classes))),
    "z_loss": ({"factor": 0.1}, lambda z, factor: factor * logsumexp(z) ** 2),
    "expected_reward": ({"rewards": WEIGHTS}, lambda z, rewards: softmax(z) @ rewards),
    "brier_score": ({"labels": LABEL}, lambda z, labels: ((softmax(z) - labels) ** 2).sum()),
    "multilabel_cross_entropy": ({"labels": SEVERAL}, lambda z, labels:
                                 -(labels * log_expit(z) + (1 - labels) * log_expit(-z)).sum()),
    "signed_logistic_loss": ({"labels": SEVERAL}, lambda z, labels: np.log1p(np.exp(-(2 * labels - 1) * z))),
    "preference_loss": ({}, lambda z: -log_expit(z)),
    "direct_preference_loss": ({"reference": LABEL[:2], "inverse_temperature": 0.5}, lambda z, reference,
                               inverse_temperature: -log_expit(inverse_temperature * np.subtract(*(z - reference)))),
    "conservative_preference_loss": ({"flipped": 0.1}, lambda z, flipped:
                                     -(1 - flipped) * log_expit(z) - flipped * log_expit(-z)),
    "contrastive_loss": ({"classes": 2, "temperature": 0.5}, lambda z, classes, temperature:
                         -log_softmax(z / temperature)[classes]),
}  # fmt: skip
RNG = np.random.default_rng(11)
EXTREME = ([40.0, 0.0, -3.0], [-800.0, 0.0, 750.0], [1e4, 1e4, 1e4 - 1])
WITHIN = 1e-12


def asked(name, z):
    """The loss, and its arguments at some logits: at as many as an array beside them has."""
    loss, (given, _) = getattr(losses, name), VARIANTS[name]
    (moved,) = set(loss.arguments) - set(given)
    count = np.size(given.get("reference", LABEL))
    return loss, given | {moved: np.asarray(z, float)[..., :count]}


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
    given, plain = VARIANTS[name]
    z = np.array([0.7, -0.4, 1.1])[: np.size(given.get("reference", LABEL))]
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
    with pytest.raises(TypeError, match="no entry states the Hessian that belongs to policy.gradient"):
        losses.expected_reward.hessian(rewards=[1, 0], logits=[0.0, 1.0])
    with pytest.raises(ValueError, match="temperature = -1.0 is not a number above 0"):
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


def test_an_empty_group_is_named_and_a_loss_that_is_in_no_group_may_be_infinite():
    groups = np.array([[1.0, 0, 0], [0, 0, 0], [0, 0, 1]])
    for ask in (losses.group_means.value, losses.group_means.gradient, losses.group_means.value_and_gradient):
        with pytest.raises(ValueError, match=r"every group has a positive size; at \[1\] is 0.0, which is not above 0"):
            ask(losses=[1.0, 2.0, 3.0], groups=groups)
    unchecked = losses.group_means.value(losses=[1.0, 2.0, 3.0], groups=groups, check=False)
    assert np.array_equal(unchecked, [1, np.nan, 3], equal_nan=True)
    found = losses.group_means.value_and_gradient(losses=[1.0, np.inf, 3.0], groups=groups[:, ::2])
    assert found[0].tolist() == [1, 3] and found[1].tolist() == [[1, 0], [0, 0], [0, 1]]


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
    assert {name for name, one in vars(losses).items() if type(one) is losses.Variant} == set(VARIANTS) | apart


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


def test_classes_have_one_axis_less_than_the_labels_of_the_longest_batch():
    """Weights and logits of which one has no batch, and labels that look like rows: as many classes as rows."""
    weights, features, classes = np.eye(2), RNG.normal(size=(2, 2, 2)), np.array([[1, 0], [0, 1]])
    given = {"features": features, "weights": weights}
    for loss in (losses.layer_cross_entropy.gradient, losses.layer_cross_entropy.value):
        assert np.array_equal(loss(labels=classes, **given), loss(labels=np.eye(2)[classes], **given))
        one_row = {"features": features[0], "weights": weights}  # here the same numbers are rows of labels
        assert np.array_equal(loss(labels=classes, **one_row), loss(labels=classes.astype(float), **one_row))
    temperatures, logits = np.array([1.0, 2.0]), np.array([3.0, 1.0])
    for loss, more in ((losses.temperature_cross_entropy, {"temperature": temperatures}),
                       (losses.smoothed_cross_entropy, {"smoothing": temperatures / 5})):  # fmt: skip
        found = loss.gradient(labels=np.array([1, 0]), logits=logits, **more)
        assert np.array_equal(found, loss.gradient(labels=np.eye(2)[[1, 0]], logits=logits, **more))


def test_whole_numbers_with_as_many_axes_as_logits_are_labels():
    for loss in (losses.softmax_cross_entropy, losses.brier_score):
        found = loss.value(labels=np.array([0, 1, 0]), logits=WEIGHTS)
        assert found.shape == () and found == loss.value(labels=np.array([0.0, 1, 0]), logits=WEIGHTS)
        with pytest.raises(ValueError, match="the arrays disagree about K: 2 in labels, 3 in logits"):
            loss.value(labels=np.array([1, 0]), logits=WEIGHTS)


@pytest.mark.parametrize("name", ["softmax_cross_entropy", "binary_cross_entropy", "class_weighted_cross_entropy",
                                  "smoothed_cross_entropy", "multilabel_cross_entropy",
                                  "signed_logistic_loss"])  # fmt: skip
def test_a_batch_that_only_labels_have_counts_for_the_derivatives_too(name):
    more = VARIANTS.get(name, ({},))[0]
    loss, labels = getattr(losses, name), np.eye(3)[[2, 0, 0, 1]]
    given, whole = ({"labels": labels, "logits": one} for one in (WEIGHTS, np.broadcast_to(WEIGHTS, labels.shape)))
    for reduction in ("none", "mean", "sum"):
        for part in ("value", "gradient", "hessian"):
            found, wanted = (getattr(loss, part)(**more | one, reduction=reduction) for one in (given, whole))
            assert found.shape == wanted.shape and found == pytest.approx(wanted, rel=1e-14, abs=0)


def test_losses_that_differ_by_group_means_have_a_gradient_each():
    values, groups = RNG.normal(size=(5, 2)), np.eye(2)
    value, gradient = losses.group_means.value_and_gradient(losses=values, groups=groups)
    assert (value.shape, gradient.shape) == ((5, 2), (5, 2, 2))
    assert np.array_equal(gradient, losses.group_means.gradient(losses=values, groups=groups))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("part", ["value", "gradient", "value_and_gradient"])
def test_a_preference_is_between_two_answers(part, count):
    with pytest.raises(ValueError, match=rf"policy takes 2 numbers along its last axis, found .* \(4, {count}\)"):
        getattr(losses.direct_preference_loss, part)(
            policy=np.zeros((4, count)), reference=np.zeros(count), inverse_temperature=1.0)


@pytest.mark.parametrize("name", [*VARIANTS, "softmax_cross_entropy", "binary_cross_entropy", "layer_cross_entropy"])
def test_errors_name_the_arguments_that_the_caller_gave(name):
    """Each in its turn is what no argument can be; what is said begins with its name, and has no other letter."""
    loss, (more, _) = getattr(losses, name), VARIANTS.get(name, ({}, None))
    ones = {"features": np.ones((3, 3)), "weights": np.ones((3, 3)), "labels": np.eye(3)[[0, 1, 2]]}
    given = {one: more.get(one, ones[one] if name == "layer_cross_entropy" else WEIGHTS / WEIGHTS.sum())
             for one in loss.arguments}  # fmt: skip
    given = asked(name, WEIGHTS)[1] if name in VARIANTS else given
    for part in ("value", "gradient"):
        for one in given:
            with pytest.raises(ValueError, match=rf"^{one}(\[[0-9, ]*\])? = nan is not"):
                getattr(loss, part)(**given | {one: np.full(np.shape(given[one]), np.nan)})
    if len(given) > 1 and name not in ("masked_cross_entropy", "layer_cross_entropy"):
        batches = {one: np.broadcast_to(array, (2 + place, *np.shape(array)))
                   for place, (one, array) in enumerate(given.items())}  # fmt: skip
        with pytest.raises(ValueError, match="the leading axes do not fit together") as error:
            loss.gradient(**batches)
        assert all(f"in {one}" in str(error.value) for one in batches) or name == "smoothed_cross_entropy"


def test_at_an_end_that_a_domain_leaves_out_is_the_limit():
    """Where the formula has one: a temperature of 0 is refused, since it divides."""
    z, two, labels = np.array([0.7, -0.4, 40.0]), np.array([0.3, -2.0]), np.array([0.0, 1.0])
    plain, binary, preference = losses.softmax_cross_entropy, losses.binary_cross_entropy, losses.preference_loss
    ends = [("smoothed_cross_entropy", {"labels": LABEL, "logits": z, "smoothing": 0}, plain, {"labels": LABEL}),
            ("smoothed_cross_entropy", {"labels": LABEL, "logits": z, "smoothing": 1.0}, plain,
             {"labels": np.full(3, 1 / 3)}),
            ("conservative_preference_loss", {"margin": z, "flipped": 0.0}, preference, {"margin": z}),
            ("conservative_preference_loss", {"margin": z, "flipped": 1}, binary, {"labels": 0 * z})]  # fmt: skip
    for name, given, other, more in ends:
        wanted = other.value_and_gradient(**more | ({} if other is preference else {"logits": z}))
        for found, right in zip(getattr(losses, name).value_and_gradient(**given), wanted):
            assert found == pytest.approx(right, rel=1e-14, abs=0)
    weighted = losses.positive_weighted_cross_entropy.value_and_gradient(labels=labels, logits=two, positive_weight=0)
    assert weighted[0] == pytest.approx([binary.value(0.0, two[0]), 0], rel=1e-14, abs=0)
    assert [one.tolist() for one in losses.z_loss.value_and_gradient(logits=z, factor=0)] == [0, [0, 0, 0]]
    for call, said in ((lambda: losses.temperature_cross_entropy.value(labels=LABEL, logits=z, temperature=0),
                        "temperature = 0.0 is not a number above 0"),
                       (lambda: losses.z_loss.value(logits=z, factor=-0.1), "factor = -0.1 is not a number at least 0"),
                       (lambda: losses.smoothed_cross_entropy.value(labels=LABEL, logits=z, smoothing=1.1),
                        "smoothing = 1.1 is not a number at least 0 and at most 1")):  # fmt: skip
        with pytest.raises(ValueError, match=said):
            call()


def test_what_is_no_class_gives_nan_if_nothing_is_checked():
    z = RNG.normal(size=(3, 3))
    for name, more in (("focal_loss", {"focus": 2.0}), ("generalized_cross_entropy", {"exponent": 0.5}),
                       ("smoothed_cross_entropy", {"smoothing": 0.1}),
                       ("temperature_cross_entropy", {"temperature": 2.0}),
                       ("class_weighted_cross_entropy", {"weights": WEIGHTS})):  # fmt: skip
        loss = getattr(losses, name)
        labels = "classes" if "classes" in loss.arguments else "labels"
        given = more | {labels: np.array([1, -1, 3]), "logits": z}
        value, gradient = loss.value_and_gradient(**given, check=False)
        assert np.isnan(value).tolist() == [False, True, True] and np.isnan(gradient[1:]).all()
        assert gradient[0] == pytest.approx(loss.gradient(**given | {labels: 1, "logits": z[0]}), rel=1e-14, abs=0)
        assert np.isnan(loss.value(**given, check=False, reduction="mean"))
        with pytest.raises(ValueError, match=rf"{labels}\[1\] = -1"):
            loss.value(**given)


@pytest.mark.parametrize("name", ["temperature_cross_entropy", "distillation_loss", "contrastive_loss"])
def test_a_temperature_whose_square_or_inverse_is_out_of_range_is_right_or_refused_by_name(name):
    for temperature in (1e-320, 1e-310, 1e-200, 1e-160, 1e-130, 1e130, 1e160, 1e200, 1e305):
        loss, given = asked(name, [0.7, -0.4, 1.1])
        given["temperature"] = temperature
        for part in ("value", "gradient"):
            try:
                found = getattr(loss, part)(**given)
            except ValueError as error:
                assert f"temperature = {temperature}" in str(error) and not 1e-135 < temperature < 1e135
                continue
            assert found == pytest.approx(np.asarray(exact(loss, part, given)), rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(("ragged", "said"), [
    ([[1, 2], [3]], r"[1] has the shape (1,), but {0}[0] has the shape (2,)"),
    ([[[1, 2], [3, 4]], [[1, 2], [3]]], r"[1][1] has the shape (1,), but {0}[1][0] has the shape (2,)"),
    ([[1, 2], 3], r"[1] has the shape (), but {0}[0] has the shape (2,)"),
])
def test_lists_of_different_lengths_are_refused_by_name_and_place(ragged, said):
    smooth, kept = losses.smoothed_cross_entropy, losses.masked_cross_entropy
    for name, call in (("logits", lambda: losses.softmax_cross_entropy.value([[1, 0], [0, 1]], ragged)),
                       ("labels", lambda: losses.softmax_cross_entropy.gradient(ragged, np.ones((2, 2)))),
                       ("logits", lambda: smooth.value(labels=[1, 0], logits=ragged, smoothing=0.1)),
                       ("kept", lambda: kept.gradient(labels=0, logits=[1.0, 2.0], kept=ragged))):  # fmt: skip
        with pytest.raises(ValueError) as error:
            call()
        assert str(error.value) == f"{name}{said.format(name)}"


def test_what_cannot_be_added_is_refused_by_what_was_given():
    kept = losses.masked_cross_entropy
    for ask in (kept.value, kept.gradient):
        with pytest.raises(ValueError, match=r"^logits\[1, 0\] = inf with kept\[1, 0\] = 0\.0 has no value$"):
            ask(labels=[0, 1], logits=[[1.0, 2.0], [np.inf, 1.0]], kept=[0.0, 1.0])


@pytest.mark.parametrize("focus", [1e3, 1e6, 1e300])
def test_a_huge_exponent_is_right(focus):
    for name in ("focal_loss", "focal_loss_of_one"):
        loss, given = asked(name, [300.0, -300.0, 2.0])
        given["focus"] = focus
        for part in ("value", "gradient"):
            found = getattr(loss, part)(**given)
            assert found == pytest.approx(np.asarray(exact(loss, part, given)), rel=1e-11, abs=1e-300)


def test_the_text_of_a_loss_shows_what_is_changed_before_and_names_entries_that_there_are():
    text = losses.masked_cross_entropy.text("value")
    assert "put in the place of logits before" in text and "weights.adjusted: " in text and "a (..., K)" in text
    space = {}
    exec(compile(text, "text.py", "exec"), space)
    kept, z = [1.0, 0, 1], [0.3, -1, 2]
    moved = space["weights_adjusted"](kept, z)
    assert moved.tolist() == [0.3, -np.inf, 2]
    for variant in (losses.masked_cross_entropy, losses.signed_logistic_loss, losses.softmax_cross_entropy):
        named = {one.id for one in variant.entries.values()}
        assert named <= set(catalogue()) and all(id in repr(variant) for id in named)
    assert "ζ(−s z) = ζ(−s z)" not in losses.signed_logistic_loss.text("value")
