"""The exercises: every answer on the page is computed, and is what the syllabus of the project says, to four places."""

import re
from pathlib import Path

import pytest
from markdown import markdown

PAGE = (Path(__file__).parents[2] / "docs" / "exercises.md").read_text(encoding="utf-8")
NUMBER = re.compile(r'<span class="value">([^<]*)</span>')

# What was worked out beforehand, by hand or with other programs; in the order in which the page gives it.
ANSWERS = {
    "likelihood": [0.3456, -1.06247, 0.26562, 1.30424],
    "counts": [0.5, 0.3, 0.2, 10, 1.02965, 1.48548],
    "floor": [1 / 64, 2 / 3, 1 / 4, 0.59413],
    "soft": [0.80761, 0.80182, 0.00579, -0.03476, 0.04473, -0.00997],
    "jacobian": [5, -2, -3, -2, 8, -6, -3, -6, 9, 11 / 18],
    "entropy": [0.11190, 1.02965, 4.60517, 1.60944],
    "separated": [5.29582, 2.12803],
    "smoothing": [0.91, 0.01, 4.51086, 0.50029],
    "floating": [40.0000, 37, 37.0000, 1075],
    "weights": [0.75, 0.25],
}
PROOFS = {
    "routes": "softmax.two_routes", "two": "two_classes.first_probability", "forms": "sigmoid.second_form",
    "repair": "log_sum_exp.shift",
}  # fmt: skip


def answers():
    """The folded answers by the anchor of their exercise, as Markdown."""
    parts = re.split(r"^### .*?\{ #(\w+) \}$", PAGE, flags=re.MULTILINE)[1:]
    return {anchor: re.sub(r"^    ", "", text.partition('??? success "Answer"\n')[2], flags=re.MULTILINE)
            for anchor, text in zip(parts[::2], parts[1::2])}


def test_every_exercise_is_tested():
    assert set(answers()) == set(ANSWERS) | set(PROOFS)


@pytest.mark.parametrize("anchor", ANSWERS)
def test_the_numbers_of_an_answer(anchor):
    html = markdown(answers()[anchor].partition("\n## ")[0], extensions=["tables", "derivations.site.placeholders"])
    found = [text.replace("−", "-") for text in NUMBER.findall(html)]
    numbers = [int(text.partition("/")[0]) / int(text.partition("/")[2] or 1) if "." not in text else float(text)
               for text in found]
    assert numbers == pytest.approx(ANSWERS[anchor], abs=1e-4)


def test_the_largest_likelihood_is_a_fraction():
    html = markdown(answers()["floor"], extensions=["derivations.site.placeholders"])
    assert NUMBER.findall(html)[:3] == ["1/64", "2/3", "1/4"]


@pytest.mark.parametrize("anchor", PROOFS)
def test_a_proof_is_a_derivation(anchor):
    assert f"{{{{ result {PROOFS[anchor]} }}}}" in answers()[anchor]


@pytest.mark.parametrize("anchor", ANSWERS)
def test_no_number_of_an_answer_is_typed(anchor):
    typed = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)", "", answers()[anchor].partition("\n## ")[0])
    assert not re.findall(r"\d+\.\d+", typed)
