"""Cases drawn from the laws that the rules carry: made-up expressions for their letters, with what the rule is given
beside the left side; letters for which one condition fails; and each law with one sign changed.
"""

from made_up import CERTAIN
from sympy import (Add, Derivative, Eq, Ge, IndexedBase, Integer, Le, Max, Mul, Ne, Product, Rational, S,
                   StrictGreaterThan, Sum, Symbol, exp, log, sqrt)
from sympy.core.function import AppliedUndef
from test_rules import BELOW, SLOPE_OF_SQUARE, SQUARE, SUM_OF_LABELS

from derivations import numerics, sigmoid, softmax
from derivations.engine import laws as of
from derivations.engine.entries import Hypothesis
from derivations.engine.laws import A, E, U, X, a, b, c, d, distance, f, q, u, v, x
from derivations.engine.terms import BIG_OPERATORS, depends_on, partial, substitute
from derivations.notation import K, i, j, k, label, logit, m, n, p, probability, scale, size_of, y, z

TOTAL = Sum(y[k], (k, 1, K))
POSITIVE = [probability, p[j], p[m], p[j, m], exp(logit), p[j] * exp(z[m]), 2 + exp(-logit)]
REAL = [logit, z[m], label - logit, y[j] * p[j], log(probability), Sum(y[k] * z[k], (k, 1, K)), -2 * label, *POSITIVE]
SIGNED = [logit, z[m] - 1, 2 * z[m], -logit**2]
POSITIVE_FAMILIES = [lambda e: p[e], lambda e: exp(z[e]), lambda e: p[e] * probability, lambda e: p[e] + 2]
FAMILIES = [lambda e: y[e], lambda e: z[e], lambda e: y[e] * z[e] + logit, lambda e: log(p[e]), *POSITIVE_FAMILIES]
TABLES = [lambda e, g: p[e, g], lambda e, g: y[e] * p[g], lambda e, g: y[e, g] * logit + p[g]]
CUBES = [lambda e, g, h: y[e] * p[g, h], lambda e, g, h: p[e] * y[g, h] - z[e]]
OF_X = [lambda t: t**2 + 1, lambda t: exp(t), lambda t: exp(t) + logit**2, lambda t: label + exp(2 * t)]
GROWING = [lambda t: t, lambda t: 3 * t, lambda t: label * t + exp(logit), lambda t: Sum(y[i] * t, (i, 1, n)),
           lambda t: exp(t), lambda t: logit - label * -t]
FALLING = [lambda t: -t, lambda t: -3 * t, lambda t: exp(logit) - label * t, lambda t: exp(-t),
           lambda t: -Sum(y[i] * t, (i, 1, n))]
AROUND = [lambda t: t, lambda t: 2 * t + logit, lambda t: label * t, lambda t: exp(t / 2), lambda t: log(t**2 + 1)]
STEPS = [probability, p[m], -p[j], exp(logit)]
VANISHING = [lambda e: scale - 2 * y[e] * probability + 2 * (y[e] - 1) * probability,  # 0, since t is 2 p
             lambda e: y[e] * scale - 2 * probability * y[e], lambda e: log(p[e] * scale) - log(2 * p[e] * probability)]
EVEN = [lambda t: t**2 * label, lambda t: exp(t) + exp(-t)]
ON_LABELS = [lambda t: label**t * logit, lambda t: t * logit + label, lambda t: exp(t * logit) - t]


def given(statement):
    return Hypothesis("given", "what is given", statement)


# What some letters must be, where any expression will not do.
SPECIAL = {
    "regroup": {a: [label * (logit + probability)], b: [label * logit + label * probability]},
    "size_suffices": {x: [logit], f: EVEN},
    "positive_part": {x: [logit, label - logit, z[m], z[m] - z[k]]},
    "by_cases": {x: [CERTAIN], f: ON_LABELS},
    "power_is_one": {a: [CERTAIN, CERTAIN + (1 - CERTAIN) * probability, 1 + (1 - CERTAIN) * p[j]],
                     b: [CERTAIN, CERTAIN * logit, label * CERTAIN],
                     E: [lambda t: t + logit, lambda t: label * t - logit]},
    "power_below_tangent": {a: [label, p[j], CERTAIN, scale, probability + 1], b: [y[j], y[j, m], probability]},
    "keep_one_factor": {A: [lambda e: p[e], lambda e: y[e], lambda e: y[e] * p[e], lambda e: 1 - p[e]]},
    "multiply_by_one": {u: [TOTAL]},
    "by_hypothesis": {a: [scale, Sum(y[k], (k, 1, K))]},
    "solve_for": {x: [probability], a: [Integer(2), 2 * exp(logit)], c: [1 + label]},
    "number_into_bracket": {c: [Integer(-2), Rational(2, 3), Integer(3)]},
    "merge_sums": {c: [Integer(-2), Rational(2, 3), Integer(3)]},
    "linearity_of_sum": {c: [Integer(-2), Rational(2, 3), Integer(3)]},
    "drop_what_is_not_negative": {a: SIGNED, b: [p[j], y[j] * p[j], exp(z[m])]},
    "drop_what_is_not_positive": {a: SIGNED, b: [-p[j], -y[j] * p[j], -exp(z[m])]},
    "exponential_of_sum": {a: [logit, z[m], y[j] * p[j]], b: [label, -probability, exp(z[m])]},
    "cite": {E: [lambda t: t, lambda t: t + logit, exp], a: [2 * Sum(y[i], (i, 1, n))], b: [Sum(2 * y[i], (i, 1, n))]},
    "recognise": {a: [2 * Sum(y[i], (i, 1, n))], b: [Sum(2 * y[i], (i, 1, n))]},
    "unfold": {q: [SQUARE], f: [lambda t: t * t]},
    "fold": {q: [SQUARE], f: [lambda t: t * t]},
    "chain_rule": {f: [SQUARE]},
    "bounded_above": {a: [log(probability)], b: [probability - 1]},
    "bounded_below": {a: [log(probability)], b: [probability - 1]},
    "at_most": {a: [probability], b: [scale]},
    "at_least": {a: [probability], b: [scale]},
    "derivative_of_power": {a: [Integer(3), Integer(-1), label, Rational(1, 2)]},
    "weighted_log_below": {a: [label, y[j], probability]},
    "minus_weighted_log_above": {a: [label, y[j], probability]},
    "triangle_inequality": {a: [p[m], y[j] * p[j], label], b: [probability, y[j], exp(z[m])]},
    "central_difference_below": {f: [sigmoid.softplus], x: [logit], b: [sqrt(3) / 18], distance: STEPS},
    "central_difference_above": {f: [sigmoid.softplus], x: [logit], b: [-sqrt(3) / 18], distance: STEPS},
    "vanishing_square": {E: [lambda t: t + logit, exp, lambda t: label * t - logit], U: VANISHING},
    "derivative_of_coordinate": {X: [lambda e: p[e], lambda e: z[e]]},
}
# What a rule is given beside the expression: letters, or what is made of them.
BESIDE = {
    "number_into_bracket": lambda of_: (of_(c), of_(b + d)),
    "rename_index": lambda of_: (i, j),
    "factor_out": lambda of_: (of_(a),),
    "regroup": lambda of_: (of_(a), of_(b)),
    "size_suffices": lambda of_: (of_(f(x)), of_(x)),
    "positive_part": lambda of_: (of_(x),),
    "by_cases": lambda of_: (of_(x),),
    "power_is_one": lambda of_: (of_(a**b), given(Eq(of_(b * (1 - a)), 0, evaluate=False))),
    "extend_fraction": lambda of_: (of_(a / (b + d)), of_(c)),
    "vanishing_square": lambda of_: (
        given(Eq(of_(Sum(A[of.k] * U[of.k] ** 2, (of.k, of.r, of.s))), 0)), of_(U[of.k]), {k: of_(of.m)}),
    "multiply_by_one": lambda of_: (given(Eq(of_(u), of_(Integer(1)), evaluate=False)),),
    "by_hypothesis": lambda of_: (given(Eq(of_(a), of_(b), evaluate=False)),),
    "solve_for": lambda of_: (given(Eq((of_(a) * of_(x) + of_(b)) / of_(c), 0, evaluate=False)), of_(x)),
    "spread_over_delta": lambda of_: (of_(A[of.j]), j, i, of_(of.s)),
    "take_out_term": lambda of_: (k, of_(of.m)),
    "reorder_sums": lambda of_: (k, i, j),
    "reorder_products": lambda of_: (k, i, j),
    "log_relative_to": lambda of_: (of_(a), of_(b)),
    "weighted_log_of_quotient": lambda of_: (of_(a), of_(b / c)),
    "weighted_log_relative_to": lambda of_: (of_(a), of_(b), of_(c)),
    "weighted_log_below": lambda of_: (of_(a), of_(b)),
    "minus_weighted_log_above": lambda of_: (of_(a), of_(b)),
    "bounded_above": lambda of_: (BELOW,),
    "bounded_below": lambda of_: (BELOW,),
    "drop_what_is_not_negative": lambda of_: (of_(b),),
    "drop_what_is_not_positive": lambda of_: (of_(b),),
    "larger_of_two_above": lambda of_: (of_(b),),
    "triangle_inequality": lambda of_: (of_(a), of_(b)),
    "into_larger": lambda of_: (of_(c) * Max(of_(a), of_(b)) + of_(d),),
    "out_of_larger": lambda of_: (of_(c),),
    "central_difference_below": lambda of_: (numerics.third_upper_bound, of_(distance)),
    "central_difference_above": lambda of_: (numerics.third_lower_bound, of_(distance)),
    "power_below_tangent": lambda of_: (of_(a**b),),
    "keep_one_term": lambda of_: (k, of_(of.m)),
    "keep_one_factor": lambda of_: (k, of_(of.m)),
    "at_most": lambda of_: (given(Le(of_(a), of_(b))),),
    "at_least": lambda of_: (given(Le(of_(a), of_(b))),),
    "unfold": lambda of_: (SQUARE,),
    "fold": lambda of_: (SQUARE, of_(a)),
    "cite": lambda of_: (SUM_OF_LABELS,),
    "recognise": lambda of_: (SUM_OF_LABELS,),
    "chain_rule": lambda of_: (softmax.log_sum_exp_gradient if of_(f) is softmax.log_sum_exp else SLOPE_OF_SQUARE,),
}
INDICES = {of.i: i, of.j: j, of.k: k, of.m: m}


def at(expression, values):
    """A formula of a law with values for its letters. A sum binds what is put below it, if that has its index."""
    if expression in values:
        return values[expression]
    if isinstance(expression, AppliedUndef):
        return values[expression.func](*(at(part, values) for part in expression.args))
    if expression.is_Indexed:
        base, indices = values[expression.base], [at(index, values) for index in expression.indices]
        return base[indices] if isinstance(base, IndexedBase) else base(*indices)
    if isinstance(expression, BIG_OPERATORS):
        limits = [tuple(at(part, values) for part in limit) for limit in expression.limits]
        return expression.func(at(expression.function, values), *limits)
    if isinstance(expression, Derivative):
        return partial(at(expression.expr, values), *(at(variable, values) for variable in expression.variables))
    return expression.func(*(at(part, values) for part in expression.args)) if expression.args else expression


def beside(rule, values):
    """What the rule is given beside the left side."""
    return BESIDE.get(rule.__name__, lambda of_: ())(lambda part: at(part, values))


def values(rule, law, random):
    """Values for the letters of a law at which its conditions hold."""
    special = SPECIAL.get(rule.__name__, {})
    found = dict(INDICES) | _bounds(law, random)
    found[x] = random.choice(special.get(x, [probability, logit, p[j], z[m], label]))
    families = {part.base: len(part.indices) for part in law.formula.find(lambda part: part.is_Indexed)}
    for base, indices in sorted(families.items(), key=str):
        one = POSITIVE_FAMILIES if _is_positive(base, law) or law.formula.has(Product) else FAMILIES
        found[base] = random.choice(special.get(base, [one, TABLES, CUBES][indices - 1]))
    loose = law.formula.atoms(Symbol) | {part.func for part in law.formula.atoms(AppliedUndef)}
    for letter in sorted(loose - set(found), key=str):
        found[letter] = random.choice(special.get(letter) or _pool(letter, law, found))
    return _finished(rule, law, found)


def _bounds(law, random):
    """Every lower and upper bound: from 1 to the size where something must lie between them, else anything."""
    found = {}
    for operator in law.formula.atoms(*BIG_OPERATORS):
        for index, lower, upper in operator.limits:
            size = size_of(INDICES[index])
            free = not any(part.has(lower, upper) and not isinstance(part, of.FreeOf) for part in law.conditions)
            if lower.is_Symbol and lower not in found:
                found[lower] = random.choice([S.One, Integer(2)]) if free else S.One
            if upper.is_Symbol and upper not in found:
                found[upper] = random.choice([size, size, Integer(2), Integer(3)]) if free and lower != 1 else size
    return found


def _is_positive(letter, law):
    return any(isinstance(part, (StrictGreaterThan, Ge, Ne)) and part.lhs.has(letter) for part in law.conditions)


def _pool(letter, law, found):
    if letter in (E, f):
        kinds = {of.Grows: GROWING, of.Falls: FALLING}
        return next((pool for kind, pool in kinds.items() if kind(E(x), x) in law.conditions), AROUND)
    if letter in (u, v) and law.formula.has(Derivative):
        return [made(found[x]) for made in OF_X]
    pool = POSITIVE if _is_positive(letter, law) else REAL
    constant = of.FreeOf(letter, x) in law.conditions
    return [part for part in pool if not (constant and depends_on(part, found[x]))]


def _finished(rule, law, found):
    """What some letters are once others are chosen."""
    if rule.__name__ == "by_hypothesis":
        found[b] = 2 * probability if found[a] == scale else S.One
    if rule.__name__ == "vanishing_square":
        found |= {A: lambda e: p[e], of.r: S.One, of.s: K}
    if rule.__name__ == "solve_for":
        found[b] = -scale * found[a] / 2
    if rule.__name__ == "chain_rule" and law.formula.has(U):
        slope = substitute(softmax.log_sum_exp_gradient.result, {m: k})
        found |= {f: softmax.log_sum_exp, U: z, x: z[m], partial(f(U), U[of.k]): slope}
    elif rule.__name__ == "chain_rule":
        found[partial(f(u), u)] = 2 * found[u]
    return found


def flipped(formula):
    """The formula with one sign changed, in every way: a term's, a factor -1, the whole right side's, the relation."""
    yield formula.func(formula.lhs, -formula.rhs)
    if not isinstance(formula, Eq):
        yield (Ge if isinstance(formula, Le) else Le)(formula.lhs, formula.rhs)
    for left in _flipped(formula.lhs):
        yield formula.func(left, formula.rhs)
    for right in _flipped(formula.rhs):
        yield formula.func(formula.lhs, right)


def _flipped(part):
    if isinstance(part, Add):
        yield from (Add(*part.args[:place], -term, *part.args[place + 1 :]) for place, term in enumerate(part.args))
    if isinstance(part, Mul) and part.args[0] == -1:
        yield -part
    if isinstance(part, BIG_OPERATORS):
        yield from (part.func(term, *part.limits) for term in _flipped(part.function))
    elif isinstance(part, Derivative):
        yield from (partial(term, *part.variables) for term in _flipped(part.expr))
    elif not part.is_Indexed:
        for place, below in enumerate(part.args):
            yield from (part.func(*part.args[:place], new, *part.args[place + 1 :]) for new in _flipped(below))
