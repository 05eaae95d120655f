"""A hypothesis says itself in words from its formula; typed words agree with theirs, and a changed word is seen."""

from dataclasses import replace

import pytest
from sympy import Contains, Eq, Ge, Gt, Interval, KroneckerDelta, Le, Lt, Range, Sum
from word_mutants import EQUAL, changed_formulas, changed_words, measured
from words import faults, hypotheses, scope_agrees, scopes

from derivations.engine.wording import NoWordsFor, spelled_out
from derivations.notation import K, M, SPOKEN, a, i, k, l, m, n, p, penalty, q, says_itself, scale, seen, u, x, y, z, φ
from derivations.site.verification import KILLED, SHOWN_EQUAL, SURVIVED

ALL = hypotheses()
# Read by people only.
WITHOUT_FORMULA = {
    "notation.independent", "logistic_regression.linear_logits", "logistic_regression.full_rank",
    "likelihood.beta_integral: the simplex", "gradient_bounds.lipschitz: the same labels",
    "likelihood.monotone: strictly monotone",
    "numerics.central_difference: three derivatives", "numerics.central_difference: rounded values",
    "newton.large_samples: bounded features", "newton.large_samples: growing information", "ridge.unique: a penalty",
    "invariance.bijection: one to one",
}  # fmt: skip


def said(statement, every=None):
    return spelled_out(statement, SPOKEN, every)


def test_what_no_formula_says_is_known():
    assert {name for name, hypothesis in ALL.items() if hypothesis.statement is None} == WITHOUT_FORMULA


@pytest.mark.parametrize("name", sorted(ALL.keys() - WITHOUT_FORMULA))
def test_words_agree_with_their_formula(name):
    assert list(faults(ALL[name])) == []


def test_most_hypotheses_say_themselves():
    assert sum(map(says_itself, ALL.values())) >= 42


@pytest.mark.parametrize(("statement", "every", "words"), [
    (Contains(m, Range(1, K + 1)), None, "m is one of the classes"),
    (Contains(m, Range(2, K + 1)), None, "m is one of the classes 2 to K"),
    (Contains(m, Range(1, K)), None, "m is one of the classes 1 to K − 1"),
    (Contains(u, Range(1, M + 1)), None, "u is one of the distinct inputs"),
    (Contains(p[i], Interval.open(0, 1)), None, "no probability is 0 or 1"),
    (Contains(p[i], Interval.open(0, 1)), (), "the probability of observation i is not 0 or 1"),
    (Contains(p[k], Interval.Lopen(0, 1)), None, "every class has a positive probability"),
    (Contains(p[m], Interval.Lopen(0, 1)), None, "the probability of class m is positive"),
    (Contains(p[m], Interval.Lopen(0, 1)), (m,), "every class has a positive probability"),
    (Gt(y[m], 0), None, "the label of class m is positive"),
    (Le(z[k], 2), None, "no logit is larger than 2"),
    (Ge(z[k], 2), None, "no logit is smaller than 2"),
    (Lt(z[m], 2), None, "the logit of class m is smaller than 2"),
    (Eq(Sum(y[i, k], (k, 1, K)), 2, evaluate=False), None, "the labels of each observation sum to 2"),
    (Eq(Sum(y[i, k], (k, 1, K)), 1), (), "the labels of observation i sum to 1"),
    (Eq(y[i, k], KroneckerDelta(k, seen[i])), None,
     "each observation has the label 1 for its class and 0 for the others"),
    (Eq(x[i, 2], 1), None, "the second feature is 1 for every observation"),
    (Eq(K, 3), None, "there are three classes"),
    (Eq(KroneckerDelta(m, K), 0), None, "m is not the last class"),
    (Eq(KroneckerDelta(m, l), 0), None, "l is not the class m"),
])  # fmt: skip
def test_a_formula_says_itself(statement, every, words):
    assert said(statement, every) == words


@pytest.mark.parametrize("statement", [
    Contains(p[k], Interval(0, 1)),
    Contains(p[k], Interval.Ropen(0, 1)),
    Contains(a[k], Interval.open(0, 1) + Interval.open(2, 3)),
    Eq(Sum(y[k], (k, 2, K)), 1),
    Eq(Sum(y[k], (k, 1, n)), 1),
    Eq(y[k], KroneckerDelta(k, m) / 2),
    Eq(q[k], p[m]),
    Eq(p[i, k], φ[u, k]),
    Eq(KroneckerDelta(m, i), 0),
])  # fmt: skip
def test_what_has_no_sentence_is_refused(statement):
    with pytest.raises(NoWordsFor):
        said(statement)


def test_planted_errors_in_words_are_noticed():
    found = measured()
    assert found["survivors"] == []
    made_words, formulas, typed, of_scopes, reasons = found["fates"].values()
    assert made_words[KILLED] > 120 and formulas[KILLED] > 500 and typed[KILLED] > 60 and of_scopes[KILLED] > 20
    assert reasons[KILLED] > 9 * reasons.get(SURVIVED, 0) > 0
    assert formulas[SHOWN_EQUAL] == len(EQUAL) and typed.get(SURVIVED, 0) <= 1


# What can be changed on the right of an equation or an inequality: a number, or a letter.
COMPARED = [name for name, given in sorted(ALL.items())
            if isinstance(given.statement, Eq | Le | Ge) and given.statement.rhs != 0
            and (given.statement.rhs.is_Symbol or given.statement.rhs.is_Number)]  # fmt: skip


@pytest.mark.parametrize("name", COMPARED)
def test_another_right_side_is_seen(name):
    statement, right = ALL[name].statement, ALL[name].statement.rhs
    others = [right / 2, 2 * right, right / 3, right + 1, right - 1, penalty if str(right) == "t" else scale]
    changed = [statement.func(statement.lhs, other, evaluate=False) for other in others if other not in (0, right)]
    assert [wrong for wrong in changed if not list(faults(replace(ALL[name], statement=wrong)))] == []


def test_there_are_right_sides_to_change():
    assert {"entropy.never_below", "log_sum_exp.none_larger", "numerics.small_where_seen"} <= {*COMPARED}


def test_scopes_name_the_indices_and_what_they_count():
    assert len(scopes()) > 10
    assert [said for said, ranges in scopes() if not scope_agrees(said, ranges)] == []


def test_every_kind_is_planted():
    kinds = {kind for _, kind, _ in (*changed_words(), *changed_words(of_made=False))}
    assert {"every becomes some", "larger becomes smaller", "0 becomes 1", "1 becomes 0", "1 becomes 2",
            "classes becomes observations", "positive becomes negative", "two becomes three"} <= kinds  # fmt: skip
    assert len({kind for _, kind, *_ in changed_formulas()}) >= 7
