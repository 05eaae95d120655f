"""What must be positive, or not 0, for an expression to have a value; and what is known to be."""

from collections.abc import Iterator

from sympy import (
    Add, And, Contains, Expr, FiniteSet, Gt, Indexed, Interval, KroneckerDelta, Lt, Max, Mul, Ne, NumberSymbol, Pow,
    Product, Range, S, Sum, Symbol, Union, exp, log, oo, preorder_traversal,
)  # fmt: skip
from sympy.logic.boolalg import Boolean

from .. import sigmoid, softmax
from ..engine.entries import Hypothesis
from ..engine.terms import BIG_OPERATORS, Quantity, free_symbols, substitute
from ..engine.vocabulary import Vocabulary, key_of
from ..writing.typeset import plain

# Heads by what is known of their values, whatever the arguments; by the ids of the catalogue, of any length.
ABOVE_ZERO = (softmax.probability.id, sigmoid.sigmoid.id, sigmoid.softplus.id, sigmoid.probability.id)
BELOW_ONE = (sigmoid.sigmoid.id, sigmoid.probability.id)
POSITIVE, NOT_NEGATIVE = Interval.open(0, oo), Interval(0, oo)
NOT_ZERO = Union(Interval.open(-oo, 0), POSITIVE)


class Conditions:
    """What is known of signs, by the domains of a vocabulary and what is given."""

    def __init__(self, vocabulary: Vocabulary, given: tuple[Hypothesis, ...] = ()):
        self.vocabulary, self.given = vocabulary, given
        self.supposed = {part: one for one in given if one.statement is not None
                         for part in And.make_args(one.statement)}  # fmt: skip
        self.ties: set[Boolean] = set()  # of what was asked for: that two of some largest numbers differ
        self.used: dict[Hypothesis, bool] = {}  # of those that are given, what was looked up since it was last emptied

    def positive(self, value: Expr) -> bool:
        """Whether a value is known to be above 0 wherever it has one."""
        if self._supposes(Gt(value, 0, evaluate=False)) or self._negative(-value):
            return True
        if value.is_Number or isinstance(value, NumberSymbol):
            return bool(value > 0)
        if isinstance(value, (Indexed, Symbol)):
            return self._inside(value, POSITIVE)
        if isinstance(value, exp):
            return True
        if isinstance(value, Quantity):
            return self._is_one_of(value, ABOVE_ZERO) or self._body(value, self.positive)
        if isinstance(value, Add):
            return self._complement(value) or (
                all(map(self.at_least_zero, value.args)) and any(map(self.positive, value.args))
            )
        if isinstance(value, Mul):
            return all(map(self.positive, value.args))
        if isinstance(value, Pow):
            return self.positive(value.base) or (value.exp.is_even is True and self.not_zero(value.base))
        if isinstance(value, Max):
            return any(map(self.positive, value.args))
        if isinstance(value, Product):
            return self.positive(value.function)
        return isinstance(value, Sum) and self._has_a_term(value) and self.positive(value.function)

    def _negative(self, value):
        """Whether a letter or an entry is known to be below 0."""
        if not isinstance(value, (Indexed, Symbol)):
            return False
        return self._supposes(Lt(value, 0, evaluate=False)) or self._inside(value, Interval.open(-oo, 0))

    def at_least_zero(self, value: Expr) -> bool:
        """Whether a value is known to be 0 or above."""
        if self.positive(value):
            return True
        if value.is_Number:
            return bool(value >= 0)
        if isinstance(value, (Indexed, Symbol)):
            return self._inside(value, NOT_NEGATIVE)
        if isinstance(value, KroneckerDelta):
            return True
        if isinstance(value, Pow):
            return value.exp.is_even is True or self.at_least_zero(value.base)
        if isinstance(value, (Add, Mul)):
            return all(map(self.at_least_zero, value.args))
        if isinstance(value, Max):
            return any(map(self.at_least_zero, value.args))
        return isinstance(value, BIG_OPERATORS) and self.at_least_zero(value.function)

    def not_zero(self, value: Expr) -> bool:
        """Whether a value is known not to be 0."""
        if self.positive(value) or self.positive(-value) or self._supposes(Ne(value, 0, evaluate=False)):
            return True
        if isinstance(value, (Indexed, Symbol)):
            return self._inside(value, NOT_ZERO)
        if isinstance(value, Mul):
            return all(map(self.not_zero, value.args))
        return isinstance(value, Pow) and self.not_zero(value.base)

    def _inside(self, value, wanted):
        if value in self.vocabulary.sizes or value in self.vocabulary.size_of:
            return wanted.contains(S.One) is S.true
        root, indices = key_of(value)
        domain = self.vocabulary.domains.get(root, {}).get(indices, S.Reals)
        narrow = self._narrowed(root, indices)
        if narrow and not self._is_within(domain, wanted) and self._is_within(narrow.args[1], wanted):
            return self._supposes(narrow)
        return self._is_within(domain, wanted)

    @staticmethod
    def _is_within(domain, wanted):
        if isinstance(domain, Range):
            return wanted.contains(S.One) is S.true
        return isinstance(domain, (Interval, Union, FiniteSet)) and domain.is_subset(wanted) is True

    def _supposes(self, statement):
        given = self.supposed.get(statement)
        if given is not None:
            self.used[given] = True
        return given is not None

    def _narrowed(self, root, indices):
        """The statement that says in which set every entry of a vector lies."""
        for part in self.supposed:
            if isinstance(part, Contains) and key_of(part.args[0]) == (root, indices):
                if not indices or len(set(part.args[0].free_symbols) & set(part.args[0].indices)) == indices:
                    return part
        return None

    def _is_one_of(self, value, ids):
        return any(value.definition.id == id or value.definition.id.startswith(f"{id}_") for id in ids)

    def _body(self, value, known):
        body = unfolded(value)
        return body != value and known(body)

    def _complement(self, value):
        """1 - u, for a u that is below 1."""
        rest = 1 - value
        return isinstance(rest, Quantity) and self._is_one_of(rest, BELOW_ONE)

    def _has_a_term(self, total):
        """Whether a sum is never empty: from 1, or from an index of that size, to a size."""
        size_of = self.vocabulary.size_of
        return all((lower == 1 and upper in (*self.vocabulary.sizes, 1, 2)) or size_of.get(lower) == upper
                   for _, lower, upper in total.limits)  # fmt: skip

    # --- what is asked for ---

    def of(self, expression: Expr, ties: bool = True) -> tuple[Hypothesis, ...]:
        """The hypotheses without which an expression has no value, or, with those about ties, no slope."""
        found = []
        for statement, every in self._asked(expression, ()):
            if not self._supposes(statement) and (ties or statement not in self.ties):
                self.supposed[statement] = self.hypothesis(statement, every)
                found.append(self.supposed[statement])
        return tuple(found)

    def asks(self, expression: Expr) -> bool:
        """Whether an expression has no value under some circumstances that are not known to be absent."""
        return any(not self._supposes(statement) for statement, _ in self._asked(expression, ()))

    def _asked(self, part, bound) -> Iterator[tuple[Boolean, tuple]]:
        if isinstance(part, log) and isinstance(part.args[0], Quantity) and not self.is_known(part.args[0]):
            part = log(unfolded(part.args[0]))
        if isinstance(part, log) and isinstance(part.args[0], Product):  # it is taken apart: each factor is positive
            part = Product(log(part.args[0].function), *part.args[0].limits)
        if isinstance(part, BIG_OPERATORS):
            bound = (*bound, *((index, upper) for index, _, upper in part.limits))
        if isinstance(part, Quantity) and not self.is_known(part):
            body, runs = self._of_every_entry(part)
            yield from self._asked(body, (*bound, *runs)) if body != part else ()
        for statement in self._of_part(part):
            yield self.in_own_letters(statement, bound)
        for statement in _ties(part) if isinstance(part, Max) else ():
            own = self.in_own_letters(statement, bound)
            self.ties.add(own[0])
            yield own
        for below in part.args if not isinstance(part, (Indexed, Symbol)) else ():
            if isinstance(below, Expr):
                yield from self._asked(below, bound)

    def _of_every_entry(self, quantity):
        """The definition of a quantity; of one that lacks its last index, of a vector, that of every entry."""
        parameters = type(quantity).definition.parameters
        if len(quantity.args) != len(parameters) - 1 or parameters[-1] not in self.vocabulary.size_of:
            return unfolded(quantity), ()
        running = parameters[-1]
        body = substitute(type(quantity).definition.body, dict(zip(parameters, quantity.args)))
        return body, ((running, self.vocabulary.size_of[running]),)

    def is_known(self, quantity: Quantity) -> bool:
        """Whether a quantity is one of which the signs and the slopes are known, whatever its definition."""
        return self._is_one_of(quantity, (*ABOVE_ZERO, softmax.log_sum_exp.id, sigmoid.probability.id))

    def _of_part(self, part):
        if isinstance(part, log) and not self.positive(part.args[0]):
            yield Gt(self._unknown(part.args[0]), 0, evaluate=False)
        if isinstance(part, Pow) and not isinstance(part, exp):
            whole = part.exp.is_integer is True
            if whole and part.exp.is_negative and not self.not_zero(part.base):
                yield Ne(part.base, 0, evaluate=False)
            if not whole and not self.positive(part.base):
                yield Gt(part.base, 0, evaluate=False)

    def _unknown(self, value):
        """The same sign with less to say: without factors that are positive; a factor stands for its inverse."""
        factors = [factor for factor in Mul.make_args(value) if not self.positive(factor)]
        if len(factors) == 1 and isinstance(factors[0], Pow):
            return self._unknown(factors[0].base)
        return Mul(*(1 / factor if isinstance(factor, Pow) and factor.exp == -1 else factor for factor in factors))

    def of_slope(self, power: Pow, bound: tuple = ()) -> list[Hypothesis]:
        """What the slope of a power asks for: that its base is not 0, unless its exponent is 1 or more."""
        if (power.exp - 1).is_nonnegative or self.not_zero(power.base):
            return []
        statement, every = self.in_own_letters(Ne(power.base, 0, evaluate=False), bound)
        asked = self.hypothesis(statement, every)
        self.supposed |= dict.fromkeys([statement, Ne(power.base, 0, evaluate=False)], asked)
        return [asked]

    def in_own_letters(self, statement: Boolean, bound: tuple) -> tuple[Boolean, tuple]:
        """A statement with the indices for every value of which it is asked, in letters that have a notation."""
        every = []
        for index, size in bound:
            if index in free_symbols(statement):
                letters = self.vocabulary.letters_to(size)
                own = index if index in letters or not letters else next(
                    letter for letter in letters if letter not in free_symbols(statement))
                statement = statement.func(*(substitute(side, {index: own}) for side in statement.args), evaluate=False)
                every.append(own)
        return statement, tuple(every)

    def hypothesis(self, statement: Boolean, every: tuple = ()) -> Hypothesis:
        """The hypothesis that a statement holds, for every value of some indices; one that is given, if it says so."""
        for given in self.given:
            if given.statement == statement:
                return given
        words = f"{plain(statement)}{', for every ' + ' and '.join(map(str, every)) if every else ''}"
        return Hypothesis(words, words, statement, every=every)


def asked_within(part: Expr, whole: Conditions) -> tuple[Hypothesis, ...]:
    """What a part of a loss asks for, as the whole loss asked for it: of every value of an index."""
    found = Conditions(whole.vocabulary, whole.given).of(part)
    known = {_at_places(one.statement, whole): one for one in whole.supposed.values()}
    return tuple(dict.fromkeys(known.get(_at_places(one.statement, whole), one) for one in found))


def _at_places(statement, conditions):
    """A statement with the same letters for indices, however they are called."""
    size_of = conditions.vocabulary.size_of
    letters = dict.fromkeys(part for part in preorder_traversal(statement) if part in size_of)
    return statement.xreplace({letter: Symbol(f"{size_of[letter]} {place}", integer=True, positive=True)
                               for place, letter in enumerate(letters)})  # fmt: skip


def unfolded(quantity: Quantity) -> Expr:
    """The definition of a quantity at its arguments; the quantity itself, where it lacks one: it is a vector."""
    definition = type(quantity).definition
    if len(quantity.args) != len(definition.parameters):
        return quantity
    return substitute(definition.body, dict(zip(definition.parameters, quantity.args)))


def _ties(largest):
    """That no two of the numbers of which one is the largest are equal."""
    for place, one in enumerate(largest.args):
        yield from (_apart(one, other) for other in largest.args[place + 1 :])


def _apart(one, other):
    """That two values differ; a number stands on the right, and what differs from its opposite is not 0."""
    if one == -other:
        return Ne(min((one, other), key=lambda value: value.could_extract_minus_sign()), 0, evaluate=False)
    if one.could_extract_minus_sign() and other.could_extract_minus_sign():
        return _apart(-one, -other)
    return Ne(other, one, evaluate=False) if one.is_number else Ne(one, other, evaluate=False)
