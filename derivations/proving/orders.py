"""How a step of an inequality is proved: along what grows and falls, down to where its rule acted."""

from sympy import Add, Max, Product, Sum, Symbol, exp, log

from ..engine.replay import rule_named
from ..engine.terms import substitute
from .descending import applied, instance
from .places import acted_in_order, path_to
from .printing import below_derivative, bound, natural, term
from .theorems import compared, theorem_of


def inequality(writer, step):
    """The tactic of a step that is no equation."""
    rule = rule_named(step.rule)
    place = acted_in_order(rule, step.arguments, step.before if step.part is None else step.part)
    if place is None:
        return "fail"
    if step.part is not None:
        place = path_to(step.before, step.part, place)
    leaf = lambda place, relation, env: _leaf(writer, step, place, relation, env)
    return below(writer, place, step.relation, writer.theorem.names, leaf)


def _turned(relation):
    return ">=" if relation == "<=" else "<="


def _says(place, relation, env):
    return compared(term(place.old, env), term(place.new, env), relation)


def _between(middles, relation, how):
    """From an inequality between two other ways to write the sides."""
    one, two = middles if relation == "<=" else middles[::-1]
    return f"apply (sandwich _ ({one}) ({two}) _); [ eq | {how} | eq ]"


def below(writer, place, relation, env, leaf):
    """Shows an inequality from those below it."""
    old = place.old
    if not place.parts:
        return leaf(place, relation, env)
    if isinstance(old, (Sum, Product)):
        return _of_operator(writer, place, relation, env, leaf)
    if isinstance(old, Add):
        text, made = "", {}
        for number, part in place.parts:
            text += _fact(writer, part, relation, env, leaf)[1]
            made[number] = part.new
        middles = [
            " + ".join(term(made.get(n, part) if new else part, env) for n, part in enumerate(old.args))
            for new in (0, 1)
        ]
        return text + _between(middles, relation, "lra")
    number, part = place.parts[0]
    if isinstance(old, (log, exp)):
        name, lemma = ("ln", "ln_le'; [ pos | ") if isinstance(old, log) else ("exp", "exp_le'; [ ")
        how = f"apply {lemma}{below(writer, part, relation, env, leaf)} ]"
        return _between([f"{name} {term(side, env)}" for side in (part.old, part.new)], relation, how)
    if number == -1:
        name, text = _fact(writer, part, _turned(relation), env, leaf)
        weight = term(old.as_coeff_Mul()[0], env)
        return text + _between([f"{weight} * {term(side, env)}" for side in (part.old, part.new)], relation, "lra")
    weight = " * ".join(term(other, env) for n, other in enumerate(old.args) if n != number)
    how = f"apply weight_le; [ first [ nonneg | (defs; nonneg) ] | intros; {below(writer, part, relation, env, leaf)} ]"
    return _between([f"({weight}) * {term(side, env)}" for side in (part.old, part.new)], relation, how)


def _fact(writer, place, relation, env, leaf):
    name = writer.fact()
    return name, f"assert ({name} : {_says(place, relation, env)}) by ({below(writer, place, relation, env, leaf)}); "


def _of_operator(writer, place, relation, env, leaf):
    text = ""
    for index, *_ in reversed(place.old.limits):
        env = bound(index, env)
        if isinstance(place.old, Product):
            text += f"apply bigprod_le; [ intros; first [ nonneg | (defs; nonneg) ] | intros {env[index, 0]} ?; "
        else:
            text += f"apply bigsum_le; intros {env[index, 0]} ?; "
    closing = " ]" * len(place.old.limits) if isinstance(place.old, Product) else ""
    return text + below(writer, place.parts[0][1], relation, env, leaf) + closing


def _leaf(writer, step, place, relation, env):
    """The tactic of a rule where it acted."""
    tactic = TACTICS.get(step.rule)
    return tactic(writer, step.arguments, place, relation, env) if tactic else "lra"


def _known(says, how):
    """From an inequality that is known, up to how its sides are written."""
    return f"assert (Known : {says}) by ({how}); eapply sandwich; [ | apply Known | ]; eq"


def _tangent(writer, arguments, place, relation, env):
    inside = term(place.old.args[0], env)
    return _known(f"ln {inside} <= {inside} - 1", f"apply ln_tangent; {IS_POSITIVE}")


def _weighted(writer, arguments, place, relation, env):
    weight, inside = (term(part, env) for part in arguments)
    return _known(f"{weight} * ln {inside} <= {weight} * ln {weight} + {inside} - {weight}", "weighted")


def _power(writer, arguments, place, relation, env):
    base, exponent = (term(part, env) for part in arguments[0].as_base_exp())
    how = "apply rpow_tangent; [ nonneg | split; first [ nonneg | instlra ] ]"
    return _known(f"rpow {base} {exponent} <= 1 - {exponent} * (1 - {base})", how)


def _central(lemma):
    """The central difference of a function whose third derivative a derivation bounds."""

    def tactic(writer, arguments, place, relation, env):
        source, step = arguments
        x, function = source.start.variables[0], source.start.expr
        ahead, behind = (term(substitute(function, {x: x + sign * step}), env) for sign in (1, -1))
        point, size, most = term(x, env), term(step, env), term(source.result, env)
        name, below = below_derivative(x, env)
        whole = f"(fun {name} => {term(function, below)})"
        sides = [f"({ahead} + - {behind}) * / (2 * {size})", f"Derive {whole} {point} + {most} * {size} ^ 2 * / 6"]
        left, right = sides if relation == "<=" else sides[::-1]
        cited = f"intro {name}; bythm {applied(theorem_of(source), {x: Symbol(name)}, env | {(Symbol(name), 0): name})}"
        how = f"eapply ({lemma} {whole} _ _ _ {point} {size} {most}); [ slope | slope | slope | {cited} | nz ]"
        return _known(f"{left} <= {right}", how)

    return tactic


def _cited(writer, arguments, place, relation, env):
    mapping = instance(arguments)
    return f"bythm {applied(theorem_of(arguments[0]), mapping, env)}"


def _dropped(sign):
    """What is dropped has a sign: that of its number, where the rest of it is not negative."""

    def tactic(writer, arguments, place, relation, env):
        (number, rest), dropped = arguments[0].as_coeff_Mul(), term(arguments[0], env)
        says, text, how = f"0 <= {dropped}" if sign > 0 else f"{dropped} <= 0", "", "dropped"
        if rest == 1:
            how = "lra"
        elif number * sign > 0:
            text = f"assert (Factor : 0 <= {term(rest, env)}) by dropped; "
            how = f"(replace ({dropped}) with ({term(number, env)} * {term(rest, env)}) by eq; lra)"
        middles = [term(place.old, env), term(place.new, env)]
        return f"{text}assert (Known : {says}) by {how}; {_between(middles, relation, 'lra')}"

    return tactic


def _triangle(writer, arguments, place, relation, env):
    signs = "".join(f"assert (0 <= {term(part, env)}) by (first [ nonneg | (defs; nonneg) ]); " for part in arguments)
    return f"{signs}unfold Rmax; destruct Rle_dec; first [ lra | (inst; split_all; lra) ]"


def _kept(lemma, side):
    """One term of a sum, or one factor of a product, by the lemma and what shows of each of them what it needs."""

    def tactic(writer, arguments, place, relation, env):
        (index, value), old = arguments, place.old
        inner, size = bound(index, env), natural(old.limits[-1][2], env)
        one = old.function if len(old.limits) == 1 else old.func(old.function, *old.limits[:-1])
        function = f"(fun {inner[index, 0]} => {term(one, inner)})"
        how = f"apply ({lemma} {size} {natural(value, env)} {function}); [ rng | intros; {side} ]"
        return f"eapply sandwich; [ | {how} | ]; eq"

    return tactic


def _given(writer, arguments, place, relation, env):
    name = writer.theorem.named(arguments[0])
    return f"first [ (apply {name}; rng) | (generalize {name}; inst; lra) | (inst; lra) ]"


def _larger(writer, arguments, place, relation, env):
    largest = next(part for part in [place.old, *place.old.atoms(Max)] if isinstance(part, Max))
    says = f"{term(arguments[0], env)} <= {term(largest, env)}"
    return f"assert ({says}) by (first [ apply Rmax_l | apply Rmax_r ]); lra"


IS_POSITIVE = "first [ pos | (defs; pos) | implied | someone ]"
TACTICS = {
    "log_below_tangent": _tangent, "minus_log_above_tangent": _tangent,
    "weighted_log_below": _weighted, "minus_weighted_log_above": _weighted,
    "power_below_tangent": _power, "triangle_inequality": _triangle, "larger_of_two_above": _larger,
    "bounded_above": _cited, "bounded_below": _cited, "at_most": _given, "at_least": _given,
    "central_difference_below": _central("central_below"), "central_difference_above": _central("central_above"),
    "drop_what_is_not_negative": _dropped(1), "drop_what_is_not_positive": _dropped(-1),
    "keep_one_factor": _kept("bigprod_keep", "unit"),
    "keep_one_term": _kept("bigsum_keep", "first [ nonneg | (defs; nonneg) ]"),
}  # fmt: skip
