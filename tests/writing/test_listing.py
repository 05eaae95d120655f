"""Lists: what cannot be derived keeps nothing else from being shown, and a false claim is marked."""

import io
import sys
from dataclasses import replace

import pytest

from derivations import catalogue as catalogue_module
from derivations.__main__ import main
from derivations.catalogue import CHAPTERS, catalogue, chapter, published
from derivations.checking import check
from derivations.engine.terms import RuleDoesNotApply
from derivations.writing.listing import NotDerived
from derivations.writing.terminal import Terminal, decisions_of, totals
from derivations.writing.typeset import displayed, latex, latex_chain

ENTRIES = catalogue()
MESSAGE = "softmax.gradient, step 9 (_refuses): found nothing to refuse"


def printed(capsys, *arguments, code=0):
    assert main(list(arguments)) == code
    return capsys.readouterr()


def _refuses(expression):
    """There is no such law."""
    raise RuleDoesNotApply("found nothing to refuse")


@pytest.fixture
def broken_entry(monkeypatch):
    broken = replace(ENTRIES["softmax.gradient"]).by(_refuses, because="it does not")
    monkeypatch.setattr(chapter("softmax"), "gradient", broken)


@pytest.fixture
def broken_chapter(monkeypatch):
    def reads(name, chapter=chapter):
        if name == "sigmoid":
            raise RuleDoesNotApply(MESSAGE)
        return chapter(name)

    monkeypatch.setattr(catalogue_module, "chapter", reads)


def test_false_claims_are_marked_in_the_list_and_in_latex(capsys):
    lines = printed(capsys, "--search", "asymmetry").out.splitlines()
    assert [line.split(maxsplit=1) for line in lines][0] == ["cross_entropy.asymmetry", "false: H(q, p) = H(p, q)"]
    said, *formula, where = latex_chain(ENTRIES["cross_entropy.asymmetry"]).split("\n")
    assert said == "This claim is false:" and formula == [r"\[", "H(q, p) = H(p, q)", r"\]"]
    assert where.startswith("It fails at $K = 2$, $")
    theorem, in_words = ENTRIES["cross_entropy.gibbs_equality"], ENTRIES["likelihood.monotone"]
    said, *formula = latex_chain(theorem).split("\n", 1)
    assert said == f"% {theorem.says}" and formula == [displayed(latex(theorem.formula))]
    assert all(line.startswith("% ") for line in latex_chain(in_words).splitlines())


def test_a_check_goes_on_after_an_entry_that_cannot_be_derived(broken_entry, capsys):
    for more in ([], ["--verbose"]):
        said = printed(capsys, "softmax.gradient", "softmax.gradient_sum", "--check", *more, code=1).out
        assert "not derived" in said.splitlines()[0] and f"\n  {MESSAGE}\n" in said
        assert "softmax.gradient_sum" in said
        assert said.endswith(" 1 verified, 0 refuted, 0 undecided, 1 not derived\n")
    said = printed(capsys, "softmax.gradient", "softmax.gradient_sum", "--exact", code=1).out
    assert MESSAGE in said and said.endswith("; 1 not derived\n")


def test_the_other_forms_go_on_too(broken_entry, capsys):
    lines = printed(capsys, "softmax", "--search", "softmax", code=1).out.splitlines()
    assert f"not derived: {MESSAGE}" in next(line for line in lines if line.startswith("softmax.gradient "))
    assert len(lines) == len(list(published("softmax")))
    for form in ([], ["--latex"], ["--json", "--no-check"], ["--uses"]):
        said = printed(capsys, "softmax.gradient", "softmax.jacobian", *form, code=1)
        assert ("softmax.jacobian" in said.out or "--uses" in form) and said.out and said.err == f"error: {MESSAGE}\n"


def test_a_chapter_that_cannot_be_read_is_a_line(broken_chapter, capsys):
    lines = printed(capsys, "--chapters", code=1).out.splitlines()
    assert [line.split()[0] for line in lines] == list(CHAPTERS)
    assert [line for line in lines if line.endswith(f"not derived: {MESSAGE}")] == [lines[CHAPTERS.index("sigmoid")]]
    said = printed(capsys, code=1).out
    assert "\nsoftmax.gradient " in said and "\nnumerics." in said
    assert [line for line in said.splitlines() if line.startswith("sigmoid")][0].endswith(MESSAGE)
    said = printed(capsys, "sigmoid", "softmax.gradient", "--check", code=1).out
    assert MESSAGE in said and "1 verified" in said


def test_where_there_is_no_equality_none_is_counted(capsys):
    for ids in (["softmax.probability"], ["cross_entropy.asymmetry", "softmax.probability"]):
        assert printed(capsys, *ids, "--exact").out == "no equality to decide exactly\n"


def test_chapters_go_with_no_id_and_no_search(capsys):
    for more in (["softmax"], ["--search", "softmax"]):
        with pytest.raises(SystemExit) as ended:
            main(["--chapters", *more])
        assert ended.value.code == 2 and "give no id and no --search" in capsys.readouterr().err


def test_a_chapter_that_is_not_registered_says_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(catalogue_module, "CHAPTERS", CHAPTERS[:-1])
    last = CHAPTERS[-1]
    said = printed(capsys, last, code=2).err
    assert said.startswith(f"error: derivations/{last}.py is there, but '{last}' is not in CHAPTERS of ")
    assert all(name in said for name in (f"docs/{last}.md", "mkdocs.yml", f"tests/test_{last}.py"))
    assert "is there" not in printed(capsys, "functions", code=2).err


def test_columns_of_uses_line_up_in_a_pipe(capsys):
    lines = printed(capsys, "softmax.probability", "softmax.jacobian", "--used-by").out.splitlines()
    rows = [line for line in lines if not line.startswith("# ")]
    title = {line: line.index("  " + ENTRIES[line.split()[0]].title) for line in rows}
    assert len({line.rindex("  ", 0, place + 2) for line, place in title.items()}) == 1


@pytest.mark.parametrize("arguments", [["--chapters"], ["softmax.probability", "--used-by"],
                                       ["softmax.gradient", "--exact"], ["softmax.gradient", "--check"]])
def test_lines_are_wrapped_in_a_narrow_terminal(arguments, monkeypatch, capsys):
    monkeypatch.setattr(Terminal, "of", lambda *_: Terminal(60))
    lines = printed(capsys, *arguments).out.splitlines()
    assert len(lines) > 3 and [line for line in lines if len(line) > 60] == []


def test_a_row_is_printed_when_it_is_found(monkeypatch):
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    before = []

    def found(entry):
        before.append(shown.getvalue().count("\n"))
        if len(before) == 3:
            raise KeyboardInterrupt
        return check.Check(entry.id, check.VERIFIED, len(entry.steps), 1, ((1, 1),), 48, 0)

    monkeypatch.setattr(check, "check", found)
    with pytest.raises(KeyboardInterrupt):
        main(["sigmoid", "--check"])
    assert before == [0, 1, 2]


def test_totals_count_what_is_not_derived_apart():
    assert totals([NotDerived("a.b", "no")]).startswith("0 derivations, 0 steps, 0 points: 0 verified")
    assert decisions_of([NotDerived("a.b", "no")], 0) == "no equality to decide exactly; 1 not derived"
