"""Laws of differentiation, for finite sums and differentiable terms. None of them asks SymPy to differentiate."""

from sympy import Add, Derivative, Indexed, KroneckerDelta, Mul, Pow, S, Sum, exp, log

from ..terms import RuleDoesNotApply, bound_indices, depends_on, free_symbols, partial, rewrite


def _law(expression, kind, law, sought):
    """Apply ``law(u, x)`` at every derivative of a term u of the given kind by x. The first variable is taken; others wait outside."""

    def at(part):
        if not isinstance(part, Derivative) or not isinstance(part.expr, kind):
            return None
        variable, *others = part.variables
        new = law(part.expr, variable)
        return partial(new, *others) if others and new is not None else new

    return rewrite(expression, at, sought)


def differentiate_sum(expression):
    """d/dx sum_i a_i = sum_i da_i/dx, for a finite sum; x must not carry an index that the sum binds."""

    def law(total, variable):
        captured = set(bound_indices(total)) & free_symbols(variable)
        if captured:
            raise RuleDoesNotApply(f"{variable} carries the index {captured.pop()}, which the sum binds; differentiate by a fresh index")
        return Sum(partial(total.function, variable), *total.limits)

    return _law(expression, Sum, law, "the derivative of a sum over an index")


def linearity_of_derivative(expression):
    """d(a u + b v + c)/dx = a du/dx + b dv/dx, for a, b, c free of x."""

    def law(total, variable):
        terms = [_constant_multiple(term, variable) for term in Add.make_args(total)]
        return None if terms == [partial(total, variable)] else Add(*terms)

    return _law(expression, (Add, Mul), law, "the derivative of a sum of terms or of a constant multiple")


def _constant_multiple(term, variable):
    constant = [factor for factor in Mul.make_args(term) if not depends_on(factor, variable)]
    varying = [factor for factor in Mul.make_args(term) if depends_on(factor, variable)]
    return Mul(*constant, partial(Mul(*varying), variable)) if varying else S.Zero


def derivative_of_logarithm(expression):
    """d(log u)/dx = (1/u) du/dx, for u > 0."""
    return _law(expression, log, lambda term, variable: partial(term.args[0], variable) / term.args[0], "the derivative of a logarithm")


def derivative_of_exponential(expression):
    """d(e^u)/dx = e^u du/dx."""
    return _law(expression, exp, lambda term, variable: term * partial(term.args[0], variable), "the derivative of an exponential")


def derivative_of_power(expression):
    """d(u^a)/dx = a u^(a-1) du/dx, for a free of x."""

    def law(power, variable):
        base, exponent = power.base, power.exp
        if isinstance(power, exp) or depends_on(exponent, variable):
            return None
        return exponent * base ** (exponent - 1) * partial(base, variable)

    return _law(expression, Pow, law, "the derivative of a power with a constant exponent")


def derivative_of_coordinate(expression):
    """dx_i/dx_j = delta_ij for the entries of one vector (a delta for each index), and dx/dx = 1."""

    def law(entry, variable):
        if entry == variable:
            return S.One
        if not (isinstance(entry, Indexed) and isinstance(variable, Indexed)) or entry.base != variable.base:
            return None
        if len(entry.indices) != len(variable.indices):
            raise RuleDoesNotApply(f"expected entries with equally many indices, found {entry} and {variable}")
        return Mul(*map(KroneckerDelta, entry.indices, variable.indices))

    return _law(expression, object, law, "the derivative of a coordinate by a coordinate")
