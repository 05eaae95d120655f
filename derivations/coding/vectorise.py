"""An expression in the intermediate form: every index is an axis, and there is no loop.

What cannot be a loop-free operation on arrays is refused with `NoCode`, which says why.
"""

from functools import partial, reduce, singledispatch

from sympy import (Add, Expr, Indexed, KroneckerDelta, Max, Mul, NumberSymbol, Pow, Product, Rational, Sum, Symbol,
                   cos, exp, log, sin)  # fmt: skip

from ..engine.entries import is_index
from ..engine.nodes import Indicator, is_size
from ..engine.terms import Quantity
from .chosen import chosen, near, quick
from .indices import entry_of_array, place, products_at
from .marks import Chosen, Kept, Near, PowerOfRest, Quick, Twice
from .nodes import Axis, Node, number, reduced
from .places import Frame, NoCode, entries_first, is_below_largest, size_of_bounds
from .products import power_of, power_of_what_is_left, product_of_factors
from .sums import sum_of_terms
from .written_out import OF_LIBRARIES


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
        return frame.both("add", place(vectorised, formula, frame), number(1))
    return Node("argument", detail=(formula.name, ()))


@vectorised.register
def _kept(formula: Kept | Twice, frame):
    return vectorised(formula.args[0], frame)


for kind, law in ((Near, near), (Chosen, chosen), (Quick, quick), (Indexed, entry_of_array), (Add, sum_of_terms),
                  (Mul, product_of_factors), (Pow, power_of),
                  (PowerOfRest, power_of_what_is_left)):  # fmt: skip
    vectorised.register(kind, partial(law, vectorised))


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
    parts = sorted((vectorised(one, frame) for one in formula.args), key=lambda node: node.is_plain)
    return reduce(lambda one, other: frame.both("maximum", one, other), parts)


@vectorised.register
def _delta(formula: KroneckerDelta, frame):
    same = frame.both("equal", *(place(vectorised, index, frame) for index in formula.args))
    return frame.both("where", same, number(1), number(0))


@vectorised.register
def _sum_or_product(formula: Sum | Product, frame):
    if isinstance(formula, Sum) and (found := products_at(vectorised, formula, frame)):
        return found
    *inner, (index, lower, upper) = formula.limits
    body = formula.func(formula.function, *inner) if inner else formula.function
    size = size_of_bounds(index, lower, upper, frame)
    frame, axis = frame.along(index, size)._replace(is_added_up=frame.is_finite), Axis(index.name, size)
    found, neutral = vectorised(body, frame), number(int(isinstance(formula, Product)))
    if upper != lower and str(upper) != size:
        last = frame.both("subtract", vectorised(upper, frame), number(1))
        found = frame.both("where", frame.both("above", place(vectorised, index, frame), last), neutral, found)
    if lower != 1:
        low, here = place(vectorised, lower, frame), place(vectorised, index, frame)
        found = frame.both("where", frame.both("above", low, here), neutral, found)
    if axis not in found.axes:
        return frame.both("multiply" if neutral.detail == 0 else "power",
                          *((Node("size", detail=size), found)[:: 1 if neutral.detail == 0 else -1]))  # fmt: skip
    return reduced(("quick_sum" if frame.is_finite else "sum") if isinstance(formula, Sum) else "product", found, axis)
