"""What can be copied of a result: a list of texts, each with its name and its language."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sympy import Expr

from ..catalogue import Entry
from ..coding.module import code_of
from ..coding.places import NoCode
from ..engine.entries import Counterexample, Theorem
from ..writing.documents import displayed
from ..writing.false_claims import true_beside
from ..writing.typeset import latex, latex_chain, plain, prose, statement, values_said
from .citing import citations
from .sympy_code import NotHeld, sympy_code
from .work import page_address


@dataclass(frozen=True)
class Copy:
    """One text to copy: `name` is what the button says, `language` that of the code (`latex`, `python`, `xml`)."""

    name: str
    language: str
    text: str


def copies(entry: Entry, mathml: Callable[[str], str] | None = None, site: str = "") -> list[Copy]:
    """All that can be copied of an entry, in the order in which it is offered: what it says, and how it is cited."""
    return [*texts_of(entry, mathml, site), *citations_of(entry)]


def citations_of(entry: Entry) -> list[Copy]:
    """An entry as those of bibliographies. They name the commit, so they change when the entry does not."""
    return [Copy(*said) for said in citations(entry)]


def texts_of(entry: Entry, mathml: Callable[[str], str] | None = None, site: str = "") -> list[Copy]:
    """What an entry says, as texts to copy. What there is not is left out: a theorem in words has no formula, an
    inequality no code.

    `mathml` makes MathML of LaTeX; it is the caller's, as are the pages, and without it there is none to copy. `site`
    is the address of the site, with a slash at its end; without it the link begins at the root of the site.
    """
    bare, is_false = statement_in_latex(entry), isinstance(entry, Counterexample)
    shown = displayed(bare) if bare else prose(" ".join(entry.says.split()))
    shown = latex_chain(entry) if is_false else shown
    found = [
        Copy("LaTeX", "latex", f"{headline(entry)}\n{shown}"),
        Copy("Derivation as LaTeX", "latex", f"{headline(entry)}\n{latex_chain(entry)}" if entry.steps else ""),
        Copy("MathML", "xml", mathml(bare) if mathml and bare and not is_false else ""),
        Copy("SymPy", "python", _in_sympy(entry)),
        Copy("NumPy", "python", _unless(NoCode, code_of, entry, "numpy")),
        Copy("Plain text", "text", _in_plain_text(entry)),
        Copy("Link", "uri", f"{site}{page_address(entry.id)}"),
    ]
    return [one for one in found if one.text]


def not_to_copy(entry: Entry, offered: Iterable[Copy]) -> list[str]:
    """Of the forms that most entries have and this one has not, why: a short sentence for each reason."""
    names = {one.name for one in offered}
    reasons: dict[str, list[str]] = {}
    for name in ("MathML", "SymPy", "NumPy"):
        if name not in names:
            reasons.setdefault(_why_not(entry, name), []).append(name)
    return [f"No {re.sub(', (?=[^,]*$)', ' or ', ', '.join(missing))}: {why}." for why, missing in reasons.items()]


def _why_not(entry, name):
    if not statement_in_latex(entry):
        return "it is stated in words"
    if isinstance(entry, Counterexample):
        return "the claim is false"
    if name == "SymPy":
        return "it cannot state this"
    if getattr(entry, "relation", "=") != "=":
        return "an inequality has no one value"
    return "it states no value to compute"


def headline(entry: Entry) -> str:
    """What is said above the LaTeX of an entry, as comments: its id, and when it holds. What is false says so below."""
    supposed = holds_if(entry)
    return f"% {entry.id}" + (f"\n% {supposed}" if supposed else "")


def holds_if(entry: Entry) -> str:
    """When a result holds, in the words of its hypotheses; nothing where it has none, or never does."""
    if isinstance(entry, Counterexample):
        return ""
    supposed = entry.conditions if isinstance(entry, Theorem) else getattr(entry, "hypotheses", ())
    return f"holds if {'; '.join(' '.join(one.words.split()) for one in supposed)}" if supposed else ""


def _in_sympy(entry):
    """The program, and in its head when the result holds."""
    program, supposed = _unless(NotHeld, sympy_code, entry), holds_if(entry)
    head, line, rest = program.partition("\n")
    return f"{head}\n# {supposed}\n{rest}" if program and supposed else program


def _in_plain_text(entry):
    said, supposed = statement(entry, plain), holds_if(entry)
    if isinstance(entry, Counterexample):
        failing = [f"it fails at {values_said(entry, plain)}"] * bool(entry.values)
        failing += [f"{said[0].lower()}{said[1:]} {', '.join(map(plain, true))}" for said, true in true_beside(entry)]
        return f"False: {said} ({'; '.join(failing)})" if failing else f"False: {said}"
    return f"{said} ({supposed})" if supposed else said


def statement_in_latex(entry: Entry, write: Callable[[Expr], str] = latex) -> str:
    """The bare formula that an entry states; nothing, where it is stated in words. `write` sets its expressions."""
    if isinstance(entry, Theorem):
        return "" if entry.formula is None else write(entry.formula)
    return statement(entry, write)


def _unless(refusal, write, *arguments):
    """What is written; nothing where it is refused."""
    try:
        return write(*arguments)
    except refusal:
        return ""
