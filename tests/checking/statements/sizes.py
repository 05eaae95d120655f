"""False for some sizes only: an order of n, K, d and M, one class, one observation, empty sums."""

from sympy import Eq, KroneckerDelta, Max, Product, Rational, Sum, exp, log

from derivations.engine.rules.inequalities import keep_one_term
from derivations.engine.rules.sums import (reorder_sums, sift_kronecker_delta, spread_over_delta, sum_of_constant,
                                           swap_sums, take_out_term, write_out)
from derivations.engine.nodes import Rounded
from derivations.notation import (K, M, c, d, g, i, interior, k, l, label, logit, m, m_in_range, model_sums, n, p,
                                  seen, shared_p, u, u_in_range, y, z)

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
two = hypothesis("there are two classes", Eq(K, 2, evaluate=False))

ORDERS = kind(
    "false for an order of the sizes",
    line("no more inputs than observations", M, n, {M: 2, n: 1}, relation="<="),
    line("no more than n + 1 classes", K, n + 1, {K: 4, n: 1}, relation="<="),
    line("no more features than observations and classes", d, n + K - 1, {d: 5, n: 1, K: 1}, relation="<="),
    line("no more observations than classes", n, K, {n: 3, K: 2}, relation="<="),
    line("no more features than classes", d, K, {d: 3, K: 2}, relation="<="),
    line("no more classes than features", K, d, {d: 1, K: 2}, relation="<="),
    line("at most two features more than classes", d, K + 1, {d: 4, K: 1}, relation="<="),
    line("at most a class more than inputs and observations", K, n + M - 1, {K: 3, n: 1, M: 1}, relation="<="),
    chain("a class among the observations",
          lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Sum(z[k] * KroneckerDelta(k, m), (k, 1, n)), z[m], {n: 1, K: 2, m: 2, z: (1, 1)}, m_in_range),
    chain("an input among the observations", lambda it: it.by(sift_kronecker_delta, because=B),
          Sum(y[i] * KroneckerDelta(i, M), (i, 1, n)), y[M], {n: 1, M: 2, y: (1,)}),
    chain("a class spread over the observations",
          lambda it: it.by(spread_over_delta, logit * 2**m, m, l, n, because=B, using=m_in_range),
          logit * 2**m, Sum(KroneckerDelta(l, m) * logit * 2**l, (l, 1, n)), {n: 1, K: 2, m: 2, logit: 1}, m_in_range),
    line("as many classes as observations", KroneckerDelta(n, K), 0, {n: 2, K: 2}),
    line("a sum up to the inputs", Sum(logit, (i, 1, n)),
         Sum(logit, (i, 1, M)) + (n - M) * logit + Sum(1, (i, n + 1, M)),
         {n: 1, M: 2, logit: 1}),
)

SMALLEST = kind(
    "false for one class or one observation, or for just one size",
    line("two terms and the rest", Sum(z[k], (k, 1, K)), z[1] + z[2] + Sum(z[k], (k, 3, K)), {K: 1, z: (1,)}),
    line("a label spread over the other classes", log((K - 1) ** 2), 2 * log(K - 1), {K: 1}),
    line("a mean of n - 1", logit / (n - 1) + label / (n - 1), (logit + label) / (n - 1), {n: 1, logit: 1, label: 1}),
    line("more than one class", KroneckerDelta(K, 1), 0, {K: 1}),
    line("more than one observation", KroneckerDelta(n, 1), 0, {n: 1}),
    line("not seven observations", KroneckerDelta(n, 7), 0, {n: 7}),
    line("not ten classes", KroneckerDelta(K, 10) * logit, 0, {K: 10, logit: 1}),
    line("at most six observations", n, 6, {n: 7}, relation="<="),
    line("at most five classes", K, 5, {K: 6}, relation="<="),
    line("at most three features", d, 3, {d: 4}, relation="<="),
    line("K is 1 to 5", (K - 1) * (K - 2) * (K - 3) * (K - 4) * (K - 5), 0, {K: 6}),
    line("n is 1 to 6", Product(n - k, (k, 1, 6)), 0, {n: 7}),
    line("n is 1 to 3", (n - 1) * (n - 2) * (n - 3) * logit, 0, {n: 4, logit: 1}),
    line("entropy of a uniform distribution is positive", log(K), Rational(1, 2), {K: 1}, relation=">="),
)

OTHER_STARTS = kind(
    "a sum that is empty or starts elsewhere",
    chain("a constant from 5 on", lambda it: it.by(sum_of_constant, because=B),
          Sum(logit, (k, 5, K)), (K - 4) * logit, {K: 1, logit: 1}),
    chain("a constant up to K - 2", lambda it: it.by(sum_of_constant, because=B),
          Sum(logit, (k, 1, K - 2)), (K - 2) * logit, {K: 1, logit: 1}),
    chain("a constant from n to K", lambda it: it.by(sum_of_constant, because=B),
          Sum(logit, (k, n, K)), (K - n + 1) * logit, {n: 5, K: 2, logit: 1}),
    line("a constant from 2 on", Sum(logit, (k, 2, K)), K * logit, {K: 2, logit: 1}),
    line("a constant from 0 on", Sum(logit, (k, 0, K)), K * logit, {K: 2, logit: 1}),
    chain("the first class from 2 on", lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Sum(z[k] * KroneckerDelta(k, m), (k, 2, K)), z[m], {K: 2, m: 1, z: (1, 1)}, m_in_range),
    chain("the last class up to K - 1", lambda it: it.by(sift_kronecker_delta, because=B, using=m_in_range),
          Sum(z[k] * KroneckerDelta(k, m), (k, 1, K - 1)), z[m], {K: 2, m: 2, z: (1, 1)}, m_in_range),
    chain("a term that was not in the sum", lambda it: it.by(take_out_term, k, m, because=B, using=m_in_range),
          Sum(z[k], (k, 2, K)), z[m] + Sum((1 - KroneckerDelta(k, m)) * z[k], (k, 2, K)), {K: 2, m: 1, z: (1, 1)},
          m_in_range),
    chain("at least a term that is not there", lambda it: it.by(keep_one_term, k, m, because=B, using=m_in_range),
          Sum(p[k], (k, 2, K)), p[m], {K: 2, m: 1, p: (1, 0)}, m_in_range, relation=">="),
    chain("bounds that depend on another index", lambda it: it.by(swap_sums, because=B),
          Sum(z[m], (m, 1, k), (k, 1, K)), Sum(z[m], (k, 1, K), (m, 1, k)), {K: 2, k: 1, z: (1, 2)}),
    chain("in a given order", lambda it: it.by(reorder_sums, m, k, because=B),
          Sum(z[m], (m, 1, k), (k, 1, K)), Sum(z[m], (k, 1, K), (m, 1, k)), {K: 2, k: 1, z: (1, 2)}),
    line("a triangle for a square", Sum(z[m], (m, 1, k), (k, 1, K)), Sum(z[m], (m, 1, K), (k, 1, K)),
         {K: 2, z: (1, 2)}),
    line("a product from 0 on", Product(logit, (k, 0, K)), logit**K, {K: 1, logit: 2}),
    line("a sum back to where it began", Sum(z[k], (k, K + 1, K)), z[K], {K: 1, z: (1,)}),
    chain("two terms written out", lambda it: it.by(write_out, because=B),
          Sum(z[k], (k, 1, 2)), z[1] + z[2], {K: 1, z: (1,)}),
)

SOME_SIZES = kind(
    "a hypothesis on the sizes is left out",
    line("one of two probabilities", p[2], 1 - p[1], {K: 3, p: (0, 0, 1)}, model_sums),
    line("two terms", Sum(z[k], (k, 1, K)), z[1] + z[2], {K: 3, z: (1, 1, 1)}),
    line("both others", p[1] * p[2], p[1] * (1 - p[1]), {K: 3, p: (Rational(1, 3),) * 3}, model_sums),
    chain("named a step too late",
          lambda it: _late(it), Sum(z[k], (k, 1, K)), 2 * z[1], {K: 3, z: (1, 1, 1)}),
    line("as for two classes", log(Sum(exp(z[k]), (k, 1, K))), z[1] + log(1 + exp(z[2] - z[1])), {K: 3, z: (0, 0, 0)}),
    line("twice", Sum(logit, (k, 1, K)), 2 * logit, {K: 3, logit: 1}),
)


def _late(it):
    def both(expression):
        """Two classes, though nothing says so yet."""
        return z[1] + z[2]

    def equal(expression):
        """Equal logits."""
        return 2 * z[1]

    alike = hypothesis("equal logits", Eq(z[k], z[1], evaluate=False))
    return it.by(both, because=B).by(equal, because=B, using=(two, alike))


MEANS = kind(
    "a mean for a sum, or a sum for a product",
    line("a mean for a sum", Sum(y[i], (i, 1, n)), Sum(y[i], (i, 1, n)) / n, {n: 2, y: (1, 0)}),
    line("a mean over classes", Sum(z[k], (k, 1, K)) / K, Sum(z[k], (k, 1, K)), {K: 2, z: (1, 0)}),
    line("a geometric mean for a product", Product(p[i], (i, 1, n)), Product(p[i], (i, 1, n)) ** (1 / n),
         {n: 2, p: (Rational(1, 2), Rational(1, 2))}, interior),
    line("a mean of means", Sum(y[i] * p[i], (i, 1, n)), Sum(y[i], (i, 1, n)) * Sum(p[i], (i, 1, n)) / n,
         {n: 2, y: (1, 0), p: (1, 0)}),
    line("n times too much", Sum(logit, (i, 1, n)), logit, {n: 2, logit: 1}),
    line("one factor n too few", n * logit, n**2 * logit, {n: 2, logit: 1}),
)

EXCHANGED = kind(
    "operators exchanged",
    line("the logarithm of a sum", log(Sum(exp(z[k]), (k, 1, K))), Sum(z[k], (k, 1, K)), {K: 2, z: (0, 0)}),
    line("the exponential of a sum", exp(Sum(z[k], (k, 1, K))), Sum(exp(z[k]), (k, 1, K)), {K: 2, z: (0, 0)}),
    line("a product of sums", Product(Sum(p[i, k], (k, 1, K)), (i, 1, n)), Sum(Product(p[i, k], (i, 1, n)), (k, 1, K)),
         {n: 2, K: 2, p: ((1, 0), (0, 1))}),
    line("a sum of products", Sum(y[k] * z[k], (k, 1, K)), Sum(y[k], (k, 1, K)) * Sum(z[k], (k, 1, K)),
         {K: 2, y: (1, 0), z: (0, 1)}),
    line("the square of a sum", Sum(z[k], (k, 1, K)) ** 2, Sum(z[k] ** 2, (k, 1, K)), {K: 2, z: (1, 1)}),
    line("a sum for a product", Product(p[k], (k, 1, K)), Sum(p[k], (k, 1, K)), {K: 2, p: (1, 0)}),
    line("a power of a sum", Sum(shared_p[k], (k, 1, K)) ** n, Sum(shared_p[k] ** n, (k, 1, K)),
         {n: 2, K: 2, shared_p: (Rational(1, 2), Rational(1, 2))}),
)

FACTORS = kind(
    "false where a size is a multiple of another, or beyond a sum or a product of others",
    line("at most 7 classes for each feature", K, 7 * d, {K: 8, d: 1}, relation="<="),
    line("at most 4 inputs for each class, and 2", M, 4 * K + 2, {M: 7, K: 1}, relation="<="),
    line("a tangent that is positive for few observations", label * (8 * K - n), 0, {n: 9, K: 1, label: 1},
         relation=">="),
    line("with the logits of many classes", z[1] ** 2 * Max(K - 5 * n - d, 0), 0, {K: 7, n: 1, d: 1, z: (1,) * 7}),
    line("no more classes than n + d + M", Max(K - n - d - M, 0), 0, {K: 4, n: 1, d: 1, M: 1}),
    line("no more inputs than n K d", Max(M - n * K * d, 0) * logit, 0, {M: 2, n: 1, K: 1, d: 1, logit: 1}),
)

THREE = kind(
    "false for an order of three sizes, or where several are equal",
    line("never M < d < n", Max(n - d, 0) * Max(d - M, 0), 0, {n: 3, d: 2, M: 1}),
    line("never n < M < K, of logits", Max(K - M, 0) * Max(M - n, 0) * z[1], 0, {n: 1, M: 2, K: 3, z: (1, 1, 1)}),
    line("never three of each", KroneckerDelta(n, 3) * KroneckerDelta(K, 3) * KroneckerDelta(d, 3) * logit, 0,
         {n: 3, K: 3, d: 3, logit: 1}),
    line("inputs and features are not both 5", KroneckerDelta(M, d) * Product(M - k, (k, 1, 4)), 0, {M: 5, d: 5}),
    line("two of each, of logits", KroneckerDelta(K, 2) * KroneckerDelta(d, 2) * KroneckerDelta(M, 2) * z[1], 0,
         {K: 2, d: 2, M: 2, z: (1, 1)}),
)

LARGE = kind(
    "false for large sizes",
    line("at most 99 features", d, 99, {d: 100}, relation="<="),
    line("a power of three below a power of n", 3**n, n**15 + 1, {n: 59}, relation="<="),
    line("at most 900 inputs, twice", 2 * M, 1800, {M: 1000}, relation="<="),
    line("no more than 60 for two sizes", n * K, 3600, {n: 64, K: 64}, relation="<="),
    line("powers of 5 are not rounded", Rounded(5**n), 5**n, {n: 23}),
    line("powers of 3 are not rounded", Rounded(3**d), 3**d, {d: 34}),
)

PATTERNS = kind(
    "false for one instance of many",
    line("not 4, 3, 2, 1", KroneckerDelta(k, 4) * KroneckerDelta(m, 3) * KroneckerDelta(l, 2) * KroneckerDelta(c, 1), 0,
         {K: 4, k: 4, m: 3, l: 2, c: 1}),
    line("not 2, 4, 4, 1", KroneckerDelta(k, 2) * KroneckerDelta(m, 4) * KroneckerDelta(l, m) * KroneckerDelta(c, 1), 0,
         {K: 4, k: 2, m: 4, l: 4, c: 1}),
    line("not 3, 1, 4, 2, twice",
         2 * KroneckerDelta(k, 3) * KroneckerDelta(m, 1) * KroneckerDelta(l, 4) * KroneckerDelta(c, 2), 0,
         {K: 4, k: 3, m: 1, l: 4, c: 2}),
    line("not all four the third class, of logits",
         KroneckerDelta(k, 3) * KroneckerDelta(m, 3) * KroneckerDelta(l, 3) * KroneckerDelta(c, 3) * z[k], 0,
         {K: 3, k: 3, m: 3, l: 3, c: 3, z: (1, 1, 1)}),
    line("no four in a row", KroneckerDelta(k + 1, m) * KroneckerDelta(m + 1, l) * KroneckerDelta(l + 1, c) * z[k], 0,
         {K: 4, k: 1, m: 2, l: 3, c: 4, z: (1, 1, 1, 1)}),
)

ALIKE = kind(
    "false where all observations have one class",
    line("five of the first class", Product(KroneckerDelta(seen[i], 1), (i, 1, n)) * Max(n - 5, 0), 0,
         {n: 6, K: 2, seen: (1,) * 6}),
    line("at most seven of an input, of two", Sum(KroneckerDelta(g[i], u), (i, 1, n)) * Max(M - 1, 0), 7 * (M - 1),
         {n: 8, M: 2, u: 1, g: (1,) * 8}, u_in_range, relation="<="),
    line("six inputs that are one, of two", Product(KroneckerDelta(g[i], g[1]), (i, 1, n)) * Max(n - 5, 0) * (M - 1),
         0, {n: 6, M: 2, g: (2,) * 6}),
)
