"""What the page of an entry shows is in its record: section by section, each text to copy, each link."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urldefrag

import pytest

from derivations.catalogue import CHAPTERS, catalogue
from derivations.site.blocks import LEGEND
from derivations.site.tables import OF_SIGNS

# Of each section of a page, the fields that hold it; and of each kind of paragraph above the sections.
SECTIONS = {
    "symbols": {"symbols", "quantities"}, "around-it": {"id", "uses", "used_by", "related"},
    "what-it-uses": {"uses"}, "what-uses-it": {"used_by"}, "related-results": {"related"},
    "related-theorems": {"related"}, "where-it-is-told": {"told_in"}, "other-words-for-it": {"words"},
    "use-it-elsewhere": {"files", "elsewhere"},
}  # fmt: skip
CLASSES = {
    "up": {"told_in"}, "kind": {"kind", "id"}, "statement": {"statement"}, "scope": {"hypotheses"},
    "hypotheses": {"hypotheses", "conditions"}, "proof": {"steps", "begins_as"}, "without": {"without"},
    "checked": {"check", "proof"}, "copies": {"copies"}, "left-out": {"not_to_copy"}, "texts": {"copies"},
    "claim": {"claim"}, "given": {"given"},
    "reason": {"meaning", "failure", "work", "points", "evidence", "steps", "defines"},
    "report": {"report"}, "graph-box": {"id", "uses", "used_by", "related"},
    "graph-key": {"id"}, "former": {"former_ids"},
    "notation": {"symbols"}, "lemmas": {"uses", "used_by", "related"}, "highlight": {"elsewhere"},
    "shared": {"begins_as"},
}  # fmt: skip
BOXES = {"h2", "p", "div", "table", "details", "section", "ul", "ol"}
WITHIN = {"folds", "formula", "chain", "steps", "step"}  # what is around the others, or within
OF_EVERY_PAGE = {LEGEND, OF_SIGNS}


class Shown(HTMLParser):
    """The content of a page of an entry: its sections, the classes of its boxes, its links and its code."""

    def __init__(self, html):
        super().__init__()
        self.sections, self.classes, self.links, self.codes, self.words = [], set(), set(), [], {}
        self._in_code, self._section = False, ""
        self.feed(re.search(r'<h1 id="entry-content">.*?</article>', html, re.DOTALL)[0])
        self.close()

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "h2" and "id" in given:
            self._section = given["id"]
            self.sections.append(self._section)
        if tag in BOXES and given.get("class"):
            self.classes.add(given["class"].split()[0])
        if tag == "a" and given.get("href"):
            self.links.add(given["href"])
        if tag == "a" and given.get("xlink:href"):
            self.links.add(given["xlink:href"])
        if tag == "code":
            self.codes.append("")
            self._in_code = True

    def handle_data(self, text):
        if self._in_code:
            self.codes[-1] += text
        if not text.isspace():
            self.words.setdefault(self._section, []).append(text)

    def handle_endtag(self, tag):
        if tag == "code":
            self._in_code = False


def strings(value):
    """Every text in a record, and every name of a field that is an id."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from (name, *strings(part))
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def led_to(target):
    """A link as it stands in a record: an id, an address below the root of the site, or that of another site."""
    if re.match(r"[a-z]+:", target):
        return target
    if rule := re.fullmatch(r"\.\./rules\.html#(\w+)", target):
        return rule[1]
    if target.startswith("../"):
        return target.removeprefix("../")
    id, _ = urldefrag(target)
    return id.removesuffix(".html") if id.endswith(".html") else f"r/{id}"


def lacking(html, record):
    """What a page shows and its record lacks. What the chapter tells is the chapter's, and the record says where."""
    html = re.sub(r'<div class="why">.*?</div>', "", html, flags=re.DOTALL)
    page, held = Shown(html), set(strings(record))
    for section in page.sections:
        if not SECTIONS.get(section, set()) & {name for name in record if record[name]}:
            yield f"section {section}"
    for kind in page.classes - WITHIN:
        if kind not in record["kind"] and not CLASSES.get(kind, set()) & {name for name in record if record[name]}:
            yield f"box {kind}"
    for target in page.links:
        if not (target.startswith("#") or led_to(target) in held | OF_EVERY_PAGE):
            yield f"link {target}"
    run = f"python -m derivations {record['id']} --check"
    for code in page.codes:
        if code not in held | {run}:
            yield f"code {code[:60]}"
    for id in re.findall(r'<a class="defined" href="([a-z_.]+)\.html"', html):
        if id not in {one["id"] for one in record["quantities"] or ()}:
            yield f"quantity {id}"
    titles = {"its chapter", *(one["title"] for one in record["told_in"] or ())}
    for words in page.words.get("where-it-is-told", [])[1:]:
        if words.strip(" ,") not in titles:
            yield f"words {words}"


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_record_has_all_that_the_page_of_its_entry_shows(built_site, name):
    for id in (id for id in catalogue() if id.startswith(f"{name}.")):
        record = json.loads((built_site / "r" / f"{id}.json").read_text(encoding="utf-8"))
        html = (built_site / "r" / f"{id}.html").read_text(encoding="utf-8")
        assert not [*lacking(html, record)], id
        for sentence in re.findall(r'<p class="left-out">(.*?)</p>', html):
            assert unescape(sentence) in record["not_to_copy"]
        assert not re.search("[\ue000-\uf8ff]", json.dumps(record, ensure_ascii=False)), id


FIELDS = ("copies", "symbols", "quantities", "uses", "used_by", "told_in", "words", "files", "elsewhere", "without",
          "begins_as", "proof", "steps")  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_a_record_without_a_field_lacks_what_the_page_shows(built_site, field):
    """So that the test above looks at each of them."""
    record = json.loads((built_site / "r" / "softmax.gradient.json").read_text(encoding="utf-8"))
    html = (built_site / "r" / "softmax.gradient.html").read_text(encoding="utf-8")
    assert record[field] and [*lacking(html, record | {field: None})]
