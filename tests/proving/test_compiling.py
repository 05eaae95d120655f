"""Coq over the files: what goes through, what does not, and what is not asked again."""

import shutil

import pytest
from with_coq import COQ

from derivations.proving import __main__ as program
from derivations.proving.again import check_again
from derivations.proving.compiling import AXIOMS, NoCoq, axioms_in, compile_all, coq, run_coqc
from derivations.proving.files import CoqFile, chapter_files, cited_by, derivation_of
from derivations.proving.ledger import entered

TRUE = "Theorem {} : 1 = 1.\nProof. {}. Qed.\n"


def with_cited(derivation):
    return {derivation, *(one for source in cited_by(derivation) for one in with_cited(source))}


SMALL = [key for key in entered() if len(with_cited(derivation_of(key))) <= 3]


def small_files(proof="reflexivity", says="1 = 1"):
    """A file, one that requires it, and one that stands alone."""
    first = CoqFile("First", f"Theorem a : {says}.\nProof. {proof}. Qed.\n", seen=f"Theorem a : {says}.")
    second = CoqFile("Second", "Require First.\n" + TRUE.format("b", "reflexivity"), ("First",), seen="b")
    return [first, second, CoqFile("Third", TRUE.format("c", "reflexivity"), seen="c")]


def outcomes_of(files, folder):
    return {name: outcome.outcome for name, outcome in compile_all(files, folder).items()}


@COQ
@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", SMALL[:: len(SMALL) // 4])  # make proofs reads them all
def test_a_proved_derivation_goes_through_with_what_it_cites(key, room):
    for file in chapter_files(with_cited(derivation_of(key))):
        path = room / f"{file.name}.v"
        path.write_text(file.text, encoding="utf-8")
        assert run_coqc(path, room).is_well


@COQ
def test_a_file_that_fails_holds_up_those_that_require_it_and_no_other(tmp_path):
    files = small_files(says="1 = 2")
    found = compile_all(files, tmp_path)
    assert {name: one.outcome for name, one in found.items()} == {
        "First": "failed", "Second": "waits", "Third": "proved"}  # fmt: skip
    assert found["First"].line == 2 and "Unable to unify" in found["First"].said
    assert outcomes_of(small_files(), tmp_path) == {"First": "proved", "Second": "proved", "Third": "unchanged"}


@COQ
def test_an_edited_proof_is_read_again_alone_and_an_edited_statement_with_what_requires_it(tmp_path):
    assert set(outcomes_of(small_files(), tmp_path).values()) == {"proved"}
    assert set(outcomes_of(small_files(), tmp_path).values()) == {"unchanged"}
    edited = outcomes_of(small_files("symmetry; reflexivity"), tmp_path)
    assert edited == {"First": "proved", "Second": "unchanged", "Third": "unchanged"}
    stated = outcomes_of(small_files(says="2 = 2"), tmp_path)
    assert stated == {"First": "proved", "Second": "proved", "Third": "unchanged"}


@COQ
def test_an_edited_proof_in_a_chapter_leaves_what_requires_it_as_it_was(laws, tmp_path):
    """The files of the chapters are written so that Coq sees no difference."""
    shutil.copytree(laws, tmp_path / "coq")
    files = chapter_files([derivation_of(next(key for key in SMALL if not cited_by(derivation_of(key))))])
    user = CoqFile("User", f"Require {files[-1].name}.\n", (files[-1].name,))
    every = [*program.library_files(), *files, user]
    assert all(found.is_well for found in compile_all(every, tmp_path / "coq").values())
    longer = CoqFile(files[-1].name, files[-1].text.replace("Proof.", "Proof. idtac."), files[-1].requires,
                     files[-1].proves, files[-1].seen)  # fmt: skip
    every = [*program.library_files(), *files[:-1], longer, user]
    found = {name: outcome.outcome for name, outcome in compile_all(every, tmp_path / "coq").items()}
    assert found[longer.name] == "proved" and found["User"] == "unchanged"
    both = tmp_path / "coq" / "Both.v"
    both.write_text(f"Require {longer.name} User.\n", encoding="utf-8")
    assert run_coqc(both, tmp_path / "coq").is_well


@COQ
def test_an_axiom_that_is_slipped_in_is_named(tmp_path):
    path = tmp_path / "Slipped.v"
    path.write_text("Axiom slipped : 1 = 2.\nTheorem a : 2 = 1.\nProof. symmetry. exact slipped. Qed.\n"
                    "Print Assumptions a.\n", encoding="utf-8")  # fmt: skip
    assert axioms_in(run_coqc(path, tmp_path).said) == {"slipped"}


def test_no_word_on_axioms_is_not_taken_for_none():
    assert axioms_in("Closed under the global context\n") == set()
    with pytest.raises(ValueError):
        axioms_in("")


def test_without_coq_the_packages_to_install_are_named(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoCoq, match="apt install coq libcoq-coquelicot libcoq-flocq"):
        coq()
    assert program.prove_or_try([]) == 1
    assert "apt install coq libcoq-coquelicot libcoq-flocq" in capsys.readouterr().err


TRUE_AXIOMS = "Axioms:\nClassical_Prop.classic : forall P : Prop, P \\/ ~ P\n"


@pytest.mark.parametrize(("said", "listed"), [
    (TRUE_AXIOMS, {"Classical_Prop.classic"}),
    ("Axioms:\nClassical_Prop.classic\n  : forall P : Prop,\n    P \\/ ~ P\n", {"Classical_Prop.classic"}),
    ("Axioms:\nClassical_Prop.classic : False\n", {"Classical_Prop.classic : False"}),
    (f"{TRUE_AXIOMS}Cited.loop is assumed to be guarded.\n",
     {"Classical_Prop.classic", "Cited.loop is assumed to be guarded."}),
    ("Axioms:\nbad is assumed to be positive.\n", {"bad is assumed to be positive."}),
    (f'{TRUE_AXIOMS}File "./A.v", line 3, characters 0-9:\nWarning: so\n', {"Classical_Prop.classic"}),
])
def test_whatever_coq_lists_beside_the_axioms_is_seen(said, listed):
    assert axioms_in(said) == listed


@COQ
def test_a_check_of_the_kernel_that_was_off_is_seen(tmp_path):
    path = tmp_path / "Loop.v"
    path.write_text("Unset Guard Checking.\nFixpoint loop (n : nat) : False := loop n.\nSet Guard Checking.\n"
                    "Theorem wrong : 1 = 2.\nProof. destruct (loop 0). Qed.\nPrint Assumptions wrong.\n",
                    encoding="utf-8")  # fmt: skip
    found = run_coqc(path, tmp_path)
    assert found.is_well and axioms_in(found.said) - AXIOMS.keys() == {"loop is assumed to be guarded."}
    again = CoqFile("Loop", "")
    assert check_again([again], tmp_path)[0] is False
