"""Counterexamples: values, given by hand, at which a claim fails or loses its meaning."""

from dataclasses import dataclass

from flint import arb, ctx
from sympy import Contains, Eq, Expr, Ge, Gt, IndexedBase, Integral, Le, Lt, Tuple, sympify
from sympy.logic.boolalg import Boolean

from ..engine.entries import Counterexample, is_index
from ..engine.vocabulary import key_of
from ..notation import CATALOGUE, SIZES, size_of
from .check import SEED, Check
from .compare import PRECISIONS, REFUTED, SEEN, UNDECIDED, VERIFIED, compare
from .evaluate import value
from .points import Point
from .stated import holds, holds_at, sizes, stated

FAILS, NO_MEANING = "fails", "has no value"
CLAIMED = {"=": Eq, "<=": Le, ">=": Ge}
FAILING = {Gt: "<=", Lt: ">="}  # what holds where a strict inequality does not


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
    return failure_at(counterexample.claim, point, shown)


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
        outcome = VERIFIED if failure_at(counterexample.claim, point) else REFUTED
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
    patterns = [entry for entry in CATALOGUE.by_root.get(symbol, ()) if key_of(entry.symbol)[1] == len(lengths)]
    fitting = [
        (entry, indices)
        for entry in patterns
        for indices in [getattr(entry.symbol, "indices", ())]
        if lengths == tuple(sizes(shape)[size_of(index)] for index in indices)
    ]
    return symbol not in CATALOGUE.by_root or any(
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


def failure_at(claim: Boolean, point: Point, shown: tuple = (), step: int = 0) -> Failure | None:
    """How a relation fails at a point; None if it does not."""
    for ctx.prec in PRECISIONS:
        left, right = (value_of(side, point) for side in claim.args)
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


def value_of(side: Expr, point: Point) -> arb:
    """The ball of a side; one that says nothing where it names an entry that does not exist."""
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
