"""What can be copied of a result: a list of texts, each with its name and its language."""

from dataclasses import dataclass

from ..writing.typeset import plain, statement
from .citing import citations


@dataclass(frozen=True)
class Copy:
    """One text to copy: `name` is what the button says, `language` that of the code (`latex`, `python`, `xml`)."""

    name: str
    language: str
    text: str


def copies(entry) -> list[Copy]:
    """All that can be copied of an entry, in the order in which it is offered."""
    return [Copy("Plain text", "text", statement(entry, plain)), *(Copy(*said) for said in citations(entry))]
