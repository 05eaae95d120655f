"""Puts the entries into the site: for each id of the catalogue its page, r/ID.html, with the files beside it.

There are hundreds of them. So MkDocs makes one page only, an empty one, and what the theme put around it is put around
each entry; what an entry says is kept as long as it stays the same (derivations/site/entries_kept.py). They stand in no
navigation and in no search index, where each would be found beside the card of its chapter.
"""

import html
import re
from pathlib import Path
from types import SimpleNamespace

import previews
import version
from meanwhile import meanwhile
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files, InclusionLevel
from speed import searched
from written import write

FRAME = "r/frame-of-an-entry.md"
FRAME_PAGE = FRAME.replace(".md", ".html")
HEAD = "---\ntitle: entry-title\nsearch:\n  exclude: true\nhide:\n  - toc\n---\n\n# entry-content\n"
CONTENT = re.compile(r'<h1 id="entry-content">.*?</h1>', re.DOTALL)
DESCRIPTION, PICTURE = "entry-description", "entry-picture"
PICTURES = "previews/r"
TOLD = re.compile(r"\{\{\s*\w+\s+([a-z_]+\.[a-z_]+)\b|\.md#([a-z_]+\.[a-z_]+)\b")
ENTRY_SHOWN, WHY = re.compile(r'<h\d id="([a-z_]+\.[a-z_]+)">'), '<div class="why">'
LISTED = re.compile(rf"\s*<url>\s*<loc>[^<]*{re.escape(FRAME_PAGE)}</loc>.*?</url>", re.DOTALL)

state = {}  # of this build: the frame, and the titles of the pages


def on_files(files, config):
    state.clear()
    state["files"] = meanwhile(lambda: write_files(config))
    frame = File.generated(config, FRAME, content=HEAD, inclusion=InclusionLevel.NOT_IN_NAV)
    return Files([frame, *files])  # first: once it is there, the entries are written beside the other pages


def on_env(env, config, files):
    """Looks up which pages tell of which entry; by now all of them have their titles."""
    from derivations.catalogue import catalogue  # only now: `mkdocs serve` imports it anew after an edit

    pages = [file.page for file in files.documentation_pages() if file.inclusion != InclusionLevel.NOT_IN_NAV]
    state["titles"] = {page.file.dest_uri: html.unescape(page.title) for page in pages}
    stories = {}
    for page in pages:
        for id in dict.fromkeys(one or other for one, other in TOLD.findall(page.markdown or "")):
            if page.file.dest_uri != f"{id.partition('.')[0]}.html":
                stories.setdefault(id, []).append((page.file.dest_uri, html.unescape(page.title)))
    state["why"] = dict(found for page in pages for found in reasons_told(page.content or ""))
    config.extra["told_in"] = {id: told_in(id, stories.get(id, ())) for id in catalogue()}
    return env


def reasons_told(content):
    """Of each entry that a page shows what is said of it there, below its formula."""
    for section in content.split("<section ")[1:]:
        shown, (_, *why) = ENTRY_SHOWN.search(section), section.partition("</section>")[0].split(WHY)
        if shown and why:
            yield shown[1], why[0].partition("</div>")[0]


def told_in(id, stories):
    """The addresses and titles of the pages that tell of an entry: first that of its chapter."""
    chapter = f"{id.partition('.')[0]}.html"
    return [(f"{chapter}#{id}", state["titles"][chapter]), *stories]


def on_page_context(context, page, config, nav):
    """Only now, as every page with a description gets a picture (previews.py): that of each entry is drawn below."""
    if page.file.src_uri == FRAME:
        page.meta |= {"description": DESCRIPTION, "preview": PICTURE, "preview_title": "entry-title"}
    return context


def on_post_page(output, page, config):
    """Takes the frame, which is no page of the site, and has the entries written."""
    if page.file.src_uri != FRAME:
        return output
    state["frame"] = output
    state["pages"] = meanwhile(lambda: write_pages(config))
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
    """Before the hooks that look at all pages: all are there."""
    state["files"]()
    state["pages"]()


def entries_made(config):
    """What is kept of each entry."""
    from derivations.catalogue import catalogue  # only now: `mkdocs serve` imports it anew after an edit

    return (SimpleNamespace(**config.extra["made"](f"entry {id}")) for id in catalogue())


def write_files(config):
    """Writes the files beside the pages of all entries, but for the records, which tell of the pages."""
    for kept in entries_made(config):
        files = {ending: text for ending, text in kept.files.items() if ending != "json"}
        files["embed.html"] = searched(files["embed.html"])
        write(config, {f"r/{kept.id}.{ending}": text for ending, text in files.items()})


def write_pages(config):
    """Writes the pages of all entries, each with its record and its picture."""
    from derivations.site.entry import assembled
    from derivations.site.records import all_citations, completed

    cited = config.extra["made"].of_commit("entries", all_citations)
    cache, pictures = Path(config.config_file_path).parent / ".cache", set()
    told, where = config.extra["told_in"], (config.site_url or "", version.said(config))
    for kept in entries_made(config):
        content = assembled(kept.page, kept.id, told[kept.id], *where, state["why"].get(kept.id, ""))
        record = completed(kept.files["json"], told.__getitem__, cited, *where)
        write(config, {f"r/{kept.id}.html": framed(kept, content), f"r/{kept.id}.json": record})
        if config.site_url:  # a picture is named by its whole address or not at all
            pictures.add(drawn := previews.kept(cache / PICTURES, said_in_picture(kept, config.site_name)))
            write(config, {picture_of(kept.id): drawn.read_bytes()})
    if pictures:
        previews.forget(cache / PICTURES, pictures)


def said_in_picture(kept, site):
    """What stands in the picture that is shown where somebody shares a link to an entry."""
    return html.unescape(kept.title), site, kept.description, previews.in_one_line(kept.id)


def picture_of(id):
    return f"assets/{PICTURES}/{id}.png"


def framed(kept, content):
    """The page of an entry, within what the theme puts around a page."""
    page, found = CONTENT.subn(lambda _: searched(content), state["frame"])
    if found != 1:
        raise Abort(f"docs/hooks/entries.py finds {found} places for an entry in a page of the theme; it takes one")
    words = {"entry-title": kept.title, DESCRIPTION: html.escape(kept.description), PICTURE: picture_of(kept.id),
             FRAME_PAGE: f"r/{kept.id}.html"}  # fmt: skip
    for word, said in words.items():
        page = page.replace(word, said)
    return page
