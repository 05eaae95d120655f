"""The intermediate form: operations on arrays. Every index, bound or free, is an axis; leading axes are the batch.

What each operation means is what `python` and `javascript_code` print for it.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sympy import Rational


class Axis(NamedTuple):
    """One axis: the letter of its index, and the letter of the size up to which that runs."""

    letter: str
    size: str


@dataclass(frozen=True)
class Node:
    """An operation on parts, its axes in the order of the array, and what else it must know."""

    operation: str
    parts: tuple["Node", ...] = ()
    axes: tuple[Axis, ...] = ()
    detail: Any = None

    def __hash__(self):
        return self._hash

    @cached_property
    def _hash(self):
        """Worked out once: it is that of all parts."""
        return hash((self.operation, self.parts, self.axes, self.detail))

    @property
    def is_plain(self) -> bool:
        """Whether it is a number that no argument and no place changes: it needs no array."""
        return not self.axes and self.operation != "argument" and all(p.is_plain for p in self.parts)


ZERO_IF_PARTS_ARE = ("add", "multiply", "divide", "where", "sum", "product", "maximum", "at", "transposed", "power")
LINEAR = ("add", "subtract", "negate", "multiply", "weighted", "where", "sum", "at", "transposed")
LINEAR_IN = (("divide", 0), ("power_of_rest", 1))
REDUCTIONS = ("sum", "quick_sum", "product", "largest", "any_largest", "first_largest", "norm")


def number(value) -> Node:
    return Node("number", detail=Rational(value))


def axes_in_order(axes, sizes: tuple[str, ...]) -> tuple[Axis, ...]:
    """Axes in the order in which every array has them: observations first, classes last, then by letter."""
    return tuple(sorted(set(axes), key=lambda axis: (sizes.index(axis.size), axis.letter)))


def combined(operation: str, parts, sizes: tuple[str, ...], detail=None) -> Node:
    """An operation entry by entry, on all axes of its parts."""
    parts = tuple(parts)
    return Node(operation, parts, axes_in_order((axis for part in parts for axis in part.axes), sizes), detail)


def reduced(operation: str, part: Node, axis: Axis) -> Node:
    """An operation along one axis."""
    return Node(operation, (part,), tuple(one for one in part.axes if one != axis), axis)


def positive_zero(node: Node) -> Node:
    """A number less another rather than minus that: 0 less a number has no sign where it is 0."""
    return Node("subtract", (number(0), *node.parts), node.axes) if node.operation == "negate" else node


@lru_cache(maxsize=2**14)
def relettered(node: Node) -> Node:
    """The same with other letters, in the order in which they are met, and for an axis along which is added up how deep
    it is: two nodes that are equal then have one code.
    """
    letters: dict[Axis, Axis] = {}

    def walked(one, inner):
        def renamed(axis):
            return inner.get(axis) or letters.setdefault(axis, Axis(str(len(letters)), axis.size))

        axes, detail, below = tuple(map(renamed, one.axes)), one.detail, inner
        if one.operation in REDUCTIONS:
            detail = Axis(f"inner {len(inner)}", detail.size)
            below = {**inner, one.detail: detail}
        elif one.operation == "at":
            detail = (renamed(detail[0]), detail[1])
        return Node(one.operation, tuple(walked(part, below) for part in one.parts), axes, detail)

    return walked(node, {})


def guarded(node: Node) -> Node:
    """The same with quotients for divisions: they have a slope where the divisor is 0, too."""
    is_zero_somewhere = node.operation == "divide" and not node.parts[1].is_plain
    operation = "quotient" if is_zero_somewhere else node.operation
    return Node(operation, tuple(map(guarded, node.parts)), node.axes, node.detail)


def is_positive(node: Node) -> bool:
    """Whether what is computed is made of exponentials such that it is 0 only where they are."""
    parts = node.parts[1:] if node.operation == "where" else node.parts
    if node.operation in ("number", "exp", "exp_of_difference", "size"):
        return node.operation != "number" or bool(node.detail >= 0)
    if node.operation == "power_of_rest":
        return is_positive(node.parts[1])
    if node.operation == "add":  # what softmax leaves to others: 1 - e^x, which is not below 0, and more
        parts = [one for one in parts if not (one.operation == "negate" and one.parts[0].operation == "expm1")]
    return node.operation in ZERO_IF_PARTS_ARE and all(map(is_positive, parts))


def replaced(node: Node, old: Node, new: Node) -> Node:
    """A node with another in the place of a part, which may have other letters for what it adds up."""
    if (node.operation, node.axes) == (old.operation, old.axes) and relettered(node) == relettered(old):
        return new
    return Node(node.operation, tuple(replaced(part, old, new) for part in node.parts), node.axes, node.detail)


def counted_uses(*roots: Node) -> Counter:
    """How often each node, up to letters, is a part of another or a root."""
    found, waiting = Counter(map(relettered, roots)), [*roots]
    while waiting:
        for part in waiting.pop().parts:
            key = relettered(part)
            if not found[key]:
                waiting.append(part)
            found[key] += 1
    return found


def named_within(node: Node, uses: Counter) -> list[Node]:
    """The arguments in a node and what has a line of its own, a reduction or what is used more than once: outermost."""
    if node.operation in ("argument", *REDUCTIONS) or (not node.is_plain and uses[relettered(node)] > 1):
        return [node]
    return [] if node.is_plain else [one for part in node.parts for one in named_within(part, uses)]


def linear_parts(*roots: Node) -> set[Node]:
    """The nodes, up to letters, of which roots are linear functions, as long as other nodes stay as they are."""
    found: list[set[Node]] = [set(), set()]  # where it is linear, and where it is not
    waiting = [(root, True) for root in roots]
    while waiting:
        node, linear = waiting.pop()
        if (key := relettered(node)) in found[not linear]:
            continue
        found[not linear].add(key)
        for place, part in enumerate(node.parts):
            kept = node.operation in LINEAR or (node.operation, place) in LINEAR_IN
            waiting.append((part, linear and kept))
    return found[0] - found[1]


def weights_inside(node: Node) -> Node:
    """The same with the weight of a sum of weighted numbers in the weight of each: one that is 0 is seen there."""
    parts = tuple(map(weights_inside, node.parts))
    if node.operation == "weighted" and parts[1].operation == "sum" and parts[1].parts[0].operation == "weighted":
        (inside,) = parts[1].parts
        weight, value = inside.parts
        axes = tuple(axis for axis in inside.axes if axis in parts[0].axes or axis in weight.axes)
        weight = Node("multiply", (parts[0], weight), axes)
        if set(parts[0].axes) <= set(node.axes) - {parts[1].detail} and set(parts[0].axes) <= set(inside.axes):
            return Node("sum", (Node("weighted", (weight, value), inside.axes),), node.axes, parts[1].detail)
    return Node(node.operation, parts, node.axes, node.detail)


def all_nodes(root: Node) -> set[Node]:
    """A node and all its parts."""
    found, waiting = {root}, [root]
    while waiting:
        new = set(waiting.pop().parts) - found
        found |= new
        waiting += new
    return found
