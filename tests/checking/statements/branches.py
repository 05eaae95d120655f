"""False because of an equation or a disjunction in a hypothesis: one of its branches, or its edge, is not looked at."""

from sympy import Eq, Ge, Gt, Implies, Lt, Max, Or, Rational, Sum

from derivations.engine.terms import equation
from derivations.notation import (K, i, k, k_in_range, label, labels_sum, logit, model_sums, n, p, shift, v, y,
                                  z)

from .stating import hypothesis, kind, line

half = Rational(1, 2)


def solves(statement):
    """A hypothesis that something is 0."""
    return hypothesis(f"{statement} is 0", equation(statement, 0))


def either(*statements):
    return hypothesis(" or ".join(map(str, statements)), Or(*statements))


FAR = kind(
    "a solution is far from 0",
    line("1 or 20", logit, 1, {logit: 20}, solves((logit - 1) * (logit - 20))),
    line("-3 or 40 or 41, multiplied out", logit, -3, {logit: 41},
         solves((logit + 3) * (logit**2 - 81 * logit + 1640))),
    line("a solution at 30 beside one of two numbers", logit, shift, {logit: 30, shift: 0},
         solves((logit - shift) * (logit**3 - 27000))),
    line("2 or -500, for each class", z[k], 2, {K: 1, k: 1, z: (-500,)}, solves((z[k] - 2) * (z[k] ** 3 + 500**3)),
         k_in_range),
)

DOUBLE = kind(
    "a solution that is met and not crossed",
    line("0 twice and 1", logit, 1, {logit: 0}, solves(logit**2 * (logit - 1))),
    line("2/3 twice and -1", logit, -1, {logit: Rational(2, 3)},
         solves((9 * logit**2 - 12 * logit + 4) * (logit + 1))),
    line("the roots of 2 twice", logit, 3, {logit: 2**half},
         solves((logit**4 - 4 * logit**2 + 4) * (logit - 3))),
    line("two close together", logit, -5, {logit: 1 + Rational(1, 1000)},
         solves((logit + 5) * (1000 * logit - 999) * (1000 * logit - 1001))),
)

SECOND = kind(
    "the equation is solved by another symbol alone",
    line("-1 or t", logit, shift, {logit: -1, shift: 0}, solves((logit + 1) * (logit - shift))),
    line("3 or the negative of t", logit, -shift, {logit: 3, shift: 0}, solves((logit**2 - 9) * (logit + shift))),
    line("z of one class and v of another", Sum(z[k], (k, 1, K)) * Sum(v[k], (k, 1, K)), 0,
         {K: 2, z: (0, 1), v: (1, 0)}, solves(z[k] * v[k])),
)

DISJUNCTIONS = kind(
    "a branch of a disjunction is not looked at",
    line("negative, or a root of 2", Max(logit, -logit), -logit, {logit: 2**half},
         either(Lt(logit, 0), Eq(logit**2, 2))),
    line("negative, or t", Max(logit, -logit), -logit, {logit: 1, shift: 1}, either(Lt(logit, 0), Eq(logit, shift))),
    line("below t, or 5", Max(logit, shift), shift, {logit: 5, shift: 0}, either(Lt(logit, shift), Eq(logit, 5))),
    line("for each class negative or t", Sum(z[k], (k, 1, K)), 0, {K: 1, z: (7,), shift: 7},
         either(Lt(z[k], 0), Eq(z[k], shift)), relation="<="),
    line("one class is negative, another is a root of 7", Max(z[1], z[2]) * Max(-z[1], -z[2]), 0,
         {K: 2, z: (-1, 7**half)}, hypothesis("there are two", Eq(K, 2, evaluate=False)),
         either(Lt(z[k], 0), Eq(z[k] ** 2, 7)), relation="<="),
    line("negative, or above 300", logit, 0, {logit: 400}, either(Lt(logit, 0), Gt(logit, 300)), relation="<="),
    line("the root of 3, if it is positive", logit, 0, {logit: 3**half},
         hypothesis("its square is 3 if it is positive", Implies(Gt(logit, 0), Eq(logit**2, 3))), relation="<="),
    line("the labels sum to 1, or z is negative", logit, 0, {K: 2, y: (half, half), logit: 1},
         either(Lt(logit, 0), Eq(Sum(y[k], (k, 1, K)), 1)), relation="<="),
)

at_least_a_share = hypothesis("every p_k >= 1/K", Ge(p[k], 1 / K))
labels_at_most = hypothesis("every y_k <= 1/K", Ge(1 / K, y[k]))
below_t = hypothesis("z <= t", Ge(shift, logit))
above_t = hypothesis("z >= t", Ge(logit, shift))
far_apart = hypothesis("the logits sum to 100 (K - 1) at least", Ge(Sum(z[k], (k, 1, K)), 100 * (K - 1)))

EDGES = kind(
    "inequalities that only their edge meets, or what is near to it",
    line("every share is 1", p[k], 1, {K: 2, k: 1, p: (half, half)}, model_sums, k_in_range, at_least_a_share),
    line("the squares sum to 1", Sum(p[k] ** 2, (k, 1, K)), 1, {K: 2, p: (half, half)}, model_sums, at_least_a_share),
    line("labels that are at most 1/K", Sum(y[k] ** 2, (k, 1, K)), 1, {K: 2, y: (half, half)}, labels_sum,
         labels_at_most),
    line("z and t are 0", logit, 0, {logit: 1, shift: 1}, below_t, above_t),
    line("one class alone has such a sum", K, 1, {K: 2, z: (100, 100)}, far_apart),
)



def two_curves(size):
    """Two curves that meet where z = 1 and t = 2, and everything where a size is 1."""
    return (solves((size - 1) * (logit**3 + shift**3 - 9)), solves((size - 1) * (logit**3 * shift**3 - 8)))


ONE_SIZE = kind(
    "hypotheses that were met at one value of a size alone",
    line("one class", Sum(v[k], (k, 1, K)), v[1], {K: 2, v: (1, 1), logit: 1, shift: 2}, *two_curves(K)),
    line("one observation", Sum(y[i], (i, 1, n)), y[1], {n: 2, y: (1, 1), logit: 1, shift: 2}, *two_curves(n)),
)

TRUE_OF_BRANCHES = kind(
    "true: on every branch and at every edge",
    line("1 or 20", logit**2, 21 * logit - 20, {logit: 20}, solves((logit - 1) * (logit - 20))),
    line("0 twice and 1", logit**2, logit, {logit: 0}, solves(logit**2 * (logit - 1))),
    line("-1 or t", logit**2 + logit, shift * (logit + 1), {logit: -1, shift: 0},
         solves((logit + 1) * (logit - shift))),
    line("z of one class and v of another", (z[k] + v[k]) ** 2, z[k] ** 2 + v[k] ** 2,
         {K: 2, k: 1, z: (0, 1), v: (1, 0)}, solves(z[k] * v[k]), k_in_range),
    line("negative, or a root of 2", logit, 2, {logit: -1}, either(Lt(logit, 0), Eq(logit**2, 2)), relation="<="),
    line("for each class negative or 7", z[k], 7, {K: 1, k: 1, z: (7,)}, either(Lt(z[k], 0), Eq(z[k], 7)), k_in_range,
         relation="<="),
    line("every share is 1/K", Sum(p[k] ** 2, (k, 1, K)), 1 / K, {K: 2, p: (half, half)}, model_sums,
         at_least_a_share),
    line("label or not", label, 1, {label: 1}, either(Lt(label, half), Eq(label, 1)), relation="<="),
)
