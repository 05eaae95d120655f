"""What the hooks do that no built page shows."""

import os
import shutil
import subprocess
import sys
from types import ModuleType, SimpleNamespace

import pytest
from mkdocs.exceptions import Abort, PluginError
from pages import PROJECT, hook

from derivations.site import kept
from derivations.site.kept import KeptValues


@pytest.fixture
def project(tmp_path):
    """The smallest project that the hooks know: a package with one module."""
    (tmp_path / "derivations").mkdir()
    (tmp_path / "derivations" / "coin.py").write_text("HEADS = 1\n")
    return tmp_path


def test_an_edited_derivation_is_forgotten_and_only_then(project, monkeypatch):
    reload = hook("reload")
    config = SimpleNamespace(config_file_path=str(project / "mkdocs.yml"))
    monkeypatch.setattr(reload, "folder", lambda config: project / "derivations")
    monkeypatch.setattr(reload, "PACKAGE", "stand_in")  # the real package is in use by other tests
    for name in ("stand_in", "stand_in.coin", "stand_in_law"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    reload.on_config(config)
    reload.on_config(config)
    assert "stand_in.coin" in sys.modules
    (project / "derivations" / "coin.py").write_text("HEADS = 2  # edited\n")
    reload.on_config(config)
    assert not {"stand_in", "stand_in.coin"} & set(sys.modules)
    assert "stand_in_law" in sys.modules


def test_a_notebook_is_executed_again_when_what_it_is_made_with_changed(project):
    fingerprint = hook("notebook").fingerprint
    before = fingerprint(project, KeptValues())
    assert fingerprint(project, KeptValues()) == before
    (project / "requirements.txt").write_text("scikit-learn==1.0\n")
    assert fingerprint(project, KeptValues()) != before


def test_what_is_made_meanwhile_is_waited_for(monkeypatch):
    meanwhile = hook("meanwhile")
    assert meanwhile.meanwhile(os.getpid)() != os.getpid()
    assert sorted(meanwhile.of_each(sum, [1, 2, 3])) == [2, 4]
    with pytest.raises(KeyError, match="no such page"):
        meanwhile.meanwhile(lambda: {}["no such page"])()
    with pytest.raises(Abort, match="its process ended"):
        meanwhile.meanwhile(lambda: os._exit(1))()
    monkeypatch.setattr(kept, "CAN_FORK", False)
    assert meanwhile.meanwhile(os.getpid)() == os.getpid()


SHEETS = ["assets/stylesheets/one.css", "stylesheets/two.css"]


def page_with(sheets, base=""):
    links = "".join(f'\n    <link rel="stylesheet" href="{base}{sheet}">' for sheet in sheets)
    return f"<head>{links}\n    <title>A</title></head><body><article>\n  text\n</article></body>"


def test_a_page_links_one_sheet_in_the_place_of_all_and_its_address_is_written_when_it_is_known(tmp_path):
    speed, config = hook("speed"), SimpleNamespace(extra={}, site_dir=str(tmp_path))
    for address, base in (("a.html", ""), ("r/b.html", "../"), ("404.html", "/book/")):
        made = speed.made_light(page_with(SHEETS, base), address, config)
        assert made.count("<link") == 1 and f'href="{base}assets/stylesheets/site.00000000.css"' in made
        assert "<article>\n  text\n</article>" in made
    (tmp_path / "a.html").write_text(made, encoding="utf-8")
    for sheet, rule in zip(SHEETS, ("a { }", "b { }"), strict=True):
        (tmp_path / sheet).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / sheet).write_text(rule, encoding="utf-8")
    speed.on_post_build(config)
    (joined,) = tmp_path.glob("assets/stylesheets/site.*.css")
    assert joined.read_text(encoding="utf-8") == "a { }\nb { }" and "00000000" not in joined.name
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == made.replace("site.00000000.css", joined.name)


def test_a_page_that_links_other_sheets_than_the_others_stops_the_build():
    speed, config = hook("speed"), SimpleNamespace(extra={})
    speed.made_light(page_with(SHEETS), "a.html", config)
    with pytest.raises(Abort, match="b.html links other sheets"):
        speed.made_light(page_with(SHEETS[:1]), "b.html", config)


def cell(**metadata):
    return SimpleNamespace(source="f(x)", metadata=metadata)


def output(kind, **fields):
    return type("Output", (dict,), {"__getattr__": dict.__getitem__})(output_type=kind, **fields)


def test_a_notebooks_formula_becomes_mathml():
    html = hook("notebook").output_as_html(
        output("execute_result", data={"text/latex": r"$\displaystyle p_i^2$"}), cell())
    mathematics, latex = html.split("<annotation")
    assert "<math" in mathematics and "$" not in html and "displaystyle" not in latex and "p_i^2" in latex


def test_a_notebooks_text_is_escaped():
    assert "a &lt; b" in hook("notebook").output_as_html(output("stream", name="stdout", text="a < b\n"), cell())


def test_a_notebook_that_warns_is_refused():
    with pytest.raises(PluginError, match="writes to stderr"):
        hook("notebook").output_as_html(output("stream", name="stderr", text="a warning"), cell())


def test_a_picture_without_description_is_refused():
    picture = output("display_data", data={"image/png": "AAAA"})
    with pytest.raises(PluginError, match="no description"):
        hook("notebook").output_as_html(picture, cell())
    assert 'alt="A curve"' in hook("notebook").output_as_html(picture, cell(alt="A curve"))


@pytest.mark.sampled(0)  # builds a good part of the site
def test_a_bad_placeholder_is_one_message_that_names_the_page_and_leaves_nothing(tmp_path):
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns(".*", "site", "tests", "notebooks"))
    (project / "docs" / "notebooks").mkdir()
    (project / "docs" / "notebooks" / "real_data.py").write_text("# %% [markdown]\n# # Nothing\n")
    with (project / "docs" / "index.md").open("a") as page:
        page.write("\n{{ result sigmoid.gradent }}\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    done = subprocess.run(command, cwd=project, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
                          capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 1
    number = len((project / "docs" / "index.md").read_text(encoding="utf-8").splitlines())
    where = f"'index.md': line {number}, '{{{{ result sigmoid.gradent }}}}': "
    assert f"{where}{{{{ result sigmoid.gradent }}}} names an unknown id; nearest: sigmoid.gradient" in said
    assert "Traceback" not in said
    assert not list((project / "site").glob("*.html"))


def test_what_the_last_build_wrote_is_gone_and_what_is_hidden_stays(project):
    swept, site = hook("swept"), project / "site"
    (site / "r").mkdir(parents=True)
    for name in ("r/old.html", ".nojekyll"):
        (site / name).write_text("of the last build")
    config = SimpleNamespace(config_file_path=str(project / "mkdocs.yml"), site_dir=str(site))
    swept.on_pre_build(config)
    assert [path.name for path in site.iterdir()] == [".nojekyll"] and (swept.before(config) / "r/old.html").exists()
    swept.on_post_build(config)
    assert not swept.before(config).exists()


def test_what_cannot_be_moved_is_left_to_mkdocs(project, monkeypatch):
    swept, site = hook("swept"), project / "site"
    site.mkdir()
    (site / "old.html").write_text("of the last build")
    config = SimpleNamespace(config_file_path=str(project / "mkdocs.yml"), site_dir=str(site))

    def refused(*_):
        raise OSError("another disk")

    monkeypatch.setattr(swept.Path, "rename", refused)
    swept.on_pre_build(config)
    swept.on_post_build(config)
    assert (site / "old.html").exists()
