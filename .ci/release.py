"""Makes a release in dist/: a wheel, the site as an archive, and the whole work as a PDF. `make release VERSION=1.2.3`

Nothing is made unless the version is one, is that of the project, stands in the change log with its date, and all is
committed. Each of the three is then made from that commit.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PROJECT = Path(__file__).resolve().parent.parent
NAME = "likelihood-to-cross-entropy"
WORK = "derivations/reference/work.py"  # which a wheel takes along
VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}((a|b|rc)\d+)?")
ENGINE = "pdflatex"
TO_INSTALL = "on Debian: apt install texlive-latex-base texlive-latex-recommended"


class Refused(ValueError):
    """Why nothing was released, and what would be right."""


def refuse(version, project=PROJECT):
    """Raise Refused unless this version of the project can be released as it stands; the date of the release."""
    if not VERSION.fullmatch(version):
        shown = version or "(nothing)"
        raise Refused(f"VERSION={shown} is no version; one has three numbers, such as 1.2.0 or 1.2.0rc1")
    own = tomllib.loads(read(project, "pyproject.toml"))["project"]["version"]
    if own != version:
        raise Refused(f"pyproject.toml says version {own}, not {version}; write the new one there first")
    cited = re.search(r"^version: (.*)$", read(project, "CITATION.cff"), re.MULTILINE)
    if not cited or cited[1].strip('"') != version:
        raise Refused(f"CITATION.cff does not say version: {version}; write it there first")
    heading = rf"^## \[{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)$"
    dated = re.search(heading, read(project, "CHANGELOG.md"), re.MULTILINE)
    if not dated:
        raise Refused(f"CHANGELOG.md has no heading '## [{version}] - ' with a date such as 2026-01-31; "
                      "put what stands under Unreleased below one")  # fmt: skip
    for name, line in {"CITATION.cff": f'date-released: "{dated[1]}"', WORK: f'RELEASED = "{dated[1]}"'}.items():
        if not re.search(rf"^{re.escape(line)}(?: *#.*)?$", read(project, name), re.MULTILINE):
            raise Refused(f"{name} does not say {line}, the day in CHANGELOG.md; write it there first, or "
                          "what is installed would be cited without it")  # fmt: skip
    if changed := git(project, "status", "--porcelain"):
        raise Refused(f"not all is committed:\n{changed}")
    return dated[1]


def read(project, name):
    return (project / name).read_text(encoding="utf-8")


def git(project, *arguments):
    done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise Refused(f"git could not say what was committed: {done.stderr.strip()}")
    return done.stdout.strip()


def run(*command, cwd, **more):
    """A command whose output is shown only if it fails."""
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, encoding="utf-8",
                          errors="replace", env=os.environ | more)  # fmt: skip
    if done.returncode:
        raise Refused(f"{Path(str(command[0])).name} failed:\n{(done.stdout + done.stderr)[-3000:]}")


def make_wheel(build, dist):
    """From what is committed alone, in a folder without the rests of earlier builds."""
    source = build / "source"
    source.mkdir()
    archive = build / "source.tar"
    run("git", "archive", "--output", archive, "HEAD", cwd=PROJECT)
    shutil.unpack_archive(archive, source)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", dist, ".",
        cwd=source)  # fmt: skip


def make_site(build, target):
    """The site, below one folder, each file with the same time: the same commit gives the same archive."""
    run(sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", build / "site", cwd=PROJECT)
    pack(build / "site", target)


def pack(folder, target):
    """A folder as an archive, in which all stands below a folder with the archive's name."""
    with ZipFile(target, "w") as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(f"{target.stem}/{path.relative_to(folder).as_posix()}")
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def make_book(build, target, made_from, date):
    """The book, compiled twice: its contents are known after the first time."""
    from derivations.reference.book import book

    (build / "book.tex").write_text(book(made_from, date), encoding="utf-8")
    for _ in range(2):
        try:
            run(ENGINE, "-interaction=nonstopmode", "-halt-on-error", "book.tex", cwd=build)
        except Refused as error:
            hint = f"\nA file that TeX does not find is in {TO_INSTALL}" if ".sty' not found" in str(error) else ""
            raise Refused(f"{error}{hint}") from error
    shutil.move(build / "book.pdf", target)


def make_all(version, date, build, dist):
    """All three, or none: what an earlier release left in `dist` goes only when these are there."""
    shutil.rmtree(build, ignore_errors=True)
    made = build / "dist"
    made.mkdir(parents=True)
    try:
        commit = git(PROJECT, "rev-parse", "--short=10", "HEAD")
        make_wheel(build, made)
        make_book(build, made / f"{NAME}-{version}.pdf", f"Version {version}, commit {commit}", date)
        make_site(build, made / f"{NAME}-{version}-site.zip")
        shutil.rmtree(dist, ignore_errors=True)
        shutil.move(made, dist)
    finally:
        shutil.rmtree(build, ignore_errors=True)


def main(version=""):
    """Release, or say why not."""
    try:
        date = refuse(version)
        if not shutil.which(ENGINE):
            raise Refused(f"there is no {ENGINE}, which makes the PDF ({TO_INSTALL})")
        build, dist = PROJECT / ".build" / "release", PROJECT / "dist"
        make_all(version, date, build, dist)
    except Refused as error:
        print(f"error: nothing was released: {error}", file=sys.stderr)
        return 1
    print(*(f"dist/{path.name}: {path.stat().st_size / 1e6:.1f} MB" for path in sorted(dist.iterdir())), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
