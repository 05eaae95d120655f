"""What keeps a maximum in place: what changes a likelihood, and leaves the best probabilities where they are.

A factor without probabilities, such as the number of orders in which the counts may come, changes the value and no
ratio. The exponential, the sign and a division keep the place of the maximum. Written in the logit, the same
distribution is best. What the maximum is ahead of any other distribution is a divergence, times the number of labels.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Interval, Le, Product, Rational, factorial, log

from . import bernoulli, categorical
from .cross_entropy import kl_divergence
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import common_denominator, distribute
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.inequalities import bounded_above, bounded_below
from .engine.rules.logarithms import (log_of_factors, log_of_power, log_of_product, log_of_quotient,
                                      weighted_log_of_quotient)
from .engine.rules.sums import linearity_of_sum
from .engine.terms import equation, member
from .likelihood import as_exponential
from .notation import (K, classes_possible, every_labels_sum, independent, k, logit as z, n, p, probabilities_sum,
                       probability, q, reference_positive, scale, shared_classes_possible, shared_interior, shared_p,
                       shared_positive, y)
from .sigmoid import sigmoid

count, best = categorical.count, categorical.frequency
powers = Product(shared_p[k] ** count(k), (k, 1, K))

# --- A factor without probabilities ---
multiplied = define(
    "invariance.multiplied", "likelihood times a factor", "F", (shared_p,), scale * powers,
    meaning="the likelihood of one shared distribution, multiplied by a number that does not depend on it",
)

log_multiplied = (
    derive("invariance.log_multiplied", "the logarithm of a factor is added to the log-likelihood",
           log(multiplied(shared_p)))
    .by(unfold, multiplied, using=shared_positive, because="this is its definition; it is positive")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_product, because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_power, because="every probability is positive")
    .by(fold, categorical.shared_log_likelihood, implied=shared_classes_possible,
        because="the second term is the log-likelihood")
)

log_multiplied_maximum = (
    derive("invariance.log_multiplied_maximum", "a factor without probabilities keeps the frequencies best",
           log(multiplied(shared_p)))
    .by(cite, log_multiplied, using=(shared_positive, every_labels_sum, probabilities_sum),
        because="the logarithm of the factor is added")
    .by(bounded_above, categorical.maximum_likelihood, implied=shared_classes_possible,
        because="the log-likelihood is largest at the frequencies, and the other term does not move")
)

ratio = (
    derive("invariance.ratio", "a factor without probabilities cancels in a likelihood ratio",
           multiplied(shared_p) / multiplied(q))
    .by(unfold, multiplied, using=reference_positive, because="this is its definition; the factor cancels")
)

log_ratio = (
    derive("invariance.log_ratio", "logarithm of a likelihood ratio", log(multiplied(shared_p) / multiplied(q)))
    .by(cite, ratio, using=shared_positive, because="a factor without probabilities cancels")
    .by(log_of_quotient, because="both likelihoods are positive")
    .by(log_of_product, because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_power, because="every probability is positive")
)

orders = factorial(n) / Product(factorial(count(k)), (k, 1, K))
order_or_counts = Counterexample(
    "invariance.order_or_counts", "counts are more probable than labels in their order",
    equation(orders * powers, powers),
    values={n: 2, K: 2, y: ((Integer(1), Integer(0)), (Integer(0), Integer(1))),
            shared_p: (Rational(1, 2), Rational(1, 2))},
    meaning="two labels of two classes can come in two orders, each of probability 1/4; "
            "one of each class has the probability 1/2",
)

# --- An increasing function ---
shared = categorical.shared_model(shared_p)
mean_loss_minimum = (
    derive("invariance.mean_loss_minimum", "the mean loss is smallest at the frequencies",
           categorical.mean_negative_log_likelihood(shared))
    .by(unfold, categorical.mean_negative_log_likelihood.named,
        using=(shared_classes_possible, every_labels_sum, probabilities_sum), implied=classes_possible,
        because="it is the negative log-likelihood divided by n")
    .by(unfold, categorical.negative_log_likelihood.named, because="it is minus the log-likelihood")
    .by(cite, categorical.shared_log_likelihood, because="in the counts of the classes")
    .by(fold, categorical.shared_log_likelihood, because="this is the log-likelihood of one distribution for all")
    .by(bounded_below, categorical.maximum_likelihood,
        because="minus turns the order round and n is positive: where the one is largest, the other is smallest")
)

likelihood_maximum = (
    derive("invariance.likelihood_maximum", "the likelihood itself is largest at the frequencies",
           categorical.likelihood(shared))
    .by(recognise, as_exponential, {p: shared},
        using=(shared_classes_possible, every_labels_sum, probabilities_sum), implied=classes_possible,
        because="the likelihood is the exponential of the mean loss, times minus n")
    .by(bounded_above, mean_loss_minimum,
        because="the exponential is increasing, and the mean loss is smallest at the frequencies; n cancels")
)

# --- Another way to write it ---
sigmoid_of_logit = (
    derive("invariance.sigmoid_of_logit", "each inner probability is the sigmoid of its logit",
           sigmoid(log(probability) - log(1 - probability)))
    .by(unfold, sigmoid, using=shared_interior,
        because="this is its definition; the exponential undoes the logarithm")
    .by(common_denominator, because="the probability in the denominator is not 0")
)

both_seen = Hypothesis("both labels seen", "the frequency is not 0 or 1",
                       member(bernoulli.frequency(), Interval.open(0, 1)))
best_logit = (
    derive("invariance.best_logit", "the best logit is the logit of the frequency",
           bernoulli.shared_log_likelihood(sigmoid(z)))
    .by(bounded_above, bernoulli.maximum_likelihood, {probability: sigmoid(z)}, using=both_seen,
        implied=bernoulli.shared_labels_possible, because="a sigmoid is a probability, and none beats the frequency")
    .by(recognise, sigmoid_of_logit, {probability: bernoulli.frequency()}, implied=shared_interior,
        because="the frequency is the sigmoid of its logit")
)

mode_moves = Counterexample(
    "invariance.mode_moves", "the peak of a density moves with what it is written in",
    Le(probability**3 * (1 - probability) ** 2, Rational(2, 3) ** 3 * Rational(1, 3) ** 2, evaluate=False),
    values={probability: Rational(3, 5)},
    given=(Le(probability**2 * (1 - probability), Rational(2, 3) ** 2 * Rational(1, 3), evaluate=False),),
    meaning="two labels 1 and one label 0, and before them no probability preferred: the density of the probability "
            "is largest at 2/3; that of the logit has one more factor p and 1 − p, the slope of the sigmoid, "
            "and is larger at 3/5",
)

bijection = Theorem(
    "invariance.bijection", "the maximum in a new parameter is the old one, translated",
    "If a likelihood is largest at θ, and η = g(θ) is another way to write the same model, then g(θ) is where it "
    "is largest as a function of η.",
    "zehna_1966",
    conditions=(Hypothesis("one to one", "to each value of the one parameter belongs one of the other"),),
    evidence=(best_logit, mode_moves),
)

# --- How far behind the best ---
likelihood_ratio = (
    derive("invariance.likelihood_ratio", "a likelihood ratio is a divergence from the frequencies",
           2 * n * kl_divergence(best(), shared_p))
    .by(unfold, kl_divergence, using=shared_positive, because="this is its definition")
    .by(weighted_log_of_quotient, best(k), best(k) / shared_p[k],
        because="the logarithm of a quotient is a difference, and 0 log 0 counts as 0")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(distribute, because="multiply out the bracket")
    .by(recognise, categorical.frequency_form, {shared_p: best()}, implied=shared_classes_possible,
        because="the one sum is the log-likelihood at the frequencies")
    .by(recognise, categorical.frequency_form, implied=shared_classes_possible,
        because="and the other is that at the distribution itself")
)

chi_squared = Theorem(
    "invariance.chi_squared", "for many labels a likelihood ratio is nearly chi-squared",
    "If the labels are drawn from the distribution that the frequencies are compared with, then twice the difference "
    "of the log-likelihoods tends in distribution, as labels are added, to chi-squared with K − 1 degrees of "
    "freedom.",
    "wilks_1938",
    conditions=(independent, shared_positive),
    evidence=(likelihood_ratio,),
)
