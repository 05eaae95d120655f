"""The gradient and the Hessian of a loss, as ordinary derivations; and what hypotheses make of them."""

from sympy import Add, And, Eq, Expr, Gt, Indexed, Max, Sum, Symbol, expand_mul, preorder_traversal

from ..engine.derivation import Derivation, derive
from ..engine.entries import Hypothesis, is_index
from ..engine.misuse import expect_kind
from ..engine.nodes import is_size
from ..engine.rules import algebra, definitions, sums
from ..engine.terms import bound_indices, depends_on, free_symbols, partial
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE
from ..translation import range_of
from ..writing.typeset import plain
from .conditions import Conditions, asked_within
from .inferred import vocabulary_inferred
from .known import family
from .moves import Proposal, Work, citing
from .ordering import SIMPLIFY
from .places import enough
from .strategy import Refused, chain_of, pursue, settled
from .summing import SUMMATE
from .ties import has_region, refuse_contradiction, without_regions

Supposed = tuple[Hypothesis, ...]


def gradient(
    loss: Expr, variable: Expr, given: Supposed = (), vocabulary: Vocabulary | None = None,
    id: str = "any_loss.gradient",
) -> Derivation:  # fmt: skip
    """The chain from the derivative of a loss to the shortest form that was found, whatever is given.

    `variable` is a symbol or an entry of a vector; its index must not be bound in the loss. What must be positive, or
    not 0, for the loss to have a value is named at the first step, unless it is among `given`. Refused for a loss that
    no rule differentiates, or that does not depend on the variable. Without a `vocabulary`, letters that the catalogue
    does not have are inferred: see `vocabulary_inferred`.
    """
    for one in (loss, variable):
        expect_kind(one, Expr, "an expression, such as log(p)")
    if not depends_on(loss, variable):
        raise Refused(f"the loss does not depend on {plain(variable)}: its derivative is 0")
    vocabulary = vocabulary or vocabulary_inferred(loss, variable)
    work = _work(vocabulary, given, id)
    refuse_contradiction(work.conditions)
    title = f"derivative by {plain(variable)}"
    asked = work.conditions.of(loss, ties=False)
    refuse_no_value(asked, work.conditions)
    places = enough((loss, variable), vocabulary, work.conditions)
    asked += without_regions(work.conditions.of(loss), variable, work)
    more = *_ranges(loss, vocabulary), *places, *work.conditions.used, *asked
    return chain_of(partial(loss, variable), work, id, title, more)


def simpler(
    loss: Expr, variable: Expr, given: Supposed = (), vocabulary: Vocabulary | None = None,
    id: str = "any_loss.gradient",
) -> Derivation | None:  # fmt: skip
    """The chain from a loss to one that is equal to it, in which fewer numbers are compared; None if no two of them are
    equal in a whole region and move there, or nothing is simpler. No slope is taken in it.
    """
    vocabulary = vocabulary or vocabulary_inferred(loss, variable)
    work = _work(vocabulary, given, f"{id}_simpler")
    if not has_region(loss, variable, Conditions(vocabulary, given)):
        return None
    more = *_ranges(loss, vocabulary), *work.conditions.of(loss, ties=False)
    chain = derive(work.id, "the loss with fewer comparisons", loss, notation=vocabulary)
    chain = settled(chain, work, more, SIMPLIFY)
    return chain if _comparisons(chain.result) < _comparisons(loss) else None


def _comparisons(expression):
    return sum(isinstance(part, Max) for part in preorder_traversal(expression))


def hessian(
    first: Derivation, other: Expr, given: Supposed = (), vocabulary: Vocabulary | None = None,
    id: str = "any_loss.hessian",
) -> Derivation:  # fmt: skip
    """The second derivative: that of what a gradient was found to be, by another variable."""
    expect_kind(first, Derivation, "the derivation of a gradient")
    expect_kind(other, Expr, "a variable, such as p")
    vocabulary = vocabulary or first.notation or CATALOGUE
    work = _work(vocabulary, given, id)
    work.conditions.supposed |= {one.statement: one for one in first.hypotheses if one.statement is not None}
    start = partial(first.start.expr, *first.start.variables, other)
    cite = Proposal(definitions.cite, (first,), "this is what the gradient was found to be")
    title = f"derivative by {plain(first.start.variables[0])} and {plain(other)}"
    places = *_ranges(other, vocabulary), *enough((other,), vocabulary, work.conditions)
    return pursue(cite.after(derive(id, title, start, notation=vocabulary), places), work)


def supposing(general: Derivation, given: Supposed, vocabulary: Vocabulary | None = None) -> Derivation | None:
    """What becomes of a result under the equations among some hypotheses; None if they change nothing."""
    expect_kind(general, Derivation, "a derivation")
    vocabulary = vocabulary or general.notation or CATALOGUE
    work = _work(vocabulary, given, f"{general.id}_given")
    chain = general.renamed(work.id, f"{general.title}, with what is given")
    found = pursue(chain, work, moves=(by_what_is_given, taken_apart_for_given, *SUMMATE))
    used = [one for one in given if one in found.hypotheses and one not in general.hypotheses]
    return found if used else None


def by_what_is_given(line: Expr, work: Work) -> Proposal | None:
    """An equation that is given, where its left side stands."""
    for given in work.given:
        for equation in And.make_args(given.statement) if given.statement is not None else ():
            if not isinstance(equation, Eq):
                continue
            for instance in _instances(given, equation, line, work):
                move = Proposal(algebra.by_hypothesis, citing(given, instance), given.words)
                if move.result(line) is not None:
                    return move
    return None


def taken_apart_for_given(line: Expr, work: Work) -> Proposal | None:
    """A sum, some term of which is a multiple of what an equation that is given sums."""
    stated = [given.statement for given in work.given if given.statement is not None]
    wanted = {key for statement in stated for total in statement.atoms(Sum) for key in _summed(total.function, total)}
    for total in line.atoms(Sum):
        terms = Add.make_args(expand_mul(total.function))
        if len(terms) > 1 and any(_summed(term, total) & wanted for term in terms):
            if total.function.is_Add:
                because = "the sum of several terms is the sum of their sums"
                return Proposal(sums.linearity_of_sum, (), because, part=total)
            return Proposal(algebra.distribute, (), "multiply out", part=total.function)
    return None


def _summed(term, total):
    """The vectors of whose entries a term is a multiple, with the place of the index that a sum around it binds."""
    bound = set(bound_indices(total))
    return {(part.base, place) for part in term.atoms(Indexed) for place, index in enumerate(part.indices)
            if index in bound and not bound & free_symbols(term / part)}  # fmt: skip


def _instances(given, equation, line, work):
    """The names under which an index for every value of which an equation holds may stand in a line: its own first."""
    yield {}
    running = work.vocabulary.running if given.every is None else given.every
    free = sorted((index for index in free_symbols(equation) & {*running} if index not in given.chosen), key=str)
    letters = sorted((letter for letter in line.atoms(Symbol) if is_index(letter) and not is_size(letter)), key=str)
    if len(free) == 1:
        yield from ({free[0]: letter} for letter in letters if letter != free[0])


def refuse_no_value(asked: Supposed, conditions: Conditions) -> None:
    """Refuse a loss that asks for what never holds: the logarithm of what is never positive."""
    above = [one.statement for one in asked if isinstance(one.statement, Gt)]
    for one in (one for one in above if conditions.at_least_zero(-one.lhs)):
        needs = f"needs that {plain(one)}, and this never holds"
        if one.lhs.is_number:
            needs = "takes the logarithm of a number that is never positive"
        elif not Conditions(conditions.vocabulary, conditions.given).at_least_zero(-one.lhs):
            needs = f"needs that {' and '.join(map(plain, above))}, and these never hold together"
        raise Refused(f"the loss has no value anywhere: it {needs}")


def _ranges(expression, vocabulary):
    """That the free indices of an expression are within their ranges."""
    there = sorted((letter for letter in free_symbols(expression) if letter in vocabulary.size_of), key=str)
    return tuple(range_of(index, vocabulary.size_of[index]) for index in there)


def _work(vocabulary, given, id):
    """All that belongs to one question."""
    def lemma(start, id, title):
        places = enough((start,), vocabulary, work.conditions)
        asked = asked_within(start.expr, work.conditions)
        return chain_of(start, work, id, title, (*_ranges(start.expr, vocabulary), *places, *asked))

    work = Work(vocabulary, Conditions(vocabulary, given), id, lemma, given=given)
    for size in vocabulary.sizes:
        letters = vocabulary.letters_to(size)
        if len(letters) >= 3:
            work.families[size] = family(size, tuple(letters[:3]))
    return work
