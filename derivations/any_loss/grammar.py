"""Text into trees. Python's `ast` finds what belongs together; the text that it sees has a made-up name for each name
and each number, so that nothing of what was typed is ever evaluated.

A loss is made of numbers, names, entries `y[i, k]`, + - * / ^, the functions of `tokens`, `sum(f, k)` and `prod(f, k)`
over all values of an index, `sum(f, j, i, n)` from i to n, `softmax(v)[k]` and `logsumexp(v)`. Three further arguments
are an index and its bounds unless all three are small letters that name no size: `sum(f, i, k, c)` runs over three
indices, the first of them outermost, `sum(f, j, i, n)`, `sum(f, j, 1, i)` and `sum(f, j, i, n - 1)` over one. Relations
stand in givens and wheres.
"""

import ast
from collections.abc import Callable
from fractions import Fraction

from .tokens import (
    FUNCTIONS, NAMES_OF_CONSTANTS, ONE_ARGUMENT, OPERATOR_SIGNS, RELATION_SIGNS, Order, Token, Unreadable,
    function_named, tokens_of,
)  # fmt: skip
from .trees import Among, Call, Element, Minus, Name, Numeral, Operation, Relation, Summed, Tree

DEEPEST_TREE = 100
WORDS_FOR_SETS = {"R": "real", "real": "real", "reals": "real", "N": "natural"}
INFINITE = ("inf", "oo", "infinity")


def read_expression(text: str) -> Tree:
    """A loss, or what is differentiated by."""
    return _expression(text, tokens_of(text))


def read_relations(text: str) -> tuple[Relation, ...]:
    """What a given or a where says: relations, several of them with `and` between; 0 < p < 1 is two."""
    found = []
    for piece in _split(tokens_of(text), lambda token: token.text == "and"):
        signs = [token for token in _outside(piece) if token.text in RELATION_SIGNS]
        if not signs:
            raise Unreadable(f"found {piece[-1]}, expected a relation: = < <= > >= or in", text, piece[-1].column)
        sides = _split(piece, signs.__contains__)
        for sign, left, right in zip(signs, sides, sides[1:]):
            if sign.text == "in" and len(signs) > 1:
                raise Unreadable(f"found two relations, expected “in” alone: {sign.text}", text, sign.column)
            read = _set if sign.text == "in" else _expression
            found.append(Relation(text, sign.column, sign.text, _expression(text, left), read(text, right)))
    return tuple(found)


def read_let(text: str) -> tuple[Tree, Tree]:
    """A quantity that is named: its name or entry, and what it is."""
    tokens = tokens_of(text)
    sides = _split(tokens, [token for token in _outside(tokens) if token.text == "="].__contains__)
    if len(sides) != 2:
        place = sides[1][-1] if len(sides) > 2 else tokens[-1]
        raise Unreadable(f"found {place}, expected one =: a name, = and what it is", text, place.column)
    return _expression(text, sides[0]), _expression(text, sides[1])


def runs_of(total: Summed, is_size: Callable[[str], bool]) -> list[tuple[Name, Tree | None, Tree | None]]:
    """What a sum or a product runs over: each index with its bounds, or with None for all its values."""
    over, first = total.over, total.over[0]
    letters = [isinstance(one, Name) and one.name[0].islower() and not is_size(one.name) for one in over]
    if len(over) == 3 and letters[0] and not all(letters):
        return [(first, over[1], over[2])]
    for one in over:
        if not isinstance(one, Name) or one.name in NAMES_OF_CONSTANTS or is_size(one.name):
            found = one.name if isinstance(one, Name) else "a formula"
            raise one.refused(f"found {found}, expected the index that {total.word} runs over, such as k")
    names = [one.name for one in over]
    for place, one in enumerate(over):
        if one.name in names[:place]:
            raise one.refused(f"found {one.name} a second time, expected another index")
    return [(one, None, None) for one in over]


def _outside(tokens):
    """The tokens outside all brackets."""
    depth = 0
    for token in tokens:
        depth -= token.text in (")", "]", "}")
        if depth <= 0:
            yield token
        depth += token.text in ("(", "[", "{")


def _split(tokens, here):
    """The pieces between some tokens, each with the token that ends it."""
    pieces, outside = [[]], {token.column for token in _outside(tokens)}
    for token in tokens:
        pieces[-1].append(token)
        if token.column in outside and here(token):
            pieces.append([])
    return pieces


def _expression(text, tokens):
    """`tokens` with the one that ends them."""
    Order(text).check(tokens)
    written, at = [], {}
    for token in tokens[:-1]:
        at[sum(map(len, written))] = token
        # A space after each keeps two of them apart; names cannot be words of Python.
        written.append(("n_" if token.kind in ("name", "number") else token.text) + " ")
    try:
        node = ast.parse("".join(written).strip(), mode="eval").body
        return _Reader(text, at, tokens).tree(node, 0)
    except (SyntaxError, MemoryError, RecursionError) as error:
        raise Unreadable(f"found a text that cannot be taken apart ({type(error).__name__}), expected a formula", text,
                         tokens[0].column) from None  # fmt: skip


class _Reader:
    """Nodes of Python's `ast` into trees; every kind of node that is not here is refused."""

    def __init__(self, text: str, at: dict[int, Token], tokens: list[Token]):
        self.text, self.at, self.tokens = text, at, tokens

    def tree(self, node, depth):
        token = self.at[node.col_offset]
        if depth > DEEPEST_TREE:
            raise Unreadable(f"found more than {DEEPEST_TREE} parts in each other, expected fewer: name one with let",
                             self.text, token.column)  # fmt: skip
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            raise Unreadable(f"found {token}, expected numbers, names, functions and signs", self.text, token.column)
        return read(node, token, depth + 1)

    def _name(self, node, token, depth):
        if token.kind == "number":
            return Numeral(self.text, token.column, Fraction(token.text))
        if token.text in FUNCTIONS:
            after = "(…, k)" if token.text in ("sum", "prod") else "(…)"
            raise Unreadable(f"found the function {token.text} alone, expected {after} after it", self.text,
                             token.column)  # fmt: skip
        return Name(self.text, token.column, token.text)

    def _unaryop(self, node, token, depth):
        return Minus(self.text, token.column, self.tree(node.operand, depth))

    def _binop(self, node, token, depth):
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}[type(node.op)]
        left, right = self.tree(node.left, depth), self.tree(node.right, depth)
        between = [self.at[place] for place in sorted(self.at) if node.left.end_col_offset <= place]
        column = next(one.column for one in between if one.text in OPERATOR_SIGNS)
        return Operation(self.text, column, sign, left, right)

    def _subscript(self, node, token, depth):
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        if isinstance(node.value, ast.Name):
            vector = self._name(node.value, token, depth)
        else:
            vector = self.tree(node.value, depth)
            if not (isinstance(vector, Call) and vector.function == "softmax"):
                raise vector.refused("found an entry of a formula, expected one of a name or of softmax(…)")
        return Element(self.text, token.column, vector, tuple(self.tree(index, depth) for index in inside))

    def _call(self, node, token, depth):
        function = function_named(token, self.text)
        arguments = tuple(self.tree(argument, depth) for argument in node.args)
        if function in ("sum", "prod"):
            if len(arguments) < 2:
                raise Unreadable(f"found {function} of one argument, expected also what it runs over: "
                                 f"{function}(f, k)", self.text, token.column)  # fmt: skip
            return Summed(self.text, token.column, function, arguments[0], arguments[1:])
        if function in ONE_ARGUMENT and len(arguments) != 1:
            raise arguments[1].refused(f"found {len(arguments)} arguments of {function}, expected one")
        if function in ("max", "min") and len(arguments) < 2:
            raise Unreadable(f"found {function} of one argument, expected two or more", self.text, token.column)
        return Call(self.text, token.column, function, arguments)


def _set(text, tokens):
    """What stands on the right of `in`."""
    first, last, end = tokens[0], tokens[-2] if len(tokens) > 1 else tokens[-1], tokens[-1]
    if len(tokens) == 2 and first.text in WORDS_FOR_SETS:
        return Among(text, first.column, WORDS_FOR_SETS[first.text])
    dots = [place for place, token in enumerate(tokens) if token.text == ".."]
    if len(dots) == 1:
        pieces = tokens[: dots[0] + 1], tokens[dots[0] + 1 :]
        return Among(text, first.column, "range", tuple(_expression(text, piece) for piece in pieces))
    pairs = {"(": (")", "]"), "[": (")", "]"), "{": ("}",)}
    if first.text not in pairs or last.text not in pairs[first.text]:
        wanted = "a set: [0, 1], (0, inf), {0, 1}, R, N or 1..P"
        place = first if first.text not in (*pairs, *WORDS_FOR_SETS) else end if first.text in pairs else tokens[1]
        raise Unreadable(f"found {place}, expected {wanted}", text, place.column)
    inside = [*tokens[1:-2], last]
    pieces = _split(inside, lambda token: token.text == "," and token in inside)
    if first.text == "{":
        return Among(text, first.column, "finite", tuple(_expression(text, piece) for piece in pieces))
    if len(pieces) != 2:
        raise Unreadable(f"found {len(pieces)} numbers, expected the two ends of an interval", text, first.column)
    ends = tuple(_end(text, piece) for piece in pieces)
    return Among(text, first.column, "interval", ends, (first.text == "(", last.text == ")"))


def _end(text, tokens):
    """An end of an interval; None for an infinite one."""
    names = [token.text for token in tokens[:-1]]
    return None if names[-1:] and names[-1] in INFINITE and names[:-1] in ([], ["-"]) else _expression(text, tokens)
