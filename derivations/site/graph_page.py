"""What pages say around the graphs: a picture with its key, the fold at the end of a chapter, the plain list."""

import re
from html import escape

from ..catalogue import CHAPTERS, chapter_title, find
from ..reference.graph import around, graph_nodes
from .graph import GRAPHS, chapter_graph, chapters_graph, whole_graph
from .graph_drawing import ARROW, KEYS, RELATED, USED, key_picture
from .pieces import breakable, href

SAID_OF_MOST = "derived, checked, proved in Coq"  # so is nearly all: it is said once, and the page stays light
LEADS_TO_GRAPH = "How these results depend on each other, as a picture"
KEY_WORDS = {
    "derivation": "derived", "definition": "definition", "counterexample": "claim that is false", "theorem": "cited",
    "proved": "proved in Coq", "checked": "checked in numbers", "current": "this entry",
    USED: "is used by", RELATED: "is related to",
}  # fmt: skip
LINES_GO = "a line goes to the right, from what is used to what uses it"
DASHED_LINE = "a dashed line joins a cited theorem to a result that is related to it"
GOES_ON = "where it is cut off, it goes on: scroll it to that side"
AFTER = "after-drawing"  # the id of what comes after a large picture
SKIPPED = f'<p class="skip-drawing"><a href="#{AFTER}">Skip the drawing</a></p>'  # seen while it has the focus


def graph_box(svg: str, label: str) -> str:
    """A picture in a box that scrolls where it is wider than the page, by the keyboard too."""
    return f'<div class="graph-box" tabindex="0" role="group" aria-label="{label}, scrolls">\n{svg}\n</div>'


def small_graph(svg: str) -> str:
    """The picture around one entry, in its box, and below it what the forms, marks and lines mean that it has."""
    shown = {look for classes in re.findall('class="([a-z ]+)"', svg) for look in classes.split()}
    shown |= {USED} if ARROW in svg else set()
    items = "".join(_key_item(look) for look in ("current", *KEYS, USED, RELATED) if look in shown)
    return f'{graph_box(svg, "What is around it")}\n<p class="graph-key">{items}</p>'


def skippable(box: str, after: str = "") -> str:
    """A large picture, each box of which is a stop of the Tab key, between a link that leads past it and what comes
    after it.
    """
    return f'{SKIPPED}\n{box}\n<div id="{AFTER}">{after}</div>'


def _key_item(look):
    return f"<span>{key_picture(look)} {KEY_WORDS[look]}</span>"


def graph_key() -> str:
    """What the forms and marks mean, and the lines."""
    items = "".join(map(_key_item, KEYS))
    return f'<p class="graph-key">{items}<span>{LINES_GO}</span><span>{DASHED_LINE}</span><span>{GOES_ON}</span></p>'


def chapter_box(name: str) -> str:
    """The graph of a chapter, as it stands below the folder of the site."""
    return skippable(graph_box(chapter_graph(name, "../"), "The graph of this chapter"), graph_key())


def graph_link(name: str) -> str:
    """What leads from a chapter to its graph, which has a page of its own: the pages of chapters stay light."""
    return f'<p class="to-graph" data-search-exclude><a href="{GRAPHS}/{name}.html">{LEADS_TO_GRAPH}</a></p>'


def graph_of_chapters() -> str:
    """The chapters, and which builds on which."""
    picture = skippable(graph_box(chapters_graph(), "The graph of the chapters"))
    return f'<div class="wide" data-search-exclude>\n{picture}\n</div>'


def graph_in_numbers() -> str:
    """How many entries there are, and which is used most."""
    users = {id: len(around(id)[1]) for id in graph_nodes()}
    most = max(users, key=users.get)
    unused = sum(not count for count in users.values())
    return (
        f"<p>There are {len(users)} entries, and {sum(users.values())} times one of them uses another directly. "
        f'The one that most others use is <a href="{href(find(most))}">{breakable(most)}</a>: {users[most]} of them '
        f"name or cite it. {unused} are ends, which nothing else uses.</p>"
    )


def graph_list() -> str:
    """By chapter: each entry, and what uses it."""
    said = f"<p>Every entry, and what uses it. Every entry without a mark of its own is {SAID_OF_MOST}.</p>"
    folds = "\n".join(map(_fold, CHAPTERS))
    return f'<div class="graph-list" id="list" data-search-exclude>\n{said}\n{folds}\n</div>'


def _fold(name):
    """The entries of a chapter, folded."""
    counted = sum(node.chapter == name for node in graph_nodes().values())
    summary = f"<summary>{escape(chapter_title(name), quote=False)}: {counted} entries</summary>"
    drawn = f'<p><a href="{GRAPHS}/{name}.html">{LEADS_TO_GRAPH}</a></p>'
    return f'<details class="lemmas">{summary}\n{drawn}\n{_rows(name)}\n</details>'


def _rows(name):
    rows = []
    for node in graph_nodes().values():
        if node.chapter == name:
            said = f"used by {_users(node)}" if around(node.id)[1] else "used by nothing else"
            marked = f" ({node.said})" if node.said != SAID_OF_MOST else ""
            rows.append(f"<li>{_link(node.id)}{marked}: {said}</li>")
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def _users(node):
    """What uses an entry, chapter by chapter; those of its own chapter stand without the chapter's name."""
    by_chapter = {}
    for user in around(node.id)[1]:
        by_chapter.setdefault(user.partition(".")[0], []).append(_link(user))
    return "; ".join(("" if name == node.chapter else f"in {name}: ") + ", ".join(links)
                     for name, links in by_chapter.items())  # fmt: skip


def _link(id):
    """A link to an entry, by its name in its chapter."""
    return f'<a href="{href(find(id))}">{breakable(id.partition(".")[2])}</a>'


def whole_box() -> str:
    """The graph of everything, as it stands below the folder of the site; a script adds what zooms it."""
    box = graph_box(whole_graph("../"), "The graph of all results")
    return skippable(f'<div class="graph-whole">{box}</div>', graph_key())
