"""Every hypothesis that a chain needs is named in it: where one is forgotten, the checks turn red."""

from dataclasses import replace

import pytest

from derivations.catalogue import catalogue
from derivations.checking.check import check
from derivations.checking.compare import VERIFIED
from derivations.checking.stated import quantified
from derivations.engine.entries import Hypothesis
from derivations.engine.terms import equation
from derivations.notation import c, interior, k, m, one_hot, z

DERIVATIONS = [entry for entry in catalogue().values() if entry.steps]
IN_WORDS = {"independent labels"}  # no formula says these: nothing but a reader sees whether they are named


def forgetting(derivation, hypothesis):
    """The same chain, in which no step names a hypothesis."""

    def without(given):
        return tuple(other for other in given if other != hypothesis)

    steps = (replace(step, using=without(step.using), inherited=without(step.inherited)) for step in derivation.steps)
    return replace(derivation, steps=tuple(steps))


@pytest.mark.sampled(15)
@pytest.mark.parametrize("entry", DERIVATIONS, ids=lambda entry: entry.id)
def test_a_forgotten_hypothesis_is_missed(entry):
    stated = [hypothesis for hypothesis in entry.hypotheses if hypothesis.statement is not None]
    kept = [hypothesis.name for hypothesis in stated if check(forgetting(entry, hypothesis)).outcome == VERIFIED]
    assert not kept, f"{entry.id} is verified without {kept}"


def test_those_in_words_alone_are_few():
    found = {given.name for entry in DERIVATIONS for given in entry.hypotheses if given.statement is None}
    assert found == IN_WORDS


def test_a_hypothesis_speaks_of_every_running_index_and_of_one_chosen_value_of_the_others():
    def every(hypothesis):
        return quantified(hypothesis, hypothesis.statement)

    largest = Hypothesis("largest", "no logit is larger than that of the class m", z[k] <= z[m])
    assert every(largest) == (k,)
    assert every(replace(largest, every=(k, m))) == (k, m)
    assert every(one_hot) == (k,) and c not in every(one_hot)
    assert len(every(interior)) == 1
    assert every(Hypothesis("one", "the logit of class m is 1", equation(z[m], 1))) == ()
