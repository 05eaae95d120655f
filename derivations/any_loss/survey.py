"""What texts say of their letters before they are read: which are indices and how far they run, which are vectors and
with how many indices, and which are under a logarithm or below a fraction line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sympy import Expr, Integer, Symbol

from ..engine.nodes import Size
from ..notation import CATALOGUE
from .grammar import Node, Unreadable

SIZE_OF_LETTER = {str(index): size for index, size in CATALOGUE.size_of.items()}
SIZE_NAMED = {str(size): size for size in CATALOGUE.sizes}
INDICES = {str(index): index for index in CATALOGUE.size_of}
VECTORS = ("softmax", "logsumexp")
CAPITALS, SMALL = "ABCDEFGHJLNOPQRSTUVWXYZ", "abeghopqstvwxyz"


@dataclass
class Mention:
    """One place where a name stands: with which indices, in which text; `lacks` where a vector is wanted."""

    indices: tuple[Node, ...]
    text: str
    column: int
    lacks: bool = False


@dataclass
class Survey:
    """What was seen in all texts."""

    uses: dict[str, list[Mention]] = field(default_factory=dict)
    letters: dict[str, Symbol] = field(default_factory=dict)  # of the indices
    sizes: dict[str, Expr] = field(default_factory=dict)  # up to which they run
    asked: dict[str, str] = field(default_factory=dict)  # "positive" or "not 0", of names that nobody declared
    names: set[str] = field(default_factory=set)

    def look(self, node: Node, text: str, vector: bool = False) -> None:
        """Note all letters of a tree."""
        if node.kind == "name":
            self._use(node.value, (), text, node.column, vector)
        elif node.kind == "entry":
            first, *indices = node.parts
            for index in indices:
                if index.kind == "name":
                    self.index(index.value)
            if first.kind == "name":
                self._use(first.value, tuple(indices), text, node.column, vector)
            else:
                self.look(first, text, vector)
        elif node.kind == "call":
            self._call(node, text, vector)
        else:
            self._ask(node)
            for part in node.parts if node.kind == "operation" else ():
                self.look(part, text, vector)

    def _use(self, name, indices, text, column, vector):
        self.names.add(name)
        self.uses.setdefault(name, []).append(Mention(indices, text, column, vector))

    def _call(self, node, text, vector):
        name, arguments = node.value, node.parts
        if name in ("sum", "prod"):
            for bound in arguments[1:]:
                if bound.kind == "name" and bound.value not in SIZE_NAMED and bound is arguments[1]:
                    self.index(bound.value)
            for bound in arguments[1:]:
                if bound.kind != "name":
                    self.look(bound, text)
            arguments = arguments[:1]
        if name in ("log", "sqrt") and arguments:
            self._asked(arguments[0], "positive")
        for argument in arguments:
            self.look(argument, text, vector or name in VECTORS)

    def _ask(self, node):
        if node.kind != "operation":
            return
        if node.value == "/":
            self._asked(node.parts[1], "not 0")
        if node.value == "**":
            exponent = node.parts[1]
            number = exponent.parts[0] if exponent.kind == "operation" and exponent.value == "neg" else exponent
            if number.kind != "number" or number.value.denominator != 1:
                self._asked(node.parts[0], "positive")
            elif number is not exponent:
                self._asked(node.parts[0], "not 0")

    def _asked(self, node, what):
        """A logarithm or a fraction line asks it of every factor."""
        if node.kind == "operation" and node.value in ("*", "/"):
            for part in node.parts if what == "positive" or node.value == "*" else node.parts[:1]:
                self._asked(part, what)
        name = node.value if node.kind == "name" else node.parts[0].value if node.kind == "entry" else None
        if isinstance(name, str) and self.asked.get(name) != "positive":
            self.asked[name] = what

    def index(self, name: str) -> None:
        """A letter is an index: of the notation, or of a size of its own, which is named later."""
        if name not in self.letters:
            self.letters[name] = INDICES.get(name) or Symbol(name, integer=True, positive=True)
            if name in SIZE_OF_LETTER:
                self.sizes[name] = SIZE_OF_LETTER[name]

    def settle(self, others: Iterable[str] = ()) -> list[str]:
        """Give each index without a size one of its own. Returns what was decided, in words."""
        said, taken = [], {*self.names, *self.letters, *SIZE_NAMED, *map(str, self.sizes.values()), *others}
        for name in self.letters:
            if name not in self.sizes:
                capital = next(letter for letter in (name.upper(), *CAPITALS) if letter not in taken and letter != name)
                self.sizes[name] = Size(capital)
                taken.add(capital)
                said.append(f"{name} runs from 1 to {capital}")
        return said

    def ranks(self, name: str) -> list[tuple]:
        """The sizes of the places of a name, as its uses tell: one tuple for each number of indices.

        Unreadable where two uses do not agree.
        """
        found: dict[int, list] = {}
        for use in (use for use in self.uses.get(name, ()) if not use.lacks):
            sizes = found.setdefault(len(use.indices), [None] * len(use.indices))
            for place, index in enumerate(use.indices):
                size = self.sizes.get(index.value) if index.kind == "name" else None
                if size is not None and sizes[place] not in (None, size):
                    raise Unreadable(
                        f"expected one size for place {place + 1} of {name}, found {sizes[place]} before and {size} "
                        f"here", use.text, use.column)  # fmt: skip
                sizes[place] = sizes[place] if size is None else size
        return [tuple(sizes) for _, sizes in sorted(found.items())]


def spare_letters(taken: set[str], count: int) -> list[Symbol]:
    """Letters for indices that occur nowhere."""
    free = [letter for letter in SMALL if letter not in taken and letter not in INDICES]
    free += [f"{letter}{number}" for number in range(1, 9) for letter in SMALL]
    return [Symbol(letter, integer=True, positive=True) for letter in free[:count]]


def whole_number(node: Node) -> Integer:
    """A whole number of a tree."""
    return Integer(node.value.numerator)
