"""The forms of numbers that are rounded where they are added up, or are too small for a number: their logarithms stand
for them.
"""

from sympy import Indexed

from .. import numerics, softmax, targets
from ..engine.rules.definitions import unfold
from ..engine.terms import entry, replace_term, substitute
from ..notation import K, k, m, p, z
from .form import Form
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
