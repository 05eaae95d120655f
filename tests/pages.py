"""Which pages there are, and how to read one: for the tests of the site, in a browser and out of it."""

import importlib.util
import os
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

PROJECT = Path(__file__).parent.parent
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def addresses():
    """The pages of the navigation, as they are called in the built site."""
    nav = yaml_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"]
    return [str(Path(source).with_suffix(".html")) for source in _sources(nav)]


def whole_pages(site):
    """The files of all pages of a built site, without those that are shown in a frame of somebody's page."""
    return [path for path in site.rglob("*.html") if not path.name.endswith(".embed.html")]


def source(address):
    """What a page was written as: Markdown, or the cells of a notebook."""
    (path,) = (PROJECT / "docs").glob(f"{address.removesuffix('.html')}.*")
    return path.read_text(encoding="utf-8")


def has_a_card(id):
    """Whether an entry stands, with its card, on the page of its chapter."""
    page = source(f"{id.partition('.')[0]}.html")
    return bool(re.search(rf"\{{\{{ (chain|key|lemma) {re.escape(id)} \}}\}}", page))


def asks_for_formulas(address):
    """Whether the source of a page has a placeholder that becomes a formula: the table of sources has none."""
    kinds = "chain|key|lemma|loss|result|inline|symbol|table (notation|quantities|rules)"
    shown = re.sub(r"^(`{3,}).*?^\1", "", source(address), flags=re.DOTALL | re.MULTILINE)  # code asks for nothing
    return bool(re.search(rf"\{{\{{ ({kinds}) ", shown))


def _sources(nav):
    """The pages of a navigation, section by section."""
    for entry in nav:
        for source in entry.values():
            yield from [source] if isinstance(source, str) else _sources(source)


class Page(HTMLParser):
    """A built page: its elements with their attributes, and the text with the elements that it stands in."""

    def __init__(self, path):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self._open = [], [], []
        self.feed(path.read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, text):
        self.texts.append((tuple(self._open), text))

    def attributes(self, name):
        return [(tag, attributes[name]) for tag, attributes in self.elements if attributes.get(name)]


def hook(name):
    """A hook of MkDocs, by itself: it finds those beside it as MkDocs lets it."""
    folder = PROJECT / "docs" / "hooks"
    spec = importlib.util.spec_from_file_location(f"hook_{name}", folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(folder))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
    return module


def missing(what):
    """Skip, as not everybody has everything; but where every test must have run, fail."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)


def opened(context, server, address, scripted=True):
    """A page that has settled. What it complains about and what it asks for is in `page.complaints`,
    `page.requests`.
    """
    page = context.new_page()
    page.address, page.complaints, page.requests = address, [], []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("requestfailed", lambda request: page.complaints.append(f"failed: {request.url}"))
    page.on("request", lambda request: page.requests.append(request.url))
    page.goto(server + address)
    page.evaluate("document.fonts.ready.then(() => true)")
    if scripted:  # the theme's script comes after the page, docs/javascripts/later.js
        page.locator("html.js:not(.unset)").wait_for(state="attached")
    return page
