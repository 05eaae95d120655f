"""The value of an expression at a point, as a ball with derivatives.

Knows the meaning of each SymPy node and no law about it. An expression is made into a function of a point once, and
that function called at many points. A defined quantity is evaluated by evaluating its definition with its arguments
bound; nothing is ever substituted or rewritten.
"""

from collections.abc import Callable
from functools import lru_cache, reduce, singledispatch
from operator import add, methodcaller, mul

from flint import arb, ctx, fmpq
from sympy import (
    Add, Derivative, E, Expr, Indexed, IndexedBase, Integral, KroneckerDelta, Max, Mul, NumberSymbol, Pow, Product,
    Rational, Sum, Symbol, cos, exp, factorial, log, pi, sin, srepr,
)  # fmt: skip

from ..engine.nodes import Indicator, Rounded
from ..engine.terms import Quantity, reach
from .balls import Jet, indicated, integral, larger, rounded
from .points import Called, Constant, Point, Row, nothing

Evaluator = Callable[[Point], Jet]
MOST_TERMS = 10**4  # of one sum or product; more take minutes


def value(expression: Expr, point: Point) -> Jet:
    """The value of a scalar expression at a point. LookupError, if it names an entry that does not exist there."""
    return evaluator(expression)(point)


def remembered(expression: Expr, point: Point, evaluate: Evaluator | None = None) -> Jet:
    """The same, worked out once for all that the point says of the symbols of the expression."""
    key = (ctx.prec, expression, point.look_up(in_order(expression)))
    if key not in point.memory:
        point.memory[key] = (evaluate or evaluator(expression))(point)
    return point.memory[key]


@lru_cache(maxsize=2**12)
def in_order(expression: Expr, but: tuple = ()) -> tuple:
    """The symbols that an expression looks up, but for some, always in the same order."""
    return tuple(sorted(reach(expression) - {*but}, key=srepr))


def integer(expression: Expr, point: Point) -> int:
    """The value of an index or a bound."""
    return _index(expression)(point)


@lru_cache(maxsize=2**14)
def evaluator(expression: Expr) -> Evaluator:
    """The function of a point that an expression is."""
    return _evaluator(expression)


@lru_cache(maxsize=2**12)
def _index(expression):
    if expression.is_Integer:
        number = int(expression)
        return lambda point: number
    if isinstance(expression, Symbol) and expression.is_integer:
        return lambda point: point.indices[expression]
    evaluate = evaluator(expression)
    return lambda point: evaluate(point).whole()


@singledispatch
def _evaluator(expression) -> Evaluator:
    raise TypeError(f"the checker does not know how to evaluate {type(expression).__name__}: {expression}")


@_evaluator.register
def _number(expression: Rational):
    number = fmpq(int(expression.p), int(expression.q))
    if number.q != 1:
        return lambda point: point.number(number)  # as a ball it depends on the precision
    exact = Jet(arb(int(expression.p)))
    return lambda point: exact if point.number is Jet else point.number(number)


@_evaluator.register
def _constant(expression: NumberSymbol):
    if expression not in (E, pi):
        raise TypeError(f"the checker does not know how to evaluate {type(expression).__name__}: {expression}")
    return lambda point: point.number(1).exp() if expression is E else point.number(arb.pi())


@_evaluator.register
def _symbol(expression: Symbol):
    def evaluate(point):
        found = point.indices.get(expression)
        return point.entries[expression]((), point) if found is None else point.number(found)

    return evaluate


@_evaluator.register
def _entry(expression: Indexed):
    base, places = expression.base, tuple(map(_index, expression.indices))
    return lambda point: point.entries[base](tuple([place(point) for place in places]), point)


@_evaluator.register
def _sum_of_terms(expression: Add):
    terms = tuple(map(evaluator, expression.args))
    return lambda point: reduce(add, [term(point) for term in terms])


@_evaluator.register
def _product_of_factors(expression: Mul):
    """A product. By convention 0 log 0 = 0, and 0 log(0/0) = 0: a weight that is exactly 0 silences the logarithm of
    exactly 0, whatever 0 is divided by.
    """
    logs = [factor for factor in expression.args if isinstance(factor, log)]
    logarithms = [(evaluator(_numerator(factor.args[0])), evaluator(factor)) for factor in logs]
    divisors = [evaluator(factor.base) for factor in expression.args if _is_divisor(factor)]
    others = [factor for factor in expression.args if not isinstance(factor, log) and not _is_divisor(factor)]
    factors = list(map(evaluator, others))

    def evaluate(point):
        found, logarithm_of_zero = [factor(point) for factor in factors], False
        for numerator, logarithm in logarithms:
            if numerator(point).is_zero():
                logarithm_of_zero = True
            else:
                found.append(logarithm(point))
        total = reduce(mul, found) if found else point.number(1)
        for divisor in divisors:
            total = total.over(divisor(point))
        if logarithm_of_zero:
            return point.number(0 if total.is_zero() else "nan")
        return total

    return evaluate


def _numerator(expression):
    """What stands above the fraction line."""
    return Mul(*(factor for factor in Mul.make_args(expression) if not _is_divisor(factor)))


def _is_divisor(factor):
    return isinstance(factor, Pow) and factor.exp == -1


@_evaluator.register
def _sum_or_product(expression: Sum | Product):
    *inner, (index, lower, upper) = expression.limits
    body = evaluator(expression.func(expression.function, *inner) if inner else expression.function)
    first, last, adds = _index(lower), _index(upper), isinstance(expression, Sum)

    def evaluate(point):
        places = range(first(point), last(point) + 1)
        if len(places) > MOST_TERMS:
            raise ValueError(f"expected at most {MOST_TERMS} terms, found {len(places)} in {expression}")
        found = [body(point.at(index, place)) for place in places]
        return reduce(add if adds else mul, found) if found else point.number(0 if adds else 1)

    costly = expression.function.has(Sum, Product, Quantity)
    return (lambda point: remembered(expression, point, evaluate)) if costly else evaluate


@_evaluator.register
def _function(expression: exp | log | sin | cos):
    argument, apply = evaluator(expression.args[0]), methodcaller(expression.func.__name__)
    return lambda point: apply(argument(point))


@_evaluator.register
def _indicator(expression: Indicator):
    argument = evaluator(expression.args[0])
    return lambda point: indicated(argument(point))


@_evaluator.register
def _power(expression: Pow):
    base, exponent = evaluator(expression.base), evaluator(expression.exp)
    return lambda point: base(point).power(exponent(point))


@_evaluator.register
def _factorial(expression: factorial):
    number = _index(expression.args[0])

    def evaluate(point):
        whole = number(point)
        return point.number(reduce(mul, range(1, whole + 1), 1) if whole >= 0 else "nan")

    return evaluate


@_evaluator.register
def _kronecker_delta(expression: KroneckerDelta):
    left, right = map(_index, expression.args)
    return lambda point: point.number(int(left(point) == right(point)))


@_evaluator.register
def _derivative(expression: Derivative):
    body, variables = evaluator(expression.expr), [_variable(variable) for variable in expression.variables]

    def evaluate(point):
        mask, at = 0, point
        for root, places in variables:
            if root in point.indices:
                return point.number("nan")  # a whole number: there is no slope by it
            mask |= 1 << at.depth
            at = at.moved(root, tuple(place(point) for place in places))
        return body(at._replace(home=point.home or point)).coefficient(mask)

    return evaluate


def _variable(variable):
    root = variable.base if isinstance(variable, Indexed) else variable
    return root, tuple(map(_index, getattr(variable, "indices", ())))


@_evaluator.register
def _integral(expression: Integral):
    *inner, (variable, lower, upper) = expression.limits
    body = evaluator(expression.func(expression.function, *inner) if inner else expression.function)
    ends = evaluator(lower), evaluator(upper)

    def evaluate(point):
        def along(ball):
            return body(point.within({variable: Constant(Jet(ball))})._replace(memory={}))

        low, high = (end(point) for end in ends)
        masks = {0, *along(low.ball.union(high.ball)).parts}
        parts = {mask: integral(lambda ball, mask=mask: along(ball).part(mask), low.ball, high.ball) for mask in masks}
        moving = {mask for end in (low, high) for mask in end.parts if mask}  # by how much an end moves is not followed
        return Jet(parts | dict.fromkeys(moving, arb("nan")))

    return evaluate


@_evaluator.register
def _largest(expression: Max):
    arguments = [evaluator(argument) for argument in expression.args]
    return lambda point: reduce(larger, [argument(point) for argument in arguments])


@_evaluator.register
def _rounded(expression: Rounded):
    argument = evaluator(expression.args[0])
    return lambda point: argument(point).stepped(rounded)


@_evaluator.register
def _quantity(expression: Quantity):
    definition = type(expression).definition
    if len(expression.args) != len(definition.parameters):
        raise TypeError(f"{definition.id} takes {len(definition.parameters)} arguments, found {expression}")
    call = _call(expression)
    return lambda point: call((), point)


@lru_cache(maxsize=2**12)
def _call(quantity):
    """A quantity with some or all of its arguments, as a function of the indices that are missing and a point."""
    definition = type(quantity).definition
    head, parameters, free = definition.head, definition.parameters, in_order(definition.body, definition.parameters)
    given = [_argument(parameter, argument) for parameter, argument in zip(parameters, quantity.args)]

    def evaluate(indices, point):
        bound = (*[argument(point) for argument in given], *indices)
        key = (ctx.prec, head, tuple(map(point.told, bound)), point.look_up(free))
        found = point.memory.get(key)
        if found is None:
            found = point.memory[key] = value(definition.body, point.within(dict(zip(parameters, bound))))
        return found

    return evaluate


def _argument(parameter, argument):
    """What a parameter is bound to at a point: an integer for an index,
    and something that gives entries for all else.
    """
    if isinstance(parameter, IndexedBase):
        return _vector(argument)
    if parameter.is_integer:
        return _index(argument)
    evaluate, bare = evaluator(argument), isinstance(argument, Symbol)
    return lambda point: (
        point.entries[argument] if bare and argument not in point.indices else Constant(evaluate(point)))


def _vector(argument):
    if isinstance(argument, IndexedBase):
        return lambda point: point.entries[argument]
    if isinstance(argument, Indexed):
        base, places = _vector(argument.base), tuple(map(_index, argument.indices))
        return lambda point: Row(base(point), tuple(place(point) for place in places))
    if not isinstance(argument, Quantity):
        return lambda point: nothing
    call, roots = _call(argument), in_order(argument)
    return lambda point: Called(call, point, point.look_up(roots))
