"""The value of an expression at a point, as a ball with derivatives. Knows the meaning of each SymPy node and no law about it.

An environment maps each index and size to an integer, and each other symbol or vector to an accessor ``(indices, environment) -> Jet``. A
defined quantity is evaluated by evaluating its definition with its arguments bound; nothing is ever substituted or rewritten. An
environment with a dictionary "remembered" keeps there what was asked for twice; only one whose accessors read nothing else may have it.
One with a function "number" computes with the numbers that it makes, which have the operations of a jet, in the place of jets.
"""

from functools import cache
from math import prod

from flint import ctx, fmpq
from sympy import Add, Derivative, Indexed, IndexedBase, Integral, KroneckerDelta, Max, Mul, Pow, Product, Rational, Sum, Symbol, exp, log

from .balls import Jet, integral, rounded
from ..engine.terms import Quantity, Rounded, reach


def integer(expression, environment):
    """The value of an index or a bound."""
    if expression.is_Integer:
        return int(expression)
    if isinstance(expression, Symbol):
        return environment[expression]
    return value(expression, environment).whole()


def number(found, environment):
    """A whole or rational number, or "nan", as the kind of number that the environment computes with."""
    return environment.get("number", Jet)(found)


def value(expression, environment):
    """The jet of a scalar expression in an environment."""
    if isinstance(expression, Rational):
        return number(fmpq(int(expression.p), int(expression.q)), environment)
    evaluate = _evaluator(type(expression))
    if evaluate is None:
        raise TypeError(f"the checker does not know how to evaluate {type(expression).__name__}: {expression}")
    return evaluate(expression, environment)


@cache
def _evaluator(node):
    return next((evaluate for kind, evaluate in NODES if issubclass(node, kind)), None)


def _symbol(expression, environment):
    found = environment[expression]
    return number(found, environment) if isinstance(found, int) else found((), environment)


def _entry(expression, environment):
    indices = tuple(integer(index, environment) for index in expression.indices)
    return environment[expression.base](indices, environment)


def _add(expression, environment):
    return sum((value(term, environment) for term in expression.args), start=number(0, environment))


def _multiply(expression, environment):
    """A product. By convention 0 log 0 = 0: a weight that is exactly 0 silences the logarithm of exactly 0."""
    total, logarithm_of_zero = number(1, environment), False
    for factor in sorted(expression.args, key=_divides):
        if _divides(factor):
            total = total.over(value(factor.base, environment))
        elif isinstance(factor, log) and value(factor.args[0], environment).is_zero():
            logarithm_of_zero = True
        else:
            total = total * value(factor, environment)
    return total if not logarithm_of_zero else number(0 if total.is_zero() else "nan", environment)


def _divides(factor):
    return isinstance(factor, Pow) and factor.exp == -1


def _integral(expression, environment):
    variable, lower, upper = expression.limits[0]
    ends = [value(end, environment).ball for end in (lower, upper)]
    return Jet(integral(lambda ball: value(expression.function, environment | {variable: lambda *_: Jet(ball)}).ball, *ends))


def _largest(expression, environment):
    return max((value(argument, environment) for argument in expression.args), key=lambda jet: float(jet.ball))


def _big_operator(expression, environment):
    *inner, (index, lower, upper) = expression.limits
    function = expression.func(expression.function, *inner) if inner else expression.function
    places = range(integer(lower, environment), integer(upper, environment) + 1)
    terms = (value(function, environment | {index: place}) for place in places)
    return sum(terms, start=number(0, environment)) if isinstance(expression, Sum) else prod(terms, start=number(1, environment))


def _delta(expression, environment):
    left, right = (integer(index, environment) for index in expression.args)
    return number(int(left == right), environment)


def _derivative(expression, environment):
    depth, mask = environment.get("depth", 0), 0
    for variable in expression.variables:
        environment = _perturbed(environment, variable, 1 << depth)
        mask |= 1 << depth
        depth += 1
    return value(expression.expr, environment | {"depth": depth}).coefficient(mask)


def _perturbed(environment, variable, infinitesimal):
    root = variable.base if isinstance(variable, Indexed) else variable
    target = tuple(integer(index, environment) for index in getattr(variable, "indices", ()))
    unperturbed = environment[root]

    def accessor(indices, later):
        found = unperturbed(indices, later)
        return found.moved(infinitesimal) if indices == target else found

    return environment | {root: accessor}


def remembered(evaluate, expression, environment):
    """What `evaluate` makes of an expression, worked out once for all that the environment says of its symbols."""
    memory = environment.get("remembered")
    if memory is None:
        return evaluate(expression, environment)
    key = (evaluate, ctx.prec, expression, *map(environment.get, _reached(expression)))
    if key not in memory:
        memory[key] = evaluate(expression, environment)
    return memory[key]


@cache
def _reached(expression):
    return tuple(reach(expression))


def _quantity(expression, environment):
    return remembered(_defined, expression, environment)


def _defined(expression, environment):
    definition = type(expression).definition
    if len(expression.args) != len(definition.parameters):
        raise TypeError(f"{definition.id} takes {len(definition.parameters)} arguments, found {expression}")
    bound = {parameter: _argument(parameter, argument, environment) for parameter, argument in zip(definition.parameters, expression.args)}
    return value(definition.body, environment | bound)


def _argument(parameter, argument, environment):
    if isinstance(parameter, IndexedBase):
        return lambda indices, _: _vector_entry(argument, indices, environment)
    if parameter.is_integer:
        return integer(argument, environment)
    found = value(argument, environment)
    return lambda *_: found


def _vector_entry(vector, indices, environment):
    if isinstance(vector, IndexedBase):
        return environment[vector](indices, environment)
    if isinstance(vector, Indexed):
        row = tuple(integer(index, environment) for index in vector.indices)
        return environment[vector.base](row + indices, environment)
    return value(vector.func(*vector.args, *indices), environment)


NODES = (
    (Symbol, _symbol),
    (Indexed, _entry),
    (Add, _add),
    (Mul, _multiply),
    (Sum, _big_operator),
    (Product, _big_operator),
    (exp, lambda e, at: value(e.args[0], at).exp()),
    (log, lambda e, at: value(e.args[0], at).log()),
    (Pow, lambda e, at: value(e.base, at).power(value(e.exp, at))),
    (KroneckerDelta, _delta),
    (Derivative, _derivative),
    (Quantity, _quantity),
    (Integral, _integral),
    (Max, _largest),
    (Rounded, lambda e, at: Jet(rounded(value(e.args[0], at).ball))),
)
