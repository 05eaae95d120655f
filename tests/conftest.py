"""What several test files share."""

import gc
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sampling
from filelock import FileLock

PROJECT = Path(__file__).parent.parent
# The comparisons with PyTorch and others need more libraries: make test-peers.
collect_ignore = [] if importlib.util.find_spec("xgboost") else ["peers"]


def pytest_addoption(parser):
    parser.addoption("--whole", action="store_true", help="run every case of the tests that are otherwise sampled")
    parser.addoption("--rest", action="store_true", help="run what a sample of this seed leaves out, and nothing else")
    parser.addoption("--days", type=int, default=1, help="with --rest: a share of it, another one with each next seed")
    parser.addoption("--pages", choices=sampling.PAGES, default="with", help="tests of the built site")
    parser.addoption("--seed", type=int, default=sampling.today(), help="draw the sample with this seed (the date)")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Every process that tests draws the same sample: it would read the date itself, and midnight may lie between."""
    node.workerinput["seed"] = node.config.option.seed


def pytest_report_header(config):
    """What is left out is said."""
    drawn = "every case of the slow tests" if config.option.whole else f"a sample of the slow tests, {again(config)}"
    drawn = f"what is left out of {drawn}" if config.option.rest else drawn
    drawn += {"with": "", "without": "; without the built site (make test-site)", "only": "; of the built site only"}[
        config.option.pages
    ]
    return [drawn, *(f"tests/{name}: not collected (make test-{name})" for name in collect_ignore)]


def again(config):
    """How the same sample is drawn another day."""
    return f"drawn with --seed {config.option.seed} (all: --whole)"


def pytest_terminal_summary(terminalreporter, config):
    """A sample in which something failed can be drawn again."""
    if not config.option.whole and (terminalreporter.stats.keys() & {"failed", "error"}):
        terminalreporter.write_line(f"This was a sample, {again(config)}.")


@pytest.hookimpl(trylast=True)  # after -k and -m
def pytest_collection_modifyitems(config, items):
    """Only a sample of what is slow, unless the whole is asked for."""
    dropped = set() if config.option.whole else sampling.left_out(items, sampling.seed_of(config))
    if config.option.rest:
        dropped = set(items) - dropped | sampling.run_elsewhere(items)
        dropped |= sampling.another_day(items, sampling.seed_of(config), config.option.days)
    dropped |= sampling.not_asked_for(items, config.option.pages)
    if dropped:
        config.hook.pytest_deselected(items=[item for item in items if item in dropped])
        items[:] = [item for item in items if item not in dropped]


def pytest_collection_finish():
    """What is there stays. Of the many small things of SymPy few are rings: to look for them took a twentieth."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


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
