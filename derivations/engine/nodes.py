"""Kinds of expressions that SymPy does not have."""

from sympy import Function, Symbol


class Quantity(Function):
    """The head of a named quantity, such as the log-likelihood in ``ell(p)``.

    Its class carries the quantity's `definition`.
    """

    definition = None

    def _sympyrepr(self, printer):
        name, arguments = type(self).__name__, ", ".join(map(printer._print, self.args))
        return f"Function({name!r})({arguments})"


class Rounded(Function):
    """The nearest number of binary64, ties to even: what a computer keeps of a real number."""

    nargs = 1

    def _eval_power(self, exponent):
        return self if exponent.is_Integer and exponent > 0 else None


class Indicator(Function):
    """1 where its argument is positive, and 0 elsewhere."""

    nargs = 1

    def _eval_power(self, exponent):
        return self if exponent.is_Integer and exponent > 0 else None


class Size(Symbol):
    """How far an index runs: a whole number from 1."""

    def __new__(cls, name):
        return super().__new__(cls, name, integer=True, positive=True)

    def __getnewargs_ex__(self):
        return (self.name,), {}


def is_size(symbol) -> bool:
    """Whether a symbol says how far an index runs."""
    return isinstance(symbol, Size)
