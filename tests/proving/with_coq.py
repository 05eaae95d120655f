"""The mark of a test that needs Coq: without it the test is skipped, and says what to install."""

import shutil

import pytest

from derivations.proving.compiling import PACKAGES

COQ = pytest.mark.skipif(shutil.which("coqc") is None, reason=f"needs Coq (apt install {PACKAGES})")
