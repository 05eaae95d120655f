"""The only place that writes LaTeX: expressions, statements and hypotheses, set as a person would set them; also as plain Unicode.

Positive terms stand before negative ones, numbers before symbols, labels before logarithms, sums and logarithms last in a product.
"""

from sympy import (
    Add,
    And,
    Contains,
    Derivative,
    Eq,
    Indexed,
    IndexedBase,
    Integer,
    Interval,
    KroneckerDelta,
    Mul,
    Number,
    Pow,
    Product,
    Range,
    S,
    StrictGreaterThan,
    StrictLessThan,
    Sum,
    Symbol,
    Tuple,
    exp,
    fraction,
    log,
)

from .derivation import is_index
from .terms import BIG_OPERATORS, Quantity, free_symbols, substitute

INDEX_ORDER = "ijrkml"
MUL_ORDER = (Number, Symbol, Indexed, Quantity, Pow, KroneckerDelta, Add, exp, Derivative, log, Sum, Product)
AFTER_FRACTION = (KroneckerDelta, Derivative, log, Sum, Product)
RELATIONS = {Eq: "=", StrictGreaterThan: ">", StrictLessThan: "<"}


class _Writer:
    """Walks an expression. The subclasses say how a fraction, an index, a bracket or a big operator looks."""

    def write(self, expression):
        for kind, method in KINDS:
            if isinstance(expression, kind):
                return method(self, expression)
        raise TypeError(f"there is no way to set a {type(expression).__name__}: {expression}")

    def _number(self, number):
        return str(number) if number.q == 1 else self.fraction(str(number.p), str(number.q))

    def _symbol(self, symbol):
        return self.letter(symbol.name)

    def _indexedbase(self, base):
        return self.letter(base.label.name)

    def _indexed(self, entry):
        return self.sub(self.write(entry.base), self.indices(entry.indices))

    def _tuple(self, pair):
        return self.bracket(", ".join(map(self.write, pair)))

    def _kroneckerdelta(self, delta):
        return self.sub(self.letter("δ"), self.indices(sorted(delta.args, key=_index_place)))

    def indices(self, indices):
        return "".join(map(self.write, indices))

    def _quantity(self, quantity):
        definition, arguments = type(quantity).definition, quantity.args
        name = self.letter(definition.symbol)
        trailing = [parameter for parameter in definition.parameters if is_index(parameter)]
        if trailing:
            rows = [index for argument in arguments if isinstance(argument, Indexed) for index in argument.indices]
            entries = arguments[len(definition.parameters) - len(trailing) :]
            return self.sub(name, self.indices([*rows, *entries])) if rows or entries else name
        shown = shown_arguments(quantity)
        return name + self.bracket(", ".join(map(self.write, shown))) if shown else name

    def _add(self, total):
        positive = sorted((term for term in total.args if not _negative(term)), key=_add_place)
        negative = sorted((term for term in total.args if _negative(term)), key=_add_place)
        if negative and isinstance(negative[0], Number):
            negative.append(negative.pop(0))
        text = " + ".join(map(self.write, positive))
        for term in negative:
            text += (" " + self.minus + " " if text else self.minus) + self._factors(Mul.make_args(-term))
        return text

    def _mul(self, product):
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

    def _pow(self, power):
        if _negative(power.exp):
            return self.fraction("1", self.write(1 / power))
        base = self.write(power.base)
        plain = isinstance(power.base, (Symbol, Indexed, Integer)) or isinstance(power.base, Quantity) and not shown_arguments(power.base)
        return self.sup(base if plain else self.bracket(base), self.write(power.exp))

    def _exp(self, power):
        return self.sup("e", self.write(power.args[0]))

    def _log(self, logarithm):
        argument = logarithm.args[0]
        text = self.write(argument)
        bare = isinstance(argument, (Symbol, Indexed, Quantity, Integer, *BIG_OPERATORS))
        return self.log + " " + text if bare else self.log + self.bracket(text)

    def _big_operator(self, expression):
        sign = "∑" if isinstance(expression, Sum) else "∏"
        operators = [self.big(sign, *map(self.write, limit)) for limit in reversed(expression.limits)]
        body = self.write(expression.function)
        return self.join([*operators, self.square(body) if isinstance(expression.function, Add) else body])

    def _derivative(self, derivative):
        body, variables = derivative.expr, derivative.variables
        only = len(set(variables)) == 1 and isinstance(variables[0], Symbol) and free_symbols(body) == {variables[0]}
        d, order = ("d" if only else self.partial), len(variables)
        top = self.sup(d, str(order)) if order > 1 else d
        below = [(self.write(variable), variables.count(variable)) for variable in dict.fromkeys(variables)]
        below = self.thin.join(self.differential(d, self.sup(text, str(count)) if count > 1 else text) for text, count in below)
        compact = _compact(body, variables[0])
        if compact is not None:
            return self.quotient(self.differential(top, self.write(compact)), below)
        text = self.write(body)
        return self.join([self.quotient(top, below), self.square(text) if isinstance(body, Add) else text])

    def _contains(self, statement):
        element, domain = statement.args
        text = self.write(element)
        if isinstance(domain, Interval) and domain.is_subset(Interval(0, 1)):
            low, high = ("<" if domain.left_open else "≤"), ("<" if domain.right_open else "≤")
            return f"0 {self.letter(low)} {text} {self.letter(high)} 1"
        if isinstance(domain, Range):
            return f"1 {self.letter('≤')} {text} {self.letter('≤')} {self.write(domain.stop - 1)}"
        return f"{text} {self.letter('∈')} {self.letter('ℝ' if domain == S.Reals else 'ℕ')}"

    def _and(self, statement):
        return ", ".join(map(self.write, sorted(statement.args, key=str)))

    def _relational(self, statement):
        return f"{self.write(statement.lhs)} {RELATIONS[statement.func]} {self.write(statement.rhs)}"


class _Latex(_Writer):
    letters = {
        "λ": r"\lambda",
        "Λ": r"\Lambda",
        "σ": r"\sigma",
        "ζ": r"\zeta",
        "δ": r"\delta",
        "ℓ": r"\ell",
        "ℒ": r"\mathcal{L}",
        "p̂": r"\hat{p}",
        "N₁": "N_1",
        "NLL": r"\mathrm{NLL}",
        "mean NLL": r"\overline{\mathrm{NLL}}",
        "≤": r"\le",
        "≥": r"\ge",
        "∈": r"\in",
        "ℝ": r"\mathbb{R}",
        "ℕ": r"\mathbb{N}",
    }
    minus, log, partial, thin = "-", r"\log", r"\partial", r" \, "
    tall = (r"\frac", r"\sum", r"\prod")

    def letter(self, name):
        return self.letters.get(name, name)

    def join(self, parts):
        return " ".join(parts)

    def sub(self, base, index):
        return f"{base}_{index}" if len(index) == 1 else f"{base}_{{{index}}}"

    def sup(self, base, exponent):
        return f"{base}^{exponent}" if len(exponent) == 1 else f"{base}^{{{exponent}}}"

    def fraction(self, top, bottom):
        return rf"\frac{{{top}}}{{{bottom}}}"

    def quotient(self, top, bottom):
        return self.fraction(top, bottom)

    def differential(self, d, variable):
        return d + variable if d[0] == "d" and variable[0] != "\\" else f"{d} {variable}"

    def bracket(self, text):
        if "(" in text and not any(sign in text for sign in self.tall):
            return rf"\bigl( {text} \bigr)"
        return rf"\left( {text} \right)" if any(sign in text for sign in self.tall) else f"({text})"

    def square(self, text):
        return rf"\left[ {text} \right]"

    def big(self, sign, index, lower, upper):
        return rf"\{'sum' if sign == '∑' else 'prod'}_{{{index}={lower}}}^{{{upper}}}"


class _Plain(_Writer):
    low = dict(zip("0123456789ijklmnr=", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙᵣ₌"))
    high = dict(zip("0123456789nK", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿᴷ"))
    minus, log, partial, thin = "−", "log", "∂", " "

    def letter(self, name):
        return name

    def join(self, parts):
        return " ".join(parts)

    def sub(self, base, index):
        return base + "".join(self.low.get(sign, sign) for sign in index)

    def sup(self, base, exponent):
        if all(sign in self.high for sign in exponent):
            return base + "".join(map(self.high.get, exponent))
        return f"{base}^({exponent})" if any(sign in exponent for sign in " (−") else f"{base}^{exponent}"

    def fraction(self, top, bottom):
        top = f"({top})" if " + " in _outside(top) or " − " in _outside(top) else top
        return f"{top}/({bottom})" if " " in _outside(bottom) or "/" in bottom else f"{top}/{bottom}"

    def quotient(self, top, bottom):
        return f"{top}/{bottom}" if top in "d∂" or " " not in bottom else f"{top}/({bottom})"

    def differential(self, d, variable):
        return d + variable

    def bracket(self, text):
        return f"({text})"

    def square(self, text):
        return f"[{text}]"

    def big(self, sign, index, lower, upper):
        return sign + "".join(self.low[s] for s in f"{index}={lower}") + self.sup("", upper)


def _outside(text):
    """The text without what stands in brackets."""
    depth, kept = 0, ""
    for sign in text:
        depth += sign in "(["
        kept += sign if not depth else ""
        depth -= sign in ")]"
    return kept


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


KINDS = (
    (Number, _Writer._number),
    (Symbol, _Writer._symbol),
    (IndexedBase, _Writer._indexedbase),
    (Indexed, _Writer._indexed),
    (Tuple, _Writer._tuple),
    (KroneckerDelta, _Writer._kroneckerdelta),
    (Quantity, _Writer._quantity),
    (Add, _Writer._add),
    (Mul, _Writer._mul),
    (exp, _Writer._exp),
    (Pow, _Writer._pow),
    (log, _Writer._log),
    (BIG_OPERATORS, _Writer._big_operator),
    (Derivative, _Writer._derivative),
    (Contains, _Writer._contains),
    (And, _Writer._and),
    (tuple(RELATIONS), _Writer._relational),
)


def latex(expression):
    """LaTeX of an expression or of the formula a hypothesis states."""
    return _Latex().write(expression)


def plain(expression):
    """The same in one line of Unicode."""
    return _Plain().write(expression)


def relation(sign, write=latex):
    """A relation, = or <= or >=."""
    sign = {"<=": "≤", ">=": "≥"}.get(sign, sign)
    return _Latex().letter(sign) if write is latex else sign


def statement(entry, write=latex):
    """What an entry says: its name, the relation, its result."""
    return f"{write(entry.name)} {relation(entry.relation, write)} {write(entry.result)}"


def latex_chain(entry):
    """A whole chain as one LaTeX ``aligned`` block."""
    lines = [f"{latex(entry.name)} &{relation(entry.relation)} {latex(entry.result)}"]
    if entry.steps:
        lines = [f"{latex(entry.name)} &= {latex(entry.start)}"] if entry.name != entry.start else []
        lines += [f"&{relation(step.relation)} {latex(step.expression)}" for step in entry.steps]
        if entry.name == entry.start:
            lines[0] = f"{latex(entry.start)} {lines[0]}"
    body = " \\\\\n  ".join(lines)
    return f"\\begin{{aligned}}\n  {body}\n\\end{{aligned}}"
