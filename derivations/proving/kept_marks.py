"""Fingerprints of proofs, kept as records of checks are: to write all proofs takes seconds.

One is read as long as the entry, all that it rests on, and the whole package but its chapters are the same.
"""

from collections.abc import Callable
from functools import cache
from hashlib import sha256

from ..catalogue import CHAPTERS, Entry, catalogue
from ..checking.contents import mathematics, rested_on
from ..checking.records import PACKAGE, Code, digest, fingerprint, kept, package_files
from ..engine.entries import Theorem
from .files import derivations, sums_to_one


def kept_mark(entry: Entry, key: str, compute: Callable[[], str]) -> str:
    """What `compute` finds of an entry, or of a stage of one, that is told by its key; read, if it was found before.
    ValueError, which is not kept, as `compute` raises it.
    """
    return kept("proof", Code(key, "proof"), compute, proof_state(entry))


@cache
def proof_state(entry: Entry) -> str:
    """A digest of all that a proof depends on: it may use that some numbers sum to 1, and one that is written by hand
    may name any derivation. Prose is no part of it.
    """
    named = derivations() if isinstance(entry, Theorem) else sums_to_one()
    return digest(rest_of_package(), [without_prose(one) for one in (entry, *rested_on(entry), *named)])


def proofs_state() -> str:
    """A digest of all that all proofs depend on."""
    return digest(rest_of_package(), [without_prose(entry) for entry in catalogue().values()])


@cache
def without_prose(entry: Entry) -> str:
    """A digest of an entry but for its prose, with the definitions that it names."""
    stated = hasattr(entry, "result") or entry.kind == "counterexample"
    return digest(mathematics(entry), fingerprint(entry) if stated else None)


@cache
def rest_of_package() -> list[list[str]]:
    """The files of the package but its chapters, each with a digest."""
    chapters = {PACKAGE / f"{name}.py" for name in CHAPTERS}
    return [[path.name, sha256(path.read_bytes()).hexdigest()] for path in package_files() if path not in chapters]
