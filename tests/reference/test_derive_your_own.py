"""The page Derive your own, followed to the letter in a copy of the project: what it prints is what is printed."""

import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from markdown import Markdown
from pages import PROJECT

PAGE = (PROJECT / "docs" / "derive_your_own.md").read_text(encoding="utf-8")
BLOCK = re.compile(r'^```(?P<language>\w+)(?: title="(?P<file>[^"]+)")?\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)
BLOCKS = [found.groupdict() for found in BLOCK.finditer(PAGE)]
COPIED = ("derivations", "docs", "tests", "mkdocs.yml", "pyproject.toml", "README.md")


def edited(text, change):
    """A file with the lines of a plus after the line that stands above them, and without those of a minus."""
    for line in change.splitlines():
        if line.startswith("+"):
            text = text.replace(above, f"{above}\n{line[1:]}", 1)
        else:
            assert text.count(f"{line[1:]}\n") == 1, line
            text = text.replace(f"{line[1:]}\n", "", 1) if line.startswith("-") else text
        above = line[1:]
    return text


def run(folder, line):
    """What a command of the page prints."""
    python, *arguments = shlex.split(line)
    assert python == "python"
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True,
                          encoding="utf-8")  # fmt: skip
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """The copy after all that the page says was done, with each command, what it printed and what the page prints."""
    folder, printed, removed = tmp_path_factory.mktemp("project"), [], None
    for name in COPIED:
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
        copy(PROJECT / name, folder / name)
    for place, block in enumerate(BLOCKS):
        path = folder / (block["file"] or "")
        if removed and block["language"] == "markdown":  # "Put the line back before you go on"
            removed[0].write_text(removed[1], encoding="utf-8")
        if block["language"] == "sh":
            expected = BLOCKS[place + 1]["text"] if BLOCKS[place + 1 : place + 2] else ""
            printed += [(line, run(folder, line), expected) for line in block["text"].splitlines()]
        elif block["language"] == "diff":
            before = path.read_text(encoding="utf-8")
            removed = (path, before) if block["text"].startswith("-") else removed
            path.write_text(edited(before, block["text"]), encoding="utf-8")
        elif block["file"]:
            assert not path.exists()
            path.write_text(block["text"], encoding="utf-8")
    return folder, printed


@pytest.mark.sampled(0)  # derives, checks and tests in programs of their own
def test_what_is_printed_is_what_the_page_prints(followed):
    *commands, _ = followed[1]
    assert len(commands) == 3
    for command, printed, expected in commands:
        assert printed.split() == expected.split(), command


@pytest.mark.sampled(0)  # derives, checks and tests in programs of their own
def test_the_check_verifies_and_the_rule_refuses(followed):
    _, checked, refused, _ = (printed for _, printed, _ in followed[1])
    assert checked.count(" verified ") == 3 and "0 refuted, 0 undecided" in checked
    assert refused.startswith("error: ") and "log_of_factors" in refused


@pytest.mark.sampled(0)  # derives, checks and tests in programs of their own
def test_its_test_passes(followed):
    command, printed, _ = followed[1][-1]
    assert command == "python -m pytest -q tests/test_waiting_times.py"
    assert "2 passed" in printed, printed


@pytest.mark.sampled(0)  # derives, checks and tests in programs of their own
def test_its_page_is_built(followed):
    """By what puts derivations into pages, in the copy; MkDocs itself runs in the whole."""
    code = ("from markdown import Markdown; from pathlib import Path; "
            "text = Path('docs/waiting_times.md').read_text(encoding='utf-8').split('---', 2)[2]; "
            "print(Markdown(extensions=['attr_list', 'md_in_html', 'derivations.site.placeholders']).convert(text))")
    made = run(followed[0], f"python -c {shlex.quote(code)}")
    assert made.count('<section class="chain') == 4 and "<math" in made, made
    assert 'id="waiting_times.gradient"' in made


def test_the_page_prints_nothing_that_a_placeholder_would_change():
    assert "OUTPUT" not in PAGE and "waiting_times.gradient" in Markdown().convert(PAGE)
