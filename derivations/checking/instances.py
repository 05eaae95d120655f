"""Which values of the free indices are looked at where they are many: every pattern in its turn.

A pattern says which indices are equal, which come before which and by how little, which are the first or the last of
their range or beyond it, and which are a number that occurs. What is false for one pattern alone is so met, as where
four indices are four given numbers; a choice at random would miss it.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from random import Random

from sympy import Derivative, Integral

from ..engine.terms import BIG_OPERATORS, Quantity
from .needs import numbers_in
from .points import Point
from .stated import Shape, index_range

MOST_INSTANCES = 12  # at each point
MOST_BRIEF = 600  # of what is soon computed
SUMMED = (*BIG_OPERATORS, Quantity, Derivative, Integral)


def some(instances: Sequence, random: Random) -> Sequence:
    """All of the instances, or as many as are looked at, at random."""
    return instances if len(instances) <= MOST_INSTANCES else random.sample(instances, MOST_INSTANCES)


class Turns:
    """How often each pattern of each step was looked at so far: those come first that were least often."""

    def __init__(self):
        self._rough, self._fine, self._known = Counter(), Counter(), {}

    def next(self, number: int, sides: tuple, instances: Sequence, point: Point, shape: Shape, random: Random):
        """All instances of a step, or as many as are looked at."""
        if len(instances) <= MOST_INSTANCES:
            return instances
        most = MOST_INSTANCES if any(side.has(*SUMMED) for side in sides) else MOST_BRIEF
        place = (number, frozenset(point.indices.items()))
        if place not in self._known:
            self._known[place] = [(number, *_patterns(one, sides, shape)) for one in instances]
        patterns = self._known[place]
        order = random.sample(range(len(instances)), len(instances))
        order = _least_often(order, self._fine, lambda one: patterns[one])
        order = _least_often(order, self._rough, lambda one: patterns[one][:2])[:most]
        self._fine.update(patterns[one] for one in order)
        self._rough.update(patterns[one][:2] for one in order)
        return [instances[one] for one in order]


def _least_often(order, met, pattern):
    """The same, in another order: what would be looked at a second time comes after all that would be the first."""
    ranks, met = {}, Counter(met)
    for one in order:
        ranks[one] = met[pattern(one)]
        met[pattern(one)] += 1
    return sorted(order, key=ranks.get)


def _patterns(instance, sides, shape):
    """A rough pattern of an instance, which few others differ in, and a fine one."""
    names = sorted(instance, key=str)
    whole = {int(number) for side in sides for number in numbers_in(side) if number.q == 1}
    ranges = [index_range(name, shape) for name in names]
    ends = tuple((instance[name] == 1, instance[name] - inside.stop) if instance[name] >= inside.stop - 1 else
                 (instance[name] == 1, instance[name] == 0) for name, inside in zip(names, ranges))  # fmt: skip
    gaps = [instance[one] - instance[other] for one, other in combinations(names, 2)]
    numbers = tuple(instance[name] if instance[name] in whole else 0 for name in names)
    return (*(gap == 0 for gap in gaps), *ends), (*(max(-2, min(gap, 2)) for gap in gaps), *numbers)
