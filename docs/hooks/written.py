"""How hooks write files of their own: below the folder of the site when all pages are there, and in .cache."""

import os
from pathlib import Path

from mkdocs.structure.files import File


def announce(files, config, addresses):
    """Tell MkDocs of files that `write` is to write: what links to them is looked at before."""
    for address in addresses:
        files.append(File.generated(config, address, content=""))


def write(config, contents):
    """Write files into the site: a text or bytes for each address."""
    for address, content in contents.items():
        path = Path(config.site_dir) / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def keep(path, content):
    """Write bytes to be read by the next build: whole or not at all, should somebody stop this one. Several builds may
    do it at once.
    """
    unfinished = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished.write_bytes(content)
    unfinished.replace(path)
