"""What `make measure` found, for the verification page: read only if it was found for the program as it stands."""

import json
from hashlib import sha256
from pathlib import Path

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / ".measured"
SHOWING = ("pages", "rule_pages", "reports", "sources", "site", "verification", "measured", "writer", "typeset", "values", "export", "functions", "run_chapter", "__main__")
MEASURING = ("oracles", "measure", "test_oracles")
VERIFICATION, PEERS = FOLDER / "verification.json", FOLDER / "peers.json"


def fingerprint():
    """A digest of every file that what was measured depends on: the derivations, the checks, and the oracles."""
    found = sha256()
    for path in sorted([*PROJECT.glob("derivations/**/*.py"), *PROJECT.glob("tests/*.py")]):
        text = path.read_text(encoding="utf-8")
        if path.stem not in SHOWING and (path.parent.name != "tests" or "ORACLES" in text or path.stem in MEASURING):
            found.update(f"{path.relative_to(PROJECT).as_posix()}\n{text}".encode())
    return found.hexdigest()


def verification():
    """The record of the last measurement; None if there is none of the program as it stands."""
    if not VERIFICATION.exists():
        return None
    record = json.loads(VERIFICATION.read_text(encoding="utf-8"))
    return record if record["fingerprint"] == fingerprint() else None


def peers():
    """The comparisons with other people's libraries: by id, with which and how closely; empty if there are none of the program as it stands."""
    record = json.loads(PEERS.read_text(encoding="utf-8")) if PEERS.exists() else {}
    return record["entries"] if record.get("fingerprint") == fingerprint() else {}
