"""Numbers of a domain: ordinary ones, those at its ends, and those of every size; and whether a ball lies in it."""

from functools import lru_cache
from random import Random

from flint import arb, fmpq
from sympy import FiniteSet, Range, S, Union
from sympy.sets import Set

ORDINARY, AT_ENDS, WILD, FAR = "ordinary", "at the ends", "of every size", "far from all others"
# Values are fractions with one of these denominators, or with a given one: no identity holds at all of them by chance.
DENOMINATORS = (97, 1009, 7919, 104729, 15485863)
REACH = 4  # ordinary real numbers lie between -REACH and REACH
HUGE = 700  # those that are far go so far
TRIES = 30
WHOLE = {S.Naturals: 1, S.Naturals0: 0, S.Integers: -REACH}


def drawn(domain: Set, style: str, random: Random, special: tuple = (), grid: int | None = None):
    """A number of a domain, exactly.

    `style` is ORDINARY (well within), AT_ENDS (an end that belongs to it, where one does), WILD (now and then tiny, or
    close to an end or to one of the numbers in `special`) or FAR (huge, where the domain goes so far). Values are
    fractions, with the denominator `grid` if given.
    """
    if isinstance(domain, Union):
        return drawn(random.choice(domain.args), style, random, special, grid)
    if isinstance(domain, FiniteSet):
        return random.choice([_fraction(number) for number in domain])
    if domain in WHOLE:
        last = HUGE if style == FAR else WHOLE[domain] + 2 * REACH
        return fmpq(WHOLE[domain] if style == AT_ENDS else random.randint(WHOLE[domain], last))
    low, high = ends(domain)
    closed = [end for end, is_open in ((low, domain.left_open), (high, domain.right_open)) if not is_open]
    if style == AT_ENDS and closed:
        return random.choice(closed if len(closed) == 2 else [*closed, _ordinary(low, high, random, grid)])
    if style == FAR and None in (low, high):
        far = random.choice((10, 60, HUGE)) * _share(random, grid)
        return far * random.choice((-1, 1)) if low is high else (low + far if high is None else high - far)
    if style == WILD and random.random() < 0.6:
        return _close(domain, low, high, random, special, grid)
    return _ordinary(low, high, random, grid)


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


def _close(domain, low, high, random, special, grid):
    """A number close to a place where something may happen."""
    places = [fmpq(0), *special, *(end for end in (low, high) if end is not None)]
    for _ in range(TRIES):
        sign = random.choice((-1, 1))
        number = random.choice(places) + sign * fmpq(random.choice((0, 1, 1, 3)), 10 ** random.choice((0, 0, 1, 3, 9)))
        if lies(arb(number), domain):
            return number
    return _ordinary(low, high, random, grid)


@lru_cache(maxsize=256)
def ends(domain: Set):
    """The lower and the upper end of an interval, None for infinity. ValueError for a set that is drawn from in no way.

    A whole number has a range and no ends.
    """
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
    if domain in WHOLE:
        whole = ball.unique_fmpz()
        return whole is not None and (domain is S.Integers or whole >= WHOLE[domain])
    low, high = ends(domain)
    above = low is None or ball > low or (not domain.left_open and may_be(ball - arb(low), 0))
    below = high is None or ball < high or (not domain.right_open and may_be(ball - arb(high), 0))
    return ball.is_finite() and above and below
