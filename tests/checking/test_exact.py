"""The exact check: what it decides, what it refutes, and what it says it cannot decide."""

import pytest
from sympy import Add, Derivative, Integral, KroneckerDelta, Max, Mul, Product, S, Sum, cos, exp, expand, log, sin

from derivations.catalogue import catalogue
from derivations.checking.check import SEED
from derivations.checking.exact import DIFFERS, EXACT, EXACT_SHAPES, NEEDS_MORE, decide
from derivations.checking.found import decided
from derivations.engine.derivation import derive
from derivations.engine.nodes import Indicator
from derivations.engine.terms import partial
from derivations.notation import (K, i, i_in_range, interior, j, j_in_range, k, k_in_range, l, l_in_range, label,
                                  logit, m, m_in_range, n, p, probability, q, reference_positive, y, z)

ENTRIES = catalogue()
RANGES = i_in_range, j_in_range, k_in_range, l_in_range, m_in_range
DERIVATIONS = [entry for entry in ENTRIES.values() if entry.steps]
# The steps that rational arithmetic does not decide: which ones, by entry. All others are decided exactly.
MORE = {
    "numerics.softplus": {2, 4, 5, 6, 7},  # the larger of two numbers, and halves of exponents
    "numerics.binary_cross_entropy": {2},  # the larger of two numbers
    "numerics.sigmoid_two_sided": {3},  # the same
    "numerics.complement_two_sided": {2},  # the same
    "numerics.cross_entropy_two_sided": {5},  # the same
    "odds.lead_two_sided": {1, 2, 3},  # the same
    "odds.least_weighted": {1},  # logarithms of a sum and a quotient
    "bounded_logits.from_uniform": {8},  # an exponential of a sum of probabilities times logits
    "numerics.third_upper_bound": {7},  # the root of 3
    "numerics.third_lower_bound": {7},  # the same
    "distributions.boundary_limit": {4},  # a power with an exponent that is no whole number
    "entropy.uniform_perplexity": {1},  # an exponential of a sum of logarithms over K
    "likelihood.as_exponential": {1},  # n times an n-th, in an exponent
    "gradient_bounds.sum_of_sizes": {1},  # the size of a difference
    "log_sum_exp.upper_bound": {3},  # K equal exponentials in a logarithm
    "log_sum_exp.upper_bound_reached": {3},  # the same
    "best_weights.flat_probability": {3, 4},  # e^(a + b) for a and b of several terms
    "best_weights.flat_for_classes": {3},  # the same
    "best_weights.surprisal": {3},  # the same, in a logarithm
    "best_weights.lead_form": {4},  # the same
    "best_weights.separation_bound": {1},  # the same
    "logistic_regression.softplus_form": {2},  # log(1 + e^-z) for a logit z of several terms
    "logistic_regression.surprisal": {3},  # the same
    "logistic_regression.margin_form": {1, 2},  # the same
    "temperature.common_factor": {2, 3},  # a factor that cancels in the exponents
    "scores.above_square": {3},  # the fourth root of a probability
    "perplexity.at_most_averaged": {2, 6, 7, 9},  # n times an n-th, in an exponent
    "perplexity.per_byte": {1},  # the logarithm of 2 in an exponent
    "perplexity.from_tokens": {3, 4},  # the same, and n times an n-th
    "invariance.likelihood_maximum": {1},  # the same
    "softmax_regression.loss_shift": {3},  # e^(a + b) in a logarithm, for a and b of several terms
    "ensembles.log_normaliser": {3},  # a mean in an exponent, in a logarithm
    "odds.others_in_lead": {7},  # one fraction in a logarithm
    "odds.unlikelihood_in_logits": {3, 5},  # the same
    "soft_labels.smoothed_gap": {1},  # a fraction in a logarithm, in two forms
}
# Steps below an equation that only the balls can solve: exact fractions meet it by its witness alone.
BY_WITNESS = {
    "numerics.product_bound": {3, 4},
    "numerics.power_bound": {1},
    "bernoulli.stationary_point": {1},
    "categorical.multiplier": {3, 4},
    "categorical.stationary_point": {1, 2},
    "log_sum_exp.upper_bound": {4},
    "log_sum_exp.from_parts": {4},
    "gradient_bounds.flat_only_along_shift": {1},
    "logistic_regression.moment_matching": {1},
    "logistic_regression.mean_probability": {1, 2, 3},
    "softmax_regression.moment_matching": {1},
    "best_weights.flat": {3, 4},
    "best_weights.flat_only": {1},
    "best_weights.flat_probability": {3, 5, 6, 7},
    "best_weights.flat_for_classes": {4, 5},
    "best_weights.flat_only_for_classes": {1},
    "scores.brier_only_at_truth": {1},
    "newton.least_squares": {4, 5},
    "newton.downhill": {4, 5, 6},
    "newton.variance": {2, 3},
    "ridge.posterior_multiplier": {3, 4, 5, 6},
    "ridge.smoothed": {1, 2, 3, 4},
    "bounded_logits.lowest": {1, 2, 3, 4, 5, 7, 8, 9, 10},
    "targets.adjusted_report": {1, 2, 3, 4, 5, 6, 7, 8},
    "perplexity.unbiased": {1, 2, 3, 4, 5, 6, 7},
    "small_differences.divergence": {6},
    "small_differences.gradient": {2},
    "small_differences.less_share": {2},  # the larger of two numbers
}


def claim(left, right, *hypotheses):
    def claimed(expression):
        """Whatever the test says."""
        return right

    return derive("test.claim", "a claim", left).by(claimed, because="a test", using=hypotheses)


@pytest.mark.sampled(12, rest_in="make measure")
@pytest.mark.parametrize("entry", DERIVATIONS, ids=lambda entry: entry.id)
def test_every_equality_is_decided_but_for_those_listed(entry):
    found = decided(entry)  # made once, for the measurements too
    assert found.outcome != DIFFERS, str(found)
    assert {number for number, *_ in found.needs_more} == MORE.get(entry.id, set()) | BY_WITNESS.get(entry.id, set())
    assert found.decided == found.equalities - len(found.needs_more)
    assert found.error_bound < 1e-11
    assert found.comparisons >= len(found.shapes) * found.decided  # nothing is decided that was compared nowhere
    assert found.shapes or not found.equalities


def test_the_sizes_are_all_small_ones():
    every = {(observations, classes) for observations in (1, 2, 3) for classes in (1, 2, 3, 4)}
    assert {(observations, classes) for observations, classes, *_ in EXACT_SHAPES} == every


@pytest.mark.sampled(2)
@pytest.mark.parametrize("id", ["bernoulli.score", "softmax.gradient", "cross_entropy.empirical",
                                "maximum_likelihood.fisher_information"])
def test_another_seed_decides_the_same(id):
    one, other = decide(ENTRIES[id]), decide(ENTRIES[id], seed=SEED + 1)
    assert (one.outcome, one.decided, one.shapes) == (other.outcome, other.decided, other.shapes)
    assert (one.outcome, one.decided) == (EXACT, one.equalities)


soft = Sum(exp(z[k]), (k, 1, K))
TRUE = {
    "log of a product": (log(Product(p[i], (i, 1, n))), Sum(log(p[i]), (i, 1, n))),
    "log of a power": (log(p[i] ** 3), 3 * log(p[i])),
    "log of a quotient": (log(p[i] / q[k]), log(p[i]) - log(q[k])),
    "log of an exponential": (log(exp(z[k])), z[k]),
    "exponential of a sum": (exp(z[k] + z[m]), exp(z[k]) * exp(z[m])),
    "log-sum-exp moves with a shift": (log(Sum(exp(z[k] + logit), (k, 1, K))), logit + log(soft)),
    "a second derivative": (partial(log(soft), z[m], z[l]),
                            exp(z[m]) / soft * (KroneckerDelta(l, m) - exp(z[l]) / soft)),
    "a number in a logarithm": (log(6 * p[i]), log(2) + log(3) + log(p[i])),
    "0 log 0": (KroneckerDelta(l, m) * log(KroneckerDelta(l, m)), S.Zero),
}
FALSE = {
    "sign": (-log(p[i]), log(p[i])),
    "index": (Sum(y[i] * p[i], (i, 1, n)), Sum(y[i] * p[j], (i, 1, n))),
    "factor": (Sum(y[i], (i, 1, n)), Sum(y[i], (i, 1, n)) / n),
    "bound": (Sum(y[i], (i, 1, n)), Sum(y[i], (i, 2, n))),
    "log of a sum": (log(soft), Sum(log(exp(z[k])), (k, 1, K))),
    "exponential of a sum for a sum of exponentials": (log(soft), log(exp(Sum(z[k], (k, 1, K))), evaluate=False)),
    "p and q exchanged": (-Sum(q[k] * log(p[k]), (k, 1, K)), -Sum(p[k] * log(q[k]), (k, 1, K))),
    "label turned round": (y[i] * log(p[i]), (1 - y[i]) * log(p[i])),
    "a captured index": (partial(Sum(log(p[i]), (i, 1, n)), p[j]), Sum(partial(log(p[i]), p[i]), (i, 1, n))),
    "diagonal only": (Derivative(exp(z[m]) / soft, z[l]),
                      exp(z[m]) / soft * (1 - exp(z[l]) / soft) * KroneckerDelta(l, m)),
    "log-sum-exp is not invariant": (log(Sum(exp(z[k] + logit), (k, 1, K))), log(soft)),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_is_true_is_decided(name):
    found = decide(claim(*TRUE[name], *RANGES, interior, reference_positive))
    assert (found.outcome, found.decided) == (EXACT, 1), str(found)


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_refuted_and_the_step_is_named(name):
    found = decide(claim(*FALSE[name], *RANGES))
    assert found.outcome == DIFFERS and "step 1 (claimed) of test.claim" in found.failure


@pytest.mark.parametrize(("expression", "reason"),
                         [(Max(logit, -logit), "a largest number"), (Integral(label, (label, 0, 1)), "an integral")])
def test_what_rational_arithmetic_does_not_reach_is_said_and_not_passed(expression, reason):
    found = decide(claim(p[i] * (expression + p[j]), p[i] * expression + p[i] * p[j]))
    assert (found.outcome, found.decided) == (NEEDS_MORE, 0)
    assert found.needs_more == ((1, "claimed", reason),)


def test_a_true_relation_that_is_not_built_in_is_not_passed():
    factors = [probability - label, probability + label, probability - logit]
    found = decide(claim(log(expand(Mul(*factors))), Add(*map(log, factors))))
    assert (found.outcome, found.decided) == (NEEDS_MORE, 0) and "a relation between logarithms" in str(found)


@pytest.mark.parametrize(("function", "named"), [
    (sin, "a sine"), (cos, "a cosine"), (Indicator, "an order of numbers"),
])  # fmt: skip
def test_it_says_that_it_does_not_know_a_sine_nor_an_indicator(function, named):
    def collected(expression):
        """a y + a (1 - y) = a."""
        return function(logit)

    start = function(logit) * label + function(logit) * (1 - label)
    found = decide(derive("test.beyond", "beyond", start).by(collected, because="a test"))
    assert found.outcome == NEEDS_MORE and [reason for *_, reason in found.needs_more] == [named]
