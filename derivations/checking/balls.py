"""Numbers that carry an error bound and derivatives: what the checker computes with. It shares no code with the rules.

A `Jet` is a polynomial in infinitesimals e_0, e_1, ... with e_i^2 = 0, whose coefficients are balls (python-flint's
`arb`). Adding e_i to a variable and reading the coefficient of e_i gives the exact derivative, with no formula for
derivatives and no step size.
"""

from fractions import Fraction
from functools import reduce
from math import prod
from operator import or_

from flint import acb, arb


EVALUATIONS = 400  # of a function that is integrated


class Jet:
    """A ball plus infinitesimal parts: `parts` maps a set of infinitesimals, as a bit mask, to its coefficient."""

    __slots__ = ("parts",)

    def __init__(self, parts):
        self.parts = parts if type(parts) is dict else {0: parts if isinstance(parts, (arb, acb)) else arb(parts)}

    def moved(self, infinitesimal):
        """This number plus an infinitesimal, given as a bit."""
        return self + Jet({infinitesimal: arb(1)})

    def whole(self):
        """The whole number that this is. LookupError if it is none: it chooses no entry, and no sum ends there."""
        found = self.ball.unique_fmpz()
        if found is None:
            raise LookupError("expected a whole number, which chooses an entry or ends a sum")
        return int(found)

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

    def part(self, mask):
        """The coefficient of one product of infinitesimals, as a ball."""
        return self.parts.get(mask, arb(0))

    def stepped(self, function):
        """f(self) for a function that goes up in steps: its slope is not known at any ball."""
        return Jet({mask: arb("nan") for mask in together(self)} | {0: function(self.ball)})

    def coefficient(self, mask):
        """The same as `before`; but where there is no number, there is no slope."""
        return self.before(mask) if self.ball.is_finite() else Jet(self.ball * arb("nan"))

    def before(self, mask):
        """What stands before the infinitesimals in `mask`, with those in no other mask left in place."""
        return Jet({other ^ mask: value for other, value in self.parts.items() if other & mask == mask})

    def __add__(self, other):
        one, two = self.parts, other.parts
        if len(one) == len(two) == 1 and 0 in one and 0 in two:  # both are plain; not asked by a call: it is so often
            return Jet({0: one[0] + two[0]})
        parts = dict(one)
        for mask, value in two.items():
            parts[mask] = parts[mask] + value if mask in parts else value
        return Jet(parts)

    def __mul__(self, other):
        one, two = self.parts, other.parts
        if len(one) == len(two) == 1 and 0 in one and 0 in two:
            return Jet({0: one[0] * two[0]})
        parts = {}
        for left, a in one.items():
            for right, b in two.items():
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
        if isinstance(self.ball, acb) and not (self.ball.real > 0 or self.ball.imag > 0 or self.ball.imag < 0):
            return Jet(acb("nan"))  # across the cut it is not analytic
        return self.compose(lambda x, order: x.log() if order == 0 else (-1) ** (order + 1) / (order * x**order))

    def exp(self):
        return self.compose(lambda x, order: x.exp() / prod(range(1, order + 1)))

    def sin(self):
        return self.compose(lambda x, order: (x + order * x.pi() / 2).sin() / prod(range(1, order + 1)))

    def cos(self):
        return self.compose(lambda x, order: (x + order * x.pi() / 2).cos() / prod(range(1, order + 1)))

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
        return repeated(self if whole >= 0 else self.inverse(), abs(int(whole)), Jet(1))


def repeated(base, count, product):
    """So many factors multiplied onto a product, by squaring: the count may have many digits."""
    while count:
        product = product * base if count % 2 else product
        base, count = base * base if count > 1 else base, count // 2
    return product


def larger(one, other):
    """The larger of two numbers; where balls do not tell which, one that holds both, and a slope that says nothing."""
    a, b = one.ball, other.ball
    if isinstance(a, acb) or isinstance(b, acb):  # the larger of two is not analytic
        return Jet(acb("nan"))
    if not (a.is_finite() and b.is_finite()):
        return Jet(arb("nan"))
    if a > b or b > a:
        return one if a > b else other
    masks = together(one, other)
    apart = [mask for mask in masks[1:] if one.part(mask) != other.part(mask) or not one.part(mask).is_exact()]
    # Where there is no slope, there is none of that slope; and beside the point the two may be apart.
    lost = [mask for mask in masks if mask & (mask - 1) or any(mask & part == part for part in apart)]
    return Jet({mask: one.part(mask) for mask in masks} | {0: a.max(b)} | dict.fromkeys(lost, arb("nan")))


def together(*jets):
    """Every product of the infinitesimals in some numbers, as bit masks: the parts that a number made of them can have.
    """
    whole = reduce(or_, [mask for jet in jets for mask in jet.parts], 0)
    return [mask for mask in range(whole + 1) if mask & whole == mask]


def indicated(jet):
    """1 where a number is positive and 0 where it is not; at 0 it has no slope."""
    known = isinstance(jet.ball, arb) and jet.ball.is_finite()
    if known and (jet.ball > 0 or jet.ball < 0 or (jet.plain and jet.ball <= 0)):
        return Jet(arb(int(jet.ball > 0)))
    return Jet(arb("nan"))


def integral(function, lower, upper):
    """The integral of a function of a ball, with a rigorous error bound; a ball that says nothing where there is none.

    What is not analytic on a ball has to be no number there.
    """
    failed = []

    def along(ball, _):
        if failed:
            return acb("nan")
        try:
            return acb(function(ball))
        except Exception as error:  # what is raised in there is lost
            failed.append(error)
            return acb("nan")

    found = acb.integral(along, lower, upper, eval_limit=EVALUATIONS).real
    return arb("nan") if failed else found


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
