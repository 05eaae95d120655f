"""Where there are several forms of one number, and it is told when the code runs which of them to take.

Each of these is given what makes the nodes of the parts.
"""

from collections.abc import Callable

from sympy import Expr, Rational

from .marks import Chosen, Near, Quick
from .nodes import Node, guarded, number, replaced
from .places import Frame

Vectorised = Callable[[Expr, Frame], Node]


def near(vectorised: Vectorised, formula: Near, frame: Frame) -> Node:
    """Where the number is not small, 0 is in its place: then what is not chosen has a slope, too."""
    small, close, far = (vectorised(one, frame) for one in formula.args)
    small, close = guarded(small), guarded(close)
    room = frame.both("subtract", number(Rational(1, 4)), frame.both("multiply", small, small))
    is_small = frame.both("above", room, number(0))
    return frame.both("where", is_small, replaced(close, small, frame.both("where", is_small, small, number(0))), far)


def chosen(vectorised: Vectorised, formula: Chosen, frame: Frame) -> Node:
    """The first of two forms where a number is above 0, else the second."""
    test, one, other = (guarded(vectorised(part, frame)) for part in formula.args)
    return frame.both("where", frame.both("above", test, number(0)), one, other)


def quick(vectorised: Vectorised, formula: Quick, frame: Frame) -> Node:
    """What says whether the first of two forms keeps its digits everywhere, and that, as if all entries were finite."""
    first, _, *tests = formula.args
    finite = frame._replace(is_finite=True)
    keeps = frame.both("keeps_digits", *(vectorised(one, finite) for one in tests))
    return frame.both("quick", keeps, vectorised(first, finite))
