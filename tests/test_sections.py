"""A chapter and its page are read side by side: the same sections, under the same headings, with the same entries."""

import re
from pathlib import Path

import pytest

from derivations.catalogue import CHAPTERS, catalogue

DOCS = Path(__file__).parent.parent / "docs"
CHAPTER_FILES = DOCS.parent / "derivations"
HEADING = re.compile(r"## (.+?)(?: \{ #\S+ \})?")
CHAIN = re.compile(r"\{\{ (?:chain|key|lemma) (\S+) \}\}")
SECTION = re.compile(r"# --- (.+) ---")
ID = re.compile(r'.*?"([a-z_]+\.[a-z_]+)"')  # the first string of a definition, or of a derivation

chapters = pytest.mark.parametrize("chapter", CHAPTERS)


def sections_of_page(chapter):
    """Heading -> the entries of this chapter that the page shows under it; only headings that have some."""
    page = (DOCS / f"{chapter}.md").read_text(encoding="utf-8")
    sections = sections_of(page, HEADING, CHAIN, f"{chapter}.")
    return {heading: ids for heading, ids in sections.items() if ids}


def sections_of_file(chapter):
    """Comment -> the entries that are defined under it."""
    return sections_of((CHAPTER_FILES / f"{chapter}.py").read_text(encoding="utf-8"), SECTION, ID, f"{chapter}.")


def sections_of(text, heading, entry, prefix):
    sections, entries = [], []
    for line in text.splitlines():
        if found := heading.fullmatch(line):
            entries = []
            sections.append((found[1], entries))
        elif (found := entry.match(line)) and found[1].startswith(prefix):
            entries.append(found[1])
    assert len(dict(sections)) == len(sections), "two sections have the same heading"
    return dict(sections)


@chapters
def test_a_chapter_has_the_sections_of_its_page(chapter):
    assert list(sections_of_file(chapter)) == list(sections_of_page(chapter))


@chapters
def test_a_section_defines_what_the_page_shows_there(chapter):
    """What the page does not show, a chapter may define where it is used."""
    shown = sections_of_page(chapter)
    everything = {id for ids in shown.values() for id in ids}
    assert everything <= catalogue().keys()
    assert {heading: {*ids} & everything for heading, ids in sections_of_file(chapter).items()} == \
        {heading: {*ids} for heading, ids in shown.items()}
