"""The forms of numbers that are rounded where they are added up, or are too small for a number: their logarithms stand
for them.
"""

from collections.abc import Iterator

from sympy import Expr, Indexed, Integer, Max, Product, Rational, exp, log

from .. import averages, invariance, multilabel, numerics, odds, sigmoid, softmax, targets
from ..engine.rules.definitions import unfold
from ..engine.rules.logarithms import log_of_quotient
from ..engine.terms import entry, replace_term, substitute
from ..notation import K, k, l, m, p, q, share as α, z
from .form import Form, but_for_forms, form_of
from .marks import Chosen, FirstLargest, Kept, Near

BINARY_DIGITS = 53  # of a number
OVER_MIXTURE = (odds.log_over_mixture.id, odds.difference_over_mixture.id)


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


def of_ratio() -> Iterator[Form]:
    """The logarithm of a likelihood ratio; and the ratio from it, where a likelihood is too small for a number."""
    direct, found = invariance.ratio.result, invariance.log_ratio
    smaller = -Max(*(-Kept(one) for one in direct.atoms(Product)))
    right = _where_whole(smaller, direct, exp(found.result))
    yield form_of(found, 1)
    yield Form(found.id, *map(but_for_forms, (direct, Kept(right))), str(K), apart=True)


def between_mixtures(near: Expr) -> Expr:
    """The difference of the logarithms of two entries of a mixture with a softmax: as it is near where no digit of the
    smaller of the two is too small for a number; else that of what their parts give.
    """
    smaller = -Max(-Kept(averages.of_l), -Kept(averages.of_m))
    of_l, of_m = (_by_parts(odds.log_of_mixture.result, one.args[-1]) for one in (averages.of_l, averages.of_m))
    return _where_whole(smaller, near, of_l - of_m)


def between_over_mixture(one: Expr, other: Expr) -> Expr:
    """The difference of the logarithms of two entries of softmax over those of a mixture with it, the second of which
    is the largest: where it is small, from how far each quotient is from 1, unless one is nearer 0. Else from quotients
    as they are, and where an entry is too small for that, from its logarithm.
    """
    of_first = _by_quotients(-log(odds.first_quotient))
    by_parts = _where_whole(Kept(p[l]), of_first, _by_parts(odds.log_over_mixture.lines[1], l))
    far = replace_term(_of_quotients(), of_first, by_parts)
    return substitute(_between_quotients(far), {p: softmax.probability(z), l: one, m: other})


def of_difference_over_mixture() -> Form:
    """The same of any probabilities: from logarithms where one of them is too small to divide by."""
    found, smaller = odds.difference_over_mixture, -Max(-p[l], -p[m])
    far = _where_whole(smaller, _of_quotients(), found.result)
    left, right = map(but_for_forms, (found.result, Kept(_between_quotients(far))))
    return Form(found.id, left, right, str(K), apart=True, alone=True)


def _between_quotients(far):
    """The logarithm of 1 and the difference of two quotients, where that is small, and what it is elsewhere."""
    small, direct = (_by_quotients(line).args[0] - 1 for line in odds.difference_over_mixture.lines[:2])
    gaps = odds.first_gap, odds.second_gap
    small = replace_term(small, gaps[1] - gaps[0], Kept(gaps[1]) - Kept(gaps[0]))
    small = Chosen(Rational(1, 2) - Max(*(-Kept(gap) for gap in gaps)), small, direct)
    return Near(small, log(1 + small), Kept(far))


def _of_quotients():
    """The difference as that of the logarithms of two quotients."""
    return _by_quotients(log_of_quotient(odds.difference_over_mixture.lines[2]))


def _by_quotients(line):
    """A quotient is 0 where its numerator is: what it is divided by may be too small for a number."""
    for old, new in ((1 - α, Kept(1 - α)), (q[l] / p[l], Kept(Chosen(q[l], q[l] / p[l], 0)))):
        line = replace_term(line, old, new)
    return line


def _where_whole(number, near, apart):
    return Chosen(number / Integer(2) ** BINARY_DIGITS, near, apart)


def _by_parts(whole, index):
    """What has the logarithm of a mixture, from those of its parts: from the larger of them, or the one that is not 0.
    No logarithm of 0 is taken: it would have no slope.
    """
    mixed = odds.log_of_mixture
    beside_second = replace_term(whole, mixed.result, mixed.start)
    beside_first = replace_term(whole, mixed.result, substitute(mixed.start, {q: p, p: q, α: 1 - α}))
    alone = [one.replace(sigmoid.softplus.head, lambda logit: Integer(0)) for one in (beside_first, beside_second)]
    (lead,) = (one.args[0] for one in mixed.start.atoms(sigmoid.softplus.head))
    both = Chosen(lead, Kept(beside_first), Kept(beside_second))
    found = Chosen(-Max(-α, -q[k]), Chosen(1 - α, both, Kept(alone[0])), Kept(alone[1]))
    logs = {log(one): log(Chosen(one, one, 1)) for one in (α, q[k])}
    rest = Near(α, log(1 - α), log(Chosen(1 - α, Kept(1 - α), 1)))
    return substitute(found.xreplace(logs | {log(1 - α): rest}), {p: softmax.probability(z), k: index})
