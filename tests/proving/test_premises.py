"""The premises of every theorem that is proved can be met together; premises that cannot are seen not to be."""

import pytest
from sympy import And, Contains, Implies, Not

from derivations import bernoulli, distributions, scores
from derivations.proving.files import derivation_of
from derivations.proving.ledger import entered
from derivations.proving.premises import instance_of
from derivations.proving.theorems import Premise, theorem_of

KEYS = list(entered())
# Theorems with a premise whose contrary is a formula of its own.
WITH_CONTRARY = {
    key: premise
    for key in KEYS
    for premise in theorem_of(derivation_of(key)).premises
    if premise.formula is not None and not isinstance(premise.formula, (And, Contains))
}


def contrary_of(formula):
    return And(formula.args[0], Not(formula.args[1])) if isinstance(formula, Implies) else Not(formula)


@pytest.mark.sampled(40)
@pytest.mark.parametrize("key", KEYS)
def test_the_premises_of_a_theorem_are_met_somewhere(key):
    assert instance_of(derivation_of(key)) is not None


@pytest.mark.sampled(8)
@pytest.mark.parametrize("key", WITH_CONTRARY)
def test_premises_that_contradict_each_other_are_met_nowhere(key):
    premise = WITH_CONTRARY[key]
    contrary = Premise("planted", "", formula=contrary_of(premise.formula), every=premise.every)
    assert instance_of(derivation_of(key), (contrary,)) is None


@pytest.mark.parametrize("key", KEYS)
def test_a_premise_that_is_not_looked_at_says_that_a_size_is_at_least_1(key):
    for premise in theorem_of(derivation_of(key)).premises:
        if premise.formula is None:
            assert premise.name.startswith("size_") and premise.text.startswith("(1 <= ")


def test_a_number_is_supposed_to_be_at_most_1_only_where_that_matters():
    """A theorem with fewer premises says more, and holds near 1 too, which a derivative there needs."""
    bounds = {entry.id: [premise.text for premise in theorem_of(entry).premises if premise.name == "domain_p"]
              for entry in (scores.as_exponential, distributions.reciprocal, scores.generalized_at_one,
                            scores.generalized_above, bernoulli.total_probability)}  # fmt: skip
    assert bounds == {
        "scores.as_exponential": ["0 <= p"],
        "distributions.reciprocal": ["0 <= p"],
        "scores.generalized_at_one": ["0 <= p <= 1"],  # 1 - p stands in it; without 0 <= p, Coq's power is another
        "scores.generalized_above": ["0 <= p <= 1"],  # an inequality
        "bernoulli.total_probability": ["0 <= p <= 1"],
    }
