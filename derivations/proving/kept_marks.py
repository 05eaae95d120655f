"""Fingerprints of proofs, kept as records of checks are: to write all proofs takes seconds.

One is read as long as the entry, all that it rests on, and the whole package but its chapters are the same.
"""

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256

from ..catalogue import CHAPTERS, Entry
from ..checking.contents import contents, rested_on
from ..checking.records import PACKAGE, Code, fingerprint, kept, package_files
from ..engine.entries import Theorem
from .files import derivations, sums_to_one


def kept_mark(entry: Entry, key: str, compute: Callable[[], str]) -> str:
    """What `compute` finds of an entry, or of a stage of one, that is told by its key; read, if it was found before.
    ValueError, which is not kept, as `compute` raises it.
    """
    return kept("proof", Code(key, "proof"), compute, _state_of(entry))


def _state_of(entry):
    """A digest of all that a proof depends on: it may use that some numbers sum to 1, and one that is written by hand
    may name any derivation.
    """
    named = derivations() if isinstance(entry, Theorem) else sums_to_one()
    return _digest([_rest_of_package(), [_said(one) for one in (entry, *rested_on(entry), *named)]])


@cache
def _said(entry):
    stated = hasattr(entry, "result") or entry.kind == "counterexample"
    return _digest([contents(entry), fingerprint(entry) if stated else None])


@cache
def _rest_of_package():
    chapters = {PACKAGE / f"{name}.py" for name in CHAPTERS}
    return _digest([sha256(path.read_bytes()).hexdigest() for path in package_files() if path not in chapters])


def _digest(value):
    return sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
