"""The text of a derivation in Coq: its definition, its theorem, and the proof along its steps."""

from functools import cache

from ..engine.derivation import Derivation
from .descending import Facts
from .orders import inequality
from .printing import term
from .scripts import along
from .theorems import theorem_of


@cache
def proof_of(derivation: Derivation, wrap=lambda number, tactic: f"solve [ {tactic} ]") -> str:
    """The theorem of a derivation and its proof, a paragraph a step."""
    theorem = theorem_of(derivation)
    writer = Facts(theorem)
    lines = []
    for number, step in enumerate(derivation.steps, start=1):
        lines += _step(writer, number, step, derivation.relation, wrap)
    conclusion = theorem.says(derivation.start, derivation.relation, derivation.result)
    last = "reflexivity." if derivation.relation == "=" else "apply Rle_refl."
    return (f"Theorem {theorem.name} :\n{theorem.text(conclusion)}.\nProof.\n{theorem.introduced}\n"
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
