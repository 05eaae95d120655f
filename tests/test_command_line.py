"""The command line, called as a person calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import sympy

from derivations.__main__ import main
from derivations.catalogue import CHAPTERS, catalogue
from derivations.writing.typeset import plain, statement

PROJECT = Path(__file__).parent.parent


def run(*arguments, cwd=PROJECT):
    return subprocess.run([sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def test_without_an_id_it_lists_every_entry_with_its_result():
    done = run("-m", "derivations")
    lines = done.stdout.splitlines()
    assert done.returncode == 0 and len(lines) == len(catalogue())
    for line, entry in zip(lines, catalogue().values(), strict=True):
        assert line.startswith(entry.id + " ") and line.endswith(statement(entry, plain))


def test_one_id_prints_the_chain_with_a_relation_an_expression_and_a_reason_a_line(capsys):
    assert main(["bernoulli.score"]) == 0
    printed = capsys.readouterr().out
    entry = catalogue()["bernoulli.score"]
    for step in entry.steps:
        assert f"  = {plain(step.expression)}\n" in printed
        assert f"{step.because}" in printed and step.rule in printed
    assert "holds if no probability is 0 or 1: 0 < pᵢ < 1" in printed
    assert "[interior probabilities]" in printed


def test_a_definition_prints_its_meaning(capsys):
    assert main(["softmax.probability"]) == 0
    assert "definition: the probability of class k" in capsys.readouterr().out


def test_latex(capsys):
    assert main(["softmax.gradient", "--latex"]) == 0
    assert capsys.readouterr().out.startswith("% softmax.gradient\n\\begin{aligned}")


def test_check_says_how_many_points_at_which_sizes_to_how_many_digits(capsys):
    assert main(["softmax.gradient", "--check"]) == 0
    printed = capsys.readouterr().out
    assert "softmax.gradient: verified; 8 steps at 30 points, sizes (n, K) = (1, 1), (1, 2)" in printed
    assert "digits, seed " in printed
    assert printed.endswith("1 derivation, 8 steps, 30 points: 1 verified, 0 refuted, 0 undecided\n")


def test_check_without_ids_checks_everything(monkeypatch, capsys):
    from derivations.checking import check

    def found(entry):  # test_check.py checks them all in earnest
        return check.Check(entry.id, check.VERIFIED, len(entry.steps), 1, ((1, 1),), 48, 0)

    monkeypatch.setattr(check, "check", found)
    assert main(["--check"]) == 0
    checked = [entry for entry in catalogue().values() if entry.kind in ("derivation", "counterexample")]
    assert capsys.readouterr().out.splitlines()[-1].endswith(f" points: {len(checked)} verified, 0 refuted, 0 undecided")


def test_json_has_everything_and_can_be_read_back(capsys):
    assert main(["bernoulli.score", "--json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)
    entry = catalogue()["bernoulli.score"]
    assert (record["id"], record["kind"], record["title"]) == ("bernoulli.score", "derivation", "Bernoulli score")
    assert [step["rule"] for step in record["steps"]] == [step.rule for step in entry.steps]
    assert all(step["law"] and step["because"] and step["latex"] for step in record["steps"])
    assert {h["name"] for h in record["hypotheses"]} == {h.name for h in entry.hypotheses}
    assert record["check"]["outcome"] == "verified"
    assert sympy.sympify(eval(record["result"]["srepr"], vars(sympy))) == entry.result


def test_an_unknown_id_gives_one_line_with_the_nearest_and_code_2(capsys):
    assert main(["bernouli.scor"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1 and "bernoulli.score" in printed.err


def test_nothing_near_says_where_to_look(capsys):
    assert main(["qqq"]) == 2
    assert "lists them all" in capsys.readouterr().err


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_prints_itself_from_anywhere(chapter, tmp_path):
    done = run(str(PROJECT / "derivations" / f"{chapter}.py"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [line.partition(": ")[0] for line in done.stdout.splitlines() if line[:1].strip()] == [id for id in catalogue() if id.startswith(f"{chapter}.")]


def test_a_failed_check_is_an_exit_code(monkeypatch, capsys):
    from dataclasses import replace

    from derivations.checking import check

    real = check.check
    monkeypatch.setattr(check, "check", lambda entry: replace(real(entry), outcome="undecided"))
    assert main(["softmax.gradient", "--check"]) == 1
    assert "0 verified, 0 refuted, 1 undecided" in capsys.readouterr().out


def test_a_reader_who_has_seen_enough_is_no_error():
    listing = subprocess.Popen([sys.executable, "-m", "derivations"], cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    listing.stdout.close()
    assert listing.stderr.read() == b"" and listing.wait() == 0
    listing.stderr.close()
