"""Choices at one place of each row, which NumPy makes without asking at every place."""

from .nodes import Node, relettered


def _spot(node):
    """Where along its last axis a choice is made, if it is at one place: of an array, or of what is the same for all of
    that axis; None if it is no such choice.
    """
    if node.operation != "where" or node.parts[0].operation != "equal" or not node.axes:
        return None
    same, axis = node.parts[0], node.axes[-1]
    along = [one for one in same.parts if one.operation == "place" and one.axes == (axis,)]
    spots = [one for one in same.parts if not one.is_plain and one.axes == node.axes[:-1]]
    return spots[0] if along and spots else None


def placed_at(node):
    """The place at which an array has another value; None if this is not what a node does."""
    _, value, array = node.parts if node.operation == "where" else (None, node, node)
    return _spot(node) if array.axes == node.axes and value.axes in ((), node.axes[:-1]) else None


def taken_at(node):
    """The place outside of which an array is made 0; None if this is not what a node does."""
    _, array, rest = node.parts if node.operation == "where" else (None, node, node)
    return _spot(node) if array.axes == node.axes and rest.operation == "number" and rest.detail == 0 else None


def of_difference_to_largest(node: Node) -> Node | None:
    """The array of which each entry is less the largest, and 0 at the first place of that; None for other choices."""
    _, value, array = node.parts
    if value.operation != "number" or value.detail != 0 or array.operation != "subtract":
        return None
    (whole, largest), spot, (*rest, axis) = array.parts, placed_at(node), node.axes
    wanted = [Node(name, (whole,), tuple(rest), axis) for name in ("largest", "first_largest")]
    fits = whole.axes == node.axes and all(one.axes == other.axes and relettered(one) == relettered(other)
                                           for one, other in zip((largest, spot), wanted))  # fmt: skip
    return whole if fits else None


def exp_but_one(node: Node) -> Node | None:
    """The exponential of a difference that is made 0 at one place of each row; None if this is not what a node does."""
    _, value, array = node.parts if node.operation == "where" else (None, node, node)
    is_zero = value.operation == "number" and value.detail == 0
    return array if is_zero and array.operation == "exp_of_difference" and placed_at(node) else None
