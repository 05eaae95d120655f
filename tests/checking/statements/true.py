"""True statements of the same shapes: what a checker that refuses too much would refuse."""

from sympy import (
    E, Eq, FiniteSet, Gt, Integral, Interval, KroneckerDelta, Max, Product, Rational, S, Sum, Tuple, cos, exp, log,
    pi, sin,
)  # fmt: skip

from derivations.engine.rules.algebra import by_cases, by_hypothesis, common_denominator, multiply_by_one, solve_for
from derivations.engine.rules.definitions import cite
from derivations.engine.rules.derivatives import derivative_of_logarithm, differentiate_sum
from derivations.engine.nodes import Indicator
from derivations.engine.rules.functions import derivative_of_any_power, derivative_of_indicator, derivative_of_larger
from derivations.engine.rules.indices import merge_sums, rename_index
from derivations.engine.rules.inequalities import drop_what_is_not_negative, keep_one_term, log_below_tangent
from derivations.engine.rules.logarithms import exponential_of_logarithm, log_of_power, log_of_product, log_of_quotient
from derivations.engine.rules.sums import sift_kronecker_delta, sum_of_constant, swap_sums, take_out_term
from derivations.engine.nodes import Rounded
from derivations.engine.terms import equation, member, partial
from derivations.notation import (K, r, r_in_range, c, c_in_range, d, f, hard_label, hard_labels, i, j, j_in_range, k,
                                  l, label, labels_sum, logit, m, m_in_range, model_positive, model_sums, n, one_hot,
                                  p, probability, scale, seen, share, shared, shared_interior, w, y, z)

from .counted import below_pi, even, odd, to_4
from .counted import whole as whole_scale
from .names import on_logarithm, sifted
from .places import listed, whole
from .stating import chain, hypothesis, kind, line

B = "it holds"
half = Rational(1, 2)
two = hypothesis("there are two classes", Eq(K, 2, evaluate=False))
below_5 = hypothesis("z is below 5", Gt(5, logit))
above_0 = hypothesis("z is positive", Gt(logit, 0))
inside_share = hypothesis("the share is inside", member(share, Interval.open(0, 1)))
label_inside = hypothesis("the label is not 0", member(label, Interval.Lopen(0, 1)))
root = hypothesis("3 p = 1", equation(3 * probability - 1, 0), Tuple((probability, Rational(1, 3))))
zero_or_half = hypothesis("y is 0 or 1/2", member(label, FiniteSet(0, half)))
thirds = hypothesis("y is 1/3 or 2/3", member(label, FiniteSet(Rational(1, 3), Rational(2, 3))))
every_zero = hypothesis("every logit is 0", equation(z[k], 0))

NAMES = kind(
    "true: names and ranges",
    chain("the labels sum to 1", lambda it: it.by(by_hypothesis, labels_sum, because=B),
          Sum(y[k], (k, 1, K)), 1, {K: 2, y: (1, 0)}, labels_sum),
    line("the labels take one logit", Sum(y[k] * z[k], (k, 1, K)), z[c], {K: 2, c: 1, y: (1, 0), z: (1, 2)}, one_hot,
         c_in_range),
    line("a one-hot label sums to 1", Sum(y[k], (k, 1, K)), 1, {K: 2, c: 1, y: (1, 0)}, one_hot, c_in_range),
    chain("the chosen class", lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Sum(z[k] * KroneckerDelta(k, m), (k, 1, K)), z[m], {K: 2, m: 2, z: (1, 2)}, m_in_range),
    chain("the chosen observation", lambda it: it.by(sift_kronecker_delta, because=B, using=j_in_range),
          Sum(y[i] * KroneckerDelta(i, j), (i, 1, n)), y[j], {n: 2, j: 2, y: (1, 0)}, j_in_range),
    chain("the first class", lambda it: it.by(cite, sifted, {m: S.One}, because=B),
          Sum(z[k] * KroneckerDelta(k, 1), (k, 1, K)), z[1], {K: 2, z: (1, 2)}),
    chain("the last class", lambda it: it.by(cite, sifted, {m: K}, because=B),
          Sum(z[k] * KroneckerDelta(k, K), (k, 1, K)), z[K], {K: 2, z: (1, 2)}),
    chain("a citation as it is", lambda it: it.by(cite, on_logarithm, because=B),
          log(probability**2), 2 * log(probability), {probability: half}, shared_interior),
    chain("each term of a sum", lambda it: it.by(cite, sifted, {m: l}, because=B),
          Sum(exp(Sum(z[k] * KroneckerDelta(k, l), (k, 1, K))), (l, 1, K)), Sum(exp(z[l]), (l, 1, K)),
          {K: 2, z: (1, 2)}),
    chain("the slope of a sum", lambda it: it.by(differentiate_sum, because=B),
          partial(Sum(p[i] ** 2, (i, 1, n)), p[j]), Sum(partial(p[i] ** 2, p[j]), (i, 1, n)),
          {n: 2, j: 1, p: (half, 1)}, j_in_range),
    chain("a term taken out", lambda it: it.by(take_out_term, k, m, because=B, using=m_in_range),
          Sum(z[k], (k, 1, K)), z[m] + Sum((1 - KroneckerDelta(k, m)) * z[k], (k, 1, K)), {K: 2, m: 1, z: (1, 2)},
          m_in_range),
    line("no class after the last", KroneckerDelta(m, K + 1), 0, {K: 2, m: 2}, m_in_range),
    line("a class is at most K", m, K, {K: 2, m: 2}, m_in_range, relation="<="),
    line("one shared probability", p[r], p[j], {n: 2, r: 1, j: 2, p: (half, half), probability: half}, shared,
         j_in_range, r_in_range),
    line("a product over a delta", Product(p[k] ** KroneckerDelta(k, m), (k, 1, K)), p[m], {K: 2, m: 1, p: (half, 1)},
         m_in_range),
)

NUMBERS = kind(
    "true: numbers of every size",
    chain("a power of an exponential", lambda it: it.by(log_of_power, because=B),
          log((1 + exp(logit)) ** 2), 2 * log(1 + exp(logit)), {logit: -6}),
    chain("5 - z dropped where it is positive",
          lambda it: it.by(drop_what_is_not_negative, probability * (5 - logit), because=B, using=below_5),
          label + probability * (5 - logit), label, {label: 0, probability: half, logit: 4}, below_5, relation=">="),
    chain("a logarithm of a square of a positive number", lambda it: it.by(log_of_power, because=B, using=above_0),
          log(logit**2), 2 * log(logit), {logit: 3}, above_0),
    line("a square is not negative", logit**2, 0, {logit: -1000}, relation=">="),
    line("softplus is at least z", log(1 + exp(logit)), logit, {logit: 50}, relation=">="),
    line("softplus is the larger of z and 0 or more", log(1 + exp(logit)), Max(logit, 0), {logit: -50}, relation=">="),
    line("z and -z", Max(logit, 0) - Max(-logit, 0), logit, {logit: -7}),
    line("a logistic of -z", 1 / (1 + exp(logit)), 1 - 1 / (1 + exp(-logit)), {logit: 3}),
    line("p (1 - p) is at most 1/4", probability * (1 - probability), Rational(1, 4), {probability: half},
         relation="<="),
    line("a square completed", (probability - Rational(1, 3)) ** 2, 0, {probability: Rational(1, 3)}, relation=">="),
    line("a large number beside z", (10**200 + logit) ** 2, 10**400 + 2 * 10**200 * logit + logit**2, {logit: 1}),
    chain("a sum of fractions", lambda it: it.by(common_denominator, because=B, using=shared_interior),
          1 / probability + 1 / (1 - probability), 1 / (probability * (1 - probability)), {probability: half},
          shared_interior),
    line("a scale over itself and 1", scale / (1 + scale) + 1 / (1 + scale), 1, {scale: 1000}),
    line("a logarithm below its tangent", log(scale), scale - 1, {scale: 2}, relation="<="),
    line("an integral", Integral(probability**2, (probability, 0, 1)), Rational(1, 3), {}),
)

SIZES = kind(
    "true: every size",
    chain("a constant n times", lambda it: it.by(sum_of_constant, because=B),
          Sum(logit, (i, 1, n)), n * logit, {n: 3, logit: 1}),
    line("a sum from 2 on", Sum(z[k], (k, 2, K)), Sum(z[k], (k, 1, K)) - z[1], {K: 1, z: (1,)}),
    line("a sum from 0 on", Sum(2**k, (k, 0, K)), 2 ** (K + 1) - 1, {K: 3}),
    line("an empty sum", Sum(logit, (k, K + 1, K)), 0, {K: 3, logit: 1}),
    line("a triangle", Sum(z[m], (m, 1, k), (k, 1, K)), Sum((K - m + 1) * z[m], (m, 1, K)), {K: 2, z: (1, 2)}),
    chain("two sums exchanged", lambda it: it.by(swap_sums, because=B),
          Sum(y[i] * z[k], (i, 1, n), (k, 1, K)), Sum(y[i] * z[k], (k, 1, K), (i, 1, n)),
          {n: 2, K: 2, y: (1, 0), z: (1, 2)}),
    line("two classes", Sum(z[k], (k, 1, K)), z[1] + z[2], {K: 2, z: (1, 2)}, two),
    line("the other of two probabilities", p[2], 1 - p[1], {K: 2, p: (0, 1)}, two, model_sums),
    line("at least one class", K, 1, {K: 1}, relation=">="),
    line("no product of the sizes is below their sum less 1", n * K, n + K - 1, {n: 1, K: 2}, relation=">="),
    line("as many features", Sum(w[f] * 0 + 1, (f, 1, d)), d, {d: 3}),
    line("n is at most n K d", n, n * K * d, {n: 7, K: 1, d: 1}, relation="<="),
    line("no size is between two that follow", Max(K - n, 0) * Max(n + 1 - K, 0), 0, {n: 2, K: 3}),
    line("a power of two that is more than K", 2**K, K + 1, {K: 101}, relation=">="),
    line("powers of 2 are not rounded", Rounded(2**K), 2**K, {K: 101}),
    line("no class is the first and the second",
         KroneckerDelta(k, 1) * KroneckerDelta(m, 2) * KroneckerDelta(l, k) * KroneckerDelta(m, l), 0,
         {K: 4, k: 1, m: 2, l: 1}),
    line("no more observations of a class than there are", Sum(KroneckerDelta(seen[i], 1), (i, 1, n)), n,
         {n: 6, K: 2, seen: (1,) * 6}, relation="<="),
)

ASSUMED = kind(
    "true: what is assumed",
    line("a hard label", label**2, label, {label: 1}, hard_label),
    line("hard labels", Sum(y[i] ** 2, (i, 1, n)), Sum(y[i], (i, 1, n)), {n: 2, y: (1, 0)}, hard_labels),
    line("0 or 1/2", label * (2 * label - 1), 0, {label: half}, zero_or_half),
    line("1/3 or 2/3", (3 * label - 1) * (3 * label - 2), 0, {label: Rational(2, 3)}, thirds),
    chain("a linear equation", lambda it: it.by(solve_for, root, probability, because=B),
          probability, Rational(1, 3), {probability: Rational(1, 3)}, root),
    chain("multiplied by labels that sum to 1", lambda it: it.by(multiply_by_one, labels_sum, because=B),
          logit, logit * Sum(y[k], (k, 1, K)), {K: 2, y: (half, half), logit: 1}, labels_sum),
    chain("by cases", lambda it: it.by(by_cases, label, because=B, using=hard_label),
          log(1 + label * probability), label * log(1 + probability), {label: 1, probability: 1}, hard_label),
    line("all logits are 0", Sum(exp(z[k]), (k, 1, K)), K, {K: 2, z: (0, 0)}, every_zero),
    chain("one probability of all", lambda it: it.by(keep_one_term, k, m, because=B, using=m_in_range),
          Sum(p[k], (k, 1, K)), p[m], {K: 2, m: 1, p: (half, half)}, m_in_range, relation=">="),
    chain("probabilities as weights", lambda it: it.by(log_below_tangent, because=B, using=model_positive),
          Sum(y[k] * log(p[k]), (k, 1, K)), Sum(y[k] * (p[k] - 1), (k, 1, K)), {K: 1, y: (1,), p: (half,)},
          model_positive, relation="<="),
    chain("the logarithm of a product", lambda it: it.by(log_of_product, because=B, using=model_positive),
          log(Product(p[k], (k, 1, K))), Sum(log(p[k]), (k, 1, K)), {K: 2, p: (half, 1)}, model_positive),
    chain("the logarithm of a quotient", lambda it: it.by(log_of_quotient, because=B, using=label_inside),
          log(label / scale), log(label) - log(scale), {label: half, scale: 2}, label_inside),
    chain("a power for a logarithm", lambda it: it.by(exponential_of_logarithm, because=B, using=shared_interior),
          exp(label * log(probability)), probability**label, {label: 1, probability: half}, shared_interior),
    chain("the slope of a logarithm", lambda it: it.by(derivative_of_logarithm, because=B, using=shared_interior),
          partial(log(probability), probability), partial(probability, probability) / probability,
          {probability: half}, shared_interior),
    line("a slope of y log y", partial(label * log(label), label), log(label) + 1, {label: half}, label_inside),
    line("0 log 0", label * log(label), 0, {label: 0}, hard_label),
    line("0 to the power 0", probability**label, 1 - label + label * probability, {label: 0, probability: 0},
         hard_label),
    line("a probability is at most their sum", p[1], Sum(p[k], (k, 1, K)), {K: 1, p: (1,)}, relation="<="),
)

SMALL_REGIONS = kind(
    "true: up to where it would be false",
    line("a quarter more than the least", logit**4 - 3 * logit**2, Rational(-9, 4), {logit: 1}, relation=">="),
    line("a sum of squares, and a little", (logit**2 - 2) ** 2 + (share - half) ** 2, 0, {logit: 1, share: half},
         relation=">="),
    line("p log p is at least -1/e", probability * log(probability), -exp(-1), {probability: half}, shared_interior,
         relation=">="),
    line("nothing is left of a square", Max(2 * logit - 1 - logit**2, 0), 0, {logit: 1}),
    line("a whole square is not nearer to 30", (logit**2 - 30) ** 2, 25, {logit: 5}, whole, relation=">="),
    line("z (z - 1) for whole z", logit * (logit - 1), 0, {logit: 1}, whole, relation=">="),
    line("one of 1000", logit**2, logit, {logit: 500}, listed, relation=">="),
    line("a power with K above", (probability / 3) ** (500 * K) * (probability / 3) ** 2,
         (probability / 3) ** (500 * K + 2), {K: 1, probability: 1}),
    line("an exponential over 2^(1000 K)", exp(logit) / 2 ** (1000 * K), exp(logit - 1000 * K * log(2)),
         {K: 1, logit: 1}),
    line("e^z over e^(5000 K) is positive", exp(logit - 5000 * K), 0, {K: 1, logit: 1}, relation=">="),
)

COUNTED = kind(
    "true: whole numbers, e and pi",
    line("an odd class is not the second", KroneckerDelta(m, 2), 0, {K: 3, m: 3}, odd),
    line("0 to 4", logit * (logit - 1) * (logit - 2) * (logit - 3) * (logit - 4), 0, {logit: 4}, to_4),
    line("a whole scale is at least 1", scale, 1, {scale: 1}, whole_scale, relation=">="),
    line("half of an even size", Sum(logit, (i, 1, n / 2)), n * logit / 2, {n: 2, logit: 1}, even),
    line("an exponential and e", exp(exp(logit)), exp(exp(logit) - 1) * E, {logit: 0}),
    line("below pi", logit, pi, {logit: 3}, below_pi, relation="<="),
    line("a large power of a number from 0 to 1", label ** (10**7), label, {label: 1}, relation="<="),
    line("a large power of a hard label", label ** (10**7), label, {label: 1}, hard_label),
)

FUNCTIONS = kind(
    "true: sines, the larger of two, indicators, powers, products, names of indices",
    line("the slope of a cosine", partial(cos(2 * logit), logit), -2 * sin(2 * logit), {logit: 1}),
    line("the second slope of a sine", partial(sin(logit), logit, logit), -sin(logit), {logit: 1}),
    line("the squares sum to 1", sin(logit) ** 2 + cos(logit) ** 2, 1, {logit: 1}),
    chain("the larger of two that are never equal", lambda it: it.by(derivative_of_larger, because=B),
          partial(Max(logit, logit**2 + 1), logit),
          Indicator(logit - logit**2 - 1) * partial(logit, logit)
          + Indicator(logit**2 - logit + 1) * partial(logit**2 + 1, logit), {logit: 1}),
    line("the slope of the slope of the larger of two, where both go on alike",
         partial(Max(logit * label + exp(logit), logit * label - exp(logit)), logit, label), 1,
         {logit: 1, label: half}),
    chain("an indicator of a positive number", lambda it: it.by(derivative_of_indicator, because=B, using=above_0),
          partial(Indicator(logit), logit), 0, {logit: 1}, above_0),
    line("a slope beside a logarithm of what is positive", partial(logit + log(label), logit), 1,
         {label: half, logit: 0}, label_inside),
    line("an indicator of a square and of 0", Indicator(logit**2) * logit, logit, {logit: 0}),
    chain("a power whose exponent moves", lambda it: it.by(derivative_of_any_power, because=B, using=shared_interior),
          partial(probability**logit, logit), probability**logit * log(probability) * partial(logit, logit),
          {probability: half, logit: 1}, shared_interior),
    line("the slope of a product, where a factor is 0", partial(Product(z[k], (k, 1, K)), z[m]),
         Product(z[k] ** (1 - KroneckerDelta(k, m)), (k, 1, K)), {K: 2, m: 1, z: (0, 3)}, m_in_range),
    chain("another name", lambda it: it.by(rename_index, i, r, because=B, using=j_in_range),
          Sum(y[i] * y[j], (i, 1, n)), Sum(y[r] * y[j], (r, 1, n)), {n: 2, j: 2, y: (1, half)}, j_in_range),
    chain("sums over the same index", lambda it: it.by(merge_sums, because=B),
          Sum(y[i], (i, 1, n)) - 2 * Sum(y[j] ** 2, (j, 1, n)) + Sum(p[i], (i, 1, n)),
          Sum(y[i] + p[i], (i, 1, n)) - 2 * Sum(y[j] ** 2, (j, 1, n)), {n: 1, y: (1,), p: (1,)}),
)
