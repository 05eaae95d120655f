"""Every guard of a rule has a case that it alone stops, or that only it lets through: what the rule makes of an
expression, or a part of what it says when it refuses. tests/rule_mutants.py takes the guards out, one by one.
"""

import re
from types import SimpleNamespace

import pytest
from sympy import (
    Eq, Integer, Integral, Interval, KroneckerDelta, Le, Max, Product, Range, Rational, S, Sum, Symbol, cos, exp,
    log, sin, sqrt,
)  # fmt: skip
from test_rules import (
    AROUND, BELOW, CERTAIN, LABELS_SUM, ONE_OR_NONE, SLOPE, SQUARE, SUM_OF_LABELS, TWO, WORDS,
)  # fmt: skip

from derivations import numerics, sigmoid, softmax
from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis, define
from derivations.engine.nodes import Indicator
from derivations.engine.rules import (
    algebra, definitions, derivatives, functions, indices, inequalities, logarithms, sums,
)  # fmt: skip
from derivations.engine.terms import RuleDoesNotApply, member, partial, substitute
from derivations.notation import (
    K, c, every_labels_sum, i, j, k, l, label, logit, m, n, one_hot, p, probability, scale, shift, y, z,
)  # fmt: skip

OTHER = define("test.other", "another quantity", "O", (label,), label * label + label)
NAMED = derive("test.named", "a named one", label * label + label, symbol="N", parameters=(label,)).by(
    algebra.factor_out, label, because="a test")  # fmt: skip
STEEP = derive("test.steep", "a bound of a slope", partial(OTHER(label), label)).by(
    definitions.unfold, OTHER, because="a test").by(
    derivatives.linearity_of_derivative, because="a test").by(
    derivatives.derivative_of_coordinate, because="a test").by(
    inequalities.drop_what_is_not_negative, Integer(1), because="a test")  # fmt: skip
CURVED = derive("test.curved", "a second derivative", partial(SQUARE(label), label, label)).by(
    definitions.unfold, SQUARE, because="a test")  # fmt: skip
MIXED = derive("test.mixed", "two variables", partial(label**2 * logit, label, logit)).by(
    derivatives.linearity_of_derivative, because="a test")  # fmt: skip
FLAT = derive("test.flat", "by another letter", partial(SQUARE(label), probability)).by(
    definitions.unfold, SQUARE, because="a test")  # fmt: skip
LOG_SUM_EXP = softmax.log_sum_exp
UNSAID = derive("test.unsaid", "no range is named", partial(LOG_SUM_EXP(z), z[m])).by(
    definitions.unfold, LOG_SUM_EXP, because="a test")  # fmt: skip
J_IN_RANGE = Hypothesis("j", "j is at most n", member(j, Range(1, n + 1)))
RANGES = derive("test.ranges", "more hypotheses", partial(LOG_SUM_EXP(z), z[m])).by(
    definitions.cite, softmax.log_sum_exp_gradient, because="a test",
    using=(WORDS, LABELS_SUM, J_IN_RANGE))  # fmt: skip
SLOPE_AT_K = substitute(softmax.log_sum_exp_gradient.result, {m: k})
STEP = probability
# What no derivation of the catalogue found: a bound by two letters, and one that is no number.
TWO_LETTERS, NO_NUMBER = (
    SimpleNamespace(id="test.bound", relation=">=", start=partial(exp(logit), logit, logit, by), result=least)
    for by, least in ((label, Integer(-1)), (logit, -exp(logit)))
)
ENTRY_BY_ITSELF = SimpleNamespace(id="test.entry", relation="=", start=partial(softmax.probability(z, m), z[m]),
                                  result=softmax.probability(z, m), hypotheses=softmax.log_sum_exp_gradient.hypotheses)
WITH_LABEL = SimpleNamespace(id="test.label", relation="=", start=partial(LOG_SUM_EXP(z), z[m]), result=y[l] * z[m],
                             hypotheses=softmax.log_sum_exp_gradient.hypotheses)
# y_k is delta_kc for every k and one c: what follows from it holds for that c, and for no others.
CERTAINLY = derive("test.certainly", "the label", logit * y[k]).by(algebra.by_hypothesis, one_hot, because="a test")
LOGIT_IS_T, BESIDE = Hypothesis("z is t", "the logit is t", Eq(logit, shift)), Symbol("s", real=True)
BESIDE_INDEX, NEXT = (Symbol(letter, integer=True, positive=True) for letter in "so")  # indices that rules make
AS_ALIKE = derive("test.as_alike", "with a logit that is t", label * logit).by(
    algebra.by_hypothesis, LOGIT_IS_T, because="a test")  # fmt: skip
AT_ONE = derive("test.at_one", "the total", Sum(y[k], (k, 1, K)), symbol="T", parameters=(y,)).by(
    algebra.by_hypothesis, LABELS_SUM, because="a test")  # fmt: skip
EVERY_TOTAL = derive("test.every_total", "each total", Sum(y[i, k], (k, 1, K))).by(
    algebra.by_hypothesis, every_labels_sum, because="a test")  # fmt: skip
TOTAL_AS_SLOPE = derive("test.total_as_slope", "a slope", partial(Sum(y[k], (k, 1, K)) * logit, logit)).by(
    derivatives.linearity_of_derivative, because="a test").by(
    derivatives.derivative_of_coordinate, because="a test").by(
    algebra.by_hypothesis, LABELS_SUM, because="a test")  # fmt: skip
ALIKE = derive("test.alike", "all labels alike", Sum(y[i], (i, 1, n)), symbol="A", parameters=(label,)).by(
    algebra.by_hypothesis, Hypothesis("alike", "all labels are y", Eq(y[i], label)), because="a test")  # fmt: skip
OF_CLASS = derive("test.of_class", "by class", logit * y[k], symbol="C", parameters=(k, c)).by(
    algebra.by_hypothesis, one_hot, because="a test")  # fmt: skip
INSIDE = derive("test.inside", "an open set", log(p[j] * y[j])).by(logarithms.log_of_factors, because="a test",
    using=Hypothesis("inside", "p is inside", member(p[j], Interval.open(0, 1))))  # fmt: skip
EVERY_M = Hypothesis("every m", "for every m", Eq(p[m] * K, 1), every=(m,))
CERTAIN_AT_M = Hypothesis("certain of class m", "y_m (1 - p_m) is 0", Eq(y[m] * (1 - p[m]), 0), every=())
ONE_M = Hypothesis("one m", "for one m", Eq(p[m], label), every=())
ABOVE = derive("test.above", "above", -log(probability)).by(inequalities.minus_log_above_tangent, because="a test")


def said(statement):
    return Hypothesis("said", "what is said", statement)


LINE = said(Eq(p[i] * label - 1, 0))
ROOT = y[k] * scale - 2 * probability * y[k]
LATE = said(Eq(Sum(p[k] * ROOT**2, (k, 2, K)), 0))
MINUS = Sum(-z[i], (i, 1, n))
SQUARES = said(Eq(Sum(y[k] ** 2, (k, 1, K)), 0))
TABLE = said(Eq(Sum(y[i, k] ** 2, (i, 1, n), (k, 1, K)), 0))
RELATIVE = said(Le(y[i], p[i]))
# the guard; the rule; what it is given; what it makes of that, or says
GUARDS = [
    ("a product alone has brackets", algebra.distribute, log(label + probability), (),
     "expected a product with a bracket, found none"),
    ("the named term is said", algebra.distribute, label * (logit + probability), (scale,), "that has the term t"),
    ("the bracket that has the term", algebra.distribute, (probability + logit) * (label + exp(logit)), (label,),
     label * (probability + logit) + exp(logit) * (probability + logit)),
    ("the other bracket that has the term", algebra.distribute, (probability + logit) * (label + exp(logit)),
     (probability,), probability * (label + exp(logit)) + logit * (label + exp(logit))),
    ("every factor divides", algebra.factor_out, label * logit + label * probability, (label * probability,),
     "all have the factor"),
    ("an inverse in every term", algebra.factor_out, logit / label + probability / label, (1 / label,),
     (logit + probability) / label),
    ("an inverse that a term has not", algebra.factor_out, logit + probability / label, (1 / label,),
     "all have the factor"),
    ("any number divides", algebra.factor_out, label + 3 * label * logit, (2 * label,),
     2 * label * (Rational(1, 2) + 3 * logit / 2)),
    ("a number alone is no factor of what has letters", algebra.factor_out, 2 * label + 4 * logit, (Integer(2),),
     "all have the factor 2"),
    ("0 divides nothing", algebra.factor_out, label + logit, (S.Zero,), "all have the factor 0"),
    ("a bracket that is no factor", algebra.number_into_bracket, exp(label + 1), (Integer(2), label + 1),
     "a product with the bracket y + 1"),
    ("a product without the bracket", algebra.number_into_bracket, log(label * logit), (Integer(2), label + 1),
     "a product with the bracket y + 1"),
    ("two brackets, one of which is named", algebra.number_into_bracket, (label + 1) * (logit + 1),
     (Integer(3), logit + 1), (label + 1) * (3 * logit + 3) / 3),
    ("a letter for a bracket", algebra.number_into_bracket, label * logit, (Integer(2), label), "and a bracket"),
    ("a letter for a number", algebra.number_into_bracket, label * (logit + 1), (probability, logit + 1),
     "a number that is not 0 and a bracket, found p"),
    ("a letter that is no index", indices.rename_index, Sum(y[i], (i, 1, n)), (i, logit), "the name of an index"),
    ("a number for a name", indices.rename_index, Sum(y[i], (i, 1, n)), (i, Integer(2)), "the name of an index"),
    ("a size that a bound has", indices.rename_index, Sum(y[i], (i, 1, n)), (i, n), "a name that does not occur"),
    ("a size that a definition brings along", indices.rename_index, Sum(softmax.probability(z, i), (i, 1, n)), (i, K),
     "a name that does not occur"),
    ("the name of another index", indices.rename_index, Sum(y[i] * K, (k, 1, K), (i, 1, n)), (i, k),
     "a name that does not occur"),
    ("an index that another one stops at", indices.rename_index, Sum(y[i] * p[k], (k, 1, i), (i, 1, n)), (i, j),
     "expected i in no bound"),
    ("an index in a bound outside", indices.rename_index, Sum(y[i] * p[k], (i, 1, n), (k, 1, i)), (i, j),
     "expected i in no bound"),
    ("a name that an inner sum binds", indices.rename_index, Sum(log(Sum(p[i, j], (j, 1, n))), (i, 1, n)), (i, j),
     Sum(log(Sum(p[j, BESIDE_INDEX], (BESIDE_INDEX, 1, n))), (j, 1, n))),
    ("beside a sum that has the name", indices.rename_index, Sum(y[i], (i, 1, n)) + Sum(z[k], (k, 1, K)), (i, k),
     Sum(y[k], (k, 1, n)) + Sum(z[k], (k, 1, K))),
    ("a product has no sums", indices.merge_sums, Sum(y[i], (i, 1, n)) * Sum(z[i], (i, 1, n)), (),
     "two sums over the same"),
    ("other bounds", indices.merge_sums, Sum(y[k], (k, 1, K)) + Sum(z[k], (k, 2, K)), (), "two sums over the same"),
    ("a letter before a sum", indices.merge_sums, Sum(y[k], (k, 1, K)) + logit * Sum(z[k], (k, 1, K)), (),
     "two sums over the same"),
    ("a number and its opposite", functions.derivative_of_larger, partial(Max(logit, -logit), logit), (),
     Indicator(logit) * partial(logit, logit) + Indicator(-logit) * partial(-logit, logit)),
    ("a number that does not move", functions.derivative_of_larger, partial(Max(logit, 0), logit), (),
     Indicator(logit) * partial(logit, logit)),
    ("a sum is not the larger of two", functions.absorb_smaller, logit - Max(-logit, label), (),
     "the smaller of it and another"),
    ("a sum in it is not the smaller of two", functions.absorb_smaller, Max(-logit, -logit - label), (),
     "the smaller of it and another"),
    ("nothing would be left of the larger", functions.absorb_larger,
     Max(logit, label, -Max(-Max(logit, label), probability)), (), "the smaller of it or more"),
    ("the larger of two is not an indicator", functions.derivative_of_indicator, partial(Max(logit, 0), logit), (),
     "the derivative of an indicator"),
    ("a base that does not move", functions.derivative_of_any_power, partial(2**logit, logit), (),
     2**logit * log(2) * partial(logit, logit)),
    ("a second slope of a sine waits", functions.derivative_of_sine, partial(sin(logit), logit, label), (),
     partial(cos(logit) * partial(logit, logit), label)),
    ("a product over two indices", functions.differentiate_product,
     partial(Product(label * p[k], (k, 1, i), (i, 1, n)), label), (),
     Sum(partial(Product(label * p[k], (k, 1, i)), label)
         * Product(Product(label * p[k], (k, 1, BESIDE_INDEX)) ** (1 - KroneckerDelta(i, BESIDE_INDEX)),
                   (BESIDE_INDEX, 1, n)), (i, 1, n))),
    ("a product that binds the letter of the variable", functions.differentiate_product,
     partial(Product(p[k, i], (k, 1, K), (i, 1, n)), p[k, j]), (), "differentiate by a fresh index"),
    ("a bound with the letter of the other index", functions.differentiate_product,
     partial(Product(logit * y[i], (i, 1, BESIDE_INDEX)), logit), (),
     Sum(partial(logit * y[i], logit) * Product((logit * y[NEXT]) ** (1 - KroneckerDelta(i, NEXT)),
                                               (NEXT, 1, BESIDE_INDEX)), (i, 1, BESIDE_INDEX))),
    ("a slope by another entry", algebra.by_cases, partial(y[i] ** 2, y[j]), (y[i],), "expected no derivative by"),
    ("a power under a derivative", algebra.power_is_one, partial(CERTAIN**CERTAIN * logit, CERTAIN),
     (CERTAIN**CERTAIN, ONE_OR_NONE), "expected no derivative by"),
    ("a power that an inequality speaks of", algebra.power_is_one, CERTAIN**CERTAIN,
     (CERTAIN**CERTAIN, said(Le(CERTAIN * (1 - CERTAIN), 0))), "is 0, found"),
    ("a power of one chosen class, bound", algebra.power_is_one, Sum(p[m] ** y[m], (m, 1, K)),
     (p[m] ** y[m], CERTAIN_AT_M), "expected m to be one chosen value"),
    ("a square and its root below", algebra.common_denominator, 1 / label**2 + logit / label, (),
     (1 + logit * label) / label**2),
    ("a root and its square below", algebra.common_denominator, 1 / sqrt(scale) + logit / scale, (),
     (scale + logit * sqrt(scale)) / scale ** Rational(3, 2)),
    ("one fraction is no sum", algebra.common_denominator, label / probability, (), "a sum of fractions"),
    ("u = 1 is an equation", algebra.multiply_by_one, logit, (said(Le(label, 1)),), "of the form u = 1"),
    ("a sum that is not 1", algebra.multiply_by_one, logit, (said(Eq(Sum(y[k], (k, 1, K)), 2)),), "of the form u = 1"),
    ("one of two variables", algebra.by_hypothesis, scale + partial(scale**2 * logit, scale, logit),
     (said(Eq(scale, 2 * probability)),), "expected no derivative by"),
    ("a size in a bound", algebra.by_hypothesis, Sum(y[k], (k, 1, K)), (said(Eq(K, 2)),), Sum(y[k], (k, 1, 2))),
    ("an equation that is about nothing here", algebra.by_hypothesis, logit, (LABELS_SUM,), "the term Sum"),
    ("one of two equations", algebra.by_hypothesis, y[1] * logit, (TWO,), label * logit),
    ("another name of the bound index", algebra.by_hypothesis, logit * Sum(y[m], (m, 1, K)), (LABELS_SUM,), logit),
    ("an instance", algebra.by_hypothesis, p[j] * logit, (said(Eq(p[i], y[i])), {i: j}), y[j] * logit),
    ("no equation", algebra.by_hypothesis, probability, (said(Le(probability, scale)),), "that is an equation"),
    ("no equation to solve", algebra.solve_for, probability, (said(Le(2 * probability - scale, 0)), probability),
     "of the form u = 0"),
    ("a side that is not 0", algebra.solve_for, probability, (said(Eq(2 * probability - scale, 1)), probability),
     "of the form u = 0"),
    ("a slope with the unknown", algebra.solve_for, probability,
     (said(Eq(probability * exp(probability) - 1, 0)), probability), "linear in p"),
    ("an instance of the equation", algebra.solve_for, p[j] * logit, (LINE, p[j], {i: j}), logit / label),
    ("a minus before a sum and one in it", algebra.solve_for, probability, (said(Eq(label * probability + MINUS, 0)),
     probability), Sum(z[i], (i, 1, n)) / label),
    ("two sums with a minus", algebra.solve_for, probability,
     (said(Eq(label * probability + MINUS * Sum(-y[k], (k, 1, K)), 0)), probability),
     -MINUS * Sum(-y[k], (k, 1, K)) / label),
    ("a minus before a sum alone", algebra.solve_for, probability,
     (said(Eq(label * probability - MINUS, 0)), probability), MINUS / label),
    ("a minus in a sum alone", algebra.solve_for, probability,
     (said(Eq(label * probability + Sum(z[i], (i, 1, n)), 0)), probability), -Sum(z[i], (i, 1, n)) / label),
    ("a value below the first", algebra.vanishing_square, y[m] * scale, (LATE, ROOT, {k: m}), "at least 2"),
    ("a factor beside the square", algebra.vanishing_square, logit * y[m], (SQUARES, y[k], {k: m}),
     Integer(0)),
    ("a sum of squares that is 1", algebra.vanishing_square, logit * y[m],
     (said(Eq(Sum(y[k] ** 2, (k, 1, K)), 1)), y[k], {k: m}), "a sum of squares of y[k] is 0"),
    ("no equation of squares", algebra.vanishing_square, logit * y[m],
     (said(Le(Sum(y[k] ** 2, (k, 1, K)), 0)), y[k], {k: m}), "a sum of squares of y[k] is 0"),
    ("another letter of the index", algebra.vanishing_square, logit * y[m], (SQUARES, y[k], {i: m}),
     "a value for each index"),
    ("each of two indices", algebra.vanishing_square, logit * y[j, m], (TABLE, y[i, k], {i: j, k: m}), Integer(0)),
    ("a square under a derivative", algebra.vanishing_square, partial(y[m] ** 2, y[j]), (LATE, ROOT, {k: m}),
     "expected no derivative by"),
    ("an index that is chosen, bound where it stands", algebra.by_hypothesis, Sum(y[c], (c, 1, K)), (one_hot, {k: c}),
     "expected c to be one chosen value, found it bound by Sum(y[c], (c, 1, K))"),
    ("the same under two sums", algebra.by_hypothesis, Sum(y[k] * z[c], (k, 1, K), (c, 1, K)), (one_hot,),
     "expected c to be one chosen value"),
    ("the same in an inner sum", algebra.by_hypothesis, Sum(y[k] * p[i], (k, 1, K), (i, 1, n)),
     (said(Eq(Sum(y[k] * p[i], (k, 1, K)), z[i] * 0 + y[j])),), Sum(y[j], (i, 1, n))),
    ("an inner sum whose value has a chosen index", algebra.by_hypothesis, Sum(y[k] * p[i], (k, 1, K), (j, 1, n)),
     (said(Eq(Sum(y[k] * p[i], (k, 1, K)), y[j])),), "expected j to be one chosen value"),
    ("a chosen index beside a sum that has it", algebra.by_hypothesis, y[m] + Sum(z[c], (c, 1, K)), (one_hot, {k: m}),
     KroneckerDelta(m, c) + Sum(z[c], (c, 1, K))),
    ("an index of every value, bound", algebra.by_hypothesis, Sum(y[k] * z[k], (k, 1, K)), (one_hot,),
     Sum(KroneckerDelta(k, c) * z[k], (k, 1, K))),
    ("another chosen index", algebra.by_hypothesis, y[k], (one_hot, {c: m}), "expected c to stay"),
    ("an index that is said to be one", algebra.by_hypothesis, Sum(p[m], (m, 1, K)), (ONE_M,),
     "expected m to be one chosen value"),
    ("an index that is said to be every", algebra.by_hypothesis, Sum(p[m] * K, (m, 1, K)), (EVERY_M,),
     Sum(1, (m, 1, K))),
    ("a cited result with a chosen index", definitions.cite, Sum(logit * y[k], (k, 1, K), (c, 1, K)), (CERTAINLY,),
     "expected c to be one chosen value"),
    ("recognised where its index is bound", definitions.recognise, Sum(logit * KroneckerDelta(k, c), (c, 1, K)),
     (CERTAINLY,), "expected c to be one chosen value"),
    ("an entry whose value an integral binds", algebra.by_hypothesis, Integral(p[i] + shift, (shift, 0, 1)),
     (said(Eq(p[i], shift)),), "expected t to be one chosen value, found it bound by Integral"),
    ("a number whose value an integral binds", algebra.by_hypothesis, Integral(logit * shift, (shift, 0, 1)),
     (LOGIT_IS_T,), Integral(shift * BESIDE, (BESIDE, 0, 1))),
    ("a number whose value a sum binds", algebra.by_hypothesis, logit + Sum(logit, (shift, 1, 3)), (LOGIT_IS_T,),
     shift + Sum(shift, (BESIDE, 1, 3))),
    ("a result cited where an integral binds what it is about", definitions.cite,
     Integral(label * logit, (logit, 0, 1)), (AS_ALIKE,), "expected z to be one chosen value"),
    ("a result cited beside what binds another letter", definitions.cite, Integral(label * logit, (scale, 0, 1)),
     (AS_ALIKE,), Integral(label * shift, (scale, 0, 1))),
    ("cited for another chosen index", definitions.cite, logit * y[k], (CERTAINLY, {c: m}), "expected c to stay"),
    ("cited for another class", definitions.cite, logit * y[m], (CERTAINLY, {k: m}), logit * KroneckerDelta(m, c)),
    ("a total cited under a slope", definitions.cite, partial(Sum(y[k], (k, 1, K)) * logit, y[m]), (AT_ONE,),
     "expected no derivative by what"),
    ("a total of others cited under a slope", definitions.cite, partial(Sum(p[k], (k, 1, K)) * logit, p[m]),
     (AT_ONE, {y: p}), "expected no derivative by what"),
    ("a total cited under a slope by something else", definitions.cite, partial(Sum(y[k], (k, 1, K)) * logit, z[m]),
     (AT_ONE,), partial(logit, z[m])),
    ("a total cited beside a slope", definitions.cite, Sum(y[k], (k, 1, K)) + partial(y[m] ** 2, y[m]), (AT_ONE,),
     1 + partial(y[m] ** 2, y[m])),
    ("a total unfolded under a slope", definitions.unfold, partial(AT_ONE(p), p[m]), (AT_ONE,),
     "expected no derivative"),
    ("a total folded under a slope", definitions.fold, partial(z[m] ** 2 + logit + 1, y[m]), (AT_ONE, y),
     "expected no derivative"),
    ("each total under the sum over its index", definitions.cite,
     Sum(z[i] * Sum(y[i, k], (k, 1, K)), (i, 1, n)), (EVERY_TOTAL,), Sum(z[i], (i, 1, n))),
    ("a slope that needs a total, under one derivative more", definitions.cite,
     partial(Sum(y[k], (k, 1, K)) * logit, logit, y[m]), (TOTAL_AS_SLOPE,), "expected no derivative by what"),
    ("a value that varies where all take it", definitions.unfold, partial(ALIKE(label), label), (ALIKE,),
     partial(Sum(label, (i, 1, n)), label)),
    ("a value that varies where entries stand", definitions.cite, partial(Sum(y[i], (i, 1, n)), label), (ALIKE,),
     "expected no derivative by what"),
    ("its own chosen index", definitions.unfold, OF_CLASS(k, c), (OF_CLASS,), logit * KroneckerDelta(k, c)),
    ("another class for the chosen one", definitions.unfold, OF_CLASS(k, m), (OF_CLASS,), "expected c to stay"),
    ("what holds in an open set", definitions.cite, partial(log(p[j] * y[j]), p[j]), (INSIDE,),
     partial(log(p[j]) + log(y[j]), p[j])),
    ("1 in the place of an index", definitions.recognise, z[1] * KroneckerDelta(k, 1), (AT_ONE,), "the term 1"),
    ("1 as an index of a quantity", definitions.recognise, softmax.probability(z, 1) + 1, (AT_ONE,),
     softmax.probability(z, 1) + Sum(y[k], (k, 1, K))),
    ("1 as a bound", definitions.recognise, Sum(z[k], (k, 1, n)), (AT_ONE,), "the term 1"),
    ("a term beside the product", sums.factor_into_sum, logit + label * Sum(p[i], (i, 1, n)), (),
     logit + Sum(label * p[i], (i, 1, n))),
    ("two sums", sums.factor_into_sum, Sum(p[i], (i, 1, n)) * Sum(y[k], (k, 1, K)), (),
     "expected a factor before a sum over an index, found"),
    ("no factor", sums.factor_into_sum, Sum(p[i], (i, 1, n)), (), "expected a factor before a sum over an index"),
    ("another factor", sums.factor_into_sum, label * Sum(p[i], (i, 1, n)), (logit,), "the factor z before a sum"),
    ("one factor of several with the index", sums.factor_into_sum, p[i] * logit * Sum(y[i], (i, 1, n)), (),
     "rename it first"),
    ("a bound with the index", sums.sift_kronecker_delta,
     Sum(KroneckerDelta(i, j) * p[k], (k, 1, i), (i, 1, n)), (), "a bound of"),
    ("the delta of another index", sums.sift_kronecker_delta, Sum(KroneckerDelta(k, m) * p[i, k], (i, 1, n), (k, 1, K)),
     (), Sum(p[i, m], (i, 1, n))),
    ("the index stands second", sums.sift_kronecker_delta, Sum(KroneckerDelta(i, j) * y[j], (j, 1, n)), (), y[i]),
    ("a sum that begins later", sums.sift_kronecker_delta, Sum(KroneckerDelta(i, j) * y[i], (i, 2, n)), (),
     "at least 2, where the index begins, found j"),
    ("a sum that begins at another index", sums.sift_kronecker_delta, Sum(KroneckerDelta(i, j) * y[i], (i, m, n)), (),
     "at least m, where the index begins, found j"),
    ("a sum that begins at 0", sums.sift_kronecker_delta, Sum(KroneckerDelta(i, j) * y[i], (i, 0, n)), (), y[j]),
    ("a term without the value", sums.spread_over_delta, label, (label, j, i, n), "a term with j"),
    ("a number beside an index", sums.substitute_by_delta, KroneckerDelta(k, 1) * y[k], (),
     KroneckerDelta(k, 1) * y[1]),
    ("two sums, one term", sums.take_out_term, Sum(p[i, k], (k, 1, K), (i, 1, n)), (k, m), "a sum over k"),
    ("a term below the first", sums.take_out_term, Sum(p[k], (k, 2, K)), (k, m), "at least 2"),
    ("a value with the bound name", sums.take_out_term, Sum(p[k], (k, 1, K)), (k, k), "rename it first"),
    ("a delta alone as the exponent", sums.sift_kronecker_delta,
     Product(p[i] ** KroneckerDelta(i, j), (i, 1, n)), (), p[j]),
    ("a product has no order of sums", sums.reorder_sums, Product(p[i, k], (k, 1, K), (i, 1, n)), (k, i), "a sum over"),
    ("a sum has no order of products", sums.reorder_products, Sum(p[i, k], (k, 1, K), (i, 1, n)), (k, i),
     "a product over k, i"),
    ("a bound with another index", sums.reorder_sums, Sum(p[i, k], (k, 1, i), (i, 1, n)), (k, i),
     "depends on another index"),
    ("a bound with the outer index", sums.swap_sums, Sum(p[i, k], (k, 1, i), (i, 1, n)), (), "a double sum"),
    ("the outer product stays", sums.product_of_powers, Product(logit ** y[i, k], (k, 1, K), (i, 1, n)), (),
     Product(logit ** Sum(y[i, k], (k, 1, K)), (i, 1, n))),
    ("two sums of a constant", sums.sum_of_constant, Sum(logit, (k, 1, K), (i, 1, n)), (), "free of it"),
    ("a sum that begins at 2", sums.sum_of_constant, Sum(logit, (k, 2, K)), (), (K - 1) * logit),
    ("a sum that begins at an index", sums.write_out, Sum(y[k], (k, j, 2)), (), "a fixed number"),
    ("the outer sum stays", sums.write_out, Sum(y[i, k], (k, 1, 2), (i, 1, n)), (), Sum(y[i, 1] + y[i, 2], (i, 1, n))),
    ("the second variable waits", derivatives.derivative_of_logarithm, partial(log(p[j]), p[j], logit), (),
     partial(partial(p[j], p[j]) / p[j], logit)),
    ("nothing for the first variable", derivatives.derivative_of_product, partial(label * p[j], p[j], logit), (),
     "several factors"),
    ("no constant factor", derivatives.linearity_of_derivative, partial(p[j] * log(p[j]), p[j]), (),
     "a sum of terms or of a constant multiple"),
    ("an inequality for a slope", derivatives.chain_rule, partial(OTHER(logit), logit), (STEEP,), "a first derivative"),
    ("a second derivative", derivatives.chain_rule, partial(SQUARE(logit), logit), (CURVED,), "a first derivative"),
    ("by what is no argument", derivatives.chain_rule, partial(SQUARE(logit), logit), (FLAT,), "a quantity of p"),
    ("more arguments", derivatives.chain_rule, partial(LOG_SUM_EXP(z, label), z[j]),
     (softmax.log_sum_exp_gradient,), "the derivative of the quantity"),
    ("a chosen index that occurs", derivatives.chain_rule, partial(LOG_SUM_EXP(z), z[j]),
     (softmax.log_sum_exp_gradient, j), "occurs in"),
    ("a row with the name of that index", derivatives.chain_rule, partial(LOG_SUM_EXP(z[m]), z[j, i]),
     (softmax.log_sum_exp_gradient, k), Sum(softmax.probability(z[m], k) * partial(z[m, k], z[j, i]), (k, 1, K))),
    ("the slope of an entry by itself", derivatives.chain_rule, partial(softmax.probability(z, l), z[j]),
     (ENTRY_BY_ITSELF, k), "a quantity of z"),
    ("a chosen index in the slope", derivatives.chain_rule, partial(LOG_SUM_EXP(z), z[j]), (WITH_LABEL, l),
     "occurs in"),
    ("the chosen index", derivatives.chain_rule, partial(LOG_SUM_EXP(z), z[j]), (softmax.log_sum_exp_gradient, {m: k}),
     Sum(SLOPE_AT_K * partial(z[k], z[j]), (k, 1, K))),
    ("the range of that index", derivatives.chain_rule, partial(LOG_SUM_EXP(z), z[j]), (RANGES, k),
     Sum(SLOPE_AT_K * partial(z[k], z[j]), (k, 1, K))),
    ("no range", derivatives.chain_rule, partial(LOG_SUM_EXP(z), z[j]), (UNSAID, k), "up to where m runs"),
    ("by itself", derivatives.derivative_of_coordinate, partial(label, label), (), Integer(1)),
    ("another vector", derivatives.derivative_of_coordinate, partial(p[i], y[j]), (), "a coordinate by a coordinate"),
    ("a number by an entry", derivatives.derivative_of_coordinate, partial(label, p[j]), (), "a coordinate by"),
    ("an entry by a number", derivatives.derivative_of_coordinate, partial(p[j], label), (), "a coordinate by"),
    ("the logarithm of 0", inequalities.drop_what_is_not_negative, log(2 * label), (label,), "the logarithm of 0"),
    ("below a sum", inequalities.log_below_tangent, Sum(log(p[i]), (i, 1, n)), (), Sum(p[i] - 1, (i, 1, n))),
    ("a logarithm that stays", inequalities.log_below_tangent, log(p[i]) + log(y[i]), (p[i],), log(p[i]) + y[i] - 1),
    ("a result with at least", inequalities.bounded_below, logit - log(probability), (ABOVE,), logit + 1 - probability),
    ("an instance of a bound", inequalities.bounded_above, logit + log(label), (BELOW, {probability: label}),
     logit + label - 1),
    ("an instance of an order", inequalities.at_most, y[j] * logit, (RELATIVE, {i: j}), p[j] * logit),
    ("the term alone", inequalities.drop_what_is_not_negative, exp(probability), (probability,), Integer(1)),
    ("in an inner bracket", inequalities.drop_what_is_not_negative, logit + label * (logit + probability),
     (probability,), logit + label * logit),
    ("in one place", inequalities.drop_what_is_not_negative, label * probability + probability, (probability,),
     label * probability),
    ("another one is kept", inequalities.larger_of_two_above, -log(Max(probability, logit)), (label,),
     "where the expression falls"),
    ("two sums, one term kept", inequalities.keep_one_term, Sum(p[i, k], (k, 1, K), (i, 1, n)), (k, m), "a sum over k"),
    ("another index", inequalities.keep_one_term, Sum(p[i], (i, 1, n)), (k, m), "a sum over k"),
    ("a term below the first one", inequalities.keep_one_term, Sum(p[k], (k, 2, K)), (k, m), "at least 2"),
    ("the inner sum stays", inequalities.keep_one_term, Sum(p[i, k], (k, 1, K), (i, 1, n)), (i, j),
     Sum(p[j, k], (k, 1, K))),
    ("a factor below the first one", inequalities.keep_one_factor, Product(p[k], (k, 2, K)), (k, m), "at least 2"),
    ("a sum has no factors", inequalities.keep_one_factor, Sum(p[k], (k, 1, K)), (k, m), "a product over k"),
    ("a product has no terms", inequalities.keep_one_term, Product(p[k], (k, 1, K)), (k, m), "a sum over k"),
    ("another power", inequalities.power_below_tangent, probability**label, (p[i] ** y[i],), "the power p[i]**y[i]"),
    ("a product may not fall", inequalities.minus_log_above_tangent, Product(-log(p[i]), (i, 1, n)), (),
     "where the expression falls"),
    ("a step that is another one", inequalities.central_difference_below, AROUND, (numerics.third_upper_bound, label),
     "where the expression grows"),
    ("a bound from the other side", inequalities.central_difference_below, AROUND, (numerics.third_lower_bound, STEP),
     "that is <= a number"),
    ("a bound of a second derivative", inequalities.central_difference_below, AROUND, (sigmoid.curvature_bound, STEP),
     "of a third derivative"),
    ("a bound of no derivative", inequalities.central_difference_below, AROUND, (BELOW, STEP), "of a third derivative"),
    ("a third derivative by two letters", inequalities.central_difference_above, AROUND, (TWO_LETTERS, STEP),
     "of a third derivative"),
    ("a bound that is no number", inequalities.central_difference_above, AROUND, (NO_NUMBER, STEP),
     "of a third derivative"),
    ("an order is no equation", inequalities.at_least, probability, (said(Eq(probability, scale)),), "a <= b"),
    ("what a derivation found", definitions.unfold, NAMED(logit), (NAMED,), logit * (logit + 1)),
    ("too many arguments", definitions.fold, logit * logit, (SQUARE, logit, label), "takes the arguments"),
    ("more arguments than it has", definitions.unfold, SQUARE(logit, label), (SQUARE,), "the quantity S"),
    ("another quantity", definitions.unfold, OTHER(logit), (SQUARE,), "the quantity S"),
    ("its own parameters", definitions.fold, label * label, (SQUARE,), SQUARE(label)),
    ("an instance of a result", definitions.cite, 2 * Sum(p[i], (i, 1, n)), (SUM_OF_LABELS, {y: p}),
     Sum(2 * p[i], (i, 1, n))),
    ("two instances of a result", definitions.cite, 2 * Sum(p[i], (i, 1, n)) + exp(2 * Sum(z[i], (i, 1, n))),
     (SUM_OF_LABELS, {y: p}, {y: z}), Sum(2 * p[i], (i, 1, n)) + exp(Sum(2 * z[i], (i, 1, n)))),
    ("a slope under one derivative more", definitions.cite, logit + partial(label**2, label, label), (SLOPE,),
     logit + partial(SLOPE.result, label)),
    ("a sum beside a derivative", definitions.cite, partial(label**2, label) + 2 * Sum(y[i], (i, 1, n)),
     (SUM_OF_LABELS,), partial(label**2, label) + Sum(2 * y[i], (i, 1, n))),
    ("the slope of something else", definitions.cite, partial(probability * label, label), (SLOPE,),
     "the left-hand side"),
    ("a slope by something else", definitions.cite, partial(label**2, probability), (SLOPE,), "the left-hand side"),
    ("by two letters, of which one is there", definitions.cite, partial(label**2 * logit, label, label), (MIXED,),
     "the left-hand side"),
    ("a repeated derivative meets a single one", definitions.cite, partial(SQUARE(label), label), (CURVED,),
     "the left-hand side"),
    ("a repeated derivative under one more", definitions.cite, partial(SQUARE(label), label, label, label), (CURVED,),
     partial(CURVED.result, label)),
]  # fmt: skip


def test_names_are_names():
    assert len({guard for guard, *_ in GUARDS}) == len(GUARDS)


@pytest.mark.parametrize(("rule", "expression", "arguments", "expected"), [case[1:] for case in GUARDS],
                         ids=[case[0] for case in GUARDS])  # fmt: skip
def test_a_guard_stops_what_it_is_for(rule, expression, arguments, expected):
    if not isinstance(expected, str):
        assert rule(expression, *arguments) == expected
        return
    with pytest.raises(RuleDoesNotApply, match=re.escape(expected)):
        rule(expression, *arguments)
