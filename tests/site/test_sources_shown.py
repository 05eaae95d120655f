"""The site leads to its source: a page for each program and its tests, and an archive that is what it says it is."""

import gzip
import json
import os
import re
import subprocess
import tarfile
from io import BytesIO

import pytest
from pages import PROJECT, Page, hook, whole_pages

from derivations.catalogue import CHAPTERS

SHOWN = {f"source/{chapter}.html": f"derivations/{chapter}.py" for chapter in CHAPTERS}
SHOWN |= {f"source/test_{chapter}.html": f"tests/test_{chapter}.py" for chapter in CHAPTERS}


@pytest.fixture(scope="module")
def pages(built_site):
    return {address: Page(built_site / address) for address in [*SHOWN, "source/index.html"]}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_ends_with_what_derives_and_what_checks_it(built_site, chapter):
    end = (built_site / f"{chapter}.html").read_text(encoding="utf-8").partition('<div class="made-from"')[2]
    end = end.partition("</div>")[0]
    assert re.findall(r'href="(.+?)"><code>(.+?)</code>', end) == [
        (f"source/{chapter}.html", f"derivations/{chapter}.py"),
        (f"source/test_{chapter}.html", f"tests/test_{chapter}.py"),
    ]


def test_no_other_page_claims_a_source(built_site):
    with_links = {path.stem for path in built_site.rglob("*.html") if 'class="made-from"' in path.read_text("utf-8")}
    assert with_links == set(CHAPTERS)


@pytest.mark.parametrize("address", SHOWN)
def test_the_code_shown_is_the_file(pages, address):
    written = (PROJECT / SHOWN[address]).read_text(encoding="utf-8")
    shown = "".join(text for inside, text in pages[address].texts if "pre" in inside)
    assert shown == written and len(shown) > 500
    anchors = [anchor for tag, anchor in pages[address].attributes("id") if re.fullmatch(r"L\d+", anchor)]
    assert anchors == [f"L{number}" for number in range(1, written.count("\n") + 1)]


def test_code_is_coloured_by_the_classes_that_the_site_has_colours_for(pages):
    names = {name for _, name in pages["source/softmax.html"].attributes("class")}
    assert {"sd", "nn", "k", "s2", "c1", "mi"} <= names  # docstring, module, keyword, string, comment, number


def test_pages_of_source_are_not_searched(built_site):
    index = json.loads((built_site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert "softmax.html" in found and not [address for address in found if address.startswith("source/")]
    assert "What derives this page" not in json.dumps(index)


def test_the_list_of_sources_leads_to_each_and_to_the_archive(pages, built_site):
    (archive,) = built_site.glob("source/*.tar.gz")
    targets = {f"source/{target}" for tag, target in pages["source/index.html"].attributes("href") if tag == "a"}
    assert {*SHOWN, f"source/{archive.name}"} <= targets
    with tarfile.open(archive) as packed:
        names = packed.getnames()
        assert packed.extractfile(f"{archive.name.removesuffix('.tar.gz')}/mkdocs.yml").read() == (
            PROJECT / "mkdocs.yml").read_bytes()
    assert {name.partition("/")[0] for name in names} == {archive.name.removesuffix(".tar.gz")}
    assert {path for path in SHOWN.values()} <= {name.partition("/")[2] for name in names}
    assert not [name for name in names if re.search(r"__pycache__|/\.venv|/\.cache|/site/index\.html", name)]


def test_every_page_leads_to_the_sources(built_site):
    for path in whole_pages(built_site):
        footer = path.read_text(encoding="utf-8").partition('class="md-copyright"')[2]
        up = "/" if path.name == "404.html" else "../" * (len(path.relative_to(built_site).parts) - 1)
        inside = "index.html" if path.parent.name == "source" else f"{up}source/index.html"
        assert f'href="{inside}"' in footer, path


# What the archive holds, in a project made up for it.

archive = hook("archive")


@pytest.fixture
def project(tmp_path):
    for name in ("derivations/coin.py", "docs/index.md", "tests/test_coin.py", "README.md", "private.txt.key"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}\n")
    return tmp_path


@pytest.fixture
def repository(project):
    for command in (["init", "-q"], ["add", "derivations", "docs", "tests", "README.md"], ["commit", "-qm", "All"]):
        git(project, *command)
    return project


def git(project, *command):
    names = ("AUTHOR_NAME", "AUTHOR_EMAIL", "COMMITTER_NAME", "COMMITTER_EMAIL")
    nobody = {f"GIT_{name}": "nobody@example.org" for name in names}
    environment = os.environ | nobody | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *command], cwd=project, env=environment, capture_output=True, check=True).stdout


def made(project):
    name, made_from, paths, time = archive.contents(project)
    return name, made_from, archive.packed(project, name, paths, time)


def unpacked(data):
    with tarfile.open(fileobj=BytesIO(gzip.decompress(data))) as packed:
        return {entry.name.partition("/")[2]: packed.extractfile(entry).read() for entry in packed if entry.isfile()}


def test_of_a_commit_it_holds_the_commit_and_is_the_same_every_time(repository, tmp_path_factory):
    name, made_from, data = made(repository)
    commit = git(repository, "rev-parse", "HEAD").decode()[:10]
    assert name == f"likelihood-to-cross-entropy-{commit}" and f"commit {commit}" in made_from
    assert unpacked(data) == unpacked(gzip.compress(git(repository, "archive", "--prefix=all/", "HEAD")))
    clone = tmp_path_factory.mktemp("clone")
    git(clone, "clone", "-q", str(repository), "again")
    assert made(clone / "again") == (name, made_from, data)


@pytest.mark.parametrize("changed", ["docs/index.md", "docs/a new page.md"])
def test_changes_are_packed_and_said(repository, changed):
    (repository / changed).write_text("edited\n")
    name, made_from, data = made(repository)
    assert name.endswith("-modified") and "not yet committed" in made_from
    assert unpacked(data)[changed] == b"edited\n" and "private.txt.key" not in unpacked(data)


@pytest.mark.parametrize("inside_another", [False, True])
def test_without_git_it_names_no_commit(project, inside_another):
    below = project / "unpacked"
    (project / "derivations").rename(project / "kept")
    below.mkdir()
    (project / "kept").rename(below / "derivations")
    (below / "README.md").write_text("read me\n")
    (below / "secret").write_text("not the project's\n")
    if inside_another:  # git answers there, for another repository
        git(project, "init", "-q")
        git(project, "add", "README.md")
        git(project, "commit", "-qm", "Another")
    name, made_from, data = made(below)
    assert name == "likelihood-to-cross-entropy-no-commit" and "without git" in made_from
    assert set(unpacked(data)) == {"derivations/coin.py", "README.md"}
    assert made(below)[2] == data
