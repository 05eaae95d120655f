"""Log-sum-exp: the smooth maximum behind softmax, its bounds, its curvature, and what they say about the loss.

The first derivatives of log-sum-exp A(z) are the probabilities, the second the Jacobian of softmax. A(z) lies between
the largest logit and that plus log K. The table of its second derivatives is never negative as a quadratic form, so A
and the loss are convex in the logits.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import And, Ge, Gt, Integer, KroneckerDelta, Le, Rational, Sum, Tuple, exp, log

from .categorical import one_hot_label
from .cross_entropy import cross_entropy as cross_entropy_of, entropy, minimum, positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, Hypothesis, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import derivative_of_coordinate, linearity_of_derivative
from .engine.rules.inequalities import (at_most, bounded_above, bounded_below, drop_what_is_not_negative,
                                        drop_what_is_not_positive, keep_one_term, log_below_tangent,
                                        minus_log_above_tangent)
from .engine.rules.logarithms import (exponential_of_sum, log_of_exponential, log_of_factors, log_relative_to,
                                      product_of_exponentials)
from .engine.rules.sums import (factor_into_sum, factor_out_of_sum, linearity_of_sum, sift_kronecker_delta,
                                sum_of_constant, swap_sums)
from .engine.terms import equation, partial
from .entropy import below_uniform
from .notation import (G, K, M, a, c, c_in_range, k, l, l_in_range, labels_sum, m, m_in_range, model_sums, p, q,
                       reference_sums, supposed, u, v, y, z)
from .notation import shift as t
from .softmax import (cross_entropy, jacobian, log_probability, log_sum_exp, log_sum_exp_gradient,
                      probabilities_sum, probability, shifted, weighted_cross_entropy)

# --- A number added to all logits ---
shift = (
    derive("log_sum_exp.shift", "a number added to all logits is added to log-sum-exp", log_sum_exp(shifted(z, t)))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(unfold, shifted, because="and this is what the logits are")
    .by(exponential_of_sum, because="the exponential of a sum is a product of exponentials")
    .by(factor_out_of_sum, because="the number t does not depend on k")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential of t")
    .by(fold, log_sum_exp, z, because="this is log-sum-exp of the logits as they were")
)

not_invariant = Counterexample(
    "log_sum_exp.not_invariant", "log-sum-exp does change with a number added to all logits",
    claim=equation(log_sum_exp(shifted(z, t)), log_sum_exp(z)),
    values={K: 2, z: (Integer(0), Integer(0)), t: Integer(1)}, meaning="softmax stays as it is, log-sum-exp does not",
)

# --- Between the largest logit and a little more ---
lower_bound = (
    derive("log_sum_exp.lower_bound", "log-sum-exp is at least every logit", log_sum_exp(z))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(keep_one_term, k, m, using=m_in_range, because="an exponential is positive, and the logarithm is increasing")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
)

none_larger = supposed("no larger logit", Le(z[k], t), witness=Tuple((z[k], t - a[k])))

upper_bound = (
    derive("log_sum_exp.upper_bound", "log-sum-exp is at most the largest logit plus log K", log_sum_exp(z))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(at_most, none_larger, because="no logit is larger than t; exponential and logarithm are increasing")
    .by(sum_of_constant, because="the sum has K equal terms")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential")
)

# --- When are the bounds reached? ---
surprisal = (
    derive("log_sum_exp.surprisal", "the surprisal of softmax in the logits", -log(probability(z, m)))
    .by(cite, log_probability, because="this is what log-softmax was found to be")
)

lower_gap = (
    derive("log_sum_exp.lower_gap", "how far log-sum-exp is above a logit", log_sum_exp(z) - z[m])
    .by(recognise, surprisal, because="this is the surprisal of class m")
    .by(minus_log_above_tangent, because="a logarithm is at most its tangent at 1")
)

upper_gap = (
    derive("log_sum_exp.upper_gap", "how far log-sum-exp is below its upper bound", log_sum_exp(z))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(log_relative_to, log_sum_exp.body.args[0], K * exp(t), because="compare the sum with K exponentials of t")
    .by(log_below_tangent, K * exp(t), because="a logarithm is at most its tangent at 1")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential")
    .by(factor_into_sum, exp(-t), because="t does not depend on k")
    .by(product_of_exponentials, because="one exponential over another: the exponents subtract")
)

equal_logits = supposed("equal logits", equation(z[k], t))

upper_bound_reached = (
    derive("log_sum_exp.upper_bound_reached", "log-sum-exp of equal logits", log_sum_exp(z))
    .by(unfold, log_sum_exp, because="this is its definition")
    .by(by_hypothesis, equal_logits, because="all logits are the same number t")
    .by(sum_of_constant, because="the sum has K equal terms")
    .by(log_of_factors, because="both factors are positive; the logarithm undoes the exponential")
)

# --- Bounds of the loss ---
hard_loss = (
    derive("log_sum_exp.hard_loss", "softmax loss of an observation of class c",
           cross_entropy_of(one_hot_label(c), probability(z)))
    .by(cite, cross_entropy, {y: one_hot_label(c)}, using=c_in_range, implied=labels_sum,
        because="this is what the loss was found to be; the entries of a one-hot label sum to 1")
    .by(unfold, one_hot_label, because="the label is 1 for the class c and 0 for the others")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = c")
)

loss_lower_bound = (
    derive("log_sum_exp.loss_lower_bound", "softmax loss is at least the lead of another logit",
           cross_entropy_of(one_hot_label(c), probability(z)))
    .by(cite, hard_loss, because="this is what the loss was found to be")
    .by(bounded_below, lower_bound, because="log-sum-exp is at least every logit")
)

loss_upper_bound = (
    derive("log_sum_exp.loss_upper_bound", "softmax loss is at most the largest lead plus log K",
           cross_entropy_of(one_hot_label(c), probability(z)))
    .by(cite, hard_loss, because="this is what the loss was found to be")
    .by(bounded_above, upper_bound, because="log-sum-exp is at most the largest logit plus log K")
)

# --- Log-sum-exp and entropy ---
entropy_identity = (
    derive("log_sum_exp.entropy_identity", "entropy of softmax in the logits", entropy(probability(z)))
    .by(unfold, entropy, because="this is its definition")
    .by(cite, log_probability, {m: k}, because="this is what log-softmax was found to be")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="log-sum-exp does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)

minus_entropy = (
    derive("log_sum_exp.minus_entropy", "minus the entropy of softmax", -entropy(probability(z)))
    .by(cite, entropy_identity, because="this is what the entropy of softmax was found to be")
)

above_its_mean = (
    derive("log_sum_exp.above_its_mean", "log-softmax above its mean", log(probability(z, m)) + entropy(probability(z)))
    .by(cite, log_probability, using=m_in_range, because="this is what log-softmax was found to be")
    .by(cite, entropy_identity, because="and this is what the entropy was found to be; log-sum-exp cancels")
)

mean_gap = (
    derive("log_sum_exp.mean_gap", "how far log-sum-exp is below the mean logit plus log K",
           Sum(probability(z, k) * z[k], (k, 1, K)) + log(K) - log_sum_exp(z))
    .by(recognise, minus_entropy, because="the mean logit less log-sum-exp is minus the entropy of softmax")
    .by(cite, below_uniform, {q: probability(z)}, implied=reference_sums,
        because="log K less an entropy is the divergence from the uniform distribution")
)

# --- From the log-sum-exps of parts ---
part = define("log_sum_exp.part", "log-sum-exp of weighted classes", "A", (a, z), log(Sum(a[k] * exp(z[k]), (k, 1, K))),
              meaning="log-sum-exp with a weight for each class: of a part of them, with 1 inside and 0 outside")

each_in_one = Hypothesis("each class in one part", "the shares of every class in the parts sum to 1",
                         equation(Sum(G[u, k], (u, 1, M)), 1))
none_empty = Hypothesis("no part is empty", "the shares in every part sum to a positive number",
                        Gt(Sum(G[u, k], (k, 1, K)), 0))

from_parts = (
    derive("log_sum_exp.from_parts", "log-sum-exp from the log-sum-exps of parts",
           log(Sum(exp(part(G[u], z)), (u, 1, M))))
    .by(unfold, part, using=none_empty, because="this is its definition; the exponential undoes the logarithm")
    .by(swap_sums, because="finite sums may change their order")
    .by(factor_out_of_sum, because="a logit does not depend on the part")
    .by(by_hypothesis, each_in_one, because="every class is counted once")
    .by(fold, log_sum_exp, z, because="this is its definition")
)

# --- The slopes of log-probabilities ---
log_probability_gradient = (
    derive("log_sum_exp.log_probability_gradient", "gradient of log-softmax", partial(log(probability(z, m)), z[l]))
    .by(cite, log_probability, because="this is what log-softmax was found to be")
    .by(linearity_of_derivative, because="the derivative of a difference is the difference of the derivatives")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(cite, log_sum_exp_gradient, {m: l}, using=l_in_range, because="the gradient of log-sum-exp is softmax")
)

# --- The second derivatives ---
hessian = (
    derive("log_sum_exp.hessian", "Hessian of log-sum-exp", partial(log_sum_exp(z), z[m], z[l]))
    .by(cite, log_sum_exp_gradient, because="the gradient of log-sum-exp is softmax")
    .by(cite, jacobian, because="this is the Jacobian of softmax")
)

jacobian_rows_sum = (
    derive("log_sum_exp.jacobian_rows_sum", "the rows of the softmax Jacobian sum to 0",
           Sum(partial(probability(z, m), z[k]), (k, 1, K)))
    .by(cite, jacobian, {l: k}, using=m_in_range, because="this is the Jacobian of softmax")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class has k = m")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)

# --- Convexity ---
mean = define(
    "log_sum_exp.mean", "mean of v under the model", "v̄", (v, z), Sum(probability(z, k) * v[k], (k, 1, K)), shown=(),
    meaning="the mean of one number for each class, under the probabilities of the model",
)

variance = (
    derive("log_sum_exp.variance", "variance of v under the model",
           Sum(probability(z, k) * (v[k] - mean(v, z)) ** 2, (k, 1, K)))
    .by(regroup, (v[k] - mean(v, z)) ** 2, v[k] ** 2 - 2 * mean(v, z) * v[k] + mean(v, z) ** 2,
        because="multiply out the square")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of the terms is the sum of their sums")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
    .by(fold, mean, because="and this is the mean again")
)

quadratic_form = (
    derive("log_sum_exp.quadratic_form", "the softmax Jacobian as a quadratic form is a variance",
           Sum(v[k] * partial(probability(z, k), z[l]) * v[l], (l, 1, K), (k, 1, K)))
    .by(cite, jacobian, {m: k, l: l}, because="this is the Jacobian of softmax")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives in the inner sum, the one with l = k")
    .by(factor_out_of_sum, because="what belongs to k does not depend on l")
    .by(fold, mean, because="the inner sum is the mean")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(fold, mean, because="and so is the outer sum")
    .by(recognise, variance, because="the mean of the squares minus the square of the mean is the variance")
)

positive_semidefinite = (
    derive("log_sum_exp.positive_semidefinite", "the softmax Jacobian is positive semidefinite",
           Sum(v[k] * partial(log_sum_exp(z), z[k], z[l]) * v[l], (l, 1, K), (k, 1, K)))
    .by(cite, log_sum_exp_gradient, {m: k}, because="the gradient of log-sum-exp is softmax")
    .by(cite, quadratic_form, because="its Jacobian as a quadratic form is a variance")
    .by(drop_what_is_not_negative, variance.start,
        because="a sum of squares, with weights that are probabilities, is not negative")
)

one_deviation = (
    quadratic_form.renamed("log_sum_exp.one_deviation", "log-sum-exp is flat only where all logits move together")
    .by(keep_one_term, k, m, using=m_in_range, because="every term is a square times a positive probability")
)

cross_entropy_of_two = (
    derive("log_sum_exp.cross_entropy_of_two", "cross-entropy of one softmax against another",
           cross_entropy_of(probability(z), probability(v)))
    .by(cite, weighted_cross_entropy, {y: probability(z), z: v},
        because="this is what the loss was found to be, for any weights")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)

convexity = (
    derive("log_sum_exp.convexity", "log-sum-exp lies above its tangents",
           log_sum_exp(v) - Sum(probability(z, k) * (v[k] - z[k]), (k, 1, K)))
    .by(distribute, v[k], because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(recognise, cross_entropy_of_two, because="two of the terms are a cross-entropy")
    .by(bounded_below, minimum, {q: probability(z), p: probability(v)},
        implied=(positive_where_seen, reference_sums, model_sums),
        because="it is at least the entropy (Gibbs' inequality); softmax probabilities are positive and sum to 1")
    .by(cite, entropy_identity, because="this is what the entropy was found to be; two sums cancel")
)

# --- How large can the curvature be? ---
row_bound = (
    derive("log_sum_exp.row_bound", "absolute values in a row of the softmax Jacobian",
           partial(probability(z, m), z[m])
           - Sum((1 - KroneckerDelta(k, m)) * partial(probability(z, m), z[k]), (k, 1, K)))
    .by(distribute, using=m_in_range, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
    .by(cite, jacobian_rows_sum, because="the whole row sums to 0")
    .by(cite, jacobian, {l: m}, because="this is the Jacobian of softmax")
    .by(regroup, 2 * probability(z, m) * (1 - probability(z, m)),
        Rational(1, 2) - 2 * (probability(z, m) - Rational(1, 2)) ** 2, because="complete the square")
    .by(drop_what_is_not_positive, -2 * (probability(z, m) - Rational(1, 2)) ** 2, because="a square is not negative")
)

jacobian_form = Sum(v[k] * partial(probability(z, k), z[l]) * v[l], (l, 1, K), (k, 1, K))
largest_eigenvalue = Theorem(
    "log_sum_exp.largest_eigenvalue", "no eigenvalue of the softmax Jacobian exceeds one half",
    says="Every eigenvalue of the Jacobian of softmax lies between 0 and one half (Gershgorin's circle theorem, "
         "with the two bounds derived above): the formula says it of every direction v.",
    source="varga_2004",
    evidence=(row_bound, positive_semidefinite),
    formula=And(Ge(jacobian_form, 0), Le(jacobian_form, Sum(v[k] ** 2, (k, 1, K)) / 2)),
)

trace = (
    derive("log_sum_exp.trace", "trace of the softmax Jacobian",
           Sum(partial(probability(z, k), z[k]), (k, 1, K)))
    .by(cite, jacobian, {m: k, l: k},
        because="this is the Jacobian of softmax; the sum runs over the classes that exist")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(cite, probabilities_sum, because="the probabilities sum to 1")
)
