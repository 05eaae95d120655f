"""Placeholders in Markdown: what they become, and what stops the build."""

import pytest
from markdown import markdown

from derivations.catalogue import catalogue
from derivations.site import BadPlaceholder, mathml
from derivations.typeset import latex, statement


def render(text):
    return markdown(text, extensions=["toc", "fenced_code", "derivations.site"])


def test_a_chain_is_anchored_and_has_every_step():
    entry = catalogue()["bernoulli.score"]
    html = render("{{ chain bernoulli.score }}")
    assert html.count('id="bernoulli.score"') == 1
    assert html.count('<li class="step') == len(entry.steps) + 1
    for step in entry.steps:
        assert mathml(latex(step.expression), display=True) in html
    assert "Holds if" in html and "Checked: 9 steps at 30 points" in html
    assert '<a class="cites" href="bernoulli.html#bernoulli.log_likelihood">' in html


def test_a_definition_is_anchored_and_says_what_it_is():
    html = render("{{ chain softmax.probability }}")
    assert 'id="softmax.probability"' in html and ">Definition<" in html and "The probability of class k" in html


def test_a_result_is_displayed_without_an_anchor():
    html = render("{{ result softmax.gradient }}")
    assert mathml(statement(catalogue()["softmax.gradient"]), display=True) in html
    assert 'id="softmax.gradient"' not in html and 'href="softmax.html#softmax.gradient"' in html


def test_inline_name_and_symbol_stand_in_a_sentence():
    entry = catalogue()["softmax.gradient"]
    html = render("The gradient {{ name softmax.gradient }} is {{ inline softmax.gradient }}, for each {{ symbol z[k] }}.")
    assert html.startswith("<p>The gradient <math") and html.endswith(".</p>")
    for expression in (entry.name, entry.result):
        assert mathml(latex(expression)) in html
    assert mathml("z_k") in html


def test_formulas_carry_their_latex():
    assert '<annotation encoding="application/x-tex">p_m - y_m</annotation>' in render("It is {{ inline softmax.gradient }}.")


def test_latex_that_is_not_known_is_refused():
    with pytest.raises(Exception, match="notacommand"):
        mathml(r"\notacommand{x}")


def test_code_is_left_alone():
    assert "{{ chain nothing.here }}" in render("```\n{{ chain nothing.here }}\n```\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ chain bernoulli.scor }}", "names an unknown id; nearest: bernoulli.score"),
        ("{{ result qqq }}", "nearest: none"),
        ("{{ chian bernoulli.score }}", "takes one of chain, result, inline, name, symbol"),
        ("{{ chain }}", "takes one of"),
        ("{{ bernoulli.score }}", "takes one of"),
        ("Here is {{ chain bernoulli.score }}.", "must stand on a line of its own"),
        ("An open {{ inline bernoulli.score", "does not close"),
        ("A {{ symbol w[i] }}.", "not in the notation; it knows"),
        ("A {{ symbol n[i] }}.", "not in the notation"),
        ("A {{ symbol p[i] + 1 }}.", "not in the notation"),
    ],
)
def test_what_is_not_well_formed_stops_the_build(text, message):
    with pytest.raises(BadPlaceholder, match=message.replace("[", r"\[")):
        render(text)
