"""The tables of notation and quantities, and the lists of sources and reports."""

from collections.abc import Mapping
from functools import cache
from html import escape

from sympy import Contains, Expr, KroneckerDelta, preorder_traversal

from ..catalogue import catalogue
from ..engine.nodes import Rounded
from ..notation import k, logit, m
from ..sources import SOURCES
from ..symbols import anchors, formulas_in, symbols_in, symbols_named
from ..writing.typeset import latex, plain
from .pieces import breakable, href, mathml, sentence
from .reports import REPORTS

OF_SIGNS = "notation.html#signs"
# Letters that are signs, as that of a sum is: how each is shown, and what it says.
LETTERS_AS_SIGNS = {
    KroneckerDelta: (KroneckerDelta(k, m), "1 if the two indices are the same, and 0 otherwise"),
    Rounded: (Rounded(logit), "what a computer keeps of a number: the nearest number of binary64"),
}


def notation_table():
    """Every symbol with its meaning, its domain and the entry that uses it first."""
    rows = "\n".join(
        f'<tr id="{anchor}"><td>{mathml(latex(entry.symbol))}</td><td>{sentence(entry.meaning)}</td>'
        f"<td>{_domain(entry)}</td><td>{_first_use(entry)}</td></tr>"
        for anchor, entry in anchors().items()
    )
    head = "<tr><th>Symbol</th><th>Meaning</th><th>Domain</th><th>First use</th></tr>"
    return f'<table class="notation" data-search-exclude>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def symbol_table(formulas, quantities: Mapping[str, Expr]) -> str:
    """The symbols of some formulas with their meanings and domains, each a link to its row on the page of notation;
    below them the named quantities, by the ids of their definitions, and signs that are letters.
    """
    named = symbols_named(formulas)
    cells = [
        (f"notation.html#{anchor}", entry.symbol, entry.meaning, _domain(entry))
        for anchor, entry in anchors().items()
        if entry in named
    ]
    for id, name in quantities.items():
        defined = catalogue()[id]
        link = f'<a class="defined" href="{href(defined)}">{breakable(id)}</a>'
        cells.append((href(defined), name, defined.title, f"defined in {link}"))
    heads = {type(part) for formula in formulas for part in preorder_traversal(formula)}
    cells += [(OF_SIGNS, *said, "") for head, said in LETTERS_AS_SIGNS.items() if head in heads]
    rows = "\n".join(
        f'<tr><td><a aria-label="{plain(shown)}" href="{address}">{mathml(latex(shown))}</a></td>'
        f"<td>{sentence(meaning)}</td><td>{domain}</td></tr>"
        for address, shown, meaning, domain in cells
    )
    head = "<tr><th>Symbol</th><th>Meaning</th><th>Domain</th></tr>"
    table = f'<table class="notation" data-search-exclude>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'
    return table if rows else ""


def quantity_table():
    """Every named quantity with its symbol and where it is defined."""
    named = [
        entry if entry.kind == "definition" else entry.named for entry in catalogue().values() if hasattr(entry, "name")
    ]
    links = {entry.id: f'<a href="{href(entry)}">{breakable(entry.id)}</a>' for entry in named if entry is not None}
    rows = "\n".join(
        f"<tr><td>{mathml(latex(entry.name))}</td><td>{sentence(entry.title)}</td><td>{links[entry.id]}</td></tr>"
        for entry in named
        if entry is not None
    )
    head = "<tr><th>Symbol</th><th>Quantity</th><th>Defined in</th></tr>"
    return f'<table class="notation" data-search-exclude>\n<thead>{head}</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _domain(entry):
    return mathml(latex(Contains(entry.symbol, entry.domain, evaluate=False)))


def _first_use(entry):
    found = _first_uses().get(entry)
    return f'<a href="{href(found)}">{breakable(found.id)}</a>' if found else "in a hypothesis"


@cache
def _first_uses():
    """For each symbol of the notation the entry that names it first."""
    found = {}
    for entry in catalogue().values():
        for known in symbols_in(formulas_in(entry)):
            found.setdefault(known, entry)
    return found


def source_list():
    """Every work that is referred to, with what it is used for and how it was looked up."""
    return _works(SOURCES)


def report_list():
    """Every report of an error that somebody printed."""
    return _works(REPORTS)


def _works(works):
    return '<dl class="sources">\n' + "\n".join(map(_work, works)) + "\n</dl>"


def _work(work):
    title = f'<a href="{escape(work.link)}">{escape(work.title)}</a>' if work.link else escape(work.title)
    users = [entry for entry in catalogue().values() if entry.kind == "theorem" and entry.source == work.key]
    used = "".join(f' <a href="{href(entry)}">{breakable(entry.id)}</a>' for entry in users)
    return (
        f'<dt id="{work.key}">{escape(work.authors)} ({work.year})</dt>\n'
        f"<dd><p><cite>{title}</cite>. {sentence(work.where, escape)}</p>"
        f"<p>Used for: {sentence(work.used_for, escape)}{used}</p>"
        f"<p>Looked up: {sentence(work.checked, escape)}</p></dd>"
    )
