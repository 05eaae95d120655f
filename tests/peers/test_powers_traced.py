"""Powers with exponents of any size, and square roots of sums of squares, in JAX and torch: as the correctly rounded
function has them; and their own derivatives, as the printed gradient has them.
"""

import jax
import numpy as np
import pytest
import torch
from coded import loaded
from powers import LEAST, OF_LOGIT, OF_PROBABILITY, WITHIN, arguments, of_classes, right
from test_slopes_at_ends import slopes

from derivations.__main__ import main

MADE = {"jax": jax.numpy.asarray, "torch": lambda one: torch.as_tensor(np.asarray(one))}


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize("id", OF_PROBABILITY + OF_LOGIT)
def test_an_exponent_of_any_size_is_right(id, target):
    given = arguments(id)
    found = loaded(id, target)(**{name: MADE[target](one) for name, one in given.items()})
    assert np.asarray(found) == pytest.approx(right(id, given), rel=WITHIN, abs=LEAST)


@pytest.mark.parametrize("target", MADE)
@pytest.mark.parametrize("focus", [1e6, 1e17, 1e300])
def test_an_exponent_of_any_size_is_right_for_many_classes(focus, target):
    for given, wanted in of_classes(focus):
        found = loaded("focal.gradient", target)(**{name: MADE[target](one) for name, one in given.items()})
        assert np.asarray(found) == pytest.approx(wanted, rel=1e-12, abs=LEAST)


@pytest.mark.parametrize("target", MADE)
def test_the_slope_of_such_a_power_is_the_printed_one(target):
    given = arguments("focal.fall")
    found = slopes(target, loaded("focal.focal_loss", target), given, "p")
    assert found == pytest.approx(right("focal.fall", given), rel=1e-9, abs=LEAST)


FAR = [-1e200, -2.0, -1.0, -1e-200, 0, 1e-9, 1, 3, 1e160, 1e300]


@pytest.mark.parametrize("target", MADE)
def test_a_square_root_of_a_sum_of_squares_has_its_slopes(target, capsys):
    """Also of the second order, and where the squares are equal."""
    assert main(["gradient", "sqrt(1 + z^2)", "z", "--code", target]) == 0
    space, z = {}, np.array(FAR)
    exec(compile(capsys.readouterr().out, "typed.py", "exec"), space)
    gradient = space["any_loss_gradient"]
    assert np.asarray(gradient(MADE[target](z))) == pytest.approx(z / np.hypot(1, z), rel=1e-14, abs=0)
    assert slopes(target, gradient, {"z": z}, "z") == pytest.approx(np.hypot(1, z) ** -3.0, rel=1e-9, abs=1e-150)
