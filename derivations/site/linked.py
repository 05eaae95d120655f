"""The letters of a displayed formula as links: each leads to what the notation says of it, or to its definition.

MathML has links of its own only in some browsers: Chromium and WebKit ignore them. A link of HTML inside the letter is
one everywhere, for the pointer and the keyboard. The Tab key stops at the first of equal letters only.
"""

import unicodedata
from xml.etree import ElementTree

from sympy import Derivative

from ..catalogue import Entry, catalogue
from ..engine.terms import Quantity
from ..reference.copies import statement_in_latex
from ..symbols import anchors_by_notation, formulas_stated, notation_of_parts
from ..writing.order import single_letter
from ..writing.typeset import latex
from .lines import in_pieces
from .marked import beginnings, signs_of, tree_of
from .pieces import href, mathml


def with_links(html: str, entry: Entry) -> str:
    """What is shown of an entry, its formula with links. ValueError if the formula that it states is not shown."""
    said = statement_in_latex(entry)
    if not said:
        return html
    shown = mathml(said, display=True)
    if in_pieces(shown) not in html:
        raise ValueError(f"{entry.id}: its page does not show the formula that it states: {said}")
    return html.replace(in_pieces(shown), in_pieces(_linked(shown, entry)), 1)


def _linked(html, entry):
    tree = tree_of(html)
    signs, seen = signs_of(tree), set()
    for place, (address, title) in sorted(_targets(entry).items()):
        letter = signs[place]
        link = ElementTree.SubElement(letter, "a", {"href": address, "title": title})
        if address in seen:
            link.set("tabindex", "-1")
        upright = letter.get("mathvariant") == "normal"
        link.text, letter.text = letter.text if upright else slanted(letter.text), None
        seen.add(address)
    return ElementTree.tostring(tree, encoding="unicode").replace(" />", "/>")


def slanted(letter: str) -> str:
    """A letter as MathML shows it alone. Firefox shows it upright where something else, as a link, is around it."""
    named = unicodedata.name(letter, "").split(" LETTER ") if len(letter) == 1 else ()
    if len(named) != 2:
        return letter
    if letter == "h":
        return "\N{PLANCK CONSTANT}"  # the one that stands elsewhere
    try:
        return unicodedata.lookup(f"MATHEMATICAL ITALIC {named[0].split()[-1]} {named[1]}")
    except KeyError:
        return letter


def _targets(entry):
    """For each sign of the formula that is the letter of a symbol or of a quantity, by its place, where it leads."""
    formulas, found = formulas_stated(entry), {}
    for part, known in notation_of_parts(formulas).items():
        leads = f"notation.html#{anchors_by_notation()[known]}", known.meaning
        found |= dict.fromkeys(_places(entry, part), leads)
    for quantity, letter in _quantities(formulas):
        defined = catalogue().get(type(quantity).definition.id)
        if defined and defined.id != entry.id:
            found |= dict.fromkeys(_places(entry, letter), (href(defined), defined.title))
    return found


def _quantities(formulas):
    """Each named quantity, with the part of the formula that stands for it: itself, or, derived, its letter alone."""
    for formula in formulas:
        yield from ((quantity, quantity) for quantity in formula.atoms(Quantity))
        for derived in formula.atoms(Derivative):
            letter = single_letter(derived.expr, derived.variables[0])
            if isinstance(derived.expr, Quantity) and letter is not None:
                yield derived.expr, letter


def _places(entry, part):
    """The places of the signs with which a part of the formula begins."""
    return beginnings(statement_in_latex(entry, lambda formula: latex(formula, {part: "new"})))
