"""The page of an entry says why before it proves; what a phone or a narrow box leaves out is hinted at."""

import re

import pytest
from pages import PHONE

from derivations.catalogue import CHAPTERS


@pytest.mark.parametrize("name", CHAPTERS)
def test_an_entry_says_why_in_the_words_of_its_chapter(built_site, name):
    chapter = (built_site / f"{name}.html").read_text(encoding="utf-8")
    for section in re.findall(r'<section class="?chain.*?</section>', chapter, re.DOTALL):
        said = re.search(r'<div class="?why"?[^>]*>\s*<p>(.*?)</p>', section, re.DOTALL)
        for id in re.findall(rf'<h\d id="?({name}\.\w+)', section) if said else ():
            page = (built_site / "r" / f"{id}.html").read_text(encoding="utf-8")
            before_proof = re.split('<details class="?proof', page)[0]
            first = re.split("<", said[1])[0].strip()
            assert 'class="why"' in before_proof and first in before_proof, id


# What a style sheet writes after a part of a reason, and whether more of the reason comes then.
WRITTEN_AFTER = """[...document.querySelectorAll(".proof .reason > *")].map(part => [
    getComputedStyle(part, "::after").content, part.textContent, Boolean(part.nextElementSibling)])"""


@pytest.mark.browser
@pytest.mark.parametrize("id", ["softmax.gradient", "bernoulli.likelihood"])
def test_on_a_phone_a_colon_stands_before_the_words_of_a_reason_alone(visit, id):
    parts = visit(f"r/{id}.html", viewport=PHONE).evaluate(WRITTEN_AFTER)
    colons = [(text, goes_on) for content, text, goes_on in parts if content == '":"']
    assert colons and all(goes_on for _, goes_on in colons) and "definition" not in dict(colons), colons


@pytest.mark.browser
def test_a_picture_that_goes_on_beyond_its_box_has_a_shadow_there(visit):
    box = visit("graph/softmax.html").locator(".graph-box").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    shadows = box.evaluate("box => [getComputedStyle(box).backgroundAttachment, "
                           "getComputedStyle(box.firstElementChild).backgroundColor]")  # fmt: skip
    assert shadows == ["local, local, scroll, scroll", "rgba(0, 0, 0, 0)"]
