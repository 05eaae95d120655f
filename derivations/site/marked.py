"""Marks in MathML: a formula is converted without and with its marks, and the first gets the classes of the second.

The marks would change the spaces that the converter sets between neighbours. What is no piece of the MathML stays
without a mark.
"""

import re
from xml.etree import ElementTree

from math_core import LatexToMathML

from ..writing.typeset import MARKS

ROWS = ("mrow", "math", "semantics", "mtd")
_converter = LatexToMathML()


def _colour(name):
    return re.search(
        r"color:(#\w+);", _converter.convert_with_local_state(rf"{{\color{{{name}}}x}}", displaystyle=False)
    )[0]


KIND_OF = {_colour(name): kind for kind, name in MARKS.items()}


def with_marks(html, text):
    """The MathML of a formula, from `html` without marks and from its LaTeX with them."""
    tree, marked = tree_of(html), tree_of(_converter.convert_with_local_state(text, displaystyle=False))
    signs, others = signs_of(tree), signs_of(marked)
    if [sign.text for sign in signs] != [sign.text for sign in others]:
        return html
    place = {sign: number for number, sign in enumerate(others)}
    for part in marked.iter():
        if part.get("style") in KIND_OF:
            _mark(tree, [signs[place[sign]] for sign in signs_of(part)], KIND_OF[part.get("style")])
    return ElementTree.tostring(tree, encoding="unicode").replace(" />", "/>")


def beginnings(text):
    """The places of the signs, counted from 0, with which the marked parts of a formula in LaTeX begin."""
    tree = tree_of(_converter.convert_with_local_state(text, displaystyle=False))
    place = {sign: number for number, sign in enumerate(signs_of(tree))}
    return [place[signs_of(part)[0]] for part in tree.iter() if part.get("style") in KIND_OF]


def tree_of(html):
    """The MathML of a formula, to be changed."""
    return ElementTree.fromstring(html.replace("&ApplyFunction;", "\u2061"))


def signs_of(part):
    """What is drawn: the letters, numbers and operators of a part, in their order."""
    return [found for found in part.iter() if len(found) == 0 and found.text and found.tag != "annotation"]


def _mark(tree, signs, kind):
    """Give a class to the smallest piece that holds these signs, or to a row of its own for neighbours in a row."""
    whole = next(part for part in reversed(list(tree.iter())) if set(signs) <= set(signs_of(part)))
    if signs_of(whole) == signs:
        whole.set("class", " ".join(dict.fromkeys([*whole.get("class", "").split(), *kind.split()])))
        return
    inside = [child for child in whole if set(signs_of(child)) & set(signs)]
    if whole.tag not in ROWS or [sign for child in inside for sign in signs_of(child)] != signs:
        return
    first, last = (list(whole).index(child) for child in (inside[0], inside[-1]))
    row = ElementTree.Element("mrow", {"class": kind})
    row.extend(list(whole)[first : last + 1])
    for child in list(row):
        whole.remove(child)
    whole.insert(first, row)
