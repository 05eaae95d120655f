"""The built site in a browser, for the tests that use one."""

import shutil

import pytest
from pages import DESK, missing, opened
from serving import ARGUMENTS, compressed


def pytest_itemcollected(item):
    """Each of these opens a page, which takes a second: of all of them a sample runs."""
    if item.get_closest_marker("browser"):
        item.add_marker(pytest.mark.sampled(45, among="browser"))


@pytest.fixture(scope="session")
def server(built_site):
    """The address of the built site."""
    with compressed(built_site) as (address, _):
        yield address


@pytest.fixture(scope="session")
def browser():
    """One for all tests of a process: what pages must not share is of a context of their own."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not chromium:
        missing("there is no Chromium on this machine (on Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, server):
    """Opens a page of the test's own."""
    pages = []

    def visit(address, *, viewport=DESK, **settings):
        context = browser.new_context(viewport=viewport, **settings)
        pages.append(opened(context, server, address, settings.get("java_script_enabled", True)))
        return pages[-1]

    yield visit
    for page in pages:
        page.context.close()
