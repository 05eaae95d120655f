"""Checks again with coqchk, a program of Coq's that reads compiled files: ours, without the tactics that made them."""

import re
import subprocess
import time
from pathlib import Path

from .compiling import coq
from .files import AXIOMS_FILE, CoqFile


UNSAFE = ("relying on type-in-type", "relying on unsafe (co)fixpoints", "inductives whose positivity is assumed")


def _is_safe(said):
    """Whether coqchk says that no check of the kernel was off for anything that it loaded."""
    told = " ".join(said.split())
    return all(re.search(rf"{re.escape(what)}[^:]*: <none>", told, re.IGNORECASE) for what in UNSAFE)


def check_again(files: list[CoqFile], folder: Path) -> tuple[bool, str]:
    """Have coqchk read the compiled files once more; those of libraries are loaded and not checked. Whether it accepts
    them, and what it says: on what all that it loaded rests.
    """
    names = [file.name for file in files if file.name != AXIOMS_FILE]
    missing = [name for name in names if not (folder / f"{name}.vo").exists()]
    if missing:
        return False, f"these files are not compiled; first run make proofs: {', '.join(missing)}"
    command = [coq("coqchk"), "-silent", "-o", "-Q", ".", ""]
    for name in names:
        command += ["-norec", name]
    start = time.monotonic()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
    said = (done.stdout + done.stderr).strip()
    if done.returncode or not _is_safe(said):
        return False, said
    return True, f"{said}\n\n{len(names)} files checked again by coqchk in {time.monotonic() - start:.0f} s"
