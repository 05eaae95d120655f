"""The record of an entry as it is published, r/ID.json: what `reference.record` has, and what only the pages know.

What depends on the entry is kept from one build to the next; what depends on the pages around it, on the commit, and on
where the site is at home, is put in when it is written.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable
from html import escape

from sympy import Expr

from ..catalogue import Entry, catalogue
from ..engine.entries import Theorem
from ..engine.terms import Quantity
from ..proving.ledger import is_proved
from ..reference.copies import Copy, citations_of, not_to_copy
from ..reference.record import entry_record
from ..reference.report import report_link
from ..reference.work import FOLDER_OF_ENTRIES
from ..symbols import formulas_stated
from ..writing.typeset import latex, plain
from .blocks import evidence_of
from .formal import place_of_proof
from .proofs import shared_chain

# The base of the site's address, put in when the pages are written: the rest is kept from one build to the next.
BASE = "\ue010"
# Each before an id: where the pages that tell of it are put in, the form for errors, and its citations.
TOLD, FORM, CITATIONS = "\ue017", "\ue018", "\ue019"
PLACE = re.compile(f'"([{TOLD}{FORM}{CITATIONS}])([a-z_.]+)"')
KINDS_OF_FILES = {"mml": "MathML", "svg": "SVG", "dark.svg": "SVG in white", "tex": "LaTeX", "json": "JSON"}
PICTURES = {"The formula, in black": "svg", "The formula, in white for a dark page": "dark.svg"}
FRAMED = "What it says, in a frame"
SIZE_OF_FRAME = 'width="640" height="320"'  # room for the longest, also in another font


def published_record(entry: Entry, copies: Collection[Copy], endings: Collection[str]) -> dict:
    """All that the page of an entry shows. `copies` are its texts to copy; `endings` those of the files beside it."""
    found = entry_record(entry)
    if found["proof"]:
        found["proof"]["address"] = place_of_proof(entry) if is_proved(entry) else None
    if isinstance(entry, Theorem):
        found["points"] = evidence_of(entry).points if entry.formula is not None else None
    if entry.kind == "derivation":
        begins = shared_chain(entry)
        found["begins_as"] = begins and {"id": begins.id, "steps": len(begins.steps)}
    return found | {
        "quantities": [
            {"id": id, "title": catalogue()[id].title, "latex": latex(name), "unicode": plain(name)}
            for id, name in quantities_named(entry).items()
        ],
        "copies": [*map(vars, copies), f"{CITATIONS}{entry.id}"],
        "not_to_copy": not_to_copy(entry, copies),
        "told_in": f"{TOLD}{entry.id}",
        "files": [{"name": name, "address": address} for name, address in files_named(entry, endings).items()],
        "elsewhere": [vars(line) for line in lines_elsewhere(entry, endings)],
        "report": f"{FORM}{entry.id}",
    }


def all_citations() -> dict[str, list[dict]]:
    """How each entry is cited, by its id."""
    return {id: [vars(one) for one in citations_of(entry)] for id, entry in catalogue().items()}


def completed(text: str, told: Callable[[str], Iterable[tuple[str, str]]], cited: dict, site: str, version: str) -> str:
    """Records, as text, with what the pages around them say: `told` gives of an id the addresses and titles of those
    that tell of it, `cited` is how each is cited, `site` the address of the site, or empty. They name the `version`
    from which it is built.
    """

    def said(match):
        place, id = match.groups()
        if place == TOLD:
            return _text([{"address": address, "title": title} for address, title in told(id)])
        if place == FORM:
            return _text(report_link(id, version=version) or None)
        return ", ".join(map(_text, cited[id]))

    return PLACE.sub(said, text).replace(BASE, _text(site)[1:-1])


def _text(value):
    return json.dumps(value, ensure_ascii=False)


def quantities_named(entry: Entry) -> dict[str, Expr]:
    """The named quantities in the statement of an entry, by the id of where each is defined."""
    parts = [type(part).definition for formula in formulas_stated(entry) for part in formula.atoms(Quantity)]
    named = {each.id: each.name for each in parts if each.id in catalogue() and each.id != entry.id}
    return dict(sorted(named.items()))


def files_named(entry: Entry, endings: Collection[str]) -> dict[str, str]:
    """The addresses of the files beside the page of an entry, by what they are."""
    address = f"{FOLDER_OF_ENTRIES}/{entry.id}"
    return {name: f"{address}.{ending}" for ending, name in KINDS_OF_FILES.items() if ending in endings}


def lines_elsewhere(entry: Entry, endings: Collection[str]) -> list[Copy]:
    """The lines of HTML that show an entry in somebody's own page."""
    here, title = f"{BASE}{FOLDER_OF_ENTRIES}/{entry.id}", escape(entry.title)
    lines = {said: f'<img src="{here}.{ending}" alt="{title}">'
             for said, ending in PICTURES.items() if ending in endings}  # fmt: skip
    lines[FRAMED] = f'<iframe src="{here}.embed.html" title="{title}" {SIZE_OF_FRAME}></iframe>'
    return [Copy(said, "html", line) for said, line in lines.items()]
