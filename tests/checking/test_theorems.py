"""Cited theorems carry formulas that are computed where their conditions hold; a formula copied with an error fails."""

import re
from dataclasses import replace
from math import prod

import pytest
from sympy import Eq, Equivalent, Ge, Integral, Le, Poly, Rational, Sum, expand, factorial, symbols

from derivations import cross_entropy, gradient_bounds, likelihood, log_sum_exp, perplexity, softmax
from derivations.catalogue import catalogue
from derivations.checking.evaluate import value
from derivations.checking.points import Point
from derivations.checking.theorems import sampled
from derivations.engine.entries import Hypothesis, Theorem
from derivations.engine.terms import equation
from derivations.notation import K, d, k, m, n, p, probability, q, v, z

THEOREMS = {id: entry for id, entry in catalogue().items() if entry.kind == "theorem"}
IN_WORDS_ONLY = {
    "logistic_regression.separation": "that no weights have the least loss is about all weights at once",
    "best_weights.separation": "the same, for more classes",
    "likelihood.monotone": "it is about every strictly increasing transform, and a formula has one",
    "temperature.large_temperature": "it is a limit",
    "exponential_family.moments": "it is about every exponential family, and a formula has one",
    "scores.locality": "it is about all scores at once",
    "newton.large_samples": "it is a limit",
    "ridge.unique": "that no other weights have the least loss is about all weights at once",
    "invariance.bijection": "it is about every way to write a model, and a formula has one",
    "invariance.chi_squared": "it is a limit",
    "numerics.central_difference": "it is about any function, and a place that it does not name",
}
A, B = likelihood.A, likelihood.B
ABOUT_SIZES = Theorem("test.sizes", "sizes", "how many there are", "nobody")
POWERS = Integral(probability**A * (1 - probability) ** B, (probability, 0, 1))


def test_which_theorems_are_read_by_people_only():
    assert {id for id, entry in THEOREMS.items() if entry.formula is None} == IN_WORDS_ONLY.keys()
    assert all(isinstance(given, Hypothesis) for entry in THEOREMS.values() for given in entry.conditions)


@pytest.mark.parametrize("id", sorted(THEOREMS.keys() - IN_WORDS_ONLY.keys()))
def test_a_cited_formula_holds_where_it_is_computed(id):
    found = sampled(THEOREMS[id])
    assert found.failure == "" and found.points >= 30


WRONG = {
    "(a + b)! for (a + b + 1)!": (
        likelihood.beta_integral, equation(POWERS, factorial(A) * factorial(B) / factorial(A + B))),
    "a! for b!": (likelihood.beta_integral, equation(POWERS, factorial(A) ** 2 / factorial(A + B + 1))),
    "batches of b for batches of b + 1": (
        perplexity.all_batches,
        equation(perplexity.all_batches.formula.lhs, perplexity.all_batches.formula.rhs * B / (B + 1))),
    "an eigenvalue up to a quarter": (
        log_sum_exp.largest_eigenvalue,
        Le(log_sum_exp.jacobian_form, Sum(v[k] ** 2, (k, 1, K)) / 4)),
    "no eigenvalue below a quarter": (
        log_sum_exp.largest_eigenvalue, Ge(log_sum_exp.jacobian_form, Sum(v[k] ** 2, (k, 1, K)) / 4)),
    "a Lipschitz constant of a tenth": (
        gradient_bounds.lipschitz,
        Le(Sum((softmax.probability(z, k) - softmax.probability(v, k)) ** 2, (k, 1, K)),
           Sum((z[k] - v[k]) ** 2, (k, 1, K)) / 100)),
    "a sum of two for their product": (
        likelihood.multiplying_out,
        equation(Sum(v[k], (k, 1, K)) + Sum(z[k], (k, 1, K)), Sum(v[k] * z[m], (k, 1, K), (m, 1, K)))),
    "one class for both": (
        likelihood.multiplying_out,
        equation(Sum(v[k], (k, 1, K)) * Sum(z[k], (k, 1, K)), Sum(v[k] * z[k], (k, 1, K)))),
    "always": (cross_entropy.gibbs_equality, Eq(cross_entropy.kl_divergence(q, p), 0)),
    "one where they are the same": (
        cross_entropy.gibbs_equality,
        Equivalent(Eq(cross_entropy.kl_divergence(q, p), 1), Eq(q[k], p[k]))),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_formula_copied_with_an_error_fails(name):
    theorem, wrong = WRONG[name]
    assert "does not hold" in sampled(replace(theorem, formula=wrong)).failure


def divisor(words, counts):
    """The divisor that the words name for K classes: the factorial of n, K and a number."""
    sign, number = re.search(r"divided by \(n \+ K ([+−]) (\d)\)!", words).groups()
    return factorial(sum(counts) + len(counts) + int(number) * (1 if sign == "+" else -1))


@pytest.mark.parametrize("counts", [(2, 3), (0, 1), (1, 2, 3), (0, 0, 2), (1, 0, 2, 1)])
def test_the_words_about_many_classes_name_the_right_divisor(counts):
    """The integral over the simplex, one probability after the other, each over what those before it left."""
    letters, found = symbols(f"t:{len(counts) - 1}"), Rational(1)
    for letter, count in zip(letters, counts, strict=False):
        found *= letter**count
    found *= (1 - sum(letters)) ** counts[-1]
    for place in reversed(range(len(letters))):
        found = expand(found)
        found = Poly(found, letters[place]).integrate().as_expr().subs(letters[place], 1 - sum(letters[:place]))
    product = prod(map(factorial, counts))
    assert found == product / divisor(likelihood.beta_integral.says, counts)
    assert found != product / divisor(likelihood.beta_integral.says.replace("K − 1", "K − 2"), counts)


@pytest.mark.parametrize("wrong", [Le(n, 6 * K), Le(n, 3), Ge(6 * n, K), Le(n * d, 420 * K), Le(probability * n, 6 * K),
                                   Ge(Sum(1, (k, 1, K)) * 6, n)], ids=str)  # fmt: skip
def test_sizes_are_tried_far_apart(wrong):
    assert "does not hold" in sampled(replace(ABOUT_SIZES, formula=wrong)).failure


def test_a_condition_on_sizes_is_met():
    more = Hypothesis("more", "there are no more observations than classes", Le(n, K))
    assert sampled(replace(ABOUT_SIZES, formula=Le(n, K))).failure
    found = sampled(replace(ABOUT_SIZES, formula=Le(n, K), conditions=(more,)))
    assert found.failure == "" and found.points >= 30


def test_a_condition_that_is_dropped_is_missed():
    """Without sums of 1, what is called a divergence can be 0 where the two differ, or below 0: the bound fails."""
    claim = Ge(cross_entropy.kl_divergence(q, p), 0)
    assert sampled(replace(cross_entropy.gibbs_equality, formula=claim)).failure == ""
    assert sampled(replace(cross_entropy.gibbs_equality, formula=claim, conditions=())).failure


def test_conditions_that_nothing_meets_are_told():
    never = Hypothesis("never", "no class", Eq(K, 50))
    assert "none meets its conditions" in sampled(replace(cross_entropy.gibbs_equality, conditions=(never,))).failure


def test_a_factorial_is_of_whole_numbers_that_are_not_negative():
    at = Point.of({n: 5, K: -1})
    assert value(factorial(n), at).ball == 120 and value(factorial(n - 5), at).ball == 1
    assert not value(factorial(K), at).ball.is_finite()
    assert value(factorial(n) * Rational(1, 2), at).ball == 60
