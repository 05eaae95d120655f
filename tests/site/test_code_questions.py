"""The questions about code: each has a result and an example, and what an example says comes out does."""

import re

import pytest
from examples import PAGE, comes_out, example, imported, questions, said, with_peers

QUESTIONS = questions()
HERE = [anchor for anchor in QUESTIONS if anchor not in with_peers()]


def test_there_are_35_questions():
    assert len(QUESTIONS) == 35
    assert len(re.findall(r"^### ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == 35
    assert len(HERE) >= 10 and len(with_peers()) >= 5


@pytest.mark.parametrize("anchor", QUESTIONS)
def test_an_answer_is_short_and_has_a_result_and_an_example_of_two_lines(anchor):
    answer = QUESTIONS[anchor]
    assert re.search(r"^\{\{ result \S+ \}\}$", answer, re.MULTILINE)
    code = example(answer)
    lines = [line for line in code.splitlines() if not re.match(r"from |import |# ", line)]
    assert 1 <= len(lines) <= 2 and imported(code)
    assert max(map(len, code.splitlines())) <= 100
    words = re.sub(r"```[\s\S]*?```|\{\{.*?\}\}", "", answer).split()
    assert 15 <= len(words) <= 90


@pytest.mark.parametrize("anchor", HERE)
def test_an_example_gives_what_is_said(anchor):
    code = example(QUESTIONS[anchor])
    assert comes_out(code) == said(code)


def test_an_example_that_gives_something_else_is_seen():
    code = "import math\nx = 2.0\nmath.log(x), [x, 1 / 0.3]\n# 0.6932, 2, 3.333\n"
    assert comes_out(code) == "0.6931, 2, 3.333" != said(code)
    assert imported("from torch.nn import functional\nimport numpy as np\n") == {"torch", "numpy"}
