"""Results as Python functions of arrays, generated from the derived expressions by SymPy's code printer."""

import math
import operator
from itertools import product
from math import isclose

import numpy
from sympy import (
    Add,
    And,
    Contains,
    Eq,
    FiniteSet,
    Ge,
    Indexed,
    Interval,
    Le,
    Mul,
    Range,
    S,
    StrictGreaterThan,
    StrictLessThan,
    lambdify,
    log,
)
from sympy.printing.pycode import PythonCodePrinter

from .catalogue import catalogue
from .engine.entries import is_index
from .engine.rules.definitions import unfold
from .engine.terms import Quantity, free_symbols
from .notation import NOTATION, SIZES
from .writing.typeset import plain, statement

TOLERANCE = 1e-6  # for an equation between sums of rounded numbers
HOLDS = {
    Eq: lambda left, right: isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE),
    StrictGreaterThan: operator.gt,
    StrictLessThan: operator.lt,
    Ge: lambda left, right: left >= right - TOLERANCE,
    Le: lambda left, right: left <= right + TOLERANCE,
}


class _Printer(PythonCodePrinter):
    """Python code in which arrays start at 0, as Python's do, and indices at 1, as the formulas' do."""

    def _print_Indexed(self, entry):
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
        return f"weighted_log({self._print(weight)}, {self._print(logarithms[0].args[0])})"

    def _print_Product(self, expression):
        loops = " ".join(
            f"for {self._print(index)} in range({self._print(lower)}, {self._print(upper)}+1)"
            for index, lower, upper in reversed(expression.limits)
        )
        return f"{self._module_format('math.prod')}({self._print(expression.function)} {loops})"

    def _print_KroneckerDelta(self, delta):
        left, right = map(self._print, delta.args)
        return f"(1 if {left} == {right} else 0)"


def weighted_log(weight, argument):
    """a log b, which is 0 where a is 0."""
    return 0.0 if weight == 0 else weight * math.log(argument)


def function(entry):
    """The result of an entry as a Python function of keyword arguments: arrays for vectors, numbers for the rest.

    An index such as j or m is given from 1, as in the formula; n and K are read off the arrays. ValueError, with the
    value and what would be right, for a value outside its domain (as its notation declares it and the hypotheses of
    the entry narrow it), for a hypothesis that the values break, for arrays whose sizes disagree, for missing or
    unknown arguments, and where floating-point numbers do not suffice.
    """
    if entry.kind not in ("definition", "derivation") or not hasattr(entry, "result"):
        raise ValueError(f"{entry.id} is a {entry.kind} without a formula to compute")
    expression = _written_out(entry.result)
    shown = _arguments(entry, expression)
    compiled = _compile(expression, shown)
    conditions = _conditions(entry, expression, shown)

    def evaluate(**given):
        if sorted(given) != list(shown):
            raise ValueError(
                f"{entry.id} takes {', '.join(shown) or 'no argument'}; given: {', '.join(sorted(given)) or 'nothing'}"
            )
        values = {
            name: given[name] if is_index(symbol) else _numbers(entry, symbol, given[name])
            for name, symbol in shown.items()
        }
        sizes = _sizes(entry, expression, values)
        for name, symbol in shown.items():
            values[name] = _validated(entry, symbol, values[name], sizes)
        for condition in conditions:
            condition(values, sizes)
        try:
            return compiled(*values.values(), *map(sizes.get, SIZES))
        except (ArithmeticError, ValueError) as error:
            raise ValueError(
                f"{entry.id} cannot be computed here in floating-point numbers ({error}): "
                "a number on the way is too large for them, or is 0 below a fraction line or in a logarithm"
            ) from error

    evaluate.__doc__ = statement(entry, plain)
    return evaluate


def _written_out(expression):
    """The expression with every quantity replaced by what the catalogue says it equals."""
    sources = {
        entry.name.func: entry
        for entry in reversed(catalogue().values())
        if isinstance(getattr(entry, "name", None), Quantity)
    }
    while found := sorted(
        (q for q in expression.atoms(Quantity) if len(q.args) == len(q.definition.parameters)), key=str
    ):
        expression = unfold(expression, sources.get(type(found[0]), found[0].definition))
    return expression


def _arguments(entry, expression):
    """The arguments by name, in alphabetical order: a symbol for a number, an entry such as p[i] for a vector."""
    vectors = {indexed.base: indexed for indexed in sorted(expression.atoms(Indexed), key=str)}
    roots = sorted(free_symbols(expression) - set(SIZES), key=str)
    shown = {str(root): vectors.get(root, root) for root in roots}
    if len(shown) != len(roots):
        raise ValueError(f"{entry.id} has two symbols that are written alike, so it has no function of named arguments")
    needed = free_symbols(expression) & set(SIZES) | {_size(root) for root in roots if is_index(root)}
    for size in sorted(needed - _readable(expression), key=str):
        raise ValueError(
            f"{entry.id} has no function: its result, {plain(entry.result)}, names no array to read {size} off"
        )
    return shown


def _compile(expression, shown, indices=()):
    arguments = [symbol.base.label if isinstance(symbol, Indexed) else symbol for symbol in shown.values()]
    return lambdify(
        [*arguments, *SIZES, *indices],
        expression,
        modules=[{"weighted_log": weighted_log}, "math"],
        printer=_Printer({"fully_qualified_modules": False}),
    )


def _size(index):
    """The size that an index runs up to, or that it is; None for a number."""
    return (
        index
        if index in SIZES
        else next((notation.domain.stop - 1 for notation in NOTATION if notation.symbol == index), None)
    )


def _readable(expression):
    """Which of n and K the arrays of an expression tell."""
    return {_size(index) for indexed in expression.atoms(Indexed) for index in _declared(indexed).indices}


def _alike(one, other):
    """Whether two symbols are the same up to the names of their indices: p[i] and p[j], but not p[k]."""
    if not (isinstance(one, Indexed) and isinstance(other, Indexed)):
        return one == other
    pairs = zip(map(_size, one.indices), map(_size, other.indices))
    same = len(one.indices) == len(other.indices) and all(a == b or a is None or b is None for a, b in pairs)
    return same and str(one.base) == str(other.base)


def _declared(shown):
    return next(notation.symbol for notation in NOTATION if _alike(notation.symbol, shown))


def _stated(entry):
    """What the hypotheses state, one by one, with the hypothesis."""
    return [(part, h) for h in entry.hypotheses if h.statement is not None for part in And.make_args(h.statement)]


def _domain(entry, shown):
    """The declared domain of a symbol or entry, as a hypothesis narrows it or what it equals,
    with the formula that says so.
    """
    stated = [part for part, _ in _stated(entry)]
    narrowed = [part for part in stated if isinstance(part, Contains)]
    equal = [part for part in stated if isinstance(part, Eq)]
    shared = [
        Contains(part.rhs, known.args[1], evaluate=False)
        for part in equal
        for known in narrowed
        if _alike(known.args[0], part.lhs)
    ]
    declared = [Contains(notation.symbol, notation.domain, evaluate=False) for notation in NOTATION]
    return next(part for part in narrowed + shared + declared if _alike(part.args[0], shown))


def _conditions(entry, expression, shown):
    """For every equation or inequality among the hypotheses that the arguments decide:
    a function that refuses values that break it.
    """
    conditions = []
    for part, hypothesis in _stated(entry):
        if type(part) not in HOLDS:
            continue
        sides = [_written_out(side) for side in part.args]
        free = set().union(*map(free_symbols, sides))
        entries = set().union(*(side.atoms(Indexed) for side in sides))
        indices = sorted(
            (symbol for symbol in free - set(SIZES) if is_index(symbol) and str(symbol) not in shown), key=str
        )
        open_choice = bool(indices) and all(
            is_index(root) for root in free
        )  # of an index that no argument gives, as in m other than c
        decided = not open_choice and all(
            str(root) in shown or root in indices or root in _readable(expression) for root in free
        )
        if decided and all(_alike(indexed, shown[str(indexed.base)]) for indexed in entries):
            conditions.append(
                _condition(entry, part, hypothesis, indices, [_compile(side, shown, indices) for side in sides])
            )
    return conditions


def _condition(entry, part, hypothesis, indices, sides):
    def refuse(values, sizes):
        for place in product(*(range(1, sizes[_size(i)] + 1) for i in indices)):
            found = [side(*values.values(), *map(sizes.get, SIZES), *place) for side in sides]
            if not HOLDS[type(part)](*found):
                here = [f"{plain(side)} = {value:.6g}" for side, value in zip(part.args, found) if not side.is_Number]
                at = "".join(f" at {i} = {number}" for i, number in zip(indices, place))
                raise ValueError(
                    f"{entry.id} holds only where {hypothesis.words} ({plain(part)}); here {', '.join(here)}{at}"
                )

    return refuse


def _numbers(entry, shown, value):
    """An argument as an array of as many axes as the symbol has indices."""
    name, axes = getattr(shown, "base", shown), len(getattr(shown, "indices", ()))
    try:
        array = numpy.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(
            f"{entry.id}: {name} takes {_shape(axes)}; found what is not made of numbers, or not of equal rows"
        ) from None
    if array.ndim != axes:
        raise ValueError(f"{entry.id}: {name} takes {_shape(axes)}; found {_shape(array.ndim)}")
    return array


def _shape(axes):
    return "a number" if axes == 0 else f"an array with {axes} {'axis' if axes == 1 else 'axes'}"


def _sizes(entry, expression, values):
    """n and K, read off the arrays; they must agree."""
    sizes = {}
    for shown in sorted(expression.atoms(Indexed), key=str):
        for size, found in zip(map(_size, _declared(shown).indices), values[str(shown.base)].shape):
            if found == 0:
                raise ValueError(f"{entry.id}: {shown.base} is empty; {size} is at least 1")
            if sizes.setdefault(size, found) != found:
                raise ValueError(
                    f"{entry.id}: {shown.base} has {found} entries where another array has {size} = {sizes[size]}"
                )
    return sizes


def _validated(entry, shown, value, sizes):
    """The value as Python's own numbers, if it is in its domain."""
    if is_index(shown):
        try:
            if 1 <= operator.index(value) <= sizes[_size(shown)]:
                return operator.index(value)
        except TypeError:
            pass  # not a whole number
        raise ValueError(f"{entry.id}: {shown} = {value} is not one of 1, ..., {sizes[_size(shown)]}")
    formula = _domain(entry, shown)
    domain, inside = formula.args[1], numpy.isfinite(value)
    if isinstance(domain, Range):
        domain = Interval(1, sizes.get(domain.stop - 1, S.Infinity))
        inside &= value == numpy.floor(value)
    if isinstance(domain, FiniteSet):
        inside &= numpy.isin(value, [float(number) for number in domain])
    if isinstance(domain, Interval):
        low, high = float(domain.start), float(domain.end)
        inside &= (value > low if domain.left_open else value >= low) & (
            value < high if domain.right_open else value <= high
        )
    if not inside.all():
        place = tuple(numpy.argwhere(~inside)[0]) if value.ndim else ()
        where = "[" + ", ".join(str(number + 1) for number in place) + "]" if place else ""
        place_of = f"{getattr(shown, 'base', shown)}{where}"
        raise ValueError(f"{entry.id}: {place_of} = {value[place]} is outside its domain, {plain(formula)}")
    return value.astype(int).tolist() if isinstance(formula.args[1], Range) else value.tolist()
