"""Products and powers. What makes the nodes of the factors is given."""

from functools import reduce

from sympy import Add, Integer, Mul, Pow, S, sqrt

from .chosen import Vectorised
from .forms import PowerOfRest
from .indices import place
from .nodes import Node, number
from .places import Frame, beside_weights, is_square, mask_of, may_be_infinite


def product_of_factors(vectorised: Vectorised, formula: Mul, frame: Frame) -> Node:
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
    twice = [one for one in above if len(above) > 1 and is_square(one) and one.base.is_nonnegative
             and not one.base.is_positive]  # of positive ones the numbers are looked at
    found = _weighted(vectorised, [one.base if one in twice else one for one in above], frame)
    for some in (below, again):  # a square may overflow where its root does not
        found = _over(found, _weighted(vectorised, some, frame), frame) if some else found
    for one in twice:
        found = frame.both("multiply", found, vectorised(one.base, frame))
    for one in masks:
        delta, is_there = mask_of(one)
        spots = [place(vectorised, index, frame) for index in delta.args]
        same = frame.both("equal", *spots)
        parts = (same, found, number(0)) if is_there else (same, number(0), found)
        found = frame.both("where", *parts)
    return found


def _over(found, divisor, frame):
    """A quotient; if all is finite, what one number divides in all places is a product: divisions take longest."""
    if frame.is_finite and len(divisor.axes) < len(found.axes):
        return frame.both("multiply", found, frame.both("divide", number(1), divisor))
    return frame.both("divide", found, divisor)


def _weighted(vectorised, factors, frame):
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


def power_of(vectorised: Vectorised, formula: Pow, frame: Frame) -> Node:
    """A power. The square root of a sum of squares is there where a square would overflow, too."""
    if formula.exp.is_negative:
        return frame.both("divide", number(1), vectorised(Pow(formula.base, -formula.exp), frame))
    if formula.exp == S.Half:
        roots = [_root(term) for term in Add.make_args(formula.base)]
        if len(roots) > 1 and None not in roots:
            return reduce(lambda one, other: frame.both("hypot", one, other), [vectorised(one, frame) for one in roots])
        part = vectorised(formula.base, frame)
        return Node("sqrt", (part,), part.axes)
    return frame.both("power", vectorised(formula.base, frame), vectorised(formula.exp, frame))


def power_of_what_is_left(vectorised: Vectorised, formula: PowerOfRest, frame: Frame) -> Node:
    """A power of 1 less a number."""
    return frame.both("power_of_rest", *(vectorised(one, frame) for one in formula.args))


def _root(term):
    """What a positive number, or a positive multiple of a square, is the square of; None for anything else."""
    coefficient, rest = term.as_coeff_Mul()
    factors = [] if rest == 1 else Mul.make_args(rest)
    if not coefficient.is_positive or not all(isinstance(one, Pow) and one.exp.is_even for one in factors):
        return None
    return sqrt(coefficient) * Mul(*(one.base ** (one.exp / 2) for one in factors))
