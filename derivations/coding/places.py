"""Where an expression stands that becomes code: which axis each index is, how long it is, what has a name there; and
what is told of an expression without its surroundings.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sympy import (Add, Expr, Indexed, IndexedBase, Interval, KroneckerDelta, Max, Mul, Pow, Product, S, Symbol, exp,
                   log)  # fmt: skip

from ..engine.nodes import is_size
from ..engine.terms import entry, substitute
from ..engine.vocabulary import Vocabulary
from .marks import FirstLargest, Kept, Twice
from .matching import row_of
from .nodes import Axis, Node, combined


class NoCode(ValueError):
    """There is no code for an expression. The message says why."""


class Frame(NamedTuple):
    """Where an expression stands: which axis each index is, the letters' meanings, the order of the sizes, and the
    vectors that have a name: their indices, what they are, and how many entries they have. And whether no entry is
    infinite, and of what is added up only the sum matters.
    """

    axes: Mapping[Symbol, Axis]
    vocabulary: Vocabulary
    sizes: tuple[str, ...]
    named: Mapping[IndexedBase, tuple]
    is_finite: bool = False
    is_added_up: bool = False

    def along(self, index: Symbol, size: str) -> "Frame":
        return self._replace(axes={**self.axes, index: Axis(index.name, size)})

    def both(self, operation: str, *parts: Node) -> Node:
        return combined(operation, parts, self.sizes)


def sizes_declared(formula: Indexed, frame: Frame) -> list[str]:
    """The sizes of the axes of an array, as the notation declares it."""
    base = formula.base
    if base in frame.named:
        indices, _, entries = frame.named[base]
    else:
        known = [one.symbol for one in frame.vocabulary.entries if isinstance(one.symbol, Indexed)]
        known = [one for one in known if one.base == base and len(one.indices) == len(formula.indices)]
        sizes = [[str(frame.vocabulary.size_of[index]) for index in one.indices] for one in known]
        fitting = [one for one in sizes if all(_fits(*pair, frame) for pair in zip(formula.indices, one))]
        if not fitting:
            raise NoCode(f"nothing declares the sizes of {base} in {formula}")
        met = {axis.size for axis in frame.axes.values()}
        return next((one for one in fitting if met.issuperset(one)), fitting[0])
    return [frame.axes[index].size if index in frame.axes else str(frame.vocabulary.size_of.get(index, entries))
            for index in indices]  # fmt: skip


def _fits(index, size, frame):
    """Whether an index may choose along an axis of a size."""
    if is_size(index):
        return str(index) == size
    if isinstance(index, FirstLargest):
        return size_of_whole(index.args[0], frame) == size
    declared = frame.axes[index].size if index in frame.axes else str(frame.vocabulary.size_of.get(index, size))
    return declared == size


def size_of_whole(vector: Expr, frame: Frame) -> str:
    """How many entries a vector has."""
    return sizes_declared(entry(vector, Symbol("_", integer=True, positive=True)), frame)[-1]


def entries_first(terms: list[Expr]) -> list[Expr]:
    """Terms in the order in which they are added: entries of arrays first."""
    return sorted(terms, key=lambda one: (one.has(exp, log, Kept), one.could_extract_minus_sign(), not one.is_Number))


def is_below_largest(one: Expr, other: Expr) -> bool:
    """Whether two terms are an entry of a vector and its largest."""
    both = isinstance(one, Indexed) and isinstance(other, Indexed) and row_of(one) == row_of(other)
    return both and other.indices[-1] == FirstLargest(row_of(other))


def mask_of(factor: Expr) -> tuple[KroneckerDelta, bool] | None:
    """The delta that a factor is, and whether it is 1 where the two are equal; None for any other factor."""
    if isinstance(factor, KroneckerDelta):
        return factor, True
    other = 1 - factor if isinstance(factor, Add) else None
    return (other, False) if isinstance(other, KroneckerDelta) else None


def beside_weights(factors: list[Expr], frame: Frame) -> list[Expr]:
    """The entries of arrays of any real numbers that stand beside those of one that is not negative and has all their
    axes: as losses stand beside 1 or 0 for each group.
    """
    found = [(one, frame.vocabulary.domains.get(one.base, {}).get(len(one.indices), S.EmptySet))
             for one in factors if isinstance(one, Indexed)]  # fmt: skip
    weights = [set(one.indices) for one, domain in found if isinstance(domain, Interval) and domain.start == 0]
    return [one for one, domain in found if domain == S.Reals and any(set(one.indices) <= axes for axes in weights)]


def size_of_bounds(index: Symbol, lower: Expr, upper: Expr, frame: Frame) -> str:
    """How long the axis of a bound index is."""
    sizes = [str(one) for one in upper.free_symbols if is_size(one)]
    if len(sizes) == 1:
        return sizes[0]
    if upper in frame.axes:
        return frame.axes[upper].size
    raise NoCode(f"there is no code for an index {index} that runs from {lower} to {upper}")


def masked(term: Expr) -> tuple[KroneckerDelta, bool, Expr] | None:
    """A term as a delta, whether it counts where the two are equal, and the other factors; None if it has no delta."""
    masks = [one for one in Mul.make_args(term) if mask_of(one)]
    if len(masks) != 1:
        return None
    return *mask_of(masks[0]), Mul(*(one for one in Mul.make_args(term) if one != masks[0]))


def where_largest(formula: Expr, delta: KroneckerDelta) -> Expr:
    """A formula at the one place at which its delta is not 0, if that is where a vector is largest."""
    known = [one for one in delta.args if isinstance(one, FirstLargest)]
    index = next((one for one in delta.args if isinstance(one, Symbol)), None)
    return substitute(formula, {index: known[0]}) if known and index is not None else formula


def may_be_infinite(factor: Expr, frame: Frame) -> bool:
    """Whether a factor is infinite at some end of what the arguments may be. A logit less the largest is, where its
    probability is 0; but not where all arguments are finite.
    """
    within = [one.as_coeff_Mul()[1] for one in _terms_within(factor)]
    largest = [one for one in within if isinstance(one, Indexed) and one.indices[-1] == FirstLargest(one.base)]
    if largest and len(within) > 1 and not (frame.is_finite or any(isinstance(one, exp) for one in within)):
        return True
    terms = [one for one in Add.make_args(factor.args[0] if isinstance(factor, Twice) else factor)
             if isinstance(one, exp) and not one.has(FirstLargest, Max)]  # fmt: skip
    of_exponentials = isinstance(factor, Add | Twice) and terms
    return bool(of_exponentials) or (factor.has(log) and not isinstance(factor, Product | exp))


def _terms_within(factor):
    """The terms of a factor, also within what is kept."""
    if isinstance(factor, Add | Kept):
        return [term for one in factor.args for term in _terms_within(one)]
    return [factor]


def is_square(factor: Expr) -> bool:
    """Whether a factor is the square of something that is no number."""
    return isinstance(factor, Pow) and factor.exp == 2 and not factor.base.is_number
