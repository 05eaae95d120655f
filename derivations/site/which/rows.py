"""What is said of a function of another library. Each statement is held by a claim in tests/peers that calls it."""

from dataclasses import dataclass

VALUE = "value"  # the statement that every row makes: at ordinary arguments the function is the named result


@dataclass(frozen=True)
class Fact:
    """One convention, in a sentence or two; `id` names the result that it is about, if that is not the row's own."""

    about: str
    text: str
    id: str = ""


@dataclass(frozen=True)
class LossFunction:
    """A function under its full name, the other names that it goes by, and the result that it computes.

    `how` says how the result becomes what the function returns. Where no result is the same, `nearly` is true, and
    `how` says what is different. What takes no labels has none.
    """

    name: str
    also: tuple[str, ...]
    id: str
    how: str
    takes: str
    labels: str
    facts: tuple[Fact, ...]
    nearly: bool = False

    @property
    def short(self) -> str:
        """What it is called in a heading; `logpmf` alone would say nothing."""
        *before, last = self.name.split(".")
        return f"{before[-1]}.{last}" if last == "logpmf" else last

    def claims(self) -> dict[str, str]:
        """What the row states, by what it is about, with the id of the result that the statement is compared with."""
        return {VALUE: self.id} | {fact.about: fact.id or self.id for fact in self.facts}


@dataclass(frozen=True)
class Library:
    """The rows of a library; the packages whose versions count; and what it has beside them, with the reason."""

    title: str
    packages: tuple[str, ...]
    rows: tuple[LossFunction, ...]
    left_out: tuple[str, ...] = ()
