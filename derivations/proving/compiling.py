"""Runs Coq over the files: each after those it requires, side by side on the cores, and none that is proved already."""

import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass
from hashlib import sha256
from os import cpu_count
from pathlib import Path
from threading import Lock

from .files import CoqFile

BUILT_IN = Path(".proofs")
PACKAGES = "coq libcoq-coquelicot libcoq-flocq"
MOST_SECONDS = 1800  # seconds for one file
# What the standard library of Coq supposes of the real numbers and of functions.
AXIOMS = {
    "ClassicalDedekindReals.sig_not_dec": "forall P : Prop, {~ ~ P} + {~ P}",
    "ClassicalDedekindReals.sig_forall_dec":
        "forall P : nat -> Prop, (forall n : nat, {P n} + {~ P n}) -> {n : nat | ~ P n} + {forall n : nat, P n}",
    "FunctionalExtensionality.functional_extensionality_dep":
        "forall (A : Type) (B : A -> Type) (f g : forall x : A, B x), (forall x : A, f x = g x) -> f = g",
    "Classical_Prop.classic": r"forall P : Prop, P \/ ~ P",
}
RECORD = "compiled.json"


class NoCoq(Exception):
    """Coq is not on this machine. The message says how to get it."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file: "proved", "unchanged", "failed", or "waits" for a file that failed. `said` is what Coq
    printed, and `line` where in the file it stopped.
    """

    name: str
    outcome: str
    seconds: float = 0.0
    said: str = ""
    line: int = 0

    @property
    def is_well(self):
        return self.outcome in ("proved", "unchanged")


def coq(program: str = "coqc") -> str:
    """The path of a program of Coq. NoCoq, saying what to install, if it is missing."""
    found = shutil.which(program)
    if found is None:
        raise NoCoq(f"{program} is not on this machine; on Debian and Ubuntu: apt install {PACKAGES}")
    return found


def compile_all(files: list[CoqFile], folder: Path, tell: Callable = lambda outcome: None) -> dict[str, Outcome]:
    """Compile files, those first that others require; `tell` hears of each as soon as it is done."""
    coq()
    folder.mkdir(parents=True, exist_ok=True)
    record = _Record(folder, files)
    outcomes, running, waiting = {}, {}, {file.name: file for file in files}
    with ThreadPoolExecutor(max_workers=cpu_count() or 1) as pool:
        while waiting or running:
            for file in [file for file in waiting.values() if set(file.requires) <= outcomes.keys()]:
                del waiting[file.name]
                running[pool.submit(_compile, file, folder, record, outcomes)] = file
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for one in finished:
                outcomes[running.pop(one).name] = outcome = one.result()
                tell(outcome)
    return outcomes


def _compile(file, folder, record, outcomes):
    """One file, unless one that it requires failed, or the same was compiled before."""
    lacking = [name for name in file.requires if not outcomes[name].is_well]
    if lacking:
        return Outcome(file.name, "waits", said=f"it requires {', '.join(lacking)}")
    if record.has(file):
        return Outcome(file.name, "unchanged", said=(folder / f"{file.name}.log").read_text(encoding="utf-8"))
    record.forget(file)
    path = folder / f"{file.name}.v"
    path.write_text(file.text, encoding="utf-8")
    found = run_coqc(path, folder)
    path.with_suffix(".log").write_text(found.said, encoding="utf-8")
    if found.is_well:
        record.keep(file)
    return found


def run_coqc(path: Path, folder: Path, longest: float = MOST_SECONDS) -> Outcome:
    """Compile a file that stands in a folder."""
    start = time.monotonic()
    command = [coq(), "-q", "-color", "no", "-Q", ".", "", path.name]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=longest)
    except subprocess.TimeoutExpired:
        return Outcome(path.stem, "failed", time.monotonic() - start, f"it took longer than {longest} seconds")
    seconds, said = time.monotonic() - start, done.stdout + done.stderr
    place = re.search(r'^File "[^"]*", line (\d+), characters [^\n]*\nError', said, re.MULTILINE)
    return Outcome(path.stem, "failed" if done.returncode else "proved", seconds, said, int(place[1]) if place else 0)


class _Record:
    """What was compiled before in a folder: for each file a mark of its text and of what it sees of those it requires.

    A file is not compiled again because a proof was edited in one that it requires: it sees statements alone.
    """

    def __init__(self, folder, files):
        self.path, self.folder, self.lock = folder / RECORD, folder, Lock()
        self.files = {file.name: file for file in files}
        self.version = subprocess.run([coq(), "--print-version"], capture_output=True, text=True).stdout
        self.marks = json.loads(self.path.read_text(encoding="utf-8")) if self.path.exists() else {}

    def mark(self, file):
        names = self._below(file.name, {})
        seen = [self.files[name].seen for name in sorted(names)]
        return sha256("\0".join([self.version, file.text, *seen]).encode()).hexdigest()

    def _below(self, name, found):
        for other in self.files[name].requires:
            if other not in found:
                found[other] = True
                self._below(other, found)
        return found

    def has(self, file):
        made = all((self.folder / f"{file.name}.{ending}").exists() for ending in ("vo", "log"))
        return made and self.marks.get(file.name) == self.mark(file)

    def keep(self, file):
        self.marks[file.name] = self.mark(file)
        self._write()

    def forget(self, file):
        if self.marks.pop(file.name, None):
            self._write()

    def _write(self):
        beside = self.path.with_suffix(".new")
        with self.lock:  # files that are done at the same time write one after the other
            beside.write_text(json.dumps(dict(self.marks), indent=1), encoding="utf-8")
            beside.replace(self.path)


def forget_all(folder: Path):
    """Forget what was compiled: everything is compiled anew."""
    (folder / RECORD).unlink(missing_ok=True)


def axioms_in(said: str) -> set[str]:
    """What Coq lists after `Print Assumptions`: the names of axioms. One of another type than the standard library's of
    that name is listed with its type, and whatever else Coq says there as it stands, such as that a check of its kernel
    was off. ValueError if it lists nothing.
    """
    listed = f"\n{said}".partition("\nAxioms:\n")[2].partition('\nFile "')[0]
    if not listed and "Closed under the global context" in said:
        return set()
    if not listed:
        raise ValueError("Coq did not say on which axioms the theorems rest")
    lines = re.sub(r"\n[ \t]+", " ", listed).splitlines()
    return {_axiom(" ".join(line.split())) for line in lines if line.strip()}


def _axiom(line):
    name, _, stated = line.partition(" : ")
    if not re.fullmatch(r"[\w.']+", name):
        return line
    return name if AXIOMS.get(name, stated) == stated else line
