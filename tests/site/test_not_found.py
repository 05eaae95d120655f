"""A reader with an old or mistyped address, in a browser: the site stands at the root of a server, or in a folder."""

import functools
import http.server
import threading
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


class Lost(http.server.SimpleHTTPRequestHandler):
    """Serves the site below a folder; for every other address the page that says so, as hosts do."""

    def __init__(self, *arguments, folder, **settings):
        self.folder = folder
        super().__init__(*arguments, **settings)

    def do_GET(self):
        if not self.path.startswith(self.folder):
            return self.send_error(404)
        self.path = "/" + self.path.removeprefix(self.folder)
        return super().do_GET()

    def do_HEAD(self):
        self.do_GET()

    def send_error(self, code, *_):
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write((Path(self.directory) / "404.html").read_bytes())

    def log_message(self, *_):
        pass


@pytest.fixture(params=["/", "/some/book/"])
def server(built_site, request):
    """The address of the site."""
    handler = functools.partial(Lost, directory=built_site, folder=request.param)
    served = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=served.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}{request.param}"
    served.shutdown()
    served.server_close()
    thread.join()


@pytest.fixture
def page(browser):  # noqa: F811
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("sofmax.html", "softmax.html"),
        ("old/chapters/soft_max-regresion/index.html", "softmax_regression.html"),
        ("old/softmax/#softmax.gradient", "softmax.html#softmax.gradient"),
        ("notebook/real-data", "notebooks/real_data.html"),
        ("qqq/zzz.html", None),
    ],
)
def test_the_nearest_page_is_named(page, server, asked, nearest):
    page.goto(server + asked)
    page.wait_for_selector("#nearest a")
    suggested = [link.evaluate("link => link.href") for link in page.query_selector_all("#nearest a")]
    assert suggested[:-1] == ([server + nearest] if nearest else [])
    assert suggested[-1].startswith(f"{server}index.html?q=")
    for link in page.query_selector_all("#pages a")[:3]:
        assert page.request.get(link.evaluate("link => link.href")).status == 200


def test_it_is_styled_wherever_it_stands(page, server):
    page.goto(server + "deep/down/nothing.html")
    page.wait_for_selector("#nearest a")
    page.wait_for_function("getComputedStyle(document.body).getPropertyValue('--paper') !== ''")


def test_without_scripts_the_list_stands(browser, server):  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + "nothing.html")
    assert page.locator("#pages a").count() > 20 and page.locator("#nearest").inner_text() == ""
    context.close()


def test_the_offered_search_opens_with_the_words(page, server):
    page.goto(server + "log_likelyhood.html")
    page.click("#nearest a:last-of-type")
    page.wait_for_selector(".md-search__input")
    assert page.input_value(".md-search__input") == "log likelyhood"
