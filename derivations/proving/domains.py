"""Where the symbols of a theorem live: which domains of the notation it supposes, and whether it supposes any."""

from sympy import Add, Gt, Indexed, Interval, Pow, Product, S, Set, Sum
from sympy.logic.boolalg import Implies

from ..engine.derivation import Derivation
from ..engine.terms import Quantity, free_symbols
from ..engine.vocabulary import Vocabulary, key_of
from ..notation import CATALOGUE
from .variables import context, definitions_in

# Steps that rely on where the notation says its symbols live, and not on a hypothesis that is named.
ON_DOMAINS = {
    "write_out", "weighted_log_of_quotient", "weighted_log_relative_to", "product_of_powers", "log_of_product",
    "log_of_factors", "log_of_power", "by_cases", "log_of_quotient", "exponential_of_logarithm",
}  # fmt: skip


def relies_on_domains(derivation: Derivation, vocabulary: Vocabulary) -> bool:
    """Whether a derivation holds only where the notation says that its symbols live: by what it says, by a rule that it
    uses, because it divides by a sum of what is not negative there, because it supposes that such a sum is positive, or
    because a power has a number for its exponent.
    """
    return (
        derivation.relation != "="
        or any(step.rule in ON_DOMAINS or (step.rule == "sift_kronecker_delta" and step.before.has(Product))
               for step in derivation.steps)
        or any(map(_is_met_on_domains, derivation.hypotheses))
        or any(_divides_by_such_a_sum(formula, vocabulary) for formula in _with_bodies(derivation.lines))
        or any(map(_is_power_at_a_number, derivation.lines))
    )  # fmt: skip


def _is_met_on_domains(given):
    """Whether a hypothesis has an implication, or says that a sum is positive. Such a sum stays positive with positive
    factors in its terms only where no term is negative.
    """
    says = given.statement
    return says is not None and (says.has(Implies) or (isinstance(says, Gt) and says.lhs.has(Sum) and says.rhs == 0))


def _divides_by_such_a_sum(formula, vocabulary):
    """Whether a formula divides by a sum in which a symbol stands that the notation says is not negative."""
    bounded = filter(_is_bounded, vocabulary.entries)
    roots = {key_of(entry.symbol)[0] for entry in bounded if not entry.domain.left_open}
    below = (power.base for power in formula.atoms(Pow) if power.exp.is_negative)
    sums = (base for base in below if any(part.has(Add, Sum) for part in _with_bodies([base])))
    return any(roots & free_symbols(base) for base in sums)


def _is_power_at_a_number(formula):
    """Whether a quantity in it has a number where its definition has the exponent of a power: of what is negative, Coq
    has no such power.
    """
    for quantity in formula.atoms(Quantity):
        powers = quantity.definition.body.atoms(Pow)
        for parameter, argument in zip(quantity.definition.parameters, quantity.args):
            if argument.is_number and any(power.exp.has(parameter) for power in powers):
                return True
    return False


def has_complements(formulas) -> bool:
    """Whether 1 - p stands in some formulas, or in the definitions that they name, for some symbol p."""
    sums = (add for formula in _with_bodies(formulas) for add in formula.atoms(Add))
    return any(-part in add.args for add in sums for part in add.free_symbols)


def _with_bodies(formulas):
    """Formulas, and the bodies of the definitions that they name, and of those that these name."""
    return [*formulas, *(definition.body for definition in definitions_in(formulas))]


def _is_bounded(entry):
    """Whether a symbol of the notation lives in an interval that begins somewhere."""
    return isinstance(entry.domain, Interval) and entry.domain.start.is_finite


def is_below(domain: Set) -> bool:
    """Whether a domain is all that is below some number, such as the numbers below 0: a theorem always says so."""
    return isinstance(domain, Interval) and domain.start is S.NegativeInfinity and domain.end.is_finite


def domains_among(keys, lines, vocabulary):
    """The symbols of the notation among some variables that live in an interval that begins or ends somewhere."""
    for entry in vocabulary.entries:
        root, rank = key_of(entry.symbol)
        if (root, rank) not in keys or not (_is_bounded(entry) or is_below(entry.domain)):
            continue
        if rank == 0:
            if not entry.domain.left_open:  # the others are said of every such symbol
                yield entry.symbol, entry.domain
        elif any(vocabulary.size_of[entry.symbol.indices[0]] in _runs(line, root, vocabulary) for line in lines):
            yield entry.symbol, entry.domain


def _runs(expression, root, vocabulary, seen=()):
    """The sizes to which the first index of a vector runs in an expression."""
    found = {vocabulary.size_of.get(part.indices[0], CATALOGUE.sizes[1]) for part in expression.atoms(Indexed)
             if part.base == root and not isinstance(part.indices[0], Indexed)}  # fmt: skip
    for quantity in expression.atoms(Quantity):
        definition = type(quantity).definition
        if definition.id in seen:
            continue
        for parameter, argument in zip(definition.parameters, quantity.args):
            if argument == root:
                found |= _runs(definition.body, parameter, vocabulary, (*seen, definition.id))
        if root not in definition.parameters and any(key[0] == root for key in context(definition)):
            found |= _runs(definition.body, root, vocabulary, (*seen, definition.id))
    return found
