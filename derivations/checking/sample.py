"""Sampled points: values for every symbol, drawn from the declared domains and narrowed by hypotheses.

A hypothesis that a symbol lies in a set narrows its domain; one that a sum over an index is 1 scales the values; one
that equates an entry or a symbol to an expression ties it to that expression. Every hypothesis is then confirmed at
the point, by evaluation.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any

from flint import arb, fmpq
from sympy import And, Contains, Eq, Expr, FiniteSet, Ge, Gt, Indexed, Le, Lt, Ne, Range, S, Sum, Symbol
from sympy.logic.boolalg import Boolean

from ..engine.entries import Hypothesis, is_index
from ..engine.terms import Quantity, free_symbols, reach
from ..notation import NOTATION, SIZES, size_of
from .evaluate import evaluator, integer, value
from .points import Point, Table, Tied, nothing

Shape = tuple[int, ...]  # values of n, K, and then of d and M, which are 2 if left out

DRAWS = 40  # so many points are tried before the hypotheses are said to admit none
GRID = 97  # values are fractions with this denominator
POINT_KINDS = HARD, SOFT, ENDS = "hard labels", "soft labels", "values at the ends of their domains"
MET = {
    Eq: lambda gap: gap.is_finite() and gap.contains(0),
    Ne: lambda gap: not gap.contains(0),
    Gt: lambda gap: gap > 0,
    Lt: lambda gap: gap < 0,
    Ge: lambda gap: gap > 0 or _may_be(gap, 0),
    Le: lambda gap: gap < 0 or _may_be(gap, 0),
}


def statements(hypotheses: Iterable[Hypothesis]) -> list[Boolean]:
    """The formulas that hypotheses state, one by one."""
    return [
        part
        for hypothesis in hypotheses
        if hypothesis.statement is not None
        for part in And.make_args(hypothesis.statement)
    ]


@lru_cache(maxsize=256)
def sizes(shape: Shape) -> Mapping[Symbol, int]:
    """The sizes by their symbols; those that a shape leaves out are 2."""
    return dict(zip(SIZES, (*shape, 2, 2)))


def index_range(index: Symbol, shape: Shape) -> range:
    """All values of an index for a shape."""
    return range(1, sizes(shape)[size_of(index)] + 1)


@lru_cache(maxsize=4096)
def _free_indices(expressions):
    free = set().union(*map(free_symbols, expressions))
    return sorted({symbol for symbol in free if is_index(symbol)} - set(SIZES), key=str)


def instances(expressions: Iterable[Expr], shape: Shape) -> Iterator[dict[Symbol, int]]:
    """All values of the free indices of some expressions."""
    free = _free_indices(tuple(expressions))
    for numbers in product(*(index_range(index, shape) for index in free)):
        yield dict(zip(free, numbers))


@lru_cache(maxsize=1024)
def about_indices(statement: Boolean) -> bool:
    """Whether a statement is about indices (and sizes) alone: it then chooses instances and not points."""
    free = free_symbols(statement)
    return all(is_index(symbol) for symbol in free) and not free <= set(SIZES) and not statement.has(Quantity)


def needed(derivation, hypotheses: Iterable[Hypothesis] = ()) -> frozenset:
    """The symbols and vectors that checking a derivation looks up:
    those of its lines and of every hypothesis, those given included.
    """
    implied = [given for step in derivation.steps for given in step.implied]
    return frozenset(reach(*derivation.lines, *statements([*derivation.hypotheses, *implied, *hypotheses])))


def draw(
    hypotheses: Iterable[Hypothesis],
    shape: Shape,
    labels: str,
    random: Random,
    wanted: Iterable[Any],
    grid: int = GRID,
) -> Point | None:
    """A point at which every hypothesis holds, or None if none was found: the hypotheses are then not admissible there.

    The point has the symbols that are `wanted` and those of the hypotheses. Its labels are HARD (every label 0 or 1),
    SOFT (between), or at the ENDS (every value that may be 0 or 1 is one of them). Values are fractions with the
    denominator `grid`.
    """
    stated = [statement for statement in statements(hypotheses) if not about_indices(statement)]
    plain = Point.of(sizes(shape))
    if not all(holds(statement, plain, shape) for statement in stated if _speaks_of_sizes_alone(statement)):
        return None
    sides = [side for hypothesis in hypotheses for pair in hypothesis.witness for side in pair]
    wanted = {*wanted, *reach(*stated, *sides)}
    for _ in range(DRAWS):
        point = _draw(hypotheses, stated, shape, labels, random, wanted, grid)
        if all(holds(statement, point, shape) for statement in stated):
            return point
    return None


def _speaks_of_sizes_alone(statement):
    return free_symbols(statement) <= set(SIZES) and not statement.has(Quantity)


def _draw(hypotheses, stated, shape, labels, random, wanted, grid):
    narrowed = {_key(part.args[0]): part.args[1] for part in stated if isinstance(part, Contains)}
    tables = {}
    for entry in NOTATION:
        root, _ = _key(entry.symbol)
        if root not in wanted or is_index(entry.symbol):
            continue
        domain = narrowed.get(_key(entry.symbol), entry.domain)
        at_ends = labels == ENDS or (labels == HARD and entry.is_label)
        cells = product(*(index_range(index, shape) for index in getattr(entry.symbol, "indices", ())))
        table = {cell: _number(domain, at_ends, shape, random, grid) for cell in cells}
        tables.setdefault(root, {}).update(table)
    for part in stated:
        if (
            isinstance(part, Eq)
            and isinstance(part.lhs, Sum)
            and part.rhs == 1
            and isinstance(part.lhs.function, Indexed)
        ):
            _scale(tables, part.lhs.function, shape, random)
    point = Point.of(sizes(shape)) | {root: Table(table) for root, table in tables.items()}
    for left, right in _ties(hypotheses, stated):
        loose = [index for index in _free_indices((right,)) if index not in getattr(left, "indices", ())]
        point |= {index: random.choice(index_range(index, shape)) for index in loose}
        point |= {_key(left)[0]: _tied(point, left, right)}
    return point


def _key(symbol):
    return (symbol.base, len(symbol.indices)) if isinstance(symbol, Indexed) else (symbol, 0)


def _number(domain, at_ends, shape, random, grid):
    if isinstance(domain, Range):
        return fmpq(random.randint(1, sizes(shape)[domain.stop - 1]))
    if isinstance(domain, FiniteSet):
        return random.choice([fmpq(int(number.p), int(number.q)) for number in domain])
    if domain is S.Reals:
        return fmpq(random.randint(-4 * grid, 4 * grid), grid)
    low, high = _ends(domain)
    if high is None:
        return low + fmpq(random.randint(1, 4 * grid), grid)
    if at_ends and not domain.left_open and not domain.right_open:
        return random.choice([low, high])
    return low + (high - low) * fmpq(random.randint(1, grid - 1), grid)


@lru_cache(maxsize=256)
def _ends(domain):
    ends = [fmpq(int(end.p), int(end.q)) if end.is_Rational else None for end in (domain.start, domain.end)]
    if ends[0] is None or (ends[1] is None and domain.end != S.Infinity):
        raise ValueError(
            f"the checker draws from intervals with rational ends and from all real numbers, not from {domain}"
        )
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


def _ties(hypotheses, stated):
    """Equations that fix an entry or a symbol: stated ones, and the witnesses of the others."""
    ties = [tuple(pair) for hypothesis in hypotheses for pair in hypothesis.witness]
    fixed = [part for part in stated if isinstance(part, Eq) and isinstance(part.lhs, (Indexed, Symbol))]
    return ties + [part.args for part in fixed if part.lhs not in SIZES]


def _tied(point, left, right):
    root, _ = _key(left)
    pattern = getattr(left, "indices", ())
    loose = point.entries.get(root, nothing)
    reads = {*reach(right)} - {*pattern} | {*(getattr(loose, "reads", None) or ())}
    return Tied(pattern, loose, evaluator(right), tuple(sorted(reads - {root}, key=str)))


def holds(statement: Boolean, point: Point, shape: Shape) -> bool:
    """Whether a formula holds at a point, for all values of its free indices."""
    return all(holds_at(statement, point | instance) for instance in instances([statement], shape))


def _may_be(ball, end):
    """Whether a ball may be the end of a closed interval:
    it is known to many digits and contains it, as where two sides agree.
    """
    return ball.is_finite() and ball.contains(end)


def holds_at(statement: Boolean, point: Point) -> bool:
    """Whether a formula holds at a point where its free indices have values;
    not, if it names an entry that does not exist.
    """
    try:
        return _holds_at(statement, point)
    except LookupError:
        return False


def _holds_at(statement, point):
    if isinstance(statement, Contains) and isinstance(statement.args[1], Range):
        return 1 <= integer(statement.args[0], point) <= integer(statement.args[1].stop - 1, point)
    if isinstance(statement, Contains):
        ball, domain = value(statement.args[0], point).ball, statement.args[1]
        if isinstance(domain, FiniteSet):
            return any(ball == arb(int(number.p)) / int(number.q) for number in domain)
        low, high = _ends(domain)
        above = ball > low or (not domain.left_open and _may_be(ball, low))
        return above and (high is None or ball < high or (not domain.right_open and _may_be(ball, high)))
    left, right = (value(side, point).ball for side in statement.args)
    return MET[statement.func](left - right)
