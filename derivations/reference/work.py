"""The work that is cited: what CITATION.cff says of it, which a wheel does not hold; tests hold the two together."""

import os
import subprocess
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
TITLE = "From likelihood to cross-entropy: derivations computed and checked step by step"
AUTHOR = "The derivations contributors"
VERSION_CITED = "0.1.0"
RELEASED = None  # the day of the release, as 2026-01-31; None: this version is not released yet
FOLDER_OF_ENTRIES = "r"
DOI = None  # none was given to it so far


@cache
def state() -> tuple[str | None, str]:
    """The date of what is cited, and what tells it from other states of the same version.

    A release has its day and needs nothing more. Before, the last commit has a day and a name, and the same commit
    gives the same citation; where there is no repository, no date is known and none is made up.
    """
    if RELEASED:
        return RELEASED, ""
    commit = (_git("log", "-1", "--format=%cs %h", "--abbrev=10") or "").split()
    if not commit:
        return None, "not released"
    changed = ", changed since" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return commit[0], f"not released, commit {commit[1]}{changed}"


def _git(*arguments):
    """What git answers of this project; None where it is not the project's repository, or there is no git."""
    if not (CHECKOUT / ".git").exists() or not (CHECKOUT / "CITATION.cff").exists():
        return None
    try:
        done = subprocess.run(["git", *arguments], cwd=CHECKOUT, capture_output=True, encoding="utf-8")
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def page_address(id: str) -> str:
    """Where the page of an entry stands, below the root of the site: an address that stays."""
    return f"{FOLDER_OF_ENTRIES}/{id}.html"


def site_address() -> str:
    """Where the site is at home, with a stroke at its end; empty where nobody said it."""
    address = os.environ.get("SITE_URL", "").rstrip("/")
    return address and f"{address}/"
