"""Small pieces of HTML that every page is made of: formulas as MathML, links to entries, sentences."""

import re
from html import escape

from math_core import LatexToMathML


def mathml(text, display=False):
    """MathML of a LaTeX formula, with the LaTeX in an annotation and kept out of the search; raises on LaTeX it does not know."""
    found = LatexToMathML(annotation=True).convert_with_local_state(text, displaystyle=display)
    return found.replace("<math", "<math data-search-exclude", 1)


def href(entry):
    """Every entry is anchored on the page of its chapter."""
    return f"{entry.id.split('.')[0]}.html#{entry.id}"


def breakable(id):
    """A long id may break after a dot or an underscore."""
    return re.sub(r"([._])", r"\1<wbr>", id)


def sentence(text):
    text = text.rstrip(".")
    return escape(text[0].upper() + text[1:]) + "."


def law(text):
    """The law of a rule, typed in plain letters, with the signs that readers know."""
    return escape(re.sub(r"(?<![\w)])-|-(?=\d)", "−", text.replace("<=", "≤").replace(">=", "≥").replace("`", "")))


def formula(text, label="formula"):
    """A displayed formula: in a box of its own that scrolls where it is too wide, by keyboard too."""
    return f'<div class="formula" data-search-exclude tabindex="0" role="group" aria-label="{label}">{mathml(text, display=True)}</div>'
