"""Puts the source of the site into the site: source/likelihood-to-cross-entropy-COMMIT.tar.gz.

The same commit gives the same bytes: the files stand in order, with the time of the commit and without owners. What was
not committed is not passed off as a commit: then the name ends in -modified, or in -no-commit where there is no git.
"""

import gzip
import io
import subprocess
import tarfile
from pathlib import Path

from meanwhile import meanwhile
from written import announce, write

PROJECT = "likelihood-to-cross-entropy"
# What a build can depend on: of these folders, files that git does not know yet are packed too.
FOLDERS = ("derivations", "docs", "tests")
# Without git: these, and of the top folder what has one of these endings or names.
ENDINGS = {".md", ".txt", ".toml", ".yml", ".cff"}
NAMES = {"LICENSE", "Makefile", ".gitignore"}


def on_files(files, config):
    """Adds the archive, and leaves for the page of sources what it is called and what it was made from."""
    project = Path(config.config_file_path).parent
    name, made_from, paths, time = contents(project)
    address = f"source/{name}.tar.gz"
    announce(files, config, [address])
    packing = meanwhile(lambda: packed(project, name, paths, time))
    config.extra["archive"] = {"file": f"{name}.tar.gz", "address": address, "made_from": made_from, "packing": packing}
    return files


def on_post_build(config):
    archive = config.extra["archive"]
    write(config, {archive["address"]: archive["packing"]()})


def contents(project):
    """The name of the archive, a sentence on what it was made from, the files, and the time they bear."""
    commit = git(project, "rev-parse", "--short=10", "HEAD")
    # In the folder of another repository git would answer for that one.
    if not commit or git(project, "rev-parse", "--show-prefix") != "":
        made_from = "the project's files as they were when this site was built, without git to tell the commit"
        return f"{PROJECT}-no-commit", made_from, known(project), 0
    tracked = listed(project, "--cached")
    new = listed(project, "--others", "--exclude-standard", "--", *FOLDERS)
    time = int(git(project, "log", "-1", "--format=%ct"))
    if new or git(project, "status", "--porcelain", "--untracked-files=no"):
        made_from = f"the working files that this site was built from: commit {commit}, and changes not yet committed"
        return f"{PROJECT}-{commit}-modified", made_from, {*tracked, *new}, time
    return f"{PROJECT}-{commit}", f"commit {commit}, from which this site was built", tracked, time


def git(project, *arguments):
    """What git answers; None if it cannot, or is not there."""
    try:
        done = subprocess.run(
            ["git", "--no-optional-locks", *arguments], cwd=project, capture_output=True, encoding="utf-8"
        )
    except FileNotFoundError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def listed(project, *which):
    """The files that git lists, as far as they are still there."""
    paths = git(project, "ls-files", "-z", *which).split("\0")
    return {path for path in paths if path and (project / path).is_file()}


def known(project):
    """The files of the project where git lists none."""
    top = (path for path in project.iterdir() if path.suffix in ENDINGS or path.name in NAMES)
    below = (path for folder in FOLDERS for path in (project / folder).rglob("*"))
    paths = (path.relative_to(project) for path in (*top, *below) if path.is_file())
    hidden = ("__pycache__", ".")
    return {path.as_posix() for path in paths if not any(part.startswith(hidden) for part in path.parts[:-1])}


def packed(project, name, paths, time):
    """The files below one folder, compressed."""

    def nameless(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.mode & 0o100 else 0o644
        entry.mtime = time
        return entry

    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(paths):
            archive.add(project / path, f"{name}/{path}", filter=nameless)
    return gzip.compress(written.getvalue(), mtime=0)
