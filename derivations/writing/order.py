"""What stands where, as a person would write it, and what is not written at all.

Positive terms stand before negative ones, numbers before symbols, labels before logarithms, sums and logarithms last
in a product.
"""

from sympy import (
    Add, Derivative, Indexed, Integral, KroneckerDelta, Max, Mul, Number, Pow, Product, Sum, Symbol, exp, log,
)  # fmt: skip

from ..engine.entries import is_index
from ..engine.terms import Quantity, Rounded, substitute

INDEX_ORDER = "ijrukmlcfh"
MUL_ORDER = (
    Number, Symbol, Indexed, Quantity, Pow, Max, Rounded, KroneckerDelta, Add, exp,
    Derivative, log, Sum, Product, Integral,
)  # fmt: skip


def row_indices(vector):
    """The indices that a row of a table carries: i for y[i], and for a row such as the logits of i."""
    if isinstance(vector, Quantity):
        return [argument for argument in vector.args if is_index(argument)]
    return vector.indices if isinstance(vector, Indexed) else ()


def other_arguments(quantity):
    """The vectors that a quantity with an index is taken at, and its rows, where they are not its definition's."""
    for argument, own in zip(quantity.args, type(quantity).definition.parameters):
        if isinstance(argument, Quantity) and row_indices(argument):
            yield from other_arguments(argument)
        elif argument != own and not is_index(own) and not row_indices(argument):
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


def is_negative(term):
    return bool(term.as_coeff_Mul()[0].is_negative)


def add_place(term):
    return (not isinstance(term, Number), term.count_ops(), str(term))


def mul_place(factor):
    if isinstance(factor, Quantity):
        rank = MUL_ORDER.index(Pow if shown_arguments(factor) else Indexed)
    else:
        rank = next(rank for rank, kind in enumerate(MUL_ORDER) if isinstance(factor, kind))
    return rank, factor.count_ops(), str(factor)


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
    if isinstance(body, (Symbol, Indexed)):
        return body
    if isinstance(body, Quantity):
        shown, root = shown_arguments(body), getattr(variable, "base", variable)
        if not shown:
            return body
        if shown == (root,):
            return Symbol(type(body).definition.symbol)
    return None
