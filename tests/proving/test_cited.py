"""Cited theorems in Coq: what is proved by hand is what the formula says, and no proof fits a changed statement."""

from dataclasses import replace

import pytest
from sympy import And, Equivalent, Ge, Le, Sum
from with_coq import COQ

from derivations import cross_entropy, likelihood, log_sum_exp
from derivations.engine.terms import equation
from derivations.log_sum_exp import jacobian_form
from derivations.notation import K, k, l, p, q, v, z
from derivations.proving.cited import (
    BY_HAND, CITED_FILE, cited_file, cited_in_coq, cited_name, cited_proof_text, cited_theorems, definitions_for_cited,
    refuse_commands, rests_on, script_of, statement_of_cited,
)  # fmt: skip
from derivations.proving.compiling import compile_all
from derivations.proving.files import (
    CoqFile, cited_text, definitions_of, library_files, library_names, module_name, statement_text,
)  # fmt: skip
from derivations.proving.ledger import cited_mark, entered, entered_cited, files_proved, is_proved, stale_cited
from derivations.proving.printing import definition_text, identifier
from derivations.proving.shown import coq_text, proof_record
from derivations.proving.variables import NotExported

LEDGER = entered_cited()
GIBBS, PRODUCT, EIGENVALUE = cross_entropy.gibbs_equality, likelihood.multiplying_out, log_sum_exp.largest_eigenvalue
PROVED = (GIBBS, PRODUCT, EIGENVALUE)


def test_what_has_a_proof_is_in_the_ledger_as_it_is_exported_now():
    assert set(LEDGER) == {entry.id for entry in PROVED} == {one.id for one in cited_theorems() if script_of(one)}
    assert {path.stem for path in BY_HAND.glob("*.v")} == {identifier(id) for id in LEDGER}
    assert stale_cited(LEDGER, entered()) == {}


def test_one_that_has_changed_since_is_not_in_the_ledger():
    assert GIBBS.id in stale_cited(LEDGER | {GIBBS.id: "0" * 16}, entered())
    assert likelihood.monotone.id in stale_cited({likelihood.monotone.id: "0" * 16}, entered())
    assert cited_mark(replace(GIBBS, conditions=GIBBS.conditions[1:])) != cited_mark(GIBBS)


def test_what_rests_on_a_derivation_falls_with_it():
    used = rests_on(EIGENVALUE)
    assert {one.id for one in used} >= {"gradient_bounds.pairs", "softmax.probabilities_sum"}
    for one in used:
        ledger = {key: mark for key, mark in entered().items() if key != one.id}
        assert EIGENVALUE.id in stale_cited(LEDGER, ledger)


def test_each_equation_is_said_for_every_class_where_it_stands():
    """Not once for both sides: for one class alone the two would not be equivalent."""
    text = " ".join(statement_of_cited(GIBBS).split())
    assert text.endswith("(cross_entropy_kl_divergence K q p = 0) <-> "
                         "forall k : nat, (1 <= k <= K)%nat -> q k = p k.")  # fmt: skip
    assert "q k > 0 -> p k > 0) -> bigsum K (fun k => q k) = 1 -> bigsum K (fun k => p k) = 1 ->" in text


def test_a_theorem_on_derivatives_says_that_they_exist():
    assert "ex_derive (fun t1 => softmax_probability K (upd z l t1) k) (z l)) /\\" in statement_of_cited(EIGENVALUE)


def test_what_is_said_in_words_has_no_theorem():
    assert cited_in_coq(likelihood.monotone) is None and "said in words" in coq_text(likelihood.monotone)
    assert proof_record(likelihood.monotone) == {"proved": False, "theorem": None}


def test_readers_are_told_which_are_proved():
    for entry in cited_theorems():
        assert is_proved(entry) == (entry in PROVED) == coq_text(entry).startswith("(* proved: "), entry.id
    assert cited_proof_text(GIBBS) in coq_text(GIBBS)
    assert proof_record(GIBBS) == {"proved": True, "theorem": statement_of_cited(GIBBS)}


def test_their_axioms_are_asked_for():
    last = files_proved()[-1]
    for entry in PROVED:
        assert f"({CITED_FILE}.{cited_name(entry)}, " in last.text
    assert CITED_FILE in last.requires


# Statements that are false, each next to one that is proved: the proof by hand must not go through for them.
CHANGED = {
    "equal up to a factor": replace(GIBBS, formula=Equivalent(equation(cross_entropy.kl_divergence(q, p), 0),
                                                              equation(q[k], 2 * p[k]))),
    "without what gives logarithms a meaning": replace(GIBBS, conditions=GIBBS.conditions[1:]),
    "of a model that need not sum to 1": replace(GIBBS, conditions=GIBBS.conditions[:2]),
    "the same index in both": replace(PRODUCT, formula=equation(
        Sum(v[k], (k, 1, K)) * Sum(z[k], (k, 1, K)), Sum(v[k] * z[k], (k, 1, K), (l, 1, K)))),
    "half the bound": replace(EIGENVALUE, formula=And(
        Ge(jacobian_form, 0), Le(jacobian_form, Sum(v[k] ** 2, (k, 1, K)) / 4))),
}  # fmt: skip


@pytest.fixture(scope="module")
def stated(tmp_path_factory):
    """A folder, and files compiled in it, with what the proofs by hand rest on: stated, and here without the proofs."""
    folder, used = tmp_path_factory.mktemp("cited"), dict.fromkeys(one for entry in PROVED for one in rests_on(entry))
    defined = dict.fromkeys(one for entry in PROVED for one in definitions_for_cited(entry))
    defined |= dict.fromkeys(definition for one in used for definition in definitions_of(one))
    statements = dict.fromkeys(text for one in used for text in (cited_text(one), statement_text(one)))
    parts = [*map(definition_text, defined), *(f"{text}\nAdmitted." for text in statements)]
    text = "\n".join([f"Require Import {' '.join(library_names())}.", "Open Scope R_scope.", *parts, ""])
    file = CoqFile(module_name("gradient_bounds"), text, library_names(), seen=text)
    assert all(found.is_well for found in compile_all([*library_files(), file], folder).values())
    return folder, file


def _outcome(entry, stated):
    folder, before = stated
    file = cited_file([entry], [before])
    assert statement_of_cited(entry) in file.text
    return compile_all([*library_files(), before, file], folder)[CITED_FILE]


@pytest.mark.sampled(1)
@COQ
@pytest.mark.parametrize("entry", PROVED, ids=lambda entry: entry.id)
def test_one_goes_through_alone(entry, stated):
    assert _outcome(entry, stated).is_well


@pytest.mark.sampled(1)
@COQ
@pytest.mark.parametrize("what", CHANGED)
def test_a_changed_statement_is_refused(what, stated):
    assert _outcome(CHANGED[what], stated).outcome == "failed"


@pytest.mark.parametrize("script", [
    "Abort. Theorem other : True. Proof. exact I.", "lra.\n- Unset Guard Checking. lra.",
    "{ lra. }\nQed. Axiom a : False.",
])
def test_a_proof_by_hand_has_tactics_alone(script):
    with pytest.raises(NotExported, match="expected tactics alone"):
        refuse_commands(script, "any")
    refuse_commands("(* Abort. *) assert (H : Rle 0 1) by lra.\n- exact H.", "any")
