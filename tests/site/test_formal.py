"""What the pages say of formal proofs is what the ledger says, and the files of Coq are there."""

import re
from html import unescape

import pytest

from derivations.catalogue import CHAPTERS
from derivations.proving.cited import cited_theorems, statement_of_cited
from derivations.proving.counterexamples import counterexamples, negation_text
from derivations.proving.files import statement_text
from derivations.proving.ledger import files_proved, is_proved
from derivations.proving.printing import identifier
from derivations.site import formal
from derivations.site.formal import (
    derivations, formal_proof, not_proved, page_of_theorem, proved_in_short, theorems_in_coq,
    theorems_of_variants_in_coq,
)  # fmt: skip


def in_coq(html, entry):
    """What stands at the place of an entry, whose name leads to its card."""
    shown = html.partition(f'<pre id="{identifier(entry.id)}"')[2].partition("<code>")[2].partition("</code>")[0]
    card = f'{entry.id.partition(".")[0]}.html#{entry.id}'
    assert f'Theorem <a class="citable" href="{card}">' in shown
    return unescape(re.sub("<[^>]*>", "", shown))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_card_says_proved_where_it_is_and_leads_to_the_theorem(built_site, chapter):
    html = (built_site / f"{chapter}.html").read_text(encoding="utf-8")
    own = [entry for entry in derivations() if entry.id.startswith(f"{chapter}.")]
    for entry in own:
        assert (f'href="{page_of_theorem(entry)}#{identifier(entry.id)}"' in html) == is_proved(entry), entry.id
    assert html.count("<summary>Proved</summary>") == sum(map(is_proved, own))
    assert html.count("<summary>Checked</summary>") == len(own) - sum(map(is_proved, own))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_page_shows_each_theorem_as_coq_reads_it(built_site, chapter):
    for entry in derivations():
        if entry.id.startswith(f"{chapter}.") and is_proved(entry):
            html = (built_site / page_of_theorem(entry)).read_text(encoding="utf-8")
            assert in_coq(html, entry) == statement_text(entry)


def test_the_files_of_coq_are_there_to_download(built_site):
    files = files_proved()
    assert len(files) > len(CHAPTERS)
    for file in files:
        assert (built_site / "proofs" / f"{file.name}.v").read_text(encoding="utf-8") == file.text, file.name


def test_the_page_counts_what_the_ledger_has(built_site):
    many, every = sum(map(is_proved, derivations())), len(derivations())
    these = f"All {every}" if many == every else f"{many} of the {every}"
    assert f"<strong>{these} derivations have a formal proof" in proved_in_short()
    shown = theorems_in_coq() + theorems_of_variants_in_coq()
    assert sum(int(found) for found in re.findall(r": (\d+) of \d+</summary>", shown)) == many
    assert not_proved().count("no proof yet") == every - many
    assert proved_in_short() in (built_site / "proved.html").read_text(encoding="utf-8")


def test_what_is_not_proved_is_counted_and_listed(monkeypatch):
    lacking = derivations()[0]
    monkeypatch.setattr(formal, "is_proved", lambda entry: entry != lacking)
    every = len(derivations())
    assert f"<strong>{every - 1} of the {every} derivations have" in proved_in_short()
    assert not_proved().count("no proof yet") == 1 and lacking.id in re.sub("<[^>]*>", "", not_proved())
    monkeypatch.setattr(formal, "is_proved", lambda entry: True)
    assert f"<strong>All {every} derivations have" in proved_in_short() and "Every derivation is" in not_proved()


def test_a_counterexample_that_is_proved_leads_to_its_theorem(built_site):
    proofs = (built_site / "proved.html").read_text(encoding="utf-8")
    for entry in counterexamples():
        html = (built_site / f"{entry.id.partition('.')[0]}.html").read_text(encoding="utf-8")
        assert (f'href="proved.html#{identifier(entry.id)}"' in html) == is_proved(entry), entry.id
        if not is_proved(entry):
            continue
        assert in_coq(proofs, entry) == negation_text(entry)


def test_a_cited_theorem_that_is_proved_leads_to_what_it_says_in_coq(built_site):
    proofs = (built_site / "proved.html").read_text(encoding="utf-8")
    for entry in cited_theorems():
        html = (built_site / f"{entry.id.partition('.')[0]}.html").read_text(encoding="utf-8")
        assert (f'href="proved.html#{identifier(entry.id)}"' in html) == is_proved(entry), entry.id
        if is_proved(entry):
            assert in_coq(proofs, entry) == statement_of_cited(entry)


def test_what_is_not_proved_shows_no_proof():
    left = [entry for entry in derivations() if not is_proved(entry)]
    assert all(formal_proof(entry) == "" for entry in left)


def test_the_word_is_used_of_nothing_else(built_site):
    """Formal proofs are those of Coq: pages that say the word are the card's, or lead to the page that explains it."""
    for path in built_site.glob("*.html"):
        html = path.read_text(encoding="utf-8")
        main = html.partition("<article")[2]
        if re.search(r"formal\s+proof", main):
            assert "proved.html" in html, path.name
