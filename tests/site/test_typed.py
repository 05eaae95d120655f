"""What is typed in a terminal, on a page: it is copied as it is typed, and no option is broken."""

import re
import shlex
from html import unescape

import pytest

from derivations.any_loss.letters import INDEX_LETTERS
from derivations.any_loss.tokens import FUNCTIONS
from derivations.site.losses import LOSSES, REFUSED, TYPED, loss_card, refused_block
from derivations.site.typed import command_line, functions_list, letters_table, typed_block


def text(html):
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("name", ["focal", "hidden"])
def test_a_command_is_copied_as_it_is_typed_and_its_options_are_whole(name):
    line = re.search(r'<pre class="typed".*?</pre>', loss_card(name)[1], re.DOTALL)[0]
    assert text(line) == command_line(LOSSES[name].words) and text(line).isascii()
    options = [word for word in shlex.split(text(line)) if re.fullmatch(r"--?[a-z]+", word)]
    whole = [unescape(part) for part in re.findall(r'<span class="whole">(.*?)</span>', line)]
    assert [part for part in whole if not part.startswith("'")] == options and options
    assert not re.search(r"&#x27;-(?!.{0,20}</span>)", line)


def test_a_minus_in_a_formula_is_no_option():
    assert "whole" not in typed_block("'x-a - b*(-c) - -d'") and "'-(1</span>" in unescape(typed_block("'-(1 - x)'"))


@pytest.mark.parametrize("name", REFUSED)
def test_a_place_that_is_pointed_at_is_in_lines_of_its_own(name):
    shown = refused_block(name)
    pointed = re.search(r'<span class="pointed" tabindex="0">(.*?)</span>', shown, re.DOTALL)
    assert (pointed is None) == ("^" not in text(shown).replace("^2", ""))
    if pointed:
        typed, caret = unescape(pointed[1]).split("\n")
        assert typed in text(shown).partition("\n")[0] and caret.strip() == "^"


def test_a_terminal_is_shown_as_it_prints():
    shown = text(TYPED["printed"]())
    assert shown.startswith("$ python -m derivations gradient") and "understood:" in shown
    assert "checked: verified" in shown and max(map(len, shown.splitlines())) <= 80


def test_every_function_and_index_is_listed():
    listed = text(functions_list())
    assert all(f"{name}(" in listed for name in FUNCTIONS)
    rows = text(letters_table().replace("</td>", "\n"))
    assert all(re.search(rf"(?<!\w){letter}(?![\w\[])", rows) for letter in INDEX_LETTERS)
