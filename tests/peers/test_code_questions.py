"""The examples of the questions about code that need a library of this run."""

import pytest
from examples import comes_out, example, questions, said, with_peers


@pytest.mark.parametrize("anchor", with_peers())
@pytest.mark.filterwarnings("ignore")  # of libraries, about what is asked of them on purpose
def test_an_example_gives_what_is_said(anchor):
    code = example(questions()[anchor])
    assert comes_out(code) == said(code)
