"""Long formulas come in pieces, so that a phone can put one below the other."""

import re
from xml.etree import ElementTree

import pytest

from derivations.catalogue import catalogue, has_result
from derivations.site.lines import in_pieces
from derivations.site.pieces import light, mathml, sentence
from derivations.writing.typeset import statement

STATEMENTS = {id: statement(entry) for id, entry in catalogue().items() if has_result(entry)}


def signs(html):
    """What is drawn, in its order."""
    tree = ElementTree.fromstring(f"<div>{html}</div>".replace("&ApplyFunction;", "\u2061"))
    return [part.text for part in tree.iter() if len(part) == 0 and part.text and part.tag != "annotation"]


@pytest.mark.parametrize("id", STATEMENTS)
def test_pieces_have_all_signs_in_their_order_and_the_latex_once(id):
    whole = mathml(STATEMENTS[id], display=True)
    pieces = in_pieces(whole)
    assert signs(pieces) == signs(whole)
    assert pieces.count("<annotation") == 1


def pieces_of(latex):
    return ["".join(signs(part)) for part in re.findall(r"<math.*?</math>", in_pieces(mathml(latex, display=True)))]


def test_a_piece_begins_at_a_relation_or_a_sum_but_never_in_a_bracket_nor_at_the_sign_of_a_number():
    assert pieces_of(r"f(a + b) = -c + d - (e - f + g) \le h + i + j + k") == [
        "f(a+b)", "=−c", "+d", "−(e−f+g)", "≤h", "+i", "+j", "+k"
    ]


def test_a_short_formula_stays_whole():
    assert pieces_of("a = b + c") == ["a=b+c"]


def test_a_power_is_of_the_whole_bracket():
    shown = light("(a - f(b))^2 + (c)")
    assert shown.count("<msup><mrow><mo") == 1
    assert shown.index("<msup>") < shown.index("<mi>a</mi>") < shown.index("</mrow><mn>2</mn></msup>")


def test_a_power_on_a_bracket_that_does_not_open_stays():
    assert "<msup><mo" in light("a)^2")


@pytest.mark.parametrize("said", ["one is best", "one is best.", "one is best. (At most one is.)"])
def test_a_sentence_has_one_full_stop_at_its_end(said):
    assert sentence(said) in ("One is best.", "One is best. (At most one is.)")
