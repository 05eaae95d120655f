"""No line is longer than a reader sees at once."""

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
