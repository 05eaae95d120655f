"""The built pages, read without a browser."""

import posixpath
import re
from html import escape
from urllib.parse import unquote

import pytest
from fontTools.ttLib import TTFont
from math_core import LatexToMathML
from pages import PROJECT, Page, addresses, asks_for_formulas, hook

from derivations.catalogue import RENAMED, WITHDRAWN, catalogue
from derivations.engine.replay import RULES
from derivations.site.losses import LOSSES, chains_of_loss
from derivations.site.pieces import law
from derivations.writing.typeset import latex

LARGEST_PAGE = 310_000  # bytes, before a server compresses it to a tenth
LARGEST_NOTEBOOK = 100_000


@pytest.fixture(scope="module")
def pages(built_site):
    return {address: Page(built_site / address) for address in addresses()}


@pytest.fixture(scope="module")
def math_font(built_site):
    with TTFont(built_site / "assets" / "fonts" / "STIXTwoMath.woff2") as font:
        yield font


def test_every_derivation_is_on_the_page_of_its_chapter_and_nowhere_else(pages):
    found = {}
    for address, page in pages.items():
        for _, anchor in page.attributes("id"):
            if re.fullmatch(r"[a-z_]+\.[a-z_]+", anchor):
                found.setdefault(anchor, []).append(address)
    # The ids of the past as well, each where it once was: links to them go on working. And what somebody typed.
    typed = [f"any_loss.{name}" for name in LOSSES]
    typed += [chain.id for name in LOSSES for chain in chains_of_loss(name) if "_inner_" in chain.id]
    found = {id: where for id, where in found.items() if not re.search(r"_inner_\d", id)}
    ids = [*catalogue(), *RENAMED, *WITHDRAWN, *typed[: len(LOSSES)]]
    assert found == {id: [f"{id.partition('.')[0]}.html"] for id in ids}
    anchors = {anchor for _, anchor in pages["any_loss.html"].attributes("id")}
    assert set(typed) <= anchors


def test_every_link_to_a_place_of_a_page_leads_to_one(pages):
    """Those too that MkDocs does not see, as they are no Markdown."""
    anchors = {address: {anchor for _, anchor in page.attributes("id")} for address, page in pages.items()}
    seen = 0
    for address, page in pages.items():
        for tag, target in page.attributes("href"):
            path, _, anchor = target.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(address), path)) if path else address
            if tag == "a" and anchor and there in anchors:
                assert unquote(anchor) in anchors[there], f"{address}: {target}"
                seen += 1
    assert seen > 5000


def test_an_anchor_is_given_once_on_a_page(pages):
    for address, page in pages.items():
        anchors = [anchor for _, anchor in page.attributes("id")]
        assert sorted(set(anchors)) == sorted(anchors), address


def test_nothing_is_loaded_from_another_host(pages, built_site):
    for address, page in pages.items():
        targets = [*page.attributes("src"), *page.attributes("href"), *page.attributes("srcset")]
        # a link is followed by a reader, not by the page
        loaded = [(tag, target) for tag, target in targets if tag != "a"]
        assert {"link", "script"} <= {tag for tag, _ in loaded}, address
        for tag, target in loaded:
            assert not re.match(r"(https?:)?//", target), f"{address}: <{tag}> loads {target}"
    sheets = list(built_site.rglob("*.css"))
    assert {"book.css", "figures.css"} <= {sheet.name for sheet in sheets}
    for sheet in sheets:
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet.name


def test_no_placeholder_and_no_latex_is_left_in_the_text(pages):
    for address, page in pages.items():
        read = [text for inside, text in page.texts
                if not {"script", "style", "code", "pre", "annotation"} & set(inside)]
        assert len("".join(read)) > 1000, address
        for text in read:
            assert not re.search(r"\{\{|\}\}|\$\$|\\[a-z]+\{", text), f"{address}: {text.strip()[:80]}"


def test_no_formula_failed(pages):
    for address, page in pages.items():
        assert ("math" in {tag for tag, _ in page.elements}) == asks_for_formulas(address), address
        assert not FAILED & {word for _, names in page.attributes("class") for word in names.split()}, address


FAILED = {"math-core-error"}


def test_a_formula_that_fails_would_be_seen():
    shown = LatexToMathML(continue_on_error=True).convert_with_local_state(r"\nothing", displaystyle=True)
    assert any(f'class="{name}"' in shown for name in FAILED)


@pytest.mark.parametrize("address", addresses())
def test_page_is_light(built_site, address):
    limit = LARGEST_NOTEBOOK if address.startswith("notebooks/") else LARGEST_PAGE
    assert (built_site / address).stat().st_size <= limit


def test_the_font_has_every_character_of_every_formula(pages, math_font):
    covered = {chr(code) for code in math_font.getBestCmap()}
    for address, page in pages.items():
        formulas = [(inside[-1], text.strip())
                    for inside, text in page.texts if "math" in inside and "annotation" not in inside]
        assert bool(formulas) == asks_for_formulas(address), address
        assert not {character for tag, text in formulas for character in drawn(tag, text)} - covered, address


def test_the_text_font_has_every_character_that_it_had_before_it_was_cut(pages, built_site):
    fonts = hook("fonts")
    text = {character for page in pages.values() for inside, text in page.texts for character in text
            if "script" not in inside}
    for address, name in fonts.PUBLISHED.items():
        with TTFont(fonts.FONTS / name) as whole, TTFont(built_site / address) as part:
            missing = text & {*map(chr, whole.getBestCmap())} - {*map(chr, part.getBestCmap())}
        assert len(text) > 100 and not missing, address


def drawn(tag, text):
    """The characters that a browser draws: a variable of a single letter it draws in italics, which are characters
    of their own.
    """
    if tag == "mi" and len(text) == 1:
        for first, last, italic in ("AZ\U0001d434", "az\U0001d44e", "ΑΩ\U0001d6e2", "αω\U0001d6fc"):
            if first <= text <= last and text != "h":  # the italic h is the Planck constant, which stands elsewhere
                text = chr(ord(italic) + ord(text) - ord(first))
    return re.sub(r"[\ufe00-\ufe0f]", "", text)  # these ask for another shape of the letter before, and are never drawn


def test_the_font_can_stretch_what_formulas_stretch(math_font):
    covered = math_font.getBestCmap()
    variants = math_font["MATH"].table.MathVariants
    for character in "√()[]{}|∑∏":
        construction = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(covered[ord(character)])]
        assert construction.VariantCount > 1 or construction.GlyphAssembly, character


def test_the_font_is_cut_the_same_way_every_time(built_site):
    fonts = hook("fonts")
    used = fonts.characters(built_site)
    for address, name in fonts.PUBLISHED.items():
        assert fonts.cut(name, used) == (built_site / address).read_bytes()


def test_what_only_the_build_needs_is_not_published(built_site):
    published = {path.relative_to(built_site).parts[0] for path in built_site.rglob("*") if path.is_file()}
    assert "index.html" in published and not published & {"hooks", "overrides", "fonts"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("-log u >= 1 - u, for the given `u`", "−log u ≥ 1 − u, for the given u"),
        ("a log-sum-exp: u^(a-1) <= x < y", "a log-sum-exp: u^(a−1) ≤ x &lt; y"),
    ],
)
def test_a_law_is_shown_with_the_signs_that_readers_know(typed, shown):
    assert law(typed) == shown


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_each_rule_shows_its_law_as_a_formula_and_its_conditions(built_site, rule):
    page = (built_site / "rules.html").read_text(encoding="utf-8")
    shown = page[page.index(f'id="{rule.__name__}"') :]
    shown = shown[: shown.index("</details>")]
    for stated in rule.laws:
        assert escape(latex(stated.formula)) in shown
    assert shown.count('class="whole"><math>') >= sum(len(stated.conditions) for stated in rule.laws)
