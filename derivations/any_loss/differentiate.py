"""The moves that differentiate, outermost first, in the order in which they are tried."""

from sympy import Add, Expr, Indexed, Max, Mul, Pow, Product, Sum, Symbol, cos, exp, log, sin

from .. import sigmoid
from ..checking.indices import indices_in
from ..engine.entries import is_index
from ..engine.nodes import Indicator
from ..engine.rules import definitions, derivatives, functions, indices, logarithms
from ..engine.terms import BIG_OPERATORS, Quantity, depends_on, entry, free_symbols
from ..translation import range_of
from ..writing.typeset import plain
from . import reasons
from .conditions import unfolded
from .known import tanh, tanh_derivative
from .moves import Proposal, bound_above, citing, derivatives_of, parts

OF_ONE_NUMBER = {
    sigmoid.sigmoid.head: sigmoid.derivative, sigmoid.softplus.head: sigmoid.softplus_derivative,
    tanh.head: tanh_derivative,
}  # fmt: skip


def rename(line, work):
    """Whatever binds a letter that a derivative is taken by gets another one."""
    for derivative in derivatives_of(line):
        letters = set().union(*map(free_symbols, derivative.variables))
        for operator in parts(derivative.expr, BIG_OPERATORS):
            for index, _, size in (limit for limit in operator.limits if limit[0] in letters):
                name = work.spare(index, size, line.atoms(Symbol) | letters)
                return Proposal(indices.rename_index, (index, name), reasons.renamed(index), part=operator)
    return None


def log_law(line, work):
    """A logarithm below a derivative is taken apart, where the parts are positive."""
    for derivative in derivatives_of(line):
        for part in parts(derivative.expr, log):
            if depends_on(part, derivative.variables[0]) and (move := _log_move(part, work)):
                return move
    return None


def _log_move(part, work):
    argument = part.args[0]
    positive = work.conditions.positive
    if isinstance(argument, Quantity) and isinstance(unfolded(argument), (Product, Mul)):
        if not work.conditions.is_known(argument):
            return Proposal(definitions.unfold, (type(argument).definition,), "this is its definition")
    if isinstance(argument, exp):
        return Proposal(logarithms.log_of_exponential, (), "the logarithm undoes the exponential", part=part)
    if isinstance(argument, Pow) and positive(argument.base):
        if argument.exp == -1:
            return Proposal(logarithms.log_of_quotient, (), f"{plain(argument.base)} is positive", part=part)
        return Proposal(logarithms.log_of_power, (), f"{plain(argument.base)} is positive", part=part)
    if isinstance(argument, Mul) and all(map(positive, argument.args)):
        rule = logarithms.log_of_quotient if any(
            isinstance(f, Pow) and f.exp == -1 for f in argument.args) else logarithms.log_of_factors
        return Proposal(rule, (), "each factor is positive", part=part)
    if isinstance(argument, Product) and positive(argument.function):
        return Proposal(logarithms.log_of_product, (), "each factor is positive", part=part)
    return None


def _rule(rule, kind, reason, when=None):
    def move(line, work):
        found = [one for one in derivatives_of(line, kind) if when is None or when(one)]
        return Proposal(rule, (), reason(found[0])) if found else None

    return move


def power(line, work):
    """A power whose exponent stays; its base is not 0 unless the exponent is at least 1."""
    found = [one for one in derivatives_of(line, Pow) if not isinstance(one.expr, exp)]
    found = [one for one in found if not depends_on(one.expr.exp, one.variables[0])]
    using = [given for one in found for given in work.conditions.of_slope(one.expr, bound_above(line, one))]
    return Proposal(derivatives.derivative_of_power, (), "the chain rule for a power", tuple(using)) if found else None


def quantity(line, work):
    """A quantity whose slope is known is differentiated by that; any other by a lemma or by its definition."""
    for derivative in derivatives_of(line, Quantity):
        return _of_quantity(derivative, line, work)
    return None


def _of_quantity(derivative, line, work):
    head, variable = type(derivative.expr), derivative.variables[0]
    if head in OF_ONE_NUMBER:
        fact = OF_ONE_NUMBER[head]
        (own,) = fact.start.expr.args
        if derivative.expr.args[0] == own == variable:
            return Proposal(definitions.cite, (fact,), reasons.cited(fact))
        return Proposal(derivatives.chain_rule, (fact,), reasons.chained(fact))
    for size, family in work.families.items():
        for found in (family.log_sum_exp_gradient, family.jacobian):
            if isinstance(found.start.expr, head):
                return _of_vector(derivative, found, size, line, work)
    if len(derivative.variables) == 1 and head.definition.id.startswith("any_loss."):
        return _by_lemma(derivative, work)
    return Proposal(definitions.unfold, (head.definition,), "this is its definition")


def _of_vector(derivative, fact, size, line, work):
    function, by = fact.start.expr, fact.start.variables[0]
    own_vector, own_index = by.base, by.indices[0]
    vector, variable = derivative.expr.args[0], derivative.variables[0]
    at = {old: new for old, new in zip(function.args, derivative.expr.args) if old != new}
    if isinstance(variable, Indexed) and variable == entry(vector, variable.indices[-1]) and len(
            derivative.variables) == 1 and not isinstance(vector, Quantity):
        at |= {own_index: variable.indices[-1]} if own_index != variable.indices[-1] else {}
        using = [range_of(place, size) for place in at.values() if is_index(place) and is_free(line, place)]
        return Proposal(definitions.cite, citing(fact, at), reasons.cited(fact), tuple(using))
    taken = line.atoms(Symbol) | fact.result.atoms(Symbol)
    running = own_index if own_index not in line.atoms(Symbol) else work.spare(own_index, size, taken)
    using = [range_of(place, size) for place in derivative.expr.args[1:] if is_free(line, place)]
    return Proposal(derivatives.chain_rule, (fact, {own_index: running}), reasons.chained(fact), tuple(using))


def _by_lemma(derivative, work):
    strange = bool(set(indices_in((derivative,))) - work.vocabulary.size_of.keys())
    if derivative in work.under_way or strange:  # it is the lemma itself, or has a letter that no notation knows
        work.opened[derivative.expr] = unfolded(derivative.expr)
        return Proposal(definitions.unfold, (type(derivative.expr).definition,), "this is its definition")
    if derivative not in work.lemmas:
        work.under_way.append(derivative)
        title = f"how {plain(derivative.expr)} moves with {plain(derivative.variables[0])}"
        number = len(work.lemmas) + len(work.under_way)  # one lemma may need another, which is found first
        work.lemmas[derivative] = work.derive(derivative, f"{work.id}_inner_{number}", title)
        work.under_way.remove(derivative)
    return Proposal(definitions.cite, (work.lemmas[derivative],), reasons.lemma(derivative))


def is_free(line, index):
    return is_index(index) and index in free_symbols(line)


DIFFERENTIATE = (
    rename,
    log_law,
    _rule(derivatives.linearity_of_derivative, Expr, reasons.linear, lambda d: not depends_on(d.expr, d.variables[0])),
    _rule(derivatives.derivative_of_coordinate, (Indexed, Symbol), reasons.coordinate),
    _rule(derivatives.linearity_of_derivative, (Add, Mul), reasons.linear,
          lambda d: isinstance(d.expr, Add) or not all(depends_on(f, d.variables[0]) for f in d.expr.args)),
    _rule(derivatives.differentiate_sum, Sum, reasons.finite_sum),
    _rule(derivatives.derivative_of_exponential, exp, lambda d: "the chain rule for the exponential"),
    _rule(derivatives.derivative_of_logarithm, log, lambda d: "the chain rule for the logarithm"),
    power,
    _rule(functions.derivative_of_any_power, Pow, lambda d: "base or exponent move, and the base is positive",
          lambda d: not isinstance(d.expr, exp) and depends_on(d.expr.exp, d.variables[0])),
    _rule(functions.derivative_of_larger, Max, reasons.larger_one),
    _rule(functions.derivative_of_indicator, Indicator, lambda d: "away from the tie it stays the same"),
    _rule(functions.derivative_of_sine, sin, lambda d: "the chain rule for the sine"),
    _rule(functions.derivative_of_cosine, cos, lambda d: "the chain rule for the cosine"),
    _rule(functions.differentiate_product, Product, lambda d: "the product is finite: one factor moves at a time"),
    _rule(derivatives.derivative_of_product, Mul, reasons.product),
    quantity,
)
