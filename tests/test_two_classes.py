"""Each categorical result of two classes is its Bernoulli twin: the same expression, not only the same numbers."""

import numpy
import pytest
from scipy import special
from sympy import Integer

from derivations import bernoulli, cross_entropy, sigmoid, two_classes
from derivations.engine.terms import substitute
from derivations.functions import function
from derivations.notation import i, label, logit, p, probability, y

TWINS = ["likelihood", "log_likelihood", "negative_log_likelihood", "mean_negative_log_likelihood", "cross_entropy",
         "score", "hessian"]


@pytest.mark.parametrize("name", TWINS)
def test_twins_are_the_same_expression(name):
    assert getattr(two_classes, name).result == getattr(bernoulli, name).result


def test_the_masses_are_the_same_expression():
    assert two_classes.mass.result == substitute(bernoulli.mass.result, {probability: p[i], label: y[i]})


def test_the_best_probability_of_the_first_class_is_the_frequency():
    assert two_classes.maximum_likelihood.result == bernoulli.frequency()


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("softmax_cross_entropy", "cross_entropy"), ("softmax_gradient", "gradient"), ("softmax_hessian", "hessian")],
)
def test_softmax_of_two_logits_is_a_sigmoid_of_their_difference(mine, theirs):
    theirs = getattr(sigmoid, theirs).result
    theirs = theirs.replace(lambda part: getattr(part, "definition", None) is sigmoid.probability,
                            lambda part: sigmoid.sigmoid(*part.args))
    assert getattr(two_classes, mine).result == substitute(theirs, {logit: two_classes.difference})


@pytest.mark.parametrize("logits", [[0.0, 0.0], [3.5, -1.25], [-2.0, 7.0]])
def test_against_scipy(logits):
    expected = special.softmax(logits)
    assert function(two_classes.first_probability)(z=logits) == pytest.approx(expected[0], rel=1e-13, abs=0)
    assert function(two_classes.second_probability)(z=logits) == pytest.approx(expected[1], rel=1e-9, abs=0)
    loss = -(numpy.array([0.3, 0.7]) * special.log_softmax(logits)).sum()
    assert function(two_classes.softmax_cross_entropy)(y=0.3, z=logits) == pytest.approx(loss, rel=1e-13, abs=0)


def test_every_chain_sets_the_number_of_classes_by_hypothesis_and_never_before():
    for name in [*TWINS, "mass"]:
        entry = getattr(two_classes, name)
        assert two_classes.two in entry.hypotheses
        assert not entry.start.has(Integer(2)) or name in ("score", "hessian")


def test_the_two_cross_entropies_agree_by_definition():
    values = {"y": [0.3, 0.7], "p": [0.9, 0.1]}
    expected = -(numpy.array(values["y"]) * numpy.log(values["p"])).sum()
    assert function(cross_entropy.two_outcomes)(y=0.3, p=0.9) == pytest.approx(expected)
