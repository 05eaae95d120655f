"""Likelihood: what the probability of the labels says, and what it does not say, as a function of the probabilities.

One number, two readings: a probability of labels, and a function of the model. For one distribution shared by all
observations only the counts of the classes enter. Hard labels choose one probability each; with one free probability
for each observation the likelihood reaches 1, where the probabilities are the labels. The logarithm keeps the order of
likelihoods, and keeps them from underflow.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import (And, Contains, Ge, Integer, Integral, Interval, Product, Rational, S, StrictGreaterThan, Sum,
                   exp, factorial, log, symbols)

from . import bernoulli, categorical
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_cases, by_hypothesis
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import linearity_of_derivative
from .engine.rules.inequalities import bounded_above, drop_what_is_not_positive, log_below_tangent
from .engine.rules.logarithms import log_of_factors, log_of_power, log_of_product, log_relative_to
from .engine.rules.sums import linearity_of_sum, product_of_powers, sift_kronecker_delta, swap_products, write_out
from .engine.terms import Rounded, equation, partial
from .notation import (K, a, c_in_range, every_one_hot, hard_label, hard_labels, i, independent, j, k,
                       l_in_range, label, m, m_in_range, model_positive, n, one_hot, p, positive, probability, q,
                       shared_classes, y)
from .notation import l as other

possible_inputs = Hypothesis("possible inputs", "every input has a positive probability",
                             Contains(q[i], Interval.Lopen(0, 1)))
positive_numbers = Hypothesis("positive numbers", "the numbers are positive",
                              Contains(a[k], Interval.open(0, S.Infinity)))

# --- Are the inputs part of it? ---
joint = define(
    "likelihood.joint", "joint likelihood", "J", (q, p), Product(q[i] * categorical.mass(y[i], p[i]), (i, 1, n)),
    meaning="the probability of the inputs and of their labels: for each observation, "
            "that of its input times that of the label given the input",
)

joint_and_conditional = (
    derive("likelihood.joint_and_conditional", "joint log-likelihood: the inputs add a term of their own",
           log(joint(q, p)))
    .by(unfold, joint, using=(independent, positive, possible_inputs),
        because="this is its definition; it is positive, so it has a logarithm")
    .by(log_of_product, because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_factors, because="both factors are positive")
    .by(linearity_of_sum, because="the sum of two terms is the sum of their sums")
    .by(unfold, categorical.mass, because="this is its definition")
    .by(log_of_product, because="every factor is positive")
    .by(log_of_power, because="a label is the exponent of a positive base")
    .by(fold, categorical.log_likelihood, because="the second sum is the log-likelihood of the labels")
)

joint_score = (
    derive("likelihood.joint_score", "the inputs do not move the score", partial(log(joint(q, p)), p[j, m]))
    .by(cite, joint_and_conditional, because="this is what the log of the joint likelihood was found to be")
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
           Product(Sum(p[i] ** label * (1 - p[i]) ** (1 - label), (label, 0, 1)), (i, 1, n)))
    .by(write_out,
        because="for each observation, the label 0 has the probability 1 − p and the label 1 has p; "
                "together they give 1")
    .by(product_of_powers, because="a product of ones is 1")
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
    conditions=(Hypothesis("whole counts", "the counts are whole numbers that are not negative",
                           And(Ge(A, 0), Ge(B, 0))),
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
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; the probabilities are positive, so they have logarithms")
    .by(by_hypothesis, one_hot, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, using=c_in_range, because="exactly one class survives, the one with k = c")
)

likelihood_of_the_seen = (
    derive("likelihood.likelihood_of_the_seen", "one-hot labels choose one probability each", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what the likelihood was found to be")
    .by(by_hypothesis, every_one_hot, because="each label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta,
        because="exactly one factor is left for each observation, that of the class that was seen")
)

log_likelihood_of_the_seen = (
    derive("likelihood.log_likelihood_of_the_seen", "the log-likelihood of one-hot labels",
           categorical.log_likelihood(p))
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
    .by(log_relative_to, a[m], a[other], using=(m_in_range, l_in_range, positive_numbers),
        because="compare the one number with the other")
    .by(log_below_tangent, a[other], because="a logarithm is at most its tangent at 1; here u is the ratio of the two")
)

exponential_of_log = (
    derive("likelihood.exponential_of_log", "the exponential of the log-likelihood is the likelihood",
           exp(categorical.log_likelihood(p)))
    .by(unfold, categorical.log_likelihood.named, using=positive,
        because="the exponential undoes the logarithm; the likelihood is positive")
)

as_exponential = (
    derive("likelihood.as_exponential", "the likelihood is the exponential of the loss",
           exp(-n * categorical.mean_negative_log_likelihood(p)))
    .by(unfold, categorical.mean_negative_log_likelihood.named, using=positive,
        because="it is the negative log-likelihood divided by n")
    .by(unfold, categorical.negative_log_likelihood.named, because="it is minus the log-likelihood")
    .by(cite, exponential_of_log, because="the exponential undoes the logarithm")
)

geometric_mean = (
    derive("likelihood.geometric_mean", "the loss is minus the logarithm of a geometric mean",
           -log(categorical.likelihood(p) ** (1 / n)))
    .by(log_of_power, using=positive, because="the likelihood is positive, and its root of order n is a power of it")
    .by(fold, categorical.log_likelihood.named, because="this is the log-likelihood")
    .by(fold, categorical.negative_log_likelihood.named,
        because="with its sign changed it is the negative log-likelihood")
    .by(fold, categorical.mean_negative_log_likelihood.named, because="divided by n it is the mean")
)

# --- Why must it be taken? ---
underflow = Counterexample(
    "likelihood.underflow", "a likelihood that a computer takes for 0",
    StrictGreaterThan(Rounded(Product(probability, (i, 1, n))), 0, evaluate=False),
    values={n: 1075, probability: Rational(1, 2)},
    given=(StrictGreaterThan(Product(probability, (i, 1, n)), 0, evaluate=False),
           StrictGreaterThan(Rounded(Product(probability, (i, 1, n - 1))), 0, evaluate=False)),
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
    .by(recognise, exponential_of_log, because="the likelihood is the exponential of its logarithm")
    .by(bounded_above, bound, because="the exponential grows with its exponent")
    .by(drop_what_is_not_positive, bound.result,
        because="no probability exceeds 1 and no label is negative, so no term of the sum is positive")
)

own_power = (
    derive("likelihood.own_power", "a hard label to its own power", label**label * (1 - label) ** (1 - label))
    .by(by_cases, label, using=hard_label,
        because="the label is 0 or 1; a number to the power 0 is 1, even the number 0")
)

attained = (
    derive("likelihood.attained", "at hard labels themselves the likelihood is 1", bernoulli.likelihood(y))
    .by(unfold, bernoulli.likelihood,
        because="this is what the likelihood was found to be, here with the labels in the place of the probabilities")
    .by(cite, own_power, {label: y[i]}, using=hard_labels, implied=hard_label,
        because="each label is 0 or 1, so each factor is 1")
    .by(product_of_powers, because="a product of ones is 1")
)

attained_by_classes = (
    derive("likelihood.attained_by_classes", "at one-hot labels themselves the likelihood is 1",
           categorical.likelihood(y))
    .by(unfold, categorical.likelihood,
        because="this is what the likelihood was found to be, here with the labels in the place of the probabilities")
    .by(by_hypothesis, every_one_hot, because="each label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta,
        because="exactly one factor is left for each observation, the label of the class that was seen, and it is 1")
    .by(product_of_powers, because="a product of ones is 1")
)
