"""Theorems that are cited, in Coq: what the formula of one says is exported as that of a derivation is; the proof,
which no steps give, is written by hand.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from sympy import And, Basic, Equivalent
from sympy.core.relational import Relational

from ..catalogue import catalogue
from ..checking.indices import indices_in
from ..engine.derivation import Derivation
from ..engine.entries import Definition, Theorem
from ..notation import CATALOGUE
from .brackets import without_brackets
from .domains import domains_among
from .files import CoqFile, comment, derivations, file_head, file_of, library_names, undefined
from .printing import identifier, proposition
from .strong import exist
from .theorems import Statement, every, for_every, indices_of, key_of_proof, names_of_theorems, premises_of
from .variables import NotExported, called, definitions_in, variables

BY_HAND = Path(__file__).parent / "coq" / "by_hand"
CITED_FILE = "Cited"


def cited_theorems() -> list[Theorem]:
    """The theorems of the catalogue that are cited, in its order."""
    return [entry for entry in catalogue().values() if isinstance(entry, Theorem)]


def cited_name(entry: Theorem) -> str:
    return f"{identifier(entry.id)}_holds"


def statement_of_cited(entry: Theorem) -> str:
    """What a cited theorem says in Coq. NotExported where there is no word for something in it."""
    theorem = _statement(entry)
    return f"Theorem {cited_name(entry)} :\n{theorem.text(_conclusion(entry.formula, theorem.names))}."


def cited_in_coq(entry: Theorem) -> str | None:
    """The same; None if there is no text for it."""
    try:
        return statement_of_cited(entry)
    except NotExported:
        return None


def _statement(entry):
    """Its variables and its premises."""
    if entry.formula is None:
        raise NotExported("no formula says this theorem: it is said in words")
    given = [one for one in entry.conditions if one.statement is not None]
    if len(given) < len(entry.conditions):
        raise NotExported("one of its conditions is said in words alone")
    lines = [side for relation in entry.formula.atoms(Relational) for side in relation.args]
    keys = {key for key in variables(entry.formula) if key[0] not in _free(entry.formula)}
    keys |= {(CATALOGUE.size_of[index], 0) for index in _free(entry.formula)}
    for one in given:
        keys |= {key for key in variables(one.statement) if key[0] not in every(one, CATALOGUE)}
    domains = list(domains_among(keys, lines, CATALOGUE))
    keys |= {(CATALOGUE.size_of[index], 0) for symbol, _ in domains for index in indices_of(symbol)}
    names = called(keys)
    return Statement(entry, names, premises_of(names, given, domains, CATALOGUE), True, CATALOGUE)


def _free(formula):
    """The indices for every value of which a formula holds."""
    free = indices_in((formula,))
    if others := set(free) - set(CATALOGUE.running):
        raise NotExported(f"it is not said how far {', '.join(sorted(map(str, others)))} runs")
    return free


def _conclusion(formula, names):
    """That the derivatives in it exist, and what it says."""
    sides = [side for relation in formula.atoms(Relational) for side in relation.args]
    there = sorted({claim for side in sides for claim in exist(side, names)})
    return without_brackets(" /\\\n  ".join([*there, _claim(formula, names)]))


def _claim(formula, names):
    """A formula; each equation in it for every value of the indices that are free there."""
    if isinstance(formula, (And, Equivalent)):
        sign = " /\\ " if isinstance(formula, And) else " <-> "
        return f"({sign.join(f'({_claim(part, names)})' for part in formula.args)})"
    indices = _free(formula)
    return for_every(indices, proposition(formula, names | {(one, 0): str(one) for one in indices}), names, CATALOGUE)


def definitions_for_cited(entry: Theorem) -> tuple[Definition, ...]:
    """The definitions that its theorem speaks of, each after those that it uses itself."""
    formulas: list[Basic] = [one.statement for one in entry.conditions if one.statement is not None]
    return definitions_in([*formulas, *([] if entry.formula is None else [entry.formula])])


def script_of(entry: Theorem) -> str | None:
    """The proof that was written for it; None if there is none."""
    path = BY_HAND / f"{identifier(entry.id)}.v"
    script = path.read_text(encoding="utf-8").strip() if path.exists() else None
    refuse_commands(script or "", entry.id)
    return script


def refuse_commands(script: str, id: str) -> None:
    """Refuse what is more than tactics: a command, such as Abort and another theorem of the same name."""
    for sentence in re.split(r"\.(?:\s+|$)", re.sub(r"\(\*.*?\*\)", "", script, flags=re.DOTALL)):
        first = sentence.lstrip("-+*{} \t\n")
        if re.match(r"[A-Z#]", first):
            raise NotExported(f"the proof of {id} has the command {first.split()[0]} in it, expected tactics alone")


@cache
def rests_on(entry: Theorem) -> tuple[Derivation, ...]:
    """The derivations whose theorems its proof names."""
    words = set(re.findall(r"[\w']+", script_of(entry) or ""))
    return tuple(one for one in derivations() if words & names_of_theorems(key_of_proof(one)))


def cited_proof_text(entry: Theorem) -> str:
    """A cited theorem with its proof, if it has one, below a comment that names it."""
    script = script_of(entry)
    proof = "" if script is None else f"\nProof.\n{_statement(entry).introduced}\n{script}\nQed."
    return f"{comment(f'{entry.id}: {entry.title}')}\n{statement_of_cited(entry)}{proof}"


def cited_file(entries: Iterable[Theorem], files: list[CoqFile]) -> CoqFile:
    """The file that proves some cited theorems. `files` are those of the chapters: a definition that stands in none of
    them is in this one.
    """
    entries = list(entries)
    own = undefined((one for entry in entries for one in definitions_for_cited(entry)), files)
    before, library = [file.name for file in files], library_names()
    about = "Theorems that are cited: stated by `make proofs`, and proved by hand; see the page Proved."
    proofs = {entry: (cited_name(entry), cited_proof_text(entry)) for entry in entries}
    return file_of(CITED_FILE, file_head(about, library, before), (*library, *before), own, proofs)
