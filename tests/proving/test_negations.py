"""Planted errors are false: there are values that meet the premises and with which the planted statement fails.

That Coq refuses a planted error may show only that its tactics are weak. Here the negation is proved. What is wrong
comes from the mutations of the catalogue's own results, or is a result without one of its hypotheses; the values come
from the table below. The left side is replaced by what the theorem says that it is, and the rest is a computation.
"""

from random import Random

import pytest
from sympy import Rational, S, log
from with_coq import COQ

from derivations.checking.check import SEED
from derivations.checking.counterexamples import CLAIMED, FAILS, refute
from derivations.checking.mutations import mutants
from derivations.engine.entries import Counterexample, is_index
from derivations.engine.nodes import is_size
from derivations.engine.terms import free_symbols
from derivations.proving.compiling import run_coqc
from derivations.proving.counterexamples import value_files, witness
from derivations.proving.files import cited_text, definitions_of, derivation_of, library_names
from derivations.proving.ledger import entered
from derivations.proving.printing import definition_text, identifier
from derivations.proving.theorems import theorem_of
from derivations.proving.variables import NotExported

THIRD, HALF = Rational(1, 3), Rational(1, 2)
# By letter and number of indices: so that exponentials are 1 or 3 and logarithms those of 1 and of 2.
VALUES = {
    **{(size, 0): 2 for size in ("K", "n", "d")},
    **{(index, 0): 2 for index in ("m", "j", "r", "f")}, ("l", 0): 1,
    ("y", 0): THIRD, ("y", 1): (THIRD, 2 * THIRD), ("y", 2): ((S.One, S.Zero), (THIRD, 2 * THIRD)),
    ("z", 0): log(3), ("z", 1): (log(3), S.Zero), ("q", 1): (HALF, HALF),
    ("p", 1): (Rational(1, 4), Rational(3, 4)), ("p", 2): ((HALF, HALF), (HALF, HALF)),
    ("x", 2): ((S.One, S.Zero), (S.Zero, S.One)),
    ("w", 1): (log(3), S.Zero), ("W", 2): ((log(3), S.Zero), (S.Zero, S.Zero)),
}  # fmt: skip
WRONG = [
    ("softmax.gradient", "signs"), ("softmax.hessian", "indices"), ("sigmoid.hessian", "dropped"),
    ("bernoulli.score", "labels"), ("categorical.score", "dropped"), ("logistic_regression.gradient", "bounds"),
    ("softmax_regression.gradient", "means"), ("cross_entropy.mean_nll", "bounds"),
    ("entropy.at_most_uniform", "signs"),
]  # fmt: skip
# Without a hypothesis: its place among those that are formulas; the values that break it; and a theorem that does
# without it, if the left side names a derivative.
WITHOUT = [
    ("softmax.gradient", 1, {("y", 1): (THIRD, THIRD)}, "softmax.weighted_gradient"),
    ("cross_entropy.gibbs", 2, {("p", 1): (S.One, S.One)}, None),
    ("entropy.at_most_uniform", 0, {("K", 0): 1, ("q", 1): (HALF,)}, None),
]
UNFINISHED = "Attempt to save an incomplete proof"
TACTICS = """
Ltac places := intros; repeat match goal with H : (1 <= ?i <= ?n)%nat |- _ =>
  let E := fresh in assert (E : i = 1%nat \\/ i = 2%nat) by lia; clear H; destruct E; subst i end.
(* A premise, place by place. *)
Ltac met := places; repeat named; computed; try lia; repeat split; intros; lra.
Ltac exponentials_of_logarithms := arguments; rewrite ?exp_Ropp, ?exp_ln by lra.
(* What is left is a statement about numbers: it is shown to be absurd. *)
Ltac absurd_at_these := repeat named; computed; replace (1 + 1) with 2 in * by lra;
  match goal with H : _ |- False => revert H end;
  solve [ closed | exponentials_of_logarithms; lra | intros; lra ].
"""


def values_for(theorem, other=()):
    """A value for each variable of a theorem."""
    table = VALUES | dict(other)
    return {(root, rank): table[str(getattr(root, "label", root)), rank] for root, rank in theorem.keys}


def fails_at(derivation, result, values):
    """Whether the checker finds too that a statement with another result fails at some values."""
    claim = CLAIMED[derivation.relation](derivation.start, result, evaluate=False)
    failure = refute(Counterexample("planted", "", claim, {root: value for (root, _), value in values.items()}))
    return failure is not None and failure.how == FAILS


def planted(derivation, operator):
    """A wrong result that an operator makes of a derivation's, and that fails at the values of the table."""
    theorem = theorem_of(derivation)
    values = values_for(theorem)
    free = set().union(*map(free_symbols, derivation.lines))
    scope = sorted((index for index in free if is_index(index) and not is_size(index)), key=str)
    found = [mutant for made_by, mutant in mutants(derivation.result, scope)
             if made_by == operator and has_text(theorem, mutant) and fails_at(derivation, mutant, values)]  # fmt: skip
    assert found, f"{derivation.id}: no mutant by {operator} fails at the values of the table"
    return Random(f"{SEED} {derivation.id} {operator}").choice(found)


def has_text(theorem, result):
    try:
        return bool(theorem.says(theorem.derivation.start, theorem.derivation.relation, result))
    except NotExported:
        return False


def negation(derivation, result, values, dropped=None, source=None):
    """The theorem that a statement fails at some values, with its proof. `source` is cited for the left side."""
    theorem = theorem_of(derivation)
    names, kept = theorem.names, [premise for premise in theorem.premises if premise != dropped]
    claim = theorem.says(derivation.start, derivation.relation, result)
    parts = " /\\\n  ".join([*(f"({premise.text})" for premise in kept), f"~ ({claim})"])
    here = f"subst {' '.join(names.values())}"
    definitions = [identifier(one.id) for one in definitions_of(derivation)]
    lines = [
        f"Ltac named ::= unfold {', '.join(definitions)} in *." if definitions else "",
        f"Theorem planted : exists {theorem.quantified},\n  {parts}.", "Proof.",
        *(f"pose ({name} := {witness(key, values[key])})." for key, name in names.items()),
        *(f"assert ({premise.name} : {premise.text}) by ({here}; met)." for premise in kept),
        f"exists {', '.join(names.values())}. repeat (split; [ assumption | ]). intros wrong.",
    ]  # fmt: skip
    if source is not None:
        given = " ".join(names[key] for key in theorem_of(source).keys)
        lines.append(f"rewrite ({theorem_of(source).cited} {given}) in wrong by assumption.")
    cleared = " ".join(premise.name for premise in kept)
    return "\n".join([*lines, f"clear {cleared}. {here}; try solve [ absurd_at_these ].", "Qed."])


def compiled(derivation, proof, room, source=None):
    """What Coq says of a proof. The theorem that it cites may be supposed: its own proof is in the ledger."""
    before = [f"Require Import {' '.join([*library_names(), *(file.name for file in value_files())])}."]
    before += ["Open Scope R_scope.", *map(definition_text, definitions_of(derivation))]
    if source is not None:
        assert source.id in entered()
        said = cited_text(source).removeprefix("Theorem").removeprefix("Lemma")
        before += [*map(definition_text, definitions_of(source)), f"Axiom{said}"]
    before, path = "\n".join([*dict.fromkeys(before), TACTICS]), room / "Negation.v"
    path.write_text(f"{before}{proof}\n", encoding="utf-8")
    found = run_coqc(path, room, longest=120)
    assert found.is_well or found.line > before.count("\n"), found.said
    return found


def cites(derivation):
    """What gives the left side: the theorem itself; both sides of an inequality are computed."""
    return derivation if derivation.relation == "=" else None


def hypothesis_of(derivation, place):
    """The premise that is to be dropped."""
    return [premise for premise in theorem_of(derivation).premises if premise.hypothesis is not None][place]


@pytest.mark.parametrize("key, operator", WRONG)
def test_the_checker_finds_too_that_it_fails_there_and_the_right_one_does_not(key, operator):
    derivation = derivation_of(key)
    values = values_for(theorem_of(derivation))
    assert fails_at(derivation, planted(derivation, operator), values)
    assert not fails_at(derivation, derivation.result, values)


@COQ
@pytest.mark.sampled(2)
@pytest.mark.parametrize("key, operator", WRONG)
def test_a_planted_error_is_false(key, operator, numbers, room):
    derivation = derivation_of(key)
    result, source = planted(derivation, operator), cites(derivation)
    proof = negation(derivation, result, values_for(theorem_of(derivation)), source=source)
    found = compiled(derivation, proof, room, source)
    assert found.is_well, f"{operator} gives {result}: {found.said}"


@COQ
@pytest.mark.sampled(2)
@pytest.mark.parametrize("key", [key for key, _ in WRONG])
def test_of_the_right_result_there_is_no_such_proof(key, numbers, room):
    derivation = derivation_of(key)
    source = cites(derivation)
    proof = negation(derivation, derivation.result, values_for(theorem_of(derivation)), source=source)
    assert UNFINISHED in compiled(derivation, proof, room, source).said


@COQ
@pytest.mark.sampled(2)
@pytest.mark.parametrize("key, place, others, by", WITHOUT, ids=lambda case: case if isinstance(case, str) else "")
def test_without_a_hypothesis_a_result_is_false(key, place, others, by, numbers, room):
    derivation = derivation_of(key)
    premise, source = hypothesis_of(derivation, place), derivation_of(by) if by else None
    breaking, meeting = (values_for(theorem_of(derivation), other) for other in (others, {}))

    def tried(values, dropped):
        return compiled(derivation, negation(derivation, derivation.result, values, dropped, source), room, source)

    found = tried(breaking, premise)
    assert found.is_well, found.said
    # Where the values meet it, the result is true; and where they break it, they are not said to meet it.
    assert UNFINISHED in tried(meeting, premise).said
    kept = tried(breaking, None)
    line = (room / "Negation.v").read_text(encoding="utf-8").splitlines()[kept.line - 1]
    assert not kept.is_well and line.startswith(f"assert ({premise.name} :")
