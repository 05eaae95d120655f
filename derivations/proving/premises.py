"""An instance that meets all premises of a theorem, so that it is not empty.

The sampler finds a point, and is not trusted: here every premise, as it is exported, is decided there. An equation
holds in exact fractions (see `fields`), a strict inequality between balls, any other either way.
"""

from dataclasses import dataclass, replace
from itertools import product
from random import Random

from flint import arb, ctx
from sympy import And, Contains, Eq, Ge, Gt, Implies, Interval, Le, Lt, Ne, Or, Range
from sympy.core.relational import Relational
from sympy.logic.boolalg import Boolean

from ..checking.check import SEED
from ..checking.compare import PRECISIONS
from ..checking.evaluate import integer, remembered
from ..checking.fields import CHOICES, Drawn, NeedsMore
from ..checking.indices import indices_in
from ..checking.points import Point
from ..checking.sample import ENDS, HARD, SOFT, draft, needed
from ..checking.stated import about_indices, all_of, index_range
from ..engine.derivation import Derivation
from ..engine.entries import is_index
from ..engine.nodes import is_size
from .theorems import Premise, Statement, theorem_of

SIZES_TRIED = ((2, 3, 2, 2), (2, 2, 2, 2), (1, 2, 2, 1), (3, 4, 2, 2), (1, 1, 1, 1), (2, 1, 1, 1))
TRIES = 6


@dataclass(frozen=True)
class Instance:
    """A point twice: with fractions, in which logarithms and exponentials are variables, and with balls."""

    exactly: Point
    near: Point

    def at(self, instance):
        return Instance(self.exactly | instance, self.near | instance)


def instance_of(derivation: Derivation, more: tuple[Premise, ...] = ()) -> dict | None:
    """The sizes and indices of an instance that meets all premises of its theorem, and more if given; None if none was
    found.
    """
    theorem, random = theorem_of(derivation), Random(f"{SEED} premises {derivation.id}")
    theorem = replace(theorem, premises=(*theorem.premises, *more))
    wanted = needed(derivation)
    for shape, labels, _ in product(SIZES_TRIED, (SOFT, HARD, ENDS), range(TRIES)):
        ctx.prec = PRECISIONS[0]
        drawn = draft(derivation.hypotheses, shape, labels, random, wanted, CHOICES)
        if drawn is None:
            continue
        place = _with_indices(theorem, drawn.point, shape, random)
        if place is not None and not unmet(theorem, place, shape):
            return dict(place.near.indices)
    return None


def _with_indices(theorem, point, shape, random):
    """The place of a point, with values for the indices that the theorem speaks of."""
    free = [root for root, rank in theorem.keys if rank == 0 and is_index(root) and not is_size(root)]
    said = [premise.formula for premise in theorem.premises if premise.formula is not None]
    free = [*dict.fromkeys([*free, *indices_in(tuple(said))])]
    about = [formula for formula in said if about_indices(formula)]
    missing = [index for index in free if index not in point.indices]
    values = list(product(*(index_range(index, shape) for index in missing)))
    random.shuffle(values)
    for found in values:
        near = point | dict(zip(missing, found))
        place = Instance(near.computing_with(Drawn(random).number), near)
        if all(is_met(formula, place) for formula in about):
            return place
    return None


def unmet(theorem: Statement, place: Instance, shape: tuple) -> list[str]:
    """The names of the premises that are not seen to be met at a place."""
    return [
        premise.name
        for premise in theorem.premises
        if premise.formula is not None
        and not all(is_met(premise.formula, place.at(instance)) for instance in all_of(premise.every, shape))
    ]


def is_met(formula: Boolean, place: Instance) -> bool:
    """Whether a formula is certain to hold at a place. What is not certain counts as not."""
    try:
        return _is_met(formula, place)
    except (LookupError, NeedsMore):
        return False


def _is_met(formula, place):
    if isinstance(formula, (And, Or)):
        return (all if isinstance(formula, And) else any)(is_met(part, place) for part in formula.args)
    if isinstance(formula, Implies):
        return is_met(formula.args[1], place) or is_met(formula.args[0].negated, place)
    if isinstance(formula, Contains):
        return _lies(*formula.args, place)
    if not isinstance(formula, Relational):
        raise TypeError(f"expected a formula of a premise, found {formula}")
    left, right = formula.args
    if about_indices(formula):
        one, other = integer(left, place.near), integer(right, place.near)
        signs = {Eq: one == other, Ne: one != other, Gt: one > other, Lt: one < other, Ge: one >= other}
        return signs.get(formula.func, one <= other)
    if isinstance(formula, Eq):
        return _equal(left, right, place)
    gap = _gap(left, right, place)
    if isinstance(formula, Ne):
        return not gap.contains(0)
    strict = gap > 0 if isinstance(formula, (Gt, Ge)) else gap < 0
    return bool(strict) or (isinstance(formula, (Ge, Le)) and _equal(left, right, place))


def _equal(left, right, place):
    return remembered(left, place.exactly).fraction == remembered(right, place.exactly).fraction


def _gap(left, right, place) -> arb:
    """The difference of two sides, to so many digits that its sign is known, if it has one."""
    for ctx.prec in PRECISIONS:
        near = place.near._replace(memory={})
        gap = remembered(left, near).ball - remembered(right, near).ball
        if gap.is_finite() and not gap.contains(0):
            break
    return gap if gap.is_finite() else arb("nan")


def _lies(element, domain, place):
    if isinstance(domain, Range):
        first, stop = (integer(end, place.near) for end in domain.args[:2])
        return first <= integer(element, place.near) < stop
    if domain.is_FiniteSet:
        return any(_equal(element, value, place) for value in domain.args)
    if isinstance(domain, Interval):
        low, high = (Gt if domain.left_open else Ge), (Lt if domain.right_open else Le)
        ends = [(low, domain.start), (high, domain.end)]
        return all(is_met(sign(element, end, evaluate=False), place) for sign, end in ends if end.is_finite)
    return False
