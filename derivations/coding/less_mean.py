"""The forms of a number less the mean of such numbers by softmax: as differences to that of the most probable class."""

from collections.abc import Callable, Iterator

from sympy import Expr, log

from .. import averages, entropy, small_differences, softmax
from ..engine.derivation import Derivation
from ..engine.entries import Definition
from ..engine.rules.definitions import unfold
from ..engine.terms import entry, replace_term, substitute
from ..notation import K, k, l, m, q, v, z
from .form import Form, but_for_forms
from .in_logarithms import OVER_MIXTURE, between_over_mixture
from .marks import Chosen, FirstLargest, Kept


def from_one(
    found: Derivation, numbers: Definition, between: Callable | None = None, besides: tuple[str, ...] = ()
) -> Form:
    """Numbers less their mean, as differences to that of the most probable class: there, and only there, exactly 0."""
    whole = found.lines[-1]
    at = {q.args[-1]: q for q in whole.atoms(numbers.head)}
    whole = _with_differences(whole, at, between or (lambda one, other: Kept(at[one] - at[other])))
    whole = whole.xreplace({number: Kept(unfold(number, numbers)) for number in whole.atoms(numbers.head)})
    left, right = (but_for_forms(line) for line in (found.lines[1], whole))
    return Form(found.id, left, Kept(substitute(right, {m: FirstLargest(z)})), str(K), besides=besides)


def less_mean() -> Iterator[Form]:
    """Also where the numbers are differences to the logits, or logarithms of a mixture with that softmax or over it."""
    mixed = entropy.mixture(q, softmax.probability(z), k)
    (of_mixture,) = (one for one in averages.mixture_entropy_gradient.result.args if one.has(log))
    ratio = unfold(entry(small_differences.r, k), small_differences.log_ratio)
    yield less_mean_of(v[k])
    yield less_mean_of(v[k] - z[k])
    yield less_mean_of(log(mixed))._replace(left=but_for_forms(substitute(of_mixture, {m: l})))
    yield less_mean_of(ratio, between_over_mixture)._replace(besides=OVER_MIXTURE)


def less_mean_of(number: Expr, between: Callable | None = None) -> Form:
    """Of the number of class k. What is a difference to the logits stands on its own."""
    found = small_differences.from_one
    numbers = {v[index]: substitute(number, {k: index}) for index in (k, l, m)}
    kept = {old: new if old == new or new.has(log) else Kept(_of_both(new)) for old, new in numbers.items()}
    right = (_with_differences(found.start, v, between) if between else
             replace_term(found.start, v[l] - v[m], Kept(v[l] - v[m])).xreplace(kept))  # fmt: skip
    left, right = (but_for_forms(side) for side in (found.result.xreplace(numbers), right))
    right = Kept(substitute(right, {m: FirstLargest(z)}))
    return Form(found.id, left, right, str(K), entry=None if left.has(log) else v[l], apart=left.has(z[l]))


def _with_differences(whole, numbers, between):
    """With what stands between two classes in the place of each difference to the number of class m."""
    for index in (l, k):
        whole = replace_term(whole, numbers[index] - numbers[m], between(index, m))
    return whole


def _of_both(gap):
    """A difference of two logits; 0 where both are minus infinity, as of a class that both leave out."""
    return Chosen(1 + gap**2, gap, 0)  # what has no value is not above 0
