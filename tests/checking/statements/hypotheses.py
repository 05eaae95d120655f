"""False because of what is assumed: nothing meets it, only a thin part of it is looked at, or it is left out."""

from sympy import Eq, FiniteSet, Ge, Gt, Interval, Lt, Product, Range, Rational, S, Sum, Tuple, exp, log, oo

from derivations.engine.rules.algebra import by_cases, solve_for
from derivations.engine.rules.logarithms import log_of_power
from derivations.engine.terms import equation, member
from derivations.notation import (K, c, d, f, i, j, k, label, labels_sum, logit, m, m_in_range, model_sums, n, p,
                                  probability, q, reference_sums, shared_interior, v, w, x, y, z)

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
half = Rational(1, 2)


def at_least(index, number):
    return hypothesis(f"{index} is at least {number}", Ge(index, number))


same_sum = hypothesis("the logits sum to the first", Eq(Sum(z[k], (k, 1, K)), z[1], evaluate=False))
same_squares = hypothesis("their squares sum to that of the first", Eq(Sum(z[k] ** 2, (k, 1, K)), z[1] ** 2,
                                                                       evaluate=False))

VACUOUS = kind(
    "a hypothesis that is met only where nothing is compared",
    chain("class 6 and later", lambda it: it.by(log_of_power, because=B, using=at_least(m, 6)),
          log(z[m] ** 2), 2 * log(z[m]), {K: 6, m: 6, z: (1, 1, 1, 1, 1, -1)}, at_least(m, 6)),
    chain("observation 7 and later", lambda it: it.by(log_of_power, because=B, using=at_least(j, 7)),
          log((2 * p[j] - 1) ** 2), 2 * log(2 * p[j] - 1), {n: 7, j: 7, p: (1,) * 6 + (0,)}, at_least(j, 7)),
    line("class 10 and later", z[m], 0, {K: 10, m: 10, z: (1,) * 10}, at_least(m, 10), m_in_range),
    line("feature 4 and later", w[f], 0, {d: 4, f: 4, w: (1,) * 4},
         hypothesis("f is one of those from 4 on", member(f, Range(4, oo)))),
    line("more classes than were tried", Sum(z[k], (k, 1, K)), 0, {K: 6, z: (1,) * 6}, at_least(K, 6)),
    line("more observations than were tried", logit, 0, {n: 100, logit: 1}, at_least(n, 100)),
    line("a sum that one class alone has", z[k], z[1], {K: 3, k: 2, z: (1, 2, -2)}, same_sum),
    line("a difference that one class alone has", Sum(z[k] * v[k], (k, 1, K)), z[1] * v[1],
         {K: 3, z: (1, 2, -2), v: (1, 1, 0)}, same_sum),
    line("a product of logits that sum to the first", Product(z[k], (k, 1, K)), z[1] ** K, {K: 3, z: (1, 2, -2)},
         same_sum),
)

squares_to_1 = hypothesis("their squares sum to 1", equation(Sum(p[k] ** 2, (k, 1, K)), 1))
cubes_to_1 = hypothesis("their cubes sum to 1", equation(Sum(p[k] ** 3, (k, 1, K)), 1))
overlap = hypothesis("their products sum to 1", equation(Sum(p[k] * q[k], (k, 1, K)), 1))
weighted = hypothesis("twice the first and the rest is 1", equation(2 * p[1] ** 2 + p[1], 1))
labels_squared = hypothesis("the squares of the labels sum to 1", equation(Sum(y[k] ** 2, (k, 1, K)), 1))

ONE_HOT_ONLY = kind(
    "only points with a single 1 were looked at",
    line("squares sum to 1", Sum(p[k], (k, 1, K)), 1, {K: 2, p: (Rational(3, 5), Rational(4, 5))}, squares_to_1),
    line("cubes against squares", p[k] ** 2, p[k], {K: 2, k: 1, p: (Rational(3, 5), Rational(4, 5))}, squares_to_1),
    line("squared labels", Sum(y[k], (k, 1, K)), 1, {K: 2, y: (Rational(3, 5), Rational(4, 5))}, labels_squared),
    line("cubes sum to 1", p[1] * p[2], 0, {K: 3, p: (Rational(3, 6), Rational(4, 6), Rational(5, 6))}, cubes_to_1),
    line("products sum to 1", p[k], q[k], {K: 2, k: 1, p: (1, half), q: (half, 1)}, overlap),
    line("an equation solved by a whole number", Sum(p[k], (k, 1, K)), 1, {K: 2, p: (half, 0)}, weighted),
)

zero_or_half = hypothesis("y is 0 or 1/2", member(label, FiniteSet(0, half)))
thirds = hypothesis("y is 1/3 or 2/3", member(label, FiniteSet(Rational(1, 3), Rational(2, 3))))
zero_or_whole = hypothesis("z is 0 or 7/2", member(logit, FiniteSet(0, Rational(7, 2))))
each_zero_or_half = hypothesis("every label is 0 or 1/2", member(y[k], FiniteSet(0, half)))
wide = hypothesis("z is 1 or 1000", member(logit, FiniteSet(1, 1000)))

FINITE = kind(
    "one of finitely many numbers is not looked at",
    line("0 or 1/2", label * probability, 0, {label: half, probability: 1}, zero_or_half),
    line("1/3 or 2/3", label, Rational(1, 3), {label: Rational(2, 3)}, thirds),
    line("0 or 7/2", logit * (logit - 3), 0, {logit: Rational(7, 2)}, zero_or_whole),
    line("every label 0 or 1/2", Sum(y[k], (k, 1, K)), 0, {K: 2, y: (half, 0)}, each_zero_or_half),
    line("1 or 1000", logit, 1, {logit: 1000}, wide),
    line("0 or 1/2, squared", label**2, label, {label: half}, zero_or_half),
)

branch = hypothesis("y (p - 1/2) = 0", equation(label * (probability - half), 0), Tuple((probability, half)))
either = hypothesis("p (1 - p) = 0", equation(probability * (1 - probability), 0), Tuple((probability, S.One)))
root = hypothesis("z^2 = 4", equation(logit**2, 4), Tuple((logit, S(2))))
sum_zero = hypothesis("the logits sum to 0", equation(Sum(z[k], (k, 1, K)), 0), Tuple((z[k], S.Zero)))
no_overlap = hypothesis("z v = 0 for every class", equation(z[k] * v[k], 0), Tuple((z[k], S.Zero)))
dot = hypothesis("z and v are orthogonal", equation(Sum(z[k] * v[k], (k, 1, K)), 0), Tuple((v[k], S.Zero)))
columns = hypothesis("the residuals are orthogonal to every feature",
                     equation(Sum((y[i] - p[i]) * x[i, f], (i, 1, n)), 0), Tuple((p[i], y[i])))
alike = hypothesis("the gradient is zero", equation(Sum((y[i] - p[i]) * x[i, f], (i, 1, n)), 0),
                   Tuple((x[i, f], S.One), (p[i], Sum(y[j], (j, 1, n)) / n)))
balance = hypothesis("labels and probabilities have the same sum", equation(Sum(y[i] - p[i], (i, 1, n)), 0),
                     Tuple((p[i], y[i])))

WITNESSES = kind(
    "a witness stands on one branch, or on a thin part",
    chain("p is one half, solved for", lambda it: it.by(solve_for, branch, probability, because=B),
          probability, half, {label: 0, probability: 1}, branch),
    line("p is one half", probability, half, {label: 0, probability: 1}, branch),
    line("p is 1", probability, 1, {probability: 0}, either),
    line("z is 2", logit, 2, {logit: -2}, root),
    line("all logits are 0", z[k], 0, {K: 2, k: 1, z: (1, -1)}, sum_zero),
    line("their squares sum to 0 too", Sum(z[k] ** 2, (k, 1, K)), 0, {K: 2, z: (1, -1)}, sum_zero),
    line("z is 0 where z v is", z[k], 0, {K: 1, k: 1, z: (1,), v: (0,)}, no_overlap),
    line("what is orthogonal is 0", v[k], 0, {K: 2, k: 1, z: (1, 1), v: (1, -1)}, dot),
    line("every residual is 0", y[i], p[i], {n: 2, d: 1, i: 1, y: (1, 0), p: (0, 1), x: ((1,), (1,))}, columns),
    line("all observations have the first's input", Sum(x[i, f] * p[i], (i, 1, n)), x[1, f] * Sum(y[i], (i, 1, n)),
         {n: 2, d: 1, f: 1, y: (1, 1), p: (1, 1), x: ((1,), (2,))}, alike),
    line("the gradient is zero for equal probabilities", p[i], p[1],
         {n: 2, d: 1, i: 2, y: (1, 0), p: (1, 0), x: ((1,), (2,))}, alike),
    line("every label is its probability", Sum(y[i] * p[i], (i, 1, n)), Sum(p[i] ** 2, (i, 1, n)),
         {n: 2, y: (1, 0), p: (0, 1)}, balance),
)

up = hypothesis("z is v", equation(z[k], v[k]))
down = hypothesis("v is z", equation(v[k], z[k]))
one_more = hypothesis("v is z and 1", equation(v[k], z[k] + 1))
forth = hypothesis("p is y", equation(probability, label))
back = hypothesis("y is p", equation(label, probability))
itself = hypothesis("z is its own square", equation(logit, logit**2))
doubled = hypothesis("z is twice itself", equation(z[k], 2 * z[k]))

TIES = kind(
    "ties in a circle",
    line("z and v are 0", z[k], 0, {K: 1, k: 1, z: (1,), v: (1,)}, up, down),
    line("one more than itself", z[k], 0, None, up, one_more),
    line("y and p are 1", probability, 1, {label: 0, probability: 0}, forth, back),
    line("z is 0", logit, 0, {logit: 1}, itself),
    line("every entry is another", z[k], 1, {K: 1, k: 1, z: (0,)}, doubled),
)

above_1 = hypothesis("the probability is above 1", member(probability, Interval(2, 3)))
negative = hypothesis("the label is negative", Lt(label, 0))
sum_to_2 = hypothesis("the probabilities sum to 2 K", equation(Sum(p[k], (k, 1, K)), 2 * K))
low = hypothesis("z is below 0", Lt(logit, 0))
high = hypothesis("z is above 0", Gt(logit, 0))
no_class = hypothesis("there are no classes", Eq(K, 0, evaluate=False))
between = hypothesis("there are between 2 and 3 classes", Lt(K, 3))
beyond_2 = hypothesis("there are more than 2 classes", Gt(K, 2))
square_negative = hypothesis("the square is negative", Lt(logit**2, 0))
zero_sum = hypothesis("the exponentials sum to 0", equation(Sum(exp(z[k]), (k, 1, K)), 0))
three = hypothesis("z is 3", equation(logit, 3))
four = hypothesis("z is 4", equation(logit, 4))
narrow = hypothesis("p in (0, 1/4)", member(probability, Interval.open(0, Rational(1, 4))))
other = hypothesis("p in (1/2, 1)", member(probability, Interval.open(half, 1)))
ones = hypothesis("all labels are 1", equation(y[k], 1))
many = hypothesis("there are at least 2 classes", Ge(K, 2))

CONTRADICTIONS = kind(
    "nothing meets the hypotheses, or they contradict each other",
    line("a probability above 1", probability, 2, None, above_1, relation=">="),
    line("a negative label", label, 7, None, negative),
    line("probabilities that sum to 2 K", logit, 0, None, sum_to_2),
    line("below and above", logit, 0, None, low, high),
    line("no classes", logit, 0, None, no_class),
    line("between 2 and 3", logit, 0, None, between, beyond_2),
    line("a negative square", logit, 0, None, square_negative),
    line("exponentials that sum to 0", z[k], 0, None, zero_sum),
    line("3 and 4", logit, 5, None, three, four),
    line("4 and 3", label, 5, None, four, three),
    line("two intervals", probability, 1, None, narrow, other),
    line("the same the other way round", probability, 1, None, other, narrow),
    line("all labels are 1 and sum to 1", z[k], 0, None, ones, labels_sum, many),
)

HARD_ONLY = kind(
    "true of hard labels only, which nobody assumed",
    line("a square", label**2, label, {label: half}),
    line("a square of each", Sum(y[i] ** 2, (i, 1, n)), Sum(y[i], (i, 1, n)), {n: 1, y: (half,)}),
    line("a variance", label * (1 - label), 0, {label: half}),
    line("two labels of one observation", y[1] * y[2], 0, {K: 2, y: (half, half)}, labels_sum),
    line("its own logarithm", label * log(label), 0, {label: half}),
    line("an exponential of a label", exp(label), 1 + (exp(1) - 1) * label, {label: half}),
    chain("by cases", lambda it: it.by(by_cases, label, because=B),
          log(1 + label * probability), label * log(1 + probability), {label: half, probability: 1}),
    line("a power of a label", label**label, 1, {label: half}),
    line("a label of K", Sum(y[k] ** 2, (k, 1, K)), 1, {K: 2, y: (half, half)}, labels_sum),
    line("halves as well", label * (2 * label - 1) * (label - 1), 0, {label: Rational(1, 3)}),
    line("the chosen class", Sum(y[k] * z[k], (k, 1, K)), z[c], {K: 2, c: 1, y: (half, half), z: (0, 1)}, labels_sum),
)

LEFT_OUT = kind(
    "a hypothesis is left out, or one of another vector is named",
    line("probabilities that need not sum to 1", Sum(p[k], (k, 1, K)), 1, {K: 1, p: (half,)}),
    line("the reference sums to 1, the model need not", Sum(p[k], (k, 1, K)), 1, {K: 1, p: (half,), q: (1,)},
         reference_sums),
    line("labels sum to 1, probabilities need not", Sum(y[k] * p[k], (k, 1, K)), 1,
                       {K: 2, y: (1, 0), p: (half, half)}, labels_sum, model_sums),
    line("one distribution for two", Sum(p[k] * log(q[k]), (k, 1, K)), Sum(p[k] * log(p[k]), (k, 1, K)),
         {K: 2, p: (half, half), q: (Rational(1, 4), Rational(3, 4))}, model_sums, reference_sums),
    line("an interior probability, and its double", log((2 * probability - 1) ** 2), 2 * log(2 * probability - 1),
         {probability: Rational(1, 4)}, shared_interior),
)
