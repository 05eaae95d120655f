"""Where an expression is an instance of another: which letters must stand for what."""

from collections.abc import Callable, Iterator

from sympy import Add, Expr, Indexed, IndexedBase, KroneckerDelta, Mul, Pow, S, Symbol

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import Quantity, free_symbols

Binding = dict
Match = tuple[Binding, Callable[[Expr], Expr]]
SINGLE = (Symbol, Indexed, KroneckerDelta, Quantity)


def instances(pattern: Expr, expression: Expr, whole: bool = False) -> Iterator[Match]:
    """The ways in which an expression, or some of its terms or factors, is a pattern: what the letters of the pattern
    stand for, and how the expression looks with something else in the place of what was found.
    """
    operation = type(pattern)
    if operation not in (Add, Mul):
        yield from ((binding, lambda new: new) for binding in _alike(pattern, expression, {}))
        return
    for sign in (1, -1) if operation is Add else (1,):
        turned = Add(*(sign * term for term in expression.args)) if isinstance(expression, Add) else expression
        if type(turned) is operation:
            for binding, left in _among(list(pattern.args), list(turned.args), {}):
                if not (whole and left):
                    yield binding, lambda new, left=left, sign=sign: sign * operation(new, *left)


def _among(wanted, parts, binding):
    """The ways to find each wanted part among some parts, with those that are left."""
    if not wanted:
        yield binding, parts
        return
    first, *others = sorted(wanted, key=lambda one: (not one.has(Quantity), -one.count_ops()))
    for place, part in enumerate(parts):
        if first not in binding and _is_leaf_only(first) and not _is_leaf_only(part):
            continue
        for found in _alike(first, part, binding):
            yield from _among(others, parts[:place] + parts[place + 1 :], found)


def _is_leaf_only(term):
    """A term or factor that is one symbol or entry, but for a sign, stands for such a one alone."""
    return isinstance(-term if isinstance(term, Mul) else term, SINGLE)


def _alike(pattern, expression, binding):
    if _is_letter(pattern):
        if _may_stand(pattern, expression) and binding.get(pattern, expression) == expression:
            yield binding | {pattern: expression}
    elif isinstance(pattern, Add | Mul):
        if type(expression) is type(pattern) and len(expression.args) == len(pattern.args):
            yield from (found for found, _ in _among(list(pattern.args), list(expression.args), binding))
    elif not pattern.args:
        if pattern == expression:
            yield binding
    elif isinstance(pattern, Pow) and _is_letter(pattern.exp) and getattr(expression, "exp", S.One).is_number:
        return  # a power with a letter above is not one with a number
    elif type(pattern) is type(expression) and len(pattern.args) == len(expression.args):
        orders = (pattern.args, pattern.args[::-1]) if isinstance(pattern, KroneckerDelta) else (pattern.args,)
        for order in orders:
            yield from _all_alike(order, expression.args, binding)


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
