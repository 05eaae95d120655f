"""Cross-entropy: the mean surprisal of outcomes drawn from one distribution, under the probabilities of another.

The surprisal of an outcome of probability p is -log p, in nats. The first argument of the cross-entropy is the
reference (the labels), the second is the model. The reference may have zeros, with 0 log 0 = 0; the model's
probabilities are positive where a step says so.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Equivalent, Gt, KroneckerDelta, Lt, Product, Rational, S, Sum, Tuple, exp, log

from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, differentiate_sum,
                                       linearity_of_derivative)
from .engine.rules.inequalities import bounded_below, minus_weighted_log_above
from .engine.rules.logarithms import (exponential_of_logarithm, log_of_power, log_of_product, log_of_quotient,
                                      weighted_log_of_quotient, weighted_log_relative_to)
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, reorder_sums,
                                sift_kronecker_delta, spread_over_delta, swap_sums)
from .engine.terms import equation, partial
from .notation import (K, M, base, c_in_range, classes_possible, every_labels_sum, g, i, k, label, m, m_in_range,
                       model_positive, model_sums, n, one_hot, p, positive_where, probability, q, reference_sums,
                       shared_p, shared_positive, u, y, φ, u_in_range, k_in_range, supposed)

# --- The definition ---
cross_entropy = define(
    "cross_entropy.cross_entropy", "cross-entropy", "H", (q, p), -Sum(q[k] * log(p[k]), (k, 1, K)),
    meaning="the mean surprisal of classes drawn with the probabilities q, under the model's probabilities p",
    meant_for=(reference_sums, model_sums),
)

# --- A label is a distribution ---
hard_label = (
    derive("cross_entropy.hard_label", "the cross-entropy of a hard label is a surprisal", cross_entropy(y, p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(by_hypothesis, one_hot, because="the label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta, using=c_in_range, because="exactly one class survives, the one with k = c")
)

# --- Two classes ---
two_outcomes = define(
    "cross_entropy.two_outcomes", "cross-entropy of two outcomes", "H", (label, probability),
    -label * log(probability) - (1 - label) * log(1 - probability),
    shown=(Tuple(label, 1 - label), Tuple(probability, 1 - probability)),
    meaning="the cross-entropy of the pair (y, 1 − y) against the pair (p, 1 − p)",
)

# --- Entropy and divergence ---
positive_where_seen = Hypothesis("positive where the reference is",
                                 "the model's probability is positive for every class for which the reference's is",
                                 positive_where(q[k], p[k]))

entropy = define(
    "cross_entropy.entropy", "entropy", "H", (q,), -Sum(q[k] * log(q[k]), (k, 1, K)),
    meaning="the mean surprisal of classes drawn with the probabilities q, under the same probabilities",
    meant_for=(reference_sums,),
)

kl_divergence = define(
    "cross_entropy.kl_divergence", "Kullback–Leibler divergence", "KL", (q, p), Sum(q[k] * log(q[k] / p[k]), (k, 1, K)),
    meaning="the mean logarithm of the ratio of the two probabilities, for classes drawn with the probabilities q",
    meant_for=(reference_sums, model_sums),
)

decomposition = (
    derive("cross_entropy.decomposition", "cross-entropy is entropy plus divergence", cross_entropy(q, p))
    .by(unfold, cross_entropy, using=positive_where_seen,
        because="this is its definition; what the reference weights has a logarithm, and 0 log 0 counts as 0")
    .by(weighted_log_relative_to, q[k], p[k], q[k],
        because="compare each probability of the model with that of the reference; "
                "where the reference is 0, all terms are 0")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(fold, entropy, q, because="the sum with the minus is the entropy of the reference")
    .by(fold, kl_divergence, q, p, because="the second is the divergence")
)

# --- The smallest value ---
gibbs = (
    derive("cross_entropy.gibbs", "Gibbs' inequality: a divergence is never negative", kl_divergence(q, p))
    .by(unfold, kl_divergence, using=positive_where_seen,
        because="this is its definition; a ratio that is weighted has a logarithm, and 0 log (0/0) counts as 0")
    .by(weighted_log_of_quotient, q[k], q[k] / p[k],
        because="the logarithm of a ratio is a difference; where the reference is 0, all terms are 0")
    .by(minus_weighted_log_above, q[k], p[k],
        because="a logarithm is at most its tangent at 1; here u is the model's probability over that of the reference")
    .by(linearity_of_sum,
        because="the logarithms have cancelled; the sum of a difference is the difference of the sums")
    .by(by_hypothesis, reference_sums, because="the probabilities of the reference sum to 1")
    .by(by_hypothesis, model_sums, because="and so do those of the model")
)

gibbs_equality = Theorem(
    "cross_entropy.gibbs_equality", "when a divergence is 0",
    "A divergence is 0 if and only if the two distributions are the same: "
    "the two probabilities are equal for every class k.",
    "cover_thomas_2006",
    conditions=(positive_where_seen, reference_sums, model_sums),
    evidence=(gibbs,),
    formula=Equivalent(equation(kl_divergence(q, p), 0), equation(q[k], p[k])),
)

minimum = (
    derive("cross_entropy.minimum", "cross-entropy is never less than entropy", cross_entropy(q, p))
    .by(unfold, cross_entropy, using=positive_where_seen,
        because="this is its definition; what the reference weights has a logarithm, and 0 log 0 counts as 0")
    .by(minus_weighted_log_above, q[k], p[k],
        because="as for a divergence: a logarithm is at most its tangent at 1; where the reference is 0, "
                "the term is 0 and what stands for it is not positive")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(by_hypothesis, reference_sums, because="the probabilities of the reference sum to 1")
    .by(by_hypothesis, model_sums, because="and so do those of the model, so the two cancel")
    .by(fold, entropy, q, because="this is the entropy of the reference")
)

gradient = (
    derive("cross_entropy.gradient", "slope of cross-entropy in one probability", partial(cross_entropy(q, p), p[m]))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(linearity_of_derivative, because="the sign stands before the derivative as well")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the reference does not depend on the model")
    .by(derivative_of_logarithm, because="the arguments of the logarithms are positive")
    .by(derivative_of_coordinate, because="each probability is a variable of its own: this is the ambient gradient")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

# --- Hard labels have no entropy ---
hard_label_entropy = (
    derive("cross_entropy.hard_label_entropy", "a hard label has no entropy", entropy(y))
    .by(unfold, entropy, because="this is its definition")
    .by(by_hypothesis, one_hot, because="the label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta,
        because="only the class c has a weight, and its surprisal is that of certainty, which is 0")
)

hard_label_divergence = (
    derive("cross_entropy.hard_label_divergence", "the divergence of a hard label is a surprisal", kl_divergence(y, p))
    .by(unfold, kl_divergence, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so nothing is divided by 0")
    .by(by_hypothesis, one_hot, because="the label is 1 for its class and 0 for the others")
    .by(sift_kronecker_delta, using=c_in_range, because="exactly one class survives, the one with k = c")
    .by(log_of_quotient, because="the logarithm of a quotient is a difference, and the logarithm of 1 is 0")
)

# --- What cross-entropy is not ---
asymmetry = Counterexample(
    "cross_entropy.asymmetry", "cross-entropy is not symmetric: the order matters",
    equation(cross_entropy(q, p), cross_entropy(p, q)),
    values={K: 2, q: (Rational(9, 10), Rational(1, 10)), p: (Rational(1, 2), Rational(1, 2))},
    meaning="exchanged, the two give another number, so cross-entropy is not a distance",
)

kl_asymmetry = Counterexample(
    "cross_entropy.kl_asymmetry", "a divergence is not symmetric, so it is no distance",
    equation(kl_divergence(q, p), kl_divergence(p, q)),
    values={K: 2, q: (Rational(9, 10), Rational(1, 10)), p: (Rational(1, 2), Rational(1, 2))},
    meaning="it matters which of the two is the reference: exchange them, and the divergence changes",
)

entropy_is_not_the_loss = Counterexample(
    "cross_entropy.entropy_is_not_the_loss", "a model more sure of itself need not have the smaller loss",
    Lt(-log(p[3]), -log(q[3]), evaluate=False), given=(Lt(entropy(p), entropy(q), evaluate=False),),
    values={K: 3, p: (Rational(98, 100), Rational(1, 100), Rational(1, 100)),
            q: (Rational(1, 2), Rational(3, 10), Rational(1, 5))},
    meaning="the class seen is the third; the first model has the smaller entropy and the larger loss, "
            "since its entropy has no labels in it",
)

# --- A whole data set ---
mean_nll = (
    derive("cross_entropy.mean_nll", "the whole chain: from the likelihood to a mean cross-entropy",
           -log(Product(p[i, k]**y[i, k], (k, 1, K), (i, 1, n))) / n)
    .by(log_of_product, using=classes_possible,
        because="every factor is positive, so the log of the product is the sum of the logs")
    .by(log_of_power, because="a label is the exponent of a positive base, or both are 0")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term as well as to the sum")
    .by(fold, cross_entropy, y[i], p[i],
        because="each term is the cross-entropy of the labels of one observation against its probabilities")
)

perplexity = (
    derive("cross_entropy.perplexity", "perplexity",
           exp(Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n), symbol="PPL", parameters=(p,))
    .by(recognise, mean_nll, because="the mean cross-entropy is minus the logarithm of the likelihood, divided by n")
    .by(exponential_of_logarithm, because="the exponential undoes the logarithm")
)

# --- One answer for all observations ---
frequency = define(
    "cross_entropy.frequency", "frequency of class k", "p̂", (k,), Sum(y[i, k], (i, 1, n)) / n,
    meaning="the share of labels of class k among all observations",
)

constant_model = (
    derive("cross_entropy.constant_model", "cross-entropy of one answer for all observations",
           Sum(cross_entropy(y[i], shared_p), (i, 1, n)) / n)
    .by(unfold, cross_entropy, using=shared_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(factor_out_of_sum, because="the sign does not depend on i")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum,
        because="the model answers the same for every observation, so its logarithm does not depend on i")
    .by(factor_into_sum, 1 / n, because="n does not depend on k")
    .by(fold, frequency, k, because="the sum of the labels of one class, divided by n, is its frequency")
    .by(fold, cross_entropy, frequency(), shared_p, because="this is one cross-entropy, that of the frequencies")
)

# --- Input by input ---
input_count = define(
    "cross_entropy.input_count", "number of observations with input u", "N", (u,),
    Sum(KroneckerDelta(u, g[i]), (i, 1, n)),
    meaning="how many observations have the distinct input u; the delta is 1 where they do and 0 where not",
)

label_count = define(
    "cross_entropy.label_count", "number of labels of class k at input u", "N", (u, k),
    Sum(KroneckerDelta(u, g[i]) * y[i, k], (i, 1, n)),
    meaning="the sum of the labels for class k over the observations with the input u",
)

input_frequency = define(
    "cross_entropy.input_frequency", "frequency of input u", "ρ", (u,), input_count(u) / n,
    meaning="the share of observations that have the input u",
)

label_frequency = define(
    "cross_entropy.label_frequency", "frequency of class k at input u", "p̂", (u, k),
    label_count(u, k) / input_count(u),
    meaning="the share of labels of class k among the observations with the input u",
)

inputs_occur = Hypothesis("every input occurs", "every distinct input occurs among the observations",
                          Gt(input_count(u), 0))
equal_inputs = Hypothesis(
    "equal inputs, equal answers", "the model's probabilities depend on the input alone", equation(p[i, k], φ[g[i], k])
)
seen_positive = Hypothesis("positive where seen", "the model gives every class seen at an input a positive probability",
                           positive_where(label_frequency(u, k), φ[u, k]))
answers_sum = supposed("model sums to 1", equation(Sum(φ[u, k], (k, 1, K)), 1))

label_count_from_frequency = (
    derive("cross_entropy.label_count_from_frequency", "the label count at an input from the frequency there",
           input_count(u) * label_frequency(u, k))
    .by(unfold, label_frequency, using=(inputs_occur, u_in_range, k_in_range),
        because="the frequency is one count divided by the other, which is not 0; it cancels")
)

empirical = (
    derive("cross_entropy.empirical", "the mean cross-entropy, input by input",
           Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n)
    .by(unfold, cross_entropy, using=(inputs_occur, equal_inputs, seen_positive),
        because="this is its definition; a class that was seen at an input has a positive probability there, "
                "and for the others 0 log 0 counts as 0")
    .by(by_hypothesis, equal_inputs,
        because="the model sees the input and nothing else, so equal inputs get equal probabilities")
    .by(factor_into_sum, S.NegativeOne, because="the sign belongs to every term")
    .by(spread_over_delta, -y[i, k] * log(φ[g[i], k]), g[i], u, M,
        because="among all distinct inputs exactly one is that of observation i")
    .by(reorder_sums, u, k, i, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the logarithm does not depend on the observation")
    .by(fold, label_count, u, k, because="the sum over the observations is the count of a class at an input")
    .by(recognise, label_count_from_frequency,
        because="a count is the number of observations at this input times a frequency")
    .by(factor_out_of_sum, because="the number of observations at an input does not depend on the class")
    .by(fold, cross_entropy, label_frequency(u), φ[u],
        because="what is left is the cross-entropy of the frequencies at one input")
    .by(factor_into_sum, 1 / n, because="n does not depend on the input")
    .by(fold, input_frequency, u,
        because="the number of observations at an input, divided by n, is the frequency of the input")
)

# --- The floor of the loss ---
floor = (
    derive("cross_entropy.floor", "the floor of the loss", Sum(cross_entropy(y[i], p[i]), (i, 1, n)) / n)
    .by(cite, empirical, because="this is what it was found to be, input by input")
    .by(bounded_below, minimum, {q: label_frequency(u), p: φ[u]}, using=(every_labels_sum, answers_sum),
        implied=(positive_where_seen, reference_sums, model_sums),
        because="no cross-entropy is less than the entropy of its reference (Gibbs' inequality); "
                "the frequencies at an input sum to 1, as labels do")
)

# --- Another base ---
logarithm = define(
    "cross_entropy.logarithm", "logarithm to the base b", "log_b", (base, probability), log(probability) / log(base),
    shown=(probability,), meaning="the power to which b must be raised to give p",
)

base_change = (
    derive("cross_entropy.base_change", "another base of the logarithm is another unit",
           -Sum(q[k] * logarithm(base, p[k]), (k, 1, K)))
    .by(unfold, logarithm, using=model_positive,
        because="this is its definition; the model's probabilities are positive, so they have logarithms")
    .by(factor_out_of_sum, because="the base does not depend on k")
    .by(fold, cross_entropy, q, p, because="this is the cross-entropy in nats")
)
