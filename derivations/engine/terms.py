"""Ground floor: expressions with bound indices, and how to replace a part of one without capturing an index.

Everything here is generic. It knows no notation, no definition and no law.
"""

from functools import lru_cache

from sympy import Add, Contains, Derivative, Eq, Indexed, IndexedBase, Integral, KroneckerDelta, Mul, Product
from sympy import Sum, Symbol, Tuple

from .nodes import Quantity

BIG_OPERATORS = (Sum, Product)
BINDERS = (Sum, Product, Integral)
ALPHABET = "soeABCDEF"  # for renamed bound indices: letters that no notation uses


class RuleDoesNotApply(ValueError):
    """A rule found nothing to act on, or a hypothesis it needs is broken.

    The message says what, where, and what would fit.
    """


def gives(relation):
    """Says of a rule in which relation to a line the line that it makes stands."""

    def said(rule):
        rule.relation = relation
        return rule

    return said


def entry(vector, *indices):
    """The entry of a vector: z -> z[k], the row z[i] -> z[i, k], the vector softmax(z) -> softmax(z, k)."""
    if isinstance(vector, IndexedBase):
        return vector[indices]
    if isinstance(vector, Indexed):
        return vector.base[vector.indices + indices]
    if isinstance(vector, Quantity):
        return vector.func(*vector.args, *indices)
    raise RuleDoesNotApply(f"expected a vector that has entries, found {vector}")


def bound_indices(expression):
    """What the outermost sum, product or integral of the expression binds, innermost first."""
    return [limit[0] for limit in expression.limits]


def fresh(index, avoid):
    """An index with the assumptions of `index` and a letter that no symbol in `avoid` has."""
    taken = {str(symbol) for symbol in avoid if isinstance(symbol, (Symbol, IndexedBase))}
    letter = next((letter for letter in ALPHABET if letter not in taken), None)
    if letter is None:
        raise RuleDoesNotApply(f"expected one of the letters {', '.join(ALPHABET)} to be free for an index, found none")
    return Symbol(letter, **index.assumptions0)


@lru_cache(maxsize=8192)
def free_symbols(expression):
    """The free symbols and vectors of an expression. SymPy's own leaves out what a derivative is taken by."""
    if isinstance(expression, BINDERS):
        found = free_symbols(expression.function) | symbols_of_bounds(expression.limits)
        return found - set(bound_indices(expression))
    if isinstance(expression, (Symbol, IndexedBase)):
        return frozenset([expression])
    return frozenset().union(*map(free_symbols, expression.args))


def symbols_of_bounds(limits):
    """The free symbols of the bounds of a sum, product or integral."""
    return frozenset().union(*(free_symbols(bound) for _, *bounds in limits for bound in bounds))


def refuse_below(lower, value):
    """Refuse a value of an index that may lie below the lower bound: an index is at least 1, and nothing says more."""
    if not (value - lower).is_nonnegative:
        raise RuleDoesNotApply(f"expected a value that is at least {lower}, where the index begins, found {value}")


def free_indices(expression):
    """The free symbols that choose an entry of a vector, apart from the sizes:
    those say how far some sum or product runs.
    """
    operators = expression.atoms(*BIG_OPERATORS)
    return _choosing(expression).difference(*(symbols_of_bounds(operator.limits) for operator in operators))


def _choosing(expression):
    if isinstance(expression, BIG_OPERATORS):
        return _choosing(expression.function) - set(bound_indices(expression))
    if isinstance(expression, Indexed):
        return {index for index in expression.indices if isinstance(index, Symbol)}
    return set().union(*map(_choosing, expression.args))


@lru_cache(maxsize=8192)
def reach(*expressions):
    """The free symbols of some expressions, with those that the definitions of their quantities bring along."""
    found = frozenset().union(*map(free_symbols, expressions))
    definitions = {type(quantity).definition for expression in expressions for quantity in expression.atoms(Quantity)}
    return found.union(*(reach(definition.body) - set(definition.parameters) for definition in definitions))


def substitute(expression, mapping):
    """Replace symbols, vectors and entries at once. A bound index never captures a free one: it is renamed first."""
    if expression in mapping:
        return mapping[expression]
    if free_symbols(expression).isdisjoint(symbol for old in mapping for symbol in free_symbols(old)):
        return expression
    if isinstance(expression, Indexed):
        indices = [substitute(index, mapping) for index in expression.indices]
        return entry(mapping.get(expression.base, expression.base), *indices)
    if isinstance(expression, BINDERS):
        return _substitute_below_binder(expression, mapping)
    if isinstance(expression, IndexedBase) or not expression.args:
        return expression
    for old in expression.variables if isinstance(expression, Derivative) else ():
        new = substitute(old, mapping)
        if not new._diff_wrt or root_of(new) in free_symbols(expression) - {root_of(old)}:
            raise RuleDoesNotApply(f"expected a variable of its own in the place of {old}, found {new} in {expression}")
    return expression.func(*(substitute(part, mapping) for part in expression.args))


def root_of(variable):
    """The vector of an entry, or a symbol itself."""
    return variable.base if isinstance(variable, Indexed) else variable


def _substitute_below_binder(expression, mapping):
    bound = bound_indices(expression)
    mapping = {old: new for old, new in mapping.items() if not free_symbols(old) & set(bound)}
    arriving = set().union(*(free_symbols(new) for new in mapping.values()))
    renaming = {}
    for index in bound:
        if index in arriving:
            renaming[index] = fresh(
                index, arriving | free_symbols(expression.function) | set(bound) | set(renaming.values())
            )
    function = substitute(substitute(expression.function, renaming), mapping)
    limits = [
        (renaming.get(index, index), substitute(lower, mapping), substitute(upper, mapping))
        for index, lower, upper in expression.limits
    ]
    return expression.func(function, *limits)


@lru_cache(maxsize=1024)
def canonical(expression):
    """The expression with every bound index renamed by its depth,
    so that two that differ only in such names are equal.
    """
    return _canonical(expression, 0)


def _canonical(expression, depth):
    if isinstance(expression, BINDERS):
        bound = bound_indices(expression)
        names = {index: Symbol(f"_{depth + place}", integer=index.is_integer) for place, index in enumerate(bound)}
        function = _canonical(substitute(expression.function, names), depth + len(bound))
        return expression.func(function, *((names[index], *bounds) for index, *bounds in expression.limits))
    if not expression.has(*BINDERS):
        return expression
    return expression.func(*(_canonical(part, depth) for part in expression.args))


def same(left, right):
    """Whether two expressions are the same up to the names of bound indices."""
    if left == right or not (left.has(*BINDERS) and right.has(*BINDERS)):
        return left == right
    return canonical(left) == canonical(right)


def depends_on(expression, variable):
    """Whether an expression may depend on a variable, read generously: any entry of the same vector counts."""
    return root_of(variable) in reach(expression)


def rewrite(expression, law, sought, *named, place=None):
    """Apply `law` at every outermost place where it does not answer None; refuse when there is no such place.

    `place` may refuse a place: it is given the sums, products, integrals and derivatives above it. The message tells
    what was `sought`, with what is `named` in the place of its braces: printing takes time.
    """
    new = _rewrite(expression, law, place)
    if new is None:
        wanted = sought.format(*named) if named else sought
        raise RuleDoesNotApply(f"expected {wanted}, found none in {expression}")
    return new


def _rewrite(expression, law, place, above=()):
    new = law(expression)
    if new is not None:
        if place is not None:
            place(above)
        return new
    if isinstance(expression, (*BINDERS, Derivative)):
        above = (*above, expression)
    values = _values(expression)
    parts = [_rewrite(part, law, place, above) if part in values else None for part in expression.args]
    if all(part is None for part in parts):
        return None
    return expression.func(*(old if part is None else part for old, part in zip(expression.args, parts)))


def rewrite_slopes(expression, kind, law, sought):
    """Apply ``law(u, x)`` at every derivative of a term u of the given kind by x.

    The first variable is taken; others wait outside.
    """

    def at(part):
        if not isinstance(part, Derivative) or not isinstance(part.expr, kind):
            return None
        variable, *others = part.variables
        new = law(part.expr, variable)
        return partial(new, *others) if others and new is not None else new

    return rewrite(expression, at, sought)


def _values(expression):
    """The parts that stand for numbers: not what chooses an entry, nor how far a sum runs."""
    if isinstance(expression, (IndexedBase, Indexed, KroneckerDelta, Tuple)):
        return ()
    if isinstance(expression, Quantity) and type(expression).definition is not None:
        parameters = type(expression).definition.parameters
        return [part for part, parameter in zip(expression.args, parameters) if not parameter.is_integer]
    return expression.args


def replace_term(expression, old, new, place=None):
    """Replace a term wherever it stands, also as some of the factors of a product or some of the terms of a sum;
    `place` may refuse a place, as in `rewrite`.
    """

    def law(part):
        if same(part, old):
            return new
        for operation in (Mul, Add):
            if isinstance(part, operation) and isinstance(old, operation):
                rest = parts_without(list(part.args), old.args)
                if rest is not None:
                    return operation(new, *rest)
        return _inner_sum_replaced(part, old, new, place)

    return rewrite(expression, law, "the term {}", old, place=place)


def _inner_sum_replaced(part, old, new, place):
    """SymPy writes sum_i sum_k a as one sum with two limits; its inner sum is a part of it all the same."""
    if isinstance(part, Sum) and isinstance(old, Sum) and len(part.limits) > len(old.limits):
        inner, outer = part.limits[: len(old.limits)], part.limits[len(old.limits) :]
        if same(Sum(part.function, *inner), old):
            if place is not None:
                place((Sum(new, *outer),))
            return Sum(new, *outer)
    return None


def parts_without(parts, unwanted):
    for item in unwanted:
        place = next((place for place, part in enumerate(parts) if same(part, item)), None)
        if place is None:
            return None
        del parts[place]
    return parts


def refuse_bound(symbols, above):
    """Refuse a place below what binds one of the symbols: each is one chosen value, and not every."""
    for operator in (operator for operator in above if isinstance(operator, BINDERS)):
        if captured := set(symbols) & set(bound_indices(operator)):
            raise RuleDoesNotApply(f"expected {captured.pop()} to be one chosen value, found it bound by {operator}")


def refuse_slopes(statement, derivatives):
    """Refuse derivatives by what a statement is about: what holds at a point says nothing of slopes there."""
    for derivative in derivatives:
        if any(depends_on(statement, variable) for variable in derivative.variables):
            raise RuleDoesNotApply(f"expected no derivative by what {statement} is about, found {derivative}")


def equation(left, right):
    """An equation, not evaluated: SymPy would make "true" of what it thinks it knows."""
    return Eq(left, right, evaluate=False)


def member(element, domain):
    """That an element lies in a set, not evaluated."""
    return Contains(element, domain, evaluate=False)


def partial(expression, *variables):
    """The partial derivative, not evaluated. SymPy's own differentiation is never asked: it captures bound indices."""
    return Derivative(expression, *variables, evaluate=False)
