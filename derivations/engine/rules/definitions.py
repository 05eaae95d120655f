"""Naming: a defined quantity is unfolded into its definition, folded back, and a derived result is cited."""

from sympy import Derivative, Eq

from ..laws import E, a, b, f, q, states, x
from ..terms import RuleDoesNotApply, partial, replace_term, rewrite, same, substitute


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

    return rewrite(expression, law, f"the quantity {_definition(source).symbol} of {source.id}")


@states(Eq(f(a), q(a)), Eq(q(x), f(x)))
def fold(expression, source, *arguments):
    """b = q(a), where b is the expression that defines q, or that a derivation found for it, at a."""
    name, value = _instance(source, arguments or _definition(source).parameters)
    return replace_term(expression, value, name)


@states(Eq(E(b), E(a)), Eq(a, b))
def recognise(expression, source, instance=None):
    """b = a, where a derivation found that its starting expression a equals b, at the given instance of its symbols."""
    return replace_term(expression, *reversed(_equation(source, instance)))


@states(Eq(E(a), E(b)), Eq(a, b))
def cite(expression, source, *instances):
    """a = b, where a derivation found that its starting expression a equals b,
    at the given instances of its symbols.
    """
    for instance in instances or [None]:
        left, right = _equation(source, instance)
        sought = f"the left-hand side of {source.id}, {{}}"
        expression = rewrite(expression, lambda part, a=left, b=right: _cited(part, a, b), sought, left)
    return expression


def _cited(part, left, right):
    if same(part, left):
        return right
    if isinstance(part, Derivative) and isinstance(left, Derivative) and same(part.expr, left.expr):
        others = list(part.variables)
        if all(variable in others for variable in left.variables):
            for variable in left.variables:
                others.remove(variable)
            return partial(right, *others)
    return None


def _equation(source, instance):
    if source.relation != "=":
        raise RuleDoesNotApply(f"expected an equality to cite, found that {source.id} is an inequality")
    return [substitute(side, instance or {}) for side in (source.start, source.result)]
