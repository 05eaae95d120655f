"""The cards of the chapters: a few key results, each with its reason in a few sentences and with an example."""

import re

import pytest
from pages import PROJECT

from derivations.catalogue import CHAPTERS, catalogue
from derivations.signatures import formula_of, named_arguments, written_out
from derivations.site.placeholders import with_paragraphs

CARD = re.compile(r"\{\{ (chain|key|lemma) ([\w.]+) \}\}")
NUMBERS = "**With numbers.**"
MOST_KEYS, MOST_SENTENCES = 7, 3


def cards(chapter):
    """Kind, entry and paragraphs of each card of a chapter's page."""
    lines = (PROJECT / "docs" / f"{chapter}.md").read_text(encoding="utf-8").split("\n")
    found = [(CARD.fullmatch(line.strip()), paragraphs) for _, line, paragraphs in with_paragraphs(lines)]
    return [(card[1], catalogue()[card[2]], paragraphs) for card, paragraphs in found if card]


CARDS = [pytest.param(*card, id=card[1].id) for chapter in CHAPTERS for card in cards(chapter)]
DERIVED = [card for card in CARDS if card.values[1].kind == "derivation"]
KEYS = [card for card in CARDS if card.values[0] == "key"]


def sentences(text):
    """How many sentences a paragraph has: ends are full stops, question marks and colons no less than they look."""
    plain = re.sub(r"\{\{.*?\}\}|\]\(.*?\)|\d[.,]\d", "x", text)
    return len(re.findall(r"[.?!](?=\s|$)", plain))


def has_a_value(entry):
    """Whether the result of an entry is a function of something."""
    try:
        expression = written_out(formula_of(entry))
        return bool(named_arguments(entry, expression))
    except ValueError:
        return False


def test_the_count_of_sentences_counts():
    assert sentences("One. Two, with 0.5 and {{ value a.b p=.5 places=3 }}. Three?") == 3
    assert sentences("It is 1.5.") == 1


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_about_a_handful_of_results(chapter):
    keys = [entry.id for kind, entry, _ in cards(chapter) if kind == "key"]
    assert 1 <= len(keys) <= MOST_KEYS, keys


@pytest.mark.parametrize("kind, entry, paragraphs", DERIVED)
def test_a_derived_result_says_why_in_at_most_three_sentences(kind, entry, paragraphs):
    why = [paragraph for paragraph in paragraphs if not paragraph.startswith(NUMBERS)]
    assert why or kind == "lemma"
    assert sum(map(sentences, why)) <= MOST_SENTENCES, why


@pytest.mark.parametrize("kind, entry, paragraphs", KEYS)
def test_a_key_result_has_an_example_with_computed_numbers(kind, entry, paragraphs):
    numbers = [paragraph for paragraph in paragraphs if paragraph.startswith(NUMBERS)]
    assert numbers or not has_a_value(entry)
    assert all("{{ value " in paragraph for paragraph in numbers)
