"""Expressions and statements as terms of Coq. What each symbol is called there is a mapping from variables to texts."""

import re

from sympy import (
    Add,
    And,
    Contains,
    Derivative,
    FiniteSet,
    Indexed,
    IndexedBase,
    Integer,
    Integral,
    Interval,
    KroneckerDelta,
    Max,
    Mul,
    Or,
    Pow,
    Product,
    Range,
    Rational,
    S,
    Sum,
    Symbol,
    Union,
    cos,
    exp,
    log,
    sin,
    sympify,
)  # fmt: skip
from sympy.core.relational import Relational
from sympy.logic.boolalg import Implies

from ..engine.entries import is_index
from ..engine.nodes import Rounded, is_size
from ..engine.terms import Quantity
from .brackets import without_brackets
from .variables import NotExported, called, context, kind_of, of_indices, rank_of

ALL_BUT_0 = Union(Interval.open(S.NegativeInfinity, 0), Interval.open(0, S.Infinity))
CALLS = {exp: "exp", log: "ln", sin: "sin", cos: "cos", Rounded: "rounded"}
FOLDS = {Sum: "bigsum", Product: "bigprod"}
COMPARISONS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def identifier(id: str) -> str:
    """The name in Coq of an entry."""
    return id.replace(".", "_")


def called_here(root, rank, env):
    """What a variable is called here."""
    if (root, rank) in env:
        return env[root, rank]
    if is_index(root):
        return str(root)
    raise NotExported(f"no variable {root} with {rank} indices here")


def natural(expression, env):
    """An index or a size as a natural number."""
    expression = sympify(expression)
    if isinstance(expression, Integer) and expression >= 0:
        return f"{expression}%nat"
    if isinstance(expression, Indexed) and of_indices(expression.base):
        return vector(expression, 0, env)
    if isinstance(expression, Symbol) and is_index(expression):
        return called_here(expression, 0, env)
    if isinstance(expression, Add) and len(expression.args) == 2 and expression.args[0] == -1:
        return f"({natural(expression.args[1], env)} - 1)%nat"
    raise NotExported(f"no natural number for {expression}")


def vector(expression, rank, env):
    """A vector, or a row of one, as a function of its last indices."""
    if isinstance(expression, IndexedBase):
        return called_here(expression, rank, env)
    if isinstance(expression, Indexed):
        base = called_here(expression.base, len(expression.indices) + rank, env)
        return f"({' '.join([base, *(natural(index, env) for index in expression.indices)])})"
    return term(expression, env)


def argument(parameter, rank, value, env):
    """What is given for a parameter."""
    if is_index(parameter) or is_size(parameter):
        return natural(value, env)
    return vector(value, rank, env) if isinstance(parameter, IndexedBase) else term(value, env)


def _words(env, but):
    """The names in what everything is called here, but for some."""
    others = (other for key, other in env.items() if key not in (*but, None) and key[0] != "near")
    return {word for other in others for word in re.findall(r"[\w']+", other)}


def bound(index, env):
    """The same, below what binds an index: no name that something else here has, or has in it, such as upd w f t1."""
    text, taken = str(index), _words(env, ((index, 0),))
    while text in taken:
        text += "_"
    return {**env, (index, 0): text}


def term(expression, env) -> str:
    """A real number."""
    expression = sympify(expression)
    if isinstance(expression, Rational):
        return _rational(expression)
    if isinstance(expression, Indexed):
        text = vector(expression, 0, env)
        return f"(INR {text})" if of_indices(expression.base) else text
    if isinstance(expression, Symbol):
        text = called_here(expression, 0, env)
        return f"(INR {text})" if is_index(expression) else text
    if isinstance(expression, Quantity):
        return of_quantity(expression, env)
    if isinstance(expression, (Add, Mul)):
        return _joined(expression, [term(part, env) for part in expression.args])
    if isinstance(expression, Pow):
        return _power(expression, env)
    if type(expression) in CALLS:
        return f"({CALLS[type(expression)]} {term(expression.args[0], env)})"
    if isinstance(expression, KroneckerDelta):
        return f"(delta {natural(expression.args[0], env)} {natural(expression.args[1], env)})"
    if isinstance(expression, Max):
        return _largest([term(part, env) for part in expression.args])
    if isinstance(expression, (Sum, Product)):
        return _operator(expression, expression.limits, env)
    if isinstance(expression, Integral):
        return _integral(expression, env)
    if isinstance(expression, Derivative):
        return derivative(expression.expr, expression.variables, env)
    if expression is S.Exp1:
        return "(exp 1)"
    raise NotExported(f"no term for {type(expression).__name__}: {expression}")


def _largest(parts):
    *others, text = parts
    for part in reversed(others):
        text = f"(Rmax {part} {text})"
    return text


def _rational(number):
    if number.q != 1:
        return f"({number.p} * / {number.q})"
    return str(number.p) if number.p >= 0 else f"({number.p})"


def _joined(expression, parts):
    if isinstance(expression, Add):
        return f"({' + '.join(parts)})"
    if expression.args[0] == -1:
        return f"(- ({' * '.join(parts[1:])}))"
    return f"({' * '.join(parts)})"


def joined(expression, changed, env):
    """A sum or product, or a function, some of whose parts are replaced, with no part moved."""
    parts = [term(changed.get(place, part), env) for place, part in enumerate(expression.args)]
    if isinstance(expression, Mul) and expression.args[0] == -1 and 0 not in changed:
        return f"- ({' * '.join(parts[1:])})"
    if isinstance(expression, (Add, Mul)):
        return (" + " if isinstance(expression, Add) else " * ").join(parts)
    if type(expression) in CALLS:
        return f"{CALLS[type(expression)]} {parts[0]}"
    if isinstance(expression, Max):
        return _largest(parts)
    return term(expression.func(*(changed.get(place, part) for place, part in enumerate(expression.args))), env)


def _power(expression, env):
    base, exponent = expression.base, expression.exp
    if exponent == -1:
        return f"(/ {term(base, env)})"
    if isinstance(exponent, Integer):
        return f"({term(base, env)} ^ {exponent})" if exponent > 0 else f"(/ ({term(base, env)} ^ {-exponent}))"
    return f"(rpow {term(base, env)} {term(exponent, env)})"


def of_quantity(expression, env):
    """A named quantity: the function of its definition at what it depends on and its arguments."""
    definition = type(expression).definition
    given = [called_here(*key, env) for key in context(definition)]
    given += [argument(parameter, rank_of(definition, parameter), value, env)
              for parameter, value in zip(definition.parameters, expression.args)]  # fmt: skip
    name = identifier(definition.id)
    return f"({' '.join([name, *given])})" if given else name


def _operator(expression, limits, env):
    if not limits:
        return term(expression.function, env)
    *inner, (index, lower, upper) = limits
    if not is_index(index):
        return _over_numbers(expression, inner, index, lower, upper, env)
    if lower != 1:
        raise NotExported(f"no sum that begins at {lower}")
    below = bound(index, env)
    function = f"(fun {below[index, 0]} => {_operator(expression, inner, below)})"
    return f"({FOLDS[expression.func]} {natural(upper, env)} {function})"


def _over_numbers(expression, inner, index, lower, upper, env):
    if not (isinstance(lower, Integer) and isinstance(upper, Integer)):
        raise NotExported(f"no sum over {index}")
    values = [_operator(expression, inner, {**env, (index, 0): str(value)}) for value in range(lower, upper + 1)]
    return f"({(' + ' if isinstance(expression, Sum) else ' * ').join(values)})"


def _integral(expression, env):
    """An integral over one variable."""
    if len(expression.limits) != 1:
        raise NotExported(f"no integral over several variables: {expression}")
    ((variable, lower, upper),) = expression.limits
    below = bound(variable, env)
    function = f"(fun {below[variable, 0]} => {term(expression.function, below)})"
    return f"(RInt {function} {term(lower, env)} {term(upper, env)})"


def below_derivative(variable, env):
    """Under a derivative by a variable: its name there, and what everything is called."""
    depth = env.get(None, 0) + 1
    name = f"t{depth}"
    while name in _words(env, ()):
        name += "'"
    if not isinstance(variable, Indexed):
        return name, {**env, (variable, 0): name, None: depth}
    key = variable.base, len(variable.indices)
    updated = {1: "upd", 2: "upd2"}.get(key[1])
    if updated is None:
        raise NotExported(f"no derivative by {variable}")
    places = " ".join(natural(index, env) for index in variable.indices)
    return name, {**env, key: f"({updated} {called_here(*key, env)} {places} {name})", None: depth}


def derivative(expression, variables, env):
    """The derivative by some variables, the last outermost."""
    if not variables:
        return term(expression, env)
    *inner, variable = variables
    name, below = below_derivative(variable, env)
    return f"(Derive (fun {name} => {derivative(expression, inner, below)}) {term(variable, env)})"


def proposition(formula, env) -> str:
    """A formula of a hypothesis as a proposition."""
    if isinstance(formula, (And, Or)):
        sign = " /\\ " if isinstance(formula, And) else " \\/ "
        return f"({sign.join(proposition(part, env) for part in formula.args)})"
    if isinstance(formula, Implies):
        return f"({proposition(formula.args[0], env)} -> {proposition(formula.args[1], env)})"
    if isinstance(formula, Contains):
        return belongs(*formula.args, env)
    if isinstance(formula, Relational):
        sign, sides = COMPARISONS[formula.rel_op], formula.args
        if any(map(is_index, sides)):
            return f"({natural(sides[0], env)} {sign} {natural(sides[1], env)})%nat"
        return f"{term(sides[0], env)} {sign} {term(sides[1], env)}"
    raise NotExported(f"no proposition for {formula}")


def belongs(element, domain, env):
    """That an element lies in a set."""
    if isinstance(domain, Range):
        return f"({domain.start} <= {natural(element, env)} <= {natural(domain.stop - 1, env)})%nat"
    text = term(element, env)
    if isinstance(domain, FiniteSet):
        return "(" + " \\/ ".join(f"{text} = {term(value, env)}" for value in domain.args) + ")"
    if domain is S.Reals:
        return "True"
    if domain == ALL_BUT_0:
        return f"{text} <> 0"
    if isinstance(domain, Interval):
        low = (
            None
            if domain.start is S.NegativeInfinity
            else term(domain.start, env) + (" <" if domain.left_open else " <=")
        )
        high = None if domain.end is S.Infinity else ("< " if domain.right_open else "<= ") + term(domain.end, env)
        return " ".join(part for part in (low, text, high) if part)
    raise NotExported(f"no proposition for membership in {domain}")


def definition_text(definition) -> str:
    """The definition of a quantity."""
    keys = [*context(definition), *((p, rank_of(definition, p)) for p in definition.parameters)]
    names = called(keys)
    given = " ".join(f"({names[key]} : {kind_of(*key)})" for key in keys)
    return f"Definition {identifier(definition.id)} {given} : R :=\n  {without_brackets(term(definition.body, names))}."
