"""What the checks find of an entry, made once and kept on record."""

from ..engine.derivation import Derivation
from ..engine.entries import Hypothesis
from . import check as checking
from . import counterexamples, dropped, exact
from .records import kept


def checked(entry) -> checking.Check:
    """The check of a derivation or counterexample, made once."""
    check = checking.check if isinstance(entry, Derivation) else counterexamples.confirm
    return checking.Check(**_with_tuples(kept("check", entry, lambda: vars(check(entry)))))


def decided(entry: Derivation) -> exact.Decision:
    """The exact decision of a derivation, made once."""
    found = kept("exact", entry, lambda: vars(exact.decide(entry, outcome=checked(entry).outcome)))
    return exact.Decision(**_with_tuples(found))


def broken(entry: Derivation, hypothesis: Hypothesis) -> counterexamples.Failure | None:
    """What breaks without a hypothesis, looked for once for all hypotheses of the derivation."""
    place = entry.hypotheses.index(hypothesis)
    return dropped.failure_from(entry, kept("without", entry, lambda: _failures(entry))[place])


def _failures(entry):
    return [
        dropped.plain_failure(dropped.without(entry, hypothesis)) for hypothesis in entry.hypotheses
    ]


def _with_tuples(found: dict) -> dict:
    return {name: _tuple(value) if isinstance(value, list) else value for name, value in found.items()}


def _tuple(values):
    return tuple(_tuple(value) if isinstance(value, list) else value for value in values)
