"""What the docstring of a module says, and the arguments of its function."""

import textwrap
from dataclasses import dataclass, replace

from sympy import Contains, Expr, FiniteSet, Interval, Range, S, log
from sympy.sets import Set

from ..engine.derivation import Derivation
from ..engine.entries import Definition, Hypothesis
from ..engine.terms import Quantity
from ..engine.vocabulary import Vocabulary, is_polynomial, key_of
from ..writing.typeset import plain, statement
from .marks import Kept
from .matching import indices_within
from .nodes import Axis

LINE_WIDTH = 100
FROM_0 = "a whole number from 0 to"


@dataclass(frozen=True)
class Argument:
    """One argument: its name, the letters of the sizes of its axes, what it means and where it lives."""

    name: str
    sizes: tuple[str, ...]
    meaning: str
    domain: Set
    is_label: bool
    has_limits: bool = False  # whether it may be at an end that its notation leaves out

    @property
    def is_whole(self) -> bool:
        return isinstance(self.domain, Range)

    @property
    def lives(self) -> str:
        """Its domain in words; whole numbers that choose something are counted from 0."""
        if self.is_whole:
            return f"{FROM_0} {self.domain.stop - 1} - 1"
        if isinstance(self.domain, FiniteSet):
            return " or ".join(map(str, self.domain.args))
        if not isinstance(self.domain, Interval):
            return "a number"
        low, high = self.domain.start, self.domain.end
        ends = [f"{'above' if self.domain.left_open else 'at least'} {low}" if low != -S.Infinity else "",
                f"{'below' if self.domain.right_open else 'at most'} {high}" if high != S.Infinity else ""]  # fmt: skip
        limit = " (at an end, what is given is the limit)" if self.has_limits else ""
        return f"a number {' and '.join(end for end in ends if end)}{limit}" if any(ends) else "a number"


def described_argument(
    name: str, root: Expr, sizes: tuple[str, ...], vocabulary: Vocabulary, hypotheses: tuple
) -> Argument:
    """What the notation says of an argument; a hypothesis may say that only a few values are meant."""
    entries = [one for one in vocabulary.by_root.get(root, ()) if key_of(one.symbol)[1] == len(sizes)]
    fitting = [one for one in entries if sizes == _sizes(one.symbol, vocabulary)] or entries
    if not fitting:
        return Argument(name, sizes, "", S.Reals, False)
    one = fitting[0]
    domain = one.domain if isinstance(one.domain, Interval | Range) else S.Reals
    said = [given.statement.args for given in hypotheses if isinstance(given.statement, Contains)]
    few = [values for what, values in said if isinstance(values, FiniteSet) and key_of(what) == key_of(one.symbol)]
    domain = few[0] if few else domain
    return Argument(name, sizes, one.meaning, domain, one.is_label)


def with_ends(one: Argument, root: Expr, expressions: list[Expr]) -> Argument:
    """An argument that may also be at the ends that its domain leaves out, if all expressions are polynomials in it:
    their values there are their limits.
    """
    if not all(is_polynomial(expression, root, (Kept,)) for expression in expressions):
        return one
    return replace(one, domain=Interval(one.domain.start, one.domain.end), has_limits=True)


def _sizes(symbol, vocabulary):
    return tuple(str(vocabulary.size_of.get(index)) for index in getattr(symbol, "indices", ()))


def docstring(entry: Definition | Derivation, hypotheses: tuple[Hypothesis, ...], arguments: list[Argument],
              axes: tuple[Axis, ...], sizes: dict[str, str], forms: list[str], notes: list[str]) -> str:  # fmt: skip
    """Formula, id, shapes, units, hypotheses and source."""
    formula = statement(entry, plain) if entry.steps or entry.name != entry.result else plain(entry.result)
    blocks = [[f"{entry.id}: {entry.title}"], [f"    {formula}"]]
    if where := _named(entry):
        typed = f"{entry.id.partition('.')[0]}." if getattr(entry, "notation", None) else None
        said = ["as typed" if typed and one.id.startswith(typed) else one.id for one in where]
        lines = [f"{plain(one.name)} = {plain(one.body)} ({id})" for one, id in zip(where, said)]
        blocks.append(["Where", *map(_line, lines)])
    blocks.append(["Arguments:"])
    blocks[-1] += [_line(f"{one.name} ({', '.join(['...', *one.sizes])}): {_meaning(one)}") for one in arguments]
    blocks[-1] += [_line(f"{name}: {meaning}") for name, meaning in sizes.items()]
    said = f"Returns an array of the shape ({', '.join(['...', *(axis.size for axis in axes)])})"
    *others, last = [axis.letter for axis in axes] or [""]
    said += f", of which the last axes are {', '.join(others)} and {last}." if others else "."
    blocks.append([_paragraph(f"{said} The leading axes, the dots, are a batch: they fit together as NumPy's do.")])
    if any(formula.has(log) for formula in (entry.name, entry.result, *(one.body for one in where))):
        blocks.append(["Logarithms are natural: what they measure is in nats."])
    if hypotheses:
        blocks.append(["Holds if", *(_line(one.words) for one in hypotheses)])
    blocks += [[_paragraph(note)] for note in notes]
    if forms:
        blocks.append([_paragraph(f"Computed in forms that keep their digits; each is derived: {', '.join(forms)}.")])
    else:
        blocks.append([_paragraph("Computed as the formula stands.")])
    typed = "derived from a loss that was typed, by" if getattr(entry, "notation", None) else f"{entry.id} of"
    blocks.append([_paragraph(f'Source: {typed} "From likelihood to cross-entropy".')])
    return "\n\n".join("\n".join(block) for block in blocks)


def _named(entry):
    """The definitions of what its statement names, and of what these name, as they come."""
    found, waiting = {}, [entry.body] if isinstance(entry, Definition) else [entry.name, entry.result]
    while waiting:
        formula = waiting.pop(0)
        said, named = plain(formula), {plain(part): part for part in formula.atoms(Quantity)}
        # Of two that begin at one place, as ρᵤₖ and ρᵤ do, the longer is what stands there.
        named = [named[text] for text in sorted(named, key=lambda text: (said.find(text), -len(text), text))]
        new = [one for one in (type(part).definition for part in named) if one.id not in {entry.id, *found}]
        found |= {one.id: one for one in new}
        waiting += [one.body for one in new]
    return [one for one in found.values() if plain(one.name) != plain(one.body)]


def _meaning(one):
    return "; ".join(part for part in (one.meaning, one.lives) if part)


def _line(text):
    return textwrap.fill(text, LINE_WIDTH, initial_indent="    ", subsequent_indent="        ")


def _paragraph(text):
    return textwrap.fill(text, LINE_WIDTH)


def chosen_by_arguments(entry: Definition | Derivation, expression: Expr, single: Expr) -> list:
    """The free indices of an expression that are axes of the result, in the order in which its name has them.

    The class of a single observation is an argument. Of a loss that was typed, so is every index that is not one of
    the variable.
    """
    free = [one for one in indices_within(expression) if one != single]
    name = entry.name if not getattr(entry, "start", None) else entry.start
    order = [symbol for part in _preorder(name) for symbol in ((part,) if part in free else ())]
    variables = getattr(name, "variables", ())
    own = {symbol for variable in variables for symbol in getattr(variable, "indices", ())}
    if getattr(entry, "notation", None) is not None and own:
        free = [one for one in free if one in own]
    order = [one for variable in variables for one in getattr(variable, "indices", ())] + order
    return [one for one in dict.fromkeys(order + free) if one in free]


def _preorder(expression):
    yield expression
    for part in expression.args:
        yield from _preorder(part)
