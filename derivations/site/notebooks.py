"""What the output of a notebook depends on besides its own text."""

import re
from collections.abc import Iterable

from ..catalogue import catalogue
from ..checking.contents import contents
from ..checking.records import digest
from ..engine.derivation import Derivation
from ..engine.entries import Definition
from ..engine.trees import tree
from ..signatures import formula_of, written_out
from .entries_kept import writers_key

READ = re.compile(r'\bresults\[f?"(\w+)\.')
READY = (
    "from derivations.catalogue import catalogue", "from derivations.functions import function",
    "results = catalogue()",
)


def notebooks_key(texts: Iterable[str]) -> str:
    """A digest of what notebooks read: the entries of the chapters from which they take results, each with the formula
    that a function of it computes, and the rest of the package.
    """
    chapters = {chapter for text in texts for chapter in chapters_read(text)}
    read = [entry for id, entry in catalogue().items() if id.partition(".")[0] in chapters]
    return digest(writers_key(), [*map(_read, read)])


def chapters_read(text: str) -> set[str]:
    """The chapters from which a notebook takes results, as ``results["chapter.…"]``; all, if it reads the catalogue in
    another way.
    """
    code = [READ.sub("", line) for line in text.splitlines() if line not in READY and not line.startswith("#")]
    if re.search(r"\b(results|catalogue|derivations)\b", "\n".join(code)):
        return {id.partition(".")[0] for id in catalogue()}
    return {*READ.findall(text)}


def _read(entry):
    computed = isinstance(entry, Definition | Derivation)
    return [contents(entry), tree(written_out(formula_of(entry))) if computed else None]
