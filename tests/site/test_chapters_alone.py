"""A chapter's page as Markdown makes it, without MkDocs: in seconds, and so for a sample of the chapters in every run.

The finished pages, within the site and in a browser, are looked at by make test-site.
"""

import re
from collections import Counter

import pytest
from markdown import markdown
from mkdocs.utils.yaml import yaml_load
from pages import PROJECT, Page, source

from derivations.catalogue import CHAPTERS, RENAMED, WITHDRAWN, catalogue

SETTINGS = yaml_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
NAMED = [one if isinstance(one, dict) else {one: {}} for one in SETTINGS]
EXTENSIONS = {name: settings for one in NAMED for name, settings in one.items()}
LINK = re.compile(r"(\w+)\.(?:html|md)#(\w+\.\w+)")


def made(text):
    return markdown(text, extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def ids_of(chapter):
    return [id for id in catalogue() if id.partition(".")[0] == chapter]


def faults(chapter, content, folder):
    """What is wrong with the page of a chapter, each fault in a sentence."""
    (folder / "page.html").write_text(content, encoding="utf-8")
    page = Page(folder / "page.html")
    anchors = Counter(anchor for _, anchor in page.attributes("id"))
    known = {*catalogue(), *RENAMED, *WITHDRAWN}
    prose = "".join(text for open, text in page.texts if not {"code", "pre", "script", "annotation"} & {*open})
    yield from (f"{id} stands there {anchors[id]} times" for id in ids_of(chapter) if anchors[id] != 1)
    yield from (f"{found[0]} leads to no result" for _, target in page.attributes("href")
                if (found := LINK.fullmatch(target)) and found[2] not in known)  # fmt: skip
    yield from (f"a formula came out as its source: {text}" for text in re.findall(r"\{\{.*|\\[a-z]+\{.*", prose))
    derived = [id for id in ids_of(chapter) if getattr(catalogue().get(id), "steps", ())]
    shown = len(re.findall(r"steps? at \d+ points", content))
    if shown != len(derived):
        yield f"{shown} records of checks for {len(derived)} derivations"


@pytest.mark.parametrize("chapter", CHAPTERS)
@pytest.mark.sampled(2)
def test_a_chapter_shows_each_of_its_results_once(chapter, tmp_path):
    assert not list(faults(chapter, made(source(f"{chapter}.html")), tmp_path))


@pytest.mark.parametrize(
    "wrong, said",
    [("{{ chain sigmoid.gradient }}\n\n{{ chain sigmoid.gradient }}", "sigmoid.gradient stands there 2 times"),
     ("[lost](softmax.md#softmax.nothing)", "leads to no result"),
     (r"The slope is \frac{a}{b}.", "came out as its source"),
     ("", "sigmoid.gradient stands there 0 times"), ("", "0 records of checks for")],
)  # fmt: skip
def test_a_fault_is_seen(wrong, said, tmp_path):
    assert any(said in fault for fault in faults("sigmoid", made(wrong), tmp_path))
