"""From any page a formula is cited in two clicks: what leads to it, a link or a fold, and a button that copies its
BibTeX.
"""

import re

import pytest
from pages import DESK, PHONE, addresses

from derivations.any_loss.worked import WORKED
from derivations.catalogue import CHAPTERS, catalogue, published
from derivations.reference.citing import bibtex, citations
from derivations.site.losses import chains_of_loss
from derivations.writing.typeset import latex_chain

pytestmark = pytest.mark.browser

BESIDE = ("graph/softmax.html", "graph/whole.html", "r/softmax.gradient.html", "r/numerics.gradient_by_label.html")
# Pages that show results in folds only: there a fold is opened, and the button is in it.
FOLDED = ("graph.html", "proved.html", "theorems.html", "theorems_of_variants.html")
LEADS = r"(?:^|/)(?:[a-z_]+\.html#|r/|(?=[a-z_.]+html$))([a-z_]+\.[a-z_]+)(?:\.html)?$"
# The links to results that can be seen: of each kind of address, a card or an entry, the first one.
SEEN = """([leads, ids]) => Object.values(Object.fromEntries([...document.querySelectorAll('article a[href]')]
    .map((link, place) => [link, place, new RegExp(leads).exec(link.getAttribute('href'))?.[1]])
    .filter(([link, place, id]) => ids.includes(id) && link.checkVisibility()).reverse()
    .map(([link, place, id]) => [link.getAttribute('href').includes('#'), [place, id]])))"""
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
READERS = {"mouse": {"viewport": DESK}, "keyboard": {"viewport": DESK},
           "touch": {"viewport": PHONE, "has_touch": True, "is_mobile": True}}  # fmt: skip


@pytest.fixture(autouse=True)
def at_home(monkeypatch, server):
    """What is copied has the address at which the page is read: `bibtex` writes that of the server."""
    monkeypatch.setenv("SITE_URL", server)


def leading(page):
    """A link to a card and one to an entry, where the page has them, each with the id that it leads to. Nothing is
    opened for it.
    """
    found = page.evaluate(SEEN, [LEADS, [*catalogue()]])
    return [(page.locator("article a[href]").nth(place), id) for place, id in found]


def activate(place, by):
    """One click, however it is made."""
    if by == "touch":
        place.tap()
    elif by == "keyboard":
        place.focus()
        place.press("Enter")
    else:
        place.click()


def button_for(page, id):
    """The button that copies the citation of a result, in the head of its page or in its card."""
    on_its_page = page.url.endswith(f"/r/{id}.html")
    place = page.locator(".chain.entry > .kind" if on_its_page else f".chain:has(> [id='{id}'])")
    return place.get_by_role("button", name="BibTeX", exact=False)


def copied(page):
    page.locator("[role=status]", has_text="Copied").wait_for(state="attached")
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("by", READERS)
@pytest.mark.parametrize("address", [*addresses(), *BESIDE])
@pytest.mark.sampled(12)
def test_a_link_and_a_button_cite_a_formula(visit, address, by):
    page = visit(address, **READERS[by], **CLIPBOARD)
    page.set_default_timeout(5_000)
    number = len(leading(page))
    assert number or address in FOLDED
    for place in range(number):
        link, id = leading(page)[place]
        address_of_formula = link.evaluate("(link) => new URL(link.getAttribute('href'), document.baseURI).href")
        activate(link, by)
        page.wait_for_url(address_of_formula)
        button = button_for(page, id)
        button.wait_for(timeout=5_000)
        activate(button, by)
        assert copied(page) == bibtex(catalogue()[id])
        page = visit(address, **READERS[by], **CLIPBOARD)


@pytest.mark.parametrize("by", READERS)
@pytest.mark.parametrize("address", FOLDED)
@pytest.mark.sampled(3)
def test_a_fold_and_a_button_cite_a_formula(visit, address, by):
    page = visit(address, **READERS[by], **CLIPBOARD)
    folds = page.locator("article details:has(a.citable), .graph-list > details")
    for fold in (folds.first, folds.last):
        activate(fold.locator("> summary"), by)
        id = fold.locator("a.citable, li > a:first-child").last.get_attribute("href").partition("#")[2]
        activate(fold.get_by_role("button", name="BibTeX").last, by)
        assert copied(page) == bibtex(catalogue()[id])
        page.locator("[role=status]", has_text="Copied").wait_for(state="detached")


@pytest.mark.parametrize("by", READERS)
@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.sampled(3)
def test_a_chapter_in_the_drawn_graph_and_a_button_cite_a_formula(visit, chapter, by):
    page = visit("graph.html", **READERS[by], **CLIPBOARD)
    activate(page.locator(f".graph-box a[data-box][href$='{chapter}.html']"), by)
    button = page.get_by_role("button", name="BibTeX").first
    button.wait_for(timeout=5_000)
    activate(button, by)
    assert copied(page) in [bibtex(catalogue()[id]) for id in catalogue() if id.startswith(f"{chapter}.")]


@pytest.mark.parametrize("address", FOLDED)
@pytest.mark.sampled(1)
def test_each_result_in_a_fold_has_its_button(visit, address):
    """All but those that it names beside another: what uses it, what it is derived from."""
    page = visit(address)
    places = (".graph-list > details li", "details pre.coq:has(a)", "details > summary + p:has(a[href*='#'])")
    rows = page.locator(", ".join(places))
    assert rows.count() == page.locator("article details button:text-is('BibTeX')").count() > 3
    if address == "graph.html":
        assert rows.count() == len(catalogue())


@pytest.mark.parametrize("id", WORKED)
@pytest.mark.sampled(2)
def test_a_loss_that_a_page_works_out_is_cited_there(visit, id):
    page = visit(f"any_loss.html#{id}", **CLIPBOARD)
    card = page.locator(f".chain:has(> [id='{id}'])")
    card.get_by_role("button", name="BibTeX").click()
    said = copied(page)
    assert said == bibtex(WORKED[id]) and f"/any_loss.html#{id}}}" in said
    latex = [f"\n{latex_chain(chain)}" for chain in chains_of_loss(id.partition(".")[2])]
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    buttons = card.get_by_role("button", name="Copy the derivation")
    assert buttons.count() == card.get_by_role("button", name="Copy LaTeX").count() == len(latex)
    for button in buttons.element_handles():  # its name is another one while it says that it has copied
        button.click()
        page.wait_for_function("(button) => button.textContent === 'Copied'", arg=button)
        taken = page.evaluate("navigator.clipboard.readText()")
        latex.remove(next(text for text in latex if taken.endswith(text)))
    assert not latex


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.sampled(3)
def test_each_card_has_one_button_that_cites_it(visit, chapter):
    page = visit(f"{chapter}.html", **CLIPBOARD)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    for id in (id for id in catalogue() if id.startswith(f"{chapter}.")):
        button = button_for(page, id).element_handle()
        button.click()
        page.wait_for_function("(button) => button.textContent === 'Copied'", arg=button)
        assert page.evaluate("navigator.clipboard.readText()") == bibtex(catalogue()[id])


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.sampled(6)
def test_the_page_of_an_entry_has_the_button_in_sight(visit, chapter, size):
    """Where the page is opened, and right behind the link beside it; the text is in the page, and no file is asked."""
    longest = max(published(chapter), key=lambda entry: len(entry.steps))
    page = visit(f"r/{longest.id}.html", viewport=size, **CLIPBOARD)
    button = button_for(page, longest.id)
    box = button.bounding_box()
    assert 0 < box["y"] and box["y"] + box["height"] < size["height"]
    page.locator(".chain.entry > .kind > a").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert copied(page) == bibtex(catalogue()[longest.id])
    assert not [url for url in page.requests if "/citations/" in url]


@pytest.mark.parametrize("form", range(3), ids=["bibtex", "biblatex", "csl"])
@pytest.mark.sampled(1)
def test_each_form_of_a_citation_has_the_address(visit, form):
    id = "softmax.gradient"
    page = visit(f"r/{id}.html?h=softmax#steps", **CLIPBOARD)
    name, _, text = citations(catalogue()[id])[form]
    page.locator(".copies").get_by_role("button", name=name, exact=True).click()
    assert copied(page) == text and f"/r/{id}.html" in text


def test_from_the_disk_it_is_copied_too_without_an_address(browser, built_site, monkeypatch):
    monkeypatch.delenv("SITE_URL")
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto((built_site / "softmax.html").as_uri() + "#softmax.gradient")
    page.evaluate("""document.execCommand = () => { window.taken = document.activeElement.value; return true };
        navigator.clipboard.writeText = (text) => { window.taken = text; return Promise.resolve() }""")
    button_for(page, "softmax.gradient").click()
    page.wait_for_function("window.taken")
    assert page.evaluate("window.taken") == bibtex(catalogue()["softmax.gradient"])
    context.close()


def test_where_the_citation_cannot_be_had_the_button_leads_to_the_entry(visit):
    page = visit("softmax.html#softmax.gradient")
    page.route("**/citations/softmax.js", lambda route: route.abort())
    button_for(page, "softmax.gradient").click()
    page.wait_for_url(re.compile(r"/r/softmax\.gradient\.html$"))


def test_a_page_asks_for_no_citation_before_it_is_wanted(visit):
    page = visit("softmax.html")
    assert not [url for url in page.requests if "/citations/" in url]
    button_for(page, "softmax.jacobian").hover()
    page.wait_for_function("document.querySelector('script[src*=\"citations/softmax.js\"]')")
    button_for(page, "softmax.gradient").hover()
    assert page.locator("script[src*='citations/']").count() == 1


def test_what_is_there_to_be_copied_is_not_printed(visit):
    page = visit("r/softmax.gradient.html")
    there = page.locator("p.copies"), page.locator("details.texts > summary")
    assert all(part.is_visible() for part in there)
    page.emulate_media(media="print")
    assert not any(part.is_visible() for part in there) and page.locator(".statement").first.is_visible()
