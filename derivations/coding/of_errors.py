"""The forms of errors, which are a probability less its label: over its variance, and weighted by the probabilities."""

from collections.abc import Iterator

from sympy import Add, KroneckerDelta, Mul, Sum, exp, fraction

from .. import newton, small_differences, squared_error
from ..engine.terms import replace_term, substitute
from ..notation import K, k, l, m, v, y, z
from ..softmax import probability
from .form import Form, but_for_forms, form_of
from .marks import Chosen, FirstLargest, Kept, Twice


def of_errors() -> Iterator[Form]:
    """All of them."""
    yield from _over_variance()
    yield from _of_mean_error()


def _over_variance():
    """An error over its variance, in exponentials: where a probability is too small to be a number, its label is 0 or
    the exponential counts. And the working response, which has such a part.
    """
    found, response = newton.ratio_in_logit, newton.response_in_logit
    right, of_label, error = _halved(found.result), newton.fractions.result, fraction(newton.fractions.result)[0]
    for left, form in ((newton.fractions.start, right), (of_label, right),
                       (replace_term(of_label, error, -error), -right)):  # fmt: skip
        yield Form(found.id, but_for_forms(left), Kept(form), str(K))
    form = form_of(response)
    yield form._replace(right=Kept(_halved(*form.right.args)))


def _halved(terms):
    """Terms, with the root of each exponential that a label is multiplied by as a factor twice, the label between: an
    exponential alone may overflow where the product does not.
    """
    return Add(*(_term_halved(term) for term in terms.args))


def _term_halved(term):
    bracket = next((one for one in Mul.make_args(term) if isinstance(one, Add) and one.has(exp)), None)
    if bracket is None:
        return term
    sign, size = (term / bracket).as_coeff_Mul()
    return Add(*(sign * Kept(size) * (Twice(exp(Kept(one.args[0]) / 2)) ** 2 if isinstance(one, exp) else one)
                 for one in bracket.args))  # fmt: skip


def _of_mean_error():
    """The slope of the mean error, as a number less its mean; and the Hessian of the Brier score: beside the diagonal
    from the class of the two that has the larger logit, and on it from the others of the row.
    """
    slope, hessian = squared_error.mean_error_slope, squared_error.hessian
    less_mean = slope.result / probability(z, l)
    yield Form(slope.id, but_for_forms(less_mean), Kept(_from_largest(l)), str(K))
    at = {index: substitute(squared_error.excess(y, z, l), {l: index}) for index in (l, m)}
    from_largest = {index: Kept(_from_largest(index)) for index in (l, m)}
    both, delta = at[l] + at[m] - squared_error.squares, KroneckerDelta(l, m)
    beside = replace_term(hessian.result.subs(delta, 0), both, Chosen(
        z[m] - z[l], at[l] + from_largest[m], at[m] + from_largest[l]))  # fmt: skip
    others = Sum((1 - KroneckerDelta(k, m)) * substitute(beside, {l: k}), (k, 1, K))  # the row sums to 0
    right = Kept(but_for_forms((1 - delta) * beside - delta * others))
    yield Form(hessian.id, but_for_forms(hessian.result), right, str(K), besides=(squared_error.rows.id,))


def _from_largest(index):
    """Twice a probability less its label, less the mean of such numbers: from that of the most probable class."""
    number, found = squared_error.excess.body + squared_error.mean_error(y, z), small_differences.from_one
    numbers = {v[one]: Kept(substitute(number, {k: one})) for one in (k, l, m)}
    right = replace_term(found.start, v[l] - v[m], Kept(v[l] - v[m])).xreplace(numbers)
    return substitute(but_for_forms(right), {l: index, m: FirstLargest(z)})
