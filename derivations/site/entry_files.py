"""The files of an entry beside its page, for somebody's own page or program: r/ID.mml, .svg, .dark.svg, .tex, .json,
.embed.html.

Each stands alone: a formula as MathML and as a picture, as LaTeX, and all that is known as JSON. What states no formula
(a theorem in words) has no picture; of what is false (a counterexample) there is none either, or it would be shown
somewhere without its "false".
"""

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from xml.etree import ElementTree

from math_core import LatexToMathML

from ..catalogue import Entry
from ..reference.copies import statement_in_latex, texts_of
from ..reference.work import TITLE
from ..writing.typeset import plain, statement
from .brackets import with_whole_brackets
from .previewed import preview
from .records import BASE, published_record

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
FONT = Path(__file__).parents[2] / "docs" / "fonts" / "STIXTwoMath-Regular.ttf"
SIZE = 24  # the letters of a picture, in pixels
# A picture cannot know the page it is shown on, and what its reader prefers says nothing of that: so there are two.
BLACK, WHITE = "#000", "#fff"
# They choose among the shapes of a letter, and are no letters: drawn, each would be the box of a missing one.
VARIATION_SELECTORS = dict.fromkeys(range(0xFE00, 0xFE10))
FRAME_STYLE = """
@font-face{font-family:"STIX Two Math";src:url("../assets/fonts/STIXTwoMath.woff2")}
:root{color-scheme:light dark}
body{margin:0;padding:.6rem .8rem;font:1rem/1.5 Georgia,"Times New Roman",serif}
math{font-family:"STIX Two Math",math;font-size:1.15em}
p{margin:.3rem 0}
.formula{overflow-x:auto;padding:.3rem 0}
.formula math,.side{display:inline-block}
small,.label,p:last-child{font-size:.85em}
a{color:inherit}
"""


@lru_cache(maxsize=1)  # the page of an entry asks for them twice
def files_of(entry: Entry) -> dict[str, str]:
    """The text of each file of an entry, by the ending of its name."""
    found = {"tex": f"{copy.text}\n" for copy in copies_of(entry) if copy.name == "LaTeX"}
    found["embed.html"] = in_a_frame(entry)
    said = "" if entry.kind == "counterexample" else statement_in_latex(entry)
    if said:
        found |= {"mml": alone(said), "svg": drawn_alone(said, entry), "dark.svg": drawn_alone(said, entry, WHITE)}
    record = published_record(entry, copies_of(entry), {*found, "json"})
    return found | {"json": json.dumps(record, ensure_ascii=False, indent=1)}


@lru_cache(maxsize=1)
def copies_of(entry: Entry):
    """The texts of an entry to copy; the address of the site in them is still to be put in."""
    return texts_of(entry, mathml=alone, site=BASE)


def in_a_frame(entry: Entry) -> str:
    """A small page for a frame in somebody's own page: what the entry says and when it holds, and where it is from. Its
    colours are those that its reader prefers.
    """
    leads = f'<a href="{entry.id}.html" target="_top"><code>{entry.id}</code></a>'
    head = f'<meta charset="utf-8"><title>{escape(entry.title)}</title>\n<meta name="robots" content="noindex">'
    head += '\n<link rel="icon" href="../assets/favicon.svg">'
    head += f'\n<meta name="viewport" content="width=device-width"><style>{FRAME_STYLE}</style>'
    work = TITLE.partition(":")[0]
    body = f"<main>\n{preview(entry)}\n<p>{leads} · {work}</p>\n</main>"
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>\n{body}\n</body>\n</html>\n'


def alone(text: str, annotated: bool = True) -> str:
    """MathML of a displayed formula that stands in no page: XML with its namespace, and, if annotated, its LaTeX."""
    written = LatexToMathML(annotation=annotated).convert_with_local_state(text, displaystyle=True)
    written = with_whole_brackets(written).replace("&ApplyFunction;", "\u2061")
    return written.replace("<math", f'<math xmlns="{NAMESPACE}"', 1)


@lru_cache(maxsize=1)  # it is asked for in black and in white
def _drawn(written):
    import ziamath  # only now: it reads its fonts, and a build after edited prose draws nothing

    return ziamath.Math(written, size=SIZE, font=str(FONT)).svg()


def drawn_alone(text: str, entry: Entry, ink: str = BLACK) -> str:
    """A formula drawn as SVG, with what it says for those who cannot see it; black for a light page, or in `ink`. Its
    ids are its own, as somebody may put several into one page.
    """
    ElementTree.register_namespace("", SVG)
    tree = ElementTree.fromstring(_drawn(alone(text, annotated=False).translate(VARIATION_SELECTORS)))
    for part in tree.iter():
        if part.get("fill") in ("black", "#000", "#000000"):
            part.set("fill", "currentColor")
    tree.attrib |= {"role": "img", "aria-labelledby": "title desc", "fill": "currentColor", "color": ink}
    own = f"{entry.id}-" if ink == BLACK else f"{entry.id}.dark-"
    said = {"title": entry.title, "desc": f"{spoken(entry)} ({entry.id})"}
    for place, (tag, words) in enumerate(said.items()):
        made = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": tag})
        made.text = words
        tree.insert(place, made)
    for part in tree.iter():
        for name, value in part.attrib.items():
            if name == "id":
                part.set(name, f"{own}{value}")
            elif name.endswith("href") and value.startswith("#"):
                part.set(name, f"#{own}{value[1:]}")
            elif name == "aria-labelledby":
                part.set(name, " ".join(f"{own}{id}" for id in value.split()))
    return ElementTree.tostring(tree, encoding="unicode")


def spoken(entry: Entry) -> str:
    """The formula of an entry in one line of plain letters; of a theorem without one, its words."""
    formula = getattr(entry, "formula", None)
    return statement(entry, plain) if formula is None else plain(formula)
