"""What takes long to make for the site, kept from one build to the next by all that it depends on.

As long as nothing has changed but the prose of the pages, all of it is read. Otherwise what has a key of its own, as
entries have, is read if that is the same, and the rest is made anew.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, suppress
from hashlib import sha256
from importlib.metadata import version
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from platform import python_version

from ..checking import records
from .entry_files import FONT

BESIDE_THE_PACKAGE = ("pyproject.toml", "requirements*.txt", "CITATION.cff", "CHANGELOG.md", "tests/**/*.py")
MADE_WITH = ("sympy", "python-flint", "math-core", "ziamath", "igraph", "vl-convert-python", "markdown")
ADDRESS_NAMES = ("SITE_URL", "REPO_URL")
MADE_BY_THE_SITE = ("check", "without", "proof")  # records that a build adds
TOO_FEW = 8  # what is not worth other processes
DEALT_OUT = 64  # in how many it is dealt out: some take as long as many others, and one process would have them all
CAN_FORK = "fork" in get_all_start_methods() and sys.platform != "darwin"  # whose own libraries do not bear it
NO_PROCESSES = (OSError, NotImplementedError, BrokenProcessPool)  # a machine that has none to give, or ends one
PATIENCE = 60  # seconds that one build waits for another to have written
TABLE = "CREATE TABLE IF NOT EXISTS made (name TEXT PRIMARY KEY, state TEXT, key TEXT, value TEXT)"


class KeptValues:
    """Plain values by name. `state` is a digest of all that any of them depends on. Without a path nothing is read."""

    def __init__(self, path: Path | None = None, state: str = ""):
        self.path, self.state = path, state
        self.known = _known(path) if path else {}  # the state and the key of what is kept; it is read when asked for
        self.readers = {}  # for each process its own connection: none may be used or closed by another
        self.made, self.keys = {}, {}  # the texts that are not kept yet
        self.asked, self.renewed = set(), set()  # renewed: of another state, but of the same key

    def value(self, name: str, make: Callable, key: Callable[[], str] | None = None):
        """What `make` gives for that name, made only if what is kept is of another state, and of another key."""
        self.asked.add(name)
        text = self.made.get(name)
        if text is None and self._is_kept(name, key):
            text = self._read(name)  # None if another build has just replaced it
        if text is None:
            text = self.made[name] = _text(make)
        return json.loads(text)

    def forget(self, name: str):
        """Do not keep what was made for that name."""
        self.made.pop(name, None)

    def fill(self, jobs: dict[str, tuple]):
        """Make what is not kept, by all processors at once: of each name the two that `value` takes. What cannot be
        made is left to who asks for it, and can say where.
        """
        stale = [name for name, (_, key) in jobs.items() if not (name in self.made or self._is_kept(name, key))]
        if len(stale) < TOO_FEW or not CAN_FORK:
            return
        with suppress(*NO_PROCESSES), ProcessPoolExecutor(mp_context=get_context("fork")) as pool:  # they know all this
            made = pool.map(_tried, [jobs[name][0] for name in stale], chunksize=len(stale) // DEALT_OUT + 1)
            self.made |= {name: text for name, text in zip(stale, made) if text is not None}

    def _is_kept(self, name, key):
        state, known_key = self.known.get(name, (None, None))
        if state == self.state or name in self.renewed:
            return True
        if key and self.path:
            self.keys[name] = key()
            if known_key == self.keys[name]:
                self.renewed.add(name)
        return name in self.renewed

    def _read(self, name):
        """The text of one value, as long as it is what was known: several builds may write."""
        with suppress(sqlite3.DatabaseError):
            reader = self.readers.get(os.getpid()) or sqlite3.connect(self.path, timeout=PATIENCE)
            self.readers[os.getpid()] = reader
            wanted = "SELECT value FROM made WHERE name = ? AND state IS ? AND key IS ?"
            found = reader.execute(wanted, (name, *self.known[name])).fetchone()
            return found and found[0]

    def save(self):
        """Keep what was made, and what else is of this state: all of it or, should somebody stop this, nothing."""
        if self.path is None or not (self.made or self.renewed):
            return
        made = [(name, self.state, self.keys.get(name), text) for name, text in self.made.items()]
        renewed = [(self.state, name, self.keys[name]) for name in self.renewed]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with _opened(self.path) as kept, kept:
            kept.execute(TABLE)
            kept.execute("DELETE FROM made WHERE state != ? AND key IS NULL", (self.state,))
            kept.executemany("UPDATE made SET state = ? WHERE name = ? AND key = ?", renewed)
            kept.executemany("REPLACE INTO made VALUES (?, ?, ?, ?)", made)
        self.known |= {name: (state, key) for name, state, key, _ in made}
        self.known |= {name: (state, key) for state, name, key in renewed}
        self.made, self.renewed = {}, set()

    def drop_unasked(self, *kinds: str):
        """Keep nothing whose name begins so and that was not asked for: its name says what it depended on, and it
        would stay as long as the state does.
        """
        stale = [name for name in self.known if name.startswith(kinds) and name not in self.asked]
        if self.path and stale:
            with _opened(self.path) as kept, kept:
                kept.executemany("DELETE FROM made WHERE name = ?", [(name,) for name in stale])


def _text(make):
    return json.dumps(make(), ensure_ascii=False)


def _tried(make):
    with suppress(ValueError):
        return _text(make)


def _opened(path):
    return closing(sqlite3.connect(path, timeout=PATIENCE))


def _known(path):
    """The state and the key of what is kept, by name; nothing if nothing is, or if the file was damaged."""
    if not path.exists():
        return {}
    try:
        with _opened(path) as kept:
            kept.execute(TABLE)
            return {name: tuple(row) for name, *row in kept.execute("SELECT name, state, key FROM made")}
    except sqlite3.DatabaseError:
        path.unlink()
        return {}


def state_of_project() -> str:
    """A digest of all that is not prose: the package, the tests, what was measured, the libraries, the addresses."""
    paths = [path for pattern in BESIDE_THE_PACKAGE for path in sorted(records.PROJECT.glob(pattern))]
    texts = [[path.name, sha256(path.read_bytes()).hexdigest()] for path in [*records.package_files(), *paths, FONT]]
    found = [path for path in records.FOLDER.rglob("*") if path.parent.name not in MADE_BY_THE_SITE]
    measured = sorted([path.name, path.stat().st_size, path.stat().st_mtime_ns] for path in found if path.is_file())
    made_with = [python_version(), *([name, version(name)] for name in MADE_WITH)]
    return records.digest(texts, measured, made_with, [os.environ.get(name, "") for name in ADDRESS_NAMES])
