"""Laws of finite sums and products over an index."""

from sympy import Add, Eq, Integer, KroneckerDelta, Mul, Or, Product, Range, S, Sum

from ..laws import A, B, FreeOf, a, c, g, h, i, j, k, m, r, s, states, t, w
from ..terms import (
    BIG_OPERATORS, RuleDoesNotApply, free_symbols, member, refuse_below, replace_term, rewrite, substitute,
    symbols_of_bounds,
)  # fmt: skip


def _nest(operator, function, limits):
    return operator(function, *limits) if limits else function


@states(
    Eq(Sum(A[i] + c * B[i], (i, r, s)), Sum(A[i], (i, r, s)) + c * Sum(B[i], (i, r, s))), member(c, S.Rationals)
)
def linearity_of_sum(expression):
    """sum_i (a_i + c b_i) = sum_i a_i + c sum_i b_i, for a number c."""

    def law(part):
        if isinstance(part, Sum) and isinstance(part.function, Add):
            terms = (term.as_coeff_Mul() for term in part.function.args)
            return Add(*(number * Sum(term, *part.limits) for number, term in terms))
        return None

    return rewrite(expression, law, "a sum over an index of several terms")


@states(Eq(Sum(c * A[i], (i, r, s)), c * Sum(A[i], (i, r, s))), FreeOf(c, i))
def factor_out_of_sum(expression):
    """sum_i c a_i = c sum_i a_i, for every factor c that is free of the innermost index i."""

    def law(part):
        if not isinstance(part, Sum):
            return None
        index = part.limits[0][0]
        factors = Mul.make_args(part.function)
        constant = [factor for factor in factors if index not in free_symbols(factor)]
        if not constant:
            return None
        rest = Mul(*(factor for factor in factors if index in free_symbols(factor)))
        inner = Mul(*constant, Sum(rest, part.limits[0]))
        return _nest(Sum, inner, part.limits[1:])

    return rewrite(expression, law, "a sum with a factor that is free of its index")


@states(Eq(c * Sum(A[i], (i, r, s)), Sum(c * A[i], (i, r, s))), FreeOf(c, i))
def factor_into_sum(expression, constant=None):
    """c sum_i a_i = sum_i c a_i, for the outermost index i, which must not occur in c:
    all factors before the sum, or the given one.
    """

    def law(part):
        sums = [factor for factor in Mul.make_args(part) if isinstance(factor, Sum)]
        if len(sums) != 1 or part == sums[0]:
            return None
        total, factors = sums[0], [factor for factor in part.args if factor != sums[0]]
        moved = factors if constant is None else [constant]
        if any(factor not in factors for factor in moved):
            return None
        *inner, outer = total.limits
        if any(outer[0] in free_symbols(factor) for factor in moved):
            raise RuleDoesNotApply(f"the index {outer[0]} of the sum occurs in a factor before it; rename it first")
        stays = [factor for factor in factors if factor not in moved]
        return Mul(*stays, Sum(Mul(*moved, _nest(Sum, total.function, inner)), outer))

    return rewrite(
        expression,
        law,
        "a factor before a sum over an index" if constant is None else f"the factor {constant} before a sum",
    )


@states(Eq(Sum(A[i] * KroneckerDelta(i, j), (i, r, s)), A[j]), r <= j, j <= s)
@states(Eq(Product(A[i] ** (B[i] * KroneckerDelta(i, j)), (i, r, s)), A[j] ** B[j]), r <= j, j <= s)
def sift_kronecker_delta(expression):
    """sum_i a_i delta_ij = a_j, and prod_i a_i^(b_i delta_ij) = a_j^b_j, for lower <= j <= upper; 0^0 = 1."""

    def law(part):
        if not isinstance(part, BIG_OPERATORS):
            return None
        is_sum = isinstance(part, Sum)
        base, body = (None, part.function) if is_sum else part.function.as_base_exp()
        factors = Mul.make_args(body)
        for index, lower, _ in part.limits:
            for delta in factors:
                if not isinstance(delta, KroneckerDelta) or index not in delta.args:
                    continue
                other = delta.args[1] if delta.args[0] == index else delta.args[0]
                others = Mul(*(factor for factor in factors if factor != delta))
                rest = others if is_sum else base**others
                limits = [limit for limit in part.limits if limit[0] != index]
                if index in symbols_of_bounds(limits):
                    raise RuleDoesNotApply(f"a bound of {part} depends on {index}")
                refuse_below(lower, other)
                return _nest(part.func, substitute(rest, {index: other}), limits)
        return None

    return rewrite(expression, law, "a sum over an index of a Kronecker delta of that index")


@states(Eq(A[j], Sum(KroneckerDelta(i, j) * A[i], (i, 1, s))), member(j, Range(1, s + 1)), FreeOf(A[j], i))
def spread_over_delta(expression, term, value, index, upper):
    """a_j = sum_i delta_ij a_i, over an index i from 1 to an upper bound that j does not pass:
    j is the given value in the given term.
    """
    if index in free_symbols(term):
        raise RuleDoesNotApply(f"the index {index} occurs in {term} already")
    exchanged = substitute(term, {value: index})
    if exchanged == term:
        raise RuleDoesNotApply(f"expected a term with {value}, found {term}")
    return replace_term(expression, term, Sum(KroneckerDelta(index, value) * exchanged, (index, 1, upper)))


@states(Eq(KroneckerDelta(i, j) * A[j], KroneckerDelta(i, j) * A[i]))
def substitute_by_delta(expression):
    """delta_ij a_j = delta_ij a_i: where i and j are equal, either may stand for the other;
    the later letter gives way.
    """

    def law(part):
        for delta in (factor for factor in Mul.make_args(part) if isinstance(factor, KroneckerDelta)):
            kept, gone = sorted(delta.args, key=str)  # a number stands before every letter
            rest = Mul(*(factor for factor in Mul.make_args(part) if factor != delta))
            if gone in free_symbols(rest):
                return delta * substitute(rest, {gone: kept})
        return None

    return rewrite(expression, law, "a Kronecker delta beside a term with one of its indices")


@states(
    Eq(Sum(A[k], (k, r, s)), A[m] + Sum((1 - KroneckerDelta(k, m)) * A[k], (k, r, s))), r <= m, m <= s, FreeOf(m, k)
)
def take_out_term(expression, index, value):
    """sum_k a_k = a_m + sum_{k other than m} a_k, for a given value m of the index k that is within its bounds."""
    if index in free_symbols(value):
        raise RuleDoesNotApply(f"the value {value} has the name of the index that the sum binds; rename it first")

    def law(part):
        if not isinstance(part, Sum) or len(part.limits) > 1 or part.limits[0][0] != index:
            return None
        refuse_below(part.limits[0][1], value)
        return substitute(part.function, {index: value}) + Sum(
            (1 - KroneckerDelta(index, value)) * part.function, *part.limits
        )

    return rewrite(expression, law, f"a sum over {index}")


def _swapped(part, operator):
    if isinstance(part, operator) and len(part.limits) == 2:
        inner, outer = part.limits
        clash = {inner[0], outer[0]} & symbols_of_bounds(part.limits)
        return None if clash else operator(part.function, outer, inner)
    return None


@states(
    Eq(Sum(A[i, k], (k, t, w), (i, r, s)), Sum(A[i, k], (i, r, s), (k, t, w))),
    FreeOf(t, i),
    FreeOf(w, i),
    FreeOf(r, k),
    FreeOf(s, k),
)
def swap_sums(expression):
    """sum_i sum_k a_ik = sum_k sum_i a_ik, for bounds that are free of the other index."""
    return rewrite(expression, lambda part: _swapped(part, Sum), "a double sum")


def _reordered(expression, operator, indices):
    """The sums or products over the given indices in that order, outermost first."""

    def law(part):
        if not isinstance(part, operator) or {limit[0] for limit in part.limits} != set(indices):
            return None
        if set(indices) & symbols_of_bounds(part.limits):
            raise RuleDoesNotApply(f"a bound of {part} depends on another index")
        return operator(part.function, *sorted(part.limits, key=lambda limit: indices.index(limit[0]), reverse=True))

    return rewrite(expression, law, f"a {operator.__name__.lower()} over {', '.join(map(str, indices))}")


@states(
    Eq(Sum(A[i, j, k], (k, t, w), (j, g, h), (i, r, s)), Sum(A[i, j, k], (j, g, h), (i, r, s), (k, t, w))),
    *(FreeOf(bound, j, k) for bound in (r, s)),
    *(FreeOf(bound, i, k) for bound in (g, h)),
    *(FreeOf(bound, i, j) for bound in (t, w)),
)
def reorder_sums(expression, *indices):
    """sum_i sum_f sum_h a_ifh = sum_h sum_i sum_f a_ifh, in the given order, outermost first,
    for bounds that are free of the other indices.
    """
    return _reordered(expression, Sum, indices)


@states(
    Eq(Product(A[i, j, k], (k, t, w), (j, g, h), (i, r, s)), Product(A[i, j, k], (j, g, h), (i, r, s), (k, t, w))),
    *(FreeOf(bound, j, k) for bound in (r, s)),
    *(FreeOf(bound, i, k) for bound in (g, h)),
    *(FreeOf(bound, i, j) for bound in (t, w)),
)
def reorder_products(expression, *indices):
    """prod_i prod_f prod_h a_ifh = prod_h prod_i prod_f a_ifh, in the given order, outermost first,
    for bounds that are free of the other indices.
    """
    return _reordered(expression, Product, indices)


@states(
    Eq(Product(A[i, k], (k, t, w), (i, r, s)), Product(A[i, k], (i, r, s), (k, t, w))),
    FreeOf(t, i),
    FreeOf(w, i),
    FreeOf(r, k),
    FreeOf(s, k),
)
def swap_products(expression):
    """prod_i prod_k a_ik = prod_k prod_i a_ik, for bounds that are free of the other index."""
    return rewrite(expression, lambda part: _swapped(part, Product), "a double product")


@states(
    Eq(Product(a ** B[i], (i, r, s)), a ** Sum(B[i], (i, r, s))), a >= 0, Or(a > 0, B[i] >= 0), FreeOf(a, i)
)
def product_of_powers(expression):
    """prod_i a^b_i = a^(sum_i b_i), for a >= 0 that is free of the innermost index i,
    with b_i >= 0 unless a > 0; 0^0 = 1. Where no power is written, a is a^1.
    """

    def law(part):
        base, exponent = part.function.as_base_exp() if isinstance(part, Product) else (None, None)
        if base is None or part.limits[0][0] in free_symbols(base):
            return None
        return _nest(Product, base ** Sum(exponent, part.limits[0]), part.limits[1:])

    return rewrite(expression, law, "a product over an index of powers of one base")


@states(Eq(Sum(c, (i, r, s)), (s - r + 1) * c), FreeOf(c, i))
def sum_of_constant(expression):
    """sum_i c = (s - r + 1) c, for an index i from r to s and c free of i."""

    def law(part):
        if not isinstance(part, Sum) or len(part.limits) > 1:
            return None
        index, lower, upper = part.limits[0]
        return None if index in free_symbols(part.function) else (upper - lower + 1) * part.function

    return rewrite(expression, law, "a sum over an index of a term that is free of it")


@states(Eq(Sum(A[k], (k, 1, 2)), A[1] + A[2]))
@states(Eq(Product(A[k], (k, 1, 2)), A[1] * A[2]))
def write_out(expression):
    """sum_{k=1}^2 a_k = a_1 + a_2, and likewise for a product:
    an operator over a fixed number of terms is written out.
    """

    def law(part):
        if not isinstance(part, BIG_OPERATORS):
            return None
        (index, lower, upper), rest = part.limits[0], part.limits[1:]
        if not (isinstance(lower, Integer) and isinstance(upper, Integer)):
            return None
        terms = [substitute(part.function, {index: Integer(value)}) for value in range(lower, upper + 1)]
        operation = Add if isinstance(part, Sum) else Mul
        return _nest(part.func, operation(*terms), rest)

    return rewrite(expression, law, "a sum or product over a fixed number of terms")
