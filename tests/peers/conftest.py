"""What the comparisons found goes into a record, for the verification page."""

import json
import os

import pytest

from derivations.site.measured import FOLDER, PEERS, fingerprint

os.environ.setdefault("KERAS_BACKEND", "jax")
os.environ["JAX_ENABLE_X64"] = "1"  # binary64, before anything imports JAX


@pytest.fixture(scope="session")
def compared():
    """id -> name of the library -> the worst relative difference seen. Written down at the end, if all of them were
    compared.
    """
    found = {}
    yield found
    # not after a run of a few chosen tests, or of a part of them
    if len(found) > 50 and not os.environ.get("PYTEST_XDIST_WORKER"):
        FOLDER.mkdir(exist_ok=True)
        PEERS.write_text(json.dumps({"fingerprint": fingerprint(), "entries": found}), encoding="utf-8")
