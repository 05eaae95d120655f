"""What each rule must do, as cases that run without pytest: the examples, refusals and guards of tests/engine, and its
laws drawn from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from drawn import at, beside, values
from test_guards import GUARDS
from test_laws import OTHERWISE, _failing, broken_law, of_form
from test_rules import APPLIED, REFUSED

from derivations.engine.terms import RuleDoesNotApply


@dataclass(frozen=True)
class Case:
    """Something that holds of the right rule; what takes long is tried last."""

    holds: Callable[[], bool]
    late: bool = False


def refuses(rule, expression, arguments, message=""):
    """Whether the rule refuses, and says why."""
    try:
        rule(expression, *arguments)
    except RuleDoesNotApply as error:
        return message in str(error)
    return False


def gives(rule, expression, arguments, expected):
    return rule(expression, *arguments) == expected


def _refuses_there(rule, law, condition):
    random = Random(rule.__name__)
    drawn = values(rule, law, random)
    return all(refuses(rule, at(law.formula.lhs, drawn | failing), beside(rule, drawn | failing))
               for failing in _failing(rule, condition, drawn))


@cache
def cases(rule):
    """Every case of a rule."""
    found = [Case(lambda: gives(rule, *APPLIED[rule])), Case(lambda: refuses(rule, *REFUSED[rule]))]
    for _, about, expression, arguments, expected in GUARDS:
        if about is rule:
            does = refuses if isinstance(expected, str) else gives
            found.append(Case(lambda does=does, case=(expression, arguments, expected): does(rule, *case)))
    for law in rule.laws:
        found += [Case(lambda law=law, part=part: _refuses_there(rule, law, part), late=True)
                  for part in of_form(rule, law) if (rule.__name__, part) not in OTHERWISE]
        found.append(Case(lambda law=law: broken_law(rule, law, 12, 1) is None, late=True))
    return found
