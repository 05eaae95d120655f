"""Gaps between a power of a sum and that of one of its terms, such as sqrt(1 + z^2) - 1."""

from collections.abc import Callable

from sympy import Add, Dummy, Expr, Indexed, Max, Mul, Pow, Sum, Symbol, exp, log, sqrt

from .. import small_differences
from ..engine.terms import substitute
from ..notation import inverse_temperature, logit, scale
from .marks import Chosen, Kept, Near
from .products import square_roots

FOUND = small_differences.power_gap


def with_gaps(expression: Expr, is_positive: Callable[[Expr], bool]) -> Expr:
    """An expression with the form of `FOUND` for each such gap, where the other terms of the sum are small. It is told
    which letters and entries are positive.
    """
    if isinstance(expression, Kept) or expression.is_Atom or not expression.has(Pow):
        return expression
    parts = [with_gaps(part, is_positive) if isinstance(part, Expr) else part for part in expression.args]
    found = expression if parts == [*expression.args] else expression.func(*parts)
    return _gaps_of(found, is_positive) if isinstance(found, Add) else found


def _gaps_of(terms, is_positive):
    for one in terms.args:
        for power in Mul.make_args(one):
            if not (isinstance(power, Pow) and isinstance(power.base, Add) and _is_positive(power.base)):
                continue
            for first in power.base.args:
                alone = _power(first, power.exp, is_positive)
                other = -one / power * alone
                if other in terms.args:
                    rest = terms - one - other
                    return _form(one / power, first, power, alone) + (
                        _gaps_of(rest, is_positive) if isinstance(rest, Add) else rest)
    return terms


def _is_positive(terms):
    """Whether a sum is made of squares and of positive numbers."""
    return all(one.is_positive or square_roots(one) for one in terms.args)


def _power(first, exponent, is_positive):
    """A power of a term, with the root of a square where that is known not to be negative."""
    positive = {one: Dummy(positive=True) for one in first.atoms(Symbol, Indexed) if is_positive(one)}
    return (first.xreplace(positive) ** exponent).xreplace({new: old for old, new in positive.items()})


def _form(times, first, power, alone):
    """Such a gap, some times: by the form where what else is in the sum is below half of the first term, and everywhere
    with an exponent that may be small: there from the power of the sum where that is much larger.
    """
    small, start = _over(power.base - first, first), FOUND.start
    (inside,), (bracket,) = start.atoms(log), [one for one in start.args if one.has(exp)]
    letters = {scale: 1, logit: sqrt(small), inverse_temperature: power.exp}
    bracket = Kept(substitute(bracket.xreplace({inside: Kept(inside)}), letters))
    if not power.exp.is_number:
        (exponent,) = (one.args[0] for one in bracket.atoms(exp))
        from_first, from_sum = (Kept(exp(-Max(bound, one)) - 1) for bound, one in ((-1, -exponent), (0, exponent)))
        return Kept(Chosen(exponent - log(2), -times * power * from_sum, times * alone * from_first))
    return Kept(Near(small, times * alone * bracket, times * power - times * alone))


def _over(squares, first):
    """Squares over another, as squares of quotients: they are there where a square is too small or too large."""
    (below,), roots = square_roots(first) or [None], square_roots(squares)
    if below is None or isinstance(below, Sum) or not roots:
        return squares / first
    return Add(*(Sum(Kept(one.function / below) ** 2, *one.limits) if isinstance(one, Sum) else Kept(one / below) ** 2
                 for one in roots))  # fmt: skip
