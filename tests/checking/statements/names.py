"""False because of a name: an index that is captured, a hypothesis on another, an entry that does not exist."""

from sympy import Eq, Ge, Gt, Integral, Interval, KroneckerDelta, Product, Rational, Sum, exp, log

from derivations.engine.derivation import derive
from derivations.engine.entries import define
from derivations.engine.rules.algebra import by_hypothesis
from derivations.engine.rules.definitions import cite, recognise, unfold
from derivations.engine.rules.derivatives import chain_rule, derivative_of_coordinate, differentiate_sum
from derivations.engine.rules.inequalities import keep_one_term
from derivations.engine.rules.logarithms import log_of_power
from derivations.engine.rules.sums import sift_kronecker_delta, sum_of_constant, take_out_term
from derivations.engine.terms import equation, member, partial
from derivations.notation import (K, M, c, hard_labels, i, interior, j, j_in_range, k, l, label, labels_sum, logit, m,
                                  m_in_range, model_positive, model_sums, n, one_hot, p, probability, q,
                                  reference_positive, shared, shared_interior, shift, v, y, z)

from .stating import chain, hypothesis, kind, line

B = "somebody says so"
half = Rational(1, 2)
zero_logit = hypothesis("the logit of the chosen class is 0", equation(z[m], 0))
half_chosen = hypothesis("the chosen class has the probability 1/2", equation(p[m], half))
sure = hypothesis("the label of the chosen observation is 1", equation(y[j], 1))
same_as_chosen = hypothesis("every logit is v of the chosen class", equation(z[k], v[m]))
positive_logit = hypothesis("the logit of the chosen class is positive", Gt(z[m], 0))
as_reference = hypothesis("every probability is that of the reference for the class c", equation(p[k], q[c]))

CAPTURED = kind(
    "a bound index captures one of a hypothesis",
    chain("the labels sum to K",
          lambda it: it.by(by_hypothesis, one_hot, {k: c}, because=B).by(sum_of_constant, because=B),
          Sum(y[c], (c, 1, K)), K, {K: 2, c: 1, y: (1, 0)}, one_hot),
    chain("the labels take all logits", lambda it: it.by(by_hypothesis, one_hot, {k: c}, because=B),
          Sum(y[c] * z[c], (c, 1, K)), Sum(z[c], (c, 1, K)), {K: 2, c: 1, y: (1, 0), z: (1, 1)}, one_hot),
    chain("the labels are all exponents", lambda it: it.by(by_hypothesis, one_hot, {k: c}, because=B),
          Product(p[c] ** y[c], (c, 1, K)), Product(p[c], (c, 1, K)), {K: 2, c: 1, y: (1, 0), p: (half, half)},
          one_hot),
    chain("one logit for the sum over its own name", lambda it: it.by(by_hypothesis, same_as_chosen, {k: m}, because=B),
          Sum(z[m], (m, 1, K)), Sum(v[m], (m, 1, K)), {K: 2, m: 1, z: (1, 1), v: (1, 5)}, same_as_chosen),
    chain("a product over the name of the reference's class",
          lambda it: it.by(by_hypothesis, as_reference, {k: c}, because=B),
          Product(p[c], (c, 1, K)), Product(q[c], (c, 1, K)), {K: 2, c: 1, p: (1, 1), q: (1, 0)}, as_reference),
    chain("every logit is 0", lambda it: it.by(by_hypothesis, zero_logit, because=B),
          Sum(z[m], (m, 1, K)), Sum(0, (m, 1, K)), {K: 2, m: 1, z: (0, 1)}, zero_logit),
    chain("every exponential is 1", lambda it: it.by(by_hypothesis, zero_logit, because=B),
          Sum(exp(z[m]), (m, 1, K)), Sum(1, (m, 1, K)), {K: 2, m: 1, z: (0, 1)}, zero_logit),
    chain("all probabilities are one half",
          lambda it: it.by(by_hypothesis, half_chosen, because=B).by(sum_of_constant, because=B),
          Sum(p[m], (m, 1, K)), K / 2, {K: 2, m: 1, p: (half, 0)}, half_chosen),
    chain("all labels are 1", lambda it: it.by(by_hypothesis, sure, because=B).by(sum_of_constant, because=B),
          Sum(y[j], (j, 1, n)), n, {n: 2, j: 1, y: (1, 0)}, sure),
    chain("the class takes another name under its own sum", lambda it: it.by(by_hypothesis, one_hot, {c: k}, because=B),
          Sum(y[k] * z[k], (k, 1, K)), Sum(z[k], (k, 1, K)), {K: 2, c: 1, y: (1, 0), z: (1, 1)}, one_hot),
)

TIED = kind(
    "a tie follows the letter of a bound index",
    line("the labels sum to K", Sum(y[c], (c, 1, K)), K, {K: 2, c: 1, y: (1, 0)}, one_hot),
    line("the labels take all logits", Sum(y[c] * z[c], (c, 1, K)), Sum(z[k], (k, 1, K)),
         {K: 2, c: 1, y: (1, 0), z: (1, 1)}, one_hot),
    line("the product of the labels is 1", Product(y[c], (c, 1, K)), 1, {K: 2, c: 1, y: (1, 0)}, one_hot),
    line("every logit is the other's", Sum(z[m], (m, 1, K)), Sum(v[m], (m, 1, K)),
         {K: 2, m: 1, z: (1, 1), v: (1, 5)}, same_as_chosen),
    line("a likelihood of every class", Product(p[c] ** y[c], (c, 1, K)), Product(p[k], (k, 1, K)),
         {K: 2, c: 1, y: (1, 0), p: (half, half)}, one_hot),
    line("the sum of the logits is 0", Sum(z[m], (m, 1, K)), 0, {K: 2, m: 1, z: (0, 1)}, zero_logit),
    line("the sum of the labels is n", Sum(y[j], (j, 1, n)), n, {n: 2, j: 1, y: (1, 0)}, sure),
)

squares = define("test.squares", "a sum of squares", "S", (z,), Sum(z[k] ** 2, (k, 1, K)))
slope = (derive("test.slope", "its slope", partial(squares(z), z[m])).by(unfold, squares, because=B)
         .by(differentiate_sum, because=B))
square = hypothesis("as many observations as classes", Eq(n, K, evaluate=False))
plain_slope = derive("test.plain", "the slope of a square", partial(squares(z), z[m]))


def twice(expression):
    """d(z_m^2)/dz_m = 2 z_m."""
    return 2 * z[m]


of_squares = plain_slope.by(twice, because=B, using=m_in_range)
no_sum = derive("test.no_sum", "labels summed", Sum(y[k], (k, 1, K))).by(by_hypothesis, labels_sum, because=B)
all_one = derive("test.all_one", "probabilities summed", Sum(p[k], (k, 1, K))).by(by_hypothesis, model_sums, because=B)
twice_one = (derive("test.two", "labels summed, and 1", Sum(y[k], (k, 1, K)) + 1)
             .by(by_hypothesis, labels_sum, because=B))
chosen_zero = derive("test.zero", "a logit", exp(z[m])).by(by_hypothesis, zero_logit, because=B)

CAPTURED_ELSEWHERE = kind(
    "an index is captured by a chain rule or a citation",
    chain("a row index in a chain rule", lambda it: it.by(chain_rule, of_squares, because=B),
          partial(squares(p[m]), p[j, k]), Sum(2 * p[l, l] * partial(p[m, l], p[j, k]), (l, 1, K)),
          {n: 2, K: 2, m: 1, j: 1, k: 2, p: ((half, 1), (1, 0))}, square),
    chain("what holds of the chosen class, below its sum", lambda it: it.by(cite, chosen_zero, because=B),
          Sum(exp(z[m]), (m, 1, K)), Sum(1, (m, 1, K)), {K: 2, m: 1, z: (0, 1)}, zero_logit),
    chain("the same for every class by renaming", lambda it: it.by(cite, chosen_zero, {m: k}, because=B),
          Sum(exp(z[k]), (k, 1, K)), Sum(1, (k, 1, K)), {K: 2, m: 1, z: (0, 1)}, zero_logit),
    chain("labels that sum to 1 do not move", lambda it: it.by(cite, no_sum, because=B),
          partial(Sum(y[k], (k, 1, K)), y[m]), partial(1 + 0 * label, y[m]), {K: 2, m: 1, y: (1, 0)}, labels_sum,
          m_in_range),
    chain("nor do probabilities", lambda it: it.by(cite, all_one, because=B),
          partial(Sum(p[k], (k, 1, K)) ** 2, p[m]), partial(1, p[m]), {K: 2, m: 1, p: (1, 0)}, model_sums, m_in_range),
    chain("a logarithm of them does not move", lambda it: it.by(cite, all_one, because=B),
          partial(log(Sum(p[k], (k, 1, K))), p[m]), partial(0, p[m]), {K: 2, m: 1, p: (1, 0)}, model_sums, m_in_range),
    chain("their product with one of them has the slope 1",
          lambda it: it.by(cite, all_one, because=B).by(derivative_of_coordinate, because=B),
          partial(p[m] * Sum(p[k], (k, 1, K)), p[m]), 1, {K: 2, m: 1, p: (half, half)}, model_sums, m_in_range),
    chain("a derivative by the bound index itself", lambda it: it.by(differentiate_sum, because=B),
          partial(Sum(p[j] ** 2, (j, 1, n)), p[j]), 2 * p[j], {n: 1, j: 2, p: (1,)}),
    chain("a power recognised as a sum, under a derivative", lambda it: it.by(recognise, twice_one, because=B),
          partial(y[m] ** 2, y[m]), partial(y[m] ** (Sum(y[k], (k, 1, K)) + 1), y[m]), {K: 2, m: 1, y: (half, half)},
          labels_sum, m_in_range),
    chain("a coordinate by a sum of labels", lambda it: it.by(cite, no_sum, because=B),
          partial(z[m] * y[m] + Sum(y[k], (k, 1, K)), y[m]), partial(z[m] * y[m] + 1, y[m]),
          {K: 2, m: 1, y: (half, half), z: (0, 0)}, labels_sum, m_in_range),
)

on_logarithm = (derive("test.squared", "the logarithm of a square", log(probability**2))
                .by(log_of_power, because=B, using=shared_interior))
sifted = (derive("test.sifted", "one term", Sum(z[k] * KroneckerDelta(k, m), (k, 1, K)))
          .by(sift_kronecker_delta, because=B, using=m_in_range))
observed = (derive("test.observed", "one term", Sum(y[i] * KroneckerDelta(i, j), (i, 1, n)))
            .by(sift_kronecker_delta, because=B, using=j_in_range))
tenth = (logit + 5) / 10

DROPPED = kind(
    "a citation drops a hypothesis",
    chain("a logit for a probability", lambda it: it.by(cite, on_logarithm, {probability: logit + 5}, because=B),
          log((logit + 5) ** 2), 2 * log(logit + 5), {logit: -6}),
    chain("a hard label for a probability", lambda it: it.by(cite, on_logarithm, {probability: label}, because=B),
          log(label**2), 2 * log(label), {label: 0}),
    chain("a difference for a probability", lambda it: it.by(cite, on_logarithm, {probability: label - 2}, because=B),
          log((label - 2) ** 2), 2 * log(label - 2), {label: 0}),
    chain("it is said to follow, and does up to 5",
          lambda it: it.by(cite, on_logarithm, {probability: tenth}, because=B, implied=shared_interior),
          log(tenth**2), 2 * log(tenth), {logit: -6}),
    chain("another distribution sums to 1", lambda it: it.by(cite, all_one, {p: q}, because=B),
          Sum(q[k], (k, 1, K)), 1, {K: 2, p: (1, 0), q: (1, 1)}, model_sums),
    chain("logits sum to 1", lambda it: it.by(cite, all_one, {p: z}, because=B),
          Sum(z[k], (k, 1, K)), 1, {K: 2, p: (1, 0), z: (1, 1)}, model_sums),
    chain("an observation more than there are", lambda it: it.by(cite, sifted, {m: n + 1}, because=B),
          Sum(z[k] * KroneckerDelta(k, n + 1), (k, 1, K)), z[n + 1], {n: 2, K: 2, z: (1, 1)}),
    chain("a class more than there are", lambda it: it.by(cite, sifted, {m: K + 1}, because=B),
          Sum(z[k] * KroneckerDelta(k, K + 1), (k, 1, K)), z[K + 1], {K: 2, z: (1, 1)}),
    chain("the class with the number of observations", lambda it: it.by(cite, sifted, {m: n}, because=B),
          Sum(z[k] * KroneckerDelta(k, n), (k, 1, K)), z[n], {n: 3, K: 2, z: (1, 1)}),
    chain("the observation with the number of inputs", lambda it: it.by(cite, observed, {j: M}, because=B),
          Sum(y[i] * KroneckerDelta(i, M), (i, 1, n)), y[M], {n: 1, M: 2, y: (1,)}),
    chain("the index of every class for the chosen one", lambda it: it.by(cite, sifted, {m: k}, because=B),
          Sum(z[l] * KroneckerDelta(l, k), (l, 1, K)), z[k], {K: 2, k: 3, z: (1, 1)}),
    chain("a free index for the chosen class", lambda it: it.by(cite, sifted, {m: l}, because=B),
          Sum(z[k] * KroneckerDelta(k, l), (k, 1, K)), z[l], {K: 2, l: 3, z: (1, 1)}),
)

SHARED_SAMPLES = kind(
    "a hypothesis on observations licenses classes, or the other way round",
    line("p_i inside, and p_k for it", log(p[k] ** 2), 2 * log(p[k]), {n: 1, K: 2, k: 2, p: (half, 0)}, interior),
    line("p_k positive, and p_i for it", log(p[i] ** 2), 2 * log(p[i]), {n: 2, K: 1, i: 2, p: (half, 0)},
         model_positive),
    line("hard labels of observations, and of classes", y[k] ** 2, y[k], {n: 1, K: 2, k: 2, y: (1, half)}, hard_labels),
    line("one shared probability, and every class has it", p[k], probability,
         {n: 1, K: 2, k: 2, p: (1, half), probability: 1}, shared),
    line("q_k positive, and q_i for it", log(q[i] ** 2), 2 * log(q[i]), {n: 2, K: 1, i: 2, q: (half, 0)},
         reference_positive),
    line("odds of p_k with p_i inside", 1 / p[k] - 1, (1 - p[k]) / p[k], {n: 1, K: 2, k: 2, p: (half, 0)}, interior),
    line("the first observation has the label of the first class", y[i], 1, {n: 2, K: 1, i: 2, y: (1, 0)},
         hypothesis("the label of every class is 1", equation(y[k], 1))),
)

same_pair = hypothesis("the two chosen logits are equal", equation(z[m], z[l]))
chosen_positive = hypothesis("the chosen class has a positive probability", Gt(p[m], 0))
chosen_inside = hypothesis("the probability of the chosen observation is inside", member(p[j], Interval.open(0, 1)))
chosen_certain = hypothesis("the label of the chosen class is 1", equation(y[m], 1))
not_zero = hypothesis("the logit of the class c is not negative", Ge(z[c], 0))

QUANTIFIERS = kind(
    "a hypothesis on one chosen index is read as one on every index",
    line("a positive logit", log(z[k] ** 2), 2 * log(z[k]), {K: 2, m: 1, k: 2, z: (1, -1)}, positive_logit, m_in_range),
    line("a sum of positive logits", Sum(z[k], (k, 1, K)), 0, {K: 2, m: 1, z: (1, -2)}, positive_logit, m_in_range,
         relation=">="),
    line("a sum of logits that are not negative", Sum(z[k], (k, 1, K)), 0, {K: 2, c: 1, z: (1, -2)}, not_zero,
         relation=">="),
    line("every label is 1", Sum(y[k], (k, 1, K)), K, {K: 2, m: 1, y: (1, 0)}, chosen_certain, m_in_range),
    line("every probability is one half", p[k], half, {K: 2, m: 1, k: 2, p: (half, 0)}, half_chosen, m_in_range),
    line("all logits are equal", z[k], z[1], {K: 3, m: 1, l: 2, k: 3, z: (1, 1, 0)}, same_pair, m_in_range),
    line("every observation has the label 1", Sum(y[i], (i, 1, n)), n, {n: 2, j: 1, y: (1, 0)}, sure, j_in_range),
    line("every probability is inside", log(p[i] ** 2), 2 * log(p[i]), {n: 2, j: 1, i: 2, p: (half, 0)}, chosen_inside,
         j_in_range),
    line("every class is possible", log(p[k] ** 2), 2 * log(p[k]), {K: 2, m: 1, k: 2, p: (half, 0)}, chosen_positive,
         m_in_range),
    line("the other class is possible", log(p[l] ** 2), 2 * log(p[l]), {K: 2, m: 1, l: 2, p: (half, 0)},
         chosen_positive, m_in_range),
)

OUT_OF_RANGE = kind(
    "an index out of its range, which no hypothesis excludes",
    chain("a class that need not exist", lambda it: it.by(sift_kronecker_delta, because=B),
          Sum(z[k] * KroneckerDelta(k, m), (k, 1, K)), z[m], {K: 2, m: 3, z: (1, 1)}),
    chain("an observation that need not exist", lambda it: it.by(sift_kronecker_delta, because=B),
          Sum(y[i] * KroneckerDelta(i, j), (i, 1, n)), y[j], {n: 1, j: 2, y: (1,)}),
    chain("class 0", lambda it: it.by(sift_kronecker_delta, because=B),
          Sum(logit * 2**k * KroneckerDelta(k, m), (k, 1, K)), logit * 2**m, {K: 2, m: 0, logit: 1}),
    chain("a factor for a class that need not exist", lambda it: it.by(sift_kronecker_delta, because=B),
          Product((2 + k) ** KroneckerDelta(k, m), (k, 1, K)), 2 + m, {K: 2, m: 3}),
    chain("a term taken out that is not there", lambda it: it.by(take_out_term, k, m, because=B),
          Sum(2**k * logit, (k, 1, K)),
          2**m * logit + Sum((1 - KroneckerDelta(k, m)) * 2**k * logit, (k, 1, K)), {K: 2, m: 3, logit: 1}),
    chain("a term kept that is not there", lambda it: it.by(keep_one_term, k, m, because=B),
          Sum(2**k, (k, 1, K)), 2**m, {K: 2, m: 3}, relation=">="),
    line("every class is found", Sum(KroneckerDelta(k, m), (k, 1, K)), 1, {K: 2, m: 3}),
    line("no observation after the last", KroneckerDelta(j, n + 1), 0, {n: 2, j: 3}),
    line("no class after the last", KroneckerDelta(m, K + 1), 0, {K: 2, m: 3}),
    line("a class is at least 1", m, 1, {K: 2, m: 0}, relation=">="),
    line("at most as many as there are", m, K, {K: 2, m: 3}, relation="<="),
    line("one observation more", Sum(logit * KroneckerDelta(i, j), (i, 1, n)), logit, {n: 2, j: 3, logit: 1}),
    line("the slope of a sum", partial(Sum(y[i], (i, 1, n)), y[j]), 1, {n: 1, j: 2, y: (1,)}),
)

once = define("test.twice", "a quantity", "Q", (logit,), logit)
again = define("test.twice", "another with the same id", "Q", (logit,), 2 * logit)
hidden = define("test.hidden", "a logit, chosen out of sight", "H", (z,), Sum(z[k] * KroneckerDelta(k, m), (k, 1, K)))
numbered = define("test.numbered", "a multiple, by a number out of sight", "N", (logit,), m * logit)
shared_hidden = define("test.loose", "a probability out of sight", "R", (), probability)
of_hidden = derive("test.of_hidden", "what it is", shared_hidden()).by(unfold, shared_hidden, because=B)

DEFINED = kind(
    "a definition hides an index or a symbol, or takes an id that is taken",
    line("the second is the first", once(logit) + label, again(logit) + label, {logit: 1, label: 0}),
    chain("the first folded as the second", lambda it: it.by(unfold, once, because=B),
          again(logit), logit, {logit: 1}),
    chain("the sum of a hidden class", lambda it: it.by(sum_of_constant, because=B),
          Sum(hidden(z), (m, 1, K)), K * hidden(z), {K: 2, m: 1, z: (1, 2)}),
    chain("the sum of hidden multiples", lambda it: it.by(sum_of_constant, because=B),
          Sum(numbered(logit), (m, 1, K)), K * numbered(logit), {K: 2, m: 1, logit: 1}),
    chain("a symbol exchanged that is out of sight", lambda it: it.by(cite, of_hidden, {probability: label}, because=B),
          shared_hidden(), label, {label: 0, probability: 1}),
    line("a hidden class is the first", Sum(hidden(z), (m, 1, K)), K * z[1], {K: 2, z: (1, 2)}),
)

z_is_t = hypothesis("the logit is t", equation(logit, shift))
t_is_z = hypothesis("t is the logit", equation(shift, logit))
probability_is_t = hypothesis("every probability is t", equation(p[i], shift))
moved_by_t = define("test.moved", "a logit moved by t", "T", (shift,), logit + shift)

TIED = kind(
    "what a hypothesis ties is followed into what binds its letter",
    line("a sum over t", Sum(logit, (shift, 1, 3)), 6, {logit: 1, shift: 1}, z_is_t),
    line("the same, tied the other way round", Sum(shift, (logit, 1, 3)), 6, {logit: 1, shift: 1}, t_is_z),
    line("an integral by t", Integral(logit, (shift, 0, 1)), half, {logit: 1, shift: 1}, z_is_t),
    line("an integral by a size", Integral(n * logit, (n, 0, 1)), n * logit, {n: 1, logit: 1}),
    line("a parameter that is t", moved_by_t(5), 10, {logit: 1, shift: 1}, z_is_t),
    line("a slope by t", partial(logit * label, shift), label, {logit: 1, shift: 1, label: 1}, z_is_t),
    line("a slope by t, tied the other way round", partial(shift * label, logit), label,
         {logit: 1, shift: 1, label: 1}, t_is_z),
    chain("an entry in an integral by t", lambda it: it.by(by_hypothesis, probability_is_t, because=B),
          Integral(p[i], (shift, 0, 1)), Integral(shift, (shift, 0, 1)), {n: 1, i: 1, p: (1,), shift: 1},
          probability_is_t),
)
