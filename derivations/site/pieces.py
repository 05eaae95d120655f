"""Small pieces of HTML that every page is made of: formulas as MathML, links to entries, sentences."""

import re
from html import escape

from math_core import LatexToMathML

from ..writing.capitals import in_capital
from ..writing.documents import packages
from ..writing.typeset import in_law, in_words, unmarked
from .brackets import with_whole_brackets
from .lines import in_pieces
from .marked import with_marks

BESIDE = re.compile(r"\(<math>.*?</math>[.,;:)!]*|<math>(?:(?!</math>).)*</math>[.,;:)!]+")
# Where a law ends and what it needs begins.
CONDITION = re.compile(r", (?=for |where |over |with |in the |and likewise )|: ")


def mathml(text, display=False):
    """MathML of a LaTeX formula, with the LaTeX in an annotation, kept out of the search. Unknown LaTeX is refused.

    Marks in the LaTeX become classes. A displayed formula stands in a box that is kept out of the search already.
    """
    bare = unmarked(text)
    found = with_whole_brackets(LatexToMathML(annotation=True).convert_with_local_state(bare, displaystyle=display))
    found = found if bare == text else with_marks(found, text)
    return found if display else found.replace("<math", "<math data-search-exclude", 1)


def light(text):
    """MathML of a small formula without its LaTeX: there are hundreds of them on a page."""
    return with_whole_brackets(LatexToMathML().convert_with_local_state(text, displaystyle=False))


def sign(text):
    """The relation of a line to the line before it: a column of its own."""
    return f'<span class="relation" data-search-exclude>{light(text)}</span>'


def href(entry):
    """Every entry is anchored on the page of its chapter."""
    return f"{entry.id.split('.')[0]}.html#{entry.id}"


SHORT_ID = 28  # letters
CITABLE = 'class="citable" '  # of a link in a fold: a button beside it copies the citation (docs/javascripts/citing.js)


def breakable(id, room=SHORT_ID):
    """A long id may break after a dot or an underscore; one for which there is room on any screen does not."""
    return id if len(id) <= room else re.sub(r"([._])", r"\1<wbr>", id)


def in_a_row(parts):
    """Some things in a row: a, b and c."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def sentence(text, write=None):
    """With a capital, unless it begins with mathematics, and a full stop, which may stand within its last bracket."""
    text = text if text.endswith(".)") else text.rstrip(".") + "."
    _, formula = next(part for part in in_words(text) if part[0])
    return (write or words)(text if formula else in_capital(text))


def words(text):
    """Text in HTML; the letters of formulas in it look as they do in formulas."""
    return unbroken("".join(light(part) if formula else escape(part) for part, formula in in_words(text)))


def unbroken(html):
    """No line ends between a formula and the comma or the bracket beside it, where a browser would break it."""
    return BESIDE.sub(r'<span class="whole">\g<0></span>', html)


def law(text):
    """The law of a rule, typed in plain letters, with the signs that readers know."""
    return escape(re.sub(r"(?<![\w)])-|-(?=\d)", "−", text.replace("<=", "≤").replace(">=", "≥").replace("`", "")))


def law_in_words(text):
    """The same within a sentence, where letters look as they do in formulas."""
    return unbroken("".join(light(part) if letter else law(part) for part, letter in in_law(text)))


def formula(text, label="formula", above=""):
    """A displayed formula, in a box of its own: a long one goes on in the next line where there is no room, and what is
    wider even so scrolls, by keyboard too. `above` has the comments that are copied with its LaTeX.
    """
    comments = "\n".join(filter(None, [above, packages(text)]))
    role = f'data-search-exclude tabindex="0" role="group" aria-label="{label}"'
    role += f' data-above="{escape(comments)}"'.replace("\n", "&#10;") if comments else ""
    return f'<div class="formula" {role}>{in_pieces(mathml(text, display=True))}</div>'


def without_latex(box):
    """A displayed formula without its LaTeX, where that stands on the page already."""
    return re.sub("</?semantics>|<annotation.*?</annotation>", "", box)
