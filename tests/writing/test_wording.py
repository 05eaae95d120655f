"""What is said of a step, and what is shown of an entry, says something: in a reader's words and not in a program's."""

import inspect
import re

import pytest
from pages import PROJECT

from derivations.catalogue import catalogue
from derivations.engine.derivation import law_of
from derivations.engine.replay import MODULES, RULES
from derivations.site.pieces import law_in_words, sentence, words
from derivations.site.proofs import proof
from derivations.writing.typeset import in_law, in_words, latex, plain, statement

ENTRIES = catalogue()
STEPS = [(f"{entry.id}, step {number}", step) for entry in ENTRIES.values() if entry.kind == "derivation"
         for number, step in enumerate(entry.steps, start=1)]
PARAMETERS = {name for rule in RULES.values() for name in inspect.signature(rule).parameters}


def seen(expression):
    """What a reader sees of a formula: letters and signs, without spaces and without what groups them."""
    return re.sub(r"[\s{}]|\\(left|right|bigl|bigr|,)", "", latex(expression))


def test_no_statement_says_that_a_thing_is_itself():
    named = [entry for entry in ENTRIES.values() if hasattr(entry, "result")]
    assert len(named) > 100
    assert not [statement(entry, plain) for entry in named if seen(entry.name) == seen(entry.result)]


def test_no_step_leaves_its_line_as_it_looked():
    assert len(STEPS) > 500
    assert not [f"{where}: {plain(step.expression)}" for where, step in STEPS
                if seen(step.before) == seen(step.expression)]


def test_what_a_step_cites_is_shown_on_a_page():
    pages = "".join(page.read_text(encoding="utf-8") for page in (PROJECT / "docs").glob("*.md"))
    shown = set(re.findall(r"\{\{ *(?:chain|key|lemma) +([\w.]+) *\}\}", pages))
    cited = {source.id for _, step in STEPS for source in step.cites}
    assert len(cited) > 50 and cited <= shown


def program_words(text):
    """The parameters that a text names as a program does, and what only a program is written with."""
    names = "|".join(sorted(PARAMETERS))
    return re.findall(rf"`|\{{\w+: \w+\}}|\b(?:in|is|of|by|at) (?:{names})\b", text)


@pytest.mark.parametrize("text", ["the logarithms in kept stay", "k is `running`; or {m: k}, where m is the index"])
def test_a_parameter_that_is_named_would_be_seen(text):
    assert program_words(text)


def test_no_law_and_no_reason_names_a_parameter():
    texts = [*map(law_of, RULES.values()), *(module.__doc__ for module in MODULES)]
    texts += [step.because for _, step in STEPS]
    assert not [text for text in texts if program_words(text)]
    assert not [text for text in texts if set(re.findall(r"\b[a-z]+_[a-z_]+\b", text)) & (PARAMETERS | RULES.keys())]


def test_only_what_defines_is_called_a_definition_and_only_what_was_derived_is_said_to_be_found():
    for where, step in STEPS:
        if step.rule == "unfold":
            (source,) = step.cites
            assert "its definition" not in step.because or source.kind == "definition", where
            assert "found to be" not in step.because or source.kind == "derivation", where


def test_what_unfolds_a_derived_result_says_that_it_was_derived():
    assert "</a> as derived in <a" in proof(ENTRIES["bernoulli.cross_entropy"])
    assert "as derived in" not in proof(ENTRIES["sigmoid.growing_form"])  # it unfolds a definition


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("n does not depend on k",
         "<math><mi>n</mi></math> does not depend on "
         '<span class="whole"><math><mi>k</mi></math>.</span>'),
        ("a count is a sum.", "A count is a sum."),
        ("I say: this is a rate, i.e. a share", "I say: this is a rate, i.e. a share."),
        ("1 is log-sum-exp of Gibbs' model", "1 is log-sum-exp of Gibbs&#x27; model."),
    ],
)
def test_a_sentence_begins_with_a_capital_but_mathematics_keeps_its_own(said, shown):
    assert sentence(said) == shown


def test_no_line_ends_between_a_formula_and_the_sign_beside_it():
    assert re.sub("<math>.*?</math>", "M", words("the pair (y, 1 − y) of k classes; m and l, say")) == (
        'the pair <span class="whole">(M,</span> <span class="whole">M)</span> of M classes; '
        'M and <span class="whole">M,</span> say')


@pytest.mark.parametrize(
    ("said", "formulas"),
    [
        ("the one with k = m", ["k = m"]),
        ("the label 0 has the probability 1 − p, and p_k is above", ["1 - p", "p_k"]),
        ("1/K is positive, at −z, and h² too", ["1/K", "-z", "h^2"]),
        ("ε and K; the pair (y, 1 − y)", [r"\varepsilon", "K", "y", "1 - y"]),
        ("A step of a model's 2 classes, I mean p. 84", []),
    ],
)
def test_letters_in_a_sentence_are_mathematics_and_words_are_not(said, formulas):
    assert [part for part, formula in in_words(said) if formula] == formulas


@pytest.mark.parametrize(
    ("said", "formulas"),
    [("-a log b >= a_k", ["a", "b", "a_k"]), ("sum_k a_k >= E(max(a, b))", [r"\sum_k", "a_k", "E", "a", "b"])],
)
def test_in_a_law_the_letter_a_is_mathematics_too(said, formulas):
    assert [part for part, letter in in_law(said) if letter] == formulas
    assert ">" not in re.sub(r"<.*?>", "", law_in_words(said))


def test_every_letter_of_a_reason_looks_as_in_a_formula():
    for where, step in STEPS:
        bare = re.sub(r"<math>.*?</math>", "", words(step.because))
        assert not re.search(r"(?<![\w'’])[^\W\d_aA](?![\w'’])", re.sub(r"&#?\w+;", "", bare)), f"{where}: {bare}"
