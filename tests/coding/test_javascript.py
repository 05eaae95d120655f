"""The JavaScript modules, run by node: against the NumPy modules, which are held against the functions."""

import json
import shutil
import subprocess

import numpy as np
import pytest
from coded import ENTRIES, VALUES, drawn, loaded

from derivations.coding.module import code_of

NODE = shutil.which("node") or shutil.which("nodejs")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed: nothing runs JavaScript")
RUN = """
import * as fs from "node:fs";
for (const [id, name, given] of JSON.parse(fs.readFileSync(0, "utf8"))) {
  const module = await import(`./${id}.mjs`);
  let found;
  try { found = module[name](given); } catch (error) { found = `${error.name}: ${error.message}`; }
  console.log(JSON.stringify([id, found], (_, one) => (Object.is(one, Infinity) ? "Infinity" : one)));
}
"""


def run(folder, calls):
    """What the modules of some entries give, in the order of the calls."""
    for id in {id for id, _ in calls}:
        (folder / f"{id}.mjs").write_text(code_of(ENTRIES[id], "js"), encoding="utf-8")
    (folder / "run.mjs").write_text(RUN, encoding="utf-8")
    asked = [[id, id.replace(".", "_"), {name: np.asarray(one).tolist() for name, one in given.items()}]
             for id, given in calls]  # fmt: skip
    done = subprocess.run([NODE, "run.mjs"], cwd=folder, input=json.dumps(asked), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)[1] for line in done.stdout.splitlines()]


def test_every_module_gives_what_the_numpy_module_gives(tmp_path):
    calls = [(id, drawn(id)) for id in VALUES]
    found = run(tmp_path, calls)
    assert len(found) == len(VALUES) > 250
    for (id, given), one in zip(calls, found):
        wanted = np.asarray(loaded(id)(**given))
        assert np.shape(one) == wanted.shape, id
        assert np.array(one) == pytest.approx(wanted, rel=1e-12, abs=1e-14), id


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
    assert other == "RangeError: z has the length 3, not 2, or is empty"
