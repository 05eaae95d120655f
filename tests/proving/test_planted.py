"""Planted errors: what a derivation does not show is not accepted by Coq, however hard its tactics try.

The last line of a derivation is changed at one place so that the checker refutes it, or a premise is left out that the
result needs. If the premises of a theorem contradicted each other, or its tactics proved anything, it would show here.
"""

from random import Random

import pytest
from with_coq import COQ
from sympy import Contains

from derivations.checking.check import SEED
from derivations.checking.compare import REFUTED
from derivations.checking.counterexamples import FAILS
from derivations.checking.mutations import measure
from derivations.checking.found import broken
from derivations.proving.attempts import supposed_before
from derivations.proving.chapters import proof_along_steps
from derivations.proving.compiling import run_coqc
from derivations.proving.files import derivation_of, library_names, may_unfold
from derivations.proving.ledger import entered
from derivations.proving.printing import term
from derivations.proving.theorems import compared, theorem_of
from derivations.proving.variables import NotExported

# All of them take a quarter of an hour; these are drawn once and for all.
KEYS = [key for key in entered() if "[" not in key and len(derivation_of(key).steps) <= 4]
WITH_PREMISES = [key for key in KEYS if any(
    premise.hypothesis is not None and not isinstance(premise.hypothesis.statement, Contains)
    for premise in theorem_of(derivation_of(key)).premises)]  # fmt: skip
TRIED = ("reflexivity", "apply Rle_refl", "assumption", "lra", "(inst; split_all; lra)", "nra", "eq", "dsolve", "lnall",
         "maxs", "deltas", "(exfalso; lia)", "(exfalso; inst; split_all; nra)")  # fmt: skip
DRAWN = sorted(Random(SEED).sample(KEYS, 8)), sorted(Random(SEED).sample(WITH_PREMISES, 6))
HARDER = f"first [ {' | '.join(f'timeout 1 (solve [ {tactic} ])' for tactic in TRIED)} ]."


def accepted(derivation, proof, room):
    """Whether Coq accepts a theorem with a proof; what it cites it may suppose."""
    before = [f"Require Import {' '.join(library_names())}.", "Open Scope R_scope."]
    before = "\n".join(dict.fromkeys([*before, *supposed_before(derivation), may_unfold(derivation)]))
    path = room / "Planted.v"
    path.write_text(f"{before}\n{proof}\n", encoding="utf-8")
    found = run_coqc(path, room, longest=60)
    if "took longer" in found.said:  # the tactics were still looking
        return False
    assert found.is_well or found.line > before.count("\n") + 1, found
    return found.is_well


def with_end(derivation, result):
    """The proof of a derivation with another result: in the end everything is tried."""
    theorem, proof = theorem_of(derivation), proof_along_steps(derivation)
    said = theorem.value
    left, right = term(derivation.start, theorem.names), term(result, theorem.names)
    planted = f"{left} = {right}" if derivation.relation == "=" else compared(left, right, derivation.relation)
    assert proof.count(f"  {said}.\nProof.") == 1
    lines = proof.replace(f"  {said}.\nProof.", f"  {planted}.\nProof.").splitlines()
    return "\n".join([*lines[:-2], HARDER, "Qed."])


def refuted_result(derivation, seed):
    """A result that differs from a derivation's at one place and that the checker refutes; None if there is none."""
    last = len(derivation.steps)
    draw = Random(f"{seed} {derivation.id}")

    def some(mutants):
        ends = [mutant for mutant in mutants if mutant[0] == last]
        return draw.sample(ends, min(3, len(ends)))

    return next((found for found in measure(derivation, chosen=some) if found.outcome == REFUTED), None)


@COQ
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", DRAWN[0])
def test_a_wrong_result_is_not_accepted(key, room):
    derivation = derivation_of(key)
    found = refuted_result(derivation, SEED)
    if found is None:
        pytest.skip("no refuted mutant of its last line was drawn")
    try:
        proof = with_end(derivation, found.formula)
    except NotExported:
        pytest.skip("the mutant has no text in Coq")
    assert not accepted(derivation, proof, room), f"{key}: {found.operator} gives {found.formula}"


@COQ
@pytest.mark.parametrize("key", ["cross_entropy.floor", "softmax.gradient"])
def test_with_the_right_result_the_same_is_accepted(key, room):
    derivation = derivation_of(key if key in entered() else KEYS[0])
    assert accepted(derivation, with_end(derivation, derivation.result), room)


@COQ
def test_premises_that_contradict_each_other_would_be_noticed(room):
    """With one more premise, that 1 <= 0, the same wrong result is accepted: so what is tried finds such things."""
    derivation = derivation_of(next(key for key in KEYS if theorem_of(derivation_of(key)).premises))
    proof, last = with_end(derivation, derivation.result + 1), theorem_of(derivation).premises[-1]
    assert not accepted(derivation, proof, room)
    more = proof.replace(f"  {last.text} ->\n", f"  {last.text} ->\n  1 <= 0 ->\n", 1)
    assert accepted(derivation, more.replace(f" {last.name}.\n", f" {last.name} absurd.\n", 1), room)


def needed_premises(derivation):
    """The premises that state a hypothesis without which the last statement itself is false."""
    for premise in theorem_of(derivation).premises:
        if premise.hypothesis is not None:
            found = broken(derivation, premise.hypothesis)
            if found is not None and found.how == FAILS and not found.step:
                yield premise


@COQ
@pytest.mark.sampled(0)  # looked for until a time is over
@pytest.mark.parametrize("key", DRAWN[1])
def test_without_a_hypothesis_that_it_needs_a_theorem_is_not_accepted(key, room):
    derivation = derivation_of(key)
    premises = list(needed_premises(derivation))
    if not premises:
        pytest.skip("it has no hypothesis without which its statement is false")
    premise = Random(f"{SEED} {key}").choice(premises)
    proof = proof_along_steps(derivation)
    less = proof.replace(f"  {premise.text} ->\n", "", 1).replace(f" {premise.name}", "", 1)
    assert less.count("->") < proof.count("->")
    lines = less.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("intros"))
    # The proof as it is, and one that does not name what is missing.
    unnamed = "\n".join([*lines[: start + 1], HARDER, "Qed."])
    assert not accepted(derivation, less, room), f"{key} without {premise.text}"
    assert not accepted(derivation, unnamed, room), f"{key} without {premise.text}, whatever is tried"
