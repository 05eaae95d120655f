"""The forms of numbers that are rounded where they are added up, or are too small for a number: their logarithms stand
for them.
"""

from collections.abc import Iterator

from sympy import Indexed, exp, log

from .. import multilabel, numerics, softmax, targets
from ..engine.rules.definitions import unfold
from ..engine.terms import entry, replace_term, substitute
from ..notation import K, k, m, p, z
from .form import Form, but_for_forms
from .marks import FirstLargest, Kept


def of_divided_predictions() -> Form:
    """The loss of predictions that are divided by their sum, which is that of the softmax of their logarithms: beside
    the largest of them.
    """
    found = numerics.cross_entropy_beside
    whole = replace_term(unfold(found.result, numerics.others), z[k] - z[m], Kept(z[k] - z[m]))
    logs = {one: unfold(entry(softmax.logits_of(p), *one.indices), softmax.logits_of)
            for one in whole.atoms(Indexed) if one.base == z}  # fmt: skip
    right = Kept(substitute(whole.xreplace(logs), {m: FirstLargest(p)}))
    return Form(found.id, targets.divided_loss.start, right, str(K))


def of_many_labels() -> Iterator[Form]:
    """The likelihood of many labels, as the exponential of its logarithm: a sigmoid may be too small for a number where
    its power is not. And minus that logarithm, which is not one of an exponential.
    """
    found = multilabel.negative_log_likelihood
    (likelihood,) = (one.args[0] for one in found.start.atoms(log))
    for left, right in ((found.start, found.result), (likelihood, exp(-found.result))):
        yield Form(found.id, but_for_forms(left), Kept(but_for_forms(right)), str(K))
