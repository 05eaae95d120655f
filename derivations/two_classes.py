"""Two classes: with K = 2 every categorical result becomes its Bernoulli twin, and softmax a sigmoid.

The sigmoid is that of the difference of the logits. The first class has the label y_i and the probability p_i, the
second what is left of 1. A derivative by p_i moves both probabilities, one up and the other down.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import And, KroneckerDelta, exp

from . import bernoulli, categorical, sigmoid, softmax
from .cross_entropy import cross_entropy as cross_entropy_of, two_outcomes
from .engine.derivation import derive
from .engine.rules.algebra import by_hypothesis, common_denominator, extend_fraction, factor_out
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.logarithms import product_of_exponentials
from .engine.rules.sums import write_out
from .engine.terms import equation, partial
from .notation import K, i, j, l, label, labels_sum, logit, m, p, positive, r, y, z, i_in_range, supposed

two = supposed("two classes", equation(K, 2))
labels = supposed("two labels", And(equation(y[i, 1], y[i]), equation(y[i, 2], 1 - y[i])))
probabilities = supposed("two probabilities", And(equation(p[i, 1], p[i]), equation(p[i, 2], 1 - p[i])))
one_label = supposed("two labels", And(equation(y[1], label), equation(y[2], 1 - label)))

difference = z[1] - z[2]

# --- The likelihood and the loss ---
mass = (
    derive("two_classes.mass", "the categorical mass of two classes", categorical.mass(y[i], p[i]))
    .by(unfold, categorical.mass, using=i_in_range, because="this is its definition")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a product over two classes has two factors")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
)

likelihood = (
    derive("two_classes.likelihood", "the categorical likelihood of two classes", categorical.likelihood(p))
    .by(unfold, categorical.likelihood, because="this is what it was found to be for K classes")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a product over two classes has two factors")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
)

log_likelihood = (
    derive("two_classes.log_likelihood", "the categorical log-likelihood of two classes", categorical.log_likelihood(p))
    .by(unfold, categorical.log_likelihood, because="this is what it was found to be for K classes")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
)

negative_log_likelihood = (
    derive("two_classes.negative_log_likelihood", "the categorical negative log-likelihood of two classes",
           categorical.negative_log_likelihood(p))
    .by(unfold, categorical.negative_log_likelihood, because="this is what it was found to be for K classes")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
)

mean_negative_log_likelihood = (
    derive("two_classes.mean_negative_log_likelihood", "categorical mean negative log-likelihood of two classes",
           categorical.mean_negative_log_likelihood(p))
    .by(unfold, categorical.mean_negative_log_likelihood, because="this is what it was found to be for K classes")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
)

cross_entropy = (
    derive("two_classes.cross_entropy", "the mean cross-entropy of two classes",
           categorical.mean_negative_log_likelihood(p))
    .by(cite, categorical.cross_entropy, because="for any number of classes it is a mean cross-entropy")
    .by(unfold, cross_entropy_of, because="this is its definition")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, labels, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, because="two probabilities sum to 1")
    .by(fold, two_outcomes, y[i], p[i], because="this is the cross-entropy of two outcomes")
)

# --- The slopes ---
score = (
    derive("two_classes.score", "the categorical score along the line of two classes",
           partial(categorical.log_likelihood(p), p[j, 1]) - partial(categorical.log_likelihood(p), p[j, 2]))
    .by(cite, categorical.score, {m: 1}, {m: 2}, using=two,
        because="this is what the score of each class was found to be")
    .by(by_hypothesis, labels, {i: j}, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, {i: j}, because="two probabilities sum to 1")
    .by(common_denominator, using=(positive, probabilities),
        because="neither denominator is 0, and the products of y and p cancel")
)

hessian = (
    derive("two_classes.hessian", "the categorical Hessian along the line of two classes",
           partial(categorical.log_likelihood(p), p[j, 1], p[r, 1])
           - partial(categorical.log_likelihood(p), p[j, 1], p[r, 2])
           - partial(categorical.log_likelihood(p), p[j, 2], p[r, 1])
           + partial(categorical.log_likelihood(p), p[j, 2], p[r, 2]))
    .by(cite, categorical.hessian, {m: 1, l: 1}, {m: 1, l: 2}, {m: 2, l: 1}, {m: 2, l: 2}, using=two,
        because="this is what the Hessian was found to be; it is zero for two different classes")
    .by(by_hypothesis, labels, {i: j}, because="two labels sum to 1")
    .by(by_hypothesis, probabilities, {i: j}, because="two probabilities sum to 1")
    .by(factor_out, -KroneckerDelta(j, r), because="both terms carry the same delta: observations do not mix")
)

# --- The best shared probability ---
maximum_likelihood = (
    derive("two_classes.maximum_likelihood", "the best shared probability of the first class", categorical.frequency(1))
    .by(unfold, categorical.frequency, because="this is its definition")
    .by(unfold, categorical.count, because="a count is a sum of labels")
    .by(by_hypothesis, labels, because="the label of the first class is y")
    .by(fold, bernoulli.count, because="the sum of the labels counts the labels 1")
    .by(fold, bernoulli.frequency, because="the count divided by n is the frequency")
)

# --- Softmax is a sigmoid of the difference ---
first_probability = (
    derive("two_classes.first_probability", "softmax of two logits is a sigmoid of their difference",
           softmax.probability(z, 1))
    .by(unfold, softmax.probability, because="this is its definition")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(extend_fraction, exp(z[1]) / (exp(z[1]) + exp(z[2])), exp(-z[1]),
        because="numerator and denominator are divided by the numerator, an exponential, which is never 0")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
    .by(fold, sigmoid.sigmoid, difference, because="this is the sigmoid of the difference of the logits")
)

second_probability = (
    derive("two_classes.second_probability", "softmax of two logits: the second probability",
           softmax.probability(z, 2))
    .by(unfold, softmax.probability, using=two, because="this is its definition; there is a second class")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(extend_fraction, exp(z[2]) / (exp(z[1]) + exp(z[2])), exp(-z[2]),
        because="numerator and denominator are divided by the numerator, an exponential, which is never 0")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
    .by(recognise, sigmoid.complement, {logit: difference}, because="this is 1 minus the sigmoid of the difference")
)

# --- The loss through softmax ---
softmax_cross_entropy = (
    derive("two_classes.softmax_cross_entropy", "softmax cross-entropy of two classes",
           cross_entropy_of(y, softmax.probability(z)))
    .by(unfold, cross_entropy_of, because="this is its definition")
    .by(by_hypothesis, two, because="there are two classes")
    .by(write_out, because="a sum over two classes has two terms")
    .by(by_hypothesis, one_label, because="two labels sum to 1")
    .by(cite, first_probability, because="softmax of two logits is a sigmoid of their difference")
    .by(cite, second_probability, because="and the second probability is 1 minus that")
    .by(fold, two_outcomes, label, sigmoid.sigmoid(difference), because="this is the cross-entropy of two outcomes")
    .by(cite, sigmoid.cross_entropy, {logit: difference}, because="this is what it was found to be in the logit")
)

softmax_gradient = (
    derive("two_classes.softmax_gradient", "softmax gradient of two classes",
           partial(cross_entropy_of(y, softmax.probability(z)), z[1]))
    .by(cite, softmax.gradient, {m: 1}, using=(two, one_label), implied=labels_sum,
        because="this is what the gradient was found to be for K classes; two labels sum to 1")
    .by(by_hypothesis, one_label, because="the label of the first class is y")
    .by(cite, first_probability, because="softmax of two logits is a sigmoid of their difference")
)

softmax_hessian = (
    derive("two_classes.softmax_hessian", "softmax Hessian of two classes",
           partial(cross_entropy_of(y, softmax.probability(z)), z[1], z[1]))
    .by(cite, softmax.hessian, {m: 1, l: 1}, because="this is what the Hessian was found to be for K classes")
    .by(cite, first_probability, because="softmax of two logits is a sigmoid of their difference")
)
