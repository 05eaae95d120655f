"""No line is longer than a reader sees at once, and none says what another one takes back."""

import ast
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LONGEST = 120
WRITTEN = [
    "derivations/**/*.py", "tests/**/*.py", "docs/hooks/**/*.py", "docs/notebooks/**/*.py",
    "docs/javascripts/**/*.js", "docs/stylesheets/**/*.css", "Makefile", "pyproject.toml",
]  # fmt: skip
THIRD_PARTY = {"docs/javascripts/iframe-worker.js": "a released file of another project, kept as it was released"}


def too_long(path):
    """Where a line is too long, and how long it is; in characters, not in bytes."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return [f"{path.name}:{number}: {len(line)}" for number, line in lines if len(line) > LONGEST]


def files(pattern):
    return sorted(path for path in PROJECT.glob(pattern) if path.relative_to(PROJECT).as_posix() not in THIRD_PARTY)


@pytest.mark.parametrize("pattern", WRITTEN)
def test_every_line_fits(pattern):
    assert files(pattern), "nothing to look at"
    assert [line for path in files(pattern) for line in too_long(path)] == []


def test_what_is_left_out_is_there_and_needs_to_be():
    for name in THIRD_PARTY:
        assert too_long(PROJECT / name), f"{name} may be looked at like the others"


def test_a_line_of_121_characters_is_seen(tmp_path):
    (tmp_path / "lines.py").write_text("é" * 120 + "\n" + "x" * 121 + "\n", encoding="utf-8")
    assert too_long(tmp_path / "lines.py") == ["lines.py:2: 121"]


def said_twice(text):
    """Keys that a dictionary has twice, of which Python keeps the last, and names that are imported twice at once."""
    for node in ast.walk(ast.parse(text)):
        names = [alias.asname or alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
        keys = [key.value for key in getattr(node, "keys", ()) if isinstance(key, ast.Constant)]
        yield from (f"{node.lineno}: {one}" for one in sorted({one for one in (*names, *keys)
                    if (names + keys).count(one) > 1}, key=str))  # fmt: skip


@pytest.mark.parametrize("pattern", [pattern for pattern in WRITTEN if pattern.endswith(".py")])
def test_nothing_is_said_twice_of_which_the_first_is_forgotten(pattern):
    found = {path.name: [*said_twice(path.read_text(encoding="utf-8"))] for path in files(pattern)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_what_is_said_twice_is_seen():
    assert sorted(said_twice("x = {'a': 1, 'b': 2, 'a': 3}\nfrom m import q, p, q\n")) == ["1: a", "2: q"]
