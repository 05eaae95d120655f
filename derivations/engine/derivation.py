"""Derivations: chains of steps from a starting expression to a result. A derivation is computed: nobody types a result.

An entry is derived when it is first read: ``derive(...).by(...)`` only notes what is asked for, and a rule that does
not apply says so when some step, or the result, is looked at.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from sympy import Basic, Expr

from .entries import Definition, Hypothesis
from .misuse import (
    at, found_instead, refuse_call, refuse_guarded, refuse_loose_keys, refuse_start, refuse_text,
    refuse_two_of_one_id, takes,
)  # fmt: skip
from .parts import changes
from .terms import RuleDoesNotApply, free_symbols, rewrite
from .vocabulary import Vocabulary


Given = Hypothesis | Iterable[Hypothesis]


@dataclass(frozen=True)
class Step:
    """One line of a chain: the line before it, its relation to that, the rule with its arguments and its law,
    and why it holds here.

    `using` are the hypotheses the step itself relies on, `inherited` those of the results it cites; `following` those
    among these that follow here from hypotheses named so far, as the cited result states them.
    """

    before: Expr
    relation: str
    rule: str
    law: str
    because: str
    expression: Expr
    arguments: tuple = field(default=(), hash=False)  # a mapping among them has no hash
    using: tuple = ()
    inherited: tuple = ()
    cites: tuple = ()
    following: tuple = ()
    part: Expr | None = None  # the rule was applied to this part of the line alone

    @property
    def implied(self):
        """What follows here, said of what the arguments put in its place: the checker confirms that at every point."""
        return tuple(given.at(self.arguments) for given in self.following)

    @cached_property
    def changes(self):
        """Which part became which: pairs of an old part of the line before and what stands in its place."""
        return changes(self.before, self.expression)


@dataclass(frozen=True)
class Move:
    """What one call of `Derivation.by` asked for: a step, as soon as the line before it is known."""

    id: str
    rule: Callable
    arguments: tuple
    because: str
    using: tuple
    following: tuple
    part: Expr | None = None

    def step(self, before, earlier):
        """The step. Refuses, naming the derivation and the step, if the rule does not apply."""
        arguments, following = self.arguments, self.following
        using = self.using + tuple(
            given for given in arguments if isinstance(given, Hypothesis) and given not in self.using
        )
        cites = tuple(source for source in arguments if isinstance(source, (Definition, Derivation)))
        name = self.rule.__name__
        place = f"{self.id}, step {len(earlier) + 1} ({name})"
        expression = self._made(before, cites, place)
        if expression == before:
            raise RuleDoesNotApply(f"{place}: the rule changed nothing in {before}")
        inherited = _inherited(cites, arguments, using, following, free_symbols(before) | free_symbols(expression))
        relation = getattr(self.rule, "relation", "=")
        if {"<=", ">="} <= {relation, *(step.relation for step in earlier)}:
            raise RuleDoesNotApply(f"{place}: <= and >= in one chain say nothing about its ends")
        return Step(
            before,
            relation,
            name,
            law_of(self.rule),
            self.because,
            expression,
            arguments,
            using,
            inherited,
            cites,
            following,
            self.part,
        )

    def _made(self, before, cites, place):
        """The new line. Whatever the rule says, it is said with the place."""
        try:
            refuse_call(self.rule, self.arguments)
            refuse_loose_keys(self.arguments)
            expression = self._applied(before)
            refuse_two_of_one_id(before, expression, sources=cites)
        except ValueError as error:  # a rule that does not apply is one too
            raise RuleDoesNotApply(f"{place}: {error}") from error
        except (StopIteration, RecursionError) as error:
            raise RuleDoesNotApply(f"{place}: expected smaller expressions, or fewer names, found {error!r}") from error
        except (TypeError, AttributeError, LookupError) as error:  # called wrongly, or a rule that is wrong
            given = f"expected {takes(self.rule)}, found {found_instead(self.arguments)}"
            raise RuleDoesNotApply(f"{place}: {given}: {type(error).__name__}: {error}") from error
        return expression

    def _applied(self, before):
        if self.part is None:
            return self.rule(before, *self.arguments)
        refuse_guarded(self.rule, self.arguments, self.part)
        new = self.rule(self.part, *self.arguments)
        return rewrite(before, lambda part: new if part == self.part else None, "the part {}", self.part)


def _inherited(cites, arguments, using, following, free):
    """The hypotheses of cited results, about what the arguments put in place of their symbols.

    Those are left out that the step names itself or says to follow, and the ranges of indices that it replaces, or that
    are not free in its lines: whatever binds an index says how far it runs.
    """
    named = [given.statement for given in using if given.statement is not None]
    needed = [given for source in cites for given in source.hypotheses if given not in following]
    placed = [given.at(arguments) for given in needed if not given.about(arguments) and not given.is_range_beyond(free)]
    return tuple(given for given in placed if given not in using and given.statement not in named)


@cache
def law_of(rule: Callable) -> str:
    """The law of a rule, as its docstring says it: a paragraph a line."""
    if not rule.__doc__:
        raise RuleDoesNotApply(f"{rule.__name__} is no rule: it has no docstring that states its law")
    paragraphs = inspect.cleandoc(rule.__doc__).split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


class Chain(Sequence):
    """The steps of a derivation, each made when the chain is first read."""

    def __init__(self, start, earlier, move):
        self._start, self._earlier, self._move, self._steps = start, earlier, move, None

    @property
    def made(self):
        waiting = [self]
        while isinstance(waiting[-1]._earlier, Chain) and waiting[-1]._earlier._steps is None:
            waiting.append(waiting[-1]._earlier)
        for chain in reversed(waiting):  # what one chain has made, another that goes on from it has too
            if chain._steps is None:
                earlier = tuple(chain._earlier)
                before = earlier[-1].expression if earlier else chain._start
                chain._steps = (*earlier, chain._move.step(before, earlier))
        return self._steps

    def __len__(self):
        return len(self._earlier) + 1

    def __getitem__(self, place):
        return self.made[place]

    def __iter__(self):
        return iter(self.made)

    def __eq__(self, other):
        return self is other or (isinstance(other, Sequence) and tuple(self) == tuple(other))

    def __hash__(self):
        return hash(self.made)


@dataclass(frozen=True)
class Derivation:
    """A chain from a starting expression to a result. Frozen: `by` gives a new derivation with one more step.

    `named` is the definition whose body is the starting expression, where the derivation computes a named quantity.
    `notation` says what its symbols mean and where they live; None: what the catalogue says.
    """

    id: str
    title: str
    start: Expr
    named: Definition | None = None
    steps: Sequence[Step] = ()
    notation: Vocabulary | None = field(default=None, compare=False)

    kind = "derivation"

    def __call__(self, *arguments):
        if self.named is None:
            raise TypeError(
                f"{self.id} computes no named quantity, so it cannot be called; use {self.id.split('.')[1]}.result"
            )
        return self.named(*arguments)

    @property
    def name(self) -> Expr:
        """The left-hand side of the statement: the named quantity, or the starting expression."""
        return self.start if self.named is None else self.named.name

    @property
    def result(self) -> Expr:
        """What the chain ends in."""
        return self.steps[-1].expression if self.steps else self.start

    @property
    def lines(self) -> tuple[Expr, ...]:
        """The expressions of the chain, from the start to the result."""
        return self.start, *(step.expression for step in self.steps)

    @property
    def relation(self) -> str:
        """The relation of the name to the result: an equality, unless some step is an inequality."""
        return next((step.relation for step in self.steps if step.relation != "="), "=")

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """Every hypothesis that some step uses, its own or through a result it cites, in order of first use."""
        used = [hypothesis for step in self.steps for hypothesis in step.using + step.inherited]
        return tuple(dict.fromkeys(used))

    def renamed(self, id: str, title: str) -> "Derivation":
        """The same chain under another id, to be taken further."""
        return replace(self, id=id, title=title)

    def first(self, steps: int) -> "Derivation":
        """The chain up to and with that many steps."""
        if not isinstance(steps, int) or not 1 <= steps <= len(self.steps):
            raise ValueError(f"{self.id}: expected a number of steps from 1 to {len(self.steps)}, found {steps!r}")
        return self if steps == len(self.steps) else replace(self, steps=tuple(self.steps[:steps]))

    def by(
        self, rule: Callable, *arguments: object, because: str, using: Given = (), implied: Given = (),
        part: Expr | None = None,
    ) -> "Derivation":
        """One more step: `rule` applied to the last expression, or to a `part` of it wherever that stands, when the
        chain is first read.

        A step that does not apply refuses then.
        """
        place = f"{self.id}, step {len(self.steps) + 1} ({getattr(rule, '__name__', rule)})"
        if not callable(rule):
            raise ValueError(f"{place}: expected a rule, which is a function, found {rule!r}")
        using, implied = (
            tuple(given) if isinstance(given, (tuple, list)) else (given,) for given in (using, implied)
        )
        for given in using + implied:
            if not isinstance(given, Hypothesis):
                raise ValueError(f"{place}: expected hypotheses, found {given!r}")
        with at(place):
            refuse_text(reason=because)
        return replace(
            self, steps=Chain(self.start, self.steps, Move(self.id, rule, arguments, because, using, implied, part))
        )


def derive(
    id: str,
    title: str,
    start: Expr,
    symbol: str | None = None,
    parameters: Iterable[Basic] = (),
    shown: tuple | None = None,
    notation: Vocabulary | None = None,
) -> Derivation:
    """Begin a derivation at `start`.

    With a `symbol`, the starting expression gets that name and may be used in later chapters.
    """
    with at(id):
        refuse_text(id=id, title=title)
        refuse_start(start)
    named = None if symbol is None else Definition(id, title, symbol, tuple(parameters), start, shown=shown)
    return Derivation(id, title, start, named, notation=notation)
