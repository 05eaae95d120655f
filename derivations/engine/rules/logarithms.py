"""Laws of the logarithm and the exponential, for positive arguments and real exponents."""

from sympy import Add, Eq, Mul, Or, Pow, Product, S, Sum, exp, fraction, log

from ..laws import A, a, b, c, i, r, s, states
from ..terms import RuleDoesNotApply, member, replace_term, rewrite


def _log_rule(expression, argument_type, law, sought):
    def at(part):
        if isinstance(part, log) and isinstance(part.args[0], argument_type):
            return law(part.args[0])
        return None

    return rewrite(expression, at, sought)


@states(Eq(log(Product(A[i], (i, r, s))), Sum(log(A[i]), (i, r, s))), A[i] > 0)
def log_of_product(expression):
    r"""log prod_i a_i = sum_i log a_i, for a_i > 0."""
    return _log_rule(
        expression,
        Product,
        lambda product: Sum(log(product.function), *product.limits),
        "the logarithm of a product over an index",
    )


@states(Eq(log(a * b), log(a) + log(b)), a > 0, b > 0)
def log_of_factors(expression):
    """log(a b) = log a + log b, for a, b > 0."""
    return _log_rule(
        expression, Mul, lambda product: Add(*map(log, product.args)), "the logarithm of a product of factors"
    )


@states(Eq(log(a**b), b * log(a)), a >= 0, Or(a > 0, Eq(b, 0)), member(b, S.Reals))
def log_of_power(expression):
    """log a^b = b log a, for a > 0 and real b; also for a = b = 0: then it is log 1 = 0 log 0."""
    return _log_rule(
        expression, Pow, lambda power: Mul(power.exp, log(power.base), evaluate=True), "the logarithm of a power"
    )


@states(Eq(log(a / b), log(a) - log(b)), a > 0, b > 0)
def log_of_quotient(expression):
    """log(a / b) = log a - log b, for a, b > 0."""

    def law(part):
        if not isinstance(part, log):
            return None
        numerator, denominator = fraction(part.args[0])
        return None if denominator == 1 else log(numerator) - log(denominator)

    return rewrite(expression, law, "the logarithm of a quotient")


@states(Eq(log(exp(a)), a), member(a, S.Reals))
def log_of_exponential(expression):
    """log e^a = a, for real a."""
    return _log_rule(expression, exp, lambda power: power.args[0], "the logarithm of an exponential")


@states(Eq(exp(a) * exp(b), exp(a + b)))
def product_of_exponentials(expression):
    """e^a e^b = e^(a + b)."""

    def law(part):
        powers = [factor for factor in Mul.make_args(part) if isinstance(factor, exp)]
        if len(powers) < 2:
            return None
        others = [factor for factor in part.args if factor not in powers]
        return Mul(exp(Add(*(power.args[0] for power in powers))), *others)

    return rewrite(expression, law, "a product of exponentials")


@states(Eq(exp(a + b), exp(a) * exp(b)))
def exponential_of_sum(expression):
    """e^(a + b) = e^a e^b."""
    return rewrite(
        expression,
        lambda part: (
            Mul(*map(exp, part.args[0].args)) if isinstance(part, exp) and isinstance(part.args[0], Add) else None
        ),
        "the exponential of a sum of terms",
    )


@states(Eq(exp(b * log(a)), a**b), a > 0, member(b, S.Reals))
def exponential_of_logarithm(expression):
    """e^(b log a) = a^b, for a > 0 and real b."""

    def law(part):
        if not isinstance(part, exp):
            return None
        logarithms = [factor for factor in Mul.make_args(part.args[0]) if isinstance(factor, log)]
        return logarithms[0].args[0] ** (part.args[0] / logarithms[0]) if len(logarithms) == 1 else None

    return rewrite(expression, law, "the exponential of a multiple of a logarithm")


@states(Eq(log(a), log(b) + log(a / b)), a > 0, b > 0)
def log_relative_to(expression, argument, reference):
    """log a = log b + log(a / b), for the given a > 0 and a reference b > 0."""
    return replace_term(expression, log(argument), log(reference) + log(argument / reference))


@states(Eq(a * log(b / c), a * log(b) - a * log(c)), b >= 0, c >= 0, Or(b > 0, Eq(a, 0)), Or(c > 0, Eq(b, 0)))
def weighted_log_of_quotient(expression, weight, argument):
    """a log(b / c) = a log b - a log c, for the given a and b / c, with b, c > 0;
    b may be 0 where a is 0, and c with it: 0 log 0 = 0, and 0 log(0/0) = 0.
    """
    numerator, denominator = _quotient(argument)
    return replace_term(expression, weight * log(argument), weight * log(numerator) - weight * log(denominator))


@states(Eq(a * log(b), a * log(c) - a * log(c / b)), b >= 0, c >= 0, Or(c > 0, Eq(a, 0)), Or(b > 0, Eq(c, 0)))
def weighted_log_relative_to(expression, weight, argument, reference):
    """a log b = a log c - a log(c / b), for the given a, b and c, with b, c > 0;
    c may be 0 where a is 0, and b with it: 0 log 0 = 0, and 0 log(0/0) = 0.
    """
    return replace_term(
        expression, weight * log(argument), weight * log(reference) - weight * log(reference / argument)
    )


def _quotient(argument):
    numerator, denominator = fraction(argument)
    if denominator == 1:
        raise RuleDoesNotApply(f"expected a quotient, found {argument}")
    return numerator, denominator
