"""A theorem that names a derivative says that there is one: every such theorem, and not where it is false."""

import re

import pytest
from with_coq import COQ
from sympy import Derivative

from derivations.catalogue import find
from derivations.proving.chapters import proof_of
from derivations.proving.compiling import run_coqc
from derivations.proving.files import (
    cited_text, definitions_of, derivation_of, library_names, may_unfold, statement_text,
)  # fmt: skip
from derivations.proving.ledger import entered
from derivations.proving.printing import definition_text
from derivations.proving.theorems import theorem_of

PROVED = [derivation_of(key) for key in entered()]
WITH_DERIVATIVES = [one for one in PROVED if one.start.has(Derivative) or one.result.has(Derivative)]


def conclusion(derivation):
    """What stands last in a theorem, without its premises."""
    return statement_text(derivation).split(" ->\n")[-1].rpartition(",\n")[2]


def test_every_theorem_on_a_derivative_says_that_there_is_one():
    assert len(WITH_DERIVATIVES) > 70
    for one in WITH_DERIVATIVES:
        first = one.relation == "=" and isinstance(one.start, Derivative)
        assert (" is_derive " if first else "ex_derive ") in conclusion(one), one.id
        assert "Derive" not in cited_text(one) or f"Lemma {theorem_of(one).cited} " in proof_of(one)


def test_every_derivative_that_is_named_is_one_of_those_that_exist():
    """Each function of which a theorem names the derivative stands after `ex_derive` or `is_derive` too."""
    for one in WITH_DERIVATIVES:
        told = conclusion(one)
        named = set(re.findall(r"(?<!_)\bDerive (\(fun t\d => )", told))
        assert all(f"ex_derive {start}" in told or f"is_derive {start}" in told for start in named), one.id
        orders = {len(part.variables) for side in (one.start, one.result) for part in side.atoms(Derivative)}
        assert ("locally" in told) == (max(orders) > 1), one.id


def test_no_other_theorem_speaks_of_derivatives():
    for one in PROVED:
        if one not in WITH_DERIVATIVES:
            assert "erive" not in conclusion(one) and cited_text(one) == statement_text(one), one.id


def accepted(derivation, theorem, room):
    """Whether Coq accepts a theorem in the strong form, where the lemma before it may be supposed."""
    before = [f"Require Import {' '.join(library_names())}.", "Open Scope R_scope."]
    before += map(definition_text, definitions_of(derivation))
    before += [cited_text(derivation).replace("Lemma", "Axiom", 1), may_unfold(derivation)]
    path = room / "Strong.v"
    path.write_text("\n".join([*before, theorem, ""]), encoding="utf-8")
    found = run_coqc(path, room, longest=60)
    assert found.is_well or found.line > "\n".join(before).count("\n") + 1, found
    return found.is_well


def strong(id):
    derivation = find(id)
    return derivation, "Theorem" + proof_of(derivation).partition("\n\nTheorem")[2]


def replaced(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


CHANGES = [
    # another value, of a first and of a second derivative
    ("softmax.gradient", "(- y m + softmax_probability K z m)", "(y m + softmax_probability K z m)"),
    ("softmax.hessian", "+ delta l m)", "+ - delta l m)"),
    ("sigmoid.curvature_bound", "<= 1 * / 4", "<= 1 * / 5"),
    # at another point, or of another function
    ("sigmoid.derivative", ") z (", ") (z + 1) ("),
    ("log_sum_exp.hessian", "is_derive (fun t1 => ", "is_derive (fun t1 => t1 + "),
]


@pytest.mark.sampled(2)
@COQ
@pytest.mark.parametrize("id, old, new", CHANGES)
def test_the_strong_form_of_something_else_is_not_accepted(id, old, new, room):
    derivation, theorem = strong(id)
    head, proof = theorem.split("\nProof.")
    assert accepted(derivation, theorem, room)
    assert not accepted(derivation, f"{replaced(head, old, new)}\nProof.{proof}", room)


@pytest.mark.sampled(1)
@COQ
@pytest.mark.parametrize("id", ["cross_entropy.gradient", "entropy.hessian"])
def test_without_the_premise_that_it_is_positive_no_derivative_is_found(id, room):
    """ln has none at 0: the value alone, a number of Coq's choice, is not enough. With the premise it is."""
    derivation, theorem = strong(id)
    premise = next(one for one in theorem_of(derivation).premises if one.text.endswith("p k > 0)"))
    line, value = f"  {premise.text} ->\n", f"  {theorem_of(derivation).value} ->\n"
    supposed = re.sub(r"assert \(Value := .*\)\.\n", "", theorem)
    with_both = replaced(replaced(supposed, line, line + value), f" {premise.name}", f" {premise.name} Value")
    assert accepted(derivation, with_both, room)
    assert not accepted(derivation, replaced(replaced(with_both, line, ""), f" {premise.name} ", " "), room)


@COQ
def test_a_function_without_a_derivative_has_none(room):
    """That Derive has some value there is a theorem; that there is a derivative is refused."""
    path = room / "Corner.v"
    head = f"Require Import {' '.join(library_names())}.\nOpen Scope R_scope.\n"
    says = "Goal forall g, Derive (fun t => Rmax 0 t) 0 = g -> {} (fun t => Rmax 0 t) 0{}.\nProof. intros g Value. "
    for name, value in (("is_derive", " g"), ("ex_derive", "")):
        path.write_text(head + says.format(name, value) + "exists_with Value.\nQed.\n", encoding="utf-8")
        found = run_coqc(path, room, longest=60)
        assert not found.is_well and found.line == 4, found
    path.write_text(head + "Goal exists g, Derive (fun t => Rmax 0 t) 0 = g.\nProof. eexists. reflexivity. Qed.\n",
                    encoding="utf-8")  # fmt: skip
    assert run_coqc(path, room, longest=60).is_well
