"""The JavaScript modules, run by node: against the NumPy modules, which are held against the functions."""

import json
import shutil
import subprocess

import numpy as np
import pytest
from coded import (AT_ENDS, ENTRIES, LESS_MEAN, VALUES, check_digits, drawn, loaded, nearly_certain,
                   reference)  # fmt: skip

from derivations.coding.module import code_of

NODE = shutil.which("node") or shutil.which("nodejs")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: nothing runs JavaScript")
RUN = """
import * as fs from "node:fs";
for (const [id, name, given, check] of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const module = await import(`./${id}.mjs`);
  let found;
  try { found = module[name](given, check); } catch (error) { found = `${error.name}: ${error.message}`; }
  const plain = (_, one) => (typeof one === "number" && !Number.isFinite(one) ? `${one}` : one);
  console.log(JSON.stringify([id, found], plain));
}
"""


def _plain(one):
    """An array as lists; a list, which may be ragged, as it is."""
    return one.tolist() if isinstance(one, np.ndarray | np.generic) else one


def run(folder, calls, check=True):
    """What the modules of some entries give, in the order of the calls."""
    for id in {id for id, _ in calls}:
        (folder / f"{id}.mjs").write_text(code_of(ENTRIES[id], "js"), encoding="utf-8")
    return run_files(folder, [(id, id.replace(".", "_"), given) for id, given in calls], check)


def run_files(folder, calls, check=True):
    """What functions of modules in a folder give: each call has the name of a file, of a function, and arguments."""
    (folder / "run.mjs").write_text(RUN, encoding="utf-8")
    asked = [[file, function, {name: _plain(one) for name, one in given.items()}, check]
             for file, function, given in calls]  # fmt: skip
    done = subprocess.run([NODE, "run.mjs"], cwd=folder, input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)[1] for line in done.stdout.splitlines()]


@pytest.mark.sampled(6)
@pytest.mark.parametrize("chapter", sorted({id.partition(".")[0] for id in VALUES}))
def test_every_module_gives_what_the_numpy_module_gives(chapter, tmp_path):
    calls = [(id, drawn(id)) for id in VALUES if id.startswith(f"{chapter}.")]
    for (id, given), one in zip(calls, run(tmp_path, calls), strict=True):
        wanted = np.asarray(loaded(id)(**given))
        assert np.shape(one) == wanted.shape, id
        assert np.array(one) == pytest.approx(wanted, rel=1e-12, abs=1e-14), id


@pytest.mark.sampled(24)
@pytest.mark.parametrize("id", VALUES)
def test_no_digit_is_lost_by_javascript(id, tmp_path):
    check_digits(id, lambda given: run(tmp_path, [(id, given)])[0], times=3)


def test_every_digit_is_kept_at_the_ends(tmp_path):
    id = "softmax.cross_entropy"
    right, wrong = {"y": [1, 0, 0], "z": [40.0, 0, 0]}, {"y": [0, 1], "z": [1000.0, 0]}
    binary = "sigmoid.cross_entropy", {"y": 1, "z": 40.0}
    tail = np.exp(-40.0)
    assert run(tmp_path, [(id, right), (id, wrong), binary]) == [
        pytest.approx(2 * tail, rel=1e-15, abs=0), 1000, pytest.approx(tail, rel=1e-15, abs=0)]  # fmt: skip


def test_a_wrong_argument_is_refused(tmp_path):
    outside, longer = {"y": [0, 1.5], "z": [1, 2]}, {"y": [0, 1], "z": [1, 2, 3]}
    one, other = run(tmp_path, [("softmax.gradient", outside), ("softmax.gradient", longer)])
    assert one == "RangeError: y[1] = 1.5 is not a number at least 0 and at most 1"
    assert other == "RangeError: z has the length 3, not 2"
    huge, finite = {"y": [0.5, 0.5], "z": [1, -1e308]}, {"y": [0.5, 0.5], "z": [-8e307, 8e307]}
    one, other = run(tmp_path, [("softmax.cross_entropy", huge), ("softmax.cross_entropy", finite)])
    assert one.startswith("RangeError: z[1] = -1e+308 is not a number at most 8.99e307 in size") and other == 8e307


BATCHES = [
    ("softmax.gradient", {"y": (4, 3), "z": (4, 3)}), ("softmax.gradient", {"y": (3,), "z": (2, 4, 3)}),
    ("softmax.cross_entropy", {"y": (2, 1, 3), "z": (4, 3)}), ("softmax.hard_gradient", {"c": (4,), "z": (2, 1, 3)}),
    ("softmax.hessian", {"z": (2, 3)}), ("sigmoid.cross_entropy", {"y": (), "z": (3, 2)}),
    ("softmax_regression.gradient", {"W": (2, 3), "x": (4, 5, 2), "y": (5, 3)}),
]  # fmt: skip


def test_leading_axes_are_a_batch_as_those_of_numpy_are(tmp_path):
    rng, calls = np.random.default_rng(7), []
    for id, shapes in BATCHES:
        given = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        given |= {"c": rng.integers(0, 3, 4)} if "c" in shapes else {}
        if "y" in shapes:
            given["y"] = rng.dirichlet(np.ones(3), shapes["y"][:-1]) if shapes["y"] else np.array(0.25)
        calls.append((id, given))
    for (id, given), found in zip(calls, run(tmp_path, calls), strict=True):
        wanted = np.asarray(loaded(id)(**given))
        assert np.shape(found) == wanted.shape, found
        assert np.array(found) == pytest.approx(wanted, rel=1e-13, abs=1e-15)


MISFITS = [
    ({"y": [[0, 1]] * 2, "z": [[1, 2]] * 3}, "the leading axes do not fit together: (2) in y, (3) in z"),
    ({"y": [0, 1], "z": [[1, 2], [1, 2, 3]]}, "z[1] has the length 3, not 2"),
    ({"y": [0, 1], "z": [[[1, 2]] * 2, [[1, 2]] * 3]}, "z[1] has the length 3, not 2"),
    ({"y": [0, 1], "z": [[1, 2], 3]}, "z[1] has the length undefined, not 2"),
    ({"y": [[0, 1], [0, -1]], "z": [1, 2]}, "y[1][1] = -1 is not a number at least 0 and at most 1"),
    ({"y": 0.5, "z": [1, 2]}, "y takes arrays 1 deep or deeper, found 0"),
    ({"y": [], "z": []}, "y is empty"),
]


def test_what_does_not_fit_is_refused_in_words(tmp_path):
    found = run(tmp_path, [("softmax.gradient", given) for given, _ in MISFITS])
    assert found == [f"RangeError: {said}" for _, said in MISFITS]
    assert run(tmp_path, [("sigmoid.probability", {"z": []})]) == ["RangeError: z is empty: its leading axes are (0)"]


def test_a_place_that_is_not_there_gives_nan_if_nothing_is_checked(tmp_path):
    calls = [("softmax.hard_gradient", {"c": wrong, "z": [0, 1]}) for wrong in (-1, 2, 0.5)]
    assert run(tmp_path, calls, check=False) == [["NaN", "NaN"]] * 3
    (right,) = run(tmp_path, [("softmax.hard_gradient", {"c": 1, "z": [0, 0]})], check=False)
    assert right == [0.5, -0.5]


def test_labels_may_be_classes(tmp_path):
    z, features = np.random.default_rng(1).normal(size=(4, 3)), np.random.default_rng(2).normal(size=(2, 2, 2))
    classes, several = [0, 2, 1, 1], np.array([[1, 0], [0, 1]])
    layer = {"x": features, "W": np.eye(2)}
    calls = [("softmax.gradient", {"y": classes, "z": z}), ("softmax.cross_entropy", {"y": 2, "z": z[0]}),
             ("softmax.cross_entropy", {"y": classes, "z": z}), ("softmax_regression.gradient", layer | {"y": several}),
             ("temperature.gradient", {"y": classes, "z": z, "T": 2.0}),
             ("softmax_regression.features_gradient", layer | {"y": several})]  # fmt: skip
    for (id, given), found in zip(calls, run(tmp_path, calls), strict=True):
        given = {name: np.asarray(one) for name, one in given.items()}
        assert np.array(found) == pytest.approx(np.asarray(loaded(id)(**given)), rel=1e-13, abs=1e-15), id


def test_what_is_no_class_is_refused_or_nan(tmp_path):
    bad = [("softmax.gradient", {"y": [0, wrong], "z": [[0, 0], [0, 0]]}) for wrong in (-1, 2)]
    bad.append(("softmax.gradient", {"y": 7, "z": [0, 0]}))
    assert run(tmp_path, bad) == [f"RangeError: {said} is not a class from 0 to 1"
                                  for said in ("y[1] = -1", "y[1] = 2", "y = 7")]  # fmt: skip
    assert run(tmp_path, bad, check=False) == [[[-0.5, 0.5], ["NaN"] * 2]] * 2 + [["NaN"] * 2]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("id", "letter", "end"), AT_ENDS)
def test_an_end_that_the_notation_leaves_out_is_the_limit(id, letter, end, tmp_path):
    given = drawn(id) | {letter: np.array(end)}
    wanted = reference(id, given)
    for found in (loaded(id)(**given), *run(tmp_path, [(id, given)])):
        assert np.array(found) == pytest.approx(wanted, rel=1e-14, abs=1e-16)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("id", LESS_MEAN)
def test_a_number_less_its_mean_keeps_its_digits_where_that_is_nearly_the_same(id, tmp_path):
    given = nearly_certain(id)
    wanted = reference(id, given)
    for found in (loaded(id)(**given), *run(tmp_path, [(id, given)])):
        assert np.array(found) == pytest.approx(wanted, rel=1e-13, abs=0)
