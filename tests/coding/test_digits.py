"""Every module of NumPy keeps the digits that its arguments have: where numbers are tiny, huge, nearly equal or nearly
certain, it gives what the correctly rounded function gives, as exactly as the arguments are known.

Where the result itself is the difference of two numbers, as p - y is, no digits may be left of it: for the entries that
are named here, with what they are the difference of, the error is measured against the largest of the arguments.
"""

from itertools import islice

import numpy as np
import pytest
from coded import ENTRIES, VALUES, drawn, loaded, moved, reference

TIMES, AGAIN, MOST = 4, 5, 40  # arguments that are compared; how often each is moved; how many are tried
RELATIVE, ABSOLUTE, UNDERFLOWN = 1e-12, 1e-13, 1e-300
DIFFERENCES = {
    "an entropy and a surprisal": ["softmax.entropy_gradient"],
    "the logarithm of K and an entropy": ["log_sum_exp.mean_gap"],
    "a number and its mean": ["log_sum_exp.variance", "small_differences.gap", "exponential_family.hessian",
                              "exponential_family.covariance", "exponential_family.product_form",
                              "temperature.variance", "temperature.product_form"],
    "1 and a sum of squares": ["log_sum_exp.trace"],
    "1 and a probability": ["maximum_likelihood.rest", "scores.of_hard_label", "soft_labels.as_one_fraction",
                            "soft_labels.two_conventions"],
    "two losses": ["averages.mixture_entropy_gradient", "averages.minus_cross_entropy", "weights.binary_attained",
                   "numerics.third_derivative"],
}
# No number is better than a wrong one: these stand on the way to others, which are computed in another way.
MAY_BE_NAN = {"newton.error_split", "numerics.gradient_beside", "small_differences.in_exponentials"}


def compared(id):
    """What a module gives and what is right, at arguments that the hypotheses of the entry allow."""
    module = loaded(id)
    for seed in range(MOST):
        given = drawn(id, seed, extreme=True)
        try:
            wanted = reference(id, given)
        except (AssertionError, ValueError):
            continue
        yield np.asarray(module(**given)), wanted, given


def wrong(id, found, wanted, given):
    """Where a module is wrong by more than moving the arguments a little explains."""
    with np.errstate(all="ignore"):
        allowed = RELATIVE * abs(wanted) + UNDERFLOWN
        if any(id in some for some in DIFFERENCES.values()):
            allowed += ABSOLUTE * max([1.0, *(np.max(np.abs(one)) for one in given.values())])
        right = (found == wanted) | np.isnan(wanted) | (abs(found - wanted) <= allowed)
        for again in range(AGAIN * (not right.all())):
            try:
                apart = abs(reference(id, moved(id, given, np.random.default_rng(again))) - wanted)
            except (AssertionError, ValueError):
                continue
            right |= abs(found - wanted) <= 10 * apart
    return ~(right | np.isnan(found)) if id in MAY_BE_NAN else ~right


@pytest.mark.sampled(30)
@pytest.mark.parametrize("id", VALUES)
def test_no_digit_is_lost_that_the_arguments_have(id):
    looked_at = 0
    for found, wanted, given in islice(compared(id), TIMES):
        there = wrong(id, found, wanted, given)
        assert not there.any(), f"{found[there]} is not {wanted[there]} at {given}"
        looked_at += 1
    assert looked_at


def test_every_difference_is_one():
    named = [id for some in DIFFERENCES.values() for id in some]
    assert len(named) == len(set(named)) and {*named, *MAY_BE_NAN} <= {*VALUES} <= {*ENTRIES}
