"""Which cases of the slow tests run: a sample that changes with the seed, or all of them with --whole.

Marked `sampled(5)`, a test runs for five of its cases; `sampled(0)`: only in the whole. Tests marked with the same
`together` share a fixture that is slow to set up, and draw the same cases of it. `sampled(50, among="browser")` is a
mark for all tests of a kind: of their cases that would run, fifty do.
"""

from collections import defaultdict
from datetime import date
from hashlib import sha256


PAGES = "with", "without", "only"  # how the tests of the built site run: it takes as long to build as many tests


def today():
    """The seed of a run that names none: every day another sample."""
    return int(date.today().strftime("%Y%m%d"))


def seed_of(config):
    """The seed of a run: a process that tests for another one has it from there."""
    return getattr(config, "workerinput", {}).get("seed", config.option.seed)


def luck(seed, group, case):
    """The same in every process and with every Python: a failure can be repeated."""
    return sha256(f"{seed} {group} {case}".encode()).hexdigest()


def run_elsewhere(items):
    """The tests whose cases are all looked at by a command of its own, such as `make measure`: the rest needs none."""
    return {item for item in items if any(mark.kwargs.get("rest_in") for mark in item.iter_markers("sampled"))}


def is_of_the_day(name, seed, days):
    """Whether a thing is done with this seed, where as many seeds, one after the other, share all things."""
    return (int(luck("day", name, ""), 16) + seed) % days == 0


def another_day(items, seed, days):
    """The tests of the rest that other seeds run."""
    return {item for item in items if not is_of_the_day(item.nodeid, seed, days)}


def not_asked_for(items, pages):
    """The tests of the built site, or all but these. Who names nothing but what is left out gets it."""
    of_pages = {item for item in items if "built_site" in item.fixturenames}
    thrown = {"with": set(), "without": of_pages, "only": set(items) - of_pages}[pages]
    return thrown if len(thrown) < len(items) else set()


def left_out(items, seed):
    """The tests that do not run: of each marked group, all but the cases with the most luck.

    A case that was drawn is drawn also where fewer are asked for (-k): it has the most luck among them too.
    """
    thrown = _thrown(items, seed, _of_a_test)
    thrown |= _thrown([item for item in items if item not in thrown], seed, _of_a_kind)
    # Who asks for nothing but what is left out gets it.
    return thrown if len(thrown) < len(items) else set()


def _thrown(items, seed, told):
    """What one kind of samples leaves out: `told` says of a mark and a test which sample, and which case of it."""
    cases, counts = defaultdict(lambda: defaultdict(list)), {}
    for item in items:
        for mark in item.iter_markers("sampled"):
            if found := told(mark, item.nodeid):
                group, case = found
                number = counts.setdefault(group, mark.args[0])
                assert number == mark.args[0], f"{item.nodeid}: two numbers for one sample"
                cases[group][case].append(item)
    thrown = set()
    for group, of_case in cases.items():
        for case in sorted(of_case, key=lambda case: luck(seed, group, case))[counts[group]:]:
            thrown.update(of_case[case])
    return thrown


def _of_a_test(mark, nodeid):
    """The cases of one test, or of several together."""
    test, _, case = nodeid.partition("[")
    return None if "among" in mark.kwargs else (mark.kwargs.get("together") or test, case)


def _of_a_kind(mark, nodeid):
    """The cases of all tests of a kind."""
    return (mark.kwargs["among"], nodeid) if "among" in mark.kwargs else None
