"""Where the nodes of a graph stand, and which way its edges go: in layers, from left to right.

igraph orders each layer so that few edges cross. It is given a graph whose edges go from one layer to the next only:
an edge that goes farther gets a turning point in each layer between, and the edges of one node share theirs. (Left to
put turning points in by itself, igraph 1.0 writes where it must not, and the program may end without a word.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from igraph import Graph

GAP, LANE = 46, 9  # between two columns; between two nodes of one column
DENSE = 0.6  # how far lines lie apart, in the heights of a box


@dataclass(frozen=True)
class Box:
    """A place in a picture, in its units: the upper left corner, and how large it is."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Its height above the lower edge of half of it: where edges come and go."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Layout:
    """Places of nodes; of each edge the boxes between its ends that it goes through; and the size of it all."""

    places: Mapping[str, Box]
    routes: Mapping[tuple[str, str], list[Box]]
    width: float
    height: float


def layers_of(keys: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The layer of each node: one after the last of those that it follows. ValueError if the edges make a circle."""
    keys, edges = list(keys), list(edges)
    graph = _graph(keys, edges)
    if not graph.is_dag():
        raise ValueError("the edges make a circle, and no layer of it would be the first")
    found = dict.fromkeys(keys, 0)
    for number in graph.topological_sorting():
        for after in graph.successors(number):
            found[keys[after]] = max(found[keys[after]], found[keys[number]] + 1)
    return found


def layered(
    sizes: Mapping[str, tuple[float, float]], edges: Iterable[tuple[str, str]], layers: Mapping[str, int]
) -> Layout:
    """The places of nodes whose sizes and layers are given."""
    edges, columns = list(edges), dict(layers)
    pieces, turns = _with_turns(edges, columns)
    keys = list(columns)
    ordered = _graph(keys, pieces).layout_sugiyama(layers=[columns[key] for key in keys], maxiter=400)
    heights = {key: sizes[key][1] if key in sizes else 0 for key in keys}
    row = DENSE * max(heights.values())
    middles = _apart({key: across * row for key, (across, _) in zip(keys, ordered, strict=True)}, columns, heights)
    first = min(middles[key] - heights[key] / 2 for key in keys)
    left, widths = _columns(sizes, columns)
    places = {}
    for key in keys:
        width, height = sizes.get(key, (widths[columns[key]], 0))
        places[key] = Box(left[columns[key]], middles[key] - first - height / 2, width, height)
    return Layout(
        {key: places[key] for key in sizes},
        {edge: [places[turn] for turn in turns[edge]] for edge in edges},
        max(box.right for box in places.values()),
        max(box.y + box.height for box in places.values()),
    )


def _graph(keys, edges):
    """As igraph has it: nodes are numbers there."""
    numbers = {key: number for number, key in enumerate(keys)}
    return Graph(n=len(keys), edges=[(numbers[one], numbers[two]) for one, two in edges], directed=True)


def _with_turns(edges, columns):
    """The edges in pieces from layer to layer, and the turning points of each edge. Adds these to the columns."""
    pieces, turns = {}, {}
    for used, user in edges:
        way = [(used, layer) for layer in range(columns[used] + 1, columns[user])]
        columns.update({turn: turn[1] for turn in way})
        stops = [used, *way, user]
        pieces.update(dict.fromkeys(zip(stops, stops[1:])))
        turns[used, user] = way
    return list(pieces), turns


def _apart(middles, columns, heights):
    """The middles of all boxes, those of each column moved from its midst until no two touch: igraph knows no heights,
    and puts parts that no edge joins one onto the other.
    """
    found = dict(middles)
    for column in set(columns.values()):
        keys = sorted((key for key in middles if columns[key] == column), key=middles.get)
        midst = len(keys) // 2
        for before, after in zip(keys[midst:], keys[midst + 1 :]):
            found[after] = max(found[after], found[before] + _room(heights, before, after))
        for before, after in reversed(list(zip(keys[:midst], keys[1 : midst + 1]))):
            found[before] = min(found[before], found[after] - _room(heights, before, after))
    return found


def _room(heights, one, other):
    return (heights[one] + heights[other]) / 2 + LANE


def _columns(sizes, columns):
    """Where each column begins, and how wide it is."""
    widths = {
        layer: max((sizes[key][0] for key in sizes if columns[key] == layer), default=0)
        for layer in sorted(set(columns.values()))
    }
    left, at = {}, 0
    for layer, width in widths.items():
        left[layer], at = at, at + width + GAP
    return left, widths
