"""What the page "Which function computes this?" states is what tests/peers holds, no more and no less."""

import ast
import re
from pathlib import Path

import pytest
from pages import PROJECT, Page

from derivations.catalogue import catalogue, has_result
from derivations.site.which.libraries import COMPARED, every_claim, every_row
from derivations.site.which.page import pinned_versions, versions_run

CLAIMS = sorted((PROJECT / "tests" / "peers").glob("claims_*.py"))
COMPARES = {"same", "differs"}


def claimed(text):
    """The claims of a file: what each is about, and the names that it uses, by itself or in functions of the file."""
    tree = ast.parse(text)
    constants = {node.targets[0].id: node.value.value for node in tree.body
                 if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)}  # fmt: skip
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in functions.values():
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and mark.func.id == "claim":
                yield tuple("".join(_text(part, constants)) for part in mark.args), node, functions


def _text(node, constants):
    if isinstance(node, ast.BinOp):
        return [*_text(node.left, constants), *_text(node.right, constants)]
    return [constants[node.id] if isinstance(node, ast.Name) else node.value]


def compares(claim, functions):
    """Whether a claim compares something with the result that it is given, by itself or by a function of its file."""
    nodes = list(ast.walk(claim))
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    tests = any(isinstance(node, ast.Assert | ast.With) for node in nodes) or called & COMPARES
    tests = tests or any(compares(functions[name], functions) for name in called & functions.keys())
    return bool(tests) and "ours" in {node.id for node in nodes if isinstance(node, ast.Name)}


def test_what_is_stated_and_what_is_claimed_are_the_same():
    found = [about for path in CLAIMS for about, *_ in claimed(path.read_text(encoding="utf-8"))]
    assert len(found) == len(set(found))
    assert set(found) == set(every_claim())


def test_every_claim_compares_with_the_result():
    without = [about for path in CLAIMS for about, *claim in claimed(path.read_text(encoding="utf-8"))
               if not compares(*claim)]  # fmt: skip
    assert without == []


def test_a_claim_that_compares_nothing_is_seen():
    found = claimed(
        'A = "f"\ndef look(ours):\n    ours(z=1)\ndef hold(ours):\n    same(g(1), ours(z=1))\n'
        '@claim(A, "value")\ndef idle(ours):\n    look(ours)\n'
        '@claim(A + "x", "y")\ndef busy(ours):\n    same(g(1), ours(z=1))\n'
        '@claim(A, "z")\ndef helped(ours):\n    hold(ours)\n'
    )
    assert [compares(*claim) for _, *claim in found] == [False, True, True]


def test_every_statement_is_about_a_result():
    assert [id for id in every_claim().values() if not has_result(catalogue()[id])] == []


def test_the_versions_are_those_of_the_lock():
    pinned, said = pinned_versions(), versions_run()
    assert set(pinned) == {name for library in COMPARED.values() for name in library.packages}
    assert all(re.fullmatch(r"\d+(\.\d+)+", version) and name in said for name, version in pinned.items())


@pytest.fixture(scope="module")
def page(built_site):
    return Page(Path(built_site) / "which_function.html")


def test_every_function_has_a_card_with_a_formula_that_search_finds_by_all_its_names(page):
    anchors = {attributes.get("id") for _, attributes in page.elements}
    text = "".join(text for _, text in page.texts)
    for row in every_row().values():
        assert row.name in anchors
        assert all(name in text for name in (row.name, *row.also)), row.name
    assert sum(tag == "math" for tag, _ in page.elements) >= len(every_row())
