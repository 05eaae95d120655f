"""Each entry as pages show it, and what that depends on: its card, its own page, and the files beside that.

If a chapter has changed, an entry is made anew if it came out differently, or what it uses, what uses it, or their
titles did; if anything else of the package has, all are.
"""

from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from ..catalogue import CHAPTERS, Entry, catalogue, used_by, uses
from ..checking import records
from ..checking.contents import contents, mathematics, rested_on
from ..checking.records import fingerprint, package_files
from ..engine.entries import Theorem
from ..proving.files import sums_to_one
from .blocks import block
from .entry import description, entry_page, titled
from .entry_files import FONT, files_of
from .figures import FIGURES
from .figures.parts import Compute
from .kept import digest
from .results_sought import found_by

WRITTEN_WITH = ("numerics",)  # of chapters, those that code is written with: coding/forms.py
TYPESET_WITH = ("sympy", "python-flint", "math-core", "ziamath", "igraph", "vl-convert-python")


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


def writers_key() -> str:
    """A digest of all that no chapter is a part of."""
    return _surroundings().writers


@cache
def _surroundings():
    return Surroundings()


class Surroundings:
    """What an entry's page depends on besides the entry, looked up once for all."""

    def __init__(self):
        self.writers, self.alike, self._rests = digest(writers()), defaultdict(list), {}
        entries = catalogue().values()
        for entry in entries:
            if entry.kind == "derivation":  # a chain is unfolded from one that begins as it does
                self.alike[entry.start].append([entry.id, len(entry.steps)])
        # A proof may also use that some numbers sum to 1, and say so of any entry.
        self.used_in_proofs = [self._mathematics(one) for one in sums_to_one()]
        self.broken = [[entry.id, entry.title] for entry in entries if getattr(entry, "without", None)]

    def key(self, entry: Entry) -> str:
        """A digest of all that the page of an entry depends on."""
        others = map(catalogue().get, (*uses(entry), *used_by(entry.id)))
        linked = [[self._proof(other), *uses(entry).get(other.id, ()), *used_by(entry.id).get(other.id, ())]
                  for other in others]  # fmt: skip
        alike = self.alike[entry.start] if entry.kind == "derivation" else []
        return digest([self.writers, contents(entry), self._proof(entry), linked, alike, self.broken])

    def _proof(self, entry):
        """A digest of an entry, and of all that its proof rests on. That of a cited theorem may name any derivation."""
        every = catalogue().values() if isinstance(entry, Theorem) else ()
        return digest([self.used_in_proofs, [self._mathematics(one) for one in (entry, *rested_on(entry), *every)]])

    def _mathematics(self, entry):
        known = entry.id, len(entry.steps)
        if known not in self._rests:
            stated = hasattr(entry, "result") or entry.kind == "counterexample"
            self._rests[known] = digest([mathematics(entry), fingerprint(entry) if stated else None])
        return self._rests[known]


def writers() -> list:
    """What pages are made with: the files of the package but its chapters, the font, the libraries."""
    left_out = {f"{name}.py" for name in CHAPTERS if name not in WRITTEN_WITH}
    kept = [path for path in package_files() if path.parent != records.PACKAGE or path.name not in left_out]
    found = [[path.name, sha256(path.read_bytes()).hexdigest()] for path in [*kept, FONT]]
    return [*found, *([name, version(name)] for name in TYPESET_WITH)]
