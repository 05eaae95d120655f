"""Every entry that has a value prints a NumPy module, which gives what the correctly rounded function of it gives."""

import ast
import subprocess
import sys

import numpy as np
import pytest
from coded import ENTRIES, OTHERS, VALUES, drawn, loaded, reference, why_not
from mpmath import exp, log, mp, mpf
from sympy import Interval

from derivations.coding.module import code_of
from derivations.coding.task import Task

RELATIVE, NEAR_0 = 1e-12, 1e-15
LOOPS = ast.For | ast.While | ast.comprehension


@pytest.mark.sampled(25)
@pytest.mark.parametrize("id", VALUES)
def test_a_module_gives_what_the_function_gives(id):
    given = drawn(id)
    found, wanted = np.asarray(loaded(id)(**given)), reference(id, given)
    compared = ~np.isnan(wanted)
    assert found.shape == wanted.shape and compared.any()
    assert found[compared] == pytest.approx(wanted[compared], rel=RELATIVE, abs=NEAR_0)


def ends_refused(ask, id):
    """At which ends of its numbers an entry has no value: the name of the number and the end."""
    ends = [(one.name, float(end)) for one in Task(ENTRIES[id]).arguments
            if not one.sizes and isinstance(one.domain, Interval)
            for end in one.domain.args[:2] if end.is_finite]  # fmt: skip
    for name, end in ends:
        try:
            ask(drawn(id) | {name: np.array(end)})
        except (AssertionError, ValueError):  # the reference asserts why
            yield name, end


WITHIN_SOFTMAX = ["softmax_regression.slope_along_line", "softmax_regression.quadratic_form",
                  "ridge.penalized_curvature"]  # fmt: skip


@pytest.mark.parametrize("id", WITHIN_SOFTMAX)
def test_a_number_within_a_softmax_may_not_be_at_an_end_that_it_leaves_out(id):
    assert [*ends_refused(lambda given: loaded(id)(**given), id)] == [("t", 0.0)]
    assert [*ends_refused(lambda given: reference(id, given), id)] == [("t", 0.0)]


@pytest.mark.parametrize("id", OTHERS)
def test_what_has_no_value_is_refused_with_the_reason(id):
    said = why_not(id)
    assert said.startswith(f"{id} has no code: it is a")
    assert ("inequality" in said) == (getattr(ENTRIES[id], "relation", "=") != "=")


@pytest.mark.sampled(20)
@pytest.mark.parametrize("id", VALUES)
def test_a_module_has_no_loop_and_says_what_it_is(id):
    text = code_of(ENTRIES[id], "numpy")
    function = ast.parse(text).body[-1]
    assert function.name == id.replace(".", "_")
    assert not [node for node in ast.walk(function) if isinstance(node, LOOPS)]
    assert text.startswith(f'"""{id}: {ENTRIES[id].title}\n')
    for said in ("Arguments:", "Returns", "Computed", "Source:"):
        assert said in text


@pytest.mark.parametrize("id", ["softmax.gradient", "sigmoid.cross_entropy", "softmax_regression.hessian"])
def test_leading_axes_are_a_batch(id):
    module, several = loaded(id), [drawn(id, seed) for seed in range(4)]
    together = {name: np.array([one[name] for one in several]) for name in several[0]}
    assert np.array_equal(module(**together), [module(**one) for one in several])


def test_a_module_runs_where_the_package_is_not(tmp_path):
    text = code_of(ENTRIES["softmax.cross_entropy"], "numpy")
    (tmp_path / "alone.py").write_text(text + "\nprint(softmax_cross_entropy([1, 0, 0], [40.0, 0, 0]))\n", "utf-8")
    run = subprocess.run([sys.executable, "-I", "alone.py"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert float(run.stdout) == pytest.approx(2 * np.exp(-40.0), rel=1e-15, abs=0)


REFUSED = [
    ("softmax.gradient", {"y": [0.2, 1.2], "z": [1, 2]}, r"y\[1\] = 1.2 is not a number at least 0 and at most 1"),
    ("softmax.gradient", {"y": [0.5, 0.5], "z": [1, np.nan]}, r"z\[1\] = nan is not a number"),
    ("softmax.gradient", {"y": [1, 0], "z": [1, 2, 3]}, "the arrays disagree about K: 2 in y, 3 in z"),
    ("softmax.gradient", {"y": np.ones((2, 1)), "z": np.ones((3, 1))}, r"leading axes do not fit .* \(2,\) in y"),
    ("softmax.gradient", {"y": np.ones((0, 3)), "z": np.ones((0, 3))}, r"z is empty: its shape is \(0, 3\)"),
    ("softmax.gradient", {"y": [0.4, 0.5], "z": [1, 2]}, "holds only where the labels of one observation sum to 1"),
    ("softmax.gradient", {"y": 3, "z": [1, 2, 3]}, "y = 3 is not a class from 0 to 2"),
    ("softmax.gradient", {"y": [0, -1], "z": np.ones((2, 3))}, r"y\[1\] = -1 is not a class from 0 to 2"),
    ("softmax.gradient", {"y": 1.0, "z": [1, 2, 3]}, "y takes arrays of 1 or more axes"),
    ("softmax.hard_gradient", {"c": 3, "z": [1, 2, 3]}, r"c = 3.0 is not a whole number from 0 to 2"),
    ("softmax.hard_gradient", {"c": 0.5, "z": [1, 2, 3]}, r"c = 0.5 is not a whole number"),
    ("cross_entropy.kl_divergence", {"q": [0.7, 0.2, 0.1], "p": [0.7, 0.2, 0.2]}, "the model's probabilities sum to 1"),
    ("sigmoid.cross_entropy", {"y": -1, "z": 2}, "y = -1.0 is not a number at least 0"),
    ("sigmoid.cross_entropy", {"y": 1, "z": 2j}, "z takes real numbers, found complex128"),
    ("sigmoid.hard_form", {"y": 0.5, "z": 2}, "y = 0.5 is not 0 or 1"),
    ("softmax.cross_entropy", {"y": [0.5, 0.5], "z": [1e308, 0]}, r"z\[0\] = 1e\+308 is not at most 8.99e\+307 in"),
    ("softmax.gradient", {"y": [0.5, 0.5], "z": np.array([1, -3e38], dtype="float32")}, r"at most 1.7e\+38 in size"),
]
HUGE = [([1e200, 0], 5e199), ([8e307, -8e307], 8e307), ([np.inf, 0], np.inf), ([-np.inf, 0], np.inf)]


@pytest.mark.parametrize(("z", "wanted"), HUGE)
def test_what_is_huge_is_not_refused_where_differences_are_finite_or_a_limit(z, wanted):
    assert loaded("softmax.cross_entropy")(y=[0.5, 0.5], z=z) == wanted


@pytest.mark.parametrize(("id", "given", "said"), REFUSED)
def test_a_wrong_argument_is_refused_with_its_name_place_and_value(id, given, said):
    with pytest.raises(ValueError, match=said):
        loaded(id)(**given)


def test_the_checks_can_be_switched_off():
    found = loaded("softmax.gradient")(y=np.array([0.2, 1.2]), z=np.array([1.0, 2.0]), check=False)
    assert found == pytest.approx(np.exp([1, 2]) / np.exp([1, 2]).sum() - [0.2, 1.2])


PLACES = ["softmax.hard_gradient", "focal.gradient", "best_weights.lead", "cross_entropy.empirical",
          "categorical.input_factor", "preferences.gradient", "likelihood.selection"]  # fmt: skip


@pytest.mark.parametrize("id", PLACES)
def test_a_place_that_is_not_there_gives_nan_if_nothing_is_checked(id):
    (name,) = (one.name for one in Task(ENTRIES[id]).arguments if one.is_whole)
    given, module = drawn(id), loaded(id)
    right = module(**given)
    assert np.array_equal(module(**given, check=False), right)
    for wrong in (-1, 99, 0.5, np.nan):
        bad = np.array(given[name], dtype=float)
        bad[(0,) * bad.ndim] = wrong
        found = np.asarray(module(**given | {name: bad}, check=False))
        assert np.isnan(found).any() and np.array_equal(found[~np.isnan(found)], right[~np.isnan(found)])


@pytest.mark.parametrize("wrong", [-1, 3])
def test_what_is_no_class_gives_nan_if_nothing_is_checked(wrong):
    classes, z = np.array([0, wrong]), np.zeros((2, 3), dtype="float32")
    for id in ("softmax.gradient", "softmax.cross_entropy"):
        module = loaded(id)
        found = module(y=classes, z=z, check=False)
        assert found.dtype == z.dtype and np.array_equal(found[0], module(y=0, z=z[0])) and np.isnan(found[1]).all()


@pytest.mark.parametrize("reduction", ["none", "mean", "sum"])
def test_a_value_is_reduced_over_the_batch(reduction):
    y, z = np.array([0.0, 1.0, 0.3]), np.array([1.0, -2.0, 3.0])
    found = loaded("sigmoid.cross_entropy")(y=y, z=z, reduction=reduction)
    each = loaded("sigmoid.cross_entropy")(y=y, z=z)
    assert found == pytest.approx({"none": each, "mean": each.sum() / 3, "sum": each.sum()}[reduction])


def test_classes_may_stand_in_the_place_of_labels():
    z, classes = np.random.default_rng(1).normal(size=(4, 3)), np.array([0, 2, 1, 1])
    module = loaded("softmax.gradient")
    assert np.array_equal(module(y=classes, z=z), module(y=np.eye(3)[classes], z=z))


@pytest.mark.parametrize(("precision", "wide"), [("float64", 300.1), ("float64", 40.7), ("float32", 40.7)])
@pytest.mark.parametrize("true", [0, 1, 2])
def test_what_rounding_takes_from_wide_differences_of_logits_is_given_back(precision, wide, true):
    z = np.array([wide, -wide / 3, 0.3], dtype=precision)
    y = np.eye(3, dtype=precision)[true]
    with mp.workdps(600):
        powers = [exp(mpf(float(one))) for one in z]
        gradient = [power / sum(powers) - (place == true) for place, power in enumerate(powers)]
        right = [float(one) for one in (log(sum(powers) / powers[true]), *gradient)]
    found = [loaded("softmax.cross_entropy")(y=y, z=z), *loaded("softmax.gradient")(y=y, z=z)]
    assert found == pytest.approx(right, rel=4 * float(np.finfo(precision).eps), abs=0)


def test_rows_may_lie_in_one_piece_or_in_columns():
    z = np.array([[0.3, np.inf, -2.0], [1.5, 1.5, -np.inf], [-30.2, 7.1, 5.0]])
    y, module = np.eye(3)[[1, 0, 2]], loaded("softmax.cross_entropy")
    assert np.array_equal(module(y=y, z=z), module(y=y, z=np.asfortranarray(z)))
    assert module(y=y, z=z) == pytest.approx([0, np.log(2), 2.1 + np.log1p(np.exp(-2.1))])


def test_an_equation_that_is_supposed_twice_is_looked_at_once():
    assert code_of(ENTRIES["softmax.cross_entropy"], "numpy").count(" must_hold(sum_1, 1,") == 1


@pytest.mark.parametrize("id", ["best_weights.lead", "best_weights.scaled_lead"])
def test_what_an_argument_chooses_is_the_number_among_all(id):
    """A logit less itself is 0, however many products are added up in it."""
    draw, n, d, K = np.random.default_rng(5), 30, 40, 4
    W, x, c = draw.normal(size=(d, K)), draw.normal(size=(n, d)), draw.integers(0, K, n)
    found = loaded(id)(W=W, x=x, c=c, **({"t": 3.0} if "scaled" in id else {}))
    assert found.shape == (n, K) and np.all(found[np.arange(n), c] == 0)
