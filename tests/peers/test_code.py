"""The modules of JAX and torch, as they are and compiled: against those of NumPy."""

import jax
import numpy as np
import pytest
import torch
from arrays import ARRAYS, converted
from coded import (AT_ENDS, ENTRIES, LESS_MEAN, OF_HARD_LABELS, VALUES, drawn, hard, loaded, nearly_certain, reference,
                   sizes_for)  # fmt: skip

from derivations.coding.module import code_of
from derivations.coding.task import Task

COMPILED = ["softmax.cross_entropy", "softmax.gradient", "softmax.hessian", "sigmoid.cross_entropy", "sigmoid.gradient",
            "softmax_regression.gradient"]  # fmt: skip
ENDS = [
    ("softmax.cross_entropy", {"y": [1.0, 0, 0], "z": [40.0, 0, 0]}, 2 * np.exp(-40.0)),
    ("softmax.cross_entropy", {"y": [1.0, 0], "z": [-np.inf, 0]}, np.inf),
    ("softmax.cross_entropy", {"y": [1.0, 0], "z": [0, -np.inf]}, 0),
    ("sigmoid.cross_entropy", {"y": 1.0, "z": 40.0}, np.exp(-40.0)),
    ("sigmoid.cross_entropy", {"y": 0.0, "z": 1000.0}, 1000),
    ("sigmoid.gradient", {"y": 1.0, "z": 40.0}, -np.exp(-40.0)),
]


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", VALUES)
def test_a_module_gives_what_that_of_numpy_gives(id, target):
    given = drawn(id)
    found, wanted = np.asarray(loaded(id, target)(**converted(target, given))), np.asarray(loaded(id)(**given))
    assert found.shape == wanted.shape
    assert found == pytest.approx(wanted, rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize(("id", "given", "wanted"), ENDS)
def test_every_digit_is_kept_at_the_ends(id, given, wanted, target):
    found = loaded(id, target)(**converted(target, given))
    assert float(found) == pytest.approx(wanted, rel=1e-14, abs=0)


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", LESS_MEAN)
def test_a_number_less_its_mean_keeps_its_digits_where_that_is_nearly_the_same(id, target):
    given = nearly_certain(id)
    found = np.asarray(loaded(id, target)(**converted(target, given)))
    assert found == pytest.approx(reference(id, given), rel=1e-13, abs=0)


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize(("id", "letter", "end"), AT_ENDS)
def test_an_end_that_the_notation_leaves_out_is_the_limit(id, letter, end, target):
    given = drawn(id) | {letter: np.array(end)}
    found = np.asarray(loaded(id, target)(**converted(target, given)))
    assert found == pytest.approx(reference(id, given), rel=1e-14, abs=1e-16)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", OF_HARD_LABELS)
def test_every_digit_of_a_gradient_is_there_where_the_label_is_one_class(id, target, seed):
    given = hard(id, seed)
    found, wanted = np.asarray(loaded(id, target)(**converted(target, given))), reference(id, given)
    assert np.all(np.abs(found - wanted) <= 1e-14 * np.abs(wanted) + 1e-307)


@pytest.mark.parametrize("target", ARRAYS)
def test_the_logarithm_of_a_complement_keeps_its_digits(target):
    """XLA's own log1p does not, a little above 1 - 1/sqrt(2)."""
    p = np.linspace(0.01, 0.99, 1001)
    found = loaded("cross_entropy.two_outcomes", target)(**converted(target, {"y": np.zeros(1001), "p": p}))
    assert np.asarray(found) == pytest.approx(-np.log1p(-p), rel=2e-15, abs=0)


def test_many_terms_of_single_precision_lose_no_more_digits_than_few():
    """Against binary64, at logits of which XLA's own sum is six units in the last place off."""
    z, label = (np.random.default_rng(38).normal(size=(4, 1000)) + 1e4).astype("float32"), np.eye(1000)[:4]
    share = np.exp(z.astype(float) - z.max(axis=-1, keepdims=True).astype(float))
    wanted = share / share.sum(axis=-1, keepdims=True) - label
    module = jax.jit(loaded("softmax.gradient", "jax"))
    found = np.asarray(module(y=jax.numpy.asarray(label, dtype="float32"), z=jax.numpy.asarray(z)))
    assert np.max(np.abs(found - wanted) / np.spacing(np.abs(wanted).astype("float32"))) <= 4


def test_a_weight_of_zero_counts_for_nothing_in_torch_however_it_is_run():
    """One whose factor is infinite, eager, mapped and compiled; what is nan stays nan."""
    module = loaded("sigmoid.cross_entropy", "torch")
    y, z = torch.tensor([1.0, 0.0, 1.0, 1.0]).double(), torch.tensor([np.inf, -np.inf, -np.inf, np.nan]).double()
    compiled = torch.compile(module, backend="eager", fullgraph=True)
    for run in (module, torch.func.vmap(module), compiled):
        assert np.array_equal(np.asarray(run(y, z)), [0, 0, np.inf, np.nan], equal_nan=True)
        assert np.array_equal(np.asarray(run(y[:3], z[:3])), [0, 0, np.inf])


@pytest.mark.parametrize("id", COMPILED)
def test_a_module_of_jax_can_be_compiled(id):
    given = converted("jax", drawn(id))
    assert np.asarray(jax.jit(loaded(id, "jax"))(**given)) == pytest.approx(loaded(id)(**drawn(id)), rel=1e-12, abs=0)


@pytest.mark.parametrize("target", ARRAYS)
def test_their_own_derivatives_of_the_value_are_the_printed_gradient(target):
    given = converted(target, drawn("softmax.gradient"))
    value = loaded("softmax.cross_entropy", target)
    derive = jax.grad if target == "jax" else torch.func.grad
    found = derive(lambda z: value(y=given["y"], z=z))(given["z"])
    assert np.asarray(found) == pytest.approx(np.asarray(loaded("softmax.gradient", target)(**given)), rel=1e-10, abs=0)


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("target", ["numpy", *ARRAYS])
@pytest.mark.parametrize("id", VALUES)
@pytest.mark.sampled(40)
def test_numbers_keep_their_precision(id, target, precision):
    """That of the arrays; numbers of Python, and whole ones, take it."""
    drawn_ones, whole = drawn(id), {one.name for one in Task(ENTRIES[id]).arguments if one.is_whole}
    if all(isinstance(one, int) or name in whole for name, one in drawn_ones.items()):
        return  # nothing has a precision
    given = {name: one if isinstance(one, int) or name in whole else np.asarray(one, dtype=precision)
             for name, one in drawn_ones.items()}  # fmt: skip
    arrays = {name: one if isinstance(one, int) or target == "numpy" else ARRAYS[target](one)
              for name, one in given.items()}  # fmt: skip
    found = np.asarray(loaded(id, target)(**arrays))
    assert str(found.dtype) == precision or found.dtype.kind == "i"
    single = {name for name, one in given.items() if np.ndim(one) == 0 and name not in whole}
    if len(single) < len(set(given) - whole):
        again = np.asarray(loaded(id, target)(**arrays | {name: float(given[name]) for name in single}))
        assert again.dtype == found.dtype and np.array_equal(again, found, equal_nan=True)


@pytest.mark.parametrize("target", ["numpy", *ARRAYS])
def test_classes_of_single_logits_give_single_numbers(target):
    logits, classes = np.array([[1, 2, 3], [0, 5, 2]], dtype="float32"), np.array([2, 0])
    features, weights = np.ones((2, 2, 2), "float32"), np.eye(2, dtype="float32")
    arrays = ARRAYS.get(target, np.asarray)
    for id, given in (("softmax.gradient", {"y": classes, "z": logits}), ("softmax.gradient", {"y": 2, "z": logits[0]}),
                      ("softmax.cross_entropy", {"y": classes, "z": logits}),
                      ("softmax_regression.features_gradient", {"y": np.eye(2, dtype=int), "x": features,
                                                                "W": weights}),
                      ("temperature.gradient", {"y": classes, "z": logits, "T": 2.0})):  # fmt: skip
        given = {name: one if isinstance(one, (int, float)) else arrays(one) for name, one in given.items()}
        assert str(np.asarray(loaded(id, target)(**given)).dtype) == "float32"


@pytest.mark.parametrize("target", ARRAYS)
def test_classes_have_one_axis_less_than_the_labels_of_the_longest_batch(target):
    """Here the array that tells the number of classes has no batch, and classes look like rows."""
    classes, module = np.array([[1, 0], [0, 1]]), loaded("softmax_regression.features_gradient", target)
    more = {"x": np.random.default_rng(7).normal(size=(2, 2, 2)), "W": np.eye(2)}
    for batch, labels in ((more, np.eye(2)[classes]), (more | {"x": more["x"][0]}, classes.astype(float))):
        found = module(**converted(target, batch | {"y": classes}))
        assert np.array_equal(np.asarray(found), np.asarray(module(**converted(target, batch | {"y": labels}))))


@pytest.mark.parametrize("id", ["softmax.gradient", "softmax.cross_entropy", "softmax.hard_gradient", "focal.gradient"])
def test_classes_may_be_mapped_over(id):
    """By torch's vmap, under which nobody may look."""
    module, z = loaded(id, "torch"), torch.randn(5, 3, dtype=torch.float64)
    classes, name = torch.tensor([0, 2, 1, 1, 0]), "y" if "hard" not in id and "focal" not in id else "c"
    more = {"γ": torch.tensor(2.0, dtype=torch.float64)} if "focal" in id else {}
    found = torch.func.vmap(lambda one, row: module(**{name: one}, z=row, **more))(classes, z)
    assert np.asarray(found) == pytest.approx(np.asarray(module(**{name: classes}, z=z, **more)), rel=1e-14, abs=1e-16)


PLACES = ["softmax.hard_gradient", "focal.gradient", "best_weights.lead", "cross_entropy.empirical",
          "categorical.input_factor", "preferences.gradient", "likelihood.selection"]  # fmt: skip


@pytest.mark.parametrize("id", PLACES)
def test_a_place_that_is_not_there_is_refused_or_nan(id):
    task, given = Task(ENTRIES[id]), drawn(id)
    (one,) = (one for one in task.arguments if one.is_whole)
    size = sizes_for(id)[str(one.domain.stop - 1)]
    for wrong in (-1, size):
        bad = np.array(given[one.name])
        bad[(0,) * bad.ndim] = wrong
        arrays = {target: converted(target, given | {one.name: bad}) for target in ARRAYS}
        said = rf"{one.name}(\[0\])? = {wrong}(\.0)? is not a whole number from 0 to {size - 1}"
        for module, some in ((loaded(id), given | {one.name: bad}), (loaded(id, "torch"), arrays["torch"])):
            with pytest.raises(ValueError, match=said):
                module(**some)
        compiled = torch.compile(loaded(id, "torch"), backend="eager", fullgraph=True)
        for found in (loaded(id, "torch")(**arrays["torch"], check=False), compiled(**arrays["torch"]),
                      loaded(id, "jax")(**arrays["jax"])):  # fmt: skip
            assert np.isnan(np.asarray(found)).any()


@pytest.mark.parametrize("target", ARRAYS)
def test_what_is_read_of_a_row_must_be_there(target):
    given = converted(target, {"z": np.zeros(1), "v": np.zeros(1), "β": np.array(1.0)})
    with pytest.raises(ValueError, match="v takes 2 or more entries along the axis K, found 1"):
        loaded("preferences.pair_of_logs", target)(**given)


WITH_CLASSES = ["softmax.cross_entropy", "softmax.gradient", "softmax_regression.gradient"]


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", WITH_CLASSES)
def test_labels_may_be_classes(id, target):
    given = drawn(id)
    count = given["z"].shape[-1] if "z" in given else given["W"].shape[-1]
    classes = np.random.default_rng(3).integers(0, count, np.shape(given["y"])[:-1])
    one_hot = converted(target, given | {"y": np.eye(count)[classes]})
    found = loaded(id, target)(**converted(target, given | {"y": classes}))
    assert np.array_equal(np.asarray(found), np.asarray(loaded(id, target)(**one_hot)))


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("target", ARRAYS)
def test_classes_of_a_batch_take_the_type_of_the_logits(target, precision):
    z = np.random.default_rng(2).normal(size=(4, 3)).astype(precision)
    module = loaded("softmax.gradient", target)
    for kind in ("int32", "int64", "uint8"):
        classes = ARRAYS[target](np.array([2, 0, 1, 1], dtype=kind))
        found = module(y=classes, z=ARRAYS[target](z))
        assert np.asarray(found).dtype == precision
        assert np.array_equal(found, module(y=ARRAYS[target](np.eye(3, dtype=precision)[[2, 0, 1, 1]]),
                                            z=ARRAYS[target](z)))  # fmt: skip


@pytest.mark.parametrize("wrong", [-1, 3])
def test_what_is_no_class_is_refused_by_torch_and_nan_where_nothing_can_be_refused(wrong):
    classes, z = np.array([0, wrong]), np.zeros((2, 3))
    given = {target: converted(target, {"y": classes, "z": z}) for target in ARRAYS}
    eager = loaded("softmax.gradient", "torch")
    with pytest.raises(ValueError, match=rf"y\[1\] = {wrong} is not a class from 0 to 2"):
        eager(**given["torch"])
    compiled = torch.compile(eager, backend="eager", fullgraph=True)
    traced = jax.jit(loaded("softmax.gradient", "jax"))
    for found in (eager(**given["torch"], check=False), compiled(**given["torch"]), traced(**given["jax"])):
        assert np.isnan(np.asarray(found)).tolist() == [[False] * 3, [True] * 3]


def test_a_compiled_value_of_classes_is_that_of_labels():
    z, classes = torch.randn(5, 3, dtype=torch.float64), torch.tensor([0, 2, 1, 1, 0])
    module = loaded("softmax.cross_entropy", "torch")
    found = torch.compile(module, backend="eager", fullgraph=True)(y=classes, z=z)
    assert np.asarray(found) == pytest.approx(np.asarray(module(y=torch.eye(3, dtype=torch.float64)[classes], z=z)))


@pytest.mark.parametrize("id", ["softmax.gradient", "softmax.cross_entropy"])
@pytest.mark.parametrize("one_label", [False, True])
def test_a_large_batch_of_torch_gives_what_its_parts_give(id, one_label):
    draw = np.random.default_rng(8)
    z = torch.as_tensor(draw.normal(0, 3, (2, 9000, 7)))
    y = torch.eye(7, dtype=torch.float64)[draw.integers(0, 7, () if one_label else z.shape[:-1])]
    module = loaded(id, "torch")
    found = module(y=y, z=z)
    compiled = torch.compile(module, backend="eager", fullgraph=True)(y=y, z=z)
    parts = torch.stack([module(y=y if one_label else y[row, place : place + 50], z=z[row, place : place + 50])
                         for row in (0, 1) for place in range(0, 9000, 50)])  # fmt: skip
    assert torch.equal(found, parts.reshape(found.shape)) and torch.equal(found, compiled)


@pytest.mark.parametrize("id", ["softmax.gradient", "softmax.cross_entropy"])
@pytest.mark.parametrize("classes", [7, 8, 13, 28, 29])
@pytest.mark.parametrize("sloped", [False, True])
def test_few_classes_give_compiled_what_they_give_eager(id, classes, sloped):
    """They are taken a few at a time there: also where logits are as large, infinite or no number."""
    draw = np.random.default_rng(classes)
    z = np.rint(draw.normal(0, 2, (400, classes)))
    z[:3, -2:] = [[np.inf, 0], [-np.inf, -np.inf], [np.nan, 0]]
    z[3:5] = 0
    z, y = torch.as_tensor(z).requires_grad_(sloped), torch.as_tensor(draw.dirichlet(np.ones(classes), 400))
    module = loaded(id, "torch")
    for dynamic in (False, True):
        found = torch.compile(module, backend="eager", fullgraph=True, dynamic=dynamic)(y=y, z=z)
        wanted = module(y=y, z=z).detach().numpy()
        assert found.detach().numpy() == pytest.approx(wanted, rel=1e-14, abs=1e-15, nan_ok=True)


def test_a_large_batch_of_torch_can_be_differentiated_and_mapped():
    draw = np.random.default_rng(9)
    z = torch.as_tensor(draw.normal(0, 3, (3, 9000, 7))).requires_grad_()
    y = torch.as_tensor(draw.dirichlet(np.ones(7), (3, 9000)))
    value, gradient = loaded("softmax.cross_entropy", "torch"), loaded("softmax.gradient", "torch")
    wanted = gradient(y=y, z=z.detach())
    (slope,) = torch.autograd.grad(value(y=y, z=z).sum(), z)
    mapped = torch.func.vmap(torch.func.grad(lambda z, y: value(y=y, z=z).sum()))(z.detach(), y)
    for found in (slope, mapped):
        assert np.asarray(found) == pytest.approx(np.asarray(wanted), rel=1e-10, abs=1e-15)


@pytest.mark.parametrize("target", ARRAYS)
def test_a_module_says_that_nothing_is_looked_at(target):
    text = code_of(ENTRIES["softmax.gradient"], target)
    assert "The numbers of the arguments are not looked at" in text and "np.asarray" not in text.replace("jnp.", "")
