"""The modules of JAX and torch keep the digits that their arguments have, as those of NumPy do: where numbers are tiny,
huge, nearly equal or nearly certain, they give what the correctly rounded function gives.
"""

import numpy as np
import pytest
from arrays import ARRAYS, converted
from coded import VALUES, check_digits, drawn, loaded, reference, wrong

LOST = ["small_differences.reverse_gradient", "policy.penalty_gradient", "policy.reference_less_mean"]


@pytest.mark.sampled(24)
@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", VALUES)
def test_no_digit_is_lost_by_a_library(id, target):
    module = loaded(id, target)
    check_digits(id, lambda given: module(**converted(target, given)), times=3)


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", LOST)
@pytest.mark.parametrize("draw", [41, 70])
def test_a_number_over_itself_is_1_also_where_it_stands_over_all(id, target, draw):
    """XLA multiplies by the inverse of what it spreads over a row: a class over itself was 1 but for a rounding."""
    given = drawn(id, draw, extreme=True)
    found = np.asarray(loaded(id, target)(**converted(target, given)))
    assert not wrong(id, found, reference(id, given), given).any()
