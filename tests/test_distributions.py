"""Distributions: the surprisal against SciPy, and the conventions at the ends against what SciPy and Python agreed
upon.
"""

import numpy as np
import pytest
from oracles import at, slope
from scipy.special import entr, rel_entr, xlogy
from scipy.stats import rv_discrete

from derivations import distributions
from derivations.functions import function
from derivations.writing.typeset import plain, statement

ORACLES = {
    "distributions.surprisal": ("p", lambda p: entr(p) / p),
    "distributions.not_negative": ("", lambda: entr(1.0)),
    "distributions.rarer_is_more_surprising": ("p", lambda p: slope(lambda p: -np.log(p), p)),
    "distributions.surprisals_add": ("p[n] i j", lambda p, i, j: -np.log(at(p, i) * at(p, j))),
    "distributions.reciprocal": ("p", lambda p: np.log(1 / p)),
    "distributions.boundary_limit": ("p", lambda p: 2 * p**0.5 - 2 * p),
}


def test_the_conventions_are_those_of_scipy_and_python():
    assert plain_statements(distributions.boundary) == "0 log 0 = 0,  0⁰ = 1,  −log 0 = ∞"
    assert entr(0) == xlogy(0, 0) == 0 and 0.0**0 == 1 and rel_entr(0.5, 0) == np.inf and rel_entr(0, 0.5) == 0


def plain_statements(convention):
    return statement(convention, plain)


def test_the_simplex_is_what_scipy_takes_for_a_distribution():
    assert plain_statements(distributions.simplex) == "0 ≤ qₖ ≤ 1,  ∑ₖ₌₁ᴷ qₖ = 1"
    assert rv_discrete(values=([1, 2, 3], [0.2, 0.5, 0.3])).pmf([1, 2, 3]).sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="sum of provided pk is not 1"):
        rv_discrete(values=([1, 2, 3], [0.2, 0.5, 0.4]))


def test_a_fair_coin_surprises_by_one_bit_and_certainty_not_at_all():
    assert function(distributions.surprisal)(p=0.5) / np.log(2) == pytest.approx(1)
    assert function(distributions.surprisal)(p=1) == 0


@pytest.mark.parametrize("p", [1e-300, 1e-20, 1e-6, 0.01, 0.3, 1 / np.e, 0.9, 1.0])
def test_p_times_its_surprisal_is_squeezed_to_0(p):
    assert 0 <= entr(p) <= function(distributions.boundary_limit)(p=p) <= 2 * np.sqrt(p)


def test_the_bound_is_one_step_of_the_tangent():
    assert [step.rule for step in distributions.boundary_limit.steps if step.relation == "<="] == ["log_below_tangent"]
