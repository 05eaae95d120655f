"""From any page a formula is cited in two clicks: a link that leads to it, and a button that copies its BibTeX."""

import re

import pytest
from pages import DESK, PHONE

from derivations.catalogue import CHAPTERS, catalogue, published
from derivations.reference.citing import bibtex

pytestmark = pytest.mark.browser

# Pages of every kind on which a formula stands, or a link that leads to one.
ELSEWHERE = (
    "index.html", "questions.html", "misconceptions.html", "code_questions.html", "which_function.html",
    "exercises.html", "known_errors.html", "where_is_the_maximum.html", "how_exact.html", "results.html", "graph.html",
    "graph/softmax.html", "graph/whole.html", "notation.html", "sources.html", "rules.html", "verification.html",
    "proved.html", "theorems.html", "theorems_of_variants.html", "errata.html", "any_loss.html", "softmax.html",
    "notebooks/real_data.html", "r/softmax.gradient.html", "r/numerics.gradient_by_label.html",
)  # fmt: skip
LEADS = r"(?:^|/)(?:[a-z_]+\.html#|r/|(?=[a-z_.]+html$))([a-z_]+\.[a-z_]+)(?:\.html)?$"
# The links to results that can be seen: of each kind of address, a card or an entry, the first one.
SEEN = """([leads, ids]) => Object.values(Object.fromEntries([...document.querySelectorAll('article a[href]')]
    .map((link, place) => [link, place, new RegExp(leads).exec(link.getAttribute('href'))?.[1]])
    .filter(([link, place, id]) => ids.includes(id) && link.checkVisibility()).reverse()
    .map(([link, place, id]) => [link.getAttribute('href').includes('#'), [place, id]])))"""
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
READERS = {"mouse": {"viewport": DESK}, "keyboard": {"viewport": DESK},
           "touch": {"viewport": PHONE, "has_touch": True, "is_mobile": True}}  # fmt: skip


def leading(page):
    """A link to a card and one to an entry, where the page has them, each with the id that it leads to. What is
    folded is open: the clicks are counted from where the link is seen.
    """
    page.evaluate("document.querySelectorAll('article details').forEach((fold) => (fold.open = true))")
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
@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.sampled(12)
def test_a_link_and_a_button_cite_a_formula(visit, address, by):
    page = visit(address, **READERS[by], **CLIPBOARD)
    page.set_default_timeout(5_000)
    number = len(leading(page))
    assert number
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


def test_from_the_disk_it_is_copied_too(browser, built_site):
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
