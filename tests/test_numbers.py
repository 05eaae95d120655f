"""Numbers in prose come from placeholders: a number that stands on a page is computed there, or given to what is.

Labels and ends of ranges, 0 and 1, are no results. A number that a placeholder of the same passage takes as its input
is a given one, and so is how many numbers it takes. All others stand in NOT_COMPUTED, with the reason.
"""

import re
from ast import literal_eval
from pathlib import Path

import numpy as np
import pytest

from derivations.site.placeholders import CODE_OR_COMMENT, PLACEHOLDER
from derivations.site.which.page import pinned_versions

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(path.name for path in DOCS.glob("*.md"))
NUMBER = re.compile(r"(?<![\w.])[−-]?(\d+(?:\.\d+)?(?:e[−-]?\d+)?)")
SPELLED = re.compile(r"\b(eleven|twelve|\w{3,5}teen|twenty|thirty|forty|fifty|hundred|thousand)\b", re.IGNORECASE)
PASSAGE = re.compile(r"\n(?=#)|\n\n(?=\{\{ (?:chain|key|lemma))")
EXAMPLE, NAME, MADE, CITED = (
    "any number would do: an example without a result", "the name of a class, an observation, a format or a unit",
    "a sum or a difference of numbers that are given beside it", "a number from the work that is cited",
)  # fmt: skip
PINNED = "the version that the comparisons install: held by a test"
MEASURED = "what `make bench-code` measures at: compared with its cases by a test"
NOT_COMPUTED = {
    ("averages.md", "at most 0.833"): "the root of log 2, which stands beside it: held by a test against SciPy",
    ("code_questions.md", "35 questions"): "counted by a test",
    ("code_questions.md", "then takes −100 for the logarithm"): "held by a test that calls the function",
    ("code_questions.md", "a power of e or of 2"): "a base: an example without a result",
    ("code_questions.md", "2p(1 − p)"): "it stands so in the library",
    ("code_questions.md", "Up to release 3.2.0 at least"): PINNED,
    ("cross_entropy.md", "A perplexity of 8 means"): EXAMPLE,
    ("cross_entropy.md", "hesitates between 8 classes"): EXAMPLE,
    ("cross_entropy.md", "of the classes 1, 1, 2, 3, 1"): NAME,
    ("cross_entropy.md", "With base 2 the unit"): NAME,
    ("exercises.md", "Of ten observations 5, 3 and 2 are of"): EXAMPLE,
    ("exercises.md", "numbers of 64 bits"): NAME,
    ("exercises.md", "the frequency 0.1 and the weight 3"): EXAMPLE,
    ("gradient_bounds.md", "What is left sums to 2."): "two sums of 1",
    ("gradient_bounds.md", "length 2 times"): "1 divided by the Lipschitz constant, one half",
    ("likelihood.md", "the logarithm of 2 is as good as the probability one"): EXAMPLE,
    ("how_exact.md", "the same number to 50 digits"): MEASURED,
    ("how_exact.md", "14,000 logits between −1000 and 1000"): MEASURED,
    ("how_exact.md", "3,000 probabilities, from 1e−300 (of float32: 1e−37)"): MEASURED,
    ("how_exact.md", "K is 2, 10, 1000 and 100,000"): MEASURED,
    ("how_exact.md", "10,000 added, or a class that is 40 above the rest"): MEASURED,
    ("how_exact.md", "the standard deviation 100"): MEASURED,
    ("information.md", "one of class 2"): NAME,
    ("likelihood.md", "It lacks 0.37"): MADE,
    ("likelihood.md", "numbers with 64 bits"): NAME,
    ("logistic_regression.md", "the observations 1, 4 and 5"): NAME,
    ("maximum_likelihood.md", "for class 2"): NAME,
    ("misconceptions.md", "for base 2"): NAME,
    ("misconceptions.md", "Twenty common misconceptions"): "counted by a test",
    ("misconceptions.md", "twenty beliefs"): "counted by a test",
    ("newton.md", "Up to release 3.2.0 at least"): PINNED,
    ("notation.md", "4.3.4"): CITED,
    ("notation.md", "4.1"): CITED,
    ("numerics.md", "format of 64 bits"): NAME,
    ("numerics.md", "about 16 decimal digits"): "compared with NumPy's float64 by a test",
    ("numerics.md", "about 1.8 times 10 to the power 308"): "compared with NumPy's float64 by a test",
    ("numerics.md", "the format of 32 bits"): NAME,
    ("numerics.md", "from the logit 17 on"): "shown by a test in single precision",
    ("numerics.md", "infinite from 89 on"): "shown by a test in single precision",
    ("numerics.md", "the exponents are 0, −1 and −2"): MADE,
    ("numerics.md", "as for\n  2, 1, 0"): MADE,
    ("numerics.md", "a clip of 10 to the power"): "the base of the power beside it",
    ("numerics.md", "2 to the power −52"): "compared with NumPy's float64 by a test",
    ("numerics.md", "at −100"): CITED,
    ("numerics.md", "a polynomial of degree 3"): "it is the polynomial of that name in the derivation",
    ("numerics.md", "the derivative is 3"): "the derivative of z³ at 1",
    ("numerics.md", "the root of 3"): "it stands so in the formula beside it",
    ("numerics.md", "about 10 to the power −16"): "compared with NumPy's float64 by a test",
    ("numerics.md", "about 6 times 10 to the power −6"): "compared with NumPy's float64 by a test",
    ("questions.md", "2023"): "a year",
    ("sigmoid.md", "The factor 1 − 2y"): "it stands so in the formula beside it",
    ("sigmoid.md", "by about 0.1 times"): MADE,
    ("softmax.md", "logits 2, 1, 0 by 0.1."): MADE,
    ("softmax.md", "by about 0.1 times"): MADE,
    ("two_classes.md", "the same as 2 and 1"): MADE,
    ("verification.md", "1e−10"): "an upper bound that the tests hold the oracles to",
    ("verification.md", "1e−16"): "an order of size",
    ("where_is_the_maximum.md", "every logit at 10 on"): "the sigmoid of 10 is what the placeholder is given",
}


def prose(page):
    """The text of a page but for its head, code and comments."""
    text = re.sub(r"\A---\n[\s\S]*?\n---\n", "", (DOCS / page).read_text(encoding="utf-8"))
    return CODE_OR_COMMENT.sub("", text)


def given(passage):
    """The numbers that the placeholders of a passage take, and how many each takes."""
    taken = set()
    for placeholder in PLACEHOLDER.findall(passage):
        taken |= {float(number) for number in re.findall(r"\d*\.?\d+", placeholder)}
        tuples = [literal_eval(found.replace("?", "0")) for found in re.findall(r"=(\(\S*\))", placeholder)]
        taken |= {float(len(part)) for values in tuples for part in (values, *values) if isinstance(part, tuple)}
    return taken


def shown(passage):
    """What is read of a passage: no addresses of links, no tags, no anchors."""
    bare = re.sub(r"\]\([^)]*\)", "]", PLACEHOLDER.sub("\ue000", passage))
    return re.sub(r"\{[#:][^}]*\}", "", re.sub(r"<[^>]*>", "", bare))


def typed(page, text=None):
    """The numbers on a page that are neither computed nor given, each with what stands around it."""
    for passage in PASSAGE.split(prose(page) if text is None else text):
        known, bare = given(passage) | {0.0, 1.0}, shown(passage)
        allowed = [
            (found.start(), found.end())
            for at, words in NOT_COMPUTED if at == page
            for found in re.finditer(re.escape(words), bare)
        ]  # fmt: skip
        for found in (*NUMBER.finditer(bare), *SPELLED.finditer(bare)):
            number = found[1].replace("−", "-")
            if number[0].isdigit() and float(number) in known:
                continue
            if not any(begin <= found.start() and found.end() <= end for begin, end in allowed):
                yield bare[max(0, found.start() - 30) : found.end() + 20].strip()


@pytest.mark.parametrize("page", PAGES)
def test_every_number_is_computed_or_given(page):
    assert list(typed(page)) == []


@pytest.mark.parametrize(("page", "words"), NOT_COMPUTED)
def test_every_exception_is_there(page, words):
    text = (DOCS / page).read_text(encoding="utf-8")
    assert words in shown(text)


@pytest.mark.parametrize(("page", "right", "wrong"), [
    ("numerics.md", "to the power −7", "to the power −6"),
    ("bernoulli.md", "0.8, 0.3, 0.6, 0.9, 0.2", "0.8, 0.3, 0.6, 0.95, 0.2"),
    ("numerics.md", "Logits 1002", "Logits 1003"),
    ("numerics.md", "A step of 0.1 gives", "A step of 0.2 gives"),
    ("how_it_is_checked.md", "{{ constant digits }} digits", "31 digits"),
    ("how_it_is_checked.md", "{{ constant instances }}, at least", "13, at least"),
    ("two_classes.md", "The logits 5 and 4", "The logits 5 and 7"),
])  # fmt: skip
def test_a_wrong_number_is_seen(page, right, wrong):
    text = prose(page)
    assert right in text
    assert list(typed(page, text.replace(right, wrong, 1)))


def test_numbers_in_words_are_counted():
    page = (DOCS / "misconceptions.md").read_text(encoding="utf-8")
    assert page.count("\n### ") == 20


def test_what_is_said_of_binary64_is_so():
    """About 16 digits; at most about 1.8 times 10^308; 2^-52; a unit of 10^-16, and its cube root, 6 times 10^-6."""
    told = np.finfo(np.float64)
    assert round(-np.log10(told.eps)) == 16 and round(float(told.max) / 1e308, 1) == 1.8
    assert told.eps == 2.0**-52 and round(np.log10(told.eps / 2)) == -16 and round(np.cbrt(told.eps) * 1e6) == 6


@pytest.mark.parametrize("page", [page for page, _ in NOT_COMPUTED if NOT_COMPUTED[page, _] == PINNED])
def test_the_release_that_is_named_is_the_one_that_is_run(page):
    assert re.findall(r"release (\d[\d.]*\d)", prose(page)) == [pinned_versions()["xgboost-cpu"]]


def test_what_is_said_of_single_precision_is_so():
    """The sigmoid is 1 from 17 on, and the exponential infinite from 89 on."""
    with np.errstate(over="ignore"):
        sigmoid = 1 / (1 + np.exp(-np.arange(20, dtype=np.float32)))
        assert int(np.argmax(sigmoid == 1)) == 17
        assert int(np.argmax(np.isinf(np.exp(np.arange(100, dtype=np.float32))))) == 89
