"""Laws of differentiation for functions beside the exponential and the logarithm, and for products over an index."""

from sympy import Add, Eq, KroneckerDelta, Max, Mul, Ne, Pow, Product, S, Sum, cos, expand_mul, log, sin

from ..laws import A, E, FreeOf, a, b, c, d, i, j, r, s, states, u, v, x
from ..nodes import Indicator
from ..terms import (
    RuleDoesNotApply, bound_indices, depends_on, free_symbols, fresh, partial, reach, replace_term, rewrite,
    rewrite_slopes, substitute, symbols_of_bounds,
)  # fmt: skip


@states(
    Eq(partial(Max(u, v), x), Indicator(u - v) * partial(u, x) + Indicator(v - u) * partial(v, x)), Ne(u, v)
)
def derivative_of_larger(expression):
    """d(max(u, v))/dx = 1[u > v] du/dx + 1[v > u] dv/dx, where u is not v; likewise for more numbers, no two equal."""

    def law(largest, variable):
        slopes = [
            Mul(*(_larger(one, other) for other in largest.args if other != one), partial(one, variable))
            for one in largest.args
            if depends_on(one, variable)
        ]
        return Add(*slopes)

    return rewrite_slopes(expression, Max, law, "the derivative of the larger of some numbers")


def _larger(one, other):
    """1[u > v]; a positive number before the difference does not matter: u > -u where u > 0."""
    return Indicator((one - other).primitive()[1])


@states(Eq(E(c * Max(a, b) + d), E(Max(c * a + d, c * b + d))), c >= 0)
def into_larger(expression, part):
    """c max(a, b) + d = max(c a + d, c b + d), for c that is not negative, for the given part; of one with a minus
    before c, likewise with all signs changed.
    """
    term = next((term for term in Add.make_args(part) if _largest_in(term) is not None), None)
    if term is None:
        raise RuleDoesNotApply(f"expected a multiple of the larger of some numbers and terms beside it, found {part}")
    largest = _largest_in(term)
    times, rest = term / largest, part - term
    sign = -1 if times.could_extract_minus_sign() else 1
    made = sign * Max(*(expand_mul(sign * (times * one + rest)) for one in largest.args))
    return replace_term(expression, part, made)


def _largest_in(term):
    """The one factor of a term that is the larger of some numbers."""
    found = [factor for factor in Mul.make_args(term) if isinstance(factor, Max)]
    return found[0] if len(found) == 1 else None


@states(Eq(E(Max(c * a, c * b)), E(c * Max(a, b))), c >= 0)
def out_of_larger(expression, factor):
    """max(c a, c b) = c max(a, b), for the given c that is not negative."""

    def law(part):
        return Mul(factor, Max(*(one / factor for one in part.args))) if isinstance(part, Max) else None

    return rewrite(expression, law, "the larger of some numbers")


@states(Eq(E(Max(a, -Max(-a, b))), E(a)))
def absorb_smaller(expression):
    """max(a, -max(-a, b)) = a: minus the larger of -a and b is at most a."""

    def law(part):
        if not isinstance(part, Max):
            return None
        kept = [one for one in part.args
                if not any(-other in part.args for other in (-one).args if isinstance(-one, Max))]  # fmt: skip
        return Max(*kept) if len(kept) < len(part.args) else None

    return rewrite(expression, law, "the larger of a number and the smaller of it and another")


@states(Eq(E(Max(a, -Max(-Max(a, b), d))), E(Max(a, -Max(-b, d)))))
def absorb_larger(expression):
    """max(a, -max(-max(a, b), d)) = max(a, -max(-b, d)): where b is at most a, both are a."""

    def law(part):
        if not isinstance(part, Max):
            return None
        new = Max(*(_without(one, part.args) for one in part.args))
        return new if new != part else None

    return rewrite(expression, law, "the larger of a number and the smaller of it or more, and another")


def _without(smaller, absorbed):
    """The smaller of some numbers, without what is absorbed where one of them is the larger of it and others."""
    if not isinstance(-smaller, Max):
        return smaller
    inner = [[part for part in (-one).args if part not in absorbed] if isinstance(-one, Max) else [-one]
             for one in (-smaller).args]  # fmt: skip
    return -Max(*(-Max(*parts) for parts in inner)) if all(inner) else smaller


@states(Eq(partial(Indicator(u), x), 0), Ne(u, 0))
def derivative_of_indicator(expression):
    """d(1[u > 0])/dx = 0, where u is not 0."""
    return rewrite_slopes(expression, Indicator, lambda *_: S.Zero, "the derivative of an indicator")


@states(Eq(partial(u**v, x), u**v * (log(u) * partial(v, x) + v * partial(u, x) / u)), u > 0)
def derivative_of_any_power(expression):
    """d(u^v)/dx = u^v (log u dv/dx + (v/u) du/dx), for u > 0."""

    def law(power, variable):
        base, exponent = power.base, power.exp
        if not depends_on(exponent, variable):
            return None
        above = Mul(log(base), partial(exponent, variable))
        if not depends_on(base, variable):
            return Mul(power, above)
        return Mul(power, Add(above, Mul(exponent, partial(base, variable), 1 / base)))

    return rewrite_slopes(expression, Pow, law, "the derivative of a power whose exponent depends on the variable")


@states(Eq(partial(sin(u), x), cos(u) * partial(u, x)))
def derivative_of_sine(expression):
    """d(sin u)/dx = cos u du/dx."""
    return rewrite_slopes(
        expression, sin, lambda wave, variable: cos(wave.args[0]) * partial(wave.args[0], variable),
        "the derivative of a sine",
    )  # fmt: skip


@states(Eq(partial(cos(u), x), -sin(u) * partial(u, x)))
def derivative_of_cosine(expression):
    """d(cos u)/dx = -sin u du/dx."""
    return rewrite_slopes(
        expression, cos, lambda wave, variable: Mul(-1, sin(wave.args[0]), partial(wave.args[0], variable)),
        "the derivative of a cosine",
    )  # fmt: skip


@states(
    Eq(
        partial(Product(A[i], (i, r, s)), x),
        Sum(partial(A[i], x) * Product(A[j] ** (1 - KroneckerDelta(i, j)), (j, r, s)), (i, r, s)),
    ),
    FreeOf(x, i),
)
def differentiate_product(expression):
    """d/dx prod_i a_i = sum_i da_i/dx prod_j a_j^(1 - delta_ij): in each term all factors but one stay; 0^0 = 1.

    x must not carry the index that the product binds. Of a product over several indices, i is the outermost.
    """

    def law(product, variable):
        if set(bound_indices(product)) & free_symbols(variable):
            raise RuleDoesNotApply(f"{variable} carries an index that {product} binds; differentiate by a fresh index")
        *inner, (index, lower, upper) = product.limits  # the outermost index is the last
        factor = Product(product.function, *inner) if inner else product.function
        beside = symbols_of_bounds(product.limits) | free_symbols(variable) | {index}
        other = fresh(index, reach(product.function) | beside)
        stays = substitute(factor, {index: other}) ** (1 - KroneckerDelta(index, other))
        rest = Product(stays, (other, lower, upper))
        return Sum(partial(factor, variable) * rest, (index, lower, upper))

    return rewrite_slopes(expression, Product, law, "the derivative of a product over an index")
