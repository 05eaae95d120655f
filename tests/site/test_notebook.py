"""The notebook takes every formula from the catalogue, and its page is as light and self-contained as the others."""

import ast
import re
from urllib.parse import unquote, urlsplit

import pytest
from pages import PROJECT, Page, hook

from derivations.catalogue import catalogue

SOURCE = PROJECT / "docs" / "notebooks" / "real_data.py"
CELLS = re.split(r"^# %%", SOURCE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
PROSE = "\n".join(cell for cell in CELLS if cell.startswith(" [markdown]"))
CODE = "\n".join(cell.partition("\n")[2] for cell in CELLS if not cell.startswith(" [markdown]"))

# What a retyped likelihood, loss, gradient or probability would be built from.
MATHEMATICS = {"log", "log1p", "log2", "log10", "exp", "expm1", "prod", "mean", "dot", "einsum", "logaddexp",
               "logsumexp", "softmax", "expit"}


@pytest.fixture(scope="module")
def page(built_site):
    return built_site / "notebooks" / "real_data.html"


def test_its_code_retypes_no_formula():
    nodes = list(ast.walk(ast.parse(CODE)))
    called = {getattr(node.func, "attr", getattr(node.func, "id", None))
              for node in nodes if isinstance(node, ast.Call)}
    assert "function" in called
    assert not called & MATHEMATICS, "take it from the catalogue, with derivations.functions.function"
    assert not [node for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Pow, ast.MatMult))]


def test_its_prose_sets_no_formula_by_hand():
    assert len(PROSE) > 1000
    assert not re.search(r"\$|\\[a-zA-Z(\[]", PROSE), "show a formula with {{ result ID }} or {{ inline ID }}"
    assert "Math(" not in CODE and "Latex(" not in CODE


def test_every_result_it_names_is_in_the_catalogue():
    shown = re.findall(r"\{\{ (?:result|inline) ([\w.]+) \}\}", PROSE)
    named = {*shown, *re.findall(r'results\["([\w.]+)"\]', CODE)}
    assert len(named) >= 10 and named <= set(catalogue())


def test_every_code_cell_asserts_what_it_found():
    cells = [cell for cell in CELLS if not cell.startswith(" [markdown]")]
    assert len(cells) > 5 and all("assert " in cell or "raise AssertionError" in cell for cell in cells)


def test_its_lines_fit_the_page():
    long = [line for line in CODE.splitlines() if len(line) > 77]
    assert CODE and not long, "a reader would have to scroll sideways"


def test_it_executes_and_shows_what_it_found(page):
    text = "".join(text for _, text in Page(page).texts)
    for shown in ("569 labels, 357 of them 1", "6.712e-164", "0.053384684431", "outside its domain",
                  "holds only where the labels"):
        assert shown in text
    assert "Traceback" not in text and "Warning" not in text


def test_its_page_is_small_and_loads_nothing_from_another_host(page):
    assert page.stat().st_size < 100_000
    loaded = [address for tag, address in Page(page).attributes("src")]
    loaded += [attributes["href"] for tag, attributes in Page(page).elements if tag == "link" and "href" in attributes]
    assert loaded and not [address for address in loaded if urlsplit(address).netloc]


def test_its_formulas_link_to_where_they_are_derived(page):
    links = [attributes["href"]
             for tag, attributes in Page(page).elements if tag == "a" and attributes.get("class") == "source"]
    assert len(links) >= 7
    for link in links:
        target = urlsplit(link)
        found = page.parent / unquote(target.path)
        assert found.exists(), f"{link} leads nowhere"
        assert f'id="{target.fragment}"' in found.read_text(encoding="utf-8"), f"{link}: no such place on the page"


def test_what_a_cell_prints_is_one_block_however_it_arrived():
    class Output(dict):
        __getattr__, __setattr__ = dict.get, dict.__setitem__

        def copy(self):
            return Output(self)

    def printed(text):
        return Output(output_type="stream", name="stdout", text=text)

    found = hook("notebook").joined(
        [printed("a\n"), printed("b\n"), Output(output_type="display_data"), printed("c\n")])
    assert [output.text for output in found] == ["a\nb\n", None, "c\n"]
