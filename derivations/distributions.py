"""Distributions: what a model answers with, what happens at the ends, and how surprising one outcome is.

A distribution over K classes is a list of K numbers that are not negative and sum to 1. The surprisal of an outcome of
probability p is -log p; it is shown to be no less than 0, to fall with p, to add up, and to count for nothing where p
times it is averaged and p is 0.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Contains, Interval, Mul, Pow, S, Sum, log, sqrt

from .engine.derivation import derive
from .engine.entries import Convention, define
from .engine.rules.algebra import distribute
from .engine.rules.definitions import fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_coordinate, derivative_of_logarithm, linearity_of_derivative
from .engine.rules.inequalities import drop_what_is_not_negative, log_below_tangent, minus_log_above_tangent
from .engine.rules.logarithms import log_of_factors, log_of_quotient, log_relative_to
from .engine.terms import equation, partial
from .notation import K, i, j, k, p, probability, q, i_in_range, j_in_range, supposed

# --- What a distribution is ---
simplex = Convention(
    "distributions.simplex", "the simplex",
    (Contains(q[k], Interval(0, 1)), equation(Sum(q[k], (k, 1, K)), 1)),
    meaning="a distribution over K classes: no number is negative, and their sum is 1",
)

# --- What a model gives ---
model = Convention(
    "distributions.model", "a model",
    (Contains(p[i, k], Interval(0, 1)), equation(Sum(p[i, k], (k, 1, K)), 1)),
    meaning="for the input of each observation a model gives one distribution over the classes",
)

# --- How surprising an outcome is ---
surprisal = define(
    "distributions.surprisal", "surprisal", "I", (probability,), -log(probability),
    meaning="how surprising an outcome of probability p is, in nats",
)

possible = supposed("positive probability", Contains(probability, Interval.Lopen(0, 1)))
all_possible = supposed("positive probabilities", Contains(p[i], Interval.Lopen(0, 1)))

not_negative = (
    derive("distributions.not_negative", "a surprisal is never negative", surprisal(probability))
    .by(unfold, surprisal, using=possible, because="this is its definition; a positive probability has a logarithm")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
    .by(drop_what_is_not_negative, 1 - probability, because="no probability exceeds 1")
)

rarer_is_more_surprising = (
    derive("distributions.rarer_is_more_surprising", "the rarer an outcome, the greater its surprisal",
           partial(surprisal(probability), probability))
    .by(unfold, surprisal, using=possible, because="this is its definition; a positive probability has a logarithm")
    .by(linearity_of_derivative, because="the sign stands before the derivative as well")
    .by(derivative_of_logarithm, because="the derivative of a logarithm is 1 over its argument")
    .by(derivative_of_coordinate, because="the variable has the derivative 1")
)

surprisals_add = (
    derive("distributions.surprisals_add", "surprisals of independent outcomes add", surprisal(p[i] * p[j]))
    .by(unfold, surprisal, using=(all_possible, i_in_range, j_in_range),
        because="this is its definition; a product of positive probabilities has a logarithm")
    .by(log_of_factors, because="the logarithm of a product is the sum of the logarithms")
    .by(fold, surprisal, p[i], because="this is the surprisal of one outcome")
    .by(fold, surprisal, p[j], because="and this is that of the other")
)

reciprocal = (
    derive("distributions.reciprocal", "surprisal is the logarithm of 1 over the probability", log(1 / probability))
    .by(log_of_quotient, using=possible,
        because="the logarithm of a quotient is a difference, and the logarithm of 1 is 0")
    .by(fold, surprisal, probability, because="this is the surprisal")
)

# --- What happens at probability 0 ---
boundary = Convention(
    "distributions.boundary", "at probability 0: 0 log 0 counts as 0",
    (equation(Mul(0, log(0, evaluate=False), evaluate=False), 0),
     equation(Pow(0, 0, evaluate=False), 1),
     equation(Mul(-1, log(0, evaluate=False), evaluate=False), S.Infinity)),
    meaning="what has no weight counts for nothing, an empty product is 1, and the impossible is infinitely surprising",
)

boundary_limit = (
    derive("distributions.boundary_limit", "what is never seen counts for nothing: p log p near 0",
           probability * surprisal(probability))
    .by(recognise, reciprocal, because="surprisal is the logarithm of 1 over the probability")
    .by(log_relative_to, 1 / probability, 1 / sqrt(probability),
        because="a number is the square of its root, so the logarithm is twice that of the root")
    .by(log_below_tangent,
        because="a logarithm is at most its tangent at 1; here u is 1 over the root of the probability")
    .by(distribute, because="multiply out")
)
