"""Which derivations, counterexamples and cited theorems are proved: those that Coq accepted as they are exported now.

The ledger has a line for each: its id and a fingerprint of what was accepted. So readers without Coq can be told, and
an export that has changed since is not taken for proved.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from ..catalogue import catalogue
from ..engine.derivation import Derivation
from ..engine.entries import Counterexample, Theorem
from .chapters import proof_of
from .cited import cited_proof_text, definitions_for_cited, rests_on, script_of
from .counterexamples import VALUES, definitions_for, files_to_prove, refutation_text
from .files import LIBRARY, CoqFile, cited_text, definitions_of, derivation_of, may_unfold, statement_text
from .kept_marks import kept_mark
from .printing import definition_text
from .theorems import cited_by, key_of_proof

LEDGER = Path(__file__).with_name("proved.txt")
FALSE, CITED = "counterexample", "theorem"  # the first word of the line of one
CHANGED = "its theorem or its proof has changed since Coq accepted it"
LEDGER_HEAD = """# The derivations, counterexamples and cited theorems that Coq accepted, each with a fingerprint.
# Written by `make proofs ARGS=--try`, checked by `make proofs`.
"""


def entered(text: str | None = None) -> dict[str, str]:
    """The derivations of the ledger: from key to fingerprint."""
    return {words[0]: words[1] for words in _lines(text) if words[0] not in (FALSE, CITED)}


def entered_counterexamples(text: str | None = None) -> dict[str, str]:
    """The counterexamples of the ledger: from id to fingerprint."""
    return {words[1]: words[2] for words in _lines(text) if words[0] == FALSE}


def entered_cited(text: str | None = None) -> dict[str, str]:
    """The cited theorems of the ledger: from id to fingerprint."""
    return {words[1]: words[2] for words in _lines(text) if words[0] == CITED}


def entered_besides() -> dict[str, str]:
    """What the ledger has besides derivations: from id to fingerprint."""
    return entered_counterexamples() | entered_cited()


def _lines(text):
    if text is None:
        text = LEDGER.read_text(encoding="utf-8") if LEDGER.exists() else ""
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def enter(entries: dict[str, str], besides: dict[str, str] | None = None):
    """Write the ledger, in the catalogue's order. What it has besides derivations stays, unless other is given."""
    besides = entered_besides() if besides is None else besides
    words = {id: CITED if isinstance(catalogue().get(id), Theorem) else FALSE for id in besides}
    lines = [f"{key} {entries[key]}\n" for key in sorted(entries, key=_order)]
    lines += [f"{words[id]} {id} {besides[id]}\n" for id in sorted(besides, key=lambda id: (words[id], _order(id)))]
    LEDGER.write_text(LEDGER_HEAD + "".join(lines), encoding="utf-8")


def _order(key):
    return list(catalogue()).index(key.partition("[")[0]), key


@cache
def meanings(folder: Path = LIBRARY) -> str:
    """The definitions of the library, such as what a sum is: what a theorem says depends on them."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.v")))
    kept = (re.findall(r"^(?:Fixpoint|Definition|Inductive)\b.*?\.(?=\s)", text, re.DOTALL | re.MULTILINE)
            for text in texts)  # fmt: skip
    return "\n".join(found for texts in kept for found in texts)


@cache
def proof_mark(derivation: Derivation) -> str:
    """Of its theorem and its proof, of the definitions that they name, and of what the theorems it cites say."""
    parts = [meanings(), may_unfold(derivation), *map(definition_text, definitions_of(derivation))]
    parts += [cited_text(source) for source in cited_by(derivation)]
    return sha256("\n".join([*parts, proof_of(derivation)]).encode()).hexdigest()[:16]


@cache
def refutation_mark(entry: Counterexample) -> str:
    """Of the theorem of a counterexample with its proof, and of the definitions that it names."""
    parts = [meanings(), meanings(VALUES), *map(definition_text, definitions_for(entry)), refutation_text(entry)]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


@cache
def cited_mark(entry: Theorem) -> str:
    """Of a cited theorem with its proof, of the definitions that it names, and of what the theorems it rests on say."""
    parts = [meanings(), *map(definition_text, definitions_for_cited(entry)), cited_proof_text(entry)]
    parts += [text for source in rests_on(entry) for text in (cited_text(source), statement_text(source))]
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def stands(derivation: Derivation, ledger: dict[str, str]) -> bool:
    """Whether a ledger has a derivation as it is exported now, and all that it cites."""
    mark = ledger.get(key_of_proof(derivation))
    return mark is not None and _agrees(derivation, mark) and all(stands(one, ledger) for one in cited_by(derivation))


def _agrees(entry, mark):
    try:
        return _kept_mark(entry) == mark
    except ValueError:  # it has no text in Coq any more
        return False


@cache
def _kept_mark(entry):
    marked = {Counterexample: refutation_mark, Theorem: cited_mark}.get(type(entry), proof_mark)
    key = key_of_proof(entry) if isinstance(entry, Derivation) else entry.id
    return kept_mark(entry, key, lambda: marked(entry))


@cache
def _ledger():
    return entered()


def is_proved(entry) -> bool:
    """Whether an entry of the catalogue has a theorem that Coq has accepted."""
    if isinstance(entry, Theorem):
        return entry in proved_by_hand()
    if isinstance(entry, Counterexample):
        return entry in proved_false()
    return isinstance(entry, Derivation) and stands(entry, _ledger())


@cache
def proved_false() -> tuple[Counterexample, ...]:
    """The counterexamples that the ledger has and that stand."""
    marks = entered_counterexamples()
    unfit = stale_counterexamples(marks)
    return tuple(catalogue()[id] for id in marks if id not in unfit)


@cache
def proved_by_hand() -> tuple[Theorem, ...]:
    """The cited theorems that the ledger has and that stand."""
    marks = entered_cited()
    unfit = stale_cited(marks, _ledger())
    return tuple(catalogue()[id] for id in marks if id not in unfit)


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
            reasons[key] = CHANGED
        elif missing:
            reasons[key] = f"it cites what is not proved: {', '.join(missing)}"
    return reasons


def stale_counterexamples(marks: dict[str, str]) -> dict[str, str]:
    """The counterexamples of a ledger that do not stand, each with the reason."""
    reasons = {}
    for id, mark in marks.items():
        entry = catalogue().get(id)
        if not isinstance(entry, Counterexample):
            reasons[id] = "there is no such counterexample"
        elif not _agrees(entry, mark):
            reasons[id] = CHANGED
    return reasons


def stale_cited(marks: dict[str, str], ledger: dict[str, str]) -> dict[str, str]:
    """The cited theorems of a ledger that do not stand, each with the reason."""
    reasons = {}
    for id, mark in marks.items():
        entry = catalogue().get(id)
        if not isinstance(entry, Theorem) or script_of(entry) is None:
            reasons[id] = "there is no such theorem with a proof"
        elif not _agrees(entry, mark):
            reasons[id] = CHANGED
        elif missing := [one.id for one in rests_on(entry) if not stands(one, ledger)]:
            reasons[id] = f"it rests on what is not proved: {', '.join(missing)}"
    return reasons


def files_proved() -> list[CoqFile]:
    """All files of what the ledger has and stands."""
    return files_to_prove(proved(), [*proved_false(), *proved_by_hand()])
