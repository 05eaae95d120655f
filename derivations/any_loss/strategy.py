"""In which order the moves are tried: differentiate, work out the sums, tidy, until nothing is left to do.

The strategy is no part of what must be trusted. It makes ordinary derivations, and those are checked.
"""

from dataclasses import replace

from sympy import Derivative

from ..engine.derivation import Derivation, derive
from ..engine.terms import RuleDoesNotApply
from ..writing.typeset import plain
from .differentiate import DIFFERENTIATE
from .folding import named_again
from .moves import Work, derivatives_of
from .summing import SUMMATE
from .tidy import tidy

LONGEST_CHAIN = 120


class Refused(ValueError):
    """No derivation was found. The message says what stood in the way, how far it came, and what would help."""


def pursue(chain: Derivation, work: Work, more: tuple = (), moves: tuple = (*DIFFERENTIATE, *SUMMATE)) -> Derivation:
    """A chain taken as far as the moves go; `more` are hypotheses that its first step names too."""
    while len(chain.steps) < LONGEST_CHAIN:
        line = chain.result
        found = next(_moves(line, work, moves), None)
        if found is None:
            if left := derivatives_of(line):
                raise Refused(_stuck(left[0], chain))
            found = tidy(line, work) or named_again(line, work)
        if not found:
            return chain
        for move in found:
            chain = move.after(chain, more)
            more = ()
    raise Refused(f"no end was found after {LONGEST_CHAIN} steps; the last line is {plain(chain.result)}")


def settled(chain: Derivation, work: Work, more: tuple, moves: tuple) -> Derivation:
    """A chain taken as far as some moves go."""
    while len(chain.steps) < LONGEST_CHAIN and (found := next(_moves(chain.result, work, moves), None)):
        chain, more = found[0].after(chain, more), ()
    return chain


def _moves(line, work, moves):
    for propose in moves:
        work.conditions.used.clear()
        try:
            move = propose(line, work)
        except RuleDoesNotApply:
            continue
        if move is not None and move.result(line) is not None:
            yield (replace(move, using=(*work.conditions.used, *move.using)),)


def _stuck(derivative, chain):
    steps = len(chain.steps)
    after = f", which is left after {steps} step{'s' * (steps > 1)}" if steps else ""
    return (
        f"no rule differentiates {plain(derivative.expr)} by {plain(derivative.variables[0])}{after}. Give the part a "
        f"name with --let, or write it with exp, log, powers and sums"
    )


def chain_of(start: Derivative, work: Work, id: str, title: str, more: tuple = ()) -> Derivation:
    """The chain from a derivative to what a person would write."""
    return pursue(derive(id, title, start, notation=work.vocabulary), work, more)
