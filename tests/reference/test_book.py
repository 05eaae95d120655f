"""The book: every entry with its id and all lines of its chain; TeX compiles it, and nothing is wider than the page."""

import re
import shutil
import subprocess

import pytest
from pages import missing

from derivations.catalogue import CHAPTERS, published
from derivations.reference.book import book
from derivations.reference.work import TITLE
from derivations.sources import SOURCES
from derivations.writing.typeset import latex


def written(*chapters):
    return book("Version 1.2.0, commit 0123456789", "2026-01-31", chapters)


@pytest.mark.sampled(2, together="book", rest_in="make tex")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_entry_is_there_under_its_id(chapter):
    whole = written(chapter)
    labels = re.findall(r"^\\Entry\{.*\}\{([\w.]+)\}\{\w+\}$", whole, re.MULTILINE)
    assert labels == [entry.id for entry in published(chapter)]
    unbroken = whole.replace(r"\char95\allowbreak{}", "_").replace(r"\allowbreak{}", "")
    tags = re.findall(r"\\Id\{(.*?)\}(?:\}|\))", unbroken)
    assert tags == labels


@pytest.mark.sampled(2, together="book", rest_in="make tex")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_line_and_every_reason_is_there(chapter):
    whole = written(chapter)
    for entry in published(chapter):
        part = whole.partition(f"{{{entry.id}}}{{{entry.kind}}}\n")[2].partition(r"\Entry{")[0]
        for step in entry.steps:
            assert f"{{{latex(step.expression)}}}" in part, entry.id
        assert part.count(r"\Reason{") == len(entry.steps)
        assert part.count(r"\Supposed{") == len(entry.hypotheses)


def test_every_source_is_in_the_bibliography():
    whole = written()
    assert whole.count(r"\Source{") == len(SOURCES)
    for each in SOURCES:
        link = each.link.replace("%", r"\%")  # or the rest of the line would be a comment
        assert not link or f"\\url{{{link}}}" in whole
    assert any("%" in each.link for each in SOURCES)


def compiled(text, folder):
    """What TeX says of a document."""
    if not shutil.which("pdflatex"):
        missing("no pdflatex: on Debian, apt install texlive-latex-base texlive-latex-recommended")
    (folder / "book.tex").write_text(text, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "book.tex"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
    assert done.returncode == 0, done.stdout[-2000:]
    return (folder / "book.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.sampled(1, rest_in="make tex")
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_tex_compiles_a_chapter_and_nothing_runs_off_the_page(chapter, tmp_path):
    said = compiled(written(chapter), tmp_path)
    assert not re.findall(r"^(?:Overfull \\hbox|Missing character).*", said, re.MULTILINE)
    assert (tmp_path / "book.pdf").stat().st_size > 50_000


def test_ids_can_be_copied_from_the_book(tmp_path):
    """A rule that is drawn under a word is no letter: in the text of the PDF it would not be there."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: on Debian, apt install poppler-utils")
    said = compiled(written("log_sum_exp"), tmp_path)
    assert said
    command = ["pdftotext", "-raw", "book.pdf", "-"]
    text = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout
    found = set(re.findall(r"log_sum_exp\.[a-z_]+", re.sub(r"(?<=[._])\n", "", text)))
    assert found == {entry.id for entry in published("log_sum_exp")}


def test_the_file_says_what_it_is_called(tmp_path):
    if not shutil.which("pdfinfo"):
        pytest.skip("no pdfinfo: on Debian, apt install poppler-utils")
    compiled(written("bernoulli"), tmp_path)
    said = subprocess.run(["pdfinfo", tmp_path / "book.pdf"], capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^Title: +{re.escape(TITLE)}$", said, re.MULTILINE)


def test_without_what_makes_a_wide_formula_fit_it_would_run_off_the_page(tmp_path):
    said = written("maximum_likelihood")
    unfit = said.replace(r"\ifdim\wd\Formula>#1\relax", r"\iffalse")
    assert unfit != said and "Overfull \\hbox" in compiled(unfit, tmp_path)
