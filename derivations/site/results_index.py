"""The page of all results: every entry in one line, and a form that leaves those that somebody looks for.

Formulas are text here and not MathML: there are hundreds, text is an eighth of the bytes, it goes on in the next line
on a phone, and what is typed into the form is found in it.
"""

from html import escape

from ..catalogue import CHAPTERS, catalogue, chapter_title
from ..checking.check import VERIFIED
from ..checking.found import checked
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..proving.ledger import is_proved
from ..reference.work import page_address
from ..writing.capitals import in_capital
from ..writing.typeset import plain, statement
from .pieces import href

KINDS_SHOWN = {
    "derivation": "Derived", "definition": "Definition", "counterexample": "False claim", "theorem": "Cited",
}  # fmt: skip
SCRIPTS = ("results_sought", "asked", "results")  # the first is written with the site: docs/hooks/results.py
PROVED_FOR_ALL, CHECKED_ONLY = "Proved", "Checked"


def results_index() -> str:
    """The form, the number of results, and the list by chapter."""
    chapters = "\n".join(map(_chapter, CHAPTERS))
    return (
        f'{_form()}\n<div id="results" data-search-exclude>\n{chapters}\n</div>\n'
        + "\n".join(f'<script src="javascripts/{name}.js" defer></script>' for name in SCRIPTS)
    )


def state_of(entry) -> str:
    """How sure a result is: proved in Coq for all sizes, checked at sampled points, or, if it is stated only, nothing.
    ValueError if its check found fault.
    """
    if isinstance(entry, (Definition, Convention)):
        return ""
    if is_proved(entry):
        return PROVED_FOR_ALL
    if isinstance(entry, (Theorem, Counterexample)):
        return "" if isinstance(entry, Theorem) else CHECKED_ONLY  # a claim that does not fail is not shown on its card
    if checked(entry).outcome != VERIFIED:
        raise ValueError(f"{entry.id} must not be listed: {checked(entry)}")
    return CHECKED_ONLY


def _chapter(name):
    entries = [entry for entry in catalogue().values() if entry.id.startswith(f"{name}.")]
    lines = "\n".join(map(_line, entries))
    heading = f'<h2 id="of_{name}"><a href="{name}.html">{escape(chapter_title(name))}</a></h2>'
    return f'<section data-chapter="{name}">\n{heading}\n<ul>\n{lines}\n</ul>\n</section>'


def _line(entry):
    said = [KINDS_SHOWN[entry.kind], state_of(entry)]
    title = escape(in_capital(entry.title))
    about = f'<a href="{page_address(entry.id)}">{entry.id}</a> ' + " ".join(f"<i>{word}</i>" for word in said if word)
    return f'<li><a href="{href(entry)}">{title}</a> <b>{escape(statement(entry, plain))}</b> {about}</li>'


def _form():
    chosen = [
        ("chapter", "Chapter", {name: chapter_title(name) for name in CHAPTERS}),
        ("kind", "Kind", {word: word for word in KINDS_SHOWN.values()}),
        ("state", "State", {word: word for word in (PROVED_FOR_ALL, CHECKED_ONLY)}),
        ("symbol", "Symbol", {}),  # results.js fills in these two
        ("needs", "Condition", {}),
    ]
    fields = "\n".join(_select(*each) for each in chosen)
    every = len(catalogue())
    return (
        '<form id="choose" class="choose" role="search" aria-label="Choose results" data-search-exclude>\n'
        '<label class="text">Words or a formula <input type="search" name="text" autocomplete="off" spellcheck="false">'
        f'</label>\n{fields}\n<button type="reset">Show all</button>\n'
        f'<p role="status" aria-live="polite"><output>{every} of {every}</output> results</p>\n</form>'
    )


def _select(name, label, options):
    every = "".join(f'<option value="{escape(value)}">{escape(shown)}</option>' for value, shown in options.items())
    return f'<label>{label} <select name="{name}"><option value="">any</option>{every}</select></label>'
