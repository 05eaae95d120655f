"""Reasons name what the step used: a letter or a number in a reason occurs in the step that it is given for.

In the lines before and after, in what the rule was told, in a hypothesis or a result that is relied on; or it is the
letter of the law that the reason explains: "here u is ...". 0 and 1 belong to laws (a power of 0, a tangent at 1).
"""

import re

import pytest
from sympy import Basic

from derivations.catalogue import catalogue
from derivations.writing.typeset import plain

LETTER = re.compile(r"(?<![\w.'’^-])([^\W\d_](?:_\w+)?)(?![\w'’^-])")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
OF_LAW = re.compile(r"here ([a-z]) is")
LOW = {ord(low): f" {high} " for low, high in zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₗₘₙᵣₕᵤ²³ᴷⁿ", "0123456789ijklmnrhu23Kn", strict=True)}
SIGN = re.compile(r"\d+|(?<![^\W\d_])[^\W\d_](?![^\W\d_])")  # a letter in a word is none
STEPS = [(entry, number, step) for entry in catalogue().values() for number, step in enumerate(entry.steps, start=1)]


def occurring(step):
    """All letters and numbers of a step, as they are typed and as they are printed, with and without their indices."""
    parts = [step.before, step.expression, *_expressions(step.arguments)]
    for given in (*step.using, *step.inherited):
        parts += [given.statement] if given.statement is not None else []
    for source in step.cites:
        parts += [source.name, source.result]
    found = set()
    for part in parts:
        text = f"{part}; {_printed(part)}".translate(LOW)
        found |= set(SIGN.findall(text))
    return found | {letter for letter in OF_LAW.findall(step.because) if re.search(rf"\b{letter}\b", step.law)}


def _expressions(arguments):
    for argument in arguments:
        if isinstance(argument, dict):
            yield from (*argument, *argument.values())
        elif isinstance(argument, Basic):
            yield argument


def _printed(part):
    try:
        return plain(part)
    except TypeError:
        return ""


def missing(because, step):
    """The letters and numbers of a reason that do not occur in its step."""
    known = occurring(step) | {"a", "A", "I", "0", "1"}
    letters = [sign for letter in LETTER.findall(because) for sign in letter.replace("_", "")]
    return [sign for sign in (*letters, *NUMBER.findall(because)) if sign not in known]


def test_what_a_reason_names_is_in_its_step():
    wrong = {f"{entry.id}, step {number}: {step.because}": found
             for entry, number, step in STEPS if (found := missing(step.because, step))}  # fmt: skip
    assert wrong == {}


@pytest.mark.parametrize(("id", "number", "right", "wrong"), [
    ("categorical.variance", 6, "p_m", "p_h"),
    ("logistic_regression.penalized_gradient", 7, "f = h", "f = k"),
    ("softmax.gradient", 3, "m is not", "f is not"),
    ("distributions.boundary_limit", 3, "here u is", "here w is"),
])  # fmt: skip
def test_a_wrong_letter_is_seen(id, number, right, wrong):
    step = catalogue()[id].steps[number - 1]
    assert right in step.because
    assert missing(step.because.replace(right, wrong), step)


def test_letters_and_numbers_that_do_not_occur_are_seen():
    """Every letter and every number of every reason is changed to one that is nowhere in the step."""
    for _, _, step in STEPS:
        for found in LETTER.finditer(step.because):
            if found[1] not in ("a", "A", "I"):
                changed = step.because[: found.start()] + "ω" + step.because[found.end() :]
                assert missing(changed, step)
        assert missing(f"{step.because}; it is 31", step)
