"""Points: what every index, size, symbol and vector is at one place, and the memory of what was worked out there.

An index or a size has an integer. Each other symbol or vector has an accessor, a function
``(indices, point) -> number`` that gives its entries; a number has no indices. The accessors here say by their being
equal that they give the same entries, so that what was worked out with one may be used for the other. One that has
`reads` looks those symbols up outside of every sum, integral, slope and definition around the place where it is used.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple

from .balls import Jet

Accessor = Callable[[tuple[int, ...], "Point"], Any]


class Point(NamedTuple):
    """A place to evaluate at.

    `number` makes a number of what it computes with; `depth` counts the derivatives that are being taken. `home` is the
    point outside of all that binds a symbol here, None if nothing does.
    """

    indices: Mapping[Any, int]
    entries: Mapping[Any, Accessor]
    memory: dict
    number: Callable[[Any], Any] = Jet
    depth: int = 0
    home: "Point | None" = None

    @classmethod
    def of(cls, values: Mapping[Any, int | Accessor]) -> "Point":
        """A point from the integers of its indices and sizes and the accessors of all else."""
        return cls({}, {}, {}) | values

    def __or__(self, values: Mapping[Any, int | Accessor]) -> "Point":
        """The same point but for these integers and accessors."""
        if not values:
            return self
        indices = {symbol: found for symbol, found in values.items() if isinstance(found, int)}
        if len(indices) == len(values):
            return Point(self.indices | indices, self.entries, self.memory, self.number, self.depth, self.home)
        entries, left = {symbol: found for symbol, found in values.items() if symbol not in indices}, self.indices
        if not left.keys().isdisjoint(entries):
            left = {symbol: found for symbol, found in left.items() if symbol not in entries}
        return Point(left | indices, self.entries | entries, self.memory, self.number, self.depth, self.home)

    def at(self, index: Any, place: int) -> "Point":
        """The same point but for an index that something binds."""
        home = self.home or self
        return Point({**self.indices, index: place}, self.entries, self.memory, self.number, self.depth, home)

    def within(self, values: Mapping[Any, int | Accessor]) -> "Point":
        """The same point but for symbols that something binds."""
        return (self | values)._replace(home=self.home or self)

    def moved(self, root: Any, target: tuple) -> "Point":
        """The same point but for one entry, which is moved by an infinitesimal: that of its depth."""
        entries = self.entries | {root: Perturbed(self.entries[root], target, 1 << self.depth)}
        return self._replace(entries=entries, depth=self.depth + 1)

    def computing_with(self, number: Callable[[Any], Any]) -> "Point":
        """The same point, with another kind of numbers and no memory of the other."""
        return self._replace(number=number, memory={})

    def look(self, root: Any) -> Hashable:
        """What the point says of a symbol: equal for two points only if all its entries are."""
        found = self.indices.get(root)
        return self.told(self.entries.get(root)) if found is None else found

    def told(self, found: Any) -> Hashable:
        """What the point says of entries that something gives: of some, also what is read at home for them."""
        return (found, *(self.home or self)._read_by(found)) if getattr(found, "reads", None) else found

    def look_up(self, roots: Iterable[Any]) -> Hashable:
        """What the point says of some symbols, in their order."""
        return tuple([self.look(root) for root in roots])

    def _read_by(self, accessor):
        """What the point says of those symbols that an accessor reads, and those that their entries read, each once."""
        waiting, met = list(accessor.reads), set(accessor.reads)
        while waiting:
            symbol = waiting.pop()
            found = self.indices.get(symbol, self.entries.get(symbol))
            yield found
            others = [other for other in getattr(found, "reads", None) or () if other not in met]
            waiting, met = waiting + others, met | {*others}


def nothing(indices, point):
    """What gives the entries of that which has none."""
    raise LookupError("what stands in the place of a vector has no entries")


class Table:
    """Entries that were drawn, as fractions."""

    def __init__(self, entries: dict):
        self.entries = entries

    def __call__(self, indices, point):
        return point.number(self.entries[indices])


class Constant(NamedTuple):
    """A number, whatever the point."""

    jet: Any

    def __call__(self, indices, point):
        return self.jet

    def __eq__(self, other):
        return isinstance(other, Constant) and self.jet is other.jet

    def __hash__(self):
        return id(self.jet)


class Row(NamedTuple):
    """The row of a table with these first indices."""

    table: Accessor
    first: tuple

    def __call__(self, indices, point):
        return self.table(self.first + indices, point)

    reads = property(lambda self: getattr(self.table, "reads", None))


class Perturbed(NamedTuple):
    """The same entries but for one, which is moved by an infinitesimal."""

    entries: Accessor
    target: tuple
    infinitesimal: int

    def __call__(self, indices, point):
        found = self.entries(indices, point)
        return found.moved(self.infinitesimal) if indices == self.target else found

    reads = property(lambda self: getattr(self.entries, "reads", None))


class Tied:
    """Entries that a hypothesis ties to an expression, `evaluate`, of the symbols that it `reads`;
    those of another pattern, or beyond the `ranges` of its indices, are loose. `fixed` has the values of the indices
    that the hypothesis has chosen. What it reads is looked up at home: whatever is bound around the entry.
    """

    def __init__(self, root, pattern, loose: Accessor, evaluate: Callable, reads, fixed: Mapping, ranges: Mapping):
        self.root, self.pattern, self.loose, self.evaluate = root, pattern, loose, evaluate
        self.reads, self.fixed, self.ranges = reads, fixed, ranges

    def __call__(self, indices, point):
        if len(indices) != len(self.pattern) or any(
            self.fixed.get(p, p) != index
            if p.is_Integer or p in self.fixed
            else not 1 <= index <= self.ranges.get(p, index)
            for p, index in zip(self.pattern, indices)
        ):
            return self.loose(indices, point)
        placed = {p: index for p, index in zip(self.pattern, indices) if not p.is_Integer and p not in self.fixed}
        return self.evaluate((point.home or point) | {**self.fixed, **placed, self.root: self.loose})


class Called:
    """The entries of a quantity that is a vector, such as softmax of some logits: asked at a point of its own; equal to
    another if what it looked up there is.
    """

    def __init__(self, entries, point: Point, looked_up: Hashable):
        self.entries, self.point, self.looked_up = entries, point, looked_up

    def __eq__(self, other):
        return type(self) is type(other) and self.entries == other.entries and self.looked_up == other.looked_up

    def __hash__(self):
        return hash((self.entries, self.looked_up))

    def __call__(self, indices, point):
        return self.entries(indices, self.point)


class Recorded:
    """Entries of a vector that note in `looked_up` which of them were asked for."""

    def __init__(self, root, entries, looked_up):
        self.entries, self.reads = entries, getattr(entries, "reads", None)
        self.seen = lambda indices, jet: looked_up.setdefault(root, {}).setdefault(indices, jet)

    def __call__(self, indices, point):
        jet = self.entries(indices, point)
        self.seen(indices, jet)
        return jet


def watched(point: Point, looked_up: dict) -> Point:
    """The same point, which notes in `looked_up` what it is asked for: by symbol or vector, and then by indices."""
    entries = {root: Recorded(root, entries, looked_up) for root, entries in point.entries.items()}
    return point._replace(entries=entries, memory={})
