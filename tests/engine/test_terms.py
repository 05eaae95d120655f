"""Replacing without capturing; and SymPy's traps, each shown to be there and shown to be avoided."""

import pytest
from flint import arb
from sympy import (
    Add,
    Derivative,
    Function,
    KroneckerDelta,
    MatrixSymbol,
    Mul,
    Piecewise,
    Pow,
    Product,
    Sum,
    Symbol,
    diff,
    exp,
    expand_log,
    log,
    nan,
    simplify,
    solve,
    symbols,
)
from sympy.stats import Die, entropy

from derivations.catalogue import catalogue
from derivations.checking.balls import Jet
from derivations.checking.compare import REFUTED, UNDECIDED, VERIFIED, compare
from derivations.checking.points import Point
from derivations.engine.rules.derivatives import derivative_of_coordinate, derivative_of_exponential, differentiate_sum
from derivations.engine.rules.sums import factor_out_of_sum, sift_kronecker_delta
from derivations.engine.terms import (RuleDoesNotApply, canonical, depends_on, entry, free_symbols, partial,
                                      replace_term, same, substitute)
from derivations.notation import K, i, j, k, l, m, n, p, y, z
from derivations.sigmoid import sigmoid


def test_a_bound_index_is_renamed_before_it_captures():
    a, b = symbols("s t", integer=True, positive=True)
    new = substitute(Sum(z[k] * y[l], (k, 1, K)), {l: k})
    assert k in free_symbols(new)
    assert same(new, Sum(z[a] * y[k], (a, 1, K)))
    assert not same(new, Sum(z[b] * y[b], (b, 1, K)))


def test_a_bound_index_is_not_replaced():
    total = Sum(y[i], (i, 1, n))
    assert substitute(total, {i: j}) == total
    assert substitute(total + y[i], {i: j}) == total + y[j]


def test_sums_are_the_same_up_to_the_names_of_their_indices():
    assert same(Sum(y[i] * Sum(z[k], (k, 1, K)), (i, 1, n)), Sum(y[k] * Sum(z[i], (i, 1, K)), (k, 1, n)))
    assert canonical(Sum(y[i], (i, 1, n))) != canonical(Sum(y[i], (i, 1, K)))


def test_a_term_is_found_among_factors_terms_and_inner_sums():
    assert replace_term(3 * y[i] * z[k], y[i] * z[k], p[i]) == 3 * p[i]
    assert replace_term(3 + y[i] + z[k], y[i] + z[k], p[i]) == 3 + p[i]
    assert replace_term(Sum(y[i, k], (k, 1, K), (i, 1, n)), Sum(y[i, k], (k, 1, K)), p[i]) == Sum(p[i], (i, 1, n))
    with pytest.raises(RuleDoesNotApply, match="expected the term"):
        replace_term(y[i], p[i], y[i])


def test_entries_of_vectors_and_rows():
    assert entry(z, k) == z[k]
    assert entry(z[i], k) == z[i, k]
    with pytest.raises(RuleDoesNotApply, match="a vector that has entries"):
        entry(Symbol("x"), k)


def test_dependence_is_seen_through_defined_quantities():
    softmax = catalogue()["softmax.probability"]
    assert depends_on(softmax(z, k), z[m])
    assert not depends_on(softmax(z, k), y[m])
    count = catalogue()["categorical.count"]
    assert depends_on(count(k), y[i, m])  # the labels stand in its definition only


# SymPy's traps


def test_sympy_captures_a_bound_index_and_we_refuse_it():
    assert diff(Sum(log(p[i]), (i, 1, n)), p[i]) == Sum(1 / p[i], (i, 1, n))  # wrong, without a word
    with pytest.raises(RuleDoesNotApply, match="which the sum binds; differentiate by a fresh index"):
        differentiate_sum(partial(Sum(log(p[i]), (i, 1, n)), p[i]))


def test_sympy_makes_the_gradient_of_log_sum_exp_1_and_ours_is_softmax():
    assert diff(log(Sum(exp(z[k]), (k, 1, K))), z[k]).doit() == 1  # wrong, without a word
    entries = catalogue()
    assert entries["softmax.log_sum_exp_gradient"].result == entries["softmax.probability"](z, m)


def test_sympy_differentiates_an_entry_of_a_symbolic_matrix_to_0_and_we_use_indices():
    matrix = MatrixSymbol("m", K, 1)
    assert str(diff(log(matrix[k, 0]), matrix)) == "0"  # wrong, without a word
    assert derivative_of_coordinate(partial(z[k], z[m])) == KroneckerDelta(k, m)


def test_sympy_answers_with_cases_and_we_sift_by_the_declared_range():
    total = Sum(KroneckerDelta(k, m) * exp(z[k]), (k, 1, K))
    assert total.doit().has(Piecewise)
    assert sift_kronecker_delta(total) == exp(z[m])


def test_a_derivative_knows_the_index_it_is_taken_by():
    assert k not in Derivative(Function("f")(z), z[k]).free_symbols  # SymPy's own answer would let a sum over k lose it
    with pytest.raises(RuleDoesNotApply, match="free of its index"):
        factor_out_of_sum(Sum(partial(log(Sum(exp(z[l]), (l, 1, K))), z[k]) * y[k], (k, 1, K)))


def test_sympy_turns_a_product_into_a_sum_only_by_force_and_we_name_the_hypothesis():
    product = log(Product(p[i], (i, 1, n)))
    assert expand_log(product) == product
    assert expand_log(product, force=True) == Sum(log(p[i]), (i, 1, n))
    of_variables = 0
    for entry in catalogue().values():
        lines = [entry.start, *(step.expression for step in entry.steps)] if entry.steps else []
        for place, step in enumerate(entry.steps):
            if step.rule in ("log_of_product", "log_of_factors", "log_of_power"):
                before = [hypothesis.name for earlier in entry.steps[: place + 1]
                          for hypothesis in earlier.using + earlier.inherited]
                split = lines[place].atoms(log) - lines[place + 1].atoms(log)
                assert split, step
                # What names no such hypothesis takes the logarithm of exponentials and sizes: positive anyway.
                licensed = bool(POSITIVE & set(before))
                assert licensed or all(positive_anyway(found.args[0]) for found in split), (entry.id, place + 1)
                of_variables += licensed
    assert of_variables >= 10


# The hypotheses that make an argument of a logarithm positive.
POSITIVE = {
    "positive probability", "positive probabilities", "interior probabilities", "possible inputs",
    "no label seen is impossible", "no class seen is impossible", "label between 0 and 1", "the class seen is kept",
    "positive model", "positive reference",
}


def positive_anyway(expression):
    """Whether an expression is positive whatever its variables are: made of exponentials, sigmoids and what they leave
    to 1, sizes and positive numbers alone, and their powers.
    """
    if isinstance(expression, sigmoid.head) or isinstance(1 - expression, sigmoid.head):
        return True
    if isinstance(expression, Pow) and not isinstance(expression, exp):
        return positive_anyway(expression.base)
    if isinstance(expression, (Add, Mul, Product, Sum)):
        parts = expression.args[:1] if isinstance(expression, (Product, Sum)) else expression.args
        return all(map(positive_anyway, parts))
    return isinstance(expression, exp) or expression in (n, K) or bool(expression.is_number and expression.is_positive)


def test_a_variable_is_not_positive_anyway():
    assert positive_anyway(K * Sum(exp(z[k]), (k, 1, K)) + 1)
    assert positive_anyway(sigmoid(z[k]) ** y[k] * (1 - sigmoid(z[k])) ** (1 - y[k]))
    others = (p[i], p[i] ** 2, 2 - sigmoid(z[k]), y[i] * exp(z[k]), exp(z[k]) - 1, Sum(z[k], (k, 1, K)),
              Product(p[i], (i, 1, n)))  # fmt: skip
    assert not any(map(positive_anyway, others))


def test_sympy_simplify_is_a_shrug():
    total = exp(Sum(z[k], (k, 1, K)))
    # another law than the one that was meant, and no simpler
    assert simplify(total) == Product(exp(z[k]), (k, 1, K)) != total


def test_sympy_distributes_a_minus_by_itself_so_steps_compare_values():
    assert str(-(y[i] + z[k])) == "-y[i] - z[k]"
    assert derivative_of_exponential(partial(exp(z[m]), z[l])) == exp(z[m]) * partial(z[m], z[l])


def test_0_log_0_is_not_a_number_for_sympy_and_0_for_the_checker_by_convention():
    zero = Symbol("x", real=True)
    assert (zero * log(zero)).subs(zero, 0) is nan
    point = Point.of({zero: lambda *_: Jet(arb(0))})
    assert compare(zero * log(zero), zero, "=", point)[0] == VERIFIED
    assert compare(log(zero), zero, "=", point) == (UNDECIDED, 0)


def test_sympy_finds_no_root_of_a_score_with_sums_and_we_solve_a_linear_equation():
    q = Symbol("q", positive=True)
    score = Sum(y[i] / q - (1 - y[i]) / (1 - q), (i, 1, n))
    assert solve(score, q) == []  # wrong, without a word: with one sum for each fraction it finds the root
    assert solve(Sum(y[i], (i, 1, n)) / q - Sum(1 - y[i], (i, 1, n)) / (1 - q), q) == [Sum(y[i], (i, 1, n)) / n]
    entries = catalogue()
    assert entries["bernoulli.stationary_point"].result == entries["bernoulli.count"]() / n


def test_sympy_reads_the_base_of_an_entropy_as_a_condition():
    assert entropy(Die("D", 2)).equals(log(2))
    assert not entropy(Die("D", 2), 2) == entropy(Die("D", 2), b=2)


def test_hard_labels_hide_what_soft_labels_show():
    label = Symbol("x", real=True)
    outcome = {value: compare(label, label**2, "=", Point.of({label: lambda *_, value=value: Jet(arb(value) / 2)}))[0]
               for value in (0, 1, 2)}
    assert outcome == {0: VERIFIED, 1: REFUTED, 2: VERIFIED}
