"""Which letters are indices in the texts of one loss, and how far each runs."""

from sympy import Basic, Expr, Integer, Range, Symbol

from ..engine.nodes import Size
from ..engine.vocabulary import Notation
from ..notation import CATALOGUE, SIZES, size_of
from .grammar import runs_of
from .tokens import NAMES_OF_CONSTANTS
from .trees import Among, Element, Name, Numeral, Summed, Tree, parts_of, within

ENOUGH = 4  # so many letters a size has: rules need spare ones
SPARE = "abgqvwtxyzpηθικνξρτυχψωso"  # for indices that nobody typed
CAPITALS = "PQNLHGSTUVXYZRJBACDF"
INDEX_LETTERS = {letter.name: letter for letter in CATALOGUE.size_of}
NAMES_OF_SIZES = {size.name: size for size in SIZES}


def whole_letter(name: str) -> Symbol:
    """A letter for an index."""
    return Symbol(name, integer=True, positive=True)


class Letters:
    """The indices and sizes of the notation, and those that a loss brings. `typed` are all names in its texts."""

    def __init__(self, typed: set[str]):
        self.typed = typed
        self.sizes: dict[str, Symbol] = dict(NAMES_OF_SIZES)
        self.tops: dict[str, Expr] = {name: size_of(letter) for name, letter in INDEX_LETTERS.items()}
        self.used: set[str] = set()
        self.said: list[str] = []

    def is_size(self, name: str) -> bool:
        """Whether a name is that of a size."""
        return name in self.sizes

    def symbol(self, name: str) -> Symbol:
        """The symbol of an index or a size."""
        return INDEX_LETTERS.get(name) or self.sizes.get(name) or whole_letter(name)

    def top(self, index: Basic) -> Expr | None:
        """How far an index runs; a size, which is the last place, stands for the index itself."""
        name = getattr(index, "name", None)
        return self.sizes.get(name) or self.tops.get(name)

    def of(self, size: Expr) -> list[Symbol]:
        """The letters that run to a size."""
        return [self.symbol(name) for name, top in self.tops.items() if top == size]

    def forget(self, name: str) -> None:
        """A letter that is declared as something else is no index."""
        self.tops.pop(name, None)

    def declare(self, index: Name, among: Among) -> None:
        """That an index runs from 1 to a size: a new one, one of the notation, or a number."""
        first, last = among.parts
        if not isinstance(first, Numeral) or first.value != 1:
            raise first.refused("found another beginning, expected 1: every index runs from 1")
        size = self._declared_size(last)
        if index.name in self.sizes or index.name in NAMES_OF_CONSTANTS:
            raise index.refused(f"found {index.name}, expected a letter for an index, such as a")
        if self.tops.get(index.name, size) != size:
            runs, letter = self.tops[index.name], index.name
            raise index.refused(f"found {letter}, which runs to {runs}, expected another letter for an index to {size}")
        self.tops[index.name] = size
        self.said.append(f"{index.name} runs from 1 to {size} (declared)")

    def _declared_size(self, last):
        if isinstance(last, Numeral) and last.value.denominator == 1 and 1 <= last.value <= 1000:
            return Integer(int(last.value))
        if not isinstance(last, Name) or last.name in NAMES_OF_CONSTANTS or last.name in self.tops:
            raise last.refused("found another end, expected a size: n, K, d, M, a new letter or a whole number")
        return self.sizes.setdefault(last.name, Size(last.name))

    def meet(self, tree: Tree) -> None:
        """Give every index in a tree its size: that of its bounds, or one of its own."""
        if isinstance(tree, Summed):
            for index, lower, upper in runs_of(tree, self.is_size):
                if lower is not None:
                    self.meet(lower)
                    self.meet(upper)
                    self._from_bounds(index, upper)
                self._index(index)
            return self.meet(tree.body)
        if isinstance(tree, Element):
            for index in tree.indices:
                if isinstance(index, Name):
                    self._index(index)
        for part in parts_of(tree):
            self.meet(part)

    def _from_bounds(self, index, upper):
        """An index whose sum ends at a size, or at an index, runs as far as that."""
        if index.name in self.tops:
            return
        if isinstance(upper, Numeral) and upper.value.denominator == 1 and upper.value >= 1:
            self.tops[index.name] = Integer(int(upper.value))
            return
        names = [part.name for part in within(upper) if isinstance(part, Name)]
        found = [self.sizes.get(name) or self.tops.get(name) for name in names]
        sizes = list(dict.fromkeys(size for size in found if size is not None))
        if len(sizes) == 1:
            self.tops[index.name] = sizes[0]

    def _index(self, index):
        if index.name in NAMES_OF_CONSTANTS or (index.name not in self.tops and not index.name[0].islower()):
            if index.name in self.sizes:
                return
            raise index.refused(f"found {index.name}, expected an index: a small letter, such as k, or a whole number")
        self.used.add(index.name)
        if index.name not in self.tops and index.name not in self.sizes:
            size = self._own_size(index.name)
            self.sizes[size] = self.tops[index.name] = Size(size)
            self.said.append(f"{index.name} runs from 1 to {size} (a size of its own)")

    def _own_size(self, name):
        """The capital letter of an index if it is free, else another."""
        letters = (name[0].upper(), *CAPITALS, *(f"{name[0].upper()}{number}" for number in range(1, 99)))
        return next(one for one in letters if one not in self.typed and one not in self.sizes)

    def fill(self) -> None:
        """Spare letters for each size of its own, and for each that is used."""
        mine = [size for name, size in self.sizes.items() if name not in NAMES_OF_SIZES]
        for size in dict.fromkeys([*mine, *(self.tops[name] for name in sorted(self.used))]):
            while len(self.of(size)) < ENOUGH:
                self._add(size)

    def _add(self, size):
        free = (letter for letter in (*SPARE, *(f"a{number}" for number in range(1, 999)))
                if letter not in self.typed and letter not in self.tops)  # fmt: skip
        name = next(free)
        self.tops[name] = size
        return self.symbol(name)

    def spare(self, size: Expr, avoid: set[Symbol]) -> Symbol:
        """A letter that runs to a size and is not among those to avoid; one that nobody typed, if there is one."""
        free = [letter for letter in self.of(size) if letter not in avoid]
        return next((one for one in free if one.name not in self.used), free[0] if free else None) or self._add(size)

    def distinct(self, sizes: tuple[Expr, ...]) -> tuple[Symbol, ...]:
        """Letters for the places of an entry, each its own."""
        found: list[Symbol] = []
        for size in sizes:
            free = [letter for letter in self.of(size) if letter not in found]
            found.append(free[0] if free else self._add(size))
        return tuple(found)

    def notations(self) -> list[Notation]:
        """Sizes and indices as the table of notation has them."""
        known = {entry.symbol: entry for entry in CATALOGUE.entries}
        sizes = [known.get(size) or Notation(size, f"how far an index runs: 1 to {size}", known[SIZES[0]].domain)
                 for size in self.sizes.values()]  # fmt: skip
        indices = []
        for name, top in self.tops.items():
            letter = self.symbol(name)
            old = known.get(letter) if name in INDEX_LETTERS else None
            indices.append(old or Notation(letter, f"an index from 1 to {top}", Range(1, top + 1)))
        return [*sizes, *indices]
