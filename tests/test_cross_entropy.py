"""Cross-entropy against SciPy: entropy plus divergence, its smallest value, and data taken input by input."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from oracles import H, at, log_likelihood, slope
from scipy import stats
from scipy.special import entr, rel_entr
from sklearn.metrics import log_loss

from derivations import cross_entropy
from derivations.checking.check import check
from derivations.checking.compare import UNDECIDED
from derivations.checking.indices import indices_in
from derivations.checking.sample import POINT_KINDS, draw
from derivations.checking.stated import all_of, holds_at
from derivations.engine.derivation import derive
from derivations.engine.entries import define
from derivations.engine.rules.inequalities import bounded_above
from derivations.engine.terms import reach
from derivations.functions import function
from derivations.notation import K, k, model_sums, p, q, reference_sums

PAIRS = [([0.7, 0.2, 0.1], [0.5, 0.25, 0.25]), ([1.0, 0.0], [0.9, 0.1]), ([1.0], [1.0])]
SURE, UNSURE = [0.98, 0.01, 0.01], [0.5, 0.3, 0.2]

ORACLES = {
    "cross_entropy.entropy": ("q[K]", lambda q: np.sum(entr(q))),
    "cross_entropy.kl_divergence": ("q[K] p[K]", lambda q, p: np.sum(rel_entr(q, p))),
    "cross_entropy.decomposition": ("q[K] p[K]", lambda q, p: H(q, p)),
    "cross_entropy.gibbs": ("", lambda: stats.entropy(UNSURE, UNSURE)),
    "cross_entropy.minimum": ("q[K]", lambda q: H(q, q)),
    "cross_entropy.gradient": ("q[K] p[K] m", lambda q, p, m: slope(lambda p: -log_likelihood(q)(p), p, m)),
    "cross_entropy.hard_label": ("p[K] c", lambda p, c: H(np.eye(len(p))[c - 1], p)),
    "cross_entropy.hard_label_entropy": ("", lambda: stats.entropy([0, 1, 0])),
    "cross_entropy.hard_label_divergence": ("p[K] c", lambda p, c: np.sum(rel_entr(np.eye(len(p))[c - 1], p))),
    "cross_entropy.mean_nll": ("p[nK] y[nK]", lambda p, y: np.mean(H(y, p))),
    "cross_entropy.perplexity": ("p[nK] y[nK]", lambda p, y: 1 / stats.gmean(np.prod(p**y, axis=1))),
    "cross_entropy.frequency": ("y[nK] k", lambda y, k: at(np.mean(y, axis=0), k)),
    "cross_entropy.constant_model": ("y[nK] p[K]", lambda y, p: np.mean([H(row, p) for row in y])),
    "cross_entropy.empirical": ("y[nK] φ[MK] g[n]", lambda y, φ, g: np.mean(H(y, φ[g - 1]))),
    "cross_entropy.logarithm": ("b p", lambda b, p: np.emath.logn(b, p)),
    "cross_entropy.base_change": ("b q[K] p[K]",
                                  lambda b, q, p: stats.entropy(q, base=b) + stats.entropy(q, p, base=b)),
}


@pytest.mark.parametrize(("q", "p"), PAIRS)
def test_cross_entropy(q, p):
    expected = stats.entropy(q) + stats.entropy(q, p)
    assert function(cross_entropy.cross_entropy)(q=q, p=p) == pytest.approx(expected, rel=1e-13, abs=1e-15)


@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_two_outcomes(y):
    expected = stats.entropy([y, 1 - y]) + stats.entropy([y, 1 - y], [0.9, 0.1])
    assert function(cross_entropy.two_outcomes)(y=y, p=0.9) == pytest.approx(expected, rel=1e-13, abs=0)
    weighted = np.average(-np.log([0.9, 0.1]), weights=[y, 1 - y])
    assert function(cross_entropy.two_outcomes)(y=y, p=0.9) == pytest.approx(weighted)


def test_a_reference_with_zeros_has_entropy_and_divergence():
    assert function(cross_entropy.entropy)(q=[0.5, 0.5, 0]) == pytest.approx(np.log(2))
    assert function(cross_entropy.kl_divergence)(q=[1, 0], p=[0.25, 0.75]) == pytest.approx(np.log(4))


def test_a_class_that_neither_has_counts_for_nothing_in_a_divergence():
    q, p = [0.5, 0.5, 0], [0.7, 0.3, 0]
    assert function(cross_entropy.kl_divergence)(q=q, p=p) == pytest.approx(stats.entropy(q[:2], p[:2]))
    assert function(cross_entropy.decomposition)(q=q, p=p) == pytest.approx(H(np.array(q), np.array(p)))
    with pytest.raises(ValueError, match="at k = 2"):
        function(cross_entropy.decomposition)(q=q, p=[0.5, 0, 0.5])


def test_gibbs_is_one_inequality_from_the_tangent_and_holds_at_random():
    assert [step.rule for step in cross_entropy.gibbs.steps if step.relation != "="] == ["minus_weighted_log_above"]
    rng, divergence = np.random.default_rng(2), function(cross_entropy.kl_divergence)
    for _ in range(200):
        q, p = rng.dirichlet([0.3] * 4, 2)
        assert divergence(q=q, p=np.maximum(p, 1e-12)) > 0
    assert divergence(q=q, p=q) == 0


def test_each_distribution_is_said_to_sum_to_1_in_one_named_step():
    named = {hypothesis.name: step.rule for step in cross_entropy.gibbs.steps for hypothesis in step.using}
    assert named["reference sums to 1"] == named["model sums to 1"] == "by_hypothesis"
    assert not any("sum" in hypothesis.name for hypothesis in cross_entropy.decomposition.hypotheses)


def test_the_whole_chain_is_what_scikit_learn_computes_and_its_exponential_the_perplexity():
    rows = np.array([[0.9, 0.1], [0.2, 0.8], [0.8, 0.2], [0.6, 0.4]])
    one_hot = np.array([[1, 0], [0, 1], [1, 0], [1, 0]])
    assert function(cross_entropy.mean_nll)(p=rows, y=one_hot) == pytest.approx(log_loss(one_hot[:, 1], rows[:, 1]))
    assert function(cross_entropy.mean_nll)(p=rows, y=one_hot) == pytest.approx(0.26562, abs=5e-6)
    assert function(cross_entropy.perplexity)(p=rows, y=one_hot) == pytest.approx(1.30424, abs=5e-6)


def test_the_loss_input_by_input_and_its_floor():
    """Input 1 with the labels 1, 1, 0 and input 2 with 0, 0, 0, 1: the largest likelihood of any function of the
    input is 1/64.
    """
    g, first = [1, 1, 1, 2, 2, 2, 2], np.array([1, 1, 0, 0, 0, 0, 1])
    y, cells = np.stack([first, 1 - first], axis=1), [[2 / 3, 1 / 3], [1 / 4, 3 / 4]]
    loss = function(cross_entropy.empirical)
    assert loss(g=g, y=y, φ=cells) == pytest.approx(np.log(64) / 7)
    for moved in ([[0.6, 0.4], [0.25, 0.75]], [[2 / 3, 1 / 3], [0.3, 0.7]], [[0.999, 0.001], [0.001, 0.999]]):
        assert loss(g=g, y=y, φ=moved) > np.log(64) / 7


def test_the_confident_model_has_less_entropy_and_more_loss():
    entropy = function(cross_entropy.entropy)
    assert entropy(q=SURE) == pytest.approx(0.112, abs=5e-4) and entropy(q=UNSURE) == pytest.approx(1.030, abs=5e-4)
    loss = function(cross_entropy.hard_label)
    assert loss(p=SURE, c=3) == pytest.approx(4.605, abs=5e-4) and loss(p=UNSURE, c=3) == pytest.approx(1.609, abs=5e-4)


def test_no_loss_is_below_the_entropy_where_model_and_reference_have_zeros():
    q, rng = np.array([0.5, 0.5, 0]), np.random.default_rng(3)
    least, loss = function(cross_entropy.minimum)(q=q), function(cross_entropy.cross_entropy)
    assert least == pytest.approx(stats.entropy(q))
    for share in (*rng.uniform(0.01, 0.99, 50), 0.5):
        assert loss(q=q, p=[share, 1 - share, 0]) >= least - 1e-12
    assert loss(q=q, p=q) == pytest.approx(least)


def test_the_loss_input_by_input_takes_a_model_that_is_0_where_nothing_was_seen():
    g, y, loss = [1, 1, 2], [[1, 0], [1, 0], [0, 1]], function(cross_entropy.empirical)
    assert loss(g=g, y=y, φ=[[1, 0], [0, 1]]) == 0
    with pytest.raises(ValueError, match="at k = 2 at u = 2"):
        loss(g=g, y=y, φ=[[1, 0], [1, 0]])


@pytest.mark.parametrize("hypothesis", [cross_entropy.positive_where_seen, cross_entropy.seen_positive],
                         ids=lambda hypothesis: hypothesis.name)
def test_the_checker_draws_zeros_of_the_model_where_the_reference_has_them(hypothesis):
    (premise, conclusion), shape, random = hypothesis.statement.args, (3, 4, 2, 2), Random(1)
    seen = Counter()
    for labels in POINT_KINDS * 30:
        point = draw([hypothesis], shape, labels, random, reach(hypothesis.statement))
        for place in all_of(indices_in((hypothesis.statement,)), shape) if point else ():
            seen[holds_at(premise, point | place), holds_at(conclusion, point | place)] += 1
    assert min(seen[True, True], seen[False, True], seen[False, False]) > 10 and not seen[True, False]


def test_exchanged_arguments_give_other_numbers():
    q, p = [0.9, 0.1], [0.5, 0.5]
    for ours, scipys, apart in ((cross_entropy.cross_entropy, H, 0.5),
                                (cross_entropy.kl_divergence, stats.entropy, 0.1)):
        compute, expected = function(ours), scipys(np.array(q), np.array(p)) - scipys(np.array(p), np.array(q))
        assert compute(q=q, p=p) - compute(q=p, p=q) == pytest.approx(expected) and abs(expected) > apart


def test_what_a_citation_says_to_follow_is_checked_at_the_model_it_is_cited_for():
    halves = define("test.halves", "half of the uniform distribution", "h", (k,), 1 / (2 * K))
    wrong = derive("test.wrong", "a model that does not sum to 1", cross_entropy.entropy(q)).by(
        bounded_above, cross_entropy.minimum, {p: halves()}, using=reference_sums,
        implied=(cross_entropy.positive_where_seen, model_sums),
        because="a test")
    found = check(wrong)
    assert found.outcome == UNDECIDED and "it does not" in found.failure and "test.halves" in found.failure
