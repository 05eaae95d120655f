"""Errors that others printed, each planted as a false step: the checker refutes it, and verifies the right formula at
the same points.

Every case names its source by its key in `derivations.reports` or `derivations.sources`, where what was read is said.
All of them are slips in works worth reading;
most were mended by their authors as soon as somebody told them.
"""

from dataclasses import dataclass

import pytest
from sympy import Eq, Expr, Ge, Le, Rational, Sum, exp, log

from derivations.catalogue import catalogue
from derivations.checking.check import check
from derivations.checking.compare import REFUTED, UNDECIDED, VERIFIED
from derivations.checking.counterexamples import FAILS, refute
from derivations.cross_entropy import cross_entropy, kl_divergence
from derivations.engine.derivation import derive
from derivations.engine.entries import Counterexample, Hypothesis
from derivations.engine.terms import substitute
from derivations.functions import function
from derivations.notation import (K, c, floor, i, i_in_range, k, k_in_range, l, label, m, n, p, probability, q,
                                  shared_interior, y, z)
from derivations.site.reports import REPORTS
from derivations.soft_labels import smoothed
from derivations.softmax import log_sum_exp, probability as softmax
from derivations.sources import SOURCES

ENTRIES = catalogue()
WORKS = {work.key: work for work in (*REPORTS, *SOURCES)}
TWO_CLASSES = Hypothesis("two classes", "there are two classes", Eq(K, 2))
SEVERAL = Hypothesis("several classes", "there are at least two classes", Ge(K, 2))
SAME_CLASS = Hypothesis("the same class", "both derivatives are in the logit of class m", Eq(l, m))
RIGHT_KL = q[1] * log(q[1] / p[1]) + q[2] * log(q[2] / p[2])


@dataclass(frozen=True)
class Printed:
    """What was printed as the value of `id`, and the key of the source. `right` is the value there, if it is not the
    result as it stands.
    """

    source: str
    id: str
    wrong: Expr
    also: tuple = ()
    right: Expr | None = None

    def claim(self, end):
        """The start of the right derivation with this end: one step that nothing but the checker will question."""
        entry = ENTRIES[self.id]

        def printed(expression):
            """Whatever was printed."""
            return end

        start = getattr(entry, "start", None) or entry.name
        return derive("test.printed", "printed", start).by(printed, because="a test",
                                                           using=entry.hypotheses + self.also)


PRINTED = {
    # Two outcomes, and both terms of the sum are those of the first.
    "p(0) + p(0) in a Bernoulli divergence": Printed(
        "statproofbook_bern_kl", "cross_entropy.kl_divergence", 2 * q[1] * log(q[1] / p[1]),
        (TWO_CLASSES, *ENTRIES["cross_entropy.gibbs"].hypotheses), RIGHT_KL,
    ),
    # The denominator of softmax is a sum of exponentials.
    "exp of the sum for the sum of exps": Printed(
        "pytorch_documentation", "softmax.cross_entropy",
        -Sum(y[k] * log(exp(z[k]) / exp(Sum(z[l], (l, 1, K)))), (k, 1, K)),
    ),
    # The labels stand inside the logarithm, and the minus is gone; apart from the minus, hard labels hide it.
    "labels inside the logarithm": Printed(
        "optax_softmax_cross_entropy", "softmax.cross_entropy",
        log(Sum(y[k] * exp(z[k]), (k, 1, K)) / Sum(exp(z[k]), (k, 1, K))),
    ),
    "labels inside the logarithm, with the minus": Printed(
        "optax_softmax_cross_entropy", "softmax.cross_entropy",
        -log(Sum(y[k] * exp(z[k]), (k, 1, K)) / Sum(exp(z[k]), (k, 1, K))),
    ),
    # p - y is the gradient in the logits, what softmax is applied to, and not in what comes out of it.
    "the gradient in the output of softmax": Printed("mxnet_softmax_output", "cross_entropy.gradient", p[m] - q[m]),
    # Log-sum-exp moves along with its argument.
    "log-sum-exp called invariant": Printed("zhang_lipton_li_smola_2023", "log_sum_exp.shift", log_sum_exp(z)),
    # The Jacobian of softmax with its diagonal only, as an entry and in the gradient.
    "the derivative of softmax by output * (1 - output) alone": Printed(
        "libnd4j_softmax_derivative", "softmax.jacobian", softmax(z, m) * (1 - softmax(z, m)),
    ),
    "the gradient by the diagonal alone": Printed("libnd4j_softmax_derivative", "softmax.gradient",
                                                  -y[m] * (1 - softmax(z, m))),
    # Twice the diagonal is a bound in every direction, and no second derivative.
    "the second derivative in one logit, twice": Printed(
        "fate_softmax_hessian", "softmax.hessian", 2 * softmax(z, m) * (1 - softmax(z, m)),
        (SAME_CLASS,), softmax(z, m) * (1 - softmax(z, m)),
    ),
    # The log-likelihood of one label, called cross-entropy.
    "the cross-entropy of two outcomes without its minus": Printed(
        "tensorflow_playground", "cross_entropy.two_outcomes",
        label * log(probability) + (1 - label) * log(1 - probability), (shared_interior,),
    ),
    # The name for its logarithm: exp(x) / logsumexp(x); the code beside it is right.
    "softmax divided by log-sum-exp": Printed("bhmnl_softmax", "softmax.exponential_form", exp(z[m]) / log_sum_exp(z)),
    # A share for each other class, eps / (K - 1), given to every class: the label no longer sums to 1.
    "smoothing by eps/(K-1) for every class": Printed(
        "pytorch_label_smoothing_thread", "soft_labels.smoothed", (1 - floor) * y[k] + floor / (K - 1),
        (SEVERAL, k_in_range),
        (1 - floor) * y[k] + floor / K,
    ),
    # The same share in the loss: the label keeps too little.
    "the loss of a label smoothed by eps K/(K-1)": Printed(
        "fastai_label_smoothing", "soft_labels.smoothed_loss",
        (1 - floor * K / (K - 1)) * cross_entropy(y, p) - floor / K * Sum(log(p[k]), (k, 1, K)), (SEVERAL,),
    ),
    # sum_i A_i + B_i without brackets is (sum_i A_i) + B_i.
    "missing brackets in the log-likelihood": Printed(
        "kumar_2023", "bernoulli.log_likelihood", Sum(y[i] * log(p[i]), (i, 1, n)) + (1 - y[i]) * log(1 - p[i]),
        (i_in_range,),
    ),
    # The sum from i = 0 has one term too many; here every observation has the same label and the same probability.
    "the sum from i = 0": Printed(
        "kumar_2023", "bernoulli.log_likelihood",
        Sum(label * log(probability) + (1 - label) * log(1 - probability), (i, 0, n)),
        (Hypothesis("one observation repeated", "every label and every probability is the same",
                    Eq(p[i], probability) & Eq(y[i], label)),),
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PRINTED.values(), ids=PRINTED)
def test_what_was_printed_is_refuted_and_the_step_is_named(case):
    found = check(case.claim(case.wrong))
    assert found.outcome == REFUTED, str(found)
    assert "step 1 (printed) of test.printed is refuted at " in found.failure


@pytest.mark.parametrize("case", PRINTED.values(), ids=PRINTED)
def test_the_right_formula_is_verified_at_the_same_points(case):
    entry = ENTRIES[case.id]
    found = check(case.claim(case.right or entry.result))
    assert found.outcome == VERIFIED, str(found)
    assert check(entry).outcome == VERIFIED if entry.steps else entry.kind == "definition"


@pytest.mark.parametrize("case", PRINTED.values(), ids=PRINTED)
def test_every_error_names_its_source(case):
    assert WORKS[case.source].checked


def test_every_report_is_of_an_error_that_is_refuted():
    assert REPORTS and {work.key for work in REPORTS} <= {case.source for case in PRINTED.values()}


def test_the_sum_from_0_asks_for_an_observation_that_does_not_exist():
    result = ENTRIES["bernoulli.log_likelihood"].result
    found = check(Printed("kumar_2023", "bernoulli.log_likelihood", result).claim(Sum(result.function, (i, 0, n))))
    # no value is no proof, and nothing undecided is published
    assert found.outcome == UNDECIDED and "step 1 (printed)" in found.failure


def test_hard_labels_hide_that_they_stand_inside_the_logarithm():
    case = PRINTED["labels inside the logarithm, with the minus"]
    hard = ENTRIES["cross_entropy.hard_label"].hypotheses
    one_hot = tuple(hypothesis for hypothesis in hard if hypothesis.name in ("one-hot label", "class c exists"))
    assert check(Printed(case.source, case.id, case.wrong, one_hot).claim(case.wrong)).outcome == VERIFIED


def test_shares_of_the_two_ways_to_smooth():
    """Both 1 - eps + eps/K with eps/K elsewhere, and 1 - eps with eps/(K-1) elsewhere, are distributions, of another
    eps; a mixture of them is none.
    """
    other_way = (1 - floor) * y[k] + floor / (K - 1) * (1 - y[k])
    start = substitute(ENTRIES["soft_labels.smoothed_sum"].start, {floor: floor * K / (K - 1)})
    labels_sum = ENTRIES["soft_labels.smoothed_sum"].hypotheses

    def same_label(expression):
        """The second way with eps is the first with eps K/(K-1)."""
        return Sum(other_way, (k, 1, K))

    ways = derive("test.ways", "two ways", start).by(same_label, because="a test", using=(SEVERAL, *labels_sum))
    assert check(ways).outcome == VERIFIED
    mixed = Printed("pytorch_label_smoothing_thread", "soft_labels.smoothed_sum",
                    Sum((1 - floor) * y[k] + floor / (K - 1), (k, 1, K)), (SEVERAL,))
    assert check(mixed.claim(mixed.wrong)).outcome == REFUTED


SCORES, SHOWN = (Rational(25, 2), Rational(3, 5), Rational(-23)), (Rational(9, 10), Rational(9, 100), Rational(1, 100))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_scores_and_probabilities_that_do_not_belong_together(number):
    """CS231n shows the scores 12.5, 0.6, -23 beside the probabilities 0.9, 0.09, 0.01; rounding does not explain it."""
    close = Le((softmax(z, c) - SHOWN[number - 1]) ** 2, Rational(5, 1000) ** 2, evaluate=False)
    example = Counterexample("test.scores", "scores", close, {K: 3, z: SCORES, c: number})
    assert WORKS["cs231n_notes"].checked and refute(example).how == FAILS


def test_what_the_probabilities_of_these_scores_are():
    compute = function(ENTRIES["softmax.probability"])
    found = [compute(z=list(map(float, SCORES)), k=number) for number in (1, 2, 3)]
    assert found == pytest.approx([0.9999932, 6.7900e-06, 3.8242e-16], rel=1e-4, abs=0)


def test_the_catalogue_shows_two_of_them_as_counterexamples():
    for id in ("softmax.diagonal_only", "log_sum_exp.not_invariant"):
        assert refute(ENTRIES[id]).how == FAILS


def test_the_definitions_meant_here_are_those_of_the_catalogue():
    assert (kl_divergence, smoothed) == (ENTRIES["cross_entropy.kl_divergence"], ENTRIES["soft_labels.smoothed"])
