"""The large pictures of the graph: who goes by the Tab key passes each by one link, also without JavaScript."""

import pytest
from pages import DESK, PHONE

pytestmark = pytest.mark.browser

LARGE = ("graph.html", "graph/softmax.html", "graph/whole.html")
LOOKS = [("light", DESK, True), ("dark", PHONE, True), ("light", DESK, False)]
# What has the focus: its text, whether it is in a picture, and whether it comes after the last box of the large one.
FOCUSED = """() => {
    const at = document.activeElement, last = [...document.querySelectorAll('.graph-box svg a')].at(-1);
    return {text: at.textContent.trim(), drawn: Boolean(at.closest('.graph-box')),
            after: Boolean(last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)};
}"""
# The channels of a colour, however it is written.
CONTRAST = """(link) => {
    const channels = (colour) => colour.match(/[\\d.]+/g).slice(0, 3).map(Number);
    const {color, backgroundColor} = getComputedStyle(link);
    const [ink, paper] = [color, backgroundColor].map(channels);
    return Math.max(...ink.map((value, place) => Math.abs(value - paper[place])));
}"""


@pytest.mark.parametrize("address", LARGE)
@pytest.mark.parametrize("scheme, size, scripts", LOOKS, ids=["day", "night, phone", "without JavaScript"])
def test_one_link_before_a_large_picture_leads_past_it(visit, address, scheme, size, scripts):
    page = visit(address, color_scheme=scheme, viewport=size, java_script_enabled=scripts)
    link = page.get_by_role("link", name="Skip the drawing")
    assert link.count() == 1 and link.evaluate("(link) => getComputedStyle(link).opacity") == "0"
    page.keyboard.press("Tab")  # the focus is to be one of the keyboard's
    link.focus()
    box, picture = link.bounding_box(), page.locator(".graph-box").first.bounding_box()
    assert link.evaluate("(link) => getComputedStyle(link).opacity") == "1" and link.evaluate(CONTRAST) > 120
    assert picture["x"] <= box["x"] and box["x"] + box["width"] <= size["width"]
    header = page.locator(".md-header").bounding_box()
    assert header["y"] + header["height"] <= box["y"] and box["y"] + box["height"] <= size["height"]
    page.keyboard.press("Enter")
    page.wait_for_url("**#after-drawing")
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert focused["after"] and not focused["drawn"]


@pytest.mark.parametrize("address", LARGE)
def test_the_link_stands_right_before_the_picture(visit, address):
    page = visit(address)
    page.get_by_role("link", name="Skip the drawing").focus()
    for _ in range(7):  # the whole has buttons before its box
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED)["drawn"]:
            break
    assert page.evaluate("document.activeElement.closest('.graph-box') === document.activeElement")
