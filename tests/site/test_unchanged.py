"""A page that has not changed is neither rendered nor read again, and it is the page that it would be."""

import logging
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config
from mkdocs.structure.files import File, get_files
from mkdocs.structure.pages import Page
from pages import hook

from derivations.site.kept import KeptValues

TEXTS = {
    "index.md": "# Title\n\nTo [a part](other.md#part) and <a id='own'></a>.\n\n## One {#one}\n\n### Below\n\nText.\n",
    "other.md": "# Other\n\n## Part\n\nMore.\n",
}
FOUND = ("content", "title", "present_anchor_ids")
unchanged = hook("unchanged")


@pytest.fixture
def logger():
    """What MkDocs tells by, as it is set without `--quiet`."""
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.INFO)
    yield logger
    logger.setLevel(level)


@pytest.fixture
def book(tmp_path, monkeypatch, logger):
    """A book of two pages: its settings, its files, a way to render one of its pages, and how often that was done."""
    (tmp_path / "docs").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "docs" / name).write_text(text, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A book\nvalidation: {anchors: warn}\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.extra |= {"made": SimpleNamespace(kept=KeptValues()), "archive": {"address": "source/a.tar.gz"},
                     "rendering": "", "linked": None}  # fmt: skip
    files, times, render = get_files(config), [], Page.render
    monkeypatch.setattr(Page, "render", lambda page, *given: times.append(page.file.src_uri) or render(page, *given))

    def rendered(text=TEXTS["index.md"], by_hook=True):
        page = Page(None, files.get_file_from_path("index.md"), config)
        page.markdown = text
        if by_hook:
            unchanged.on_page_markdown(text, page, config, files)
        page.render(config, files)
        return page

    return SimpleNamespace(config=config, files=files, rendered=rendered, times=times)


def test_a_page_is_rendered_once_and_is_as_mkdocs_renders_it(book):
    wanted = book.rendered(by_hook=False)
    book.times.clear()
    first, second = book.rendered(), book.rendered()
    assert book.times == ["index.md"]
    for page in (first, second):
        assert [getattr(page, name) for name in FOUND] == [getattr(wanted, name) for name in FOUND]
        assert str(page.toc) == str(wanted.toc) and page.links_to_anchors == wanted.links_to_anchors != {}
    book.rendered(TEXTS["index.md"] + "More.\n")
    assert book.times == ["index.md"] * 2


def test_a_page_is_rendered_again_beside_other_files(book):
    book.rendered()
    book.config.extra["linked"] = None  # as in another build
    book.files.remove(book.files.get_file_from_path("other.md"))
    book.rendered()
    assert book.times == ["index.md"] * 2


def test_a_page_is_not_rendered_again_for_the_name_of_the_archive(book):
    for name in ("one.tar.gz", "another-modified.tar.gz"):
        book.config.extra |= {"archive": {"address": f"source/{name}"}, "linked": None}
        archive = File(f"source/{name}", book.config.docs_dir, book.config.site_dir, use_directory_urls=False)
        book.files.append(archive)
        book.rendered()
        book.files.remove(archive)
    assert book.times == ["index.md"]


@pytest.mark.parametrize("level", [logging.INFO, logging.ERROR], ids=["told", "quiet"])
def test_a_page_with_a_wrong_link_is_warned_of_every_time(book, logger, level, caplog):
    logger.setLevel(level)
    for times in (1, 2):
        book.rendered("# Title\n\n[nowhere](nowhere.md)\n")
        assert len(book.times) == times
        assert len(caplog.records) == times * (level == logging.INFO)


def test_a_page_that_renders_itself_is_left_alone(book):
    page = SimpleNamespace(render=None)
    assert unchanged.on_page_markdown("text", page, book.config, book.files) == "text" and page.render is None


THEME = "{{ times.append(page.url) or '' }}{{ page.content }} in {{ nav.items[0].title }}"
BUILT = {"version": "1", "commit": "a", "changed": False}
CHANGES = {
    "nothing": lambda config, page: None,
    "content": lambda config, page: vars(page).update(content="another"),
    "what it is told by": lambda config, page: page.meta.update(description="another"),
    "what stands beside": lambda config, page: vars(page).update(next_page=SimpleNamespace(title="B", url="b.html")),
    "navigation": lambda config, page: config.extra["nav"].items.insert(0, line("First")),
    "version": lambda config, page: config.extra.update(built_from=BUILT | {"commit": "b"}),
    "address of the site": lambda config, page: vars(config).update(site_url="https://example.org/"),
    "template": lambda config, page: config.template.write_text("another", encoding="utf-8"),
}


def line(title):
    return SimpleNamespace(title=title, url=f"{title}.html", children=None)


def put_together(config, page, times):
    """The page as the theme shows it; what it shows, once for every time that this is done."""
    env = unchanged.on_env(Environment(loader=DictLoader({"main.html": THEME})), config, None)
    config.extra["around"] = None  # as in another build
    shown = {"page": page, "config": config, "nav": config.extra["nav"], "times": times}
    return env.get_template("main.html").render(shown)


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_is_put_together_again_if_anything_has_changed_that_it_shows(tmp_path, change):
    template = tmp_path / "docs" / "overrides" / "main.html"
    template.parent.mkdir(parents=True)
    template.write_text(THEME, encoding="utf-8")
    extra = {"made": SimpleNamespace(kept=KeptValues()), "rendering": "", "built_from": BUILT, "versions": False,
             "nav": SimpleNamespace(items=[line("A")])}  # fmt: skip
    config = SimpleNamespace(config_file_path=str(tmp_path / "mkdocs.yml"), extra=extra, site_url=None, repo_url=None,
                             edit_uri=None, template=template)  # fmt: skip
    page = SimpleNamespace(url="a.html", title="A", meta={}, toc=SimpleNamespace(items=[]), content="text",
                           edit_url=None, canonical_url=None, previous_page=None, next_page=None)  # fmt: skip
    times = []
    assert put_together(config, page, times) == put_together(config, page, times) == "text in A"
    assert times == ["a.html"]
    CHANGES[change](config, page)
    assert put_together(config, page, times) == f"{page.content} in {extra['nav'].items[0].title}"
    assert len(times) == 1 + (change != "nothing")


def test_a_page_is_read_once_for_the_search():
    index, read = SimpleNamespace(entries=["of a page before"]), []
    config = SimpleNamespace(extra={"made": SimpleNamespace(kept=KeptValues()), "rendering": ""})

    def add(page):
        read.append(page.url)
        index.entries.append({"location": page.url, "text": page.content})

    def page(content, **meta):
        return SimpleNamespace(url="a.html", title="A", meta=meta, content=content)

    for content in ("one", "one", "two"):
        unchanged.read(index, add, config, page(content))
    unchanged.read(index, add, config, page("one", search={"exclude": True}))
    assert [entry["text"] for entry in index.entries[1:]] == ["one", "one", "two"] and len(read) == 2


def test_the_search_reads_formulas_as_text_and_the_page_keeps_them():
    content = '<p>Let <math><msub><mi>z</mi><mi>k</mi></msub></math> and <math display="block"><mi>p</mi></math>.</p>'
    page = SimpleNamespace(url="a.html", title="A", meta={}, content=content)
    index, found = SimpleNamespace(entries=[]), []
    config = SimpleNamespace(extra={"made": SimpleNamespace(kept=KeptValues()), "rendering": ""})
    unchanged.read(index, lambda page: found.append(page.content), config, page)
    assert found == ['<p>Let <math>zk</math> and <math display="block">p</math>.</p>']
    assert page.content == content
