"""Where a function of a few numbers is least: followed down from a place, by its slopes and how these change.

They are differences over so short a distance, at so high a precision, that no formula for slopes is needed: whatever
can be evaluated can be followed down.
"""

from collections.abc import Callable, Sequence

from flint import arb, arb_mat, fmpq

MOST_STEPS = 20
SHARES = fmpq(1), fmpq(1, 4), fmpq(1, 64)  # of a step, if the whole of it does not go down
APART = fmpq(1, 2**200)  # how far apart values are compared
LITTLE = fmpq(1, 2**10)  # a step that goes down by less of the value leads nowhere
Place = Sequence[fmpq]


def descended(function: Callable[[Place], arb], start: Place, limits: Sequence[tuple]) -> list[fmpq] | None:
    """A place within limits at which a function is below 0, found from another one; None if it leads to none.

    The precision in use is to be well above twice the bits of `APART`.
    """
    at, least = list(start), function(start)
    for _ in range(MOST_STEPS):
        if least < 0:
            return at
        steps = _newton(function, at, least) if least.is_finite() else None
        if steps is None:
            return None
        for share in SHARES:
            moved = [_within(x, share * step, limit) for x, step, limit in zip(at, steps, limits)]
            found = function(moved)
            if found.is_finite() and found.mid() < least.mid() - abs(least.mid()) * LITTLE:
                break
        else:
            return None
        at, least = moved, found
    return at if least < 0 else None


def exactly(ball: arb) -> fmpq:
    """The middle of a ball."""
    mantissa, exponent = map(int, ball.mid().man_exp())
    return fmpq(mantissa * 2**exponent) if exponent >= 0 else fmpq(mantissa, 2**-exponent)


def _within(x, step, limit):
    """A number less a step, or half the way to the limit that it would pass."""
    low, high = limit
    moved = x - step
    return (x + low) / 2 if moved < low else (x + high) / 2 if moved > high else moved


def _newton(function, at, least):
    """By how much to go down in each number; None if none makes a difference.

    It leads to where all slopes are 0 if that is downward, else along each by as much as its own slope says.
    """
    near = [abs(x) * APART if x else APART for x in at]

    def beside(*places):
        return function([x + near[i] * places.count(i) for i, x in enumerate(at)])

    once = {i: beside(i) for i in range(len(at))}
    moving = [i for i, found in once.items() if found.is_finite() and not (found - least).contains(0)]
    curved = {}
    for place, i in enumerate(moving):
        for j in moving[place:]:
            curved[i, j] = curved[j, i] = ((beside(i, j) - once[i] - once[j] + least) / (near[i] * near[j])).mid()
    slopes = {i: ((once[i] - least) / near[i]).mid() - curved[i, i] * near[i] / 2 for i in moving}
    if not moving or not all(number.is_finite() for number in (*curved.values(), *slopes.values())):
        return None
    alone = {i: slopes[i] / abs(curved[i, i]) if curved[i, i] != 0 else slopes[i] for i in moving}
    steps = _all_at_once(moving, curved, slopes) or alone
    if not sum((steps[i] * slopes[i] for i in moving), arb(0)) > 0:
        steps = alone
    return [exactly(steps[i]) if i in steps else fmpq(0) for i in range(len(at))]


def _all_at_once(moving, curved, slopes):
    try:
        inverse = arb_mat([[curved[i, j] for j in moving] for i in moving]).inv()
    except ZeroDivisionError:
        return None
    found = inverse * arb_mat([[slopes[i]] for i in moving])
    return {i: found[place, 0] for place, i in enumerate(moving)}
