"""A release: what is refused, what is packed, how released sites stand side by side, what every page says of it."""

import importlib.util
import re
import subprocess
import sys
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest
from mkdocs.utils.yaml import yaml_load
from pages import PROJECT, Page

from derivations.reference.report import report_link
from derivations.site.entry import assembled


def script(path):
    """A script of the project that is no part of the package."""
    found = importlib.util.spec_from_file_location(PROJECT.joinpath(path).stem, PROJECT / path)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


release, versions = script(".ci/release.py"), script(".ci/versions.py")


def git(folder, *arguments):
    named = ["-c", "user.name=somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path):
    """A project whose version 1.2.0 can be released."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "some"\nversion = "1.2.0"\n', encoding="utf-8")
    cited = 'cff-version: 1.2.0\nversion: 1.2.0\ndate-released: "2026-01-31"\n'
    (tmp_path / "CITATION.cff").write_text(cited, encoding="utf-8")
    (tmp_path / release.WORK).parent.mkdir(parents=True)
    (tmp_path / release.WORK).write_text('RELEASED = "2026-01-31"  # the day\n', encoding="utf-8")
    (tmp_path / "CHANGELOG.md").write_text("## [Unreleased]\n\n## [1.2.0] - 2026-01-31\n", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "all")
    return tmp_path


def test_a_version_that_is_committed_and_in_the_change_log_is_released(project):
    assert release.refuse("1.2.0", project) == "2026-01-31"


@pytest.mark.parametrize("version", ["", "1", "1.2", "v1.2.0", "1.2.0.0", "1.02.0", "1.2.x", "1.2.0-rc1", "1.2.0;"])
def test_what_is_no_version_is_refused(project, version):
    with pytest.raises(release.Refused, match="is no version; one has three numbers"):
        release.refuse(version, project)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("pyproject.toml", '"1.2.0"', '"1.1.0"', "pyproject.toml says version 1.1.0, not 1.2.0"),
        ("CITATION.cff", "\nversion: 1.2.0", "\nversion: 1.1.0", "CITATION.cff does not say version: 1.2.0"),
        ("CHANGELOG.md", "## [1.2.0] - 2026-01-31", "", "CHANGELOG.md has no heading"),
        ("CHANGELOG.md", " - 2026-01-31", "", "with a date"),
        ("CHANGELOG.md", "[1.2.0]", "[1x2.0]", "CHANGELOG.md has no heading"),
        ("CITATION.cff", "01-31", "01-30", 'CITATION.cff does not say date-released: "2026-01-31"'),
        (release.WORK, '"2026-01-31"', "None", f'{release.WORK} does not say RELEASED = "2026-01-31"'),
    ],
)
def test_what_disagrees_is_refused_and_named(project, file, old, new, said):
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    git(project, "commit", "-qam", "changed")
    with pytest.raises(release.Refused, match=re.escape(said)):
        release.refuse("1.2.0", project)


@pytest.mark.parametrize("name", ["pyproject.toml", "new.py"])
def test_a_tree_with_changes_is_refused(project, name):
    with (project / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(release.Refused, match=f"not all is committed:\n.* ?{name}"):
        release.refuse("1.2.0", project)


def test_the_project_names_one_version():
    """So that a release needs no more than a date in the change log."""
    own = re.search(r'^version = "(.*)"$', (PROJECT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    cited = re.search(r"^version: (.*)$", (PROJECT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    assert own[1] == cited[1] and release.VERSION.fullmatch(own[1])


@pytest.fixture
def archives(tmp_path):
    """The sites of three versions, as `make release` packs them."""
    for version in ("0.9.0", "0.10.0", "0.10.0rc1"):
        site = tmp_path / version / "site"
        (site / "assets").mkdir(parents=True)
        (site / "index.html").write_text(f"version {version}", encoding="utf-8")
        (site / "assets" / "a.css").write_bytes(b"a{}")
        release.pack(site, tmp_path / f"some-{version}-site.zip")
    return sorted(tmp_path.glob("*.zip"))


def test_the_same_site_gives_the_same_archive(archives, tmp_path):
    again = tmp_path / "again" / archives[0].name
    again.parent.mkdir()
    version = versions.ARCHIVE.fullmatch(archives[0].name)[1]
    release.pack(tmp_path / version / "site", again)
    assert again.read_bytes() == archives[0].read_bytes()
    assert {name.partition("/")[0] for name in ZipFile(again).namelist()} == {again.stem}


def test_released_sites_stand_side_by_side_the_newest_first(archives, tmp_path):
    versions.side_by_side(tmp_path / "out", archives)
    page = Page(tmp_path / "out" / "versions" / "index.html")
    links = [link for _, link in page.attributes("href") if not link.startswith("..")]
    assert links == ["0.10.0/index.html", "0.10.0rc1/index.html", "0.9.0/index.html"]
    for link in links:
        shown = (tmp_path / "out" / "versions" / link).read_text(encoding="utf-8")
        assert shown == f"version {link.partition('/')[0]}"
        assert (tmp_path / "out" / "versions" / link).with_name("assets").joinpath("a.css").exists()


def test_what_is_no_archive_of_a_site_is_refused(tmp_path):
    with pytest.raises(ValueError, match="is not called as `make release` calls the archive"):
        versions.side_by_side(tmp_path / "out", [tmp_path / "some-1.2.0.whl"])
    with ZipFile(tmp_path / "some-1.2.0-site.zip", "w") as archive:
        archive.writestr("some/../../escaped.html", "")
    with pytest.raises(ValueError, match="a file outside its folder"):
        versions.side_by_side(tmp_path / "out", [tmp_path / "some-1.2.0-site.zip"])
    assert not list(tmp_path.rglob("escaped.html"))


def broken(path, how):
    """An archive that is no whole one: cut short, with a wrong byte in a file, of something else, or not there."""
    data = path.read_bytes()
    place = data.index(b"version 1.2.0")  # stored as it is
    made = {"cut": data[: len(data) // 2], "empty": b"", "text": b"Not Found", "gone": None,
            "byte": data[:place] + b"V" + data[place + 1 :]}[how]  # fmt: skip
    path.unlink()
    if made is not None:
        path.write_bytes(made)


@pytest.mark.parametrize("how", ["cut", "empty", "text", "gone", "byte"])
def test_a_broken_archive_is_refused_in_words_and_nothing_is_written(archives, tmp_path, how):
    versions.side_by_side(tmp_path / "out", archives[:1])
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    path = tmp_path / "some-1.2.0-site.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("some-1.2.0-site/index.html", "version 1.2.0")
    broken(path, how)
    command = [sys.executable, PROJECT / ".ci" / "versions.py", tmp_path / "out", *archives, path]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1 and done.stderr.startswith(f"error: {path} ") and done.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()} == before


def test_an_archive_without_a_first_page_is_no_site(tmp_path):
    with ZipFile(tmp_path / "some-1.2.0-site.zip", "w") as archive:
        archive.writestr("some/page.html", "")
    with pytest.raises(ValueError, match=r"there is no index\.html"):
        versions.side_by_side(tmp_path / "out", [tmp_path / "some-1.2.0-site.zip"])
    assert not (tmp_path / "out").exists()


def test_a_version_that_is_unpacked_again_keeps_nothing_of_before(archives, tmp_path):
    versions.side_by_side(tmp_path / "out", archives)
    stale = tmp_path / "out" / "versions" / "0.9.0" / "stale.html"
    stale.write_text("", encoding="utf-8")
    versions.side_by_side(tmp_path / "out", archives)
    assert not stale.exists() and stale.with_name("index.html").exists()
    assert sorted(path.name for path in (tmp_path / "out" / "versions").iterdir()) == [
        "0.10.0", "0.10.0rc1", "0.9.0", "index.html"]  # fmt: skip


def test_a_release_is_whole_or_not_made_at_all(tmp_path, monkeypatch):
    """Where the last of the three fails, the earlier release is still there and nothing half-made beside it."""
    build, dist = tmp_path / ".build" / "release", tmp_path / "dist"
    dist.mkdir()
    (dist / "some-1.1.0.whl").write_text("earlier", encoding="utf-8")
    monkeypatch.setattr(release, "git", lambda *_: "0123456789")
    monkeypatch.setattr(release, "make_wheel", lambda build, made: (made / "some.whl").write_text("new"))
    monkeypatch.setattr(release, "make_book", lambda build, target, *_: target.write_text("new"))

    def fails(build, target):
        raise release.Refused("mkdocs failed")

    monkeypatch.setattr(release, "make_site", fails)
    with pytest.raises(release.Refused, match="mkdocs failed"):
        release.make_all("1.2.0", "2026-01-31", build, dist)
    assert [path.name for path in dist.iterdir()] == ["some-1.1.0.whl"] and not build.exists()
    monkeypatch.setattr(release, "make_site", lambda build, target: target.write_text("new"))
    release.make_all("1.2.0", "2026-01-31", build, dist)
    found = {path.name.removeprefix(release.NAME) for path in dist.iterdir()}
    assert found == {"some.whl", "-1.2.0.pdf", "-1.2.0-site.zip"} and not build.exists()


def test_the_workflow_builds_with_make_and_fixes_the_version_of_each_action():
    workflow = yaml_load((PROJECT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", name) for name in used)
    commands = "\n".join(step["run"] for step in steps if "run" in step)
    targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z-]+)", commands)) == {"test", "test-site", "site"} <= set(targets)
    assert {path for path in re.findall(r"python (\S+)", commands)} == {".ci/versions.py"}
    # Where CI is set, as it is there, the tests of LaTeX fail without TeX.
    assert f" install {release.TO_INSTALL.partition('apt install ')[2]}" in re.sub(r" --?\S+", "", commands)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert workflow["jobs"]["publish"]["needs"] == ["check", "build"]


@pytest.mark.parametrize(
    ("repository", "title", "body"),
    [
        ("https://github.com/somebody/book", "title", "body"),
        ("https://codeberg.org/somebody/book.git", "title", "body"),
        ("https://gitlab.com/a/group/book/", "issue[title]", "issue[description]"),
    ],
)
def test_a_report_names_the_id_and_the_version(repository, title, body):
    address = urlsplit(report_link("softmax.gradient", repository, "1.2.0 0123456789"))
    said = parse_qs(address.query)
    assert address.path.endswith("/issues/new") and "book/" in address.path and ".git/" not in address.path
    assert "softmax.gradient" in said[title][0]
    assert {"Where: softmax.gradient", "Version: 1.2.0 0123456789"} <= set(said[body][0].splitlines())


def test_without_a_repository_nothing_is_reported(monkeypatch):
    monkeypatch.delenv("REPO_URL", raising=False)
    assert report_link("softmax.gradient") == report_link("softmax.gradient", "https://example.org/book") == ""
    monkeypatch.setenv("REPO_URL", "https://github.com/somebody/book")
    assert report_link("softmax.gradient").startswith("https://github.com/somebody/book/issues/new?")
    told = [("softmax.html#softmax.gradient", "Softmax")]
    assert "0.1.0+0123456789" in assembled("", "softmax.gradient", told, "", "0.1.0 0123456789")


@pytest.fixture
def hook(monkeypatch):
    """The hook, which finds those beside it as MkDocs lets it."""
    monkeypatch.syspath_prepend(PROJECT / "docs" / "hooks")
    return script("docs/hooks/version.py")


def configured(hook, path):
    config = SimpleNamespace(config_file_path=str(path / "mkdocs.yml"), extra={}, repo_url=None)
    return hook.on_config(config).extra["built_from"]


def test_a_site_knows_its_version_and_its_commit(hook, project):
    found = configured(hook, project)
    assert found["version"] == "1.2.0" and re.fullmatch(r"[0-9a-f]{10}", found["commit"]) and not found["changed"]
    (project / "CITATION.cff").write_text("", encoding="utf-8")
    assert configured(hook, project) == found | {"changed": True}


def test_without_git_the_version_alone_is_said(hook, tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', encoding="utf-8")
    assert configured(hook, tmp_path) == {"version": "1.2.0", "commit": "", "changed": False}
