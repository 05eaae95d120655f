"""What a program may rely on is there, is annotated, says what it does; and entries show themselves."""

import inspect
import re

import pytest
from IPython.core.interactiveshell import InteractiveShell
from math_core import LatexToMathML
from pages import PROJECT

from derivations.catalogue import CHAPTERS, find, published
from derivations.notebook import html_of, show_entries
from derivations.site.api import PUBLIC, public_names, public_objects

OBJECTS = public_objects()
CALLED = {name: thing for name, thing in OBJECTS.items() if inspect.isfunction(inspect.unwrap(thing))}
METHODS = {f"{room}.{name}.{part}": inspect.getattr_static(OBJECTS[f"{room}.{name}"], part)
           for room, names in PUBLIC.items() for name, parts in names.items() for part in parts
           if inspect.isfunction(inspect.getattr_static(OBJECTS[f"{room}.{name}"], part, None))}  # fmt: skip
PROPERTIES = {f"{room}.{name}.{part}": found.fget
              for room, names in PUBLIC.items() for name, parts in names.items() for part in parts
              if isinstance(found := inspect.getattr_static(OBJECTS[f"{room}.{name}"], part, None), property)}
SHOWN = "bernoulli.score softmax.gradient bernoulli.mass distributions.simplex entropy.at_most_uniform".split()


@pytest.mark.parametrize("name", [name for name, thing in OBJECTS.items() if callable(thing)])
def test_a_public_name_says_what_it_does(name):
    said = inspect.getdoc(OBJECTS[name]) or ""
    assert len(said.split()) >= 4 and said.rstrip().endswith((".", "``", ":")), said


@pytest.mark.parametrize("name", [*CALLED, *METHODS, *PROPERTIES])
def test_a_public_function_is_annotated(name):
    called = inspect.signature((CALLED | METHODS | PROPERTIES)[name])
    assert [one.name for one in called.parameters.values() if one.annotation is one.empty] in ([], ["self"])
    assert called.return_annotation is not called.empty


@pytest.mark.parametrize("name", [*METHODS, *PROPERTIES])
def test_a_public_method_says_what_it_does(name):
    assert (METHODS | PROPERTIES)[name].__doc__


def test_a_public_attribute_is_there():
    """On the class, among its fields, or set when it is made."""
    for room, names in PUBLIC.items():
        for name, parts in names.items():
            thing = OBJECTS[f"{room}.{name}"]
            known = {*dir(thing), *getattr(thing, "__annotations__", {})}
            assert set(parts) <= known, name


def test_the_page_has_every_public_name_once():
    page = public_names()
    for room, names in PUBLIC.items():
        for name in names:
            assert page.count(f"{{ #python-{room}.{name} }}") == 1
    assert " at 0x" not in page and "<class" not in page


def test_the_example_of_the_page_runs():
    page = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names = {}
    exec(example, names)
    assert names["check"](names["entry"]).outcome == "verified"


@pytest.fixture(scope="module")
def shell():
    """What shows the last line of a cell."""
    show_entries()
    yield InteractiveShell.instance().display_formatter
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("id", SHOWN)
def test_a_notebook_shows_an_entry(shell, id):
    found, _ = shell.format(find(id))
    assert {"text/html", "text/latex", "text/plain"} <= found.keys()
    assert find(id).title in found["text/html"] and found["text/latex"].startswith("$$")
    LatexToMathML().convert_with_local_state(found["text/latex"].strip("$"), displaystyle=True)


def test_a_notebook_shows_the_reason_of_each_step(shell):
    entry = find("softmax.gradient")
    shown = html_of(entry)
    assert shown.count("<tr>") == len(entry.steps) + 1
    for step in entry.steps:
        assert f"<em>{step.rule}</em>" in shown


@pytest.mark.sampled(2)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_entry_can_be_shown_and_a_theorem_is_shown_in_words(shell, chapter):
    for entry in published(chapter):
        found, _ = shell.format(entry)
        alone = entry.kind not in ("theorem", "counterexample")  # the others say more than their formula does
        assert found["text/html"] and ("text/latex" in found) == alone, entry.id
        assert ("This is false" in found["text/html"]) == (entry.kind == "counterexample"), entry.id


def needed(called):
    """How many arguments a function must be given by their place."""
    return sum(one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD
               for one in inspect.signature(called).parameters.values())  # fmt: skip


@pytest.mark.parametrize("value", [None, 3, ["p"], b"softmax.gradient"])
@pytest.mark.parametrize("name", [name for name, called in CALLED.items() if needed(called)])
def test_a_public_function_says_what_it_wants_instead(name, value):
    with pytest.raises((TypeError, ValueError), match="expected") as refused:
        CALLED[name](*[value] * needed(CALLED[name]))
    assert repr(value) in str(refused.value) or type(value).__name__ in str(refused.value)


TAKE_AN_ENTRY = ("functions.function", "checking.check.check", "writing.typeset.statement",
                 "writing.typeset.latex_chain", "writing.export.record", "notebook.html_of",
                 "notebook.latex_of")  # fmt: skip


@pytest.mark.parametrize("name", TAKE_AN_ENTRY)
def test_what_takes_an_entry_says_so_to_who_gives_an_id_or_a_formula(name):
    for value in ("softmax.gradient", find("softmax.gradient").result):
        with pytest.raises(TypeError, match="expected an entry, such as"):
            CALLED[name](value)
