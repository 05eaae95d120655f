"""What checking some formulas needs: the symbols they look up, and the sizes and numbers that occur in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from flint import ctx, fmpq
from sympy import Basic, Expr, Indexed, IndexedBase, NumberSymbol, Pow, Range, Rational, Symbol, Tuple, exp
from sympy.sets import Set

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import BIG_OPERATORS, Quantity, free_symbols, reach
from ..engine.vocabulary import Vocabulary
from ..notation import SIZES
from .domains import FAR, FARTHEST, few_of, remarkable
from .evaluate import value
from .points import Point

SWEPT_SIZES = (1, 2, 2, 1), (3, 2, 1, 2)  # at which parts that are made of sizes give numbers that are drawn near to
EXTREME_SIZES = (1, 1, 1, 1), (6, 5, 5, 7)
USUAL = fmpq(1, 8), fmpq(8)  # between these lies what is drawn anyhow
SEEN_ANYHOW = 256  # bits
LARGE_POWER, BITS_OF_ORDINARY = 64, 9  # an ordinary number lies between 2^-9 and 2^9, or almost
MOST_HEIGHT = 2**14
MOST_BITS = 2**9  # bits of a number that is drawn near to; a longer one is met nearby


@dataclass(frozen=True)
class Needs:
    """`roots` are the symbols and vectors, `numbers` the numbers that occur, with their opposites and inverses:
    places at which a formula may change its ways. `far` is how far from them it is looked at.
    """

    roots: frozenset
    numbers: tuple
    far: fmpq = FAR[-1]

    @classmethod
    def of(cls, formulas: Iterable[Basic]) -> "Needs":
        """What some formulas need."""
        formulas = tuple(formulas)
        found = set().union(*map(numbers_in, formulas), *map(_made_of_sizes, formulas))
        found |= {1 / number for number in found if number} | {-number for number in found}
        found |= {-number for number in found}
        far = FAR[-1] if any(map(_grows, formulas)) else FARTHEST
        return cls(frozenset(reach(*formulas)), tuple(sorted(number for number in found if number)), far)

    def remarkable(self, domain: Set) -> tuple:
        """The numbers of a domain at which these formulas may change their ways."""
        if isinstance(domain, Range):
            return few_of(domain)
        if id(domain) not in self._known:  # it takes longer to hash the real numbers, or many fractions, than all else
            self._known[id(domain)] = domain, remarkable(domain, self.numbers, self.far)
        return self._known[id(domain)][1]

    @cached_property
    def _known(self):
        return {}


def sizes_in(formulas: Iterable[Basic], vocabulary: Vocabulary) -> list[Symbol]:
    """The sizes that occur in some formulas, or that an index runs up to."""
    found = reach(*formulas)
    found |= {vocabulary.size_of.get(index) for index in found if is_index(index)}
    return [size for size in vocabulary.sizes if size in found]


@lru_cache(maxsize=2**12)
def _grows(formula):
    """Whether a formula has an exponential, or a power with symbols above."""
    if any(isinstance(part, exp) or free_symbols(part.exp) for part in formula.atoms(exp, Pow)):
        return True
    return any(_grows(type(quantity).definition.body) for quantity in formula.atoms(Quantity))


@lru_cache(maxsize=2**12)
def numbers_in(formula: Basic) -> frozenset:
    """The numbers in a formula, as fractions: those written down, and those that a part without symbols makes."""
    if isinstance(formula, (Indexed, IndexedBase)) or not isinstance(formula, Basic):
        return frozenset()
    if isinstance(formula, BIG_OPERATORS):
        return numbers_in(formula.function).union(*(map(numbers_in, [b for _, *ends in formula.limits for b in ends])))
    if formula.args == () and not isinstance(formula, (Rational, NumberSymbol)):
        return frozenset()
    inside = frozenset().union(*map(numbers_in, formula.args))
    bodies = [type(quantity).definition.body for quantity in (formula,) if isinstance(quantity, Quantity)]
    inside |= frozenset().union(*map(numbers_in, bodies))
    if isinstance(formula, (Quantity, Tuple)) or not getattr(formula, "is_number", False) or free_symbols(formula):
        return inside
    return inside | _as_fraction(formula)


@lru_cache(maxsize=2**12)
def _made_of_sizes(formula):
    """The large and the small numbers that parts are for some sizes: the others are met anyhow."""
    if not isinstance(formula, Basic) or isinstance(formula, (IndexedBase, Indexed, Symbol)):
        return frozenset()
    bodies = [type(quantity).definition.body for quantity in (formula,) if isinstance(quantity, Quantity)]
    inside = frozenset().union(*map(_made_of_sizes, (*formula.args, *bodies)))
    if not _is_made_of_sizes(formula):
        return inside
    balls = [_roughly(formula, point) for point in _points(formula, SWEPT_SIZES)]
    return inside.union(*[_near(found) for found in balls if found and not USUAL[0] <= abs(found) <= USUAL[1]])


def _is_made_of_sizes(formula):
    free = free_symbols(formula)
    return isinstance(formula, Expr) and bool(free) and all(map(is_size, free))


def _points(formula, shapes):
    """Points with values for the sizes of a formula; those that the catalogue does not have are as large as K."""
    free = free_symbols(formula)
    return [Point.of({size: dict(zip(SIZES, shape)).get(size, shape[1]) for size in free}) for shape in shapes]


def _as_fraction(constant):
    if isinstance(constant, Rational):
        return {fmpq(int(constant.p), int(constant.q))}
    found = _roughly(constant)
    return set() if found is None else _near(found)


def _near(found):
    """The fraction near to a ball, if there is one that is not too long."""
    if abs(int(found.mid().man_exp()[1])) > MOST_BITS:
        return set()
    if found.unique_fmpz() is not None:
        return {fmpq(found.unique_fmpz())}
    near = Fraction(float(found.mid())).limit_denominator(10**6)
    return {fmpq(near.numerator, near.denominator)} if near else set()


def _roughly(constant, point=Point.of({})):
    """The value of what has no symbols, or of sizes alone, as a ball; None if it is 0 or none is known."""
    ctx.prec = 64
    try:
        found = value(constant, point).ball
    except (TypeError, LookupError, ValueError):
        return None
    return None if found.is_zero() or not found.is_finite() else found


@lru_cache(maxsize=2**12)
def height(formula: Basic) -> int:
    """How many bits more are needed to see every number in a formula beside every other."""
    if isinstance(formula, Quantity):
        return max([height(type(formula).definition.body), *map(height, formula.args)])
    if isinstance(formula, Rational):
        return max(int(formula.p).bit_length(), int(formula.q).bit_length()) if formula.q != 1 or formula > 8 else 0
    inside = sum(map(height, formula.args))
    if _is_made_of_sizes(formula):
        return max(inside, *[_size(formula, point, SEEN_ANYHOW) for point in _points(formula, EXTREME_SIZES)])
    free = free_symbols(formula)
    if isinstance(formula, (Pow, exp)) and free:
        return max(inside, _of_power(formula.exp))
    if inside and getattr(formula, "is_number", False) and not free:
        return max(inside, _size(formula))
    return inside


def _size(constant, point=Point.of({}), usual=0):
    found = _roughly(constant, point)
    bits = 0 if found is None else abs(int(found.mid().man_exp()[1])) + 64
    return min(bits, MOST_HEIGHT) if bits > usual else 0


def _of_power(exponent):
    """How many bits more show a power of an ordinary number with a large number above."""
    numbers = numbers_in(exponent) | _made_of_sizes(exponent)
    largest = int(max(map(abs, numbers), default=0))
    return min(BITS_OF_ORDINARY * largest, MOST_HEIGHT) if largest > LARGE_POWER else 0
