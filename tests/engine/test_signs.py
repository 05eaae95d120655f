"""A wrong sign in a rule does not survive: flipped, it turns derivation or check red, and the step is named. A fixed
sample; with EVERY_SIGN=1 and --whole all.
"""

import ast
import importlib
import importlib.abc
import importlib.machinery
import os
import random
import re
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parents[2] / "derivations" / "engine" / "rules"
# More than two classes and exactly two: a step that no size reaches is bad news without any sign flipped.
TWO_SIZES = ((2, 3, 2, 2), (3, 2, 1, 2))
STEP = r"[a-z_]+\.[a-z_]+, step \d+ \(|step \d+ \([a-z_]+\) of [a-z_]+\.[a-z_]+"


class Flip(ast.NodeTransformer):
    """Flips the sign at one place: + and - between terms, and the minus before one."""

    def __init__(self, place):
        self.place, self.seen = place, 0

    def visit_Assign(self, node):
        """Of a module, a law that several rules share, which is data too. Those in rules are within functions."""
        return node if node.col_offset == 0 else self.generic_visit(node)

    def visit_FunctionDef(self, node):
        """The law beside a rule is data that no step reads: its signs are flipped in test_laws.py."""
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_BinOp(self, node):
        self.generic_visit(node)
        if isinstance(node.op, ast.Add | ast.Sub) and self._here(node):
            return ast.copy_location(
                ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right), node)
        return node

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return node.operand if isinstance(node.op, ast.USub) and self._here(node) else node

    def _here(self, node):
        self.seen += 1
        if self.seen - 1 == self.place:
            self.line = node.lineno
        return self.seen - 1 == self.place


def signs():
    for path in sorted(RULES.glob("*.py")):
        counter = Flip(None)
        counter.visit(ast.parse(path.read_text(encoding="utf-8")))
        yield from ((path.stem, place) for place in range(counter.seen))


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves one module of the package with one sign flipped."""

    def __init__(self, name, path, place):
        self.name, self.path, self.place = name, path, place

    def find_spec(self, name, path=None, target=None):
        return importlib.machinery.ModuleSpec(name, self) if name == self.name else None

    def exec_module(self, module):
        flip = Flip(self.place)
        tree = ast.fix_missing_locations(flip.visit(ast.parse(self.path.read_text(encoding="utf-8"))))
        exec(compile(tree, f"{self.path.name} with the sign in line {flip.line} flipped", "exec"), module.__dict__)


@pytest.fixture
def fresh_package():
    """The package is imported anew inside the test, and what was there before is put back after it."""
    kept = {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "derivations"}
    finders = list(sys.meta_path)
    for name in kept:
        del sys.modules[name]
    yield
    sys.meta_path[:] = finders
    for name in [name for name in sys.modules if name.partition(".")[0] == "derivations"]:
        del sys.modules[name]
    sys.modules.update(kept)


def verdict(sizes=None):
    """What deriving and checking everything says: the first message that is not good news and names a step."""
    try:
        return _first_bad_news(sizes)
    except ValueError as error:  # a rule refused, when a chapter was imported or an entry read
        return str(error)


def _first_bad_news(sizes):
    entries = importlib.import_module("derivations.catalogue").catalogue()
    module = importlib.import_module("derivations.checking.check")
    for shapes in sizes or (TWO_SIZES, module.SHAPES):  # two sizes first: they find most, and soon
        for entry in entries.values():
            found = module.check(entry, shapes=shapes) if entry.steps else None
            if found and found.outcome != "verified" and (shapes == module.SHAPES or re.search(STEP, str(found))):
                return str(found)
    return "all verified"


ALL = list(signs())
# all of them take half an hour: EVERY_SIGN=1 make test-whole
CHOSEN = ALL if os.environ.get("EVERY_SIGN") else random.Random(20231124).sample(ALL, 6)


@pytest.mark.parametrize(("module", "place"), CHOSEN, ids=str)
@pytest.mark.sampled(1)
def test_a_flipped_sign_is_found(fresh_package, module, place):
    sys.meta_path.insert(0, _Loader(f"derivations.engine.rules.{module}", RULES / f"{module}.py", place))
    assert re.search(STEP, verdict())


@pytest.mark.sampled(0)
def test_without_a_flipped_sign_all_is_well(fresh_package):
    assert verdict((TWO_SIZES,)) == "all verified"  # for all sizes: test_check.py
