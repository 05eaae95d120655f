"""What a hypothesis says by having a meaning is a premise in Coq, where it is needed and not said already."""

from dataclasses import replace

import pytest
from with_coq import COQ

from derivations import bounded_logits, logistic_regression, numerics, sigmoid, targets, weights
from derivations.engine.derivation import derive
from derivations.engine.rules.definitions import unfold
from derivations.notation import c_in_range, m_in_range
from derivations.proving.files import definitions_of, library_names
from derivations.proving.compiling import run_coqc
from derivations.proving.premises import instance_of
from derivations.proving.printing import definition_text
from derivations.proving.theorems import theorem_of

CLASS_EXISTS, WEIGHTS_POSITIVE = "(1 <= c <= K)%nat", "(forall k : nat, (1 <= k <= K)%nat -> a k > 0)"


def premises(derivation):
    """The texts of the premises of a theorem, by their names."""
    return {premise.name: premise.text for premise in theorem_of(derivation).premises}


def test_a_class_exists_whose_logit_or_weight_a_hypothesis_names():
    assert premises(bounded_logits.lowest)["E1_0"] == premises(targets.kept_gradient)["E1_0"] == CLASS_EXISTS


def test_that_a_class_exists_is_said_once():
    """Where a hypothesis says it, its meaning does not add it; nor for an index of which all values are meant."""
    assert list(premises(bounded_logits.contrastive).values()).count(CLASS_EXISTS) == 1
    assert not any(name.startswith("E") for name in premises(weights.best))
    bound = bounded_logits.no_larger_lead
    chain = derive("test.said", "said", weights.loss.name).by(
        unfold, weights.loss, using=(bound, c_in_range), because="this is its definition")  # fmt: skip
    assert [text for text in premises(chain).values() if "c <=" in text] == [CLASS_EXISTS]


def test_what_has_a_logarithm_is_positive_where_a_step_says_that_it_follows():
    found = premises(targets.adjusted_report)
    assert WEIGHTS_POSITIVE in found.values() and found["L1_1"] == WEIGHTS_POSITIVE
    start = weights.reweighted(targets.inverse(weights.a), weights.q, weights.m)

    def named(using, implied):
        chain = derive("test.trained", "trained", start).by(
            unfold, weights.reweighted, using=using, implied=implied, because="this is its definition")  # fmt: skip
        return [name for name in premises(chain) if name.startswith("L")]

    given = (targets.trained, m_in_range)
    assert named(given, targets.positive_weights) == ["L1_1"] and named(given, ()) == []
    assert named((*given, targets.positive_weights), targets.positive_weights) == []  # it is a hypothesis there


def test_an_inequality_of_logarithms_says_it_in_coq_itself():
    assert not any(name.startswith("L") for name in premises(numerics.power_bound))


@pytest.mark.parametrize("entry", [bounded_logits.lowest, targets.adjusted_report, targets.kept_gradient])
def test_what_is_meant_can_be_met(entry):
    assert any(premise.name[0] in "EL" and "_" in premise.name for premise in theorem_of(entry).premises)
    assert instance_of(entry) is not None


def test_no_label_is_between_0_and_1_for_the_sake_of_what_supposes_nothing_of_it():
    """What is cited may hold on the domains of the notation alone, and have no symbol of which these say anything."""
    for entry in (sigmoid.cross_entropy, sigmoid.gradient, logistic_regression.hessian):
        assert not any(name.startswith("domain") for name in premises(entry)), entry.id


BESIDE = """Goal ~ ({text}).
Proof.
  intro H. specialize (H 2%nat 3%nat 0 (fun _ => 0) ltac:(lia) ltac:(intros; lra)). revert H.
  unfold cross_entropy_cross_entropy, categorical_one_hot_label, softmax_probability. simpl. simpl delta.
  unfold delta. repeat (destruct Nat.eq_dec; [discriminate|]). rewrite Ropp_0, exp_0. intro H.
  assert (P : 0 < ln 2) by (rewrite <- ln_1; apply ln_increasing; lra).
  replace (1 + (-1 + (1 + 1)) * 1) with 2 in H by ring. lra.
Qed."""


@COQ
def test_without_it_the_theorem_is_false(room):
    """With a class beyond the last one: its label is 0 for every class, so the loss is 0, which is below the bound."""
    theorem = theorem_of(bounded_logits.lowest)
    less = replace(theorem, premises=tuple(one for one in theorem.premises if one.text != CLASS_EXISTS))
    assert len(less.premises) == len(theorem.premises) - 1
    before = [f"Require Import {' '.join(library_names())}.", "Open Scope R_scope."]
    before += map(definition_text, definitions_of(bounded_logits.lowest))
    path = room / "Beside.v"
    path.write_text("\n".join([*before, BESIDE.format(text=less.text(less.value))]) + "\n", encoding="utf-8")
    found = run_coqc(path, room, longest=120)
    assert found.is_well, found.said
