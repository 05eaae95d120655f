"""Walks an expression and decides its order and its brackets, as a person would; how each piece looks is for `typeset` to say.

Positive terms stand before negative ones, numbers before symbols, labels before logarithms, sums and logarithms last in a product.
"""

from functools import singledispatchmethod

from sympy import (  # fmt: skip
    Add, And, Contains, Derivative, Eq, FiniteSet, Ge, Indexed, IndexedBase, Integer, Integral, Interval, KroneckerDelta,
    Le, Max, Mul, Ne, Number, Pow, Product, Range, S, StrictGreaterThan, StrictLessThan, Sum, Symbol, Tuple, exp, fraction,
    log,
)

from ..engine.entries import is_index
from ..engine.terms import BIG_OPERATORS, Quantity, Rounded, substitute

INDEX_ORDER = "ijrukmlcfh"
MUL_ORDER = (Number, Symbol, Indexed, Quantity, Pow, Max, Rounded, KroneckerDelta, Add, exp, Derivative, log, Sum, Product, Integral)
AFTER_FRACTION = (KroneckerDelta, Derivative, log, Sum, Product)
RELATIONS = {Eq: "=", Ne: "≠", StrictGreaterThan: ">", StrictLessThan: "<", Ge: "≥", Le: "≤"}


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
        return str(number) if number.q == 1 else self.fraction(str(number.p), str(number.q))

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
        return self.sub(self.letter("δ"), self.indices(sorted(delta.args, key=_index_place)))

    def indices(self, indices):
        return "".join(map(self.write, indices))

    @set.register(Quantity)
    def _quantity(self, quantity):
        definition, arguments = type(quantity).definition, quantity.args
        name = self.letter(definition.symbol)
        trailing = [parameter for parameter in definition.parameters if is_index(parameter)]
        if trailing:
            first = len(definition.parameters) - len(trailing)
            indices = [*(index for argument in arguments[:first] for index in _rows(argument)), *arguments[first:]]
            others = list(_others(quantity))
            name = self.sub(name, self.indices(indices)) if indices else name
            return name + self.bracket(", ".join(map(self.write, others))) if others else name
        shown = shown_arguments(quantity)
        return name + self.bracket(", ".join(map(self.write, shown))) if shown else name

    @set.register(Add)
    def _add(self, total):
        positive = sorted((term for term in total.args if not _negative(term)), key=_add_place)
        negative = sorted((term for term in total.args if _negative(term)), key=_add_place)
        if negative and isinstance(negative[0], Number):
            negative.append(negative.pop(0))
        text = " + ".join(map(self.write, positive))
        for term in negative:
            text += (" " + self.minus + " " if text else self.minus) + self._factors(Mul.make_args(-term))
        return text

    @set.register(Mul)
    def _mul(self, product):
        if S.Zero in product.args:  # 0 log 0, as a convention writes it: not to be multiplied out
            return self._join(product.args)
        if _negative(product):
            return self.minus + self._factors(Mul.make_args(-product))
        return self._factors(product.args)

    def _factors(self, factors):
        numerator, denominator = fraction(Mul(*factors)) if len(factors) > 1 else (factors[0], S.One)
        top = sorted(Mul.make_args(numerator), key=_mul_place)
        if denominator == 1:
            return self._join(top)
        after = [] if denominator.has(*BIG_OPERATORS) else [factor for factor in top if isinstance(factor, AFTER_FRACTION)]
        before = [factor for factor in top if factor not in after] or [S.One]
        return self.join([self.fraction(self._alone(before), self.write(denominator)), *([self._join(after)] if after else [])])

    def _alone(self, factors):
        """Above a fraction line a single factor needs no bracket."""
        return self.write(factors[0]) if len(factors) == 1 else self._join(factors)

    def _join(self, factors):
        factors = [factor for factor in factors if factor != 1] or [S.One]
        return self.join([self._factor(factor, last=place == len(factors)) for place, factor in enumerate(factors, start=1)])

    def _factor(self, factor, last):
        text = self.write(factor)
        open_ended = isinstance(factor, (*BIG_OPERATORS, log)) and not last
        return self.bracket(text) if isinstance(factor, Add) or open_ended else text

    @set.register(Pow)
    def _pow(self, power):
        if _negative(power.exp):
            return self.fraction("1", self.write(1 / power))
        if power.exp == S.Half:
            return self.root(power.base)
        base = self.write(power.base)
        plain = isinstance(power.base, (Symbol, Indexed, Integer)) or isinstance(power.base, Quantity) and not shown_arguments(power.base)
        return self.sup(base if plain else self.bracket(base), self.write(power.exp))

    @set.register(exp)
    def _exp(self, power):
        return self.sup("e", self.write(power.args[0]))

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
        left_out = _left_out(expression)
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
        return self.bracket(text) if _negative(expression) else text

    @set.register(Derivative)
    def _derivative(self, derivative):
        body, variables = derivative.expr, derivative.variables
        d, order = self.partial, len(variables)
        top = self.sup(d, str(order)) if order > 1 else d
        below = [(self.write(variable), variables.count(variable)) for variable in dict.fromkeys(variables)]
        below = self.thin.join(self.differential(d, self.sup(text, str(count)) if count > 1 else text) for text, count in below)
        compact = _compact(body, variables[0])
        if compact is not None:
            return self.quotient(self.differential(top, self.write(compact)), below)
        text = self.write(body)
        return self.join([self.quotient(top, below), self.square(text) if isinstance(body, Add) or _negative(body) else text])

    @set.register(Max)
    def _max(self, largest):
        if set(largest.args) == {-argument for argument in largest.args}:
            return f"|{self.write(sorted(largest.args, key=_negative)[0])}|"
        return self.letter("max") + self.bracket(", ".join(map(self.write, sorted(largest.args, key=_add_place))))

    @set.register(Rounded)
    def _rounded(self, rounded):
        return self.letter("fl") + self.bracket(self.write(rounded.args[0]))

    @set.register(Integral)
    def _integral(self, integral):
        variable, lower, upper = integral.limits[0]
        sign = self.big("∫", *map(self.write, (variable, lower, upper)))
        return self.join([sign, self._factor(integral.function, last=True), self.differential("d", self.write(variable))])

    @set.register(Contains)
    def _contains(self, statement):
        element, domain = statement.args
        text = self.write(element)
        if isinstance(domain, FiniteSet):
            values = ", ".join(map(self.write, sorted(domain)))
            return f"{text} {self.letter('∈')} {self.letter('{')}{values}{self.letter('}')}"
        if isinstance(domain, Interval) and domain.start.is_finite and domain.end == S.Infinity:
            return f"{text} > {self.write(domain.start)}"
        if isinstance(domain, Interval) and domain.start.is_finite and domain.end.is_finite:
            low, high = ("<" if domain.left_open else "≤"), ("<" if domain.right_open else "≤")
            return f"{self.write(domain.start)} {self.letter(low)} {text} {self.letter(high)} {self.write(domain.end)}"
        if isinstance(domain, Range):
            top = domain.stop - 1
            below, bound = ("≤", top) if not isinstance(top, Add) else ("<", domain.stop)
            return f"1 {self.letter('≤')} {text} {self.letter(below)} {self.write(bound)}"
        return f"{text} {self.letter('∈')} {self.letter('ℝ' if domain == S.Reals else 'ℕ')}"

    @set.register(And)
    def _and(self, statement):
        above, below = ([part for part in statement.args if isinstance(part, kind)] for kind in (StrictGreaterThan, StrictLessThan))
        if len(statement.args) == 2 and above and below and above[0].lhs == below[0].lhs:
            return f"{self.write(above[0].rhs)} < {self.write(below[0])}"
        return ", ".join(map(self.write, sorted(statement.args, key=str)))

    @set.register(Eq)
    @set.register(Ne)
    @set.register(StrictGreaterThan)
    @set.register(StrictLessThan)
    @set.register(Ge)
    @set.register(Le)
    def _relational(self, statement):
        return f"{self.write(statement.lhs)} {self.letter(RELATIONS[statement.func])} {self.write(statement.rhs)}"


def _rows(vector):
    """The indices that a row of a table carries: i for y[i], and for a row of a quantity such as the logits of observation i."""
    if isinstance(vector, Quantity):
        return [argument for argument in vector.args if is_index(argument)]
    return vector.indices if isinstance(vector, Indexed) else ()


def _others(quantity):
    """The vectors that a quantity with an index is taken at, where they are not those of its definition; those of its rows too."""
    for argument, own in zip(quantity.args, type(quantity).definition.parameters):
        if isinstance(argument, Quantity) and _rows(argument):
            yield from _others(argument)
        elif argument != own and not is_index(own) and not _rows(argument):
            yield argument


def _left_out(total):
    """Index, value and term of a sum over all values of the index but one; None for any other sum."""
    if not isinstance(total, Sum) or len(total.limits) > 1:
        return None
    index = total.limits[0][0]
    for factor in Mul.make_args(total.function):
        if isinstance(1 - factor, KroneckerDelta) and index in (1 - factor).args:
            other = next(argument for argument in (1 - factor).args if argument != index)
            return index, other, Mul(*(rest for rest in Mul.make_args(total.function) if rest != factor))
    return None


def _negative(term):
    return bool(term.as_coeff_Mul()[0].is_negative)


def _add_place(term):
    return (not isinstance(term, Number), term.count_ops(), str(term))


def _mul_place(factor):
    rank = next(rank for rank, kind in enumerate(MUL_ORDER) if isinstance(factor, kind))
    called = isinstance(factor, Quantity) and bool(shown_arguments(factor))
    return (
        MUL_ORDER.index(Pow) if called else MUL_ORDER.index(Indexed) if isinstance(factor, Quantity) else rank,
        factor.count_ops(),
        str(factor),
    )


def _index_place(index):
    return INDEX_ORDER.find(str(index)), str(index)


def shown_arguments(quantity):
    """The arguments of a quantity that are printed in brackets after its symbol; none where an index stands below it."""
    definition = type(quantity).definition
    if any(is_index(parameter) for parameter in definition.parameters):
        return ()
    mapping = dict(zip(definition.parameters, quantity.args))
    shown = definition.parameters if definition.shown is None else definition.shown
    return tuple(substitute(argument, mapping) for argument in shown)


def _compact(body, variable):
    """What stands above the line in a derivative of a single letter: the letter. None for anything longer."""
    if isinstance(body, (Symbol, Indexed)):
        return body
    if isinstance(body, Quantity):
        shown, root = shown_arguments(body), getattr(variable, "base", variable)
        if not shown:
            return body
        if shown == (root,):
            return Symbol(type(body).definition.symbol)
    return None
