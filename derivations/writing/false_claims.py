"""What is said beside a claim that is false: that it is, and what is true nevertheless."""

from collections.abc import Iterator

from sympy import Basic

from ..engine.entries import Counterexample
from ..engine.terms import reach

# Each is printed above what is said.
SAID_FALSE, TRUE_THERE, TRUE_ELSEWHERE = "This claim is false:", "At these values this is true:", "For comparison:"


def true_beside(entry: Counterexample) -> Iterator[tuple[str, list[Basic]]]:
    """What is true beside a false claim, below what is said of it: true at the values where the claim fails, or, as
    what names none of them, true by itself.
    """
    there = [given for given in entry.given if not reach(given).isdisjoint(entry.values)]
    elsewhere = [given for given in entry.given if given not in there]
    yield from ((said, given) for said, given in ((TRUE_THERE, there), (TRUE_ELSEWHERE, elsewhere)) if given)
