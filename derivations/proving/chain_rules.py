"""How the chain rule is proved: of a function of a number, and of one of a vector."""

from sympy import Derivative, Indexed, Mul, Sum

from ..engine.derivation import Derivation
from ..engine.terms import entry, parts_without, substitute
from .descending import GENERAL, Facts, applied
from .places import Acted
from .printing import below_derivative, bound, natural, term
from .theorems import theorem_of

PLAIN = f"first [ solve [ first [ chain | dsolve ] ] | {GENERAL} ]"


def by_chain_rule(writer: Facts, arguments: tuple, place: Acted, env: dict) -> str:
    """The tactic of the chain rule at a place: through what a derivation found of the outer function."""
    source = arguments[0]
    if not isinstance(place.old, Derivative) or len(place.old.variables) > 1:
        return PLAIN
    if not isinstance(source.start.variables[0], Indexed):
        return f"first [ {_of_number(source, place, env)} | {PLAIN} ]"
    text = _of_vector(source, place, env) if isinstance(place.new, Sum) else None
    return f"first [ solve [ {text} ] | {PLAIN} ]" if text else PLAIN


def _of_number(source: Derivation, place, env):
    """For a function of a number: the derivative that was found for it, at what stands in its place."""
    function, by = source.start.expr, source.start.variables[0]
    outer, (variable,) = place.old.expr, place.old.variables
    at = function.args.index(by)
    mapping = dict(zip(function.args, outer.args))
    name, below = below_derivative(by, env)
    whole = outer.func(*(by if number == at else one for number, one in enumerate(outer.args)))
    whole = f"(fun {name} => {term(whole, below)})"
    name, below = below_derivative(variable, env)
    inside = f"(fun {name} => {term(outer.args[at], below)})"
    value = term(substitute(source.result, mapping), env)
    found = f"ends; bythm {applied(theorem_of(source), mapping, env)}"
    through = f"apply (Derive_through {whole} {inside} {term(variable, env)} {value})"
    return f"(etransitivity; [ {through}; [ {found} | ends; exder | exder ] | eq ])"


def _of_vector(source: Derivation, place, env):
    """For a function of a vector: that it has a gradient, and the derivative that was found for each entry."""
    function, by = source.start.expr, source.start.variables[0]
    (index, _, size), (variable,) = place.new.limits[0], place.old.variables
    outer, at = place.old.expr, function.args.index(by.base)
    mapping = dict(zip(function.args, outer.args)) | {by.indices[0]: index}
    name, below = below_derivative(variable, env)
    slope = Derivative(entry(outer.args[at], index), variable)
    if slope not in Mul.make_args(place.new.function):
        return None
    rest = Mul(*parts_without(list(Mul.make_args(place.new.function)), [slope]))
    here, there = bound(index, env), bound(index, below)
    vector_of = outer.func(*(by.base if n == at else one for n, one in enumerate(outer.args)))
    whole = f"(fun v => {term(vector_of, env | {(by.base, 1): 'v'})})"
    entries = f"(fun {there[index, 0]} {name} => {term(entry(outer.args[at], index), there)})"
    through = f"eapply (chain_through {natural(size, env)} {whole} _ {entries} {term(variable, env)})"
    found = f"bythm {applied(theorem_of(source), mapping, here)}"
    factors = f"({term(rest, here)} * {term(slope, here)})"
    each = f"transitivity {factors}; [ apply (f_equal2 Rmult); [ {found} | deq ] | eq ]"
    return (f"etransitivity; [ {through}; [ grads | intros; exder ] | "
            f"apply bigsum_ext; intros {here[index, 0]} ?; ends; {each} ]")  # fmt: skip
