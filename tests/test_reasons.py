"""Reasons name what the step used: their letters and numbers occur in the step, and do there what the reason says."""

import re

import pytest
from reasons import LETTER, STEPS, beyond, misnamed, missing

from derivations.catalogue import CHAPTERS, catalogue


def test_what_a_reason_names_is_in_its_step():
    wrong = {f"{entry.id}, step {number}: {step.because}": found
             for entry, number, step in STEPS if (found := missing(step.because, step))}  # fmt: skip
    assert wrong == {}


@pytest.mark.parametrize(("id", "number", "right", "wrong"), [
    ("categorical.variance", 6, "p_m", "p_h"),
    ("logistic_regression.penalized_gradient", 7, "f = h", "f = k"),
    ("softmax.gradient", 3, "m is not", "f is not"),
    ("softmax.gradient", 6, "k = m", "k = c"),
    ("distributions.boundary_limit", 3, "here u is", "here w is"),
])  # fmt: skip
def test_a_wrong_letter_is_seen(id, number, right, wrong):
    step = catalogue()[id].steps[number - 1]
    assert right in step.because
    changed = step.because.replace(right, wrong)
    assert missing(changed, step) or misnamed(changed, step)


def test_a_letter_does_what_its_reason_says():
    wrong = {f"{entry.id}, step {number}: {step.because}": found
             for entry, number, step in STEPS if (found := misnamed(step.because, step))}  # fmt: skip
    assert wrong == {}


def test_letters_and_numbers_that_do_not_occur_are_seen():
    """Every letter and every number of every reason is changed to one that is nowhere in the step."""
    for _, _, step in STEPS:
        for found in LETTER.finditer(step.because):
            if found[1] not in ("a", "A", "I"):
                changed = step.because[: found.start()] + "ω" + step.because[found.end() :]
                assert missing(changed, step)
        assert missing(f"{step.because}; it is 31", step)


def test_no_reason_says_what_labels_and_probabilities_never_are():
    assert [step.because for _, _, step in STEPS if beyond(step.because)] == []


@pytest.mark.parametrize(("old", "new"), [(r"\bno (\w+) (is negative|exceeds 1)", r"every \1 \2"),
                                          (r"\bno (\w+) (is negative|exceeds 1)", r"some \1 \2"),
                                          (r"\bneither (\w+) nor (\w+) are negative", r"both \1 and \2 are negative"),
                                          (r"\bevery (\w+) is positive", r"no \1 is positive")])  # fmt: skip
def test_another_quantifier_is_seen(old, new):
    reasons = sorted({step.because for _, _, step in STEPS if re.search(old, step.because)})
    assert reasons
    assert [because for because in reasons if not beyond(re.sub(old, new, because, count=1))] == []


def ids_unknown(text):
    """What a text names as a result, though there is none of that id."""
    return [id for id in re.findall(rf"\b(?:{'|'.join(CHAPTERS)})\.[a-z_]+", text) if id not in catalogue()]


def test_a_reason_names_no_result_that_there_is_not():
    assert ids_unknown("as in softmax.jacobian, see softmax.jacobain") == ["softmax.jacobain"]
    reasons = [step.because for entry in catalogue().values() for step in entry.steps]
    assert [reason for reason in reasons if ids_unknown(reason)] == []
