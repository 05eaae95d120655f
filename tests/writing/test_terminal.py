"""Lines for a terminal, and what a step did, in a phrase."""

import os
import re
import unicodedata
from dataclasses import dataclass

import pytest

from derivations.catalogue import catalogue
from derivations.writing.steps import phrase, what
from derivations.writing.terminal import Terminal, ascii_text, broken_formula, places
from derivations.writing.typeset import latex, plain, statement

ENTRIES = list(catalogue().values())


def width_of(line):
    return sum(not unicodedata.combining(sign) for sign in line)


@pytest.mark.parametrize(
    ("id", "rule", "said"),
    [
        ("softmax.gradient", "sift_kronecker_delta", "k = m"),
        ("softmax.gradient", "by_hypothesis", "∑ₖ₌₁ᴷ yₖ becomes 1"),
        ("log_sum_exp.row_bound", "cite", "at l := m"),
        ("softmax.jacobian", "cite", "at m := l"),
        ("bernoulli.score", "sift_kronecker_delta", "i = j"),
        ("entropy.total_frequency", "sift_kronecker_delta", "u = gᵢ"),
        ("softmax.hessian", "linearity_of_derivative", ""),  # the labels do not become 0
    ],
)
def test_a_step_says_what_it_did(id, rule, said):
    step = [step for step in catalogue()[id].steps if step.rule == rule][-1]
    assert phrase(step) == said
    assert bool(what(step, latex)) == bool(said)


def test_every_step_can_say_what_it_did_in_a_short_phrase():
    for entry in ENTRIES:
        for step in entry.steps:
            for kind, left, right in what(step):
                assert kind in ("at", "fixed", "becomes", "bounded") and left != right, entry.id
                assert kind != "becomes" or len(left + right) <= 40, entry.id
            mapped = any(isinstance(argument, dict) for argument in step.arguments)
            assert mapped or not phrase(step).startswith("at "), entry.id


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("∑ₖ₌₁ᴷ yₖ log pₖ", "sum_{k=1}^K y_k log p_k"),
        ("∂/∂zₘ H(y, p) ≤ −1", "d/dz_m H(y, p) <= -1"),
        ("∑_(k≠m) p̂ᵢₖ²", "sum_{k!=m} phat_{ik}^2"),
        ("log 10⁻¹⁷", "log 10^{-17}"),
        ("e^zₖ pᵢₖ^yᵢₖ e^(−z)", "e^{z_k} p_{ik}^{y_{ik}} e^(-z)"),
        ("φ_{gᵢk} − Λ(λ)", "phi_{g_i k} - Lambda(lambda)"),
        ("ẑₖ ỹ z̃ v̄ √p Geršgorin", "zhat_k ytilde ztilde vbar sqrtp Gersgorin"),
    ],
)
def test_ascii(text, ascii):
    assert ascii_text(text) == ascii


@pytest.mark.parametrize("width", [40, 60, 80])
def test_formulas_are_broken_at_spaces_and_fit(width):
    for entry in ENTRIES:
        for formula in [statement(entry, plain), *(plain(step.expression) for step in entry.steps)]:
            for text in (formula, ascii_text(formula)):
                lines = broken_formula(text, width, width - 4)
                assert " ".join(lines) == text
                assert all(width_of(line) <= width for line in lines), text


def test_a_formula_is_broken_at_a_relation_first_then_at_a_sign_then_at_a_factor():
    assert broken_formula("a + b = c + d", 8, 8) == ["a + b", "= c + d"]
    assert broken_formula("a b + c d (e + f)", 10, 20) == ["a b", "+ c d (e + f)"]
    assert broken_formula("aaa bbb (c + d)", 10, 10) == ["aaa bbb", "(c + d)"]
    assert broken_formula("aa ∑ₖ₌₁ᴷ bb log cc", 8, 20) == ["aa", "∑ₖ₌₁ᴷ bb log cc"]


def test_lines_fit_a_terminal_with_a_hanging_indent():
    for entry in ENTRIES:
        for line in [*Terminal(80).chain(entry, "a work"), *Terminal(80).record(entry.id, statement(entry, plain), 56)]:
            assert width_of(line) <= 80, line


class Screen:
    encoding = "utf-8"

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, os.name != "nt"), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_show_it(environment, coloured):
    shown = "\n".join(Terminal.of(Screen(), environment=environment).chain(catalogue()["softmax.gradient"]))
    assert ("\033[" in shown) == coloured
    plain_text = re.sub(r"\033\[\d*m", "", shown)
    width = Terminal.of(Screen(), environment=environment).width
    assert plain_text == "\n".join(Terminal(width).chain(catalogue()["softmax.gradient"]))


@dataclass
class Found:
    id: str
    outcome: str = "verified"
    steps: int = 12
    points: int = 300
    digits: int = 48
    failure: str = ""


def test_tables_fit_a_terminal():
    widest = max(len(entry.id) for entry in ENTRIES)
    for entry in ENTRIES:
        lines = Terminal(80).check(Found(entry.id), widest)
        lines += Terminal(80).use(entry.id, places((0, 1, 3)), entry.title, widest)
        assert all(width_of(line) <= 80 for line in lines), entry.id
        assert len(Terminal().check(Found(entry.id), widest)) == 1
        assert len(Terminal().use(entry.id, places((1,)), entry.title, 9)) == 1


def without_colour(line):
    return re.sub(r"\033\[\d*m", "", line)


@pytest.mark.parametrize("width", [20, 40, 46, 60, 100])
def test_the_rows_of_a_check_are_wrapped_in_a_narrow_terminal_and_colour_takes_no_room(width):
    for found in (Found("softmax.gradient"), Found("softmax.gradient", "refuted", failure="it fails at k = 2 " * 5)):
        lines = Terminal(width).check(found, 40)
        assert all(width_of(line) <= max(width, 24) for line in lines) and "softmax.gradient" in lines[0]
        assert "12 steps" in " ".join(" ".join(lines).split())
        coloured = Terminal(width, colours=True).check(found, 40)
        assert lines == [without_colour(line) for line in coloured] != coloured
