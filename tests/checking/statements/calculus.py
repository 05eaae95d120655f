"""False because something has no value: divisions, logarithms, slopes at corners, powers of 0; and weights of either
sign, integrals, directions of inequalities.
"""

from sympy import Integral, KroneckerDelta, Max, Product, Rational, S, Sum, exp, log

from derivations.engine.rules.algebra import common_denominator
from derivations.engine.rules.derivatives import derivative_of_logarithm, derivative_of_power
from derivations.engine.rules.inequalities import (drop_what_is_not_negative, drop_what_is_not_positive, keep_one_term,
                                                   log_below_tangent, minus_log_above_tangent, weighted_log_below)
from derivations.engine.rules.logarithms import (exponential_of_logarithm, log_of_factors, log_of_product,
                                                 log_of_quotient, weighted_log_of_quotient)
from derivations.engine.rules.sums import sift_kronecker_delta
from derivations.engine.nodes import Rounded
from derivations.engine.terms import partial
from derivations.notation import (K, hard_label, k, l, label, labels_sum, logit, m, m_in_range, model_positive,
                                  model_sums, multiplier, p, probability, scale, share, shared_interior, shift, y, z)

from .stating import chain, kind, line

B = "somebody says so"
half = Rational(1, 2)

NO_VALUE = kind(
    "a division, a logarithm or a root of what may be 0 or negative",
    line("shares of logits", Sum(z[k] / Sum(z[m], (m, 1, K)), (k, 1, K)), 1, {K: 2, z: (1, -1)}),
    chain("1/z and 1/(1 - z)", lambda it: it.by(common_denominator, because=B),
          1 / logit + 1 / (1 - logit), 1 / (logit * (1 - logit)), {logit: 1}),
    line("a difference of squares", (z[1] ** 2 - z[2] ** 2) / (z[1] - z[2]), z[1] + z[2], {K: 2, z: (1, 1)}),
    line("divided by a product", 1 / (logit * shift), (1 + logit * shift) / (logit * shift) - 1, {logit: 0, shift: 1}),
    chain("the logarithm of a product of two logits", lambda it: it.by(log_of_factors, because=B),
          log(logit * shift), log(logit) + log(shift), {logit: -1, shift: -1}),
    chain("the logarithm of a product over classes", lambda it: it.by(log_of_product, because=B),
          log(Product(p[k], (k, 1, K))), Sum(log(p[k]), (k, 1, K)), {K: 1, p: (0,)}),
    chain("the logarithm of a quotient of logits", lambda it: it.by(log_of_quotient, because=B),
          log(logit / shift), log(logit) - log(shift), {logit: -1, shift: -1}),
    chain("the slope of a logarithm of any number", lambda it: it.by(derivative_of_logarithm, because=B),
          partial(log(logit), logit), partial(logit, logit) / logit, {logit: -1}),
    line("a slope of a logarithm of a square", partial(log(logit**2), logit), 2 / logit, {logit: 0}),
    line("odds of any probability", 1 / (1 - probability), 1 + probability / (1 - probability), {probability: 1}),
    line("a root of a product", (logit * shift) ** half, logit**half * shift**half, {logit: -1, shift: -1}),
    chain("a slope of a root", lambda it: it.by(derivative_of_power, because=B),
          partial(probability**half, probability), half * probability**-half * partial(probability, probability),
          {probability: 0}),
    line("divided by 1 minus the sum", p[1] / (1 - Sum(p[k], (k, 1, K))) + 1,
         (1 + p[1] - Sum(p[k], (k, 1, K))) / (1 - Sum(p[k], (k, 1, K))), {K: 2, p: (1, 0)}, model_sums),
    line("two multipliers", 1 / multiplier - 1 / (multiplier + 1), 1 / (multiplier * (multiplier + 1)),
         {multiplier: -1}),
    line("the sign of a logit", (logit + 1) / Max(logit, -logit) - 1 / Max(logit, -logit), logit / Max(logit, -logit),
         {logit: 0}),
)

STRICT = kind(
    "strictly smaller, where the sides can be equal",
    line("a probability than 1", probability, 1, {probability: 1}, relation="<"),
    line("a sum than itself written out", Sum(label, (k, 1, 2)), 2 * label, {label: 1}, relation="<"),
    line("one probability than their sum", p[1], Sum(p[k], (k, 1, K)), {K: 1, p: (1,)}, relation="<"),
    line("a logarithm than its tangent", log(scale), scale - 1, {scale: 1}, relation="<"),
    line("an entropy than 0", 0, -Sum(p[k] * log(p[k]), (k, 1, K)), {K: 1, p: (1,)}, model_sums, relation="<"),
    line("the sum than what it is larger than", 2 * label, Sum(label, (k, 1, 2)), {label: 1}, relation=">"),
)

CORNERS = kind(
    "a maximum of what has no value, a slope at a corner",
    line("the larger of y and log 0", Max(label, log(label)), label, {label: 0}),
    line("the larger of p and log 0", Max(log(probability), probability), probability, {probability: 0}),
    line("the larger of 1 and 1 - 1/y", Max(1, 1 - 1 / label), 1, {label: 0}),
    line("the slope of |p|", partial(Max(probability, -probability), probability), 1, {probability: 0}),
    line("the slope of |z|, times z", logit * partial(Max(logit, -logit), logit), Max(logit, -logit), {logit: 0}),
    line("the slope of the positive part, times z", logit * partial(Max(logit, 0), logit), Max(logit, 0), {logit: 0}),
    line("the slope of the larger of y and 1 - y, hard or soft", partial(Max(label, 1 - label), label) ** 2, 1,
         {label: half}),
    line("the slope of the larger of z_1 and z_2", partial(Max(z[1], z[2]), z[1]) + partial(Max(z[1], z[2]), z[2]), 1,
         {K: 2, z: (1, 1)}),
    line("a slope of a rounded number", partial(Rounded(logit), logit), 1, {logit: 1}),
    line("rounding changes nothing", Rounded(probability), probability, {probability: Rational(1, 3)}),
    line("rounding adds up", Rounded(logit) + Rounded(shift), Rounded(logit + shift),
         {logit: Rational(1, 3), shift: Rational(1, 10)}),
)

INTEGRALS = kind(
    "an integral that is not what it is taken for",
    line("a slope under an integral is lost", partial(Integral(shift * logit, (shift, 0, 1)), logit), 0, {logit: 1}),
    line("the slope of an integral of e^(z t)", partial(Integral(exp(shift * logit), (shift, 0, 1)), logit), 0,
         {logit: 1}),
    line("an integral of a corner", Integral(Max(shift, -shift), (shift, -1, 1)), 0, {}),
    line("an integral of a corner, linear", Integral(Max(shift, -shift), (shift, -1, 1)), Rational(1, 2), {}),
    line("an integral of a positive part", Integral(Max(shift, 0), (shift, -1, 1)), 1, {}),
    line("across a pole", Integral(1 / (shift - Rational(1, 3)), (shift, 0, 1)), log(2), None),
    line("an integral of a rounded number", Integral(Rounded(shift / 3), (shift, 0, 1)), Rational(1, 3), {}),
    line("half an integral", Integral(probability, (probability, 0, 1)), 1, {}),
)

DELTAS = kind(
    "a product over a Kronecker delta as if it were a sum",
    line("a product of a delta", Product(KroneckerDelta(k, m), (k, 1, K)), 1, {K: 2, m: 1}, m_in_range),
    line("a product with a delta", Product(p[k] * KroneckerDelta(k, m), (k, 1, K)), p[m], {K: 2, m: 1, p: (1, 1)},
         m_in_range),
    chain("sifted all the same", lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Product(p[k] * KroneckerDelta(k, m), (k, 1, K)), p[m], {K: 2, m: 1, p: (1, 1)}, m_in_range),
    chain("a power of more than a delta", lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Product(p[k] ** (KroneckerDelta(k, m) + label), (k, 1, K)), p[m] ** (1 + label),
          {K: 2, m: 1, label: 1, p: (1, 0)}, m_in_range),
    line("a product of one minus a delta", Product(1 - KroneckerDelta(k, m), (k, 1, K)), 1, {K: 2, m: 1}, m_in_range),
    line("a sum of powers of a delta", Sum(p[k] ** KroneckerDelta(k, m), (k, 1, K)), p[m], {K: 2, m: 1, p: (1, 1)},
         m_in_range),
    line("two deltas", Sum(KroneckerDelta(k, m) * KroneckerDelta(k, l), (k, 1, K)), 1, {K: 2, m: 1, l: 2}, m_in_range),
)

WEIGHTS = kind(
    "an inequality with a weight of unknown sign",
    chain("logits as weights", lambda it: it.by(log_below_tangent, because=B, using=model_positive),
          Sum(z[k] * log(p[k]), (k, 1, K)), Sum(z[k] * (p[k] - 1), (k, 1, K)), {K: 1, z: (-1,), p: (half,)},
          model_positive, relation="<="),
    chain("a logit dropped", lambda it: it.by(drop_what_is_not_negative, logit, because=B),
          label + logit, label, {label: 0, logit: -1}, relation=">="),
    chain("a logit dropped from above", lambda it: it.by(drop_what_is_not_positive, logit, because=B),
          label + logit, label, {label: 0, logit: 1}, relation="<="),
    chain("one logit of all", lambda it: it.by(keep_one_term, k, m, because=B, using=m_in_range),
          Sum(z[k], (k, 1, K)), z[m], {K: 2, m: 1, z: (1, -1)}, m_in_range, relation=">="),
    chain("a difference as weight", lambda it: it.by(minus_log_above_tangent, because=B, using=model_positive),
          -Sum((y[k] - p[k]) * log(p[k]), (k, 1, K)), -Sum((y[k] - p[k]) * (p[k] - 1), (k, 1, K)),
          {K: 1, y: (0,), p: (half,)}, model_positive, relation=">="),
    chain("a weight under its own logarithm",
          lambda it: it.by(weighted_log_below, logit, probability, because=B, using=shared_interior),
          logit * log(probability), logit * log(logit) + probability - logit, {logit: -1, probability: half},
          shared_interior, relation="<="),
    line("a bound multiplied by any number", shift * log(scale), shift * (scale - 1), {shift: -1, scale: 2},
         relation="<="),
)

ZERO_LOG_ZERO = kind(
    "0 log 0 = 0 stretched too far",
    line("the slope of y log y", partial(label * log(label), label), log(label) + 1, {label: 0}),
    line("a label for a probability", label * log(probability), label * log(label), {label: half, probability: 1}),
    line("the logarithm of 0 is 0", log(label) - log(label) * (1 - label),
         label * log(label), {label: 0}),
    chain("a power for a logarithm", lambda it: it.by(exponential_of_logarithm, because=B),
          exp(label * log(probability)), probability**label, {label: 1, probability: 0}),
    chain("any weight before a quotient",
          lambda it: it.by(weighted_log_of_quotient, logit, probability / share, because=B),
          logit * log(probability / share), logit * log(probability) - logit * log(share),
          {logit: 1, probability: 0, share: 1}),
    line("a cross-entropy with what is impossible", -Sum(y[k] * log(p[k]), (k, 1, K)), 0, {K: 1, y: (1,), p: (half,)},
         labels_sum),
    line("labels against impossible classes", Sum(y[k] * log(p[k] / y[k]), (k, 1, K)),
         Sum(y[k] * log(p[k]), (k, 1, K)) - Sum(y[k] * log(y[k]), (k, 1, K)), {K: 1, y: (1,), p: (0,)}),
)

ZERO_POWERS = kind(
    "0 to the power 0 is not 0",
    line("a power of 0", S.Zero**label, 0, {label: 0}),
    line("a hard label to its own power", label**label, label, {label: 0}, hard_label),
    line("a product of powers", Product(p[k] ** y[k], (k, 1, K)), Product(p[k] * y[k], (k, 1, K)),
         {K: 1, p: (0,), y: (0,)}),
    line("both powers", probability**label + (1 - probability) ** (1 - label), label * probability
         + (1 - label) * (1 - probability), {label: 0, probability: 0}, hard_label),
    line("the logarithm of a power", log(probability**label), label * log(probability), {label: 1, probability: 0}),
)

SUMMED = kind(
    "a chosen index is summed over as if it were chosen still",
    line("each counts K times", Sum(z[m], (m, 1, K)), K * z[m], {K: 2, m: 1, z: (1, 2)}, m_in_range),
    line("softmax of the chosen class, summed", Sum(exp(z[m]) / Sum(exp(z[l]), (l, 1, K)), (m, 1, K)),
         K * exp(z[m]) / Sum(exp(z[l]), (l, 1, K)), {K: 2, m: 1, z: (1, 2)}, m_in_range),
    line("a square of a sum", Sum(z[k] * Sum(z[k], (k, 1, K)), (k, 1, K)), Sum(z[k] ** 2, (k, 1, K)),
         {K: 2, z: (1, 1)}),
    line("the chosen class in the sum of the rest", Sum((1 - KroneckerDelta(k, m)) * z[k], (k, 1, K)),
         Sum(z[k], (k, 1, K)) - Sum(z[m], (m, 1, K)), {K: 2, m: 1, z: (1, 2)},
         m_in_range),
    line("a slope by the summed index", Sum(partial(z[k] ** 2, z[m]), (k, 1, K)), Sum(2 * z[k], (k, 1, K)),
         {K: 2, m: 1, z: (1, 1)}, m_in_range),
)


def _there(expression):
    """Up: at least as large."""
    return expression + label


def _back(expression):
    """Down: at most as large."""
    return expression - 2 * label


_there.relation, _back.relation = "<=", ">="

DIRECTIONS = kind(
    "an inequality in the wrong direction, or a chain that mixes them",
    chain("up and down again", lambda it: it.by(_there, because=B).by(_back, because=B),
          logit, logit - label, {logit: 0, label: 1}, relation="<="),
    chain("down and up again", lambda it: it.by(_back, because=B).by(_there, because=B),
          logit, logit - label, {logit: 0, label: 1}, relation="<="),
    line("a tangent from the other side", log(scale), scale - 1, {scale: 2}, relation=">="),
    line("the largest is at most the sum", Max(z[1], z[2]), z[1] + z[2], {K: 2, z: (-1, -1)}, relation="<="),
    line("a mean of squares", Sum(z[k], (k, 1, K)) ** 2, Sum(z[k] ** 2, (k, 1, K)), {K: 2, z: (1, 1)}, relation="<="),
    line("an entropy is at most 1", -Sum(p[k] * log(p[k]), (k, 1, K)), 1, {K: 4, p: (Rational(1, 4),) * 4}, model_sums,
         relation="<="),
)
