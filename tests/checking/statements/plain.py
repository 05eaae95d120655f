"""What an expression is at given numbers, worked out with many digits by mpmath: no code of the checker's takes part.

A number that does not exist (the logarithm of 0, an entry out of range) is `NoValue`. By convention 0 log 0 = 0 and
0^0 = 1, as in the catalogue.
"""

from itertools import product

from mpmath import mp, mpf
from sympy import (Add, Contains, Derivative, FiniteSet, Indexed, IndexedBase, Integral, Interval, KroneckerDelta, Max,
                   Mul, Pow, Product, Range, S, Sum, Symbol, cos, exp, log, sin)
from sympy.logic.boolalg import And, BooleanFalse, BooleanTrue, Implies, Or

from derivations.engine.nodes import Indicator, Rounded
from derivations.engine.terms import Quantity, free_symbols
from derivations.notation import SIZE_OF, SIZES

DIGITS = 450  # differences of 10^-200 are among what is to be seen
STEP = mpf(10) ** -60  # for a slope; small enough that what is wrong with it does not show
CHOSEN = set("jrmlc")  # letters of one chosen observation or class: a hypothesis on them speaks of that one alone


class NoValue(Exception):
    """There is no such number."""


def number(expression, at):
    """The value of an expression; `at` maps symbols to numbers and vectors to functions of their indices."""
    with mp.workdps(DIGITS):
        return _number(expression, at)


def _number(e, at):
    if e.is_Rational:
        return mpf(int(e.p)) / int(e.q)
    if e is S.Exp1:
        return mp.e + 0
    if e is S.Pi:
        return mp.pi + 0
    if isinstance(e, Symbol):
        return at[e]
    if isinstance(e, Indexed):
        return at[e.base](tuple(_whole(index, at) for index in e.indices))
    if isinstance(e, Add):
        return sum(_number(part, at) for part in e.args)
    if isinstance(e, (Sum, Product)):
        return _over(e, at)
    if isinstance(e, Quantity):
        return _call(e, at)(())
    if isinstance(e, Derivative):
        return _slope(e.expr, e.variables, at)
    if isinstance(e, Integral):
        (variable, lower, upper), = e.limits
        with mp.workdps(100):
            return mp.quad(lambda x: _number(e.function, at | {variable: x}), [_number(lower, at), _number(upper, at)])
    return _function(e, at)


def _function(e, at):
    if isinstance(e, Mul):
        return _factors(e, at)
    found = [_number(part, at) for part in e.args]
    if isinstance(e, KroneckerDelta):
        return mpf(found[0] == found[1])
    if isinstance(e, Max):
        return max(found)
    if isinstance(e, Rounded):
        return mpf(float(found[0]))
    if isinstance(e, Indicator):
        return mpf(found[0] > 0)
    if isinstance(e, (exp, sin, cos)):
        return getattr(mp, e.func.__name__)(found[0])
    if isinstance(e, log):
        if found[0] <= 0:
            raise NoValue(f"log({found[0]})")
        return mp.log(found[0])
    if isinstance(e, Pow):
        base, power = found
        if (base == 0 and power < 0) or (base < 0 and power != int(power)):
            raise NoValue(f"{base} to the power {power}")
        return base ** (int(power) if power == int(power) else power)
    raise TypeError(f"no value for {type(e).__name__}: {e}")


def _factors(e, at):
    """0 log 0 = 0: a factor that is 0 silences the logarithm of 0 and nothing else."""
    silent = [f for f in e.args if isinstance(f, log) and _number(f.args[0], at) == 0]
    found = [_number(f, at) for f in e.args if f not in silent]
    if silent and not any(value == 0 for value in found):
        raise NoValue("log(0)")
    return mpf(0) if silent else mp.fprod(found)


def _over(e, at):
    *inner, (index, lower, upper) = e.limits
    body = e.func(e.function, *inner) if inner else e.function
    found = [_number(body, at | {index: mpf(place)}) for place in range(_whole(lower, at), _whole(upper, at) + 1)]
    return mp.fsum(found) if isinstance(e, Sum) else mp.fprod(found)


def _whole(e, at):
    found = _number(e, at)
    if found != int(found):
        raise NoValue(f"the index {found}")
    return int(found)


def _call(e, at):
    """A quantity as a function of the indices that it still lacks."""
    definition = type(e).definition
    given = {parameter: _argument(parameter, found, at) for parameter, found in zip(definition.parameters, e.args)}
    missing = definition.parameters[len(e.args):]
    return lambda indices: _number(definition.body, at | given | dict(zip(missing, map(mpf, indices))))


def _argument(parameter, argument, at):
    if not isinstance(parameter, IndexedBase):
        return _number(argument, at)
    if isinstance(argument, IndexedBase):
        return at[argument]
    if isinstance(argument, Indexed):
        first = tuple(_whole(index, at) for index in argument.indices)
        return lambda indices: at[argument.base](first + indices)
    return _call(argument, at)


def _slope(e, variables, at):
    """By a difference to both sides; where the two one-sided ones differ there is no slope."""
    variable, *others = variables
    if others:
        return _slope(Derivative(e, *others, evaluate=False), (variable,), at)
    root = getattr(variable, "base", variable)
    place = tuple(_whole(index, at) for index in getattr(variable, "indices", ()))

    def moved(by):
        old = at[root]
        new = (lambda cell: old(cell) + (by if cell == place else 0)) if place else old + by
        return _number(e, at | {root: new})

    if place:
        at[root](place)  # an entry that does not exist is no variable
    below, here, above = moved(-STEP), moved(0), moved(STEP)
    if abs((above - here) - (here - below)) > STEP * mpf(10) ** -20:
        raise NoValue("two different slopes at a corner")
    return (above - below) / (2 * STEP)


def holds(statement, at, sizes):
    """Whether a hypothesis holds: for every value of its indices, but for those of one chosen observation or class."""
    free = sorted({s for s in free_symbols(statement) if s in SIZE_OF} - set(SIZES), key=str)
    of_indices = all(s in SIZE_OF or s in SIZES for s in free_symbols(statement))  # it chooses them
    free = [s for s in free if not (s in at and (of_indices or str(s) in CHOSEN))]
    ranges = [range(1, int(sizes[SIZE_OF[index]]) + 1) for index in free]
    try:
        with mp.workdps(DIGITS):
            return all(_holds(statement, at | dict(zip(free, map(mpf, cell)))) for cell in product(*ranges))
    except NoValue:
        return False


def _holds(statement, at):
    if isinstance(statement, (BooleanTrue, BooleanFalse)):
        return bool(statement)
    if isinstance(statement, And):
        return all(_holds(part, at) for part in statement.args)
    if isinstance(statement, Or):
        return any(_holds(part, at) for part in statement.args)
    if isinstance(statement, Implies):
        return not _holds(statement.args[0], at) or _holds(statement.args[1], at)
    if isinstance(statement, Contains):
        return _lies(_number(statement.args[0], at), statement.args[1], at)
    left, right = (_number(side, at) for side in statement.args)
    close = abs(left - right) < mpf(10) ** -300 * (1 + abs(left))
    return {"==": close, "!=": not close, "<": left < right, ">": left > right, "<=": left <= right or close,
            ">=": left >= right or close}[statement.rel_op]


def _lies(found, domain, at=None):
    if isinstance(domain, FiniteSet):
        return any(found == mpf(int(one.p)) / int(one.q) for one in domain)
    if isinstance(domain, Range):
        stop = domain.stop if domain.stop.is_infinite else _number(domain.stop, at)
        start, step = _number(domain.start, at), int(domain.step)
        return found == int(found) and start <= found < stop and (found - start) % step == 0
    if domain is S.Integers:
        return found == int(found)
    if domain in (S.Naturals, S.Naturals0):
        return found == int(found) and found >= (1 if domain is S.Naturals else 0)
    if not isinstance(domain, Interval):
        return domain is S.Reals
    above = domain.start.is_infinite or found > _end(domain.start) or (not domain.left_open
                                                                       and found == _end(domain.start))
    below = domain.end.is_infinite or found < _end(domain.end) or (not domain.right_open and found == _end(domain.end))
    return above and below


def _end(end):
    return mpf(int(end.p)) / int(end.q)


def lies_in(found, domain):
    """Whether a number lies in a declared domain without sizes in it."""
    return _lies(found, domain)
