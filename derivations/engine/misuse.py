"""What is said to whoever uses the engine wrongly: what was found, and what would be right. Whoever knows the
place, the id and the step, adds it.

Everything here refuses and changes nothing.
"""

import inspect
from contextlib import contextmanager
from difflib import get_close_matches

from sympy import (
    Add, Basic, Derivative, E, Expr, Float, Function, Indexed, IndexedBase, KroneckerDelta, Max, Mul, Pow,
    Rational, Symbol, Tuple, cos, exp, log, nan, oo, pi, sin, zoo,
)  # fmt: skip
from sympy.logic.boolalg import Boolean
from sympy.sets import Set

from .formulas import refuse_formula
from .laws import NoSlope
from .nodes import Indicator, Rounded
from .terms import BINDERS, Quantity, free_symbols, reach

# Functions that an expression may have, beside Max.
KNOWN = (exp, log, sin, cos, KroneckerDelta, Quantity, Rounded, Indicator)
NO_NUMBERS = (oo, -oo, zoo, nan)
EXPRESSIONS = (
    Rational, type(E), type(pi), type(oo), type(-oo), Symbol, IndexedBase, Indexed, Add, Mul, Pow, Max, Derivative,
    *BINDERS, *KNOWN,
)  # fmt: skip
FORMULAS = (Boolean, Set, Tuple)


@contextmanager
def at(place):
    """Names the place in front of what is refused inside."""
    try:
        yield
    except ValueError as error:
        raise type(error)(f"{place}: {error}") from error


def expect_kind(found, kind, said):
    """What was found, if it is of that kind; TypeError if not. `said` is what would be right."""
    if not isinstance(found, kind):
        raise TypeError(f"expected {said}, found {found!r:.80}")
    return found


def expect_entry(found):
    """TypeError for what is no entry. One is not derived to tell; what SymPy makes has a kind too, which is no text."""
    if not isinstance(getattr(type(found), "kind", None), str):
        raise TypeError(f"expected an entry, such as catalogue()['softmax.gradient'], found {found!r:.80}")


def refuse_text(**texts):
    """Refuse names, reasons and the like that say nothing."""
    for what, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise ValueError(f"expected a {what} in words, found {text!r}")


def refuse_unknown(value):
    """Refuse what nothing can be derived from: floats, infinities, functions that nobody defined; in mappings too."""
    if isinstance(value, dict):
        value = Tuple(*map(_exact, value.keys()), *map(_exact, value.values()))
    value = _exact(value)
    if isinstance(value, Basic):
        _refuse_parts(value)


def _exact(value):
    if isinstance(value, float):
        raise ValueError(f"expected an exact number, such as Rational(1, 2), found the float {value}")
    return value


def _refuse_parts(part, bounds=False):
    """`bounds` says that the part is within the bounds of a set or an integral, which may be infinite."""
    if isinstance(part, Float):
        raise ValueError(f"expected an exact number, such as Rational(1, 2), found the float {part}")
    if part in NO_NUMBERS and not bounds:
        raise ValueError(f"expected a number, found {part}: an infinity or what has no value")
    if isinstance(part, Function) and not isinstance(part, KNOWN):
        found = _found(part, "the function ")
        raise ValueError(f"expected exp, log, sin, cos, Max or a quantity that `define` made, {found}")
    if not isinstance(part, EXPRESSIONS + FORMULAS):
        raise ValueError(f"expected numbers, e and pi, symbols, entries and what is made of them, {_found(part)}")
    if isinstance(part, BINDERS) and any(len(limit) != 3 for limit in part.limits):
        raise ValueError(f"expected both ends of what runs in a sum, a product or an integral, found {part}")
    for below in part.args:
        _refuse_parts(below, bounds or isinstance(part, (Set, Tuple)))


def _found(part, kind=""):
    return f"found {kind}{type(part).__name__} in {part}"


def refuse_start(start):
    """Refuse a start that is no expression."""
    if not isinstance(start, Expr):
        raise ValueError(f"expected an expression to start from, such as Integer(2), found {start!r}")
    refuse_unknown(start)


def refuse_statement(statement):
    """Refuse a hypothesis whose formula is none."""
    if statement is None:
        return
    if not isinstance(statement, Boolean) or isinstance(statement, Symbol):
        raise ValueError(f"expected a formula that is true or false, such as Eq(p, 1), or None, found {statement!r}")
    refuse_unknown(statement)
    refuse_formula(statement)


def takes(rule):
    """What a rule is given beside the expression."""
    _, *names = map(str, inspect.signature(rule).parameters.values())
    return f"the arguments ({', '.join(names)})" if names else "no arguments"


def found_instead(arguments):
    """What it was given: the kinds of the arguments."""
    found = [f"{getattr(argument, 'id', argument)} ({type(argument).__name__})" for argument in arguments]
    return ", ".join(text[:80] for text in found) or "none"


def refuse_call(rule, arguments):
    """Refuse arguments that the rule does not take."""
    try:
        inspect.signature(rule).bind(None, *arguments)
    except TypeError as error:
        raise ValueError(f"expected {takes(rule)}, found {len(arguments)}: {error}") from None
    for argument in arguments:
        refuse_unknown(argument)
        if getattr(argument, "kind", None) == "derivation":
            refuse_no_steps(argument)


def refuse_no_steps(derivation):
    """Refuse a derivation that derives nothing. Its steps are not made to tell."""
    if not len(derivation.steps):
        raise ValueError(
            f"expected a derivation with at least one step, found {derivation.id} with none; take it on by a rule: "
            f".by(rule, because=...)")


def refuse_guarded(rule, arguments, part):
    """Refuse to apply to a part alone what looks at all that stands around it, or what holds at a point only."""
    if not isinstance(part, Expr):
        raise ValueError(f"expected a part of the line, which is an expression, found {part!r}")
    refuse_unknown(part)
    conditions = [condition for law in getattr(rule, "laws", ()) for condition in law.conditions]
    if getattr(rule, "relation", "=") != "=" or any(isinstance(condition, NoSlope) for condition in conditions):
        raise ValueError(f"expected a law for any part of a line, found {rule.__name__}, which is about the whole line")
    for argument in arguments:
        given = getattr(argument, "hypotheses", [argument] if hasattr(argument, "statement") else [])
        if not all(one.is_range_beyond(()) for one in given):
            raise ValueError(
                f"expected no hypothesis where {rule.__name__} is applied to a part: it may not hold all around that"
            )


def refuse_loose_keys(arguments):
    """Refuse a mapping with keys that do not occur in the hypothesis or the result before it."""
    source = next((argument for argument in arguments if hasattr(argument, "hypotheses")), None)
    source = source or next((argument for argument in arguments if hasattr(argument, "statement")), None)
    if source is None:
        return
    said = [given.statement for given in getattr(source, "hypotheses", ())] + [getattr(source, "statement", None)]
    said += [source.name, source.start, source.result] if hasattr(source, "start") else []
    there = reach(*(part for part in said if isinstance(part, Basic)))
    if getattr(source, "statement", None) is not None:
        there |= source.statement.atoms(Symbol)  # those that a sum binds too
    for mapping in (argument for argument in arguments if isinstance(argument, dict)):
        for key in mapping:
            if not free_symbols(key) <= there:
                near = get_close_matches(str(key), map(str, there), n=1, cutoff=0) or ["no symbol"]
                what = getattr(source, "id", None) or f"“{source.name}”"
                raise ValueError(f"expected symbols that occur in {what}, such as {near[0]}, found {key}")


def refuse_two_of_one_id(*expressions, sources=()):
    """Refuse two definitions under one id."""
    quantities = [part for one in expressions for part in one.atoms(Quantity)]
    found = [type(part).definition for part in quantities]
    found += [getattr(source, "named", None) or source for source in sources if hasattr(source, "id")]
    by_id = {}
    for definition in (one for one in found if hasattr(one, "head")):
        other = by_id.setdefault(definition.id, definition)
        if other != definition:
            raise ValueError(
                f"expected one definition of the id {definition.id}, found {other.body} and {definition.body}; "
                "give one of them another id"
            )
