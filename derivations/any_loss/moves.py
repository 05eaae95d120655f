"""Moves: a rule with its arguments, where it acts, the reason, and the hypotheses that it needs. What proposes a move
knows the last line of a chain and the work at hand, and may be wrong: the chain is checked.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sympy import Abs, Basic, Derivative, Expr, Sum, Symbol, nan, zoo

from ..engine.derivation import Derivation
from ..engine.entries import Hypothesis
from ..engine.terms import BIG_OPERATORS, Quantity, RuleDoesNotApply, fresh, rewrite
from ..engine.vocabulary import Vocabulary
from .conditions import Conditions
from .known import Family


@dataclass(frozen=True)
class Proposal:
    """One step that may be taken."""

    rule: Callable
    arguments: tuple = ()
    because: str = ""
    using: tuple[Hypothesis, ...] = ()
    part: Expr | None = None

    def result(self, line: Expr) -> Expr | None:
        """The line that it makes; None where its rule refuses, or changes nothing."""
        try:
            if self.part is None:
                new = self.rule(line, *self.arguments)
            else:
                made = self.rule(self.part, *self.arguments)
                new = rewrite(line, lambda part: made if part == self.part else None, "{}", self.part)
        except RuleDoesNotApply:
            return None
        return None if new == line or new.has(zoo, nan, Abs) else new

    def after(self, chain: Derivation, more: tuple[Hypothesis, ...] = ()) -> Derivation:
        """A chain and this step."""
        using = tuple(dict.fromkeys(given for given in (*more, *self.using) if given not in chain.hypotheses))
        return chain.by(self.rule, *self.arguments, because=self.because, using=using, part=self.part)


def citing(fact: Hypothesis | Derivation, instance: Mapping[Expr, Expr]) -> tuple:
    """A fact, and what stands for its letters where that is something else: the arguments of a rule."""
    other = {old: new for old, new in instance.items() if old != new}
    return (fact, other) if other else (fact,)


@dataclass
class Work:
    """What belongs to one question: the vocabulary, what is known of signs and of softmax, the lemmas found so far."""

    vocabulary: Vocabulary
    conditions: Conditions
    id: str
    derive: Callable[[Expr, str, str], Derivation]
    families: dict[Symbol, Family] = field(default_factory=dict)
    given: tuple[Hypothesis, ...] = ()
    lemmas: dict[Basic, Derivation] = field(default_factory=dict)
    under_way: list[Basic] = field(default_factory=list)
    opened: dict[Quantity, Expr] = field(default_factory=dict)  # what a let names, and what it was unfolded into

    def spare(self, index: Symbol, size: Expr, taken: set) -> Symbol:
        """A letter that is not taken, in the place of an index: one that runs so far, or else one of no notation."""
        known = self.vocabulary.letters_to(size)
        return next((letter for letter in known if letter not in taken), None) or fresh(index, taken)


def parts(line: Expr, kind: type | tuple) -> Iterator[Expr]:
    """The parts of a kind, outermost first, each once; none inside an entry, a derivative's variables or a bound."""
    return (part for part in dict.fromkeys(_below(line)) if isinstance(part, kind))


def _below(part):
    yield part
    if isinstance(part, Derivative):
        yield from _below(part.expr)
    elif isinstance(part, BIG_OPERATORS):
        yield from _below(part.function)
    elif not (part.is_Atom or part.is_Indexed or part.func.__name__ == "KroneckerDelta"):
        for below in part.args:
            if isinstance(below, Expr) and not (isinstance(part, Quantity) and below.is_integer):
                yield from _below(below)


def derivatives_of(line: Expr, kind: type | tuple = Expr) -> list[Derivative]:
    """The derivatives in a line of expressions of a kind."""
    return [part for part in parts(line, Derivative) if isinstance(part.expr, kind)]


def sums_in(line: Expr) -> list[Sum]:
    return list(parts(line, Sum))


def bound_above(line: Expr, part: Expr) -> tuple[tuple[Symbol, Expr], ...]:
    """The indices of the sums and products in which a part stands, with how far they run."""
    operators = [whole for whole in parts(line, BIG_OPERATORS) if whole.has(part)]
    return tuple(dict.fromkeys((index, upper) for whole in operators for index, _, upper in whole.limits))
