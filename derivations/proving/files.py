"""A file of Coq for each chapter: its definitions, and its theorems with their proofs, in the catalogue's order."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sympy import Sum

from ..catalogue import CHAPTERS, catalogue, chapter, find
from ..engine.derivation import Derivation
from ..engine.entries import Definition
from .chapters import proof_of
from .printing import definition_text, identifier
from .strong import cited_statement, shown_statement
from .theorems import cited_by, key_of_proof, theorem_of
from .variables import definitions_in

LIBRARY = Path(__file__).parent / "coq"
AXIOMS_FILE = "Assumptions"


@dataclass(frozen=True)
class CoqFile:
    """A file: its name, its text, the names of the files it requires, and the derivations it proves, each with the line
    on which its proof begins, and the names of its theorems. `seen` is what files that require it see of it: its text
    without the proofs.
    """

    name: str
    text: str
    requires: tuple[str, ...] = ()
    proves: tuple[tuple[int, str], ...] = ()
    seen: str = ""
    theorems: tuple[str, ...] = ()


def derivation_of(key: str) -> Derivation:
    """The derivation, or the stage of one, that has such a key. KeyError if there is none."""
    id, _, steps = key.removesuffix("]").partition("[")
    found = find(id)
    if not isinstance(found, Derivation) or int(steps or 1) > len(found.steps):
        raise KeyError(key)
    return found.first(int(steps)) if steps else found


@cache
def definitions_of(derivation: Derivation) -> tuple[Definition, ...]:
    """The definitions that its theorem or its proof speaks of, each after those that it uses itself."""
    parts = []
    for one in (derivation, *cited_by(derivation)):
        statements = [given.statement for given in one.hypotheses if given.statement is not None]
        parts += [*one.lines, *statements, *([] if one.named is None else [one.named.name])]
    return definitions_in(parts)


def derivations() -> list[Derivation]:
    """The derivations of the catalogue, in its order."""
    return [entry for entry in catalogue().values() if isinstance(entry, Derivation)]


@cache
def sums_to_one() -> tuple[Derivation, ...]:
    """The results that some numbers sum to 1: a proof may use them for what a cited theorem supposes."""
    return tuple(entry for entry in derivations() if entry.result == 1 and isinstance(entry.start, Sum))


def may_unfold(derivation: Derivation) -> str:
    """The line that says which definitions the tactics may unfold in a proof."""
    names = ", ".join(identifier(definition.id) for definition in definitions_of(derivation))
    return f"Ltac defs ::= {f'repeat unfold {names} in *' if names else 'idtac'}."


def _place(derivation):
    return list(catalogue()).index(derivation.id), len(derivation.steps)


def helpers(derivation: Derivation, among: Iterable[Derivation]) -> list[Derivation]:
    """Those results that some numbers sum to 1 whose proof stands before, and which say nothing of other quantities."""
    known = set(definitions_of(derivation))
    return [one for one in sums_to_one()
            if one in among and _place(one) < _place(derivation) and set(definitions_of(one)) <= known]  # fmt: skip


def comment(text: str) -> str:
    """A comment: in Coq, what is in quotes or looks like the end of a comment would not be one."""
    return f"(* {text.replace('*)', '* )').replace('(*', '( *').replace(chr(34), chr(39))} *)"


def _heading(entry):
    return comment(f"{entry.id}: {entry.title}")


def statement_text(derivation: Derivation) -> str:
    """What its theorem says."""
    return shown_statement(theorem_of(derivation))


def cited_text(derivation: Derivation) -> str:
    """What other proofs use of it: what its theorem says; of one that names derivatives, the lemma before it."""
    return cited_statement(theorem_of(derivation))


def theorem_text(derivation: Derivation, proof=proof_of) -> str:
    """A theorem with its proof, below a comment that names the derivation.

    What the tactics may unfold is said in a section, so that it holds in it alone, and so that files that require this
    one do not depend on where in it that was said.
    """
    section = f"proof_of_{theorem_of(derivation).name}"
    return (f"{_heading(derivation)}\nSection {section}.\n{may_unfold(derivation)}\n{proof(derivation)}\n"
            f"End {section}.")  # fmt: skip


def hint_text(derivation: Derivation) -> str:
    return f"#[export] Hint Resolve {theorem_of(derivation).cited} : cat."


def library_files() -> list[CoqFile]:
    """The laws and the tactics, each file after those that it requires."""
    return coq_files(LIBRARY)


def coq_files(folder: Path) -> list[CoqFile]:
    """The files that are written by hand in a folder, each after those that it requires."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.v"))}
    requires = {
        name: tuple(other for line in text.splitlines() if line.startswith("Require ")
                    for other in line.rstrip(".").split()[2:])
        for name, text in texts.items()
    }  # fmt: skip
    files = [CoqFile(name, text, requires[name], seen=text) for name, text in texts.items()]
    return sorted(files, key=lambda file: (len(file.requires), file.name))


def library_names() -> tuple[str, ...]:
    return tuple(file.name for file in library_files())


def chapter_files(derivations: Iterable[Derivation]) -> list[CoqFile]:
    """The files that prove some derivations, chapter by chapter. What they cite must be among them."""
    exported = sorted(derivations, key=_place)
    among = frozenset(exported)
    defined = dict.fromkeys(one for derivation in exported for one in definitions_of(derivation))
    files = [_chapter_file(name, exported, among, defined) for name in CHAPTERS]
    return [file for file in files if file is not None]


def module_name(name: str) -> str:
    """What the file of a chapter is called."""
    return name.capitalize()


def chapter_of(entry: Definition | Derivation) -> str:
    """The chapter that an id begins with."""
    return entry.id.partition(".")[0]


def modules(chapters: Iterable[str]) -> list[str]:
    """The files of some chapters, in the catalogue's order."""
    wanted = set(chapters)
    return [module_name(name) for name in CHAPTERS if name in wanted]


def file_head(about: str, library: Iterable[str], before: Iterable[str]) -> str:
    """What a file begins with: what it is about, and which files it requires."""
    required = [f"Require Import {' '.join(names)}." for names in map(list, (library, before)) if names]
    return "\n".join([comment(about), *required, "Open Scope R_scope."])


def undefined(definitions: Iterable[Definition], files: Iterable[CoqFile]) -> list[Definition]:
    """The definitions that stand in none of some files, each once."""
    there = "\n".join(file.seen for file in files)
    return [one for one in dict.fromkeys(definitions) if f"Definition {identifier(one.id)} " not in there]


def file_of(name: str, head: str, requires: Iterable[str], own: Iterable[Definition], proofs: dict) -> CoqFile:
    """A file with definitions of its own, and what proves some entries: the theorem's name and the text of each."""
    text, proves = head + "\n", []
    for definition in own:
        text += f"\n{_heading(definition)}\n{definition_text(definition)}\n"
    for entry, (_, proof) in proofs.items():
        proves.append((text.count("\n") + 2, entry.id))
        text += f"\n{proof}\n"
    theorems = tuple(theorem for theorem, _ in proofs.values())
    return CoqFile(name, text, tuple(requires), tuple(proves), theorems=theorems)


def _chapter_file(name, exported, among, defined):
    """The file of one chapter; None if nothing of it is needed."""
    theorems = [derivation for derivation in exported if chapter_of(derivation) == name]
    own = [definition for definition in defined if chapter_of(definition) == name]
    parts = _Parts()
    for derivation in theorems:
        for definition in definitions_of(derivation):
            if definition in own:
                parts.define(definition)
        parts.prove(derivation, among)
    for definition in own:
        parts.define(definition)
    if not parts.texts:
        return None
    used = [chapter_of(one) for definition in own for one in definitions_in([definition.body])]
    used += [chapter_of(one) for derivation in theorems
             for one in (*definitions_of(derivation), *cited_by(derivation), *helpers(derivation, among))]  # fmt: skip
    return parts.file(name, tuple(modules({*used} - {name})))


class _Parts:
    """The parts of a file, as they come."""

    def __init__(self):
        self.texts, self.seen, self.proves = [], [], {}

    def define(self, definition):
        text = f"{_heading(definition)}\n{definition_text(definition)}"
        if text not in self.texts:
            self.texts.append(text)
            self.seen.append(text)

    def prove(self, derivation, among):
        text = theorem_text(derivation)
        hint = f"\n{hint_text(derivation)}" if derivation in sums_to_one() else ""
        self.proves[len(self.texts)] = derivation
        self.texts.append(text + hint)
        statements = dict.fromkeys([cited_text(derivation), statement_text(derivation)])
        self.seen.append("\n".join(statements) + hint)

    def file(self, name, before):
        about = chapter(name).__doc__.partition("\n")[0]
        about = f"{name}: {about} Written by `make proofs`; to prove it again, see the page Proved."
        head = file_head(about, library_names(), before)
        line, proves = len(head.splitlines()) + 2, []
        for number, text in enumerate(self.texts):
            if number in self.proves:
                proves.append((line, key_of_proof(self.proves[number])))
            line += len(text.splitlines()) + 1
        text = "\n\n".join([head, *self.texts]) + "\n"
        seen = "\n".join([head, *self.seen])
        theorems = tuple(theorem_of(derivation).name for derivation in self.proves.values())
        return CoqFile(module_name(name), text, (*library_names(), *before), tuple(proves), seen, theorems)


def assumptions_file(files: list[CoqFile], called: str = AXIOMS_FILE) -> CoqFile:
    """The file that asks on which axioms all theorems together rest. Nothing is imported, so that Coq says the axioms'
    full names.
    """
    names = [f"{file.name}.{theorem}" for file in files for theorem in file.theorems]
    chain = [f"Definition all_{number} := ({name}, {f'all_{number - 1}' if number else 'I'})."
             for number, name in enumerate(names)]  # fmt: skip
    text = "\n".join([
        comment("On which axioms all theorems together rest. Written by `make proofs`."),
        *(f"Require {file.name}." for file in files),
        *chain,
        *([f"Print Assumptions all_{len(names) - 1}."] if names else []),
    ])  # fmt: skip
    requires = dict.fromkeys(name for file in files for name in (*file.requires, file.name))
    return CoqFile(called, text + "\n", tuple(requires))
