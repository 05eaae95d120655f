"""False statements about sines, the larger of two, indicators, powers in the exponent, products over an index, and the
names of indices; at a corner or a jump there is no slope, and no slope of a slope.
"""

from sympy import KroneckerDelta, Max, Product, Rational, Sum, cos, exp, log, sin

from derivations.engine.nodes import Indicator, Rounded
from derivations.engine.rules.algebra import factor_out, number_into_bracket
from derivations.engine.rules.functions import (derivative_of_any_power, derivative_of_cosine, derivative_of_indicator,
                                                derivative_of_larger, differentiate_product)
from derivations.engine.rules.indices import merge_sums, rename_index
from derivations.engine.terms import equation, partial
from derivations.notation import K, i, j, j_in_range, k, label, logit, m, m_in_range, n, p, shift, y, z

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
half = Rational(1, 2)
opposite = hypothesis("t is -z", equation(shift, -logit))
both_zero = hypothesis("t is z", equation(shift, logit))

WAVES = kind(
    "a sine or a cosine with another slope",
    line("the slope of a cosine without the minus", partial(cos(logit), logit), sin(logit), {logit: 1}),
    line("the slope of a sine with a minus", partial(sin(logit), logit), -cos(logit), {logit: 1}),
    line("the inner slope left out", partial(cos(2 * logit), logit), -sin(2 * logit), {logit: 1}),
    line("the second slope is the sine again", partial(sin(logit), logit, logit), sin(logit), {logit: 1}),
    line("a sine is what it is near 0", sin(logit), logit, {logit: 1}),
    line("the squares sum to 1, with a minus", sin(logit) ** 2 - cos(logit) ** 2, 1, {logit: 1}),
    chain("a cosine that does not move", lambda it: it.by(derivative_of_cosine, because=B),
          partial(cos(logit), logit), sin(logit) * partial(logit, logit), {logit: 1}),
)

JUMPS = kind(
    "a slope at a jump or at a corner",
    chain("the larger of z and t", lambda it: it.by(derivative_of_larger, because=B),
          partial(Max(logit, shift), logit), Indicator(logit - shift) * partial(logit, logit), {logit: 1, shift: 1}),
    chain("the positive part", lambda it: it.by(derivative_of_larger, because=B),
          partial(Max(logit, 0), logit), Indicator(logit) * partial(logit, logit), {logit: 0}),
    chain("an indicator", lambda it: it.by(derivative_of_indicator, because=B), partial(Indicator(logit), logit), 0,
          {logit: 0}),
    line("an indicator of a difference of logits", partial(Indicator(z[1] - z[2]), z[1]), 0, {K: 2, z: (1, 1)}),
    line("an indicator of a square", Indicator(logit**2), 1, {logit: 0}),
    line("one of two signs", Indicator(logit) + Indicator(-logit), 1, {logit: 0}),
    line("an indicator times its slope", logit * partial(Indicator(logit), logit), 0, {logit: 0}),
    line("the slope of the slope of an indicator of a sum, where that is 0",
         partial(Indicator(logit + shift), logit, shift), 0, {logit: 1, shift: -1}, opposite),
    line("the slope of the slope of the positive part of a sum, where that is 0",
         partial(Max(logit + shift, 0), logit, shift), 0, {logit: 1, shift: -1}, opposite),
    line("the slope of the slope of the larger of z and t, where they are equal",
         partial(Max(logit, shift), logit, shift), 0, {logit: 1, shift: 1}, both_zero),
    line("the slope of the slope of a rounded sum", partial(Rounded(logit + shift), logit, shift), 1,
         {logit: 1, shift: 0}),
    line("the slope of the larger of e^z and log 0", partial(Max(exp(logit), log(label)), label), 0,
         {label: 0, logit: 0}),
)

NOWHERE = kind(
    "a slope of what has no value",
    line("a logarithm of a negative number", partial(log(-exp(logit)), logit), 1, {logit: 0}),
    line("a number and a logarithm of a negative one", partial(logit + log(-exp(shift)), logit), 1,
         {logit: 0, shift: 0}),
    line("a number and a logarithm of y", partial(logit + log(label), logit), 1, {label: 0, logit: 0}),
    line("a number and the inverse of y", partial(logit + 1 / label, logit), 1, {label: 0, logit: 0}),
    line("the second slope of a logarithm of any number", partial(log(logit), logit, logit) * logit**2, -1,
         {logit: -1}),
)

POWERS = kind(
    "a power whose exponent moves, of what may be 0 or negative",
    chain("z to the power z", lambda it: it.by(derivative_of_any_power, because=B), partial(logit**logit, logit),
          logit**logit * (log(logit) * partial(logit, logit) + partial(logit, logit)), {logit: -1}),
    chain("a label to the power z", lambda it: it.by(derivative_of_any_power, because=B), partial(label**logit, logit),
          label**logit * log(label) * partial(logit, logit), {label: 0, logit: 0}),
    line("as if the exponent stayed", partial(exp(1) ** 0 * 2**logit, logit), logit * 2 ** (logit - 1), {logit: 1}),
)

PRODUCTS = kind(
    "the slope of a product over an index",
    line("divided by the factor", partial(Product(z[k], (k, 1, K)), z[m]), Product(z[k], (k, 1, K)) / z[m],
         {K: 2, m: 1, z: (0, 1)}, m_in_range),
    line("all factors stay", partial(Product(z[k], (k, 1, K)), z[m]), Product(z[k], (k, 1, K)), {K: 1, m: 1, z: (2,)},
         m_in_range),
    line("one factor of a product over two indices", partial(Product(z[k] * shift, (k, 1, K), (i, 1, n)), shift),
         K * Product(z[k] * shift, (k, 1, K), (i, 1, n)) / shift, {n: 2, K: 1, shift: 1, z: (1,)}),
    chain("by a factor that the product binds", lambda it: it.by(differentiate_product, because=B),
          partial(Product(z[k], (k, 1, K)), z[k]),
          Sum(partial(z[k], z[k]) * Product(z[m] ** (1 - KroneckerDelta(k, m)), (m, 1, K)), (k, 1, K)), None),
)

NAMES = kind(
    "an index with a name that is taken, sums over other indices, numbers in brackets",
    chain("a sum renamed to a letter that occurs", lambda it: it.by(rename_index, i, j, because=B, using=j_in_range),
          Sum(y[i] * y[j], (i, 1, n)), Sum(y[j] ** 2, (j, 1, n)), {n: 2, j: 2, y: (1, 0)}, j_in_range),
    line("a product renamed to a letter that occurs", Product(y[i] * y[j], (i, 1, n)), Product(y[j] ** 2, (j, 1, n)),
         {n: 2, j: 1, y: (1, half)}, j_in_range),
    chain("sums over other indices merged", lambda it: it.by(merge_sums, because=B),
          Sum(y[i], (i, 1, n)) + Sum(p[k], (k, 1, K)), Sum(y[i] + p[i], (i, 1, n)), {n: 1, K: 2, y: (1,), p: (1, 1)}),
    line("the number before the second sum left out", Sum(y[i], (i, 1, n)) - 2 * Sum(p[i], (i, 1, n)),
         Sum(y[i] - p[i], (i, 1, n)), {n: 1, y: (1,), p: (1,)}),
    chain("0 into a bracket", lambda it: it.by(number_into_bracket, 0 * logit, logit + 1, because=B),
          label * (logit + 1), 0, {label: 1, logit: 0}),
    line("a number into a bracket and not before it", label * (logit + 1), label * (2 * logit + 2),
         {label: 1, logit: 1}),
    chain("a number that divides one term alone", lambda it: it.by(factor_out, 2 * label, because=B),
          label * logit + 2 * label, 2 * label * (logit + 1), {label: 1, logit: 1}),
)
