"""A link to a result shows its statement before it is followed, and is never in the way."""

import json
import re

import pytest
from pages import DESK, PHONE

from derivations.catalogue import CHAPTERS, RENAMED, catalogue
from derivations.site.previewed import preview, previews_script
from derivations.writing.typeset import latex, statement

pytestmark = pytest.mark.browser

BOX = ".preview"
ELSEWHERE = "article p > a[href^='softmax.html#softmax.']"  # on log_sum_exp.html
SHOWN = "document.querySelector('.preview') && !document.querySelector('.preview').hidden"
LAYOUT = """[...document.querySelectorAll('article *')].map((part) => {
    const box = part.getBoundingClientRect(); return [box.left + scrollX, box.top + scrollY, box.width, box.height]})"""


def first(page, links=ELSEWHERE):
    """The first of the links that can be seen, in the middle of the window."""
    link = next(one for one in page.locator(links).all() if one.is_visible())
    link.evaluate("(link) => link.scrollIntoView({ block: 'center' })")
    return link


def said(page):
    """The LaTeX of the formula in the preview."""
    return page.locator(f"{BOX} annotation").first.text_content().strip()


def entry_of(link):
    return catalogue()[link.get_attribute("href").partition("#")[2]]


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.sampled(3)
def test_the_file_of_a_chapter_has_each_of_its_results(built_site, chapter):
    text = (built_site / "previews" / f"{chapter}.js").read_text(encoding="utf-8")
    name, found = json.loads(f"[{text.removeprefix('previewed(').removesuffix(');' + chr(10))}]")
    own = [id for id, entry in catalogue().items() if id.startswith(f"{chapter}.")]
    former = [old for old in RENAMED if old.startswith(f"{chapter}.")]
    assert name == chapter and sorted(found) == sorted(own + former)
    for id in own:
        if catalogue()[id].kind != "theorem":
            annotation = re.search(r"<annotation[^>]*>(.*?)</annotation>", found[id], re.DOTALL)[1]
            plain = annotation.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").strip()
            assert plain == statement(catalogue()[id]).strip()
        assert not re.search(r"<(a|button|script)\b|tabindex|\bid=", found[id])


def test_a_claim_that_is_false_is_called_so():
    (wrong,) = [entry for entry in catalogue().values() if entry.id == "softmax.not_scale_invariant"]
    assert "A claim that is false" in preview(wrong) and latex(wrong.claim) in preview(wrong).replace("&amp;", "&")
    assert previews_script("softmax").startswith('previewed("softmax", {')


def test_at_the_pointer_it_opens_stays_below_the_pointer_and_closes(visit):
    page = visit("log_sum_exp.html")
    page.add_style_tag(content="* { content-visibility: visible !important }")  # what is far is measured too
    link, before = first(page), page.evaluate(LAYOUT)
    asked = len(page.requests)
    link.hover()
    page.locator(BOX).wait_for()
    assert said(page) == statement(entry_of(link))
    assert [url.rpartition("/")[2] for url in page.requests[asked:]] == ["softmax.js"]
    assert link.get_attribute("aria-describedby") == page.locator(BOX).get_attribute("id")
    assert page.locator(BOX).get_attribute("role") == "tooltip"
    assert page.evaluate(LAYOUT) == before  # nothing moved
    at = page.locator(BOX).bounding_box()
    assert at["x"] >= 0 and at["x"] + at["width"] <= DESK["width"]
    page.mouse.move(at["x"] + 20, at["y"] + at["height"] / 2, steps=5)
    page.wait_for_timeout(700)
    assert page.evaluate(SHOWN)
    page.mouse.move(2, 2)
    page.wait_for_function(f"!({SHOWN})")
    assert link.get_attribute("aria-describedby") is None


def test_at_the_focus_it_opens_and_escape_closes_it(visit):
    page = visit("log_sum_exp.html")
    link = first(page)
    page.keyboard.press("Tab")  # the keyboard is in use
    link.focus()
    page.locator(BOX).wait_for()
    assert said(page) == statement(entry_of(link))
    page.keyboard.press("Escape")
    assert not page.evaluate(SHOWN) and link.evaluate("(link) => link === document.activeElement")
    page.wait_for_timeout(500)
    assert not page.evaluate(SHOWN)
    page.keyboard.press("Tab")
    link.focus()
    page.wait_for_function(SHOWN)
    page.keyboard.press("Tab")
    assert link.get_attribute("aria-describedby") is None


def test_a_result_of_the_same_page_is_taken_from_it(visit):
    page = visit("softmax.html")
    page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
    link = first(page, "article a[href='softmax.html#softmax.jacobian']:not(.graph a)")
    asked = len(page.requests)
    link.hover()
    page.locator(BOX).wait_for()
    assert said(page) == statement(entry_of(link)) and page.requests[asked:] == []
    assert page.evaluate("document.querySelectorAll('[id=\"softmax.jacobian\"]').length") == 1


def test_on_a_touch_screen_there_is_none(visit):
    page = visit("log_sum_exp.html", viewport=PHONE, has_touch=True, is_mobile=True)
    link = first(page)
    link.evaluate("(link) => link.addEventListener('click', (event) => event.preventDefault())")
    link.tap()
    page.wait_for_timeout(600)
    assert not page.evaluate(SHOWN) and not [url for url in page.requests if "/previews/" in url]


def test_from_the_disk_it_works_too(browser, built_site):
    context = browser.new_context(viewport=DESK, color_scheme="dark")
    page = context.new_page()
    page.goto((built_site / "log_sum_exp.html").as_uri())
    link = first(page)
    link.hover()
    page.locator(BOX).wait_for()
    assert said(page) == statement(entry_of(link))
    dark = page.evaluate("getComputedStyle(document.querySelector('.preview')).backgroundColor.match(/\\d+/)[0] < 60")
    assert dark
    context.close()


def test_a_box_of_a_graph_shows_its_statement_and_its_lines(visit):
    page = visit("graph/softmax.html")
    box = page.locator(".graph-box a[href$='#softmax.gradient']")
    assert box.is_visible()
    page.keyboard.press("Tab")
    box.focus()
    page.locator(BOX).wait_for()
    assert said(page) == statement(catalogue()["softmax.gradient"])
    number = box.get_attribute("data-box")
    ends_of = "(ways) => ways.map((way) => way.dataset.joins.split(' '))"
    joined = page.locator(".graph-box path.joined").evaluate_all(ends_of)
    assert joined and all(number in ends for ends in joined)
    ends = f"path:is([data-joins^='{number} '], [data-joins$=' {number}'])"
    assert len(joined) == page.locator(f".graph-box {ends}").count()


def test_the_whole_can_be_made_larger_by_buttons_keys_and_wheel(visit):
    page = visit("graph/whole.html")
    width = "document.querySelector('.graph-whole svg').getBoundingClientRect().width"
    small = page.evaluate(width)
    assert small <= page.evaluate("document.querySelector('.graph-whole .graph-box').clientWidth") + 1
    page.get_by_role("button", name="Larger").click()
    larger = page.evaluate(width)
    assert larger > small
    page.locator(".graph-whole .graph-box").focus()
    page.keyboard.press("+")
    assert page.evaluate(width) > larger
    page.keyboard.press("0")
    assert page.evaluate(width) == pytest.approx(small)
    page.locator(".graph-whole .graph-box").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(f"{width} > {small + 1}")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_a_list_leads_to_a_chapter_of_the_whole_and_its_names_can_be_read(visit, viewport):
    page = visit("graph/whole.html", viewport=viewport)
    name = page.locator(".graph-whole a[data-box] text").first
    if viewport == PHONE:
        assert name.bounding_box()["height"] > 8 and page.locator(".graph-whole .band").first.is_visible()
    choice = page.get_by_label("Go to a chapter")
    assert choice.locator("option").count() == len(CHAPTERS) + 1
    choice.select_option(label="softmax regression")
    frame = page.locator(".graph-whole .graph-box").bounding_box()
    band = page.locator(".graph-whole .band", has_text="softmax_regression").bounding_box()
    at_its_end = page.locator(".graph-whole .graph-box").evaluate(
        "(box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 1")
    below = frame["height"] - band["height"] if at_its_end else 40  # at the end there is nothing to scroll to
    assert 0 <= band["x"] - frame["x"] < 40 and 0 <= band["y"] - frame["y"] < below
    assert name.bounding_box()["height"] > 8
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_without_javascript_the_whole_is_a_picture_that_scrolls(visit):
    page = visit("graph/whole.html", java_script_enabled=False, viewport=PHONE)
    assert page.get_by_role("button", name="Larger").count() == 0
    box = page.locator(".graph-whole .graph-box").bounding_box()
    picture = page.locator(".graph-whole svg").bounding_box()
    assert box["width"] <= PHONE["width"] < picture["width"] and picture["height"] > box["height"]
