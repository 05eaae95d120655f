"""What a form is, how one is made of a derivation, and the quantities that some form is about."""

from functools import cache
from typing import NamedTuple

from sympy import Expr, Indexed

from .. import (bounded_logits, cross_entropy, focal, log_sum_exp, newton, numerics, odds, preferences, scores,
                small_differences, weights)  # fmt: skip
from ..engine.derivation import Derivation
from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import Quantity, free_symbols, substitute
from ..notation import K
from ..translation import Translation
from .marks import FirstLargest, Kept, Near
from .written_out import found_to_be, in_full


class Form(NamedTuple):
    """An equation of a derivation: its id, what is looked for, what stands for it, and up to where its indices run.
    And another form, with its id, for code that is compiled, if hypotheses say so. The letter that is `large` stands
    for no number that is known to be at most 1: there the form has nothing to keep. What must stand `alone` is not
    looked for among other terms. Of what else parts of it are taken, the ids are `besides`.
    """

    id: str
    left: Expr
    right: Expr
    size: str
    quick: Expr | None = None
    quick_id: str = ""
    needs: Expr | None = None
    large: Expr | None = None
    entry: Indexed | None = None
    apart: bool = False
    alone: bool = False
    besides: tuple[str, ...] = ()


def form_of(found: Derivation, line: int = 0, to: Translation | None = None, last: int = -1) -> Form:
    """From one line of a chain to its last, or to another; of the chain that is derived again for another size, if one
    is given. A letter that only the right side has may be any class: it is the one with the largest logit.
    """
    chain = to.entry(found) if to else found
    left, right = (but_for_forms(chain.lines[place], to) for place in (line, last))
    loose = {letter for letter in free_symbols(right) - free_symbols(left) if is_index(letter) and not is_size(letter)}
    right = substitute(right, {letter: FirstLargest(_vector_at(letter, right, found.id)) for letter in loose})
    size = str(to.letters[K] if to else K)
    return Form(found.id, left, right if isinstance(right, Quantity) else Kept(right), size)


def _vector_at(letter, expression, id):
    """The one vector that has an entry at an index. Of several it is not said which of them is to be the largest."""
    vectors = sorted({str(one.base): one.base for one in expression.atoms(Indexed) if letter in one.indices}.items())
    if len(vectors) != 1:
        names = ", ".join(name for name, _ in vectors) or "none"
        raise ValueError(f"{id}: a form takes the largest entry of the one vector at {letter}, found {names}")
    return vectors[0][1]


def where_small(form: Form, small: Expr, far: Expr) -> Form:
    """A form where a number that is a part of it is within 1/2 of 0; elsewhere another form."""
    small, far = (but_for_forms(one) for one in (small, far))
    return form._replace(right=Kept(Near(small, *form.right.args, far)))


def but_for_forms(expression: Expr, *translations: Translation | None) -> Expr:
    """With its quantities written out, but those that some form is about."""
    return in_full(expression, found_to_be(), kept_whole(*translations))


@cache
def kept_whole(*translations: Translation | None) -> set:
    """The quantities that some form is about: they are written out last."""
    starts = [one.start for one in (numerics.cross_entropy_beside, numerics.cross_entropy_two_sided,
                                    numerics.log_sum_exp_beside, numerics.softplus, newton.weighted_response,
                                    focal.fall_by_place, preferences.in_logits,
                                    small_differences.divergence_of_logits)]  # fmt: skip
    starts += [one.name for one in (weights.weighted_softmax, cross_entropy.perplexity, scores.generalized,
                                    log_sum_exp.part, odds.log_complement, focal.truth,
                                    focal.truth_of_classes)]  # fmt: skip
    ours = [one.start for one in (numerics.log_softmax_beside, numerics.log_sum_exp_beside,
                                  bounded_logits.held_beside, bounded_logits.share_beside)]  # fmt: skip
    starts += ours
    starts += [to.expression(start) for to in translations if to for start in ours]
    return {type(q) for start in starts for q in start.atoms(Quantity)}
