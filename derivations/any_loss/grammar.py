"""Text into trees. What is typed is parsed, against a list of what is allowed, and never evaluated.

A tree is made of numbers, names, entries, calls and operations, each with the place where it stands in the text.
"""

import ast
import io
import re
import tokenize
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

MOST_SIGNS, DEEPEST, LARGEST_INDEX = 4000, 60, 10**9
FUNCTIONS = ("exp", "log", "sqrt", "tanh", "sin", "cos", "abs", "max", "min", "sigmoid", "softplus", "relu", "sum",
             "prod", "softmax", "logsumexp")  # fmt: skip
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eps": "ε", "eta": "η", "theta": "θ",
    "lambda": "λ", "lam": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "kappa": "κ", "pi": "π",
}  # fmt: skip
OPERATIONS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
RELATION_SIGNS = re.compile(r"<=|>=|==|=|<|>|\bin\b")


class Unreadable(ValueError):
    """What cannot be read: the message says what was found and what was expected, in one line; `text` and `column`
    say where.
    """

    def __init__(self, message: str, text: str, column: int):
        super().__init__(message)
        self.text, self.column = text, column

    def shown(self) -> list[str]:
        """The text, and a caret under the place; of a long text what is around it."""
        start = max(0, self.column - 60)
        return [self.text[start : start + 100], " " * (self.column - start) + "^"]


@dataclass(frozen=True)
class Node:
    """A part of a text: its kind, what it says, its parts, and the column where it begins.

    The kinds are "number" (a Fraction), "name", "entry" (of a vector: a node, and indices), "call" (of a function),
    and "operation" (+, -, *, /, **, or neg).
    """

    kind: str
    value: object
    parts: tuple["Node", ...] = ()
    column: int = 0


def parse(text: str) -> Node:
    """The tree of an expression. Unreadable, with the place, for anything else."""
    return _Parser(text).tree()


def sides_of(text: str) -> tuple[str, str, int, str]:
    """The left side of a relation, its sign, the column where the right side begins, and the right side."""
    found = RELATION_SIGNS.search(text)
    if not found:
        raise Unreadable("expected a relation, such as sum(y[k], k) = 1 or y[k] in [0, 1]", text, len(text))
    sign = "=" if found[0] == "==" else found[0]
    return text[: found.start()], sign, found.end(), text[found.end() :]


class _Parser:
    """One text: as it was typed, and as Python reads it, with the columns of the one by those of the other."""

    def __init__(self, text):
        if not isinstance(text, str):
            raise Unreadable(f"expected a text, found {type(text).__name__}", str(text), 0)
        self.text = text
        if len(text) > MOST_SIGNS:
            raise Unreadable(f"expected at most {MOST_SIGNS} signs, found {len(text)}", text, MOST_SIGNS)
        if not text.strip():
            raise Unreadable("expected an expression, found nothing", text, 0)
        if found := re.search(r"[^\w\s+\-*/^()\[\],.]", text):
            raise Unreadable(f"expected letters, numbers, + - * / ^ ( ) [ ] and commas, found {found[0]!r}", text,
                             found.start())  # fmt: skip
        self.python, self.columns = self._rewritten()

    def _rewritten(self):
        """^ is a power, and lambda a name."""
        line = re.sub(r"\s", " ", self.text)
        written, columns = "", []
        for piece in re.finditer(r"\^|\blambda\b|.", line):
            new = {"^": "**", "lambda": "λ"}.get(piece[0], piece[0])
            written += new
            columns += [piece.start()] * len(new.encode())
        return "(" + written + ")", [0, *columns, len(self.text), len(self.text)]

    def tree(self):
        try:
            for _ in tokenize.generate_tokens(io.StringIO(self.python).readline):
                pass
            tree = ast.parse(self.python, mode="eval").body
        except (SyntaxError, tokenize.TokenError, ValueError, MemoryError, RecursionError) as error:
            raise self._broken(error) from None
        return self._node(tree, 0)

    def _broken(self, error):
        """What Python could not read, in our words."""
        for opening, closing in ("()", "[]"):
            depth = 0
            for column, sign in enumerate(self.text):
                depth += (sign == opening) - (sign == closing)
                if depth < 0:
                    return Unreadable(f"expected no {closing} here: nothing was opened", self.text, column)
            if depth > 0:
                return Unreadable(f"expected {closing}: {opening} is never closed", self.text, len(self.text))
        offset = getattr(error, "offset", None) or 1
        column = len(self.python[: offset - 1].encode())
        column = self.columns[min(column, len(self.columns) - 1)]
        found = self.text[column : column + 1].strip()
        return Unreadable(f"expected an expression, found {found!r}" if found else "expected more: the text ends here",
                          self.text, column)  # fmt: skip

    def _refuse(self, message, node):
        raise Unreadable(message, self.text, self._column(node))

    def _column(self, node):
        return self.columns[min(node.col_offset, len(self.columns) - 1)]

    def _node(self, node, depth):
        if depth > DEEPEST:
            self._refuse(f"expected at most {DEEPEST} expressions within each other", node)
        below, column = depth + 1, self._column(node)
        if isinstance(node, ast.Constant):
            return Node("number", self._number(node), (), column)
        if isinstance(node, ast.Name):
            return Node("name", GREEK.get(node.id, node.id), (), column)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
            inner = self._node(node.operand, below)
            return inner if isinstance(node.op, ast.UAdd) else Node("operation", "neg", (inner,), column)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATIONS:
            parts = self._node(node.left, below), self._node(node.right, below)
            return Node("operation", OPERATIONS[type(node.op)], parts, column)
        if isinstance(node, ast.Subscript):
            given = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            parts = (self._node(node.value, below), *(self._index(index) for index in given))
            if parts[0].kind not in ("name", "call") or len(parts) < 2:
                self._refuse("expected an entry of a vector, such as y[k] or softmax(z)[k]", node)
            return Node("entry", None, parts, column)
        if isinstance(node, ast.Call):
            return self._call(node, below)
        return self._refuse(f"expected numbers, names, entries, + - * / ^ and functions, found {_said(node)}", node)

    def _number(self, node):
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            self._refuse(f"expected a number, found {node.value!r}", node)
        written = ast.get_source_segment(self.python, node)
        if re.search(r"[_xXoObB]", written):
            self._refuse(f"expected a number such as 2 or 0.5, found {written}", node)
        if (power := re.search(r"[eE]([-+]?\d+)", written)) and abs(int(power[1][:6])) > 300:
            self._refuse(f"expected a number of moderate size, found {written}", node)
        number = Fraction(written)
        if len(written) > 40:
            self._refuse("expected a number of at most 40 digits", node)
        return number

    def _index(self, node):
        """An index: a letter or a whole number."""
        if isinstance(node, ast.Name):
            return Node("name", GREEK.get(node.id, node.id), (), self._column(node))
        if isinstance(node, ast.Constant) and type(node.value) is int and 1 <= node.value <= LARGEST_INDEX:
            return Node("number", Fraction(node.value), (), self._column(node))
        return self._refuse(f"expected an index: a letter, or a whole number from 1, found {_said(node)}", node)

    def _call(self, node, depth):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name not in FUNCTIONS:
            near = get_close_matches(name, FUNCTIONS, n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FUNCTIONS)}"
            self._refuse(f"expected a function, found {name or _said(node.func)}: {hint}", node)
        if node.keywords or any(isinstance(argument, ast.Starred) for argument in node.args):
            self._refuse(f"expected plain arguments of {name}", node)
        return Node("call", name, tuple(self._node(argument, depth) for argument in node.args), self._column(node))


def _said(node):
    """What was found, in a word."""
    words = {
        ast.Attribute: "a dot after a name", ast.Compare: "a comparison", ast.BoolOp: "and/or", ast.IfExp: "if/else",
        ast.Lambda: "a function of Python", ast.Tuple: "a comma", ast.List: "a list", ast.Dict: "a dictionary",
        ast.JoinedStr: "a text", ast.ListComp: "a comprehension", ast.GeneratorExp: "a comprehension",
        ast.Slice: "a slice", ast.Await: "await", ast.NamedExpr: "an assignment", ast.BinOp: "an operation",
        ast.UnaryOp: "an operation", ast.Starred: "a star", ast.Call: "a call", ast.Subscript: "an entry",
    }  # fmt: skip
    if isinstance(node, ast.BinOp) and type(node.op) not in OPERATIONS:
        return {ast.FloorDiv: "//", ast.Mod: "%", ast.MatMult: "@"}.get(type(node.op), "an operation of Python")
    return words.get(type(node), "something else")
