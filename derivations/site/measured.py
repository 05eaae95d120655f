"""What was measured of each entry, for the verification page:
records that are still of the program as it stands, and no others.
"""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from ..catalogue import catalogue, has_result
from ..checking import records
from ..checking.found import broken, checked

# How an entry is measured by what is not of the package: oracles, and other people's libraries.
ORACLE_FILES = ("oracles.py", "measure.py", "test_oracles.py", "test_functions.py", "test_{chapter}.py")
PEER_FILES = ("oracles.py", "peers/*.py")
# The rules, as code in which errors are planted, and the tests that must notice them.
RULE_CODE = records.Code("rules")
RULE_FILES = ("rule_mutants.py", "rule_cases.py", "equal_mutants.py", "drawn.py", "made_up.py", "engine/*.py")
# The words of hypotheses, in which errors are planted, and what reads them.
WORDS_CODE = records.Code("words")
WORD_FILES = ("word_mutants.py", "words.py", "reasons.py")
# What is stated of the functions of other libraries, and what calls them.
FUNCTIONS_CODE = records.Code("which_function")
STATED = ("site/which/*.py",)
# How exact and how fast printed code is.
BENCH_CODE = records.Code("code")
BENCH_FILES = ("bench_code/*.py",)
PRINTED_FILES = ("*.py", "engine/**/*.py", "coding/*.py")
WORDED = ("*.py", "engine/**/*.py", "site/blocks.py", "writing/*.py")
# Other libraries are compared with functions, which are made of what other entries say as well.
FUNCTION_FILES = ("*.py", "engine/**/*.py", "computing/*.py")
LIBRARIES = ("numpy", "scipy")


@cache
def evidence(folder: Path, patterns: tuple[str, ...]) -> str:
    """A digest of files that a measurement depends on, and of the versions of the libraries behind the oracles."""
    files = sorted({path for pattern in patterns for path in folder.glob(pattern)})
    texts = [path.read_text(encoding="utf-8") for path in files] + [version(name) for name in LIBRARIES]
    return sha256("\n".join(texts).encode()).hexdigest()


def basis(kind: str, entry) -> tuple[str, ...]:
    """What a record of that kind depends on beside the entry and the arithmetic."""
    tests = records.PROJECT / "tests"
    if entry is RULE_CODE:
        return evidence(tests, RULE_FILES), evidence(records.PACKAGE, ("engine/**/*.py",))
    if entry is WORDS_CODE:
        return evidence(tests, WORD_FILES), evidence(records.PACKAGE, WORDED)
    if entry is FUNCTIONS_CODE:
        return evidence(tests, PEER_FILES), evidence(records.PACKAGE, (*FUNCTION_FILES, *STATED))
    if entry is BENCH_CODE:
        return evidence(tests, BENCH_FILES), evidence(records.PACKAGE, PRINTED_FILES)
    if kind == "peers":
        return evidence(tests, PEER_FILES), evidence(records.PACKAGE, FUNCTION_FILES)
    if kind == "oracle" or (kind == "mutants" and entry.kind == "definition"):
        chapter = entry.id.partition(".")[0]
        return (evidence(tests, tuple(pattern.format(chapter=chapter) for pattern in ORACLE_FILES)),)
    return ()


def measured(entry) -> dict:
    """Everything that is known of an entry, by kind, and "when" it was found; what nobody measured is left out."""
    found = {"kind": entry.kind, "when": []}
    for kind in ("check", "without", "exact", "mutants", "oracle", "peers") if _measurable(entry) else ():
        record = records.read(kind, entry, *basis(kind, entry)) or _made_now(kind, entry)
        if record is not None:
            found[kind] = record["found"]
            found["when"].append(record["when"])
    return found


def measured_rules() -> dict | None:
    """What became of the errors planted in the rules' own code, by module; None if nobody measured it."""
    record = records.read("mutants", RULE_CODE, *basis("mutants", RULE_CODE))
    return record and record["found"]


def measured_words() -> dict | None:
    """What became of the errors planted in words, by what was changed; None if nobody measured it."""
    record = records.read("mutants", WORDS_CODE, *basis("mutants", WORDS_CODE))
    return record and record["found"]


def measured_functions() -> dict | None:
    """With which versions what is stated of the functions of other libraries was found to hold, and when."""
    record = records.read("peers", FUNCTIONS_CODE, *basis("peers", FUNCTIONS_CODE))
    return record and record["found"] | {"when": record["when"]}


def measured_code() -> dict | None:
    """How exact and how fast printed code and the libraries were found to be, and when; None if nobody measured it."""
    record = records.read("bench", BENCH_CODE, *basis("bench", BENCH_CODE))
    return record and record["found"] | {"when": record["when"]}


def _made_now(kind, entry):
    """The record of a check, which every entry has: made, if there is none yet."""
    if kind == "check" and entry.kind in ("derivation", "counterexample"):
        checked(entry)
    elif kind == "without" and entry.kind == "derivation" and entry.hypotheses:
        broken(entry, entry.hypotheses[0])
    else:
        return None
    return records.read(kind, entry)


def _measurable(entry):
    return entry.kind == "counterexample" or has_result(entry)


def everything() -> dict[str, dict]:
    """What is known of every entry, by id."""
    return {id: measured(entry) for id, entry in catalogue().items()}
