"""The forms that keep their digits: each is a derivation, mostly of the chapters `numerics` and `small_differences`,
used as an equation wherever one of its sides is found. No form is typed here.

SymPy would make one exponential of two, and lose the digits: what a form gives is `Kept` as it stands.
"""

from functools import cache

from sympy import Add, Indexed, KroneckerDelta, Max, Mul, Pow, Sum, exp, log, sqrt

from .. import (averages, bernoulli, bounded_logits, cross_entropy, exponential_family, focal, log_sum_exp,
                newton, numerics, odds, policy, preferences, scores, sigmoid, small_differences, soft_labels, softmax,
                softmax_regression, targets, weights)  # fmt: skip
from ..engine.derivation import Derivation
from ..engine.rules.derivatives import derivative_of_coordinate, derivative_of_logarithm
from ..engine.rules.logarithms import log_of_quotient
from ..engine.terms import free_symbols, partial, replace_term, substitute
from ..notation import (K, floor as ε, focus as γ, k, l, label, labels_sum, log_probability as ψ, logit, m, p,
                        probability as report, q, share as α, y, z)  # fmt: skip
from ..translation import Translation
from .form import Form, but_for_forms, form_of, where_small
from .in_logarithms import (OVER_MIXTURE, between_mixtures, between_over_mixture, of_difference_over_mixture,
                            of_divided_predictions, of_many_labels, of_ratio)  # fmt: skip
from .less_mean import from_one, less_mean
from .marks import Chosen, FirstLargest, Kept, Near, PowerOfRest, Quick, Twice
from .of_errors import of_errors
from .of_two import of_divergence, of_excess, of_gradient
from .written_out import in_full

WHOLE_LOSSES = 5  # the first of the forms are about whole losses


def _quick(form: Form, found: Derivation, line: int) -> Form:
    """A form with another one for compiled code: from the end of a chain, or a line before it, to its beginning."""
    other, whole = (form_of(one, at, last=0).right.args[0] for one, at in (
        (found, line), (soft_labels.labels_inside, -1)))  # fmt: skip
    excess, rest = sorted(whole.atoms(Sum), key=lambda one: not one.has(exp))
    return form._replace(quick=Kept(Quick(other, *form.right.args, excess, rest, labels_sum.statement.lhs)),
                         quick_id=found.id, needs=labels_sum.statement)  # fmt: skip


def _of_quotients():
    """The logarithms of a probability over a mixture with it, where the two are nearly equal; elsewhere the difference
    of two logarithms, or from quotients, if the probability is the larger of the two that are mixed. A part of the
    mixture may be too small for a number where the probability is 0.
    """
    near = small_differences
    by_shares, split = near.of_second_by_shares.result, near.of_second.lines[1]
    of_first = by_shares.xreplace({q: p, p: q, α: 1 - α})
    of_second = Kept(replace_term(by_shares, 1 - α, Kept(1 - α)))
    split = Chosen(-Max(-α, -q[k]), Chosen(p[k], split, log(p[k])), split)
    for found, shares, far in ((near.of_first, of_first, near.of_first.lines[1]), (near.of_second, of_second, split)):
        (one,) = found.result.atoms(log)
        small = one.args[0] - 1
        gap = Mul(*(factor for factor in small.args if factor.has(Indexed)))  # exactly -1 where one of the two is 0
        form, kept = form_of(found)._replace(besides=(near.of_second_by_shares.id,)), small / gap * Kept(gap)
        form = form._replace(right=substitute(form.right, {small: kept}))
        yield where_small(form, kept, Chosen(-gap, shares, far))


def _of_differences():
    """The gradients that are a difference which leaves nothing where the target is one class: nor in these forms. Also
    where such a form stands beside any class: then it is beside the one with the largest logit.
    """
    near = small_differences
    for form, found in ((from_one(near.brier_gradient, near.error), near.brier_gradient),
                        (from_one(near.mixture_gradient, near.log_ratio, between_over_mixture, OVER_MIXTURE),
                         near.mixture_gradient),
                        (form_of(near.targets_gradient, 1), near.targets_gradient)):  # fmt: skip
        yield from (form, form._replace(left=but_for_forms(found.result), apart=True))
    beside = form_of(numerics.gradient_beside, 1)
    yield beside._replace(left=but_for_forms(numerics.gradient_beside.result), apart=True)
    yield form_of(targets.smoothed_gradient, -1, last=3)
    yield form_of(softmax_regression.intercept_gradient, -1, last=2)


def _of_reference():
    """A logit over a reference, less its mean, as in the gradient of the divergence from a distribution: beside the
    class with the largest logit, of which the difference is exactly 0. A quotient of two probabilities may be too
    large for a number, which their logarithms are not.
    """
    found, gradient = policy.reference_less_mean, policy.penalty_gradient
    right = substitute(but_for_forms(found.start), {m: FirstLargest(z)})
    right = Kept(right.xreplace({one: Near(one.args[0] - 1, Kept(one), log_of_quotient(one))
                                 for one in right.atoms(log)}))  # fmt: skip
    (bracket,) = (one for one in small_differences.reverse_gradient.result.args if isinstance(one, Add))
    for id, left in ((gradient.id, substitute(bracket, {m: l})), (found.id, found.result), (found.id, found.start)):
        yield Form(id, but_for_forms(left), right, str(K), apart=left == found.start)


def _of_squares():
    """Sums of squares and products before they were multiplied out: with deviations from a mean by softmax."""
    yield form_of(log_sum_exp.trace, -1, last=1)
    yield form_of(softmax_regression.variance, -1, last=0)
    yield form_of(scores.of_hard_label, -1, last=2)
    form, by_softmax = form_of(exponential_family.product_form, -1, last=0), {q: softmax.probability(z)}
    yield form._replace(left=substitute(form.left, by_softmax), right=substitute(form.right, by_softmax))


def _of_uniform():
    """The divergence from equal probabilities, where the logits are nearly equal: in logits, and as it is defined. That
    is what stands elsewhere, where it is not looked for again.
    """
    found = bounded_logits.from_uniform
    for line in (-2, -1):
        form = where_small(form_of(found, line, last=0), bounded_logits.excess_of_uniform, found.result)
        yield form._replace(apart=line == -1)


def _of_two_classes():
    """The difference of two probabilities of softmax, where their logits are nearly equal; elsewhere the form beside
    one of them. Among other terms, such as labels, each probability may be near another number.
    """
    found, (beside,) = averages.softmax_difference, form_of(numerics.gradient_beside, 1).right.args
    form = form_of(found, -1, last=0)._replace(alone=True, apart=True)
    return where_small(form, z[l] - z[m], substitute(beside, {y[l]: softmax.probability(z, m)}))


def _of_mixtures():
    """The difference of the logarithms of two entries of a mixture, which that of two probabilities of softmax makes:
    from the more probable of them, where no exponential is infinite beside a 0. And of parts of a mixture that are too
    small for a number: but to the most probable class, where softmax weighs the difference and is as small.
    """
    found, apart = averages.log_difference, averages.softmax_difference.start
    sides = (-apart.xreplace({l: m, m: l}), z[m] - z[l]), (apart, z[l] - z[m])
    from_larger = Chosen(z[l] - z[m], *(side.xreplace({gap: -Max(0, -gap)}) for side, gap in sides))
    whole = replace_term(found.result, apart, from_larger)
    form = form_of(found)._replace(right=Kept(but_for_forms(whole)))
    form = where_small(form, whole.args[0] - 1, found.lines[1])
    to_largest = [substitute(side, {m: FirstLargest(z)}) for side in (form.left, form.right)]
    yield form._replace(left=to_largest[0], right=to_largest[1])
    right = Kept(but_for_forms(between_mixtures(*form.right.args)))
    yield form._replace(right=right, besides=(odds.log_of_mixture.id,))


def _of_powers():
    """Generalized cross-entropy, and a power of a softmax, as an exponential."""
    found, loss = scores.as_exponential, scores.generalized
    (report,) = (one.args[0] for one in found.start.atoms(log))
    yield Form(found.id, loss.name, Kept(loss.body.xreplace({found.result: found.start})), str(K))
    left, right = (substitute(side, {report: softmax.probability(z, l)}) for side in (found.result, found.start))
    yield Form(found.id, left, Kept(right), str(K))


def _of_rest():
    """Powers of 1 less a number, as exponentials where that is small: 1 less it is rounded, which a large exponent
    makes count. And those of a sigmoid, which is 1 less that of the other side.
    """
    found = focal.power_below
    power = substitute(found.result, {γ: γ + 1})
    (report,) = free_symbols(power) - {γ}
    for less, base in ((report, power.base), (sigmoid.sigmoid(-logit), sigmoid.sigmoid(logit))):
        yield Form(found.id, base**γ, Kept(PowerOfRest(less, Kept(base) ** γ, γ)), str(K), large=γ)


def _of_extremes():
    """The truths behind a report of focal loss, whose powers may all be too small: as exponentials, of one less the
    largest, since what all have as a factor cancels in a share. Where a report is 1 its logarithm over its distance
    from 1 is as that of its tangent. And the curvature, where a sigmoid that is too small stands beside what is huge:
    its root is a factor twice, with the other factors between.
    """
    power = substitute(focal.power_below.start, {γ: γ + 1})
    largest, by_quotient = γ * log(1 - p[FirstLargest(p)]), focal.truth_by_quotient
    at_1 = derivative_of_coordinate(derivative_of_logarithm(partial(log(report), report))).subs(report, 1)
    for id, truth, whole in ((focal.power_below.id, focal.truth_of_classes, focal.truth_of_classes.body),
                             (by_quotient.id, focal.truth, by_quotient.result)):  # fmt: skip
        whole = in_full(whole, {})
        powers = [one for one in whole.atoms(Pow) if one.exp in (γ, -γ)]
        raised = {one: one.exp / γ * substitute(power, {report: 1 - one.base}).args[0] for one in powers}
        if truth == focal.truth:
            raised = {Mul(*raised): Add(*raised.values())}
        else:
            raised = {one: (1 - KroneckerDelta(_place(one), FirstLargest(p))) * (exponent + largest)
                      for one, exponent in raised.items()}  # fmt: skip
        logs = {one / (1 - one.args[0]): Chosen(1 - one.args[0], one / (1 - one.args[0]), -at_1)
                for one in whole.atoms(log)}  # fmt: skip
        for old, new in (logs | {one: exp(exponent) for one, exponent in raised.items()}).items():
            whole = replace_term(whole, old, new)
        yield Form(id, truth.name, Kept(whole), str(K))
    whole, chance = but_for_forms(focal.curvature.result), sigmoid.sigmoid(logit)
    root = sqrt(numerics.sigmoid_two_sided.result)
    yield Form(numerics.sigmoid_two_sided.id, whole, whole / chance * Twice(root) ** 2, str(K))


def _place(expression):
    """The index of the one entry in an expression."""
    (one,) = expression.atoms(Indexed)
    return one.indices[-1]


def _beside_zero(found, to):
    """As a quantity is defined, where the largest logit is below 0; else the form beside that. Each is such that it
    does not overflow where the other is chosen: there is no exponential of a number above 0.
    """
    form = form_of(found, 0, to)
    (largest,) = (one for one in form.right.atoms(Indexed) if isinstance(one.indices[-1], FirstLargest))
    (beside,), defined = form.right.args, (to.entry(found) if to else found).lines[1]
    powers = {exp(-largest): exp(-Max(0, largest))}
    bounded = {one: exp(-Max(0, -one.args[0])) for one in defined.atoms(exp)}
    return form._replace(right=Kept(Chosen(-largest, defined.xreplace(bounded), beside.xreplace(powers))))


def _of_two_outcomes():
    """The gradient of binary cross-entropy in the logit, label by label; also of the label that is smoothed."""
    form = form_of(numerics.gradient_two_sided, -2)
    for given in (label, 1 - ε):
        left, right = (substitute(side, {label: given}) for side in (form.left, *form.right.args))
        yield form._replace(left=left, right=Kept(right))


def _of_complement():
    """The logarithm of one minus a probability: near 1 from what the exponential lacks of 1, else from its logarithm,
    in which there is no 0 where the other is chosen.
    """
    defined, far = odds.log_complement.body, -Max(log(2), -ψ)
    near = replace_term(defined, 1 - exp(ψ), Kept(1 - exp(ψ)))
    return Form(odds.log_complement.id, odds.log_complement.name, Kept(Chosen(ψ + log(2), near, defined.xreplace(
        {exp(ψ): exp(far)}))), str(K))


@cache
def forms(others: tuple[Translation, ...] = ()) -> tuple[Form, ...]:
    """All of them, of classes first. Where two would fit, the first is taken."""
    near = small_differences
    whole = (_quick(form_of(numerics.cross_entropy_beside), soft_labels.labels_inside, -1),
             form_of(numerics.cross_entropy_two_sided), *of_divergence(), of_divided_predictions())  # fmt: skip
    of_two = (*of_gradient(), *_of_quotients(), of_difference_over_mixture(), *_of_mixtures(),
              form_of(focal.fall_by_place))
    of_numbers = (form_of(near.less_share), form_of(odds.lead_two_sided, -1, last=0),
                  *_of_two_outcomes(),
                  form_of(sigmoid.log_complement), form_of(sigmoid.log_by_softplus),
                  form_of(numerics.complement_two_sided), form_of(numerics.sigmoid_two_sided),
                  form_of(numerics.softplus))  # fmt: skip
    of_quantities = (form_of(weights.logit_adjustment, -1, last=0), form_of(targets.adjusted_part, -1, last=0),
                     _of_complement(), form_of(odds.unlikelihood_in_logits),
                     form_of(newton.weighted_response), form_of(preferences.in_logits),
                     form_of(cross_entropy.perplexity, -1, last=0), form_of(weights.binary_by_label, 1),
                     form_of(weights.binary_complement, 1),
                     form_of(odds.least_weighted, -1, last=0),
                     form_of(bernoulli.frequency_of_zero, -1, last=0),
                     *of_many_labels(), *of_ratio(), *_of_powers())  # fmt: skip
    of_softmax = [form for to in (None, *others) for form in _of_softmax(to)]
    of_vectors = (*_of_differences(), *_of_reference(), form_of(odds.unlikelihood_in_shares, 1),
                  *of_two, *_of_extremes(), *_of_rest(), *_of_squares(),
                  *_of_uniform(), _of_two_classes(), form_of(log_sum_exp.above_its_mean), *less_mean(),
                  *of_errors(), *of_excess())  # fmt: skip
    return (*whole, *of_vectors, *of_softmax, *of_numbers, *of_quantities)


def _of_softmax(to):
    """The forms of softmax and log-sum-exp, also beside a logit that is held at 0."""
    gradient = form_of(numerics.gradient_beside, 1, to)
    return (
        form_of(numerics.hessian_by_place, -2, to),
        gradient if to else _quick(gradient, soft_labels.gradient_inside, -1),
        form_of(numerics.log_softmax_beside, 0, to), form_of(numerics.complement_beside, 0, to),
        form_of(numerics.softmax_beside, 0, to), form_of(numerics.log_sum_exp_beside, 0, to),
        _beside_zero(bounded_logits.held_beside, to), _beside_zero(bounded_logits.share_beside, to),
    )  # fmt: skip
