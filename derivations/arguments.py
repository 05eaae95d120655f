"""What a function of an entry is given: it is looked at, and refused in words where it does not fit.

The numbers are taken as they are given, to the last digit: those of binary64, whole numbers of any size, fractions.
"""

import operator
from fractions import Fraction
from functools import cache

import numpy
from sympy import And, Contains, Derivative, Eq, FiniteSet, Indexed, Interval, Range

from .engine.entries import is_index
from .engine.vocabulary import has_open_end, is_polynomial
from .notation import NOTATION, size_of
from .signatures import alike, declared, written_out
from .writing.typeset import plain

ROUNDING = 8  # relative errors of one rounding that a number above the end of its domain may have


def expect(entry, names, asked, given):
    """Refuse arguments that are missing or unknown, and say of a missing size what it is the number of."""
    if sorted(given) == names:
        return
    said = f"{entry.id} takes {', '.join(names) or 'no argument'}; given: {', '.join(sorted(given)) or 'nothing'}"
    meanings = {notation.symbol: notation.meaning for notation in NOTATION}
    missing = [f"{name}, the {meanings[size]}" for name, size in asked.items() if name not in given]
    raise ValueError(said + (f"; no array here tells {', or '.join(missing)}" if missing else ""))


def stated_by(entry):
    """What the hypotheses state, one by one, with the hypothesis."""
    return [(part, h) for h in entry.hypotheses if h.statement is not None for part in And.make_args(h.statement)]


def array_of(entry, shown, value):
    """An argument as an array of as many axes as the symbol has indices, with the numbers as they are given."""
    name, axes = getattr(shown, "base", shown), len(getattr(shown, "indices", ()))
    array = _read(entry, name, axes, value)
    if _has_truth_values(array) and not _is_label(shown):
        raise ValueError(f"{entry.id}: {name} takes {_shape(axes)}; found truth values, which only labels may be")
    if array.dtype.kind == "c":
        raise ValueError(f"{entry.id}: {name} takes real numbers; found complex ones")
    if numpy.ma.getmaskarray(array).any():
        raise ValueError(f"{entry.id}: {name} has entries that are masked: leave them out, or give them values")
    try:
        array = _exact(array.data)
        array.astype(float)  # is every one a number?
    except (TypeError, ValueError, ArithmeticError):
        raise _no_numbers(entry, name, axes) from None
    if array.ndim != axes:
        raise ValueError(f"{entry.id}: {name} takes {_shape(axes)}; found {_shape(array.ndim)}")
    return array


def _read(entry, name, axes, value):
    try:
        return numpy.ma.array(value)
    except Exception as error:  # whatever a tensor raises that cannot be an array
        if isinstance(value, list | tuple) and isinstance(error, TypeError | ValueError):
            raise _no_numbers(entry, name, axes) from None
        raise ValueError(f"{entry.id}: {name} cannot be read as an array of numbers: {error}") from error


def _has_truth_values(array):
    mixed = array.flat if array.dtype.kind == "O" else ()
    return array.dtype.kind == "b" or any(isinstance(one, bool | numpy.bool) for one in mixed)


def _is_label(shown):
    return any(notation.is_label and alike(notation.symbol, shown) for notation in NOTATION)


def _no_numbers(entry, name, axes):
    return ValueError(
        f"{entry.id}: {name} takes {_shape(axes)}; found what is not made of numbers, or not of equal rows"
    )


def _exact(array):
    """The same numbers; those that are not of binary64 as fractions, in which they keep all their digits."""
    kind = array.dtype.kind
    if kind == "b" or (kind in "iuf" and array.itemsize <= 8):
        return array.astype(int) if kind == "b" else array
    if kind not in "fO":
        raise TypeError("expected numbers")
    found = numpy.empty(array.shape, dtype=object)
    for place, number in numpy.ndenumerate(array):
        if isinstance(number, numpy.floating) and not isinstance(number, float):
            number = Fraction(*number.as_integer_ratio())
        found[place] = number if isinstance(number, float) else Fraction(number)
    return found


def _shape(axes):
    return "a number" if axes == 0 else f"an array with {axes} {'axis' if axes == 1 else 'axes'}"


def size_given(entry, size, value):
    """A size that is given: a whole number from 1."""
    number = _whole(value)
    if number is None or number < 1:
        raise ValueError(f"{entry.id}: {size} = {_as_given(value)} is no whole number from 1")
    return number


def _whole(value):
    """A whole number that is given; None for all else, also for a truth value, which Python takes for 0 or 1."""
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _as_given(value):
    """What is given as a message names it: a text in quotes, as '1' is not the number 1; of what is long, a part."""
    return f"{value!r:.80}" if isinstance(value, str | bytes) else f"{value!s:.80}"


def sizes_of(entry, expression, values, given):
    """The sizes that are given, and those that are read off the arrays; these must agree."""
    sizes = dict(given)
    for shown in _arrays_of(expression):
        for size, found in zip(map(size_of, declared(shown).indices), values[str(shown.base)].shape):
            if found == 0:
                raise ValueError(f"{entry.id}: {shown.base} is empty; {size} is at least 1")
            if sizes.setdefault(size, found) != found:
                raise ValueError(
                    f"{entry.id}: {shown.base} has {found} entries where another array has {size} = {sizes[size]}"
                )
    return sizes


def relative_error(values):
    """The largest relative error of one rounding to the numbers of the arrays given; 0 where all are exact."""
    kinds = {value.dtype for value in values if getattr(value, "dtype", numpy.dtype(int)).kind == "f"}
    return max((float(numpy.finfo(kind).eps) for kind in kinds), default=0.0)


def validated(entry, shown, value, sizes):
    """The value as Python's own numbers, if it is in its domain."""
    if is_index(shown):
        return _validated_index(entry, shown, value, sizes[size_of(shown)])
    formula = _domain(entry, shown)
    rounded = value.astype(float)
    inside = _inside(rounded, formula.args[1], sizes, ROUNDING * relative_error([value]))
    if not inside.all():
        place = tuple(numpy.argwhere(~inside)[0]) if value.ndim else ()
        where = f"[{', '.join(str(number + 1) for number in place)}]" if place else ""
        found = f"{getattr(shown, 'base', shown)}{where} = {rounded[place]}"
        raise ValueError(f"{entry.id}: {found} is outside its domain, {plain(formula)}")
    return (rounded.astype(int) if isinstance(formula.args[1], Range) else value).tolist()


def _validated_index(entry, shown, value, most):
    number = _whole(value)
    if number is None or not 1 <= number <= most:
        raise ValueError(f"{entry.id}: {shown} = {_as_given(value)} is not one of 1, ..., {most}")
    return number


def _domain(entry, shown):
    """The declared domain of a symbol or entry, as a hypothesis narrows it or what it equals, and with its ends where
    a result holds there too; with the formula that says so.
    """
    parts = [part for part, _ in stated_by(entry)]
    narrowed = [part for part in parts if isinstance(part, Contains)]
    equal = [part for part in parts if isinstance(part, Eq)]
    shared = [
        Contains(part.rhs, known.args[1], evaluate=False)
        for part in equal
        for known in narrowed
        if alike(known.args[0], part.lhs)
    ]
    found = next(part for part in (*narrowed, *shared, *_declared_domains()) if alike(part.args[0], shown))
    domain = found.args[1]
    if has_open_end(domain) and not isinstance(shown, Indexed) and _has_limits(entry, shown):
        return Contains(shown, Interval(domain.start, domain.end), evaluate=False)
    return found


@cache
def _has_limits(entry, symbol):
    """Whether a number may be at the ends that its notation leaves out: where no hypothesis speaks of it, and what the
    entry begins and ends with are polynomials in it, they are equal there too.
    """
    if any(part.has(symbol) for part, _ in stated_by(entry)):
        return False
    start = getattr(entry, "start", entry.result)
    sides = entry.result, start.expr if isinstance(start, Derivative) else start
    return all(is_polynomial(written_out(side), symbol) for side in sides)


@cache
def _declared_domains():
    return tuple(Contains(notation.symbol, notation.domain, evaluate=False) for notation in NOTATION)


@cache
def _arrays_of(expression):
    """The entries of arrays that stand in an expression, in an order that is always the same."""
    return tuple(sorted(expression.atoms(Indexed), key=str))


def _inside(value, domain, sizes, slack):
    """Where the entries of an array are finite and in a domain; where it ends in a largest number, a relative error
    above it is let pass.
    """
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
        inside &= value < high if domain.right_open else value <= high * (1 + slack)
    return inside
