"""What site.js copies where a site does not know its own address: addresses as they are seen from the page."""

import pytest
from pages import PROJECT

from derivations.site.entry import TO_SITE

SCRIPT = PROJECT / "docs" / "javascripts" / "site.js"
KEEPS = "() => { window.kept = []; navigator.clipboard.writeText = async (text) => { kept.push(text); }; }"


@pytest.mark.browser
@pytest.mark.parametrize("site", ["", "https://other.example/"])
def test_a_copied_link_is_whole(browser, site):
    page = browser.new_page()
    body = ('<button class="copy" data-copies="a">Link</button>'
            f'<code id="a" {TO_SITE}>{site}r/x.y.html</code>'
            f'<div class="highlight"><pre><code {TO_SITE}>'
            f'&lt;img src="{site}r/x.y.svg"></code></pre></div>')  # fmt: skip
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("https://docs.example/base/r/x.y.html#z")
    page.evaluate(KEEPS)
    page.add_script_tag(path=SCRIPT)
    for button in page.locator("button").all():
        button.click()
    root = site or "https://docs.example/base/"
    assert page.evaluate("kept") == [f"{root}r/x.y.html", f'<img src="{root}r/x.y.svg">']
    page.close()
