"""What the tests of the proofs share: the laws and the tactics, compiled once for all processes that test."""

import pytest
from filelock import FileLock

from derivations.proving.compiling import compile_all
from derivations.proving.counterexamples import value_files
from derivations.proving.files import library_files


@pytest.fixture(scope="session")
def laws(tmp_path_factory):
    """A folder with the laws and the tactics, compiled."""
    shared = tmp_path_factory.getbasetemp().parent if tmp_path_factory.getbasetemp().name.startswith("popen") else None
    folder = (shared or tmp_path_factory.mktemp("coq")) / "laws_in_coq"
    with FileLock(f"{folder}.lock"):
        outcomes = compile_all(library_files(), folder)
    assert all(outcome.is_well for outcome in outcomes.values()), outcomes
    return folder


@pytest.fixture(scope="module")
def values(tmp_path_factory):
    """A folder with what the proofs of counterexamples use, compiled."""
    folder = tmp_path_factory.mktemp("values")
    assert all(found.is_well for found in compile_all([*library_files(), *value_files()], folder).values())
    return folder


@pytest.fixture
def room(laws, tmp_path):
    """A folder of one test's own, with what was compiled."""
    for path in laws.glob("*.vo"):
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.fixture(scope="session")
def numbers(laws):
    """The same folder, with what is proved of numbers too."""
    with FileLock(f"{laws}.lock"):
        outcomes = compile_all([*library_files(), *value_files()], laws)
    assert all(outcome.is_well for outcome in outcomes.values()), outcomes
    return laws
