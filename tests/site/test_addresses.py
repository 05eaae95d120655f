"""What is said of a page elsewhere: its description, its picture, its address; and what stands where no page is."""

import os
import re
import struct
import subprocess
import sys
from functools import partial
from html import unescape
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import Abort
from pages import PROJECT, Page, addresses, hook, whole_pages

from derivations.reference.addresses import fault_of_address
from derivations.site.kept import KeptValues

HOME, REPOSITORY = "https://example.org/book/", "https://github.com/somebody/book"
DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')
ALL = [*addresses(), "source/index.html", "source/softmax.html", "source/test_softmax.html"]


def meta(page):
    """The metadata of a page: name or property -> content."""
    return {words.get("name") or words.get("property"): words.get("content") for tag, words in page.elements
            if tag == "meta"}


def build(folder, **settings):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "REPO_URL": ""} | settings
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)


def configured(**settings):
    """What the site would be built with, as far as its addresses go."""
    addresses = {"site_url": settings.get("SITE_URL"), "repo_url": settings.get("REPO_URL")}
    return hook("addresses").on_config(SimpleNamespace(extra={}, **addresses))


def test_each_page_has_a_description_of_its_own(built_site):
    found = {path: unescape(DESCRIPTION.findall(path.read_text(encoding="utf-8"))[0])
             for path in whole_pages(built_site) if path.name != "404.html"}
    assert len(found) > 50
    for path, description in found.items():
        assert 50 <= len(description) <= 160 and description.endswith("."), f"{path.name}: {description}"
    assert len(set(found.values())) == len(found)


def test_each_page_has_a_picture_of_its_own(built_site):
    pictures = {path.relative_to(built_site / "assets/previews").with_suffix(".html").as_posix(): path.read_bytes()
                for path in built_site.glob("assets/previews/**/*.png")}
    assert set(ALL) <= set(pictures) and len(set(pictures.values())) == len(pictures)
    for address, data in pictures.items():
        assert (built_site / address).exists(), address
        assert data.startswith(b"\x89PNG") and struct.unpack(">II", data[16:24]) == (1200, 630), address
        assert len(data) < 60_000, address


def test_a_formula_is_drawn_with_its_indices_below_and_its_limits_above():
    runs = hook("previews").runs_of("H(p) = −∑ₖ₌₁ᴷ log p_{ij}")
    low, high = ([text for text, level in runs if level == side] for side in (-1, 1))
    assert low == ["𝑘=1", "𝑖𝑗"] and high == ["𝐾"]
    assert "".join(text for text, level in runs if level == 0) == "𝐻(𝑝) = −∑ log 𝑝"


def test_a_chapters_picture_has_the_formula_of_its_answer_unless_it_has_a_power():
    formula_of = partial(hook("previews").formula_of, kept=KeptValues())
    text = '<div class="answer" markdown="block">\n\n{{ result %s }}'
    assert formula_of(text % "entropy.at_most_uniform") == "H(q) ≤ log K"
    assert formula_of(text % "likelihood.as_exponential") == formula_of("{{ result entropy.at_most_uniform }}") == ""


def test_the_picture_of_an_entry_has_its_formula_unless_it_is_false_or_said_in_words():
    in_one_line = hook("previews").in_one_line
    assert in_one_line("softmax.gradient") == "∂/∂zₘ H(y, p) = pₘ − yₘ"
    assert in_one_line("softmax.diagonal_only") == in_one_line("best_weights.separation") == ""


def test_the_page_of_an_entry_names_its_own_picture_and_address():
    entries = hook("entries")
    entries.state["frame"] = ('<meta content="https://example.org/entry-picture"><meta content="entry-description">'
                              '<link href="https://example.org/r/frame-of-an-entry.html"><h1 id="entry-content">x</h1>')
    kept = SimpleNamespace(id="softmax.gradient", title="Gradient", description="What it is")
    page = entries.framed(kept, "<p>said</p>")
    assert "https://example.org/assets/previews/r/softmax.gradient.png" in page and "What it is" in page
    assert "https://example.org/r/softmax.gradient.html" in page and "entry-" not in page.replace("entry-content", "")


def test_without_an_address_nothing_dangles(built_site):
    assert not list(built_site.glob("sitemap*"))
    for address in [*ALL, "404.html"]:
        page = Page(built_site / address)
        assert not [name for name in meta(page) if (name or "").startswith(("og:", "twitter:"))], address
        assert "canonical" not in {words.get("rel") for _, words in page.elements}, address
        assert not {"md-source", "md-content__button md-icon"} & {name for _, name in page.attributes("class")}, address


@pytest.mark.sampled(0)  # builds the site once more
def test_with_addresses_each_page_says_its_own(tmp_path):
    done = build(tmp_path, SITE_URL=HOME.rstrip("/"), REPO_URL=REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr
    listed = re.findall("<loc>(.*?)</loc>", (tmp_path / "sitemap.xml").read_text(encoding="utf-8"))
    assert {HOME + address for address in ALL} <= set(listed)
    assert all(address.startswith(HOME) for address in listed)
    for address in ALL:
        page = Page(tmp_path / address)
        said = meta(page)
        links = {words.get("rel"): words.get("href") for _, words in page.elements}
        assert links["canonical"] == said["og:url"] == HOME + address
        assert said["og:image"] == said["twitter:image"]
        assert (tmp_path / said["og:image"].removeprefix(HOME)).exists()
        assert said["og:title"] and said["og:description"] == said["description"]
        leads = {target for tag, target in page.attributes("href") if tag == "a"}
        assert REPOSITORY in leads, address
        if not address.startswith("source/"):
            (written,) = (PROJECT / "docs").glob(f"{address.removesuffix('.html')}.*")
            assert links["edit"] == f"{REPOSITORY}/edit/main/docs/{written.relative_to(PROJECT / 'docs').as_posix()}"
    assert f"{REPOSITORY}/blob/main/derivations/softmax.py" in (tmp_path / "source/softmax.html").read_text("utf-8")
    # Material's script would ask the repository's host for stars.
    assert 'data-md-component="source"' not in (tmp_path / "index.html").read_text("utf-8")
    leads = {target for tag, target in Page(tmp_path / "404.html").attributes("href") if tag == "a"}
    assert leads >= {f"/book/{address}" for address in addresses()}


NO_ADDRESS = pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("htps://example.org", "does not begin with https://"),
        ("https://example", "names no host"),
        ("https://example.org/a page/", "a space"),
        ("https://example.org:port/", "not an address"),
        ("https://example.org/?page=1", "after ? or #"),
        ("example.org", "http:// (scheme)"),  # MkDocs sees this one first
    ],
)


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@NO_ADDRESS
@pytest.mark.sampled(1)  # starts MkDocs, which does with one fault what it does with each; all are in the next test
def test_an_address_that_cannot_be_one_is_refused_before_anything_is_built(tmp_path, name, address, fault):
    done = build(tmp_path / "site", **{name: address})
    said = done.stdout + done.stderr
    assert done.returncode == 1 and fault in said and name.casefold() in said.casefold()
    assert "Traceback" not in said and not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["SITE_URL", "REPO_URL"])
@NO_ADDRESS
def test_an_address_that_cannot_be_one_is_refused(name, address, fault):
    with pytest.raises(Abort) as refused:
        configured(**{name: address})
    assert (fault in str(refused.value) or "://" not in address) and name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "address", "fault"),
    [
        ("REPO_URL", "https://github.com", "names no repository"),
        ("REPO_URL", "https://github.com/somebody/", "names no repository"),
        ("REPO_URL", "https://gitlab.com/somebody.git", "names no repository"),
        ("REPO_URL", "https://secret@github.com/somebody/book", "a user name or a password"),
        ("SITE_URL", "https://me:secret@example.org/", "a user name or a password"),
        ("SITE_URL", "https://example.org/book/index.html", "the site, which is https://example.org/book/."),
        ("SITE_URL", "https://example.org/INDEX.HTM/", "the site, which is https://example.org/."),
    ],
)
def test_an_address_that_is_none_of_a_site_or_of_a_repository_is_refused(name, address, fault):
    with pytest.raises(Abort) as refused:
        configured(**{name: address})
    assert fault in str(refused.value) and name in str(refused.value)
    assert "secret" not in str(refused.value), "a log would show it"


@pytest.mark.parametrize("address", [f"{REPOSITORY}.git", f"{REPOSITORY}.git/", f"{REPOSITORY}/"])
def test_a_repository_may_be_named_as_one_clones_it(address):
    config = configured(REPO_URL=address)
    assert config.repo_url == REPOSITORY and config.extra["repository_files"] == f"{REPOSITORY}/blob/main/"


@pytest.mark.parametrize("address", [
    "https://example.org/book.git", "https://example.org/", "https://gitlab.com/group/below/book", REPOSITORY])
def test_a_repository_is_taken(address):
    assert configured(REPO_URL=address).repo_url == address.rstrip("/").removesuffix(".git")


@pytest.mark.parametrize("address", ["https://example.html", "https://example.org/html/", "https://example.org/v1.2/"])
def test_a_site_may_be_called_nearly_like_a_page(address):
    assert configured(SITE_URL=address).site_url == address


@pytest.mark.parametrize("address", [
    "https://example.org", "http://example.org:8000/book/", "http://localhost:8000/", "http://127.0.0.1:8000/",
    "http://[::1]:8000/", "https://a-b.example.co.uk/~me/book_1/",
])
def test_an_address_is_taken(address):
    assert fault_of_address(address) == ""


def test_the_page_for_lost_readers_lists_all_pages_from_the_root(built_site):
    page = Page(built_site / "404.html")
    leads = [target for tag, target in page.attributes("href") if tag == "a"]
    for address in [*addresses(), "source/index.html"]:
        assert f"/{address}" in leads
    assert meta(page)["robots"] == "noindex"
    loaded = [target for tag, target in [*page.attributes("href"), *page.attributes("src")] if tag != "a"]
    assert loaded and all(target.startswith("/") for target in loaded)
