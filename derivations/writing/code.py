"""The printer of code: an expression as a Python function, made by SymPy's code printer."""

import math
from collections.abc import Callable, Sequence

from sympy import Add, Expr, Indexed, IndexedBase, Mul, S, Symbol, lambdify, log
from sympy.printing.pycode import PythonCodePrinter


def compiled(expression: Expr, arguments: Sequence[Symbol | IndexedBase]) -> Callable[..., float]:
    """The function of numbers and nested lists that an expression is, with the arguments in the given order."""
    return lambdify(
        [argument.label if isinstance(argument, IndexedBase) else argument for argument in arguments],
        expression,
        modules=[{"weighted_log": weighted_log}, "math"],
        printer=_Printer({"fully_qualified_modules": False}),
    )


def weighted_log(weight: float, argument: Callable[[], float]) -> float:
    """a log b, which is 0 where a is 0: b is then not looked at, and may be 0/0."""
    return 0.0 if weight == 0 else weight * math.log(argument())


class _Printer(PythonCodePrinter):
    """Python code in which arrays start at 0, as Python's do, and indices at 1, as the formulas' do."""

    def _print_Indexed(self, entry: Indexed):
        return self._print(entry.base.label) + "".join(f"[{self._print(index)}-1]" for index in entry.indices)

    def _print_log(self, logarithm):
        """log(1 + a) keeps the digits of a small a."""
        argument = logarithm.args[0]
        if isinstance(argument, Add) and S.One in argument.args:
            return f"{self._module_format('math.log1p')}({self._print(argument - 1)})"
        return f"{self._module_format('math.log')}({self._print(argument)})"

    def _print_Mul(self, product):
        """A product with a logarithm goes through `weighted_log`, which knows that 0 log 0 = 0."""
        logarithms = [factor for factor in product.args if isinstance(factor, log)]
        if len(logarithms) != 1:
            return super()._print_Mul(product)
        weight = Mul(*(factor for factor in product.args if factor != logarithms[0]))
        return f"weighted_log({self._print(weight)}, lambda: {self._print(logarithms[0].args[0])})"

    def _print_Product(self, expression):
        loops = " ".join(
            f"for {self._print(index)} in range({self._print(lower)}, {self._print(upper)}+1)"
            for index, lower, upper in reversed(expression.limits)
        )
        return f"{self._module_format('math.prod')}({self._print(expression.function)} {loops})"

    def _print_KroneckerDelta(self, delta):
        left, right = map(self._print, delta.args)
        return f"(1 if {left} == {right} else 0)"
