"""A page whose text has not changed is neither rendered again, nor read again for the search, nor put again into what
the theme puts around a page: edited prose is shown in seconds. Nothing is kept of a page that was warned of, or the
next build would pass over it in silence.
"""

import logging
import re
from functools import partial
from importlib.metadata import version
from pathlib import Path

from jinja2 import FileSystemBytecodeCache, Template
from mkdocs.plugins import event_priority
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

IN_SENTENCE = re.compile(
    r"<math data-search-exclude[^>]*>(?:<semantics>)?(?:<mi>([^<])</mi>(?:<annotation.*?</semantics>)?|.*?)</math>",
    re.DOTALL,
)
FORMULA, TAG = re.compile(r"(<math\b[^>]*>)(.*?)(?=</math>)", re.DOTALL), re.compile(r"<[^>]*>")
RENDERED_WITH = ("mkdocs", "mkdocs-material", "pymdown-extensions", "pygments")


def on_config(config):
    """For the pages: a digest of all that is the same for each of them."""
    from derivations.checking.records import digest  # only now: `mkdocs serve` imports it anew after an edit

    made_with = [[name, version(name)] for name in RENDERED_WITH]
    config.extra["rendering"] = digest(Path(config.config_file_path).read_text(encoding="utf-8"), made_with)
    config.extra["linked"] = config.extra["around"] = None
    index = config.plugins["material/search"].search_index
    index.add_entry_from_context = partial(read, index, index.add_entry_from_context, config)
    return config


@event_priority(-100)  # the last to change what is rendered
def on_page_markdown(markdown, page, config, files):
    """Have the page rendered by what is kept, unless it is one that renders itself, as a notebook does."""
    if "render" not in vars(page):
        page.render = partial(rendered, page)
    return markdown


def on_env(env, config, files):
    env.template_class = KeptTemplate
    compiled = Path(config.config_file_path).parent / ".cache" / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(compiled)  # to compile them takes as long as all else around the pages
    return env


def on_post_build(config):
    """Keep nothing of texts that are gone."""
    config.extra["made"].kept.drop_unasked("page ", "read ", "whole ", "cited ")


def rendered(page, config, files):
    """What MkDocs does for a page, once for the same text beside the same files."""
    if config.extra["linked"] is None:  # only now all files are there, thousands
        config.extra["linked"] = addresses(files, but=config.extra["archive"]["address"])  # which names the commit
    depends_on = [page.file.src_uri, page.markdown, config.extra["linked"], config.extra["rendering"]]
    found = once(config.extra["made"].kept, "page", depends_on, partial(render, page, config, files))
    page.content, page._title_from_render = found["content"], found["title"]
    page.toc = TableOfContents([anchor(one) for one in found["contents"]])
    page.present_anchor_ids = set(found["anchors"])
    page.links_to_anchors = {files.get_file_from_path(path): links for path, links in found["links"]}


def addresses(files, but):
    """A digest of the addresses of all files but one."""
    from derivations.checking.records import digest

    return digest(sorted(file.src_uri for file in files if file.src_uri != but))


def render(page, config, files):
    Page.render(page, config, files)
    links = [[file.src_uri, links] for file, links in page.links_to_anchors.items()]
    contents = [plain(link) for link in page.toc.items]
    return {"content": page.content, "title": page._title_from_render, "contents": contents,
            "anchors": sorted(page.present_anchor_ids), "links": links}  # fmt: skip


def plain(link):
    """A line of the table of contents, and those below it."""
    return {"title": link.title, "id": link.id, "level": link.level, "below": [plain(one) for one in link.children]}


def anchor(found):
    link = AnchorLink(found["title"], found["id"], found["level"])
    link.children = [anchor(one) for one in found["below"]]
    return link


def read(index, add, config, page):
    """What the search plugin does for a page, once for the same content."""
    if page.meta.get("search", {}).get("exclude"):
        return

    def sections():
        before, content = len(index.entries), page.content
        page.content = without_tags_of_formulas(content)
        add(page)
        page.content = content
        return index.entries[before:]

    known = len(index.entries)
    depends_on = [page.url, page.title, str(page.meta), page.content, config.extra["rendering"]]
    index.entries[known:] = once(config.extra["made"].kept, "read", depends_on, sections, key=lambda: "all is named")


def without_tags_of_formulas(content):
    """With formulas as bare text. That is all the search plugin takes of them, and most tags are theirs. Of a formula
    in a sentence, which it leaves out, it takes a single letter, and a sign that there was one of more.
    """
    content = IN_SENTENCE.sub(lambda found: found[1] or "…", content)
    return FORMULA.sub(lambda found: found[1] + TAG.sub("", found[2]), content)


class KeptTemplate(Template):
    """A template that puts the same page into the same surroundings once."""

    def render(self, context):
        page, config = context.get("page"), context["config"]
        if page is None:
            return super().render(context)
        if config.extra["around"] is None:  # only now all pages have their titles
            config.extra["around"] = [*around(config), [titled(item) for item in context["nav"].items]]
        beside = [other and [other.title, other.url] for other in (page.previous_page, page.next_page)]
        depends_on = [
            self.name, page.url, page.title, str(page.meta), [plain(link) for link in page.toc.items], page.content,
            page.edit_url, page.canonical_url, beside, context.get("report"), config.extra["around"],
        ]  # fmt: skip
        make = partial(super().render, context)
        return once(config.extra["made"].kept, "whole", depends_on, make, key=lambda: "all is named")


def around(config):
    """What is the same around all pages: the settings, the templates, the version that the site is built from."""
    templates = sorted((Path(config.config_file_path).parent / "docs" / "overrides").rglob("*.html"))
    settings = [config.site_url, config.repo_url, config.edit_uri, config.extra["built_from"], config.extra["versions"]]
    return [config.extra["rendering"], settings, [path.read_text(encoding="utf-8") for path in templates]]


def titled(item):
    """A line of the navigation, and those below it."""
    return [item.title, getattr(item, "url", None), [titled(one) for one in item.children or ()]]


def once(kept, name, depends_on, make, key=None):
    """What is made, or was made before from the same; with a key, in another state too. It is not kept if somebody was
    warned meanwhile, or would have been but for `--quiet`.
    """
    from derivations.checking.records import digest

    name, warned, logger = f"{name} {digest(depends_on)}", Warned(logging.WARNING), logging.getLogger("mkdocs")
    logger.addHandler(warned)
    try:
        found = kept.value(name, make, key)
    finally:
        logger.removeHandler(warned)
    if warned.of or not logger.isEnabledFor(logging.WARNING):
        kept.forget(name)
    return found


class Warned(logging.Handler):
    """Whether anybody was warned."""

    of = False

    def emit(self, record):
        self.of = True
