"""Puts released sites side by side: `python .ci/versions.py SITE ARCHIVE...` unpacks each archive that `make release`
made into SITE/versions/VERSION/, and writes SITE/versions/index.html, which lists them, the newest first.
"""

import re
import shutil
import sys
import zlib
from html import escape
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

NUMBER = re.compile(r"\d+\.\d+\.\d+(?:(?:a|b|rc)\d+)?")
ARCHIVE = re.compile(rf".*-({NUMBER.pattern})-site\.zip")
UNFINISHED = ".unfinished-"  # how a folder begins whose version is still being unpacked
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>All versions</title>
<style>body {{ font: 1.1rem/1.6 serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem }}</style>
</head>
<body>
<h1>All versions</h1>
<p>Each released version stands here as it was. <a href="../index.html">The newest pages</a> may say more.</p>
<ul>
{rows}
</ul>
</body>
</html>
"""


def order(version):
    """What sorts versions: 0.10.0 after 0.9.0, and 1.0.0 after 1.0.0rc1."""
    numbers, kind, more = re.fullmatch(r"([\d.]+)(?:(a|b|rc)(\d+))?", version).groups()
    return [int(part) for part in numbers.split(".")], kind or "z", int(more or 0)


def side_by_side(site, archives):
    """Unpack them. ValueError for a file that is no archive of a site, before anything is written; OSError where
    something cannot be written. A version appears whole: it is unpacked beside, and then moved.
    """
    found = {}
    for path in map(Path, archives):
        named = ARCHIVE.fullmatch(path.name)
        if not named:
            raise ValueError(f"{path} is not called as `make release` calls the archive of a site: NAME-1.2.3-site.zip")
        found[named[1]] = path
        inspect(path)
    folder = Path(site) / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    for version, path in found.items():
        with TemporaryDirectory(dir=folder, prefix=UNFINISHED) as beside:
            unpack(path, Path(beside) / version)
            shutil.rmtree(folder / version, ignore_errors=True)
            (Path(beside) / version).rename(folder / version)
    names = sorted((path.name for path in folder.iterdir() if NUMBER.fullmatch(path.name)), key=order, reverse=True)
    rows = "\n".join(f'<li><a href="{escape(name)}/index.html">Version {escape(name)}</a></li>' for name in names)
    (folder / "index.html").write_text(PAGE.format(rows=rows), encoding="utf-8")


def inspect(path):
    """Read an archive through: ValueError unless all of it can be read and stands in its folder, with a first page."""
    try:
        with ZipFile(path) as archive:
            names, damaged = archive.namelist(), archive.testzip()
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        said = getattr(error, "strerror", None) or error
        raise ValueError(f"{path} cannot be read as an archive ({said}); make or download it again") from error
    if damaged:
        raise ValueError(f"{path} is damaged, in {damaged}; make or download it again")
    for name in names:
        inside = PurePosixPath(*PurePosixPath(name).parts[1:])
        if ".." in inside.parts or inside.is_absolute():
            raise ValueError(f"{path} has a file outside its folder: {name}")
    if not any(PurePosixPath(name).parts[1:] == ("index.html",) for name in names):
        raise ValueError(f"{path} holds no site: there is no index.html in its folder")


def unpack(path, folder):
    """An archive without the folder in which all of it stands."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith("/"):
                continue
            target = folder.joinpath(*PurePosixPath(name).parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("error: name the folder of the site, and then the archives")
    try:
        side_by_side(sys.argv[1], sys.argv[2:])
    except ValueError as error:
        sys.exit(f"error: {error}. Nothing was written")
    except OSError as error:
        sys.exit(f"error: {error.filename or sys.argv[1]}: {error.strerror or error}")
