"""What is computed of an expression or of an entry: the forms that keep digits, put in wherever they fit."""

from collections.abc import Set

from sympy import Add, Derivative, Expr, Indexed, IndexedBase, Pow, Product, S, Sum, exp

from .. import bounded_logits, sigmoid, softmax
from ..engine.derivation import Derivation
from ..engine.entries import Definition, is_index
from ..engine.nodes import is_size
from ..engine.terms import Quantity, entry, free_symbols, fresh, same, substitute
from ..engine.vocabulary import Vocabulary
from ..notation import CATALOGUE, K, k
from ..translation import translation_to
from . import gaps
from .form import but_for_forms
from .forms import WHOLE_LOSSES, forms
from .marks import Chosen, FirstLargest, Kept, Near
from .matching import Entries, indices_within, instances, may_hold, place_of, row_of
from .recognised import Recognised
from .written_out import found_to_be, in_full

MOST_LOOSE = 10  # as much as ten differences


class Prepared:
    """An expression with no quantity left, in the forms that keep digits: `expression`, the ids of the `forms` that
    were used, and what the vectors are that were `named` on the way: indices, an expression and a size for each. With
    the forms for compiled code that hold where these statements are `given`.
    """

    def __init__(self, expression: Expr, vocabulary: Vocabulary = CATALOGUE, given: Set = frozenset()):
        self._given, self._domains = given, vocabulary.domains
        self.forms, self.named, self._others = {}, {}, _translations(expression, vocabulary)
        self.expression = self._prepared(expression)

    @property
    def expressions(self) -> list[Expr]:
        """The expression, and what stands for an entry of each vector that is named."""
        return [self.expression, *(definition for _, definition, _ in self.named.values())]

    @property
    def written_out(self) -> Expr:
        """The expression with the vectors that are named in their places: what an entry is, and of what one is the
        largest.
        """
        found = self.expression
        while met := {one for one in found.atoms(Indexed, IndexedBase) if getattr(one, "base", one) in self.named}:
            entries = {one: self._entry(one) for one in met if isinstance(one, Indexed)}
            largest = {one: FirstLargest(self._entry(one.args[0])) for one in found.atoms(FirstLargest)
                       if getattr(one.args[0], "base", one.args[0]) in self.named}  # fmt: skip
            found = found.xreplace(largest) if largest else found.xreplace(entries)
        return found

    def _entry(self, one):
        """What an entry of a named vector is; of a row or of the vector, what each is."""
        indices, definition, _ = self.named[getattr(one, "base", one)]
        return substitute(definition, dict(zip(indices, getattr(one, "indices", ()))))

    @property
    def roots(self) -> set:
        """What is asked of a caller, but for sizes: symbols, and vectors with the number of their indices."""
        own = set(self.named).union(*(indices for indices, *_ in self.named.values()))
        counted = {(one.base, len(one.indices)) for part in self.expressions for one in part.atoms(Indexed)}
        symbols = set().union(*map(free_symbols, self.expressions)) - own - {base for base, _ in counted}
        return {one for one in counted if one[0] not in own} | {one for one in symbols if not is_size(one)}

    @property
    def loose(self) -> int:
        """How much of it is in no form."""
        return _loose(self.expression)

    def _prepared(self, expression):
        recognised = Recognised(sigmoid.sigmoid, sigmoid.softplus, self._vector, Kept)
        while True:
            expression = self._with_gaps(recognised(but_for_forms(expression, *self._others)))
            found = self._rewritten(expression)
            if found is None:
                found = in_full(expression, found_to_be(), once=True)
                if found == expression:
                    return expression
            expression = found

    def _with_gaps(self, expression):
        found = gaps.with_gaps(expression, lambda one: self._domain(one).inf >= 0)
        self.forms |= {} if found == expression else {gaps.FOUND.id: None}
        return found

    def _rewritten(self, expression, kept=False, among=None):
        """With the first form that fits put in its place, outermost; None where none does."""
        kept = kept or isinstance(expression, Kept)
        among = forms(self._others) if among is None else among
        among = [form for form in among if may_hold(form.left, expression)]  # a part has no kind that the whole has not
        for form in among:
            if kept and form.apart:
                continue
            for binding, rest in instances(form.left, expression, whole=form.alone):
                if form.large is not None and self._is_at_most_1(binding[form.large]):
                    continue
                if form.entry is not None:
                    places = {place_of(new, binding[old.base]) for old, new in binding.items()
                              if isinstance(old, Indexed) and old.indices == form.entry.indices}  # fmt: skip
                    if len(places) != 1 or None in places:
                        continue
                    binding |= {form.entry.indices[0]: places.pop()}
                self.forms |= dict.fromkeys((form.id, *form.besides))
                quick = form.quick is not None and substitute(form.needs, binding) in self._given
                self.forms |= {form.quick_id: None} if quick else {}
                binding = {old: self._named_vector(old, new, form) for old, new in binding.items()}
                return rest(substitute(form.quick if quick else form.right, binding))
        parts = [self._rewritten(part, kept, among) if isinstance(part, Expr) and not part.is_Atom else None
                 for part in expression.args]  # fmt: skip
        if all(part is None for part in parts):
            return None
        return expression.func(*(old if new is None else new for old, new in zip(expression.args, parts)))

    def _is_at_most_1(self, exponent):
        """Whether an exponent is made of nothing but numbers between 0 and 1."""
        entries = exponent.atoms(Indexed)
        symbols = free_symbols(exponent) - {one.base for one in entries}
        domains = [self._domain(one) for one in {*entries, *symbols} if isinstance(one, Indexed) or not is_index(one)]
        return all(domain.sup.is_number and domain.sup <= 1 for domain in domains)

    def _domain(self, one):
        """The numbers that a letter or an entry may be."""
        root, count = (one.base, len(one.indices)) if isinstance(one, Indexed) else (one, 0)
        return self._domains.get(root, {}).get(count, S.Reals)

    def _named_vector(self, old, new, form):
        """A vector under a name, if it has none yet, or is a quantity and its largest entry is asked for."""
        if isinstance(new, Entries):
            others = [one for one in indices_within(new.body) if one != new.index]
            return self._name((*others, new.index), new.body, form.size)
        if not (isinstance(old, IndexedBase) and isinstance(new, Quantity) and form.right.has(FirstLargest)):
            return new
        last = fresh(k, free_symbols(new))
        return self._name((*indices_within(new), last), entry(new, last), form.size)

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
        others = [one for one in indices_within(body) if one != index]
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


def to_compute(found: Definition | Derivation, vocabulary: Vocabulary, given: Set = frozenset()) -> Prepared:
    """What code computes of an entry: its result; or what it starts from, which is the same number, where a form is
    about that, or where less of that is left outside of forms.
    """
    start, result = getattr(found, "start", found.name), Prepared(found.result, vocabulary, given)
    if start.has(Derivative) or (isinstance(start, Quantity) and len(start.args) != len(start.definition.parameters)):
        return result
    other = Prepared(start, vocabulary, given)
    return other if other.roots <= result.roots and _is_better(start, other, result) else result


def _is_better(start, other, result):
    """Whether what an entry starts from is computed rather than its result."""
    if result.expression.has(Product) and not other.expression.has(Product, exp):
        return True
    about = [place for place, form in enumerate(forms()) for _ in instances(form.left, start, whole=True)]
    if other.loose < result.loose and any(place < WHOLE_LOSSES for place in about):
        return True
    near = other.expression.has(Near, Chosen) and not result.expression.has(Near, Chosen)
    if not (near or result.forms or any(map(_is_power, result.expression.atoms(exp, Pow)))):
        return False
    if about:
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
