"""What modules of JAX and torch have in the place of the same names in `given`: nothing here asks what a number is."""

import numpy as np


def weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite."""
    return np.where(weight == 0, 0, weight * value)


def exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left."""
    part = gap - one
    left = (one - (gap - part)) - (other + part)
    whole = np.exp(gap)
    return whole + whole * np.where(np.isfinite(left), left, 0)
