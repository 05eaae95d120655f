"""What a reader waits for: bytes and jumps. Times are not tested, they are measured: `make bench-site`."""

import pytest
from pages import DESK, addresses
from serving import compressed

pytestmark = pytest.mark.browser

FIRST_VIEW = 250_000  # bytes over the wire, fonts included
JUMPS = 0.02  # the layout shift that a page may add up to
SLOW = 4  # a phone's processor: what comes late comes visibly late

LISTEN = """window.jumps = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
    if (!entry.hadRecentInput) jumps += entry.value})).observe({type: 'layout-shift', buffered: true})"""
WITHOUT_A_FONT = "[...document.fonts].filter((font) => font.status === 'error').length"


@pytest.fixture(scope="module")
def served(built_site):
    with compressed(built_site) as server:
        yield server


@pytest.fixture
def shown(browser, served):
    """Opens a page as a new reader with a slow processor does, and waits until it asks for nothing more."""
    address, sent = served
    contexts = []

    def shown(page_address, viewport=DESK):
        sent.clear()
        contexts.append(browser.new_context(viewport=viewport))
        page = contexts[-1].new_page()
        contexts[-1].new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        page.add_init_script(LISTEN)
        page.goto(address + page_address, wait_until="networkidle")
        page.wait_for_function("document.fonts.status === 'loaded' && document.querySelector('html.js')")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300)))")
        return page

    yield shown
    for context in contexts:
        context.close()


@pytest.mark.parametrize("address", addresses())
@pytest.mark.sampled(4)
def test_the_first_view_is_light_and_does_not_jump(shown, served, address):
    page = shown(address)
    sent = dict(served[1])
    assert address in sent
    formulas = page.evaluate("!!document.querySelector('math, #results b')")
    assert ("assets/fonts/STIXTwoMath.woff2" in sent) == formulas
    assert any("bundle" in path for path in sent), "the theme's script was not waited for"
    assert not [path for path in sent if "search" in path], "the index and its worker are for those who search"
    assert sum(sent.values()) <= FIRST_VIEW, sent
    assert page.evaluate(WITHOUT_A_FONT) == 0
    assert page.evaluate("jumps") <= JUMPS


DEEP = ["softmax.html#softmax.gradient", "softmax.html#softmax.hessian", "bernoulli.html#bernoulli.score"]


@pytest.mark.parametrize("link", DEEP)
@pytest.mark.parametrize("viewport", [DESK, {"width": 390, "height": 844}], ids=["desk", "phone"])
@pytest.mark.sampled(2)
def test_a_link_into_a_page_leads_there_and_nothing_jumps(shown, link, viewport):
    page = shown(link, viewport)
    place = "document.getElementById(location.hash.slice(1))"
    assert page.evaluate(f"{place}.closest('.chain').querySelector('details.proof').open")
    assert 0 <= page.evaluate(f"{place}.getBoundingClientRect().top") <= 200
    assert page.evaluate("jumps") <= JUMPS


def test_a_jump_would_be_seen(shown):
    page = shown("softmax.html")
    before = page.evaluate("jumps")
    # Again and again: a busy browser may draw the first one together with what was there.
    pushed = "Object.assign(document.createElement('div'), {style: 'height: 300px'})"
    push = f"document.querySelector('article').prepend({pushed})"
    page.wait_for_function(f"({push}, jumps > {before + JUMPS})", polling=500)


def test_a_link_of_the_contents_leads_to_its_place(shown):
    page = shown("softmax.html")
    page.locator(".md-nav--secondary a[href*='#']").last.evaluate("(link) => link.click()")
    page.wait_for_timeout(800)
    place = "document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top"
    assert page.evaluate('scrollY') > 1000 and 0 <= page.evaluate(place) <= 900


def test_the_index_comes_when_somebody_searches(shown, served):
    page = shown("index.html")
    assert "search/search_index.json" not in served[1]
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("score")
    page.locator(".md-search-result__link").first.wait_for(state="attached")
    assert "search/search_index.json" in served[1]
