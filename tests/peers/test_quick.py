"""The form that compiled code of JAX has first, the labels inside the logarithm: it is taken only where every digit is
kept, and JAX finds the derivatives of the form that keeps them everywhere.
"""

from functools import cache

import jax
import numpy as np
import pytest
from coded import ENTRIES, loaded
from mpmath import exp, fsum, log1p, mp, mpf

from derivations.coding.module import code_of

ROWS = {
    "ordinary": [0.3, -1.2, 2.1],
    "sure, and the differences are rounded": [650.1, 0.3, -0.7],
    "sure, near the bound": [64.3, 0.1, -0.2],
    "sure, a little": [20.1, 0.3, -0.7],
    "all alike": [0.0, 0.0, 0.0],
    "two largest": [3.3, 3.3, -1.7],
    "wrong": [-50.1, 0.3, 0.2],
}
ENDS = {"one is out": [0.0, 1.0, -np.inf], "two are infinite": [np.inf, np.inf, 0.0], "all are out": [-np.inf] * 3}
ROW, PAIRS = np.array(list(ROWS.values())), [(said, c) for said in ROWS for c in (0, 1)]


def right(z, c):
    """The loss of the true class c, its gradient, Hessian, and what each class would lose as the label: 60 digits."""
    with mp.workdps(60):
        lost = [log1p(fsum(exp(mpf(other) - mpf(one)) for at, other in enumerate(z) if at != k))
                for k, one in enumerate(z)]  # fmt: skip
        p = [exp(-one) for one in lost]
        left = [fsum(one for at, one in enumerate(p) if at != k) for k in range(len(z))]
        slopes = [-left[k] if k == c else p[k] for k in range(len(z))]
        curved = [[p[k] * left[k] if k == l else -p[k] * p[l] for l in range(len(z))] for k in range(len(z))]
        return float(lost[c]), np.array(slopes, float), np.array(curved, float), np.array(lost, float)


def near(wanted, rel=1e-14):
    return pytest.approx(wanted, rel=rel, abs=0)


@cache
def value():
    return loaded("softmax.cross_entropy", "jax")


@cache
def gradient():
    return jax.jit(loaded("softmax.gradient", "jax"))


@cache
def found():
    """What JAX finds of the loss, each compiled once."""
    ways = {"value": value(), "slopes": jax.grad(value(), 1), "with the value": jax.value_and_grad(value(), 1),
            "in labels": jax.grad(value(), 0), "curved": jax.hessian(value(), 1),
            "mixed": jax.jacfwd(jax.grad(value(), 1), 0), "mixed, the other way": jax.jacfwd(jax.grad(value(), 0), 1),
            "forward": jax.jacfwd(value(), 1), "twice forward": jax.jacfwd(jax.jacfwd(value(), 1), 1),
            "twice backward": jax.jacrev(jax.jacrev(value(), 1), 1)}  # fmt: skip
    return {way: jax.jit(function) for way, function in ways.items()}


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("said", "c"), PAIRS)
def test_every_digit_is_kept_in_whichever_form(said, c):
    y, z = np.eye(3)[c], np.array(ROWS[said])
    loss, slopes, *_ = right(z, c)
    assert float(found()["value"](y, z)) == near(loss)
    assert np.asarray(gradient()(y, z)) == near(slopes)


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("said", "c"), PAIRS)
def test_the_derivatives_keep_every_digit_too(said, c):
    y, z = np.eye(3)[c], np.array(ROWS[said])
    loss, slopes, curved, lost = right(z, c)
    both = found()["with the value"](y, z)
    assert float(both[0]) == near(loss) and np.asarray(both[1]) == near(slopes)
    for way, wanted in (("slopes", slopes), ("forward", slopes), ("in labels", lost), ("curved", curved),
                        ("twice forward", curved), ("twice backward", curved)):  # fmt: skip
        assert np.asarray(found()[way](y, z)) == near(wanted), way


@pytest.mark.parametrize("y", [[0.2, 0.3, 0.5], [0.0, 1.0, 0.0], [0.5, 0.5, 0.0]])
def test_no_label_is_taken_for_what_the_others_leave(y):
    """A label that moves alone changes their sum: the slope in it is the log-probability, at soft labels as well."""
    for z in ROW:
        *_, lost = right(z, 0)
        assert np.asarray(found()["in labels"](np.array(y), z)) == near(lost)
        moved = np.exp(-lost)[:, None] - np.eye(3)
        assert np.asarray(found()["mixed"](np.array(y), z)) == pytest.approx(moved, rel=1e-12, abs=1e-15)
        assert np.asarray(found()["mixed, the other way"](np.array(y), z)) == pytest.approx(moved.T, rel=1e-12,
                                                                                            abs=1e-15)  # fmt: skip


@pytest.mark.parametrize("total", [0.0, 0.5, 2.0, 1 + 1e-9])
def test_labels_that_do_not_sum_to_1_are_taken_as_they_are(total):
    z, y = np.array([0.3, -1.2, 2.1]), total * np.array([0.25, 0.75, 0.0])
    _, _, _, lost = right(z, 0)
    assert float(found()["value"](y, z)) == near(y @ lost)
    assert np.asarray(found()["slopes"](y, z)) == pytest.approx(total * np.exp(-lost) - y, rel=1e-14, abs=1e-16)


def test_one_row_that_needs_care_does_not_harm_the_others():
    y, wanted = np.tile(np.eye(3)[0], (len(ROW), 1)), [right(row, 0) for row in ROW]
    slopes = np.array([one for _, one, *_ in wanted])
    assert np.asarray(value()(y, ROW)) == near([loss for loss, *_ in wanted])
    assert np.asarray(gradient()(y, ROW)) == near(slopes)
    assert np.asarray(jax.grad(lambda z: value()(y, z, reduction="sum"))(ROW)) == near(slopes)


def test_it_may_be_mapped_over():
    y, wanted = np.eye(3)[1], [right(row, 1) for row in ROW]
    for place, way in enumerate(("value", "slopes", "curved", "in labels")):
        mapped = jax.vmap(found()[way], in_axes=(None, 0))(y, ROW)
        assert np.asarray(mapped) == near(np.array([one[place] for one in wanted])), way
    twice = jax.vmap(jax.vmap(found()["slopes"], (None, 0)), (None, 1), out_axes=1)(y, np.stack([ROW, ROW + 1], 1))
    assert np.asarray(twice) == near(np.asarray(twice)[:, ::-1])
    text = str(jax.make_jaxpr(jax.vmap(jax.grad(value(), 1), in_axes=(None, 0)))(y, ROW))
    assert "cond[" in text  # mapped over, a choice for all rows would become one for each, and both forms computed


def test_labels_of_fewer_rows_and_other_types():
    wanted = np.array([right(row, 1)[1] for row in ROW])
    whole = np.array([[0, 1, 0]])
    assert np.asarray(jax.grad(lambda z: value()(whole, z, reduction="sum"))(ROW)) == near(wanted)
    single = jax.grad(lambda z: value()(np.eye(3)[1], z, reduction="sum"))(ROW.astype("float32"))
    assert single.dtype == np.float32
    in_labels = jax.grad(lambda y: value()(y, ROW, reduction="sum"))(np.eye(3)[1])
    assert np.asarray(in_labels) == near(np.sum([right(row, 1)[3] for row in ROW], axis=0))


def test_infinite_logits_have_their_limits_or_none():
    y, rows = np.eye(3)[0], {said: np.array(row) for said, row in ENDS.items()}
    assert float(value()(y, rows["one is out"])) == near(np.log1p(np.e))
    share = 1 / (1 + np.e)
    for slopes in (gradient()(y, rows["one is out"]), found()["slopes"](y, rows["one is out"])):
        assert np.asarray(slopes) == near([share - 1, 1 - share, 0])
    assert np.isnan([float(value()(y, rows[said])) for said in ("two are infinite", "all are out")]).all()


@pytest.mark.parametrize("kind", [np.int64, np.int8])
def test_true_classes_give_what_their_labels_give(kind):
    classes = (np.arange(len(ROW)) % 3).astype(kind)
    wanted = [right(row, c) for row, c in zip(ROW, classes)]
    mean = jax.value_and_grad(lambda z: value()(classes, z, reduction="mean"))(ROW)
    assert np.asarray(value()(classes, ROW)) == near([loss for loss, *_ in wanted])
    assert float(mean[0]) == near(np.mean([loss for loss, *_ in wanted]))
    for place, slopes in enumerate((gradient()(classes, ROW), len(ROW) * mean[1])):
        assert np.asarray(slopes) == near(np.array([one for _, one, *_ in wanted])), place
    for row, c, (_, _, curved, _) in zip(ROW, classes, wanted):
        assert np.asarray(found()["curved"](c, row)) == near(curved)
    mapped = jax.vmap(found()["slopes"], in_axes=(0, None))(np.arange(3, dtype=kind), ROW[0])
    assert np.asarray(mapped) == near(np.array([right(ROW[0], c)[1] for c in range(3)]))


@pytest.mark.parametrize("missing", [-1, 3])
def test_what_is_no_class_makes_its_own_row_nan(missing):
    slopes = np.asarray(gradient()(np.array([0, missing, 1]), ROW[:3]))
    losses = np.asarray(value()(np.array([0, missing, 1]), ROW[:3]))
    assert np.isnan(losses).tolist() == [False, True, False] and np.isnan(slopes).any(axis=-1).tolist() == [0, 1, 0]
    assert slopes[[0, 2]] == near(np.array([right(ROW[0], 0)[1], right(ROW[2], 1)[1]]))


@cache
def without_care(kind):
    """The loss, with its slopes, of a module in which the form that keeps digits everywhere gives nan."""
    text = code_of(ENTRIES["softmax.cross_entropy"], "jax")
    for name in ("cross_entropy", "gradient"):
        head = f"def careful_softmax_{name}(y, z):\n"
        text = text.replace(head, head + "    z = 0 * z / 0\n")
    space: dict = {}
    exec(text, space)
    y = np.arange(2) if kind == "classes" else np.eye(3)[:2]
    return lambda z: jax.vmap(jax.value_and_grad(space["softmax_cross_entropy"], 1))(y, z)


@pytest.mark.parametrize("kind", ["classes", "labels"])
@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_classes_that_are_left_out_need_no_care(kind, precision):
    """A logit of minus infinity, and one of the lowest number that there is."""
    rest, rounding = np.array([0.5, -1.2]), float(4 * np.finfo(precision).eps)
    for out in (-np.inf, np.finfo(precision).min):
        z = np.array([[rest[0], rest[1], out], [rest[1], rest[0], out]]).astype(precision)
        losses, slopes = map(np.asarray, without_care(kind)(z))
        loss, slope, *_ = right(z[0, :2].astype(float), 0)
        assert losses == near([loss] * 2, rounding)
        assert slopes == near(np.array([[*slope, 0], [*slope[::-1], 0]]), rounding)
    careful, _ = without_care(kind)(np.array([ROWS["sure, and the differences are rounded"], ROWS["ordinary"]]))
    assert np.isnan(careful).all()  # so care can be seen


@pytest.mark.parametrize(("K", "in_columns"), [(2, True), (16, True), (17, False)])
@pytest.mark.parametrize("kind", ["classes", "labels"])
def test_a_few_classes_are_added_up_in_columns(K, in_columns, kind):
    """A sum along the rows takes one number at a time, which is what took longest beside other libraries."""
    space: dict = {}
    exec(code_of(ENTRIES["softmax.cross_entropy"], "jax"), space)
    z, classes = np.random.default_rng(5).normal(size=(4, K)), np.arange(4) % K
    y = classes if kind == "classes" else np.eye(K)[classes]
    text = str(jax.make_jaxpr(lambda y, z: space["quick_softmax_cross_entropy"](y, z, lambda _, z: z[..., 0]))(y, z))
    assert ("reduce_sum" not in text) == in_columns
    wanted = [right(row, c) for row, c in zip(z, classes)]
    assert np.asarray(value()(y, z)) == near([loss for loss, *_ in wanted])
    assert np.asarray(gradient()(y, z)) == near(np.array([slopes for _, slopes, *_ in wanted]))


@pytest.mark.parametrize("K", [997, 1000, 1024, 4096])
def test_single_precision_adds_up_in_parts(K):
    z = (np.random.default_rng(38).normal(size=(4, K)) + 1e4).astype("float32")
    share = np.exp(z.astype(float) - z.max(axis=-1, keepdims=True).astype(float))
    wanted = share / share.sum(axis=-1, keepdims=True) - np.eye(K)[:4]
    slopes = np.asarray(gradient()(np.eye(K, dtype="float32")[:4], z))
    assert np.max(np.abs(slopes - wanted) / np.spacing(np.abs(wanted).astype("float32"))) <= 4


@pytest.mark.parametrize("K", [1000, 4093])
def test_the_last_additions_of_single_precision_are_few(K):
    space: dict = {}
    exec(code_of(ENTRIES["softmax.gradient"], "jax"), space)
    numbers = np.exp(np.random.default_rng(1).normal(size=(400, K))).astype("float32")
    wanted = numbers.astype(float).sum(axis=-1)
    ulps = (np.asarray(jax.jit(space["traced_sum"])(numbers)) - wanted) / np.spacing(wanted.astype("float32"))
    assert np.sqrt(np.mean(ulps**2)) <= 0.5  # rounding the right sum alone leaves 0.29


@pytest.mark.parametrize(("id", "first"), [("softmax.cross_entropy", True), ("softmax.gradient", True),
                                           ("softmax.weighted_cross_entropy", False)])  # fmt: skip
def test_it_is_there_only_where_the_labels_sum_to_1(id, first):
    text = code_of(ENTRIES[id], "jax")
    assert ("soft_labels." in text) == ("jax.lax.cond(" in text) == first
    assert "soft_labels." not in code_of(ENTRIES[id], "numpy")
