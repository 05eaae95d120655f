"""Losses that nobody chose: random trees from the grammar, as a person might type them, each of a seed.

Each has one variable of the kinds that people differentiate by: an entry of a vector or a matrix, a fixed entry, a
parameter. Most mean nothing; some have no slope, or no value: those must be refused, and none may go wrong.
"""

import re
from random import Random

# Letters of entries by the sizes that their indices run up to, as the notation has them.
ENTRIES = {"K": ["y[{0}]", "z[{0}]", "p[{0}]", "q[{0}]", "v[{0}]"], "n": ["y[{0}]", "p[{0}]", "e[{0}]", "s[{0}]"]}
TABLES = ["y[{i},{k}]", "o[{i},{k}]", "p[{i},{k}]"]
PARAMETERS = ["T", "lambda", "t", "b0", "alpha"]
LETTERS = {"K": ["k", "l", "c"], "n": ["i", "j", "r"]}
VARIABLES = ["z[m]", "z[1]", "v[m]", "e[r]", "s[r]", "o[r,m]", "T", "t", "b0", "q[m]"]
SMOOTH = ["exp({})", "log({})", "sqrt({})", "tanh({})", "sigmoid({})", "softplus({})", "sin({})", "cos({})"]
KINKED = ["relu({})", "abs({})", "max({}, {})", "min({}, 1)"]


class Losses:
    """Losses of one seed."""

    def __init__(self, seed: int):
        self.random = Random(f"losses {seed}")

    def loss(self) -> tuple[str, str]:
        """A loss and a variable that occurs in it."""
        for _ in range(100):
            variable = self.random.choice(VARIABLES)
            text = self.expression(self.random.choice([2, 3, 3, 4]), {}, variable)
            if re.search(rf"\b{variable.partition('[')[0]}\b", text):
                return text, variable
        return f"sum({variable.partition('[')[0]}[k]^2, k)", variable

    def expression(self, depth: int, bound: dict, variable: str) -> str:
        """A number; `bound` are the letters that sums around it bind, by their sizes."""
        if depth == 0:
            return self.leaf(bound, variable)
        pick = self.random.choice
        kind = pick(["add", "add", "mul", "mul", "sum", "sum", "smooth", "smooth", "power", "over", "softmax", "kinked",
                     "whole", "leaf"])  # fmt: skip
        part = lambda less=1: self.expression(depth - less, bound, variable)  # noqa: E731 - it is short
        if kind == "add":
            return f"({part()} {pick('+-')} {part()})"
        if kind == "mul":
            return f"{self.in_brackets(part())}*{self.in_brackets(part())}"
        if kind == "sum":
            return self.total(depth, bound, variable)
        if kind == "smooth":
            return pick(SMOOTH).format(part())
        if kind == "power":
            return f"{self.in_brackets(part())}^{pick(['2', '3', '0.5', '(-1)', 'alpha', '2'])}"
        if kind == "over":
            return f"{self.in_brackets(part())}/{self.in_brackets(part())}"
        if kind == "softmax":
            return f"{pick(['softmax', 'softmax'])}({pick(['z', 'z', 'z/T', 'v', '2*z'])})[{self.letter('K', bound)}]"
        if kind == "kinked":
            return pick(KINKED).format(part(), part())
        if kind == "whole":
            return f"logsumexp({pick(['z', 'v', 'z/T', 'z + v'])})"
        return self.leaf(bound, variable)

    def total(self, depth, bound, variable):
        """A sum or a product over an index that nothing around it binds."""
        size = self.random.choice(["K", "K", "n"])
        free = [letter for letter in LETTERS[size] if letter not in bound.get(size, ())]
        if not free:
            return self.leaf(bound, variable)
        inside = bound | {size: (*bound.get(size, ()), free[0])}
        word = self.random.choice(["sum"] * 7 + ["prod"])
        return f"{word}({self.expression(depth - 1, inside, variable)}, {free[0]})"

    def leaf(self, bound, variable):
        pick = self.random.choice
        kind = pick(["entry"] * 5 + ["variable", "parameter", "number", "table"])
        if kind == "variable" and "[" in variable and self.random.random() < 0.5:
            return variable
        if kind == "parameter":
            return pick(PARAMETERS)
        if kind == "number":
            return pick(["1", "2", "0.5", "3", "1/3"])
        if kind == "table":
            return pick(TABLES).format(i=self.letter("n", bound), k=self.letter("K", bound))
        size = pick([*bound] or ["K", "n"])
        return pick(ENTRIES[size]).format(self.letter(size, bound))

    def letter(self, size, bound):
        return self.random.choice(list(bound.get(size, ())) or [LETTERS[size][-1]])

    @staticmethod
    def in_brackets(text):
        return text if text.isalnum() or (text.endswith(")") and text[:1] == "(") else f"({text})"
