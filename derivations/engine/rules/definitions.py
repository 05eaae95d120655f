"""Naming: a defined quantity is unfolded into its definition, folded back, and a derived result is cited."""

from collections import Counter

from sympy import Derivative, Eq

from ..laws import E, a, b, f, q, states, x
from ..terms import (
    RuleDoesNotApply, free_symbols, partial, refuse_bound, refuse_slopes, replace_term, rewrite, same, substitute,
)  # fmt: skip


def _place(source, left, mapping=None):
    """What refuses a place where a cited result does not hold: where a sum or an integral binds that of which its
    hypotheses say one value, or under a derivative by what one of them is about. The value that an equation gives to
    something may vary where neither side of the result has that.
    """
    mapping = {old: new for old, new in (mapping or {}).items() if old != new}
    chosen = {index for given in source.hypotheses for index in given.chosen}
    if moved := chosen & set(mapping):
        raise RuleDoesNotApply(f"expected {moved.pop()} to stay: {source.id} holds for one value of it")
    held = chosen.union(*(given.at((mapping,)).letters for given in source.hypotheses))
    free = free_symbols(left) | free_symbols(source.result)
    fixed = [(given.statement if free & free_symbols(given.fixed) else given.fixed) for given in source.hypotheses
             if given.fixes]  # fmt: skip
    fixed = [substitute(statement, mapping) for statement in fixed]

    def refuse(above):
        refuse_bound(held, above)
        for statement in fixed:
            refuse_slopes(statement, [operator for operator in above if isinstance(operator, Derivative)])

    return refuse


def _places(source, expression):
    """The same for each quantity of an expression that is unfolded."""
    parameters = _definition(source).parameters
    given = [dict(zip(parameters, part.args)) for part in expression.atoms(_definition(source).head)]
    refusing = [_place(source, source.name, at) for at in given]
    return lambda above: [refuse(above) for refuse in refusing]


def _definition(source):
    return getattr(source, "named", None) or source


def _instance(source, arguments):
    """Name and value of a named quantity at the given arguments."""
    parameters = _definition(source).parameters
    if len(arguments) != len(parameters):
        raise RuleDoesNotApply(f"{source.id} takes the arguments {parameters}, found {arguments}")
    return source(*arguments), substitute(source.result, dict(zip(parameters, arguments)))


@states(Eq(q(a), f(a)), Eq(q(x), f(x)))
def unfold(expression, source):
    """q(a) = b, where b is the expression that defines q, or that a derivation found for it, at a."""

    def law(part):
        if type(part) is _definition(source).head and len(part.args) == len(_definition(source).parameters):
            return _instance(source, part.args)[1]
        return None

    sought = f"the quantity {_definition(source).symbol} of {source.id}"
    return rewrite(expression, law, sought, place=_places(source, expression))


@states(Eq(f(a), q(a)), Eq(q(x), f(x)))
def fold(expression, source, *arguments):
    """b = q(a), where b is the expression that defines q, or that a derivation found for it, at a."""
    parameters = _definition(source).parameters
    name, value = _instance(source, arguments or parameters)
    return replace_term(expression, value, name, _place(source, source.name, dict(zip(parameters, arguments))))


@states(Eq(E(b), E(a)), Eq(a, b))
def recognise(expression, source, instance=None):
    """b = a, where a derivation found that its starting expression a equals b, at the given instance of its symbols."""
    return replace_term(expression, *reversed(_equation(source, instance)), _place(source, source.start, instance))


@states(Eq(E(a), E(b)), Eq(a, b))
def cite(expression, source, *instances):
    """a = b, where a derivation found that its starting expression a equals b,
    at the given instances of its symbols.
    """
    for instance in instances or [None]:
        left, right = _equation(source, instance)
        sought = f"the left-hand side of {source.id}, {{}}"
        place = _place(source, source.start, instance)
        expression = rewrite(expression, lambda part, *, at=(left, right, place): _cited(part, *at), sought, left,
                             place=place)  # fmt: skip
    return expression


def _cited(part, left, right, place):
    if same(part, left):
        return right
    if isinstance(part, Derivative) and isinstance(left, Derivative) and same(part.expr, left.expr):
        others, taken = Counter(part.variables), Counter(left.variables)
        if not taken - others:
            new = partial(right, *(others - taken).elements())
            place((new,))
            return new
    return None


def _equation(source, instance):
    if source.relation != "=":
        raise RuleDoesNotApply(f"expected an equality to cite, found that {source.id} is an inequality")
    return [substitute(side, instance or {}) for side in (source.start, source.result)]
