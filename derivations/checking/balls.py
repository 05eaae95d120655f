"""Numbers that carry an error bound and derivatives: what the checker computes with. It shares no code with the rules.

A `Jet` is a polynomial in infinitesimals e_0, e_1, ... with e_i^2 = 0, whose coefficients are balls (python-flint's
`arb`). Adding e_i to a variable and reading the coefficient of e_i gives the exact derivative, with no formula for
derivatives and no step size.
"""

from fractions import Fraction
from functools import reduce
from math import prod

from flint import acb, arb


class Jet:
    """A ball plus infinitesimal parts: `parts` maps a set of infinitesimals, as a bit mask, to its coefficient."""

    __slots__ = ("parts",)

    def __init__(self, parts):
        self.parts = parts if type(parts) is dict else {0: parts if isinstance(parts, (arb, acb)) else arb(parts)}

    def moved(self, infinitesimal):
        """This number plus an infinitesimal, given as a bit."""
        return self + Jet({infinitesimal: arb(1)})

    def whole(self):
        """The whole number that this is."""
        return int(self.ball.unique_fmpz())

    @property
    def plain(self):
        """Whether there are no infinitesimal parts."""
        return len(self.parts) == 1 and 0 in self.parts

    @property
    def ball(self):
        return self.parts.get(0, arb(0))

    def is_zero(self):
        """Whether this is exactly 0, as a number and not only as a ball around it."""
        return self.plain and self.ball == 0

    def coefficient(self, mask):
        """What stands before the infinitesimals in `mask`, with those in no other mask left in place."""
        return Jet({other ^ mask: value for other, value in self.parts.items() if other & mask == mask})

    def __add__(self, other):
        if self.plain and other.plain:
            return Jet({0: self.parts[0] + other.parts[0]})
        parts = dict(self.parts)
        for mask, value in other.parts.items():
            parts[mask] = parts[mask] + value if mask in parts else value
        return Jet(parts)

    def __mul__(self, other):
        if self.plain and other.plain:
            return Jet({0: self.parts[0] * other.parts[0]})
        parts = {}
        for left, a in self.parts.items():
            for right, b in other.parts.items():
                if not left & right:
                    parts[left | right] = parts[left | right] + a * b if left | right in parts else a * b
        return Jet(parts)

    def compose(self, taylor):
        """f(self), where ``taylor(x, order)`` is the coefficient of that order of f at the ball x."""
        if self.plain:
            return Jet(taylor(self.parts[0], 0))
        small = Jet({mask: value for mask, value in self.parts.items() if mask})
        total, power, order = Jet(taylor(self.ball, 0)), small, 1
        while power.parts:
            total += Jet(taylor(self.ball, order)) * power
            power, order = power * small, order + 1
        return total

    def log(self):
        return self.compose(lambda x, order: x.log() if order == 0 else (-1) ** (order + 1) / (order * x**order))

    def exp(self):
        return self.compose(lambda x, order: x.exp() / prod(range(1, order + 1)))

    def inverse(self):
        return self.compose(lambda x, order: (-1) ** order / x ** (order + 1))

    def over(self, other):
        """self / other, exact where the quotient of two whole numbers is."""
        return Jet({0: self.ball / other.ball}) if self.plain and other.plain else self * other.inverse()

    def power(self, exponent):
        """self to a power: by multiplication where the exponent is a whole number (so that 0^0 = 1),
        else by exp and log.
        """
        whole = exponent.ball.unique_fmpz() if exponent.plain and exponent.ball.is_exact() else None
        if whole is None and self.is_zero() and exponent.plain and exponent.ball > 0:
            return Jet(0)
        if whole is None:
            return (exponent * self.log()).exp()
        base = self if whole >= 0 else self.inverse()
        return reduce(Jet.__mul__, [base] * abs(int(whole)), Jet(1))


def integral(function, lower, upper):
    """The integral of an analytic function of a ball, with a rigorous error bound."""
    return acb.integral(lambda ball, _: acb(function(ball)), lower, upper).real


def rounded(ball):
    """The number of binary64 nearest to a ball; a ball that says nothing where its two ends have different ones."""
    if not ball.is_finite():
        return ball
    ends = {_nearest(end) for end in (ball.lower(), ball.upper())}
    return arb(ends.pop()) if len(ends) == 1 else arb("nan")


def _nearest(exact):
    mantissa, exponent = map(int, exact.mid().man_exp())
    try:
        return float(mantissa * Fraction(2) ** exponent)
    except OverflowError:
        return float("inf") if mantissa > 0 else float("-inf")
