"""False in a small region, or by little: near one point, at one whole number, for a bound that a size makes."""

from sympy import FiniteSet, Integer, Max, Rational, S, Sum, exp, log, root, sqrt

from derivations.engine.rules.inequalities import drop_what_is_not_negative
from derivations.engine.terms import member
from derivations.notation import K, k, label, logit, n, probability, scale, shared_interior, shift, z

from .ranges import tiny
from .stating import chain, hypothesis, kind, line

B = "somebody says so"
third = Rational(1, 3)
whole = hypothesis("z is whole", member(logit, S.Integers))
whole_shift = hypothesis("t is whole", member(shift, S.Integers))
positive_whole = hypothesis("z is 1, 2, ...", member(logit, S.Naturals))
listed = hypothesis("z is one of 1000", member(logit, FiniteSet(*range(1, 1001))))
fractions = hypothesis("p is some c/300", member(probability, FiniteSet(*[Rational(c, 300) for c in range(301)])))

NEAR_POINTS = kind(
    "false near one point of several numbers",
    chain("all but 2^-10 around (1, 3)",
          lambda it: it.by(drop_what_is_not_negative,
                           probability * ((logit - 1) ** 2 + (shift - 3) ** 2 - Rational(1, 2) ** 10), because=B),
          label + probability * ((logit - 1) ** 2 + (shift - 3) ** 2 - Rational(1, 2) ** 10), label,
          {label: 0, probability: 1, logit: 1, shift: 3}, relation=">="),
    line("around two roots", (logit**2 - 2) ** 2 + (shift**2 - 3) ** 2, tiny(6), {logit: sqrt(2), shift: sqrt(3)},
         relation=">="),
    line("around two roots and a third", (logit**2 - 2) ** 2 + (shift**2 - 3) ** 2 + (probability - third) ** 2,
         tiny(9), {logit: sqrt(2), shift: sqrt(3), probability: third}, relation=">="),
    line("where two curves meet", (exp(logit) - 5) ** 2 + (logit - shift**2) ** 2, tiny(12),
         {logit: log(5), shift: sqrt(log(5))}, relation=">="),
    line("around the vector of k", Sum((z[k] - k) ** 2, (k, 1, K)), K * tiny(6), {K: 2, z: (1, 2)}, relation=">="),
)

NEAR_IRRATIONAL = kind(
    "false near one irrational number",
    line("a logarithm is not -1", (log(probability) + 1) ** 2, tiny(40), {probability: exp(-1)}, shared_interior,
         relation=">="),
    line("p log p a little above its least", probability * log(probability), tiny(20) - exp(-1),
         {probability: exp(-1)}, shared_interior, relation=">="),
    line("a cube root, four times", (logit**3 - 7) ** 4, tiny(9), {logit: root(7, 3)}, relation=">="),
    line("nothing is left of a logarithm", Max(tiny(6) - (log(probability) + 1) ** 2, 0), 0, {probability: exp(-1)},
         shared_interior),
    line("nothing is left of a square", Max(tiny(6) - (logit**2 - 2) ** 2, 0), 0, {logit: sqrt(2)}),
    line("nothing is left of two", Max(tiny(8) - (exp(logit) - 3) ** 2 - (shift - 7) ** 2, 0), 0,
         {logit: log(3), shift: 7}),
    line("no square is below 10^-9", Max((logit**2 - 7) ** 2, tiny(9)), (logit**2 - 7) ** 2, {logit: sqrt(7)}),
)

WHOLE = kind(
    "false for one whole or listed number",
    line("a square of a square less 30", (logit**2 - 30) ** 2, 26, {logit: 5}, whole, relation=">="),
    line("two roots that are next to 0 and 11", (logit * (logit - 11) - 1) ** 2, 2, {logit: 11}, whole, relation=">="),
    line("nothing is left of 26", Max(26 - (logit**2 - 30) ** 2, 0), 0, {logit: 5}, whole),
    line("a thousand", (logit**2 - 1000001) ** 2, 2, {logit: 1000}, positive_whole, relation=">="),
    line("two whole numbers", (logit**2 - 10) ** 2 + (shift**2 - 50) ** 2, 3, {logit: 3, shift: 7}, whole, whole_shift,
         relation=">="),
    line("one of 1000", (logit - 500) ** 2, 1, {logit: 500}, listed, relation=">="),
    line("a square of one of 1000", Max(1 - (logit**2 - 137**2) ** 2, 0), 0, {logit: 137}, listed),
    line("one of 301 fractions", (probability**2 - Rational(29, 100) ** 2) ** 2, tiny(12),
         {probability: Rational(29, 100)}, fractions, relation=">="),
)

BOUNDS = kind(
    "false beyond a bound that a size makes",
    line("a loss of at most 30 K", -log(probability), 30 * K, {K: 1, probability: tiny(20)}, shared_interior,
         relation="<="),
    line("a loss of at most 40 n", -log(probability), 40 * n, {n: 1, probability: tiny(20)}, shared_interior,
         relation="<="),
    line("a logit of at most 10^(K + 8)", logit, 10 ** (K + 8), {K: 1, logit: 10**10}, relation="<="),
    line("a logit of at least -10^6 n K^4", logit, -(10**6) * n * K**4, {n: 1, K: 1, logit: -(10**7)}, relation=">="),
    line("e^z of at most e^(5000 K^5)", exp(logit), exp(5000 * K**5), {K: 1, logit: 5001}, relation="<="),
    line("a logarithm of softmax of at least -5000 K", z[1] - log(Sum(exp(z[k]), (k, 1, K))), -5000 * K,
         {K: 2, z: (0, 10001)}, relation=">="),
    line("a scale of at least e^(-50 K)", scale, exp(-50 * K), {K: 1, scale: tiny(30)}, relation=">="),
)

HIDDEN = kind(
    "a difference hidden by a large power",
    line("2^(-900 K) more", logit**2 + 2, logit**2 + 2 + Integer(2) ** (-900 * K), {K: 1, logit: 0}),
    line("e^(-600 n K) more", exp(logit), exp(logit) + exp(-600 * n * K), {n: 1, K: 1, logit: 0}),
    line("a part of 2^(-700 n) more", probability, probability * (1 + Integer(2) ** (-700 * n)),
         {n: 1, probability: 1}),
    line("the power 400 more", probability + 2, probability + 2 + (probability / (4 + probability)) ** 400,
         {probability: 1}),
    line("the power 500 K more", probability, probability + (probability / 3) ** (500 * K), {K: 1, probability: 1}),
    line("e^(-900 z^2) more", exp(logit), exp(logit) + exp(-900 * logit**2), {logit: Rational(1, 2)}),
)
