"""Tries derivations one by one, with a time limit for each step: for what is not proved yet, which steps fail.
Counterexamples are tried one by one too.
"""

import contextlib
import re
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from os import cpu_count
from pathlib import Path

from ..catalogue import CHAPTERS
from ..engine.derivation import Derivation
from ..engine.entries import Counterexample
from .chapters import proof_of
from .compiling import coq
from .counterexamples import definitions_for, refutation_name, refutation_text, value_files
from .files import (
    cited_text, definitions_of, derivation_of, helpers, hint_text, library_names, may_unfold, sums_to_one,
)  # fmt: skip
from .printing import definition_text
from .theorems import cited_by, key_of_proof, theorem_of
from .variables import NotExported

SECONDS = 60  # for a step


@dataclass(frozen=True)
class Attempt:
    """What became of a derivation: the numbers of the steps that fail, 0 where it is not shown that its derivatives
    exist; or why it was not tried, or not accepted.
    """

    key: str
    steps: tuple[int, ...] = ()
    reason: str = ""

    @property
    def succeeded(self):
        return not self.steps and not self.reason


def attempts(derivations: Iterable[Derivation], folder: Path) -> Iterator[list[Attempt]]:
    """Try derivations, chapter by chapter, side by side on the cores. What they cite is supposed to be proved."""
    derivations = list(derivations)
    with ThreadPoolExecutor(max_workers=cpu_count() or 1) as pool:
        waiting = []
        for name in CHAPTERS:
            chosen = [one for one in derivations if one.id.partition(".")[0] == name]
            # In parts, so that the longest chapter is not what all wait for.
            for start in range(0, len(chosen), 8):
                part = chosen[start : start + 8]
                session, refused = session_text(part)
                file = folder / f"try_{name}_{start}.v"
                waiting.append(pool.submit(_tried, session, refused, [key_of_proof(one) for one in part], file))
        for done in as_completed(waiting):
            yield done.result()


def session_text(derivations: list[Derivation]) -> tuple[str, dict[str, str]]:
    """What to say to Coq to try derivations, and those that have no text in Coq, with the reason.

    The theorems they cite are axioms here: whether those are proved is asked elsewhere.
    """
    session = [f"Require Import {' '.join(library_names())}.", "Open Scope R_scope."]
    refused = {}
    for derivation in derivations:
        try:
            parts = supposed_before(derivation) + [may_unfold(derivation), _tried_proof(derivation)]
        except NotExported as error:
            refused[key_of_proof(derivation)] = f"no text in Coq: {error}"
            continue
        session += [part for part in parts if part.startswith("Ltac defs") or part not in session]
    return "\n".join(session) + "\n", refused


def supposed_before(derivation):
    """The definitions that a derivation needs, and the theorems it cites, as axioms."""
    parts = [definition_text(definition) for definition in definitions_of(derivation)]
    for source in dict.fromkeys([*cited_by(derivation), *helpers(derivation, sums_to_one())]):
        parts += [definition_text(definition) for definition in definitions_of(source)]
        parts.append("Axiom" + cited_text(source).removeprefix("Theorem").removeprefix("Lemma"))
        parts += [hint_text(source)] if source in sums_to_one() else []
    return parts


def _tried_proof(derivation):
    """The proof of a derivation, in which a step that fails says so and is passed over."""
    key, proofs = key_of_proof(derivation), []

    def wrap(number, tactic):
        return f'first [ timeout {SECONDS} (solve [ {tactic} ]) | idtac "FAILED {key} {number}"; admit ]'

    text = proof_of(derivation, wrap)
    for name in _names(derivation):
        text = re.sub(rf"\b{name}\b", f"{name}_tried", text)
    for name, proof in zip(_names(derivation), text.split("\nQed.")):
        proofs.append(f"{proof}\nQed.\nCheck {name}_tried.\nAdmitted.")
    return "\n".join(proofs)


def _names(derivation):
    """The names of what is proved of a derivation, in order."""
    theorem = theorem_of(derivation)
    return list(dict.fromkeys([theorem.cited, theorem.name]))


def _tried(session, refused, keys, file):
    """Run a session; what it says of each derivation."""
    said, failed = _said(session, file, sum(len(derivation_of(key).steps) for key in keys)), {}
    for key, number in re.findall(r"FAILED (\S+) (\d+)", said):
        failed.setdefault(key, set()).add(int(number))
    return [_attempt(key, refused, failed, said) for key in keys]


def _attempt(key, refused, failed, said):
    if key in refused:
        return Attempt(key, reason=refused[key])
    if key in failed:
        return Attempt(key, steps=tuple(sorted(failed[key])))
    accepted = all(re.search(rf"{name}_tried\s*\n\s+:", said) for name in _names(derivation_of(key)))
    return Attempt(key, reason="" if accepted else "Coq did not accept the whole, though each step went through")


def _said(session, file, count):
    """Run a session that tries a number of things; what Coq prints, until the time for them is over."""
    file.write_text(session, encoding="utf-8")
    command = [coq("coqtop"), "-q", "-color", "no", "-Q", ".", ""]
    with file.open(encoding="utf-8") as text, file.with_suffix(".log").open("w", encoding="utf-8") as log:
        with contextlib.suppress(subprocess.TimeoutExpired):  # what stands in the log by then counts
            subprocess.run(command, cwd=file.parent, stdin=text, stdout=log, stderr=subprocess.DEVNULL,
                           timeout=60 + 2 * SECONDS * count)  # fmt: skip
    return file.with_suffix(".log").read_text(encoding="utf-8")


def attempts_at_counterexamples(entries: Iterable[Counterexample], folder: Path) -> list[Attempt]:
    """Try counterexamples, each with a time limit. Each must have a text in Coq."""
    entries = list(entries)
    names = [*library_names(), *(file.name for file in value_files())]
    session = [f"Require Import {' '.join(names)}.", "Open Scope R_scope."]
    for entry in entries:
        parts = [*map(definition_text, definitions_for(entry)), _tried_refutation(entry)]
        session += [part for part in parts if part not in session]
    said = _said("\n".join(session) + "\n", folder / "try_counterexamples.v", len(entries)) if entries else ""
    accepted = set(re.findall(r"^(?:Coq < )?(\w+)\s*\n\s+:", said, re.MULTILINE))
    reason = "no proof is found that its claim fails"
    return [Attempt(one.id, reason="" if refutation_name(one) in accepted else reason) for one in entries]


def _tried_refutation(entry):
    """The proof of a counterexample, after which Coq says its name if it accepted it."""
    limited = refutation_text(entry).replace(" fails. Qed.", f" timeout {SECONDS} (fails). Qed.")
    return limited.replace(" Qed.\n", f" Qed.\nCheck {refutation_name(entry)}.\nAdmitted.\n")
