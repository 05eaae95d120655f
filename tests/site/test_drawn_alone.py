"""The pictures of formulas beside the pages of the entries, as they are drawn, before any page is built."""

from xml.etree import ElementTree

import pytest

from derivations.catalogue import catalogue, find
from derivations.reference.copies import statement_in_latex
from derivations.site.entry_files import WHITE, drawn_alone, files_of

DRAWN = {id: said for id, entry in catalogue().items() if (said := statement_in_latex(entry))}
SCRIPT = [id for id, said in DRAWN.items() if r"\mathcal" in said]  # letters of more than one shape
MISSING = "STIXTwoMathRegular_0"  # the box that a font draws for a letter that it has not


def missing_letters(picture):
    return [part for part in ElementTree.fromstring(picture).iter()
            if any(value.endswith(f"-{MISSING}") for value in part.attrib.values())]  # fmt: skip


@pytest.mark.sampled(12)
@pytest.mark.parametrize("id", DRAWN)
def test_no_letter_is_missing(id):
    assert not missing_letters(drawn_alone(DRAWN[id], find(id)))


@pytest.mark.sampled(4)
@pytest.mark.parametrize("id", SCRIPT)
def test_a_script_letter_is_one_letter(id):
    assert not missing_letters(drawn_alone(DRAWN[id], find(id)))


def test_a_letter_that_the_font_has_not_would_be_seen():
    assert missing_letters(drawn_alone("x = \u4e2d", find("softmax.gradient")))


def test_a_picture_is_black_and_there_is_a_white_one_neither_asking_what_its_reader_prefers():
    files = files_of(find("softmax.gradient"))
    black, white = files["svg"], files["dark.svg"]
    assert "@media" not in black + white and black != white
    assert ElementTree.fromstring(black).get("color") == "#000"
    assert ElementTree.fromstring(white).get("color") == WHITE == "#fff"
    assert black.replace('"#000"', '"#fff"').replace("softmax.gradient-", "softmax.gradient.dark-") == white


def test_pictures_in_one_page_share_no_id_and_each_leads_to_its_own():
    drawn = [text for id in ("softmax.gradient", "sigmoid.gradient") for ending, text in files_of(find(id)).items()
             if ending.endswith("svg")]  # fmt: skip
    whole = ElementTree.fromstring(f"<div>{''.join(drawn)}</div>")
    given = [part.get("id") for part in whole.iter() if part.get("id")]
    assert len(drawn) == 4 and len(given) > 20 and len(set(given)) == len(given)
    for picture in whole:
        own = {part.get("id") for part in picture.iter()} - {None}
        asked = {value[1:] for part in picture.iter() for value in part.attrib.values()
                 if value.startswith("#") and len(value) > 7}  # fmt: skip
        assert asked and asked <= own and {*picture.get("aria-labelledby").split()} <= own
