"""The moves that work out sums: deltas, constants, and sums that are known."""

from sympy import Add, Integer, KroneckerDelta, Mul

from ..engine.rules import algebra, definitions, sums
from ..engine.terms import Quantity, free_symbols, same, substitute
from ..translation import range_of
from . import reasons
from .conditions import unfolded
from .moves import Proposal, citing, parts, sums_in


def _deltas(term, total):
    """The deltas among the factors of a term that a sum can sift: with the index, the other one, and both ends."""
    for index, lower, upper in total.limits:
        for delta in Mul.make_args(term):
            if isinstance(delta, KroneckerDelta) and index in delta.args:
                other = delta.args[1] if delta.args[0] == index else delta.args[0]
                yield index, other, lower, upper


def sift(line, work):
    """A sum over a delta keeps one term."""
    for total in sums_in(line):
        for index, other, lower, upper in _deltas(total.function, total):
            if not fits(other, lower, upper, work):
                continue
            free = other in work.vocabulary.size_of and other in free_symbols(line)
            using = (range_of(other, upper),) if free else ()
            return Proposal(sums.sift_kronecker_delta, (), reasons.sifted(index, other), using, part=total)
    return None


def fits(other, lower, upper, work):
    """Whether a value surely lies within the ends of a sum, as far as sizes tell."""
    if other == upper:
        return lower == 1
    if isinstance(other, Integer):
        return lower == 1 and other >= 1
    return lower == 1 and work.vocabulary.size_of.get(other) == upper


def open_quantity(line, work):
    """A quantity in a sum that is a delta by its definition."""
    for total in sums_in(line):
        for part in parts(total.function, Quantity):
            if isinstance(unfolded(part), KroneckerDelta):
                return Proposal(definitions.unfold, (type(part).definition,), "this is its definition")
    return None


def open_delta(line, work):
    """A bracket with a delta that a sum around it could sift is multiplied out."""
    for total in sums_in(line):
        if isinstance(total.function, Mul):
            for bracket in (factor for factor in total.function.args if isinstance(factor, Add)):
                for term in bracket.args:
                    if next(_deltas(term, total), None):
                        return Proposal(algebra.distribute, (term,), "multiply out the bracket with the delta",
                                    part=total.function)  # fmt: skip
    return None


def split(line, work):
    """A sum of several terms is taken apart where some term becomes shorter by it."""
    for total in sums_in(line):
        terms = Add.make_args(total.function)
        if len(terms) > 1 and any(
            next(_deltas(term, total), None) or _known(total.func(term, *total.limits), work) for term in terms
        ):
            return Proposal(sums.linearity_of_sum, (), "the sum of several terms is the sum of their sums", part=total)
    return None


def take_out(line, work):
    """Factors that do not depend on the index come out; the sum of a constant is counted."""
    for total in sums_in(line):
        index = total.limits[0][0]
        fixed = [factor for factor in Mul.make_args(total.function) if index not in free_symbols(factor)]
        if len(total.limits) == 1 and index not in free_symbols(total.function):
            return Proposal(sums.sum_of_constant, (), reasons.unmoved(index, total.function), part=total)
        if fixed and total.function.is_Mul:
            return Proposal(sums.factor_out_of_sum, (), reasons.unmoved(index, Mul(*fixed)), part=total)
    return None


def known_sum(line, work):
    """A sum that is known."""
    return next((move for total in sums_in(line) if (move := _known(total, work))), None)


def _known(total, work):
    """The move that cites what a sum of probabilities is."""
    for family in work.families.values():
        known = family.probabilities_sum.start
        if isinstance(total.function, family.probability.head) and len(total.limits) == 1:
            own, vector = known.function.args[0], total.function.args[0]
            instance = {own: vector}
            if same(substitute(known, instance), total):
                arguments = citing(family.probabilities_sum, instance)
                return Proposal(definitions.cite, arguments, "the probabilities of softmax sum to 1")
    return None


SUMMATE = (open_quantity, sift, open_delta, split, take_out, known_sum)
