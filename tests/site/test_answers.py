"""A chapter answers what it asks before its first section: with a result of its own, a reason and numbers."""

import re
from pathlib import Path

import pytest
from markdown import markdown

from derivations.catalogue import CHAPTERS

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r'^<div class="answer" markdown="block">\n(.*?)\n</div>$', re.MULTILINE | re.DOTALL)
PARTS = ("**The answer.**", "{{ result ", "**Why?**", "**With numbers.**", "{{ value ")  # in this order
chapters = pytest.mark.parametrize("chapter", CHAPTERS)


def page(chapter):
    return (DOCS / f"{chapter}.md").read_text(encoding="utf-8")


def answer(chapter):
    """What stands in the answer of a chapter, between its introduction and its first section."""
    (found,) = BLOCK.findall(page(chapter).partition("\n## ")[0])
    return found


@chapters
def test_a_chapter_has_one_answer_before_its_first_section(chapter):
    assert page(chapter).count('class="answer"') == 1
    assert answer(chapter)


@chapters
def test_an_answer_has_a_result_of_its_chapter_a_reason_and_numbers(chapter):
    places = [answer(chapter).find(part) for part in PARTS]
    assert -1 not in places
    assert places == sorted(places)
    assert re.search(rf"^\{{\{{ result {chapter}\.[a-z_]+ \}}\}}$", answer(chapter), re.MULTILINE)


@chapters
def test_a_reason_has_at_most_three_sentences(chapter):
    reason = re.search(r"\*\*Why\?\*\*(.*?)\n\n", answer(chapter), re.DOTALL)[1]
    sentences = re.split(r"(?<=\.)\s+", re.sub(r"\{\{.*?\}\}|\]\(.*?\)", "", reason).strip())
    assert len(sentences) <= 3, sentences


def test_the_numbers_are_those_of_a_calculation_by_hand():
    """Softmax of 2, 1, 0: its probabilities, the loss of the first class, the gradient."""
    html = markdown(answer("softmax"), extensions=["derivations.site.placeholders"])
    found = [float(text.replace("−", "-")) for text in re.findall(r'<span class="value">([^<]*)</span>', html)]
    assert found == [0.665, 0.245, 0.09, 0.408, -0.335, 0.245, 0.09]
