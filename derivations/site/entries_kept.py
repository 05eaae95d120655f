"""Each entry as pages show it, and what that depends on: its card, its own page, and the files beside that.

If a chapter has changed, an entry is made anew if it came out differently, or what it uses, what uses it, or their
titles did; if anything else of the package has, all are.
"""

from collections import defaultdict
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from ..catalogue import Entry, catalogue, related, used_by, uses
from ..checking.contents import contents
from ..checking.records import digest, fingerprint
from ..coding.forms import forms
from ..proving.kept_marks import proof_state, rest_of_package, without_prose
from .blocks import block
from .entry import description, entry_page, titled
from .entry_files import FONT, files_of
from .figures import FIGURES
from .figures.parts import Compute
from .results_sought import found_by

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
    return digest(_surroundings().writers, [fingerprint(catalogue()[id]) for id in shown])


def formula_key(id: str) -> str:
    """A digest of all that a formula or a number of an entry depends on."""
    return digest(_surroundings().writers, without_prose(catalogue()[id]))


def writers_key() -> str:
    """A digest of all that no chapter is a part of."""
    return _surroundings().writers


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
        beside = dict.fromkeys(related(entry), ())
        linked = [[proof_state(catalogue()[id]), numbers] for found in (uses(entry), used_by(entry.id), beside)
                  for id, numbers in found.items()]  # fmt: skip
        alike = self.alike[entry.start] if entry.kind == "derivation" else []
        return digest(self.writers, contents(entry), proof_state(entry), linked, alike, self.broken)


def writers() -> list:
    """What pages are made with: the files of the package but its chapters, what of these the code is written with, the
    font, the libraries.
    """
    font = [FONT.name, sha256(FONT.read_bytes()).hexdigest()]
    written = [[form.id, str(form.left), str(form.right)] for form in forms()]
    return [*rest_of_package(), font, *written, *([name, version(name)] for name in TYPESET_WITH)]
