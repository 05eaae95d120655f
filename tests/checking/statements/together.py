"""False only where several numbers are special together: all 0, all alike, all far or near an end."""

from sympy import Ge, Lt, Max, Rational, Sum, log

from derivations.engine.rules.derivatives import derivative_of_power
from derivations.engine.rules.logarithms import log_of_factors
from derivations.engine.terms import partial
from derivations.notation import (K, a, d, f, i, k, label, logit, m, m_in_range, model_sums,
                                  n, p, penalty, probability, q, reference_sums, scale, share, shift, v, w, y, z)

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
half, quarter, tiny = Rational(1, 2), Rational(1, 4), Rational(1, 10**21)
below = 1 - Rational(1, 10**6)
weights, logits = Sum(w[f] ** 2, (f, 1, d)), Sum(z[k] ** 2, (k, 1, K))
spread = Sum((y[i] - Sum(y[i], (i, 1, n)) / n) ** 2, (i, 1, n))
several = hypothesis("several observations", Ge(n, 2))
three = hypothesis("at least three classes", Ge(K, 3))


def over_itself(number):
    """1/s = (1 + s)/s - 1: false where s is 0, and nowhere else."""
    return 1 / number, (1 + number) / number - 1


from_uniform = Sum((q[k] - 1 / K) ** 2, (k, 1, K))

ZERO = kind(
    "no value where all entries are 0",
    line("shares of squared weights", Sum(w[f] ** 2 / weights, (f, 1, d)), 1, {d: 2, w: (0, 0)}),
    line("one share is at most 1", logit**2 / (logit**2 + logits), 1, {K: 2, logit: 0, z: (0, 0)}, relation="<="),
    chain("the logarithm of a sum of squares, scaled", lambda it: it.by(log_of_factors, because=B),
          log(logits * penalty), log(logits) + log(penalty), {K: 2, z: (0, 0), penalty: 1}),
    chain("the slope of the length of logits", lambda it: it.by(derivative_of_power, because=B, using=m_in_range),
          partial((logits + shift**2) ** half, z[m]),
          half * (logits + shift**2) ** -half * partial(logits + shift**2, z[m]),
          {K: 2, m: 1, z: (0, 0), shift: 0}, m_in_range),
    line("weights that are not negative", Sum(a[k] / Sum(a[m], (m, 1, K)), (k, 1, K)), 1, {K: 2, a: (0, 0)}),
)

ALIKE = kind(
    "no value where several are equal",
    line("two distributions", *over_itself(Sum((p[k] - q[k]) ** 2, (k, 1, K))),
         {K: 2, p: (half, half), q: (half, half)}, model_sums, reference_sums),
    line("two vectors of logits, and weights", *over_itself(Sum((z[k] - v[k]) ** 2, (k, 1, K)) + (logit - shift) ** 2),
         {K: 2, z: (1, 2), v: (1, 2), logit: 3, shift: 3}),
    line("the uniform distribution", *over_itself(from_uniform), {K: 4, q: (quarter,) * 4}, reference_sums, three),
    line("labels without a spread", *over_itself(spread), {n: 2, y: (half, half)}, several),
    line("two numbers at one number", *over_itself((logit - 3) ** 2 + (shift - 3) ** 2), {logit: 3, shift: 3}),
)

FAR = kind(
    "false where several are far, tiny, or near an end",
    line("both beyond 6", Max(z[1] - 6, 0) * Max(shift - 6, 0), 0, {K: 2, z: (7, 0), shift: 7}),
    line("both below -6", Max(-logit - 6, 0) * Max(-shift - 6, 0), 0, {logit: -7, shift: -7}),
    line("one up, one down", Max(logit - 7, 0) * Max(-shift - 7, 0) + Max(-logit - 7, 0) * Max(shift - 7, 0), 0,
         {logit: 8, shift: -8}),
    line("tiny squared, and tiny", scale * penalty, Rational(1, 10**41), {scale: tiny, penalty: tiny}, relation=">="),
    line("the smaller of two", Max(scale, penalty), tiny * 10, {scale: tiny, penalty: tiny}, relation=">="),
    line("three near 1", label + probability + share, 3 - Rational(1, 10**5),
         {label: below, probability: below, share: below}, hypothesis("y is below 1", Lt(label, 1)),
         hypothesis("p is below 1", Lt(probability, 1)), hypothesis("share below 1", Lt(share, 1)), relation="<="),
)
