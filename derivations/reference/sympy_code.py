"""A result as a program for SymPy alone: symbols, the two sides, and the statement. It runs as it stands.

The sides are made from the tree of the result, with every quantity unfolded into its definition.
"""

import sympy
from sympy import Add, Derivative, Indexed, IndexedBase, Mul, Pow, Product, Sum, cos, exp
from sympy import log, sin, sympify
from sympy.logic.boolalg import Boolean
from sympy.printing.str import StrPrinter

from ..catalogue import Entry, has_result
from ..engine.entries import Convention, Counterexample, Theorem
from ..engine.nodes import Rounded, is_size
from ..engine.terms import free_symbols
from ..proving.meant import without_names
from ..writing.typeset import plain, values_said

RELATION_NAMES = {"=": "Eq", "<=": "Le", ">=": "Ge"}
OF_STATEMENTS = {getattr(sympy, name): name for name in ("Eq", "Ne", "Le", "Ge", "Lt", "Gt", "And", "Or", "Implies",
                                                  "Equivalent", "Contains")}  # fmt: skip
# SymPy evaluates these when the program runs, so they are printed as it has them then.
EVALUATED_BY_SYMPY = (Add, Mul, Pow, exp, log, sin, cos, Sum, Product, Derivative)
TOLD_OF_SYMBOLS = "integer", "positive", "real"
FALSE_CLAIM = "# This claim is false."
SIZE_SHOWN, INDEX_SHOWN = 3, 2  # numbers for an example
ONLY_THE_NAME = "  # only the name: what it stands for is rhs"
# A false claim ends in these lines: where it fails, its sides there, and whether it holds. That is seen by the
# difference, as SymPy need not see that two exact numbers are one; what is 0 but for the digits left out becomes 0.
SIDES_THERE = "lhs, rhs = (side{} for side in statement.args)"
ROUNDED_THERE = """# fl(...) is rounded by Python, whose float is binary64; what is too large for it is infinite.
lhs, rhs = ({} for side in (lhs, rhs))"""
IN_THE_LIMIT = """# 0 log 0 is 0, which SymPy knows as a limit only.
lhs, rhs = ({} for side in (lhs, rhs))"""
NO_VALUE = """# What has no value, as the logarithm of 0, is zoo for SymPy.
left, right = ("no value" if side == {} else {} for side in (lhs, rhs))"""
HOLDS_THERE = "# Its two sides there, and whether it holds of them.\nprint({}, statement.rel_op, {}, 'is', {})"
SAID_OF_ROUNDED = "  # the nearest number of binary64"


class NotHeld(ValueError):
    """SymPy has nothing that says this, or would make something else of it."""


def sympy_code(entry: Entry) -> str:
    """The program. It makes `statement`, and of a definition or a derivation its sides, `lhs` and `rhs`.

    NotHeld for a theorem in words, and for what SymPy would evaluate to something else, as 0 log 0.
    """
    printer = _Printer()
    lines = _sides(entry, printer) if has_result(entry) else _claims(entry, printer)
    declared = printer.declared()
    head = [f"# {entry.id}: {entry.title}", f"from sympy import {', '.join(sorted(printer.imported))}"]
    return "\n".join([*head, "", *declared, "", *lines]) + "\n"


def _sides(entry, printer):
    right = printer.doprint(_prepared(entry.result))
    left = printer.call("Symbol", repr(plain(entry.name))) + ONLY_THE_NAME
    if entry.kind == "derivation":
        left = printer.doprint(_prepared(entry.name))
    whole = printer.call(RELATION_NAMES[entry.relation], "lhs", "rhs", "evaluate=False")
    return [f"lhs = {left}", f"rhs = {right}", f"statement = {whole}", *_in_numbers(entry.result, printer)]


def _in_numbers(result, printer):
    """How numbers are put in, where that takes two calls or more: an entry such as z[2] is there only once its index
    has a number, and the sum is written out; z[c[1]] becomes one with c[1]. SymPy passes over what is not there.
    """
    free = [one for one in free_symbols(_prepared(result)) if one in printer.names]
    vectors = [one for one in free if isinstance(one, IndexedBase)]
    calls = [one for one in vectors if one.label.is_integer], [one for one in vectors if not one.label.is_integer]
    calls = [sorted(printer.names[one] for one in call) for call in calls if call]
    whole = {printer.names[one]: SIZE_SHOWN if is_size(one) else INDEX_SHOWN for one in free
             if one.is_integer and not isinstance(one, IndexedBase)}  # fmt: skip
    if not (whole and vectors):
        return []
    given = ", ".join(f"{name}: {number}" for name, number in sorted(whole.items()))
    then = ", then another .subs for the entries of ".join(["", *(" and ".join(call) for call in calls)])
    return ["", f"# In numbers: rhs.subs({{{given}}}).doit() first{then}"]


def _claims(entry, printer):
    said = {
        Convention: lambda: entry.statements,
        Counterexample: lambda: (entry.claim,),
        Theorem: lambda: (entry.formula,),
    }[type(entry)]()
    if None in said:
        raise NotHeld(f"{entry.id} is stated in words")
    written = [printer.doprint(_prepared(one)) for one in said]
    whole = written[0] if len(written) == 1 else printer.call("And", *written, "evaluate=False")
    if isinstance(entry, Counterexample):
        return [FALSE_CLAIM, f"statement = {whole}", *_where_it_fails(entry, printer)]
    return [f"statement = {whole}"]


def _where_it_fails(entry, printer):
    """The values of a false claim put in: sizes and indices first, so that sums are written out and each entry is there
    to get its number.
    """
    whole, others = {}, {}
    for root, given in entry.values.items():
        if root in printer.names:  # others only say what is true there
            into = whole if root.is_integer else others
            into |= {printer.doprint(place): printer.doprint(sympify(one)) for place, one in _places(root, given)}
    in_logs = _in_logs(entry, printer)
    small = [place for place, one in others.items() if one == "0" and place.partition("[")[0] in in_logs]
    others |= dict.fromkeys(small, "zero")
    said = [f"# It fails at {values_said(entry, plain)}."] * bool(entry.values)
    said += [f"{name} = {{{', '.join(f'{place}: {one}' for place, one in numbers.items())}}}"
             for name, numbers in (("sizes", whole), ("numbers", others)) if numbers]  # fmt: skip
    put_in = f"{'.subs(sizes)' * bool(whole)}.doit(){'.subs(numbers).doit()' * bool(others)}"
    said = [f"zero = {printer.call('Symbol', repr('zero'), 'positive=True')}"] * bool(small) + said
    lines = ["", *said, SIDES_THERE.format(put_in)]
    if small:
        lines.append(IN_THE_LIMIT.format(printer.call("limit", "side", "zero", "0")))
    if Rounded in printer.names:
        rounded = printer.call("sympify", f"float({printer.call('N', 'one', '40')})")
        lines.append(ROUNDED_THERE.format(f"side.replace(fl, lambda one: {rounded})"))
    left, right, between, side = (printer.call("N", *told) for told in (
        ["lhs", "chop=1e-100"], ["rhs", "chop=1e-100"], ["lhs - rhs", "30", "chop=True"], ["side", "chop=1e-100"])
    )  # fmt: skip
    if Rounded in printer.names and _prepared(entry.claim).has(log):  # what is rounded may become 0
        printer.imported.add("zoo")
        lines.append(NO_VALUE.format("zoo", side))
        left, right = "left", "right"
    return [*lines, HOLDS_THERE.format(left, right, f"statement.func({between}, 0)")]


def _in_logs(entry, printer):
    """The names of what stands in a logarithm, and not in an exponential there: it may be the logarithm of 0."""
    logs = _prepared(entry.claim).atoms(log)
    bare = [one.args[0].replace(exp, lambda _: sympy.S.One) for one in logs]
    return {printer.names[root] for one in bare for root in free_symbols(one) if root in printer.names}


def _places(root, given, indices=()):
    """Each entry of a vector or a matrix with its value; a symbol with its own."""
    if isinstance(given, tuple | sympy.Tuple):
        return [found for place, one in enumerate(given, 1) for found in _places(root, one, (*indices, place))]
    return [(root[indices] if indices else root, given)]


def _prepared(expression):
    """What is printed of an expression: every quantity unfolded, and what SymPy evaluates evaluated."""
    found = _evaluated(without_names(expression))
    if found.has(sympy.nan, sympy.zoo):
        raise NotHeld(f"SymPy evaluates {expression} to nothing")
    return found


def _evaluated(expression):
    if isinstance(expression, Indexed | IndexedBase) or not expression.args:
        return expression
    args = tuple(map(_evaluated, expression.args))
    if isinstance(expression, EVALUATED_BY_SYMPY):
        return expression.func(*args)
    if args == expression.args:
        return expression
    return expression.func(*args, evaluate=False) if isinstance(expression, Boolean) else expression.func(*args)


class _Printer(StrPrinter):
    """Writes expressions as Python, and keeps what they need: what is imported and which symbols are declared."""

    printmethod = "none of its own"  # a vector would print itself as a symbol

    def __init__(self):
        super().__init__({"order": "none"})
        self.imported, self.names = set(), {}

    def call(self, name, *arguments):
        """A call of something of SymPy."""
        self.imported.add(name)
        return f"{name}({', '.join(arguments)})"

    def declared(self):
        """The lines that declare the symbols, one for each name."""
        return [f"{name} = {self._declaration(symbol)}" for symbol, name in sorted(
            self.names.items(), key=lambda pair: pair[1].casefold())]  # fmt: skip

    def _declaration(self, symbol):
        if symbol is Rounded:
            return self.call("Function", "'fl'") + SAID_OF_ROUNDED
        label = symbol.label if isinstance(symbol, IndexedBase) else symbol
        assumed = [f"{name}=True" for name in TOLD_OF_SYMBOLS if getattr(label, f"is_{name}")]
        assumed = assumed[:-1] if "integer=True" in assumed else assumed  # those are real
        return self.call("Symbol" if symbol is label else "IndexedBase", repr(label.name), *assumed)

    def name(self, symbol):
        """The name of a symbol or a vector in the program. Two that are written alike are told apart."""
        written = symbol.label.name if isinstance(symbol, IndexedBase) else symbol.name
        taken = set(self.names.values()) | set(vars(sympy))
        while symbol not in self.names:
            if written not in taken:
                self.names[symbol] = written
            written += "_"
        return self.names[symbol]

    _print_Symbol = _print_IndexedBase = _print_Size = name

    def _print_Indexed(self, entry):
        return f"{self.name(entry.base)}[{', '.join(map(self._print, entry.indices))}]"

    def _called(self, expression):
        return self.call(type(expression).__name__, *map(self._print, expression.args))

    _print_Sum = _print_Product = _print_Integral = _print_KroneckerDelta = _called
    _print_Max = _print_factorial = _print_FiniteSet = _print_Range = _print_Function = _print_log = _called

    def _print_Derivative(self, derivative):
        return self.call("Derivative", *map(self._print, (derivative.expr, *derivative.variables)))

    def _print_Interval(self, interval):
        ends = interval.left_open, interval.right_open
        return self.call("Interval", *map(self._print, interval.args[:2]), *(map(str, ends) if any(ends) else ()))

    def _print_Indicator(self, indicator):
        return self.call("Heaviside", self._print(indicator.args[0]), "0")

    def _print_Rounded(self, rounded):
        self.names[Rounded] = "fl"
        return f"fl({self._print(rounded.args[0])})"

    def _print_Rational(self, number):
        return self.call("Rational", str(number.p), str(number.q))

    def _print_Pow(self, power, rational=False):
        if abs(power.exp) == sympy.S.Half:
            self.imported.add("sqrt")
        return super()._print_Pow(power, rational)

    def _constant(self, constant):
        name = str(constant)
        self.imported.add(name.removeprefix("-"))
        return name

    _print_Exp1 = _print_Pi = _print_Infinity = _print_NegativeInfinity = _print_Reals = _print_Integers = _constant

    def _stated(self, statement):
        return self.call(OF_STATEMENTS[type(statement)], *map(self._print, statement.args), "evaluate=False")

    _print_Relational = _print_And = _print_Or = _print_Implies = _print_Equivalent = _print_Contains = _stated
