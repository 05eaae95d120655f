"""Theorems that name derivatives, in the strong form: the derivatives exist, and have the value that is stated.

In Coq `Derive f x` is some number also where f has no derivative, so what it equals says little by itself.
"""

from sympy import Derivative, Product, Sum

from ..engine.entries import is_index
from .printing import below_derivative, bound, derivative, natural, term
from .theorems import Statement
from .variables import NotExported


def cited_statement(theorem: Statement) -> str:
    """What other proofs use: the theorem, or where it names derivatives the lemma on what they equal."""
    return f"{'Lemma' if theorem.names_derivatives else 'Theorem'} {theorem.cited} :\n{theorem.text(theorem.value)}."


def shown_statement(theorem: Statement) -> str:
    """What readers are shown: the theorem, where it names derivatives in the strong form."""
    says = _strong(theorem) if theorem.names_derivatives else theorem.value
    return f"Theorem {theorem.name} :\n{theorem.text(says)}."


def strong_proof(theorem: Statement, wrap) -> str:
    """The proof of the strong form, from the lemma."""
    given = " ".join([theorem.cited, *theorem.names.values(), *(premise.name for premise in theorem.premises)])
    return f"{theorem.introduced}\nassert (Value := {given}).\n{wrap(0, 'exists_with Value')}."


def _strong(theorem):
    derivation, env = theorem.derivation, theorem.names
    start, result = derivation.start, derivation.result
    if derivation.relation == "=" and isinstance(start, Derivative):
        says = [*_inside(start, env), *exist(result, env), _is_derive(start, term(result, env), env)]
    else:
        says = [*exist(start, env), *exist(result, env), theorem.value]
    return " /\\\n  ".join(dict.fromkeys(says))


def exist(expression, env) :
    """That the derivatives in an expression exist, for every value of an index that a sum binds."""
    if not expression.has(Derivative):
        return []
    if isinstance(expression, Derivative):
        return [*_inside(expression, env), _exists(expression.expr, expression.variables, env)]
    if isinstance(expression, (Sum, Product)):
        return _for_all(expression.function, expression.limits, env)
    found = [claim for part in expression.args for claim in exist(part, env)]
    return list(dict.fromkeys(found))


def _for_all(body, limits, env):
    if not limits:
        return exist(body, env)
    *inner, (index, lower, upper) = limits
    if not is_index(index):
        each = [{**env, (index, 0): str(value)} for value in range(lower, upper + 1)]
        return [claim for below in each for claim in _for_all(body, inner, below)]
    below = bound(index, env)
    name, together = below[index, 0], " /\\ ".join(_for_all(body, inner, below))
    return [f"(forall {name} : nat, (1 <= {name} <= {natural(upper, env)})%nat -> {together})"]


def _function(expression, variables, env):
    """What is differentiated by the last of some variables, as a function of it."""
    *inner, variable = variables
    name, below = below_derivative(variable, env)
    return f"(fun {name} => {derivative(expression, inner, below)}) {term(variable, env)}"


def _exists(expression, variables, env):
    return f"ex_derive {_function(expression, variables, env)}"


def _is_derive(part, value, env):
    return f"is_derive {_function(part.expr, part.variables, env)} {value}"


def _inside(part, env):
    """Of a derivative of a derivative: that the inner one exists, at the point and near it."""
    if part.expr.has(Derivative):
        raise NotExported("no derivative of what a derivative is only a part of")
    return [f"locally {term(part.variables[-1], env)} {near}" for near in _near(part.expr, part.variables, env)]


def _near(expression, variables, env):
    *inner, variable = variables
    if not inner:
        return []
    name, below = below_derivative(variable, env)
    at = term(inner[-1], below)
    said = [f"locally {at} {near}" for near in _near(expression, inner, below)]
    said.append(_exists(expression, inner, below))
    return [f"(fun {name} => " + " /\\ ".join(said) + ")"]

