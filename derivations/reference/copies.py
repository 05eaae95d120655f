"""What can be copied of a result: a list of texts, each with its name and its language."""

from collections.abc import Callable
from dataclasses import dataclass

from ..catalogue import Entry
from ..coding.module import code_of
from ..coding.places import NoCode
from ..engine.entries import Theorem
from ..writing.documents import displayed
from ..writing.typeset import latex, latex_chain, plain, statement
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
    bare = statement_in_latex(entry)
    found = [
        Copy("LaTeX", "latex", displayed(bare) if bare else latex_chain(entry)),
        Copy("Derivation as LaTeX", "latex", latex_chain(entry) if entry.steps else ""),
        Copy("MathML", "xml", mathml(bare) if mathml and bare else ""),
        Copy("SymPy", "python", _unless(NotHeld, sympy_code, entry)),
        Copy("NumPy", "python", _unless(NoCode, code_of, entry, "numpy")),
        Copy("Plain text", "text", statement(entry, plain)),
        Copy("Link", "uri", f"{site}{page_address(entry.id)}"),
    ]
    return [one for one in found if one.text]


def statement_in_latex(entry: Entry) -> str:
    """The bare formula that an entry states; nothing, where it is stated in words."""
    if isinstance(entry, Theorem):
        return "" if entry.formula is None else latex(entry.formula)
    return statement(entry)


def _unless(refusal, write, *arguments):
    """What is written; nothing where it is refused."""
    try:
        return write(*arguments)
    except refusal:
        return ""
