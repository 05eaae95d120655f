"""A real TeX engine compiles what is printed or copied as LaTeX, as it stands, with the packages that it names."""

import re
import shutil
import subprocess

import pytest
from pages import missing

from derivations.catalogue import catalogue
from derivations.reference.citing import bibtex
from derivations.reference.copies import copies
from derivations.reference.tex import (
    FILE_OF_DOCUMENT, FILE_OF_RESULTS, command_name, document_tex, results_tex,
)  # fmt: skip
from derivations.writing.documents import environment
from derivations.writing.typeset import latex_chain, prose

ENTRIES = catalogue()
NEEDS = re.compile(r"^% needs \\usepackage\{(.*)\}$", re.MULTILINE)


@pytest.fixture(scope="module")
def engine():
    return shutil.which("pdflatex") or missing("no pdflatex: apt-get install texlive-latex-base")


def refusal(engine, folder, text, name="one.tex"):
    """What the engine says against a document; nothing if it compiles it."""
    (folder / name).write_text(text, encoding="utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "-file-line-error", name]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said = done.stdout.decode("utf-8", "replace")
    return said[-2000:] if done.returncode else ""


def document(texts):
    """A document with the packages that the texts name, and no other."""
    named = {name for text in texts for found in NEEDS.findall(text) for name in found.split(",")}
    head = "\n".join(["\\documentclass{article}", *(f"\\usepackage{{{name}}}" for name in sorted(named))])
    body = "\n\n".join(["A formula:", *texts])
    return f"{head}\n{environment('document', body)}\n"


def texts_of(entry):
    """What is printed of an entry, and what is copied of it."""
    return list(dict.fromkeys([latex_chain(entry), *(one.text for one in copies(entry) if one.language == "latex")]))


@pytest.mark.sampled(4, rest_in="make tex")
@pytest.mark.parametrize("id", ENTRIES)
def test_what_is_printed_and_copied_compiles_with_the_packages_that_it_names(engine, tmp_path, id):
    for text in texts_of(ENTRIES[id]):
        assert not refusal(engine, tmp_path, document([text]))


def test_all_results_compile_each_by_its_command(engine, tmp_path):
    entries = list(ENTRIES.values())
    (tmp_path / FILE_OF_RESULTS).write_text(results_tex(entries, "0"), encoding="utf-8")
    text = document_tex(entries)
    assert not refusal(engine, tmp_path, text, FILE_OF_DOCUMENT)
    log = (tmp_path / FILE_OF_DOCUMENT).with_suffix(".log").read_text("utf-8", "replace")
    assert not re.findall(r"^Overfull \\hbox.*\n.*\\OT1/cmtt.*$", log, re.MULTILINE)  # no id sticks out
    results = [entry.id for entry in entries if entry.kind != "counterexample"]
    assert re.findall(r"^ +\\(\w+Of\w+)$", text, re.MULTILINE) == [command_name(id) for id in results]


def test_old_styles_print_the_address_too(engine, tmp_path, monkeypatch):
    """BibTeX itself, with the oldest of its styles, which knows no field for an address."""
    if not shutil.which("bibtex"):
        missing("no bibtex: apt-get install texlive-binaries")
    monkeypatch.setenv("SITE_URL", "https://example.org/a%20b/~me_2/")
    entry = bibtex(ENTRIES["softmax.log_sum_exp"])
    (tmp_path / "own.bib").write_text(entry, encoding="utf-8")
    cited = environment("document", "\n".join(
        ["See \\cite{softmax.log_sum_exp}.", "\\bibliographystyle{plain}", "\\bibliography{own}"]))
    text = document([entry]).partition("\\begin{document}")[0] + cited
    assert not refusal(engine, tmp_path, text)
    done = subprocess.run(["bibtex", "one"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    printed = "".join((tmp_path / "one.bbl").read_text(encoding="utf-8").split())
    assert "\\url{https://example.org/a%20b/~me_2/r/softmax.log_sum_exp.html}" in printed
    assert not refusal(engine, tmp_path, text) and not refusal(engine, tmp_path, text)
    assert "undefined" not in (tmp_path / "one.log").read_text(encoding="utf-8", errors="replace").lower()


def test_the_engine_refuses_what_lacks_mathematics_around_it_or_a_package(engine, tmp_path):
    chain = latex_chain(ENTRIES["softmax.gradient"])
    bare = chain.replace("\\[\n", "").replace("\n\\]", "")
    assert "only in math mode" in refusal(engine, tmp_path, document([bare]))
    assert "Environment aligned undefined" in refusal(engine, tmp_path, document([NEEDS.sub("", chain)]))


def test_no_two_results_have_one_command_and_each_can_be_read_back():
    names = {id: command_name(id) for id in ENTRIES}
    assert len(set(names.values())) == len(names) and all(re.fullmatch("[A-Za-z]+", name) for name in names.values())
    assert names["log_sum_exp.upper_bound"] == "UpperBoundOfLogSumExp"
    for id, name in names.items():
        result, _, chapter = name.rpartition("Of")
        assert id == f"{_snake(chapter)}.{_snake(result)}"


def _snake(name):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


@pytest.mark.parametrize("id", ["softmax", "softmax.top_2", "Softmax.gradient", "share_of.gradient", "softmax._a", ""])
def test_an_id_that_could_not_be_read_back_is_refused(id):
    with pytest.raises(ValueError, match="expected an id such as softmax.gradient"):
        command_name(id)


def test_words_hold_no_command():
    assert prose("50 % of A & B_{1} cost $2 −4/27 • √3") == (
        r"50 \% of A \& B\_\{1\} cost \$2 $-$4/27 $\bullet$ $\surd$3")  # fmt: skip
