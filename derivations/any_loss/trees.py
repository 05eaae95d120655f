"""Trees: what a text is made of, each part with the place where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from .tokens import Unreadable


@dataclass(frozen=True)
class Tree:
    """A part of a formula, and the text and the column where it stands."""

    text: str
    column: int

    def refused(self, message: str) -> Unreadable:
        """The error that points here."""
        return Unreadable(message, self.text, self.column)


@dataclass(frozen=True)
class Numeral(Tree):
    """An exact number."""

    value: Fraction


@dataclass(frozen=True)
class Name(Tree):
    """A letter or a word, Greek names as letters; pi and e are constants."""

    name: str


@dataclass(frozen=True)
class Element(Tree):
    """An entry of a vector, a matrix or of softmax."""

    vector: Tree
    indices: tuple[Tree, ...]


@dataclass(frozen=True)
class Call(Tree):
    """A function of numbers, or of a vector; not a sum."""

    function: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True)
class Summed(Tree):
    """A sum or a product; `over` is what follows what is added up."""

    word: str
    body: Tree
    over: tuple[Tree, ...]


@dataclass(frozen=True)
class Operation(Tree):
    """Two parts with a sign between them; the column is that of the sign."""

    sign: str
    left: Tree
    right: Tree


@dataclass(frozen=True)
class Minus(Tree):
    """Minus a part."""

    part: Tree


@dataclass(frozen=True)
class Among(Tree):
    """A set: "interval" with two ends (None: infinite) and whether they are left out; "finite", "range", "real",
    "natural".
    """

    kind: str
    parts: tuple[Tree | None, ...] = ()
    open: tuple[bool, bool] = (False, False)


@dataclass(frozen=True)
class Relation(Tree):
    """Two sides and the sign between them; the right side of `in` is a set."""

    sign: str
    left: Tree
    right: Tree


def parts_of(tree: Tree) -> tuple[Tree, ...]:
    """The trees right below a tree."""
    below = {Element: ("vector", "indices"), Call: ("arguments",), Summed: ("body", "over"), Minus: ("part",),
             Operation: ("left", "right"), Relation: ("left", "right"), Among: ("parts",)}  # fmt: skip
    below = below.get(type(tree), ())
    found = [getattr(tree, name) for name in below]
    flat = [one for part in found for one in (part if isinstance(part, tuple) else (part,))]
    return tuple(one for one in flat if one is not None)


def within(tree: Tree) -> Iterator[Tree]:
    """A tree and all trees below it."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        yield part
        waiting += parts_of(part)
