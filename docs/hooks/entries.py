"""Puts the entries into the site: for each id of the catalogue its page, r/ID.html, with the files beside it.

There are hundreds of them. So MkDocs makes one page only, an empty one, and what the theme put around it is put around
each entry; what an entry says is kept as long as it stays the same (derivations/site/entries_kept.py). They stand in no
navigation and in no search index, where each would be found beside the card of its chapter.
"""

import html
import re
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel

FRAME = "r/frame-of-an-entry.md"
FRAME_PAGE = FRAME.replace(".md", ".html")
HEAD = "---\ntitle: entry-title\nsearch:\n  exclude: true\nhide:\n  - toc\n---\n\n# entry-content\n"
CONTENT = re.compile(r'<h1 id="entry-content">.*?</h1>', re.DOTALL)
DESCRIPTION = "entry-description"
TOLD = re.compile(r"\{\{\s*\w+\s+([a-z_]+\.[a-z_]+)\b|\.md#([a-z_]+\.[a-z_]+)\b")
LISTED = re.compile(rf"\s*<url>\s*<loc>[^<]*{re.escape(FRAME_PAGE)}</loc>.*?</url>", re.DOTALL)

state = {}  # of this build: the frame, the titles of the pages, and which of them tell of an id


def on_files(files, config):
    state.clear()
    files.append(File.generated(config, FRAME, content=HEAD, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_env(env, config, files):
    """Looks up which pages tell of which entry; by now all of them have their titles."""
    pages = [file.page for file in files.documentation_pages() if file.inclusion != InclusionLevel.NOT_IN_NAV]
    state["titles"] = {page.file.dest_uri: html.unescape(page.title) for page in pages}
    state["stories"] = {}
    for page in pages:
        for id in dict.fromkeys(one or other for one, other in TOLD.findall(page.markdown or "")):
            if page.file.dest_uri != f"{id.partition('.')[0]}.html":
                state["stories"].setdefault(id, []).append((page.file.dest_uri, html.unescape(page.title)))
    return env


def on_page_context(context, page, config, nav):
    """Only now, as every page with a description gets a picture (previews.py)."""
    if page.file.src_uri == FRAME:
        page.meta["description"] = DESCRIPTION
    return context


def on_post_page(output, page, config):
    """Takes the frame, which is no page of the site."""
    if page.file.src_uri != FRAME:
        return output
    state["frame"] = output
    return ""


def on_post_template(output_content, template_name, config):
    """The map of the site lists the entries in the place of their frame."""
    if template_name != "sitemap.xml":
        return output_content
    from derivations.catalogue import catalogue

    return LISTED.sub(
        lambda found: "".join(found[0].replace(FRAME_PAGE, f"r/{id}.html") for id in catalogue()), output_content
    )


def on_post_build(config):
    """Writes the pages and the files: before the hooks that look at all pages."""
    from derivations.site.entries_kept import entries_kept  # only now: `mkdocs serve` imports it anew after an edit
    from derivations.site.entry import assembled

    folder = Path(config.site_dir) / "r"
    folder.mkdir(exist_ok=True)
    for kept in entries_kept(Path(config.config_file_path).parent / ".cache" / "entries"):
        chapter = state["titles"][f"{kept.id.partition('.')[0]}.html"]
        content = assembled(kept.page, kept.id, chapter, state["stories"].get(kept.id, ()), config.site_url or "")
        (folder / f"{kept.id}.html").write_text(framed(kept, content), encoding="utf-8")
        for ending, text in kept.files.items():
            (folder / f"{kept.id}.{ending}").write_text(text, encoding="utf-8")


def framed(kept, content):
    """The page of an entry, within what the theme puts around a page."""
    page, found = CONTENT.subn(lambda _: content, state["frame"])
    if found != 1:
        raise Abort(f"docs/hooks/entries.py finds {found} places for an entry in a page of the theme; it takes one")
    words = {"entry-title": kept.title, DESCRIPTION: html.escape(kept.description), FRAME_PAGE: f"r/{kept.id}.html"}
    for word, said in words.items():
        page = page.replace(word, said)
    return page
