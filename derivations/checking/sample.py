"""Sampled points: values for every symbol, drawn from the declared domains and narrowed by the hypotheses of a derivation.

A hypothesis that a symbol lies in a set narrows its domain; one that a sum over an index is 1 scales the values; one that equates an
entry or a symbol to an expression ties it to that expression. Every hypothesis is then confirmed at the point, by evaluation.
"""

from itertools import product

from flint import fmpq
from sympy import And, Contains, Eq, FiniteSet, Ge, Gt, Indexed, Le, Lt, Ne, Range, S, Sum, Symbol

from ..engine.entries import is_index
from .evaluate import integer, number, value
from ..notation import NOTATION, SIZES
from ..engine.terms import Quantity, free_symbols

TRIES = 40
STEP = 97  # values are fractions with this denominator
TOPS = {entry.symbol: entry.domain.stop - 1 for entry in NOTATION if is_index(entry.symbol) and isinstance(entry.domain, Range)}
KINDS = HARD, SOFT, ENDS = "hard labels", "soft labels", "values at the ends of their domains"
HOLDS = {
    Eq: lambda gap: gap.is_finite() and gap.contains(0), Ne: lambda gap: not gap.contains(0),
    Gt: lambda gap: gap > 0, Lt: lambda gap: gap < 0, Ge: lambda gap: gap > 0 or _may_be(gap, 0), Le: lambda gap: gap < 0 or _may_be(gap, 0),
}  # fmt: skip


def statements(hypotheses):
    """The formulas that hypotheses state, one by one."""
    return [part for hypothesis in hypotheses if hypothesis.statement is not None for part in And.make_args(hypothesis.statement)]


def sizes(shape):
    """The sizes by their symbols; those that a shape leaves out are 2."""
    return dict(zip(SIZES, (*shape, 2, 2)))


def size_of(index):
    """The size up to which an index runs, as its notation declares it."""
    return TOPS[index]


def index_range(index, shape):
    """All values of an index for a shape."""
    return range(1, sizes(shape)[size_of(index)] + 1)


def instances(expressions, shape):
    """All values of the free indices of some expressions."""
    free = sorted({symbol for expression in expressions for symbol in free_symbols(expression) if is_index(symbol)} - set(SIZES), key=str)
    for numbers in product(*(index_range(index, shape) for index in free)):
        yield dict(zip(free, numbers))


def about_indices(statement):
    """Whether a statement is about indices (and sizes) alone: it then chooses instances and not points."""
    free = free_symbols(statement)
    return all(is_index(symbol) for symbol in free) and not free <= set(SIZES) and not statement.has(Quantity)


def draw(hypotheses, shape, kind, random, step=STEP):
    """A point at which every hypothesis holds, or None if none was found: the hypotheses are then not admissible there.

    The kind of point is HARD (every label 0 or 1), SOFT (labels between), or ENDS (every value that may be 0 or 1 is one of them).
    """
    stated = [statement for statement in statements(hypotheses) if not about_indices(statement)]
    if not all(holds(statement, sizes(shape), shape) for statement in stated if _speaks_of_sizes_alone(statement)):
        return None
    for _ in range(TRIES):
        environment = _draw(hypotheses, stated, shape, kind, random, step)
        if all(holds(statement, environment, shape) for statement in stated):
            return environment
    return None


def _speaks_of_sizes_alone(statement):
    return free_symbols(statement) <= set(SIZES) and not statement.has(Quantity)


def _draw(hypotheses, stated, shape, kind, random, step):
    narrowed = {_key(part.args[0]): part.args[1] for part in stated if isinstance(part, Contains)}
    tables = {}
    for entry in NOTATION:
        if is_index(entry.symbol):
            continue
        domain = narrowed.get(_key(entry.symbol), entry.domain)
        at_ends = kind == ENDS or kind == HARD and entry.is_label
        cells = product(*(index_range(index, shape) for index in getattr(entry.symbol, "indices", ())))
        table = {cell: _number(domain, at_ends, shape, random, step) for cell in cells}
        tables.setdefault(_key(entry.symbol)[0], {}).update(table)
    for part in stated:
        if isinstance(part, Eq) and isinstance(part.lhs, Sum) and part.rhs == 1 and isinstance(part.lhs.function, Indexed):
            _scale(tables, part.lhs.function, shape, random)
    environment = sizes(shape) | {root: _lookup(table) for root, table in tables.items()}
    ties = _ties(hypotheses, stated)
    for left, right in ties:
        pattern = getattr(left, "indices", ())
        environment |= {index: random.choice(index_range(index, shape)) for index in free_symbols(right) - set(pattern) - set(SIZES) if is_index(index)}
        _tie(environment, left, right)
    return environment if ties else environment | {"remembered": {}}


def _key(symbol):
    return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else (symbol, 0)


def _number(domain, at_ends, shape, random, step):
    if isinstance(domain, Range):
        return fmpq(random.randint(1, sizes(shape)[domain.stop - 1]))
    if isinstance(domain, FiniteSet):
        return random.choice([fmpq(int(number.p), int(number.q)) for number in domain])
    if domain is S.Reals:
        return fmpq(random.randint(-4 * step, 4 * step), step)
    low, high = _ends(domain)
    if high is None:
        return low + fmpq(random.randint(1, 4 * step), step)
    if at_ends and not domain.left_open and not domain.right_open:
        return random.choice([low, high])
    return low + (high - low) * fmpq(random.randint(1, step - 1), step)


def _ends(domain):
    ends = [fmpq(int(end.p), int(end.q)) if end.is_Rational else None for end in (domain.start, domain.end)]
    if ends[0] is None or ends[1] is None and domain.end != S.Infinity:
        raise ValueError(f"the checker draws from intervals with rational ends and from all real numbers, not from {domain}")
    return ends


def _scale(tables, entry, shape, random):
    """Make the entries along the last index sum to 1; where they are all 0 or 1, make one of them 1."""
    table = tables[entry.base]
    *rows, last = (index_range(index, shape) for index in entry.indices)
    for row in product(*rows):
        cells = [row + (number,) for number in last]
        if all(table[cell] in (0, 1) for cell in cells):
            table.update({cell: fmpq(0) for cell in cells} | {random.choice(cells): fmpq(1)})
        total = sum((table[cell] for cell in cells), fmpq(0))
        table.update({cell: table[cell] / total for cell in cells})


def _lookup(table):
    return lambda indices, later: number(table[indices], later)


def _ties(hypotheses, stated):
    """Equations that fix an entry or a symbol: stated ones, and the witnesses of the others."""
    ties = [tuple(pair) for hypothesis in hypotheses for pair in hypothesis.witness]
    return ties + [part.args for part in stated if isinstance(part, Eq) and isinstance(part.lhs, (Indexed, Symbol)) and part.lhs not in SIZES]


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
    return all(holds_at(statement, environment | instance) for instance in instances([statement], shape))


def _may_be(ball, end):
    """Whether a ball may be the end of a closed interval: it is known to many digits and contains it, as where two sides of an equation agree."""
    return ball.is_finite() and ball.contains(end)


def holds_at(statement, environment):
    """Whether a formula holds at a point where its free indices have values; not, if it names an entry that does not exist."""
    try:
        return _holds_at(statement, environment)
    except LookupError:
        return False


def _holds_at(statement, environment):
    if isinstance(statement, Contains) and isinstance(statement.args[1], Range):
        return 1 <= integer(statement.args[0], environment) <= integer(statement.args[1].stop - 1, environment)
    if isinstance(statement, Contains):
        ball, domain = value(statement.args[0], environment).ball, statement.args[1]
        if isinstance(domain, FiniteSet):
            return any(ball == int(number) for number in domain)
        low, high = _ends(domain)
        above = ball > low or not domain.left_open and _may_be(ball, low)
        return above and (high is None or ball < high or not domain.right_open and _may_be(ball, high))
    left, right = (value(side, environment).ball for side in statement.args)
    return HOLDS[statement.func](left - right)
