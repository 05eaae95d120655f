"""The moves that simplify largest numbers of which two are equal in a whole region, before a loss is
differentiated."""

from sympy import Add, Max, Mul

from ..engine.rules import functions
from ..writing.typeset import plain
from .moves import Proposal, parts


def common_factor_out(line, work):
    """A positive factor of all numbers comes out of the largest of them."""
    every = list(parts(line, Max))
    for largest in (one for one in every if not any(one != other and other.has(one) for other in every)):
        for factor in Mul.make_args(largest.args[0]):
            for one in (factor, -factor):
                shared = all(factor in Mul.make_args(number) for number in largest.args)
                if shared and not one.is_Number and work.conditions.positive(one):
                    because = f"{plain(one)} is positive: it changes no order"
                    return Proposal(functions.out_of_larger, (one,), because, part=largest)
    return None


def absorbed(line, work):
    """The smaller of a number and another is absorbed by that number."""
    for largest in parts(line, Max):
        for rule, because in (
            (functions.absorb_smaller, "the smaller of two numbers is at most either"),
            (functions.absorb_larger, "the larger one is compared with it once more outside"),
        ):
            move = Proposal(rule, (), because, part=largest)
            if move.result(line) is not None:
                return move
    return None


def gone_in(line, work):
    """Factors and terms beside a largest number, among numbers that are compared, go into it."""
    for largest in parts(line, Max):
        for number in largest.args:
            for term in Add.make_args(number):
                inner = [factor for factor in Mul.make_args(term) if isinstance(factor, Max)]
                times = term / inner[0] if len(inner) == 1 else None
                if times is None or (number == term and times == -1):
                    continue
                if work.conditions.positive(-times if times.could_extract_minus_sign() else times):
                    return Proposal(functions.into_larger, (number,), "this changes no order", part=largest)
    return None


SIMPLIFY = (common_factor_out, absorbed, gone_in)
