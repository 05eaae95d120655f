"""Information: Fisher information is how sharply the log-likelihood of a label bends, on average.

The labels are drawn from the model itself. For two classes the log-likelihood is a function of one probability, for K
classes of K - 1 free ones. Minus its mean second derivative is the mean square of the score, found before. An
information gain is at least 0. On average over all inputs, cross-entropy is the entropy of the class given the input
plus a mean divergence.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Rational, Sum, log

from . import bernoulli
from .categorical import one_hot_label
from .cross_entropy import (answers_sum, cross_entropy, decomposition, entropy, frequency, gibbs, input_count,
                            input_frequency, inputs_occur, label_frequency, minimum, positive_where_seen)
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis
from .engine.rules.algebra import by_hypothesis, common_denominator, distribute
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (derivative_of_coordinate, derivative_of_logarithm, derivative_of_power,
                                       linearity_of_derivative)
from .engine.rules.inequalities import bounded_below
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, swap_sums, write_out)
from .engine.terms import equation, partial
from .entropy import information_gain, total_frequency
from .maximum_likelihood import (free_score, l_not_last, last_probability, m_not_last, positive_rest, reduced,
                                 rest_slope)
from .notation import (K, M, c, k, l, l_in_range, label, m, model_positive, model_sums, p, positive_where, probability,
                       q, reference_sums, shared_interior, u, y, π, φ)

# --- Two classes ---
mass = bernoulli.mass(label, probability)

bernoulli_curvature = (
    derive("information.bernoulli_curvature", "Fisher information as the curvature in one probability",
           -Sum(mass * partial(log(mass), probability, probability), (label, 0, 1)))
    .by(write_out, using=shared_interior, because="a hard label is 0 or 1, so the sum has two terms")
    .by(unfold, bernoulli.mass, because="the label 0 has the probability 1 − p, and the label 1 has p")
    .by(derivative_of_logarithm, because="neither probability is 0")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(linearity_of_derivative, because="a sign stands before the derivative as well")
    .by(derivative_of_power, because="neither base is 0; each cancels once against its weight")
    .by(linearity_of_derivative, because="1 is a constant")
    .by(derivative_of_coordinate, because="this is the variable itself")
    .by(common_denominator, because="neither denominator is 0, and p cancels in the numerator")
)

# --- The Hessian along the simplex ---
hessian = (
    derive("information.hessian", "categorical Hessian along the simplex", partial(reduced(y, p), p[m], p[l]))
    .by(cite, free_score, using=(model_positive, model_sums), implied=positive_rest,
        because="the score is the first derivative, here in free probabilities")
    .by(by_hypothesis, m_not_last, because="m is not the last class")
    .by(linearity_of_derivative, because="the labels do not depend on the probabilities")
    .by(derivative_of_power, because="no probability is 0")
    .by(derivative_of_coordinate, because="the probabilities of all classes but the last are variables of their own")
    .by(cite, rest_slope, {m: l}, using=l_in_range, because="what one of the others gains, the rest loses")
    .by(by_hypothesis, l_not_last, because="l is not the last class")
    .by(cite, last_probability, because="the last class has the rest")
)

# --- Any number of classes ---
curvature = (
    derive("information.curvature", "Fisher information as the curvature along the simplex",
           -Sum(p[c] * partial(reduced(one_hot_label(c), p), p[m], p[l]), (c, 1, K)))
    .by(cite, hessian, {y: one_hot_label(c)}, because="this is the Hessian for a label of class c")
    .by(unfold, one_hot_label, because="a label is 1 for its class and 0 for the others")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(sift_kronecker_delta, because="exactly one class survives in each sum; one factor of its probability cancels")
)

# --- Information gain ---
divergence_bound = gibbs.first(4).renamed(
    "information.divergence_bound", "a divergence is at least a difference of two sums")

inputs_sum = (
    derive("information.inputs_sum", "the frequencies of all inputs sum to 1", Sum(input_frequency(u), (u, 1, M)))
    .by(unfold, input_frequency, because="this is its definition")
    .by(factor_out_of_sum, because="the number of observations does not depend on the input")
    .by(unfold, input_count, because="an input is counted where it occurs")
    .by(swap_sums, because="finite sums may change their order")
    .by(sift_kronecker_delta, because="each observation has one input")
    .by(sum_of_constant, because="a sum of n ones is n, which cancels")
)

gain_not_negative = (
    derive("information.gain_not_negative", "an information gain is never negative", information_gain.start)
    .by(cite, information_gain, using=inputs_occur,
        because="it is a mean of divergences, weighted by how often each input occurs")
    .by(bounded_below, divergence_bound, {q: label_frequency(u), p: frequency()}, implied=positive_where_seen,
        because="a logarithm is at most its tangent at 1")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the overall frequencies do not depend on the input")
    .by(cite, inputs_sum, because="the frequencies of the inputs sum to 1")
    .by(factor_into_sum, input_frequency(u), because="the frequency of an input does not depend on the class")
    .by(swap_sums, because="finite sums may change their order")
    .by(recognise, total_frequency, because="the frequencies at the inputs make up the whole; both terms cancel")
)

# --- On average over inputs ---
positive_where_possible = Hypothesis(
    "positive where possible", "the model gives every class that an input can have a positive probability",
    positive_where(q[u, k], φ[u, k]))
mean_entropy = Sum(π[u] * entropy(q[u]), (u, 1, M))
true_sums = Hypothesis("true probabilities sum to 1", "the true probabilities at every input sum to 1",
                       equation(Sum(q[u, k], (k, 1, K)), 1))
answers_true = Hypothesis("the truth as answers", "the model answers every input with the true probabilities there",
                          equation(φ[u, k], q[u, k]))

population = (
    derive("information.population", "loss on average over all inputs and classes",
           -Sum(π[u] * q[u, k] * log(φ[u, k]), (k, 1, K), (u, 1, M)))
    .by(factor_out_of_sum, using=positive_where_possible,
        because="the probability of the input does not depend on the class")
    .by(factor_into_sum, Integer(-1), because="the sign belongs to every term")
    .by(fold, cross_entropy, q[u], φ[u], because="the inner sum is the cross-entropy at one input")
    .by(cite, decomposition, {q: q[u], p: φ[u]}, implied=positive_where_seen,
        because="cross-entropy is entropy plus divergence")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
)

population_least = (
    derive("information.population_least", "no model has less loss on average than the mean entropy",
           Sum(π[u] * cross_entropy(q[u], φ[u]), (u, 1, M)))
    .by(bounded_below, minimum, {q: q[u], p: φ[u]},
        using=(positive_where_possible, true_sums, answers_sum),
        implied=(positive_where_seen, reference_sums, model_sums),
        because="no cross-entropy is less than the entropy of its reference (Gibbs' inequality)")
)

population_attained = (
    derive("information.population_attained", "the true probabilities have the least loss on average",
           Sum(π[u] * cross_entropy(q[u], φ[u]), (u, 1, M)))
    .by(unfold, cross_entropy, using=answers_true, because="this is its definition, and 0 log 0 counts as 0")
    .by(by_hypothesis, answers_true, because="the model answers with the true probabilities")
    .by(fold, entropy, q[u], because="the cross-entropy of a distribution against itself is its entropy")
)

never_zero = Counterexample(
    "information.never_zero", "the true probabilities need not have a loss of 0 on average", equation(mean_entropy, 0),
    values={K: 2, M: 2, π: (Rational(1, 2), Rational(1, 2)),
            q: ((Integer(1), Integer(0)), (Rational(1, 2), Rational(1, 2)))},
    meaning="at the second input both classes are equally probable, and no model can know which comes",
)
