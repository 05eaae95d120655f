"""Targets, masks and means: targets of any sum, a class that takes no part in softmax, two means of a weighted loss.

Targets and weights are not negative and sum to anything. A class is left out of softmax by the weight 0 before its
exponential, which is what the logit minus infinity does.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Gt, Integer, KroneckerDelta, Rational, Sum, Tuple, log

from .categorical import count, frequency, one_hot_label
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.logarithms import log_of_exponential, log_of_factors, log_of_quotient
from .engine.rules.sums import (factor_out_of_sum, linearity_of_sum, sift_kronecker_delta, sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .log_sum_exp import part
from .maximum_likelihood import total_weight
from .notation import (K, a, c, c_in_range, floor as ε, i, k, l, l_in_range, labels_sum, m, m_in_range, model_positive,
                       n, p, positive, q, several_classes, supposed, y, z)
from .soft_labels import smoothed
from .softmax import (jacobian, log_probability, log_sum_exp, log_sum_exp_gradient, probabilities_sum,
                      probability)
from .weights import (adjusted, gradient as weighted_gradient, logit_adjustment, loss as weighted_loss,
                      positive_weights, reweighted, reweighted_softmax, some_class_kept, some_weight, weight_from_share,
                      weighted_softmax)

# --- Targets that do not sum to 1 ---
loss = (
    derive("targets.loss", "softmax loss for targets that sum to anything",
           -Sum(a[k] * log(probability(z, k)), (k, 1, K)))
    .by(cite, log_probability, {m: k}, because="this is what log-softmax was found to be")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
    .by(fold, total_weight, a, because="the sum of the targets is their total")
)

gradient = (
    derive("targets.gradient", "softmax gradient for targets that sum to anything",
           partial(loss.start, z[m]))
    .by(cite, loss, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the targets do not depend on the logits")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the targets do not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(cite, log_sum_exp_gradient, because="the gradient of log-sum-exp is softmax")
)

hessian = (
    derive("targets.hessian", "softmax Hessian for targets that sum to anything", partial(loss.start, z[m], z[l]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="the targets do not depend on the logits")
    .by(cite, jacobian, using=l_in_range, because="this is the Jacobian of softmax")
)

not_probability_less_target = Counterexample(
    "targets.not_probability_less_target", "probability less target: wrong unless targets sum to 1",
    equation(partial(loss.start, z[m]), probability(z, m) - a[m]),
    values={K: 2, z: (Integer(0), Integer(0)), a: (Integer(2), Integer(1)), m: 1},
    meaning="the targets are 2 and 1 and sum to 3, so the probability counts 3 times; without this factor "
            "the slope here is three times as large as it should be, and that in the other logit has the wrong sign",
)

# --- Predictions that do not sum to 1 ---
divided = define("targets.divided", "predictions divided by their sum", "p̂", (p, k), p[k] / Sum(p[l], (l, 1, K)),
                 meaning="the share of each prediction in the sum of all")

divided_loss = (
    derive("targets.divided_loss", "loss of predictions divided by their sum", cross_entropy(y, divided(p)))
    .by(unfold, cross_entropy, using=model_positive, because="this is its definition")
    .by(unfold, divided, because="every prediction is divided by the sum of all")
    .by(log_of_quotient, because="both are positive")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the sum of all predictions does not depend on k")
    .by(by_hypothesis, labels_sum, because="the labels sum to 1")
    .by(fold, cross_entropy, y, p, because="this is the loss of the predictions as they are")
)

# --- A class that takes no part ---
zero_weight_is_not_left_out = Counterexample(
    "targets.zero_weight_is_not_left_out", "a weight of 0 in the loss leaves no class out of softmax",
    equation(partial(weighted_loss(a, one_hot_label(c), probability(z)), z[m]), 0),
    values={K: 2, a: (Integer(1), Integer(0)), z: (Integer(0), Integer(0)), c: 1, m: 2},
    given=(equation(a[m], 0),),
    meaning="the second class has the weight 0, and an observation of the first still pushes its logit down",
)

all_but = define("targets.all_but", "every class but one", "ē", (c, k), 1 - KroneckerDelta(k, c),
                 meaning="the weight 0 for the class c, and 1 for every other class")

others_sum = (
    derive("targets.others_sum", "the probabilities of all classes but one",
           Sum(all_but(c, l) * probability(z, l), (l, 1, K)))
    .by(unfold, all_but, using=c_in_range, because="the class c has the weight 0, every other class 1")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class is left out")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)

without_class = (
    derive("targets.without_class", "softmax without the class c",
           (1 - probability(z, c)) * reweighted(all_but(c), probability(z), m))
    .by(recognise, others_sum, using=(c_in_range, m_in_range, several_classes),
        because="what class c leaves over is the sum of the other probabilities")
    .by(cite, weight_from_share, {a: all_but(c), q: probability(z), k: m}, implied=some_weight,
        because="a weighted probability is its share of their sum")
    .by(unfold, all_but, because="the class c has the weight 0, every other class 1")
)

seen_is_kept = supposed("the class seen is kept", Gt(a[c], 0))

kept_gradient = (
    derive("targets.kept_gradient", "gradient of softmax with weights", partial(-log(weighted_softmax(a, z, c)), z[m]))
    .by(unfold, weighted_softmax, using=(seen_is_kept, m_in_range), because="this is its definition")
    .by(log_of_quotient, because="both are positive, as the weight of class c is")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(linearity_of_derivative, because="the weights do not depend on the logits")
    .by(derivative_of_logarithm, because="the sum is positive")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="the weights do not depend on the logits")
    .by(derivative_of_exponential, because="the chain rule for the exponential")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with l = m")
    .by(fold, weighted_softmax, a, z, m, because="this is softmax with weights")
)

adjusted_part = (
    derive("targets.adjusted_part", "log-sum-exp of adjusted logits", log_sum_exp(adjusted(z, a)))
    .by(unfold, log_sum_exp, using=positive_weights, because="this is its definition")
    .by(unfold, adjusted, because="the exponential undoes the logarithm of the weight, which is positive")
    .by(fold, part, a, z, because="this is log-sum-exp of weighted classes")
)

# --- The two means of a weighted loss ---
total_loss, weights_of_all = Sum(weighted_loss(a, y[i], p[i]), (i, 1, n)), Sum(a[k] * count(k), (k, 1, K))
mean_by_weights = define(
    "targets.mean_by_weights", "weighted mean of the loss", "L̄", (a, p), total_loss / weights_of_all,
    meaning="the sum of the weighted losses over the sum of the weights of all labels",
)
some_label_counts = Hypothesis("some label counts", "the weights of the labels are not all 0", Gt(weights_of_all, 0))
every_class_occurs = Hypothesis("every class occurs", "every class occurs among the labels", Gt(count(k), 0))
balanced = define("targets.balanced", "balanced weight", "b", (k,), n / (K * count(k)),
                  meaning="the number of observations over the number of classes times the count of this class")

weights_of_labels = (
    derive("targets.weights_of_labels", "the weights of all labels, class by class",
           Sum(a[k] * y[i, k], (k, 1, K), (i, 1, n)))
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="the weight does not depend on the observation")
    .by(fold, count, k, because="the sum of the labels of a class is its count")
)

by_number = (
    derive("targets.by_number", "mean of a weighted loss over all observations",
           mean_by_weights(a, p) * weights_of_all / n)
    .by(unfold, mean_by_weights, using=(positive, some_label_counts), because="the sum of the weights cancels")
)

balanced_sum = (
    derive("targets.balanced_sum", "balanced weights have the mean 1", Sum(balanced(k) * count(k), (k, 1, K)))
    .by(unfold, balanced, using=every_class_occurs, because="the count, which is not 0, cancels")
    .by(sum_of_constant, because="K equal terms")
)

balanced_report = (
    derive("targets.balanced_report", "balanced weights make the best constant answer uniform",
           reweighted(balanced(), frequency(), m))
    .by(unfold, reweighted, using=(every_class_occurs, m_in_range), because="this is its definition")
    .by(unfold, balanced, because="the weight is n over K times the count")
    .by(unfold, frequency, because="the frequency is the count over n; count and n cancel")
    .by(sum_of_constant, because="K equal terms")
)

two_means = Counterexample(
    "targets.two_means", "the sum of the weights and n are two denominators",
    equation(mean_by_weights(a, p), total_loss / n),
    values={n: 2, K: 2, a: (Integer(1), Integer(3)), y: ((Integer(1), Integer(0)), (Integer(0), Integer(1))),
            p: ((Rational(1, 2), Rational(1, 2)), (Rational(1, 2), Rational(1, 2)))},
    meaning="the weights 1 and 3 add up to 4, and there are 2 observations: one mean is twice the other",
)

# --- Class weights and label smoothing ---
smoothed_loss = (
    derive("targets.smoothed_loss", "class weights with label smoothing",
           weighted_loss(a, smoothed(one_hot_label(c), ε), p))
    .by(unfold, weighted_loss, using=(c_in_range, model_positive), because="this is its definition")
    .by(unfold, smoothed, because="a share of the label is spread over all classes")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a sum is the sum of the sums")
    .by(factor_out_of_sum, because="ε and K do not depend on the class")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
)

smoothed_gradient = (
    derive("targets.smoothed_gradient", "gradient of class weights with label smoothing",
           partial(weighted_loss(a, smoothed(one_hot_label(c), ε), probability(z)), z[m]))
    .by(cite, weighted_gradient, {y: smoothed(one_hot_label(c), ε)}, using=(c_in_range, m_in_range),
        because="this is what the gradient was found to be, for any labels")
    .by(unfold, smoothed, because="a share of the label is spread over all classes")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(distribute, part=Sum(((1 - ε) * KroneckerDelta(k, c) + ε / K) * a[k], (k, 1, K)),
        because="multiply out the bracket in the sum")
    .by(linearity_of_sum, because="the sum of a sum is the sum of the sums")
    .by(factor_out_of_sum, because="ε and K do not depend on the class")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
    .by(fold, total_weight, a, because="the sum of the weights is their total")
)

# --- Logit adjustment ---
inverse = define("targets.inverse", "inverse weight", "ā", (a, k), 1 / a[k],
                 meaning="one over the weight of a class, or over its frequency in the training data")

trained = Hypothesis("trained to the end", "every probability of softmax at the adjusted logits is the true one",
                     equation(q[k], probability(adjusted(z, a), k)), Tuple((q[k], probability(adjusted(z, a), k))))

adjusted_report = (
    derive("targets.adjusted_report", "what is left over the frequencies, after an adjusted loss",
           reweighted(inverse(a), q, m))
    .by(unfold, reweighted, using=(trained, m_in_range), implied=some_weight,
        because="this is its definition")
    .by(unfold, inverse, because="the inverse of a positive weight")
    .by(by_hypothesis, trained, {k: m}, because="the adjusted logits give the true probabilities")
    .by(by_hypothesis, trained, {k: l}, because="for every class")
    .by(cite, logit_adjustment, {m: m}, {m: l}, implied=positive_weights,
        because="the exponential undoes the logarithm of the frequency")
    .by(unfold, weighted_softmax, because="the frequency cancels, above and below")
    .by(factor_out_of_sum, because="the sum of the weighted exponentials does not depend on the class; it cancels")
    .by(fold, probability, z, m, because="this is softmax of the logits themselves")
)

after_training = (
    derive("targets.after_training", "logit adjustment after training", probability(adjusted(z, inverse(a)), m))
    .by(cite, logit_adjustment, {a: inverse(a)}, using=(positive_weights, m_in_range), implied=positive_weights,
        because="what is added to a logit multiplies its exponential")
    .by(recognise, reweighted_softmax, {a: inverse(a)}, implied=some_class_kept,
        because="this is softmax, reweighted by one over the frequencies")
)
