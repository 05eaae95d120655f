"""The forms in which a person would write the results; each chain checked, and compared with the chapters' own."""

import pytest
from sympy import Integral, Max, Product, Sum, exp, log, sqrt

from derivations import sigmoid, softmax
from derivations.any_loss.known import tanh
from derivations.any_loss.strategy import Refused
from derivations.any_loss.tool import gradient, hessian, supposing
from derivations.checking.check import check
from derivations.cross_entropy import two_outcomes
from derivations.engine.derivation import derive
from derivations.engine.entries import define
from derivations.engine.replay import rule_named
from derivations.notation import (
    K, W, c, d, every_labels_sum, f, floor, h, i, j, k, l, label, labels_sum, logit, m, n, p, penalty, probability, q,
    r, reference_sums, scale, share, shift, v, w, x, y, z,
)  # fmt: skip
from derivations.writing.typeset import plain

# Each derives a loss and checks it, in a second or less: of all such tests a sample runs.
pytestmark = pytest.mark.sampled(50, among="losses")

model, zeta, A = softmax.probability, sigmoid.softplus, softmax.log_sum_exp
scores = define("any_loss.z", "scores", "z", (x, w, i), Sum(x[i, f] * w[f], (f, 1, d)))
logits = define("any_loss.zz", "logits", "z", (x, W, i, k), Sum(x[i, f] * W[f, k], (f, 1, d)))
cooled = define("any_loss.s", "cooled", "s", (z, scale, k), z[k] / scale)
score = scores(x, w, i)
ce = -Sum(y[k] * log(model(z, k)), (k, 1, K))
CASES = {
    "softmax cross-entropy": (ce, z[m], "pₘ ∑ₖ₌₁ᴷ yₖ − yₘ", z[l], "pₘ (δₘₗ − pₗ) ∑ₖ₌₁ᴷ yₖ"),
    "the same from raw exponentials": (
        -Sum(y[k] * log(exp(z[k]) / Sum(exp(z[l]), (l, 1, K))), (k, 1, K)), z[m], "pₘ ∑ₖ₌₁ᴷ yₖ − yₘ", z[l],
        "pₘ (δₘₗ − pₗ) ∑ₖ₌₁ᴷ yₖ"),
    "label smoothing": (
        -Sum(((1 - floor) * y[k] + floor / K) * log(model(z, k)), (k, 1, K)), z[m],
        "(ε − 1) yₘ + pₘ (ε + (1 − ε) ∑ₖ₌₁ᴷ yₖ) − ε/K", z[l], "pₘ (δₘₗ − pₗ) (ε + (1 − ε) ∑ₖ₌₁ᴷ yₖ)"),
    "temperature": (-Sum(y[k] * log(model(cooled(z, scale), k)), (k, 1, K)), z[m], "(pₘ(s) ∑ₖ₌₁ᴷ yₖ − yₘ)/t", None,
                    ""),
    "focal": (-(1 - model(z, c)) ** share * log(model(z, c)), z[m],
              "(δ_{mc} − pₘ) (α p_c (1 − p_c)^(α − 1) log p_c − (1 − p_c)^α)", None, ""),
    "Brier": (Sum((model(z, k) - y[k]) ** 2, (k, 1, K)), z[m], "2 pₘ (pₘ + ∑ₖ₌₁ᴷ pₖ (yₖ − pₖ) − yₘ)", None, ""),
    "squared error": ((sigmoid.sigmoid(logit) - label) ** 2 / 2, logit, "σ(z) (1 − σ(z)) (σ(z) − y)", None, ""),
    "binary cross-entropy": (two_outcomes(label, sigmoid.sigmoid(logit)), logit, "σ(z) − y", logit, "σ(z) (1 − σ(z))"),
    "multi-label": (Sum(zeta(z[k]) - y[k] * z[k], (k, 1, K)), z[m], "σ(zₘ) − yₘ", z[l], "δₘₗ σ(zₘ) (1 − σ(zₘ))"),
    "entropy": (-Sum(model(z, k) * log(model(z, k)), (k, 1, K)), z[m], "−pₘ (log pₘ + H(p))", None, ""),
    "log-sum-exp": (A(z), z[m], "pₘ", z[l], "pₘ (δₘₗ − pₗ)"),
    "Kullback-Leibler": (Sum(q[k] * log(q[k] / model(z, k)), (k, 1, K)), z[m], "pₘ ∑ₖ₌₁ᴷ qₖ − qₘ", None, ""),
    "Bernoulli": (-Sum(y[i] * log(p[i]) + (1 - y[i]) * log(1 - p[i]), (i, 1, n)), p[j],
                  "(pⱼ − yⱼ)/(pⱼ (1 − pⱼ))", None, ""),
    "Poisson regression": (Sum(exp(score) - y[i] * score, (i, 1, n)), w[f], "∑ᵢ₌₁ⁿ x_{if} (e^zᵢ − yᵢ)", w[h],
                           "∑ᵢ₌₁ⁿ x_{if} xᵢₕ e^zᵢ"),
    "logistic regression with a penalty": (
        Sum(two_outcomes(y[i], sigmoid.sigmoid(score)), (i, 1, n)) / n + penalty / 2 * Sum(w[f] ** 2, (f, 1, d)), w[f],
        "λ w_f + 1/n ∑ᵢ₌₁ⁿ x_{if} (σ(zᵢ) − yᵢ)", w[h], "λ δ_{fh} + 1/n ∑ᵢ₌₁ⁿ σ(zᵢ) (1 − σ(zᵢ)) x_{if} xᵢₕ"),
    "softmax regression": (-Sum(y[i, k] * log(model(logits(x, W, i), k)), (k, 1, K), (i, 1, n)), W[f, m],
                           "∑ᵢ₌₁ⁿ x_{if} (pᵢₘ ∑ₖ₌₁ᴷ yᵢₖ − yᵢₘ)", None, ""),
    "least squares": (Sum((y[i] - Sum(x[i, f] * w[f], (f, 1, d))) ** 2, (i, 1, n)) / n, w[h],
                      "2/n ∑ᵢ₌₁ⁿ xᵢₕ (∑_(f=1)^d w_f x_{if} − yᵢ)", w[f], "2/n ∑ᵢ₌₁ⁿ x_{if} xᵢₕ"),
    "hinge": (Sum(Max(0, 1 - y[i] * score), (i, 1, n)), w[f], "−∑ᵢ₌₁ⁿ yᵢ x_{if} 1[1 − yᵢ zᵢ > 0]", w[h], "0"),
    "the norm": (sqrt(Sum(z[k] ** 2, (k, 1, K))), z[m], "zₘ/√(∑ₖ₌₁ᴷ zₖ²)", None, ""),
    "a product over two indices": (
        Product(z[k] * w[f], (k, 1, K), (f, 1, d)), z[m],
        "∑_(f=1)^d w_f (∏_(s=1)ᴷ (w_f z_s)^(1 − δ_{sm})) ∏_(s=1)^d (∏ₖ₌₁ᴷ w_s zₖ)^(1 − δ_{sf})", None, ""),
    "a product": (Product(z[k], (k, 1, K)), z[m], "∏_(s=1)ᴷ z_s^(1 − δ_{sm})", None, ""),
    "a hidden unit": (Sum((tanh(z[k]) - y[k]) ** 2, (k, 1, K)), z[m], "2 (1 − (tanh(zₘ))²) (tanh(zₘ) − yₘ)", None, ""),
    "one weight": (Sum(exp(score) - y[i] * score, (i, 1, n)), w[1], "∑ᵢ₌₁ⁿ xᵢ₁ (e^zᵢ − yᵢ)", w[1], "∑ᵢ₌₁ⁿ xᵢ₁² e^zᵢ"),
    "an exponent": (probability**logit, logit, "p^z log p", logit, "p^z (log p)²"),
    "partial likelihood": (
        -Sum(y[i] * (score - log(Sum(exp(scores(x, w, j)), (j, i, n)))), (i, 1, n)), w[f],
        "∑ᵢ₌₁ⁿ yᵢ (∑ⱼ₌ᵢⁿ x_{jf} e^zⱼ/(∑ⱼ₌ᵢⁿ e^zⱼ) − x_{if})", None, ""),
}  # fmt: skip


@pytest.mark.sampled(10)
@pytest.mark.parametrize(("loss", "variable", "first", "other", "second"), CASES.values(), ids=CASES)
def test_the_results_are_in_the_form_that_a_person_would_write(loss, variable, first, other, second):
    found = gradient(loss, variable)
    assert plain(found.result) == first
    assert check(found).outcome == "verified"
    if other is not None:
        assert plain(hessian(found, other).result) == second


@pytest.mark.parametrize(("loss", "variable", "given", "wanted"), [
    (ce, z[m], labels_sum, "pₘ − yₘ"),
    (Sum(q[k] * log(q[k] / model(z, k)), (k, 1, K)), z[m], reference_sums, "pₘ − qₘ"),
    (-Sum(y[i, k] * log(model(logits(x, W, i), k)), (k, 1, K), (i, 1, n)), W[f, m], every_labels_sum,
     "∑ᵢ₌₁ⁿ (pᵢₘ − yᵢₘ) x_{if}"),
])
def test_what_is_given_makes_a_corollary_that_says_where_it_was_used(loss, variable, given, wanted):
    general = gradient(loss, variable)
    found = supposing(general, (given,))
    assert given not in general.hypotheses and given in found.hypotheses
    assert plain(found.result) == wanted and check(found).outcome == "verified"
    assert supposing(gradient(z[m] ** 2, z[m]), (given,)) is None


def test_what_no_rule_differentiates_or_does_not_move_is_refused_with_what_would_help():
    with pytest.raises(Refused, match="does not depend on z"):
        gradient(y[m] ** 2, z[m])
    with pytest.raises(Refused, match="no rule differentiates"):
        gradient(Integral(exp(-z[m] * shift**2), (shift, 0, 1)), z[m])


def test_every_hypothesis_that_a_chain_names_is_one_that_it_needs():
    assert [given.words for given in gradient(cooled(z, scale, m), scale).hypotheses] == ["m is one of the classes"]
    assert [given.words for given in gradient(p[r] ** 2, p[r]).hypotheses] == ["r is one of the observations"]


def without(chain, given):
    """The chain, but for one hypothesis."""
    found = derive(chain.id, chain.title, chain.start, notation=chain.notation)
    for step in chain.steps:
        using = tuple(one for one in step.using if one != given)
        found = found.by(rule_named(step.rule), *step.arguments, because=step.because, using=using, part=step.part)
    return found


@pytest.mark.parametrize(("loss", "variable"), [case[:2] for case in CASES.values()], ids=CASES)
def test_without_any_of_its_conditions_a_chain_is_not_verified(loss, variable):
    """Ranges say for which indices a chain is meant; some follow from the other conditions."""
    chain = gradient(loss, variable)
    for given in (one for one in chain.hypotheses if not one.is_range_beyond(())):
        assert check(without(chain, given)).outcome != "verified", given.words
