"""Results as numbers for a page: at given values, where they reach a given value, or a value of a counterexample.

``softmax.gradient y=(.7,.2,.1) z=(2,1,0) m=1`` is a result at given values. With one ``?`` among the values, the
number that stands for it is found: ``equals=`` says what the result is there, ``between=(0, 9)`` where to look. A
counterexample gives the value of one of its symbols: ``likelihood.underflow n``. `digits` (5) rounds, `places` rounds
as well and keeps zeros at the end, and what would become 0 is shown with a power of ten. `times` multiplies, and
``exact=1`` gives a fraction.
"""

import ast
import re
from fractions import Fraction

from ..catalogue import catalogue
from ..functions import function

NO_BREAK = "\u00a0"
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
OPTIONS = {"digits": 5, "places": None, "times": 1, "exact": 0, "equals": None, "between": None}


def text_of(request):
    """The number that a request asks for, as text. ValueError, in words, for one that has no answer."""
    id, *assignments = re.split(r"\s+(?=\w+\s*=)", request.strip())
    id, *symbol = id.split()
    entry = catalogue()[id]
    if symbol or (not assignments and entry.kind == "counterexample"):
        return _stated(entry, *symbol)
    given = dict(assignment.split("=", 1) for assignment in assignments)
    options = OPTIONS | {name: _read(given.pop(name)) for name in OPTIONS if name in given}
    compute = function(entry)

    def result(number=None):
        typed = {name: _read(text.replace("?", repr(number))) for name, text in given.items()}
        return float(compute(**{name: _exactly(value) for name, value in typed.items()}))

    found = 0.0 + options["times"] * (_found(result, options) if "?" in "".join(given.values()) else result())
    kept = options["digits"] if options["places"] is None else options["places"]
    if found and not options["exact"] and not round(found, kept):
        return _with_a_power(found)
    if options["places"] is not None:
        return f"{found:.{options['places']}f}"
    text = str(Fraction(found).limit_denominator(10**6)) if options["exact"] else f"{found:.{options['digits']}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_a_power(found):
    """A number that would be rounded to 0, with a power of ten."""
    digits, power = f"{found:.2e}".split("e")
    return f"{digits}{NO_BREAK}·{NO_BREAK}10{str(int(power)).translate(RAISED)}"


def _read(text):
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{text} is not a number, nor a tuple of numbers") from error


def _exactly(value):
    """What was typed: 0.6 is three fifths, and not the number of a computer that is nearest to it."""
    if isinstance(value, tuple | list):
        return [_exactly(one) for one in value]
    return Fraction(repr(value)) if isinstance(value, float) else value


def _stated(entry, *symbol):
    values = {str(name): str(found) for name, found in getattr(entry, "values", {}).items()}
    if len(symbol) != 1 or symbol[0] not in values:
        raise ValueError(
            f"{entry.id} is a {entry.kind}: "
            f"name one symbol that it has a value for{', of ' if values else ''}{', '.join(values)}"
        )
    return values[symbol[0]]


def _found(result, options):
    """The number at which a result is what it should be."""
    target, between = options["equals"], options["between"]
    if target is None or between is None:
        raise ValueError("? is a number to be found: say equals= and between=")
    from scipy.optimize import brentq  # only now: it takes long, and few pages ask for it

    return brentq(lambda number: result(number) - target, *between, xtol=1e-14)
