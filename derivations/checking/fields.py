"""Fractions in which logarithms and exponentials are variables of their own: what the exact check computes with.

A point gives every symbol a random fraction. The logarithm of a number that is no product, and the exponential of one
that is no sum, is a random whole number, drawn when first asked for and the same from then on. Built in are
log(a b) = log a + log b, log a^k = k log a, e^(a + b) = e^a e^b, e^(k a) = (e^a)^k for whole k, and that log and exp
undo each other. Each side of an equation is then a fraction, exactly.

Why two sides that come out equal are equal as functions. Read log a as log |a|: then everything built in is true of
real numbers, other than 0, as soon as every number whose logarithm is written down is positive. (Whether it is, and
whether each side has a value, is for the balls to see.) Both sides are thus rational functions of the symbols,
logarithms and exponentials. If they are the same rational function, the equation holds wherever both have a value. If
they are not, they agree at a random point with a probability of at most their degree over the number of values that
each variable is drawn from (Schwartz and Zippel).

Every other place at which two numbers are taken for equal because their values are is an event of the same kind: that
a logarithm was asked for before, that a number is 0 or a small whole number, that one is a product of others.
`Drawn.risk` adds up the degrees of them all.

Why two sides that come out different may be equal. Not every relation between logarithms or exponentials is known
here: that log (a² - b²) is log (a - b) + log (a + b) is found only if two of them were asked for before. So a
difference here refutes nothing by itself.
"""

from math import factorial, prod

from flint import arb, fmpq

from .balls import Jet

CHOICES = 2**80  # every variable is drawn from so many values, or one less
WHOLE = 64  # numbers below this are read as the whole numbers that they are


class NeedsMore(ValueError):
    """An expression needs more than rational arithmetic: an order, an integral, a number that does not exist."""


def whole(number):
    """The small whole number that a fraction is; None for any other."""
    return int(number.p) if number.q == 1 and abs(number.p) < WHOLE else None


class Drawn:
    """What was drawn at one point: `logs` maps a number to its logarithm as a form,
    `exponentials` a monomial to its exponential.

    A monomial is a sorted tuple of numbers, their product; a form maps monomials to whole multiples, their sum.
    `degrees` has, for each number that stands in a monomial or was a factor, its degree as a rational function of all
    that was drawn.
    """

    def __init__(self, random):
        self.random, self.tests = random, 0
        self.logs, self.exponentials, self.powers, self.degrees = {}, {}, {fmpq(1): {}}, {}

    @property
    def risk(self):
        """The sum of the degrees of all differences whose being 0 was tested:
        of any two numbers known, and of all else.
        """
        return self.tests + len(self.degrees) ** 2 * 2 * max(self.degrees.values(), default=0)

    def number(self, found):
        """A whole or rational number."""
        if found == "nan":
            raise NeedsMore("a logarithm of 0 has no value")
        if isinstance(found, arb):  # what solves an equation
            if not found.is_exact() or not found.is_integer():
                raise NeedsMore("what solves an equation among the hypotheses is no fraction that is known")
            found = found.unique_fmpz()
        return Number(self, Jet({0: fmpq(found)}))

    def variable(self):
        drawn = fmpq(CHOICES + self.random.randrange(CHOICES))
        self.degrees[drawn] = 1
        return drawn

    def logarithm(self, number):
        """The logarithm of a number as a form: of primes for a small fraction, of others that are known,
        or a variable of its own.
        """
        if number not in self.logs:
            form = self._related(number)
            self.logs[number] = self._new(number) if form is None else form
        return self.logs[number]

    def _related(self, number):
        """The form of a logarithm by those of primes, of one number known and of one power known;
        None if there is no such relation.
        """
        most = 3 * max(self.degrees.values(), default=1)
        for known, form, sign in [
            (fmpq(1), {}, 1),
            *((known, form, sign) for known, form in self.logs.items() for sign in (1, -1)),
        ]:
            rest = number / known if sign == 1 else number * known
            self.tests += most * (len(self.powers) + WHOLE**2)
            if 0 < rest.p < WHOLE and rest.q < WHOLE:
                return merged(merged(self._primes(int(rest.p)), self._primes(int(rest.q)), -1), form, sign)
            if rest in self.powers:
                return merged(self.powers[rest], form, sign)
        return None

    def _primes(self, number):
        form, prime = {}, 2
        while number > 1:
            while number % prime == 0:
                form, number = merged(form, self.logs.get(fmpq(prime)) or self._new(fmpq(prime))), number // prime
            prime += 1
        return form

    def _new(self, number):
        monomial = (self.variable(),)
        self._know(monomial, number)
        self.logs[number] = {monomial: 1}
        return self.logs[number]

    def exponential(self, monomial):
        """The exponential of a monomial: a variable of its own, unless the monomial is a logarithm."""
        if monomial not in self.exponentials:
            self._know(monomial, self.variable())
        return self.exponentials[monomial]

    def _know(self, monomial, exponential):
        self.exponentials[monomial] = exponential
        self.powers |= {exponential: {monomial: 1}, 1 / exponential: {monomial: -1}}


def merged(one, other, sign=1):
    """The sum of two forms, or of the first and a multiple of the second."""
    found = dict(one)
    for key, count in other.items():
        found[key] = found.get(key, 0) + sign * count
    return {key: count for key, count in found.items() if count}


def multiplied(one, other):
    """The product of two forms."""
    found = {}
    for left, a in one.items():
        for right, b in other.items():
            found = merged(found, {tuple(sorted(left + right)): a * b})
    return found


class Number:
    """A fraction with infinitesimal parts, which knows as what sum and as what product it was made;
    with the operations of a jet.

    `form` gives it as a form, from which comes its exponential; `factors` as a product, a map from numbers to whole
    powers, from which comes its logarithm. Both are asked for only if needed. `degree` is a bound on the degrees
    above and below of its parts as rational functions.
    """

    __slots__ = ("degree", "jet", "made_as_product", "made_as_sum", "point")

    def __init__(self, point, jet, degree=1, made_as_sum=None, made_as_product=None):
        self.point, self.jet, self.degree = point, jet, degree
        self.made_as_sum, self.made_as_product = made_as_sum, made_as_product

    @property
    def fraction(self):
        return self.jet.parts.get(0, fmpq(0))

    @property
    def ball(self):
        raise NeedsMore("what is known here has no order, no integrals and no rounding")

    def small(self):
        self.point.tests += 2 * WHOLE * self.degree
        return whole(self.fraction)

    def whole(self):
        found = self.small()
        if found is None:
            raise NeedsMore("an index, or a bound of a sum, is no small whole number")
        return found

    def is_zero(self):
        self.point.tests += self.degree
        return list(self.jet.parts) == [0] and self.fraction == 0

    def form(self):
        count = self.small()
        if count is not None:
            return {(): count} if count else {}
        return self.made_as_sum() if self.made_as_sum else {(self._known(),): 1}

    def factors(self):
        if self.small() == 1:
            return {}
        return self.made_as_product() if self.made_as_product else {self._known(): 1}

    def _known(self):
        degrees = self.point.degrees
        degrees[self.fraction] = max(self.degree, degrees.get(self.fraction, 0))
        return self.fraction

    def moved(self, infinitesimal):
        return Number(self.point, self.jet + Jet({infinitesimal: fmpq(1)}), self.degree)

    def coefficient(self, mask):
        return Number(self.point, self.jet.before(mask), self.degree)

    def __add__(self, other):
        for zero, rest in ((self, other), (other, self)):
            if list(zero.jet.parts) == [0] and zero.fraction == 0:
                return rest  # as it was made: a sum of one term may be a product
        return Number(
            self.point, self.jet + other.jet, self.degree + other.degree, lambda: merged(self.form(), other.form())
        )

    def __mul__(self, other):
        return Number(
            self.point,
            self.jet * other.jet,
            self.degree + other.degree,
            made_as_sum=lambda: multiplied(self.form(), other.form()),
            made_as_product=lambda: merged(self.factors(), other.factors()),
        )

    def over(self, other):
        return self * other.inverse()

    def _compose(self, taylor, degree, form=None, factors=None):
        """f(self), where ``taylor(order)`` is the coefficient of that order of f,
        and `degree` is that of f(self) without infinitesimals.
        """
        orders = max(self.jet.parts, default=0).bit_length()  # infinitesimals at most
        jet = self.jet.compose(lambda _, order: {0: taylor(order)})
        return Number(self.point, jet, (orders + 1) * (degree + orders * 2 * self.degree), form, factors)

    def _not_zero(self):
        self.point.tests += self.degree
        if self.fraction == 0:
            raise NeedsMore("a logarithm of 0 or a quotient by 0 has no value")
        return self.fraction

    def inverse(self):
        back = 1 / self._not_zero()
        return self._compose(
            lambda order: (-1) ** order * back ** (order + 1),
            self.degree,
            factors=lambda: merged({}, self.factors(), -1),
        )

    def log(self):
        back, form = 1 / self._not_zero(), {}
        for factor, count in self.factors().items():
            form = merged(form, self.point.logarithm(factor), count)
        start = sum((prod(monomial, start=fmpq(count)) for monomial, count in form.items()), start=fmpq(0))
        degree = sum(self.point.degrees[number] for monomial in form for number in monomial)
        return self._compose(
            lambda order: (-1) ** (order + 1) * back**order / order if order else start, degree, lambda: form
        )

    def exp(self):
        factors = {}
        for monomial, count in self.form().items():
            factors = merged(factors, {self.point.exponential(monomial): count})
        start = prod((factor**count for factor, count in factors.items()), start=fmpq(1))
        degree = sum(self.point.degrees.get(factor, 1) * abs(count) for factor, count in factors.items())
        return self._compose(lambda order: start / factorial(order), degree, factors=lambda: factors)

    def sin(self):
        raise NeedsMore("nothing is known here of sines and cosines")

    cos = sin

    def power(self, exponent):
        """A power: by multiplication where the exponent is whole (so that 0^0 = 1), else by exp and log."""
        count = exponent.small() if list(exponent.jet.parts) == [0] else None
        if count is None:
            return (exponent * self.log()).exp()
        return prod([self if count >= 0 else self.inverse()] * abs(count), start=self.point.number(1))
