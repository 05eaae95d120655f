"""Products, powers and norms. What makes the nodes of the factors is given."""

from functools import reduce

from sympy import Add, Expr, Integer, Mul, Pow, S, Sum, sqrt

from .chosen import Vectorised
from .indices import place
from .marks import PowerOfRest
from .nodes import Node, number
from .places import Frame, beside_weights, is_square, mask_of, may_be_infinite


def product_of_factors(vectorised: Vectorised, formula: Mul, frame: Frame) -> Node:
    """A product. A delta is a mask; what has no weight counts for nothing, also beside a logarithm that is infinite."""
    coefficient, factors = formula.as_coeff_Mul()
    factors = Mul.make_args(factors)
    if coefficient == -1:
        part = vectorised(Mul(*factors), frame)
        return Node("negate", (part,), part.axes)
    masks = [one for one in factors if mask_of(one)]
    above = [one for one in factors if one not in masks and not (isinstance(one, Pow) and one.exp.is_negative)]
    above, below = _over_norms(above, [Pow(one.base, -one.exp) for one in factors
                                       if isinstance(one, Pow) and one.exp.is_negative])  # fmt: skip
    below, again = [one.base if is_square(one) else one for one in below], [one.base for one in below if is_square(one)]
    rests = [one for one in below if above and is_rest(one)]
    below = [one for one in below if one not in rests] + ([Integer(coefficient.q)] if coefficient.q != 1 else [])
    above = ([Integer(coefficient.p)] if coefficient.p != 1 else []) + above
    twice = [one for one in above if len(above) > 1 and is_square(one) and one.base.is_nonnegative
             and not one.base.is_positive]  # of positive ones the numbers are looked at
    found = _weighted(vectorised, [one.base if one in twice else one for one in above], frame)
    for some in (below, again):  # a square may overflow where its root does not
        found = _over(found, _weighted(vectorised, some, frame), frame) if some else found
    for one in rests:  # it is not 0, but may be rounded to 0: then what has no weight counts for nothing
        found = frame.both("weighted", found, frame.both("divide", number(1), vectorised(one, frame)))
    for one in twice:
        counts = "weighted" if may_be_infinite(one.base, frame) else "multiply"
        found = frame.both(counts, found, vectorised(one.base, frame))
    for one in masks:
        delta, is_there = mask_of(one)
        spots = [place(vectorised, index, frame) for index in delta.args]
        same = frame.both("equal", *spots)
        parts = (same, found, number(0)) if is_there else (same, number(0), found)
        found = frame.both("where", *parts)
    return found


def is_rest(divisor: Expr) -> bool:
    """Whether it is what a sum leaves of 1."""
    return isinstance(1 - divisor, Sum)


def _over(found, divisor, frame):
    """A quotient; if all is finite, what one number divides in all places is a product: divisions take longest."""
    if frame.is_finite and len(divisor.axes) < len(found.axes):
        return frame.both("multiply", found, frame.both("divide", number(1), divisor))
    return frame.both("divide", found, divisor)


def _weighted(vectorised, factors, frame):
    """The product of factors; those that may be infinite come last, and count only where the others are not 0."""
    infinite = [one for one in factors if may_be_infinite(one, frame)] or beside_weights(factors, frame)
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
        if len(roots := square_roots(formula.base)) > 1 or any(isinstance(root, Sum) for root in roots):
            parts = [_size(vectorised, root, frame) for root in roots]
            return reduce(lambda one, other: frame.both("hypot", one, other), parts)
        part = vectorised(formula.base, frame)
        return Node("sqrt", (part,), part.axes)
    return frame.both("power", vectorised(formula.base, frame), vectorised(formula.exp, frame))


def power_of_what_is_left(vectorised: Vectorised, formula: PowerOfRest, frame: Frame) -> Node:
    """A power of 1 less a number."""
    return frame.both("power_of_rest", *(vectorised(one, frame) for one in formula.args))


def _over_norms(above, below):
    """Factors and divisors; of a norm to a power, which may overflow, each factor is divided by the norm itself."""
    powers = [one for one in below if isinstance(one, Pow) and one.exp.is_Rational and one.exp.q == 2 < 2 * one.exp]
    for one in [one for one in powers if square_roots(one.base)]:
        apart = [part for factor in above for part in _apart(factor)]
        norm, times = sqrt(one.base), one.exp.p
        below = [other for other in below if other != one] + [norm] * (times - len(apart))
        above = [part / norm for part in apart[:times]] + apart[times:]
    return above, below


def is_sum_of_squares(expression: Expr) -> bool:
    """Whether all terms are squares, or sums of squares over an index, and there is such a sum."""
    return any(isinstance(root, Sum) for root in square_roots(expression))


def _apart(factor):
    """A whole power as the factors that it is made of."""
    is_whole = isinstance(factor, Pow) and factor.exp.is_Integer and factor.exp.is_positive
    return [factor.base] * int(factor.exp) if is_whole else [factor]


def square_roots(squares: Expr) -> list[Expr]:
    """What all terms are squares of; of a sum over an index, the sum of what its terms are squares of."""
    found = [_root(term) for term in Add.make_args(squares)]
    return [] if None in found else found


def _root(term):
    """What a positive number, or a positive multiple of a square or of a sum of squares, is the square of."""
    coefficient, rest = term.as_coeff_Mul()
    if isinstance(rest, Sum) and coefficient.is_positive:
        inside = _root(coefficient * rest.function)
        return None if inside is None else Sum(inside, *rest.limits)
    factors = [] if rest == 1 else Mul.make_args(rest)
    if not coefficient.is_positive or not all(isinstance(one, Pow) and one.exp.is_even for one in factors):
        return None
    return sqrt(coefficient) * Mul(*(one.base ** (one.exp / 2) for one in factors))


def _size(vectorised, root, frame):
    """The size of a number, up to its sign, or of what a sum adds up: the square root of the sum of its squares."""
    node, depth = vectorised(root, frame), len(root.limits) if isinstance(root, Sum) else 0
    if (norm := _as_norm(node, depth)) is not None:
        return norm
    return Node("sqrt", (vectorised(Sum(root.function**2, *root.limits), frame),), node.axes)


def _as_norm(node, depth):
    """Sums of sums as norms of norms; None where something else is done between them."""
    if not depth:
        return node
    part = _as_norm(*node.parts, depth - 1) if node.operation in ("sum", "quick_sum") else None
    return part and Node("norm", (part,), node.axes, node.detail)
