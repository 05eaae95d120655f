"""Values that are special: one alone, or several together, where a formula may have no value or change its ways.

Only what is drawn is chosen here: equations still scale, solve or tie it, and every hypothesis is confirmed after.
What several share is a fraction with a power of 2 below, so that what cancels does so exactly.
"""

from functools import lru_cache
from random import Random

from flint import arb, fmpq
from sympy import IndexedBase, Range

from ..engine.entries import is_index
from .domains import FAR, ends, lies
from .needs import MOST_BITS, Needs

REMARKABLE = "one value where a formula may change its ways"
TOGETHER = "several values that are special together"
TRIED = 3  # so many choices of the symbols are tried in one turn
MOST_NUMBERS = 6  # of those that occur, tried for several values at once
FAST = 50  # so far may several numbers lie where there are exponentials of them
TINY_BITS = 40  # 2^-40 is tiny


def turns(needs: Needs) -> range:
    """The turns for what is special together: each way once, and some numbers that occur."""
    roots = [root for root in needs.roots if not is_index(root)]
    alone = len(roots) < 2 and not any(isinstance(root, IndexedBase) for root in roots)
    return range(0 if alone else len(WAYS) + min(len(needs.numbers), MOST_NUMBERS))


def specialize(
    tables: dict, narrowed: dict, declared: dict, kind: str, needs: Needs, turn: int, random: Random, attempt: int = 0
) -> bool:
    """Make one drawn value REMARKABLE, or several special TOGETHER: the `turn` says how. Whether there was a way."""

    def domain_of(root, cell):
        return narrowed.get((root, cell), declared[root][len(cell)])

    roots = [root for root in tables if root in needs.roots]
    if kind == REMARKABLE:  # one alone: no precision tells apart what several together make, unless it is exact
        choices = {(root, cell): needs.remarkable(domain_of(root, cell)) for root in roots for cell in tables[root]}
        where = random.choice([place for place, numbers in choices.items() if numbers] or [None])
        changes = {where: choices[where][turn % len(choices[where])]} if where else {}
    else:
        fewer = attempt or (turn < len(WAYS) and WAYS[turn][1])
        some = [root for root in roots if random.randrange(2)] if fewer else []
        changes = _together(tables, some or roots, domain_of, needs, turn, random)
    for (root, cell), number in changes.items():
        tables[root][cell] = number
    return kind == REMARKABLE or len(changes) > 1


def _together(tables, roots, domain_of, needs, way, random):
    domains = {(root, cell): domain_of(root, cell) for root in roots for cell in tables[root]}
    domains = {place: domain for place, domain in domains.items() if not isinstance(domain, Range)}
    if not domains:
        return {}
    if way < len(WAYS):
        changes = WAYS[way][0](domains, tables, needs, random)
    else:
        changes = dict.fromkeys(domains, _occurring(needs.numbers)[way - len(WAYS)])
    return {place: number for place, number in changes.items() if lies(arb(number), domains[place])}


@lru_cache(maxsize=2**8)
def _occurring(numbers):
    """Those that are less common come first: 1 and 2 stand in most formulas."""
    return sorted(numbers, key=lambda number: (-max(abs(number.p), number.q), number.q, -number))


def _zeros(domains, tables, needs, random):
    return dict.fromkeys(domains, fmpq(0))


def _alike(domains, tables, needs, random):
    """Entries between 0 and 1 are one share of as many as there are; all else is one number."""
    one, found = _exact(random.choice([tables[root][cell] for root, cell in domains])), {}
    for (root, cell), domain in domains.items():
        shares = bool(cell) and domain.is_Interval and None not in ends(domain)
        many = max(other[-1] for other in tables[root] if len(other) == len(cell)) if shares else 1
        found[root, cell] = fmpq(1, many) if many > 1 else one
    return found


def _equal(domains, tables, needs, random):
    """Vectors and numbers that have the same indices are equal."""
    first = {}
    for root, cell in random.sample(list(domains), len(domains)):
        first.setdefault(len(cell), root)
    return {
        (root, cell): _exact(tables[first[len(cell)]][cell]) for root, cell in domains
        if cell in tables[first[len(cell)]]
    }  # fmt: skip


def _far(sign):
    """Beyond all numbers that occur: upwards (1), downwards (-1) or either (0); less far where a formula grows fast."""

    def chosen(domains, tables, needs, random):
        grows, beyond = needs.far == FAR[-1], max(map(abs, needs.numbers), default=fmpq(0))
        start = min(beyond, FAST) + 8 if grows else beyond + 61
        return {place: (sign or random.choice((1, -1))) * (start + number) for number, place in enumerate(domains)}

    return chosen


def _near(side):
    """Close to the lower end (-1) or the upper end (1) of each domain, or to either (0); to 0 where there is none."""

    def chosen(domains, tables, needs, random):
        bits = max((max(abs(number.p), number.q).bit_length() for number in needs.numbers), default=0)
        tiny, found = fmpq(1, 2 ** (TINY_BITS + min(bits, MOST_BITS))), {}
        for number, (place, domain) in enumerate(domains.items()):
            toward = side or random.choice((1, -1))
            low, high = ends(domain) if domain.is_Interval else (None, None)
            end = low if toward < 0 else high
            found[place] = (fmpq(0) if end is None else end) - toward * tiny * (2 * number + 1)
        return found

    return chosen


ALL, SOME = False, True  # of the symbols
WAYS = (
    (_zeros, ALL), (_zeros, SOME), (_alike, ALL), (_equal, ALL), (_far(1), ALL), (_far(-1), ALL), (_far(0), ALL),
    (_near(-1), ALL), (_near(1), ALL), (_near(0), ALL),
)  # fmt: skip
AT_LARGE = 2, 8  # the ways in which many entries are special: all are one share of as many, or near the upper end


def _exact(number):
    """A number nearby that has a power of 2 below."""
    return fmpq((1024 * number).ceil(), 1024)
