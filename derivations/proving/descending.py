"""The way down to where a rule acted: through sums, products, derivatives and parts of terms; and facts used there."""

from dataclasses import dataclass, field

from sympy import Add, And, Contains, Derivative, Gt, Interval, Mul, Product, Sum

from ..engine.entries import is_index
from ..engine.terms import Quantity, parts_without, same
from ..engine.vocabulary import key_of
from .places import Acted
from .printing import argument, below_derivative, bound, called_here, joined, natural, proposition, term
from .theorems import Statement, for_every

GENERAL = "first [ eq | dsolve | lnall ]"


@dataclass
class Facts:
    """Writes the proof of the steps of one theorem. `count` numbers the names of facts in it."""

    theorem: Statement
    count: int = field(default=0)

    def fact(self):
        self.count += 1
        return f"E{self.count}"


def congruence(writer, place, env, leaf):
    """Shows that the old equals the new, from what is shown below."""
    if not place.parts:
        return leaf(place, env)
    if isinstance(place.old, (Sum, Product)):
        return below_operator(place.old, env, lambda env: congruence(writer, place.parts[0][1], env, leaf))
    if isinstance(place.old, Derivative):
        inside = lambda env: congruence(writer, place.parts[0][1], env, leaf)
        return under_derivative(writer, list(place.old.variables), env, inside)
    facts, changed, text = [], {}, ""
    for number, part in place.parts:
        name, how = writer.fact(), congruence(writer, part, env, leaf)
        text += f"assert ({name} : {term(part.old, env)} = {term(part.new, env)}) by ({how}); "
        facts.append(name)
        changed[number] = part.new
    rewriting, middle = f"rewrite {', '.join(facts)}", joined(place.old, changed, env)
    return text + (
        f"first [ (transitivity ({middle}); [ congr | same_terms ]) | ({rewriting}; eq) | (defs; {rewriting}; eq) ]"
    )


def below_operator(operator, env, inside):
    """Goes below a sum or product over indices."""
    name = "bigsum_ext" if isinstance(operator, Sum) else "bigprod_ext"
    text = ""
    for index, *_ in reversed(operator.limits):
        if not is_index(index):
            return GENERAL
        taken, env = env, bound(index, env)
        while env[index, 0] in taken.values():  # it has been introduced already
            env = {**env, (index, 0): env[index, 0] + "'"}
        text += f"apply {name}; intros {env[index, 0]} ?; "
    return text + inside(env)


def under_derivative(writer, variables, env, inside, positive=()):
    """Goes below derivatives, near the point where a premise holds near it, and where some terms are positive."""
    if not variables:
        return inside(env)
    *inner, variable = variables
    key = key_of(variable)
    name, below = below_derivative(variable, env)
    rest = lambda env: under_derivative(writer, inner, env, inside, positive)
    near = _near(writer.theorem, key, env)
    facts = [(f"({_near_fact(variable, near, env)})", f"N{name}")] if near else []
    if near:
        below["near", key] = (*near[:3], f"N{name}")
    text = ""
    for fact, how in _staying(writer.theorem, positive, variable, name, env, below):
        text += f"{how}; "
        facts.append((fact, f"{fact}'"))
    if not facts:
        return f"apply Derive_ext; intros {name}; {rest(below)}"
    both, taken = facts[-1]
    for fact, holds in reversed(facts[:-1]):
        both, taken = f"(filter_and _ _ {fact} {both})", f"[{holds} {taken}]"
    return f"{text}apply Derive_ext_loc; generalize {both}; apply filter_imp; intros {name} {taken}; {rest(below)}"


def _staying(theorem, positive, variable, name, env, below):
    """What stays positive near the point though it changes with the variable: some terms, and what premises say of
    quantities. The name of each fact, and how it is shown.
    """
    moving = [part for part in positive if term(part, below) != term(part, env)]
    for number, part in enumerate(moving, start=1):
        fact, function = f"P{name}_{number}", f"(fun {name} => {term(part, below)})"
        yield fact, f"assert ({fact} := near_positive {function} {term(variable, env)} ltac:(exder) ltac:(stays))"
    said = [premise for premise in theorem.premises if isinstance(premise.formula, Gt) and premise.formula.rhs == 0]
    for number, premise in enumerate(said, start=1):
        left, own = premise.formula.lhs, {(index, 0): str(index) for index in premise.every}
        if not isinstance(left, Quantity) or left in moving or term(left, below | own) == term(left, env | own):
            continue
        fact, says = f"Q{name}_{number}", proposition(premise.formula, below | own)
        says = for_every(premise.every, says, theorem.names, theorem.vocabulary)
        yield fact, f"assert ({fact} : locally {term(variable, env)} (fun {name} => {says})) by stay_near"


def _near_fact(variable, near, env):
    """That what holds of a variable holds near the point."""
    opened, holds, sizes, premise = near
    key = key_of(variable)
    if key[1] == 0:
        return f"{opened} _ {premise}"
    at = " ".join(natural(index, env) for index in variable.indices)
    return f"{'near_upd' if key[1] == 1 else 'near_upd2'} {holds} {sizes} {env[key]} {at} {opened} {premise}"


def _near(theorem, key, env):
    """What holds of a variable near the point: the name of the lemma, the property, the sizes, and the premise."""
    if ("near", key) in env:
        return env["near", key]
    if key not in theorem.names or env[key] != theorem.names[key]:
        return None
    if any(premise.text == f"0 < {env[key]}" for premise in theorem.premises):
        name = next(premise.name for premise in theorem.premises if premise.text == f"0 < {env[key]}")
        return "open_pos", "(fun x => 0 < x)", "", name
    for premise in theorem.premises:
        formula = premise.hypothesis.statement if premise.hypothesis else None
        for part in And.make_args(formula) if formula is not None else ():
            if isinstance(part, Contains) and isinstance(part.args[1], Interval) and key_of(part.args[0]) == key:
                element, domain = part.args
                unit = domain.right_open and domain.end == 1
                sizes = " ".join(env[theorem.vocabulary.size_of[index], 0] for index in getattr(element, "indices", ()))
                return ("open_unit", "(fun x => 0 < x < 1)", sizes, premise.name) if unit else (
                    "open_pos", "(fun x => 0 < x)", sizes, premise.name)  # fmt: skip
    return None


def instance(arguments, place=1):
    """What a rule is given for symbols, among its arguments."""
    return dict(arguments[place] or {}) if len(arguments) > place else {}


def applied(theorem, mapping, env):
    """A theorem at what is given for its variables."""
    given = [argument(root, rank, mapping[root], env) if root in mapping else called_here(root, rank, env)
             for root, rank in theorem.keys]  # fmt: skip
    return f"({' '.join([theorem.cited, *given])})"


def by_equation(writer, place, old, new, how, env):
    """From a fact that some term equals another: the part is that term, has it among its factors or terms, or is a
    sum of which it is the inner one.
    """
    part = place.old
    if isinstance(part, Sum) and isinstance(old, Sum) and len(part.limits) > len(old.limits):
        outer = Sum(1, *part.limits[len(old.limits) :])
        inner = Sum(part.function, *part.limits[: len(old.limits)])
        return below_operator(outer, env, lambda env: by_equation(writer, Acted(inner, new), old, new, how, env))
    name = writer.fact()
    fact = f"assert ({name} : {term(old, env)} = {term(new, env)}) by ({how}); "
    if same(part, old):
        both = f"(etransitivity; [ etransitivity; [ | exact {name} ] | ]; eq)"
        return f"{fact}first [ exact {name} | (rewrite {name}; eq) | {both} ]"
    for kind, sign in ((Mul, " * "), (Add, " + ")):
        if isinstance(part, kind) and isinstance(old, kind):
            rest = parts_without(list(part.args), old.args)
            if rest is not None:
                beside = "".join(sign + term(other, env) for other in rest)
                first, then = (f"({term(side, env)}{beside})" for side in (old, new))
                exchanged = f"transitivity {first}; [ eq | transitivity {then}; [ congr | same_terms ] ]"
                return f"{fact}first [ ({exchanged}) | (rewrite {name}; eq) ]"
    return fact + f"first [ (rewrite {name}; eq) | (apply bigsum_ext; intros; rewrite {name}; eq) ]"
