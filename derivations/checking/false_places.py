"""Places that no author thought of, where a step is false: found by their being the lowest of a difference.

One value of a draw, or two at once, are widened to their whole domains, or to a piece of them. Where the difference of
two sides, as a ball, has the right sign on all of it, the inequality holds there; any other piece is halved. From the
most promising places, and from the draw itself, the difference is followed down to where it is least. Of an equality
with a largest number it is asked where each of its arguments is the largest. Whole numbers, and those of a long list,
are tried in turn.
"""

from collections.abc import Iterable
from heapq import heappop, heappush
from itertools import combinations
from math import inf, log2
from random import Random

from flint import arb, ctx, fmpq
from sympy import Expr, Max

from ..engine.nodes import Indicator
from ..engine.terms import reach
from .cells import BITS, admitted, cells_of, domain_of, interval_of, intervals, values_of, wide
from .compare import REFUTES
from .descent import descended
from .domains import in_turn
from .draft import Draft, is_solved
from .indices import indices_in
from .points import Point
from .stated import vocabulary_of

FEW_PIECES = 160  # pieces that are looked at, of each domain; of two at once, half as many
MOST_TOGETHER = 4  # values that are moved at once
MOST_WAYS = 4  # arguments of largest numbers
FINE = 640  # bits, where a difference is followed down


def false_where(draft: Draft, sides: Iterable[tuple[Expr, str, Expr]], numbers: tuple, random: Random) -> list[Point]:
    """Points like that of a draft but for some values, at which some step may be false; the hypotheses hold there."""
    sides = tuple(sides)
    if draft.by_witness:
        return []
    below = [right - left if relation == "<=" else left - right for left, relation, right in sides if relation != "="]
    found = []
    for differences in ([below] if below else []) + [[way] for way in _ways(draft, sides)]:
        some = intervals(draft, numbers, random)
        for boxes in [[one] for one in some] + list(combinations(some, 2))[:1]:
            found += _lowest(draft, differences, dict(boxes))
        found += _from_the_draw(draft, differences, numbers, random)
    return found + _one_after_another(draft, _ways(draft, sides), numbers) + _in_turn(draft, sides, numbers)


def _ways(draft, sides):
    """Differences that are below 0 where an argument of a largest number is larger than another, but not yet are."""
    ctx.prec = BITS
    parts = dict.fromkeys(part for left, _, right in sides for side in (left, right) for part in _parts(side))
    ways = [
        other - one for part in parts if isinstance(part, Max)
        for one in part.args for other in part.args if one is not other
    ] + [sign * part.args[0] for part in parts if isinstance(part, Indicator) for sign in (-1, 1)]  # fmt: skip
    known = vocabulary_of(draft.shape).size_of  # an index that a sum binds may have a letter of no notation
    ways = [way for way in ways if all(index in known for index in indices_in((way,)))]
    return [way for way in ways if not _least(draft.point, [way], draft.shape) < 0][:MOST_WAYS]


def _parts(formula):
    """A formula and all that it is made of, in an order that is always the same."""
    yield formula
    for part in formula.args:
        yield from _parts(part)


def _least(point, differences, shape):
    """The least of some differences at a point, as a ball; one that says nothing if there is none."""
    found = [ball for difference in differences for ball in values_of(difference, point, shape)]
    return min(found, key=lambda ball: (not ball.is_finite(), ball.mid()), default=arb("nan"))


def _lowest(draft, differences, boxes):
    """Points at which a difference is below 0, with other values in the cells of some boxes.

    Where both sides are large their difference says least: one piece is looked at because it is wide and close to 0,
    the next because the difference might be lowest in it; now and then in its middle too. From the lowest middle it is
    followed down.
    """
    ctx.prec = BITS
    places, best, pieces = list(boxes), None, _Pieces(tuple(boxes.values()))

    def least(numbers):
        return _least(draft.made(dict(zip(places, numbers))), differences, draft.shape)

    for turn in range(FEW_PIECES // len(boxes)):
        piece = pieces.next(turn % 2)
        if piece is None:
            break
        point = draft.made({where: wide(*ends) for where, ends in zip(places, piece)})
        found = [ball for difference in differences for ball in values_of(difference, point, draft.shape)]
        middle = [(low + high) / 2 for low, high in piece]
        if any(ball < 0 for ball in found):
            return admitted(draft, dict(zip(places, middle)))
        if all(ball >= 0 for ball in found):
            continue
        pieces.halve(piece, min(_lower(ball) for ball in found))
        if turn % 4 == 1:
            there = least(middle)
            if there < 0:
                return admitted(draft, dict(zip(places, middle)))
            if there.is_finite() and (best is None or there.mid() < best[0]):
                best = there.mid(), middle
    return _followed(draft, differences, boxes, best[1]) if best else []


def _lower(ball):
    return float(ball.lower()) if ball.is_finite() else -inf


class _Pieces:
    """Pieces of a box, by how wide and near to 0 they are, and by how low a difference might be in them."""

    def __init__(self, box):
        self.wide, self.low, self.left, self.count, self.depth = [], [], {}, 0, 0
        self._put(box, 0, 0.0)

    def _put(self, piece, depth, bound):
        near = sum(log2(1 + _near(*ends)) for ends in piece)
        self.left[self.count] = piece, depth
        heappush(self.wide, (depth + near, self.count))
        heappush(self.low, (bound, depth, self.count))
        self.count += 1

    def next(self, lowest):
        """The widest piece, or the lowest one, which is then gone; None if there is none."""
        heap = self.low if lowest else self.wide
        while heap:
            *_, number = heappop(heap)
            if number in self.left:
                piece, self.depth = self.left.pop(number)
                return piece
        return None

    def halve(self, piece, bound):
        """Put in the halves of the last piece, each of its sides in turn."""
        side = self.depth % len(piece)
        low, high = piece[side]
        middle = _middle(low, high)
        for half in ((low, middle), (middle, high)):
            self._put((*piece[:side], half, *piece[side + 1 :]), self.depth + 1, bound)


def _near(low, high):
    return float(min(abs(low), abs(high))) if low * high >= 0 else 0.0


def _middle(low, high):
    """Where an interval is halved: as for numbers of every size, if it holds such."""
    if low < 0 < high:
        return fmpq(0)
    near, far = sorted((abs(low), abs(high)))
    near = max(near, fmpq(1))
    if far > 4 * near:
        size = fmpq(int(float(near * far) ** 0.5 * 1024), 1024)
        return size if high > 0 else -size
    return (low + high) / 2


def _from_the_draw(draft, differences, numbers, random):
    """Points at which a difference is below 0, found by following it down from the draw, in several values at once."""
    cells = [where for where in cells_of(draft) if domain_of(draft, where).is_Interval]
    some = random.sample(cells, min(MOST_TOGETHER, len(cells)))
    boxes = {where: interval_of(draft, where, numbers) for where in some}
    return _followed(draft, differences, boxes, [draft.tables[root][cell] for root, cell in some])


def _one_after_another(draft, ways, numbers):
    """A point at which as many differences as possible are below 0, each found from where those before it are."""
    start, moved = draft, []
    for way in ways if len(ways) > 1 else ():
        cells = [where for where in cells_of(start) if where[0] in reach(way) and domain_of(start, where).is_Interval]
        boxes = {where: interval_of(start, where, numbers) for where in cells[:MOST_TOGETHER]}
        place = _place_below(start, [way], boxes, [start.tables[root][cell] for root, cell in boxes])
        there = None if place is None else start.with_values(dict(zip(boxes, place)))
        if there is not None and all(_least(there.point, [one], draft.shape) < 0 for one in (*moved, way)):
            start, moved = there, [*moved, way]
    return [start.point] if len(moved) > 1 and start.holds() else []


def _followed(draft, differences, boxes, start):
    """Points at which a difference is below 0, found by following it down from some values in the cells of boxes."""
    place = _place_below(draft, differences, boxes, start)
    return [] if place is None else admitted(draft, dict(zip(boxes, place)))


def _place_below(draft, differences, boxes, start):
    """The values in the cells of boxes to which a difference is followed down; None if that is not below 0."""
    if not boxes or any(is_solved(part.statement) for part in draft.parts):
        return None

    def least(numbers):
        return _least(draft.made(dict(zip(boxes, numbers))), differences, draft.shape)

    ctx.prec = FINE
    return descended(least, start, list(boxes.values()))


def _in_turn(draft, sides, numbers):
    """Points with another of many numbers that are listed, or whole, at which some step may be false."""
    ctx.prec = BITS
    listings = {where: in_turn(domain_of(draft, where), numbers) for where in cells_of(draft)}
    for where, number in [(where, number) for where, listing in listings.items() for number in listing]:
        point = draft.made({where: number})
        gaps = [
            (relation, gap) for left, relation, right in sides for gap in values_of(right - left, point, draft.shape)
        ]  # fmt: skip
        if any(not gap.is_finite() or REFUTES[relation](gap) for relation, gap in gaps):
            found = admitted(draft, {where: number})
            if found:
                return found
    return []
