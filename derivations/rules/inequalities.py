"""Inequalities, applied only where the expression grows with the part that grows."""

from sympy import Add, Mul, Sum, log

from ..terms import RuleDoesNotApply


def _increase(part, bound):
    """Replace every logarithm that stands in an increasing place; refuse one that stands anywhere else."""
    if isinstance(part, log):
        return bound(part)
    if isinstance(part, Add):
        return Add(*(_increase(term, bound) for term in part.args))
    if isinstance(part, Sum):
        return Sum(_increase(part.function, bound), *part.limits)
    if isinstance(part, Mul):
        weights = [factor for factor in part.args if not factor.has(log)]
        growing = [factor for factor in part.args if factor.has(log)]
        if len(growing) == 1 and not part.as_coeff_Mul()[0].is_negative:
            return Mul(*weights, _increase(growing[0], bound))
    if part.has(log):
        raise RuleDoesNotApply(f"expected a logarithm with weights that are not negative, found {part}")
    return part


def log_below_tangent(expression, *kept):
    """log u <= u - 1 for u > 0, under weights that are not negative; the logarithms in `kept` stay as they are."""
    new = _increase(expression, lambda part: part if part.args[0] in kept else part.args[0] - 1)
    if new == expression:
        raise RuleDoesNotApply(f"expected a logarithm to bound, found none in {expression}")
    return new


log_below_tangent.relation = "<="
