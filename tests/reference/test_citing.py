"""What a bibliography gets: read by a parser of somebody else's, and compared with what the project says of itself."""

import codecs
import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import latexcodec  # noqa: F401, it makes the codec
import pytest
from mkdocs.utils.yaml import yaml_load
from pybtex.database import parse_string

from derivations import softmax
from derivations.__main__ import main
from derivations.any_loss.worked import LOSSES, WORKED
from derivations.catalogue import catalogue
from derivations.engine.entries import define
from derivations.notation import z
from derivations.program import exit_code
from derivations.reference import citing, work
from derivations.reference.citing import biblatex, bibliography, bibtex, citations, csl_json, csl_text
from derivations.reference.copies import copies

PROJECT = Path(__file__).parents[2]
CITATION = yaml_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SITE = "https://example.org/book"
# Of the schema of CSL-JSON that citationstyles.org publishes: the names that are used here, and no others.
TEXT = {"type": "string", "minLength": 1}
NAME = {"type": "object", "properties": {"literal": TEXT}, "required": ["literal"], "additionalProperties": False}
PARTS = {"type": "array", "items": {"type": "integer"}, "minItems": 3, "maxItems": 3}
DATE = {"type": "object", "additionalProperties": False, "required": ["date-parts"],
        "properties": {"date-parts": {"type": "array", "items": PARTS, "minItems": 1, "maxItems": 1}}}  # fmt: skip
TEXTS = ("id", "title", "genre", "container-title", "version", "status", "URL", "DOI")
CSL = {"type": "array", "items": {"type": "object", "required": ["type", "id", "title", "author", "version"],
       "additionalProperties": False, "properties": {"type": {"enum": ["entry", "software"]}, "issued": DATE,
       "author": {"type": "array", "items": NAME, "minItems": 1}} | dict.fromkeys(TEXTS, TEXT)}}  # fmt: skip


# Commands of LaTeX that the codec does not know, and what they print.
COMMANDS = {"textbraceleft": "{", "textbraceright": "}", "textbackslash": "\\", "textless": "<", "textgreater": ">",
            "textasciitilde": "~", "textasciicircum": "^"}  # fmt: skip


def plain(text):
    """What TeX would print, without the braces that keep capitals."""
    kept = {chr(0xE000 + number): sign for number, sign in enumerate([*COMMANDS.values(), "$"])}
    for name, letter in zip([*(f"{{\\{name}}}" for name in COMMANDS), "\\$"], kept, strict=True):
        text = text.replace(name, letter)
    text = re.sub("[{}]", "", codecs.decode(text, "ulatex"))
    return "".join(kept.get(sign, sign) for sign in text)


def parsed(text):
    return parse_string(text, "bibtex").entries


@pytest.fixture
def released(monkeypatch):
    monkeypatch.setattr(citing, "state", lambda: ("2027-01-31", ""))


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)


def test_the_work_is_what_citation_cff_says():
    (author,) = CITATION["authors"]
    assert (work.TITLE, work.AUTHOR, work.VERSION_CITED) == (CITATION["title"], author["name"], CITATION["version"])
    assert work.RELEASED == (CITATION.get("date-released") and str(CITATION["date-released"]))
    assert work.DOI == CITATION.get("doi")
    assert {"cff-version", "message", "title", "authors"} <= set(CITATION)


def test_and_what_the_package_says():
    assert (work.VERSION_CITED, CITATION["license"]) == (SETTINGS["version"], SETTINGS["license"])
    assert SETTINGS["authors"] == [{"name": work.AUTHOR}]


def test_what_is_not_released_is_dated_by_its_commit():
    date, said = work.state()
    ask = ["git", "log", "-1", "--format=%cs %H"]
    done = subprocess.run(ask, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        assert (date, said) == (None, "not released")
        return
    day, commit = done.stdout.split()
    assert date == day and commit.startswith(re.search("commit ([0-9a-f]{10})", said)[1])


def test_without_a_repository_no_date_is_made_up(monkeypatch, tmp_path):
    monkeypatch.setattr(work, "CHECKOUT", tmp_path)
    monkeypatch.setattr(citing, "state", work.state.__wrapped__)
    assert not {"year", "month"} & set(parsed(bibtex(softmax.gradient))[softmax.gradient.id].fields)
    assert "date" not in parsed(biblatex())["likelihood-to-cross-entropy"].fields
    assert "issued" not in csl_json() and csl_json()["status"] == "not released"


def test_an_installed_package_names_what_it_was_installed_from(monkeypatch, tmp_path):
    """As pip notes it: of a repository the commit; of an archive or a folder nothing is known."""
    monkeypatch.setattr(work, "CHECKOUT", tmp_path)
    told = {"url": "https://example.org/book.git", "vcs_info": {"vcs": "git", "commit_id": "0123456789abcdef" * 2}}
    for noted, said in ((told, "not released, commit 0123456789"), ({"dir_info": {}}, "not released"),
                        (None, "not released")):  # fmt: skip
        text = noted and json.dumps(noted)
        monkeypatch.setattr(work, "distribution", lambda name: SimpleNamespace(read_text=lambda file: text))
        assert work.state.__wrapped__() == (None, said)
    monkeypatch.setattr(work, "RELEASED", "2027-01-31")
    assert work.state.__wrapped__() == ("2027-01-31", "")


@pytest.mark.parametrize("write", [bibtex, biblatex])
def test_a_parser_reads_every_entry_as_it_was_meant(write):
    entries = [None, *catalogue().values()]
    text = "\n".join(map(write, entries))
    assert text.isascii()
    found = parsed(text)
    assert list(found) == ["likelihood-to-cross-entropy", *catalogue()]
    for id, entry in catalogue().items():
        fields = {name: plain(text) for name, text in found[id].fields.items()}
        assert fields["title"] == entry.title[0].upper() + entry.title[1:]
        assert fields["howpublished"].endswith(f" {id} of “{work.TITLE}”")
        assert work.VERSION_CITED in fields["note" if write is bibtex else "version"]
    for one in found.values():
        assert [str(person) for person in one.persons["author"]] == [f"{{{work.AUTHOR}}}"]
        assert not {"doi", "url"} & set(one.fields)


def test_names_keep_their_capitals_and_the_first_word_need_not():
    found = parsed(bibliography(catalogue().values()))
    assert found["bernoulli.score"].fields["title"] == "{Bernoulli} score"
    assert found["softmax.gradient"].fields["title"].startswith("Gradient of softmax")
    for id, entry in catalogue().items():
        outside = re.sub(r"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", "", found[id].fields["title"])
        assert not re.search("[A-Z]", outside[1:]), entry.title


def test_a_released_version_has_its_day_in_each_form(released):
    fields = parsed(bibtex(softmax.gradient))["softmax.gradient"].fields
    assert (fields["year"], fields["month"], fields["note"]) == ("2027", "January", "Version 0.1.0")
    fields = parsed(biblatex(softmax.gradient))["softmax.gradient"].fields
    assert fields["date"] == "2027-01-31" and "note" not in fields
    assert csl_json()["issued"] == {"date-parts": [[2027, 1, 31]]} and "status" not in csl_json()


@pytest.mark.parametrize("address", [SITE, f"{SITE}/"])
def test_an_address_is_named_where_the_site_has_one(monkeypatch, address):
    monkeypatch.setenv("SITE_URL", address)
    expected = {softmax.gradient: f"{SITE}/r/softmax.gradient.html", None: f"{SITE}/"}
    for entry, where in expected.items():
        # In a field that old styles print too.
        (found,) = parsed(bibtex(entry)).values()
        assert found.fields["note"].endswith(f", \\url{{{where}}}")
        assert [one.fields["url"] for one in parsed(biblatex(entry)).values()] == [where]
        assert csl_json(entry)["URL"] == where


@pytest.mark.parametrize(("address", "said"), [
    ("some words", "has a sign that no address has"), ("example.org", "does not begin with https:// or http://"),
    ("javascript:alert(1)", "does not begin with"), ("https://nowhere", "names no host"),
    ("https://example.org/index.html", "names a page"), ("https://me:word@example.org/", "a user name")])  # fmt: skip
def test_what_is_no_address_is_refused_in_words(monkeypatch, capsys, address, said):
    monkeypatch.setenv("SITE_URL", address)
    assert exit_code(lambda: main(["softmax.gradient", "--cite"]), lambda line: print(line, file=sys.stderr)) == 1
    out, told = capsys.readouterr()
    assert out == "" and told.startswith("error: SITE_URL=") and said in told and "https://example.org/" in told
    assert "word@" not in told


def test_a_doi_is_named_as_soon_as_there_is_one(monkeypatch):
    monkeypatch.setattr(citing, "DOI", "10.5555/12345678")
    (found,) = parsed(biblatex(softmax.gradient)).values()
    assert found.fields["doi"] == csl_json()["DOI"] == "10.5555/12345678"


@pytest.mark.parametrize("sign", [chr(code) for code in sorted(citing.ESCAPED)])
def test_every_sign_is_escaped(sign):
    title = f"the {sign} sign, 100{sign}"
    entry = define("softmax.planted", title, "X", (z,), z)
    (found,) = parsed(bibtex(entry)).values()
    assert plain(found.fields["title"]) == title[0].upper() + title[1:]
    assert not re.search(r"(?<!\\)[&%#_]|[~^<>]", found.fields["title"].replace("{$-$}", ""))


def test_a_sign_that_nobody_thought_of_is_refused_and_not_written():
    with pytest.raises(ValueError, match="expected signs that are in ESCAPED"):
        bibtex(define("softmax.planted", "the entropy of ζ", "X", (z,), z))


def test_csl_json_has_the_shape_that_its_readers_want(monkeypatch):
    entries = [None, *catalogue().values()]
    for address in ("", SITE):
        monkeypatch.setenv("SITE_URL", address)
        found = json.loads(csl_text(entries))
        jsonschema.validate(found, CSL)
    assert [one["id"] for one in found] == ["likelihood-to-cross-entropy", *catalogue()]
    titles = [entry.title.lower() for entry in catalogue().values()]
    assert [one["title"].lower() for one in found[1:]] == titles
    assert {one["container-title"] for one in found[1:]} == {work.TITLE}


@pytest.mark.parametrize(("form", "write"), {"": bibtex, "biblatex": biblatex, "bibtex": bibtex}.items())
def test_the_command_prints_it(form, write, capsys):
    assert main(["softmax.gradient", "softmax.jacobian", "--cite", *form.split()]) == 0
    assert capsys.readouterr().out == f"{write(softmax.gradient)}\n\n{write(softmax.jacobian)}\n"
    assert main(["--cite", *form.split()]) == 0
    assert capsys.readouterr().out == f"{write()}\n"


def test_the_command_prints_csl_json(capsys):
    assert main(["softmax.gradient", "--cite", "csl"]) == 0
    assert json.loads(capsys.readouterr().out) == [csl_json(softmax.gradient)]


def test_it_needs_sympy_alone():
    code = "import sys\nfor name in ('flint', 'numpy', 'tqdm', 'yaml'): sys.modules[name] = None\n"
    code += "from derivations.__main__ import main\nsys.exit(main(['any_loss.focal', 'softmax.gradient', '--cite']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"{bibtex(WORKED['any_loss.focal'])}\n\n{bibtex(softmax.gradient)}\n")


@pytest.mark.parametrize("id", WORKED)
def test_a_loss_that_a_page_works_out_is_cited_as_a_result_is(id, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", SITE)
    assert main([id, "softmax.gradient", "--cite"]) == 0
    told = capsys.readouterr().out
    assert told == f"{bibtex(WORKED[id])}\n\n{bibtex(softmax.gradient)}\n"
    entry = parsed(told)[id].fields
    assert plain(entry["howpublished"]).startswith(f"Worked loss {id} of")
    assert f"{SITE}/any_loss.html#{id}" in entry["note"]
    jsonschema.validate(json.loads(csl_text([WORKED[id]])), CSL)


def test_who_asks_for_a_loss_that_was_typed_is_told_what_can_be_cited(capsys):
    assert main(["any_loss.gradient", "--cite"]) == 2
    said = capsys.readouterr().err
    assert "cite the work" in said and all(id in said for id in WORKED)
    assert main(["any_loss.focal"]) == 2
    said = capsys.readouterr().err
    assert "any_loss.focal --cite" in said and shlex.join(LOSSES["focal"].words) in said


def test_there_is_a_button_for_each_form():
    offered = {copy.name: copy.text for copy in copies(softmax.gradient)}
    assert [name for name, *_ in citations(softmax.gradient)] == ["BibTeX", "biblatex", "CSL-JSON"]
    assert offered["BibTeX"] == bibtex(softmax.gradient) and json.loads(offered["CSL-JSON"])
