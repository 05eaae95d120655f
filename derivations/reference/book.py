"""The whole work as one document for a TeX engine: chapters, entries with their chains, bibliography.

The formulas are those of the catalogue, in LaTeX as `typeset` writes it. How a page looks is said in
`book_preamble.tex`, whose commands are called here. Equations are numbered by their ids.
"""

import re
from collections.abc import Iterable
from importlib.resources import files
from inspect import cleandoc

from ..catalogue import CHAPTERS, chapter, published
from ..sources import SOURCES, source
from ..writing.capitals import in_capital
from ..writing.documents import command
from ..writing.false_claims import SAID_FALSE, true_beside
from ..writing.typeset import escaped, in_words, latex, prose, relation, statement, values_said
from .tex import breaking_id
from .work import TITLE


def book(made_from: str, date: str, chapters: Iterable[str] = CHAPTERS) -> str:
    """The document, to be compiled as it stands, twice for its contents; `made_from` says which version it is."""
    parts = [command("Title", TITLE, escaped(made_from), escaped(date)), r"\Contents"]
    parts += [_chapter(name) for name in chapters]
    parts += [command("section*", "Bibliography"), *map(_source, SOURCES)]
    preamble = files(__package__).joinpath("book_preamble.tex").read_text(encoding="utf-8")
    return f"{preamble}{command('Body', chr(10).join(parts))}\n"


def _chapter(name):
    title, _, about = cleandoc(chapter(name).__doc__).partition("\n\n")
    head, _, more = " ".join(title.split()).partition(": ")
    said = f"{_capital(more)}\n\n{about}"
    return "\n\n".join([command("section", prose(head.rstrip("."))), prose(said), *map(_entry, published(name))])


def _entry(entry):
    shown = {"derivation": _derivation, "definition": _definition, "counterexample": _counterexample,
             "theorem": _theorem}[entry.kind]  # fmt: skip
    return "\n".join([command("Entry", prose(_capital(entry.title)), entry.id, entry.kind), *shown(entry)])


def _derivation(entry):
    first = [entry.name] if entry.name == entry.start else [entry.name, entry.start]
    yield _stated(entry, statement(entry))
    if entry.hypotheses:
        yield r"It holds if\par"
        yield from (command("Supposed", _supposed(one)) for one in entry.hypotheses)
    yield r"\Proof"
    yield from (command("Line", "=" if place else "", latex(line)) for place, line in enumerate(first))
    for step in entry.steps:
        yield command("Line", relation(step.relation), latex(step.expression))
        yield command("Reason", escaped(step.rule.replace("_", " ")), prose(step.because))


def _definition(entry):
    yield _stated(entry, statement(entry))
    yield prose(_sentence(entry.meaning))


def _counterexample(entry):
    yield SAID_FALSE
    yield _stated(entry, statement(entry))
    if entry.values:
        yield rf"It fails at {values_said(entry)}.\par"
    for said, true in true_beside(entry):
        yield rf"{said} {', '.join(f'${latex(given)}$' for given in true)}.\par"
    yield prose(_sentence(entry.meaning))


def _theorem(entry):
    if entry.formula is not None:
        yield _stated(entry, latex(entry.formula))
    else:
        yield rf"({_id(entry.id)})\par"
    yield prose(_sentence(entry.says))
    cited = source(entry.source)
    yield rf"\par {prose(f'Source: {cited.authors}, {cited.year}.')}"


def _stated(entry, formula):
    return command("Statement", formula, _id(entry.id))


def _supposed(one):
    said = prose(one.words)
    return said if one.statement is None else f"{said}: ${latex(one.statement)}$"


def _id(id):
    return command("Id", breaking_id(id))


def _in_address(link):
    """An address as an argument of a command: TeX would take its percent signs for comments."""
    return re.sub(r"[%#]", r"\\\g<0>", link)


def _source(each):
    link = f" {command('url', _in_address(each.link))}" if each.link else ""
    return command("Source", escaped(f"{each.authors} ({each.year}). {each.title}. {each.where}.") + link)


def _sentence(text):
    return _capital(text if text.endswith(".)") else text.rstrip(".") + ".") if text else ""


def _capital(text):
    """With a capital, unless it begins with mathematics."""
    _, formula = next(((part, formula) for part, formula in in_words(text) if part), ("", True))
    return text if formula else in_capital(text)
