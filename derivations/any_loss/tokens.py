"""Text into tokens, and whether they stand in an order that means something: what is wrong is said with its column."""

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from keyword import iskeyword

LONGEST_TEXT, DEEPEST, LONGEST_NAME = 2000, 60, 20
SHOWN = 100  # so much of a long text is shown above a caret

SMALL_GREEK = dict(zip("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu".split(), "αβγδεζηθικλμ"))
SMALL_GREEK |= dict(zip("nu xi rho sigma tau upsilon phi chi psi omega".split(), "νξρστυφχψω"))
CAPITAL_GREEK = dict(zip("Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(), "ΓΔΘΛΞΠΣΦΨΩ"))
GREEK = SMALL_GREEK | CAPITAL_GREEK | {"eps": "ε", "π": "pi"}
TYPED_SIGNS = {"^": "**", "−": "-", "·": "*", "×": "*", "≤": "<=", "≥": ">=", "==": "=", "∈": "in"}
OPERATOR_SIGNS = ("+", "-", "*", "/", "**")
RELATION_SIGNS = ("=", "<=", "<", ">=", ">", "in")
ONE_ARGUMENT = tuple("exp log sqrt tanh sin cos abs sigmoid softplus relu softmax logsumexp".split())
FUNCTIONS = (*ONE_ARGUMENT, "max", "min", "sum", "prod")
NAMES_OF_CONSTANTS = ("pi", "e")
OTHER_NAMES = {"ln": "log", "σ": "sigmoid", "product": "prod", "log_sum_exp": "logsumexp"}  # what people type for them

# What there is no function for, and how to write it.
WRITTEN = {
    "cosh": "(exp(x) + exp(-x))/2", "sinh": "(exp(x) - exp(-x))/2", "tan": "sin(x)/cos(x)", "cot": "cos(x)/sin(x)",
    "mean": "sum(f, i)/n", "average": "sum(f, i)/n", "norm": "sqrt(sum(x[k]^2, k))", "square": "x^2", "pow": "x^a",
    "power": "x^a", "dot": "sum(x[k]*w[k], k)", "var": "sum((x[i] - sum(x[i], i)/n)^2, i)/n", "sign": "x/abs(x)",
    "logit": "log(x/(1 - x))", "log2": "log(x)/log(2)", "log10": "log(x)/log(10)", "log1p": "log(1 + x)",
    "expm1": "exp(x) - 1", "sech": "2/(exp(x) + exp(-x))", "logcosh": "log((exp(x) + exp(-x))/2)",
    "clip": "min(max(x, a), b)", "clamp": "min(max(x, a), b)", "log_softmax": "log(softmax(z)[k])",
    "logsoftmax": "log(softmax(z)[k])", "logsigmoid": "log(sigmoid(x))", "silu": "x*sigmoid(x)",
    "swish": "x*sigmoid(x)", "leaky_relu": "max(x, a*x)", "KL": "sum(p[k]*log(p[k]/q[k]), k)",
}  # fmt: skip

OPERAND = "a number, a name or a bracket"
PATTERN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|<=|>=|==|\.\.|[-+*/^()\[\]{},=<>−·×≤≥∈])"
)


class Unreadable(ValueError):
    """A text that cannot be read: what was found and what was expected, in one line, and where."""

    def __init__(self, message: str, text: str, column: int):
        super().__init__(" ".join(message.split()))
        self.text, self.column = text, column

    def pointed(self) -> str:
        """Two lines: the text, and a caret under the place. Of a long text, what stands around the place."""
        first = 0 if len(self.text) <= SHOWN else max(0, min(self.column - SHOWN // 2, len(self.text) - SHOWN))
        shown = "".join(letter if letter.isprintable() else " " for letter in self.text[first : first + SHOWN])
        return f"{shown}\n{' ' * (self.column - first)}^"


@dataclass(frozen=True)
class Token:
    """A number, a name, a sign or the end; `text` is what it means, `typed` what was typed."""

    kind: str
    text: str
    column: int
    typed: str

    def __str__(self):
        return "the end" if self.kind == "end" else self.typed


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, and its end. Signs and Greek names that are typed otherwise have their usual form."""
    if not isinstance(text, str):
        raise Unreadable(f"found {type(text).__name__}, expected a text", "", 0)
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"found {len(text)} characters, expected at most {LONGEST_TEXT}: name its parts with let",
                         text, LONGEST_TEXT)  # fmt: skip
    found, place = [], 0
    while place < len(text):
        match = PATTERN.match(text, place)
        if match is None:
            raise Unreadable(f"found {_shown(text[place])}, expected numbers, names, + - * / ^ ( ) [ ] and commas",
                             text, place)  # fmt: skip
        if match.lastgroup != "space":
            found.append(_token(match, text))
        place = match.end()
    if not found:
        raise Unreadable("found nothing, expected a formula", text, 0)
    return [*found, Token("end", "", len(text), "")]


def _shown(letter):
    return letter if letter.isprintable() and letter != " " else f"the character U+{ord(letter):04X}"


def _token(match, text):
    typed, column = match.group(), match.start()
    if match.lastgroup == "sign":
        return Token("sign", TYPED_SIGNS.get(typed, typed), column, typed)
    if match.lastgroup == "number":
        if not typed.isascii():
            raise Unreadable(f"found {typed}, expected the digits 0 to 9", text, column)
        _, _, power = typed.lower().partition("e")
        if len(typed) > 40 or abs(int(power or 0)) > 100:
            raise Unreadable("found a number of more than 40 digits, expected a shorter one", text, column)
        return Token("number", typed, column, typed)
    if typed in ("in", "and"):
        return Token("sign", typed, column, typed)
    return Token("name", _name(typed, text, column), column, typed)


def _name(typed, text, column):
    """A name as it is written: Greek letters for their names."""
    for place in range(1, len(typed) + 1):
        if not typed[:place].isidentifier():
            wanted = "^2 for a square, w[1] for an entry" if typed[place - 1].isalnum() else "letters and digits"
            raise Unreadable(f"found {_shown(typed[place - 1])}, expected {wanted}", text, column + place - 1)
    if typed.startswith("_") or len(typed) > LONGEST_NAME:
        wanted = f"one of at most {LONGEST_NAME} letters and digits that begins with a letter"
        raise Unreadable(f"found the name {typed[:LONGEST_NAME]}, expected {wanted}", text, column)
    if iskeyword(typed) and typed != "lambda":
        raise Unreadable(f"found the word {typed}, expected a formula: numbers, names, functions", text, column)
    name = unicodedata.normalize("NFKC", typed)
    return GREEK.get(name, name)


def function_named(token: Token, text: str) -> str:
    """The function that is called; for another name, the nearest."""
    name = OTHER_NAMES.get(token.text, token.text) if token.text == "σ" else token.text
    if name in WRITTEN:
        raise Unreadable(f"found {token.typed}, which is no function here: write {WRITTEN[name]}", text, token.column)
    if name not in FUNCTIONS:
        near = [OTHER_NAMES[name]] if name in OTHER_NAMES else get_close_matches(name, FUNCTIONS, n=1, cutoff=0.6)
        wanted = near[0] if near else f"one of the functions {', '.join(FUNCTIONS)}, or * before the bracket"
        raise Unreadable(f"found the function {token.typed}, expected {wanted}", text, token.column)
    return name


class Order:
    """Walks once through the tokens of an expression and refuses the first that cannot stand where it does."""

    def __init__(self, text: str):
        self.text, self.open, self.last, self.operand_next = text, [], None, True

    def check(self, tokens: list[Token]) -> None:
        """The last token is what ends the expression."""
        for token in tokens[:-1]:
            (self._operand if self.operand_next else self._operator)(token)
            self.last = token
        end = tokens[-1]
        if self.operand_next:
            self._refuse(end, OPERAND)
        if self.open:
            opened, closing = self.open[-1][0], self.open[-1][2]
            self._refuse(end, f"{closing} for the {opened.text} in column {opened.column + 1}")

    def _operand(self, token):
        if token.kind in ("number", "name"):
            self.operand_next = False
        elif token.text == "(":
            self._opens(token, "group", ")")
        elif token.text != "-":
            self._refuse(token, OPERAND)

    def _operator(self, token):
        if token.text in OPERATOR_SIGNS:
            self.operand_next = True
        elif token.text == "," and self.open and self.open[-1][1] != "group":
            self.operand_next = True
        elif token.text in (")", "]"):
            if not self.open or self.open[-1][2] != token.text:
                self._refuse(token, self.open[-1][2] if self.open else "no bracket that closes what nothing opened")
            self.open.pop()
        elif token.text == "(" and self.last.kind == "name":
            function_named(self.last, self.text)
            self._opens(token, "call", ")")
        elif token.text == "[" and (self.last.kind == "name" or self.last.text == ")"):
            self._opens(token, "index", "]")
        elif token.kind in ("number", "name") or token.text in ("(", "["):
            self._refuse(token, f"an operator between {self.last} and {token}, such as *")
        elif token.text in RELATION_SIGNS:
            self._refuse(token, "a formula that is a number: relations stand in givens and wheres, outside brackets")
        else:
            self._refuse(token, "an operator" + (" or a closing bracket" if self.open else " or the end"))

    def _opens(self, token, kind, closing):
        self.open.append((token, kind, closing))
        self.operand_next = True
        if len(self.open) > DEEPEST:
            self._refuse(token, f"at most {DEEPEST} brackets in each other: name a part with let")

    def _refuse(self, token, wanted):
        raise Unreadable(f"found {token}, expected {wanted}", self.text, token.column)
