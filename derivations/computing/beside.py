"""Numbers that keep what is tiny beside what is large: e^s (h + t), with s and h exact and t a ball.

A sum such as 1e16 + 37 + e^(-1e16) lies just above the middle of two numbers of binary64. No ball of any precision
shows that; here the difference from the middle is the last term alone. It is slower, and for what balls leave open.
"""

from dataclasses import dataclass
from functools import reduce

from flint import arb

from .arithmetic import Balls, NoValue

NOUGHT, ONE = arb(0), arb(1)


@dataclass(frozen=True, eq=False)
class Apart:
    """e^scale (head + tail)."""

    scale: arb
    head: arb
    tail: arb

    @property
    def mantissa(self):
        return self.head + self.tail

    @property
    def ball(self):
        return self.scale.exp() * self.mantissa if self.scale != 0 else self.mantissa

    def __eq__(self, number):
        return self.head == -self.tail if number == 0 else NotImplemented

    def __gt__(self, number):
        return self.mantissa > 0 if number == 0 else NotImplemented

    def __lt__(self, number):
        return self.mantissa < 0 if number == 0 else NotImplemented

    def __neg__(self):
        return Apart(self.scale, -self.head, -self.tail)

    def __add__(self, other):
        large, small = (self, other) if self.scale >= other.scale else (other, self)
        if large.scale == small.scale:
            return apart(large.head + small.head, large.tail + small.tail, large.scale)
        if large == 0 or small == 0:
            return small if large == 0 else large
        return Apart(large.scale, large.head, large.tail + (small.scale - large.scale).exp() * small.mantissa)

    def __mul__(self, other):
        tail = self.head * other.tail + self.tail * other.mantissa
        return apart(self.head * other.head, tail, self.scale + other.scale)

    def __truediv__(self, other):
        ratio = self.head / other.head if other.head != 0 else NOUGHT
        ratio = ratio if ratio.is_exact() else NOUGHT
        left = self.tail - ratio * other.tail + (self.head - ratio * other.head)
        return apart(ratio, left / other.mantissa, self.scale - other.scale)


def apart(head, tail, scale=NOUGHT):
    """A number of a head that need not be exact; what is not goes to the tail."""
    if not scale.is_exact():
        head, tail, scale = NOUGHT, scale.exp() * (head + tail), NOUGHT
    return Apart(scale, head, tail) if head.is_exact() else Apart(scale, NOUGHT, head + tail)


class Beside:
    """The arithmetic of such numbers."""

    constants = {name: lambda ball=ball: apart(ball(), NOUGHT) for name, ball in Balls.constants.items()}

    @staticmethod
    def number(given):
        return apart(Balls.number(given), NOUGHT)

    @staticmethod
    def exp(number):
        exact = number if number.scale == 0 else apart(NOUGHT, number.ball)
        if abs(exact.tail) < 1:
            return Apart(exact.head, ONE, exact.tail.expm1())
        return Apart(exact.head, NOUGHT, exact.tail.exp())

    @staticmethod
    def log(above, below):
        if above == 0 or below == 0:
            return apart(Balls.log(above.mantissa, below.mantissa), NOUGHT)
        number = above / below
        if number < 0:
            raise NoValue("a logarithm is taken of a number below 0")
        return apart(number.scale, number.tail.log1p() if number.head == 1 else number.mantissa.log())

    @staticmethod
    def power(base, exponent):
        if base == 0:
            return apart(Balls.power(base.mantissa, exponent.ball), NOUGHT)
        if exponent == 0:
            return apart(ONE, NOUGHT)
        return Beside.exp(exponent * Beside.log(base, apart(ONE, NOUGHT)))

    @staticmethod
    def apply(function, number):
        return Beside.exp(number) if function == "exp" else apart(Balls.apply(function, number.ball), NOUGHT)

    @staticmethod
    def largest(numbers):
        return reduce(_larger, numbers)


def _larger(one, other):
    difference = one + -other
    if difference > 0 or difference == 0:
        return one
    return other if difference < 0 else apart(NOUGHT, one.ball.max(other.ball))
