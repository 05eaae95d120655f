"""Walks an expression and decides its brackets, as a person would.

`order` says what stands where, `typeset` how each piece looks.
"""

from functools import singledispatchmethod

from sympy import (
    Add, And, Contains, Derivative, Eq, Equivalent, Ge, Gt, Implies, Indexed, IndexedBase, Integer, Integral,
    KroneckerDelta, Le, Max, Mul, Ne, Number, NumberSymbol, Or, Pow, Product, S, StrictGreaterThan, StrictLessThan,
    Sum, Symbol, Tuple, cos, exp, factorial, log, sin,
)  # fmt: skip
from sympy.core.function import AppliedUndef

from ..engine.entries import is_index
from ..engine.laws import Falls, FreeOf, Grows, NoSlope, SameMultipliedOut
from ..engine.nodes import Indicator, Rounded
from ..engine.terms import BIG_OPERATORS, Quantity
from .order import (
    Smaller, add_place, all_but_one, index_place, is_negative, is_spread, mul_place, other_arguments, power_below,
    row_indices, shown_arguments, single_letter, split_at_bar, with_smallest,
)  # fmt: skip
from .sets import membership
from .signs import RELATIONS, SAID

AFTER_FRACTION = (KroneckerDelta, Derivative, log, Sum, Product)


class Writer:
    """Walks an expression. The subclasses say how a fraction, an index, a bracket or a big operator looks."""

    def __init__(self, marked=()):
        self.marked = dict(marked)

    def write(self, expression):
        text = self.set(expression)
        return self.mark(text, self.marked[expression]) if expression in self.marked else text

    def mark(self, text, kind):
        """A part that a step made or rewrites. Only LaTeX shows it."""
        return text

    @singledispatchmethod
    def set(self, expression):
        raise TypeError(f"there is no way to set a {type(expression).__name__}: {expression}")

    @set.register(Number)
    def _number(self, number):
        if number.is_infinite:
            return self.letter("∞")
        if number.is_negative:
            return self.minus + self.write(-number)
        if power := power_below(number):
            return self.sup(str(power[0]), self.minus + str(power[1]))
        return str(number) if number.q == 1 else self.fraction(str(number.p), str(number.q))

    @set.register(NumberSymbol)
    def _constant(self, constant):
        return self.letter({S.Exp1: "e", S.Pi: "π"}[constant])

    @set.register(Symbol)
    def _symbol(self, symbol):
        return self.letter(symbol.name)

    @set.register(IndexedBase)
    def _indexedbase(self, base):
        return self.letter(base.label.name)

    @set.register(Indexed)
    def _indexed(self, entry):
        return self.sub(self.write(entry.base), self.indices(entry.indices))

    @set.register(Tuple)
    def _tuple(self, pair):
        return self.bracket(", ".join(map(self.write, pair)))

    @set.register(KroneckerDelta)
    def _kroneckerdelta(self, delta):
        return self.sub(self.letter("δ"), self.indices(sorted(delta.args, key=index_place)))

    def indices(self, indices):
        return "".join(map(self.write, indices))

    @set.register(Quantity)
    def _quantity(self, quantity):
        definition, arguments = type(quantity).definition, quantity.args
        name = self.letter(definition.symbol)
        trailing = [parameter for parameter in definition.parameters if is_index(parameter)]
        if trailing:
            first = len(definition.parameters) - len(trailing)
            rows = [index for argument in arguments[:first] for index in row_indices(argument)]
            indices = [*rows, *arguments[first:]]
            others = list(other_arguments(quantity))
            name = self.sub(name, self.indices(indices)) if indices else name
            return name + self.bracket(", ".join(map(self.write, others))) if others else name
        shown = shown_arguments(quantity)
        return name + self.bracket(", ".join(map(self.write, shown))) if shown else name

    @set.register(AppliedUndef)
    def _any_function(self, value):
        return self.letter(value.func.__name__) + self.bracket(", ".join(map(self.write, value.args)))

    @set.register(Add)
    def _add(self, total):
        kinds = self._kinds(total)
        kinds |= {with_smallest(term): kind for term, kind in kinds.items()}
        terms = sorted(map(with_smallest, total.args), key=add_place)
        positive, negative = ([term for term in terms if is_negative(term) is sign] for sign in (False, True))
        if negative and isinstance(negative[0], Number):
            negative.append(negative.pop(0))
        text = " + ".join(self._part(term, kinds) for term in positive)
        for term in negative:
            text += (" " + self.minus + " " if text else self.minus) + self._without_sign(term, kinds)
        return text

    def _without_sign(self, term, kinds):
        text = self._factors(Mul.make_args(-term), self._kinds(term))
        return self.mark(text, kinds[term]) if term in kinds else text

    def _kinds(self, whole):
        """How the terms of a sum or the factors of a product are marked: each by itself, or with others of one step."""
        groups = [group for group in self.marked if group.func == whole.func and set(group.args) < set(whole.args)]
        return {part: self.marked[group] for group in groups for part in group.args} | {
            part: self.marked[part] for part in whole.args if part in self.marked
        }

    def _part(self, part, kinds):
        """A term or a factor, with its mark."""
        text = self.set(part)
        return self.mark(text, kinds[part]) if part in kinds else text

    @set.register(Mul)
    def _mul(self, product):
        kinds = self._kinds(product)
        if (turned := with_smallest(product)) != product:
            return self.set(turned)
        if S.Zero in product.args:  # 0 log 0, as a convention writes it: not to be multiplied out
            return self._join(product.args, kinds)
        if is_negative(product):
            return self.minus + self._factors(Mul.make_args(-product), kinds)
        return self._factors(product.args, kinds)

    def _factors(self, factors, kinds):
        above, denominator = split_at_bar(factors) if len(factors) > 1 else (factors, S.One)
        top = sorted(above, key=mul_place)
        if denominator == 1:
            return self._join(top, kinds)
        after = [factor for factor in top if isinstance(factor, AFTER_FRACTION)]
        if denominator.has(*BIG_OPERATORS):
            after = []
        before = [factor for factor in top if factor not in after] or [S.One]
        # A single factor needs no bracket.
        above = self._part(before[0], kinds) if len(before) == 1 else self._join(before, kinds)
        parts = [self.fraction(above, self._below(denominator, kinds))]
        if after:
            parts.append(self._join(after, kinds))
        return self.join(parts)

    def _below(self, denominator, kinds):
        """A denominator: marked are the factors whose inverses are."""
        inverses = {split_at_bar([part])[1]: kind for part, kind in kinds.items() if split_at_bar([part])[1] != 1}
        return type(self)(self.marked | inverses).write(denominator)

    def _join(self, factors, kinds):
        *factors, last = [factor for factor in factors if factor != 1] or [S.One]
        return self.join([*(self._factor(factor, False, kinds) for factor in factors), self._factor(last, True, kinds)])

    def _factor(self, factor, last, kinds):
        text = self.set(factor)
        open_ended = (isinstance(factor, (*BIG_OPERATORS, log, sin, cos)) or is_spread(factor)) and not last
        text = self.bracket(text) if isinstance(factor, Add) or open_ended else text
        return self.mark(text, kinds[factor]) if factor in kinds else text

    @set.register(Pow)
    def _pow(self, power):
        if is_negative(power.exp):
            return self.fraction("1", self.write(1 / power))
        if power.exp == S.Half:
            return self.root(power.base)
        base = self.write(power.base)
        plain = isinstance(power.base, (Symbol, NumberSymbol, Indexed, Integer)) or (
            isinstance(power.base, Quantity) and not shown_arguments(power.base)
        )
        return self.sup(base if plain else self.bracket(base), self.write(power.exp))

    @set.register(exp)
    def _exp(self, power):
        return self.exponential(self.write(power.args[0]))

    @set.register(log)
    def _log(self, logarithm):
        argument = logarithm.args[0]
        text = self.write(argument)
        bare = isinstance(argument, (Symbol, Indexed, Quantity, Integer, *BIG_OPERATORS))
        return self.log + " " + text if bare else self.log + self.bracket(text)

    @set.register(Sum)
    @set.register(Product)
    def _big_operator(self, expression):
        sign = "∑" if isinstance(expression, Sum) else "∏"
        left_out = all_but_one(expression)
        if left_out is not None:
            index, other, rest = left_out
            return self.join([self.big(sign, self.write(index), self.write(other), None), self._body(rest)])
        operators = [self.big(sign, *map(self.write, limit)) for limit in reversed(expression.limits)]
        return self.join([*operators, self._body(expression.function)])

    def _body(self, expression):
        """What a big operator runs over: several terms, or one with a minus, stand in a bracket."""
        text = self.write(expression)
        if isinstance(expression, Add):
            return self.square(text)
        return self.bracket(text) if is_negative(with_smallest(expression)) else text

    @set.register(Derivative)
    def _derivative(self, derivative):
        body, variables = derivative.expr, derivative.variables
        d, order = self.partial, len(variables)
        top = self.sup(d, str(order)) if order > 1 else d
        below = [(self.write(variable), variables.count(variable)) for variable in dict.fromkeys(variables)]
        below = self.thin.join(
            self.differential(d, self.sup(text, str(count)) if count > 1 else text) for text, count in below
        )
        compact = single_letter(body, variables[0])
        if compact is not None:
            return self.quotient(self.differential(top, self.write(compact)), below)
        text = self.write(body)
        if isinstance(with_smallest(body), (Add, Mul)):
            return self.join([self.quotient(top, below), self.square(text)])
        spaced = isinstance(body, (*BIG_OPERATORS, log))  # TeX sets a space before these, and none before a letter
        return (" " if spaced else self.thin).join([self.quotient(top, below), text])

    @set.register(Max)
    def _max(self, largest):
        if set(largest.args) == {-argument for argument in largest.args}:
            return self.bars(self.write(min(largest.args, key=is_negative)))
        turned = with_smallest(largest)
        return self.set(turned) if turned != largest else self._one_of(largest, "max")

    @set.register(Smaller)
    def _one_of(self, numbers, name="min"):
        return self.letter(name) + self.bracket(", ".join(map(self.write, sorted(numbers.args, key=add_place))))

    @set.register(Indicator)
    def _indicator(self, indicator):
        return self.letter("1") + self.square(self.write(Gt(indicator.args[0], 0, evaluate=False)))

    @set.register(sin)
    @set.register(cos)
    def _wave(self, wave):
        argument = wave.args[0]
        text = self.write(argument)
        bare = isinstance(argument, (Symbol, Indexed))
        return self.letter(wave.func.__name__) + (" " + text if bare else self.bracket(text))

    @set.register(Rounded)
    def _rounded(self, rounded):
        return self.letter("fl") + self.bracket(self.write(rounded.args[0]))

    @set.register(factorial)
    def _factorial(self, product):
        number = product.args[0]
        return (self.write(number) if number.is_Atom else self.bracket(self.write(number))) + "!"

    @set.register(Integral)
    def _integral(self, integral):
        variable, lower, upper = integral.limits[0]
        sign = self.big("∫", *map(self.write, (variable, lower, upper)))
        body = self._factor(integral.function, True, self.marked)
        return self.join([sign, body, self.differential("d", self.write(variable))])

    @set.register(Contains)
    def _contains(self, statement):
        return membership(self, *statement.args)

    @set.register(And)
    def _and(self, statement):
        above, below = (
            [part for part in statement.args if isinstance(part, kind)] for kind in (StrictGreaterThan, StrictLessThan)
        )
        if len(statement.args) == 2 and above and below and above[0].lhs == below[0].lhs:
            return f"{self.write(above[0].rhs)} < {self.write(below[0])}"
        return ", ".join(map(self.write, sorted(statement.args, key=str)))

    @set.register(Or)
    def _or(self, statement):
        return self.words("or").join(map(self.write, sorted(statement.args, key=str, reverse=True)))

    @set.register(Implies)
    def _implies(self, statement):
        return f" {self.letter('⇒')} ".join(map(self.write, statement.args))

    @set.register(Equivalent | FreeOf | Grows | Falls | NoSlope | SameMultipliedOut)
    def _condition(self, statement):
        first, *others = map(self.write, statement.args)
        return first + self.words(SAID[statement.func]) + self.words("and").join(others)

    @set.register(Eq | Ne | StrictGreaterThan | StrictLessThan | Ge | Le)
    def _relational(self, statement):
        return f"{self.write(statement.lhs)} {self.letter(RELATIONS[statement.func])} {self.write(statement.rhs)}"
