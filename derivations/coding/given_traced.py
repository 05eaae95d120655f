"""What modules of JAX and torch have in the place of functions of `given`: nothing here asks what a number is."""

import numpy as np


def traced_weighted(weight, value):
    """A product in which a weight of 0 counts for nothing, also beside what is infinite."""
    return np.where(weight == 0, 0, weight * value)


def traced_exp_of_difference(gap, one, other):
    """The exponential of one less other: of the gap between them, which is rounded, times 1 plus what rounding left."""
    part = gap - one
    left = (one - (gap - part)) - (other + part)
    whole = np.exp(gap)
    return whole + whole * np.where(np.isfinite(left), left, 0)


def log1p_below(x):
    """log(1 + x) of an x that may be below 0, where XLA's log1p loses digits: 1 + x is exact below -1/2, and nearly so
    up to -1/4.
    """
    return np.where(x < -1 / 4, np.log(1 + x), np.log1p(x))
