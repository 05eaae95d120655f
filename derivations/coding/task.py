"""What a module is made from: what is computed, of which arguments, of which sizes."""

from sympy import Derivative, Eq, Expr, Indexed, Sum, Symbol

from ..engine.derivation import Derivation
from ..engine.entries import Definition, is_index
from ..engine.nodes import Quantity, is_size
from ..engine.terms import free_symbols
from ..notation import CATALOGUE, c
from .described import chosen_by_arguments, described_argument
from .forms import Prepared, to_compute
from .nodes import Axis, Node, all_nodes, number
from .places import Frame, NoCode
from .vectorise import vectorised


def _refuse_counted(entry):
    """Sizes are letters, which the arrays of a call tell; a number would have to be that of the array."""
    vocabulary = getattr(entry, "notation", None) or CATALOGUE
    sides = (getattr(entry, "start", entry.name), entry.result)
    met = set().union(*(side.atoms(Symbol) for side in sides))
    for index in sorted(met & set(vocabulary.size_of), key=str):
        if (size := vocabulary.size_of[index]).is_number:
            raise NoCode(f"there is no code for an index that runs to a number: {index} runs to {size}; leave out "
                         "where it runs to, and it gets a size of its own")  # fmt: skip


class Task:
    """All that a module is made from: the node to compute, its arguments, and the sizes that no array tells."""

    def __init__(self, entry: Definition | Derivation):
        refuse_without_value(entry)
        _refuse_counted(entry)
        self.entry, self.vocabulary = entry, getattr(entry, "notation", None) or CATALOGUE
        self.prepared = to_compute(entry, self.vocabulary)
        if self.prepared.expression.has(Derivative):
            raise NoCode(f"{entry.id} has no value: its result is stated with a derivative")
        self.roots = roots_of(entry, self.prepared)
        self.sizes_in_order = tuple(sorted(map(str, self.vocabulary.sizes), key=lambda size: (size == "K")))
        indices = chosen_by_arguments(entry, self.prepared.expression, c)
        self.axes = {one: Axis(one.name, str(self.vocabulary.size_of[one])) for one in indices}
        node = vectorised(self.prepared.expression, self.frame(self.prepared))
        wanted = tuple(axis for axis in self.axes.values() if axis in node.axes)
        node = node if node.axes == wanted else Node("transposed", (node,), wanted)
        turned = node.operation == "negate"  # 0 less a number has no sign where it is 0
        self.node = Node("subtract", (number(0), *node.parts), node.axes) if turned else node
        self.holding = list(self._equations())
        self.arguments = [described_argument(name, self.roots[name], sizes, self.vocabulary, entry.hypotheses)
                          for name, sizes in self._read()]  # fmt: skip

    def frame(self, prepared: Prepared) -> Frame:
        return Frame(self.axes, self.vocabulary, self.sizes_in_order, prepared.named)

    def _nodes(self):
        return {one for root in (self.node, *(side for *sides, _ in self.holding for side in sides))
                for one in all_nodes(root)}  # fmt: skip

    def _read(self):
        return sorted({one.detail for one in self._nodes() if one.operation == "argument"})

    @property
    def name(self) -> str:
        return self.entry.id.replace(".", "_")

    @property
    def told(self) -> dict[str, list[tuple[str, int]]]:
        """Which arrays tell each size, and by which axis, counted from the last."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one in self.arguments:
            for place, size in enumerate(one.sizes):
                found.setdefault(size, []).append((one.name, place - len(one.sizes)))
        return found

    @property
    def needed(self) -> set[str]:
        """The sizes that the lines or the arguments speak of."""
        nodes = self._nodes()
        return ({one.detail for one in nodes if one.operation == "size"}
                | {one.axes[0].size for one in nodes if one.operation == "place"}
                | {str(one.domain.stop - 1) for one in self.arguments if one.is_whole})  # fmt: skip

    @property
    def asked(self) -> dict[str, str]:
        """The sizes that no array tells: they are arguments too."""
        meanings = {str(one.symbol): one.meaning for one in self.vocabulary.entries}
        return {size: meanings.get(size, "a size") for size in sorted(self.needed - set(self.told))}

    def _equations(self):
        """The equations between sums among the hypotheses that the arguments decide."""
        start = getattr(self.entry, "start", self.entry.name)
        meant = type(start).definition if isinstance(start, Quantity) else None
        for given in (*self.entry.hypotheses, *(meant.meant_for if meant and start == meant.name else ())):
            if isinstance(given.statement, Eq) and given.statement.has(Sum) and not given.statement.has(Quantity):
                left, right = given.statement.args
                roots = {one for one in free_symbols(left - right) if not is_size(one)}
                indices = {one for one in roots if is_index(one) and str(one) != "c"}
                if roots - indices <= set(self.roots.values()) and not right.has(Indexed):
                    axes = {one: Axis(one.name, str(self.vocabulary.size_of[one])) for one in indices}
                    frame = self.frame(self.prepared)._replace(axes=axes)
                    yield vectorised(left, frame), vectorised(right, frame), given.words


def refuse_without_value(entry) -> None:
    """Refuse what has no value to compute, and say why."""
    if not isinstance(entry, Definition | Derivation):
        raise NoCode(f"{entry.id} has no code: it is a {entry.kind} without a formula to compute")
    if entry.relation != "=":
        raise NoCode(f"{entry.id} has no code: it is an inequality, whose two sides are two numbers")


def roots_of(entry, prepared: Prepared) -> dict[str, Expr]:
    """The free symbols and vectors by name. Refused where two are written alike."""
    expressions = [prepared.expression, *(known for _, known, _ in prepared.named.values())]
    free = set().union(*map(free_symbols, expressions)) - set(prepared.named)
    roots = [one for one in free if not is_size(one) and not str(one).startswith("_")]
    found = {str(one): one for one in sorted(roots, key=str)}
    if len(found) != len(set(roots)):
        raise NoCode(f"{entry.id} has no code: two of its symbols are written alike")
    return found


def edges(task: Task) -> list[str]:
    """What holds at the ends."""
    operations = {one.operation for one in all_nodes(task.node)}
    said = ["0 log 0 counts as 0, and the logarithm of 0 is minus infinity: see distributions.boundary."
            ] if operations & {"log", "log1p"} else []  # fmt: skip
    if "first_largest" in operations:
        said.append("A logit of minus infinity has the probability 0, and one of infinity the probability 1. Where two "
                    "are infinite, or all are minus infinity, there is no limit: nan.")  # fmt: skip
    return said
