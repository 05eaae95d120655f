"""The sample of the slow tests: the same for the same seed, another for another, and never an empty one."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sampling import PAGES, another_day, left_out, run_elsewhere, seed_of

PROJECT = Path(__file__).parent.parent


class Item:
    """As much of a test as the sample looks at."""

    def __init__(self, nodeid, *counts, **words):
        self.nodeid, self.marks = nodeid, [pytest.mark.sampled(count, **words).mark for count in counts]

    def iter_markers(self, name):
        return [mark for mark in self.marks if mark.name == name]


def kept(items, seed):
    return [item.nodeid for item in items if item not in left_out(items, seed)]


CHEAP = [Item(f"cheap[{case}]") for case in range(9)]
SLOW = [Item(f"slow[{case}]", 3) for case in range(9)]


def test_what_is_cheap_runs_and_of_what_is_slow_the_sample():
    found = kept(CHEAP + SLOW, 7)
    assert found[:9] == [item.nodeid for item in CHEAP] and len(found) == 12


def test_the_rest_is_all_that_a_sample_leaves_out():
    folder = PROJECT / "tests" / "test_sampling.py"
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider", str(folder)]
    rest = subprocess.run([*command, "--rest"], capture_output=True, text=True, cwd=PROJECT)
    assert rest.returncode == 5 and "no tests" in rest.stdout  # nothing here is slow


def test_a_seed_draws_the_same_and_every_case_comes_with_some_seed():
    assert kept(SLOW, 7) == kept(SLOW[::-1], 7)[::-1]
    assert {name for seed in range(40) for name in kept(SLOW, seed)} == {item.nodeid for item in SLOW}


def test_a_case_that_was_drawn_is_drawn_also_where_fewer_are_asked_for():
    for name in kept(SLOW, 7):
        fewer = [item for item in SLOW if item.nodeid == name or item.nodeid < "slow[5]"]
        assert name in kept(fewer, 7)


def test_tests_that_share_a_fixture_draw_the_same_cases():
    first, second = ([Item(f"{name}[{case}]", 2, together="pages") for case in range(9)] for name in ("one", "two"))
    drawn = [name.partition("[")[2] for name in kept(first + second, 7)]
    assert len(drawn) == 4 and drawn[:2] == drawn[2:]


def test_of_all_tests_of_a_kind_so_many_cases_run_of_those_that_their_own_samples_leave():
    alone = [Item(f"alone_{number}", 4, among="browser") for number in range(9)]
    both = [Item(f"both[{case}]", 2) for case in range(9)]
    for item in both:
        item.marks += alone[0].marks
    found = kept([*alone, *both, *CHEAP], 7)
    assert len(found) == 4 + len(CHEAP)
    drawn = {name for seed in range(60) for name in kept([*alone, *both], seed)}
    assert drawn == {item.nodeid for item in [*alone, *both]}
    assert all(sum(name in kept([*alone, *both], seed) for name in map(str, both)) <= 2 for seed in range(9))


def test_a_process_that_tests_for_another_has_the_seed_from_there():
    alone = SimpleNamespace(option=SimpleNamespace(seed=7))
    assert seed_of(alone) == 7 and seed_of(SimpleNamespace(option=alone.option, workerinput={"seed": 8})) == 8


def test_what_a_command_of_its_own_looks_at_is_not_in_the_rest():
    measured = [Item(f"measured[{case}]", 3, rest_in="make measure") for case in range(9)]
    assert run_elsewhere(CHEAP + SLOW + measured) == set(measured)


def test_as_many_days_as_were_asked_for_run_the_rest_once():
    runs = [set(SLOW) - another_day(SLOW, seed, 4) for seed in range(5, 9)]
    assert set().union(*runs) == set(SLOW) and sum(map(len, runs)) == len(SLOW) and another_day(SLOW, 7, 1) == set()


def test_two_numbers_for_one_sample_are_refused():
    with pytest.raises(AssertionError, match="two numbers"):
        left_out([Item("one[1]", 2, together="pages"), Item("two[1]", 3, together="pages")], 7)


def test_a_test_of_the_whole_runs_where_nothing_else_is_asked_for():
    alone = Item("whole", 0)
    assert kept([alone], 7) == ["whole"] and kept([alone, *CHEAP], 7) == [item.nodeid for item in CHEAP]


def collected(folder, *words):
    """What pytest says that it would run, with the settings of this project and a test of nine cases."""
    for name in ("conftest.py", "sampling.py"):
        (folder / name).write_bytes((Path(__file__).parent / name).read_bytes())
    (folder / "test_slow.py").write_text(WRITTEN, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", PROJECT / "pyproject.toml", "--rootdir", folder, "--collect-only",
               "-p", "no:cacheprovider", folder, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stdout.count("<Function test_slow[")


WRITTEN = """import pytest


@pytest.mark.parametrize("case", range(9))
@pytest.mark.sampled(3)
def test_slow(case):
    pass


def test_page(built_site):
    pass
"""


def test_the_seed_is_printed_and_the_whole_is_more(tmp_path):
    said, some = collected(tmp_path, "--seed", "7")
    whole, every = collected(tmp_path, "--whole")
    assert "--seed 7" in said and "every case" in whole and (some, every) == (3, 9)


def test_what_needs_the_built_site_runs_too_or_not_or_alone(tmp_path):
    pages = {how: collected(tmp_path, "--pages", how) for how in PAGES}
    assert [count for _, count in pages.values()] == [3, 3, 0]
    assert ["<Function test_page>" in said for said, _ in pages.values()] == [True, False, True]
    assert "make test-site" in pages["without"][0] and "only" in pages["only"][0]


def test_who_names_a_test_of_the_built_site_gets_it(tmp_path):
    said, slow = collected(tmp_path, "--pages", "without", "-k", "page")
    assert "<Function test_page>" in said and not slow
