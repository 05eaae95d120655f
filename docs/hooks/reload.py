"""Under `mkdocs serve`: an edited derivation shows up in the pages without a restart.

Python imports a module once. So when a source below `derivations/` has changed, the package is forgotten before the
next build; the first page then imports it anew, by the name of the Markdown extension in `mkdocs.yml`.
"""

import gc
import importlib
import sys
from pathlib import Path

PACKAGE = "derivations"

_seen = None  # the sources as they were at the last build: path -> (time, size)


def on_config(config):
    """Forgets the package if its sources changed since the last build."""
    global _seen
    now = {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in sources(folder(config))}
    if _seen is not None and now != _seen:
        forget()
    _seen = now
    return config


def on_serve(server, config, builder):
    """Makes `mkdocs serve` build again when a derivation is saved."""
    server.watch(str(folder(config)))
    return server


def sources(package):
    """The programs, the laws in Coq, and the ledger of what is proved."""
    return sorted(path for ending in ("py", "v", "txt") for path in package.rglob(f"*.{ending}"))


def folder(config):
    return Path(config.config_file_path).parent / PACKAGE


def forget():
    for name in [name for name in sys.modules if name == PACKAGE or name.startswith(PACKAGE + ".")]:
        del sys.modules[name]
    importlib.invalidate_caches()
    gc.unfreeze()  # or what kept.py has frozen would never be given back
