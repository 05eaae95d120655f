"""Puts the graph of the results into the site: that of each chapter on a page of its own, graph/CHAPTER.html, to which
its end leads; the whole, graph/whole.html; and files: graph.json, graph.dot, graph/CHAPTER.svg.
"""

import re
from pathlib import Path

from mkdocs.structure.files import File, InclusionLevel
from written import announce, write

SCRIPT = '<script src="{}javascripts/graph.js" defer></script>'
PAGE = """---
title: How all results depend on each other
description: Every definition and result of the derivations as one picture, with a line from each to what uses it.
search:
  exclude: true
hide:
  - navigation
  - toc
---

# How all results depend on each other

Each chapter is a block, in reading order, down one column after the other. Point at a result, or go to it with the Tab
key, and its own lines stand out. The buttons make the picture larger and smaller; so do the keys + and −, and the
wheel while Ctrl is held. The list beside them goes to a chapter. [The chapters alone](../graph.md) fit one screen.

"""
WHOLE = "graph/whole.md"
CHAPTER = """---
title: >-  # it may have a colon
  How the results of {chapter} depend on each other
description: >-
  Every definition and result of the chapter {chapter} as one picture, with a line from each to what uses it.
search:
  exclude: true
hide:
  - toc
---

# How the results of {chapter} depend on each other

Each box is a result of [{chapter}](../{name}.md), and leads to it. An underlined name is another chapter. See also
[how the chapters depend on each other](../graph.md) and [all results in one picture](whole.md).

"""


def on_files(files, config):
    """Adds the pages, and the files, which are written when all pages are there: they take the checks of everything."""
    from derivations.catalogue import CHAPTERS  # only now: `mkdocs serve` imports it anew when a derivation was edited

    pages = {WHOLE: PAGE} | {f"graph/{name}.md": page_of(name, Path(config.docs_dir)) for name in CHAPTERS}
    for source, content in pages.items():
        files.append(File.generated(config, source, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
    announce(files, config, ("graph.json", "graph.dot", *(f"graph/{name}.svg" for name in CHAPTERS)))
    return files


def on_post_build(config):
    """Writes the files."""
    from derivations.catalogue import CHAPTERS

    style, made = own_style(Path(config.docs_dir) / "stylesheets"), config.extra["made"]
    pictures = {f"graph/{name}.svg": alone(made(f"graph {name}"), style) for name in CHAPTERS}
    write(config, {name: made(name) for name in ("graph.json", "graph.dot")} | pictures)


def page_of(name, docs):
    """The page of the graph of a chapter; the title of the chapter is its first heading."""
    text = (docs / f"{name}.md").read_text(encoding="utf-8")
    return CHAPTER.format(name=name, chapter=re.search(r"^# (.+)$", text, re.MULTILINE)[1])


def on_page_content(content, page, config, files):
    """Puts each graph where it is seen."""
    from derivations.catalogue import CHAPTERS
    from derivations.site.graph_page import graph_link

    here = page.file.src_uri
    if here == "graph.md":
        return f"{content}\n{SCRIPT.format('')}"
    folder, _, name = here.removesuffix(".md").rpartition("/")
    if folder == "graph":
        box = config.extra["made"](f"graph box {name}")
        return f"{content}\n<div data-search-exclude>{box}</div>\n{SCRIPT.format('../')}"
    return f"{content}\n{graph_link(name)}" if not folder and name in CHAPTERS else content


def own_style(folder):
    """The look of a picture that stands alone: the colours of the book, by day and by night, and those of graphs."""
    book = (folder / "book.css").read_text(encoding="utf-8")
    day, night = (
        re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', book, re.DOTALL)[1]
        for scheme in ("default", "slate")
    )
    rules = re.sub(r"/\*.*?\*/", "", (folder / "graph.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}{rules}"


def alone(svg, style):
    """A picture as a file: it says what it is, and carries its style."""
    head, rest = svg.split(">", 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}\n'
