"""Every module of NumPy keeps the digits that its arguments have: where numbers are tiny, huge, nearly equal or nearly
certain, it gives what the correctly rounded function gives, as exactly as the arguments are known.
"""

import numpy as np
import pytest
from coded import ENTRIES, VALUES, check_digits, drawn, loaded, reference, wrong

TIMES = 4  # arguments that are compared
# Entries that are a difference or a quotient as written: draws at which that has lost its digits, and a form has not.
CANCELLING = {
    "softmax.entropy_gradient": 11, "log_sum_exp.mean_gap": 11, "log_sum_exp.trace": 1,
    "exponential_family.hessian": 4, "scores.of_hard_label": 18, "weights.binary_attained": 1,
    "numerics.third_derivative": 11, "small_differences.gap": 1,
    "averages.mixture_entropy_gradient": 17, "averages.softmax_difference": 11,
    "bounded_logits.from_uniform": 11, "small_differences.power_gap": 22,
    "softmax_regression.variance": 15, "averages.log_difference": (5, 12, 55, 59, 84, 112, 116, 180),
    "squared_error.mean_error_slope": 16, "squared_error.hessian": 16,
    "numerics.gradient_beside": (346, 347), "newton.fractions": 33,
    "newton.gradient_over_curvature": 33, "newton.ratio_in_logit": 33,
    "newton.error_split": 2, "newton.response_in_logit": 351, "maximum_likelihood.free_score": 57,
    "targets.divided_loss": 15, "small_differences.targets_gradient": (23, 28, 33),
    "small_differences.brier_gradient": (23, 32), "multilabel.likelihood": 37,
    "odds.unlikelihood_by_odds": 23, "small_differences.reverse_gradient": (16, 23, 39, 48),
    "policy.penalty_gradient": (40, 49), "policy.reference_less_mean": (23, 62),
    "small_differences.log_ratio_less_mean": (23, 39, 49, 7, 8, 12, 34, 55, 58, 84, 99, 116),
    "averages.gradient": (99, 143, 232), "averages.jensen_shannon": (242, 273), "small_differences.of_first": 242,
    "small_differences.log_ratio": 242, "small_differences.gradient": (204, 228, 229),
    "invariance.ratio": (124, 249, 273), "maximum_likelihood.observed_information": 249,
    "small_differences.in_exponentials": (10, 27, 30, 285), "weights.binary_as_cross_entropy": (41, 82),
}  # fmt: skip
# Labels and shares that are exactly 0 or 1 take no digits away.
EXACT = [
    ("weights.binary_report", {"y": 1.0, "ω": 1e-8}, 1), ("weights.binary_report", {"y": 0.0, "ω": 1e-8}, 0),
    ("preferences.conservative_gradient", {"z": -361.0, "ε": 1.0}, np.exp(-361)),
    ("preferences.conservative_gradient", {"z": 361.0, "ε": 0.0}, -np.exp(-361)),
]
DRAWS = [(id, draw) for id, draws in CANCELLING.items() for draw in np.ravel(draws)]


@pytest.mark.parametrize(("id", "given", "wanted"), EXACT, ids=str)
def test_what_is_exact_takes_no_digit_away(id, given, wanted):
    assert loaded(id)(**given) == pytest.approx(wanted, rel=1e-14, abs=0)


@pytest.mark.sampled(24)
@pytest.mark.parametrize("id", VALUES)
def test_no_digit_is_lost_that_the_arguments_have(id):
    module = loaded(id)
    check_digits(id, lambda given: module(**given), TIMES)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("id, draw", DRAWS, ids=str)
def test_a_form_keeps_what_a_difference_loses(id, draw):
    given = drawn(id, draw, extreme=True)
    found, wanted = np.asarray(loaded(id)(**given)), reference(id, given)
    assert not wrong(id, found, wanted, given).any(), f"{found} is not {wanted} at {given}"


@pytest.mark.parametrize("id", ["softmax.entropy_gradient", "log_sum_exp.mean_gap", "log_sum_exp.trace"])
@pytest.mark.parametrize("end", [-np.inf, np.inf])
def test_forms_have_the_value_of_a_logit_that_is_infinite(id, end):
    given = np.array([1.0, 0.5, end, 0.0])
    near = np.where(np.isinf(given), np.sign(given) * 600, given)
    assert loaded(id)(z=given) == pytest.approx(loaded(id)(z=near), rel=1e-12, abs=1e-200)


def test_what_is_named_here_has_a_value():
    assert {*CANCELLING} <= {*VALUES} <= {*ENTRIES}
