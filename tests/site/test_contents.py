"""What leads to the parts of a page: its contents in the margin, and the addresses that its headings once had."""

import json
import re

import pytest
from pages import DESK, PHONE, Page, addresses, source

from derivations.catalogue import CHAPTERS, catalogue

LINES = range(1, 13)  # of a contents list
LINE = re.compile(r'<a href="#([^"]+)" class="md-nav__link">')
PARTS = re.compile(r'<h([23]) id="([^"]+)"')

# Every heading that the page of questions had when it followed one note on the web, section by section.
FORMER_QUESTIONS = """
questions-of-a-blog-post-answered the-way-from-likelihood-to-cross-entropy s1 s2
the-formulas e1a e1b e1c e2a e2b e2c e2d
things-to-ponder q1 q2 q3 q4 q5 q6 q7 q8 q9 q10 q11a q11b q11c q12 q13
what-training-does c1 c2 c3 c4 c5 c6
the-references-of-the-post r1 r2 what-the-post-leaves-out m1 m2 m3 m4
""".split()


def contents(built_site, address):
    """The lines of each contents list of a page: one for the margin, one for the drawer of a phone."""
    text = (built_site / address).read_text(encoding="utf-8")
    return [LINE.findall(part) for part in text.split('data-md-component="toc"')[1:]]


@pytest.mark.parametrize("address", [address for address in addresses() if "hide:\n  - toc" not in source(address)])
def test_a_contents_list_is_short_and_has_every_section(built_site, address):
    parts = PARTS.findall((built_site / address).read_text(encoding="utf-8"))
    sections = [anchor for level, anchor in parts if level == "2"]
    everything = [anchor for _, anchor in parts]
    lists = contents(built_site, address)
    assert len(lists) == 2
    for lines in lists:
        assert len(lines) in LINES
        assert lines == (everything if len(everything) in LINES else sections)
        assert len(lines) >= 2 or address.removesuffix(".html") not in CHAPTERS


def test_the_search_still_finds_what_the_contents_leave_out(built_site):
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"] for entry in index["docs"]}
    assert {f"{id.partition('.')[0]}.html#{id}" for id in catalogue()} <= found


def test_the_former_addresses_of_the_questions_lead_on(built_site):
    page = Page(built_site / "questions.html")
    assert set(FORMER_QUESTIONS) <= {anchor for _, anchor in page.attributes("id")}


@pytest.mark.browser
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("address", ["index.html", "softmax.html"])
def test_the_groups_of_the_navigation_stand_open(visit, address, viewport):  # noqa: F811
    page = visit(address, viewport=viewport)
    if viewport == PHONE:
        page.get_by_role("button", name="Contents").click()
        page.wait_for_timeout(500)  # it slides in
    others = page.locator(".md-nav--primary a.md-nav__link:not([href^='#'], .md-nav__link--active)")
    assert others.count() == len(addresses()) - 1
    boxes = [link.bounding_box() for link in others.all() if link.is_visible()]
    tops = [box["y"] for box in boxes if box["x"] >= 0]
    assert len(tops) == others.count() and tops == sorted(set(tops))  # one below the other
