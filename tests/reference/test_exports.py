"""The catalogue as data: it keeps to its schema, which refuses planted errors, and derives the same results again."""

import copy
import json
import re
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator
from pages import Page

from derivations.catalogue import RENAMED, WITHDRAWN, catalogue, related, used_by, uses
from derivations.reference.record import SCHEMA_ADDRESS, catalogue_record, entry_record, schema
from derivations.writing.export import Reader, record
from derivations.writing.options import version

ENTRIES = catalogue()


@pytest.fixture(scope="module")
def published(built_site):
    """The file as it is published."""
    return json.loads((built_site / "catalogue.json").read_text(encoding="utf-8"))


def faults(data):
    return list(Draft202012Validator(schema()).iter_errors(data))


def of_kind(data, kind):
    """The file with one entry alone: the first of a kind."""
    return copy.deepcopy(data | {"entries": [next(one for one in data["entries"] if one["kind"] == kind)]})


def test_the_schema_is_one_and_the_catalogue_keeps_to_it(published):
    Draft202012Validator.check_schema(schema())
    assert not faults(published)
    assert [entry["id"] for entry in published["entries"]] == list(ENTRIES)


PLANTED = {
    "a field too many": lambda entry: entry.update(note="x"),
    "a field too few": lambda entry: entry.pop("steps"),
    "another kind": lambda entry: entry.update(kind="lemma"),
    "an id with a space": lambda entry: entry.update(id="softmax gradient"),
    "no title": lambda entry: entry.update(title=""),
    "a derivation without steps": lambda entry: entry.update(steps=[]),
    "a step without a reason": lambda entry: entry["steps"][0].update(because=""),
    "a step that says more": lambda entry: entry["steps"][0].update(hint="x"),
    "an unknown relation": lambda entry: entry.update(relation="<"),
    "a refuted result": lambda entry: entry["check"].update(outcome="refuted"),
    "no check": lambda entry: entry.update(check=None),
    "a tree of text": lambda entry: entry["result"].update(tree="p - y"),
    "an argument of two kinds": lambda entry: entry["steps"][0]["arguments"].append({"expression": 1, "instance": []}),
    "a symbol without a meaning": lambda entry: entry["symbols"][0].pop("meaning"),
    "a use that is no step": lambda entry: entry["uses"].update({"softmax.gradient": ["first"]}),
    "a text to copy without its language": lambda entry: entry["copies"][0].pop("language"),
    "a page that tells of it without a title": lambda entry: entry["told_in"][0].update(title=""),
    "a symbol that leads elsewhere": lambda entry: entry["symbols"][0].update(address="softmax.html"),
    "a step that did what no step does": lambda entry: entry["steps"][0].update(did=[{"how": "moved"}]),
    "a place where nothing is filled in": lambda entry: entry.update(told_in="\ue017softmax.gradient"),
    "a link elsewhere": lambda entry: entry.update(chapter="https://example.org/"),
}  # fmt: skip


@pytest.mark.parametrize("plant", PLANTED.values(), ids=PLANTED)
def test_the_schema_refuses_a_planted_error(published, plant):
    data = of_kind(published, "derivation")
    assert not faults(data)
    plant(data["entries"][0])
    assert faults(data)


def test_the_ids_of_the_past_are_there_and_the_schema_looks_at_them(published):
    assert {one["id"]: one["now"] for one in published["renamed"]} == RENAMED != {}
    assert {one["id"]: (one["why"], one["instead"]) for one in published["withdrawn"]} == WITHDRAWN != {}
    known = {entry["id"] for entry in published["entries"]}
    assert {one["now"] for one in published["renamed"]} <= known
    assert {one["instead"] for one in published["withdrawn"]} <= known | {None}
    for name, planted in {"renamed": {"now": None}, "withdrawn": {"why": ""}}.items():
        data = of_kind(published, "definition")
        data[name][0].update(planted)
        assert faults(data)


@pytest.mark.parametrize("kind", ["definition", "counterexample", "theorem"])
def test_the_schema_lets_no_entry_of_another_kind_say_more(published, kind):
    data = of_kind(published, kind)
    assert not faults(data)
    data["entries"][0]["note"] = "x"
    assert faults(data)


def test_the_published_file_derives_the_same_results_again(published):
    """Every record is the program's own, of which engine/test_replay.py derives everything again: here a chapter is."""
    own = {id: json.loads(json.dumps(record(entry))) for id, entry in ENTRIES.items()}
    for entry in published["entries"]:
        said = own[entry["id"]]
        found = {field: entry[field] for field in said}
        assert found | {"check": None} == said | {"check": None}, entry["id"]  # what a check found is not in a record
    read = Reader().read(published["entries"])
    assert list(read) == [id for id, entry in ENTRIES.items() if hasattr(entry, "result")]
    for id in (id for id in read if id.startswith("softmax.")):
        assert json.loads(json.dumps(record(read[id]))) == own[id], id


def test_the_files_name_the_commit_that_the_pages_name(built_site, published):
    said = (built_site / "index.html").read_text(encoding="utf-8")
    found = re.search(r"commit <code>([0-9a-f]{10})</code>( with changes)?", said)
    commit = found and found[1] + "-modified" * bool(found[2])
    assert published["commit"] == commit
    head = (built_site / "results.tex").read_text(encoding="utf-8").splitlines()[0]
    assert f"version {version()}{f', commit {commit}' if commit else ''}. Text" in head


@pytest.mark.parametrize("commit", ["", "main", "0123456789 with changes", 1])
def test_the_schema_refuses_what_is_no_commit(published, commit):
    data = of_kind(published, "definition")
    for right in ("0123456789", "0123456789-modified", None):
        assert not faults(data | {"commit": right})
    assert faults(data | {"commit": commit})


def test_an_entry_says_what_it_uses_what_uses_it_and_how_it_was_called(published):
    found = {entry["id"]: entry for entry in published["entries"]}
    one = found["softmax.gradient_upper_bound"]
    assert set(one["former_ids"]) == {old for old, new in RENAMED.items() if new == one["id"]} != set()
    for id in ("softmax.gradient", "bernoulli.mass", "softmax.jacobian"):
        assert {other: tuple(steps) for other, steps in found[id]["uses"].items()} == uses(ENTRIES[id])
        assert {other: tuple(steps) for other, steps in found[id]["used_by"].items()} == used_by(id)
    theorem = found["exponential_family.moments"]
    assert theorem["uses"] == {} and theorem["related"] == theorem["evidence"] != []
    assert all(found[id]["related"] == related(ENTRIES[id]) for id in found)
    assert theorem["id"] in found[theorem["evidence"][0]]["related"]
    gradient = found["softmax.gradient"]
    assert {symbol["unicode"] for symbol in gradient["symbols"]} >= {"yₖ", "zₖ", "K", "k", "m"}
    assert not {symbol["unicode"] for symbol in gradient["symbols"]} & {"n", "d", "i", "W_{fk}"}
    (dropped,) = gradient["without"]
    assert dropped["failure"]["left"] != dropped["failure"]["right"] and gradient["proof"]["proved"]
    assert "p - y" in gradient["words"] and gradient["check"]["outcome"] == "verified"


def test_the_schema_has_an_address_that_is_right_wherever_the_site_is():
    """As a reader finds it: resolved against the address from which the schema was read."""
    for site in ("", "https://example.org/proofs/"):
        read_from = f"{site or 'https://somewhere.org/'}{SCHEMA_ADDRESS}"
        assert urljoin(read_from, schema(site)["$id"]) == read_from
        Draft202012Validator.check_schema(schema(site))


def test_every_dropped_hypothesis_has_what_breaks_without_it(published):
    dropped = [one for entry in published["entries"] if entry["kind"] == "derivation" for one in entry["without"]]
    assert len(dropped) > 100 and all(one["failure"] or one["counterexamples"] for one in dropped)


def test_the_file_is_made_of_nothing_but_the_catalogue(published):
    some = [entry_record(entry) for entry in list(ENTRIES.values())[:3]]
    made = json.loads(json.dumps(catalogue_record(some, "", "")["entries"]))
    for own, found in zip(made, published["entries"]):
        found["proof"] = found["proof"] and {name: found["proof"][name] for name in own["proof"]}
        assert own == {name: found[name] for name in own}


def test_the_site_has_the_files_and_its_pages_say_what_they_are(built_site, published):
    beside = [json.loads((built_site / "r" / f"{id}.json").read_text(encoding="utf-8")) for id in ENTRIES]
    # Beside each page lies what is said of its entry here.
    assert published == catalogue_record(beside, version(), published["commit"] or "")
    assert json.loads((built_site / published["schema"]).read_text(encoding="utf-8")) == schema()
    assert (built_site / "results.tex").exists() and (built_site / "document.tex").exists()
    ((_, told),) = [(tags, text) for tags, text in Page(built_site / "softmax.html").texts
                    if tags[-1:] == ("script",) and text.lstrip().startswith('{"@')]  # fmt: skip
    said = json.loads(told)
    assert said["@context"] == "https://schema.org" and said["name"] == "Softmax" and "author" not in said
    assert said["license"] == "https://creativecommons.org/licenses/by/4.0/" and said["isPartOf"]["name"]
