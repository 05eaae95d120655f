"""What several test files share."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

PROJECT = Path(__file__).parent.parent
# The comparisons with PyTorch and others need more libraries: make test-peers.
collect_ignore = [] if importlib.util.find_spec("xgboost") else ["peers"]


def pytest_report_header():
    """What is left out is said."""
    return [f"tests/{name}: not collected (make test-{name})" for name in collect_ignore]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory):
    """The site, built once for all processes that test, with every warning an error."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared
    folder, failed = shared / "site", shared / "site-does-not-build"
    with FileLock(shared / "site.lock"):
        if not (folder.exists() or failed.exists()):
            failed.write_text("the build was cut short", encoding="utf-8")
            said = _build(folder)
            failed.write_text(said, encoding="utf-8") if said else failed.unlink()
    assert not failed.exists(), f"The site does not build:\n{failed.read_text(encoding='utf-8')}"
    return folder


def _build(folder):
    """Build the site there; what it said, if it failed."""
    # Not --quiet: a warning that is not printed is not counted either, and --strict passes it.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    # The banner that this silences is not about this site. The site is looked at as one without a home.
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "REPO_URL": ""}
    built = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    return built.stdout + built.stderr if built.returncode else ""
