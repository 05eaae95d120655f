"""The examples of the page of questions about code: run, with what comes out rounded as the page says it."""

import ast
import re
from pathlib import Path

import numpy as np

PAGE = Path(__file__).parent.parent / "docs" / "code_questions.md"
QUESTION = re.compile(r"^### (?P<asked>.+?) \{ #(?P<anchor>[\w-]+) \}\n(?P<answer>(?:(?!^##).*\n)*)", re.MULTILINE)
EXAMPLE = re.compile(r"^```python\n(?P<code>[\s\S]*?)^```$", re.MULTILINE)
SAID = re.compile(r"^# (.+)\n\Z", re.MULTILINE)
# What is not there where the site is built.
PEERS = {"torch", "keras", "jax", "optax", "xgboost"}


def questions():
    """The answers of the page, by anchor."""
    text = PAGE.read_text(encoding="utf-8")
    return {found["anchor"]: found["answer"] for found in QUESTION.finditer(text)}


def example(answer):
    """The program of an answer."""
    (code,) = EXAMPLE.findall(answer)
    return code


def imported(code):
    """The packages that an example imports."""
    nodes = ast.walk(ast.parse(code))
    names = [node.module if isinstance(node, ast.ImportFrom) else alias.name
             for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]  # fmt: skip
    return {name.partition(".")[0] for name in names}


def with_peers():
    """The anchors of the questions whose examples need one of the PEERS."""
    return [anchor for anchor, answer in questions().items() if imported(example(answer)) & PEERS]


def said(code):
    """What the page says comes out."""
    return SAID.search(code)[1]


def comes_out(code):
    """What the last line of an example gives, with four digits."""
    *before, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(before, []), "example", "exec"), names)
    return _rounded(eval(compile(ast.Expression(last.value), "example", "eval"), names))


def _rounded(value):
    if isinstance(value, tuple | list) or np.ndim(value):
        return ", ".join(map(_rounded, value))
    return f"{float(value):.4g}".replace("e-0", "e-")
