"""Likelihood: what the probability of the labels says, and what it does not say, as a function of the probabilities.

One number, two readings: a probability of labels, and a function of the model. For one distribution shared by all
observations only the counts of the classes enter. Hard labels choose one probability each; with one free probability
for each observation the likelihood reaches 1, where the probabilities are the labels. The logarithm keeps the order of
likelihoods, and keeps them from underflow.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import (And, Contains, Ge, Gt, Integer, Integral, Interval, Max, Product, Rational, S, Sum, exp,
                   factorial, log, symbols)

from . import bernoulli, categorical
from .categorical import mass, one_hot_label
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_cases, by_hypothesis, power_is_one
from .engine.rules.definitions import cite, fold, unfold
from .engine.rules.derivatives import linearity_of_derivative
from .engine.rules.inequalities import (bounded_below, drop_what_is_not_positive, keep_one_factor, log_below_tangent,
                                        minus_log_above_tangent, power_below_tangent)
from .engine.rules.logarithms import log_of_factors, log_of_power, log_of_product, log_relative_to
from .engine.rules.sums import (factor_out_of_sum, linearity_of_sum, product_of_powers, sift_kronecker_delta,
                                swap_products)
from .engine.nodes import Rounded
from .engine.terms import equation, partial
from .notation import (K, a, c, c_in_range, classes_possible, every_model_sums, every_one_hot, floor, hard_label,
                       hard_labels, i, independent, j, j_in_range, k, l_in_range, label, m, m_in_range, model_positive,
                       model_sums, n, one_hot, p, positive, probability, q, shared_classes, v, y, z)
from .notation import l as other

possible_inputs = Hypothesis("possible inputs", "every input has a positive probability",
                             Contains(q[i], Interval.Lopen(0, 1)))
positive_numbers = Hypothesis("positive numbers", "the numbers are positive",
                              Contains(a[k], Interval.open(0, S.Infinity)))

# --- Are the inputs part of it? ---
joint = define(
    "likelihood.joint", "joint likelihood", "J", (q, p), Product(q[i] * mass(y[i], p[i]), (i, 1, n)),
    meaning="the probability of the inputs and of their labels: for each observation, "
            "that of its input times that of the label given the input",
)

joint_and_conditional = (
    derive("likelihood.joint_and_conditional", "joint log-likelihood: the inputs add their own term", log(joint(q, p)))
    .by(unfold, joint, using=(independent, classes_possible, possible_inputs),
        because="this is its definition; it is positive, so it has a logarithm")
    .by(log_of_product, because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_factors, because="both factors are positive")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(unfold, mass, because="this is its definition")
    .by(log_of_product, because="every factor is positive")
    .by(log_of_power, because="a label is the exponent of a positive base, or both are 0")
    .by(fold, categorical.log_likelihood, because="the second sum is the log-likelihood of the labels")
)

joint_score = (
    derive("likelihood.joint_score", "the inputs do not move the score", partial(log(joint(q, p)), p[j, m]))
    .by(cite, joint_and_conditional, using=positive, implied=classes_possible,
        because="this is what the log of the joint likelihood was found to be")
    .by(linearity_of_derivative, because="the probabilities of the inputs do not contain those of the labels")
    .by(cite, categorical.score, because="this is what the score was found to be")
)

shared_parameter = Counterexample(
    "likelihood.shared_parameter", "a parameter that the inputs share",
    equation(partial(log(probability * bernoulli.mass(1, probability)), probability),
       partial(log(bernoulli.mass(1, probability)), probability)),
    values={probability: Rational(1, 2)},
    given=(equation(log(probability * bernoulli.mass(1, probability)),
                    log(probability) + log(bernoulli.mass(1, probability))),),
    meaning="here p is the probability of the input as well as that of its label: "
            "the logarithm is still a sum, but both terms move with p",
)

# --- Why a product? ---
dependent_labels = Counterexample(
    "likelihood.dependent_labels", "labels that copy each other: no product",
    equation(probability, probability**2), values={probability: Rational(1, 2)}, without=independent,
    meaning="the second label repeats the first, so both are 1 with the probability p of the first; "
            "the product of their probabilities is p squared",
)

# --- A distribution over labels, not over probabilities ---
total_probability = (
    derive("likelihood.total_probability", "the likelihoods of all possible labels sum to 1",
           Product(Sum(mass(one_hot_label(c), p[i]), (c, 1, K)), (i, 1, n)))
    .by(cite, categorical.total_probability, {p: p[i]}, using=every_model_sums, implied=model_sums,
        because="for each observation, the probabilities of its possible labels sum to 1")
    .by(product_of_powers, because="a product of ones is 1")
)

last_label = (
    derive("likelihood.last_label", "the last label summed out: the likelihood of the others",
           Sum(mass(one_hot_label(c), p[n]) * Product(mass(y[i], p[i]), (i, 1, n - 1)), (c, 1, K)))
    .by(factor_out_of_sum, using=every_model_sums, because="the labels before it do not depend on c")
    .by(cite, categorical.total_probability, {p: p[n]}, implied=model_sums,
        because="the probabilities of the possible labels of the last observation sum to 1")
)

multiplying_out = Theorem(
    "likelihood.multiplying_out", "a product of sums is a sum over all lists of labels",
    "A product of sums over the classes is the sum, over all lists that name a class for each factor, of the products "
    "of the terms of those classes (Fintype.prod_sum); the formula says it of two sums of any numbers, v and z. So the "
    "likelihoods of all lists of n labels sum to the product over the observations of the sums over the classes.",
    "mathlib",
    evidence=(total_probability, last_label),
    formula=equation(Sum(v[k], (k, 1, K)) * Sum(z[k], (k, 1, K)), Sum(v[k] * z[other], (k, 1, K), (other, 1, K))),
)

not_a_density = Counterexample(
    "likelihood.not_a_density", "a likelihood is no distribution over the probability",
    equation(Integral(probability, (probability, 0, 1)), 1), values={},
    given=(equation(Sum(bernoulli.mass(label, Rational(1, 3)), (label, 0, 1)), 1),),
    meaning="for one label 1 the likelihood is p; its integral over all p is not 1, "
            "while the sum over the possible labels is, here with p = 1/3",
)

A, B = symbols("a b", integer=True)  # how often one class was seen, and the other
beta_integral = Theorem(
    "likelihood.beta_integral", "what a likelihood integrates to over the probabilities",
    "This is Euler's beta integral (5.12.1), for two classes and how often each was seen. "
    "For K classes, the integral over the simplex of the product of the probabilities to the powers of their counts is "
    "the product of the factorials of the counts, divided by (n + K − 1)! (5.14.2)",
    "dlmf",
    conditions=(Hypothesis("whole counts", "the counts are whole numbers, not negative", And(Ge(A, 0), Ge(B, 0))),
                Hypothesis("the simplex", "the simplex is measured in its first K − 1 coordinates")),
    evidence=(not_a_density,),
    formula=equation(Integral(probability**A * (1 - probability) ** B, (probability, 0, 1)),
                     factorial(A) * factorial(B) / factorial(A + B + 1)),
)

# --- Which numbers enter? ---
counts = (
    derive("likelihood.counts", "only the counts of the classes enter the likelihood", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(by_hypothesis, shared_classes, because="every observation has the same class probabilities")
    .by(swap_products, because="finite products may change their order")
    .by(product_of_powers, because="powers of one base multiply by adding their exponents")
    .by(fold, categorical.count, because="the sum of the labels of a class counts them")
)

selection = (
    derive("likelihood.selection", "a one-hot label chooses one surprisal", cross_entropy(y, p))
    .by(unfold, cross_entropy, using=model_positive, because="by definition; positive probabilities have logarithms")
    .by(by_hypothesis, one_hot, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, using=c_in_range, because="exactly one class survives, the one with k = c")
)

likelihood_of_the_seen = (
    derive("likelihood.likelihood_of_the_seen", "one-hot labels choose one probability each", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(by_hypothesis, every_one_hot, because="each label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one factor is left for each observation, that of the class seen")
)

log_likelihood_of_the_seen = (
    derive("likelihood.log_likelihood_of_the_seen", "log-likelihood of one-hot labels", categorical.log_likelihood(p))
    .by(unfold, categorical.log_likelihood, because="this is what the log-likelihood was found to be")
    .by(by_hypothesis, every_one_hot, because="each label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one term is left for each observation, that of the class that was seen")
)

# --- Do the other probabilities matter? ---
other_classes = Counterexample(
    "likelihood.other_classes", "squared error sees the probabilities of the other classes",
    equation(Sum((p[k] - y[k]) ** 2, (k, 1, K)), Sum((q[k] - y[k]) ** 2, (k, 1, K))),
    values={K: 3, y: (Integer(1), Integer(0), Integer(0)), p: (Rational(1, 2), Rational(1, 2), Integer(0)),
            q: (Rational(1, 2), Rational(1, 4), Rational(1, 4))},
    given=(equation(cross_entropy(y, p), cross_entropy(y, q)),),
    meaning="two models that give the class seen the same probability: "
            "cross-entropy cannot tell them apart, the sum of the squared errors can",
)

# --- Why may the logarithm be taken? ---
log_is_increasing = (
    derive("likelihood.log_is_increasing", "the logarithm is increasing: it keeps the order", log(a[m]))
    .by(log_relative_to, a[m], a[other], using=(m_in_range, l_in_range, positive_numbers), because="compare the two")
    .by(log_below_tangent, a[other], because="a logarithm is at most its tangent at 1; here u is the ratio of the two")
)

minus_log_is_decreasing = (
    derive("likelihood.minus_log_is_decreasing", "minus the logarithm is decreasing: it reverses the order", -log(a[m]))
    .by(log_relative_to, a[m], a[other], using=(m_in_range, l_in_range, positive_numbers), because="compare the two")
    .by(minus_log_above_tangent, a[other], because="a logarithm is at most its tangent at 1, here at a ratio")
)

not_strictly = Counterexample(
    "likelihood.not_strictly", "a transform that is flat somewhere hides which is larger",
    Gt(Max(a[1], floor), Max(a[2], floor), evaluate=False),
    values={K: 2, a: (Rational(1, 10), Rational(1, 20)), floor: Rational(1, 5)},
    given=(Gt(a[1], a[2], evaluate=False),),
    meaning="what is below ε becomes ε: this keeps the order but not strictly, and both numbers become the same",
)

monotone = Theorem(
    "likelihood.monotone", "every strictly increasing transform keeps the maximiser",
    "Where f is strictly increasing, f(a) ≤ f(b) if and only if a ≤ b (StrictMono.le_iff_le); where it is strictly "
    "decreasing, if and only if b ≤ a (StrictAnti.le_iff_ge). So a likelihood and a strictly increasing transform of "
    "it have the same maximisers, and these are the minimisers of a strictly decreasing one.",
    "mathlib",
    conditions=(Hypothesis("strictly monotone", "f is strictly monotone on the values that the likelihood takes"),),
    evidence=(log_is_increasing, minus_log_is_decreasing, not_strictly),
)

exponential_of_log = (
    derive("likelihood.exponential_of_log", "the exponential of the log-likelihood is the likelihood",
           exp(categorical.log_likelihood(p)))
    .by(unfold, categorical.log_likelihood.named, using=classes_possible,
        because="the exponential undoes the logarithm; the likelihood is positive")
)

as_exponential = (
    derive("likelihood.as_exponential", "the likelihood is the exponential of the loss",
           exp(-n * categorical.mean_negative_log_likelihood(p)))
    .by(unfold, categorical.mean_negative_log_likelihood.named, using=classes_possible,
        because="it is the negative log-likelihood divided by n")
    .by(unfold, categorical.negative_log_likelihood.named, because="it is minus the log-likelihood")
    .by(cite, exponential_of_log, because="the exponential undoes the logarithm")
)

geometric_mean = (
    derive("likelihood.geometric_mean", "the loss is minus the logarithm of a geometric mean",
           -log(categorical.likelihood(p) ** (1 / n)))
    .by(log_of_power, using=classes_possible,
        because="the likelihood is positive, and its root of order n is a power of it")
    .by(fold, categorical.log_likelihood.named, because="this is the log-likelihood")
    .by(fold, categorical.negative_log_likelihood.named, because="with its sign changed, the negative log-likelihood")
    .by(fold, categorical.mean_negative_log_likelihood.named, because="divided by n it is the mean")
)

# --- Why must it be taken? ---
underflow = Counterexample(
    "likelihood.underflow", "a likelihood that a computer takes for 0",
    Gt(Rounded(Product(probability, (i, 1, n))), 0, evaluate=False),
    values={n: 1075, probability: Rational(1, 2)},
    given=(Gt(Product(probability, (i, 1, n)), 0, evaluate=False),
           Gt(Rounded(Product(probability, (i, 1, n - 1))), 0, evaluate=False)),
    meaning="the likelihood of 1075 labels of probability 1/2 is positive, but the nearest number of 64 bits is 0; "
            "with one label fewer it is not",
)

# --- How large can it be? ---
bound = (
    derive("likelihood.bound", "what is missing from 1 bounds the log-likelihood", categorical.log_likelihood(p))
    .by(unfold, categorical.log_likelihood, because="this is what the log-likelihood was found to be")
    .by(log_below_tangent, because="a logarithm is at most its tangent at 1, and no label is negative")
)

at_most_one = (
    derive("likelihood.at_most_one", "no likelihood exceeds 1", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(power_below_tangent, p[i, k]**y[i, k],
        because="no label is negative or above 1, so the power is at most its tangent at 1")
    .by(drop_what_is_not_positive, -y[i, k] * (1 - p[i, k]), because="no probability exceeds 1")
    .by(product_of_powers, because="a product of ones is 1")
    .by(product_of_powers, because="and so is a product of those")
)

at_most_each = (
    derive("likelihood.at_most_each", "one label alone bounds the likelihood", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(keep_one_factor, i, j, using=j_in_range, because="no factor is negative or above 1")
    .by(keep_one_factor, k, m, using=m_in_range, because="and neither is any factor of one observation")
    .by(power_below_tangent, p[j, m]**y[j, m],
        because="no label is negative or above 1, so the power is at most its tangent at 1")
)

missing = (
    derive("likelihood.missing", "what one label lacks, the likelihood lacks too", 1 - categorical.likelihood(p))
    .by(bounded_below, at_most_each, because="the larger the likelihood, the less it lacks")
)

certain = Hypothesis("certain where seen", "every class has the label 0 or the probability 1",
                     equation(y[i, k] * (1 - p[i, k]), 0))

own_power = (
    derive("likelihood.own_power", "a hard label to its own power", label**label * (1 - label) ** (1 - label))
    .by(by_cases, label, using=hard_label, because="the label is 0 or 1; even the number 0 to the power 0 is 1")
)

attained = (
    derive("likelihood.attained", "at hard labels themselves the likelihood is 1", bernoulli.likelihood(y))
    .by(unfold, bernoulli.likelihood, because="this is what it was found to be, here at the labels themselves")
    .by(cite, own_power, {label: y[i]}, using=hard_labels, implied=hard_label, because="each label is 0 or 1")
    .by(product_of_powers, because="a product of ones is 1")
)

attained_by_classes = (
    derive("likelihood.attained_by_classes", "where every class seen is certain the likelihood is 1",
           categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(power_is_one, p[i, k]**y[i, k], certain,
        because="where a label is above 0 its probability is 1, and every other exponent is 0")
    .by(product_of_powers, because="a product of ones is 1")
    .by(product_of_powers, because="and so is a product of those")
)
