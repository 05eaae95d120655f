"""Sums of a few terms, in the order in which they keep their digits. What makes the nodes of the terms is given."""

from functools import reduce

from sympy import Add, Indexed, Symbol, exp

from .chosen import Vectorised
from .indices import place
from .nodes import Node, number
from .places import Frame, entries_first, is_below_largest, masked, where_largest


def sum_of_terms(vectorised: Vectorised, formula: Add, frame: Frame) -> Node:
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
        return reduce(lambda one, term: _added(vectorised, one, term, frame), entries_first(rest), first)
    if (found := _by_place(vectorised, terms, frame)) is not None:
        return found
    first, *others = _less_entry_first(entries_first(terms))
    if others and first.could_extract_minus_sign() and not others[0].could_extract_minus_sign():
        first, others[0] = others[0], first  # -a + b is b - a, to the last digit
    start = vectorised(first, frame)
    if others and is_below_largest(first, -others[0]):
        start, others = _below_largest(vectorised, first, -others[0], start, frame), others[1:]
    return reduce(lambda one, term: _added(vectorised, one, term, frame), others, start)


def _less_entry_first(terms):
    """Terms of which the first is 1, with minus a number that is given next: what is left of 1 is exact, or nearly so,
    and what is added to it may be small.
    """
    found = [one for one in terms[1:] if isinstance(-one, Symbol | Indexed)] if terms[0] == 1 else []
    return [terms[0], *found, *(one for one in terms[1:] if one not in found)] if len(found) == 1 else terms


def _by_place(vectorised, terms, frame):
    """Two terms of which each is 0 where the other is not, as a choice; None for other terms."""
    halves = [masked(term) for term in terms]
    if len(halves) != 2 or None in halves or halves[0][0] != halves[1][0] or halves[0][1] == halves[1][1]:
        return None
    (delta, _, there), (*_, elsewhere) = sorted(halves, key=lambda half: not half[1])
    same = frame.both("equal", *(place(vectorised, index, frame) for index in delta.args))
    return frame.both("where", same, vectorised(where_largest(there, delta), frame), vectorised(elsewhere, frame))


def _below_largest(vectorised, one, largest, part, frame):
    """An entry less the largest: 0 at the place of that, also where it is infinite."""
    if frame.is_finite:
        return frame.both("subtract", part, vectorised(largest, frame))
    here = frame.both("equal", place(vectorised, one.indices[-1], frame), place(vectorised, largest.indices[-1], frame))
    return frame.both("where", here, number(0), frame.both("subtract", part, vectorised(largest, frame)))


def _added(vectorised, one, term, frame):
    if term.could_extract_minus_sign():
        return frame.both("subtract", one, vectorised(-term, frame))
    return frame.both("add", one, vectorised(term, frame))
