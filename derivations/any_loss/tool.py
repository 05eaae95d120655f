"""The gradient and the Hessian of a loss, as ordinary derivations."""

from sympy import Expr

from ..engine.derivation import Derivation, derive
from ..engine.entries import Hypothesis
from ..engine.rules import definitions
from ..engine.terms import depends_on, partial
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE
from ..writing.typeset import plain
from .conditions import Conditions
from .known import family
from .moves import Move, Work
from .strategy import Refused, chain_of, run


def work_of(vocabulary: Vocabulary, given: tuple[Hypothesis, ...], id: str) -> Work:
    """All that belongs to one question."""
    work = Work(vocabulary, Conditions(vocabulary, given), id, lambda start, id, title: chain_of(start, work, id, title), given=given)
    for size in vocabulary.sizes:
        letters = [letter for letter, top in vocabulary.size_of.items() if top == size]
        if len(letters) >= 3:
            work.families[size] = family(size, tuple(letters[:3]))
    return work


def gradient(
    loss: Expr, variable: Expr, given: tuple[Hypothesis, ...] = (), vocabulary: Vocabulary = CATALOGUE,
    id: str = "any_loss.gradient",
) -> Derivation:  # fmt: skip
    """The chain from the derivative of a loss to its simplest form that was found, whatever is given."""
    if not depends_on(loss, variable):
        raise Refused(f"the loss does not depend on {plain(variable)}: its derivative is 0")
    work = work_of(vocabulary, given, id)
    title = f"derivative by {plain(variable)}"
    return chain_of(partial(loss, variable), work, id, title, work.conditions.of(loss))


def hessian(first: Derivation, other: Expr, given: tuple[Hypothesis, ...] = (), vocabulary: Vocabulary = CATALOGUE,
            id: str = "any_loss.hessian") -> Derivation:  # fmt: skip
    """The second derivative: that of what a gradient was found to be."""
    work = work_of(vocabulary, given, id)
    start = partial(first.start.expr, *first.start.variables, other)
    cite = Move(definitions.cite, (first,), "this is what the gradient was found to be")
    title = f"derivative by {plain(first.start.variables[0])} and {plain(other)}"
    return run(cite.after(derive(id, title, start)), work)


