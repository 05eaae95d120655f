"""Indices and the entries that they choose. Each is given what makes the nodes of the parts."""

from sympy import Expr, Indexed, Integer, Mul, Sum, Symbol

from ..engine.nodes import is_size
from ..engine.terms import entry, substitute
from .chosen import Vectorised
from .marks import FirstLargest
from .matching import row_of
from .nodes import Axis, Node, axes_in_order, number, reduced
from .places import Frame, NoCode, size_of_bounds, sizes_declared


def place(vectorised: Vectorised, index: Expr, frame: Frame) -> Node:
    """An index as a whole number that is counted from 0."""
    if isinstance(index, FirstLargest):
        whole, axis = _whole(vectorised, index.args[0], frame)
        return reduced("first_largest", whole, axis)
    if is_size(index):
        return frame.both("subtract", Node("size", detail=index.name), number(1))
    if isinstance(index, Symbol):
        if index in frame.axes:
            return Node("place", axes=(frame.axes[index],))
        return Node("argument", detail=(index.name, ()))
    if isinstance(index, Integer):
        return number(index - 1)
    if isinstance(index, Indexed):
        return entry_of_array(vectorised, index, frame)
    raise NoCode(f"there is no code for the index {index}")


def _whole(vectorised, vector, frame):
    """All entries of a vector, with the axis along which they stand."""
    name = f"_{len(frame.axes)}"
    index = Symbol(name, integer=True, positive=True)
    probe = entry(vector, index)
    size = sizes_declared(probe, frame)[-1]
    return vectorised(probe, frame.along(index, size)), Axis(name, size)


def entry_of_array(vectorised: Vectorised, formula: Indexed, frame: Frame) -> Node:
    """An entry of an array, or of a vector that has a name: for each index, along its axis."""
    sizes, outer, inside, later = sizes_declared(formula, frame), formula.indices, [], []
    used = set()
    for spot, (index, size) in enumerate(zip(outer, sizes)):
        given = formula.base in frame.named and isinstance(index, Symbol) and index not in frame.axes
        if given or (index in frame.axes and index not in used):
            used.add(index)
            inside.append(index)
            continue
        stand_in = Symbol(f"_{len(frame.axes)}", integer=True, positive=True)
        frame = frame.along(stand_in, size)
        inside.append(stand_in)
        later.append((stand_in, index))
    array = _array(vectorised, formula.base, tuple(inside), frame)
    for stand_in, index in reversed(later):
        array = _chosen(vectorised, formula, array, frame.axes[stand_in], index, frame)
    return array


def _array(vectorised, base, indices, frame):
    if base in frame.named:
        own, definition, _ = frame.named[base]
        return vectorised(substitute(definition, dict(zip(own, indices))), frame)
    axes = tuple(frame.axes[index] for index in indices)
    ordered = axes_in_order(axes, frame.sizes)
    array = Node("argument", (), axes, (str(base), tuple(axis.size for axis in axes)))
    return array if axes == ordered else Node("transposed", (array,), ordered)


def _chosen(vectorised, formula, array, axis, index, frame):
    """One entry along an axis: the largest where that is asked for, else the one at a place."""
    if isinstance(index, FirstLargest) and index.args[0] in (formula.base, row_of(formula)):
        return reduced("any_largest" if frame.is_finite else "largest", array, axis)
    if isinstance(index, Integer) or is_size(index):
        return Node("at", (array,), tuple(one for one in array.axes if one != axis),
                    (axis, -1 if is_size(index) else int(index) - 1))  # fmt: skip
    return _at(vectorised, array, axis, index, frame)


def _at(vectorised, array, axis, index, frame):
    """The entry along an axis at a place that is computed."""
    there = frame.both("equal", Node("place", axes=(axis,)), place(vectorised, index, frame))
    return reduced("sum", frame.both("where", there, array, number(0)), axis)


def products_at(vectorised: Vectorised, formula: Sum, frame: Frame) -> Node | None:
    """A sum of products of entries, in which an argument chooses a place: the sums at all places, of which that one is
    taken, so that it is the same number as where all are asked for. None for other sums.
    """
    (index, lower, upper), factors = formula.limits[-1], Mul.make_args(formula.function)
    if len(factors) < 2 or len(formula.limits) > 1 or not all(isinstance(one, Indexed) for one in factors):
        return None
    chosen = [(one, spot) for one in factors for spot, other in enumerate(one.indices)
              if other not in frame.axes and index not in other.free_symbols and index in one.indices
              and isinstance(other, Symbol | Indexed) and not is_size(other)]  # fmt: skip
    if len(chosen) != 1:
        return None
    (one, spot), = chosen
    stand_in = Symbol(f"_{len(frame.axes)}", integer=True, positive=True)
    there = frame.along(index, size_of_bounds(index, lower, upper, frame))
    frame = frame.along(stand_in, sizes_declared(one, there)[spot])
    whole = vectorised(substitute(formula, {one.indices[spot]: stand_in}), frame)
    return _at(vectorised, whole, frame.axes[stand_in], one.indices[spot], frame)
