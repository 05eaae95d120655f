"""The forms of two softmaxes: their divergence, the difference of their probabilities, and the exponentials of the
differences of their logits, above their tangents.
"""

from collections.abc import Iterator
from functools import cache

from sympy import Expr, Max, Sum, exp, log

from .. import numerics, small_differences as near, softmax
from ..engine.terms import replace_term, substitute
from ..notation import K, k, l, m, q, v, y, z
from .form import Form, but_for_forms, form_of, where_small
from .less_mean import less_mean_of
from .marks import Chosen, Kept, Near

HELD_BELOW = 88  # single precision holds its exponential, so that this has a slope
OF_SECOND = {q: softmax.probability(v), y: softmax.probability(v)}


def of_divergence() -> Iterator[Form]:
    """The divergence, where it is small and elsewhere."""
    far, form, excess = near.divergence_of_logits, form_of(near.divergence, -1, last=0), _excess()
    form = form._replace(right=form.right.xreplace({but_for_forms(near.in_exponentials.start): excess}))
    yield where_small(form, excess, substitute(far.result, OF_SECOND))
    yield form_of(far)


def of_gradient() -> Iterator[Form]:
    """The difference of two probabilities, where they are nearly equal; elsewhere as it is beside one logit."""
    (far,) = form_of(numerics.gradient_beside, 1).right.args
    far, form = substitute(far, OF_SECOND | {l: m}), form_of(near.gradient, -1, last=0)
    gap, exponent = (but_for_forms(one) for one in (near.gap(v, z, m), near.exponent))
    kept = replace_term(exponent, gap, _gap(m))
    form = form._replace(right=Kept(replace_term(*form.right.args, exponent, kept)))
    yield where_small(where_small(form, kept, far), _excess(), far)


def of_excess() -> Iterator[Form]:
    """The exponentials above their tangents, with the differences from that of the most probable class. A large one,
    whose exponential may overflow, is added to the logarithm of the probability that it is weighted by. And where what
    they give is not small, from the divergence of the two softmaxes, which is the logarithm of 1 and that.
    """
    form, found = form_of(near.in_exponentials, -1, last=0), near.divergence_of_logits
    (start,), excess = form.right.args, _excess()
    far = exp(substitute(but_for_forms(found.result), OF_SECOND)) - 1
    form = form._replace(right=Near(excess, excess, Kept(far)), besides=(near.divergence.id, found.id), apart=True)
    yield from (form._replace(left=start), form)


@cache
def _excess() -> Expr:
    share, gap = but_for_forms(near.p_k), _gap(k)
    power = -Max(-HELD_BELOW, -Kept(Kept(log(share)) + gap))  # what is larger is not small, and not taken
    in_one = exp(power) - Kept(share * (1 + gap))
    return Sum(Chosen(gap - 1, in_one, share * (exp(gap) - 1 - gap)), (k, 1, K))


def _gap(index: Expr) -> Expr:
    """The difference of two logits less its mean, from that of the most probable class."""
    return substitute(less_mean_of(v[k] - z[k]).right, {v: z, z: v, l: index})
