"""Each entry as pages show it, and what that depends on: its card, its own page, and the files beside that.

If a chapter has changed, an entry is made anew if it came out differently, or what it uses, what uses it, or their
titles did; if anything else of the package has, all are.
"""

from collections import defaultdict
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from ..catalogue import CHAPTERS, Entry, catalogue, used_by, uses
from ..checking import records
from ..checking.records import fingerprint
from ..proving.ledger import is_proved
from ..reference.graph import graph_nodes
from ..reference.record import entry_record
from ..writing.export import record
from .blocks import block
from .entry import description, entry_page, titled
from .entry_files import FONT, files_of
from .figures import FIGURES
from .figures.parts import Compute
from .kept import digest, package_files
from .results_sought import found_by

WRITTEN_WITH = ("numerics",)  # of chapters, those that code is written with: coding/forms.py
TYPESET_WITH = ("sympy", "math-core", "ziamath", "igraph")


def entry_made(id: str) -> dict:
    """An entry as pages show it: its "card", as what is said and what is folded below; the "title", the "description"
    and the content of its own "page"; the text of each of the "files" beside that, by its ending; and by what it is
    "sought".
    """
    entry = catalogue()[id]
    card = block(entry)
    page = {"title": titled(entry), "description": description(entry), "page": entry_page(entry, card)}
    return {"id": id, "card": card, "files": files_of(entry), "sought": found_by(entry)} | page


def entry_key(id: str) -> str:
    """A digest of all that an entry's card, page and files depend on."""
    return _surroundings().key(catalogue()[id])


def figure_key(name: str) -> str:
    """A digest of all that a figure depends on."""
    shown = [step.entry for step in FIGURES[name].steps if isinstance(step, Compute)]
    return digest([_surroundings().writers, [fingerprint(catalogue()[id]) for id in shown]])


@cache
def _surroundings():
    return Surroundings()


class Surroundings:
    """What an entry's page depends on besides the entry, looked up once for all."""

    def __init__(self):
        self.writers, self.alike = digest(writers()), defaultdict(list)
        entries = catalogue().values()
        for entry in entries:
            if entry.kind == "derivation":  # a chain is unfolded from one that begins as it does
                self.alike[entry.start].append([entry.id, len(entry.steps)])
        self.broken = [[entry.id, entry.title] for entry in entries if getattr(entry, "without", None)]

    def key(self, entry: Entry) -> str:
        """A digest of all that the page of an entry depends on."""
        linked = [[asdict(graph_nodes()[id]), numbers] for found in (uses(entry), used_by(entry.id))
                  for id, numbers in found.items()]  # fmt: skip
        stated = hasattr(entry, "result") or entry.kind == "counterexample"
        # The first has the definitions of its quantities too, from which most of the second follows, at some cost.
        known = [fingerprint(entry), record(entry), is_proved(entry)] if stated else entry_record(entry)
        alike = self.alike[entry.start] if entry.kind == "derivation" else []
        return digest([self.writers, known, linked, alike, self.broken])


def writers() -> list:
    """What pages are made with: the files of the package but its chapters, the font, the libraries."""
    left_out = {f"{name}.py" for name in CHAPTERS if name not in WRITTEN_WITH}
    kept = [path for path in package_files() if path.parent != records.PACKAGE or path.name not in left_out]
    found = [[path.name, sha256(path.read_bytes()).hexdigest()] for path in [*kept, FONT]]
    return [*found, *([name, version(name)] for name in TYPESET_WITH)]
