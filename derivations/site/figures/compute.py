"""What a figure shows at a state, in Python: for the still picture, and to compare the browser's numbers with."""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from math import inf, log

from sympy import lambdify

from ...catalogue import catalogue
from ...functions import function
from ...signatures import formula_of, named_arguments, written_out
from .parts import (
    Combined,
    Compute,
    Crossing,
    Figure,
    Fixed,
    Joined,
    Multiplied,
    Picked,
    Repeated,
    Shared,
    Total,
    Unguarded,
)

NUMBER = re.compile(r"\{(\w+)(?:\[(\d+)\])?:(?:\.(\d)f|(e))\}")  # {loss:.3f}, {p[1]:.3f}, {likelihood:e}
NOISE = 1e-12  # nearer to 0 or 1 is what rounding left of them
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def computed(figure: Figure, state: dict) -> dict:
    """The controls' values and all steps, by name. ValueError where an entry refuses what it is given."""
    found = dict(state)
    for step in figure.steps:
        found[step.name] = _value(step, found)
    return found


def _value(step, found):
    match step:
        case Fixed():
            return list(step.values)
        case Total():
            return sum(found[step.of])
        case Multiplied():
            return [one * other for one, other in zip(found[step.one], found[step.other], strict=True)]
        case Repeated():
            return list(found[step.of]) * int(found[step.times])
        case Shared():
            return _shared(found[step.of], len(found[step.like]))
        case Joined():
            return sum((value if isinstance(value, list) else [value] for value in map(found.get, step.of)), [])
        case Picked():
            return found[step.of][int(found[step.at]) - 1]
        case Crossing():
            return _crossings(found[step.of], found[step.along])
        case Combined():
            return _combined([(factor, found[name]) for name, factor in step.factors.items()])
        case Compute() if not step.each:
            return _result(step, _arguments(step, found))
    lists = [found[name] for name in step.each.values()]
    return [_result(step, _arguments(step, found) | dict(zip(step.each, row))) for row in zip(*lists, strict=True)]


def _result(step, arguments):
    if isinstance(step, Unguarded):
        return float(_unguarded(step.entry)(**arguments))
    return float(_function(step.entry)(**arguments))


def _arguments(step, found):
    return {name: _argument(value, found) for name, value in step.arguments.items()}


def _argument(value, found):
    if isinstance(value, tuple):
        return [_argument(entry, found) for entry in value]
    return found[value] if isinstance(value, str) else value


def _shared(value, length):
    return [_shared(entry, length) for entry in value] if isinstance(value, list) else [value] * length


def _combined(terms):
    lengths = {len(value) for _, value in terms if isinstance(value, list)}
    if not lengths:
        return sum(factor * value for factor, value in terms)
    (length,) = lengths
    whole = [(factor, value if isinstance(value, list) else [value] * length) for factor, value in terms]
    return [sum(factor * value[place] for factor, value in whole) for place in range(length)]


def _crossings(values, places):
    """Where the values change their sign; the places between two neighbours in the proportion of their values."""
    pairs = zip(zip(values, places), zip(values[1:], places[1:]))
    return [a + (b - a) * one / (one - other) for (one, a), (other, b) in pairs if (one < 0) != (other < 0)]


@cache
def _function(id):
    return function(catalogue()[id])


@cache
def _unguarded(id):
    entry = catalogue()[id]
    expression = written_out(formula_of(entry))
    logarithm = {"log": lambda number: log(number) if number else -inf}
    return lambdify([*named_arguments(entry, expression)], expression, [logarithm, "math"])


def rows(figure: Figure, found: dict) -> dict[str, list[dict]]:
    """The data sets of the chart. What is infinite is not drawn."""
    return {
        name: [
            {field: None if value == inf else value for field, value in zip(fields, row)}
            for row in zip(*_columns([found[of] for of in fields.values()]), strict=True)
        ]
        for name, fields in figure.rows.items()
    }


def _columns(values):
    length = next((len(value) for value in values if isinstance(value, list)), 1)
    return [value if isinstance(value, list) else [value] * length for value in values]


def said(number: float, places: int | None = 3) -> str:
    """A number as a page says it; without `places` in two digits and a power of ten where it is small or large."""
    if number == inf:
        return "infinite"
    places = _enough(abs(number), places)
    if places is not None:
        text = _rounded(number, f".{places}f")
        return (text.lstrip("-") if not float(text) else text).replace("-", "−")
    if number == 0 or 0.001 <= abs(number) < 10000:
        return f"{float(_rounded(number, '.3g')):g}".replace("-", "−")
    digits, power = _rounded(number, ".1e").split("e")
    return f"{digits} × 10{str(int(power)).translate(SUPERSCRIPTS)}".replace("-", "−")


def power_of_ten(value: str, form: str) -> str:
    """The same in a chart, in Vega's language: a number in the digits of a format, and a power of ten."""
    raised = f"split(format({value}, '{form}'), 'e')[1]"
    for plain, superscript in SUPERSCRIPTS.items():
        raised = f"replace({raised}, /{chr(plain)}/g, '{chr(superscript)}')"
    return f"split(format({value}, '{form}'), 'e')[0] + ' × 10' + replace({raised}, '−', '⁻')"


def said_in_chart(value: str, places: int = 3) -> str:
    """`said` in Vega's language, near 0: a small number is not told as 0, and what rounding left of 0 is."""
    small = f"abs({value}) > {NOISE} && abs({value}) < {0.5 * 10**-places}"
    return f"{small} ? {power_of_ten(value, '.1e')} : format({value}, '.{places}f')"


def _enough(size, places):
    """More places (or a power of ten) where these would tell 0 or 1 of a number that is neither."""
    told = float(_rounded(size, ".3g" if places is None else f".{places}f"))
    if told == 1 and 1 - size > NOISE:
        return 1 - int(_rounded(1 - size, ".1e").partition("e")[2])
    return None if told == 0 and size > NOISE else places


def _rounded(number, form):
    """In the digits of a format. A tie goes away from 0, as in a browser; Python alone would take the even digit."""
    with localcontext(rounding=ROUND_HALF_UP):
        return format(Decimal(number), form)
