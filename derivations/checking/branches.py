"""Which part of a hypothesis is met on purpose: of a disjunction one branch, of an inequality its edge.

An equation in a disjunction is met by no point that is drawn at random, and an inequality may be met by none but those
next to its edge, or on it. What stands here only says what is aimed at: the hypothesis is confirmed at the point.
"""

from collections.abc import Iterator, Sequence
from random import Random

from sympy import And, Eq, Ge, Gt, Implies, Integer, Le, Lt, Not, Or, Rational

from .stated import Shape, Stated, about_indices, about_sizes, all_of

ORDINARY_TRIES = 20  # after so many draws the edges of inequalities are aimed at
ON_EDGE = 30  # and after so many the edges themselves
OFF_EDGE = (Rational(1, 1013), Rational(3, 7), Rational(29, 3), Rational(1009, 7))  # how far beside them before that


def tries(
    parts: Sequence[Stated], shape: Shape, random: Random, most: int, edges: bool
) -> Iterator[tuple[int, list[Stated], bool]]:
    """The numbers of attempts at a draw, with what is aimed at, and whether that is the very edge of an inequality.

    If there are branches, half of the attempts are at the same ones: else one that is easy to meet would be met
    whenever one that is not was chosen first.
    """
    rounds = 2 if any(_branches(part.statement) for part in parts) else 1
    for _ in range(rounds):
        met = _aims(parts, shape, random)
        for attempt in range(0, most, rounds):
            aimed = _at_edges(met, attempt, random) if edges and attempt >= ORDINARY_TRIES else met
            yield attempt, aimed, attempt >= ON_EDGE and aimed is not met


def _aims(parts, shape, random):
    """The formulas to be met, with one branch for each disjunction and each implication that has an equation.

    For each value of its indices it may be another branch.
    """
    found = []
    for part in parts:
        branches = _branches(part.statement)
        if not branches:
            found.append(part)
            continue
        for instance in all_of(part.every, shape):
            chosen = random.choice(branches)
            fixed = {index: Integer(place) for index, place in instance.items()}
            found += [Stated(one.xreplace(fixed)) for one in And.make_args(chosen) if not _of_places(one)]
    return found


def _of_places(statement):
    return about_indices(statement) or about_sizes(statement)


def _branches(statement):
    """The ways to meet a formula; none if draws meet it in all its ways already."""
    if isinstance(statement, Or):
        return statement.args
    if isinstance(statement, Implies):
        premise, conclusion = statement.args
        if conclusion.has(Eq) and not (isinstance(conclusion, Eq) and conclusion.rhs == 0) or premise.has(Eq):
            return (Not(premise), And(premise, conclusion, evaluate=False))
    return ()


def _at_edges(parts, attempt, random):
    """The formulas, with equations for some inequalities: so that the larger side is larger by little, or by nothing.

    The same list, where no inequality is.
    """
    places = [place for place, part in enumerate(parts) if _is_inequality(part.statement, attempt)]
    if not places:
        return parts
    found = list(parts)
    for place in random.sample(places, random.randint(1, len(places))):
        statement, every = parts[place]
        gap = random.choice(OFF_EDGE) if attempt < ON_EDGE else Integer(0)
        # As a difference, for what is solved runs in no circle with other equations.
        found[place] = Stated(Eq(statement.gts - statement.lts, gap, evaluate=False), every)
    return found


def _is_inequality(statement, attempt):
    kinds = (Ge, Le) if attempt >= ON_EDGE else (Ge, Le, Gt, Lt)
    return isinstance(statement, kinds) and not _of_places(statement)
