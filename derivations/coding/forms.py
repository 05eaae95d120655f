"""The forms that keep their digits: each is a derivation of the chapter `numerics`, used as an equation from left to
right wherever its left side is found. No form is typed here.

SymPy would make one exponential of two, and lose the digits: what a form gives is `Kept` as it stands.
"""

from functools import cache
from typing import NamedTuple

from sympy import Add, Derivative, Expr, Function, Indexed, IndexedBase, Max, Pow, Product, Sum, exp, log

from .. import (bounded_logits, cross_entropy, focal, newton, numerics, preferences, sigmoid, small_differences,
                softmax, weights)  # fmt: skip
from ..catalogue import catalogue
from ..engine.derivation import Derivation
from ..engine.entries import Definition, is_index
from ..engine.nodes import is_size
from ..engine.rules.definitions import unfold
from ..engine.terms import Quantity, entry, free_symbols, fresh, same, substitute
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE, K, k, l, m, q, v, y
from ..translation import Translation, translation_to
from .matching import instances, row_of
from .recognised import Recognised

WHOLE_LOSSES = 4  # the first of the forms are about whole losses
MOST_LOOSE = 10  # as much as ten differences
OF_LIBRARIES = {"any_loss.tanh": "tanh"}  # quantities that every library computes to the last digit


class FirstLargest(Function):
    """The index at which a vector has its largest entry; where several are as large, the first of them."""

    nargs = 1
    is_integer = is_positive = True


class Kept(Function):
    """What a form gives, as it stands."""

    nargs = 1


class Near(Function):
    """The second of two forms of one number where the first, a part of it, is within 1/2 of 0; else the third."""

    nargs = 3


class Chosen(Function):
    """Of two forms of one number, the last two arguments, the first where the number before them is above 0."""

    nargs = 3


class Form(NamedTuple):
    """An equation of a derivation: its id, what is looked for, what stands for it, and up to where its indices run."""

    id: str
    left: Expr
    right: Expr
    size: str


def _form(found: Derivation, line: int = 0, to: Translation | None = None, last: int = -1) -> Form:
    """From one line of a chain to its last, or to another; of the chain that is derived again for another size, if one
    is given. A letter that only the right side has may be any class: it is the one with the largest logit.
    """
    chain = to.entry(found) if to else found
    left, right = (_unfolded(chain.lines[place], _definitions(), _kept(to)) for place in (line, last))
    loose = {letter for letter in free_symbols(right) - free_symbols(left) if is_index(letter) and not is_size(letter)}
    chosen = {entry.indices[0]: FirstLargest(entry.base) for entry in right.atoms(Indexed) if entry.indices[0] in loose}
    return Form(found.id, left, Kept(substitute(right, chosen)), str(to.letters[K] if to else K))


def _near(form: Form, small: Expr, far: Expr) -> Form:
    """A form where a number that is a part of it is within 1/2 of 0; elsewhere another form."""
    small, far = (_unfolded(one, _definitions(), _kept()) for one in (small, far))
    return form._replace(right=Kept(Near(small, *form.right.args, far)))


def _of_quotient(found):
    """The logarithm of a quotient that may be nearly 1; elsewhere the difference of two."""
    (one,) = found.result.atoms(log)
    return _near(_form(found), one.args[0] - 1, found.lines[1])


def _beside_zero(found, to):
    """As a quantity is defined, where the largest logit is below 0; else the form beside that. Each is such that it
    does not overflow where the other is chosen: there is no exponential of a number above 0.
    """
    form = _form(found, 0, to)
    (largest,) = (one for one in form.right.atoms(Indexed) if isinstance(one.indices[-1], FirstLargest))
    (beside,), defined = form.right.args, (to.entry(found) if to else found).lines[1]
    powers = {exp(-largest): exp(-Max(0, largest))}
    bounded = {one: exp(-Max(0, -one.args[0])) for one in defined.atoms(exp)}
    return form._replace(right=Kept(Chosen(-largest, defined.xreplace(bounded), beside.xreplace(powers))))


@cache
def forms(others: tuple[Translation, ...] = ()) -> tuple[Form, ...]:
    """All of them, of classes first. Where two would fit, the first is taken."""
    near, to_other = small_differences, {q: softmax.probability(v), y: softmax.probability(v)}
    of_logits, (gap,) = near.divergence_of_logits, _form(numerics.gradient_beside, 1).right.args
    whole = (_form(numerics.cross_entropy_beside), _form(numerics.cross_entropy_two_sided),
             _near(_form(near.divergence, -1, last=0), near.in_exponentials.start,
                   substitute(of_logits.result, to_other)), _form(of_logits))  # fmt: skip
    of_two = (_near(_form(near.gradient, -1, last=0), near.exponent, substitute(gap, to_other | {l: m})),
              *map(_of_quotient, (near.of_first, near.of_second)), _form(focal.fall_by_place))  # fmt: skip
    of_numbers = (_form(near.less_share), _form(numerics.gradient_two_sided, -2),
                  _form(sigmoid.log_complement), _form(sigmoid.log_by_softplus),
                  _form(numerics.complement_two_sided), _form(numerics.sigmoid_two_sided),
                  _form(numerics.softplus))  # fmt: skip
    of_quantities = (_form(weights.logit_adjustment, -1, last=0), _form(newton.response_in_logit),
                     _form(newton.weighted_response), _form(preferences.in_logits),
                     _form(cross_entropy.perplexity, -1, last=0))  # fmt: skip
    of_softmax = [form for to in (None, *others) for form in _of_softmax(to)]
    return (*whole, *of_two, *of_softmax, *of_numbers, *of_quantities)


def _of_softmax(to):
    """The forms of softmax and log-sum-exp, also beside a logit that is held at 0."""
    return (
        _form(numerics.hessian_by_place, -2, to), _form(numerics.gradient_beside, 1, to),
        _form(numerics.log_softmax_beside, 0, to), _form(numerics.complement_beside, 0, to),
        _form(numerics.softmax_beside, 0, to), _form(numerics.log_sum_exp_beside, 0, to),
        _beside_zero(bounded_logits.held_beside, to), _beside_zero(bounded_logits.share_beside, to),
    )  # fmt: skip


@cache
def _kept(*translations: Translation | None):
    """The quantities that some form is about: they are written out last."""
    starts = [one.start for one in (numerics.cross_entropy_beside, numerics.cross_entropy_two_sided,
                                    numerics.log_sum_exp_beside, numerics.softplus, newton.weighted_response,
                                    focal.fall_by_place, preferences.in_logits,
                                    small_differences.divergence_of_logits)]  # fmt: skip
    starts += [weights.weighted_softmax.name, cross_entropy.perplexity.name]
    ours = [one.start for one in (numerics.log_softmax_beside, numerics.log_sum_exp_beside,
                                  bounded_logits.held_beside, bounded_logits.share_beside)]  # fmt: skip
    starts += ours
    starts += [to.expression(start) for to in translations if to for start in ours]
    return {type(q) for start in starts for q in start.atoms(Quantity)}


class Prepared:
    """An expression with no quantity left, in the forms that keep digits: `expression`, the ids of the `forms` that
    were used, and what the vectors are that were `named` on the way: indices, an expression and a size for each.
    """

    def __init__(self, expression: Expr, vocabulary: Vocabulary = CATALOGUE):
        self.forms, self.named, self._others = {}, {}, _translations(expression, vocabulary)
        self.expression = self._prepared(expression)

    @property
    def roots(self) -> set:
        """What is asked of a caller, but for sizes: symbols, and vectors with the number of their indices."""
        known, own = [self.expression], set(self.named)
        for indices, definition, _ in self.named.values():
            known, own = [*known, definition], own | set(indices)
        counted = {(one.base, len(one.indices)) for part in known for one in part.atoms(Indexed)}
        symbols = set().union(*map(free_symbols, known)) - own - {base for base, _ in counted}
        return {one for one in counted if one[0] not in own} | {one for one in symbols if not is_size(one)}

    @property
    def loose(self) -> int:
        """How much of it is in no form."""
        return _loose(self.expression)

    def _prepared(self, expression):
        while True:
            expression = _unfolded(expression, _definitions(), _kept(*self._others))
            found = self._rewritten(expression)
            if found is None:
                found = _unfolded(expression, _definitions(), once=True)
            if found == expression:
                found = Recognised(sigmoid.sigmoid, sigmoid.softplus, self._vector, Kept)(expression)
                if found == expression:
                    return expression
            expression = found

    def _rewritten(self, expression):
        """With the first form that fits put in its place, outermost; None where none does."""
        for form in forms(self._others):
            for binding, rest in instances(form.left, expression):
                self.forms[form.id] = None
                binding = {old: self._named_vector(old, new, form) for old, new in binding.items()}
                return rest(substitute(form.right, binding))
        parts = [self._rewritten(part) if isinstance(part, Expr) and not part.is_Atom else None
                 for part in expression.args]  # fmt: skip
        if all(part is None for part in parts):
            return None
        return expression.func(*(old if new is None else new for old, new in zip(expression.args, parts)))

    def _named_vector(self, old, new, form):
        """A vector that is a quantity itself, under a name: its largest entry is asked for."""
        if not (isinstance(old, IndexedBase) and isinstance(new, Quantity) and form.right.has(FirstLargest)):
            return new
        free = free_symbols(new)
        indices = sorted((one for one in free if is_index(one) and not is_size(one)), key=str)
        last = fresh(k, free)
        return self._name((*indices, last), entry(new, last), form.size)

    def _name(self, indices, entry_of_it, size):
        """A vector under a name, of which this is the entry that has these indices."""
        definition = self._prepared(entry_of_it)
        found = next((base for base, (others, known, _) in self.named.items()
                      if indices == others and same(known, definition)), None)  # fmt: skip
        if found is None:
            found = IndexedBase(f"vector_{len(self.named) + 1}")
            self.named[found] = indices, definition, size
        return found[indices[:-1]] if indices[:-1] else found

    def _vector(self, body, index, size):
        """What depends on an index that runs to a size, as a vector; the softmaxes and log-sum-exps of that size."""
        to = next((one for one in self._others if one.letters[K] == size), None)
        if size != K and to is None:
            return None
        known = softmax.probability, softmax.log_sum_exp, bounded_logits.share, bounded_logits.held
        heads = [(to.entry(one) if to else one).head for one in known]
        if isinstance(body, Indexed) and body.indices[-1] == index and index not in free_symbols(row_of(body)):
            return row_of(body), *heads
        others = sorted((one for one in free_symbols(body) - {index} if is_index(one) and not is_size(one)), key=str)
        return self._name((*others, index), body, str(size)), *heads


def _translations(expression, vocabulary):
    """To the sizes other than the number of classes over which an expression has a softmax or a log-sum-exp, or sums
    exponentials.
    """
    letters = {size: tuple(vocabulary.letters_to(size)[:3]) for size in vocabulary.sizes if size != K}
    others = [translation_to(size, three) for size, three in letters.items() if len(three) == 3]
    quantities, sums = expression.atoms(Quantity), [one for one in expression.atoms(Sum) if one.has(exp)]
    ends = {end for one in sums for *_, end in one.limits}
    return tuple(to for to in others if any(map(to.is_of, quantities)) or to.letters[K] in ends)


@cache
def _definitions():
    """What each quantity was found to be, by its head: by the first entry that says it."""
    return {
        one.name.func: one for one in reversed(catalogue().values()) if isinstance(getattr(one, "name", None), Quantity)
    }


def _unfolded(expression, sources, kept=frozenset(), once=False):
    """With its quantities written out, but those that are kept."""
    while True:
        whole = [q for q in expression.atoms(Quantity) if type(q) not in kept and q.definition
                 and q.definition.id not in OF_LIBRARIES and len(q.args) == len(q.definition.parameters)]  # fmt: skip
        if not whole:
            return expression
        first = max(whole, key=lambda q: (len(str(q)), str(q)))
        source = sources.get(type(first), first.definition)
        expression = unfold(expression, source if source.relation == "=" else first.definition)
        if once:
            return expression


def to_compute(found: Definition | Derivation, vocabulary: Vocabulary) -> Prepared:
    """What code computes of an entry: its result; or what it starts from, which is the same number, where a form is
    about that, or where less of that is left outside of forms.
    """
    start, result = getattr(found, "start", found.name), Prepared(found.result, vocabulary)
    if start.has(Derivative) or (_is_quantity(start) and len(start.args) != len(start.definition.parameters)):
        return result
    other = Prepared(start, vocabulary)
    return other if other.roots <= result.roots and _is_better(start, other, result) else result


def _is_better(start, other, result):
    """Whether what an entry starts from is computed rather than its result."""
    if result.expression.has(Product) and not other.expression.has(Product, exp):
        return True
    near = other.expression.has(Near, Chosen) and not result.expression.has(Near, Chosen)
    if not (near or result.forms or any(map(_is_power, result.expression.atoms(exp, Pow)))):
        return False
    if any(True for form in forms() for _ in instances(form.left, start, whole=True)):
        return True
    whole = any(form.id in other.forms for form in forms()[:WHOLE_LOSSES])
    return bool(other.forms) and (other.loose < result.loose or (whole and other.loose == result.loose))


def _loose(expression):
    """How much of an expression may overflow or take digits away outside of forms: differences, powers, products."""
    if isinstance(expression, Kept) or expression.is_Atom:
        return 0
    gaps = isinstance(expression, Add) and len({one.could_extract_minus_sign() for one in expression.args}) > 1
    sums = len(expression.limits) - 1 if isinstance(expression, Sum) else 0
    here = MOST_LOOSE if isinstance(expression, Product) else int(gaps or _is_power(expression))
    return here + sums + sum(_loose(part) for part in expression.args if isinstance(part, Expr))


def _is_power(expression):
    return isinstance(expression, exp) or (isinstance(expression, Pow) and not expression.exp.is_number)


def _is_quantity(expression):
    return isinstance(expression, Quantity)
