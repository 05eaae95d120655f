"""What each result is in the words of a library `L` (see `libraries`): its own loss, differentiated by itself. Nothing
here knows a derivation.

The arguments of an entry are those of its oracle. Indices count from 1, as in the formulas.
"""

import numpy as np


def two_of(L, y):
    return L.stack(y, 1 - y)


def unit(L, c, size=3):
    return L.array(np.eye(size)[c - 1])


def score_products(L, z, m, l):
    """The mean product of two scores, over the classes."""
    scores = L.jacobian(L.log_softmax)(z)
    return (L.softmax(z) * scores[:, m - 1] * scores[:, l - 1]).sum()


def last_from_sum(L, head):
    return L.stack(*head, 1 - head.sum())


def reduced_score(L, y, p, m):
    """The score in the free probabilities; the last is none of them, and the formula is 0 there."""
    return -L.gradient(lambda head: L.classes(y, last_from_sum(L, head)))(p[:-1])[m - 1] if m < len(p) else 0.0


def reduced_fisher(L, p, m, l):
    """The mean product of two scores in the free probabilities, of which there is one fewer than classes."""
    scores = L.jacobian(lambda head: L.log(last_from_sum(L, head)))(p[:-1])
    return (p * scores[:, m - 1] * scores[:, l - 1]).sum()


def preference(L, q, β, l, m):
    """The loss of direct preference optimization, in the logits of the policy."""
    def loss(z):
        raised = β * (L.log_softmax(z) - L.log(q))
        return L.two_logits(1 + 0 * β, raised[m - 1] - raised[l - 1])
    return loss


def targets_slope(L, a, z, m):
    return L.gradient(lambda z: L.classes_logits(a, z))(z)[m - 1]


def brier_slope(L, y, z, m):
    return L.gradient(lambda z: ((L.softmax(z) - y) ** 2).sum())(z)[m - 1]


def mixture_slope(L, q, z, α, m):
    """The slope of a generalised Jensen-Shannon divergence."""
    def loss(z):
        mixture = α * q + (1 - α) * L.softmax(z)
        return α * L.kl(q, mixture) + (1 - α) * L.kl(L.softmax(z), mixture)
    return L.gradient(loss)(z)[m - 1]


def odds_ratio_slope(L, ψ, c, m, l):
    """The slope of the odds-ratio loss of ORPO in a log-probability."""
    def loss(s):
        odds = s - L.log(1 - L.exp(s))
        return L.two_logits(1 + 0 * s[0], odds[m - 1] - odds[l - 1])
    return L.gradient(loss)(ψ)[c - 1]


def unlikelihood_slope(L, z, c, m):
    return L.gradient(lambda z: -L.log(1 - L.softmax(z)[c - 1]))(z)[m - 1]


def along(L, loss, V, W, t, order):
    def at(t):
        return loss(W + t * V)

    return (L.gradient(L.gradient(at)) if order == 2 else L.gradient(at))(t)


def regression(L, x, y):
    return lambda w: L.two_logits(y, x @ w)


def classes_regression(L, x, y):
    return lambda W: L.classes_logits(y, x @ W)


def focal(L, p, γ):
    return -((1 - p) ** γ) * L.log(p)


def mean_focal(L, y, p, γ):
    return y * focal(L, p, γ) + (1 - y) * focal(L, 1 - p, γ)


def squared(L, y):
    return lambda z: (L.sigmoid(z) - y) ** 2 / 2


VALUES = {
    "distributions.surprisal": lambda L, p: -L.log(p),
    "cross_entropy.cross_entropy": lambda L, q, p: L.classes(q, p),
    "cross_entropy.two_outcomes": lambda L, y, p: L.two(y, p),
    "cross_entropy.entropy": lambda L, q: L.entropy(q),
    "cross_entropy.kl_divergence": lambda L, q, p: L.kl(q, p),
    "cross_entropy.decomposition": lambda L, q, p: L.entropy(q) + L.kl(q, p),
    "cross_entropy.mean_nll": lambda L, y, p: L.classes(y, p) / len(y),
    "cross_entropy.perplexity": lambda L, y, p: L.exp(L.classes(y, p) / len(y)),
    "bernoulli.mass": lambda L, p, y: L.exp(-L.two(y, p)),
    "bernoulli.likelihood": lambda L, p, y: L.exp(-L.two(y, p)),
    "bernoulli.log_likelihood": lambda L, p, y: -L.two(y, p),
    "bernoulli.negative_log_likelihood": lambda L, p, y: L.two(y, p),
    "bernoulli.mean_negative_log_likelihood": lambda L, p, y: L.two(y, p) / len(y),
    "bernoulli.cross_entropy": lambda L, p, y: L.two(y, p) / len(y),
    "categorical.likelihood": lambda L, y, p: L.exp(-L.classes(y, p)),
    "categorical.log_likelihood": lambda L, y, p: -L.classes(y, p),
    "categorical.negative_log_likelihood": lambda L, y, p: L.classes(y, p),
    "categorical.mean_negative_log_likelihood": lambda L, y, p: L.classes(y, p) / len(y),
    "categorical.cross_entropy": lambda L, y, p: L.classes(y, p) / len(y),
    "sigmoid.sigmoid": lambda L, z: L.sigmoid(z),
    "sigmoid.softplus": lambda L, z: L.softplus(z),
    "sigmoid.cross_entropy": lambda L, y, z: L.two_logits(y, z),
    "sigmoid.second_form": lambda L, y, z: L.two_logits(y, z),
    "softmax.probability": lambda L, z, k: L.softmax(z)[k - 1],
    "softmax.log_sum_exp": lambda L, z: L.logsumexp(z),
    "softmax.log_probability": lambda L, z, m: L.log_softmax(z)[m - 1],
    "softmax.cross_entropy": lambda L, y, z: L.classes_logits(y, z),
    "log_sum_exp.hard_loss": lambda L, z, c: L.classes_logits(unit(L, c), z),
    "log_sum_exp.entropy_identity": lambda L, z: L.entropy(L.softmax(z)),
    "two_classes.first_probability": lambda L, z: L.softmax(z)[0],
    "two_classes.second_probability": lambda L, z: L.softmax(z)[1],
    "two_classes.softmax_cross_entropy": lambda L, y, z: L.classes_logits(two_of(L, y), z),
    "logistic_regression.loss": lambda L, w, x, y: regression(L, x, y)(w),
    "logistic_regression.softplus_form": lambda L, w, x, y: regression(L, x, y)(w),
    "logistic_regression.margin_form": lambda L, w, x, y: regression(L, x, y)(w),
    "softmax_regression.loss": lambda L, W, x, y: classes_regression(L, x, y)(W),
    "soft_labels.expectation": lambda L, p, y: L.classes(y, p),
    "focal.focal_loss": lambda L, p, γ: focal(L, p, γ),
    "scores.log_proper": lambda L, q: L.entropy(q),
    "soft_labels.minimum": lambda L, y: L.entropy(y),
    "soft_labels.excess": lambda L, p, y: L.kl(y, p),
    "numerics.softplus": lambda L, z: L.softplus(z),
    "numerics.binary_cross_entropy": lambda L, y, z: L.two_logits(y, z),
}

DERIVATIVES = {
    "focal.slope": lambda L, p, γ: L.gradient(lambda p: focal(L, p, γ))(p),
    "focal.gradient": lambda L, z, γ, c, m: L.gradient(lambda z: focal(L, L.softmax(z)[c - 1], γ))(z)[m - 1],
    "focal.one_logit": lambda L, z, γ: L.gradient(lambda z: focal(L, L.sigmoid(z), γ))(z),
    "focal.other_label": lambda L, z, γ: L.gradient(lambda z: focal(L, 1 - L.sigmoid(z), γ))(z),
    "focal.curvature": lambda L, z, γ: L.gradient(L.gradient(lambda z: focal(L, L.sigmoid(z), γ)))(z),
    "focal.mean_slope": lambda L, y, p, γ: L.gradient(lambda p: mean_focal(L, y, p, γ))(p),
    "focal.classes_gradient": lambda L, q, z, γ, m: L.gradient(lambda z: sum(
        q[k] * focal(L, L.softmax(z)[k], γ) for k in range(3)))(z)[m - 1],
    "bounded_logits.held_gradient": lambda L, z, m: L.gradient(lambda z: L.log(1 + L.exp(z).sum()))(z)[m - 1],
    "focal.z_gradient": lambda L, z, λ, m: L.gradient(lambda z: λ * L.logsumexp(z) ** 2)(z)[m - 1],
    "focal.z_hessian": lambda L, z, λ, m, l: L.hessian(lambda z: λ * L.logsumexp(z) ** 2)(z)[m - 1, l - 1],
    "focal.z_gradient_sum": lambda L, z, λ:
        L.gradient(lambda z: L.classes_logits(unit(L, 1), z) + λ * L.logsumexp(z) ** 2)(z).sum(),
    "scores.brier_gradient": brier_slope,
    "scores.generalized_slope": lambda L, p, ε: L.gradient(lambda p: (1 - p**ε) / ε)(p),
    "scores.generalized_gradient": lambda L, z, ε, c, m: L.gradient(
        lambda z: (1 - L.softmax(z)[c - 1] ** ε) / ε)(z)[m - 1],
    "scores.absolute_slope": lambda L, y: L.gradient(lambda p: y * (1 - p) + (1 - y) * p)(y),
    "distributions.rarer_is_more_surprising": lambda L, p: L.gradient(lambda p: -L.log(p))(p),
    "cross_entropy.gradient": lambda L, q, p, m: L.gradient(lambda p: L.classes(q, p))(p)[m - 1],
    "entropy.hessian": lambda L, q, p, m, l: L.hessian(lambda p: L.classes(q, p))(p)[m - 1, l - 1],
    "bernoulli.score": lambda L, p, y, j: -L.gradient(lambda p: L.two(y, p))(p)[j - 1],
    "bernoulli.hessian": lambda L, p, y, j, r: -L.hessian(lambda p: L.two_to_bend(y, p))(p)[j - 1, r - 1],
    "bernoulli.shared_score": lambda L, y, p: -L.gradient(lambda p: L.two(y, L.stack(*[p] * len(y))))(p),
    "categorical.score": lambda L, y, p, j, m: -L.gradient(lambda p: L.classes(y, p))(p)[j - 1, m - 1],
    "categorical.hessian": lambda L, y, p, j, r, m, l:
        -L.hessian(lambda p: L.classes(y, p))(p)[j - 1, m - 1, r - 1, l - 1],
    "categorical.shared_score": lambda L, y, p, λ, m:
        L.gradient(lambda p: -L.classes(y, L.stack(*[p] * len(y))) - λ * (p.sum() - 1))(p)[m - 1],
    "ridge.posterior_score": lambda L, a, y, p, λ, m: L.gradient(
        lambda p: -L.classes(y, L.stack(*[p] * len(y))) - L.classes(a, p) - λ * (p.sum() - 1))(p)[m - 1],
    "likelihood.joint_score": lambda L, p, y, j, m: -L.gradient(lambda p: L.classes(y, p))(p)[j - 1, m - 1],
    "sigmoid.softplus_derivative": lambda L, z: L.gradient(L.softplus)(z),
    "sigmoid.derivative": lambda L, z: L.gradient(L.sigmoid)(z),
    "sigmoid.gradient": lambda L, y, z: L.gradient(lambda z: L.two_logits(y, z))(z),
    "sigmoid.hessian": lambda L, z: L.hessian(lambda z: L.two_logits(0 * z + 0.3, z))(z),
    "numerics.gradient_two_sided": lambda L, y, z: L.gradient(lambda z: L.two_logits(y, z))(z),
    "numerics.gradient_beside": lambda L, y, z, m, l: L.gradient(lambda z: L.classes_logits(y, z))(z)[l - 1],
    "numerics.hessian_by_place": lambda L, z, m, l:
        L.hessian(lambda z: L.classes_logits(unit(L, 1), z))(z)[m - 1, l - 1],
    "numerics.third_derivative": lambda L, z: L.gradient(L.gradient(L.gradient(L.softplus)))(z),
    "sigmoid.squared_error_gradient": lambda L, y, z: L.gradient(squared(L, y))(z),
    "softmax.log_sum_exp_gradient": lambda L, z, m: L.gradient(L.logsumexp)(z)[m - 1],
    "softmax.jacobian": lambda L, z, m, l: L.jacobian(L.softmax)(z)[m - 1, l - 1],
    "softmax.weighted_gradient": lambda L, y, z, m: L.gradient(lambda z: L.classes_logits(y, z))(z)[m - 1],
    "softmax.gradient": lambda L, y, z, m: L.gradient(lambda z: L.classes_logits(y, z))(z)[m - 1],
    "softmax.hessian": lambda L, z, m, l: L.hessian(lambda z: L.classes_logits(unit(L, 1), z))(z)[m - 1, l - 1],
    "softmax.two_routes": lambda L, y, z, m: L.gradient(lambda z: L.classes(y, L.softmax(z)))(z)[m - 1],
    "softmax.hard_gradient": lambda L, z, c, m: L.gradient(lambda z: L.classes_logits(unit(L, c), z))(z)[m - 1],
    "softmax.other_classes": lambda L, z, m: L.gradient(lambda z: L.classes_logits(unit(L, m % 3 + 1), z))(z)[m - 1],
    "softmax.expected_gradient": lambda L, q, z, m: sum(
        q[c] * L.gradient(lambda z, c=c: L.classes_logits(unit(L, c + 1), z))(z)[m - 1] for c in range(3)),
    "softmax.entropy_gradient": lambda L, z, m: L.gradient(lambda z: L.entropy(L.softmax(z)))(z)[m - 1],
    "log_sum_exp.log_probability_gradient": lambda L, z, m, l: L.jacobian(L.log_softmax)(z)[m - 1, l - 1],
    "log_sum_exp.hessian": lambda L, z, m, l: L.hessian(L.logsumexp)(z)[m - 1, l - 1],
    "log_sum_exp.quadratic_form": lambda L, v, z: v @ L.hessian(L.logsumexp)(z) @ v,
    "log_sum_exp.trace": lambda L, z: sum(L.jacobian(L.softmax)(z)[k, k] for k in range(3)),
    "gradient_bounds.jacobian_in_direction": lambda L, v, z, m: L.jacobian(L.softmax)(z)[m - 1] @ v,
    "two_classes.score": lambda L, p, y, j: -L.gradient(lambda p: L.two(y, p))(p)[j - 1],
    "two_classes.hessian": lambda L, p, y, j, r: -L.hessian(lambda p: L.two_to_bend(y, p))(p)[j - 1, r - 1],
    "two_classes.softmax_gradient": lambda L, y, z: L.gradient(lambda z: L.classes_logits(two_of(L, y), z))(z)[0],
    "two_classes.softmax_hessian": lambda L, z: L.hessian(lambda z: L.classes_logits(unit(L, 1, 2), z))(z)[0, 0],
    "maximum_likelihood.curvature": lambda L, y, p: L.hessian(lambda p: L.two_to_bend(y, L.stack(*[p] * len(y))))(p),
    "maximum_likelihood.observed_information": lambda L, y:
        L.hessian(lambda p: L.two_to_bend(y, L.stack(*[p] * len(y))))(y.mean()),
    "maximum_likelihood.reduced_score": reduced_score,
    "maximum_likelihood.free_score": reduced_score,
    "information.bernoulli_curvature": lambda L, p: sum(
        L.exp(-L.two(y, p)) * L.hessian(lambda p, y=y: L.two_to_bend(y, p))(p) for y in (0 * p, 0 * p + 1)),
    "information.hessian": lambda L, y, p, m, l:
        -L.hessian(lambda head: L.classes(y, last_from_sum(L, head)))(p[:-1])[m - 1, l - 1],
    "information.curvature": lambda L, p, m, l: -sum(
        p[c] * L.hessian(lambda head, c=c: L.log(last_from_sum(L, head))[c])(p[:-1])[m - 1, l - 1] for c in range(3)),
    "maximum_likelihood.fisher_information": score_products,
    "maximum_likelihood.fisher_information_as_curvature": lambda L, z, m, l: -sum(
        L.softmax(z)[c] * L.hessian(lambda z, c=c: L.log_softmax(z)[c])(z)[m - 1, l - 1] for c in range(3)),
    "maximum_likelihood.bernoulli_fisher_information": lambda L, p: sum(
        L.exp(-L.two(y, p)) * L.gradient(lambda p, y=y: L.two(y, p))(p) ** 2 for y in (0 * p, 0 * p + 1)),
    "maximum_likelihood.fisher_information_of_probabilities": reduced_fisher,
    "logistic_regression.logit_gradient": lambda L, x, h, i: L.gradient(lambda w: (x @ w)[i - 1])(x[0])[h - 1],
    "logistic_regression.gradient": lambda L, w, x, y, f: L.gradient(regression(L, x, y))(w)[f - 1],
    "logistic_regression.hessian": lambda L, w, x, f, h:
        L.hessian(regression(L, x, 0 * x[:, 0] + 0.3))(w)[f - 1, h - 1],
    "logistic_regression.quadratic_form": lambda L, v, w, x: v @ L.hessian(regression(L, x, 0 * x[:, 0] + 0.3))(w) @ v,
    "logistic_regression.intercept_gradient": lambda L, w, x, y: L.gradient(regression(L, x, y))(w)[0],
    "logistic_regression.penalized_gradient": lambda L, w, x, y, λ, h:
        L.gradient(lambda w: regression(L, x, y)(w) + λ / 2 * (w * w).sum())(w)[h - 1],
    "softmax_regression.logits_gradient": lambda L, x, h, i, k, m: L.jacobian(lambda W: (x @ W)[i - 1, k - 1])(
        L.stack(x[0], x[1], x[2]).T)[h - 1, m - 1],
    "softmax_regression.gradient": lambda L, W, x, y, f, m: L.gradient(classes_regression(L, x, y))(W)[f - 1, m - 1],
    "softmax_regression.joint_gradient": lambda L, W, x, y, f, m:
        L.gradient(classes_regression(L, x, y))(W)[f - 1, m - 1],
    "softmax_regression.hessian": lambda L, W, x, f, h, l, m:
        L.hessian(classes_regression(L, x, L.array(np.eye(3)[[0, 1, 2, 0]])))(W)[
        f - 1, m - 1, h - 1, l - 1],
    "softmax_regression.slope_along_line": lambda L, V, W, t, x, y: along(L, classes_regression(L, x, y), V, W, t, 1),
    "softmax_regression.quadratic_form": lambda L, V, W, t, x: along(
        L, classes_regression(L, x, L.array(np.eye(3)[[0, 1, 2, 0]])), V, W, t, 2),
    "softmax_regression.logits_along_line": lambda L, V, x, i, k: (x @ V)[i - 1, k - 1],
    "softmax_regression.intercept_gradient": lambda L, W, x, y, m: L.gradient(classes_regression(L, x, y))(W)[0, m - 1],
    "newton.hessian_in_direction": lambda L, v, w, x, f:
        (L.hessian(regression(L, x, 0 * x[:, 0] + 0.3))(w) @ v)[f - 1],
    "newton.gradient_over_curvature": lambda L, y, z: L.gradient(lambda z: L.two_logits(y, z))(z) / L.hessian(
        lambda z: L.two_logits(0 * z + 0.3, z))(z),
    "newton.gradient_over_size": lambda L, y: L.gradient(lambda z: L.two_logits(y, z))(0 * y) / 0.5,
    "squared_error.term_slope": lambda L, y, z, l, m:
        L.gradient(lambda z: (L.softmax(z) * (L.softmax(z) - y))[m - 1])(z)[l - 1],
    "squared_error.mean_error_slope": lambda L, y, z, l:
        L.gradient(lambda z: (L.softmax(z) * (L.softmax(z) - y)).sum())(z)[l - 1],
    "squared_error.hessian": lambda L, y, z, l, m:
        L.hessian(lambda z: ((L.softmax(z) - y) ** 2).sum())(z)[m - 1, l - 1],
    "policy.gradient": lambda L, v, z, m: L.gradient(lambda z: (L.softmax(z) * v).sum())(z)[m - 1],
    "policy.one_choice": lambda L, v, z, t, c, m:
        L.gradient(lambda z: -(v[c - 1] - t) * L.classes_logits(unit(L, c), z))(z)[m - 1],
    "policy.reinforce": lambda L, v, z, m: L.gradient(lambda z: (L.softmax(z) * v).sum())(z)[m - 1],
    "policy.penalty_gradient": lambda L, q, z, l, m: L.gradient(lambda z: L.kl(L.softmax(z), q))(z)[l - 1],
    "averages.share_slope": lambda L, q, p, α: L.gradient(
        lambda α: α * L.kl(q, α * q + (1 - α) * p) + (1 - α) * L.kl(p, α * q + (1 - α) * p))(α),
    "ridge.ridge_hessian": lambda L, w, x, λ, f, h:
        L.hessian(lambda w: regression(L, x, 0 * x[:, 0] + 0.3)(w) + λ / 2 * (w * w).sum())(w)[f - 1, h - 1],
    "ridge.ridge_quadratic_form": lambda L, v, w, x, λ:
        v @ L.hessian(lambda w: regression(L, x, 0 * x[:, 0] + 0.3)(w) + λ / 2 * (w * w).sum())(w) @ v,
    "ridge.classes_gradient": lambda L, W, x, y, λ, h, m: L.gradient(
        lambda W: classes_regression(L, x, y)(W) + λ / 2 * (W * W).sum())(W)[h - 1, m - 1],
    "ridge.gradient_in_parts": lambda L, W, x, y, λ, h, m: L.gradient(
        lambda W: classes_regression(L, x, y)(W) + λ / 2 * (W * W).sum())(W)[h - 1, m - 1],
    "ridge.squares_slope": lambda L, V, W, t: L.gradient(lambda t: ((W + t * V) ** 2).sum())(t),
    "ridge.penalized_curvature": lambda L, V, W, t, x, λ: along(
        L, lambda W: classes_regression(L, x, 0 * (x @ W) + 1 / 3)(W) + λ / 2 * (W * W).sum(), V, W, t, 2),
    "temperature.gradient": lambda L, y, z, T, m: L.gradient(lambda z: L.classes_logits(y, z / T))(z)[m - 1],
    "temperature.jacobian": lambda L, z, T, l, m: L.gradient(lambda z: L.softmax(z / T)[m - 1])(z)[l - 1],
    "temperature.hessian": lambda L, z, T, m, l:
        L.hessian(lambda z: L.classes_logits(unit(L, 1), z / T))(z)[m - 1, l - 1],
    "temperature.scaled_slope": lambda L, z, T, k: L.gradient(lambda T: (z / T)[k - 1])(T),
    "temperature.slope": lambda L, y, z, T: L.gradient(lambda T: L.classes_logits(y, z / T))(T),
    # beside one logit, of class m: the same slope, whichever that is
    "small_differences.targets_gradient": lambda L, a, z, l, m: targets_slope(L, a, z, l),
    "small_differences.brier_gradient": lambda L, y, z, l, m: brier_slope(L, y, z, l),
    "small_differences.mixture_gradient": lambda L, q, z, α, l, m: mixture_slope(L, q, z, α, l),
    "small_differences.sampled_gradient": lambda L, q, z, m: L.gradient(lambda z: L.kl(q, L.softmax(z)))(z)[m - 1],
    "small_differences.reverse_gradient": lambda L, q, z, m: L.gradient(lambda z: L.kl(L.softmax(z), q))(z)[m - 1],
    "temperature.probability_slope": lambda L, z, T, m: L.gradient(lambda T: L.softmax(z / T)[m - 1])(T),
    "temperature.mean_slope": lambda L, z, T: L.gradient(lambda T: L.softmax(z / T) @ z)(T),
    "temperature.entropy_slope": lambda L, z, T: L.gradient(lambda T: L.entropy(L.softmax(z / T)))(T),
    "temperature.multiplied_slope": lambda L, z, k: L.gradient(lambda b: (b * z)[k - 1])(z[0]),
    "calibration.inverse_slope": lambda L, y, z, β: L.gradient(lambda b: L.classes_logits(y, b * z))(β),
    "temperature.inverse_probability_slope": lambda L, z, β, m: L.gradient(lambda b: L.softmax(b * z)[m - 1])(β),
    "calibration.inverse_curvature": lambda L, z, β:
        L.gradient(L.gradient(lambda b: L.classes_logits(unit(L, 1), b * z)))(β),
    "temperature.divergence_gradient": lambda L, v, z, T, m:
        L.gradient(lambda z: L.kl(L.softmax(v / T), L.softmax(z / T)))(z)[m - 1],
    "temperature.distillation_gradient": lambda L, v, z, T, m:
        L.gradient(lambda z: T**2 * L.kl(L.softmax(v / T), L.softmax(z / T)))(z)[m - 1],
    "temperature.distillation_hessian": lambda L, z, T, m, l:
        L.hessian(lambda z: T**2 * L.kl(unit(L, 1) * 0 + 1 / 3, L.softmax(z / T)))(z)[m - 1, l - 1],
    "temperature.hot_slope": lambda L, z, m: L.gradient(lambda b: L.softmax(b * z)[m - 1])(0 * z[0]),
    "weights.gradient": lambda L, a, y, z, m: L.gradient(lambda z: L.classes_logits(a * y, z))(z)[m - 1],
    "weights.hessian": lambda L, a, y, z, m, l: L.hessian(lambda z: L.classes_logits(a * y, z))(z)[m - 1, l - 1],
    "weights.hard_gradient": lambda L, a, z, c, m: L.gradient(
        lambda z: a[c - 1] * L.classes_logits(unit(L, c), z))(z)[m - 1],
    "weights.binary_by_label": lambda L, y, z, ω: L.gradient(
        lambda z: ω * y * L.two_logits(1 + 0 * y, z) + (1 - y) * L.two_logits(0 * y, z))(z),
    "weights.binary_gradient": lambda L, y, z, ω: L.gradient(
        lambda z: ω * y * L.two_logits(1 + 0 * y, z) + (1 - y) * L.two_logits(0 * y, z))(z),
    "weights.binary_hessian": lambda L, y, z, ω: L.gradient(L.gradient(
        lambda z: ω * y * L.two_logits(1 + 0 * y, z) + (1 - y) * L.two_logits(0 * y, z)))(z),
    "odds.complement_slope": lambda L, ψ: L.gradient(lambda s: L.log(1 - L.exp(s)))(ψ),
    "odds.slope": lambda L, ψ: L.gradient(lambda s: s - L.log(1 - L.exp(s)))(ψ),
    "odds.ratio_gradient": odds_ratio_slope,
    "odds.unlikelihood_by_odds": unlikelihood_slope,
    "odds.unlikelihood_in_shares": unlikelihood_slope,
    "targets.gradient": targets_slope,
    "targets.hessian": lambda L, a, z, m, l: L.hessian(lambda z: L.classes_logits(a, z))(z)[m - 1, l - 1],
    "targets.smoothed_gradient": lambda L, a, z, ε, c, m: L.gradient(lambda z: L.classes_logits(
        a * ((1 - ε) * unit(L, c) + ε / 3), z))(z)[m - 1],
    "targets.kept_gradient": lambda L, a, z, c, m: L.gradient(
        lambda z: L.classes_logits(unit(L, c), z + L.log(a)))(z)[m - 1],
    "exponential_family.observed_slope": lambda L, v, m: L.gradient(lambda z: v @ z)(v)[m - 1],
    "exponential_family.softplus_slope": lambda L, z, m: L.gradient(lambda z: L.softplus(z).sum())(z)[m - 1],
    "exponential_family.square_slope": lambda L, z, m: L.gradient(lambda z: (z * z).sum() / 2)(z)[m - 1],
    "exponential_family.exponential_slope": lambda L, z, m: L.gradient(lambda z: L.exp(z).sum())(z)[m - 1],
    "exponential_family.bernoulli_gradient": lambda L, v, z, m:
        L.gradient(lambda z: L.softplus(z).sum() - v @ z)(z)[m - 1],
    "exponential_family.categorical_gradient": lambda L, v, z, m:
        L.gradient(lambda z: L.logsumexp(z) - v @ z)(z)[m - 1],
    "exponential_family.gaussian_gradient": lambda L, v, z, m:
        L.gradient(lambda z: ((v - z) * (v - z)).sum() / 2)(z)[m - 1],
    "exponential_family.poisson_gradient": lambda L, v, z, m:
        L.gradient(lambda z: L.exp(z).sum() - v @ z)(z)[m - 1],
    "exponential_family.poisson_curvature": lambda L, z, m: L.hessian(lambda z: L.exp(z).sum())(z)[m - 1, m - 1],
    "exponential_family.exponent_slope": lambda L, V, h, k: L.gradient(lambda w: (w @ V)[k - 1])(V[:, 0])[h - 1],
    "exponential_family.log_partition_gradient": lambda L, V, v, w, f:
        L.gradient(lambda w: L.logsumexp(w @ V + v))(w)[f - 1],
    "exponential_family.gradient": lambda L, V, v, w, y, f:
        L.gradient(lambda w: L.classes_logits(y, w @ V + v))(w)[f - 1],
    "exponential_family.probability_slope": lambda L, V, v, w, h, m:
        L.jacobian(lambda w: L.softmax(w @ V + v))(w)[m - 1, h - 1],
    "exponential_family.hessian": lambda L, V, v, w, f, h:
        L.hessian(lambda w: L.classes_logits(unit(L, 1), w @ V + v))(w)[f - 1, h - 1],
    "softmax_regression.feature_slope": lambda L, W, h, k: L.gradient(lambda x: (x @ W)[k - 1])(W[:, 0])[h - 1],
    "softmax_regression.features_gradient": lambda L, W, x, y, f, i:
        L.gradient(lambda x: L.classes_logits(y[i - 1], x @ W))(x[i - 1])[f - 1],
    "multilabel.gradient": lambda L, y, z, m: L.gradient(lambda z: sum(
        L.two_logits(y[k], z[k]) for k in range(3)))(z)[m - 1],
    "multilabel.hessian": lambda L, z, l, m: L.hessian(lambda z: sum(
        L.two_logits(0 * z[k] + 0.3, z[k]) for k in range(3)))(z)[m - 1, l - 1],
    "preferences.signed_gradient": lambda L, y, z: L.gradient(lambda z: L.two_logits(y, z))(z),
    "preferences.signed_size": lambda L, y, z: L.gradient(lambda z: L.two_logits(y, z))(z) ** 2,
    "preferences.signed_curvature": lambda L, y, z: L.gradient(L.gradient(lambda z: L.two_logits(y, z)))(z),
    "preferences.pair_gradient": lambda L, z, l, m, c: L.gradient(
        lambda z: L.two_logits(1 + 0 * z[0], z[m - 1] - z[l - 1]))(z)[c - 1],
    "preferences.margin_slope": lambda L, β, c, l, m: L.jacobian(
        lambda z: β * (L.log_softmax(z)[m - 1] - L.log_softmax(z)[l - 1]))(unit(L, 1))[c - 1],
    "preferences.choice_slope": lambda L, z: L.gradient(lambda z: L.two_logits(1 + 0 * z, z))(z),
    "preferences.choice_curvature": lambda L, z: L.gradient(L.gradient(lambda z: L.two_logits(1 + 0 * z, z)))(z),
    "preferences.pair_of_logs": lambda L, z, v, β, m: L.gradient(lambda z: L.two_logits(
        1 + 0 * z[0], β * (z[0] - v[0] - z[1] + v[1])))(z)[m - 1],
    "preferences.gradient": lambda L, z, q, β, l, m, c: L.gradient(preference(L, q, β, l, m))(z)[c - 1],
    "preferences.conservative_gradient": lambda L, ε, z: L.gradient(lambda z: L.two_logits(1 - ε, z))(z),
    "preferences.contrastive_gradient": lambda L, z, T, c, m: L.gradient(
        lambda z: L.classes_logits(unit(L, c), z / T))(z)[m - 1],
    "perplexity.mean_slope": lambda L, χ, j, u: L.gradient(
        lambda v: (v * χ[:, u - 1]).sum() / χ[:, u - 1].sum())(0 * χ[:, 0])[j - 1],
    "averages.mixture_slope": lambda L, z, α, k, m: L.gradient(lambda z: (1 - α) * L.softmax(z)[k - 1])(z)[m - 1],
    "averages.mixture_entropy_gradient": lambda L, q, z, α, m: L.gradient(
        lambda z: L.entropy(α * q + (1 - α) * L.softmax(z)))(z)[m - 1],
    "averages.gradient": mixture_slope,
    "soft_labels.gradient": lambda L, y, z, m: sum(
        y[c] * L.gradient(lambda z, c=c: L.classes_logits(unit(L, c + 1), z))(z)[m - 1] for c in range(3)),
}

# Statements about derivatives whose result has no derivative to compare: a bound, or a sum that is a constant.
NOTHING_TO_COMPARE = {
    "numerics.third_upper_bound", "numerics.third_lower_bound", "focal.best_report_of_classes",
    "sigmoid.curvature_bound", "sigmoid.squared_error_bound", "sigmoid.squared_error_lower_bound",
    "softmax.gradient_sum", "softmax.gradient_upper_bound", "squared_error.rows",
    "softmax.gradient_lower_bound",
    "temperature.entropy_rises", "temperature.logit_gradient", "calibration.convex", "log_sum_exp.jacobian_rows_sum",
    "log_sum_exp.one_deviation", "log_sum_exp.positive_semidefinite",
    "log_sum_exp.row_bound", "gradient_bounds.sum_of_sizes", "gradient_bounds.squared_norm",
    "gradient_bounds.curvature_bound", "gradient_bounds.flat_along_shift",
    "maximum_likelihood.reduced_score_at_the_labels", "maximum_likelihood.ambient_gradient_at_the_labels",
    "maximum_likelihood.mean_score", "maximum_likelihood.rest_slope",
    "maximum_likelihood.bernoulli_mean_score", "logistic_regression.convex", "softmax_regression.convex",
    "newton.downhill", "newton.observed_is_expected", "newton.diagonal_bound", "ridge.ridge_strictly_convex",
    "ridge.classes_sum", "ridge.classes_strictly_convex",
}
TABLE = VALUES | DERIVATIVES
