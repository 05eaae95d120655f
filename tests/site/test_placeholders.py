"""Placeholders in Markdown: what they become, and what stops the build."""

import re

import pytest
from markdown import markdown

from derivations.catalogue import catalogue
from derivations.notation import NOTATION
from derivations.site.lines import in_pieces
from derivations.site.pieces import light, mathml
from derivations.site.placeholders import BadPlaceholder
from derivations.sources import SOURCES
from derivations.writing.marks import marks
from derivations.writing.typeset import latex, latex_chain, statement, unmarked


def render(text):
    return markdown(text, extensions=["toc", "fenced_code", "derivations.site.placeholders"])


def test_a_chain_is_anchored_and_has_every_step():
    entry = catalogue()["bernoulli.score"]
    html = render("{{ chain bernoulli.score }}")
    assert html.count('id="bernoulli.score"') == 1
    assert html.count('<li class="step') == len(entry.steps) + 1
    for step, parts in zip(entry.steps, marks(entry)[1:]):
        assert in_pieces(mathml(latex(step.expression, parts), display=True)) in html
    assert "Holds if" in html and re.search(r"9 steps at \d\d points", html)
    assert '<a class="cites" href="bernoulli.html#bernoulli.log_likelihood">' in html


def test_a_chain_carries_its_latex_once_as_the_command_line_writes_it():
    html = render("{{ chain bernoulli.score }}")
    assert html.count(f'\n{latex_chain(catalogue()["bernoulli.score"])}</script>') == 1
    assert "</" not in "".join(latex_chain(entry) for entry in catalogue().values())


def test_a_step_says_at_what_it_cites():
    html = render("{{ chain softmax.gradient_sum }}")
    assert f'<span class="did">at {light("m := k")}</span>' in html
    assert '<span class="did">at' not in render("{{ chain categorical.mean }}")  # c := c


def test_marks_are_classes_and_change_neither_the_signs_nor_the_spaces_nor_the_annotation():
    text = r"y \, {\color{olive}x {\color{teal}\log p_{\color{violet}i}}} + {\color{teal}\sum_{k=1}^{K} a} < 1"
    marked, bare = mathml(text), mathml(unmarked(text))
    assert [marked.count(f'class="{kind}"') for kind in ("old", "new", "new old")] == [1, 2, 1]
    assert re.sub(r"</?mrow[^>]*>| class=\"[a-z ]+\"", "", marked) == re.sub("</?mrow>", "", bare).replace(
        "&ApplyFunction;", "\u2061"
    )


def test_a_definition_is_anchored_and_says_what_it_is():
    html = render("{{ chain softmax.probability }}")
    assert 'id="softmax.probability"' in html and ">Definition<" in html
    assert "The probability of class <math><mi>k</mi></math>" in html


def test_a_result_is_displayed_without_an_anchor():
    html = render("{{ result softmax.gradient }}")
    assert in_pieces(mathml(statement(catalogue()["softmax.gradient"]), display=True)) in html
    assert 'id="softmax.gradient"' not in html and 'href="softmax.html#softmax.gradient"' in html


def test_inline_name_and_symbol_stand_in_a_sentence():
    entry = catalogue()["softmax.gradient"]
    html = render(
        "The gradient {{ name softmax.gradient }} is {{ inline softmax.gradient }}, for each {{ symbol z[k] }}."
    )
    assert html.startswith("<p>The gradient <math") and html.endswith(".</span></p>")
    for expression in (entry.name, entry.result):
        assert mathml(latex(expression)) in html
    assert mathml("z_k") in html


def test_a_value_is_computed_and_not_typed():
    assert '<span class="value">0.7</span>' in render("It is {{ value bernoulli.mass y=0 p=.3 }}.")
    assert '<span class="value">7/10</span>' in render("It is {{ value bernoulli.mass y=0 p=.3 exact=1 }}.")
    assert '<span class="value">0.3</span>' in render("{{ value bernoulli.mass y=0 p=? equals=.7 between=(0,1) }}")
    assert '<span class="value">37</span>' in render("{{ value numerics.naive_sigmoid z }}")
    assert '<span class="value">1075</span>' in render("{{ value likelihood.underflow n }}")
    assert '<span class="value">−2.408</span>' in render(
        "{{ value cross_entropy.two_outcomes y=0 p=.7 digits=3 times=-2 }}"
    )


def test_no_number_becomes_0_by_rounding_and_what_is_typed_is_meant():
    asked = "z=-40 digits=12", "z=-9 places=3"
    tiny, small = (render(f"{{{{ value sigmoid.log_complement {what} }}}}") for what in asked)
    assert '<span class="value">−4.25\u00a0·\u00a010⁻¹⁸</span>' in tiny
    assert '<span class="value">−1.23\u00a0·\u00a010⁻⁴</span>' in small
    assert '<span class="value">0</span>' in render("{{ value bernoulli.shared_score y=(1,0,1,1,0) p=.6 }}")


def test_what_breaks_without_each_hypothesis_is_shown():
    html = render("{{ chain softmax.gradient }}")
    # That class m exists is the scope of the statement.
    assert html.count("<dt>") == 1 == len(catalogue()["softmax.gradient"].hypotheses) - 1
    assert f'<p class="scope" data-search-exclude>for every class {light("m")}</p>' in html
    assert "The statement fails at" in html


def test_a_chain_that_goes_on_from_another_shows_what_is_new():
    html = render("{{ chain softmax.gradient }}")
    assert "8 steps, 7 of them as in another derivation" in html
    _, start, shared, new = html.split('<ol class="steps" data-search-exclude>')
    assert start.count('<li class="step') == 1 and shared.count('<li class="step') == 7
    assert new.count('<li class="step') == 2  # the line it goes on from, and what is new
    assert "<summary data-search-exclude>7 steps as in softmax.weighted_gradient</summary>" in html
    assert 'as derived in <a class="cites" href="softmax.html#softmax.weighted_gradient">' in html
    assert "steps as in" not in render("{{ chain softmax.hessian }}")


def test_the_four_kinds_are_told_apart():
    kinds = {"Derived": "softmax.gradient", "Definition": "distributions.simplex",
             "Counterexample": "cross_entropy.asymmetry",
             "Cited, not derived": "logistic_regression.separation"}  # fmt: skip
    for label, id in kinds.items():
        assert re.search(rf'<(span|a) class="label"[^>]*>{label}</\1>', render(f"{{{{ chain {id} }}}}"))


def test_the_tables_hold_every_symbol_quantity_and_source():
    assert render("{{ table notation }}").count("<tr") == len(NOTATION) + 1
    assert mathml(latex(catalogue()["softmax.log_sum_exp"].name)) in render("{{ table quantities }}")
    assert render("{{ table sources }}").count("<dt id=") == len(SOURCES)


def test_formulas_carry_their_latex():
    assert '<annotation encoding="application/x-tex">p_m - y_m</annotation>' in render(
        "It is {{ inline softmax.gradient }}."
    )


def test_latex_that_is_not_known_is_refused():
    with pytest.raises(Exception, match="notacommand"):
        mathml(r"\notacommand{x}")


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{ chain nothing.here }}\n```\n",
        "~~~~ markdown\n```\n~~~\n{{ chain nothing.here }}\n~~~~\n",
        "`````\n````\n{{ chain nothing.here }}\n~~~\n`````\n",
        "Written `{{ chain nothing.here }}`.",
        "Written ``a ` and {{ chain nothing.here }}``.",
        "Written `over two lines\n{{ chain nothing.here }}`.",
        "<!-- {{ chain nothing.here }} -->\n",
        "<!-- a remark\n```\n{{ chain nothing.here }}\n-->\n",
    ],
)
def test_code_and_comments_are_left_alone(text):
    html = render(f"{text}\nThen {{{{ inline softmax.gradient }}}} follows.\n")
    assert "{{ chain nothing.here }}" in html and "Then <math" in html


@pytest.mark.parametrize(
    "text",
    [
        "```\n{{ chain nothing.here }}\n",
        "One ` and\n\n{{ chain nothing.here }} `.",
        "A \\`{{ chain nothing.here }}\\`.",
    ],
)
def test_what_only_begins_like_code_is_not_code(text):
    with pytest.raises(BadPlaceholder):
        render(text)


def test_a_bad_placeholder_is_found_by_its_line():
    with pytest.raises(
        BadPlaceholder, match=r"^line 6, 'See \{\{ inline bernoulli.scor \}\}.': .* nearest: bernoulli.score"
    ):
        render("# A page\n\n```\n{{ code }}\n```\nSee {{ inline bernoulli.scor }}.\n")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ chain bernoulli.scor }}", "names an unknown id; nearest: bernoulli.score"),
        ("{{ result qqq }}", "nearest: none"),
        ("{{ chian bernoulli.score }}",
     "takes one of chain, key, lemma, result, table, figure, loss, refused, typed, functions, inline"),
        ("{{ chain }}", "takes one of"),
        ("{{ bernoulli.score }}", "takes one of"),
        ("Here is {{ chain bernoulli.score }}.", "must stand on a line of its own"),
        ("An open {{ inline bernoulli.score", "does not close"),
        ("A {{ symbol Q[i] }}.", "not in the notation; it knows"),
        ("A {{ symbol n[i] }}.", "not in the notation"),
        ("A {{ symbol 3 }}.", "a number is not a symbol"),
        ("{{ table chairs }}", "names an unknown table; there are notation, quantities, sources, reports, rules"),
        ("A {{ value bernoulli.mas y=1 p=.3 }}.", "names an unknown id; nearest: bernoulli.mass"),
        ("A {{ value bernoulli.mass y=1 }}.", "takes p, y; given: y"),
        ("A {{ value bernoulli.mass y=1 p=.3+ }}.", "is not a number, nor a tuple"),
        ("A {{ value bernoulli.mass y=1 p=? }}.", "say equals= and between="),
        ("A {{ value bernoulli.mass y=1 p=? equals=2 between=(0,1) }}.", "must have different signs"),
        ("A {{ value likelihood.underflow q }}.", "name one symbol that it has a value for, of n, p"),
        ("A {{ value bernoulli.mass p }}.", "bernoulli.mass is a definition"),
        ("A {{ value bernoulli.mass y=1 p=7 }}.", "outside its domain"),
        ("A {{ inline cross_entropy.asymmetry }}.", "it is a counterexample and has no result"),
        ("A {{ symbol p[i] + 1 }}.", "not in the notation"),
    ],
)
def test_what_is_not_well_formed_stops_the_build(text, message):
    with pytest.raises(BadPlaceholder, match=re.escape(message)):
        render(text)


def test_no_line_ends_within_a_calculation():
    html = markdown("0.5 · (1 − 0.5) is 1 / 4", extensions=["derivations.site.placeholders"])
    assert "(1\u00a0−\u00a00.5)" in html and "1\u00a0/\u00a04" in html


def test_no_line_begins_with_the_comma_after_a_formula():
    html = render("Of {{ symbol K }}, ({{ symbol p[i] }} or {{ symbol q }}), and {{ symbol z }} too.")
    whole = re.findall(r'<span class="whole">(.*?)</span>', html)
    assert [re.sub("<annotation.*?</annotation>|<.*?>", "", text) for text in whole] == ["K,", "(pi", "q),"]
    assert "<math" in html.partition("and ")[2] and 'class="whole"' not in html.partition("and ")[2]
