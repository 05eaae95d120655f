"""What was measured of each entry, for the verification page:
records that are still of the program as it stands, and no others.
"""

from functools import cache
from hashlib import sha256

from ..catalogue import catalogue
from ..checking import records

# How an entry is measured by what is not of the package: oracles, and other people's libraries.
ORACLE_FILES = ("oracles.py", "measure.py", "test_oracles.py", "test_functions.py", "test_{chapter}.py")
PEER_FILES = ("oracles.py", "peers/*.py")


@cache
def evidence(patterns: tuple[str, ...], chapter: str) -> str:
    """A digest of the test files that a measurement depends on."""
    folder = records.PROJECT / "tests"
    files = sorted(path for pattern in patterns for path in folder.glob(pattern.format(chapter=chapter)))
    return sha256("\n".join(path.read_text(encoding="utf-8") for path in files).encode()).hexdigest()


def basis(kind: str, entry) -> tuple[str, ...]:
    """What a record of that kind depends on beside the entry and the arithmetic."""
    chapter = entry.id.partition(".")[0]
    if kind == "peers":
        return (evidence(PEER_FILES, chapter),)
    by_oracle = kind == "oracle" or (kind == "mutants" and entry.kind == "definition")
    return (evidence(ORACLE_FILES, chapter),) if by_oracle else ()


def measured(entry) -> dict:
    """Everything that is known of an entry, by kind, and "when" it was found; what nobody measured is left out."""
    if entry.kind in ("derivation", "counterexample"):
        records.checked(entry)  # made now, if there is no record of it
    if entry.kind == "derivation" and entry.hypotheses:
        records.broken(entry, entry.hypotheses[0])
    found = {"kind": entry.kind, "when": []}
    for kind in ("check", "without", "exact", "mutants", "oracle", "peers"):
        record = records.read(kind, entry, *basis(kind, entry)) if _measurable(entry) else None
        if record is not None:
            found[kind] = record["found"]
            found["when"].append(record["when"])
    return found


def _measurable(entry):
    return entry.kind == "counterexample" or hasattr(entry, "result")


def everything() -> dict[str, dict]:
    """What is known of every entry, by id."""
    return {id: measured(entry) for id, entry in catalogue().items()}
