"""Counterexamples in Coq: there are values with which what is given holds, and the claim does not."""

from collections.abc import Iterable
from itertools import product
from pathlib import Path

from sympy import Expr, Tuple, log, preorder_traversal, sympify
from sympy.logic.boolalg import Boolean

from ..catalogue import catalogue
from ..engine.derivation import Derivation
from ..engine.entries import Counterexample, Definition, Theorem
from ..engine.nodes import Rounded
from .brackets import without_brackets
from .cited import cited_file
from .files import (
    CoqFile, assumptions_file, chapter_files, chapter_of, comment, coq_files, file_head, file_of,
    library_files, library_names, modules, undefined,
)  # fmt: skip
from .printing import identifier, natural, proposition, term
from .variables import NotExported, called, definitions_in, kind_of, variables

VALUES = Path(__file__).parent / "coq" / "values"
COUNTEREXAMPLES_FILE = "Counterexamples"


def counterexamples() -> list[Counterexample]:
    """The counterexamples of the catalogue, in its order."""
    return [entry for entry in catalogue().values() if isinstance(entry, Counterexample)]


def refutation_name(entry: Counterexample) -> str:
    return f"{identifier(entry.id)}_fails"


def definitions_for(entry: Counterexample) -> tuple[Definition, ...]:
    """The definitions that its theorem speaks of, each after those that it uses itself."""
    return definitions_in((entry.claim, *entry.given))


def negation_text(entry: Counterexample) -> str:
    """The theorem of a counterexample: that there are such values. NotExported where Coq has no word for something."""
    names = _names(entry)
    bound = " ".join(f"({name} : {kind_of(*key)})" for key, name in names.items())
    stated = [text for key, name in names.items() for text in _values(key, name, entry.values[key[0]])]
    stated += [_with_meaning(given, names) for given in entry.given]
    stated.append(f"~ ({_with_meaning(entry.claim, names)})")
    joined = without_brackets(" /\\\n  ".join(stated))
    return f"Theorem {refutation_name(entry)} :\n{f'exists {bound},' if names else ''}\n  {joined}."


def negation_in_coq(entry: Counterexample) -> str | None:
    """The same; None if there is no text for it."""
    try:
        return negation_text(entry)
    except NotExported:
        return None


def _names(entry):
    """What its variables are called: those that have values."""
    keys = set().union(*map(variables, (entry.claim, *entry.given)))
    return called(keys | {(root, _rank(given)) for root, given in entry.values.items()})


def _rank(given):
    return 1 + _rank(given[0]) if isinstance(given, (tuple, Tuple)) else 0


def _values(key, name, given):
    """The equations that give a variable its values."""
    root, rank = key
    shape = _shape(given)
    for places in product(*(range(1, length + 1) for length in shape)):
        entry = given
        for place in places:
            entry = entry[place - 1]
        called_so = f"{name} {' '.join(f'{place}%nat' for place in places)}".strip()
        yield f"{called_so} = {_number(root, rank, entry)}"


def _shape(given):
    return (len(given), *_shape(given[0])) if isinstance(given, (tuple, Tuple)) else ()


def _number(root, rank, value):
    return natural(value, {}) if kind_of(root, rank).endswith("nat") else term(value, {})


def _with_meaning(statement: Boolean, names) -> str:
    """A statement. If a computer's numbers stand in it: that they are numbers and that their logarithms are defined."""
    meant = [text for part in statement.args for text in _meaning(part, names)]
    return " /\\ ".join([*dict.fromkeys(meant), proposition(statement, names)])


def _meaning(expression: Expr, names):
    for part in preorder_traversal(expression):
        if isinstance(part, Rounded):
            yield f"is_finite {term(part, names)}"
        elif isinstance(part, log) and part.has(Rounded):
            yield f"0 < {term(part.args[0], names)}"


def witness(key, given):
    """A value in Coq: a number, or a vector or a table as a function of its indices."""
    root, rank = key
    return _function(root, rank, given) if isinstance(given, (tuple, Tuple)) else _number(root, rank, given)


def _function(root, rank, given):
    if not isinstance(given, (tuple, Tuple)):
        return _number(root, rank, sympify(given))
    cases = [f"{place}%nat => {_function(root, rank, entry)}" for place, entry in enumerate(given, start=1)]
    rest = "fun _ => 0" * (_rank(given) - 1) or "0"
    return f"(fun k => match k with {' | '.join(cases)} | _ => {rest} end)"


def refutation_text(entry: Counterexample) -> str:
    """The theorem of a counterexample with its proof, below a comment that names it."""
    witnesses = [witness(key, entry.values[key[0]]) for key in _names(entry)]
    unfolded = " ".join(identifier(one.id) for one in definitions_for(entry))
    given = f"exists {', '.join(witnesses)}. " if witnesses else ""
    section = f"proof_of_{refutation_name(entry)}"
    return "\n".join([
        comment(f"{entry.id}: {entry.title}"), f"Section {section}.",
        f"Ltac named ::= {f'unfold {unfolded.replace(chr(32), chr(44) + chr(32))} in *' if unfolded else 'idtac'}.",
        f"{negation_text(entry)}\nProof. {given}fails. Qed.", f"End {section}.",
    ])  # fmt: skip


def value_files() -> list[CoqFile]:
    """What the proofs of counterexamples use: rounding, and bounds of numbers."""
    return coq_files(VALUES)


def counterexamples_file(entries: Iterable[Counterexample], files: list[CoqFile]) -> CoqFile:
    """The file that proves some counterexamples. `files` are those of the chapters: a definition that stands in none
    of them is in this one.
    """
    entries = list(entries)
    needed = [one for entry in entries for one in definitions_for(entry)]
    own = undefined(needed, files)
    before = modules(chapter_of(one) for one in needed if one not in own)
    library = (*library_names(), *(file.name for file in value_files()))
    about = "Counterexamples: values with which a claim is false. Written by `make proofs`; see the page Proved."
    proofs = {entry: (refutation_name(entry), refutation_text(entry)) for entry in entries}
    return file_of(COUNTEREXAMPLES_FILE, file_head(about, library, before), (*library, *before), own, proofs)


def files_to_prove(derivations: Iterable[Derivation], more: Iterable[Counterexample | Theorem]) -> list[CoqFile]:
    """All files that prove some derivations, counterexamples and cited theorems, each after those that it requires."""
    files, more = chapter_files(derivations), list(more)
    false = [entry for entry in more if isinstance(entry, Counterexample)]
    cited = [entry for entry in more if isinstance(entry, Theorem)]
    others = [*value_files(), counterexamples_file(false, files)] if false else []
    others += [cited_file(cited, files)] if cited else []
    return [*library_files(), *files, *others, assumptions_file([*files, *others])]
