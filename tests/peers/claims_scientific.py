"""What is stated of scikit-learn, SciPy and statsmodels."""

import warnings

import numpy as np
import pytest
import sklearn._loss
from claims import (
    CLASSES, CLASS_WEIGHTS, FEATURES, LOGITS, P, ROWS, SOFT, TARGETS, TINY, WEIGHTS, Y, Z, claim, differs, each, same,
    w,
)  # fmt: skip
from scipy import special, stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss, get_scorer, log_loss

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # statsmodels uses something that pandas will drop
    import statsmodels.api as sm

LOG_LOSS = "sklearn.metrics.log_loss"
BRIER = "sklearn.metrics.brier_score_loss"
REGRESSION = "sklearn.linear_model.LogisticRegression"
HALF_BINOMIAL = "sklearn._loss.HalfBinomialLoss"
HALF_MULTINOMIAL = "sklearn._loss.HalfMultinomialLoss"
SPECIAL = "scipy.special."
LOGIT = "statsmodels.discrete.discrete_model.Logit"
GLM = "statsmodels.genmod.generalized_linear_model.GLM"
MNLOGIT = "statsmodels.discrete.discrete_model.MNLogit"
THREE = np.array([0, 2, 1, 2, 0, 1])  # classes for six observations


@claim(LOG_LOSS, "value")
def of_log_loss(ours):
    lost = each(ours, p=ROWS, c=CLASSES + 1)
    same(log_loss(CLASSES, ROWS), lost.mean())
    same(log_loss(Y, P), np.mean([ours(p=[1 - p, p], c=int(y) + 1) for p, y in zip(P, Y)]))
    model = LogisticRegression().fit(FEATURES, THREE)
    same(get_scorer("neg_log_loss")(model, FEATURES, THREE),
         -each(ours, p=model.predict_proba(FEATURES), c=THREE + 1).mean())


@claim(LOG_LOSS, "Mean")
def of_log_loss_mean(ours):
    one_hot, weights = np.eye(3)[CLASSES], WEIGHTS[:5]
    same(log_loss(CLASSES, ROWS), ours(p=ROWS, y=one_hot))
    same(log_loss(CLASSES, ROWS, normalize=False), 5 * ours(p=ROWS, y=one_hot))
    lost = np.array([ours(p=[p], y=[y]) for p, y in zip(ROWS, one_hot)])
    same(log_loss(CLASSES, ROWS, sample_weight=weights), (weights * lost).sum() / weights.sum())


@claim(BRIER, "value")
def of_brier_score_loss(ours):
    scores = np.array([ours(p=p, y=y) for p, y in zip(ROWS, np.eye(3)[CLASSES])])
    same(brier_score_loss(CLASSES, ROWS), scores.mean())
    same(brier_score_loss(Y, P), np.mean([ours(p=[1 - p, p], y=[1 - y, y]) for p, y in zip(P, Y)]) / 2)
    model = LogisticRegression().fit(FEATURES, Y)
    said = model.predict_proba(FEATURES)
    same(get_scorer("neg_brier_score")(model, FEATURES, Y),
         -np.mean([ours(p=p, y=[1 - y, y]) for p, y in zip(said, Y)]) / 2)


@claim(BRIER, "Two classes")
def of_brier_score_loss_of_two_classes(ours):
    whole = np.mean([ours(p=p, y=y) for p, y in zip(P, Y)])
    same(brier_score_loss(Y, P), whole / 2)
    same(brier_score_loss(Y, P), np.mean((P - Y) ** 2))
    same(brier_score_loss(Y, P, scale_by_half=False), whole)
    same(brier_score_loss(CLASSES, ROWS, scale_by_half=True), brier_score_loss(CLASSES, ROWS) / 2)


@claim(BRIER, "Weights")
def of_brier_score_loss_weights(ours):
    weights = WEIGHTS[:5]
    scores = np.array([ours(p=p, y=y) for p, y in zip(ROWS, np.eye(3)[CLASSES])])
    same(brier_score_loss(CLASSES, ROWS, sample_weight=weights), (weights * scores).sum() / weights.sum())


@claim(LOG_LOSS, "Order")
def of_log_loss_order(ours):
    names = np.array(["a", "b", "c"])
    expected = each(ours, p=ROWS, c=CLASSES + 1).mean()
    same(log_loss(names[CLASSES], ROWS), expected)
    same(log_loss(names[CLASSES], ROWS, labels=["c", "a", "b"]), expected)
    with pytest.raises(ValueError, match="labels"):
        log_loss(["a"], [[0.5, 0.5]])
    same(log_loss(["a"], [[0.5, 0.5]], labels=["a", "b"]), ours(p=[0.5, 0.5], c=1))


@claim(LOG_LOSS, "Clipping")
def of_log_loss_clipped(ours):
    for kind, shown in (("float64", "36.04"), ("float32", "15.94")):
        found = log_loss([1], np.array([[1, 0]], dtype=kind), labels=[0, 1])
        eps = float(np.finfo(kind).eps)
        same(found, ours(p=[1 - eps, eps], c=2), rel=1e-6)
        assert f"{found:.2f}" == shown
    assert ours(p=[1.0, 1e-300], c=2) > 690


@claim(LOG_LOSS, "Not normalised")
def of_log_loss_sums(ours):
    with pytest.warns(UserWarning, match="sum to one"):
        found = log_loss([0, 1], [[0.2, 0.2], [0.2, 0.2]])
    same(found, ours(p=[0.2, 0.8], c=1))
    differs(found, ours(p=[0.5, 0.5], c=1))


def fitted(**settings):
    model = LogisticRegression(tol=1e-10, max_iter=1000, **settings).fit(FEATURES, np.where(Y == 1, "yes", "no"))
    return np.append(model.intercept_, model.coef_)


@claim(REGRESSION, "value")
def regression(ours):
    """What is fitted is no worse than anything near it, and its loss without the penalty is log loss."""
    best = fitted(C=0.5, fit_intercept=False)[1:]
    least = ours(w=best, x=FEATURES, y=Y, λ=2.0)
    same(least - best @ best, 6 * log_loss(Y, special.expit(FEATURES @ best)))
    for step in np.vstack([np.eye(3), -np.eye(3)]) * 1e-3:
        assert ours(w=best + step, x=FEATURES, y=Y, λ=2.0) > least


@claim(REGRESSION, "At the fit")
def regression_slope(ours):
    best = fitted(C=0.5, fit_intercept=False)[1:]
    assert max(abs(ours(w=best, x=FEATURES, y=Y, λ=2.0, h=h)) for h in (1, 2, 3)) < 1e-6
    assert max(abs(ours(w=best, x=FEATURES, y=Y, λ=1e-9, h=h)) for h in (1, 2, 3)) > 1e-2


@claim(REGRESSION, "Penalty")
def regression_penalty(ours):
    same(fitted(), fitted(C=1.0))
    model = LogisticRegression(tol=1e-10, max_iter=1000).fit(FEATURES[:, 1:], Y)
    best = np.append(model.intercept_, model.coef_)
    same(model.predict_proba(FEATURES[:, 1:])[:, 1].mean(), Y.mean(), rel=1e-6)  # only with an intercept that is free
    smaller = best - [1e-3, 0, 0]
    unpenalised = [ours(w=v, x=FEATURES, y=Y, λ=1.0) - v[0] ** 2 / 2 for v in (best, smaller, best + [1e-3, 0, 0])]
    assert min(unpenalised) == unpenalised[0]


@claim(HALF_BINOMIAL, "value")
def half_binomial(ours):
    found = sklearn._loss.HalfBinomialLoss().loss(Y, Z)
    same(found, each(ours, z=Z, y=Y))
    same(sklearn._loss.HalfBinomialLoss().loss(SOFT, Z), each(ours, z=Z, y=SOFT))


@claim(HALF_BINOMIAL, "Gradient")
def half_binomial_gradient(ours):
    z, y = np.array([40.0, -40.0, 0.3, -2.0]), np.array([1.0, 0.0, 1.0, 0.0])
    same(sklearn._loss.HalfBinomialLoss().gradient(y, z), each(ours, z=z, y=y), tiny=0)


@claim(HALF_BINOMIAL, "Lost digits")
def half_binomial_lost(ours):
    assert sklearn._loss.HalfBinomialLoss().loss(np.array([1.0]), np.array([40.0])) == 0
    same(ours(z=40.0, y=1.0), TINY, tiny=0)


@claim(HALF_MULTINOMIAL, "value")
def half_multinomial(ours):
    found = sklearn._loss.HalfMultinomialLoss(n_classes=3).loss(CLASSES.astype(float), LOGITS)
    same(found, each(ours, z=LOGITS, c=CLASSES + 1))


@claim(HALF_MULTINOMIAL, "Gradient")
def half_multinomial_gradient(ours):
    found = sklearn._loss.HalfMultinomialLoss(n_classes=3).gradient(CLASSES.astype(float), LOGITS)
    same(found, [[ours(z=z, c=c + 1, m=m) for m in (1, 2, 3)] for z, c in zip(LOGITS, CLASSES)])


@claim(SPECIAL + "xlogy", "value")
def xlogy(ours):
    same(-special.xlogy(TARGETS, ROWS).sum(1), each(ours, q=TARGETS, p=ROWS))


@claim(SPECIAL + "xlogy", "Zeros")
def xlogy_zeros(ours):
    assert special.xlogy(0, 0) == 0 == special.xlogy(0, -1) and np.isnan(special.xlogy(0, np.nan))
    same(-special.xlogy([1.0, 0.0], [1.0, 0.0]).sum(), ours(q=[1.0, 0.0], p=[1.0, 0.0]))


@claim(SPECIAL + "xlog1py", "value")
def xlog1py(ours):
    same(-special.xlog1py(1 - SOFT, -P) - special.xlogy(SOFT, P), each(ours, p=P, y=SOFT))


@claim(SPECIAL + "xlog1py", "Zeros")
def xlog1py_zeros(ours):
    assert special.xlog1py(0, -1) == 0
    same(-special.xlog1py(0, -1) - special.xlogy(1, 1), ours(p=1.0, y=1.0))


@claim(SPECIAL + "entr", "value")
def entr(ours):
    same(special.entr(ROWS).sum(1), each(ours, q=ROWS))


@claim(SPECIAL + "entr", "Zeros")
def entr_zeros(ours):
    assert special.entr(0) == 0 and special.entr(-0.1) == -np.inf
    same(special.entr([1.0, 0.0]).sum(), ours(q=[1.0, 0.0]))


@claim(SPECIAL + "rel_entr", "value")
def rel_entr(ours):
    same(special.rel_entr(TARGETS, ROWS).sum(1), each(ours, q=TARGETS, p=ROWS))


@claim(SPECIAL + "rel_entr", "Zeros")
def rel_entr_zeros(ours):
    for q, p in (([1.0, 0.0], [0.0, 1.0]), ([1.0, 0.0], [0.5, 0.5]), ([0.0, 1.0], [0.0, 1.0])):
        same(special.rel_entr(q, p).sum(), ours(q=q, p=p))
    assert special.rel_entr(1, 0) == np.inf and special.rel_entr(0, 0) == 0


@claim(SPECIAL + "kl_div", "value")
def kl_div(ours):
    same(special.kl_div(TARGETS, ROWS).sum(1), each(ours, q=TARGETS, p=ROWS))


@claim(SPECIAL + "kl_div", "More terms")
def kl_div_terms(ours):
    q, p = TARGETS[0], ROWS[0]
    same(special.kl_div(q, p), special.rel_entr(q, p) - q + p)
    assert abs(special.kl_div(q, p) - special.rel_entr(q, p)).max() > 1e-3
    same(special.kl_div(q, p).sum(), ours(q=q, p=p))


@claim("scipy.stats.entropy", "value")
def entropy(ours):
    same(stats.entropy(ROWS, axis=1), each(ours, q=ROWS))


@claim("scipy.stats.entropy", "Two arguments")
def entropy_of_two(ours):
    same(stats.entropy(TARGETS[0], ROWS[0]), ours(q=TARGETS[0], p=ROWS[0]))


@claim("scipy.stats.entropy", "Normalised")
def entropy_normalised(ours):
    shares = [ours(a=CLASS_WEIGHTS, k=k) for k in (1, 2, 3)]
    same(stats.entropy(CLASS_WEIGHTS), stats.entropy(shares))
    same(stats.entropy(5 * ROWS[0], 3 * TARGETS[0]), stats.entropy(ROWS[0], TARGETS[0]))


@claim("scipy.stats.entropy", "Axis")
def entropy_axis(ours):
    assert stats.entropy(ROWS).shape == (3,)
    same(stats.entropy(ROWS), each(ours, q=(ROWS / ROWS.sum(0)).T))


@claim("scipy.stats.entropy", "Base")
def entropy_base(ours):
    same(stats.entropy(ROWS[0], base=2), ours(q=ROWS[0], p=ROWS[0], b=2))
    same(stats.entropy(ROWS[0]), ours(q=ROWS[0], p=ROWS[0], b=2) * np.log(2))


@claim(SPECIAL + "logsumexp", "value")
def logsumexp(ours):
    same(special.logsumexp(LOGITS, axis=-1), each(ours, z=LOGITS))


@claim(SPECIAL + "logsumexp", "Axis")
def logsumexp_axis(ours):
    same(special.logsumexp(LOGITS), ours(z=LOGITS.ravel()))


@claim(SPECIAL + "logsumexp", "Empty")
def logsumexp_empty(ours):
    assert special.logsumexp([]) == -np.inf
    same(special.logsumexp([2.0]), ours(z=[2.0]))


@claim(SPECIAL + "log_softmax", "value")
def log_softmax(ours):
    same(special.log_softmax(LOGITS, axis=-1), [[ours(z=z, m=m) for m in (1, 2, 3)] for z in LOGITS])


@claim(SPECIAL + "log_softmax", "Axis")
def log_softmax_axis(ours):
    same(special.log_softmax(LOGITS)[0, 1], ours(z=LOGITS.ravel(), m=2))


@claim(SPECIAL + "log_softmax", "Infinite logits")
def log_softmax_infinite(ours):
    assert np.isnan(special.log_softmax([np.inf, 0.0])).any()
    assert np.isnan(special.log_softmax([-np.inf, -np.inf])).all()
    same(special.log_softmax([800.0, 0.0]), [ours(z=[800.0, 0.0], m=m) for m in (1, 2)])


@claim(SPECIAL + "softmax", "value")
def softmax(ours):
    same(special.softmax(LOGITS, axis=-1), [[ours(z=z, k=k) for k in (1, 2, 3)] for z in LOGITS])


@claim(SPECIAL + "softmax", "Axis")
def softmax_axis(ours):
    same(special.softmax(LOGITS)[0, 1], ours(z=LOGITS.ravel(), k=2))


@claim(SPECIAL + "expit", "value")
def expit(ours):
    same(special.expit(Z), each(ours, z=Z))


@claim(SPECIAL + "expit", "Large logits")
def expit_large(ours):
    assert special.expit(37.5) == 1 and 1 - special.expit(37.5) == 0
    same(special.expit(-37.5), ours(z=37.5), tiny=0)


@claim(SPECIAL + "log_expit", "value")
def log_expit(ours):
    same(special.log_expit(Z), each(ours, z=Z))


@claim(SPECIAL + "log_expit", "Large logits")
def log_expit_large(ours):
    for z in (-800.0, -40.0, 40.0, 700.0):
        same(special.log_expit(z), ours(z=z), tiny=0)


@claim(SPECIAL + "logit", "value")
def logit(ours):
    same(special.logit(special.expit(Z)), each(ours, z=Z))


@claim(SPECIAL + "logit", "At 0 and 1")
def logit_ends(ours):
    assert special.logit(0) == -np.inf and special.logit(1) == np.inf and np.isnan(special.logit(1.1))
    same(special.logit(0.5), ours(z=0.0))


@claim(SPECIAL + "softplus", "value")
def softplus(ours):
    same(special.softplus(Z), each(ours, z=Z))


@claim(SPECIAL + "softplus", "Large logits")
def softplus_large(ours):
    for z in (-40.0, 40.0, 1000.0):
        same(special.softplus(z), ours(z=z), tiny=0)


@claim("scipy.stats.bernoulli.logpmf", "value")
def bernoulli_logpmf(ours):
    same(-stats.bernoulli.logpmf(Y, P), each(ours, p=P, y=Y))


@claim("scipy.stats.bernoulli.logpmf", "Other labels")
def bernoulli_logpmf_other(ours):
    assert stats.bernoulli.logpmf(0.5, 0.5) == -np.inf == stats.bernoulli.logpmf(2, 0.5)
    same(ours(p=0.5, y=0.5), np.log(2))


@claim("scipy.stats.multinomial.logpmf", "value")
def multinomial_logpmf(ours):
    for c in range(3):
        same(np.exp(stats.multinomial.logpmf(np.eye(3)[c], 1, ROWS[0])), ours(y=np.eye(3)[c], p=ROWS[0]))


@claim("scipy.stats.multinomial.logpmf", "Several trials")
def multinomial_logpmf_several(ours):
    p = np.array([0.5, 0.25, 0.25])
    labels = np.eye(3)[[0, 0, 1]]
    found = np.exp(stats.multinomial.logpmf(labels.sum(0), 3, p))
    same(found, 3 * ours(y=labels, p=[p] * 3))  # three orders of two and one


@claim(LOGIT, "value")
def of_logit(ours):
    same(-sm.Logit(Y, FEATURES).loglike(w), ours(w=w, x=FEATURES, y=Y))


@claim(LOGIT, "Gradient")
def of_logit_gradient(ours):
    same(-sm.Logit(Y, FEATURES).score(w), [ours(w=w, x=FEATURES, y=Y, f=f) for f in (1, 2, 3)])


@claim(LOGIT, "Hessian")
def of_logit_hessian(ours):
    same(-sm.Logit(Y, FEATURES).hessian(w), [[ours(w=w, x=FEATURES, f=f, h=h) for h in (1, 2, 3)] for f in (1, 2, 3)])


@claim(LOGIT, "Soft labels")
def of_logit_soft(ours):
    found = -sm.Logit(SOFT, FEATURES).loglike(w)
    same(found, ours(w=w, x=FEATURES * (2 * SOFT - 1)[:, None], y=np.ones(6)))  # what it computes instead
    differs(found, ours(w=w, x=FEATURES, y=SOFT))


@claim(LOGIT, "Overflow")
def of_logit_overflow(ours):
    x, y = np.array([[1.0]]), np.array([0.0])
    assert sm.Logit(y, x).loglike([750.0]) == -np.inf
    same(ours(w=[750.0], x=x, y=y), 750)
    same(-sm.Logit(y, x).loglike([700.0]), ours(w=[700.0], x=x, y=y))


@claim(GLM, "value")
def of_glm(ours):
    same(-sm.GLM(Y, FEATURES, family=sm.families.Binomial()).loglike(w), ours(w=w, x=FEATURES, y=Y))


@claim(GLM, "Soft labels")
def of_glm_soft(ours):
    model = sm.GLM(SOFT, FEATURES, family=sm.families.Binomial())
    added = [-model.loglike(v) - ours(w=v, x=FEATURES, y=SOFT) for v in (w, 0 * w)]
    same(added[0], added[1])
    same(added[0], -(special.gammaln(2) - special.gammaln(1 + SOFT) - special.gammaln(2 - SOFT)).sum())


def of_all_classes(others):
    return np.column_stack([np.zeros(3), others])


@claim(MNLOGIT, "value")
def of_mnlogit(ours):
    others = LOGITS[:3, :2]
    model = sm.MNLogit(np.array(["a", "b", "c"])[THREE], FEATURES)
    same(-model.loglike(others.ravel(order="F")), ours(W=of_all_classes(others), x=FEATURES, y=np.eye(3)[THREE]))


@claim(MNLOGIT, "Gradient")
def of_mnlogit_gradient(ours):
    others = LOGITS[:3, :2]
    found = -sm.MNLogit(THREE, FEATURES).score(others.ravel(order="F"))
    same(found, [ours(W=of_all_classes(others), x=FEATURES, y=np.eye(3)[THREE], f=f, m=m)
                 for m in (2, 3) for f in (1, 2, 3)])


@claim(MNLOGIT, "Overflow")
def of_mnlogit_overflow(ours):
    x, labels, steep = np.ones((3, 1)), [0, 1, 2], np.array([[0.0, 750.0, 0.0]])
    assert np.isnan(sm.MNLogit(labels, x).loglike(steep[0, 1:]))
    same(ours(W=steep, x=x, y=np.eye(3)), 1500)
