"""Results as Python functions of arrays, generated from the derived expressions by SymPy's code printer."""

import numpy
from sympy import Contains, Indexed, Interval, lambdify
from sympy.printing.pycode import PythonCodePrinter

from .derivation import is_index
from .notation import NOTATION, K, n
from .rules.definitions import unfold
from .terms import Quantity, free_symbols
from .typeset import plain


class _Printer(PythonCodePrinter):
    """Python code in which arrays start at 0, as Python's do, and indices at 1, as the formulas' do."""

    def _print_Indexed(self, entry):
        return f"{self._print(entry.base.label)}[{', '.join(f'{self._print(index)}-1' for index in entry.indices)}]"

    def _print_Product(self, expression):
        loops = " ".join(
            f"for {self._print(index)} in range({self._print(lower)}, {self._print(upper)}+1)"
            for index, lower, upper in reversed(expression.limits)
        )
        return f"{self._module_format('math.prod')}({self._print(expression.function)} {loops})"

    def _print_KroneckerDelta(self, delta):
        left, right = map(self._print, delta.args)
        return f"(1 if {left} == {right} else 0)"


def function(entry):
    """The result of an entry as a Python function of keyword arguments: arrays for vectors, numbers for the rest.

    An index such as j or m is given from 1, as in the formula; n and K are read off the arrays. ValueError, with the value and what
    would be right, for a value outside its domain (as its notation declares it and the hypotheses of the entry narrow it), for
    arrays whose sizes disagree, and for missing or unknown arguments.
    """
    expression = entry.result
    while found := sorted((q for q in expression.atoms(Quantity) if len(q.args) == len(type(q).definition.parameters)), key=str):
        expression = unfold(expression, type(found[0]).definition)
    occurrences = expression.atoms(Indexed)
    vectors = {indexed.base: indexed for indexed in occurrences}
    symbols = {root: root for root in free_symbols(expression) - {n, K} if root not in vectors}
    roots = sorted((vectors | symbols).items(), key=str)
    names = [str(root) for root, _ in roots]
    if len(set(names)) != len(names):
        raise ValueError(f"{entry.id} has two symbols that are written alike, so it has no function of named arguments")
    arguments = [getattr(root, "label", root) for root, _ in roots]
    compiled = lambdify([*arguments, n, K], expression, modules="math", printer=_Printer({"fully_qualified_modules": False}))

    def evaluate(**values):
        if sorted(values) != names:
            raise ValueError(f"{entry.id} takes {', '.join(names)}; given: {', '.join(sorted(values)) or 'nothing'}")
        values = {
            name: numpy.asarray(value) if root in vectors else value for (root, _), (name, value) in zip(roots, sorted(values.items()))
        }
        sizes = _sizes(entry, [(values[str(shown.base)], shown) for shown in occurrences])
        for root, shown in roots:
            _validate(entry, shown, values[str(root)], sizes)
        return compiled(*(values[name] for name in names), sizes.get(n), sizes.get(K))

    evaluate.__doc__ = f"{plain(entry.name)} {entry.relation} {plain(entry.result)}"
    return evaluate


def _domain(entry, shown):
    """The declared domain of a symbol or entry, as a hypothesis of the derivation narrows it, with the formula that says so."""

    def kind(symbol):
        return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else symbol

    stated = [h.statement for h in entry.hypotheses if isinstance(h.statement, Contains)]
    declared = [Contains(notation.symbol, notation.domain, evaluate=False) for notation in NOTATION]
    return next(statement for statement in stated + declared if kind(statement.args[0]) == kind(shown))


def _sizes(entry, arrays):
    """n and K, read off the arrays; they must agree."""
    sizes = {}
    for array, shown in arrays:
        if array.ndim != len(shown.indices):
            raise ValueError(f"{entry.id}: {shown.base} needs {len(shown.indices)} indices, found an array with {array.ndim}")
        for index, found in zip(shown.indices, array.shape):
            size = next((notation.domain.stop - 1 for notation in NOTATION if notation.symbol == index), None)
            if size is not None and sizes.setdefault(size, found) != found:
                raise ValueError(f"{entry.id}: {shown.base} has {found} entries where another array has {size} = {sizes[size]}")
    return sizes


def _validate(entry, shown, value, sizes):
    if is_index(shown):
        size = next(notation.domain.stop - 1 for notation in NOTATION if notation.symbol == shown)
        if not 1 <= value <= sizes.get(size, value):
            raise ValueError(f"{entry.id}: {shown} = {value} is not one of 1, ..., {sizes[size]}")
        return
    statement = _domain(entry, shown)
    domain, array = statement.args[1], numpy.asarray(value, dtype=float)
    inside = numpy.isfinite(array)
    if isinstance(domain, Interval):
        low, high = float(domain.start), float(domain.end)
        inside &= (array > low if domain.left_open else array >= low) & (array < high if domain.right_open else array <= high)
    if not inside.all():
        place = tuple(numpy.argwhere(~inside)[0]) if array.ndim else ()
        where = "[" + ", ".join(str(number + 1) for number in place) + "]" if place else ""
        raise ValueError(f"{entry.id}: {getattr(shown, 'base', shown)}{where} = {array[place]} is outside its domain, {plain(statement)}")
