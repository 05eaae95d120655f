"""The README says what is so."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from derivations.__main__ import main
from derivations.catalogue import CHAPTERS, find
from derivations.writing.terminal import Terminal

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
ROWS = re.findall(r"^\| `([^`]+)` \|(.*)\|$", README, re.MULTILINE)


def test_the_derivation_it_shows_is_the_one_the_program_prints():
    lines = Terminal(100).chain(find("softmax.gradient"))
    assert "```text\n{}\n```".format("\n".join(lines).strip()) in README


@pytest.mark.parametrize("command", re.findall(r"^python -m derivations(.*?)(?:#.*)?$", README, re.MULTILINE))
def test_its_commands_run(command, capsys):
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


def test_its_commands_without_make_are_those_of_make():
    recipes = re.sub(r"@\$\((RUN|PEERS)\)(/bin/python)? ", "python ", MAKEFILE)
    commands = {name.removeprefix("make "): re.findall("`(.+?)`", cell)[-1] for name, cell in ROWS if "make" in name}
    assert commands.pop("setup") == 'python -m pip install -e ".[site,test]"'  # make installs the lock, and then that
    for target, command in commands.items():
        assert command in re.search(rf"^{target}: .*\n((?:\t.*\n)*)", recipes, re.MULTILINE)[0], target


def test_every_target_of_make_has_a_command_without_it_or_needs_none():
    targets = set(re.findall(r"^([a-z-]+):.*##", MAKEFILE, re.MULTILINE))
    without = {target.removeprefix("make ") for target, _ in ROWS if target.startswith("make ")}
    assert targets - without == {"help", "lock", "clean", "distclean"}
    assert set(re.findall(r"^make ([a-z]+)", README, re.MULTILINE)) <= targets


def test_the_files_it_names_exist():
    for path in re.findall(r"\]\(([^):]+)\)", README):
        assert (PROJECT / path).exists(), path
    for folder, cells in ROWS:
        if folder.startswith("make "):
            continue
        place = PROJECT / folder.removesuffix("*.py")
        for path in re.findall(r"`([\w/]+\.(?:py|md))`", cells):
            assert list(place.rglob(path)), path
    assert "def log_of_product" in (PROJECT / "derivations/engine/rules/logarithms.py").read_text(encoding="utf-8")


def test_every_wing_and_every_chapter_is_named():
    wings = {path.parent.name for path in (PROJECT / "derivations").glob("*/__init__.py")}
    assert {f"derivations/{wing}/" for wing in wings} < {folder for folder, _ in ROWS}
    assert [name for name in CHAPTERS if f"`{name}`" not in README] == []


def test_the_versions_of_python_are_the_same_everywhere():
    first, last = re.search(r"With Python 3\.(\d+) to 3\.(\d+)", README).groups()
    project = SETTINGS["project"]
    assert project["requires-python"] == f">=3.{first},<3.{int(last) + 1}"
    named = [name.rpartition(".")[2] for name in project["classifiers"] if "Python :: 3." in name]
    assert named == [str(version) for version in range(int(first), int(last) + 1)]
    assert f"(3, {first}) <= sys.version_info[:2] < (3, {int(last) + 1})" in MAKEFILE
    assert f"Python 3.{first} to 3.{last} is needed" in MAKEFILE


def test_the_lines_fit_the_page():
    assert [line for line in README.splitlines() if len(line) > 120] == []
