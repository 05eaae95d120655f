"""Sampled points: values for every symbol, drawn from the declared domains and narrowed by the hypotheses of a derivation.

A hypothesis that a symbol lies in a set narrows its domain; one that a sum over an index is 1 scales the values; one that equates an
entry or a symbol to an expression ties it to that expression. Every hypothesis is then confirmed at the point, by evaluation.
"""

from itertools import product

from flint import arb, fmpq
from sympy import And, Contains, Eq, Indexed, S, StrictGreaterThan, StrictLessThan, Sum, Symbol

from .balls import Jet
from .derivation import is_index
from .evaluate import value
from .notation import NOTATION, K, n
from .terms import Quantity, free_symbols

TRIES = 40
STEP = 97  # values are fractions with this denominator
KINDS = HARD, SOFT, ENDS = "hard labels", "soft labels", "values at the ends of their domains"


def statements(hypotheses):
    """The formulas that hypotheses state, one by one."""
    return [part for hypothesis in hypotheses if hypothesis.statement is not None for part in And.make_args(hypothesis.statement)]


def index_range(index, shape):
    """All values of an index for a shape (n, K), by the domain its notation declares."""
    size = next(entry.domain.stop - 1 for entry in NOTATION if entry.symbol == index)
    return range(1, shape[0] + 1 if size == n else shape[1] + 1)


def instances(expressions, shape):
    """All values of the free indices of some expressions."""
    free = sorted({symbol for expression in expressions for symbol in free_symbols(expression) if is_index(symbol)} - {n, K}, key=str)
    for numbers in product(*(index_range(index, shape) for index in free)):
        yield dict(zip(free, numbers))


def draw(hypotheses, shape, kind, random):
    """A point at which every hypothesis holds, or None if none was found: the hypotheses are then not admissible there.

    The kind of point is HARD (every label 0 or 1), SOFT (labels between), or ENDS (every value that may be 0 or 1 is one of them).
    """
    stated = statements(hypotheses)
    if not all(holds(statement, {n: shape[0], K: shape[1]}, shape) for statement in stated if _speaks_of_sizes_alone(statement)):
        return None
    for _ in range(TRIES):
        environment = _draw(hypotheses, shape, kind, random)
        if all(holds(statement, environment, shape) for statement in stated):
            return environment
    return None


def _speaks_of_sizes_alone(statement):
    return free_symbols(statement) <= {n, K} and not statement.has(Quantity)


def _draw(hypotheses, shape, kind, random):
    stated = statements(hypotheses)
    narrowed = {_key(part.args[0]): part.args[1] for part in stated if isinstance(part, Contains)}
    tables = {}
    for entry in NOTATION:
        if is_index(entry.symbol):
            continue
        domain = narrowed.get(_key(entry.symbol), entry.domain)
        root, rank = _key(entry.symbol)
        at_ends = kind == ENDS or kind == HARD and entry.is_label
        sizes = {0: (), 1: (max(shape),), 2: shape}[rank]
        cells = product(*(range(1, size + 1) for size in sizes))
        tables.setdefault(root, {}).update({cell: _number(domain, at_ends, random) for cell in cells})
    for part in stated:
        if isinstance(part, Eq) and isinstance(part.lhs, Sum) and part.rhs == 1:
            _scale(tables, part.lhs.function, shape, random)
    environment = {n: shape[0], K: shape[1]} | {root: _lookup(table) for root, table in tables.items()}
    for left, right in _ties(hypotheses, stated):
        _tie(environment, left, right)
    return environment


def _key(symbol):
    return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else (symbol, 0)


def _number(domain, at_ends, random):
    if domain is S.Reals:
        return fmpq(random.randint(-4 * STEP, 4 * STEP), STEP)
    low, high = _ends(domain)
    if at_ends and not domain.left_open and not domain.right_open:
        return random.choice([low, high])
    return low + (high - low) * fmpq(random.randint(1, STEP - 1), STEP)


def _ends(domain):
    if not (domain.start.is_Rational and domain.end.is_Rational):
        raise ValueError(f"the checker draws from intervals with rational ends and from all real numbers, not from {domain}")
    return fmpq(int(domain.start.p), int(domain.start.q)), fmpq(int(domain.end.p), int(domain.end.q))


def _scale(tables, entry, shape, random):
    """Make the entries along the last index sum to 1; where they are all 0 or 1, make one of them 1."""
    table = tables[entry.base]
    for row in product(*(range(1, shape[0] + 1) for _ in entry.indices[:-1])):
        cells = [row + (number,) for number in range(1, shape[1] + 1)]
        if all(table[cell] in (0, 1) for cell in cells):
            table.update({cell: fmpq(0) for cell in cells} | {random.choice(cells): fmpq(1)})
        total = sum((table[cell] for cell in cells), fmpq(0))
        table.update({cell: table[cell] / total for cell in cells})


def _lookup(table):
    return lambda indices, _: Jet(arb(table[indices]))


def _ties(hypotheses, stated):
    """Equations that fix an entry or a symbol: stated ones, and the witnesses of the others."""
    ties = [tuple(pair) for hypothesis in hypotheses for pair in hypothesis.witness]
    return ties + [part.args for part in stated if isinstance(part, Eq) and isinstance(part.lhs, (Indexed, Symbol)) and part.lhs not in (n, K)]


def _tie(environment, left, right):
    root, _ = _key(left)
    pattern, loose = getattr(left, "indices", ()), environment[root]

    def accessor(indices, later):
        if len(indices) != len(pattern) or any(p.is_Integer and p != index for p, index in zip(pattern, indices)):
            return loose(indices, later)
        return value(right, later | {p: index for p, index in zip(pattern, indices) if not p.is_Integer})

    environment[root] = accessor


def holds(statement, environment, shape):
    """Whether a formula holds at a point, for all values of its free indices."""
    return all(_holds(statement, environment | instance) for instance in instances([statement], shape))


def _holds(statement, environment):
    if isinstance(statement, Contains) and is_index(statement.args[0]):
        return True  # the free indices are drawn from their ranges
    if isinstance(statement, Contains):
        ball, domain = value(statement.args[0], environment).ball, statement.args[1]
        low, high = _ends(domain)
        return (ball > low or not domain.left_open and ball >= low) and (ball < high or not domain.right_open and ball <= high)
    left, right = (value(side, environment).ball for side in statement.args)
    gap = left - right
    relations = {Eq: gap.is_finite() and gap.contains(0), StrictGreaterThan: gap > 0, StrictLessThan: gap < 0}
    return relations[statement.func]
