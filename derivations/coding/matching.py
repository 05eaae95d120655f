"""Where an expression is an instance of another: which letters must stand for what.

Within a sum, an entry at its index stands for whatever depends on that index; the vector, elsewhere, for the same.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from sympy import Add, Basic, Expr, Function, Indexed, IndexedBase, KroneckerDelta, Mul, Pow, S, Sum, Symbol

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import Quantity, entry, free_symbols, same, substitute

Binding = dict
Match = tuple[Binding, Callable[[Expr], Expr]]
SINGLE = (Symbol, Indexed, KroneckerDelta, Quantity)
BOUND = "bound"  # under this key: the indices of the sums within which a part of a pattern stands


class Entries(NamedTuple):
    """A vector that has no name: what its entry at an index is."""

    index: Symbol
    body: Expr


def instances(pattern: Expr, expression: Expr, whole: bool = False) -> Iterator[Match]:
    """The ways in which an expression, or some of its terms or factors, is a pattern: what the letters of the pattern
    stand for, and how the expression looks with something else in the place of what was found.
    """
    operation = type(pattern)
    if not may_hold(pattern, expression):
        return
    if operation not in (Add, Mul):
        yield from ((binding, lambda new: new) for binding in _alike(pattern, expression, {}))
        return
    for sign in (1, -1) if operation is Add else (1,):
        turned = Add(*(-term for term in expression.args)) if sign < 0 and isinstance(expression, Add) else expression
        if type(turned) is operation:
            for binding, left in _among(_in_order(pattern), list(turned.args), {}):
                if not (whole and left):
                    yield binding, lambda new, left=left, sign=sign: sign * operation(new, *left)


def may_hold(pattern: Expr, expression: Basic) -> bool:
    """Whether an expression, or some part of it, can be an instance: it has what the pattern has."""
    return _needed(pattern) <= kinds(expression)


@lru_cache(maxsize=2**14)
def kinds(expression: Basic) -> frozenset:
    """The kinds of what an expression is made of."""
    return frozenset([type(expression)]).union(*map(kinds, expression.args))


@lru_cache(maxsize=2**12)
def _needed(pattern):
    """The kinds in a pattern for which nothing of another kind may stand: they are looked for before all else."""
    if _is_letter(pattern):
        return frozenset()
    own = frozenset([type(pattern)] if isinstance(pattern, Function | Sum) else [])
    return own.union(*map(_needed, pattern.args))


@lru_cache(maxsize=2**12)
def _in_order(pattern):
    """The parts of a sum or a product, those first that fewest others are like."""
    return sorted(pattern.args, key=lambda one: (not one.has(Quantity), -one.count_ops()))


def _among(wanted, parts, binding):
    """The ways to find each wanted part, in their order, among some parts, with those that are left."""
    if not wanted:
        yield binding, parts
        return
    first, *others = wanted
    known = _known(first, binding)
    for place, part in enumerate(parts):
        if known is not None:
            if same(known, part):
                yield from _among(others, parts[:place] + parts[place + 1 :], binding)
            continue
        if first not in binding and _is_leaf_only(first) and not _is_leaf_only(part):
            continue
        for found in _alike(first, part, binding):
            yield from _among(others, parts[:place] + parts[place + 1 :], found)


def _is_leaf_only(term):
    """A term or factor that is one symbol or entry, but for a sign, stands for such a one alone."""
    return isinstance(-term if isinstance(term, Mul) else term, SINGLE)


def _known(pattern, binding):
    """What an entry, but for a sign, must be of which the vector and the index are found; None if they are not."""
    sign, one = pattern.as_coeff_Mul() if isinstance(pattern, Expr) else (1, pattern)
    if not isinstance(one, Indexed) or not set(one.args) <= set(binding):
        return None
    vector, *indices = (binding[part] for part in one.args)
    if isinstance(vector, Entries):
        return sign * substitute(vector.body, {vector.index: indices[0]})
    return None if isinstance(vector, Quantity) else sign * entry(vector, *indices)  # that may be written out elsewhere


def _alike(pattern, expression, binding):
    if (known := _known(pattern, binding)) is not None:
        if same(known, expression):
            yield binding
    elif isinstance(pattern, Indexed) and not free_symbols(pattern).isdisjoint(binding.get(BOUND, ())):
        yield from _entries_alike(pattern, expression, binding)
    elif isinstance(pattern, Sum) and isinstance(expression, Sum) and len(pattern.limits) == 1:
        yield from _sums_alike(pattern, expression, binding)
    elif _is_letter(pattern):
        if _may_stand(pattern, expression) and binding.get(pattern, expression) == expression:
            yield binding | {pattern: expression}
    elif isinstance(pattern, Add | Mul):
        if type(expression) is type(pattern) and len(expression.args) == len(pattern.args):
            yield from (found for found, _ in _among(_in_order(pattern), list(expression.args), binding))
    elif not pattern.args:
        if pattern == expression:
            yield binding
    elif isinstance(pattern, Pow) and _is_letter(pattern.exp) and getattr(expression, "exp", S.One).is_number:
        return  # a power with a letter above is not one with a number
    elif type(pattern) is type(expression) and len(pattern.args) == len(expression.args):
        orders = (pattern.args, pattern.args[::-1]) if isinstance(pattern, KroneckerDelta) else (pattern.args,)
        for order in orders:
            yield from _all_alike(order, expression.args, binding)


def _sums_alike(pattern, expression, binding):
    (own, *ends), (other, *others) = pattern.limits[0], expression.limits[0]
    if len(expression.limits) != 1 or ends != others:
        return
    above, outside = binding.get(BOUND, ()), {own: binding[own]} if own in binding else {}  # a sum above may have it
    for found in _alike(pattern.function, expression.function, binding | {own: other, BOUND: (*above, own)}):
        yield {old: new for old, new in found.items() if old not in (own, BOUND)} | outside | (
            {BOUND: above} if above else {})


def _entries_alike(pattern, expression, binding):
    """An entry of which some index is that of a sum. Where it is the only one, what stands there may be anything."""
    if len(pattern.indices) == 1:
        index = binding[pattern.indices[0]]
        row = _row_along(index, expression)
        yield binding | {pattern.base: Entries(index, expression) if row is None else row}
    elif isinstance(expression, Indexed) and len(expression.indices) == len(pattern.indices):
        yield from _all_alike(pattern.args, expression.args, binding)


def _row_along(index, expression):
    """The vector of which an expression is the entry at an index; None if it is no such entry."""
    if isinstance(expression, Indexed):
        row = row_of(expression)
    elif isinstance(expression, Quantity):
        row = expression.func(*expression.args[:-1])
    else:
        return None
    indices = expression.indices if isinstance(expression, Indexed) else expression.args
    return row if indices[-1:] == (index,) and index not in free_symbols(row) else None


def place_of(found: Expr, vector: Expr | Entries) -> Expr | None:
    """The index at which what was found is an entry of what stands for a vector; None if it is none."""
    if isinstance(vector, Entries):
        places = (one for one in indices_within(found) if same(substitute(vector.body, {vector.index: one}), found))
        return next(places, None)
    indices = found.indices if isinstance(found, Indexed) else found.args if isinstance(found, Quantity) else ()
    return next((index for index in indices[-1:] if _row_along(index, found) == vector), None)


def _all_alike(patterns, parts, binding):
    if not patterns:
        yield binding
        return
    for found in _alike(patterns[0], parts[0], binding):
        yield from _all_alike(patterns[1:], parts[1:], found)


def _is_letter(pattern):
    """What may stand for something else: a symbol, a vector, an entry of one."""
    return isinstance(pattern, IndexedBase | Indexed) or (isinstance(pattern, Symbol) and not is_size(pattern))


def _may_stand(letter, expression):
    if isinstance(letter, IndexedBase):
        return isinstance(expression, IndexedBase | Indexed | Quantity)
    if is_index(letter):
        return bool(expression.is_integer)
    return isinstance(expression, Expr) and not isinstance(expression, IndexedBase)


def row_of(formula: Indexed) -> Expr:
    """The vector that an entry is an entry of."""
    return formula.base[formula.indices[:-1]] if len(formula.indices) > 1 else formula.base


def indices_within(expression: Expr) -> list[Symbol]:
    """The free indices of an expression, apart from the sizes, by their letters."""
    return sorted((one for one in free_symbols(expression) if is_index(one) and not is_size(one)), key=str)
