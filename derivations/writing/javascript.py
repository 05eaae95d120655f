"""The printer of JavaScript: expressions as functions for a page, made by SymPy's code printer."""

from collections.abc import Iterable, Mapping

from sympy import Add, Expr, Indexed, Mul, Product, S, Sum, Symbol, log
from sympy.printing.jscode import JavascriptCodePrinter

HELPERS = """\
const sum = (from, to, term) => { let s = 0; for (let i = from; i <= to; i++) s += term(i); return s; };
const product = (from, to, factor) => { let s = 1; for (let i = from; i <= to; i++) s *= factor(i); return s; };
const weightedLog = (weight, argument) => weight === 0 ? 0 : weight * Math.log(argument);
"""


def arrow_function(expression: Expr, names: Iterable[str], sizes: Mapping[Symbol, tuple[str, int]]) -> str:
    """``({m, z}) => { const K = z.length; return ...; }``, of an object with the named arguments.

    An index counts from 1, as in the formulas; `sizes` says of which array, and along which axis, n or K is the length.
    Nothing that is given is looked at: whoever calls it stays in the domain.
    """
    lengths = "".join(f"const {size} = {array}{'[0]' * axis}.length; " for size, (array, axis) in sizes.items())
    return f"({{ {', '.join(names)} }}) => {{ {lengths}return {_Printer().doprint(expression)}; }}"


def library(functions: Mapping[str, str]) -> str:
    """A JavaScript expression: an object from each id to its function, with the helpers that those need."""
    printed = "".join(f'"{id}": {text},\n' for id, text in functions.items())
    return f"(() => {{\n{HELPERS}return {{\n{printed}}};\n}})()"


class _Printer(JavascriptCodePrinter):
    """JavaScript in which arrays start at 0 and indices at 1. What it does not know stops it."""

    def __init__(self):
        super().__init__({"strict": True})

    def _print_Indexed(self, entry: Indexed) -> str:
        return self._print(entry.base.label) + "".join(f"[{self._print(index)} - 1]" for index in entry.indices)

    def _print_Sum(self, expression: Sum) -> str:
        return self._loop("sum", expression)

    def _print_Product(self, expression: Product) -> str:
        return self._loop("product", expression)

    def _loop(self, helper, expression):
        printed = self._print(expression.function)
        for index, lower, upper in expression.limits:
            printed = f"{helper}({self._print(lower)}, {self._print(upper)}, {self._print(index)} => {printed})"
        return printed

    def _print_log(self, logarithm: log) -> str:
        """log(1 + a) keeps the digits of a small a."""
        argument = logarithm.args[0]
        if isinstance(argument, Add) and S.One in argument.args:
            return f"Math.log1p({self._print(argument - 1)})"
        return f"Math.log({self._print(argument)})"

    def _print_Mul(self, expression: Mul) -> str:
        """A product with a logarithm goes through `weightedLog`, which knows that 0 log 0 = 0."""
        logarithms = [factor for factor in expression.args if isinstance(factor, log)]
        if len(logarithms) != 1:
            return super()._print_Mul(expression)
        weight = Mul(*(factor for factor in expression.args if factor != logarithms[0]))
        return f"weightedLog({self._print(weight)}, {self._print(logarithms[0].args[0])})"

    def _print_KroneckerDelta(self, delta: Expr) -> str:
        left, right = map(self._print, delta.args)
        return f"({left} === {right} ? 1 : 0)"
