"""Powers with exponents of any size, and square roots of sums of squares, in NumPy and JavaScript: what the correctly
rounded function gives.
"""

import numpy as np
import pytest
from coded import loaded
from powers import (GAPS, LEAST, NORMS, OF_LOGIT, OF_PROBABILITY, VECTORS, WITHIN, arguments, of_classes, of_gaps,
                    right, truths)  # fmt: skip
from test_javascript import NODE, run, run_files

from derivations.__main__ import main


@pytest.mark.sampled(4)
@pytest.mark.parametrize("id", OF_PROBABILITY + OF_LOGIT)
def test_an_exponent_of_any_size_is_right(id, tmp_path):
    given = arguments(id)
    wanted = pytest.approx(right(id, given), rel=WITHIN, abs=LEAST)
    assert loaded(id)(**given) == wanted
    if NODE:
        (found,) = run(tmp_path, [(id, given)])
        assert np.array(found, dtype=float) == wanted


@pytest.mark.parametrize("focus", [0, 2.0, 1e3, 1e6, 1e17, 1e300])
def test_the_truth_behind_a_report_is_there_where_all_powers_underflow(focus, tmp_path):
    several = list(truths(focus))
    for given, wanted in several:
        assert loaded("focal.truth_of_classes")(**given) == pytest.approx(wanted, rel=WITHIN, abs=LEAST)
    if NODE:
        found = run(tmp_path, [("focal.truth_of_classes", given) for given, _ in several])
        assert np.array(found) == pytest.approx(np.array([wanted for _, wanted in several]), rel=WITHIN, abs=LEAST)


@pytest.mark.parametrize("focus", [1e6, 1e17, 1e300])
def test_an_exponent_of_any_size_is_right_for_many_classes(focus, tmp_path):
    several = list(of_classes(focus))
    for given, wanted in several:
        assert loaded("focal.gradient")(**given) == pytest.approx(wanted, rel=1e-12, abs=LEAST)
    if NODE:
        found = run(tmp_path, [("focal.gradient", given) for given, _ in several])
        assert np.array(found) == pytest.approx(np.array([wanted for _, wanted in several]), rel=1e-12, abs=LEAST)


FAR = np.array([-1e200, -2.0, -1e-200, 0, 1e-9, 3, 1e160, 1e300])


def typed(loss, variable, target, capsys):
    """The module of the derivative of a loss that somebody types."""
    letters = ["--where", "a in R"] if "a^2" in loss else ["--where", "r > 0"] if "r^2" in loss or "/r" in loss else []
    assert main(["gradient", loss, variable, "--code", target, *letters]) == 0
    return capsys.readouterr().out


def slope_found(loss, variable, given, capsys, folder):
    """By NumPy, and by JavaScript if there is a node."""
    space = {}
    exec(compile(typed(loss, variable, "numpy", capsys), "typed.py", "exec"), space)
    yield space["any_loss_gradient"](**given)
    if NODE:
        (folder / "typed.mjs").write_text(typed(loss, variable, "js", capsys), encoding="utf-8")
        yield np.array(run_files(folder, [("typed", "any_loss_gradient", given)])[0], dtype=float)


@pytest.mark.parametrize(("loss", "slope"), [
    ("sqrt(1 + z^2)", lambda z: z / np.hypot(1, z)), ("sqrt(4 + 9*z^2)", lambda z: 9 * (z / np.hypot(2, 3 * z))),
    ("sqrt(a^2 + z^2 + 2)", lambda z: z / np.hypot(np.hypot(3, np.sqrt(2)), z)),
])  # fmt: skip
def test_a_square_root_of_a_sum_of_squares_does_not_overflow(capsys, tmp_path, loss, slope):
    given = {"z": FAR} | ({"a": 3.0} if "a^2" in loss else {})
    for found in slope_found(loss, "z", given, capsys, tmp_path):
        assert found == pytest.approx(slope(FAR), rel=1e-14, abs=0)


@pytest.mark.parametrize(("loss", "slope"), NORMS)
def test_a_norm_does_not_overflow(capsys, tmp_path, loss, slope):
    wanted = np.array([slope(w) for w in VECTORS])
    for found in slope_found(loss, "w[h]", {"w": np.array(VECTORS)}, capsys, tmp_path):
        assert found == pytest.approx(wanted, rel=1e-14, abs=0)


@pytest.mark.parametrize(("loss", "slope"), GAPS)
def test_a_power_less_that_of_one_of_its_terms_keeps_its_digits(capsys, tmp_path, loss, slope):
    given, wanted = of_gaps(loss, slope)
    for found in slope_found(loss, "s", given, capsys, tmp_path):
        assert found == pytest.approx(wanted, rel=1e-12, abs=LEAST)
