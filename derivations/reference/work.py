"""The work that is cited: what CITATION.cff says of it, which a wheel does not hold; tests hold the two together."""

import json
import os
import subprocess
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from ..writing.options import NAME
from .addresses import fault_of_address, fault_of_site, said_of_fault

CHECKOUT = Path(__file__).parents[2]
TITLE = "From likelihood to cross-entropy: derivations computed and checked step by step"
AUTHOR = "The derivations contributors"
VERSION_CITED = "0.1.0"
RELEASED = None  # the day of the release, as 2026-01-31; None: this version is not released yet
FOLDER_OF_ENTRIES = "r"
PAGE_OF_LOSSES = "any_loss"  # they are cited too, and are no entries
DOI = None  # none was given to it so far


@cache
def state() -> tuple[str | None, str]:
    """The date of what is cited, and what tells it from other states of the same version.

    A release has its day and needs nothing more. Before, the last commit has a day and a name, and the same commit
    gives the same citation; what pip installed from a repository has the name alone. Where nothing is known of a date,
    none is made up.
    """
    if RELEASED:
        return RELEASED, ""
    commit = (_git("log", "-1", "--format=%cs %h", "--abbrev=10") or "").split()
    if not commit:
        installed_from = _commit_installed()
        return None, "not released" + (f", commit {installed_from}" if installed_from else "")
    changed = ", changed since" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return commit[0], f"not released, commit {commit[1]}{changed}"


def _commit_installed():
    """The commit that pip installed this package from, if it was one of a repository."""
    with suppress(PackageNotFoundError):
        noted = json.loads(distribution(NAME).read_text("direct_url.json") or "{}")
        return noted.get("vcs_info", {}).get("commit_id", "")[:10]
    return ""


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
    """Where the page of an entry stands, below the root of the site: an address that stays. A loss that a page works
    out has its place there.
    """
    page = id.partition(".")[0]
    return f"{page}.html#{id}" if page == PAGE_OF_LOSSES else f"{FOLDER_OF_ENTRIES}/{id}.html"


def site_address() -> str:
    """Where the site is at home, with a stroke at its end; empty where nobody said it. ValueError for what is said and
    is no address.
    """
    address = os.environ.get("SITE_URL", "")
    if address and (fault := fault_of_address(address) or fault_of_site(address)):
        raise ValueError(said_of_fault("SITE_URL", address, fault))
    address = address.rstrip("/")
    return address and f"{address}/"
