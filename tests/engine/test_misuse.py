"""Whoever uses the engine wrongly is told where, what was found and what would be right: in one line, for a person."""

import sys
from types import ModuleType

import pytest
from sympy import (
    And, Complement, ConditionSet, Eq, Equivalent, EulerGamma, FiniteSet, Float, Function, Gt, I, ImageSet, Implies,
    Integer, Integral, Interval, Lambda, Limit, Lt, Min, Mod, Not, Or, Piecewise, ProductSet, Range, Rational, S, Sum,
    Symbol, Tuple, Xor, gamma, nan, oo, sign, sqrt, tan,
)  # fmt: skip
from test_rules import LABELS_SUM, SQUARE, SUM_OF_LABELS

from derivations import catalogue
from derivations.checking.check import check
from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis, define
from derivations.engine.rules import algebra, definitions
from derivations.engine.terms import ALPHABET, RuleDoesNotApply, fresh, member
from derivations.notation import K, i, k, label, logit, n, p, probability, y, z

BRACKET = derive("test.it", "a bracket", label * (logit + probability))
EMPTY = derive("test.empty", "nothing done", 2 * Sum(y[i], (i, 1, n)))
TWIN = define("test.square", "another square", "S", (label,), label * label + 1)
unknown = Function("f")


def by(*arguments, start=BRACKET, **more):
    return lambda: start.by(*arguments, **{"because": "a test"} | more).result


def of(statement):
    return lambda: Hypothesis("it", "it is so", statement)


def ten_million(total):
    """sum a = 10^7 a"""
    return 10**7 * total.function


HERE = "the hypothesis 'it': "
# what is wrong: what is done, where it is said to be, what is said
MISUSED = {
    "a function that nobody defined": (lambda: derive("test.it", "it", unknown(logit)), "test.it: ",
                                       "expected exp, log, sin, cos, Max or a quantity that `define` made, "
                                       "found the function f"),
    "a function of SymPy": (lambda: derive("test.it", "it", gamma(logit) + 1), "test.it: ", "found the function gamma"),
    "a tangent": (lambda: derive("test.it", "it", tan(logit)), "test.it: ", "found the function tan in tan(z)"),
    "an integral without ends": (lambda: derive("test.it", "it", Integral(logit, logit)), "test.it: ",
                                 "expected both ends of what runs in a sum, a product or an integral"),
    "such a function in a definition": (lambda: define("test.it", "it", "T", (label,), unknown(label)), "test.it: ",
                                        "found the function f"),
    "such a function in an argument": (by(algebra.factor_out, unknown(label)), "test.it, step 1 (factor_out): ",
                                       "found the function f"),
    "such a function in a hypothesis": (lambda: Hypothesis("it", "it is so", Eq(unknown(label), 1)),
                                        "the hypothesis 'it': ", "found the function f"),
    "too many arguments": (by(algebra.distribute, 1, 2), "test.it, step 1 (distribute): ",
                           "expected the arguments (term=None), found 2"),
    "too few arguments": (by(algebra.factor_out), "test.it, step 1 (factor_out): ",
                          "expected the arguments (factor), found 0"),
    "an equation for a hypothesis": (by(algebra.by_hypothesis, Eq(label, 1)), "test.it, step 1 (by_hypothesis): ",
                                     "expected the arguments (hypothesis, instance=None), found Eq(y, 1) (Equality)"),
    "an expression for a result": (by(definitions.cite, label), "test.it, step 1 (cite): ",
                                   "expected the arguments (source, *instances), found y (Symbol)"),
    "a result that names no quantity": (by(definitions.unfold, SUM_OF_LABELS), "test.it, step 1 (unfold): ",
                                        "expected the arguments (source), found test.sum (Derivation)"),
    "no reason": (by(algebra.distribute, because=""), "test.it, step 1 (distribute): ", "expected a reason in words"),
    "a reason of blanks": (by(algebra.distribute, because=" "), "test.it, step 1 (distribute): ", "found ' '"),
    "a reason for the second step": (
        by(algebra.distribute, start=BRACKET.by(algebra.distribute, because="so"), because=None),
        "test.it, step 2 (distribute): ", "expected a reason in words, found None"),
    "a key that does not occur": (by(definitions.cite, SUM_OF_LABELS, {z: p}, start=EMPTY),
                                  "test.empty, step 1 (cite): ",
                                  "expected symbols that occur in test.sum, such as y, found z"),
    "a key that the hypothesis has not": (
        by(algebra.by_hypothesis, LABELS_SUM, {z: p}), "test.it, step 1 (by_hypothesis): ",
        "expected symbols that occur in “labels sum to 1”, such as y, found z"),
    "an empty chain that is cited": (by(definitions.cite, EMPTY), "test.it, step 1 (cite): ",
                                     "expected a derivation with at least one step, found test.empty with none"),
    "a float": (lambda: derive("test.it", "it", Float(0.5) * label), "test.it: ",
                "expected an exact number, such as Rational(1, 2), found the float 0.5"),
    "a float of Python": (by(algebra.factor_out, 0.5), "test.it, step 1 (factor_out): ", "found the float 0.5"),
    "a float in a mapping": (by(definitions.cite, SUM_OF_LABELS, {y: 0.5}), "test.it, step 1 (cite): ",
                             "found the float 0.5"),
    "a float in a domain": (lambda: Hypothesis("it", "it is so", member(label, Interval(0, 0.5))),
                            "the hypothesis 'it': ", "found the float 0.5"),
    "an infinity": (lambda: derive("test.it", "it", label + oo), "test.it: ", "expected a number, found oo"),
    "what has no value": (lambda: derive("test.it", "it", nan), "test.it: ", "expected a number, found nan"),
    "no expression": (lambda: derive("test.it", "it", "y"), "test.it: ", "such as Integer(2), found 'y'"),
    "a number of Python": (lambda: derive("test.it", "it", 2), "test.it: ", "such as Integer(2), found 2"),
    "no name": (lambda: Hypothesis("", "it is so"), "the hypothesis '': ", "expected a name in words, found ''"),
    "no words": (lambda: Hypothesis("it", ""), "the hypothesis 'it': ", "expected a statement in words, found ''"),
    "no formula": (lambda: Hypothesis("it", "it is so", label), "the hypothesis 'it': ",
                   "expected a formula that is true or false, such as Eq(p, 1), or None, found y"),
    "no title": (lambda: derive("test.it", "", label), "test.it: ", "expected a title in words"),
    "two definitions of one id": (
        by(definitions.unfold, TWIN, start=derive("test.it", "it", SQUARE(label) + TWIN(label))),
        "test.it, step 1 (unfold): ", "expected one definition of the id test.square, found y**2"),
    "a name for a rule": (by("distribute"), "test.it, step 1 (distribute): ", "expected a rule, which is a function"),
    "a formula for a hypothesis": (by(algebra.distribute, using=label > 0), "test.it, step 1 (distribute): ",
                                   "expected hypotheses, found y > 0"),
    "no steps": (lambda: SUM_OF_LABELS.first(0), "test.sum: ", "expected a number of steps from 1 to 1, found 0"),
    "more steps than there are": (lambda: SUM_OF_LABELS.first(2), "test.sum: ", "found 2"),
    "And before an arrow": (of(Implies(And(Gt(logit, 1), Gt(label, 0)), Gt(logit, 0))), HERE, "found And in "),
    "a membership before an arrow": (of(Implies(member(label, FiniteSet(0, 1)), Gt(logit, 0), evaluate=False)), HERE,
                                     "found Contains before the arrow"),
    "Or of And": (of(Or(And(Gt(logit, 1), Gt(label, 0)), Lt(logit, 0))), HERE, "found And in "),
    "Not of a membership": (of(Not(member(label, FiniteSet(0, 1)))), HERE, "memberships; And of them; Or and Implies"),
    "Equivalent": (of(Equivalent(Gt(logit, 1), Gt(label, 0))), HERE, "found Equivalent in "),
    "Xor": (of(Xor(Gt(logit, 1), Gt(label, 0))), HERE, "found Xor in "),
    "a truth value of Python": (of(True), HERE, "expected a formula that is true or false"),
    "two vectors": (of(Eq(y, z)), HERE, "expected numbers, such as an entry p[k] of a vector p, found y"),
    "an irrational number in a finite set": (of(member(logit, FiniteSet(0, sqrt(2)))), HERE, "found FiniteSet in"),
    "an interval with a symbol at its end": (of(member(logit, Interval(0, label))), HERE, "found Interval in"),
    "an interval without numbers": (of(member(logit, Interval(1, 0))), HERE, "found EmptySet in"),
    "a complement": (of(member(logit, Complement(S.Reals, FiniteSet(logit)))), HERE, "found Complement in"),
    "fractions": (of(member(logit, S.Rationals)), HERE, "expected Reals, Integers, Naturals"),
    "a set of conditions": (of(member(logit, ConditionSet(label, label > 0, S.Reals))), HERE, "found ConditionSet in"),
    "an image": (of(member(logit, ImageSet(Lambda(label, label**2), S.Integers))), HERE, "found Lambda in"),
    "a product of sets": (of(member(Tuple(logit, label), ProductSet(S.Reals, S.Reals))), HERE, "expected numbers"),
    "a range that goes down": (of(member(logit, Range(5, 0, -1))), HERE, "found Range in Range(5, 0, -1)"),
    "a limit": (lambda: derive("test.it", "it", Limit(label, label, 0)), "test.it: ", "found Limit in "),
    "cases": (lambda: derive("test.it", "it", Piecewise((label, label > 0), (logit, True))), "test.it: ",
              "found the function Piecewise"),
    "a sign": (lambda: derive("test.it", "it", sign(logit)), "test.it: ", "found the function sign"),
    "a remainder": (of(Eq(Mod(n, 2), 0)), HERE, "found the function Mod"),
    "the smallest": (lambda: derive("test.it", "it", Min(logit, label)), "test.it: ", "found Min in "),
    "an imaginary number": (lambda: derive("test.it", "it", I * logit), "test.it: ", "found ImaginaryUnit in I"),
    "another constant": (lambda: derive("test.it", "it", EulerGamma * logit), "test.it: ",
                         "expected numbers, e and pi, symbols, entries and what is made of them, found EulerGamma"),
    "an empty chain that is checked": (lambda: check(EMPTY), "test.empty: ",
                                       "expected a derivation with at least one step, found test.empty with none"),
    "a sum of very many terms": (
        lambda: check(derive("test.it", "it", Sum(logit, (i, 1, 10**7))).by(ten_million, because="a test")),
        "test.it: ", "expected at most 10000 terms, found 10000000"),
    "a chapter that is not registered": (lambda: catalogue.chapter("made_up"), "",
                                         "expected a chapter that is registered in CHAPTERS (distributions, "),
}  # fmt: skip


@pytest.mark.parametrize(("misuse", "where", "said"), MISUSED.values(), ids=MISUSED)
def test_misuse_is_said_in_one_line_with_its_place(misuse, where, said):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the message is compared in whole
        misuse()
    message = str(refused.value)
    assert message.startswith(where) and said in message and "\n" not in message


def test_no_letter_left_for_an_index_is_said():
    with pytest.raises(RuleDoesNotApply, match="expected one of the letters s, o, e, .* to be free"):
        fresh(k, [Symbol(letter) for letter in ALPHABET])


def test_what_is_right_is_not_refused():
    half = derive("test.half", "half", Rational(1, 2) * label * (logit + Integer(3))).by(
        algebra.distribute, because="a test", using=Hypothesis("it", "it is so", member(label, Interval(0, oo))))
    assert len(half.first(1).steps) == 1
    cited = EMPTY.by(definitions.cite, SUM_OF_LABELS, {y: y}, because="a test")
    assert cited.result == SUM_OF_LABELS.result and Symbol("unused") not in cited.result.free_symbols


@pytest.fixture
def made_up(monkeypatch):
    module = ModuleType("derivations.made_up")
    monkeypatch.setattr(catalogue, "CHAPTERS", (*catalogue.CHAPTERS, "made_up"))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module


def entry(id):
    return define(id, "an entry", "T", (k,), Sum(p[k], (k, 1, K)))


@pytest.mark.parametrize(("variable", "id", "said"), [
    ("first", "made_up.second", "expected an id that is the chapter and the variable, found made_up.second"),
    ("second", "nowhere.second", "an id that begins with a registered chapter, found nowhere.second"),
    ("probability", "softmax.probability", "expected an id that is the chapter and the variable"),
])  # fmt: skip
def test_an_entry_that_does_not_stand_where_its_id_says_is_refused(made_up, variable, id, said):
    setattr(made_up, variable, entry(id))
    with pytest.raises(ValueError, match=rf"made_up\.{variable}: .*{said}"):
        list(catalogue.published("made_up"))


def test_an_entry_where_its_id_says_and_one_of_another_chapter_are_not_refused(made_up):
    from derivations import softmax

    made_up.first, made_up.probability = entry("made_up.first"), softmax.probability
    made_up.begun = derive("made_up.done", "done", label * (logit + probability))
    made_up.done = made_up.begun.by(algebra.distribute, because="a test")
    assert [found.id for found in catalogue.published("made_up")] == ["made_up.first", "made_up.done"]
