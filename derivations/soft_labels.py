"""Soft labels: a label that is itself a distribution over the classes, and what that does to the loss.

The loss of a soft label is the mean of the losses of one-hot labels, and so is its gradient. Its least value is the
entropy of the label, at finite logits if no label is 0. Many copies of an observation with a soft label are an
observation with fractional counts.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Contains, Integer, Integral, Interval, Rational, Sum, exp, log

from . import bernoulli, categorical
from .categorical import one_hot_label
from .cross_entropy import cross_entropy, decomposition, entropy, kl_divergence, minimum as cross_entropy_minimum
from .cross_entropy import positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, common_denominator, distribute, factor_out, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.inequalities import bounded_below, keep_one_term, minus_log_above_tangent
from .engine.rules.logarithms import exponential_of_sum, log_of_exponential, log_of_factors, log_of_quotient
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant)
from .engine.terms import equation, partial
from .notation import (K, c, c_in_range, floor, i, k, l, l_in_range, label, labels_sum, m, m_in_range, model_positive,
                       n, p, positive_where, probability as one_probability, q, reference_positive, reference_sums,
                       several_classes, supposed, y, z, k_in_range)
from .softmax import (cross_entropy as softmax_cross_entropy, expected_gradient, log_sum_exp, logits_of, probability,
                      right_inverse)

# --- A mean of hard losses ---
hard_loss = (
    derive("soft_labels.hard_loss", "the loss of a one-hot label", cross_entropy(one_hot_label(c), p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; every probability is positive and has a logarithm")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, using=c_in_range, because="exactly one class survives, the one with k = c")
)

expectation = (
    derive("soft_labels.expectation", "the loss of a soft label is a mean of hard losses",
           Sum(y[c] * cross_entropy(one_hot_label(c), p), (c, 1, K)))
    .by(cite, hard_loss, {c: c}, because="this is the loss of a one-hot label; the sum runs over all classes")
    .by(factor_out_of_sum, because="the sign does not depend on the class")
    .by(fold, cross_entropy, y, p, because="this is the cross-entropy of the soft label")
)

# --- A mean of hard gradients ---
gradient = (
    derive("soft_labels.gradient", "the gradient of a soft label is a mean of hard gradients",
           Sum(y[c] * partial(cross_entropy(one_hot_label(c), probability(z)), z[m]), (c, 1, K)))
    .by(cite, expected_gradient, {q: y}, using=labels_sum, implied=reference_sums,
        because="this is what the mean gradient was found to be, for classes drawn with any probabilities; "
                "here they are the labels")
)

# --- How small the loss can be ---
positive_where_labelled = Hypothesis("positive where the label is",
                                     "the model gives every class with a positive label a positive probability",
                                     positive_where(y[k], p[k]))

minimum = (
    derive("soft_labels.minimum", "the loss of a soft label is at least its entropy", cross_entropy(y, p))
    .by(bounded_below, cross_entropy_minimum, {q: y}, using=(labels_sum, positive_where_labelled),
        implied=(positive_where_seen, reference_sums),
        because="a cross-entropy is at least the entropy of its first argument (Gibbs' inequality)")
)

excess = (
    derive("soft_labels.excess", "the loss of a soft label above its least value", cross_entropy(y, p) - entropy(y))
    .by(cite, decomposition, {q: y}, using=positive_where_labelled, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence; the entropy cancels")
)

no_zero_label = supposed("no label is zero", Contains(y[k], Interval.Lopen(0, 1)))

attained = (
    derive("soft_labels.attained", "the least loss of a soft label is reached at finite logits",
           cross_entropy(y, probability(logits_of(y))))
    .by(unfold, cross_entropy, using=no_zero_label,
        because="this is its definition; the logits are logarithms, so every label must be positive")
    .by(cite, right_inverse, {q: y, m: k}, using=labels_sum, implied=(reference_positive, reference_sums),
        because="the softmax of the logarithms of a distribution is that distribution")
    .by(fold, entropy, y, because="this is the entropy of the label")
)

entropy_of_one_class = (
    derive("soft_labels.entropy_of_one_class", "a label that is not hard has an entropy above 0", entropy(y))
    .by(unfold, entropy, because="this is its definition")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1, and no label is negative")
    .by(factor_into_sum, because="the sign belongs to every term")
    .by(distribute, because="multiply out the bracket")
    .by(keep_one_term, k, m, using=m_in_range, because="no term is negative, since no label exceeds 1")
    .by(factor_out, y[m], because="both terms have the label as a factor")
)

positive_floor = Counterexample(
    "soft_labels.positive_floor", "the best loss of a soft label is not 0", equation(cross_entropy(y, p), 0),
    values={K: 2, y: (Rational(1, 2), Rational(1, 2)), p: (Rational(1, 2), Rational(1, 2))},
    meaning="the model equals the label, so no loss is smaller; "
            "what is left is the entropy of the label, here the logarithm of 2",
    given=(equation(kl_divergence(y, p), 0),),
)

# --- Label smoothing ---
smoothed = define(
    "soft_labels.smoothed", "smoothed label", "ỹ", (y, floor, k), (1 - floor) * y[k] + floor / K,
    meaning="a small share ε of the label is spread evenly over all K classes, the class that was seen included",
)

smoothed_sum = (
    derive("soft_labels.smoothed_sum", "a smoothed label sums to 1", Sum(smoothed(y, floor, k), (k, 1, K)))
    .by(unfold, smoothed, because="this is its definition")
    .by(linearity_of_sum, because="the sum of a sum is the sum of the sums")
    .by(factor_out_of_sum, because="ε does not depend on the class")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1")
    .by(sum_of_constant, because="K equal terms; the two shares add up to 1")
)

over_the_others = define(
    "soft_labels.over_the_others", "label smoothed over the other classes", "y′", (y, floor, k),
    (1 - floor) * y[k] + floor * (1 - y[k]) / (K - 1),
    meaning="a small share ε of the label is spread evenly over the other K − 1 classes, and not over its own")

as_one_fraction = (
    derive("soft_labels.as_one_fraction", "a smoothed label with a larger share, as one fraction",
           smoothed(y, K * floor / (K - 1), k))
    .by(unfold, smoothed, using=(several_classes, k_in_range), because="this is its definition")
    .by(distribute, because="multiply out")
    .by(common_denominator, because="the number of other classes stands below both")
)

two_conventions = (
    derive("soft_labels.two_conventions", "two ways to smooth a label, one with a larger share",
           over_the_others(y, floor, k))
    .by(unfold, over_the_others, using=(several_classes, k_in_range), because="this is its definition")
    .by(common_denominator, because="the number of other classes stands below both")
    .by(recognise, as_one_fraction, because="the same fraction is a label smoothed over all classes")
)

two_ways_mixed = Counterexample(
    "soft_labels.two_ways_mixed", "the two ways of label smoothing do not mix",
    equation(Sum((1 - floor) * y[k] + floor / (K - 1), (k, 1, K)), 1),
    values={K: 3, y: (Integer(1), Integer(0), Integer(0)), floor: Rational(1, 10)},
    meaning="ε divided by K − 1 is the share of each other class; "
            "if the class that was seen gets it as well, the sum exceeds 1",
    given=(equation(Sum(y[k], (k, 1, K)), 1),),
)

smoothed_loss = (
    derive("soft_labels.smoothed_loss", "the loss of a smoothed label", cross_entropy(smoothed(y, floor), p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; every probability is positive and has a logarithm")
    .by(unfold, smoothed, because="a share of the label is spread over all classes")
    .by(distribute, because="multiply out")
    .by(linearity_of_sum, because="the sum of a sum is the sum of the sums")
    .by(factor_out_of_sum, because="ε and K do not depend on the class")
    .by(fold, cross_entropy, y, p, because="one sum is minus the loss of the label itself")
)

smoothed_minimum = (
    derive("soft_labels.smoothed_minimum", "the least loss of a smoothed label", cross_entropy(smoothed(y, floor), p))
    .by(bounded_below, cross_entropy_minimum, {q: smoothed(y, floor)}, using=(labels_sum, model_positive),
        implied=(positive_where_seen, reference_sums),
        because="a smoothed label sums to 1, and no model has a smaller loss than its entropy")
)

logit_gap = (
    derive("soft_labels.logit_gap", "gap between two logits at the best model of a label", log(q[m] / q[l]))
    .by(log_of_quotient, using=(reference_positive, m_in_range, l_in_range), because="both probabilities are positive")
    .by(fold, logits_of, q, m, because="the logarithm of a probability is a logit that gives it")
    .by(fold, logits_of, q, l, because="and so is the other")
)

seen_share, other_share = 1 - floor + floor / K, floor / K

smoothed_gap = (
    derive("soft_labels.smoothed_gap", "gap between the best logits of a smoothed hard label",
           log(seen_share / other_share))
    .by(regroup, seen_share / other_share, 1 + K * (1 - floor) / floor,
        because="the two shares of the smoothed label have K and ε as denominators")
)

# --- Fractional counts ---
same_labels = Hypothesis("the same labels", "every observation has the same soft label", equation(y[i, k], y[k]))

fractional_count = (
    derive("soft_labels.fractional_count", "counts of copies of one soft label", categorical.count(k))
    .by(unfold, categorical.count, using=k_in_range, because="a count is a sum of labels")
    .by(by_hypothesis, same_labels, because="every observation has the same soft label")
    .by(sum_of_constant, because="n equal terms; the count need not be a whole number")
)

weights = (
    derive("soft_labels.weights", "a soft label as fractional counts", n * cross_entropy(y, p))
    .by(unfold, cross_entropy, using=model_positive,
        because="this is its definition; every probability is positive and has a logarithm")
    .by(factor_into_sum, n, because="n does not depend on the class")
    .by(recognise, fractional_count, because="n times a label is the count of n copies")
)

# --- What a soft label does not have ---
not_a_probability = Counterexample(
    "soft_labels.not_a_probability", "the Bernoulli formula is no density of a soft label",
    equation(Integral(bernoulli.mass(label, one_probability), (label, 0, 1)), 1),
    values={one_probability: Rational(1, 2)},
    meaning="over hard labels the formula sums to 1, over soft labels it integrates to less: "
            "it is a loss for them, and no likelihood",
)

# --- Labels inside the logarithm ---
surplus = define(
    "soft_labels.surplus", "exponentials beside one logit, less the labels", "X", (y, z, m),
    Sum(exp(z[k] - z[m]) - y[k], (k, 1, K)),
    meaning="the exponentials of all logits, over that of the logit of class m, less the labels",
)
labels_inside = (
    derive("soft_labels.labels_inside", "softmax cross-entropy, the labels inside the logarithm",
           Sum(y[k] * (z[m] - z[k]), (k, 1, K)) + log(1 + surplus(y, z, m)))
    .by(unfold, surplus, using=(m_in_range, labels_sum),
        because="this is its definition; the labels sum to 1, so the logarithm is that of a sum of exponentials")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the logit of class m does not depend on k")
    .by(by_hypothesis, labels_sum, because="inside the logarithm, 1 cancels")
    .by(exponential_of_sum, because="the exponential of a difference is a product of exponentials")
    .by(factor_out_of_sum, because="that of the logit of m does not depend on k")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential, and the logit of m cancels")
    .by(fold, log_sum_exp, z, because="the logarithm of the sum is log-sum-exp")
    .by(recognise, softmax_cross_entropy, because="and this is what the loss was found to be")
)
beside_m, all_beside_m = exp(z[l] - z[m]), Sum(exp(z[k] - z[m]), (k, 1, K))
gradient_inside = (
    derive("soft_labels.gradient_inside", "a probability of softmax less a label, label by label",
           ((1 - y[l]) * beside_m - y[l] * (surplus(y, z, m) + (1 - beside_m))) / (1 + surplus(y, z, m)))
    .by(unfold, surplus, using=(labels_sum, l_in_range, m_in_range), because="this is its definition")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1: below the line, 1 cancels")
    .by(regroup, (1 - y[l]) * beside_m - y[l] * (all_beside_m - beside_m), beside_m - y[l] * all_beside_m,
        because="the terms with both cancel")
    .by(distribute, because="divide both terms: the sum cancels in one")
    .by(exponential_of_sum, because="the exponential of a difference is a product of exponentials")
    .by(factor_out_of_sum, because="that of the logit of m does not depend on k; it cancels")
    .by(fold, probability, z, l, because="this is softmax")
)
