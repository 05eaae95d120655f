"""What breaks when a hypothesis is dropped: searched for at small sizes.

Wanted is a point at which every other hypothesis of the derivation holds, this one does not, and the two sides of the
statement (or else of one of its steps) differ, or one has no value.
"""

from itertools import product
from random import Random

from flint import ctx

from ..engine.derivation import Derivation
from ..engine.entries import Hypothesis, is_index
from ..engine.nodes import is_size
from ..engine.terms import reach
from ..engine.trees import expression, tree
from ..notation import NOTATION, SIZES, size_of
from .check import SEED, admissible
from .compare import PRECISIONS
from .counterexamples import CLAIMED, FAILS, Failure, failure_at, short, value_of
from .points import watched
from .sample import POINT_KINDS, draw, needed
from .stated import about_indices, holds, holds_at, index_range, sizes, stated, statements

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
            failure = failure_at(claim, point | instance, step=place)
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
    index = min((s for s in first.free_symbols if is_index(s) and not is_size(s)), key=str)
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
        value_of(side, watched(point, looked_up))
    shown = [(symbol, str(sizes(shape)[symbol])) for symbol in SIZES if symbol in found]
    shown += [(s, str(point.indices[s])) for s in sorted(found, key=str) if is_index(s) and not is_size(s)]
    for root, cells in sorted(looked_up.items(), key=lambda item: str(item[0])):
        for rank in sorted({len(cell) for cell in cells}):
            chosen = {cell: jet for cell, jet in sorted(cells.items()) if len(cell) == rank}
            shown.append((_symbol(root, rank, list(chosen), shape, _sizes_of(found)), _table(chosen)))
    return tuple(shown)


def _sizes_of(symbols):
    """The sizes among some symbols, and those that their indices run up to."""
    return {symbol if is_size(symbol) else size_of(symbol) for symbol in symbols if is_index(symbol)}


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
