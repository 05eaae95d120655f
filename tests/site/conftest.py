"""The built site in a browser, for the tests that use one."""

import functools
import http.server
import shutil
import threading

import pytest
from pages import DESK, missing, opened

# A browser asks its maker for updates and the like; these keep it to the pages.
ARGUMENTS = """--headless --no-sandbox --disable-gpu --disable-background-networking
               --disable-component-update --disable-sync""".split()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def server(built_site):
    """The address of the built site."""
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=built_site))
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}/"
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser():
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
