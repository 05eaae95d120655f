"""Which derivations are proved: those that Coq accepted as they are exported now.

The ledger has a line for each: its id and a fingerprint of what was accepted. So readers without Coq can be told, and
an export that has changed since is not taken for proved.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from ..engine.derivation import Derivation
from .chapters import proof_of
from .files import LIBRARY, cited_text, definitions_of, derivation_of, may_unfold
from .printing import definition_text
from .theorems import cited_by, key_of_proof

LEDGER = Path(__file__).with_name("proved.txt")
LEDGER_HEAD = """# The derivations that Coq accepted, each with a fingerprint of its theorem and proof.
# Written by `make proofs ARGS=--try`, checked by `make proofs`.
"""


def entered(text: str | None = None) -> dict[str, str]:
    """The ledger: from key to fingerprint."""
    if text is None:
        text = LEDGER.read_text(encoding="utf-8") if LEDGER.exists() else ""
    lines = (line.split() for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return {key: mark for key, mark in lines}


def enter(entries: dict[str, str]):
    """Write the ledger, in the catalogue's order."""
    lines = (f"{key} {entries[key]}\n" for key in sorted(entries, key=_order))
    LEDGER.write_text(LEDGER_HEAD + "".join(lines), encoding="utf-8")


def _order(key):
    from ..catalogue import catalogue

    return list(catalogue()).index(key.partition("[")[0]), key


@cache
def meanings():
    """The definitions of the library, such as what a sum is: what a theorem says depends on them."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(LIBRARY.glob("*.v")))
    kept = (re.findall(r"^(?:Fixpoint|Definition|Inductive)\b.*?\.(?=\s)", text, re.DOTALL | re.MULTILINE)
            for text in texts)  # fmt: skip
    return "\n".join(found for texts in kept for found in texts)


@cache
def proof_mark(derivation: Derivation) -> str:
    """Of its theorem and its proof, of the definitions that they name, and of what the theorems it cites say."""
    parts = [meanings(), may_unfold(derivation), *map(definition_text, definitions_of(derivation))]
    parts += [cited_text(source) for source in cited_by(derivation)]
    return sha256("\n".join([*parts, proof_of(derivation)]).encode()).hexdigest()[:16]


def stands(derivation: Derivation, ledger: dict[str, str]) -> bool:
    """Whether a ledger has a derivation as it is exported now, and all that it cites."""
    mark = ledger.get(key_of_proof(derivation))
    return mark is not None and _agrees(derivation, mark) and all(stands(one, ledger) for one in cited_by(derivation))


def _agrees(derivation, mark):
    try:
        return proof_mark(derivation) == mark
    except ValueError:  # it has no text in Coq any more
        return False


@cache
def _ledger():
    return entered()


def is_proved(entry) -> bool:
    """Whether an entry of the catalogue is a derivation whose theorem Coq has accepted."""
    return isinstance(entry, Derivation) and stands(entry, _ledger())


@cache
def proved() -> tuple[Derivation, ...]:
    """What the ledger has and stands, stages on the way to a derivation included."""
    unfit = stale(_ledger())
    return tuple(derivation_of(key) for key in _ledger() if key not in unfit)


def stale(ledger: dict[str, str]) -> dict[str, str]:
    """The keys in a ledger that do not stand, each with the reason."""
    reasons = {}
    for key, mark in ledger.items():
        try:
            derivation = derivation_of(key)
            missing = [key_of_proof(one) for one in cited_by(derivation) if not stands(one, ledger)]
        except KeyError:
            reasons[key] = "there is no such derivation"
            continue
        except ValueError as error:  # a step does not apply, here or in what it cites
            reasons[key] = f"it cannot be derived: {error}"
            continue
        if not _agrees(derivation, mark):
            reasons[key] = "its theorem or its proof has changed since Coq accepted it"
        elif missing:
            reasons[key] = f"it cites what is not proved: {', '.join(missing)}"
    return reasons
