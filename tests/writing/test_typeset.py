"""What is printed is what a person would write."""

import re

import pytest
from sympy import (
    Add, And, Contains, Derivative, Eq, Interval, KroneckerDelta, Lt, Mul, Pow, Range, Rational, Sum, cos, exp, log,
    preorder_traversal, sin, sqrt,
)  # fmt: skip

from derivations import sigmoid, softmax
from derivations.catalogue import catalogue
from derivations.engine.nodes import Indicator
from derivations.engine.replay import RULES
from derivations.engine.terms import partial
from derivations.notation import (
    K, a, f, floor, i, j, k, l, label, logit, n, p, probability, shift, v, w, x, y, z,
)
from derivations.writing.marks import marks
from derivations.writing.order import is_negative
from derivations.writing.typeset import MARKS, escaped, latex, latex_chain, plain, statement, unmarked

ENTRIES = catalogue()

STATEMENTS = {
    "bernoulli.likelihood": r"\mathcal{L}(p) = \prod_{i=1}^{n} p_i^{y_i} (1 - p_i)^{1 - y_i}",
    "bernoulli.log_likelihood": r"\ell(p) = \sum_{i=1}^{n} \left[ y_i \log p_i + (1 - y_i) \log(1 - p_i) \right]",
    "bernoulli.score": r"\frac{\partial \ell}{\partial p_j} = \frac{y_j - p_j}{p_j (1 - p_j)}",
    "bernoulli.hessian": r"\frac{\partial^2 \ell}{\partial p_j \, \partial p_r} = "
    r"-\delta_{jr} \left( \frac{y_j}{p_j^2} + \frac{1 - y_j}{(1 - p_j)^2} \right)",
    "categorical.log_likelihood": r"\ell(p) = \sum_{i=1}^{n} \sum_{k=1}^{K} y_{ik} \log p_{ik}",
    "categorical.cross_entropy": r"\overline{\mathrm{NLL}}(p) = \frac{1}{n} \sum_{i=1}^{n} H(y_i, p_i)",
    "categorical.maximum_likelihood": r"\ell(p) \le \ell(\hat{p})",
    "sigmoid.sigmoid": r"\sigma(z) = \frac{1}{1 + e^{-z}}",
    "softmax.probability": r"p_k = \frac{e^{z_k}}{\sum_{l=1}^{K} e^{z_l}}",
    "softmax.log_sum_exp": r"A(z) = \log \sum_{k=1}^{K} e^{z_k}",
    "softmax.gradient": r"\frac{\partial}{\partial z_m} \, H(y, p) = p_m - y_m",
    "softmax.hessian": r"\frac{\partial^2}{\partial z_m \, \partial z_l} \, H(y, p) = p_m (\delta_{ml} - p_l)",
}

EXPRESSIONS = [
    (1 - y[i], "1 - y_i", "1 − yᵢ"),
    (-y[i] + p[i], "p_i - y_i", "pᵢ − yᵢ"),
    (log(p[i]) * y[i], r"y_i \log p_i", "yᵢ log pᵢ"),
    (log(1 - p[i]) * (1 - y[i]), r"(1 - y_i) \log(1 - p_i)", "(1 − yᵢ) log(1 − pᵢ)"),
    (y[i, k], "y_{ik}", "yᵢₖ"),
    (p[i, 1] ** y[i, 1], "p_{i1}^{y_{i1}}", "pᵢ₁^yᵢ₁"),
    (-Sum(y[i], (i, 1, n)) / n, r"-\frac{1}{n} \sum_{i=1}^{n} y_i", "−1/n ∑ᵢ₌₁ⁿ yᵢ"),
    (1 / (1 + exp(logit)), r"\frac{1}{1 + e^z}", "1/(1 + e^z)"),
    (exp(-z[k]), "e^{-z_k}", "e^(−zₖ)"),
    (partial(log(p[i]), p[j]), r"\frac{\partial}{\partial p_j} \log p_i", "∂/∂pⱼ log pᵢ"),
    (partial(logit**2, logit), r"\frac{\partial}{\partial z} \, z^2", "∂/∂z z²"),
    (
        -label * log(probability) - (1 - label) * log(1 - probability),
        r"-y \log p - (1 - y) \log(1 - p)",
        "−y log p − (1 − y) log(1 − p)",
    ),
    (sin(logit) ** 2, r"(\sin z)^2", "(sin z)²"),
    (3 * cos(2 * logit + 1) / 2, r"\frac{3 \cos(1 + 2 z)}{2}", "3 cos(1 + 2 z)/2"),
    (sin(logit) * log(label), r"(\sin z) \log y", "(sin z) log y"),  # not the sine of z log y
    (-label * cos(z[k]), r"-y \cos z_k", "−y cos zₖ"),
    (sin(Sum(z[k], (k, 1, K))), r"\sin\left( \sum_{k=1}^{K} z_k \right)", "sin(∑ₖ₌₁ᴷ zₖ)"),
    (label * Indicator(logit), r"y \mathbf{1}\left[ z > 0 \right]", "y 1[z > 0]"),
    (Pow(Indicator(label - logit), 2, evaluate=False), r"(\mathbf{1}\left[ y - z > 0 \right])^2", "(1[y − z > 0])²"),
    (label ** Indicator(z[k]), r"y^{\mathbf{1}\left[ z_k > 0 \right]}", "y^(1[zₖ > 0])"),
    (Contains(p[i], Interval.open(0, 1)), "0 < p_i < 1", "0 < pᵢ < 1"),
    (Contains(p[i, k], Interval.Lopen(0, 1)), r"0 < p_{ik} \le 1", "0 < pᵢₖ ≤ 1"),
    (Contains(j, Range(1, n + 1)), r"1 \le j \le n", "1 ≤ j ≤ n"),
    (Eq(Sum(y[k], (k, 1, K)), 1), r"\sum_{k=1}^{K} y_k = 1", "∑ₖ₌₁ᴷ yₖ = 1"),
    (Mul(0, log(0, evaluate=False), evaluate=False), r"0 \log 0", "0 log 0"),
    (2 * sqrt(probability), r"2 \sqrt{p}", "2 √p"),
    (1 / sqrt(p[i]), r"\frac{1}{\sqrt{p_i}}", "1/√(pᵢ)"),
    (partial(-log(probability), probability), r"\frac{\partial}{\partial p} \left[ -\log p \right]", "∂/∂p [−log p]"),
    (And(label > 0, Lt(label, n)), "0 < y < n", "0 < y < n"),
    (
        Sum(-Sum(y[i, k], (k, 1, K)), (i, 1, n)),
        r"\sum_{i=1}^{n} \left( -\sum_{k=1}^{K} y_{ik} \right)",
        "∑ᵢ₌₁ⁿ (−∑ₖ₌₁ᴷ yᵢₖ)",
    ),
    (And(Eq(y[1], label), Eq(y[2], 1 - label)), "y_1 = y, y_2 = 1 - y", "y₁ = y, y₂ = 1 − y"),
]


# The order of factors and terms that a person would choose.
PROBABILITY, LOG_SUM_EXP = softmax.probability(z, k), softmax.log_sum_exp(z)
ORDERED = [
    (z[k] ** 2 * probability * (1 - probability), "p (1 − p) zₖ²"),
    (sigmoid.sigmoid(logit) * (1 - sigmoid.sigmoid(logit)) * x[i, f], "σ(z) (1 − σ(z)) x_{if}"),
    ((1 - probability) * (probability - label) * probability, "p (1 − p) (p − y)"),
    (z[k] * PROBABILITY, "pₖ zₖ"),
    (x[i, f] * (p[i] - y[i]), "(pᵢ − yᵢ) x_{if}"),
    (x[i, f] * w[f], "w_f x_{if}"),
    (z[i] * (2 * y[i] - 1), "(2 yᵢ − 1) zᵢ"),
    ((1 - floor) * LOG_SUM_EXP, "(1 − ε) A(z)"),
    (LOG_SUM_EXP * y[k], "yₖ A(z)"),
    (a[k] * shift, "t aₖ"),
    (p[k] * (KroneckerDelta(k, l) - p[l]) * v[k] * v[l], "pₖ (δₖₗ − pₗ) vₖ vₗ"),
    (v[k] * KroneckerDelta(k, l), "δₖₗ vₖ"),
    (shift + z[k], "zₖ + t"),
    (shift + LOG_SUM_EXP, "A(z) + t"),
    (shift + log(Sum(exp(z[k] - shift), (k, 1, K))), "t + log ∑ₖ₌₁ᴷ e^(zₖ − t)"),
    (floor / K + (1 - floor) * y[k], "(1 − ε) yₖ + ε/K"),
    (LOG_SUM_EXP + log(PROBABILITY), "log pₖ + A(z)"),
    (floor**2 + 3 * logit**2, "3 z² + ε²"),
]


@pytest.mark.parametrize(("expression", "text"), ORDERED, ids=str)
def test_factors_and_terms_stand_in_the_order_that_a_person_would_choose(expression, text):
    assert plain(expression) == text


def test_a_derivative_shows_how_far_it_reaches():
    assert plain(partial(y[k] * log(p[k]), p[k])) == "∂/∂pₖ [yₖ log pₖ]"
    assert plain(partial(log(p[k]), p[k]) * log(y[k])) == "(∂/∂pₖ log pₖ) log yₖ"
    for entry in ENTRIES.values():
        for line in getattr(entry, "lines", ()):
            for derivative in line.atoms(Derivative):
                if isinstance(derivative.expr, (Add, Mul)):
                    assert re.fullmatch(r"∂[^\[]* \[.*\]", plain(derivative)), f"{entry.id}: {derivative}"


def test_an_accent_is_kept_out_of_the_small_type_of_an_exponent():
    assert latex(exp(softmax.shifted(z, shift, k))) == r"\exp(\tilde{z}_k)"
    assert latex(exp(z[k])) == "e^{z_k}"
    for entry in ENTRIES.values():
        for line in getattr(entry, "lines", ()):
            assert not re.search(r"\^\{[^{}]*\\(tilde|hat|bar)", latex(line)), entry.id


@pytest.mark.parametrize("id", STATEMENTS)
def test_statements(id):
    assert statement(ENTRIES[id]) == STATEMENTS[id]


@pytest.mark.parametrize(("expression", "in_latex", "in_plain"), EXPRESSIONS, ids=str)
def test_expressions(expression, in_latex, in_plain):
    assert latex(expression) == in_latex
    assert plain(expression) == in_plain


def test_a_sum_before_a_logarithm_is_bracketed_so_that_neither_swallows_the_other():
    text = latex(log(probability) * Sum(y[i], (i, 1, n)))
    assert text in (r"\left( \sum_{i=1}^{n} y_i \right) \log p", r"(\log p) \sum_{i=1}^{n} y_i")


def test_nothing_looks_machine_made():
    for entry in ENTRIES.values():
        for text in [
            latex(entry.start) if entry.steps else "",
            *(latex(step.expression) for step in entry.steps),
            statement(entry),
        ]:
            assert "-y_i + 1" not in text, f"{entry.id}: {text}"
            assert not re.search(r"(?<!\\tilde)(?<!\\frac)\{y\}", text), f"{entry.id}: {text}"
            assert r"\log{" not in text and "+ -" not in text, f"{entry.id}: {text}"


def test_a_chain_is_one_aligned_block_displayed():
    text = latex_chain(ENTRIES["softmax.jacobian"])
    assert text.startswith("% needs \\usepackage{amsmath}\n\\[\n\\begin{aligned}\n")
    assert text.endswith("\n\\end{aligned}\n\\]")
    assert text.count("&=") == len(ENTRIES["softmax.jacobian"].steps)
    assert r"&\le" in latex_chain(ENTRIES["categorical.maximum_likelihood"])


MARKED = [
    (1 - y[i], {y[i]: "old"}, r"1 - {\color{olive}y_i}"),
    (1 - y[i], {1 - y[i]: "new"}, r"{\color{teal}1 - y_i}"),
    (-label * log(probability), {label: "new old"}, r"-{\color{violet}y} \log p"),
    (p[i] - y[i] * log(p[i]), {-y[i] * log(p[i]): "new"}, r"p_i - {\color{teal}y_i \log p_i}"),
    (p[i] + y[i] + probability, {p[i] + probability: "old"}, r"{\color{olive}p} + {\color{olive}p_i} + y_i"),
    (y[i] * log(p[i]) * probability, {y[i] * probability: "old"}, r"{\color{olive}y_i} {\color{olive}p} \log p_i"),
    (label / probability, {1 / probability: "new"}, r"\frac{y}{{\color{teal}p}}"),
    (label * (1 - p[i]) * log(p[i]), {1 - p[i]: "new"}, r"y {\color{teal}(1 - p_i)} \log p_i"),
    (p[i], {i: "old"}, r"p_{\color{olive}i}"),
    (
        Sum(y[i, k], (k, 1, K)),
        {y[i, k]: "old", k: "new"},
        r"\sum_{{\color{teal}k}=1}^{K} {\color{olive}y_{i{\color{teal}k}}}",
    ),
    (1 - y[i], {p[i]: "old"}, "1 - y_i"),
]


@pytest.mark.parametrize(("expression", "marked", "text"), MARKED, ids=lambda value: str(value))
def test_a_part_is_marked_where_it_stands(expression, marked, text):
    assert latex(expression, marked) == text
    assert unmarked(text) == latex(expression)


def test_the_marks_of_a_chain_change_nothing_else_and_nearly_every_step_has_one():
    steps = bare = 0
    for entry in ENTRIES.values():
        for step, before, after in (
            zip(entry.steps, marks(entry), marks(entry)[1:]) if getattr(entry, "steps", ()) else ()
        ):
            old, new = latex(step.before, before), latex(step.expression, after)
            assert unmarked(old) == latex(step.before) and unmarked(new) == latex(step.expression), entry.id
            steps += 1
            bare += not any(
                MARKS[kind] in text
                for text, kinds in ((old, ("old", "new old")), (new, ("new", "new old")))
                for kind in kinds
            )
    assert bare < steps / 50


def twice_negative(expression):
    """Where a minus stands before a sum of what has a minus itself: a reader would write a plain sum."""
    return [
        plain(part) for part in preorder_traversal(expression)
        if isinstance(part, Mul) and is_negative(part)
        and any(isinstance(factor, Sum) and is_negative(factor.function) for factor in part.args)
    ]


def test_no_result_has_a_minus_before_a_sum_of_what_has_a_minus():
    """A step may have one on its way, where a rule put something negative into a sum; what is solved for may not."""
    assert twice_negative(1 - Sum(-y[i] * p[i], (i, 1, n))) and not twice_negative(1 - Sum(y[i] * p[i], (i, 1, n)))
    lines = [(entry.id, line) for entry in ENTRIES.values() if getattr(entry, "steps", ())
             for line in (entry.result, *(step.expression for step in entry.steps if step.rule == "solve_for"))]
    assert len(lines) > 200
    assert [(name, found) for name, line in lines if (found := twice_negative(line))] == []


def test_what_still_stands_elsewhere_is_not_marked_as_changed():
    """Where d(1 - p)/dp becomes -dp/dp, another 1 - p stays."""
    entry = ENTRIES["bernoulli.shared_score"]
    place = [step.rule for step in entry.steps].index("linearity_of_derivative")
    assert not any("old" in kind for part, kind in marks(entry)[place].items() if part == 1 - probability)


def test_what_cannot_be_set_is_refused():
    with pytest.raises(TypeError, match="no way to set"):
        latex(Interval(0, 1))


LAWS = {
    "log_of_product": (r"\log \prod_{i=r}^{s} a_i = \sum_{i=r}^{s} \log a_i", "a_i > 0"),
    "derivative_of_cosine": (
        r"\frac{\partial}{\partial x} \, \cos u = -(\sin u) \frac{\partial u}{\partial x}", ""),
    "derivative_of_indicator": (r"\frac{\partial}{\partial x} \, \mathbf{1}\left[ u > 0 \right] = 0", r"u \ne 0"),
    "differentiate_product": (r"\frac{\partial}{\partial x} \prod_{i=r}^{s} a_i = \sum_{i=r}^{s} "
                              r"\frac{\partial a_i}{\partial x} \prod_{j=r}^{s} a_j^{1 - \delta_{ij}}",
                              r"x\text{ is free of }i"),
    "sum_of_constant": (r"\sum_{i=r}^{s} c = c (1 + s - r)", r"c\text{ is free of }i"),
    "keep_one_term": (r"E\left( \sum_{k=r}^{s} a_k \right) \ge E(a_m)", r"a_k \ge 0; r \le m; m \le s; "
                      r"E(x)\text{ grows with }x"),
    "derivative_of_power": (r"\frac{\partial}{\partial x} \, u^a = a u^{a - 1} \frac{\partial u}{\partial x}",
                            r"a\text{ is free of }x; u > 0\text{ or }a \in \mathbb{Z}; a \ge 1\text{ or }u \ne 0"),
    "by_cases": ("f(x) = x f(1) + (1 - x) f(0)", r"x \in \{0, 1\}; f(x)\text{ has no derivative by }x"),
    "regroup": ("E(a) = E(b)", r"a\text{ is, multiplied out, the same as }b"),
    "spread_over_delta": (r"a_j = \sum_{i=1}^{s} a_i \delta_{ij}", r"1 \le j \le s; a_j\text{ is free of }i"),
    "linearity_of_sum": (r"\sum_{i=r}^{s} \left[ a_i + c b_i \right] = \sum_{i=r}^{s} a_i + c \sum_{i=r}^{s} b_i",
                         r"c \in \mathbb{Q}"),
}  # fmt: skip


@pytest.mark.parametrize("name", LAWS)
def test_a_law_is_set_with_its_conditions(name):
    (stated,) = RULES[name].laws
    assert (latex(stated.formula), "; ".join(map(latex, stated.conditions))) == LAWS[name]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_law_can_be_set(rule):
    assert rule.laws
    for stated in rule.laws:
        assert all(latex(part) and plain(part) for part in (stated.formula, *stated.conditions))


def test_no_sign_of_a_sentence_is_printed_as_another():
    assert escaped("a < b | c > d_e") == r"a \textless{} b \textbar{} c \textgreater{} d\_e"


def test_one_over_a_long_number_is_a_power():
    assert [plain(Rational(-1, 10**17)), latex(Rational(1, 2**30))] == ["−10^(−17)", "2^{-30}"]
    assert [plain(Rational(1, number)) for number in (1000, 1234567)] == ["1/1000", "1/1234567"]
