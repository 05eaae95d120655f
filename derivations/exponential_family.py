"""One theorem behind p − y: the exponential family, and log-sum-exp as a maximum.

A density is the exponential of v . z - A(z), for observed numbers v and logits z. So the loss is A(z) - v . z, and its
gradient that of A less v. For any family on finitely many classes it is a mean less a mean, and the Hessian is a
covariance. Log-sum-exp is the largest of p . z + H(p), and what is lost by another p is a divergence.
"""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends

from sympy import Integer, Rational, Sum, exp, log

from .cross_entropy import cross_entropy, entropy, gibbs, kl_divergence, minimum as cross_entropy_minimum
from .cross_entropy import positive_where_seen
from .engine.derivation import derive
from .engine.entries import Counterexample, Theorem, define
from .engine.rules.algebra import by_hypothesis, distribute, regroup
from .engine.rules.definitions import cite, fold, recognise, unfold
from .engine.rules.derivatives import (chain_rule, derivative_of_coordinate, derivative_of_exponential,
                                       derivative_of_power, differentiate_sum, linearity_of_derivative)
from .engine.rules.indices import merge_sums
from .engine.rules.inequalities import bounded_below
from .engine.rules.logarithms import log_of_exponential
from .engine.rules.sums import factor_out_of_sum, linearity_of_sum, sift_kronecker_delta
from .engine.terms import equation, partial
from .log_sum_exp import cross_entropy_of_two, entropy_identity
from .notation import (K, V, d, f, f_in_range, h, h_in_range, k, k_in_range, labels_sum, m, m_in_range, model_sums, p,
                       q, reference_positive, reference_sums, shift as t, v, w, y, z)
from .sigmoid import softplus, softplus_derivative
from .soft_labels import excess, positive_where_labelled
from .softmax import (cross_entropy as softmax_loss, jacobian, log_sum_exp, log_sum_exp_gradient, logits_of,
                      probability)

# --- One form of density ---
density = define(
    "exponential_family.density", "density of an exponential family", "D", (v, z, t),
    exp(Sum(v[k] * z[k], (k, 1, K)) - t),
    meaning="v was observed, z are the logits, t is the log-partition; what has no logit is left out",
)

loss = (
    derive("exponential_family.loss", "loss of an exponential family", -log(density(v, z, t)))
    .by(unfold, density, because="this is its definition")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
)

observed_slope = (
    derive("exponential_family.observed_slope", "slope of what was observed times the logits",
           partial(Sum(v[k] * z[k], (k, 1, K)), z[m]))
    .by(differentiate_sum, using=m_in_range, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="what was observed does not depend on the logits")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

# --- Four families, one gradient ---
softplus_slope = (
    derive("exponential_family.softplus_slope", "slope of a sum of softplus",
           partial(Sum(softplus(z[k]), (k, 1, K)), z[m]))
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(chain_rule, softplus_derivative, because="the derivative of softplus is the sigmoid")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

square_slope = (
    derive("exponential_family.square_slope", "slope of half a sum of squares",
           partial(Sum(z[k] ** 2 / 2, (k, 1, K)), z[m]))
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(linearity_of_derivative, because="one half is a constant")
    .by(derivative_of_power, because="the derivative of a square is twice its base")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)

exponential_slope = (
    derive("exponential_family.exponential_slope", "slope of a sum of exponentials",
           partial(Sum(exp(z[k]), (k, 1, K)), z[m]))
    .by(differentiate_sum, because="the sum is finite, and m is not the index it runs over")
    .by(derivative_of_exponential, because="the exponential is its own derivative")
    .by(derivative_of_coordinate, because="each logit is a variable of its own")
    .by(sift_kronecker_delta, using=m_in_range, because="exactly one class survives, the one with k = m")
)
of_bernoulli, of_gaussian, of_poisson = (each.start.expr for each in (softplus_slope, square_slope, exponential_slope))

bernoulli_gradient = (
    derive("exponential_family.bernoulli_gradient", "gradient of the Bernoulli family",
           partial(-log(density(v, z, of_bernoulli)), z[m]))
    .by(cite, loss, {t: of_bernoulli}, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(cite, observed_slope, because="the slope of the product is what was observed")
    .by(cite, softplus_slope, because="the slope of softplus is the sigmoid, the mean of a Bernoulli label")
)

categorical_gradient = (
    derive("exponential_family.categorical_gradient", "gradient of the categorical family",
           partial(-log(density(v, z, log_sum_exp(z))), z[m]))
    .by(cite, loss, {t: log_sum_exp(z)}, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(cite, observed_slope, because="the slope of the product is what was observed")
    .by(cite, log_sum_exp_gradient, because="the slope of log-sum-exp is softmax, the mean of a one-hot label")
)

gaussian_gradient = (
    derive("exponential_family.gaussian_gradient", "gradient of the Gaussian family",
           partial(-log(density(v, z, of_gaussian)), z[m]))
    .by(cite, loss, {t: of_gaussian}, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(cite, observed_slope, because="the slope of the product is what was observed")
    .by(cite, square_slope, because="the slope of half a square is its base, the mean of a Gaussian number")
)

poisson_gradient = (
    derive("exponential_family.poisson_gradient", "gradient of the Poisson family",
           partial(-log(density(v, z, of_poisson)), z[m]))
    .by(cite, loss, {t: of_poisson}, because="this is what the loss was found to be")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(cite, observed_slope, because="the slope of the product is what was observed")
    .by(cite, exponential_slope, because="the exponential is its own slope, the mean of a Poisson count")
)

not_in_the_probabilities = Counterexample(
    "exponential_family.not_in_the_probabilities", "the slope in the probabilities is a ratio",
    equation(partial(cross_entropy(q, p), p[1]), p[1] - q[1]),
    values={K: 2, q: (Integer(1), Integer(0)), p: (Rational(1, 2), Rational(1, 2))},
    meaning="the logits are the natural parameters; in the probabilities themselves the slope is a ratio",
)

# --- Means and variances ---
gaussian_form = (
    derive("exponential_family.gaussian_form", "the Gaussian family is a normal density",
           log(density(v, z, of_gaussian)) - Sum(v[k] ** 2 / 2, (k, 1, K)))
    .by(unfold, density, because="this is its definition")
    .by(log_of_exponential, because="the logarithm undoes the exponential")
    .by(merge_sums, because="sums over the same classes are one sum")
    .by(regroup, v[k] * z[k] - v[k] ** 2 / 2 - z[k] ** 2 / 2, -(v[k] - z[k]) ** 2 / 2, because="complete the square")
)

poisson_curvature = (
    derive("exponential_family.poisson_curvature", "the variance of a Poisson count is its mean",
           partial(-log(density(v, z, of_poisson)), z[m], z[m]))
    .by(cite, poisson_gradient, because="this is what the gradient was found to be")
    .by(linearity_of_derivative, because="what was observed does not depend on the logits")
    .by(derivative_of_exponential, because="the exponential is its own derivative")
    .by(derivative_of_coordinate, because="this is the variable itself")
)

moments = Theorem(
    "exponential_family.moments", "slopes of the log-partition are moments",
    says="In any exponential family, at a natural parameter around which the total is finite, the gradient of the "
         "log-partition is the mean of what is observed, and its Hessian is the covariance.",
    source="wainwright_jordan_2008",
    evidence=(bernoulli_gradient, categorical_gradient, gaussian_gradient, poisson_gradient, poisson_curvature),
)

# --- Any family on finitely many classes ---
exponents = define(
    "exponential_family.exponents", "exponents of a family", "η", (V, v, w, k), Sum(w[f] * V[f, k], (f, 1, d)) + v[k],
    meaning="d statistics V of a class, each times its natural parameter w, and the logarithm v of its base measure",
)
η, η_k = exponents(V, v, w), exponents(V, v, w, k)

mean = define(
    "exponential_family.mean", "mean of a statistic", "μ", (V, q, f), Sum(q[k] * V[f, k], (k, 1, K)),
    meaning="the mean of the statistic f, for classes drawn with the probabilities q", meant_for=(reference_sums,),
)
covariance = define(
    "exponential_family.covariance", "covariance of two statistics", "Cov", (V, q, f, h),
    Sum(q[k] * V[f, k] * V[h, k], (k, 1, K)) - mean(V, q, f) * mean(V, q, h),
    meaning="the mean product of two statistics less the product of their means, for classes drawn with q",
    meant_for=(reference_sums,),
)

exponent_slope = (
    derive("exponential_family.exponent_slope", "how an exponent moves with a natural parameter", partial(η_k, w[h]))
    .by(unfold, exponents, using=(h_in_range, k_in_range), because="this is its definition")
    .by(linearity_of_derivative, because="the base measure does not depend on the parameters")
    .by(differentiate_sum, because="the sum is finite, and h is not the index it runs over")
    .by(linearity_of_derivative, because="the statistics do not depend on the parameters")
    .by(derivative_of_coordinate, because="each parameter is a variable of its own")
    .by(sift_kronecker_delta, because="exactly one statistic survives, the one with f = h")
)

log_partition_gradient = (
    derive("exponential_family.log_partition_gradient", "the slope of the log-partition is a mean",
           partial(log_sum_exp(η), w[f]))
    .by(chain_rule, log_sum_exp_gradient, k, using=f_in_range, because="the gradient of log-sum-exp is softmax")
    .by(cite, exponent_slope, {h: f}, because="this is how an exponent moves")
    .by(fold, mean, V, probability(η), f, because="this is the mean under the model")
)

gradient = (
    derive("exponential_family.gradient", "gradient of any finite family: mean less mean",
           partial(cross_entropy(y, probability(η)), w[f]))
    .by(cite, softmax_loss, {z: η}, using=labels_sum, because="this is what softmax cross-entropy was found to be")
    .by(linearity_of_derivative, because="the slope of a difference is the difference of the slopes")
    .by(cite, log_partition_gradient, using=f_in_range, because="the first is the mean under the model")
    .by(differentiate_sum, because="the sum is finite")
    .by(linearity_of_derivative, because="the labels do not depend on the parameters")
    .by(cite, exponent_slope, {h: f}, because="this is how an exponent moves")
    .by(fold, mean, V, y, f, because="the second is the mean under the labels")
)

probability_slope = (
    derive("exponential_family.probability_slope", "how a probability moves with a natural parameter",
           partial(probability(η, m), w[h]))
    .by(chain_rule, jacobian, k, using=m_in_range, because="this is the Jacobian of softmax")
    .by(cite, exponent_slope, using=h_in_range, because="this is how an exponent moves")
    .by(factor_out_of_sum, because="the probability of class m does not depend on k")
    .by(distribute, because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(sift_kronecker_delta, because="exactly one class survives, the one with k = m")
    .by(fold, mean, V, probability(η), h, because="the sum is the mean under the model")
)

product_form = (
    derive("exponential_family.product_form", "covariance as a mean of products",
           Sum(q[k] * V[f, k] * (V[h, k] - mean(V, q, h)), (k, 1, K)))
    .by(distribute, using=(f_in_range, h_in_range), because="multiply out the bracket")
    .by(linearity_of_sum, because="the sum of a difference is the difference of the sums")
    .by(factor_out_of_sum, because="the mean does not depend on k")
    .by(fold, mean, V, q, f, because="what is left of the second sum is a mean too")
    .by(fold, covariance, V, q, f, h, because="this is the covariance")
)

hessian = (
    derive("exponential_family.hessian", "the Hessian of any finite family is a covariance",
           partial(cross_entropy(y, probability(η)), w[f], w[h]))
    .by(cite, gradient, because="this is what the gradient was found to be")
    .by(unfold, mean, because="this is the definition of a mean")
    .by(linearity_of_derivative, because="the labels do not depend on the parameters")
    .by(differentiate_sum, because="the sum is finite")
    .by(linearity_of_derivative, because="the statistics do not depend on the parameters")
    .by(cite, probability_slope, {m: k}, using=h_in_range, because="this is how a probability moves")
    .by(cite, product_form, {q: probability(η)}, because="this is the covariance")
)

# --- Log-sum-exp as a maximum ---
loss_and_dot = (
    derive("exponential_family.loss_and_dot", "log-sum-exp from the loss of any distribution",
           cross_entropy(q, probability(z)) + Sum(q[k] * z[k], (k, 1, K)))
    .by(cite, softmax_loss, {y: q}, using=reference_sums, implied=labels_sum,
        because="this is what softmax cross-entropy was found to be; the sums cancel")
)

variational_bound = (
    derive("exponential_family.variational_bound", "log-sum-exp is at least mean logit plus entropy",
           log_sum_exp(z))
    .by(recognise, loss_and_dot, because="log-sum-exp is the loss of any distribution q plus its mean logit")
    .by(bounded_below, cross_entropy_minimum, {p: probability(z)}, using=reference_sums,
        implied=(positive_where_seen, model_sums),
        because="a cross-entropy is at least the entropy (Gibbs' inequality)")
)

attained = (
    derive("exponential_family.attained", "softmax reaches the bound",
           Sum(probability(z, k) * z[k], (k, 1, K)) + entropy(probability(z)))
    .by(cite, entropy_identity, because="this is what the entropy of softmax was found to be; the sums cancel")
)

fenchel_young = (
    derive("exponential_family.fenchel_young", "a Fenchel–Young loss that is a divergence",
           log_sum_exp(z) - entropy(y) - Sum(y[k] * z[k], (k, 1, K)))
    .by(recognise, softmax_loss, using=labels_sum, because="two of the terms are the loss")
    .by(cite, excess, {p: probability(z)}, implied=positive_where_labelled,
        because="the loss above the entropy is a divergence; softmax gives every class something")
)

never_negative = (
    fenchel_young.renamed("exponential_family.never_negative", "the Fenchel–Young loss is never negative")
    .by(bounded_below, gibbs, {q: y, p: probability(z)}, implied=(positive_where_seen, reference_sums, model_sums),
        because="a divergence is never negative (Gibbs' inequality)")
)

conjugate = (
    derive("exponential_family.conjugate", "entropy as log-sum-exp less a mean of logits",
           log_sum_exp(logits_of(q)) - Sum(q[k] * logits_of(q, k), (k, 1, K)))
    .by(unfold, log_sum_exp, using=reference_positive,
        because="this is its definition; positive probabilities have logarithms")
    .by(unfold, logits_of, because="the logits are logarithms of probabilities, and the exponential undoes them")
    .by(by_hypothesis, reference_sums, because="the probabilities sum to 1, and the logarithm of 1 is 0")
    .by(fold, entropy, q, because="what is left is the entropy")
)

bregman = (
    derive("exponential_family.bregman", "the divergence of two softmaxes in the logits",
           kl_divergence(probability(v), probability(z)))
    .by(recognise, excess, {y: probability(v), p: probability(z)}, implied=positive_where_labelled,
        because="a divergence is a loss above an entropy")
    .by(cite, cross_entropy_of_two, {z: v, v: z}, because="this is what the loss was found to be")
    .by(cite, entropy_identity, {z: v}, because="and this is the entropy")
)
