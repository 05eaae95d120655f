"""The built pages in a browser: what a reader gets."""

import importlib.util
from pathlib import Path

import pytest
from pages import DESK, PHONE, addresses, asks_for_formulas, missing, opened

from derivations.catalogue import catalogue
from derivations.writing.typeset import displayed, latex, latex_chain, statement

pytestmark = pytest.mark.browser
every_page_by_day = pytest.mark.sampled(4, together="pages by day")
every_page_by_night = pytest.mark.sampled(4, together="pages by night")


# Every page, opened once for all tests that only look at it, by readers who go from page to page.
@pytest.fixture(scope="module")
def desk(browser):
    """A reader at a desk, with light colours."""
    context = browser.new_context(viewport=DESK, color_scheme="light")
    yield context
    context.close()


@pytest.fixture(scope="module")
def phone(browser):
    """A reader with a phone, in dark colours."""
    context = browser.new_context(viewport=PHONE, color_scheme="dark")
    yield context
    context.close()


@pytest.fixture(scope="module", params=addresses())
def by_day(request, desk, server):
    page = opened(desk, server, request.param)
    yield page
    page.close()


@pytest.fixture(scope="module", params=addresses())
def by_night(request, phone, server):
    page = opened(phone, server, request.param)
    yield page
    page.close()


@every_page_by_day
def test_page_is_quiet_and_asks_no_other_host(by_day, server):
    assert by_day.complaints == []
    assert by_day.url in by_day.requests  # what it asks for is seen
    assert [url for url in by_day.requests if not url.startswith((server, "data:", "blob:"))] == []


@every_page_by_day
def test_formulas_are_drawn_with_the_mathematics_font(by_day):
    drawn = by_day.evaluate("""[...document.querySelectorAll('article math')].map((math) => ({
        font: getComputedStyle(math).fontFamily, width: math.getBoundingClientRect().width,
        source: math.querySelector('annotation')?.textContent}))""")
    assert bool(drawn) == asks_for_formulas(by_day.address)
    assert all("STIX Two Math" in formula["font"] for formula in drawn)
    assert [formula for formula in drawn if not formula["width"]] == []
    if drawn:
        loaded = by_day.evaluate(
            "[...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family)"
        )
        assert "STIX Two Math" in {family.strip('"') for family in loaded}
        assert by_day.evaluate('document.fonts.check("16px STIX Two Math", "√∑𝑝")')


def unfold(page):
    """Open everything that is folded: what is closed is looked at by nobody."""
    page.evaluate("document.querySelectorAll('article details').forEach((fold) => (fold.open = true))")


@every_page_by_day
def test_text_cards_and_programs_end_at_the_same_edge(by_day):
    """What may be wider: tables, and a listing of a file."""
    edges = by_day.evaluate("""[...document.querySelectorAll('.md-content__inner > *')]
        .filter((part) => part.offsetWidth && !part.matches('.listing, .wide, table, .md-typeset__scrollwrap'))
        .map((part) => [Math.round(part.getBoundingClientRect().right), `${part.tagName}.${part.className}`])""")
    assert edges and {edge for edge, _ in edges} == {edges[0][0]}, edges


def test_a_derivation_needs_no_more_room_than_the_column(visit):
    page = visit("maximum_likelihood.html")
    page.add_style_tag(content="* { content-visibility: visible !important }")
    unfold(page)
    assert len(page.evaluate(WIDE)) <= 1


def test_the_home_page_begins_with_one_formula_and_the_figure(visit):
    page = visit("index.html")
    figure = page.locator("figure.live").bounding_box()
    above = page.evaluate("""(edge) => [...document.querySelectorAll('.display, .chain, .chain-picture .formula-of')]
        .filter((formula) => formula.getBoundingClientRect().top < edge).length""", figure["y"])
    assert above == 1 and figure["y"] < DESK["height"] * 0.6


@every_page_by_night
def test_page_fits_a_phone(by_night):
    assert by_night.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    unfold(by_night)
    assert by_night.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    # What is wider than the screen scrolls in a box, and the keyboard reaches that box. Every displayed formula
    # has one.
    boxless = by_night.evaluate(
        "[...document.querySelectorAll('math[display=block]')].filter((math) => !math.closest('.formula')).length"
    )
    wide = by_night.evaluate(WIDE)
    assert boxless == 0 and [latex for latex, reachable in wide if not reachable] == []


# The boxes that scroll sideways: their LaTeX, and whether the Tab key stops there.
WIDE = """[...document.querySelectorAll('.formula')].filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => [box.querySelector('annotation')?.textContent, box.tabIndex === 0])"""


def test_some_formula_is_wider_than_a_phone(visit):
    wide = visit("softmax.html", viewport=PHONE).evaluate(WIDE)
    assert wide and all(reachable for _, reachable in wide)


def test_colours_follow_the_system_and_the_button(visit):
    darkness = "parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])"
    page = visit("index.html", color_scheme="dark")
    assert page.evaluate(darkness) < 60
    page.locator("label[title='Switch to light colours']").click()
    assert page.evaluate(darkness) > 200
    assert visit("index.html", color_scheme="light").evaluate(darkness) > 200


def test_without_javascript_the_formulas_stand(visit):
    page = visit("bernoulli.html", java_script_enabled=False)
    boxes = [formula.bounding_box() for formula in page.locator(".chain > .statement .formula math").all()]
    assert len(boxes) > 5 and max(box["width"] for box in boxes) > 100
    assert all(box["width"] > 5 and box["height"] > 5 for box in boxes)
    proof = page.locator("details.proof").first
    assert not proof.locator(".step").first.is_visible()
    proof.locator("> summary").click()
    assert proof.locator(".step").last.is_visible()


def test_a_derivation_is_closed_until_it_is_wanted(visit):
    page = visit("softmax.html")
    proofs = page.locator("details.proof")
    opened = lambda: proofs.evaluate_all("(all) => all.filter((proof) => proof.open).length")  # noqa: E731
    assert opened() == 0 < proofs.count()
    page.evaluate("location.hash = 'softmax.jacobian'")
    page.locator(".chain:has([id='softmax.jacobian']) details.proof[open]").wait_for()
    assert opened() == 1
    button = page.get_by_role("button", name="all derivations")
    button.focus()
    page.keyboard.press("Enter")
    assert opened() == proofs.count() and button.get_attribute("aria-pressed") == "true"
    page.keyboard.press("Enter")
    assert opened() == 0
    proofs.first.evaluate("proof => (proof.open = true)")
    for _ in range(2):  # a preview of the print says so once more
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert opened() == proofs.count()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert opened() == 1


def test_an_address_that_is_not_well_formed_stops_nothing(visit):
    page = visit("softmax.html#100%")
    assert page.complaints == []
    assert page.locator("[role=dialog][aria-label=Search]").count() == 1  # what comes last in the script
    page.evaluate("location.hash = 'softmax.jacobian'")
    page.locator(".chain:has([id='softmax.jacobian']) details.proof[open]").wait_for()


def test_a_derivation_that_a_link_leads_to_is_open(visit):
    page = visit("softmax.html#softmax.gradient")
    assert page.locator(".chain:has([id='softmax.gradient']) details.proof[open]").count() == 1
    # What it shares with another one stays folded in it.
    assert page.locator(".chain:has([id='softmax.gradient']) details.shared[open]").count() == 0


def test_copying_a_chain_gives_its_latex_and_says_so(visit):
    page = visit("bernoulli.html", permissions=["clipboard-read", "clipboard-write"])
    chain = page.locator(".chain:has(.step)").first
    chain.locator("details.proof > summary").click()
    button = chain.get_by_role("button", name="Copy the derivation")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    latex = page.evaluate("navigator.clipboard.readText()")
    id = chain.locator("[id]").first.get_attribute("id")
    assert latex.endswith(f"\n{latex_chain(catalogue()[id])}") and latex.startswith(f"% {id}\n")
    assert ("% holds if " in latex) == bool(catalogue()[id].hypotheses)


def test_each_card_with_a_formula_gives_its_latex_and_no_other_has_a_button_for_it(visit):
    page = visit("likelihood.html", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    copied = {}
    for card in page.locator(".chain").all():
        id = card.locator("h3[id]").get_attribute("id")
        for button in card.get_by_role("button", name="Copy LaTeX").all():
            button.click()
            copied[id] = page.evaluate("navigator.clipboard.readText()")
    entries = [entry for id, entry in catalogue().items() if id.startswith("likelihood.")]
    assert {entry.kind for entry in entries} == {"derivation", "definition", "counterexample", "theorem"}
    proved = [entry for entry in entries if entry.kind == "theorem" and entry.formula is not None]
    said = {entry.id: latex(entry.formula) for entry in proved}
    said |= {entry.id: statement(entry) for entry in entries if entry.kind != "theorem"}
    assert copied.keys() == said.keys()
    for id, text in said.items():
        comments = copied[id].removesuffix(displayed(text))
        supposed = catalogue()[id].conditions if id in [each.id for each in proved] else catalogue()[id].hypotheses
        is_false = catalogue()[id].kind == "counterexample"
        *comments, last = comments.splitlines() if is_false else [*comments.splitlines(), "This claim is false:"]
        assert last == "This claim is false:"  # printed, and no comment
        assert comments[0] == f"% {id}" and all(line[0] == "%" for line in comments)
        told = "\n".join(comments)
        assert all(one.words in told for one in supposed) and ("holds if" in told) == bool(supposed)


SEEN = "(mark) => [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).boxShadow]"


def test_what_a_step_changes_is_seen_when_it_has_the_focus(visit):
    page = visit("softmax.html#softmax.hessian", reduced_motion="reduce")
    chain = page.locator(".chain:has([id='softmax.hessian'])")
    before, step = chain.locator(".step").nth(1), chain.locator(".step").nth(2)
    old, new = before.locator(".old").first, step.locator(".new").first
    unseen = ["rgba(0, 0, 0, 0)", "none"]
    assert old.evaluate(SEEN) == new.evaluate(SEEN) == unseen
    box = new.bounding_box()
    step.locator("a.rule").focus()
    assert old.evaluate(SEEN) != unseen != new.evaluate(SEEN)
    assert chain.locator(".step").nth(1).locator(".new").first.evaluate(SEEN) == unseen
    assert new.bounding_box()["width"] == box["width"]
    page.emulate_media(media="print")
    assert new.evaluate(SEEN) == unseen


def test_a_switch_shows_what_every_step_changes_and_is_remembered(visit):
    page = visit("softmax.html#softmax.gradient", reduced_motion="reduce")
    mark = page.locator(".chain:has([id='softmax.gradient']) .step.result .new").first
    switch = page.get_by_role("button", name="Show what each step changes")
    assert switch.count() == 1 and switch.get_attribute("aria-pressed") == "false"
    unseen = mark.evaluate(SEEN)
    switch.focus()
    page.keyboard.press("Space")
    assert switch.get_attribute("aria-pressed") == "true" and mark.evaluate(SEEN) != unseen
    page.reload()
    assert switch.get_attribute("aria-pressed") == "true" and mark.evaluate(SEEN) != unseen
    switch.focus()
    page.keyboard.press("Enter")
    assert switch.get_attribute("aria-pressed") == "false" and mark.evaluate(SEEN) == unseen


def test_a_page_without_a_chain_has_no_switch(visit):
    assert visit("sources.html").locator("button.changes").count() == 0


@pytest.mark.parametrize("way", ["type", "insert_text"])  # with keys, or as what is pasted with the mouse
def test_search_finds_a_derivation(visit, way):
    page = visit("index.html")
    page.get_by_role("textbox", name="Search").click()
    page.wait_for_function("document.querySelector('.md-search-result__meta').textContent.includes('Type')")
    getattr(page.keyboard, way)("score")
    page.locator(".md-search-result__link[href*='#bernoulli.score']").first.wait_for(state="attached")


def faults(page):
    """What axe-core finds wrong with a page."""
    axe = importlib.util.find_spec("axe_playwright_python")
    if not axe:
        missing("axe-core is not installed (pip install axe-playwright-python)")
    unfold(page)
    page.add_script_tag(path=Path(axe.origin).parent / "axe.min.js")
    # Not inside the formulas: axe knows nothing of MathML, and their thousands of elements cost it seconds.
    run = page.evaluate("""axe.run({exclude: ['math']}).then((run) => ({passed: run.passes.length,
        faults: run.violations.map((fault) => [fault.id, fault.nodes.map((node) =>
            [node.html, ...node.any.map((check) => JSON.stringify(check.data))])])}))""")
    assert run["passed"] > 10, "axe-core looked at next to nothing"
    return run["faults"]


@every_page_by_day
def test_page_is_accessible_by_day(by_day):
    assert faults(by_day) == []


@every_page_by_night
def test_links_wear_the_colours_of_the_night_at_once(by_night):
    """A transition stands still in a card out of sight, and starts where a reader sees it."""
    slow = by_night.evaluate("""[...document.querySelectorAll('article a')]
        .filter((link) => parseFloat(getComputedStyle(link).transitionDuration)).map((link) => link.outerHTML)""")
    assert slow == []


@every_page_by_night
def test_page_is_accessible_by_night(by_night):
    assert faults(by_night) == []
