"""How a step of an equation is proved: down to where its rule acted, and there by the tactic of the rule."""

from functools import partial

from ..engine.derivation import Step
from ..engine.replay import rule_named
from .by_rule import tactic
from .descending import GENERAL, Facts, congruence
from .places import acted, path_to


def along(writer: Facts, step: Step) -> list:
    """The lines that a step passes on its way, each with its tactic: a citation at several instances is several."""
    rule, names = rule_named(step.rule), writer.theorem.names
    found, line = [], step.before
    for arguments in _one_by_one(step):
        if step.part is not None:
            below = acted(rule, arguments, step.part)
            place = path_to(line, step.part, below)
        else:
            place = acted(rule, arguments, line)
        if place is None:
            return [(step.expression, GENERAL)]
        leaf = partial(tactic, writer, step.rule, arguments)
        found.append((place.new, congruence(writer, place, names, leaf)))
        line = place.new
    return found


def _one_by_one(step):
    if step.rule == "cite" and len(step.arguments) > 2:
        return [(step.arguments[0], instance) for instance in step.arguments[1:]]
    return [step.arguments]
