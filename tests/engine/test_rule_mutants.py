"""No error planted in the rules' own code survives their cases."""

import equal_mutants
import pytest
import rule_mutants
from rule_cases import cases
from rule_mutants import EQUAL, KILLED, SHOWN_EQUAL, SURVIVED, fate, measured, mutants

from derivations.engine.replay import RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_cases_hold_of_the_rules_as_they_are(rule):
    assert [case for case in cases(rule) if not case.holds()] == []


def test_no_planted_error_survives():
    found = measured()
    assert found["survivors"] == []
    assert sum(sum(counted.values()) for counted in found["fates"].values()) == len(mutants()) > 600


def test_every_kind_of_change_is_planted():
    kinds = {mutant.change.partition(" in `")[0] for mutant in mutants()}
    assert {"condition negated", "condition never met", "filter removed", "one more", "minus left out",
            "and for or, or for and", "part 1 left out", "sign is Sub", "sign is Add", "all for any", "UP for DOWN",
            "call left out", "the other relation", "comparison is NotEq", "One for Zero"} <= kinds  # fmt: skip
    assert len({mutant.name for mutant in mutants()}) == len(mutants())


def test_what_is_called_equal_is_there_and_is_not_noticed():
    assert all(EQUAL.values()) and len(EQUAL) <= 10
    found = {mutant.name: fate(mutant) for mutant in mutants() if mutant.name in EQUAL}
    assert found == dict.fromkeys(EQUAL, SHOWN_EQUAL)


def test_without_cases_an_error_survives_and_the_rule_is_put_back(monkeypatch):
    mutant = next(mutant for mutant in mutants()
                  if mutant.function == "sum_of_constant" and "sign is Add" in mutant.change)  # fmt: skip
    code = mutant.module.sum_of_constant.__code__
    assert fate(mutant) == KILLED
    assert mutant.module.sum_of_constant.__code__ is code
    monkeypatch.setattr(rule_mutants, "cases", lambda rule: [])
    assert fate(mutant) == SURVIVED and equal_mutants.EQUAL is EQUAL
