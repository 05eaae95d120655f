"""Laws about the indices of sums: how they are called, and which sums run over the same."""

from sympy import Add, Eq, S, Sum, Symbol

from ..laws import A, B, FreeOf, c, i, j, r, s, states
from ..terms import (
    BIG_OPERATORS, RuleDoesNotApply, bound_indices, member, reach, rewrite, substitute, symbols_of_bounds,
)  # fmt: skip


@states(Eq(Sum(A[i], (i, r, s)), Sum(A[j], (j, r, s))), FreeOf(A[i], j))
def rename_index(expression, index, name):
    """sum_i a_i = sum_j a_j, for an index j that does not occur in a_i; likewise for a product."""

    def law(part):
        if not isinstance(part, BIG_OPERATORS) or index not in bound_indices(part):
            return None
        # Also where only the definition of a quantity brings it along, and where another of its indices has it.
        if name in reach(part.function) | symbols_of_bounds(part.limits) | set(bound_indices(part)):
            raise RuleDoesNotApply(f"expected a name that does not occur in {part}, found {name}")
        if index in symbols_of_bounds(part.limits):
            raise RuleDoesNotApply(f"expected {index} in no bound of {part}; sum over one index at a time")
        limits = [(name if bound == index else bound, *ends) for bound, *ends in part.limits]
        return part.func(substitute(part.function, {index: name}), *limits)

    if not (isinstance(name, Symbol) and name.is_integer):
        raise RuleDoesNotApply(f"expected the name of an index, which is a whole number, found {name}")
    return rewrite(expression, law, "a sum or product over {}", index)


@states(
    Eq(Sum(A[i], (i, r, s)) + c * Sum(B[i], (i, r, s)), Sum(A[i] + c * B[i], (i, r, s))), member(c, S.Rationals)
)
def merge_sums(expression):
    """sum_i a_i + c sum_i b_i = sum_i (a_i + c b_i), for a number c: sums over the same indices are one sum."""

    def law(part):
        if not isinstance(part, Add):
            return None
        alike = {}
        for term in part.args:
            number, total = term.as_coeff_Mul()
            if isinstance(total, Sum):
                alike.setdefault(total.limits, []).append((number, total))
        limits, sums = next(((limits, sums) for limits, sums in alike.items() if len(sums) > 1), (None, ()))
        if limits is None:
            return None
        rest = [term for term in part.args if term not in [number * total for number, total in sums]]
        return Add(Sum(Add(*(number * total.function for number, total in sums)), *limits), *rest)

    return rewrite(expression, law, "two sums over the same indices")
