"""Results as Python functions of arrays, made from the derived expressions; what they are given is looked at first."""

import operator
from collections.abc import Callable
from itertools import product
from math import isclose

import numpy
from sympy import (
    And, Contains, Eq, FiniteSet, Ge, Implies, Indexed, Interval, Le, Range, StrictGreaterThan, StrictLessThan,
)  # fmt: skip

from .engine.derivation import Derivation
from .engine.entries import Definition, is_index
from .engine.terms import free_symbols
from .notation import NOTATION, SIZES, size_of
from .signatures import alike, declared, formula_of, named_arguments, readable, unread, written_out
from .writing.code import compiled
from .writing.typeset import plain, statement

TOLERANCE = 1e-6  # for an equation between sums of rounded numbers
WITHIN_TOLERANCE = {
    Eq: lambda left, right: isclose(left, right, rel_tol=TOLERANCE, abs_tol=TOLERANCE),
    StrictGreaterThan: operator.gt,
    StrictLessThan: operator.lt,
    Ge: lambda left, right: left >= right - TOLERANCE,
    Le: lambda left, right: left <= right + TOLERANCE,
}


def function(entry: Definition | Derivation) -> Callable[..., float]:
    """The result of an entry as a Python function of keyword arguments: arrays for vectors, numbers for the rest.

    An index such as j or m is given from 1, as in the formula. Sizes such as n and K are read off the arrays; one that
    no array tells is an argument too: ``function(entropy.uniform)(K=3)``. ValueError, with the value and what
    would be right, for a value outside its domain (as its notation declares it and the hypotheses of
    the entry narrow it), for a hypothesis that the values break, for arrays whose sizes disagree, for missing or
    unknown arguments, and where floating-point numbers do not suffice.
    """
    expression = written_out(formula_of(entry))
    shown = named_arguments(entry, expression)
    asked = unread(expression, shown)
    compute = _compile(expression, shown)
    conditions = _conditions(entry, expression, shown, readable(expression) | {*asked.values()})

    def evaluate(**given):
        _expect(entry, sorted([*shown, *asked]), asked, given)
        values = {
            name: given[name] if is_index(symbol) else _numbers(entry, symbol, given[name])
            for name, symbol in shown.items()
        }
        said = {size: _size(entry, size, given[name]) for name, size in asked.items()}
        sizes = _sizes(entry, expression, values, said)
        for name, symbol in shown.items():
            values[name] = _validated(entry, symbol, values[name], sizes)
        for condition in conditions:
            condition(values, sizes)
        try:
            return compute(*values.values(), *map(sizes.get, SIZES))
        except (ArithmeticError, ValueError) as error:
            raise ValueError(
                f"{entry.id} cannot be computed here in floating-point numbers ({error}): "
                "a number on the way is too large for them, or is 0 below a fraction line or in a logarithm"
            ) from error

    evaluate.__doc__ = statement(entry, plain)
    return evaluate


def _expect(entry, names, asked, given):
    """Refuse arguments that are missing or unknown, and say of a missing size what it is the number of."""
    if sorted(given) == names:
        return
    said = f"{entry.id} takes {', '.join(names) or 'no argument'}; given: {', '.join(sorted(given)) or 'nothing'}"
    meanings = {notation.symbol: notation.meaning for notation in NOTATION}
    missing = [f"{name}, the {meanings[size]}" for name, size in asked.items() if name not in given]
    raise ValueError(said + (f"; no array here tells {', or '.join(missing)}" if missing else ""))


def _compile(expression, shown, indices=()):
    return compiled(expression, [*(getattr(symbol, "base", symbol) for symbol in shown.values()), *SIZES, *indices])


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
        if alike(known.args[0], part.lhs)
    ]
    declared = [Contains(notation.symbol, notation.domain, evaluate=False) for notation in NOTATION]
    return next(part for part in narrowed + shared + declared if alike(part.args[0], shown))


def _conditions(entry, expression, shown, known):
    """For every equation or inequality among the hypotheses that the arguments decide:
    a function that refuses values that break it.
    """
    conditions = []
    for part, hypothesis in _stated(entry):
        if type(part) not in (*WITHIN_TOLERANCE, Implies):
            continue
        sides = [written_out(side) for side in _sides(part)]
        free = set().union(*map(free_symbols, sides))
        entries = set().union(*(side.atoms(Indexed) for side in sides))
        open_indices = {root for root in free - set(SIZES) if is_index(root) and str(root) not in shown}
        if open_indices and all(map(is_index, free)):
            continue  # the choice of an index that no argument gives, as in m other than c
        if any(str(root) not in shown for root in free - open_indices - known):
            continue
        if all(alike(indexed, shown[str(indexed.base)]) for indexed in entries):
            indices = sorted(open_indices, key=str)
            computed = [_compile(side, shown, indices) for side in sides]
            conditions.append(_condition(entry, part, hypothesis, indices, computed))
    return conditions


def _sides(part):
    """What a relation compares; of an implication, what its two relations do."""
    return sum(map(_sides, part.args), ()) if isinstance(part, Implies) else part.args


def _met(part, found):
    if isinstance(part, Implies):
        premise, conclusion = part.args
        return _met(conclusion, found[2:]) or not _met(premise, found[:2])
    return WITHIN_TOLERANCE[type(part)](*found)


def _condition(entry, part, hypothesis, indices, sides):
    def refuse(values, sizes):
        for place in product(*(range(1, sizes[size_of(i)] + 1) for i in indices)):
            found = [side(*values.values(), *map(sizes.get, SIZES), *place) for side in sides]
            if not _met(part, found):
                compared = zip(_sides(part), found)
                here = [f"{plain(side)} = {value:.6g}" for side, value in compared if not side.is_Number]
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


def _size(entry, size, value):
    """A size that is given: a whole number from 1."""
    try:
        if operator.index(value) >= 1:
            return operator.index(value)
    except TypeError:
        pass  # not a whole number
    raise ValueError(f"{entry.id}: {size} = {value} is no whole number from 1")


def _sizes(entry, expression, values, given):
    """The sizes that are given, and those that are read off the arrays; these must agree."""
    sizes = dict(given)
    for shown in sorted(expression.atoms(Indexed), key=str):
        for size, found in zip(map(size_of, declared(shown).indices), values[str(shown.base)].shape):
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
        return _validated_index(entry, shown, value, sizes[size_of(shown)])
    formula = _domain(entry, shown)
    inside = _inside(value, formula.args[1], sizes)
    if not inside.all():
        place = tuple(numpy.argwhere(~inside)[0]) if value.ndim else ()
        where = f"[{', '.join(str(number + 1) for number in place)}]" if place else ""
        found = f"{getattr(shown, 'base', shown)}{where} = {value[place]}"
        raise ValueError(f"{entry.id}: {found} is outside its domain, {plain(formula)}")
    return value.astype(int).tolist() if isinstance(formula.args[1], Range) else value.tolist()


def _validated_index(entry, shown, value, most):
    try:
        if 1 <= operator.index(value) <= most:
            return operator.index(value)
    except TypeError:
        pass  # not a whole number
    raise ValueError(f"{entry.id}: {shown} = {value} is not one of 1, ..., {most}")


def _inside(value, domain, sizes):
    """Where the entries of an array are finite and in a domain."""
    inside = numpy.isfinite(value)
    if isinstance(domain, FiniteSet):
        return inside & numpy.isin(value, [float(number) for number in domain])
    if isinstance(domain, Range):
        start, stop, step = domain.args
        most = float(stop - 1) if stop.is_number else sizes.get(stop - 1, numpy.inf)
        low = float(start) if start.is_number else 1
        return inside & ((value - low) % float(step) == 0) & (value >= low) & (value <= most)
    if isinstance(domain, Interval):
        low, high = float(domain.start), float(domain.end)
        inside &= value > low if domain.left_open else value >= low
        inside &= value < high if domain.right_open else value <= high
    return inside
