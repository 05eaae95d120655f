"""What can be copied of an entry, its code among that, is the same whenever it is written: no set decides any order."""

import os
import subprocess
import sys

import pytest
from pages import PROJECT

from derivations.catalogue import catalogue

DAYS = 24  # in how many parts it is done: two fresh interpreters each
WRITE = """
import json, sys
from derivations.catalogue import find
from derivations.reference.copies import texts_of
json.dump([[one.text for one in texts_of(find(id))] for id in sys.argv[1:]], sys.stdout)
"""


def written(ids, seed):
    command, environment = [sys.executable, "-c", WRITE, *ids], os.environ | {"PYTHONHASHSEED": str(seed)}
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True).stdout


@pytest.mark.sampled(0)
@pytest.mark.parametrize("part", range(DAYS))
def test_texts_are_written_the_same_by_another_process(part):
    ids = list(catalogue())[part::DAYS]
    assert written(ids, 1) == written(ids, 4)
