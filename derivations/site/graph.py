"""The pictures of how results depend on each other: around one entry, within a chapter, of the chapters, of all."""

from functools import cache

from ..catalogue import CHAPTERS, find, related
from ..reference.graph import GraphNode, around, graph_edges, graph_node, graph_nodes, is_related
from .graph_drawing import Item, name_lines, picture
from .graph_layout import GAP, Box, Layout, layered, layers_of
from .pieces import href

MOST = 8  # neighbours that are drawn on each side; how many more there are is said
NONE_DRAWN = "more"
GRAPHS = "graph"  # the folder of the pages of the graphs
SHORT_LINE = 12  # letters of the name of a chapter
COLUMNS, HEADING = 4, 90  # of chapters in the whole; the height of the name of one


def neighbourhood(entry, base: str = "", lists: tuple[str, str] = ("#uses", "#used-by")) -> str:
    """An entry between what it uses, at its left, and what uses it, at its right: inline SVG, of 8 kB at most. The
    results that are related to a theorem stand at its left, and the theorems at the right of each of them.

    A box leads to `base` + ID + `.html`. Of many neighbours the first are drawn, and a box that leads to the whole
    list: `lists` are the addresses of both.
    """
    uses, users = around(entry.id)
    is_theorem, items = entry.kind == "theorem", {}
    uses, users = (uses + related(entry), users) if is_theorem else (uses, users + related(entry))
    for side, ids, address in (("before", uses, lists[0]), ("after", users, lists[1])):
        drawn = ids if len(ids) <= MOST else ids[: MOST - 1]
        items[side] = {id: _item(graph_node(id), f"{base}{id}.html", whole_id=True) for id in drawn}
        if len(ids) > len(drawn):
            said = f"and {len(ids) - len(drawn)} more"
            items[side][f"{NONE_DRAWN} {side}"] = Item((said,), address, f"{said}: the whole list", NONE_DRAWN)
    own = {entry.id: _item(graph_node(entry.id), f"{base}{entry.id}.html", whole_id=True, current=True)}
    shown = items["before"] | own | items["after"]
    drawn = [(key, entry.id) for key in items["before"]] + [(entry.id, key) for key in items["after"]]
    layers = dict.fromkeys(items["before"], 0) | {entry.id: 1} | dict.fromkeys(items["after"], 2)
    left = "is related to {}" if is_theorem else "{} uses"
    label = f"What {left.format(entry.id)}, at the left, and what uses it, at the right"
    dashed = [edge for edge in drawn if {*edge} & {*related(entry)}]
    return picture(shown, layered(_sizes(shown), drawn, layers), label, related=dashed)


def _item(node: GraphNode, address, whole_id=False, current=False):
    """The box of an entry. In its chapter it is called by its own name only."""
    chapter, _, name = node.id.partition(".")
    lines = (f"{chapter}.", *name_lines(name)) if whole_id else name_lines(name)
    mark = "proved" if node.proved else "checked" if node.checked else ""
    look = f"{node.kind} current" if current else node.kind
    return Item(lines, address, f"{node.title} ({node.said})", look, mark)


def _sizes(items):
    return {key: item.size for key, item in items.items()}


def _chapter_item(name, address):
    return Item((f"{name} …",), address, f"the chapter {name.replace('_', ' ')}", "chapter")


@cache
def chapter_graph(name: str, base: str = "") -> str:
    """The entries of a chapter and what they use of each other; each other chapter that they use, or that uses them,
    is one box. `base` leads to the folder of the site. ValueError if there is no such chapter.
    """
    if name not in CHAPTERS:
        raise ValueError(f"expected a chapter, one of {', '.join(CHAPTERS)}; found {name}")
    here = [node for node in graph_nodes().values() if node.chapter == name]
    joined = _folded(name, graph_edges())
    dashed = joined.keys() - _folded(name, (edge for edge in graph_edges() if not is_related(edge)))
    others = [key for key in dict.fromkeys(key for edge in joined for key in edge) if key not in graph_nodes()]
    others.sort(key=lambda key: CHAPTERS.index(key[1:]))
    items = {key: _chapter_item(key[1:], f"{base}{GRAPHS}/{key[1:]}.html") for key in others}
    items |= {node.id: _item(node, f"{base}{href(find(node.id))}") for node in here}
    layers = _drawn_close(layers_of(items, joined), joined)
    label = f"How the results of the chapter {name.replace('_', ' ')} depend on each other"
    return picture(items, layered(_sizes(items), joined, layers), label, related=dashed, traced=True)


def _folded(name, edges):
    """The edges as a chapter shows them, each once."""
    return dict.fromkeys(filter(None, (_within(name, *edge) for edge in edges)))


def _within(name, used, user):
    """An edge as a chapter shows it: an end elsewhere is its chapter, before or after; None if both are."""
    ends = [id.partition(".")[0] for id in (used, user)]
    if name not in ends:
        return None
    return (used if ends[0] == name else f"<{ends[0]}", user if ends[1] == name else f">{ends[1]}")


def _drawn_close(layers, joined):
    """The layers, with a box that uses nothing moved up to what uses it first: its lines are short then."""
    starts = {used for used, _ in joined} - {user for _, user in joined}
    return layers | {one: min(layers[user] for used, user in joined if used == one) - 1 for one in starts}


@cache
def chapters_graph(base: str = "") -> str:
    """The chapters, and which uses which. A name leads to the chapter: there each result can be cited at once, while in
    the graph of the chapter it would take one click more.
    """
    used = (_chapters_of(edge) for edge in graph_edges() if not is_related(edge))
    joined = list(dict.fromkeys(edge for edge in used if edge[0] != edge[1]))
    counts = {name: sum(node.chapter == name for node in graph_nodes().values()) for name in CHAPTERS}
    items = {
        name: Item(name_lines(name, SHORT_LINE), f"{base}{name}.html",
                   f"{name.replace('_', ' ')}: {counts[name]} entries", "chapter")
        for name in CHAPTERS
    }  # fmt: skip
    layers = layers_of(items, joined)
    return picture(items, layered(_sizes(items), joined, layers), "How the chapters depend on each other", traced=True)


def _chapters_of(edge):
    return tuple(id.partition(".")[0] for id in edge)


@cache
def whole_graph(base: str = "") -> str:
    """Every entry and every edge: each chapter in its own layers, in reading order, down one column after the other."""
    items = {node.id: _item(node, f"{base}{href(find(node.id))}") for node in graph_nodes().values()}
    parts = {name: _part(name, items) for name in CHAPTERS}
    high = sum(part.height + HEADING for part in parts.values()) / COLUMNS
    places, routes, below, left, top, width = {}, {}, "", 0, 0, 0
    for name, part in parts.items():
        if top > high - part.height / 2:
            left, top, width = left + width + 3 * GAP, 0, 0
        below += f'<text class="band" x="{round(left)}" y="{round(top + HEADING * 0.7)}">{name}</text>'
        places |= {key: _moved(box, left, top + HEADING) for key, box in part.places.items()}
        routes |= {edge: [_moved(box, left, top + HEADING) for box in turns] for edge, turns in part.routes.items()}
        top, width = top + HEADING + part.height, max(width, part.width)
    routes |= {edge: [] for edge in graph_edges() if edge not in routes}
    size = [max(ends) for ends in zip(*((box.right, box.y + box.height) for box in places.values()))]
    label = "How all results depend on each other"
    dashed = set(filter(is_related, graph_edges()))
    return picture(items, Layout(places, routes, *size), label, related=dashed, traced=True, below=below)


def _part(name, items):
    """A chapter of the whole: its entries, and the edges among them."""
    within = {key: item for key, item in items.items() if graph_nodes()[key].chapter == name}
    joined = [edge for edge in graph_edges() if set(edge) <= within.keys()]
    return layered(_sizes(within), joined, layers_of(within, joined))


def _moved(box, right, down):
    return Box(box.x + right, box.y + down, box.width, box.height)
