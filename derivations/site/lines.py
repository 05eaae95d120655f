"""Long formulas in pieces: a browser breaks no formula by itself, but it can put one piece below the other.

A piece begins at a relation, or at a plus or minus between terms, that stands in no bracket. Where there is room the
pieces stand on one line and look as one formula. Where there is not, a relation begins a new line first: the pieces of
one side are kept together in a box.
"""

from xml.etree import ElementTree

SIDES = {"=", "≤", "≥", "<", ">", "≠"}
BREAKS = SIDES | {"+", "−"}
DEPTH = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
LONG = 16  # signs: what is shorter fits a phone


def in_pieces(html: str) -> str:
    """The MathML of a displayed formula as one or more pieces; the first keeps the LaTeX of the whole."""
    tree = ElementTree.fromstring(html.replace("&ApplyFunction;", "\u2061"))
    row = tree.find("semantics/mrow")
    if row is None or sum(len(part) == 0 and bool(part.text) for part in row.iter()) < LONG:
        return html
    first, *others = _pieces(row)
    if not others:
        return html
    for child in list(row):
        row.remove(child)
    row.extend(first)
    sides = [[_written(tree)]]
    for piece in others:
        if piece[0].text in SIDES:
            sides.append([])
        sides[-1].append(_written(_alone(piece)))
    return "".join(f'<span class="side">{"".join(side)}</span>' for side in sides)


def _pieces(row):
    """The children of a row, cut before each sign between two parts that stands in no bracket."""
    pieces, depth = [[]], 0
    for child in row:
        text = child.text if child.tag == "mo" else None
        binary = text in BREAKS and child.get("form") != "prefix" and child.get("lspace") != "0"
        if binary and depth == 0 and pieces[-1]:
            pieces.append([])
        depth += DEPTH.get(text, 0)
        pieces[-1].append(child)
    return pieces


def _alone(parts):
    """A piece as a formula of its own, in which its sign keeps the space that it has between two parts."""
    parts[0].set("form", "infix")
    tree = ElementTree.Element("math", {"display": "block"})
    ElementTree.SubElement(tree, "mrow").extend(parts)
    return tree


def _written(tree):
    return ElementTree.tostring(tree, encoding="unicode").replace(" />", "/>")
