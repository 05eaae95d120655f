"""Planted errors: every way in which one place of a formula may be wrong, by a stated list of operators,
and whether the checks see it.

A mutant of a step has one place of its right side changed. It is *refuted* if some point shows its sides to differ. It
is *undecided* if no point does, but some point could not be computed closely enough to say that they agree, or one side
has no value there: the step would not be called verified. One that survives both is *equal* if the exact check decides
that it is the same formula; a mutant of an inequality that survives is a bound that holds as well. What is none of
these would be a wrong formula that the checks let pass.
"""

from dataclasses import dataclass, replace
from itertools import combinations, product
from random import Random

from flint import ctx
from sympy import (
    Abs,
    Add,
    Derivative,
    Eq,
    Indexed,
    IndexedBase,
    Integer,
    KroneckerDelta,
    Max,
    Mul,
    Pow,
    Product,
    Rational,
    S,
    Sum,
    Symbol,
    exp,
    log,
)

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import BIG_OPERATORS, Quantity, bound_indices, canonical, free_symbols, partial
from ..notation import NOTATION, SIZE_OF, size_of
from .check import SEED, admissible, stages
from .compare import PRECISIONS, REFUTED, UNDECIDED, VERIFIED, compare
from .indices import indices_in
from .schedule import SHAPES
from .exact import EXACT, decide
from .instances import some
from .sample import POINT_KINDS, draw, needed
from .stated import about_indices, stated, statements

LABEL_LETTERS = {str(getattr(entry.symbol, "base", entry.symbol)) for entry in NOTATION if entry.is_label}
FEW = (SHAPES[4], SHAPES[5], SHAPES[3])  # these kill most, and soon
EQUAL, HOLDS_TOO, SURVIVED = "equal", "holds as well", "survived"


def signs(part, scope):
    """The sign of a term, of an exponent, or of everything."""
    if isinstance(part, Add):
        yield from (Add(*_with(part.args, place, -term)) for place, term in enumerate(part.args))
    if isinstance(part, exp):
        yield exp(-part.args[0])


def dropped(part, scope):
    """A term of a sum, a factor of a product, or an exponent is missing."""
    if isinstance(part, (Add, Mul)):
        yield from (part.func(*_with(part.args, place)) for place in range(len(part.args)))
    if isinstance(part, Pow):
        yield part.base


def indices(part, scope):
    """An index is another one that runs equally far, bound by a sum around it or not, or it is fixed at 1."""
    if isinstance(part, Derivative):
        for place, variable in enumerate(part.variables):
            yield from (partial(part.expr, *_with(part.variables, place, other)) for other in indices(variable, scope))
    if not isinstance(part, (Indexed, KroneckerDelta, Quantity)):
        return
    for place, index in enumerate(part.args):
        if isinstance(index, Symbol) and is_index(index) and not is_size(index):
            others = [other for other in scope if other != index and SIZE_OF.get(other) == SIZE_OF.get(index)]
            yield from (part.func(*_with(part.args, place, other)) for other in others or [Integer(1)])


def bounds(part, scope):
    """A sum or product begins at 0 or 2 instead of 1, or stops before its last term."""
    if isinstance(part, BIG_OPERATORS):
        for place, (index, lower, upper) in enumerate(part.limits):
            for limit in ((index, lower - 1, upper), (index, lower + 1, upper), (index, lower, upper - 1)):
                yield part.func(part.function, *_with(part.limits, place, limit))


def labels(part, scope):
    """1 − y stands for a label y."""
    if isinstance(part, (Indexed, Symbol)) and str(getattr(part, "base", part)) in LABEL_LETTERS:
        yield 1 - part


def orders(part, scope):
    """The exponential of a sum stands for a sum of exponentials, or the other way round; likewise with logarithms."""
    for function in (exp, log):
        if isinstance(part, Sum) and isinstance(part.function, function):
            yield function(Sum(part.function.args[0], *part.limits))
        if isinstance(part, function) and isinstance(part.args[0], Sum):
            yield Sum(function(part.args[0].function), *part.args[0].limits)
        if isinstance(part, function) and isinstance(part.args[0], Add):
            yield Add(*map(function, part.args[0].args))


def means(part, scope):
    """A mean for a sum, and a sum for a product."""
    if isinstance(part, Sum):
        yield part / part.limits[-1][2]
    if isinstance(part, Product):
        yield Sum(*part.args)


def numbers(part, scope):
    """A number is one larger."""
    if isinstance(part, (Integer, Rational)) and part not in (-1, 1):
        yield part + 1


def arguments(part, scope):
    """Two vectors that a quantity takes are exchanged."""
    if isinstance(part, Quantity):
        for one, other in combinations(range(len(part.args)), 2):
            if isinstance(part.args[one], IndexedBase) and isinstance(part.args[other], IndexedBase):
                yield part.func(*_with(_with(part.args, one, part.args[other]), other, part.args[one]))


DIAGONAL = "Only the terms are left in which two indices are equal: a diagonal for a full matrix."
OPERATORS = (signs, dropped, indices, bounds, labels, orders, means, numbers, arguments)


def _with(parts, place, *new):
    return [*parts[:place], *new, *parts[place + 1 :]]


def mutants(expression, scope=()):
    """Every formula that differs from an expression at one place, with the name of the operator.

    `scope`: what an index may become.
    """
    free = indices_in((expression,))
    scope = tuple(dict.fromkeys((*scope, *free)))
    pairs = [(one, other) for one in free for other in free if str(one) < str(other) and size_of(one) == size_of(other)]
    whole = [("signs", -expression), *(("diagonal", expression * KroneckerDelta(*pair)) for pair in pairs)]
    found = {canonical(expression): None}
    for operator, mutant in [*whole, *_mutants(expression, scope)]:
        if not mutant.has(S.ComplexInfinity, S.NaN):  # no formula at all
            # What SymPy makes of the root of a square is evaluated as a largest number.
            written = mutant.replace(Abs, lambda size: Max(size, -size)) if mutant.has(Abs) else mutant
            found.setdefault(canonical(written), (operator, written))
    return [mutant for mutant in found.values() if mutant]


def _mutants(part, scope):
    for operator in OPERATORS:
        yield from ((operator.__name__, mutant) for mutant in operator(part, scope))
    if isinstance(part, (Indexed, IndexedBase)):
        return
    inner = scope
    if isinstance(part, BIG_OPERATORS):
        inner = scope + tuple(index for index in bound_indices(part) if index not in scope)
    parts = part.args[:1] if isinstance(part, (*BIG_OPERATORS, Derivative)) else part.args
    for place, below in enumerate(parts):
        for operator, mutant in _mutants(below, inner):
            if isinstance(part, Derivative):
                yield operator, partial(mutant, *part.variables)
            else:
                yield operator, part.func(*_with(part.args, place, mutant))


@dataclass(frozen=True)
class Mutant:
    """One planted error: in which step of which derivation, by which operator, and what became of it."""

    id: str
    step: int
    operator: str
    formula: object
    outcome: str


def measure(derivation, seed=SEED, chosen=lambda mutants: mutants):
    """What becomes of every mutant of every step of a derivation; `chosen` may pick some of them."""
    lines = derivation.lines
    scope = indices_in(tuple(lines))
    alive = [
        (number, operator, mutant) for number, step in enumerate(derivation.steps, start=1)
        for operator, mutant in mutants(step.expression, scope)
    ]  # fmt: skip
    alive, found, random = chosen(alive), [], Random(f"{seed} mutants {derivation.id}")
    doubtful = []
    others = [shape for shape in SHAPES if shape not in FEW]
    for shape, kind in product([*FEW, *others], POINT_KINDS):
        outcomes = _noticed(derivation, alive, shape, kind, random) if alive else {}
        found += [Mutant(derivation.id, *mutant, REFUTED) for mutant in alive if outcomes.get(mutant) == REFUTED]
        alive = [mutant for mutant in alive if outcomes.get(mutant) != REFUTED]
        doubtful += [mutant for mutant in alive if mutant in outcomes]
    fates = [UNDECIDED if mutant in doubtful else _survival(derivation, lines, *mutant) for mutant in alive]
    return found + [Mutant(derivation.id, *mutant, fate) for mutant, fate in zip(alive, fates, strict=True)]


def _noticed(derivation, alive, shape, kind, random):
    """The mutants that are not verified at one point: refuted there, or undecided."""
    found, lines, wanted = {}, derivation.lines, needed(derivation)
    for hypotheses, comparisons in stages(derivation):
        concerned = [mutant for mutant in alive if mutant[0] in [number for number, *_ in comparisons]]
        ctx.prec = PRECISIONS[0]
        point = draw(hypotheses, shape, kind, random, wanted) if concerned else None
        if point is None:
            continue
        on_indices = [statement for statement in statements(hypotheses) if about_indices(statement)]
        for number, operator, mutant in concerned:
            sides = lines[number - 1], mutant
            choices = some(admissible(sides, on_indices, point, shape), random)
            relation = derivation.steps[number - 1].relation
            outcomes = {compare(*sides, relation, point | instance)[0] for instance in choices} - {VERIFIED}
            if outcomes:
                found[number, operator, mutant] = REFUTED if REFUTED in outcomes else UNDECIDED
    return found


def _as_said(formula, hypotheses):
    """A formula in which the values that hypotheses give stand in place of what they give them to."""
    equations = [part for part in stated(hypotheses) if part.statement.func is Eq]
    for (left, right), every in ((part.statement.args, part.every) for part in equations):
        if not isinstance(left, (Indexed, Quantity)):
            continue

        def fits(part, left=left, every=every):
            return part.func is left.func and all(a == b or b in every for a, b in zip(part.args, left.args))

        def value(part, left=left, right=right, every=every):
            return right.xreplace({b: a for a, b in zip(part.args, left.args) if b in every})

        formula = formula.replace(fits, value)
    return formula


def _survival(derivation, lines, number, operator, mutant):
    """What a mutant is that is verified at every point."""
    step = derivation.steps[number - 1]
    named = next(
        hypotheses for hypotheses, comparisons in stages(derivation) if number in [found for found, *_ in comparisons]
    )
    if canonical(_as_said(mutant, named)) == canonical(_as_said(lines[number], named)):
        return EQUAL
    letters = free_symbols(mutant) | free_symbols(lines[number])
    # What holds without the other hypotheses holds with them. What a step found to follow from them is one of these.
    follows = [one for earlier in derivation.steps[:number] for one in earlier.following]
    of_these = tuple(one for one in dict.fromkeys((*named, *follows))
                     if one.statement is not None and free_symbols(one.statement) <= letters)  # fmt: skip
    for supposed in dict.fromkeys((tuple(named), of_these)):
        same = replace(step, expression=mutant, relation="=", using=supposed, inherited=(), following=())
        if decide(replace(derivation, start=lines[number], steps=(same,)), outcome=VERIFIED).outcome == EXACT:
            return EQUAL
    return SURVIVED if step.relation == "=" else HOLDS_TOO
