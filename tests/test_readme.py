"""The README says what is so."""

import re
import shlex
from pathlib import Path

import pytest

from derivations import softmax
from derivations.__main__ import main
from derivations.catalogue import CHAPTERS
from derivations.functions import function

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_derivation_it_shows_is_the_one_the_program_prints(capsys):
    assert main(["softmax.gradient"]) == 0
    assert f"```text\n{capsys.readouterr().out.strip()}\n```" in README


@pytest.mark.parametrize("command", re.findall(r"^python -m derivations(.*?)(?:#.*)?$", README, re.MULTILINE))
def test_its_commands_run(command, capsys):
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


def test_the_number_it_shows_is_the_one_computed():
    shown = re.search(r"gradient\((.*)\)  # (-?[\d.]+)\.\.\.", README)
    assert shown[1] == "y=[0.7, 0.2, 0.1], z=[2.0, 1.0, 0.0], m=1"
    assert str(function(softmax.gradient)(y=[0.7, 0.2, 0.1], z=[2.0, 1.0, 0.0], m=1)).startswith(shown[2])


def test_its_make_targets_and_files_exist():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)) <= targets
    for path in re.findall(r"\]\(([^):]+)\)", README):
        assert (PROJECT / path).exists(), path
    assert [name for name in CHAPTERS if f"`{name}`" not in README] == []
