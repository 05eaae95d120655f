"""Logits between limits: how low the loss can get if no logit can lead the others by more than a given number.

Probabilities that are given as logits differ by at most 1, cosines by at most 2. Then the loss of the right class stays
above a number that depends on how many classes there are, however well the model is trained.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Ge, Gt, Integer, Le, Sum, Tuple, exp, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, define
from .engine.rules.algebra import by_hypothesis, distribute
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_exponential, derivative_of_logarithm,
                                       differentiate_sum, linearity_of_derivative)
from .engine.rules.inequalities import at_least, bounded_below
from .engine.rules.logarithms import (exponential_of_sum, log_of_exponential, log_of_factors, log_relative_to,
                                      product_of_exponentials)
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, take_out_term)
from .engine.terms import equation, partial
from .log_sum_exp import hard_loss, mean, mean_gap, shift as added
from .notation import (K, c, c_in_range, k, l, l_in_range, m, m_in_range, p, shift as t, temperature as T, z)
from .softmax import exponential_form, log_sum_exp, probabilities_sum, probability, shifted
from .temperature import scaled

# --- No logit leads by more than t ---
no_larger_lead = Hypothesis("no larger lead", "no logit is smaller than that of class c less t",
                            Ge(z[k], z[c] - t), Tuple((z[k], t * p[k])))

lowest = (
    derive("bounded_logits.lowest", "softmax loss of bounded logits is at least a constant",
           cross_entropy(one_hot_label(c), probability(z)))
    .by(cite, hard_loss, using=no_larger_lead, implied=c_in_range, because="this is what the loss was found to be")
    .by(recognise, added, {t: -z[c]}, because="take the logit of class c from all logits")
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(unfold, shifted, because="and these are the logits")
    .by(take_out_term, k, c, because="set the class c apart; its exponential is 1")
    .by(at_least, no_larger_lead, because="no logit is further below; exponential and logarithm are increasing")
    .by(factor_out_of_sum, because="t does not depend on k")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sum_of_constant, because="K equal terms")
    .by(sift_kronecker_delta, because="and one of them is that of class c")
)

sharp = Counterexample(
    "bounded_logits.sharp", "no bound above this for the loss of bounded logits",
    Gt(lowest.start, log(1 + (K - 1) * exp(-t)), evaluate=False),
    values={K: 2, z: Tuple(1, 0), t: Integer(1), c: 1},
    meaning="the class that was seen leads the other by all that is allowed: here the bound is reached",
)

# --- Softmax applied twice ---
softmax_twice = (
    derive("bounded_logits.softmax_twice", "softmax applied twice: the loss is at least a constant",
           cross_entropy(one_hot_label(c), probability(p)))
    .by(bounded_below, lowest, {z: p, t: Integer(1)}, using=c_in_range, implied=no_larger_lead,
        because="a probability is at most 1 and at least 0, so none is more than 1 above another")
)

# --- Cosines at a temperature ---
cosines = Hypothesis("cosines", "no square of a score is larger than 1", Le(z[k] ** 2, 1), Tuple((z[k], 2 * p[k] - 1)))

contrastive = (
    derive("bounded_logits.contrastive", "contrastive loss of cosines is at least a constant",
           cross_entropy(one_hot_label(c), probability(scaled(z, T))))
    .by(bounded_below, lowest, {z: scaled(z, T), t: 2 / T}, using=(c_in_range, cosines), implied=no_larger_lead,
        because="two cosines differ by at most 2, and by 2 over T after the division")
)

all_equal = Hypothesis("equal scores", "every score is equal to that of class c", equation(z[k], z[c]))

equal_scores = (
    derive("bounded_logits.equal_scores", "contrastive loss of equal scores",
           cross_entropy(one_hot_label(c), probability(scaled(z, T))))
    .by(cite, hard_loss, {z: scaled(z, T)}, using=all_equal, implied=c_in_range,
        because="this is what the loss was found to be")
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(unfold, scaled, because="every score is divided by the temperature")
    .by(by_hypothesis, all_equal, because="all scores are equal to that of the match")
    .by(sum_of_constant, because="K equal terms")
    .by(log_of_factors, because="both factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
)

# --- Nearly equal probabilities ---
below_mean = mean(z, z) - z[k]
excess_of_uniform = Sum(probability(z, k) * (exp(below_mean) - 1 - below_mean), (k, 1, K))
from_uniform = (
    derive("bounded_logits.from_uniform", "divergence of softmax from equal probabilities",
           log(1 + excess_of_uniform))
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the mean logit does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities of softmax sum to 1")
    .by(cite, exponential_form, {m: k}, part=probability(z, k) * exp(below_mean), because="softmax is one exponential")
    .by(exponential_of_sum, because="the exponential of a sum is a product; that of the logit cancels")
    .by(sum_of_constant, because="all terms are equal")
    .by(unfold, mean, because="this is the definition of the mean")
    .by(log_of_factors, because="all three factors are positive")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(cite, mean_gap, because="this is what the divergence from equal probabilities was found to be")
)

# --- One logit held at 0 ---
held = define(
    "bounded_logits.held", "log-sum-exp with a logit held at 0", "A₊", (z,), log(1 + Sum(exp(z[k]), (k, 1, K))),
    meaning="log-sum-exp of K logits and one more, which is 0",
)
share = define(
    "bounded_logits.share", "softmax with a logit held at 0", "p′", (z, k),
    exp(z[k]) / (1 + Sum(exp(z[l]), (l, 1, K))),
    meaning="the probability of class k, where one more class has the logit 0",
)
held_beside = (
    derive("bounded_logits.held_beside", "log-sum-exp with a logit held at 0, beside another", held(z))
    .by(unfold, held, using=m_in_range, because="this is its definition")
    .by(log_relative_to, held.body.args[0], exp(z[m]), because="compare the sum with one of the exponentials")
    .by(distribute, because="multiply out the bracket")
    .by(factor_into_sum, exp(-z[m]), because="the logit of class m does not depend on k")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
    .by(take_out_term, k, m, because="the term of class m is the exponential of 0")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
)
held_exponential = (
    derive("bounded_logits.held_exponential", "exponential of log-sum-exp with a logit held at 0", exp(held(z)))
    .by(unfold, held, because="the exponential undoes the logarithm")
)
share_beside = (
    derive("bounded_logits.share_beside", "softmax with a logit held at 0, beside another", share(z, l))
    .by(unfold, share, using=(l_in_range, m_in_range), because="this is its definition")
    .by(recognise, held_exponential, because="the denominator is the exponential of the logarithm of the sum")
    .by(cite, held_beside, because="this is what the logarithm was found to be; the exponential undoes it")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)
held_gradient = (
    derive("bounded_logits.held_gradient", "gradient of log-sum-exp with a logit held at 0", partial(held(z), z[m]))
    .by(unfold, held, using=m_in_range, because="this is its definition")
    .by(derivative_of_logarithm, because="the sum is positive")
    .by(linearity_of_derivative, because="the derivative of 1 is 0")
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_exponential, because="the exponential is its own derivative")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
    .by(fold, share, z, m, because="this is the probability of class m")
)
