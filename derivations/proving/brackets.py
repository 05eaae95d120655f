"""Texts of Coq without the brackets that they do not need. A bracket is taken away where Coq reads the same without it;
a test has Coq compare both.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"(\s*)(/\\|\\/|->|=>|<=|>=|<>|%nat|[\w'.]+(?:%nat)?|\S)")
# How tightly an operator binds: the smaller, the tighter. An application binds tighter than all of them.
BINDS = {"^": 30, "*": 40, "/": 40, "+": 50, "-": 50, "=": 70, "<": 70, "<=": 70, ">": 70, ">=": 70, "<>": 70,
         "/\\": 80, "\\/": 85, "->": 99}  # fmt: skip
PREFIX = {"-": 35, "/": 35, "~": 75}
TO_THE_RIGHT = {"^", "/\\", "\\/", "->"}  # a -> b -> c is a -> (b -> c)
TO_THE_LEFT = {"*", "/", "+", "-"}
BINDS_NAMES = {"fun": "=>", "forall": ",", "exists": ","}
ONE_TOKEN, APPLICATION, WIDEST = 0, 10, 200


@dataclass(frozen=True)
class _Part:
    """A token, or what stands in brackets; with the space before it."""

    space: str
    text: str
    inside: tuple = ()

    @property
    def is_group(self):
        return self.text == "()"

    @property
    def is_operand(self):
        return self.is_group or self.text == "%nat" or bool(re.match(r"[\w'.]", self.text))


def without_brackets(text: str) -> str:
    """A statement or a term, without the brackets that it does not need."""
    return _written(_read(TOKEN.findall(text))[0])


def _read(tokens):
    """The parts at the beginning of some tokens, up to a bracket that closes; and the tokens from there on."""
    parts = []
    while tokens and tokens[0][1] != ")":
        (space, token), *tokens = tokens
        if token == "(":
            inside, (_, *tokens) = _read(tokens)
            parts.append(_Part(space, "()", inside))
        else:
            parts.append(_Part(space, token))
    return tuple(parts), tokens


def _written(parts):
    """Parts as text. What a binder binds stays as it is; what follows it is a term of its own."""
    binder = next((place for place, part in enumerate(parts) if part.text in BINDS_NAMES), None)
    if binder is None:
        return "".join(_one(parts, place) for place in range(len(parts)))
    ends = next(place for place in range(binder, len(parts)) if parts[place].text == BINDS_NAMES[parts[binder].text])
    before = "".join(_one(parts, place) for place in range(binder))
    return before + "".join(map(_whole, parts[binder : ends + 1])) + _written(parts[ends + 1 :])


def _whole(part):
    return part.space + (f"({''.join(map(_whole, part.inside))})" if part.is_group else part.text)


def _one(parts, place):
    part = parts[place]
    if not part.is_group:
        return part.space + part.text
    text = _written(part.inside).strip()
    return part.space + (f"({text})" if _needs_brackets(parts, place) else text)


def _needs_brackets(parts, place):
    level = _level(parts[place].inside)
    before = parts[place - 1] if place else None
    after = parts[place + 1] if place + 1 < len(parts) else None
    if after is not None and after.text == "%nat":
        return True
    if any(beside is not None and beside.is_operand for beside in (before, after)):
        return level > ONE_TOKEN
    if level == WIDEST and before is not None and before.text == "->" and after is None:
        return False  # a -> forall k, b
    return _breaks_left(parts, place, level) or (after is not None and _breaks_right(after.text, level))


def _breaks_left(parts, place, level):
    """Whether an operator before a term of such a level would take a part of it."""
    if not place or parts[place - 1].text not in {*BINDS, *PREFIX}:
        return False
    sign = parts[place - 1].text
    if _is_prefix(parts, place - 1):
        return level > (APPLICATION if sign == "~" else PREFIX[sign])  # ~ a = b is right, and hard to read
    return level > BINDS[sign] or (level == BINDS[sign] and sign not in TO_THE_RIGHT)


def _breaks_right(sign, level):
    """Whether an operator after a term of such a level would take a part of it."""
    if sign not in BINDS:
        return False
    return level > BINDS[sign] or (level == BINDS[sign] and sign not in TO_THE_LEFT)


def _is_prefix(parts, place):
    before = parts[place - 1] if place else None
    return parts[place].text in PREFIX and not (before is not None and before.is_operand)


def _level(parts):
    """How loosely what stands in brackets holds together."""
    if any(part.text in BINDS_NAMES for part in parts):
        return WIDEST
    if len(parts) == 1:
        return _level(parts[0].inside) if parts[0].is_group else ONE_TOKEN
    signs = [PREFIX[part.text] if _is_prefix(parts, place) else BINDS[part.text]
             for place, part in enumerate(parts) if part.text in {*BINDS, *PREFIX}]  # fmt: skip
    return max(signs, default=APPLICATION)
