"""The modules of JAX and torch keep the digits that their arguments have, as those of NumPy do: where numbers are tiny,
huge, nearly equal or nearly certain, they give what the correctly rounded function gives.
"""

from itertools import islice

import jax
import numpy as np
import pytest
import torch
from coded import VALUES, at_extremes, drawn, loaded, reference, wrong

ARRAYS = {"jax": jax.numpy.asarray, "torch": torch.as_tensor}
TIMES = 3  # arguments that are compared
LOST = ["small_differences.reverse_gradient", "policy.penalty_gradient", "policy.reference_less_mean"]


def given_to(target, given):
    return {name: one if isinstance(one, int) else ARRAYS[target](np.asarray(one)) for name, one in given.items()}


@pytest.mark.sampled(24)
@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", VALUES)
def test_no_digit_is_lost_by_a_library(id, target):
    module = loaded(id, target)
    for given, wanted in islice(at_extremes(id), TIMES):
        found = np.asarray(module(**given_to(target, given)))
        there = wrong(id, found, wanted, given)
        assert not there.any(), f"{found[there]} is not {wanted[there]} at {given}"


@pytest.mark.parametrize("target", ARRAYS)
@pytest.mark.parametrize("id", LOST)
@pytest.mark.parametrize("draw", [41, 70])
def test_a_number_over_itself_is_1_also_where_it_stands_over_all(id, target, draw):
    """XLA multiplies by the inverse of what it spreads over a row: a class over itself was 1 but for a rounding."""
    given = drawn(id, draw, extreme=True)
    found = np.asarray(loaded(id, target)(**given_to(target, given)))
    assert not wrong(id, found, reference(id, given), given).any()
