"""Ties of largest numbers: whether two of them are equal at single points alone, or in a whole region.

That s is not min(s, 1) reads as if it left out a point, and leaves out all s below 1. The places that are drawn are in
general position: two numbers that are equal there are equal all around.
"""

from dataclasses import replace
from itertools import islice
from random import Random

from sympy import (
    Add, Basic, Eq, Expr, FiniteSet, Indexed, Interval, Max, Mul, Ne, S, Sum, Symbol, Tuple, oo, preorder_traversal,
)  # fmt: skip
from sympy.logic.boolalg import Boolean

from ..engine.entries import Hypothesis, is_index
from ..engine.nodes import is_size
from ..engine.terms import BIG_OPERATORS, Quantity, free_symbols, root_of, substitute
from ..engine.vocabulary import Vocabulary, key_of
from ..writing.typeset import plain
from .conditions import Conditions, unfolded
from .moves import Work
from .stating import domain_in_words
from .strategy import Refused

LOOKS, MOST_BRANCHES = 20, 64  # how many places are looked at, and how many branches in each
MOST_PLACES = 300  # so many places are drawn at most, and then as many of larger numbers if none is as is supposed
AROUND_ZERO, FAR_OUT = (0.5, 2, 2, 10, 30), (10**3, 10**6)  # how large numbers are
EXACTLY, EVERY_SIZE = 80, 2  # to how many digits numbers are equal; every size
ALITTLE = S(10) ** -9
NOWHERE, STILL, MOVING = "at single points", "where nothing moves", "where both sides move"


def has_region(loss: Expr, variable: Expr, conditions: Conditions) -> bool:
    """Whether two of some largest numbers in a loss are equal in a whole region, and move there."""
    asked = conditions.of(loss)
    return any(one.statement in conditions.ties and region(one.statement, variable, conditions) == MOVING
               for one in asked)  # fmt: skip


def without_regions(asked: tuple[Hypothesis, ...], variable: Expr, work: Work) -> tuple[Hypothesis, ...]:
    """The hypotheses that are asked for, where no tie that they leave out matters in a whole region.

    Where both sides stand still they say so: the slope is 0 there, as the formula has it.
    """
    found = []
    for one in asked:
        where = region(one.statement, variable, work.conditions) if one.statement in work.conditions.ties else NOWHERE
        if where == MOVING:
            raise Refused(_moving(one, work.conditions))
        if where == STILL:
            equal = "it is 0" if one.statement.rhs == 0 else "these are equal"
            still = f"{equal} in a whole region, where nothing here moves with {plain(variable)}"
            one = replace(one, words=f"{one.words} ({still}; the slope is 0 there, as the formula says)")
            work.conditions.supposed[one.statement] = one
        found.append(one)
    return tuple(found)


def _moving(tie, conditions):
    """Why nothing is shown, and what would help."""
    equal = f"{plain(tie.statement.lhs)} and {plain(tie.statement.rhs)}"
    products = [part for part in preorder_traversal(tie.statement) if isinstance(part, Mul) and part.has(Max)]
    factors = [factor for product in products for factor in product.args if isinstance(factor, (Indexed, Symbol))]
    unknown = [one for one in factors if not (conditions.positive(one) or conditions.positive(-one))]
    said = str(unknown[0]).replace(" ", "") if unknown else ""
    help = f": --given '{said} > 0', and then --given '{said} < 0'" if unknown else ""
    return (
        f"two numbers that max or min compares, {equal}, can be equal in a whole region, and move there. The rule for "
        f"the larger of two says nothing where they are equal. Write the loss without this comparison, or say which "
        f"signs its factors have{help}"
    )


def region(tie: Ne, variable: Expr, conditions: Conditions) -> str:
    """Where two of some largest numbers are equal: at single points alone; in a region in which neither moves with the
    variable; or in one in which both do, where the derivative of the larger one says nothing.

    A region is found where it is drawn, however small: with any of the numbers inside in the place of the largest of
    them. One that is found so alone, and in which both move, may be nowhere; it counts all the same.
    """
    if not any(_written_out(side).has(Max) for side in tie.args):
        return NOWHERE
    found, places = set(), list(islice(_places(str(tie), conditions), LOOKS))
    if not places:
        raise Refused(_nowhere(conditions.supposed))
    for place in places:
        sides = Tuple(*map(place.of, tie.args))
        found |= {_kind(both, place, variable) for both in [sides, *islice(_branches(sides), MOST_BRANCHES)]}
        if MOVING in found:
            return MOVING
    return STILL if STILL in found else NOWHERE


def refuse_contradiction(conditions: Conditions) -> None:
    """Refuse inequalities that are given and that were not seen to hold together anywhere; and a number that is given
    for what never has it.
    """
    for statement in (one.statement for one in conditions.given if isinstance(one.statement, Eq)):
        for named, value in (statement.args, statement.args[::-1]):
            root, indices = key_of(named)
            domain = conditions.vocabulary.domains.get(root, {}).get(indices)
            if value.is_number and domain is not None and domain.contains(value) == S.false:
                kind = domain_in_words(domain)
                raise Refused(f"{plain(statement)} is given, and {plain(named)} is {kind}: both never hold")
    if conditions.supposed and not any(_places(str(conditions.supposed.keys()), conditions)):
        raise Refused(_nowhere(conditions.supposed))


def _places(seed, conditions):
    """The places, of those that are drawn, at which all holds that is supposed."""
    random, met = Random(seed), False
    for sizes in (AROUND_ZERO, FAR_OUT):
        for _ in range(0 if met else MOST_PLACES):
            place = Around(random, conditions.vocabulary, sizes)
            if all(map(place.meets, conditions.supposed)):
                met = True
                yield place


def _nowhere(supposed):
    orders = [plain(one) for one in supposed if _is_order(one)]
    return f"no numbers were found at which all of this holds: {', '.join(orders)}. Does it contradict itself?"


def _is_order(statement):
    return statement.is_Relational and statement.rel_op in ("<", "<=", ">", ">=")


def _kind(sides, place, variable):
    """What two sides are at a place."""
    one, other = sides
    if not _is_zero(place.value(one - other)):
        return NOWHERE
    return MOVING if any(place.moves(side, root_of(variable)) for side in sides) else STILL


def _branches(sides):
    """Two sides with one of the numbers in the place of each largest one."""
    inner = next((part for part in preorder_traversal(sides) if isinstance(part, Max) and not any(
        below.has(Max) for below in part.args)), None)  # fmt: skip
    if inner is None:
        yield sides
        return
    for one in inner.args:
        yield from _branches(sides.xreplace({inner: one}))


class Around:
    """A place that is drawn as it is asked for: sizes are small, an index is any place, entries live where they may."""

    def __init__(self, random: Random, vocabulary: Vocabulary, sizes: tuple = AROUND_ZERO):
        self.random, self.vocabulary, self.sizes = random, vocabulary, sizes
        self.entries: dict[Expr, Symbol] = {}
        self.values: dict[Basic, Expr] = {}

    def of(self, formula: Expr) -> Expr:
        """A formula at the sizes and indices of this place, with a letter for each entry."""
        written = _written_out(formula)
        whole = {letter for letter in free_symbols(written) if is_index(letter)}
        for letter in sorted(whole - self.values.keys(), key=str):
            self.values[letter] = S(EVERY_SIZE if is_size(letter) else self.random.randint(1, EVERY_SIZE))
        written = substitute(written, {letter: self.values[letter] for letter in whole})
        written = written.replace(lambda part: isinstance(part, BIG_OPERATORS), _term_by_term)
        entries = {part for part in written.atoms(Indexed, Symbol) if isinstance(part, Indexed) or not is_index(part)}
        labels = {part.base.label for part in entries if isinstance(part, Indexed)}
        return written.xreplace({part: self._letter(part) for part in sorted(entries - labels, key=str)})

    def _letter(self, entry):
        if entry not in self.entries:
            root, places = key_of(entry)
            letter = self.entries[entry] = Symbol(f"at {entry}", real=True)
            domain = self.vocabulary.domains.get(root, {}).get(places, S.Reals)
            self.values[letter] = S(self._drawn(domain))
        return self.entries[entry]

    def _drawn(self, domain):
        random = self.random
        if isinstance(domain, FiniteSet):
            return random.choice(sorted(domain))
        if domain is S.Naturals:
            return random.randint(1, 5)
        start, end = (domain.start, domain.end) if isinstance(domain, Interval) else (-oo, oo)
        if start != -oo and end != oo:
            return start + (end - start) * S(random.random())
        size = random.choice(self.sizes)
        if start != -oo:
            return start + size * random.expovariate(1)
        return random.gauss(0, size) if end == oo else end - size * random.expovariate(1)

    def value(self, formula: Expr) -> Expr:
        return formula.xreplace(self.values).evalf(EXACTLY)

    def moves(self, formula: Expr, root: Expr) -> bool:
        """Whether a formula is another number where some entry of a vector, or a letter, is a little larger."""
        letters = [letter for entry, letter in self.entries.items() if root_of(entry) == root]
        moved = [formula.xreplace({letter: letter + ALITTLE}) for letter in letters]
        return not all(_is_zero(self.value(other - formula)) for other in moved)

    def meets(self, statement: Boolean) -> bool:
        """Whether what is supposed may hold here; what is no order of numbers is not looked at."""
        if not _is_order(statement):
            return True
        difference = self.value(self.of(statement.gts - statement.lts))
        return not difference.is_real or bool(difference >= 0)


def _written_out(formula):
    """A formula with the definitions of what it names."""
    while opened := {part: unfolded(part) for part in formula.atoms(Quantity) if unfolded(part) != part}:
        formula = formula.xreplace(opened)
    return formula


def _is_zero(value):
    return bool(value.is_number and abs(value) < S(10) ** (8 - EXACTLY))


def _term_by_term(total):
    """A sum or a product with numbers for bounds, written out."""
    terms = [total.function]
    for index, lower, upper in total.limits:
        terms = [substitute(term, {index: S(number)}) for term in terms for number in range(lower, upper + 1)]
    return (Add if isinstance(total, Sum) else Mul)(*terms)
