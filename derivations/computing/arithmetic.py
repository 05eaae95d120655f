"""What formulas are computed with: balls of python-flint, each around the true number, and exact symbols of SymPy.

At the ends of what has a value it is as the catalogue states (`distributions.boundary`): log 0 is minus infinity, what
has no weight counts for nothing, an empty product is 1. So every infinity is that of a logarithm of 0, and 0 times
it is 0. A quotient by 0 has no value but inside a logarithm, which is then the logarithm of 1/0: infinite.
"""

from fractions import Fraction
from functools import reduce

import sympy
from flint import arb, fmpq
from sympy import Max, Rational, factorrat

FACTORS_BELOW = 2**16  # looked for in a rational number of which the logarithm is taken


class NoValue(ValueError):
    """A formula has no value at the numbers given."""


def times(one, other):
    """The product; a factor that is exactly 0 makes it 0, also beside an infinite one."""
    if one == 0 or other == 0:
        return one if one == 0 else other
    return one * other


def quotient(above, below):
    """The quotient, which no number has by 0."""
    if below == 0:
        raise NoValue("0 stands below a fraction line")
    return above / below


class Balls:
    """Numbers with error bounds, at the precision that is set. What a ball does not tell is not finite, and not exact:
    more precision may tell it.
    """

    constants = {sympy.pi: arb.pi, sympy.E: arb.const_e}

    @staticmethod
    def number(given):
        return arb(fmpq(given.numerator, given.denominator)) if isinstance(given, Fraction) else arb(given)

    @staticmethod
    def log(above, below):
        """The logarithm of a quotient."""
        if above == 0 and below == 0:
            raise NoValue("0/0 stands in a logarithm that has a weight")
        if above == 0 and below != 0:
            return arb("-inf")
        if above > 0 and below == 0:
            return arb("inf")
        number = above / below
        if number < 0:
            raise NoValue("a logarithm is taken of a number below 0")
        return number.log()

    @staticmethod
    def power(base, exponent):
        if base == 0 and exponent > 0:
            return base
        if base < 0 and not exponent.is_integer():
            raise NoValue("a broken power is taken of a number below 0")
        return base**exponent

    @staticmethod
    def apply(function, number):
        return getattr(number, function)()

    @staticmethod
    def largest(numbers):
        return reduce(arb.max, numbers)


class Symbols:
    """The same numbers exactly, with exponentials, logarithms and roots as symbols."""

    constants = {constant: lambda constant=constant: constant for constant in Balls.constants}

    @staticmethod
    def number(given):
        return Rational(given)

    @staticmethod
    def log(above, below):
        """By the logarithms of primes, so that relations between logarithms of rational numbers show."""
        rational, rest = (above / below).as_coeff_Mul()
        if not rational > 0:
            return sympy.log(above / below)
        primes = factorrat(rational, limit=FACTORS_BELOW)
        return sum((count * sympy.log(prime) for prime, count in primes.items()), start=sympy.log(rest))

    @staticmethod
    def power(base, exponent):
        return base**exponent

    @staticmethod
    def apply(function, number):
        return getattr(sympy, function)(number)

    @staticmethod
    def largest(numbers):
        return Max(*numbers)
