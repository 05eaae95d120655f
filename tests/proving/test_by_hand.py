"""Theorems that are stated by hand, in the words of Coq's own libraries, follow from those that are exported."""

import re
import shutil
from pathlib import Path

import pytest
from with_coq import COQ

from derivations.proving.compiling import AXIOMS, axioms_in, compile_all, run_coqc
from derivations.proving.files import chapter_files, cited_by, derivation_of, library_files

BY_HAND = Path(__file__).with_name("ByHand.v").read_text(encoding="utf-8")
USED = ("softmax.gradient", "softmax.hessian", "cross_entropy.gibbs", "cross_entropy.mean_nll")
WRONG = [
    ("(exp (z m) / sum_n_m (fun l => exp (z l)) 1 K - y m)", "(y m - exp (z m) / sum_n_m (fun l => exp (z l)) 1 K)"),
    ("(s m * ((if Nat.eq_dec l m then 1 else 0) - s l))", "(s m * ((if Nat.eq_dec l m then 1 else 0) + s l))"),
    ("  0 <= sum_n_m (fun k => q k * ln (q k / p k)) 1 K.", "  0 <= sum_n_m (fun k => q k * ln (p k / q k)) 1 K."),
    ("  - (ln (product", "  (ln (product"),
]


def with_cited(derivation):
    return {derivation, *(one for source in cited_by(derivation) for one in with_cited(source))}


@pytest.fixture(scope="module")
def chapters(laws, tmp_path_factory):
    """A folder in which what the theorems by hand use is compiled."""
    folder = tmp_path_factory.mktemp("by_hand") / "coq"
    shutil.copytree(laws, folder)
    files = chapter_files(set().union(*(with_cited(derivation_of(key)) for key in USED)))
    outcomes = compile_all([*library_files(), *files], folder)
    assert all(outcome.is_well for outcome in outcomes.values()), outcomes
    return folder


def said_of(text, folder, name="ByHand"):
    path = folder / f"{name}.v"
    path.write_text(text, encoding="utf-8")
    return run_coqc(path, folder)


@COQ
def test_the_theorems_by_hand_follow(chapters):
    names = re.findall(r"^Theorem (\w+)", BY_HAND, re.MULTILINE)
    assert len(names) == len(USED)
    found = said_of(BY_HAND, chapters)
    assert found.is_well, found.said
    together = ", ".join(f"ByHand.{name}" for name in names)
    asked = f"Require ByHand.\nDefinition all := ({together}).\nPrint Assumptions all.\n"
    assert axioms_in(said_of(asked, chapters, "Asked").said) <= AXIOMS.keys()


@pytest.mark.sampled(1)
@COQ
@pytest.mark.parametrize("right, wrong", WRONG)
def test_what_is_wrong_by_hand_does_not_follow(right, wrong, chapters):
    assert BY_HAND.count(right) == 1
    found = said_of(BY_HAND.replace(right, wrong), chapters)
    line = BY_HAND[: BY_HAND.index(right)].count("\n") + 1
    assert not found.is_well and found.line > line, found


def test_no_definition_of_ours_stands_in_a_statement_by_hand():
    statements = re.findall(r"^Theorem .*?(?=^Proof)", BY_HAND, re.DOTALL | re.MULTILINE)
    ours = re.compile(r"bigsum|bigprod|rpow|delta|upd|softmax_probability|cross_entropy_|categorical_")
    assert statements and not any(ours.search(text) for text in statements)
    assert not re.search(r"^(Definition|Fixpoint|Axiom|Notation)|Admitted|admit", BY_HAND, re.MULTILINE)
