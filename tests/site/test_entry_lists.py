"""What the page of an entry says of the entries around it, before any page is built."""

import re

import pytest

from derivations.catalogue import catalogue
from derivations.engine.entries import Theorem
from derivations.site import entry as pages

RELATING = [id for id, entry in catalogue().items() if isinstance(entry, Theorem) and entry.evidence]


@pytest.fixture(autouse=True)
def without_checks(monkeypatch):
    """The cards, the picture and the files take long and are not looked at here."""
    monkeypatch.setattr(pages, "with_links", lambda html, entry: html)
    monkeypatch.setattr(pages, "_files", lambda entry: "")
    monkeypatch.setattr(pages, "_copies", lambda entry: "")


def page_of(id):
    return pages.entry_page(catalogue()[id], card=("", ""))


def section(page, title):
    """A section of a page, to the next heading; nothing if it has none of this title."""
    found = re.search(rf"<h2 [^>]*>{title}</h2>(.*?)(?=<h2|\Z)", page, re.DOTALL)
    return found[1] if found else ""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("id", RELATING)
def test_a_cited_theorem_has_related_results_and_uses_none(id):
    page = page_of(id)
    related = section(page, "Related results")
    assert all(f"{other.id}.html" in related for other in catalogue()[id].evidence)
    assert not section(page, "What it uses") and '<h2 id="related-results"' in page  # where the picture leads
    assert "statement" not in related and ", <" not in related


def test_a_theorem_that_relates_to_a_result_is_not_said_to_use_it():
    page, theorem = page_of("logistic_regression.separation_bound"), 'href="logistic_regression.separation.html"'
    items = section(page, "Related theorems").split("<li>")
    (said,) = [item for item in items if theorem in item]
    assert "statement" not in said and theorem not in section(page, "What uses it")


def test_a_derivation_still_says_what_it_uses_and_where():
    used = section(page_of("softmax.gradient"), "What it uses")
    assert "in its statement" in used and "in step" in used
