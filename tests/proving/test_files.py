"""The files of Coq: complete, in order, and without anything that Coq would be asked to believe."""

import re
from functools import cache

import pytest

from derivations.catalogue import CHAPTERS, catalogue
from derivations.engine.derivation import Derivation
from derivations.engine.entries import Counterexample, Theorem
from derivations.proving.cited import cited_file
from derivations.proving.counterexamples import counterexamples_file, value_files
from derivations.proving.files import (
    CoqFile, assumptions_file, chapter_files, comment, derivation_of, library_files, module_name,
)  # fmt: skip
from derivations.proving.ledger import entered, proved_by_hand, proved_false
from derivations.proving.shown import coq_text, proof_record, theorem_in_coq

# Words by which Coq would take something without a proof, or turn a check of its kernel off.
BELIEVED = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|Hypothes[ie]s|Variables?|Context|Declare|"
    r"Unset\s+(Guard|Positivity|Universe)\s+Checking|bypass_check|Type in Type|Primitive|Register|Abort|Notation|"
    r"Coercion|Canonical|Infix)\b|#\[(?!export\] Hint Resolve )"
)


@cache
def of_chapters():
    """The files of all that is proved."""
    return chapter_files(map(derivation_of, entered()))


@cache
def every_file():
    files = of_chapters()
    others = [*value_files(), counterexamples_file(proved_false(), files), cited_file(proved_by_hand(), files)]
    return [*library_files(), *files, *others, assumptions_file([*files, *others])]


def without_comments(text):
    return re.sub(r"\(\*.*?\*\)", "", text, flags=re.DOTALL)


def test_nothing_is_taken_without_a_proof():
    found = {file.name: BELIEVED.search(without_comments(file.text)) for file in every_file()}
    assert len(found) > len(CHAPTERS) and {name: seen for name, seen in found.items() if seen} == {}


@pytest.mark.parametrize("word", ["Admitted.", "Axiom a : False.", "all: admit.", "Hypothesis h : False.",
                                  "Unset  Guard\nChecking.", "Abort.", "Global Notation ln := 0.", "#[local] Set X."])
def test_what_is_taken_without_a_proof_is_seen(word):
    assert BELIEVED.search(word)


def test_every_proved_derivation_is_proved_once_and_at_its_line():
    proves = [key for file in of_chapters() for _, key in file.proves]
    assert sorted(proves) == sorted(entered())
    for file in of_chapters():
        lines = file.text.splitlines()
        for number, key in file.proves:
            assert lines[number - 1].startswith(f"(* {key.partition('[')[0]}: "), (file.name, number)
        assert file.text.count("\nTheorem ") == len(file.proves)
        assert file.text.count("\nTheorem ") + file.text.count("\nLemma ") == file.text.count("\nQed.")


def test_a_file_requires_only_what_stands_before_it():
    names = [file.name for file in every_file()]
    for place, file in enumerate(every_file()):
        assert set(file.requires) <= set(names[:place])
    in_order = [module_name(name) for name in CHAPTERS if module_name(name) in names]
    assert [file.name for file in of_chapters()] == in_order


def test_what_others_see_of_a_file_is_its_statements_without_the_proofs():
    for file in of_chapters():
        assert "Proof." not in file.seen and file.seen.count("Theorem ") == len(file.proves)
        assert file.seen.count("Lemma ") == file.text.count("\nLemma ")
        assert file.seen.count("Definition ") == file.text.count("\nDefinition ")


def test_a_title_cannot_end_its_comment():
    assert comment('a *) "b (* c') == "(* a * ) 'b ( * c *)"
    assert isinstance(of_chapters()[0], CoqFile)


def test_every_derivation_has_a_theorem_or_says_why_not():
    for entry in catalogue().values():
        shown = coq_text(entry)
        if isinstance(entry, (Derivation, Counterexample, Theorem)):
            assert theorem_in_coq(entry) is None or theorem_in_coq(entry) in shown
            assert set(proof_record(entry)) == {"proved", "theorem"}
        else:
            assert proof_record(entry) == {}
    assert coq_text(catalogue()["softmax.gradient"]).startswith("(* proved: ")
