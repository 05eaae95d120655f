"""Old addresses lead on, and the page Errata tells what the change log tells."""

import importlib.util
import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.utils.meta import get_data

from derivations.catalogue import RENAMED, WITHDRAWN, find, unknown, used_by
from derivations.reference.changelog import Change, changes_of_results
from derivations.reference.ids import read_ledger, statement_fingerprint
from derivations.reference.withdrawn import once_stated, when_withdrawn
from derivations.reference.work import VERSION_CITED
from derivations.site import errata
from derivations.writing.capitals import in_capital
from derivations.writing.typeset import latex, statement

HOOKS = Path(__file__).parents[2] / "docs" / "hooks"
WHY = "It was planted & is gone."


@pytest.fixture
def hook():
    spec = importlib.util.spec_from_file_location("hook_moved", HOOKS / "moved.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def withdrawn(monkeypatch):
    monkeypatch.setitem(WITHDRAWN, "softmax.planted", (WHY, "softmax.gradient"))
    monkeypatch.setitem(WITHDRAWN, "softmax.planted_alone", (WHY, None))


def pages(hook):
    """The text and the head of each page that the hook writes."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "book"})
    config.validate()
    config.plugins._current_plugin = None  # as MkDocs sets it while it asks the hooks
    added = hook.on_files(Files([]), config)
    return {Path(file.src_uri).stem: get_data(file.content_string) for file in added}


def test_each_id_of_the_past_leads_on_to_the_page_of_its_result(hook):
    found = pages(hook)
    assert list(found) == [*RENAMED, *WITHDRAWN]
    for old in RENAMED:
        new, (text, head) = find(old).id, found[old]
        assert head["leads_on"] == f"{new}.html" and f'<a href="{new}.html">' in text


def test_a_page_that_leads_on_names_where_it_leads_and_is_not_on_the_map(hook):
    old, new = next(iter(RENAMED.items()))
    for leads_on, address in ((f"{new}.html", new), (None, old)):
        page = SimpleNamespace(canonical_url=f"https://example.org/r/{old}.html", meta={"leads_on": leads_on})
        hook.on_page_context({}, page, None, None)
        assert page.canonical_url == f"https://example.org/r/{address}.html"
    page = SimpleNamespace(canonical_url=None, meta={"leads_on": f"{new}.html"})
    hook.on_page_context({}, page, None, None)
    assert page.canonical_url is None
    urls = "".join(f"\n <url>\n <loc>https://example.org/r/{id}.html</loc>\n </url>" for id in (new, old, *WITHDRAWN))
    listed = re.findall("<loc>(.*?)</loc>", hook.on_post_template(urls, "sitemap.xml", None))
    assert listed == [f"https://example.org/r/{id}.html" for id in (new, *WITHDRAWN)]
    assert hook.on_post_template(urls, "404.html", None) == urls


def test_a_withdrawn_id_keeps_its_page_and_says_why(hook, withdrawn):
    found = pages(hook)
    text, head = found["softmax.planted"]
    assert WHY in text and 'What replaces it: <a href="softmax.gradient.html">' in text
    assert "leads_on" not in head
    assert WHY in found["softmax.planted_alone"][0] and "replaces" not in found["softmax.planted_alone"][0]


def test_the_page_of_a_withdrawn_id_says_what_it_stated_and_since_when_it_is_withdrawn(hook):
    found = pages(hook)
    for id, entry in once_stated().items():
        text, _ = found[id]
        assert in_capital(entry.title) in text and statement(entry, latex) in unescape(text)
        assert f"{when_withdrawn(id)}\n" in text and ("It held if " in text) == bool(entry.hypotheses)


def test_what_a_withdrawn_result_stated_is_what_the_ledger_holds():
    ledger = read_ledger()
    assert once_stated().keys() == WITHDRAWN.keys()
    assert {id: statement_fingerprint(entry) for id, entry in once_stated().items()} == {
        id: ledger[id].fingerprint for id in WITHDRAWN}  # fmt: skip


def test_since_when_an_id_is_withdrawn_is_what_the_change_log_says():
    id, log = "numerics.gradient_by_label", "## [{}]\n\n### Withdrawn\n\n- `numerics.gradient_by_label`: gone.\n"
    for head, said in {"0.2.0] - 2027-03-01": "withdrawn in version 0.2.0 (2027-03-01).",
                       "0.2.0]": "withdrawn in version 0.2.0.",
                       "Unreleased]": f"withdrawn before version {VERSION_CITED} was released."}.items():  # fmt: skip
        told = when_withdrawn(id, changes_of_results(log.replace("{}]", head)))
        assert told == f"Entered in version {read_ledger()[id].since}, {said}"
    with pytest.raises(ValueError, match=f"one of {id}.*; found softmax.gradient"):
        when_withdrawn("softmax.gradient")


def test_the_heading_of_an_id_of_the_past_breaks_between_its_words_only(hook):
    for id, (text, head) in pages(hook).items():
        heading = re.search("^# <code>(.*)</code>$", text, re.MULTILINE)[1]
        assert heading.replace("<wbr>", "") == id == head["title"]
        assert all(re.fullmatch("[a-z]+[._]?", part) for part in heading.split("<wbr>"))


def test_and_its_place_in_its_chapter(hook, withdrawn):
    def content(source):
        return hook.on_page_content("<p>text</p>", SimpleNamespace(file=SimpleNamespace(src_uri=source)), None, None)

    assert re.findall('id="(.*?)"', content("softmax.md")) == ["softmax.planted", "softmax.planted_alone"]
    assert "It was planted &amp; is gone." in content("softmax.md")
    assert content("sigmoid.md") == "<p>text</p>"


def test_the_command_line_says_so(withdrawn):
    assert unknown("softmax.planted", []) == f"softmax.planted is withdrawn: {WHY} Instead: softmax.gradient."
    assert unknown("softmax.planted_alone", []) == f"softmax.planted_alone is withdrawn: {WHY}"


def test_errata_tell_every_entry_and_link_every_id():
    text = errata.errata_list()
    assert text.count("\n- ") == len(changes_of_results()) > 4
    linked = dict(re.findall(r"\[`(\S+?)`\]\((\S+?)\)", text))
    assert set(linked) == set().union(*(change.ids for change in changes_of_results())) <= set(read_ledger())
    for id, target in linked.items():
        assert target == (f"r/{id}.md" if id in {*RENAMED, *WITHDRAWN} else f"{id.partition('.')[0]}.md#{id}")


def test_a_planted_correction_is_told_with_its_version(monkeypatch):
    planted = Change("0.2.0", "Corrected", "`softmax.gradient` had\nanother sign.")
    monkeypatch.setattr(errata, "changes_of_results", lambda: [planted])
    text = errata.errata_list()
    assert "No correction" not in text and "Renamed" not in text
    assert "- *Version 0.2.0.* [`softmax.gradient`](softmax.md#softmax.gradient) had\n    another sign." in text


def test_who_looks_for_an_id_that_is_withdrawn_or_mistyped_is_told_what_to_do(withdrawn):
    for id, said in {
        "softmax.planted": f"softmax.planted is withdrawn: {WHY} Instead: softmax.gradient.",
        "softmax.planted_alone": f"softmax.planted_alone is withdrawn: {WHY}",
        "softmax.jacobiann": "unknown id 'softmax.jacobiann'; nearest: softmax.jacobian",
        "sofmax.jacobian": "unknown id 'sofmax.jacobian'; nearest: softmax",
        "Softmax.Jacobian": "unknown id 'Softmax.Jacobian'; nearest: softmax.jacobian",
        "SOFTMAX": "unknown id 'SOFTMAX'; nearest: softmax",
        "softmax": "softmax is a chapter, of the entries softmax.probability, ",
    }.items():
        with pytest.raises(KeyError) as raised:
            find(id)
        assert raised.value.args[0].startswith(said)


@pytest.mark.parametrize("id", ["softmax.gradiant", "softmax", "softmax.planted"])
def test_nothing_is_said_to_be_unused_that_there_is_not(id):
    with pytest.raises(KeyError):
        used_by(id)
