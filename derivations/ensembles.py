"""Ensembles: the logits of several models averaged, beside their probabilities averaged.

The softmax of mean logits is the geometric mean of the models' probabilities, divided by its sum. Its loss is the mean
of the models' losses less a gain, which is a mean divergence: never negative, and the same whatever the label is. The
average of the probabilities has at most the mean loss too (averages.ensemble); neither is always the better one.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Interval, Le, Product, Rational, Sum, exp, log

from .cross_entropy import cross_entropy, gibbs, kl_divergence, positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, define
from .engine.rules.algebra import distribute
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.inequalities import bounded_below
from .engine.rules.logarithms import (exponential_of_logarithm, exponential_of_sum, log_of_exponential, log_of_factors,
                                      log_of_quotient)
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, product_of_powers, sum_of_constant, swap_sums
from .engine.terms import member
from .notation import (K, M, Z, c, k, k_in_range, labels_sum, m, m_in_range, model_sums, p, q, probability as one,
                       reference_sums, supposed, u, y, z)
from .softmax import (cross_entropy as loss_in_logits, log_probability, log_sum_exp,
                      probabilities_sum, probability)

# --- Averaged logits ---
mean_logits = define(
    "ensembles.mean_logits", "mean logits of several models", "z̄", (Z, k), Sum(Z[u, k], (u, 1, M)) / M,
    meaning="the mean of the logits that the M models give to class k",
)
pooled = probability(mean_logits(Z))
each = probability(Z[u])
mean_loss = Sum(cross_entropy(y, each), (u, 1, M)) / M

total_of_logits = (
    derive("ensembles.total_of_logits", "the logits of several models sum to M times their mean",
           M * mean_logits(Z, k))
    .by(unfold, mean_logits, using=k_in_range, because="this is its definition; M cancels")
)

positive = supposed("positive probability", member(one, Interval.Lopen(0, 1)))

root = (
    derive("ensembles.root", "a root of a probability as an exponential", exp(log(one) / M))
    .by(exponential_of_logarithm, using=positive, because="a positive number has a logarithm")
)

geometric_mean = (
    derive("ensembles.geometric_mean", "geometric mean of several models' probabilities",
           Product(probability(Z[u], m) ** (1 / M), (u, 1, M)))
    .by(recognise, root, {one: probability(Z[u], m)}, using=m_in_range, implied=positive,
        because="each root is an exponential")
    .by(cite, log_probability, {z: Z[u]}, because="a log-probability is a logit minus log-sum-exp")
    .by(product_of_powers, because="exponentials multiply by adding their exponents")
    .by(factor_out_of_sum, because="the number of models does not depend on the model")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(distribute, because="multiply out the bracket")
    .by(fold, mean_logits, Z, m, because="the sum of the logits over M is their mean")
)

sum_of_means = Sum(Product(probability(Z[u], k) ** (1 / M), (u, 1, M)), (k, 1, K))

normalised = (
    derive("ensembles.normalised", "softmax of mean logits is a normalised geometric mean",
           Product(probability(Z[u], m) ** (1 / M), (u, 1, M)) / sum_of_means)
    .by(cite, geometric_mean, {}, {m: k}, using=m_in_range, because="each product is one exponential")
    .by(exponential_of_sum, because="the exponential of a sum is a product of exponentials")
    .by(factor_out_of_sum, because="the mean of log-sum-exp does not depend on the class; it cancels")
    .by(fold, probability, mean_logits(Z), m, because="this is softmax of the mean logits")
)

# --- The loss of averaged logits ---
mean_of_losses = (
    derive("ensembles.mean_of_losses", "mean loss of several models in their logits", mean_loss)
    .by(cite, loss_in_logits, {z: Z[u]}, using=labels_sum, because="this is what each loss was found to be")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the label does not depend on the model")
    .by(recognise, total_of_logits, because="the logits sum to M times their mean")
    .by(factor_out_of_sum, because="the number of models does not depend on the class")
    .by(distribute, because="multiply out the bracket; M cancels")
)

gain = (
    derive("ensembles.gain", "what averaging the logits gains, in log-sum-exp",
           Sum(kl_divergence(pooled, each), (u, 1, M)) / M)
    .by(unfold, kl_divergence, because="this is its definition")
    .by(log_of_quotient, because="all probabilities are positive")
    .by(cite, log_probability, {z: mean_logits(Z), m: k}, {z: Z[u], m: k},
        because="a log-probability is a logit minus log-sum-exp")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on the class")
    .by(cite, probabilities_sum, {z: mean_logits(Z)}, because="the probabilities sum to 1")
    .by(sum_of_constant, because="M equal terms")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the probabilities of the average do not depend on the model")
    .by(sum_of_constant, because="M ones")
    .by(recognise, total_of_logits, because="the logits sum to M times their mean; two sums cancel")
    .by(distribute, because="multiply out the bracket; M cancels")
)

log_normaliser = (
    derive("ensembles.log_normaliser", "the sum of the geometric means tells the gain",
           -log(sum_of_means))
    .by(cite, geometric_mean, {m: k}, implied=m_in_range, because="each product is one exponential")
    .by(exponential_of_sum, because="the exponential of a sum is a product of exponentials")
    .by(factor_out_of_sum, because="the mean of log-sum-exp does not depend on the class")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(fold, log_sum_exp, mean_logits(Z), because="this is log-sum-exp of the mean logits")
    .by(recognise, gain, because="this is what a mean divergence was found to be")
)

loss = (
    derive("ensembles.loss", "loss of averaged logits, and its gain on the mean loss",
           cross_entropy(y, pooled) + gain.start)
    .by(cite, loss_in_logits, {z: mean_logits(Z)}, using=labels_sum, because="this is what the loss was found to be")
    .by(cite, gain, because="this is what the mean divergence was found to be; log-sum-exp of the mean logits cancels")
    .by(recognise, mean_of_losses, because="this is the mean loss of the models")
)

at_most_mean = (
    derive("ensembles.at_most_mean", "a mean loss of models is at least that of their mean logits", mean_loss)
    .by(recognise, loss, using=labels_sum, because="it is the loss of the mean logits, plus a mean divergence")
    .by(bounded_below, gibbs, {q: pooled, p: each}, implied=(positive_where_seen, reference_sums, model_sums),
        because="a divergence is at least 0 (Gibbs' inequality)")
    .by(sum_of_constant, because="M zeros")
)

# --- Logits or probabilities? ---
mean_probability = Sum(probability(Z[u], c), (u, 1, M)) / M
sure_and_not = {K: 2, M: 2, Z: ((log(9), Integer(0)), (log(Rational(3, 2)), Integer(0)))}

not_always_below = Counterexample(
    "ensembles.not_always_below", "averaged logits need not beat averaged probabilities",
    Le(-log(probability(mean_logits(Z), c)), -log(mean_probability)), values=sure_and_not | {c: 2},
    meaning="the models give the first class .9 and .6; the second one is seen, and averaged logits are too sure",
)

not_always_above = Counterexample(
    "ensembles.not_always_above", "averaged probabilities need not beat averaged logits",
    Le(-log(mean_probability), -log(probability(mean_logits(Z), c))), values=sure_and_not | {c: 1},
    meaning="the models give the first class .9 and .6, and it is seen: averaged logits are surer of it",
)
