"""Why a step holds, filled from what the step does: a sentence for each kind of move."""

from sympy import Add, Derivative, Expr, IndexedBase, Mul, Pow, Symbol

from ..engine.derivation import Derivation
from ..engine.entries import is_index
from ..engine.terms import depends_on, free_symbols, root_of
from ..writing.typeset import plain


def names(symbols) -> str:
    """Some letters in a row: y, w and x."""
    written = sorted({plain(symbol) for symbol in symbols})
    return " and ".join([", ".join(written[:-1]), written[-1]] if len(written) > 1 else written)


def renamed(index: Symbol) -> str:
    return f"{plain(index)} is the index of the variable; what a sum runs over may have any name"


def coordinate(derivative: Derivative) -> str:
    if derivative.expr == derivative.variables[0]:
        return "this is the variable itself"
    return f"each {plain(root_of(derivative.variables[0]))} is a variable of its own"


def linear(derivative: Derivative) -> str:
    """What does not move, or that a sum is taken term by term."""
    variable, terms = derivative.variables[0], Add.make_args(derivative.expr)
    fixed = [factor for term in terms for factor in Mul.make_args(term) if not depends_on(factor, variable)]
    letters = set().union(*(free_symbols(part) for part in fixed)) if fixed else set()
    letters = {letter for letter in letters if not is_index(letter) and isinstance(letter, (Symbol, IndexedBase))}
    if letters:
        return f"{names(letters)} {'do' if len(letters) > 1 else 'does'} not depend on {plain(root_of(variable))}"
    return "the derivative of a sum is the sum of the derivatives" if len(terms) > 1 else "a number is constant"


def finite_sum(derivative: Derivative) -> str:
    return f"the sum is finite, and {plain(derivative.variables[0])} carries no index that it runs over"


def product(derivative: Derivative) -> str:
    return f"several factors depend on {plain(root_of(derivative.variables[0]))}"


def larger_one(derivative: Derivative) -> str:
    return "the larger one moves alone, as long as there is no tie"


def cited(fact: Derivation) -> str:
    return f"this is what was found for the {fact.title}" if not fact.title.startswith("the ") else fact.title


def chained(fact: Derivation) -> str:
    return f"{cited(fact)}; chain rule"


def lemma(derivative: Derivative) -> str:
    return f"this is how {plain(derivative.expr)} moves with {plain(derivative.variables[0])}"


def sifted(index: Symbol, value: Expr) -> str:
    return f"one term is left, that with {plain(index)} = {plain(value)}"


def unmoved(index: Symbol, factors: Expr) -> str:
    parts = [part for part in Mul.make_args(factors) if not part.is_Number]
    letters = [1 / part if isinstance(part, Pow) and part.exp == -1 else part for part in parts]
    if not letters:
        return f"a number does not depend on {plain(index)}"
    return f"{names(letters)} {'do' if len(letters) > 1 else 'does'} not depend on {plain(index)}"


def common(factor: Expr) -> str:
    return f"every term has the factor {plain(factor)}"
