"""The pages of all entries with their files, kept from one build to the next by what they depend on.

As long as no file of the package has changed, nothing is looked at but that. If a chapter has, an entry is made anew
if it came out differently, or what it uses, what uses it, or their titles did; if anything else has, all are.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..catalogue import CHAPTERS, Entry, catalogue, used_by, uses
from ..checking.records import fingerprint
from ..proving.ledger import is_proved
from ..reference.graph import graph_nodes
from ..reference.record import entry_record
from ..writing.export import record
from .entry import description, entry_page, titled
from .entry_files import FONT, files_of

PACKAGE_FILES = Path(__file__).parents[1]
ENDINGS = (".py", ".v", ".txt", ".js")
WRITTEN_WITH = ("numerics",)  # of chapters, those that code is written with: coding/forms.py
TYPESET_WITH = ("sympy", "math-core", "ziamath", "igraph")


@dataclass(frozen=True)
class KeptEntry:
    """A page: its title, its description, its content, and the text of each file beside it, by its ending."""

    id: str
    title: str
    description: str
    page: str
    files: dict[str, str]


def entries_kept(folder: Path) -> Iterator[KeptEntry]:
    """The page of every entry, in the catalogue's order: read from `folder`, or made and put there."""
    index, now = folder / "index.json", digest(sources(chapters=True))
    known = _read(index)
    if known.get("sources") == now and all((folder / f"{id}.json").exists() for id in known["ids"]):
        yield from (KeptEntry(**_read(folder / f"{id}.json")["kept"]) for id in known["ids"])
        return
    _write(index, {})  # what is made below is known only when all of it is
    around = Surroundings()
    for id, entry in catalogue().items():
        path, key = folder / f"{id}.json", around.key(entry)
        found = _read(path)
        if found.get("key") != key:
            made = KeptEntry(id, titled(entry), description(entry), entry_page(entry), files_of(entry))
            _write(path, found := {"key": key, "kept": asdict(made)})
        yield KeptEntry(**found["kept"])
    for stale in folder.glob("*.json"):
        if stale != index and stale.stem not in catalogue():
            stale.unlink()
    _write(index, {"sources": now, "ids": list(catalogue())})


class Surroundings:
    """What an entry's page depends on besides the entry, looked up once for all."""

    def __init__(self):
        self.writers, self.alike = digest(sources(chapters=False)), defaultdict(list)
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


def sources(chapters: bool) -> list:
    """What pages are made with: the files of the package, with or without the chapters, the font, the libraries."""
    paths = sorted(path for path in PACKAGE_FILES.rglob("*") if path.suffix in ENDINGS)
    left_out = {f"{name}.py" for name in CHAPTERS if not chapters and name not in WRITTEN_WITH}
    kept = [path for path in [*paths, FONT] if path.parent != PACKAGE_FILES or path.name not in left_out]
    found = [[path.name, sha256(path.read_bytes()).hexdigest()] for path in kept]
    return [*found, *([name, version(name)] for name in TYPESET_WITH)]


def digest(value) -> str:
    """A fingerprint of plain values."""
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _read(path):
    """What is kept; nothing if nothing is, or if it was cut short."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write(path, found):
    """Whole or not at all, should somebody stop the build here."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    unfinished.replace(path)
