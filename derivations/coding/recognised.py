"""Exponentials and their sums where somebody has typed them, as the softmax, log-sum-exp, sigmoid or softplus that they
are: so that the forms which keep digits are found there too.
"""

from collections.abc import Callable

from sympy import Add, Expr, Function, Integer, Mul, Pow, Sum, Symbol, exp, log

from ..engine.nodes import is_size
from ..engine.terms import free_symbols, substitute
from .matching import indices_within

Naming = Callable[[Expr, Symbol, Expr], tuple | None]


class Recognised:
    """What an expression is, in names. `named` gives, of what depends on an index that runs to a size, a vector of
    such entries, and the softmax and the log-sum-exp of that size, without and with one more logit that is 0; None
    where there is no such softmax. `kept` are the functions whose arguments stay as they are.
    """

    def __init__(self, sigmoid: Callable, softplus: Callable, named: Naming, kept: type[Function]):
        self.sigmoid, self.softplus, self.named, self.kept = sigmoid, softplus, named, kept

    def __call__(self, expression: Expr) -> Expr:
        if isinstance(expression, self.kept) or expression.is_Atom or not expression.has(exp):
            return expression
        parts = [self._part(part, expression) if isinstance(part, Expr) else part for part in expression.args]
        found = expression if parts == [*expression.args] else expression.func(*parts)
        if isinstance(found, log):
            return self._logarithm(found)
        if isinstance(found, Pow) and isinstance(found.base, exp):
            return exp(found.base.args[0] * found.exp)
        return self._quotient(found) if isinstance(found, Mul | Pow) else found

    def _part(self, part, whole):
        """A part; of a divisor in a product only what it is a power of: the product is looked at as a whole."""
        return Pow(self(part.base), part.exp) if isinstance(whole, Mul) and _is_divisor(part) else self(part)

    def _logarithm(self, found):
        inside = found.args[0]
        if both := _two(inside):
            return both[0] + self.softplus(both[1] - both[0])
        vector = self._vector(inside)
        return vector[2](vector[0]) if vector else found

    def _quotient(self, found):
        """With one power in the denominator less. Sums beside which exponentials stand are multiplied out."""
        factors = list(Mul.make_args(found))
        for place, factor in enumerate(factors):
            if _is_divisor(factor):
                rest = factors[:place] + factors[place + 1 :] + [factor.base ** (factor.exp + 1)]
                new = self._divided(factor.base, rest)
            else:
                new = self._beside_sigmoid(factor, factors[:place] + factors[place + 1 :])
            if new is not None:
                return self(new)
        return found

    def _divided(self, base, rest):
        """Some factors over a sum of exponentials; None where that is none that is known."""
        both, vector = _two(base), self._vector(base)
        if both is None and vector is None:
            return None
        for place, one in enumerate(rest):
            whole = one.base if isinstance(one, Pow) and one.exp.is_Integer and one.exp > 0 else one
            if isinstance(whole, Add) and whole.has(exp):
                others = Mul(*rest[:place], *rest[place + 1 :], one / whole)
                return Add(*(self(term * others / base) for term in whole.args))
        return self._softmax_of(vector, base, rest) if vector else self._sigmoid_of(*both, rest)

    def _sigmoid_of(self, one, other, rest):
        """Over the sum of two exponentials."""
        whole = Mul(*rest)
        power = next((part.args[0] for part in Mul.make_args(whole) if isinstance(part, exp)), Integer(0))
        fitting = [part for part in (other, one) if part != 0 and _is_part(part, power)]
        first = fitting[0] if fitting else one if one == 0 else other
        second = one if first == other else other
        return self.sigmoid(first - second) * (whole * exp(-first))

    def _beside_sigmoid(self, factor, rest):
        """A sigmoid times an exponential of which it takes away the overflow; None for other factors."""
        if not isinstance(factor, self.sigmoid.head):
            return None
        (number,) = factor.args
        for place, one in enumerate(rest):
            if isinstance(one, Add) and any(_is_part(-number, power) for power in _exponents(one)):
                others = Mul(factor, *rest[:place], *rest[place + 1 :])
                return Add(*(self(term * others) for term in one.args))
            if isinstance(one, exp) and _is_part(-number, one.args[0]):
                return self.sigmoid(-number) * Mul(*rest, exp(number))
        return None

    def _softmax_of(self, vector, base_of_power, rest):
        base, softmax, _, (index, body) = vector
        whole = Mul(*rest)
        for one in Mul.make_args(whole):
            if isinstance(one, exp):
                for place in indices_within(one.args[0]):
                    there = substitute(body, {index: place})
                    if _is_part(there, one.args[0]):
                        return softmax(base, place) * (whole * exp(-there))
            inner = one.function if isinstance(one, Sum) else None
            if inner is not None and any(isinstance(part, exp) for part in Mul.make_args(inner)):
                return whole / one * self(Sum(inner / base_of_power, *one.limits))
        return None

    def _vector(self, inside):
        """The vector whose exponentials are summed, what belongs to it, and of what index it is which expression."""
        one, total = inside.as_coeff_Add()
        if one not in (0, 1) or not (isinstance(total, Sum) and len(total.limits) == 1):
            return None
        (index, lower, upper), power = total.limits[0], total.function
        if lower != 1 or not isinstance(power, exp) or index not in free_symbols(power) or not is_size(upper):
            return None
        found = self.named(power.args[0], index, upper)
        if found is None:
            return None
        vector, *heads = found
        return vector, *(heads[2:] if one else heads[:2]), (index, power.args[0])


def _is_divisor(factor):
    return isinstance(factor, Pow) and factor.exp.is_Integer and bool(factor.exp.is_negative)


def _two(inside):
    """The exponents of two exponentials that are added, or of 1 and one; None for anything else."""
    one, rest = inside.as_coeff_Add()
    powers = ([exp(0, evaluate=False)] if one == 1 else []) + list(Add.make_args(rest))
    if one not in (0, 1) or len(powers) != 2 or not all(isinstance(power, exp) for power in powers):
        return None
    return tuple(power.args[0] for power in powers)


def _exponents(terms):
    """Of the exponentials that are a term of a sum, or a factor of one."""
    return [one.args[0] for term in terms.args for one in Mul.make_args(term) if isinstance(one, exp)]


def _is_part(part, whole):
    """Whether some of the terms of an expression are all of the terms of another, or it is a multiple of that."""
    counted = [0 if one == 0 else len(Add.make_args(one)) for one in (whole - part, whole, part)]
    times = whole / part if part != 0 else Integer(0)
    return counted[0] == counted[1] - counted[2] or bool(times.is_Integer and times.is_positive)
