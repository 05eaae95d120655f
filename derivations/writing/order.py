"""What stands where, as a person would write it, and what is not written at all.

In a sum positive terms stand before negative ones, numbers first, and a number that shifts the rest after what it
shifts. In a product weights stand before what they weigh: parameters, labels, probabilities with their complements,
then the entries of vectors; then functions, sums and logarithms.
"""

import unicodedata
from functools import lru_cache

from sympy import (
    Add, Derivative, Function, Indexed, Integral, KroneckerDelta, Max, Mul, Number, NumberSymbol, Pow, Product, S,
    Sum, Symbol, cos, exp, factorial, fraction, log, perfect_power, sin,
)  # fmt: skip
from sympy.core.function import AppliedUndef

from ..engine.entries import is_index
from ..engine.nodes import Indicator, Rounded
from ..engine.terms import Quantity, substitute

INDEX_ORDER = "ijrukmlcfh"
LETTER_ORDER = "yeqpσvuwzx"  # labels, probabilities, vectors; any other letter is a parameter and stands before them
LETTERS = (Symbol, Indexed, Quantity)


class Smaller(Function):
    """The smallest of some numbers: in a formula, minus the largest of their opposites. For writers alone."""


MUL_ORDER = (
    (Number, NumberSymbol), LETTERS, Pow, Max, Smaller, Rounded, Indicator, sin, cos, Quantity, AppliedUndef, factorial,
    exp, Add, Derivative, log, Sum, Product, Integral,
)  # fmt: skip

READ_AT_ONCE = 10**5  # who reads a larger number counts its digits


def power_below(number: Number) -> tuple[int, int] | None:
    """The base and the exponent below the line of one over a long power: 10 and 17 of 1/10**17. None of others."""
    return (perfect_power(number.q) or None) if number.p == 1 and number.q > READ_AT_ONCE else None


def row_indices(vector):
    """The indices that a row of a table carries: i for y[i], and for a row such as the logits of i."""
    if isinstance(vector, Quantity):
        return [argument for argument in vector.args if is_index(argument)]
    return vector.indices if isinstance(vector, Indexed) else ()


def other_arguments(quantity):
    """The vectors that a quantity with an index is taken at, and its rows, where they are not its definition's. Of a
    row the letter is enough: its indices stand beside the quantity's own.
    """
    for argument, own in zip(quantity.args, type(quantity).definition.parameters):
        if is_index(own):
            continue
        if row_indices(argument):
            letter = type(argument).definition.symbol if isinstance(argument, Quantity) else str(argument.base)
            if letter != str(own):
                yield Symbol(letter)
            elif isinstance(argument, Quantity):
                yield from other_arguments(argument)
        elif argument != own:
            yield argument


def all_but_one(total):
    """Index, value and term of a sum over all values of the index but one; None for any other sum."""
    if not isinstance(total, Sum) or len(total.limits) > 1:
        return None
    index = total.limits[0][0]
    for factor in Mul.make_args(total.function):
        if isinstance(1 - factor, KroneckerDelta) and index in (1 - factor).args:
            other = next(argument for argument in (1 - factor).args if argument != index)
            return index, other, Mul(*(rest for rest in Mul.make_args(total.function) if rest != factor))
    return None


def split_at_bar(factors):
    """What stands above a fraction bar, factor by factor, and what below: a number before a bracket stays there."""
    pairs = [fraction(factor) for factor in factors]
    above = [part for top, _ in pairs for part in Mul.make_args(top) if part != 1]
    return above or [S.One], Mul(*(bottom for _, bottom in pairs))


def is_negative(term):
    return bool(term.as_coeff_Mul()[0].is_negative)


def with_smallest(term):
    """A term with the smallest of some numbers in the place of minus the largest of their opposites."""
    factors = Mul.make_args(term)
    for largest in (factor for factor in factors if isinstance(factor, Max)):
        zeros = [S.Zero] if is_negative(term) and S.Zero in largest.args else []
        others = [with_smallest(one) for one in largest.args if one not in zeros]
        if all(map(_is_opposite, others)) or (is_negative(term) and _signs(others) > _signs(-one for one in others)):
            rest = Mul(S.NegativeOne, *(factor for factor in factors if factor != largest))
            return rest * Smaller(*zeros, *(with_smallest(-one) for one in others))
    return term


def _signs(numbers):
    """How many minus signs some numbers have."""
    return sum(is_negative(term) for number in numbers for term in Add.make_args(number))


def _is_opposite(number):
    return all(map(is_negative, number.args)) if isinstance(number, Add) else is_negative(number)


@lru_cache(maxsize=2**14)
def add_place(term):
    """Numbers, letters, functions of them, then what is added to them: a parameter, a logarithm, a sum."""
    late = is_function(term), _is_parameter(term), term.has(log, Sum, Product) and not _is_bare_log(term)
    return (not isinstance(term, Number), late[::-1], term.count_ops(), str(term))


def _is_bare_log(term):
    return isinstance(term, log) and is_letter(term.args[0])


def _is_parameter(term):
    """Whether a term is made of parameters alone: the shift t, the small number ε."""
    return bool(term.free_symbols) and all(is_letter(part) and not _rank(part) for part in term.free_symbols)


def is_letter(part):
    """Whether a part is printed as one letter, with indices or without."""
    return isinstance(part, LETTERS) and not is_function(part)


def is_function(part):
    return isinstance(part, Quantity) and bool(shown_arguments(part))


def _letter(part):
    if isinstance(part, Quantity):
        return type(part).definition.symbol
    return str(getattr(part, "base", part))


def _rank(letter):
    """0 for a parameter; the accent and the case of a letter say nothing of its place."""
    return LETTER_ORDER.find(unicodedata.normalize("NFD", _letter(letter))[0].lower()) + 1


@lru_cache(maxsize=2**14)
def mul_place(factor):
    """By its kind; letters by what they stand for, each with its powers and its complement 1 - p."""
    base = factor.base if isinstance(factor, Pow) and is_letter(factor.base) else factor
    if is_letter(base) or _letter(base) == "σ":
        rank = _rank(base)
        return 1, rank, not rank and isinstance(base, Indexed), base.count_ops(), str(base), 0
    if isinstance(factor, KroneckerDelta):
        return 1, _rank(Symbol("p")), 2, factor.count_ops(), str(factor), 0
    if isinstance(factor, Add):
        return _bracket_place(factor)
    if isinstance(factor, Quantity):
        return MUL_ORDER.index(Quantity), 0, 0, factor.count_ops(), str(factor), 0
    rank = next(rank for rank, kind in enumerate(MUL_ORDER) if isinstance(factor, kind))
    return rank, 0, 0, factor.count_ops(), str(factor), 0


def _bracket_place(bracket):
    """A bracket of letters stands where its last letter would; 1 - p is the complement of p and stands after it."""
    rest = [term.as_coeff_Mul()[1] for term in bracket.args if not isinstance(term, Number)]
    parts = [part for term in rest for part in Mul.make_args(term)]
    if len(rest) < len(bracket.args) and len(parts) == 1:
        return *mul_place(parts[0])[:-1], 1
    if all(is_letter(part) or isinstance(part, KroneckerDelta) for part in parts):
        place = max(mul_place(part) for part in parts)
        return place[0], place[1], 1, bracket.count_ops(), str(bracket), 0
    return MUL_ORDER.index(Add), 0, 0, bracket.count_ops(), str(bracket), 0


def index_place(index):
    return INDEX_ORDER.find(str(index)), str(index)


def shown_arguments(quantity):
    """The arguments of a quantity that are printed in brackets after its symbol; none where it has an index."""
    definition = type(quantity).definition
    if any(is_index(parameter) for parameter in definition.parameters):
        return ()
    mapping = dict(zip(definition.parameters, quantity.args))
    shown = definition.parameters if definition.shown is None else definition.shown
    return tuple(substitute(argument, mapping) for argument in shown)


def single_letter(body, variable):
    """What stands above the line in a derivative of a single letter: the letter. None for anything longer."""
    if isinstance(body, (Symbol, Indexed, AppliedUndef)):
        return body
    if isinstance(body, Quantity):
        shown, root = shown_arguments(body), getattr(variable, "base", variable)
        if not shown:
            return body
        if shown == (root,):
            return Symbol(type(body).definition.symbol)
    return None


def is_spread(factor):
    """Whether it is a derivative with its body beside it: the factor after it would seem to be derived too."""
    if not isinstance(factor, Derivative) or single_letter(factor.expr, factor.variables[0]) is not None:
        return False
    return not isinstance(factor.expr, (Add, Mul))
