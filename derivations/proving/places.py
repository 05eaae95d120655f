"""Where a rule acted: found by applying it to the parts of an expression, and their parts."""

from dataclasses import dataclass

from sympy import Add, Derivative, Indexed, IndexedBase, KroneckerDelta, Mul, Product, Sum, Tuple, exp, log


@dataclass(frozen=True)
class Acted:
    """A part of a line and what became of it. Where the rule acted below it, `parts` are the places there by number."""

    old: object
    new: object
    parts: tuple = ()


def changed(rule, arguments, part):
    """What a rule makes of a part; None where it does not apply."""
    try:
        new = rule(part, *arguments)
    except (ValueError, TypeError, AttributeError, LookupError):
        return None
    return None if new == part else new


def acted(rule, arguments, expression) -> Acted | None:
    """Where a rule of an equation acts: the innermost parts that explain what it makes of the whole."""
    new = changed(rule, arguments, expression)
    if new is None:
        return None
    if isinstance(expression, (Indexed, IndexedBase, KroneckerDelta, Tuple)) or not expression.args:
        return Acted(expression, new)
    inner = expression.args[:1] if isinstance(expression, (Sum, Product, Derivative)) else expression.args
    found = {number: acted(rule, arguments, part) for number, part in enumerate(inner)}
    parts = tuple((number, place) for number, place in found.items() if place is not None)
    if not parts:
        return Acted(expression, new)
    return Acted(expression, new, parts if _rebuilt(expression, parts) == new else ())


def path_to(expression, part, below) -> Acted:
    """A place at one part of an expression, wherever that stands, as the path to it."""
    if expression == part:
        return below
    found = {number: path_to(inner, part, below) for number, inner in enumerate(expression.args)}
    parts = tuple((number, place) for number, place in found.items() if place is not None)
    if not parts:
        return None
    return Acted(expression, _rebuilt(expression, parts), parts)


def acted_in_order(rule, arguments, expression, sign=1) -> Acted | None:
    """Where a rule of an inequality acts, through what grows or falls with its parts."""
    if expression.is_number:
        return None
    new = changed(rule, arguments, sign * expression)
    if new is None:
        return None
    new = sign * new
    inner = {number: acted_in_order(rule, arguments, part, turned) for number, part, turned in _ways(expression, sign)}
    parts = tuple((number, place) for number, place in inner.items() if place is not None)
    parts = parts[:1] if isinstance(expression, Mul) else parts
    return Acted(expression, new, parts if parts and _rebuilt(expression, parts) == new else ())


def _ways(expression, sign):
    """The parts through which an inequality passes, with their number and which way it goes there."""
    if isinstance(expression, Add):
        return [(number, part, sign) for number, part in enumerate(expression.args)]
    if isinstance(expression, (Sum, log, exp)) or (isinstance(expression, Product) and sign == 1):
        return [(0, expression.args[0], sign)]
    if isinstance(expression, Mul):
        number, rest = expression.as_coeff_Mul()
        if number.is_negative:
            return [(-1, rest, -sign)]
        return [(n, part, sign) for n, part in enumerate(expression.args)]
    return []


def _rebuilt(expression, parts):
    """The expression with what became of some parts; the part of number -1 is all but the number before it."""
    made = dict(parts)
    if -1 in made:
        return expression.as_coeff_Mul()[0] * made[-1].new
    return expression.func(*(made[n].new if n in made else part for n, part in enumerate(expression.args)))
