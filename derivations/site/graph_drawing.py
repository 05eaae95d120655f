"""A graph as SVG: boxes that are links, and lines between them. Text is text, colours are those of the page.

What an entry is shows in the form of its box, and how it was confirmed in the mark before its name, not in colours
alone. All edges go from left to right: from what is used to what uses it. A dashed line without an
arrow joins what is only related.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from html import escape

from .graph_layout import Box, Layout

LETTER_WIDTH, LINE, PAD = 7.3, 15, 6  # of a letter (all are alike); the height of a line; the edge around it
MARK = 12  # the room for the mark of what is checked or proved
LONGEST_LINE = 20  # letters in a line of a box
MARGIN = 6  # around the picture
LEAST_SHARE = 0.85  # of its size: smaller than that it scrolls
ARROW = "m-5-3 5 3-5 3"  # at the end of an edge
RELATED, DASHED = "related", "; a dashed line joins a cited theorem to a result that is related to it"
BOW = 40  # of an edge that does not go to the right


@dataclass(frozen=True)
class Item:
    """What a box shows: lines of text, where it leads, what is said of it, and its look (a CSS class)."""

    lines: tuple[str, ...]
    href: str
    title: str
    look: str
    mark: str = ""  # "checked" or "proved"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the box."""
        longest = max(map(len, self.lines))
        return round(longest * LETTER_WIDTH + 2 * PAD + MARK * bool(self.mark)), len(self.lines) * LINE + PAD


def name_lines(name: str, longest: int = LONGEST_LINE) -> tuple[str, ...]:
    """A name in lines of at most so many letters, broken after an underscore where it has one."""
    lines = [""]
    for word in name.replace("_", "_ ").split():
        fits = len(lines[-1]) + len(word) <= longest or not lines[-1]
        lines = [*lines[:-1], lines[-1] + word] if fits else [*lines, word]
    return tuple(lines)


def picture(items: Mapping[str, Item], layout: Layout, label: str, *, related: Collection[tuple[str, str]] = (),
            traced: bool = False, below: str = "") -> str:  # fmt: skip
    """The graph as one SVG, as large as it needs. `traced`: each edge says which boxes it joins (`data-joins`), and
    each box its number (`data-box`), so that a script can show what belongs to one. `below` is drawn first. The
    edges that are `related` are dashed, and the label says what that means.
    """
    width, height = (round(size + 2 * MARGIN) for size in (layout.width, layout.height))
    numbers = {key: number for number, key in enumerate(items)}
    ways = {edge: _way(layout, *edge) + ARROW * (edge not in related) for edge in layout.routes}
    label += DASHED * bool(related)
    if traced:
        lines = "".join(
            f'<path{_look(edge, related)} data-joins="{" ".join(str(numbers[end]) for end in edge)}" d="{way}"/>'
            for edge, way in ways.items()
        )
    else:
        kinds = {"": set(ways) - set(related), f' class="{RELATED}"': related}
        drawn = {look: "".join(way for edge, way in ways.items() if edge in kind) for look, kind in kinds.items()}
        lines = "".join(f'<path{look} d="{way}"/>' for look, way in drawn.items() if way)
    boxes = "\n".join(
        _box(item, layout.places[key], numbers[key] if traced else None) for key, item in items.items()
    )
    return (
        f'<svg class="graph" role="group" aria-label="{escape(label)}" width="{width}" height="{height}" '
        f'viewBox="{-MARGIN} {-MARGIN} {width} {height}" style="min-width:{round(LEAST_SHARE * width)}px">'
        f'{below}<g class="edges">{lines}</g>\n{boxes}</svg>'
    )


def _look(edge, related):
    """The classes of an edge: whether it joins two chapters (there are many, and they are drawn faintly), or what is
    only related.
    """
    used, user = edge
    far = "." in used and "." in user and used.split(".")[0] != user.split(".")[0]
    looks = ["far"] * far + [RELATED] * (edge in related)
    return f' class="{" ".join(looks)}"' if looks else ""


def _box(item: Item, place: Box, number):
    x, y, width, height = (round(value) for value in (place.x, place.y, place.width, place.height))
    left = x + PAD + MARK * bool(item.mark)
    rows = "".join(
        f'<tspan x="{left}" y="{y + LINE * row - 1}">{escape(line)}</tspan>'
        for row, line in enumerate(item.lines, start=1)
    )
    data = "" if number is None else f' data-box="{number}"'
    return (
        f'<a href="{item.href}" class="{item.look}"{data}><title>{escape(item.title)}</title>'
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}"{_corners(item, height)}/>'
        f"{_mark(item.mark, x + PAD, y + round(height / 2))}<text>{rows}</text></a>"
    )


def _corners(item, height):
    """A definition has corners, what is cited is round, all else a little."""
    rounding = {"definition": 0, "theorem": round(height / 2)}.get(item.look, 4)
    return f' rx="{rounding}"' if rounding else ""


def _mark(mark, x, y):
    """A filled square for what is proved, as proofs end with; a tick for what is checked."""
    shapes = {"proved": f"M{x} {y - 4}h8v8h-8z", "checked": f"M{x} {y}l3 4 5-8"}
    return f'<path class="{mark}" d="{shapes[mark]}"/>' if mark else ""


def _way(layout, used, user):
    """The way of an edge: level through its turning points, in curves between them."""
    start, end = layout.places[used], layout.places[user]
    x, y = round(start.right), round(start.middle)
    way = f"M{x} {y}"
    for turn in layout.routes[used, user]:
        way += f"{_curve(x, y, round(turn.x), round(turn.middle))}H{round(turn.right)}"
        x, y = round(turn.right), round(turn.middle)
    to_x, to_y = round(end.x), round(end.middle)
    return f"{way}{_curve(x, y, to_x, to_y)}"


def _curve(x, y, to_x, to_y):
    if y == to_y and to_x > x:
        return f"H{to_x}"
    # Back to the left, or straight down, an edge leaves and arrives in a bow.
    half = round((x + to_x) / 2) if to_x > x else x + BOW
    return f"C{half} {y} {half if to_x > x else to_x - BOW} {to_y} {to_x} {to_y}"


USED = "used"  # a line with its arrow
KEYS = ("derivation", "definition", "counterexample", "theorem", "proved", "checked")


def key_picture(look: str) -> str:
    """A small picture of a form or a mark, one of KEYS, or of a line, for the words that say what it means."""
    height = 12
    if look in (USED, RELATED):
        way = f'd="M1 7H22{ARROW}"' if look == USED else f'class="{RELATED}" d="M1 7H22"'
        shape = f'<g class="edges"><path {way}/></g>'
    elif look in ("proved", "checked"):
        shape = _mark(look, 6, 7)
    else:
        item = Item((), "", "", look)
        shape = f'<a class="{look}"><rect x="1.5" y="1.5" width="20" height="{height}"{_corners(item, height)}/></a>'
    return f'<svg class="graph" aria-hidden="true" width="23" height="15" viewBox="0 0 23 15">{shape}</svg>'
