"""Who compares numbers with a relative tolerance says what the absolute one is: pytest.approx would take 1e-12, and
any two numbers below that would be equal.
"""

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def blind(text):
    """The lines on which approx is given a relative tolerance and no absolute one."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)
             and getattr(node.func, "attr", getattr(node.func, "id", None)) == "approx"]  # fmt: skip
    named = {call: {word.arg for word in call.keywords} for call in calls}
    return [call.lineno for call in calls
            if (len(call.args) == 2 or "rel" in named[call]) and "abs" not in named[call]]  # fmt: skip


def test_every_relative_tolerance_comes_with_an_absolute_one():
    files = sorted(TESTS.rglob("*.py"))
    assert len(files) > 50, "nothing to look at"
    assert [f"{path.name}:{line}" for path in files for line in blind(path.read_text(encoding="utf-8"))] == []


def test_one_without_is_seen():
    lines = ["approx(x, rel=1e-9)", "pytest.approx(x, 1e-9)", "approx(x, rel=1e-9, abs=0)", "approx(x)",
             "approx(x, 1e-9, 0)"]  # fmt: skip
    assert blind("\n".join(lines)) == [1, 2]
