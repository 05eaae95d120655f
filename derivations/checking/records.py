"""Records: what was found of an entry is kept beside the project,
and read again as long as all that it depends on is the same.

What a check depends on is the entry as it was derived, with the definitions that it names, the arithmetic of this
folder, the notation, and the versions of what computes. An edited rule or page makes no record stale; an edited
chapter only those of entries that came out differently. A record says when it was made.
"""

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from ..engine.entries import Counterexample, Definition, Hypothesis
from ..engine.terms import Quantity
from ..engine.trees import tree

PACKAGE = Path(__file__).parent.parent
PROJECT = PACKAGE.parent
FOLDER = PROJECT / ".measured"
ARITHMETIC = ("checking/*.py", "engine/terms.py", "engine/entries.py", "engine/derivation.py", "notation.py")
ENDINGS = (".py", ".v", ".txt", ".js", ".json", ".tex")
VERSIONS = ("sympy", "python-flint")


@dataclass(frozen=True)
class Code:
    """A part of the program that is measured as entries are; its record depends on what else is named."""

    id: str
    kind: str = "code"


@cache
def machinery() -> str:
    """A digest of the code that checks, and of what computes."""
    files = sorted(path for pattern in ARITHMETIC for path in PACKAGE.glob(pattern))
    return digest([path.read_text(encoding="utf-8") for path in files], versions())


def versions() -> dict[str, str]:
    """What computes, with its version."""
    return {"Python": python_version()} | {name: _version(name) for name in VERSIONS}


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:  # to write a proof takes SymPy alone
        return "not installed"


def package_files() -> list[Path]:
    """The files of the package, in order."""
    return sorted(path for path in PACKAGE.rglob("*") if path.suffix in ENDINGS)


def digest(*parts) -> str:
    """A fingerprint of plain values."""
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@lru_cache(maxsize=4096)
def _written(expression):
    return tree(expression)


def fingerprint(entry, *more: str) -> str:
    """A digest of an entry as it stands and of what it is checked with,
    and of anything else that a record depends on.
    """
    return digest(machinery(), entry.id, entry.kind, _digest_of(entry), *more)


@lru_cache(maxsize=1024)
def _digest_of(entry):
    return digest(_content(entry))


def _content(entry):
    if isinstance(entry, Code):
        return []
    if isinstance(entry, Counterexample):
        formulas = [entry.claim, *entry.given]
        values = [[_written(symbol), str(found)] for symbol, found in entry.values.items()]
        broken = _hypotheses([entry.without] if entry.without else [])
        return [[_written(formula) for formula in formulas], values, broken, _definitions(formulas)]
    lines = list(getattr(entry, "lines", None) or (entry.result,))
    named = entry if isinstance(entry, Definition) else entry.named
    parameters = [_written(parameter) for parameter in named.parameters] if named else []
    implied = [given for step in entry.steps for given in step.implied]
    said = [formula for given in (*entry.hypotheses, *implied) for formula in (given.statement, given.witness)]
    stated = [formula for formula in said if formula is not None]
    steps = [
        [step.relation, step.rule, *map(_hypotheses, (step.using, step.inherited, step.implied))]
        for step in entry.steps
    ]
    return [[_written(line) for line in lines], parameters, steps, _definitions([*lines, *stated])]


def _hypotheses(hypotheses: Iterable[Hypothesis]):
    return [[h.name, None if h.statement is None else _written(h.statement), _written(h.witness)] for h in hypotheses]


def _definitions(formulas):
    """Ids, parameters and bodies of all definitions that formulas name, and of those that these name."""
    found, waiting = {}, list(formulas)
    while waiting:
        for quantity in waiting.pop().atoms(Quantity):
            definition = type(quantity).definition
            if id(definition) not in found:
                parameters = [_written(parameter) for parameter in definition.parameters]
                found[id(definition)] = [definition.id, parameters, _written(definition.body)]
                waiting.append(definition.body)
    return sorted(found.values(), key=json.dumps)


def _path(kind, id):
    return FOLDER / kind / f"{id}.json"


def read(kind: str, entry, *more: str):
    """What was found of an entry, with "when"; None if nothing was, or of another entry than it is now."""
    try:
        record = json.loads(_path(kind, entry.id).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # none yet, one that was cut short, or none that can be read
        return None
    if not isinstance(record, dict) or not {"found", "when"} <= record.keys():
        return None
    whole = record.get("sum") == digest(record["found"])  # nothing of it was damaged
    return record if whole and record.get("fingerprint") == fingerprint(entry, *more) else None


def write(kind: str, entry, found, *more: str):
    """Keep what was found of an entry, whole or not at all. An installed package has no project to keep it in.

    A record saves time and nothing else: where none can be written, none is.
    """
    if not (PROJECT / "pyproject.toml").exists():
        return
    path, now = _path(kind, entry.id), datetime.now(UTC)
    record = {"fingerprint": fingerprint(entry, *more), "when": now.isoformat(timespec="seconds"), "found": found}
    record["sum"] = digest(json.loads(json.dumps(found)))
    unfinished = path.with_suffix(f".{digest(now.isoformat())[:8]}.part")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(path)


def kept(kind: str, entry, compute: Callable[[], object], *more: str):
    """What `compute` finds of an entry, as plain values: read, if it was found before."""
    record = read(kind, entry, *more)
    if record is None:
        found = compute()
        write(kind, entry, found, *more)
        record = {"found": json.loads(json.dumps(found))}
    return record["found"]
