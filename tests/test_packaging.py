"""What is installed is all there is: a wheel, in an environment of its own, far from the checkout."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from email import message_from_string
from pathlib import Path
from zipfile import ZipFile

import pytest

PROJECT = Path(__file__).parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
CLEAN = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def run(*command, cwd, **environment):
    environment = CLEAN | {"PYTHONIOENCODING": "utf-8"} | environment
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy: a build leaves files behind, and the next one would pack them too."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(PROJECT / "derivations", copy / "derivations", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(PROJECT / name, copy)
    run(sys.executable, "-c", BUILD, copy / "dist", cwd=copy)
    return next((copy / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The commands of an environment that has the wheel; SymPy and the rest it finds where the tests do."""
    folder = tmp_path_factory.mktemp("an environment")
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    base = {"base": str(folder), "platbase": str(folder)}
    commands, packages = (Path(sysconfig.get_path(kind, "venv", base)) for kind in ("scripts", "purelib"))
    pip = [sys.executable, "-m", "pip", "--python", commands / "python", "--disable-pip-version-check"]
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=folder)
    (packages / "theirs.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return commands


def test_the_wheel_has_every_module_and_nothing_else(wheel):
    packed = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    endings = ("py", "typed", "v", "txt", "js", "tex", "json")
    here = [path for ending in endings for path in (PROJECT / "derivations").rglob(f"*.{ending}")]
    assert packed == {path.relative_to(PROJECT).as_posix() for path in here}


def test_the_wheel_says_what_it_needs_and_has_the_command(wheel):
    files = ZipFile(wheel)
    (metadata,) = (name for name in files.namelist() if name.endswith(".dist-info/METADATA"))
    said = message_from_string(files.read(metadata).decode())
    needed = [name for name in said.get_all("Requires-Dist") if "extra ==" not in name]
    assert needed == SETTINGS["project"]["dependencies"] and needed[0].startswith("sympy==")
    assert set(said.get_all("Provides-Extra")) == {"check", "compute", "site", "test", "peers", "torch"}
    command = files.read(metadata.replace("METADATA", "entry_points.txt")).decode()
    assert command.split() == ["[console_scripts]", "derivations", "=", "derivations.__main__:run"]


def test_what_is_installed_is_the_wheel(installed, tmp_path):
    found = run(installed / "python", "-c", "import derivations; print(derivations.__file__)", cwd=tmp_path)
    assert installed.parent in Path(found.strip()).parents


def test_the_command_prints_the_derivation_of_the_readme(installed, tmp_path):
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL)[1].split()
    assert run(installed / "derivations", "softmax.gradient", cwd=tmp_path).split() == shown
    assert run(installed / "python", "-m", "derivations", "softmax.gradient", cwd=tmp_path).split() == shown
    version = SETTINGS["project"]["version"]
    assert run(installed / "derivations", "--version", cwd=tmp_path) == f"derivations {version}\n"
    assert "usage: derivations [" in run(installed / "derivations", "--help", cwd=tmp_path)


def test_its_example_computes_with_what_it_says_to_install_alone(installed, tmp_path):
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    call, number = re.search(r"^(gradient\(.*\))  # (-?[\d.]+)\.\.\.$", example, re.MULTILINE).groups()
    others = ["tqdm", "scipy", "sklearn", "mkdocs", "markdown", "pytest"]
    code = f"import sys\nsys.modules |= dict.fromkeys({others})\n{example}\nprint({call})"
    assert run(installed / "python", "-c", code, cwd=tmp_path).startswith(number)


def said_without(installed, folder, missing, *arguments):
    """What the installed command says with some packages missing, and its exit code."""
    told = f"import sys; sys.modules |= dict.fromkeys({missing}); import derivations.__main__ as m; m.run(sys.argv[1:])"
    command, environment = [installed / "python", "-c", told, *arguments], CLEAN | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8")
    return done.returncode, done.stderr


@pytest.mark.parametrize("form", ["--check", "--exact", "--json"])
@pytest.mark.parametrize("missing", ["tqdm", "flint"])
def test_what_needs_more_than_sympy_says_what_to_install(installed, tmp_path, form, missing):
    code, said = said_without(installed, tmp_path, [missing], "softmax.gradient", form)
    assert code == 2 and said.count("\n") == 1
    assert said.startswith(f"error: this needs {missing}: in the folder of the project, pip install '.[check]'")


@pytest.mark.parametrize("form", [[], ["--cite"], ["--latex"], ["--code", "numpy"]])
def test_what_became_of_an_id_is_known_without_the_change_log(installed, tmp_path, form):
    code, said = said_without(installed, tmp_path, [], "numerics.gradient_by_label", *form)
    assert code == 2 and "Entered in version 0.1.0, withdrawn since." in said and "No such file" not in said


FORMS = [[], ["--latex"], ["--coq"], ["--cite"], ["--cite", "csl"], ["--uses"], ["--used-by"], ["--code", "numpy"],
         ["--code", "js"], ["--json", "--no-check"]]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=" ".join)
def test_what_needs_sympy_alone_is_printed_without_the_rest(installed, tmp_path, form):
    others = ["flint", "tqdm", "numpy", "scipy", "sklearn", "mkdocs", "markdown", "pytest"]
    assert said_without(installed, tmp_path, others, "softmax.gradient", *form) == (0, "")


def test_make_takes_a_python_whose_path_has_spaces():
    recipes = (PROJECT / "Makefile").read_text(encoding="utf-8").splitlines()
    used = [line for line in recipes if line.startswith("\t") and "$(PYTHON)" in line]
    assert used and not [line for line in used if re.search(r"(?<![\"'])\$\(PYTHON\)", line)]


def test_make_lock_installs_a_fixed_version():
    assert re.search(r"^UV := uv==[\d.]+$", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-peers.txt"])
def test_a_lock_has_hashes_and_no_address(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    entries = re.findall(r"^[a-z][^ ]*==.*(?:\n    --hash=sha256:[0-9a-f]{64}(?: \\)?)*", text, re.MULTILINE)
    assert len(entries) > 20 and all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text and "index" not in re.sub(r"#.*", "", text)
