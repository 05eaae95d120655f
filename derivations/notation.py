"""Symbols with their meanings and domains. A domain is what the reader sees and what the checker samples from."""

from sympy import (
    And, Expr, FiniteSet, Ge, Gt, Implies, IndexedBase, Interval, KroneckerDelta, Lt, Range, S, Sum, Symbol, symbols,
)  # fmt: skip

from .engine.entries import Hypothesis
from .engine.nodes import Size
from .engine.terms import equation, member
from .engine.vocabulary import Notation, Vocabulary
from .engine.wording import Names, NoWordsFor, spelled_out

i, j, k, l, m, r, c, f, h, u = symbols("i j k l m r c f h u", integer=True, positive=True)
SIZES = n, K, d, M = tuple(map(Size, "nKdM"))
y, p, z, Z, q, x, w, W, v, V, a, G, φ, χ, π = map(IndexedBase, "ypzZqxwWvVaGφχπ")
g, seen = IndexedBase("g", integer=True, positive=True), IndexedBase("c", integer=True, positive=True)
shared_p = IndexedBase(Symbol("p", real=True))  # printed p as well: one distribution for all observations
direction = IndexedBase(Symbol("v", real=True))  # printed v as well: one for each feature; v[k] is one for each class
label, probability, logit, shift = symbols("y p z t", real=True)
scale = Symbol("t", positive=True)  # printed t as well
log_probability = Symbol("ψ", real=True)
log_probabilities = IndexedBase(Symbol("ψ", real=True))  # printed ψ as well: one for each class, or for each answer
penalty = Symbol("λ", positive=True)  # printed λ as well
temperature = Symbol("T", positive=True)
inverse_temperature = Symbol("β", real=True)
positive_weight = Symbol("ω", positive=True)
focus = Symbol("γ", nonnegative=True)
batch_size = Symbol("B", positive=True)
multiplier, base, floor, share = symbols("λ b ε α", real=True)

NOTATION = (
    Notation(n, "number of observations", S.Naturals),
    Notation(K, "number of classes", S.Naturals),
    Notation(d, "number of features", S.Naturals),
    Notation(M, "number of distinct inputs, or of groups of observations", S.Naturals),
    Notation(i, "index of an observation", Range(1, n + 1)),
    Notation(j, "index of one chosen observation", Range(1, n + 1)),
    Notation(r, "index of another chosen observation", Range(1, n + 1)),
    Notation(k, "index of a class", Range(1, K + 1)),
    Notation(m, "index of one chosen class", Range(1, K + 1)),
    Notation(l, "index of another chosen class", Range(1, K + 1)),
    Notation(c, "the class of a single observation", Range(1, K + 1)),
    Notation(f, "index of a feature", Range(1, d + 1)),
    Notation(h, "index of another feature", Range(1, d + 1)),
    Notation(u, "index of a distinct input, or of a group of observations", Range(1, M + 1)),
    Notation(seen[i], "the class of observation i", Range(1, K + 1)),
    Notation(g[i], "which of the distinct inputs observation i has", Range(1, M + 1)),
    Notation(y[i], "label of observation i: 1 for the first class, 0 for the other, between them if soft",
             Interval(0, 1), is_label=True),
    Notation(y[i, k], "label of observation i for class k: 1 for its class and 0 elsewhere, or soft", Interval(0, 1),
             is_label=True),
    Notation(y[k], "label of a single observation for class k", Interval(0, 1), is_label=True),
    Notation(p[i], "probability that the model gives to the label 1 of observation i", Interval(0, 1)),
    Notation(p[i, k], "probability that the model gives to class k for observation i", Interval(0, 1)),
    Notation(p[k], "probability that the model gives to class k for a single observation", Interval(0, 1)),
    Notation(shared_p[k], "probability of class k, the same for every observation", Interval(0, 1)),
    Notation(q[k], "probability of class k under a reference distribution", Interval(0, 1)),
    Notation(q[i], "probability that a model of the inputs gives to the input of observation i", Interval(0, 1)),
    Notation(φ[u, k], "probability that the model gives to class k at the distinct input u, or that of several models "
             "model u gives to it", Interval(0, 1)),
    Notation(π[u], "true probability of the distinct input u", Interval(0, 1)),
    Notation(q[u, k], "true probability of class k at the distinct input u", Interval(0, 1)),
    Notation(z[k], "logit of class k: any real number", S.Reals),
    Notation(Z[u, k], "logit that model u of several gives to class k: any real number", S.Reals),
    Notation(v[k], "any real numbers, one for each class", S.Reals),
    Notation(v[i], "any real numbers, one for each observation: losses, or entries of gradients", S.Reals),
    Notation(χ[i, u], "1 if observation i is in group u and 0 if not, or a share between them", Interval(0, 1)),
    Notation(a[k], "a weight for class k that is not negative", Interval(0, S.Infinity)),
    Notation(G[u, k], "1 if class k is in part u of the classes and 0 if not, or a share between them", Interval(0, 1)),
    Notation(x[i, f], "feature f of observation i", S.Reals),
    Notation(w[f], "weight of feature f", S.Reals),
    Notation(W[f, k], "weight of feature f for class k", S.Reals),
    Notation(direction[f], "any real numbers, one for each feature: a direction in which weights move", S.Reals),
    Notation(V[f, k], "any real numbers, one for each feature and class: a direction in which weights move, "
             "or what is measured of each class", S.Reals),
    Notation(label, "label of a single observation", Interval(0, 1), is_label=True),
    Notation(probability, "one probability shared by all observations", Interval(0, 1)),
    Notation(log_probability, "logarithm of a probability between 0 and 1: a negative number",
             Interval.open(-S.Infinity, 0)),
    Notation(log_probabilities[k], "logarithm of the probability of class k, or of answer k, between 0 and 1: a "
             "negative number", Interval.open(-S.Infinity, 0)),
    Notation(logit, "logit of a single observation: any real number", S.Reals),
    Notation(multiplier, "Lagrange multiplier of the constraint that the probabilities sum to 1", S.Reals),
    Notation(shift, "any real number, added to every logit or reward, or taken from it", S.Reals),
    Notation(scale, "a positive number, by which weights or logits are multiplied", Interval.open(0, S.Infinity)),
    Notation(temperature, "temperature, by which every logit is divided: a positive number",
             Interval.open(0, S.Infinity)),
    Notation(inverse_temperature, "inverse temperature, by which every logit is multiplied: any real number", S.Reals),
    Notation(penalty, "how strong a penalty is: a positive number", Interval.open(0, S.Infinity)),
    Notation(base, "base of a logarithm", Interval.open(1, S.Infinity)),
    Notation(floor, "a small positive number", Interval.open(0, 1)),
    Notation(share, "share of the first of two distributions in a mixture", Interval(0, 1)),
    Notation(positive_weight, "how many times the label 1 counts: a positive number", Interval.open(0, S.Infinity)),
    Notation(batch_size, "how many observations a batch has, or how many bytes a text: a positive number",
             Interval.open(0, S.Infinity)),
    Notation(focus, "how much focal loss turns to what the model finds hard: not negative", Interval(0, S.Infinity)),
)

# Indices that run: a hypothesis in which one is free speaks of every value of it, and of a chosen value of the others.
RUNNING = i, k, f, u

CATALOGUE = Vocabulary(NOTATION, SIZES, RUNNING)
SIZE_OF = CATALOGUE.size_of

COUNTED = {n: "observation", K: "class", d: "feature", M: "distinct input"}  # what a size is the number of


def size_of(index: Symbol) -> Symbol:
    """The size up to which an index runs, as its notation declares it. KeyError for a symbol that is no index."""
    return SIZE_OF[index]


# What an entry is called in a sentence, and those along its last index; {i} says of which observation.
CALLED = {
    y[i]: ("label", ""), y[k]: ("label", "labels of one observation"), y[i, k]: ("label", "labels of {i}"),
    p[i]: ("probability", ""), p[k]: ("probability", "model's probabilities"),
    p[i, k]: ("probability", "model's probabilities for {i}"),
    φ[u, k]: ("probability", "model's probabilities at {u}"),
    shared_p[k]: ("probability", "probabilities of one distribution"),
    q[k]: ("reference probability", "reference probabilities"),
    z[k]: ("logit", ""), a[k]: ("weight", "weights"), x[i, f]: ("feature", ""),
    label: ("label", ""), probability: ("probability", ""),
}  # fmt: skip
SPOKEN = Names(
    one={symbol: one for symbol, (one, _) in CALLED.items()},
    many={symbol: many for symbol, (_, many) in CALLED.items() if many},
    domain={entry.symbol: entry.domain for entry in NOTATION},
    counted=COUNTED,
    size_of=SIZE_OF,
    running=RUNNING,
)


def supposed(name: str, statement, **more) -> Hypothesis:
    """A hypothesis that says itself in words from its formula."""
    return Hypothesis(name, spelled_out(statement, SPOKEN, more.get("every")), statement, **more)


def says_itself(hypothesis: Hypothesis) -> bool:
    """Whether the words of a hypothesis are those that its formula gives."""
    try:
        return hypothesis.statement is not None and (
            spelled_out(hypothesis.statement, SPOKEN, hypothesis.every) == hypothesis.words)  # fmt: skip
    except NoWordsFor:
        return False


def positive_where(weight: Expr, probability: Expr) -> Implies:
    """That a probability is positive where its weight is."""
    return Implies(Gt(weight, 0), Gt(probability, 0), evaluate=False)


def _possible(chance):
    """That a label of observation i may be what it is: nothing that it is has the probability 0."""
    return And(positive_where(y[i], chance), Implies(Lt(y[i], 1), Lt(chance, 1)), evaluate=False)


i_in_range = supposed("observation i exists", member(i, Range(1, n + 1)))
k_in_range = supposed("class k exists", member(k, Range(1, K + 1)))
u_in_range = supposed("input u exists", member(u, Range(1, M + 1)))
j_in_range = supposed("observation j exists", member(j, Range(1, n + 1)))
r_in_range = supposed("observation r exists", member(r, Range(1, n + 1)))
m_in_range = supposed("class m exists", member(m, Range(1, K + 1)))
l_in_range = supposed("class l exists", member(l, Range(1, K + 1)))

several_classes = Hypothesis("two or more classes", "there are at least 2 classes", Ge(K, 2))
independent = Hypothesis("independent labels", "the labels are independent given the inputs")
labels_possible = Hypothesis(
    "no label seen is impossible", "the probability is above 0 where the label is, and below 1 where the label is",
    _possible(p[i]),
)
shared_labels_possible = Hypothesis(
    "no label seen is impossible for all", "the probability is above 0 where a label is, and below 1 where a label is",
    _possible(probability),
)
interior = supposed("interior probabilities", member(p[i], Interval.open(0, 1)))
positive = supposed("positive probabilities", member(p[i, k], Interval.Lopen(0, 1)))
classes_possible = Hypothesis("no class seen is impossible", "the probability is positive where the label is",
                              positive_where(y[i, k], p[i, k]))
labels_sum = supposed("labels sum to 1", equation(Sum(y[k], (k, 1, K)), 1))
every_labels_sum = supposed("labels sum to 1", equation(Sum(y[i, k], (k, 1, K)), 1))
probabilities_sum = supposed("probabilities sum to 1", equation(Sum(shared_p[k], (k, 1, K)), 1))
shared = supposed("one shared probability", equation(p[i], probability))
shared_classes = supposed("one shared distribution", equation(p[i, k], shared_p[k]))
shared_classes_possible = Hypothesis("no class seen is impossible for all",
                                     "the probability is positive where a label is",
                                     positive_where(y[i, k], shared_p[k]))
shared_interior = Hypothesis("interior probability", "the shared probability is not 0 or 1",
                             member(probability, Interval.open(0, 1)))
shared_positive = supposed("positive probabilities", member(shared_p[k], Interval.Lopen(0, 1)))

f_in_range = supposed("feature f exists", member(f, Range(1, d + 1)))
h_in_range = supposed("feature h exists", member(h, Range(1, d + 1)))
c_in_range = supposed("class c exists", member(c, Range(1, K + 1)))

hard_labels = supposed("hard labels", member(y[i], FiniteSet(0, 1)))
hard_label = supposed("a hard label", member(label, FiniteSet(0, 1)))
one_hot = supposed("one-hot label", equation(y[k], KroneckerDelta(k, c)))
every_one_hot = supposed("one-hot labels", equation(y[i, k], KroneckerDelta(k, seen[i])))
reference_sums = supposed("reference sums to 1", equation(Sum(q[k], (k, 1, K)), 1))
model_sums = supposed("model sums to 1", equation(Sum(p[k], (k, 1, K)), 1))
model_positive = Hypothesis("positive model", "the model gives every class a positive probability",
                            member(p[k], Interval.Lopen(0, 1)))
reference_positive = supposed("positive reference", member(q[k], Interval.Lopen(0, 1)))
every_model_sums = supposed("probabilities sum to 1", equation(Sum(p[i, k], (k, 1, K)), 1))
