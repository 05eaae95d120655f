"""False for some real numbers only: large ones, tiny ones, ends of intervals, numbers that occur or miss a grid."""

from sympy import Ge, Interval, Max, Product, Rational, S, Sum, exp, log

from derivations.engine.rules.algebra import common_denominator
from derivations.engine.rules.inequalities import drop_what_is_not_negative, log_below_tangent
from derivations.engine.rules.logarithms import log_of_power
from derivations.engine.nodes import Rounded
from derivations.engine.terms import member
from derivations.notation import (K, a, base, k, label, logit, m, model_positive, model_sums, p, penalty, probability,
                                  scale, shared_interior, z)

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
half = Rational(1, 2)


def tiny(power):
    """10^-power."""
    return Rational(1, 10**power)


LARGE = kind(
    "false only for large numbers",
    line("a logit is at most 5", logit, 5, {logit: 6}, relation="<="),
    line("a logit is at least -1000", logit, -1000, {logit: -1001}, relation=">="),
    line("a square is at most a million", logit**2, 10**6, {logit: 1001}, relation="<="),
    line("an exponential is at most 1000", exp(logit), 1000, {logit: 7}, relation="<="),
    line("an exponential is at most e^20", exp(logit), exp(20), {logit: 21}, relation="<="),
    line("an exponential is at least 1/1000", exp(logit), tiny(3), {logit: -7}, relation=">="),
    line("softplus is at least 1/1000", log(1 + exp(logit)), tiny(3), {logit: -8}, relation=">="),
    line("two logits are within 8", z[k] - z[m], 8, {K: 2, k: 1, m: 2, z: (9, 0)}, relation="<="),
    line("logits sum to at most 5 K", Sum(z[k], (k, 1, K)), 5 * K, {K: 2, z: (9, 9)}, relation="<="),
    line("a scale is at most 10", scale, 10, {scale: 11}, relation="<="),
    line("a penalty is at most 1000", penalty, 1000, {penalty: 1001}, relation="<="),
    line("a base is at most 100", base, 100, {base: 101}, relation="<="),
    line("a weight is at most 1000", a[k], 1000, {K: 1, k: 1, a: (1001,)}, relation="<="),
    line("the larger of z and -1000 is z", Max(logit, -1000), logit, {logit: -1001}),
    line("the larger of z and 1000 is 1000", Max(logit, 1000), 1000, {logit: 1001}),
    line("nothing is left above 20", Max(logit - 20, 0), 0, {logit: 21}),
    line("no exponential passes e^20", Max(exp(logit), exp(20)), exp(20), {logit: 21}),
)

FIVE = kind(
    "false only beyond 5",
    chain("2 log(z + 5) for every z", lambda it: it.by(log_of_power, because=B),
          log((logit + 5) ** 2), 2 * log(logit + 5), {logit: -6}),
    chain("5 - z is not negative",
          lambda it: it.by(drop_what_is_not_negative, probability * (5 - logit), because=B),
          label + probability * (5 - logit), label, {label: 0, probability: half, logit: 6}, relation=">="),
    chain("weights 5 - z_k are not negative", lambda it: it.by(log_below_tangent, because=B, using=model_positive),
          Sum((5 - z[k]) * log(p[k]), (k, 1, K)), Sum((5 - z[k]) * (p[k] - 1), (k, 1, K)),
          {K: 1, p: (half,), z: (6,)}, model_positive, relation="<="),
    chain("a power of e^z - 1/100", lambda it: it.by(log_of_power, because=B),
          log((exp(logit) - tiny(2)) ** 2), 2 * log(exp(logit) - tiny(2)), {logit: -6}),
    chain("a power of z_k + 5", lambda it: it.by(log_of_power, because=B),
          log((z[k] + 5) ** 4), 4 * log(z[k] + 5), {K: 1, k: 1, z: (-6,)}),
    line("half the logarithm of a square", log((logit + 5) ** 2) / 2, log(logit + 5), {logit: -6}),
)

TINY = kind(
    "false only between tiny values",
    line("z (z - 10^-6)", logit * (logit - tiny(6)), 0, {logit: tiny(7)}, relation=">="),
    line("p (p - 1/3000)", probability * (probability - Rational(1, 3000)), 0, {probability: tiny(4)}, relation=">="),
    line("p (p - 1/1000), inside", probability * (probability - tiny(3)), 0, {probability: tiny(4)}, shared_interior,
         relation=">="),
    line("(1 - p) (1 - p - 10^-4), inside", (1 - probability) * (1 - probability - tiny(4)), 0,
         {probability: 1 - tiny(5)}, shared_interior, relation=">="),
    line("a probability is at least 1/100", probability, tiny(2), {probability: tiny(3)}, shared_interior,
         relation=">="),
    line("a logarithm is at least -5", log(probability), -5, {probability: tiny(3)}, shared_interior, relation=">="),
    line("a loss is at most 1000", -log(probability), 1000, {probability: tiny(450)}, shared_interior, relation="<="),
    line("a surprise of at most 100", 1 / probability, 100, {probability: tiny(3)}, shared_interior, relation="<="),
    line("at most 99/100", probability, Rational(99, 100), {probability: Rational(999, 1000)}, shared_interior,
         relation="<="),
    line("z is at least 1/100 if it is positive", scale, tiny(2), {scale: tiny(3)}, relation=">="),
    line("the larger of p and 1/3000 is p", Max(probability, Rational(1, 3000)), probability, {probability: tiny(4)},
         shared_interior),
    line("between 1 and 1 + 10^-9", (logit - 1) * (logit - 1 - tiny(9)), 0, {logit: 1 + tiny(10)}, relation=">="),
    line("between 1/3 and 1001/3000", (probability - Rational(1, 3)) * (probability - Rational(1001, 3000)), 0,
         {probability: Rational(2001, 6000)}, relation=">="),
)

not_negative = hypothesis("the logit is not negative", member(logit, Interval(0, S.Infinity)))
at_least_0 = hypothesis("the logit is at least 0", Ge(logit, 0))
half_open = hypothesis("p is not 0", member(probability, Interval.Lopen(0, 1)))
not_1 = hypothesis("p is not 1", member(probability, Interval.Ropen(0, 1)))
each_not_1 = hypothesis("no p_k is 1", member(p[k], Interval.Ropen(0, 1)))
upper_half = hypothesis("p is at least 1/2", member(probability, Interval(half, 1)))

ENDS = kind(
    "false only at an end of a closed interval",
    line("a power of what may be 0", log(logit**2), 2 * log(logit), {logit: 0}, not_negative),
    line("the same by an inequality", log(logit**2), 2 * log(logit), {logit: 0}, at_least_0),
    line("a reciprocal of what may be 0", 1 / logit + 1, (1 + logit) / logit, {logit: 0}, not_negative),
    line("1 - p, with p that may be 1", log((1 - probability) ** 2), 2 * log(1 - probability), {probability: 1},
         half_open),
    line("p that may be 0", log(probability**2), 2 * log(probability), {probability: 0}, not_1),
    line("p_k that may be 0", log(p[k] ** 2), 2 * log(p[k]), {K: 2, k: 1, p: (0, half)}, each_not_1),
    line("2 p - 1 that may be 0", log((2 * probability - 1) ** 2), 2 * log(2 * probability - 1), {probability: half},
         upper_half),
    line("a power 0 of 0", 0**probability, 0, {probability: 0}),
    line("a power p of 0", probability**probability, probability * probability ** (probability - 1), {probability: 0}),
    line("odds against what may be 0", 1 / probability - 1, (1 - probability) / probability, {probability: 0}, not_1),
    line("label or probability", label / (label + probability) + probability / (label + probability), 1,
         {label: 0, probability: 0}),
)

NUMBERS = kind(
    "false only at or near a number that occurs",
    chain("divided by z - 5", lambda it: it.by(common_denominator, because=B),
          logit / (logit - 5) - 5 / (logit - 5), 1, {logit: 5}),
    chain("divided by z - 1000", lambda it: it.by(common_denominator, because=B),
          logit / (logit - 1000) - 1000 / (logit - 1000), 1, {logit: 1000}),
    chain("divided by 3000 p - 1", lambda it: it.by(common_denominator, because=B),
          3000 * probability / (3000 * probability - 1) - 1 / (3000 * probability - 1), 1,
          {probability: Rational(1, 3000)}),
    chain("divided by e^z - e^20", lambda it: it.by(common_denominator, because=B),
          exp(logit) / (exp(logit) - exp(20)) - exp(20) / (exp(logit) - exp(20)), 1, {logit: 20}),
    chain("divided by 2 z + 7", lambda it: it.by(common_denominator, because=B),
          2 * logit / (2 * logit + 7) + 7 / (2 * logit + 7), 1, {logit: Rational(-7, 2)}),
    line("twice the larger of z - 5 and 5 - z", log((logit - 5) ** 2), 2 * log(Max(logit - 5, 5 - logit)), {logit: 5}),
    line("above 1000 or not", (logit - 1000) * Max(logit - 1000, 0), 0, {logit: 1001}),
    line("near 5 from above", (logit - 5) * (logit - 5 - tiny(6)), 0, {logit: 5 + tiny(7)}, relation=">="),
    line("near e^2", (exp(logit) - 7) * (exp(logit) - 8), 0, {logit: 2}, relation=">="),
)

GRID = kind(
    "true on a grid alone",
    line("p is some c/97", Product(probability - k / 97, (k, 0, 97)), 0, {probability: half}),
    line("p is some c/8", Product(probability - k / 8, (k, 0, 8)), 0, {probability: Rational(1, 3)}),
    line("p is some c/64", Product(probability - k / 64, (k, 0, 64)), 0, {probability: Rational(1, 3)}),
    line("p is some c/128", Product(probability - k / 128, (k, 0, 128)), 0, {probability: Rational(1, 3)}),
    line("z is some c/97 up to 4", Product((logit - k / 97) * (logit + k / 97), (k, 0, 388)), 0, {logit: half}),
    line("97 p is whole", Rounded(97 * probability), 97 * probability, {probability: Rational(1, 3)}),
    line("97 z is whole", Rounded(97 * logit), 97 * logit, {logit: Rational(1, 3)}),
    line("1024 p is whole", Rounded(1024 * probability), 1024 * probability, {probability: Rational(1, 3)}),
    line("2^80 z is whole", Rounded(2**80 * logit), 2**80 * logit, {logit: Rational(1, 3)}),
    line("z is whole up to 30", Product((logit - k) * (logit + k), (k, 0, 30)), 0, {logit: half}),
)

SMALL_GAPS = kind(
    "a difference too small to be seen",
    line("10^-60 more", logit, logit + tiny(60), {logit: 1}),
    line("10^-200 more", logit, logit + tiny(200), {logit: 1}),
    line("a part in 10^40 more", probability, probability * (1 + tiny(40)), {probability: half}),
    line("10^200 + z and 10^200 + 2 z", 10**200 + logit, 10**200 + 2 * logit, {logit: 1}),
    line("10^60 + z and 10^60 + z^2", 10**60 + logit, 10**60 + logit**2, {logit: 2}),
    line("beside a logarithm", log(probability), log(probability) + tiny(60), {probability: half}, shared_interior),
    line("an exponential a part in 10^60 larger", exp(logit), exp(logit) * (1 + tiny(60)), {logit: 1}),
    line("probabilities sum to a little more", Sum(p[k], (k, 1, K)), 1 + tiny(50), {K: 2, p: (1, 0)}, model_sums),
    line("at least 10^-60 more", logit, logit + tiny(60), {logit: 1}, relation=">="),
    line("at most 10^-200 less", logit, logit - tiny(200), {logit: 1}, relation="<="),
    line("a rational constant beside e^z", exp(logit) + Rational(1, 3), exp(logit) + Rational(1, 3) + tiny(45),
         {logit: 1}),
    line("a sum beside a large number", 10**100 + Sum(z[k], (k, 1, K)), 10**100 + K * z[1], {K: 2, z: (1, 2)}),
)
