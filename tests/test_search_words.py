"""The words for an entry are of an entry, and say what its title does not."""

import re
import sys
from pathlib import Path

import pytest

from derivations.catalogue import CHAPTERS, catalogue
from derivations.search_words import PHRASES, WORDS, WORDS_OF_QUESTIONS
from derivations.site.results_sought import found_by

DOCS = Path(__file__).parent.parent / "docs"
KEY_RESULT = re.compile(r"^\{\{ result (\S+) \}\}$", re.MULTILINE)


def flat(text):
    """A text without what makes no difference to who searches: capitals and hyphens."""
    return f" {re.sub(r'[-–−]', ' ', text.lower())} "


def key_results():
    """What the chapters answer, before their first section."""
    answers = ((DOCS / f"{name}.md").read_text(encoding="utf-8").partition("\n## ")[0] for name in CHAPTERS)
    return [id for answer in answers for id in KEY_RESULT.findall(answer)]


def test_words_are_of_an_entry():
    assert [id for id in WORDS if id not in catalogue()] == []


def test_a_whole_phrase_is_of_one_entry():
    phrases = [phrase for said in PHRASES.values() for phrase in said]
    assert set(PHRASES) <= set(catalogue()) and len(set(phrases)) == len(phrases)


def test_words_of_questions_are_of_a_question(hook):
    page = (DOCS / "code_questions.md").read_text(encoding="utf-8")
    assert [place for place in WORDS_OF_QUESTIONS if f"{{ #{place.partition('#')[2]} }}" not in page] == []
    section = {"location": next(iter(WORDS_OF_QUESTIONS)), "title": "A question", "text": "<p>So.</p>", "boost": 0.6}
    (found,) = hook.rewritten({"config": {}, "docs": [section]}, made={}.get)["docs"]
    assert found["words"] == "gradient accumulation class weights mean of means" and found["boost"] > 1


def test_words_stand_in_the_order_of_the_catalogue():
    chapters = [id.partition(".")[0] for id in WORDS]
    assert chapters == sorted(chapters, key=CHAPTERS.index)


def test_no_words_are_in_the_title_already_or_said_twice():
    said = {id: [flat(word) for word in words] for id, words in WORDS.items()}
    assert [(id, word) for id, words in said.items() for word in words if word in flat(catalogue()[id].title)] == []
    assert [id for id, words in said.items() if len({*words}) < len(words) or not words] == []


def test_every_key_result_has_words():
    assert len(key_results()) >= len(CHAPTERS)
    assert [id for id in key_results() if id not in WORDS] == []


@pytest.fixture
def hook(monkeypatch):
    monkeypatch.syspath_prepend(str(DOCS / "hooks"))
    monkeypatch.delitem(sys.modules, "search", raising=False)
    import search

    return search


def test_a_section_that_is_an_entry_says_its_formula_and_its_words(hook):
    section = {"location": "softmax.html#softmax.gradient", "title": "Gradient of softmax", "text": "<p>Why so.</p>"}
    told = hook.told(section, found_by(catalogue()["softmax.gradient"]))
    assert told["text"].startswith("<p>∂/∂zₘ H(y, p) = pₘ − yₘ · Other words: p - y, ")
    assert told["text"].endswith(" · Why so.</p>")
    assert told["boost"] > 1 and {"p", "y"} <= {*told["words"].split()}
    assert not {"gradient", "softmax"} & {*told["words"].split()}  # the title counts for them


def test_an_entry_is_found_by_the_ids_of_its_past(hook):
    told = hook.told({"location": "", "title": "", "text": ""}, found_by(catalogue()["softmax.gradient_upper_bound"]))
    assert {"softmax.gradient", "bounds"} <= {*told["words"].split()}


def test_a_false_claim_is_called_false_and_a_sign_is_no_tag(hook):
    for id in ("cross_entropy.asymmetry", "distributions.simplex", "entropy.bounded_model"):
        text = hook.told({"location": f"#{id}", "title": "", "text": ""}, found_by(catalogue()[id]))["text"]
        assert text.startswith("<p>False: ") == (id == "cross_entropy.asymmetry")
        assert text.count("<") == 2


def test_a_function_of_another_library_is_found_by_all_its_names(hook):
    name = "torch.nn.functional.cross_entropy"
    section = {"location": f"which_function.html#{name}", "title": "cross_entropy", "text": "<p>So.</p>", "boost": 0.5}
    (found,) = hook.rewritten({"config": {}, "docs": [section]}, made={}.get)["docs"]
    assert {"torch.nn.functional.cross", "f.cross", "nn.crossentropyloss"} <= {*found["words"].split()}
    assert found["boost"] == 1 and "entropy" in found["words"].split()  # though the title has it


def test_prose_stays_as_it_is(hook):
    section = {"location": "softmax.html#log-sum-exp", "title": "Log-sum-exp", "text": "<p>The logarithm.</p>"}
    assert hook.rewritten({"config": {}, "docs": [section]}, made={}.get)["docs"] == [section]
