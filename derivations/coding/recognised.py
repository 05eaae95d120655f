"""Exponentials and their sums where somebody has typed them, as the softmax, log-sum-exp, sigmoid or softplus that they
are: so that the forms which keep digits are found there too.
"""

from collections.abc import Callable

from sympy import Add, Expr, Function, Integer, Mul, Pow, Sum, Symbol, exp, log

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import free_symbols, substitute

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
        parts = [self(part) if isinstance(part, Expr) else part for part in expression.args]
        found = expression if parts == [*expression.args] else expression.func(*parts)
        if isinstance(found, log):
            return self._logarithm(found)
        return self._quotient(found) if isinstance(found, Mul | Pow) else found

    def _logarithm(self, found):
        inside = found.args[0]
        if (exponent := _beside_one(inside)) is not None:
            return self.softplus(exponent)
        vector = self._vector(inside)
        return vector[2](vector[0]) if vector else found

    def _quotient(self, found):
        """With one power in the denominator less; that of a sum inside of which an exponential is, is taken there."""
        factors = list(Mul.make_args(found))
        for place, factor in enumerate(factors):
            if not (isinstance(factor, Pow) and factor.exp.is_Integer and factor.exp.is_negative):
                continue
            rest = factors[:place] + factors[place + 1 :] + [factor.base ** (factor.exp + 1)]
            if (exponent := _beside_one(factor.base)) is not None:
                return self(self._sigmoid_of(exponent, rest))
            if vector := self._vector(factor.base):
                quotient = self._softmax_of(vector, factor, rest)
                return found if quotient is None else self(quotient)
        return found

    def _sigmoid_of(self, exponent, rest):
        whole = Mul(*rest)
        power = next((one.args[0] for one in Mul.make_args(whole) if isinstance(one, exp)), Integer(0))
        if _is_part(exponent, power):
            return self.sigmoid(exponent) * (whole * exp(-exponent))
        return self.sigmoid(-exponent) * whole

    def _softmax_of(self, vector, factor, rest):
        base, softmax, _, (index, body) = vector
        whole = Mul(*rest)
        for one in Mul.make_args(whole):
            if isinstance(one, exp):
                for place in _places(one.args[0]):
                    there = substitute(body, {index: place})
                    if _is_part(there, one.args[0]):
                        return softmax(base, place) * (whole * exp(-there))
            inner = one.function if isinstance(one, Sum) else None
            if inner is not None and any(isinstance(part, exp) for part in Mul.make_args(inner)):
                return whole / one * self(Sum(inner / factor.base, *one.limits))
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


def _beside_one(inside):
    """The exponent of an exponential to which 1 is added; None for anything else."""
    one, rest = inside.as_coeff_Add()
    return rest.args[0] if one == 1 and isinstance(rest, exp) else None


def _places(exponent):
    """The indices that some part of an exponent has."""
    return sorted((one for one in free_symbols(exponent) if is_index(one) and not is_size(one)), key=str)


def _is_part(part, whole):
    """Whether some of the terms of an expression are all of the terms of another."""
    counted = [0 if one == 0 else len(Add.make_args(one)) for one in (whole - part, whole, part)]
    return counted[0] == counted[1] - counted[2]
