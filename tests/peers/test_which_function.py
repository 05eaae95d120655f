"""Every statement of the page "Which function computes this?", held by a claim that calls the function."""

import os
from importlib.metadata import version

import claims_keras  # noqa: F401 - each fills CLAIMS
import claims_optax  # noqa: F401
import claims_pytorch  # noqa: F401
import claims_scientific  # noqa: F401
import claims_xgboost  # noqa: F401
import keras
import optax
import pytest
import sklearn.metrics
import torch
from claims import CLAIMS

from derivations.catalogue import catalogue
from derivations.checking import records
from derivations.functions import function
from derivations.site.measured import FUNCTIONS_CODE, basis
from derivations.site.which.libraries import COMPARED, every_claim

ENTRIES = catalogue()


@pytest.fixture(scope="module")
def held():
    """The statements that held. With which versions they did is written down, if they were all of them."""
    found = set()
    yield found
    if found == set(every_claim()) and not os.environ.get("PYTEST_XDIST_WORKER"):
        packages = dict.fromkeys(name for library in COMPARED.values() for name in library.packages)
        versions = {name: version(name).partition("+")[0] for name in packages}
        records.write("peers", FUNCTIONS_CODE, {"versions": versions}, *basis("peers", FUNCTIONS_CODE))


def test_every_statement_has_a_claim_and_every_claim_is_stated():
    assert set(CLAIMS) == set(every_claim())


@pytest.mark.parametrize(("name", "about"), CLAIMS, ids=[" ".join(key) for key in CLAIMS])
@pytest.mark.filterwarnings("ignore")  # of libraries, about what is asked of them on purpose
def test_a_statement_holds(name, about, held):
    CLAIMS[name, about](function(ENTRIES[every_claim()[name, about]]))
    held.add((name, about))


# Every loss that a library offers is a row, or is named as left out.
OFFERED = {
    "pytorch": torch.nn.modules.loss.__all__,
    "optax": [name for name in dir(optax.losses) if not name.startswith("_")],
    "keras": [name for name in dir(keras.losses) if name[0].isupper() and name != "Loss"],
    "scikit_learn": [name for name in dir(sklearn.metrics) if "loss" in name],
}


@pytest.mark.parametrize("library", OFFERED)
def test_every_loss_of_a_library_is_in_a_row_or_left_out(library):
    rows = {name.rpartition(".")[2] for row in COMPARED[library].rows for name in (row.name, *row.also)}
    left_out = set(COMPARED[library].left_out)
    assert set(OFFERED[library]) - rows == left_out


@pytest.mark.parametrize(("name", "about"), CLAIMS, ids=[" ".join(key) for key in CLAIMS])
@pytest.mark.filterwarnings("ignore")
def test_no_statement_holds_of_another_result(name, about):
    ours = function(ENTRIES[every_claim()[name, about]])
    with pytest.raises(AssertionError):
        CLAIMS[name, about](lambda **given: 0.01 + 1.01 * ours(**given))
