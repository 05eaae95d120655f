"""Tidying: a bounded search over a few laws of algebra for a line that is shorter to read, until none is nearby."""

from functools import lru_cache

from sympy import (
    Add, Derivative, Expr, Indexed, Integer, KroneckerDelta, Mul, Number, Pow, Rational, S, Sum, exp, fraction, igcd,
    ilcm,
)  # fmt: skip

from ..engine.rules import algebra, indices, sums
from ..engine.terms import BIG_OPERATORS, Quantity
from ..writing.order import split_at_bar
from . import reasons
from .folding import name_part
from .moves import Proposal, parts
from .summing import SUMMATE

FARTHEST_LINE, MOST_LINES = 3, 240  # how far from a line it looks, and at how many lines


@lru_cache(maxsize=2**14)
def cost(part: Expr) -> float:
    """How much there is to read: letters, signs, brackets; a leading minus is read worse than one between terms."""
    if isinstance(part, Number):
        return (1 if part.is_Integer else 2.5) + (1 if part.is_negative else 0)
    if isinstance(part, Indexed):
        return 1 + len(part.indices)
    if isinstance(part, Quantity):
        return 1 + sum(1 if argument.is_integer else 0.5 for argument in part.args)
    if isinstance(part, Add):
        signs = sum(term.as_coeff_Mul()[0].is_negative for term in part.args)
        return sum(map(cost, part.args)) + len(part.args) - 1 + (1 if signs == len(part.args) else 0)
    if isinstance(part, Mul):
        return _product(part)
    if isinstance(part, Pow) and not isinstance(part, exp):
        if part.exp.is_negative:
            return 2 + cost(1 / part)
        times = min(int(part.exp), 4) if part.exp.is_Integer and part.exp > 0 else 1
        return cost(part.base) * times + cost(part.exp) + (2 if isinstance(part.base, (Add, Mul)) else 0.5)
    if isinstance(part, BIG_OPERATORS):
        return 3 * len(part.limits) + cost(part.function) + (2 if isinstance(part.function, Add) else 0)
    if isinstance(part, Derivative):
        return 6 + sum(map(cost, part.args[:1]))
    if not part.args:
        return 1
    return 1.5 + sum(map(cost, part.args))


def _product(product):
    above, below = split_at_bar(product.args)
    number = Mul(*(factor for factor in above if factor.is_Number))
    factors = [factor for factor in above if not factor.is_Number]
    found = sum(cost(factor) + (1 if isinstance(factor, Add) else 0) for factor in factors)
    found += (cost(abs(number)) if abs(number) != 1 or not factors else 0) + (1.5 if number.is_negative else 0)
    nested = any(fraction(term)[1] != 1 for factor in factors if isinstance(factor, Add) for term in factor.args)
    return found + (0 if below == 1 else 1 + cost(below)) + (3 if nested and below != 1 else 0)


def tidy(line, work):
    """The moves that make a line shorter, as few as there are; empty where nothing near is shorter."""
    best, seen, layer = (cost(line), ()), {line}, [(line, ())]
    for _ in range(FARTHEST_LINE):
        following = []
        for current, moves in layer:
            for move in nearby(current, work):
                if len(seen) > MOST_LINES:
                    break
                new = move.result(current)
                if new is None or new in seen:
                    continue
                new, more = _settled(new, work)
                if new in seen:
                    continue
                seen.add(new)
                following.append((new, (*moves, move, *more)))
        found = min(((cost(new), moves) for new, moves in following), key=lambda pair: pair[0], default=best)
        if found[0] < best[0]:
            return found[1]
        layer = sorted(following, key=lambda pair: cost(pair[0]))[:40]
    return ()


def _settled(line, work):
    """The line once no law of sums applies, with the moves that lead there."""
    moves = []
    while len(moves) < 20:
        move = next((move for propose in SUMMATE if (move := propose(line, work))), None)
        new = move.result(line) if move else None
        if new is None:
            break
        moves.append(move)
        line = new
    return line, tuple(moves)


def nearby(line, work):
    """The moves that lead one law away."""
    folding = name_part(line, work)
    if folding:
        yield folding
    for part in parts(line, (Add, Mul, Sum)):
        if isinstance(part, Add):
            yield from _of_terms(part)
        elif isinstance(part, Mul):
            yield from _of_factors(part, work)
        if isinstance(part, Sum) and len(part.limits) > 1:
            yield Proposal(sums.swap_sums, (), "the sums are finite: either may come first", part=part)
        if isinstance(part, Sum) and isinstance(part.function, Add):
            yield Proposal(sums.linearity_of_sum, (), "the sum of several terms is the sum of their sums", part=part)


def _of_terms(part):
    common = common_factor(part)
    falling = all(term.as_coeff_Mul()[0].is_negative for term in part.args)
    if common != 1:
        yield Proposal(algebra.factor_out, (-common if falling else common,), reasons.common(common), part=part)
    if sum(isinstance(term.as_coeff_Mul()[1], Sum) for term in part.args) > 1:
        yield Proposal(indices.merge_sums, (), "sums over the same index are one sum", part=part)
    if any(fraction(term)[1] != 1 for term in part.args):
        yield Proposal(algebra.common_denominator, (), "one fraction with a common denominator", part=part)


def _of_factors(part, work):
    number = part.as_coeff_Mul()[0]
    for bracket in (factor for factor in part.args if isinstance(factor, Add)):
        if number.is_negative:
            yield Proposal(algebra.number_into_bracket, (S.NegativeOne, bracket), "the minus turns the bracket",
                       part=part)  # fmt: skip
        least = _least(bracket)
        if least != 1:
            because = f"every term of the bracket has the factor {least}"
            yield Proposal(algebra.number_into_bracket, (1 / least, bracket), because, part=part)
        if number not in (1, -1) and all((number * term.as_coeff_Mul()[0]).is_Integer for term in bracket.args):
            yield Proposal(algebra.number_into_bracket, (number, bracket), "the number goes in", part=part)
    if part.has(Add):
        yield Proposal(algebra.distribute, (), "multiply out", part=part)
    if any(isinstance(factor, KroneckerDelta) for factor in part.args):
        move = Proposal(sums.substitute_by_delta, (), "where the delta is not 0, its indices are equal", part=part)
        new = move.result(part)
        if new is not None and not work.conditions.asks(new):  # where the delta is 0, it needs a value too
            yield move
    totals = [factor for factor in part.args if isinstance(factor, Sum)]
    for factor in part.args if len(totals) == 1 and totals[0].has(exp) else ():
        if isinstance(factor, Pow) and factor.exp == -1 and isinstance(factor.base, Sum):
            yield Proposal(sums.factor_into_sum, (factor,), "it does not depend on the index", part=part)
    if number.is_negative and len(totals) == 1:
        minus = S.NegativeOne if number == -1 else number
        yield Proposal(sums.factor_into_sum, (minus,), "the number goes into the sum", part=part)


def _least(bracket):
    """The number that all terms of a bracket share."""
    numbers = [term.as_coeff_Mul()[0] for term in bracket.args]
    if not all(number.is_Rational for number in numbers):
        return Integer(1)
    return Rational(igcd(*(number.p for number in numbers)), ilcm(*(number.q for number in numbers)))


def common_factor(total: Add) -> Expr:
    """The factors that all terms of a sum share, numbers apart."""
    tables = [dict(factor.as_base_exp() for factor in Mul.make_args(term.as_coeff_Mul()[1])) for term in total.args]
    common = []
    for base in tables[0]:
        if all(base in table for table in tables):
            powers = [table[base] for table in tables]
            least = [one for one in powers if all((other - one).is_nonnegative for other in powers)]
            if least and (least[0].is_positive or len(set(powers)) == 1):
                common.append(base ** least[0])
    return Mul(*common)
