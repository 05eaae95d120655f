"""The page of all results: every entry in one line, and a form that leaves those that somebody looks for.

Formulas are text here and not MathML: there are hundreds, text is an eighth of the bytes, it goes on in the next line
on a phone, and what is typed into the form is found in it.
"""

from functools import cache
from html import escape

from ..catalogue import CHAPTERS, catalogue, chapter
from ..checking.check import VERIFIED
from ..checking.records import checked
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..engine.terms import Quantity
from ..notation import NOTATION
from ..proving.ledger import is_proved
from ..writing.asked import conditions_of
from ..writing.typeset import plain, statement
from .pieces import breakable, href
from .tables import named_in, uses_symbol

KINDS_SHOWN = {
    "derivation": "Derived", "definition": "Definition", "counterexample": "False claim", "theorem": "Cited",
}  # fmt: skip
PROVED_FOR_ALL, CHECKED_ONLY = "Proved", "Checked"


def results_index() -> str:
    """The form, the number of results, and the list by chapter."""
    chapters = "\n".join(map(_chapter, CHAPTERS))
    return (
        f'{_form()}\n<div id="results" data-search-exclude>\n{chapters}\n</div>\n'
        '<script src="javascripts/results.js" defer></script>'
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
    heading = f'<h2 id="of_{name}"><a href="{name}.html">{_title(name)}</a></h2>'
    return f'<section data-chapter="{name}">\n{heading}\n<ul>\n{lines}\n</ul>\n</section>'


def _title(name):
    return escape((chapter(name).__doc__ or name).partition(":")[0])


def _line(entry):
    marks = {"symbols": _places(_symbols(entry), _every_symbol()), "needs": _places(_needs(entry), _every_need())}
    marked = "".join(f' data-{name}="{places}"' for name, places in marks.items() if places)
    said = [KINDS_SHOWN[entry.kind], state_of(entry)]
    title = escape(entry.title[0].upper() + entry.title[1:])
    about = f"<code>{breakable(entry.id)}</code> " + " ".join(f"<i>{word}</i>" for word in said if word)
    return f'<li{marked}><a href="{href(entry)}">{title}</a> <b>{escape(statement(entry, plain))}</b> {about}</li>'


def _places(found, among):
    """Where some things stand in a list, as an attribute: names would be longer."""
    return " ".join(str(place) for place, name in enumerate(among) if name in found)


@cache
def _every_symbol():
    """What can be chosen, with its meaning: the symbols that a statement has, and the symbols of quantities."""
    found = {name for entry in catalogue().values() for name in _symbols(entry)}
    letters = {plain(entry.symbol): entry.meaning for entry in NOTATION}
    heads = {}
    for entry in catalogue().values():
        named = entry if isinstance(entry, Definition) else getattr(entry, "named", None)
        if named:
            heads.setdefault(named.symbol, named.title)
    return {name: meaning for name, meaning in (heads | letters).items() if name in found}


@cache
def _every_need():
    return {need: need for entry in catalogue().values() for need in _needs(entry)}


def _needs(entry):
    return [condition.name for condition in conditions_of(entry)]


@cache
def _symbols(entry):
    """The symbols of the notation and of quantities that a statement has."""
    lines = _stated(entry)
    used = named_in(lines)
    heads = {type(found).definition.symbol for line in lines for found in line.atoms(Quantity)}
    return heads | {plain(known.symbol) for known in NOTATION if uses_symbol(used, known.symbol)}


def _stated(entry):
    if isinstance(entry, Convention):
        return entry.statements
    if isinstance(entry, Counterexample):
        return (entry.claim,)
    if isinstance(entry, Theorem):
        return () if entry.formula is None else (entry.formula,)
    return (entry.name, entry.result)


def _form():
    chosen = [
        ("chapter", "Chapter", {name: _title(name) for name in CHAPTERS}),
        ("kind", "Kind", {word: word for word in KINDS_SHOWN.values()}),
        ("state", "State", {word: word for word in (PROVED_FOR_ALL, CHECKED_ONLY)}),
        ("symbol", "Symbol", {name: f"{name} – {meaning}" for name, meaning in _every_symbol().items()}),
        ("needs", "Condition", {name: name for name in _every_need()}),
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
    numbered = [f'<option value="{escape(value)}" data-place="{place}">{escape(shown)}</option>'
                for place, (value, shown) in enumerate(options.items())]  # fmt: skip
    return f'<label>{label} <select name="{name}"><option value="">any</option>{"".join(numbered)}</select></label>'
