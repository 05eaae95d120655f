"""False of whole numbers: a range with a step, half of a size, a large power; and of the numbers e and pi."""

from sympy import E, KroneckerDelta, Lt, Range, S, Sum, exp, oo, pi

from derivations.engine.terms import member
from derivations.notation import K, i, label, logit, m, n, scale

from .stating import hypothesis, kind, line

odd = hypothesis("m is an odd class", member(m, Range(1, K + 1, 2)))
even = hypothesis("n is even", member(n, Range(2, oo, 2)))
to_4 = hypothesis("z is one of 0 to 4", member(logit, Range(0, 5)))
whole = hypothesis("the scale is whole", member(scale, S.Integers))
below_pi = hypothesis("z is below pi", Lt(logit, pi))

RANGES = kind(
    "a range of numbers, or one with a step",
    line("an odd class is not the third", KroneckerDelta(m, 3), 0, {K: 3, m: 3}, odd),
    line("an odd class is the first", m, 1, {K: 3, m: 3}, odd, relation="<="),
    line("0 to 3", logit * (logit - 1) * (logit - 2) * (logit - 3), 0, {logit: 4}, to_4),
    line("1 to 4", logit, 1, {logit: 0}, to_4, relation=">="),
    line("a whole scale is at least 2", scale, 2, {scale: 1}, whole, relation=">="),
)

HALVES = kind(
    "a sum up to half of a size",
    line("of any size", Sum(logit, (i, 1, n / 2)), n * logit / 2, {n: 1, logit: 1}),
    line("of an even size, and half a term", Sum(logit, (i, 1, n / 2)), (n + 1) * logit / 2, {n: 2, logit: 1}, even),
    line("of the classes", Sum(logit, (i, 1, n)), 2 * Sum(logit, (i, 1, n / 2)), {n: 3, logit: 1}),
)

CONSTANTS = kind(
    "the numbers e and pi",
    line("pi is 22/7", pi * logit, 22 * logit / 7, {logit: 1}),
    line("e is 3 to the logarithm of 3", exp(exp(logit)) * E, exp(exp(logit) + 3), {logit: 0}),
    line("below pi is below e", logit, E, {logit: 3}, below_pi, relation="<="),
)

POWERS = kind(
    "a power with many digits",
    line("and one more", (logit + 1) ** (10**7), (logit + 1) ** (10**7) + 1, {logit: 0}),
    line("of a label", label ** (10**7), 0, {label: 1}),
)
