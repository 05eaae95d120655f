"""What a rule says, as data: a formula and the conditions under which it holds. The page of rules typesets it, and the
tests draw from it.

A letter stands for any expression, `A[i]` for one that may depend on the index i, `f(x)` for one that depends on x;
what a letter must not depend on is among the conditions.
"""

from dataclasses import dataclass

from sympy import Basic, Function, IndexedBase, Symbol, symbols
from sympy.logic.boolalg import Boolean, BooleanFunction

a, b, c, d, u, v, x = symbols("a b c d u v x")
i, j, k, m = symbols("i j k m", integer=True, positive=True)
r, s, t, w, g, h = symbols("r s t w g h", integer=True)  # bounds of sums: r to s, t to w, g to h
distance = Symbol("h")  # printed h as well
A, B, U, X = (IndexedBase(Symbol(name)) for name in "abux")
E, f, q = map(Function, "Efq")


class FreeOf(BooleanFunction):
    """That the first does not depend on the others."""


class Grows(BooleanFunction):
    """That an expression is at least as large where a letter is larger."""

    nargs = 2


class Falls(BooleanFunction):
    """That an expression is at most as large where a letter is larger."""

    nargs = 2


class NoSlope(BooleanFunction):
    """That no derivative by what the second depends on stands in the first: what holds at a point says nothing of
    slopes there.
    """

    nargs = 2


class SameMultipliedOut(BooleanFunction):
    """That two expressions are the same once their brackets are multiplied out."""

    nargs = 2


@dataclass(frozen=True)
class Law:
    """A formula, an equation or an inequality, and the conditions under which it holds."""

    formula: Basic
    conditions: tuple[Boolean, ...] = ()


def states(formula: Basic, *where: Boolean):
    """Says of a rule which law it applies, from left to right. A rule with two laws says both."""

    def said(rule):
        rule.laws = (Law(formula, where), *getattr(rule, "laws", ()))
        return rule

    return said

