"""Inequalities, applied only where the expression grows, or only where it falls, with the part that is bounded."""

from sympy import Add, Eq, Ge, Interval, Le, Max, Mul, Ne, Or, Product, Sum, exp, log, zoo

from ..laws import A, E, Falls, FreeOf, Grows, a, b, distance, f, k, m, r, s, states, u, x
from ..terms import RuleDoesNotApply, depends_on, gives, member, partial, refuse_below, same, substitute

UP, DOWN = "up", "down"


def _bounded(part, law, direction):
    """Replace what `law` bounds wherever the expression grows (UP) or falls (DOWN) with it.

    A factor is taken to be not negative unless it is written with a minus, and so are the factors of a product over
    an index; the checker looks whether they are. What stands anywhere else is left alone.
    """
    bound = law(part) if direction == UP else None
    if bound is not None:
        return bound
    if isinstance(part, Add):
        return Add(*(_bounded(term, law, direction) for term in part.args))
    if isinstance(part, Sum) or (isinstance(part, Product) and direction == UP):
        return part.func(_bounded(part.function, law, direction), *part.limits)
    if isinstance(part, (log, exp)):
        return part.func(_bounded(part.args[0], law, direction))
    if isinstance(part, Mul):
        number, rest = part.as_coeff_Mul()
        if number.is_negative:
            return number * _bounded(rest, law, DOWN if direction == UP else UP)
        for place, factor in enumerate(part.args):
            new = _bounded(factor, law, direction)
            if new != factor:
                return Mul(*part.args[:place], new, *part.args[place + 1 :])
    return part


def _bound(expression, law, direction, sought):
    new = _bounded(expression, law, direction)
    if new == expression:
        place = "grows" if direction == UP else "falls"
        raise RuleDoesNotApply(
            f"expected {sought} where the expression {place} with it (with weights that are not negative), "
            f"found none in {expression}"
        )
    if new.has(zoo):
        raise RuleDoesNotApply(
            f"expected a bound with a value, found the logarithm of 0 in what {expression} would become"
        )
    return new


def _tangent(kept):
    return lambda part: part.args[0] - 1 if isinstance(part, log) and part.args[0] not in kept else None


@gives("<=")
@states(Le(E(log(u)), E(u - 1)), u > 0, Grows(E(x), x))
def log_below_tangent(expression, *kept):
    """log u <= u - 1, for u > 0 and weights that are not negative; logarithms may be named that stay as they are."""
    return _bound(expression, _tangent(kept), UP, "a logarithm")


@gives(">=")
@states(Ge(E(log(u)), E(u - 1)), u > 0, Falls(E(x), x))
def minus_log_above_tangent(expression, *kept):
    """-log u >= 1 - u, for u > 0 and weights that are not negative; logarithms may be named that stay as they are."""
    return _bound(expression, _tangent(kept), DOWN, "a logarithm")


@gives("<=")
@states(Le(E(a**b), E(1 - b * (1 - a))), a >= 0, member(b, Interval(0, 1)), Grows(E(x), x))
def power_below_tangent(expression, power):
    """a^b <= 1 - b (1 - a), for the given power with a >= 0 and 0 <= b <= 1, with 0^0 = 1: Bernoulli's inequality."""
    base, exponent = power.as_base_exp()
    tangent = 1 - exponent * (1 - base)
    return _bound(expression, lambda part: tangent if part == power else None, UP, f"the power {power}")


def _weighted(weight, argument):
    """What bounds weight * log(argument) from above."""

    def law(part):
        return weight * log(weight) + argument - weight if same(part, weight * log(argument)) else None

    return law


@gives("<=")
@states(Le(E(a * log(b)), E(a * log(a) + b - a)), a >= 0, b >= 0, Or(b > 0, Eq(a, 0)), Grows(E(x), x))
def weighted_log_below(expression, weight, argument):
    """a log b <= a log a + b - a, for a >= 0 and b > 0, or b = 0 where a is 0, with 0 log 0 = 0:
    log u <= u - 1 at u = b / a, multiplied by a.
    """
    return _bound(expression, _weighted(weight, argument), UP, f"the term {weight * log(argument)}")


@gives(">=")
@states(Ge(E(a * log(b)), E(a * log(a) + b - a)), a >= 0, b >= 0, Or(b > 0, Eq(a, 0)), Falls(E(x), x))
def minus_weighted_log_above(expression, weight, argument):
    """-a log b >= -a log a - b + a, for a >= 0 and b > 0, or b = 0 where a is 0, with 0 log 0 = 0:
    log u <= u - 1 at u = b / a, multiplied by -a.
    """
    return _bound(expression, _weighted(weight, argument), DOWN, f"the term {weight * log(argument)}")


def _cited(source, instance, wanted):
    """The two ends of a derived inequality a <= b or a >= b, the smaller first where `wanted` is <=."""
    if source.relation not in ("<=", ">="):
        raise RuleDoesNotApply(f"expected an inequality to cite, found that {source.id} is an equality")
    ends = [substitute(side, instance or {}) for side in (source.start, source.result)]
    return ends if source.relation == wanted else ends[::-1]


def _bounded_by(expression, old, new):
    """The new end for the old one where the expression grows with it, or else the old for the new where it falls."""
    try:
        return _bound(expression, lambda part: new if same(part, old) else None, UP, f"the term {old}")
    except RuleDoesNotApply:
        sought = f"the term {old} growing or {new} falling: the latter"
        return _bound(expression, lambda part: old if same(part, new) else None, DOWN, sought)


@gives("<=")
@states(Le(E(a), E(b)), a <= b, Grows(E(x), x))
@states(Le(E(b), E(a)), a <= b, Falls(E(x), x))
def bounded_above(expression, source, instance=None):
    """E(a) <= E(b), where a derivation found that a <= b and E grows with its part (or b <= a and E falls)."""
    return _bounded_by(expression, *_cited(source, instance, "<="))


@gives(">=")
@states(Ge(E(b), E(a)), a <= b, Grows(E(x), x))
@states(Ge(E(a), E(b)), a <= b, Falls(E(x), x))
def bounded_below(expression, source, instance=None):
    """E(a) >= E(b), where a derivation found that a >= b and E grows with its part (or b >= a and E falls)."""
    return _bounded_by(expression, *_cited(source, instance, ">="))


def _dropped(expression, term):
    return _bound(expression, lambda part: _less(part, term), UP, f"a sum with the term {term}")


def _less(part, term):
    if same(part, term):
        return Add()
    if not isinstance(part, Add) or not any(same(term, other) for other in part.args):
        return None
    return Add(*(other for other in part.args if not same(term, other)))


@gives(">=")
@states(Ge(E(a + b), E(a)), b >= 0, Grows(E(x), x))
def drop_what_is_not_negative(expression, term):
    """a + b >= a, for a given term b that is not negative."""
    return _dropped(expression, term)


@gives("<=")
@states(Le(E(a + b), E(a)), b <= 0, Grows(E(x), x))
def drop_what_is_not_positive(expression, term):
    """a + b <= a, for a given term b that is not positive."""
    return _dropped(expression, term)


@gives("<=")
@states(Le(E(Max(a, b)), E(b)), Falls(E(x), x))
def larger_of_two_above(expression, kept):
    """E(max(a, b)) <= E(b), where E falls with its part, for the given b: the larger of two is at least either."""

    def law(part):
        return kept if isinstance(part, Max) and kept in part.args else None

    return _bound(expression, law, DOWN, f"the larger of {kept} and something")


@gives("<=")
@states(Le(E(Max(a - b, b - a)), E(a + b)), a >= 0, b >= 0, Grows(E(x), x))
def triangle_inequality(expression, first, second):
    """|a - b| <= a + b, for given a and b that are not negative; |x| is the larger of x and -x."""
    size = Max(first - second, second - first)
    return _bound(expression, lambda part: first + second if part == size else None, UP, f"the term {size}")


def _kept(operator, index, value):
    """What the given value of the outermost index leaves of a sum or product over it."""

    def law(part):
        if isinstance(part, operator) and part.limits[-1][0] == index:
            *inner, (_, lower, _) = part.limits
            refuse_below(lower, value)
            return substitute(operator(part.function, *inner) if inner else part.function, {index: value})
        return None

    return law


@gives(">=")
@states(Ge(E(Sum(A[k], (k, r, s))), E(A[m])), A[k] >= 0, r <= m, m <= s, Grows(E(x), x))
def keep_one_term(expression, index, value):
    """sum_k a_k >= a_m, for terms that are not negative and a value m within the bounds of the outermost index k."""
    return _bound(expression, _kept(Sum, index, value), UP, f"a sum over {index}")


@gives("<=")
@states(Le(E(Product(A[k], (k, r, s))), E(A[m])), member(A[k], Interval(0, 1)), r <= m, m <= s, Grows(E(x), x))
def keep_one_factor(expression, index, value):
    """prod_k a_k <= a_m, for factors from 0 to 1 and a value m within the bounds of the outermost index k."""
    return _bound(expression, _kept(Product, index, value), UP, f"a product over {index}")


def _by_order(expression, hypothesis, instance, wanted):
    statement = hypothesis.statement
    if getattr(statement, "rel_op", None) not in ("<=", ">="):
        raise RuleDoesNotApply(f"expected a hypothesis of the form a <= b, found {hypothesis.words}")
    low, high = (substitute(side, instance or {}) for side in (statement.lts, statement.gts))
    old, new = (low, high) if wanted == "<=" else (high, low)
    return _bound(expression, lambda part: new if part == old else None, UP, f"the term {old}")


@gives("<=")
@states(Le(E(a), E(b)), a <= b, Grows(E(x), x))
def at_most(expression, hypothesis, instance=None):
    """E(a) <= E(b), where a hypothesis says a <= b and E grows with its part."""
    return _by_order(expression, hypothesis, instance, "<=")


@gives(">=")
@states(Ge(E(b), E(a)), a <= b, Grows(E(x), x))
def at_least(expression, hypothesis, instance=None):
    """E(b) >= E(a), where a hypothesis says a <= b and E grows with its part."""
    return _by_order(expression, hypothesis, instance, ">=")


def _central_difference(expression, source, step, wanted):
    """Replace the central difference of the function whose third derivative a derivation bounds by a number."""
    x, *others = getattr(source.start, "variables", [None])
    if source.relation != wanted or others != [x, x] or depends_on(source.result, x):
        raise RuleDoesNotApply(f"expected a bound of a third derivative that is {wanted} a number, found {source.id}")
    function = source.start.expr
    ahead, behind = (substitute(function, {x: x + sign * step}) for sign in (1, -1))
    difference, bound = (ahead - behind) / (2 * step), partial(function, x) + source.result * step**2 / 6
    return _bound(expression, lambda part: bound if part == difference else None, UP, f"the term {difference}")


_CENTRAL = (f(x + distance) - f(x - distance)) / (2 * distance)
_NEARLY = partial(f(x), x) + b * distance**2 / 6


@gives("<=")
@states(Le(E(_CENTRAL), E(_NEARLY)), partial(f(x), x, x, x) <= b, FreeOf(b, x), Ne(distance, 0), Grows(E(x), x))
def central_difference_below(expression, source, step):
    """(f(x + h) - f(x - h)) / (2 h) <= f'(x) + b h^2 / 6, where a derivation found that f'''(x) <= b for every x,
    and h is not 0 (Taylor's theorem).
    """
    return _central_difference(expression, source, step, "<=")


@gives(">=")
@states(Ge(E(_CENTRAL), E(_NEARLY)), partial(f(x), x, x, x) >= b, FreeOf(b, x), Ne(distance, 0), Grows(E(x), x))
def central_difference_above(expression, source, step):
    """(f(x + h) - f(x - h)) / (2 h) >= f'(x) + b h^2 / 6, where a derivation found that f'''(x) >= b for every x,
    and h is not 0 (Taylor's theorem).
    """
    return _central_difference(expression, source, step, ">=")
