"""A title says its subject by itself: it stands alone among hits, in the contents of a page and in a terminal."""

import re
from collections import Counter

from mkdocs.utils.yaml import yaml_load
from pages import PROJECT

from derivations.catalogue import CHAPTERS, catalogue, chapter_title

LONGEST = 60
# What points at a neighbour that a list of hits does not show.
POINTS_ELSEWHERE = re.compile(r"^(it|its|their|they|this|that|these|those)\b|\bthe same\b")
# Words for so many things that they name none.
VAGUE = {"a", "an", "in", "is", "of", "the", "gradient", "hessian", "jacobian", "loss", "logits", "weights", "convex",
         "slope", "derivative", "variance", "shift", "sum"}  # fmt: skip

ABOVE = re.compile(r"\b(exceeds?|above|larger than|more than|at least|positive|large)\b")
BELOW = re.compile(r"\b(below|smaller than|less than|at most|negative|beats?)\b")
NOT_THE_RELATION = re.compile(r"^how far\b")  # it says of which difference the bound is


def direction(title):
    """Which relation a title says; None where it says none. "No ... exceeds" says at most."""
    found = {sign for sign, words in ((">=", ABOVE), ("<=", BELOW)) if words.search(title)}
    if len(found) != 1 or NOT_THE_RELATION.search(title):
        return None
    denied = bool(re.search(r"\b(no|never|none|nothing)\b", title))
    return {(">=", True): "<=", ("<=", True): ">="}.get((*found, denied), *found)


def vague(title):
    return bool(POINTS_ELSEWHERE.search(title)) or {*re.findall(r"[\w-]+", title.lower())} <= VAGUE


def test_titles_are_unique_and_short():
    titles = Counter(entry.title for entry in catalogue().values())
    assert [title for title, times in titles.items() if times > 1] == []
    assert [title for title in titles if not 0 < len(title) <= LONGEST] == []


def test_titles_begin_as_in_the_middle_of_a_sentence():
    """Lower-case, but for the name of a person, of a thing named after one, or of a capital letter's quantity."""
    names = ("Kullback", "Gibbs", "Bernoulli", "Lagrang", "Brier", "Jacobian", "Hessian", "Fisher", "Newton")
    assert [entry.title for entry in catalogue().values()
            if not entry.title[0].islower() and not entry.title.startswith(names)] == []


def test_titles_say_their_subject():
    for title in ("the gradient", "their sum", "gradient of the loss in the weights", "the same for one-hot labels"):
        assert vague(title)
    assert [entry.id for entry in catalogue().values() if vague(entry.title)] == []


SAID = [entry for entry in catalogue().values()
        if entry.kind == "derivation" and entry.relation != "=" and direction(entry.title)]  # fmt: skip


def test_titles_say_the_direction_of_an_inequality():
    assert len(SAID) > 15
    assert [entry.id for entry in SAID if direction(entry.title) != entry.relation] == []


def test_another_direction_or_quantifier_in_a_title_is_seen():
    swaps = [("exceeds", "is below"), ("at most", "at least"), ("at least", "at most"), ("above", "below"),
             ("below", "above"), ("no", "every"), ("never", "always")]  # fmt: skip
    changed = [(entry, re.sub(rf"\b{old}\b", new, entry.title, count=1)) for entry in SAID for old, new in swaps]
    changed = [(entry, title) for entry, title in changed if title != entry.title]
    assert len(changed) > 15
    assert [title for entry, title in changed if direction(title) == entry.relation] == []


def test_a_chapter_is_called_the_same_in_the_navigation_and_in_the_package():
    """The list of results and the book have the names from the package, which is installed without the pages."""
    groups = yaml_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    called = {file: name for group in groups for name, file in _pages(group)}
    assert {name: called[f"{name}.md"] for name in CHAPTERS} == {name: chapter_title(name) for name in CHAPTERS}


def _pages(group):
    """The pages of an entry of the navigation, as names and files."""
    for name, below in group.items():
        yield from [(name, below)] if isinstance(below, str) else [pair for one in below for pair in one.items()]


def test_the_home_page_lists_the_pages_as_the_navigation_does():
    _, *nav = yaml_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]  # but itself
    listed = (PROJECT / "docs" / "index.md").read_text(encoding="utf-8").partition("## What is on each page")[2]
    groups = dict(re.findall(r"^\*\*(.*?)\*\*.*\n\n((?:(?:- |  ).*\n)+)", listed, re.MULTILINE))
    found = {name: re.findall(r"^- \[.*?\]\((.*?)\)", lines, re.MULTILINE) for name, lines in groups.items()}
    wanted = {name: [page for one in pages for page in one.values()] if isinstance(pages, list) else [pages]
              for group in nav for name, pages in group.items()}  # fmt: skip
    assert found == wanted and [*found] == [*wanted]
