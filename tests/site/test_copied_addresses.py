"""What site.js copies where a site does not know its own address: addresses as they are seen from the page."""

from html import escape

import pytest
from pages import PROJECT

from derivations.any_loss.worked import WORKED
from derivations.catalogue import catalogue
from derivations.reference.citing import citations
from derivations.reference.work import page_address
from derivations.site.entry import CITES, TO_SITE

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


HOME = "https://docs.example/base/"
# A title with signs that are escaped, an id that is long, a loss, and the whole work.
CITED = [catalogue()["softmax.gradient"], catalogue()["odds.ratio_loss"], WORKED["any_loss.hidden"], None]


@pytest.mark.browser
@pytest.mark.parametrize("site", ["", "https://other.example/"])
def test_a_citation_has_the_address_that_the_program_would_write(browser, monkeypatch, site):
    """Each form; and where the site knew its address, that one stays."""

    def written(home):
        monkeypatch.setenv("SITE_URL", home)
        return [text for entry in CITED for _, _, text in citations(entry)]

    places = [page_address(entry.id) if entry else "./" for entry in CITED for _ in citations(entry)]
    body = "".join(f'<pre><code {CITES}="{place}">{escape(text)}</code></pre>'
                   for place, text in zip(places, written(site), strict=True))  # fmt: skip
    page = browser.new_page()
    page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.goto(f"{HOME}any_loss.html?h=a#b")
    page.add_script_tag(path=SCRIPT)
    assert page.locator("code").all_text_contents() == written(site or HOME)
    from_disk = "(text) => withAddress(text, 'file:///home/somebody/site/r/x.y.html')"
    assert page.evaluate(from_disk, written("")[0]) == written("")[0]
    page.close()
