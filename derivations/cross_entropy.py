"""Cross-entropy: the mean surprisal of outcomes drawn from one distribution, under the probabilities of another.

The surprisal of an outcome of probability p is -log p, in nats. The first argument of the cross-entropy is the reference (the labels),
the second is the model.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Sum, Tuple, log

from .derivation import define
from .notation import K, k, label, p, probability, q

cross_entropy = define(
    "cross_entropy.cross_entropy", "cross-entropy", "H", (q, p), -Sum(q[k] * log(p[k]), (k, 1, K)),
    meaning="the mean surprisal of classes drawn with the probabilities q, under the model's probabilities p",
)

two_outcomes = define(
    "cross_entropy.two_outcomes", "cross-entropy of two outcomes", "H", (label, probability),
    -label * log(probability) - (1 - label) * log(1 - probability),
    shown=(Tuple(label, 1 - label), Tuple(probability, 1 - probability)),
    meaning="the cross-entropy of the pair (y, 1 − y) against the pair (p, 1 − p)",
)
