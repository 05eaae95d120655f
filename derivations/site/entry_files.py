"""The files of an entry beside its page, for somebody's own page or program: r/ID.mml, .svg, .dark.svg, .tex, .json.

Each stands alone: a formula as MathML and as a picture, as LaTeX, and all that is known as JSON. What states no formula
(a theorem in words) has no picture; of what is false (a counterexample) there is none either, or it would be shown
somewhere without its "false".
"""

import json
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import ziamath
from math_core import LatexToMathML

from ..catalogue import Entry
from ..checking.records import checked
from ..proving.ledger import is_proved
from ..proving.printing import identifier
from ..reference.copies import statement_in_latex, texts_of
from ..writing.export import record
from ..writing.typeset import plain, statement
from .brackets import with_whole_brackets

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
FONT = Path(__file__).parents[2] / "docs" / "fonts" / "STIXTwoMath-Regular.ttf"
SIZE = 24  # the letters of a picture, in pixels
# A picture cannot know the page it is shown on, and what its reader prefers says nothing of that: so there are two.
BLACK, WHITE = "#000", "#fff"
# They choose among the shapes of a letter, and are no letters: drawn, each would be the box of a missing one.
VARIATION_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
# The base of the site's address, put in when the pages are written: the rest is kept from one build to the next.
BASE = "\ue010"


@lru_cache(maxsize=1)  # the page of an entry asks for them twice
def files_of(entry: Entry) -> dict[str, str]:
    """The text of each file of an entry, by the ending of its name."""
    found = {"json": json.dumps(known_of(entry), ensure_ascii=False, indent=1)}
    found |= {"tex": f"{copy.text}\n" for copy in copies_of(entry) if copy.name == "LaTeX"}
    said = "" if entry.kind == "counterexample" else statement_in_latex(entry)
    if not said:
        return found
    return found | {"mml": alone(said), "svg": drawn_alone(said, entry), "dark.svg": drawn_alone(said, entry, WHITE)}


@lru_cache(maxsize=1)
def copies_of(entry: Entry):
    """The texts of an entry to copy; the address of the site in them is still to be put in."""
    return texts_of(entry, mathml=alone, site=BASE)


def known_of(entry: Entry) -> dict:
    """The record of an entry, with its check and whether it is proved."""
    check = checked(entry) if entry.kind in ("derivation", "counterexample") else None
    proof = {"name": identifier(entry.id), "checked_by": "Coq"} if is_proved(entry) else None
    return record(entry, check) | {"proof": proof}


def alone(text: str, annotated: bool = True) -> str:
    """MathML of a displayed formula that stands in no page: XML with its namespace, and, if annotated, its LaTeX."""
    written = LatexToMathML(annotation=annotated).convert_with_local_state(text, displaystyle=True)
    written = with_whole_brackets(written).replace("&ApplyFunction;", "\u2061")
    return written.replace("<math", f'<math xmlns="{NAMESPACE}"', 1)


def drawn_alone(text: str, entry: Entry, ink: str = BLACK) -> str:
    """A formula drawn as SVG, with what it says for those who cannot see it; black for a light page, or in `ink`."""
    written = alone(text, annotated=False).translate(VARIATION_SELECTORS)
    drawn = ziamath.Math(written, size=SIZE, font=str(FONT)).svg()
    ElementTree.register_namespace("", SVG)
    tree = ElementTree.fromstring(drawn)
    for part in tree.iter():
        if part.get("fill") in ("black", "#000", "#000000"):
            part.set("fill", "currentColor")
    tree.attrib |= {"role": "img", "aria-labelledby": "title desc", "fill": "currentColor", "color": ink}
    said = {"title": entry.title, "desc": f"{spoken(entry)} ({entry.id})"}
    for place, (tag, words) in enumerate(said.items()):
        made = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": tag})
        made.text = words
        tree.insert(place, made)
    return ElementTree.tostring(tree, encoding="unicode")


def spoken(entry: Entry) -> str:
    """The formula of an entry in one line of plain letters; of a theorem without one, its words."""
    formula = getattr(entry, "formula", None)
    return statement(entry, plain) if formula is None else plain(formula)
