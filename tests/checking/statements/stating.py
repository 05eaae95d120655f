"""What a false statement is, and how it is written down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mpmath import mp, mpf
from sympy import Derivative, IndexedBase, Integral, sympify

from derivations.engine.derivation import derive
from derivations.engine.entries import Hypothesis
from derivations.notation import K, M, NOTATION, SIZES, d, n

from .plain import DIGITS, NoValue, holds, lies_in, number


@dataclass(frozen=True)
class Statement:
    """What a chain claims: `start` stands in `relation` to `end`, wherever the hypotheses hold.

    `build` makes the chain. `values` are numbers at which it is false: sizes, symbols and vectors (tuples, from 1 on);
    None where the hypotheses hold nowhere, or a side has a value nowhere, so that nothing can be compared.
    """

    kind: str
    name: str
    build: Callable
    start: Any
    relation: str
    end: Any
    hypotheses: tuple
    values: dict | None = field(hash=False)

    def __str__(self):
        return f"{self.kind}: {self.name}"


def line(name, start, end, values, *hypotheses, relation="="):
    """A statement of one line, made by a rule that somebody invents for it."""

    def claimed(expression):
        """Whatever the author says."""
        return sympify(end)

    claimed.relation = relation

    def build():
        return derive("test.false", name, sympify(start)).by(claimed, because="somebody says so", using=hypotheses)

    return name, build, sympify(start), relation, sympify(end), hypotheses, values


def chain(name, build, start, end, values, *hypotheses, relation="="):
    """A statement that shipped rules give, or refuse to give; `build` takes ``start`` on by them."""
    start = sympify(start)
    return name, lambda: build(derive("test.false", name, start)), start, relation, sympify(end), hypotheses, values


def kind(title, *statements):
    """Statements that go wrong in the same way."""
    return [Statement(title, *statement) for statement in statements]


def hypothesis(words, statement, witness=None):
    """A hypothesis whose name is what it says."""
    return Hypothesis(words, words, statement, *([] if witness is None else [witness]))


def at(values):
    """The numbers of a statement as `plain` takes them: those left out are 1 for n, d and M, and 2 for K."""
    sizes = {n: 1, K: 2, d: 1, M: 1} | {symbol: value for symbol, value in values.items() if symbol in SIZES}
    with mp.workdps(DIGITS):
        found = {symbol: _vector(value) if isinstance(symbol, IndexedBase) else _real(value)
                 for symbol, value in (values | sizes).items()}
    return found, sizes


def _real(value):
    value = sympify(value)
    return mpf(int(value.p)) / int(value.q) if value.is_Rational else mp.mpmathify(value.evalf(DIGITS))


def _vector(cells):
    table = {cell: _real(value) for cell, value in _cells(cells)}

    def entry(cell):
        if cell not in table:
            raise NoValue(f"no entry {cell}")
        return table[cell]

    return entry


def _cells(cells, before=()):
    if isinstance(cells, dict):  # a letter with one index and with two
        yield from cells.items()
        return
    for place, value in enumerate(cells, start=1):
        if isinstance(value, tuple):
            yield from _cells(value, (*before, place))
        else:
            yield (*before, place), value


def false_at(statement):
    """How a statement fails at its values, in words; empty if it holds there."""
    return _fails(statement.start, statement.relation, statement.end, at(statement.values)[0])


def _fails(start, relation, end, point):
    sides = []
    for side in (start, end):
        try:
            sides.append(number(side, point))
        except NoValue as error:
            return f"{side} has no value: {error}"
    left, right = sides
    with mp.workdps(DIGITS):
        rough = any(side.has(Derivative, Integral) for side in (start, end))
        if abs(left - right) < (mpf(10) ** -25 if rough else mpf(10) ** -300 * max(abs(left), abs(right), 1)):
            return f"{left} is not {relation} itself" if relation in "<>" else ""
        if relation == "=" or (left > right if "<" in relation else left < right):
            return f"{mp.nstr(left, 8)} is not {relation} {mp.nstr(right, 8)}"
    return ""


def unmet(statement):
    """The hypotheses that do not hold at the values of a statement."""
    return _unmet(statement.hypotheses, *at(statement.values))


def _unmet(hypotheses, point, sizes):
    return [h.words for h in hypotheses if h.statement is not None and not holds(h.statement, point, sizes)]


def outside(statement):
    """The values that are not where the notation says that they live, in words."""
    found = []
    for entry in NOTATION:
        root, depth = getattr(entry.symbol, "base", entry.symbol), len(getattr(entry.symbol, "indices", ()))
        value = statement.values.get(root)
        if value is None or root.is_integer or str(root) == "a":  # the weights a are said to be any not negative
            continue
        cells = dict(_cells(value)) if depth else {(): value}
        found += [f"{root}{cell} = {one}" for cell, one in cells.items()
                  if len(cell) == depth and not lies_in(_real(one), entry.domain)]
    return found


def made(statement):
    """The chain, with all its lines; what it was refused with, if it is refused with a message."""
    try:
        derivation = statement.build()
        derivation.lines
    except (ValueError, TypeError) as error:
        assert str(error).strip(), f"{statement} is refused without a word"
        return None, error
    return derivation, None


def false_step(statement, derivation):
    """The number of the first step of a chain that fails at the values, with all that is named up to it met; or None.

    None if the rules made something true of it: another line, or a hypothesis that a citation brings along.
    """
    if statement.values is None:
        return 1
    (point, sizes), named = at(statement.values), ()
    for place, step in enumerate(derivation.steps, start=1):
        named += step.using + step.inherited
        if not _unmet(named, point, sizes) and _fails(step.before, step.relation, step.expression, point):
            return place
    return None
