"""coqchk reads the compiled files again: it accepts them, and not one that is damaged or missing."""

import pytest
from with_coq import COQ

from derivations.proving.again import check_again
from derivations.proving.compiling import compile_all
from derivations.proving.files import CoqFile

# Without any library, so that it takes a moment.
SMALL = CoqFile("Small", "Theorem a : 1 = 1.\nProof. reflexivity. Qed.\n")


@pytest.fixture
def compiled(tmp_path):
    assert compile_all([SMALL], tmp_path)["Small"].is_well
    return tmp_path


@COQ
def test_what_is_compiled_is_checked_again(compiled):
    accepted, said = check_again([SMALL], compiled)
    assert accepted and "CONTEXT SUMMARY" in said and "1 files checked again" in said


@COQ
def test_a_damaged_file_is_not_accepted(compiled):
    path = compiled / "Small.vo"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(content)
    assert not check_again([SMALL], compiled)[0]


def test_a_missing_file_is_named(tmp_path):
    assert check_again([SMALL], tmp_path) == (False, "these files are not compiled; first run make proofs: Small")
