"""The catalogue as data: of each entry all that its page shows, and what it takes to derive it again.

`derivations.writing.export.Reader` reads the entries and derives them anew. The form is that of the schema beside this
file; one that a reader of this version could not read is a new version, with a schema of its own. A field more is none:
a reader passes over what it does not know.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from sympy import Contains

from ..catalogue import RENAMED, WITHDRAWN, Entry, catalogue, former_ids, related, used_by, uses
from ..checking.counterexamples import Failure, refute
from ..checking.found import broken, checked
from ..proving.shown import proof_record
from ..engine.entries import Counterexample, Theorem
from ..search_words import WORDS
from ..sources import source
from ..symbols import anchors_by_notation, formulas_in, given_values, symbols_named
from ..writing.export import record
from ..writing.typeset import latex, plain, statement
from .copies import statement_in_latex
from .work import page_address

SCHEMA_FILE = Path(__file__).parent / "catalogue-1.schema.json"
SCHEMA_ADDRESS = "schema/catalogue-1.json"


def schema(site: str = "") -> dict:
    """The JSON Schema of `catalogue_record`. `site` is the address of the site, with a slash at its end: with it the
    schema is identified by its whole address, else by one beside where it was read.
    """
    found = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return found | {"$id": f"{site}{SCHEMA_ADDRESS}"} if site else found


def catalogue_record(records: Iterable[dict], version: str, commit: str) -> dict:
    """The records of entries, in reading order, and the ids of the past, as plain values for JSON; of a version and
    the commit that it was made from, which is empty where none is known.
    """
    return {
        "schema": SCHEMA_ADDRESS, "title": "From likelihood to cross-entropy", "version": version,
        "commit": commit or None,
        "license": "CC-BY-4.0", "entries": list(records),
        "renamed": [{"id": old, "now": new} for old, new in RENAMED.items()],
        "withdrawn": [{"id": id, "why": why, "instead": instead} for id, (why, instead) in WITHDRAWN.items()],
    }  # fmt: skip


def entry_record(entry: Entry) -> dict:
    """All there is to say of one entry of the catalogue. What it uses and what uses it has the numbers of the steps,
    as in `uses`.
    """
    is_checked = entry.kind in ("derivation", "counterexample")
    chapter = entry.id.partition(".")[0]
    return record(entry, checked(entry) if is_checked else None) | _of_its_kind(entry) | {
        "statement": {"latex": statement_in_latex(entry) or None, "unicode": statement(entry, plain)},
        "without": [_without(entry, one) for one in entry.hypotheses if not one.is_range_beyond(())],
        "symbols": [_symbol(notation) for notation in symbols_named(formulas_in(entry) + given_values(entry))],
        "proof": proof_record(entry) or None,
        "uses": {id: list(steps) for id, steps in uses(entry).items()},
        "used_by": {id: list(steps) for id, steps in used_by(entry.id).items()},
        "related": related(entry),
        "words": list(WORDS.get(entry.id, ())),
        "chapter": f"{chapter}.html#{entry.id}",
        "page": page_address(entry.id),
        "former_ids": former_ids(entry.id),
    }


def _of_its_kind(entry):
    """How the claim of a counterexample fails, and the work that a theorem is cited from."""
    if isinstance(entry, Counterexample):
        return {"failure": _failure(refute(entry))}
    if isinstance(entry, Theorem):
        work = source(entry.source)
        said = {"authors": work.authors, "year": work.year, "title": work.title, "link": work.link or None}
        return {"work": said | {"address": f"sources.html#{work.key}"}}
    return {}


def _symbol(notation):
    domain = Contains(notation.symbol, notation.domain, evaluate=False)
    return {"latex": latex(notation.symbol), "unicode": plain(notation.symbol), "meaning": notation.meaning,
            "domain": {"latex": latex(domain), "unicode": plain(domain)},
            "address": f"notation.html#{anchors_by_notation()[notation]}"}  # fmt: skip


def _without(entry, hypothesis):
    """What breaks when a hypothesis is dropped: a failure that was found, or the counterexamples that show it."""
    if hypothesis.statement is None or entry.kind != "derivation":
        shown = [other.id for other in catalogue().values() if getattr(other, "without", None) == hypothesis]
        return {"hypothesis": hypothesis.name, "counterexamples": shown, "failure": None}
    found = broken(entry, hypothesis)
    return {"hypothesis": hypothesis.name, "counterexamples": [], "failure": found and _failure(found)}


def _failure(found: Failure):
    values = {plain(symbol): text for symbol, text in found.values}
    return {"how": found.how, "step": found.step, "claim": plain(found.claim), "left": found.left,
            "right": found.right, "values": values}  # fmt: skip
