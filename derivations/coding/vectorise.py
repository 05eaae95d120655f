"""An expression in the intermediate form: every index is an axis, and there is no loop.

What cannot be a loop-free operation on arrays is refused with `NoCode`, which says why.
"""

from functools import partial, reduce, singledispatch

from sympy import (Add, Expr, Indexed, Integer, KroneckerDelta, Max, Mul, NumberSymbol, Pow, Product, Rational, S, Sum,
                   Symbol, cos, exp, log, sin)  # fmt: skip

from ..engine.entries import is_index
from ..engine.nodes import Indicator, is_size
from ..engine.terms import Quantity, entry, substitute
from .chosen import chosen, near, quick
from .forms import OF_LIBRARIES, Chosen, FirstLargest, Kept, Near, Quick
from .matching import row_of
from .nodes import Axis, Node, axes_in_order, number, reduced
from .places import (Frame, NoCode, beside_weights, entries_first, is_below_largest, is_square, mask_of, masked,
                     may_be_infinite, size_of_bounds, sizes_declared, where_largest)  # fmt: skip


@singledispatch
def vectorised(formula: Expr, frame: Frame) -> Node:
    """The intermediate form of an expression."""
    raise NoCode(f"there is no code for {type(formula).__name__}: {formula}")


@vectorised.register
def _rational(formula: Rational, frame):
    return number(formula)


@vectorised.register
def _constant(formula: NumberSymbol, frame):
    return Node("constant", detail=str(formula))


@vectorised.register
def _symbol(formula: Symbol, frame):
    if is_size(formula):
        return Node("size", detail=formula.name)
    if is_index(formula):
        return frame.both("add", place(formula, frame), number(1))
    return Node("argument", detail=(formula.name, ()))


@vectorised.register
def _kept(formula: Kept, frame):
    return vectorised(formula.args[0], frame)


for kind, law in ((Near, near), (Chosen, chosen), (Quick, quick)):
    vectorised.register(kind, partial(law, vectorised))


def place(index: Expr, frame: Frame) -> Node:
    """An index as a whole number that is counted from 0."""
    if isinstance(index, FirstLargest):
        whole, axis = _whole(index.args[0], frame)
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
        return _entry(index, frame)
    raise NoCode(f"there is no code for the index {index}")


def _whole(vector, frame):
    """All entries of a vector, with the axis along which they stand."""
    name = f"_{len(frame.axes)}"
    index = Symbol(name, integer=True, positive=True)
    probe = entry(vector, index)
    size = sizes_declared(probe, frame)[-1]
    return vectorised(probe, frame.along(index, size)), Axis(name, size)


@vectorised.register
def _entry(formula: Indexed, frame):
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
    array = _array(formula.base, tuple(inside), frame)
    for stand_in, index in reversed(later):
        array = _chosen(formula, array, frame.axes[stand_in], index, frame)
    return array


def _array(base, indices, frame):
    if base in frame.named:
        own, definition, _ = frame.named[base]
        return vectorised(substitute(definition, dict(zip(own, indices))), frame)
    axes = tuple(frame.axes[index] for index in indices)
    ordered = axes_in_order(axes, frame.sizes)
    array = Node("argument", (), axes, (str(base), tuple(axis.size for axis in axes)))
    return array if axes == ordered else Node("transposed", (array,), ordered)


def _chosen(formula, array, axis, index, frame):
    """One entry along an axis: the largest where that is asked for, else the one at a place."""
    if isinstance(index, FirstLargest) and index.args[0] in (formula.base, row_of(formula)):
        return reduced("any_largest" if frame.is_finite else "largest", array, axis)
    if isinstance(index, Integer) or is_size(index):
        return Node("at", (array,), tuple(one for one in array.axes if one != axis),
                    (axis, -1 if is_size(index) else int(index) - 1))  # fmt: skip
    there = frame.both("equal", Node("place", axes=(axis,)), place(index, frame))
    return reduced("sum", frame.both("where", there, array, number(0)), axis)


@vectorised.register
def _sum_of_terms(formula: Add, frame):
    """A sum, the entries of arrays first: their differences are exact, or nearly so. 1 - e^x and e^x - 1 are one
    operation.
    """
    terms, (ones, _) = list(formula.args), formula.as_coeff_Add()
    powers = [term for term in terms if isinstance(term * ones, exp) or isinstance(-term * ones, exp)]
    pairs = [term for term in powers if ones in (1, -1) and isinstance(-term * ones, exp)]
    if pairs:
        small = Node("expm1", (argument := vectorised((-pairs[0] * ones).args[0], frame),), argument.axes)
        if frame.is_finite:  # the exponential is there already, and what is added is not smaller
            small = frame.both("subtract", vectorised(-pairs[0] * ones, frame), number(1))
        rest = [term for term in terms if term not in (ones, pairs[0])]
        if ones * Add(*rest) == (-pairs[0] * ones).args[0]:  # of the exponential over its tangent
            small, rest = Node("exp_above_tangent", (argument,), argument.axes), []
        first = small if ones == -1 else Node("negate", (small,), small.axes)
        return reduce(lambda one, term: _added(one, term, frame), entries_first(rest), first)
    if (found := _by_place(terms, frame)) is not None:
        return found
    first, *others = entries_first(terms)
    if others and first.could_extract_minus_sign() and not others[0].could_extract_minus_sign():
        first, others[0] = others[0], first  # -a + b is b - a, to the last digit
    start = vectorised(first, frame)
    if others and is_below_largest(first, -others[0]):
        start, others = _below_largest(first, -others[0], start, frame), others[1:]
    return reduce(lambda one, term: _added(one, term, frame), others, start)


def _by_place(terms, frame):
    """Two terms of which each is 0 where the other is not, as a choice; None for other terms."""
    halves = [masked(term) for term in terms]
    if len(halves) != 2 or None in halves or halves[0][0] != halves[1][0] or halves[0][1] == halves[1][1]:
        return None
    (delta, _, there), (*_, elsewhere) = sorted(halves, key=lambda half: not half[1])
    same = frame.both("equal", *(place(index, frame) for index in delta.args))
    return frame.both("where", same, vectorised(where_largest(there, delta), frame), vectorised(elsewhere, frame))


def _below_largest(one, largest, part, frame):
    """An entry less the largest: 0 at the place of that, also where it is infinite."""
    if frame.is_finite:
        return frame.both("subtract", part, vectorised(largest, frame))
    here = frame.both("equal", place(one.indices[-1], frame), place(largest.indices[-1], frame))
    return frame.both("where", here, number(0), frame.both("subtract", part, vectorised(largest, frame)))


def _added(one, term, frame):
    if term.could_extract_minus_sign():
        return frame.both("subtract", one, vectorised(-term, frame))
    return frame.both("add", one, vectorised(term, frame))


@vectorised.register
def _product_of_factors(formula: Mul, frame):
    """A product. A delta is a mask; what has no weight counts for nothing, also beside a logarithm that is infinite."""
    coefficient, factors = formula.as_coeff_Mul()
    factors = Mul.make_args(factors)
    if coefficient == -1:
        part = vectorised(Mul(*factors), frame)
        return Node("negate", (part,), part.axes)
    below = [Pow(one.base, -one.exp) for one in factors if isinstance(one, Pow) and one.exp.is_negative]
    below, again = [one.base if is_square(one) else one for one in below], [one.base for one in below if is_square(one)]
    masks = [one for one in factors if mask_of(one)]
    above = [one for one in factors if one not in masks and not (isinstance(one, Pow) and one.exp.is_negative)]
    below += [Integer(coefficient.q)] if coefficient.q != 1 else []
    above = ([Integer(coefficient.p)] if coefficient.p != 1 else []) + above
    found = _weighted(above, frame)
    for some in (below, again):  # a square may overflow where its root does not
        found = _over(found, _weighted(some, frame), frame) if some else found
    for one in masks:
        delta, is_there = mask_of(one)
        spots = [place(index, frame) for index in delta.args]
        same = frame.both("equal", *spots)
        parts = (same, found, number(0)) if is_there else (same, number(0), found)
        found = frame.both("where", *parts)
    return found


def _over(found, divisor, frame):
    """A quotient; if all is finite, what one number divides in all places is a product: divisions take longest."""
    if frame.is_finite and len(divisor.axes) < len(found.axes):
        return frame.both("multiply", found, frame.both("divide", number(1), divisor))
    return frame.both("divide", found, divisor)


def _weighted(factors, frame):
    """The product of factors; those that may be infinite come last, and count only where the others are not 0."""
    infinite = [one for one in factors if may_be_infinite(one)] or beside_weights(factors, frame)
    weights = [one for one in factors if one not in infinite]
    parts = [[vectorised(one, frame) for one in some] for some in (weights, infinite)]
    first, last = (reduce(lambda one, other: frame.both("multiply", one, other), some) if some else None
                   for some in parts)  # fmt: skip
    if first is None or last is None:
        return first or last or number(1)
    certain = all(one.is_number or one.is_positive for one in weights)
    return frame.both("multiply" if certain else "weighted", first, last)


@vectorised.register
def _power(formula: Pow, frame):
    if formula.exp.is_negative:
        return frame.both("divide", number(1), vectorised(Pow(formula.base, -formula.exp), frame))
    if formula.exp == S.Half:
        part = vectorised(formula.base, frame)
        return Node("sqrt", (part,), part.axes)
    return frame.both("power", vectorised(formula.base, frame), vectorised(formula.exp, frame))


@vectorised.register
def _logarithm(formula: log, frame):
    inside = formula.args[0]
    one, rest = inside.as_coeff_Add()
    if one == 1 and rest != 0:
        part = vectorised(rest, frame)
        return Node("log1p", (part,), part.axes)
    part = vectorised(inside, frame)
    return Node("log", (part,), part.axes)


@vectorised.register
def _exponential(formula: exp, frame):
    """Of an entry less the largest, with what rounding takes from a wide difference: half an ulp of 700 is 6e-14."""
    inside = formula.args[0]
    part, terms = vectorised(inside, frame), entries_first(list(inside.args))
    if isinstance(inside, Add) and len(terms) == 2 and is_below_largest(terms[0], -terms[1]):
        both = [vectorised(one, frame) for one in (terms[0], -terms[1])]
        return frame.both("exp_added_up", *both) if frame.is_added_up else frame.both("exp_of_difference", part, *both)
    return Node("exp", (part,), part.axes)


@vectorised.register
def _function(formula: sin | cos, frame):
    part = vectorised(formula.args[0], frame)
    return Node(formula.func.__name__, (part,), part.axes)


@vectorised.register
def _quantity(formula: Quantity, frame):
    argument = vectorised(formula.args[0], frame)
    return Node(OF_LIBRARIES[formula.definition.id], (argument,), argument.axes)


@vectorised.register
def _indicator(formula: Indicator, frame):
    part = vectorised(formula.args[0], frame)
    return frame.both("where", frame.both("above", part, number(0)), number(1), number(0))


@vectorised.register
def _largest(formula: Max, frame):
    parts = sorted((vectorised(one, frame) for one in formula.args), key=lambda node: node.operation == "number")
    return reduce(lambda one, other: frame.both("maximum", one, other), parts)


@vectorised.register
def _delta(formula: KroneckerDelta, frame):
    same = frame.both("equal", *(place(index, frame) for index in formula.args))
    return frame.both("where", same, number(1), number(0))


@vectorised.register
def _sum_or_product(formula: Sum | Product, frame):
    *inner, (index, lower, upper) = formula.limits
    body = formula.func(formula.function, *inner) if inner else formula.function
    size = size_of_bounds(index, lower, upper, frame)
    frame, axis = frame.along(index, size)._replace(is_added_up=frame.is_finite), Axis(index.name, size)
    found, neutral = vectorised(body, frame), number(int(isinstance(formula, Product)))
    if upper != lower and str(upper) != size:
        last = frame.both("subtract", vectorised(upper, frame), number(1))
        found = frame.both("where", frame.both("above", place(index, frame), last), neutral, found)
    if lower != 1:
        found = frame.both("where", frame.both("above", place(lower, frame), place(index, frame)), neutral, found)
    if axis not in found.axes:
        return frame.both("multiply" if neutral.detail == 0 else "power",
                          *((Node("size", detail=size), found)[:: 1 if neutral.detail == 0 else -1]))  # fmt: skip
    return reduced(("quick_sum" if frame.is_finite else "sum") if isinstance(formula, Sum) else "product", found, axis)
