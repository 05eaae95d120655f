"""Laws of differentiation for functions beside the exponential and the logarithm, and for products over an index."""

from sympy import Add, Eq, KroneckerDelta, Max, Mul, Ne, Pow, Product, S, Sum, cos, log, sin

from ..laws import A, FreeOf, i, j, r, s, states, u, v, x
from ..nodes import Indicator
from ..terms import (
    RuleDoesNotApply, bound_indices, depends_on, free_symbols, fresh, partial, reach, rewrite_slopes, substitute,
    symbols_of_bounds,
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

    x must not carry the index that the product binds.
    """

    def law(product, variable):
        if set(bound_indices(product)) & free_symbols(variable):
            raise RuleDoesNotApply(f"{variable} carries an index that {product} binds; differentiate by a fresh index")
        if len(product.limits) > 1:
            raise RuleDoesNotApply(f"expected a product over one index, found {product}")
        ((index, lower, upper),) = product.limits
        beside = symbols_of_bounds(product.limits) | free_symbols(variable) | {index}
        other = fresh(index, reach(product.function) | beside)
        stays = substitute(product.function, {index: other}) ** (1 - KroneckerDelta(index, other))
        rest = Product(stays, (other, lower, upper))
        return Sum(partial(product.function, variable) * rest, (index, lower, upper))

    return rewrite_slopes(expression, Product, law, "the derivative of a product over an index")
