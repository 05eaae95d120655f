"""What an entry says, as plain values: whole, so that two entries that a page could tell apart are told apart here. It
takes a part of the time of `writing/export.py`, which writes formulas out.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache

from sympy import Basic

from ..engine.derivation import Derivation
from ..engine.entries import Convention, Counterexample, Definition, Theorem
from ..engine.trees import tree

_Entry = Definition | Convention | Derivation | Counterexample | Theorem
BY_ID = _Entry.__args__  # what an entry names of others: they have contents of their own
PROSE = ("because", "law", "meaning", "words")  # what no proof depends on
NO_CONTENT = ("head", "notation")  # made from the rest; said by the catalogue


def contents(entry: _Entry, but: tuple[str, ...] = ()) -> list:
    """All that is said of an entry, with every step, but for some fields."""
    return _fields(entry, but)


def mathematics(entry: _Entry) -> list:
    """The same without prose: what a proof of it is written from."""
    return contents(entry, PROSE)


def rested_on(entry: _Entry) -> list[_Entry]:
    """All entries on which the steps of one rest: those that it cites, as far as they go there, and those that they do.
    """
    found, waiting = {}, [entry]
    while waiting:
        for step in waiting.pop().steps:
            new = {(source.id, len(source.steps)): source for source in step.cites}
            waiting += [source for key, source in new.items() if key not in found]
            found |= new
    return [found[key] for key in sorted(found)]


def _fields(thing, but):
    left_out = {*but, *NO_CONTENT}
    return [[field.name, _plain(getattr(thing, field.name), but)] for field in fields(thing)
            if field.name not in left_out]  # fmt: skip


def _plain(value, but):
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Basic):
        return _written(value)
    if isinstance(value, BY_ID):
        return [type(value).__name__, value.id]
    if is_dataclass(value):
        return _fields(value, but)
    if isinstance(value, dict):
        return [[_plain(key, but), _plain(found, but)] for key, found in value.items()]
    if isinstance(value, Sequence):
        return [_plain(part, but) for part in value]
    raise TypeError(f"no contents are known of a {type(value).__name__}: {value}")


@lru_cache(maxsize=1 << 15)
def _written(expression):
    return tree(expression)
