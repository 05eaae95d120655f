"""The forms that keep their digits: each is a derivation of the chapter `numerics`, used as an equation from left to
right wherever its left side is found. No form is typed here.

SymPy would make one exponential of two, and lose the digits: what a form gives is `Kept` as it stands.
"""

from functools import cache
from typing import NamedTuple

from sympy import Derivative, Expr, Function, Indexed, IndexedBase, Product

from .. import numerics, sigmoid
from ..catalogue import catalogue
from ..engine.derivation import Derivation
from ..engine.entries import Definition, is_index
from ..engine.nodes import is_size
from ..engine.rules.definitions import unfold
from ..engine.terms import Quantity, entry, free_symbols, fresh, same, substitute
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE, K, k
from ..translation import Translation, translation_to
from .matching import instances

WHOLE_LOSSES = 2  # the first of the forms are about whole losses
OF_LIBRARIES = {"any_loss.tanh": "tanh"}  # quantities that every library computes to the last digit


class FirstLargest(Function):
    """The index at which a vector has its largest entry; where several are as large, the first of them."""

    nargs = 1
    is_integer = is_positive = True


class Kept(Function):
    """What a form gives, as it stands."""

    nargs = 1


class Form(NamedTuple):
    """An equation of a derivation: its id, what is looked for, what stands for it, and up to where its indices run."""

    id: str
    left: Expr
    right: Expr
    size: str


def _form(found: Derivation, line: int = 0, to: Translation | None = None) -> Form:
    """From one line of a chain to its last; of the chain that is derived again for another size, if one is given. A
    letter that only the right side has may be any class: it is the one with the largest logit.
    """
    chain = to.entry(found) if to else found
    left, right = (_unfolded(side, _definitions(), _kept(to)) for side in (chain.lines[line], chain.result))
    loose = {letter for letter in free_symbols(right) - free_symbols(left) if is_index(letter) and not is_size(letter)}
    chosen = {entry.indices[0]: FirstLargest(entry.base) for entry in right.atoms(Indexed) if entry.indices[0] in loose}
    return Form(found.id, left, Kept(substitute(right, chosen)), str(to.letters[K] if to else K))


@cache
def forms(others: tuple[Translation, ...] = ()) -> tuple[Form, ...]:
    """All of them, of classes first. Where two would fit, the first is taken."""
    whole = (_form(numerics.cross_entropy_beside), _form(numerics.cross_entropy_two_sided))
    of_numbers = (_form(numerics.gradient_two_sided, -2), _form(sigmoid.log_complement), _form(sigmoid.log_by_softplus),
                  _form(numerics.complement_two_sided), _form(numerics.sigmoid_two_sided),
                  _form(numerics.softplus))  # fmt: skip
    return (*whole, *(form for to in (None, *others) for form in _of_softmax(to)), *of_numbers)


def _of_softmax(to):
    """The forms of softmax and log-sum-exp."""
    return (
        _form(numerics.hessian_by_place, -2, to), _form(numerics.gradient_beside, 1, to),
        _form(numerics.log_softmax_beside, 0, to), _form(numerics.complement_beside, 0, to),
        _form(numerics.softmax_beside, 0, to), _form(numerics.log_sum_exp_beside, 0, to),
    )  # fmt: skip


@cache
def _kept(*translations: Translation | None):
    """The quantities that some form is about: they are written out last."""
    starts = [one.start for one in (numerics.cross_entropy_beside, numerics.cross_entropy_two_sided,
                                    numerics.log_sum_exp_beside, numerics.softplus)]  # fmt: skip
    ours = numerics.log_softmax_beside.start, numerics.log_sum_exp_beside.start
    starts += [to.expression(start) for to in translations if to for start in ours]
    return {type(q) for start in starts for q in start.atoms(Quantity)}


class Prepared:
    """An expression with no quantity left, in the forms that keep digits: `expression`, the ids of the `forms` that
    were used, and what the vectors are that were `named` on the way: indices, an expression and a size for each.
    """

    def __init__(self, expression: Expr, vocabulary: Vocabulary = CATALOGUE):
        self.forms, self.named, self._others = {}, {}, _translations(expression, vocabulary)
        self.expression = self._prepared(expression)

    def _prepared(self, expression):
        while True:
            expression = _unfolded(expression, _definitions(), _kept(*self._others))
            found = self._rewritten(expression)
            if found is None:
                found = _unfolded(expression, _definitions(), once=True)
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
        definition = self._prepared(entry(new, last))
        for base, (others, known, _) in self.named.items():
            if (*indices, last) == others and same(known, definition):
                return base[tuple(indices)] if indices else base
        base = IndexedBase(f"vector_{len(self.named) + 1}")
        self.named[base] = ((*indices, last), definition, form.size)
        return base[tuple(indices)] if indices else base


def _translations(expression, vocabulary):
    """To the sizes other than the number of classes over which an expression has a softmax or a log-sum-exp."""
    letters = {size: tuple(vocabulary.letters_to(size)[:3]) for size in vocabulary.sizes if size != K}
    others = [translation_to(size, three) for size, three in letters.items() if len(three) == 3]
    quantities = expression.atoms(Quantity)
    return tuple(to for to in others if any(map(to.is_of, quantities)))


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
    about that, or where only the result is a product of many factors.
    """
    start, result = getattr(found, "start", found.name), Prepared(found.result, vocabulary)
    if start.has(Derivative) or any(len(q.args) != len(q.definition.parameters) for q in (start,) if _is_quantity(q)):
        return result
    about = any(True for form in forms() for _ in instances(form.left, start, whole=True))
    other = Prepared(start, vocabulary)
    about = about or any(form.id in other.forms for form in forms()[:WHOLE_LOSSES])
    shorter = result.expression.has(Product) and not other.expression.has(Product)
    known = {one for one in free_symbols(other.expression) if not is_size(one)} <= free_symbols(found.result)
    return other if known and (about or shorter) else result


def _is_quantity(expression):
    return isinstance(expression, Quantity)
