"""Numbers of a domain: ordinary ones, those at its ends, and those of every size; and whether a ball lies in it."""

from functools import lru_cache
from itertools import pairwise
from math import isqrt
from random import Random

from flint import arb, fmpq
from sympy import FiniteSet, Range, S, Union
from sympy.sets import Set

ORDINARY, AT_ENDS = "ordinary", "at the ends"
# Values are fractions with one of these denominators, or with a given one: no identity holds at all of them by chance.
DENOMINATORS = (97, 1009, 7919, 104729, 15485863)
REACH = 4  # ordinary real numbers lie between -REACH and REACH
FAR = (fmpq(103, 10), fmpq(617, 10), fmpq(701))  # how far remarkable numbers lie from the others
MOST_DIGITS = 4000  # a number up to this one may stand for a logarithm
FARTHEST = fmpq(10**7 + 3)  # where no exponential makes too much of it
WHOLE_IN_TURN = 200  # whole numbers up to it are tried in turn
DRAWN_OFTEN, MOST_IN_TURN = 6, 4096  # numbers of a list that are drawn often enough, and that are tried in turn
FIRST_WHOLE = {S.Naturals: 1, S.Naturals0: 0, S.Integers: -REACH}


def drawn(domain: Set, style: str, random: Random, grid: int | None = None):
    """A number of a domain, exactly: ORDINARY (well within) or AT_ENDS (an end that belongs to it, where one does).

    Values are fractions, with the denominator `grid` if given.
    """
    if isinstance(domain, Union):
        return drawn(random.choice(domain.args), style, random, grid)
    if isinstance(domain, FiniteSet):
        return random.choice([_fraction(number) for number in domain])
    first = _first_whole(domain)
    if first is not None:
        return fmpq(first if style == AT_ENDS else random.randint(first, first + 2 * REACH))
    low, high = ends(domain)
    closed = () if domain is S.Reals else _closed_ends(domain)
    if style == AT_ENDS and closed:
        return random.choice(closed if len(closed) == 2 else [*closed, _ordinary(low, high, random, grid)])
    return _ordinary(low, high, random, grid)


def _first_whole(domain):
    """The first number that is drawn of a set of whole numbers; None for another set."""
    # The sets are unique, and are not asked for their hash: SymPy takes very long to make that of the real numbers.
    return next((first for whole, first in FIRST_WHOLE.items() if domain is whole), None)


def _fraction(number):
    return fmpq(int(number.p), int(number.q))


def _share(random, grid):
    whole = grid or random.choice(DENOMINATORS)
    return fmpq(random.randint(1, whole - 1), whole)


def _ordinary(low, high, random, grid):
    start, width = low, 2 * REACH
    if low is None:
        start = -REACH if high is None else high - width
    elif high is not None:
        width = high - low
    elif low is not None:
        width = REACH
    return start + width * _share(random, grid)


def few_of(domain: Range) -> tuple:
    """The numbers of a range that has ends, as fractions: all, or the first and the last ones of many."""
    start, stop, step = domain.args
    if not (start.is_Integer and stop.is_Integer):
        return ()
    numbers = range(int(start), int(stop), int(step))
    return tuple(map(fmpq, numbers if len(numbers) <= 2 * REACH else (*numbers[:REACH], *numbers[-REACH:])))


@lru_cache(maxsize=1024)
def remarkable(domain: Set, special: tuple = (), far: fmpq = FAR[-1]) -> tuple:
    """Numbers of a domain at which a formula may change its ways: its ends and those in `special`, what lies on either
    side of them and between them, close and less close; and tiny and huge ones, up to `far`.
    """
    if isinstance(domain, Range | FiniteSet):
        return ()
    whole = _first_whole(domain) is not None
    limits = [] if whole or isinstance(domain, Union) else [end for end in ends(domain) if end is not None]
    places = list(dict.fromkeys([*special, *limits, fmpq(0)]))
    beyond = [sign * (max(map(abs, places)) + size) for size in (*FAR, far) for sign in (1, -1) if size <= far]
    near = [place + sign * fmpq(1, 10**digits) for digits in (9, 3) for place in places for sign in (1, -1)]
    inner = [one * share for one in places for share in (fmpq(1, 2), fmpq(3, 2))]
    steps = [place + sign for place in places for sign in (1, -1)]
    ordered = sorted(places)
    between = [(one + other) / 2 for one, other in pairwise(ordered)]
    tiny = [fmpq(1, 2 ** int(2 * abs(number) + 2)) for number in special if 3 < abs(number) <= MOST_DIGITS]
    tiny = [place + sign * size for place in (fmpq(0), *limits) for size in tiny for sign in (1, -1)]
    found = dict.fromkeys([*places, *between, *beyond, *tiny, *near, *inner, *steps])
    return tuple(number for number in found if (not whole or number.q == 1) and lies(arb(number), domain))


def in_turn(domain: Set, special: tuple = ()) -> tuple:
    """Numbers to try in turn: all of a long list; whole numbers that are small, or next to those in `special` or their
    roots. None of any other domain.
    """
    if isinstance(domain, FiniteSet):
        return tuple(map(_fraction, domain))[:MOST_IN_TURN] if len(domain) > DRAWN_OFTEN else ()
    first = _first_whole(domain)
    if first is None:
        return ()
    roots = [isqrt(int(abs(number))) for number in special]
    near = [place + more for place in (*map(int, special), *roots, *(-root for root in roots)) for more in (0, 1, -1)]
    found = dict.fromkeys([*range(WHOLE_IN_TURN + 1), *range(-1, -WHOLE_IN_TURN - 1, -1), *near])
    return tuple(fmpq(number) for number in found if domain is S.Integers or number >= first)


def ends(domain: Set):
    """The lower and the upper end of an interval, None for infinity. ValueError for a set that is drawn from in no way.

    A whole number has a range and no ends.
    """
    return (None, None) if domain is S.Reals else _ends(domain)


@lru_cache(maxsize=256)
def _closed_ends(domain):
    open_ends = domain.left_open, domain.right_open
    return [end for end, is_open in zip(ends(domain), open_ends) if not is_open]


@lru_cache(maxsize=256)
def _ends(domain):
    if isinstance(domain, Range) or not domain.is_Interval:
        raise ValueError(
            f"the checker draws from intervals with rational ends, their unions, finite sets of rational numbers, "
            f"whole and real numbers, not from {domain}"
        )
    found = []
    for end, infinity in ((domain.start, S.NegativeInfinity), (domain.end, S.Infinity)):
        if not end.is_Rational and end is not infinity:
            raise ValueError(f"expected an interval with rational ends, found {domain}")
        found.append(_fraction(end) if end.is_Rational else None)
    return tuple(found)


def may_be(ball, number) -> bool:
    """Whether a ball may be a number: it is known to many digits and contains it, as where two sides agree."""
    return ball.is_finite() and ball.contains(number)


def lies(ball: arb, domain: Set) -> bool:
    """Whether a ball is known to lie in a domain, or may be an end that belongs to it."""
    if isinstance(domain, Union):
        return any(lies(ball, part) for part in domain.args)
    if isinstance(domain, FiniteSet):
        return any(may_be(ball - arb(_fraction(number)), 0) for number in domain)
    first = _first_whole(domain)
    if first is not None:
        whole = ball.unique_fmpz()
        return whole is not None and (domain is S.Integers or whole >= first)
    low, high = ends(domain)
    above = low is None or ball > low or (not domain.left_open and may_be(ball - arb(low), 0))
    below = high is None or ball < high or (not domain.right_open and may_be(ball - arb(high), 0))
    return ball.is_finite() and above and below
