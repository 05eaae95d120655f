"""Cross-entropy: the mean surprisal of outcomes drawn from one distribution, under the probabilities of another.

The surprisal of an outcome of probability p is -log p, in nats. The first argument of the cross-entropy is the reference (the labels),
the second is the model. The reference may have zeros, with 0 log 0 = 0; the model's probabilities are positive where a step says so.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Eq, Lt, Product, Rational, S, Sum, Tuple, log

from .derivation import Counterexample, define, derive
from .notation import (K, i, k, label, m, m_in_range, model_positive, model_sums, n, p, positive, probability, q, reference_sums,
                       y)
from .rules.algebra import by_hypothesis
from .rules.definitions import cite, fold, unfold
from .rules.derivatives import derivative_of_coordinate, derivative_of_logarithm, differentiate_sum, linearity_of_derivative
from .rules.inequalities import bounded_below, minus_weighted_log_above
from .rules.logarithms import log_of_power, log_of_product, weighted_log_of_quotient, weighted_log_relative_to
from .rules.sums import factor_into_sum, linearity_of_sum, sift_kronecker_delta
from .terms import partial

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

entropy = define(
    "cross_entropy.entropy", "entropy", "H", (q,), -Sum(q[k] * log(q[k]), (k, 1, K)),
    meaning="the mean surprisal of classes drawn with the probabilities q, under the same probabilities",
)

kl_divergence = define(
    "cross_entropy.kl_divergence", "Kullback–Leibler divergence", "KL", (q, p), Sum(q[k] * log(q[k] / p[k]), (k, 1, K)),
    meaning="the mean logarithm of the ratio of the two probabilities, for classes drawn with the probabilities q",
)

decomposition = (
    derive("cross_entropy.decomposition", "cross-entropy is entropy plus divergence", cross_entropy(q, p))
    .by(unfold, cross_entropy, using=model_positive, because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(weighted_log_relative_to, q[k], p[k], q[k],
        because="compare each probability of the model with that of the reference; where the reference is 0, all terms are 0")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(fold, entropy, q, because="the first sum is the entropy of the reference")
    .by(fold, kl_divergence, q, p, because="the second is the divergence")
)

gibbs = (
    derive("cross_entropy.gibbs", "Gibbs' inequality: a divergence is never negative", kl_divergence(q, p))
    .by(unfold, kl_divergence, using=model_positive, because="this is its definition; the model's probabilities are positive, so none divides by 0")
    .by(weighted_log_of_quotient, q[k], q[k] / p[k],
        because="the logarithm of a ratio is a difference; where the reference is 0, all terms are 0")
    .by(minus_weighted_log_above, q[k], p[k],
        because="a logarithm lies below its tangent at 1; here u is the model's probability over that of the reference")
    .by(linearity_of_sum, because="the logarithms have cancelled; the sum of a difference is the difference of the sums")
    .by(by_hypothesis, reference_sums, because="the probabilities of the reference sum to 1")
    .by(by_hypothesis, model_sums, because="and so do those of the model")
)

minimum = (
    derive("cross_entropy.minimum", "cross-entropy is never less than entropy", cross_entropy(q, p))
    .by(cite, decomposition, because="cross-entropy is entropy plus divergence")
    .by(bounded_below, gibbs, because="a divergence is never negative (Gibbs' inequality)")
)

gradient = (
    derive("cross_entropy.gradient", "slope of cross-entropy in one probability", partial(cross_entropy(q, p), p[m]))
    .by(unfold, cross_entropy, using=model_positive, because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(linearity_of_derivative, because="the sign stands before the derivative as well")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the reference does not depend on the model")
    .by(derivative_of_logarithm, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate, because="each probability is a variable of its own: this is the ambient gradient")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

mean_nll = (
    derive("cross_entropy.mean_nll", "the whole chain at once: from the likelihood to a mean cross-entropy",
           -log(Product(p[i, k]**y[i, k], (k, 1, K), (i, 1, n))) / n)
    .by(log_of_product, using=positive, because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_power, because="a label is the exponent of a positive base")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term as well as to the sum")
    .by(fold, cross_entropy, y[i], p[i], because="each term is the cross-entropy of the labels of one observation against its probabilities")
)

asymmetry = Counterexample(
    "cross_entropy.asymmetry", "the order of the two distributions matters", Eq(cross_entropy(q, p), cross_entropy(p, q), evaluate=False),
    values={K: 2, q: (Rational(9, 10), Rational(1, 10)), p: (Rational(1, 2), Rational(1, 2))},
    meaning="exchanged, the two give another number, so cross-entropy is not a distance",
)

entropy_is_not_the_loss = Counterexample(
    "cross_entropy.entropy_is_not_the_loss", "the model that is more sure of itself need not have the smaller loss",
    Lt(-log(p[3]), -log(q[3]), evaluate=False), given=(Lt(entropy(p), entropy(q), evaluate=False),),
    values={K: 3, p: (Rational(98, 100), Rational(1, 100), Rational(1, 100)), q: (Rational(1, 2), Rational(3, 10), Rational(1, 5))},
    meaning="the class seen is the third; the first model has the smaller entropy and the larger loss, since its entropy has no labels in it",
)
