"""False where a hypothesis leads away from what is usual: from small sizes, from small numbers, from mere chance."""

from sympy import Eq, Ge, Gt, Integral, KroneckerDelta, Lt, Max, Product, Rational, Sum, log

from derivations.engine.nodes import Indicator
from derivations.engine.terms import equation, partial
from derivations.notation import (K, i, k, label, logit, model_sums, n, p, probability, r, scale, seen, shift, v,
                                  y, z)

from .stating import hypothesis, kind, line

half = Rational(1, 2)
three = hypothesis("at least three classes", Ge(K, 3))
seven = hypothesis("seven classes", Eq(K, 7, evaluate=False))
four = hypothesis("at least four observations", Ge(n, 4))
t_is_0 = hypothesis("t is 0", equation(shift, 0))
t_is_1 = hypothesis("t is 1", equation(shift, 1))
beyond_100 = hypothesis("z is beyond 100", Gt(logit, 100))
t_beyond_100 = hypothesis("t is beyond 100", Gt(shift, 100))
below_40 = hypothesis("every z_k is below -40", Lt(z[k], -40))
v_above_40 = hypothesis("every v_k is above 40", Gt(v[k], 40))
large = 10**200


def over_itself(number):
    """1/s = (1 + s)/s - 1: false where s is 0, and nowhere else."""
    return 1 / number, (1 + number) / number - 1


def between(number, low, high):
    """0 but between two numbers."""
    return Max(number - low, 0) * Max(high - number, 0)


HALFWAY = kind(
    "the slope of an integral in the middle of which an exponent is 0",
    line("a power of t, from -1 to 1", partial(Integral(scale**logit, (logit, -1, 1)), scale), 0, {scale: 2}),
    line("a power of t, shifted", partial(Integral(scale ** (probability - half), (probability, 0, 1)), scale), 0,
         {scale: 2}),
    line("a power of 1 + t, from 1 to 3", partial(Integral((1 + scale) ** (2 * logit - 4), (logit, 1, 3)), scale), 0,
         {scale: 2}),
)

RULED_OUT = kind(
    "false at one number, where the smallest sizes are ruled out",
    line("at most 5, for three classes", logit, 5, {K: 3, logit: 6}, three, relation="<="),
    line("never beyond 5, for three classes", K * Max(logit - 5, 0), 0, {K: 3, logit: 6}, three),
    line("a product that is 3, for three classes", *over_itself(z[1] * z[2] - 3), {K: 3, z: (1, 3, 0)}, three),
    line("twice a number is 7, for four observations", *over_itself(n * (2 * logit - 7)), {n: 4, logit: 3 + half},
         four),
    line("at most 5, for seven classes", K * Max(shift - 5, 0), 0, {K: 7, shift: 6}, seven),
)

ABOVE = kind(
    "false for another size above the least that is admitted, of what has entries",
    line("fewer classes than observations", Max(K - n, 0) * Sum(y[i], (i, 1, n)), 0, {n: 4, K: 5, y: (1,) * 4}, four),
    line("as many classes as observations", Indicator(K - n + 1) * Indicator(n - K + 1) * Sum(y[i], (i, 1, n)), 0,
         {n: 4, K: 4, y: (1,) * 4}, four),
)

MANY_ENTRIES = kind(
    "false for many entries that are special together",
    line("labels that sum to 8 at most", Sum(y[i], (i, 1, n)), 8, {n: 9, y: (1,) * 9}, relation="<="),
    line("nothing of labels beyond 8", Max(Sum(y[i], (i, 1, n)) - 8, 0), 0, {n: 9, y: (1,) * 9}),
    line("the squares of 14 classes", Sum(p[k] ** 2, (k, 1, K)), Rational(1, 13), {K: 14, p: (Rational(1, 14),) * 14},
         model_sums, relation=">="),
    line("the entropy of 14 classes", Sum(p[k] * log(p[k]), (k, 1, K)), -log(13),
         {K: 14, p: (Rational(1, 14),) * 14}, model_sums, relation=">="),
)

ONE_SIDE_AFTER_ANOTHER = kind(
    "the slope of a slope that does not exist beside the point",
    line("z t^2, where t is 0", partial(Max(large * logit * shift**2, 0), logit, shift), 0, {logit: 0, shift: 0},
         t_is_0),
    line("z (t - 1)^2, where t is 1", partial(Max(large * logit * (shift - 1) ** 2, 0), logit, shift), 0,
         {logit: 0, shift: 1}, t_is_1),
    line("of two logits", partial(Max(large * z[1] * shift**2, large * z[1] * shift**3), z[1], shift), 0,
         {K: 2, z: (0, 0), shift: 0}, t_is_0),
)

OFTEN = kind(
    "false where all classes seen are different, or each is there as often",
    line("two of four observations have one class",
         Product(Product(1 - KroneckerDelta(seen[i], seen[r]), (r, 1, i - 1)), (i, 1, n)), 0,
         {n: 4, K: 4, seen: (1, 2, 3, 4)}, four),
    line("one of three classes is not there twice",
         KroneckerDelta(K, 3) * Product(KroneckerDelta(Sum(KroneckerDelta(seen[i], k), (i, 1, n)), 2), (k, 1, 3)), 0,
         {n: 6, K: 3, seen: (1, 1, 2, 2, 3, 3)}),
)

AWAY = kind(
    "false in the midst of what several inequalities keep away from the usual numbers",
    line("z from 150 to 160", between(logit, 150, 160), 0, {logit: 155, shift: 101}, beyond_100, t_beyond_100),
    line("z_1 from -90 to -80", between(z[1], -90, -80) * v[1], 0, {K: 1, z: (-85,), v: (41,)}, below_40, v_above_40),
)

PLACES_OF_THEIR_OWN = kind(
    "false where several numbers lie between bounds, each between its own",
    line("two indicators", Indicator(1 - (logit - 11) ** 2) * Indicator(1 - (shift + 13) ** 2), 0,
         {logit: 11, shift: -13}),
    line("an indicator of three numbers", Indicator(1 - (logit - 11) ** 2 - (shift + 13) ** 2 - (label - half) ** 2), 0,
         {logit: 11, shift: -13, label: half}),
    line("two positive parts", Max(1 - (logit - 11) ** 2, 0) * Max(1 - (shift + 13) ** 2, 0), 0,
         {logit: 11, shift: -13}),
)

TRUE_OF_ADMITTED = kind(
    "true: where a hypothesis leads away from what is usual",
    line("the slope of an integral of t + t^3 z", partial(Integral(scale + scale**3 * logit, (logit, -1, 1)), scale),
         2, {scale: 2}),
    line("a square, for three classes", K * logit**2 / 3, 0, {K: 3, logit: 0}, three, relation=">="),
    line("seven classes", Sum(z[k], (k, 1, K)), Sum(z[k], (k, 1, 7)), {K: 7, z: (1,) * 7}, seven),
    line("four observations", Sum(y[i], (i, 1, n)), y[1] + y[2] + y[3] + Sum(y[i], (i, 4, n)), {n: 4, y: (1,) * 4},
         four),
    line("labels that sum to n at most", Sum(y[i], (i, 1, n)) / 8, n * Rational(1, 8), {n: 9, y: (1,) * 9},
         relation="<="),
    line("the slope of the slope of the larger of two that are apart", partial(Max(logit, logit + shift**2 + 1),
         logit, shift), 0, {logit: 0, shift: 0}),
    line("each class is there, or another is there more often",
         Sum(Sum(KroneckerDelta(seen[i], k), (i, 1, n)), (k, 1, K)), n, {n: 4, K: 4, seen: (1, 2, 3, 4)}, four),
    line("two indicators, of which one is 0",
         Indicator(1 - (logit - 11) ** 2) * Indicator((logit - 11) ** 2 - 1) * shift, 0, {logit: 11, shift: -13}),
    line("z and t beyond 100", logit * shift, 10000, {logit: 155, shift: 101}, beyond_100, t_beyond_100,
         relation=">="),
)
