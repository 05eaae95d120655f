"""Laws of elementary algebra: brackets, fractions, and equations that a hypothesis gives."""

from functools import partial

from sympy import Add, And, Derivative, Eq, FiniteSet, Max, Mul, Ne, S, Sum, Symbol, expand, fraction, together

from ..laws import A, E, FreeOf, NoSlope, SameMultipliedOut, U, a, b, c, d, f, k, m, r, s, states, u, x
from ..terms import (
    RuleDoesNotApply, bound_indices, free_symbols, member, refuse_below, refuse_bound, refuse_slopes, replace_term,
    rewrite, substitute,
)  # fmt: skip


@states(Eq(a * (b + c), a * b + a * c))
def distribute(expression, term=None):
    """a (b + c) = a b + a c, for the first bracket of each product, or for the brackets that have the given term;
    like terms cancel.
    """

    def law(part):
        if not isinstance(part, Mul):
            return None
        brackets = [f for f in part.args if isinstance(f, Add) and (term is None or term in f.args)]
        if not brackets:
            return None
        others = list(part.args)
        others.remove(brackets[0])
        return Add(*(Mul(*others, summand) for summand in brackets[0].args))

    return rewrite(
        expression,
        law,
        "a product with a bracket" if term is None else f"a product with a bracket that has the term {term}",
    )


@states(Eq(a * b + a * c, a * (b + c)))
def factor_out(expression, factor):
    """a b + a c = a (b + c), for the given factor a of every term."""

    def law(part):
        if not isinstance(part, Add) or not all(_divides(factor, term) for term in part.args):
            return None
        return Mul(factor, Add(*(term / factor for term in part.args)))

    return rewrite(expression, law, f"a sum whose terms all have the factor {factor}")


def _divides(factor, term):
    """Whether a term has every factor of `factor`, to the same power or to a higher one; any number divides."""
    wanted, found = (
        dict(piece.as_base_exp() for piece in Mul.make_args(whole.as_coeff_Mul()[1])) for whole in (factor, term)
    )
    surplus = [found.get(base, S.Zero) - power for base, power in wanted.items()]
    return all(
        more == 0 or (power.is_positive and more.is_nonnegative) for more, power in zip(surplus, wanted.values())
    )


@states(Eq(a * (b + d), (a / c) * (c * b + c * d)), Ne(c, 0), member(c, S.Rationals))
def number_into_bracket(expression, number, bracket):
    """a (b + d) = (a / c) (c b + c d), for a given number c that is not 0 and a given bracket b + d beside a factor."""

    def law(part):
        if not isinstance(part, Mul) or bracket not in part.args:
            return None
        others = [factor for factor in part.args if factor != bracket]
        return Mul(1 / number, *others, Add(*(number * term for term in bracket.args)))

    if not (isinstance(bracket, Add) and number.is_Rational and number != 0):
        raise RuleDoesNotApply(f"expected a number that is not 0 and a bracket, found {number} and {bracket}")
    return rewrite(expression, law, "a product with the bracket {}", bracket)


@states(Eq(E(a), E(b)), SameMultipliedOut(a, b))
def regroup(expression, old, new):
    """a = b, for a given part a and another grouping b of the same terms: multiplied out, they are equal."""
    if expand(old) != expand(new):
        raise RuleDoesNotApply(
            f"expected another grouping of {old}, which is {expand(old)}, found {new}, which is {expand(new)}"
        )
    return replace_term(expression, old, new)


@states(Eq(f(x), f(Max(x, -x))), Eq(f(-x), f(x)))
def size_suffices(expression, part, variable):
    """f(x) = f(|x|), for the given part f(x) if f(-x) = f(x); |x| is the larger of x and -x."""
    opposite = Mul(S.NegativeOne, variable)
    if substitute(part, {variable: opposite}) != part:
        raise RuleDoesNotApply(f"expected a part that is the same at {opposite} as at {variable}, found {part}")
    return replace_term(expression, part, substitute(part, {variable: Max(variable, opposite)}))


@states(Eq((x + Max(x, -x)) / 2, Max(x, 0)))
def positive_part(expression, number):
    """(x + |x|) / 2 = max(x, 0), for the given x; |x| is the larger of x and -x."""
    size = Max(number, Mul(S.NegativeOne, number))
    return replace_term(expression, number / 2 + size / 2, Max(number, S.Zero))


@states(Eq(f(x), (1 - x) * f(0) + x * f(1)), member(x, FiniteSet(0, 1)), NoSlope(f(x), x))
def by_cases(expression, label):
    """f(x) = (1 - x) f(0) + x f(1), for x that is 0 or 1."""
    refuse_slopes(label, expression.atoms(Derivative))
    outcomes = [substitute(expression, {label: S(outcome)}) for outcome in (0, 1)]
    if not free_symbols(expression) & {getattr(label, "base", label)}:
        raise RuleDoesNotApply(f"expected an expression in {label}, found {expression}")
    return (1 - label) * outcomes[0] + label * outcomes[1]


@states(Eq(E(a**b), E(1)), Eq(b * (1 - a), 0), NoSlope(E(a**b), a**b))
def power_is_one(expression, power, hypothesis):
    """a^b = 1, for the given power, where a hypothesis says b (1 - a) = 0: b is 0 or a is 1; 0^0 = 1;
    not under a derivative by what it is about.
    """
    base, exponent = power.as_base_exp()
    needed = Eq(exponent * (1 - base), 0, evaluate=False)
    if hypothesis.statement != needed:
        raise RuleDoesNotApply(f"expected that {needed.lhs} is 0, found {hypothesis.words}")
    refuse_slopes(hypothesis.statement, expression.atoms(Derivative))
    return replace_term(expression, power, S.One, partial(refuse_bound, hypothesis.chosen | hypothesis.letters))


@states(Eq(a / b + c / d, (a * d + c * b) / (b * d)), Ne(b, 0), Ne(d, 0))
def common_denominator(expression):
    """a/b + c/d = (a d + c b) / (b d), with the numerator multiplied out but for powers; b and d are not 0."""

    def law(part):
        if not isinstance(part, Add):
            return None
        denominator = Mul(*_highest(below for term in part.args for below in Mul.make_args(fraction(term)[1])))
        if denominator == 1:
            return None
        terms = (expand(term * denominator, multinomial=False) for term in part.args)
        return Add(*terms).expand(multinomial=False) / denominator

    return rewrite(expression, law, "a sum of fractions")


def _highest(factors):
    """Each factor once: of the whole powers of one base, the highest."""
    found = {}
    for factor in factors:
        base, power = factor.as_base_exp() if factor.is_Pow and factor.exp.is_Integer else (factor, S.One)
        found[base] = max(power, found.get(base, power))
    return [base**power for base, power in found.items()]


@states(Eq(a / (b + d), a * c / (b * c + d * c)), Ne(b + d, 0), Ne(c, 0))
def extend_fraction(expression, fraction_term, factor):
    """a / b = (a c) / (b c), for the given fraction and a given factor c that is not 0; b c is multiplied out."""
    numerator, denominator = fraction(fraction_term)
    return replace_term(expression, fraction_term, Mul(numerator, factor) / expand(denominator * factor))


@states(Eq(a, a * u), Eq(u, 1))
def multiply_by_one(expression, hypothesis):
    """a = a u, for a sum u that a hypothesis says is 1."""
    if not isinstance(hypothesis.statement, Eq) or hypothesis.statement.rhs != 1:
        raise RuleDoesNotApply(f"expected a hypothesis of the form u = 1, found {hypothesis.words}")
    return Mul(expression, hypothesis.statement.lhs)


@states(Eq(E(a), E(b)), Eq(a, b), NoSlope(E(a), a))
def by_hypothesis(expression, hypothesis, instance=None):
    """a = b, where a hypothesis says so, at the given instance of its indices;
    not under a derivative by what it is about, nor in a sum over an index if it holds for one value of that index only.
    """
    refuse_slopes(hypothesis.statement, expression.atoms(Derivative))
    if chosen := set(instance or {}) & hypothesis.chosen:
        raise RuleDoesNotApply(f"expected {chosen.pop()} to stay: {hypothesis.words} speaks of one value of it")
    for statement in And.make_args(hypothesis.statement):
        if not isinstance(statement, Eq):
            raise RuleDoesNotApply(f"expected a hypothesis that is an equation, found {hypothesis.words}")
        left, right = (substitute(side, instance or {}) for side in statement.args)
        if isinstance(left, Symbol):
            expression = substitute(expression, {left: right})
        elif len(And.make_args(hypothesis.statement)) == 1 or expression.has(left):
            held = hypothesis.chosen | hypothesis.letters
            expression = replace_term(expression, left, right, partial(refuse_bound, held))
    return expression


@states(
    Eq(E(x), E(-b / a)), Eq((a * x + b) / c, 0), Ne(a, 0), Ne(c, 0), FreeOf(a, x), FreeOf(b, x), NoSlope(E(x), x)
)
def solve_for(expression, hypothesis, unknown, instance=None):
    """x = -b/a, where a hypothesis says (a x + b)/c = 0 with a and c not 0, and a, b free of x;
    not under a derivative by what it is about. A minus before a sum and one in it are left out.
    """
    statement = hypothesis.statement
    refuse_slopes(statement, expression.atoms(Derivative))
    if not isinstance(statement, Eq) or statement.rhs != 0:
        raise RuleDoesNotApply(f"expected a hypothesis of the form u = 0, found {hypothesis.words}")
    left = substitute(statement.lhs, instance or {})
    numerator = expand(fraction(together(left))[0])
    slope = numerator.coeff(unknown, 1)
    rest = expand(numerator - slope * unknown)
    if slope == 0 or rest.has(unknown) or slope.has(unknown):
        raise RuleDoesNotApply(f"expected an equation that is linear in {unknown}, found {left} = 0")
    return replace_term(expression, unknown, Add(*map(_one_sign, Add.make_args(-rest / slope))))


def _one_sign(term):
    """-sum_i (-a_i) = sum_i a_i, for a term that is not a fraction of sums; any other term as it is."""
    sums = [factor for factor in Mul.make_args(term) if isinstance(factor, Sum)]
    if len(sums) != 1 or not all(part.as_coeff_Mul()[0].is_negative for part in (term, sums[0].function)):
        return term
    return -term / sums[0] * Sum(-sums[0].function, *sums[0].limits)


@states(
    Eq(E(U[m]), E(0)), Eq(Sum(A[k] * U[k] ** 2, (k, r, s)), 0), A[k] > 0, r <= m, m <= s, NoSlope(E(U[m]), U[m])
)
def vanishing_square(expression, hypothesis, root, instance):
    """u_m = 0, for the given u_k, where a hypothesis says sum_k a_k u_k^2 = 0 with every a_k positive,
    and the given value m is within the bounds of k; likewise for several indices;
    not under a derivative by what it is about.
    """
    refuse_slopes(hypothesis.statement, expression.atoms(Derivative))
    total = getattr(hypothesis.statement, "lhs", None)
    squares = Mul.make_args(total.function) if isinstance(total, Sum) else ()
    if not isinstance(hypothesis.statement, Eq) or hypothesis.statement.rhs != 0 or root**2 not in squares:
        raise RuleDoesNotApply(f"expected a hypothesis that a sum of squares of {root} is 0, found {hypothesis.words}")
    if set(instance) != set(bound_indices(total)):
        raise RuleDoesNotApply(f"expected a value for each index of {total}, found {instance}")
    for index, lower, _ in total.limits:
        refuse_below(lower, instance[index])
    return replace_term(expression, substitute(root, instance), S.Zero)
