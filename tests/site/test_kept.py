"""What is kept between builds is what would be made now: it goes with whatever it depends on, and with nothing else."""

import sqlite3
from dataclasses import fields, replace
from itertools import islice

import pytest

from derivations.catalogue import catalogue, find, uses
from derivations.checking import records
from derivations.checking.contents import contents, rested_on
from derivations.engine.derivation import Step
from derivations.proving import kept_marks
from derivations.site import entries_kept, kept, notebooks
from derivations.site.ahead import JOBS
from derivations.site.figures import FIGURES
from derivations.site.figures.page import figure_block
from derivations.site.kept import KeptValues, state_of_project
from derivations.site.notebooks import chapters_read, notebooks_key
from derivations.site.placeholders import made_block

FILE = "made.sqlite"


@pytest.fixture
def built(tmp_path):
    """One build: in a state, with what a value says now, and its key. It tells the value and whether it was made."""

    def build(state, says, key=None, name="a value"):
        made, of_this_build = [], KeptValues(tmp_path / FILE, state)
        found = of_this_build.value(name, lambda: made.append(says) or says, key and (lambda: key))
        of_this_build.save()
        return found, bool(made)

    return build


def test_a_value_is_made_anew_in_another_state_and_only_then(built):
    assert built("one", "first") == ("first", True)
    assert built("one", "second") == ("first", False)
    assert built("two", "third") == ("third", True)
    assert built("one", "fourth") == ("fourth", True)  # the first is forgotten


def test_a_value_with_a_key_goes_with_its_key_alone(built):
    assert built("one", "first", "key") == ("first", True)
    assert built("two", "second", "key") == ("first", False)
    assert built("two", "third", "another key") == ("first", False)  # nothing is another: the key is not asked for
    assert built("three", "fourth", "another key") == ("fourth", True)
    assert built("four", "fifth") == ("fifth", True)  # without a key nothing says that it is still the same


def test_what_one_build_did_not_ask_for_is_there_in_the_next(built):
    built("one", "first", name="on a page")
    built("one", "second", name="on another")
    assert built("one", "third", name="on a page") == ("first", False)


def test_of_some_kinds_only_what_was_asked_for_stays(tmp_path):
    for names in (("page one", "page two", "else"), ("page two",)):
        of_this_build = KeptValues(tmp_path / FILE, "one")
        for name in names:
            of_this_build.value(name, lambda: "said")
        of_this_build.save()
        of_this_build.drop_unasked("page ", "read ")
    assert set(KeptValues(tmp_path / FILE, "one").known) == {"page two", "else"}


def test_what_another_build_has_replaced_meanwhile_is_not_taken_for_what_was_known(tmp_path, built):
    built("one", "first")
    late = KeptValues(tmp_path / FILE, "one")
    built("two", "second")
    assert late.value("a value", lambda: "made again") == "made again"


def test_many_are_made_by_several_processes_and_are_the_same(tmp_path):
    jobs = {f"square {number}": (Square(number), None) for number in range(3 * kept.TOO_FEW)}
    filled = KeptValues(tmp_path / FILE, "one")
    filled.fill(jobs)
    assert set(filled.made) == {name for name in jobs if name != "square 3"}
    assert [filled.value(f"square {number}", None) for number in (2, 4)] == [4, 16]
    with pytest.raises(ValueError, match="of 3 nothing is known"):  # now it is said where it is asked for
        filled.value("square 3", *jobs["square 3"])


def test_where_no_process_can_be_had_each_is_made_when_it_is_asked_for(tmp_path, monkeypatch):
    def refused(**_):
        raise OSError("no semaphores here")

    monkeypatch.setattr(kept, "ProcessPoolExecutor", refused)
    jobs = {f"square {number}": (Square(number), None) for number in range(4, 4 + kept.TOO_FEW)}
    filled = KeptValues(tmp_path / FILE, "one")
    filled.fill(jobs)
    assert not filled.made and filled.value("square 5", *jobs["square 5"]) == 25


class Square:
    """Something that another process can make."""

    def __init__(self, number):
        self.number = number

    def __call__(self):
        if self.number == 3:
            raise ValueError("of 3 nothing is known")
        return self.number**2


def test_a_damaged_file_is_no_obstacle_and_what_could_not_be_saved_whole_is_not_saved(tmp_path, built):
    (tmp_path / FILE).write_bytes(b"cut short" * 1000)
    assert built("one", "first") == ("first", True)
    cut = KeptValues(tmp_path / FILE, "two")
    cut.value("a value", lambda: "second")
    cut.made["another"] = object()  # which no database takes
    with pytest.raises(sqlite3.Error):
        cut.save()
    assert built("one", "third") == ("first", False)


def test_an_entry_is_made_anew_when_it_is_another(monkeypatch):
    few = {id: find(id) for id in ("softmax.probability", "softmax.gradient")}
    monkeypatch.setattr(entries_kept, "catalogue", lambda: few)
    monkeypatch.setattr(entries_kept, "used_by", lambda id: {})
    monkeypatch.setattr(entries_kept, "uses", lambda entry: {})

    def keys():
        entries_kept._surroundings.cache_clear()
        return [entries_kept.entry_key(id) for id in few]

    before = keys()
    assert keys() == before
    few["softmax.gradient"] = find("softmax.gradient").first(2)
    changed = keys()
    assert changed[0] == before[0] and changed[1] != before[1]
    monkeypatch.setattr(entries_kept, "writers", lambda: ["the rest is another too"])
    assert not {*keys()} & {*changed}
    entries_kept._surroundings.cache_clear()


@pytest.mark.parametrize("field", [field.name for field in fields(Step)])
def test_each_part_of_a_step_is_a_part_of_the_contents(field):
    entry = find("newton.hessian_in_direction")
    steps = list(entry.steps)
    steps[0] = replace(steps[0], **{field: ("another",) if isinstance(getattr(steps[0], field), tuple) else "another"})
    assert contents(replace(entry, steps=tuple(steps))) != contents(entry)


def test_what_a_proof_rests_on_is_told_by_more_than_an_id(monkeypatch):
    """A page says whether all that an entry cites is proved: so it depends on entries that are cited by cited ones."""
    entry = next(entry for entry in catalogue().values() if {one.id for one in rested_on(entry)} - {*uses(entry)})
    far = next(one for one in rested_on(entry) if one.id not in uses(entry))
    before, real = entries_kept.Surroundings().key(entry), kept_marks.mathematics
    monkeypatch.setattr(kept_marks, "mathematics", lambda one: [real(one), one.id == far.id])
    forget_marks()
    assert entries_kept.Surroundings().key(entry) != before
    forget_marks()


def forget_marks():
    kept_marks.proof_state.cache_clear()
    kept_marks.without_prose.cache_clear()


def test_a_proof_depends_on_no_prose_and_a_page_does():
    entry = find("softmax.gradient")
    reworded = replace(entry, steps=(replace(entry.steps[0], because="so it is"), *entry.steps[1:]))
    assert kept_marks.proof_state(reworded) == kept_marks.proof_state(entry)
    assert contents(reworded) != contents(entry)


def test_a_formula_in_a_sentence_depends_on_the_formulas_of_its_entry_and_no_prose(monkeypatch):
    entry, few = find("softmax.gradient"), dict(catalogue())
    monkeypatch.setattr(entries_kept, "catalogue", lambda: few)
    before, proofs_before = entries_kept.formula_key(entry.id), kept_marks.proofs_state()
    few[entry.id] = replace(entry, steps=(replace(entry.steps[0], because="so it is"), *entry.steps[1:]))
    assert entries_kept.formula_key(entry.id) == before
    few[entry.id] = entry.first(2)
    assert entries_kept.formula_key(entry.id) != before
    monkeypatch.setattr(kept_marks, "catalogue", lambda: few)
    assert kept_marks.proofs_state() != proofs_before


def test_a_notebook_is_executed_again_when_a_result_that_it_reads_is_another(monkeypatch):
    text = 'results = catalogue()\nshare = function(results["bernoulli.frequency"])(y=labels)\n'
    everything = {id.partition(".")[0] for id in catalogue()}
    assert chapters_read(text) == {"bernoulli"}
    for other in (f"{text}print(len(results))\n", "from derivations import newton\n"):
        assert chapters_read(other) == everything
    before = notebooks_key([text])
    few = dict(catalogue())
    monkeypatch.setattr(notebooks, "catalogue", lambda: few)
    few["softmax.gradient"] = find("softmax.gradient").first(2)
    assert notebooks_key([text]) == before
    few["bernoulli.score"] = find("bernoulli.score").first(2)
    assert notebooks_key([text]) != before


def test_a_figure_is_made_anew_when_what_it_computes_is_another(monkeypatch):
    before = entries_kept.figure_key("weight-bends"), entries_kept.figure_key("focal-report")
    real = entries_kept.fingerprint
    monkeypatch.setattr(entries_kept, "fingerprint", lambda entry: real(entry) + entry.id.startswith("weights.") * "x")
    after = entries_kept.figure_key("weight-bends"), entries_kept.figure_key("focal-report")
    assert before[0] != after[0] and before[1] == after[1]


@pytest.mark.parametrize("changed", ["pyproject.toml", "tests/oracles.py", ".measured/exact/softmax.gradient.json"])
def test_whatever_is_no_prose_is_a_part_of_the_state(tmp_path, monkeypatch, changed):
    monkeypatch.setattr(records, "PROJECT", tmp_path)
    monkeypatch.setattr(records, "FOLDER", tmp_path / ".measured")
    paths = [tmp_path / name for name in (changed, ".measured/check/softmax.gradient.json", "docs/softmax.md")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before", encoding="utf-8")
    before = state_of_project()
    for path in paths[1:]:  # a record of a check is made while the site is built; prose is no part of it
        path.write_text("something else", encoding="utf-8")
    assert state_of_project() == before
    paths[0].write_text("after", encoding="utf-8")
    assert state_of_project() != before
    changed_address = state_of_project()
    monkeypatch.setenv("SITE_URL", "https://example.org/")
    assert state_of_project() != changed_address


def test_what_is_made_ahead_is_what_a_placeholder_asks_for():
    for name, (make, _) in JOBS.items():
        kind, _, subject = name.partition(" ")
        if kind in ("table", "figure"):
            assert (make.func, make.args) == (made_block, (kind, subject))


def test_pictures_of_two_processes_share_no_id():
    """The library counts its ids on through a process; two processes would give two pictures of a page the same."""
    figures = [*islice((figure for figure in FIGURES.values() if "clip-" in figure_block(figure)), 2)]
    first, second = map(figure_block, figures)
    assert first == figure_block(figures[0])
    assert not {*ids(first)} & {*ids(second)} and "url(#clip-" in first


def ids(html):
    return [part.partition('"')[0] for part in html.split('id="clip-')[1:]]
