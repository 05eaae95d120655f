"""What readers are shown of an entry in Coq: its text, and whether it is proved."""

from ..catalogue import Entry
from ..engine.derivation import Derivation
from ..engine.entries import Counterexample, Definition, Theorem
from .cited import cited_in_coq, cited_proof_text, definitions_for_cited
from .counterexamples import definitions_for, negation_in_coq, refutation_text
from .files import comment, definitions_of, statement_text, theorem_text
from .ledger import is_proved
from .printing import definition_text, identifier
from .variables import NotExported

PROVED = "proved: Coq accepts this proof, for all sizes"
PROVED_FALSE = "proved: Coq accepts this proof that the claim is false"
NOT_PROVED = "not proved: Coq has not accepted this proof as it stands"
NO_PROOF = "not proved: nobody has written a proof of it in Coq that was accepted; its source has one"
NO_THEOREM = "no theorem in Coq: a rule has no text in it"


def coq_text(entry: Entry) -> str:
    """The definition of an entry in Coq; or its theorem with the proof, below comments that say whether it is proved
    and on which definitions it builds.
    """
    try:
        if isinstance(entry, Definition):
            return f"{comment(f'{entry.id}: {entry.title}')}\n{definition_text(entry)}"
        if isinstance(entry, Derivation):
            told = [PROVED if is_proved(entry) else NOT_PROVED, *_speaks_of(definitions_of(entry))]
            return "\n".join([*map(comment, told), theorem_text(entry)])
        if isinstance(entry, Counterexample):
            told = [PROVED_FALSE if is_proved(entry) else NOT_PROVED, *_speaks_of(definitions_for(entry))]
            return "\n".join([*map(comment, told), refutation_text(entry)])
        if isinstance(entry, Theorem):
            told = [PROVED if is_proved(entry) else NO_PROOF, *_speaks_of(definitions_for_cited(entry))]
            return "\n".join([*map(comment, told), cited_proof_text(entry)])
    except NotExported as error:
        return comment(f"{entry.id}: {error}")
    return comment(f"{entry.id}: {NO_THEOREM}")


def _speaks_of(definitions):
    names = ", ".join(identifier(definition.id) for definition in definitions)
    return [f"it speaks of {names}"] if names else []


def theorem_in_coq(entry: Derivation | Counterexample | Theorem) -> str | None:
    """What the theorem of an entry says in Coq; None if there is no text for it."""
    if isinstance(entry, Theorem):
        return cited_in_coq(entry)
    if isinstance(entry, Counterexample):
        return negation_in_coq(entry)
    try:
        return statement_text(entry)
    except NotExported:
        return None


def proof_record(entry: Entry) -> dict:
    """Of what has a theorem in Coq, or could have, for JSON: the theorem, and whether it is proved."""
    if not isinstance(entry, (Derivation, Counterexample, Theorem)):
        return {}
    return {"proved": is_proved(entry), "theorem": theorem_in_coq(entry)}
