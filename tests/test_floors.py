"""The house: imports go down only, formulas are not typed, files and functions stay small."""

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest

from derivations.catalogue import CHAPTERS, catalogue, chapter, published
from derivations.engine.entries import Definition
from derivations.notation import SIZES

PROJECT = Path(__file__).parent.parent
PACKAGE = PROJECT / "derivations"
ROOMS = sorted(PACKAGE.rglob("*.py"))
RULES = sorted((PACKAGE / "engine" / "rules").glob("*.py"))

# What each wing may import of the package: a wing's own rooms, and those named here.
# A chapter may import the chapters before it.
MAY_IMPORT = {
    "engine": [],
    "writing": ["engine"],
    "checking": ["engine", "notation"],
    "notation": ["engine"],
    "chapters": ["engine", "notation"],
    "sources": [],
    "search_words": [],
    "catalogue": ["engine", "chapters"],
    "signatures": ["engine", "notation", "writing", "catalogue"],
    "symbols": ["engine", "notation", "checking", "catalogue", "signatures"],
    "computing": ["engine"],
    "arguments": ["engine", "notation", "writing", "signatures"],
    "functions": ["engine", "notation", "writing", "signatures", "computing", "arguments"],
    "proving": ["engine", "notation", "checking", "chapters", "catalogue"],
    "translation": ["engine", "notation"],
    "coding": ["engine", "notation", "writing", "chapters", "catalogue", "translation"],
    "losses": ["engine", "catalogue", "coding"],
    "any_loss": ["engine", "notation", "writing", "checking", "chapters", "catalogue", "proving", "coding",
                 "translation"],
    "site": ["engine", "notation", "writing", "checking", "chapters", "sources", "catalogue", "signatures",
             "symbols", "functions", "losses", "any_loss", "proving", "reference", "search_words", "coding"],
    "reference": ["engine", "notation", "writing", "checking", "chapters", "sources", "search_words", "catalogue",
                  "signatures", "symbols", "functions", "proving", "coding"],
    "answers": ["writing", "checking", "sources", "catalogue", "proving", "coding", "reference"],
    "__main__": ["writing", "search_words", "catalogue", "any_loss", "answers", "program"],
    "program": [],
    "notebook": ["engine", "writing", "catalogue"],
    "run_chapter": ["__main__"],
    "__init__": ["notebook"],
}
IMPORT_SYMPY_ALONE = [
    "engine",
    "writing",
    "notation",
    "chapters",
    "sources",
    "search_words",
    "catalogue",
]  # so that they run in a browser
# `typeset`, and two rooms that only it and what makes documents read.
WRITE_LATEX = ["writing.typeset", "writing.letters", "writing.documents"]
STANDARD = sys.stdlib_module_names


def room(path):
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def wing(name):
    """The wing that a room belongs to: its folder, "chapters", or the room itself."""
    first = name.partition(".")[0]
    return "chapters" if first in CHAPTERS else first


@cache
def nodes_of(path):
    """All nodes of a file's program."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


@cache
def imports(path):
    """The rooms of the package and the outside packages that a file imports, wherever in it."""
    inside, outside = set(), set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            outside |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and not node.module.startswith("derivations"):
            outside.add(node.module.partition(".")[0])
        elif isinstance(node, ast.ImportFrom):
            here = ("derivations", *path.relative_to(PACKAGE).parent.parts)
            base = here[: len(here) + 1 - node.level] if node.level else ()
            names = [".".join(part for part in (*base, node.module, alias.name) if part) for alias in node.names]
            inside |= {_module(name.removeprefix("derivations.")) for name in names}
    return inside, outside


def _module(name):
    """The room that an imported name is, or stands in."""
    place = PACKAGE / name.replace(".", "/")
    return name if place.with_suffix(".py").exists() or place.is_dir() else name.rpartition(".")[0]


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_imports_stay_in_the_wing_or_go_down(path):
    own = wing(room(path))
    inside, outside = imports(path)
    assert {wing(name) for name in inside} <= {own, *MAY_IMPORT[own]}
    if own in IMPORT_SYMPY_ALONE:
        assert outside - STANDARD <= {"sympy", "run_chapter"}


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_every_name_that_is_imported_is_used(path):
    nodes = nodes_of(path)
    aliases = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    imported = {(alias.asname or alias.name).partition(".")[0] for alias in aliases}
    assert imported - {node.id for node in nodes if isinstance(node, ast.Name)} <= {"run_chapter"}  # it runs itself


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_there_is_no_circle_of_imports(path):
    reached, waiting = set(), [room(path)]
    while waiting:
        found = {
            name
            for name in imports(PACKAGE / (waiting.pop().replace(".", "/") + ".py"))[0]
            if "." in name or wing(name) != name
        }
        waiting += [name for name in found - reached if (PACKAGE / (name.replace(".", "/") + ".py")).exists()]
        reached |= found
    assert room(path) not in reached


@pytest.mark.parametrize("number", range(len(CHAPTERS)), ids=CHAPTERS)
def test_a_chapter_imports_only_chapters_before_it(number):
    inside, _ = imports(PACKAGE / f"{CHAPTERS[number]}.py")
    assert inside & set(CHAPTERS) <= set(CHAPTERS[:number])


@pytest.mark.parametrize("path", sorted((PACKAGE / "checking").glob("*.py")), ids=room)
def test_the_checker_shares_no_code_with_the_rules(path):
    assert not [name for name in imports(path)[0] if name.startswith("engine.rules")]
    assert ".diff(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", RULES, ids=room)
def test_a_rule_knows_expressions_and_nothing_else(path):
    assert imports(path)[0] <= {"engine.nodes", "engine.terms", "engine.laws"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "engine").rglob("*.py")), ids=room)
def test_the_engine_knows_no_letter_of_the_notation(path):
    strings = {
        node.value for node in nodes_of(path) if isinstance(node, ast.Constant)
    }
    assert not strings & {str(size) for size in SIZES}


@pytest.mark.parametrize("path", [path for path in ROOMS if room(path) not in WRITE_LATEX], ids=room)
def test_latex_is_written_by_typeset_alone(path):
    assert not re.search(
        r"\\{1,2}(frac|sum|prod|log|partial|left|begin|mathcal|hat|le|ell)\b", path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_no_step_is_simplify_and_no_derivative_is_sympys(path):
    names = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert not names & {"simplify", "diff", "doit", "expand_log", "solve", "nsimplify"}


@pytest.mark.parametrize("path", ROOMS, ids=room)
def test_files_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 40, node.name


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_holds_definitions_and_derivations_and_no_function(name):
    tree = ast.parse((PACKAGE / f"{name}.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert not [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)]
    assert (PROJECT / "tests" / f"test_{name}.py").exists() and (PROJECT / "docs" / f"{name}.md").exists()


def test_the_id_of_an_entry_is_its_chapter_and_its_name():
    for name in CHAPTERS:
        for entry in published(name):
            first, variable = entry.id.split(".")
            assert getattr(chapter(name), variable) is entry and first == name


def test_bernoulli_and_categorical_have_the_same_names_in_the_same_order():
    bernoulli, categorical = (
        [id.partition(".")[2] for id in catalogue() if id.startswith(f"{chapter}.")]
        for chapter in ("bernoulli", "categorical")
    )
    both = set(bernoulli) & set(categorical)
    assert [name for name in bernoulli if name in both] == [name for name in categorical if name in both]
    assert {
        "mass",
        "likelihood",
        "log_likelihood",
        "negative_log_likelihood",
        "mean_negative_log_likelihood",
        "cross_entropy",
        "score",
        "hessian",
        "maximum_likelihood",
    } <= both


def test_every_step_says_why_and_every_law_is_stated():
    for entry in catalogue().values():
        if isinstance(entry, Definition):
            assert entry.meaning, entry.id
        for number, step in enumerate(entry.steps, start=1):
            assert step.because and step.law and step.relation in ("=", "<=", ">="), f"{entry.id}, step {number}"


# What must be trusted: the terms, the steps and the laws;
# and, that a step is true, the arithmetic and the samples of the check.
TRUSTED = {
    "engine": (["engine/nodes.py", "engine/terms.py", "engine/derivation.py", "engine/entries.py"], 510),
    "rules": (["engine/rules/*.py"], 775),
    # Rooms that only find points are not among it: each point is confirmed as any is.
    # Rooms that only find points are not among it: each point is confirmed as any is.
    "checker": ([f"checking/{name}.py" for name in (
        "balls", "points", "evaluate", "stated", "narrowed", "draft", "sample", "compare", "check")], 980),
}


@pytest.mark.parametrize(("patterns", "most"), TRUSTED.values(), ids=TRUSTED)
def test_what_must_be_trusted_stays_small(patterns, most):
    assert sum(lines_of_code(path) for pattern in patterns for path in PACKAGE.glob(pattern)) <= most


def lines_of_code(path):
    """Lines that are neither blank, nor comment, nor docstring, nor the law that a rule carries as data."""
    text = path.read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(text)))
    said = [node.value for node in nodes if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    said += [law for node in nodes if isinstance(node, ast.FunctionDef) for law in node.decorator_list]
    inside = {number for part in said for number in range(part.lineno, part.end_lineno + 1)}
    return sum(
        bool(line.strip()) and not line.strip().startswith("#") and number not in inside
        for number, line in enumerate(text.splitlines(), 1)
    )


def public_names(path):
    """The names of functions, classes and constants that a room gives to others."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        names += [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        yield from (name for name in names if not name.startswith("_"))


def test_one_name_is_one_thing():
    """In the machinery: two chapters may have a log-likelihood each, and laws have letters of their own."""
    places = {}
    for path in ROOMS:
        if wing(room(path)) != "chapters":
            letters = {name for name in public_names(path) if len(name) == 1 and room(path) == "engine.laws"}
            for name in dict.fromkeys(name for name in public_names(path) if name not in letters):
                places.setdefault(name, []).append(room(path))
    assert len(places) > 100
    # `run_chapter` is a script: its names are for nobody.
    assert {name: rooms for name, rooms in places.items() if len(set(rooms) - {"run_chapter"}) > 1} == {}


def test_nothing_lies_about():
    """At the top are the rooms and the usual files; of what is made there, only what `.gitignore` names."""
    rooms = {"derivations", "docs", "tests", "mkdocs.yml", "README.md"}
    usual = {"pyproject.toml", "requirements.txt", "requirements-peers.txt", "Makefile", "LICENSE", "CITATION.cff",
             "CHANGELOG.md"}  # fmt: skip
    made = {line.strip("/") for line in (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    found = {path.name for path in PROJECT.iterdir() if not path.name.startswith(".") and path.suffix != ".egg-info"}
    assert rooms <= found and found - made <= rooms | usual
