"""Results as Python functions of arrays, made from the derived expressions; what they are given is looked at first."""

from collections.abc import Callable
from inspect import Parameter, Signature
from itertools import product
from math import isclose

from sympy import Eq, Expr, Ge, Implies, Indexed, Le, StrictGreaterThan, StrictLessThan

from .engine.derivation import Derivation
from .engine.entries import Definition, is_index
from .engine.nodes import Quantity
from .engine.terms import free_symbols
from .notation import SIZES, size_of
from .signatures import alike, formula_of, named_arguments, readable, unread, written_out
from .writing.typeset import plain, statement

try:
    from .arguments import ROUNDING, array_of, expect, relative_error, size_given, sizes_of, stated_by, validated
    from .computing.arithmetic import NoValue
    from .computing.nearest import Computed
except ModuleNotFoundError as missing:
    needed = "functions need NumPy and python-flint: in the folder of the project, pip install '.[compute]'"
    raise ModuleNotFoundError(f"{needed} ({missing})", name=missing.name) from missing

TOLERANCE = 1e-6  # for an equation between sums of rounded numbers
WITHIN_TOLERANCE = {
    Eq: lambda left, right, error: isclose(left, right, rel_tol=error, abs_tol=error),
    StrictGreaterThan: lambda left, right, _: left > right,
    StrictLessThan: lambda left, right, _: left < right,
    Ge: lambda left, right, error: left >= right - error,
    Le: lambda left, right, error: left <= right + error,
}


def function(entry: Definition | Derivation) -> Callable[..., float]:
    """The result of an entry as a Python function of keyword arguments: arrays for vectors, numbers for the rest.

    It gives the number of binary64 that is nearest to the value at the numbers as they are given: infinite where the
    value is too large, 0 where it is too small. What has no weight counts for nothing, and log 0 is minus infinity. Of
    an inequality it gives the last side, which is the bound.

    An index such as j or m is given from 1, as in the formula. Sizes such as n and K are read off the arrays; one that
    no array tells is an argument too: ``function(entropy.uniform)(K=3)``. ValueError, with what would be right, for a
    value outside its domain (as the notation declares it and the hypotheses narrow it; with an end that the notation
    leaves out, as 0 for no smoothing, where the entry is a polynomial in the number), for a hypothesis that is broken,
    for sizes that disagree, missing or unknown arguments, what are no real numbers, and where there is no value.
    """
    expression = written_out(formula_of(entry))
    shown = named_arguments(entry, expression)
    asked = unread(expression, shown)
    conditions = _conditions(entry, expression, shown, readable(expression) | {*asked.values()})

    def evaluate(*unnamed, **given):
        if unnamed:
            raise ValueError(f"{entry.id} takes its arguments by name: {', '.join(sorted([*shown, *asked]))}")
        expect(entry, sorted([*shown, *asked]), asked, given)
        values = {
            name: given[name] if is_index(symbol) else array_of(entry, symbol, given[name])
            for name, symbol in shown.items()
        }
        said = {size: size_given(entry, size, given[name]) for name, size in asked.items()}
        sizes = sizes_of(entry, expression, values, said)
        numbers = {name: validated(entry, symbol, values[name], sizes) for name, symbol in shown.items()}
        chosen = {name: numbers[name] for name, symbol in shown.items() if is_index(symbol)}
        computed = Computed(numbers, {size.name: number for size, number in sizes.items()} | chosen)
        tolerance = max(TOLERANCE, ROUNDING * relative_error(values.values()))
        try:
            for condition in conditions:
                condition(computed, tolerance)
            return computed.nearest(expression)
        except NoValue as error:
            raise ValueError(f"{entry.id} has no value here: {error}") from error

    return _called(evaluate, entry, sorted([*shown, *asked]))


def _called(evaluate, entry, names):
    """The function, with what `help` says of it."""
    evaluate.__name__ = evaluate.__qualname__ = entry.id
    evaluate.__doc__ = statement(entry, plain)
    evaluate.__signature__ = Signature([Parameter(name, Parameter.KEYWORD_ONLY) for name in names])
    return evaluate


def _supposed(entry):
    """What the hypotheses state, and what the quantity that an entry is about is meant for, with the hypothesis."""
    start = entry.name if isinstance(entry, Definition) else entry.start
    meant = type(start).definition if isinstance(start, Quantity) else None
    meant_for = meant.meant_for if meant and start == meant.name else ()
    return stated_by(entry) + [(hypothesis.statement, hypothesis) for hypothesis in meant_for]


def _conditions(entry, expression, shown, known):
    """For every equation or inequality among the hypotheses that the arguments decide:
    a function that refuses values that break it.
    """
    conditions = []
    for part, hypothesis in _supposed(entry):
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
            conditions.append(_condition(entry, part, hypothesis, sorted(open_indices, key=str), sides))
    return conditions


def _sides(part):
    """What a relation compares; of an implication, what its two relations do."""
    return sum(map(_sides, part.args), ()) if isinstance(part, Implies) else part.args


def _met(part, found, tolerance):
    if isinstance(part, Implies):
        premise, conclusion = part.args
        return _met(conclusion, found[2:], tolerance) or not _met(premise, found[:2], tolerance)
    return WITHIN_TOLERANCE[type(part)](*found, tolerance)


def _condition(entry, part, hypothesis, indices, sides: list[Expr]):
    names, sizes = [index.name for index in indices], [size_of(index).name for index in indices]

    def refuse(computed, tolerance):
        for place in product(*(range(1, computed.indices[size] + 1) for size in sizes)):
            found = [computed.nearest(side, dict(zip(names, place))) for side in sides]
            if not _met(part, found, tolerance):
                compared = zip(_sides(part), found)
                here = [f"{plain(side)} = {value:.6g}" for side, value in compared if not side.is_Number]
                at = "".join(f" at {i} = {number}" for i, number in zip(names, place))
                raise ValueError(
                    f"{entry.id} holds only where {hypothesis.words} ({plain(part)}); here {', '.join(here)}{at}"
                )

    return refuse
