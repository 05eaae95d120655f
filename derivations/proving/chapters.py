"""The text of a derivation in Coq: its theorem, and the proof along its steps."""

from functools import cache

from ..engine.derivation import Derivation
from .descending import Facts
from .orders import inequality
from .printing import term
from .scripts import along
from .strong import cited_statement, shown_statement, strong_proof
from .theorems import theorem_of


def _solve(number, tactic):
    return f"solve [ {tactic} ]"


@cache
def proof_of(derivation: Derivation, wrap=_solve) -> str:
    """The theorem of a derivation and its proof. Where it names derivatives, a lemma stands before it, with what they
    equal; what is left to prove, that they exist, has the number 0 among the steps.
    """
    theorem, along_steps = theorem_of(derivation), proof_along_steps(derivation, wrap)
    if not theorem.names_derivatives:
        return along_steps
    return f"{along_steps}\n\n{shown_statement(theorem)}\nProof.\n{strong_proof(theorem, wrap)}\nQed."


@cache
def proof_along_steps(derivation: Derivation, wrap=_solve) -> str:
    """What other proofs use of a derivation, and its proof, a paragraph a step."""
    theorem = theorem_of(derivation)
    writer = Facts(theorem)
    lines = []
    for number, step in enumerate(derivation.steps, start=1):
        lines += _step(writer, number, step, derivation.relation, wrap)
    last = "reflexivity." if derivation.relation == "=" else "apply Rle_refl."
    return (f"{cited_statement(theorem)}\nProof.\n{theorem.introduced}\n"
            + "\n".join(lines) + f"\n{last}\nQed.")  # fmt: skip


def _step(writer, number, step, whole, wrap):
    """One step: from the line before it, what is still to be shown begins at the line it makes."""
    theorem = writer.theorem
    if step.relation == "=":
        moves = along(writer, step)
    else:
        moves = [(step.expression, inequality(writer, step))]
    for line, tactic in moves:
        to = f"({term(line, theorem.names)})"
        tactic = wrap(number, tactic)
        comment = f"(* {number}. {step.rule} *) "
        if whole == "=":
            yield f"{comment}transitivity {to}. {{ {tactic}. }}"
        else:
            weaker = "" if step.relation != "=" else "apply Req_le; " if whole == "<=" else "apply Req_le; symmetry; "
            order = "apply Rle_trans with " + to
            yield (f"{comment}{order}. {{ {weaker}{tactic}. }}" if whole == "<="
                   else f"{comment}{order}; [ | {weaker}{tactic} ].")  # fmt: skip
