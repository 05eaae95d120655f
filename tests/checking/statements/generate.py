"""False statements made from the catalogue: a hypothesis is left out of a chain, or its interval is closed.

Not every chain becomes false by that. Which do is found out by plain arithmetic at a few numbers drawn for it; only
those are given.
"""

from dataclasses import replace
from random import Random

from sympy import Contains, Interval, Rational, S

from derivations.engine.terms import member, reach
from derivations.notation import NOTATION, SIZE_OF, SIZES

from .stating import Statement, false_step, outside

TRIES = 12
INSIDE = [(Rational(1, 2), Rational(1, 2)), (Rational(1, 4), Rational(3, 4))]
ENDS = [(0, 1), (1, 0)]
ODD = [(0, 0), (1, 1), (Rational(1, 2), 0), (Rational(1, 3), Rational(3, 4))]
REAL = [(1, -1), (-6, 2), (0, 0), (3, Rational(1, 2))]


def closed(hypothesis):
    """The same hypothesis with the ends of its interval among its numbers; None if it has no open end."""
    statement = hypothesis.statement
    domain = statement.args[1] if isinstance(statement, Contains) else None
    if not isinstance(domain, Interval) or not (domain.left_open or domain.right_open) or domain.end.is_infinite:
        return None
    return replace(hypothesis, statement=member(statement.args[0], Interval(domain.start, domain.end)))


def without(derivation, old, new=None):
    """A derivation with one hypothesis left out of every step, or another in its place."""

    def changed(given):
        return tuple(new if one == old else one for one in given if one != old or new is not None)

    steps = tuple(replace(step, using=changed(step.using), inherited=changed(step.inherited))
                  for step in derivation.steps)
    return replace(derivation, steps=steps)


def _numbers(derivation, random):
    """Sizes of 2 and numbers for everything in a derivation: at ends, inside, or anything that is allowed."""
    roots = reach(*derivation.lines) | {root for h in derivation.hypotheses if h.statement is not None
                                        for root in reach(h.statement)}
    values = {size: 2 for size in SIZES} | {index: random.randint(1, 2) for index in SIZE_OF}
    for entry in NOTATION:
        symbol, root = entry.symbol, getattr(entry.symbol, "base", entry.symbol)
        if root not in roots or root in values:
            continue
        if symbol.is_integer:
            values[root] = (1, 2)
            continue
        unit = isinstance(entry.domain, Interval) and entry.domain.end == 1 and entry.domain.start == 0
        anything = REAL if entry.domain is S.Reals else [(2, 3)]
        pool = random.choice([INSIDE, ENDS, ODD]) if unit else anything
        depths = {len(getattr(other.symbol, "indices", ())) for other in NOTATION
                  if getattr(other.symbol, "base", other.symbol) == root}
        values[root] = _drawn(pool, random) if 0 in depths else _table(pool, random)
    return values


def _drawn(pool, random):
    return random.choice(random.choice(pool))


def _table(pool, random):
    """Entries with one index and with two: a letter may have either."""
    rows = [random.choice(pool) for _ in range(3)]
    table = {(place,): rows[0][place - 1] for place in (1, 2)}
    return table | {(row, place): rows[row][place - 1] for row in (1, 2) for place in (1, 2)}


def made_false(entries, seed, most):
    """Up to `most` false statements: pairs of what was done and a statement with the numbers at which it is false."""
    random, found = Random(seed), []
    chances = [(entry, h, new) for entry in entries for h in entry.hypotheses if h.statement is not None
               for new in dict.fromkeys((None, closed(h)))]
    random.shuffle(chances)
    for entry, old, new in chances:
        chain = without(entry, old, new)
        statement = _shown(entry, chain, f"{entry.id}: {old.name} {'left out' if new is None else 'closed'}", random)
        if statement is not None and str(statement) not in map(str, found):
            found.append(statement)
        if len(found) == most:
            break
    return found


def _shown(entry, chain, name, random):
    """A chain with numbers at which it is false and the entry that it was made from is not; None if none are found."""
    for _ in range(TRIES):
        statement = Statement("made from the catalogue", name, lambda: chain, chain.start, chain.relation, chain.result,
                              chain.hypotheses, _numbers(chain, random))
        try:
            if not outside(statement) and false_step(statement, chain) and not false_step(statement, entry):
                return statement
        except (KeyError, TypeError):  # something in it that plain arithmetic has no number for
            return None
    return None
