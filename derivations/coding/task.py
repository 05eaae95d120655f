"""What a module is made from: what is computed, of which arguments, of which sizes."""

from copy import copy
from dataclasses import replace

from sympy import Derivative, Eq, Expr, Gt, Indexed, Interval, Number, S, Sum, Symbol, exp, log, sqrt

from ..engine.derivation import Derivation
from ..engine.entries import Definition, Hypothesis, is_index
from ..engine.nodes import Quantity, is_size
from ..engine.terms import free_symbols, substitute
from ..engine.vocabulary import has_open_end
from ..notation import CATALOGUE, c
from .described import Argument, chosen_by_arguments, described_argument, with_ends
from .forms import forms
from .marks import Kept, Quick
from .nodes import Axis, Node, all_nodes, combined, number, positive_zero, reduced
from .places import Frame, NoCode
from .prepared import Prepared, to_compute
from .products import is_sum_of_squares
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

    def __init__(self, entry: Definition | Derivation, given: tuple[Hypothesis, ...] = ()):
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
        self.node, self.quick = self._laid_out(self.prepared), None
        self.hypotheses = tuple(dict.fromkeys([*entry.hypotheses, *(one for one in given if _may_be_decided(one))]))
        self.holding = list(self._decided())
        described = [described_argument(name, self.roots[name], sizes, self.vocabulary, entry.hypotheses)
                     for name, sizes in self._read()]  # fmt: skip
        self.arguments = [self._at_ends(one) for one in described]

    @property
    def _is_typed(self):
        """Whether the entry is of a loss that somebody typed: it brings its own notation."""
        return getattr(self.entry, "notation", None) is not None

    def _laid_out(self, prepared):
        """The node of what is computed, its axes in their order."""
        node = self._in_all_places(vectorised(prepared.expression, self.frame(prepared)))
        wanted = tuple(axis for axis in self.axes.values() if axis in node.axes)
        node = node if node.axes == wanted else Node("transposed", (node,), wanted)
        return positive_zero(node)

    @property
    def compiled(self) -> "Task":
        """The same with a form that is quicker where code is compiled, if there is one of all of it, and every argument
        is a row of one length.
        """
        said, sizes = {given.statement for given in self.hypotheses}, {one.sizes for one in self.arguments}
        if len(sizes) != 1 or all(len(one) != 1 for one in sizes) or not any(one.needs in said for one in forms()):
            return self
        prepared, found = to_compute(self.entry, self.vocabulary, said), copy(self)
        if not prepared.expression.has(Quick) or (node := self._laid_out(prepared)).operation != "quick":
            return self
        found.prepared, found.quick = prepared, node
        return found

    def _at_ends(self, one):
        """An argument, also at the ends of its domain if no derivation needs it inside: what the entry begins with has
        its limit there too. What a reader has typed holds as it was typed.
        """
        root, start = self.roots[one.name], getattr(self.entry, "start", None)
        supposed = any(given.statement is not None and root in given.statement.free_symbols
                       for given in self.hypotheses)  # fmt: skip
        if not has_open_end(one.domain) or one.sizes or supposed or self._is_typed:
            return one
        sides = [self.entry.result, *([] if start is None else [getattr(start, "expr", start)])]
        prepared = [self.prepared, *(Prepared(side, self.vocabulary) for side in sides)]
        return with_ends(one, root, [some.written_out for some in prepared])

    def _in_all_places(self, node):
        """A derivative of a loss that was typed, at each place of what it is taken by, also where it is the same at
        all: a constant slope has the shape of the variable, which is an argument.
        """
        for variable in getattr(self.entry.start, "variables", ()) if self._is_typed else ():
            indices = getattr(variable, "indices", ())
            if not set(indices) <= set(self.axes) or not any(one.operation == "argument" for one in all_nodes(node)):
                self.axes |= {one: Axis(one.name, str(self.vocabulary.size_of[one])) for one in indices}
                self.roots |= {str(root): root for root in [getattr(variable, "base", variable)]}
                part = vectorised(variable, self.frame(self.prepared))
                node = self._both("multiply", node, Node("ones_like", (part,), part.axes))
        return node

    @property
    def inside(self) -> Node:
        """What is computed where each argument that chooses a place chooses one that there is, else nan."""
        found = self.node.parts[0] if self.node.operation == "transposed" else self.node
        if (there := self.is_there) is not None:
            found = self._both("where", self._both("above", there, number(0)), found, Node("constant", detail="nan"))
        return found if found.axes == self.node.axes else Node("transposed", (found,), self.node.axes)

    @property
    def is_there(self) -> Node | None:
        """1 where each argument that chooses a place chooses one that there is, else 0; None if no argument does."""
        whole = {one.name: str(one.domain.stop - 1) for one in self.arguments if one.is_whole}
        places = {node for node in all_nodes(self.node) if node.operation == "argument" and node.detail[0] in whole}
        all_there = None
        for place in sorted(places, key=str):
            size = Node("size", detail=whole[place.detail[0]])
            there = self._both("multiply", self._both("above", place, number(-1)), self._both("above", size, place))
            there = self._both("multiply", there, self._both("equal", place, Node("floor", (place,), place.axes)))
            for axis in set(place.axes) - set(self.node.axes):
                there = reduced("product", there, axis)
            all_there = there if all_there is None else self._both("multiply", all_there, there)
        return all_there

    def is_squared(self, one: Argument) -> bool:
        """Whether a positive argument is squared: that loses what is multiplied by it, where it is huge or tiny."""
        return self._is_below(one, ("power",), 0)

    def divides(self, one: Argument) -> bool:
        """Whether something is divided by a positive argument."""
        return self._is_below(one, ("divide", "quotient"), 1)

    def is_subtracted(self, one: Argument) -> bool:
        """Whether entries of an argument that may be any number, or its largest, are subtracted from each other."""
        sides = [{_entry_of(part) for part in node.parts} for node in all_nodes(self.node)
                 if node.operation == "subtract"]  # fmt: skip
        return one.domain == S.Reals and {one.name} in sides

    def _is_below(self, one, operations, place):
        """Whether a positive argument is a part of some operation, at a place."""
        parts = [node.parts[place] for node in all_nodes(self.node) if node.operation in operations]
        return _is_positive(one) and any(part.operation == "argument" and part.detail[0] == one.name for part in parts)

    def _both(self, operation, *parts):
        return combined(operation, parts, self.sizes_in_order)

    def frame(self, prepared: Prepared) -> Frame:
        return Frame(self.axes, self.vocabulary, self.sizes_in_order, prepared.named)

    def _nodes(self):
        return {one for root in (self.node, *(side for left, right, *_ in self.holding for side in (left, right)))
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
    def lengths(self) -> dict[str, tuple[int, bool]]:
        """How many entries arrays must have, where numbers say which are read; and whether a hypothesis says that there
        are no more.
        """
        read = [node.detail for node in self._nodes() if node.operation == "at"]
        found = {size: (max(spot for axis, spot in read if axis.size == size) + 1, False)
                 for size in sorted({axis.size for axis, _ in read})}  # fmt: skip
        stated = [one.statement.args for one in self.hypotheses if isinstance(one.statement, Eq)]
        only = {str(size): (int(count), True) for size, count in stated if is_size(size) and count.is_Integer}
        return {size: length for size, length in (found | only).items() if length[0] and size in self.told}

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

    def _decided(self):
        """The equations between sums, and what must be above something, among the hypotheses that the arguments decide:
        both sides, the words, and the helper that looks.
        """
        start, known = getattr(self.entry, "start", self.entry.name), set()
        for given in (*self.hypotheses, *_meant_for(start)):
            if not _may_be_decided(given):
                continue
            left, right = (Prepared(side, self.vocabulary).expression for side in given.statement.args)
            if isinstance(given.statement, Gt) and not (_only_adds(left) and _only_adds(right)):
                continue  # what is above by little may be rounded to be not
            if right == 0 and is_sum_of_squares(left):
                left = sqrt(left)  # which is not 0 where the squares are too small
            free = {one for side in (left, right) for one in free_symbols(side) if not is_size(one)}
            indices = {one for one in free if is_index(one) and str(one) != "c"}
            read = set(self.roots.values())
            if free & read and free - indices <= read and not right.has(Indexed):
                axes = {one: Axis(one.name, str(self.vocabulary.size_of[one])) for one in indices}
                frame = self.frame(self.prepared)._replace(axes=axes)
                helper = "must_hold" if isinstance(given.statement, Eq) else "must_be_above"
                sides = vectorised(left, frame), vectorised(right, frame)
                if (*sides, helper) not in known:  # the same may be supposed in other words
                    yield *sides, given.words, helper
                known.add((*sides, helper))


def _entry_of(node):
    """The name of the argument of which a node is an entry, or the largest; None of other nodes."""
    if node.operation == "sum" and node.parts[0].operation == "where":  # at a place that an argument chooses
        return _entry_of(node.parts[0].parts[1])
    if node.operation in ("largest", "any_largest", "at", "transposed"):
        return _entry_of(node.parts[0])
    return node.detail[0] if node.operation == "argument" else None


def _is_positive(one):
    domain = one.domain
    return isinstance(domain, Interval) and bool(domain.left_open) and (domain.inf, domain.sup) == (0, S.Infinity)


def _meant_for(start):
    """What the parameters of a quantity are supposed to be, said of its arguments."""
    meant = type(start).definition if isinstance(start, Quantity) else None
    if meant is None or len(start.args) != len(meant.parameters):
        return ()
    arguments = dict(zip(meant.parameters, start.args))
    return [replace(given, statement=substitute(given.statement, arguments)) for given in meant.meant_for]


def _may_be_decided(given):
    """Whether a hypothesis is an equation between sums, or says of what is no size that it is above something."""
    statement = given.statement
    equation = isinstance(statement, Eq) and statement.has(Sum) and not statement.has(Quantity)
    return equation or isinstance(statement, Gt)


def _only_adds(expression):
    """Whether nothing is subtracted, divided or raised to a power in an expression."""
    return not expression.has(exp, log, Kept) and all(one >= 0 for one in expression.atoms(Number))


def refuse_without_value(entry) -> None:
    """Refuse what has no value to compute, and say why."""
    if not isinstance(entry, Definition | Derivation):
        raise NoCode(f"{entry.id} has no code: it is a {entry.kind} without a formula to compute")
    if entry.relation != "=":
        raise NoCode(f"{entry.id} has no code: it is an inequality, whose two sides are two numbers")


def roots_of(entry, prepared: Prepared) -> dict[str, Expr]:
    """The free symbols and vectors by name. Refused where two are written alike."""
    free = set().union(*map(free_symbols, prepared.expressions)) - set(prepared.named)
    roots = [one for one in free if not is_size(one) and not str(one).startswith("_")]
    found = {str(one): one for one in sorted(roots, key=str)}
    if len(found) != len(set(roots)):
        raise NoCode(f"{entry.id} has no code: two of its symbols are written alike")
    return found


def suppositions(task: Task) -> list[str]:
    """What is looked at beside the hypotheses: what the quantity that is computed is meant for."""
    stated = {one.words for one in task.hypotheses}
    said = dict.fromkeys(words for *_, words, _ in task.holding if words not in stated)
    return [f"Meant for arguments of which this holds: {'; '.join(said)}."] if said else []


def edges(task: Task) -> list[str]:
    """What holds at the ends."""
    operations = {one.operation for one in all_nodes(task.node)}
    said = ["0 log 0 counts as 0, and the logarithm of 0 is minus infinity: see distributions.boundary."
            ] if operations & {"log", "log1p"} else []  # fmt: skip
    if "first_largest" in operations:
        said.append("A logit of minus infinity has the probability 0, and one of infinity the probability 1. Where two "
                    "are infinite, or all are minus infinity, there is no limit: nan.")  # fmt: skip
    return said
