"""The number of binary64 nearest to the value of a formula: balls at rising precision, until no other can be.

A ball of which both ends round to the same number leaves no doubt. Where the value is 0, or too small, that is so as
soon as the ball is small enough. Where it lies in the middle of two neighbours, or beside it by less than any precision
shows, no ball is enough: there it is decided by arithmetic that keeps what is tiny, and in exact symbols.
"""

from fractions import Fraction
from math import inf, nextafter, prod
from typing import Any

from flint import arb, ctx
from sympy import Add, Expr, Rational, expand, fraction, together

from .arithmetic import Balls, NoValue, Symbols
from .beside import Beside
from .program import Setting, program

RISING = tuple(2**power for power in range(7, 15))  # in bits
LOOKED_AT_CLOSELY = 2**10  # bits at which a number that is still in the middle of two is
MOST_TERMS_EXACTLY, MOST_OPERATIONS, MOST_PRODUCTS = 10**4, 300, 10**4  # for that; more take minutes


class Computed:
    """What is computed of some numbers, arrays and sizes: each formula to its nearest number of binary64."""

    def __init__(self, numbers: dict[str, Any], indices: dict[str, int]):
        self.numbers, self.indices, self.settings = numbers, indices, {}

    def nearest(self, formula: Expr, indices: dict[str, int] | None = None) -> float:
        """The nearest number of binary64, ties to even, infinite where it is too large. NoValue where there is none."""
        indices = indices or {}
        for bits in RISING:
            with ctx.workprec(bits):
                ball = program(formula)(self._setting(bits, Balls, indices))
                found = _certain(ball)
                if found is None and bits >= LOOKED_AT_CLOSELY:
                    found = self._beside_the_middle(formula, indices, bits, *_ends(ball))
            if found is not None:
                return found + 0.0  # without the sign of a 0
        raise NoValue(f"no nearest number is certain, with {RISING[-1]} bits")

    def _beside_the_middle(self, formula, indices, bits, low, high):
        """On which side of the middle of two neighbours a value lies; or it is the middle itself. None if unknown."""
        if not (-inf < low < high < inf and nextafter(low, inf) == high):
            return None
        middle = (Fraction(low) + Fraction(high)) / 2
        difference = program(formula)(self._setting((bits, "beside"), Beside, indices)) + -Beside.number(middle)
        if difference > 0 or difference < 0:
            return high if difference > 0 else low
        if difference == 0:
            return float(middle)
        few = prod(self.indices.values()) <= MOST_TERMS_EXACTLY
        exactly = few and _equals(program(formula)(self._setting("exact", Symbols, indices)), middle)
        return float(middle) if exactly else None

    def _setting(self, kept, arithmetic, indices):
        if kept not in self.settings:
            self.settings[kept] = Setting(self.numbers, dict(self.indices), arithmetic, {})
        self.settings[kept].indices.update(indices)
        return self.settings[kept]


def _certain(ball: arb):
    """The number to which both ends of a ball are rounded; None if there are two, or none."""
    low, high = _ends(ball)
    return low if low == high else None


def _ends(ball):
    """What the ends of a ball are rounded to; a number that is exact is not rounded twice."""
    return (float(ball), float(ball)) if ball.is_exact() else (float(ball.lower()), float(ball.upper()))


def _equals(value: Expr, number: Fraction) -> bool:
    """Whether a number in exact symbols is found to be a rational one: whether their difference multiplies out to 0."""
    if value.count_ops() > MOST_OPERATIONS:
        return False
    above, below = fraction(together(value - Rational(number)))
    bases = [factor.as_base_exp() for factor in below.as_ordered_factors()]
    products = prod(len(Add.make_args(base)) ** int(power) for base, power in bases if power.is_Integer)
    return products <= MOST_PRODUCTS and expand(above) == 0
