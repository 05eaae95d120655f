"""A reader with an old or mistyped address, in a browser: the site stands at the root of a server, or in a folder."""

import pytest
from serving import compressed

pytestmark = pytest.mark.browser


@pytest.fixture(params=["/", "/some/book/"])
def server(built_site, request):
    """The address of the site."""
    with compressed(built_site, request.param) as (address, _):
        yield address


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("sofmax.html", "softmax.html"),
        ("old/chapters/soft_max-regresion/index.html", "softmax_regression.html"),
        ("old/softmax/#softmax.gradient", "softmax.html#softmax.gradient"),
        ("notebook/real-data", "notebooks/real_data.html"),
        ("qqq/zzz.html", None),
    ],
)
def test_the_nearest_page_is_named(page, server, asked, nearest):
    page.goto(server + asked)
    page.wait_for_selector("#nearest a")
    suggested = [link.evaluate("link => link.href") for link in page.query_selector_all("#nearest a")]
    assert suggested[:-1] == ([server + nearest] if nearest else [])
    assert suggested[-1].startswith(f"{server}index.html?q=")
    for link in page.query_selector_all("#pages a")[:3]:
        assert page.request.get(link.evaluate("link => link.href")).status == 200


@pytest.mark.sampled(8)
@pytest.mark.parametrize(
    ("asked", "id"),
    [
        ("r/softmax.gradient", "softmax.gradient"),
        ("r/SOFTMAX.Gradient.html", "softmax.gradient"),
        ("softmax.gradient", "softmax.gradient"),
        ("cross_entropy.KL-divergence", "cross_entropy.kl_divergence"),
        ("r/softmax/gradient", "softmax.gradient"),
        ("r/log_sum_exp.upper_bound.pdf.svg", "log_sum_exp.upper_bound"),  # nearly
        ("r/softmax.gradiant.html", "softmax.gradient"),
        ("softmax.gradient_bounds", "softmax.gradient_bounds"),  # an id of the past, whose page leads on
    ],
)
def test_an_id_is_offered_its_page(page, server, asked, id):
    page.goto(server + asked)
    page.wait_for_selector("#nearest a")
    first = page.query_selector("#nearest a")
    assert first.inner_text() == id and first.evaluate("link => link.href") == f"{server}r/{id}.html"
    assert page.request.get(f"{server}r/{id}.html").status == 200


@pytest.mark.sampled(6)
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("s%C3%B8ftmax.html", "søftmax"),
        ("old/%D1%81%D0%BE%D1%84%D1%82%20max.html", "софт max"),
        ("cross%2Fentropy", "cross entropy"),
        ("s%C3ftmax.html", "s c3ftmax"),  # no letter has this code: it stays
        ("100%/softmax%", "softmax"),
    ],
)
def test_an_address_is_read_as_one_wrote_it(page, server, asked, words):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(server + asked)
    page.wait_for_selector("#nearest a")
    assert page.inner_text("#nearest a:last-of-type") == f"Search for “{words}”" and complaints == []
    page.click("#nearest a:last-of-type")
    page.wait_for_selector(".md-search__input")
    assert page.input_value(".md-search__input") == words


def test_it_is_styled_wherever_it_stands(page, server):
    page.goto(server + "deep/down/nothing.html")
    page.wait_for_selector("#nearest a")
    page.wait_for_function("getComputedStyle(document.body).getPropertyValue('--paper') !== ''")


def test_its_search_is_there_and_finds(page, server):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(server + "deep/down/nothing.html")
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.fill("softmax.gradient")
    box.press("End")
    page.locator(".md-search-result__item a").first.wait_for()
    found = page.locator(".md-search-result__item a").evaluate_all("links => links.map((link) => link.href)")
    assert any(address.partition("?")[0] == f"{server}softmax.html" for address in found)


def test_without_scripts_the_list_stands(browser, server):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "nothing.html")
    assert page.locator("#pages a").count() > 20 and page.locator("#nearest").inner_text() == ""
    assert page.get_by_role("link", name="the list of all results").get_attribute("href").endswith("results.html")
    context.close()


def test_the_offered_search_opens_with_the_words(page, server):
    page.goto(server + "log_likelyhood.html")
    page.click("#nearest a:last-of-type")
    page.wait_for_selector(".md-search__input")
    assert page.input_value(".md-search__input") == "log likelyhood"
