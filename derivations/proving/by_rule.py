"""What each rule is proved with where it acted: a tactic, or what its arguments make of one."""

from sympy import And, Derivative, Eq, KroneckerDelta, Mul, StrictGreaterThan, Sum, Symbol, expand, fraction, together

from ..engine.derivation import Derivation
from ..engine.entries import Definition
from ..engine.terms import Quantity, free_symbols, same, substitute
from .chain_rules import by_chain_rule
from .descending import GENERAL, applied, below_operator, by_equation, instance, under_derivative
from .places import Acted
from .printing import bound, identifier, natural, term
from .theorems import cited_by, theorem_of

# Rules that one tactic proves where they act; of the others there is more to say than their name.
GROUPS = {
    "rewrite bigsum_const; eq": ("sum_of_constant",),
    "lnprod": ("log_of_product",),
    "simpl bigsum; simpl bigprod; eq": ("write_out",),
    "maxs": ("size_suffices", "positive_part"),
    "deltas": ("substitute_by_delta",),
    "dsums": ("differentiate_sum",),
    "powers": ("product_of_powers",),
    "apply rpow_is_one; inst; split_all; first [ assumption | lra | nra ]": ("power_is_one",),
    "first [ lin | eq ]": ("linearity_of_sum", "merge_sums"),
    "dsolve": (
        "derivative_of_coordinate", "linearity_of_derivative", "derivative_of_logarithm", "derivative_of_exponential",
        "derivative_of_power", "derivative_of_product",
    ),
    "first [ lnall | eq ]": (
        "log_of_factors", "log_of_power", "log_of_quotient", "log_of_exponential", "log_relative_to",
        "product_of_exponentials", "exponential_of_sum", "exponential_of_logarithm",
    ),
    "first [ eq0 | eq | lnall | mergeexp | roots ]": (
        "distribute", "factor_out", "regroup", "common_denominator", "extend_fraction",
    ),
    "wlog": ("weighted_log_of_quotient", "weighted_log_relative_to"),
}  # fmt: skip
BY_ONE = {rule: tactic for tactic, rules in GROUPS.items() for rule in rules}


def _definition(source):
    return source.named if isinstance(source, Derivation) else source


def _unfold(writer, arguments, place, env):
    source = arguments[0]
    name = identifier(source.id)
    if isinstance(source, Definition):
        return f"unfold {name}; eq"
    mapping = dict(zip(source.named.parameters, place.old.args))
    return f"etransitivity; [ unfold {name}; bythm {applied(theorem_of(source), mapping, env)} | eq ]"


def _fold(writer, arguments, place, env):
    source = arguments[0]
    definition = _definition(source)
    given = arguments[1:] or definition.parameters
    mapping = dict(zip(definition.parameters, given))
    value = substitute(source.result, mapping)
    if isinstance(source, Definition):
        how = f"unfold {identifier(source.id)}; eq"
    else:
        how = f"symmetry; unfold {identifier(source.id)}; bythm {applied(theorem_of(source), mapping, env)}"
    return by_equation(writer, place, value, source(*given), how, env)


def _recognise(writer, arguments, place, env):
    source, mapping = arguments[0], instance(arguments)
    left, right = (substitute(side, mapping) for side in (source.start, source.result))
    how = f"symmetry; bythm {applied(theorem_of(source), mapping, env)}"
    return by_equation(writer, place, right, left, how, env)


def _cite(writer, arguments, place, env):
    source, mapping = arguments[0], instance(arguments)
    left = substitute(source.start, mapping)
    if isinstance(place.old, Derivative) and isinstance(left, Derivative) and not same(place.old, left):
        others = list(place.old.variables)
        for variable in left.variables:
            others.remove(variable)
        inside = lambda env: f"etransitivity; [ bythm {applied(theorem_of(source), mapping, env)} | eq ]"
        return under_derivative(writer, others, env, inside, _positive_in(source, mapping))
    at = applied(theorem_of(source), mapping, env)
    return f"first [ (bythm {at}) | (etransitivity; [ apply {at}; side | eq ]) ]"


def _positive_in(source, mapping):
    """What a cited theorem supposes to be positive, of quantities: a premise of its own variables stands here too."""
    statements = (premise.hypothesis.statement for premise in theorem_of(source).premises if premise.hypothesis)
    return [substitute(one.lhs, mapping) for one in statements
            if isinstance(one, StrictGreaterThan) and one.rhs == 0 and isinstance(one.lhs, Quantity)]  # fmt: skip


def _by_hypothesis(writer, arguments, place, env):
    given, mapping = arguments[0], instance(arguments)
    name = writer.theorem.named(given)
    if isinstance(given.statement, Eq) and isinstance(given.statement.lhs, Symbol):
        return f"first [ (rewrite {name}; first [ eq | (subst; eq) ]) | (subst; eq) ]"
    how = f"first [ apply {name}; rng | exact {name} | (inst; tauto) | (symmetry; apply {name}; rng) | side ]"
    for formula in And.make_args(given.statement):
        left, right = (substitute(side, mapping) for side in formula.args)
        if same(place.old, left) or place.old.has(left) or isinstance(left, Sum):
            return by_equation(writer, place, left, right, how, env)
    return GENERAL


def _sift(writer, arguments, place, env):
    part = place.old
    tactic = "sift" if isinstance(part, Sum) else "siftp"
    body = part.function if isinstance(part, Sum) else part.function.as_base_exp()[1]
    for index, *_ in part.limits:
        for delta in Mul.make_args(body):
            if isinstance(delta, KroneckerDelta) and index in delta.args:
                other = delta.args[1] if delta.args[0] == index else delta.args[0]
                below = env
                for limit in part.limits:
                    below = bound(limit[0], below)
                if any(other.has(limit[0]) for limit in part.limits):
                    return _sift_inside(part, index, other, env, tactic)
                return f"{tactic} {natural(other, below)}"
    return GENERAL


def _sift_inside(part, index, other, env, tactic):
    """Where an outer operator binds the partner of the delta: below that first."""
    limits, text = list(part.limits), ""
    if limits[-1][0] == index and len(limits) == 2:
        text, limits = f"rewrite {'bigsum' if isinstance(part, Sum) else 'bigprod'}_swap; ", limits[::-1]
    inside = lambda env: f"{tactic} {natural(other, bound(index, env))}"
    return text + below_operator(part.func(1, *limits[1:]), env, inside)


def _take_out(writer, arguments, place, env):
    return f"rewrite (bigsum_take_out _ {natural(arguments[1], env)}) by rng; eq"


def _spread(writer, arguments, place, env):
    return f"first [ (symmetry; sift {natural(arguments[1], env)}) | {GENERAL} ]"


def _solve(writer, arguments, place, env):
    given, unknown = arguments[:2]
    left = substitute(given.statement.lhs, instance(arguments, 2))
    top, bottom = fraction(together(left))
    top = expand(top)
    slope = top.coeff(unknown, 1)
    value = -expand(top - slope * unknown) / slope
    name, known = writer.theorem.named(given), _known_of(writer, slope, env)
    divided = f"({term(bottom, env)}) * / ({term(slope, env)})"
    how = (
        f"{known}apply Rminus_diag_uniq; "
        f"transitivity (({term(bottom, env)}) * / ({term(slope, env)}) * ({term(left, env)})); "
        f"[ eq | assert (Z : {term(left, env)} = 0) by (first [ exact {name} | apply {name}; rng ]); rewrite Z; ring ]"
    )
    return by_equation(writer, place, unknown, value, how, env)


def _known_of(writer, slope, env):
    """What is cited elsewhere in the derivation, of a symbol by which an equation is divided here."""
    text = ""
    for source in cited_by(writer.theorem.derivation):
        if isinstance(source.start, Symbol) and slope.has(source.start):
            says, name = f"{term(source.start, env)} = {term(source.result, env)}", writer.fact()
            text += f"assert ({name} : {says}) by (bythm {applied(theorem_of(source), {}, env)}); "
    return text


def _by_cases(writer, arguments, place, env):
    return f"bycases ({term(arguments[0], env)})"


def _by_one(writer, arguments, place, env):
    return f"rewrite {writer.theorem.named(arguments[0])}; eq"


def _vanish(writer, arguments, place, env):
    """Of a sum of squares with positive weights that is 0: one square, by one index after the other."""
    given, root, values = arguments
    total, name = given.statement.lhs, writer.theorem.named(given)
    weight = Mul(*(factor for factor in Mul.make_args(total.function) if factor != root**2))
    below, outer = env, total.limits[::-1]
    for index, *_ in outer:
        below = bound(index, below)
    functions = [
        " ".join(f"fun {below[index, 0]} =>" for index, *_ in outer) + f" {term(part, below)}"
        for part in (weight, root)
    ]
    lemma = {1: "square_zero", 2: "square_zero2"}[len(outer)]
    sizes = " ".join(natural(upper, env) for _, _, upper in outer)
    at = " ".join(natural(values[index], env) for index, *_ in outer)
    sides = f"{'rng | ' * len(outer)}intros; first [ pos | (defs; pos) ] | etransitivity; [ | exact {name} ]; eq"
    return f"apply ({lemma} {sizes} ({functions[0]}) ({functions[1]}) {at}); [ {sides} ]"


def _factor_out(writer, arguments, place, env):
    """The factors that are free of the innermost index, before the sum over it."""
    inner, *outer = place.old.limits
    free = [factor for factor in Mul.make_args(place.old.function) if inner[0] not in free_symbols(factor)]
    rest = Mul(*(factor for factor in Mul.make_args(place.old.function) if factor not in free))
    if not free:
        return f"first [ lin | {GENERAL} ]"

    def inside(env):
        below, weight, size = (
            bound(inner[0], env),
            " * ".join(term(factor, env) for factor in free),
            natural(inner[2], env),
        )
        function = f"(fun {below[inner[0], 0]} => {term(rest, below)})"
        moved = f"rewrite <- (bigsum_scal {size} ({weight}) {function}); apply bigsum_ext; intros; first [ ring | fld ]"
        return f"transitivity (({weight}) * bigsum {size} {function}); [ {moved} | first [ ring | eq0 ] ]"

    own = below_operator(Sum(1, *outer), env, inside) if outer else inside(env)
    return f"first [ solve [ {own} ] | lin | {GENERAL} ]"


def _factor_in(writer, arguments, place, env):
    """The same from right to left, where a sum that has the factor is all that is there then."""
    if isinstance(place.new, Sum) and len(place.new.limits) == 1 and isinstance(place.new.function, Mul):
        back = _factor_out(writer, arguments, Acted(place.new, place.old), env)
        return f"first [ solve [ symmetry; {back} ] | lin | {GENERAL} ]"
    return f"first [ solve [ first [ lin | eq ] ] | {GENERAL} ]"


def _reorder(writer, arguments, place, env):
    """Adjacent sums or products change places, one pair after the other, until they stand as in the new line."""
    old, kind = place.old, type(place.old)
    name = "bigsum" if kind is Sum else "bigprod"
    now, wanted = list(old.limits[::-1]), [limit[0] for limit in place.new.limits[::-1]]
    text = ""
    for target in range(len(wanted)):
        at = next(n for n, limit in enumerate(now) if limit[0] == wanted[target])
        while at > target:
            now[at - 1], now[at] = now[at], now[at - 1]
            at -= 1
            depth = "".join(f"apply {name}_ext; intros; " for _ in range(at))
            line = term(kind(old.function, *now[::-1]), env)
            text += f"transitivity ({line}); [ solve [ {depth}apply {name}_swap ] | ]; "
    return text + "first [ reflexivity | eq ]"


SPECIAL = {
    "unfold": _unfold, "fold": _fold, "recognise": _recognise, "cite": _cite, "by_hypothesis": _by_hypothesis,
    "sift_kronecker_delta": _sift, "take_out_term": _take_out, "spread_over_delta": _spread, "solve_for": _solve,
    "by_cases": _by_cases, "multiply_by_one": _by_one, "vanishing_square": _vanish, "factor_out_of_sum": _factor_out,
    "factor_into_sum": _factor_in, "chain_rule": by_chain_rule,
} | dict.fromkeys(("swap_sums", "reorder_sums", "swap_products", "reorder_products"), _reorder)  # fmt: skip


def _is_inner(place):
    """Whether a rule acted at the first of several derivatives, and left the others as they are."""
    old, new = place.old, place.new
    return (isinstance(old, Derivative) and isinstance(new, Derivative) and len(new.variables) < len(old.variables)
            and old.variables[len(old.variables) - len(new.variables) :] == new.variables)  # fmt: skip


def _below_outer(place):
    """The first derivative alone, below the others."""
    outer = place.new.variables
    return Acted(Derivative(place.old.expr, *place.old.variables[: -len(outer)]), place.new.expr)


def tactic(writer, rule, arguments, place, env):
    """The tactic of a rule at a place."""
    if rule.startswith("derivative_of") and _is_inner(place):
        return under_derivative(writer, list(place.new.variables), env, lambda env: "dsolve")
    if rule in ("chain_rule", "linearity_of_derivative") and _is_inner(place):
        inside = lambda env: tactic(writer, rule, arguments, _below_outer(place), env)
        return under_derivative(writer, list(place.new.variables), env, inside)
    if rule in SPECIAL:
        return SPECIAL[rule](writer, arguments, place, env)
    return f"first [ solve [ {BY_ONE[rule]} ] | {GENERAL} ]" if rule in BY_ONE else GENERAL
