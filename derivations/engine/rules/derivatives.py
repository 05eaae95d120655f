"""Laws of differentiation, for finite sums and differentiable terms. None of them asks SymPy to differentiate."""

from sympy import Add, Contains, Derivative, Eq, Indexed, KroneckerDelta, Mul, Ne, Or, Pow, S, Sum, exp, log

from ..laws import A, FreeOf, U, X, a, b, c, f, i, j, k, r, s, states, u, v, x
from ..terms import (
    RuleDoesNotApply,
    bound_indices,
    depends_on,
    entry,
    free_symbols,
    fresh,
    member,
    partial,
    rewrite_slopes,
    substitute,
)


@states(Eq(partial(Sum(A[i], (i, r, s)), x), Sum(partial(A[i], x), (i, r, s))), FreeOf(x, i))
def differentiate_sum(expression):
    """d/dx sum_i a_i = sum_i da_i/dx, for a finite sum; x must not carry an index that the sum binds."""

    def law(total, variable):
        captured = set(bound_indices(total)) & free_symbols(variable)
        if captured:
            raise RuleDoesNotApply(
                f"{variable} carries the index {captured.pop()}, which the sum binds; differentiate by a fresh index"
            )
        return Sum(partial(total.function, variable), *total.limits)

    return rewrite_slopes(expression, Sum, law, "the derivative of a sum over an index")


@states(
    Eq(partial(a * u + b * v + c, x), a * partial(u, x) + b * partial(v, x)), FreeOf(a, x), FreeOf(b, x), FreeOf(c, x)
)
def linearity_of_derivative(expression):
    """d(a u + b v + c)/dx = a du/dx + b dv/dx, for a, b, c free of x: of c alone, it is 0."""

    def law(total, variable):
        terms = [_constant_multiple(term, variable) for term in Add.make_args(total)]
        return None if terms == [partial(total, variable)] else Add(*terms)

    return rewrite_slopes(expression, object, law, "the derivative of a sum of terms or of a constant multiple")


def _constant_multiple(term, variable):
    constant = [factor for factor in Mul.make_args(term) if not depends_on(factor, variable)]
    varying = [factor for factor in Mul.make_args(term) if depends_on(factor, variable)]
    return Mul(*constant, partial(Mul(*varying), variable)) if varying else S.Zero


@states(Eq(partial(log(u), x), partial(u, x) / u), u > 0)
def derivative_of_logarithm(expression):
    """d(log u)/dx = (1/u) du/dx, for u > 0."""
    return rewrite_slopes(
        expression,
        log,
        lambda term, variable: partial(term.args[0], variable) / term.args[0],
        "the derivative of a logarithm",
    )


@states(Eq(partial(exp(u), x), exp(u) * partial(u, x)))
def derivative_of_exponential(expression):
    """d(e^u)/dx = e^u du/dx."""
    return rewrite_slopes(
        expression,
        exp,
        lambda term, variable: term * partial(term.args[0], variable),
        "the derivative of an exponential",
    )


@states(
    Eq(partial(u**a, x), a * u ** (a - 1) * partial(u, x)),
    FreeOf(a, x),
    Or(u > 0, member(a, S.Integers)),
    Or(Ne(u, 0), a >= 1),
)
def derivative_of_power(expression):
    """d(u^a)/dx = a u^(a-1) du/dx, for a free of x, and u > 0 unless a is an integer; a >= 1 where u is 0."""

    def law(power, variable):
        base, exponent = power.base, power.exp
        if depends_on(exponent, variable):
            return None
        # At once: SymPy would multiply 2 (a - b) out.
        return Mul(exponent, base ** (exponent - 1), partial(base, variable))

    return rewrite_slopes(expression, Pow, law, "the derivative of a power with a constant exponent")


@states(Eq(partial(u * v, x), partial(u, x) * v + u * partial(v, x)))
def derivative_of_product(expression):
    """d(u v)/dx = (du/dx) v + u (dv/dx), and likewise for more factors."""

    def law(product, variable):
        varying = [factor for factor in product.args if depends_on(factor, variable)]
        if len(varying) < 2:
            return None
        return Add(
            *(
                Mul(partial(factor, variable), *(other for other in product.args if other != factor))
                for factor in varying
            )
        )

    sought = "the derivative of a product of several factors that depend on the variable"
    return rewrite_slopes(expression, Mul, law, sought)


@states(Eq(partial(f(u), x), partial(f(u), u) * partial(u, x)))
@states(Eq(partial(f(U), x), Sum(partial(f(U), U[k]) * partial(U[k], x), (k, 1, s))))
def chain_rule(expression, source, running=None):
    """d f(u)/dx = f'(u) du/dx, or sum_k (df/du_k)(u) du_k/dx for a vector u,
    where a derivation found the derivative of f.

    The index k may be chosen. Where it is chosen for an index m in what was found, no hypothesis is needed that
    m exists.
    """
    if source.relation != "=" or not isinstance(source.start, Derivative) or len(source.start.variables) > 1:
        raise RuleDoesNotApply(
            f"expected a derivation of a first derivative, found that {source.id} starts at {source.start}"
        )
    function, by = source.start.expr, source.start.variables[0]
    argument = getattr(by, "base", by)
    if argument not in function.args or free_symbols(function) & set(getattr(by, "indices", ())):
        raise RuleDoesNotApply(f"expected a quantity of {argument}, found {function}")
    place = function.args.index(argument)

    def law(outer, variable):
        if type(outer) is not type(function) or len(outer.args) != len(function.args):
            return None
        inner = outer.args[place]
        mapping = {old: new for old, new in zip(function.args, outer.args) if old != new}
        if argument == by:
            return substitute(source.result, mapping) * partial(inner, variable)
        (index,) = by.indices
        chosen = running.get(index) if isinstance(running, dict) else running
        taken = free_symbols(outer) | free_symbols(variable) | free_symbols(source.result) - {index}
        chosen = chosen or fresh(index, taken | {index})
        if chosen in taken:
            raise RuleDoesNotApply(f"the index {chosen} occurs in {outer} or {variable} already")
        slope = substitute(source.result, mapping | {index: chosen})  # at once: `inner` may have an index of that name
        return Sum(slope * partial(entry(inner, chosen), variable), (chosen, 1, _upper_bound(source, index)))

    return rewrite_slopes(expression, type(function), law, f"the derivative of the quantity of {source.id}")


def _upper_bound(source, index):
    """The size up to which an index runs, by the hypothesis of the source that it exists."""
    for hypothesis in source.hypotheses:
        if isinstance(hypothesis.statement, Contains) and hypothesis.statement.args[0] == index:
            return hypothesis.statement.args[1].stop - 1
    raise RuleDoesNotApply(f"expected that {source.id} says up to where {index} runs")


@states(Eq(partial(X[i], X[j]), KroneckerDelta(i, j)))
@states(Eq(partial(x, x), 1))
def derivative_of_coordinate(expression):
    """dx_i/dx_j = delta_ij and dx/dx = 1, for the entries of one vector; there is a delta for each index."""

    def law(coordinate, variable):
        if coordinate == variable:
            return S.One
        if not (isinstance(coordinate, Indexed) and isinstance(variable, Indexed)) or coordinate.base != variable.base:
            return None
        if len(coordinate.indices) != len(variable.indices):
            raise RuleDoesNotApply(f"expected entries with equally many indices, found {coordinate} and {variable}")
        return Mul(*map(KroneckerDelta, coordinate.indices, variable.indices))

    return rewrite_slopes(expression, object, law, "the derivative of a coordinate by a coordinate")
