"""A title says its subject by itself: it stands alone among hits, in the contents of a page and in a terminal."""

import re
from collections import Counter

from derivations.catalogue import catalogue

LONGEST = 60
# What points at a neighbour that a list of hits does not show.
POINTS_ELSEWHERE = re.compile(r"^(it|its|their|they|this|that|these|those)\b|\bthe same\b")
# Words for so many things that they name none.
VAGUE = {"a", "an", "in", "is", "of", "the", "gradient", "hessian", "jacobian", "loss", "logits", "weights", "convex",
         "slope", "derivative", "variance", "shift", "sum"}  # fmt: skip


def vague(title):
    return bool(POINTS_ELSEWHERE.search(title)) or {*re.findall(r"[\w-]+", title.lower())} <= VAGUE


def test_titles_are_unique_and_short():
    titles = Counter(entry.title for entry in catalogue().values())
    assert [title for title, times in titles.items() if times > 1] == []
    assert [title for title in titles if not 0 < len(title) <= LONGEST] == []


def test_titles_begin_as_in_the_middle_of_a_sentence():
    """Lower-case, but for the name of a person, of a thing named after one, or of a capital letter's quantity."""
    names = ("Kullback", "Gibbs", "Bernoulli", "Lagrang", "Jacobian", "Hessian", "Fisher")
    assert [entry.title for entry in catalogue().values()
            if not entry.title[0].islower() and not entry.title.startswith(names)] == []


def test_titles_say_their_subject():
    for title in ("the gradient", "their sum", "gradient of the loss in the weights", "the same for one-hot labels"):
        assert vague(title)
    assert [entry.id for entry in catalogue().values() if vague(entry.title)] == []
