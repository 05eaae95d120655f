"""The mark of a test that needs Coq: without it the test is skipped, and says what to install.

It takes a second or more to ask Coq, so of all such tests a sample runs.
"""

import shutil

import pytest

from derivations.proving.compiling import PACKAGES

_SKIPPED = pytest.mark.skipif(shutil.which("coqc") is None, reason=f"needs Coq (apt install {PACKAGES})")


def COQ(test):
    """Mark a test as one that asks Coq."""
    return pytest.mark.sampled(6, among="Coq")(_SKIPPED(test))
