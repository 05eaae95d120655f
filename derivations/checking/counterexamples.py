"""Counterexamples: values at which a claim fails or loses its meaning, given by hand or searched for.

What breaks when a hypothesis is dropped is searched for at small sizes: a point at which every other hypothesis of
the derivation holds, this one does not, and the two sides of the statement (or else of one of its steps) differ, or
one has no value.
"""

from dataclasses import dataclass
from itertools import product
from random import Random

from flint import arb, ctx
from sympy import Contains, Eq, Ge, Gt, IndexedBase, Integral, Le, Lt, Tuple, sympify
from sympy.logic.boolalg import Boolean

from ..engine.derivation import Derivation
from ..engine.entries import Counterexample, Hypothesis, is_index
from ..engine.terms import reach
from ..engine.trees import expression, tree
from ..notation import NOTATION, SIZES, size_of
from .check import SEED, Check, admissible
from .compare import PRECISIONS, REFUTED, SEEN, UNDECIDED, VERIFIED, compare
from .evaluate import value
from .points import Point, watched
from .sample import POINT_KINDS, draw, needed
from .stated import ENTRIES, about_indices, holds, holds_at, index_range, key_of, sizes, stated, statements

FAILS, NO_MEANING = "fails", "has no value"
CLAIMED = {"=": Eq, "<=": Le, ">=": Ge}
FAILING = {Gt: "<=", Lt: ">="}  # what holds where a strict inequality does not
TRIES_EACH = 3  # points for each size and kind of labels
SHORT_SHAPES = (
    (1, 2, 1, 1),
    (2, 1, 1, 1),
    (1, 3, 1, 2),
    (2, 3, 1, 2),
    (3, 2, 1, 2),
    (3, 1, 2, 2),
)  # (n, K, d, M): never n = K, so that a reader can tell
MEANINGLESS = 5  # after so many points without a value no other kind of failure is looked for
EIGHTHS = 8  # values are eighths: short, and exact


@dataclass(frozen=True)
class Failure:
    """How and where a claim fails: the values of both sides, and those of every symbol in it.

    `step` is 0 for a whole statement.
    """

    how: str
    claim: Boolean
    left: str
    right: str
    values: tuple = ()
    step: int = 0


def refute(counterexample: Counterexample) -> Failure | None:
    """Where the claim of a counterexample fails; None if it does not,
    or if its values are none at which it says anything: see `inadmissible`.
    """
    point = _point(counterexample.values)
    if inadmissible(counterexample, point):
        return None
    shown = tuple((symbol, _given(found)) for symbol, found in counterexample.values.items())
    return _failure(counterexample.claim, point, shown)


def confirm(counterexample: Counterexample) -> Check:
    """The record of a counterexample: verified if the claim is false there or has no value, undecided if it names an
    entry that does not exist, refuted if it holds or its values are none at which it says anything.
    """
    ctx.prec = PRECISIONS[0]
    point = _point(counterexample.values)
    if not all(_exists(side, point) for side in counterexample.claim.args):
        outcome, failure = UNDECIDED, "the claim names an entry that does not exist"
    elif failure := inadmissible(counterexample, point):
        outcome = REFUTED
    else:
        outcome = VERIFIED if _failure(counterexample.claim, point) else REFUTED
        failure = "" if outcome == VERIFIED else "the claim does not fail at these values"
    return Check(counterexample.id, outcome, 0, 1, (), 0, SEED, failure)


def inadmissible(counterexample: Counterexample, point: Point) -> str:
    """Why a counterexample shows nothing, whatever its claim: a value that is not in the declared domain of its symbol,
    a statement that is given and does not hold, or a hypothesis that should be broken and holds; "" if it may.
    """
    ctx.prec = PRECISIONS[0]
    shape = tuple(point.indices[size] for size in SIZES)
    for symbol, given in counterexample.values.items():
        if not _declared(symbol, given, point, shape):
            return f"the value of {symbol} is not one that its notation declares"
    if not all(_is_given(statement, point) for statement in counterexample.given):
        return "a statement that is given does not hold at these values"
    ctx.prec = PRECISIONS[-1]
    broken = stated([counterexample.without] if counterexample.without else [])
    if broken and all(holds(part.statement, point, shape, part.every) for part in broken):
        return "the hypothesis that they are to break holds at these values"
    return ""


def _declared(symbol, given, point, shape):
    """Whether a value is as large as some notation of its symbol says, and its entries lie where that says."""
    lengths = _lengths(given) if isinstance(symbol, IndexedBase) else ()
    patterns = [entry for entry in ENTRIES.get(symbol, ()) if key_of(entry.symbol)[1] == len(lengths)]
    fitting = [
        (entry, indices)
        for entry in patterns
        for indices in [getattr(entry.symbol, "indices", ())]
        if lengths == tuple(sizes(shape)[size_of(index)] for index in indices)
    ]
    return symbol not in ENTRIES or any(
        holds(Contains(entry.symbol, entry.domain, evaluate=False), point, shape, indices) for entry, indices in fitting
    )


def _lengths(given):
    """How many entries a nested tuple has along each index; () where its rows are not equally long."""
    if not isinstance(given, (tuple, Tuple)):
        return ()
    rows = {_lengths(row) for row in given}
    return (len(given), *rows.pop()) if len(rows) == 1 else ()


def _is_given(statement, point):
    """Whether a statement is true, and not only as far as few digits tell."""
    sign = next((sign for sign, kind in CLAIMED.items() if kind == statement.func), None)
    if sign is None:
        ctx.prec = _finest(statement)
        return holds_at(statement, point)
    return compare(*statement.args, sign, point, _finest(statement))[0] == VERIFIED


def _finest(statement):
    """So many bits as are tried at most."""
    return SEEN if statement.has(Integral) else PRECISIONS[-1]  # integrals take too long


def _exists(side, point):
    try:
        value(side, point)
    except LookupError:
        return False
    return True


def _point(values):
    point = dict(zip(SIZES, (1, 1, 1, 1)))
    for symbol, given in values.items():
        if isinstance(symbol, IndexedBase):
            point[symbol] = lambda indices, _, given=given: _entry(given, indices)
        else:
            point[symbol] = given if is_index(symbol) else lambda indices, later, given=given: value(given, later)
    return Point.of(point)


def _entry(given, indices):
    for index in indices:
        if not isinstance(given, (tuple, Tuple)) or not 1 <= index <= len(given):
            raise IndexError(index)
        given = given[index - 1]
    if isinstance(given, (tuple, Tuple)):
        raise IndexError(indices)
    return value(sympify(given), Point.of({}))


def _given(found):
    return f"({', '.join(map(_given, found))})" if isinstance(found, (tuple, Tuple)) else str(found)


def _failure(claim, point, shown=(), step=0):
    """How a relation fails at a point; None if it does not."""
    for ctx.prec in PRECISIONS:
        left, right = (_value(side, point) for side in claim.args)
        if not (left.is_finite() and right.is_finite()):
            continue
        if claim.func in CLAIMED.values():
            sign = next(sign for sign, kind in CLAIMED.items() if kind == claim.func)
            fails = compare(*claim.args, sign, point)[0] == REFUTED
        elif claim.func in FAILING:
            fails = compare(*claim.args, FAILING[claim.func], point, _finest(claim))[0] == VERIFIED
        else:
            fails = not holds_at(claim, point)
        return Failure(FAILS, claim, short(left), short(right), shown, step) if fails else None
    return Failure(NO_MEANING, claim, short(left), short(right), shown, step)


def _value(side, point):
    try:
        return value(side, point).ball
    except LookupError:
        return arb("nan")


def short(ball):
    """A ball as a reader wants it: four digits, or what keeps it from being a number."""
    if not ball.is_finite():
        if ball > 0:
            return "∞"
        return "−∞" if ball < 0 else ""
    return "0" if ball.contains(0) else f"{float(ball):.5g}".replace("-", "−")


def without(derivation: Derivation, hypothesis: Hypothesis) -> Failure | None:
    """A failure of the derivation when this hypothesis is dropped;
    None if none was found or the hypothesis is in words only.
    """
    if hypothesis.statement is None:
        return None
    using = [place for place, step in enumerate(derivation.steps, start=1) if hypothesis in step.using + step.inherited]
    for place in (0, *using):
        claim, meaningless = _claim(derivation, place), None
        for tries, failure in enumerate(_failures(derivation, hypothesis, claim, place)):
            if failure.how == FAILS:
                return failure
            meaningless = meaningless or failure
            if tries == MEANINGLESS:
                break
        if meaningless:
            return meaningless
    return None


def _claim(derivation, place):
    """What a step says, or for 0 the whole statement."""
    relation = derivation.steps[place - 1].relation if place else derivation.relation
    sides = derivation.lines[place - 1 : place + 1] if place else (derivation.start, derivation.result)
    return CLAIMED[relation](*sides, evaluate=False)


def plain_failure(failure: Failure | None) -> dict | None:
    """A failure of a derivation as plain values."""
    if failure is None:
        return None
    values = [[tree(symbol), text] for symbol, text in failure.values]
    return {"how": failure.how, "left": failure.left, "right": failure.right, "values": values, "step": failure.step}


def failure_from(derivation: Derivation, found: dict | None) -> Failure | None:
    """The failure that plain values tell of."""
    if found is None:
        return None
    values = tuple((expression(symbol, {}), text) for symbol, text in found["values"])
    return Failure(
        found["how"], _claim(derivation, found["step"]), found["left"], found["right"], values, found["step"]
    )


def _failures(derivation, dropped, claim, place):
    """The first failure at some point where the others hold and the dropped hypothesis does not,
    for each size and kind of point.
    """
    random = Random(f"{SEED} {derivation.id} {dropped.name} {place}")
    others = [hypothesis for hypothesis in derivation.hypotheses if hypothesis != dropped]
    wanted = needed(derivation, [dropped])
    for shape, labels, _ in product(SHORT_SHAPES, POINT_KINDS, range(TRIES_EACH)):
        ctx.prec = PRECISIONS[0]
        point = draw(others, shape, labels, random, wanted, EIGHTHS)
        if point is None:
            continue
        for instance in _broken(claim, others, dropped, point, shape):
            failure = _failure(claim, point | instance, step=place)
            if failure and (failure.how != FAILS or failure.left != failure.right):  # as far as a reader sees
                shown = _shown(claim, point | instance, shape)
                yield Failure(failure.how, claim, failure.left, failure.right, shown, place)
                break


def _broken(claim, others, dropped, point, shape):
    """The instances at which the others hold and the dropped hypothesis does not."""
    parts = stated([dropped])
    kept = [statement for statement in statements(others) if about_indices(statement)]
    first = parts[0].statement
    if not about_indices(first):
        for instance in admissible(claim.args, kept, point, shape):
            if not all(holds(part.statement, point | instance, shape, part.every) for part in parts):
                yield instance
        return
    index = min((s for s in first.free_symbols if is_index(s) and s not in SIZES), key=str)
    if index in point.indices:
        yield from () if holds_at(first, point) else admissible(claim.args, kept, point, shape)
        return
    for instance in admissible(claim.args, kept, point, shape):
        for beyond in range(1, len(index_range(index, shape)) + 2):
            moved = instance | {index: beyond}
            if index in instance and not holds_at(first, point | moved):
                yield moved


def _shown(claim, point, shape):
    """What a claim takes from a point: its sizes and indices,
    then every entry of a vector that evaluating it looks up.
    """
    found, looked_up = reach(*claim.args), {}
    for side in claim.args:
        _value(side, watched(point, looked_up))
    shown = [(symbol, str(sizes(shape)[symbol])) for symbol in SIZES if symbol in found]
    shown += [(s, str(point.indices[s])) for s in sorted(found, key=str) if is_index(s) and s not in SIZES]
    for root, cells in sorted(looked_up.items(), key=lambda item: str(item[0])):
        for rank in sorted({len(cell) for cell in cells}):
            chosen = {cell: jet for cell, jet in sorted(cells.items()) if len(cell) == rank}
            shown.append((_symbol(root, rank, list(chosen), shape, _sizes_of(found)), _table(chosen)))
    return tuple(shown)


def _sizes_of(symbols):
    """The sizes among some symbols, and those that their indices run up to."""
    return {symbol if symbol in SIZES else size_of(symbol) for symbol in symbols if is_index(symbol)}


def _symbol(root, rank, cells, shape, occurring):
    """How the entries of a vector are called: y_i or y_k, by which of n and K occurs,
    or by how many entries there are.
    """
    if rank == 0:
        return root
    named = [
        entry.symbol
        for entry in NOTATION
        if _base(entry.symbol) == root and len(getattr(entry.symbol, "indices", ())) == rank
    ]
    named = [symbol for symbol in named if _sizes_of(symbol.indices) <= occurring] or named
    ends = [max(cell[axis] for cell in cells) for axis in range(rank)]
    exact = [symbol for symbol in named if ends == [len(index_range(index, shape)) for index in symbol.indices]]
    return next(iter(exact + named), root)


def _base(symbol):
    return getattr(symbol, "base", symbol)


def _table(cells):
    if list(cells) == [()]:
        return short(cells[()].ball)
    if len(next(iter(cells))) == 1:
        return f"({', '.join(short(jet.ball) for jet in cells.values())})"
    rows = {}
    for (first, *rest), jet in cells.items():
        rows.setdefault(first, {})[tuple(rest)] = jet
    return f"({', '.join(map(_table, rows.values()))})"
