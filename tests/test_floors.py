"""The house: imports go down only, formulas are not typed, files and functions stay small."""

import ast
import re
from pathlib import Path

import pytest

from derivations.catalogue import CHAPTERS, catalogue, chapter_name, published
from derivations.derivation import Definition

PACKAGE = Path(__file__).parent.parent / "derivations"
ROOMS = sorted(path for path in PACKAGE.rglob("*.py") if path.stem != "__init__")
CHAPTER_NAMES = [chapter_name(module) for module in CHAPTERS]
RULES = [f"rules.{path.stem}" for path in (PACKAGE / "rules").glob("*.py") if path.stem != "__init__"]

# From the ground up. A room may import from the floors below its own; chapters also from chapters before them.
FLOORS = [
    ["terms"], RULES, ["derivation"], ["notation"], ["balls"], ["evaluate"], ["sample"], ["check"], ["fields"], ["exact"], ["mutations"],
    ["counterexamples"], ["sources"], ["reports"], *[[name] for name in CHAPTER_NAMES], ["catalogue"], ["writer"], ["typeset"], ["export", "functions"],
    ["measured"], ["pages", "values"], ["rule_pages", "verification"], ["site"], ["__main__"], ["run_chapter"],
]  # fmt: skip
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
NOT_CHECKED_BY_ITS_OWN_RULES = ["balls", "evaluate", "sample", "check", "fields", "exact", "mutations", "counterexamples"]
ENGINE = ["terms", "derivation", "notation", "balls", "evaluate", "sample", "check", "catalogue"]
SYMPY_ALONE = ["terms", *RULES, "derivation", "notation", "sources", "reports", *CHAPTER_NAMES, "catalogue", "writer", "typeset", "export"]


def room(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imports(path):
    """The rooms of the package and the outside packages that a file imports, wherever in it."""
    inside, outside = set(), set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            outside |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = list(path.relative_to(PACKAGE).parent.parts)[: None if node.level < 2 else -1] if node.level else []
            module = [*base, *(node.module or "").split(".")] if node.level else (node.module or "").split(".")
            name = ".".join(part for part in module if part)
            if node.level and not node.module:
                inside |= {alias.name for alias in node.names}
            elif node.level and name == "rules":  # its rooms are imported by name
                inside |= {f"rules.{alias.name}" for alias in node.names}
            elif node.level or name.startswith("derivations"):
                inside.add(name.removeprefix("derivations."))
            else:
                outside.add(name.partition(".")[0])
    return inside, outside


def test_every_room_has_a_floor():
    assert {room(path) for path in ROOMS} == set(FLOOR)


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_imports_go_down(path):
    inside, _ = imports(path)
    assert [other for other in inside - {"run_chapter"} if FLOOR[other] >= FLOOR[room(path)]] == []


@pytest.mark.parametrize("name", SYMPY_ALONE)
def test_deriving_and_typesetting_need_sympy_alone(name):
    _, outside = imports(PACKAGE / (name.replace(".", "/") + ".py"))
    assert outside <= {"sympy", "dataclasses", "inspect", "difflib", "run_chapter"}


@pytest.mark.parametrize("name", NOT_CHECKED_BY_ITS_OWN_RULES)
def test_the_checker_shares_no_code_with_the_rules(name):
    inside, _ = imports(PACKAGE / f"{name}.py")
    assert not [other for other in inside if other.startswith("rules") or other in CHAPTER_NAMES]
    assert ".diff(" not in (PACKAGE / f"{name}.py").read_text(encoding="utf-8")


def test_rules_know_no_notation():
    for name in RULES:
        inside, _ = imports(PACKAGE / (name.replace(".", "/") + ".py"))
        assert inside == {"terms"}


@pytest.mark.parametrize("path", [path for path in ROOMS if path.stem != "typeset"], ids=room)
def test_latex_is_written_by_typeset_alone(path):
    assert not re.search(r"\\{1,2}(frac|sum|prod|log|partial|left|begin|mathcal|hat|le|ell)\b", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_no_step_is_simplify_and_no_derivative_is_sympys(path):
    names = {node.attr if isinstance(node, ast.Attribute) else node.id
             for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute | ast.Name)}
    assert not names & {"simplify", "diff", "doit", "expand_log", "solve", "nsimplify"}


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("module", CHAPTERS, ids=chapter_name)
def test_a_chapter_holds_definitions_and_derivations_and_no_function(module):
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert not [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    tests, page = Path(__file__).parent / f"test_{chapter_name(module)}.py", PACKAGE.parent / "docs" / f"{chapter_name(module)}.md"
    assert tests.exists() and page.exists()


def test_the_id_of_an_entry_is_its_chapter_and_its_name():
    for module in CHAPTERS:
        for entry in published(module):
            chapter, name = entry.id.split(".")
            assert getattr(module, name) is entry and chapter == chapter_name(module)


def test_bernoulli_and_categorical_have_the_same_names_in_the_same_order():
    bernoulli, categorical = ([id.partition(".")[2] for id in catalogue() if id.startswith(f"{chapter}.")] for chapter in ("bernoulli", "categorical"))
    both = set(bernoulli) & set(categorical)
    assert [name for name in bernoulli if name in both] == [name for name in categorical if name in both]
    assert {"mass", "likelihood", "log_likelihood", "negative_log_likelihood", "mean_negative_log_likelihood", "cross_entropy", "score", "hessian",
            "maximum_likelihood"} <= both


def test_every_step_says_why_and_every_law_is_stated():
    for entry in catalogue().values():
        if isinstance(entry, Definition):
            assert entry.meaning, entry.id
        for number, step in enumerate(entry.steps, start=1):
            assert step.because and step.law and step.relation in ("=", "<=", ">="), f"{entry.id}, step {number}"


@pytest.mark.parametrize(("rooms", "most"), [(ENGINE, 800), (RULES, 500)], ids=["engine", "rules"])
def test_what_must_be_trusted_stays_small(rooms, most):
    assert sum(lines_of_code(PACKAGE / (name.replace(".", "/") + ".py")) for name in rooms) <= most


def lines_of_code(path):
    """Lines that are neither blank, nor comment, nor docstring."""
    text = path.read_text(encoding="utf-8")
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    inside = {number for string in strings for number in range(string.lineno, string.end_lineno + 1)}
    return sum(bool(line.strip()) and not line.strip().startswith("#") and number not in inside for number, line in enumerate(text.splitlines(), 1))
