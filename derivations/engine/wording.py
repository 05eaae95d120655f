"""A hypothesis in words, made from its formula: whom it speaks of, of every one or of one chosen, and what it says.

What an entry is called is told by the notation. A formula of another form is refused, and its words are typed.
"""

from dataclasses import dataclass

from sympy import And, Contains, Eq, FiniteSet, Ge, Gt, Indexed, Interval, KroneckerDelta, Le, Lt, Range, S, Sum, Symbol

NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth"}
NO_ONE, EVERY_ONE = {Le: "larger", Ge: "smaller"}, {Lt: "smaller", Gt: "larger"}


class NoWordsFor(ValueError):
    """A formula of a form that no sentence here is for."""


@dataclass(frozen=True)
class Names:
    """What the notation tells: what an entry is called, alone and summed over its last index; its domain;
    what a size is the number of; up to which size an index runs; and which indices run.
    """

    one: dict
    many: dict
    domain: dict
    counted: dict
    size_of: dict
    running: tuple


@dataclass(frozen=True)
class _Entry:
    """An entry or a symbol in a formula, with its pattern in the notation and the indices that run."""

    shown: object
    pattern: object
    every: tuple

    @property
    def indices(self):
        return getattr(self.shown, "indices", ())


def spelled_out(statement, names: Names, every: tuple | None = None) -> str:
    """What a formula says, of every value of some indices (if none are given: of those that run)."""
    for form in (_in_range, _in_set, _bound, _size, _other_place, _sum, _one_hot, _the_same, _alike, _given, _second):
        found = form(statement, names, names.running if every is None else every)
        if found:
            return found
    raise NoWordsFor(f"there is no sentence for {statement}; type its words")


def _entry(shown, names, every):
    """What the notation has of an entry; None if it has no name for it."""
    for pattern in names.one:
        if isinstance(shown, Indexed) and isinstance(pattern, Indexed):
            if _fits(shown, pattern, names):
                return _Entry(shown, pattern, tuple(index for index in shown.indices if index in every))
        elif shown == pattern:
            return _Entry(shown, pattern, ())
    return None


def _fits(shown, pattern, names):
    """Whether an entry is of a pattern: the same letter, with places that run up to the same sizes."""
    pairs = list(zip(shown.indices, pattern.indices, strict=False))
    return (shown.base, len(shown.indices)) == (pattern.base, len(pattern.indices)) and all(
        place.is_Integer or names.size_of.get(place, place) == names.size_of[index] for place, index in pairs
    )


def _noun(index, names):
    """What an index counts: class, observation."""
    return names.counted[names.size_of[index]]


def several(noun: str) -> str:
    """The plural of a noun."""
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    return noun + ("es" if noun.endswith("s") else "s")


def counted_as(number: int, noun: str) -> str:
    """1 step, 2 steps."""
    return f"{number} {noun if number == 1 else several(noun)}"


def _chosen(entry, names):
    """The entries that are chosen and not all: of class m."""
    parts = [
        f"{_noun(index, names)} {place}"
        for place, index in zip(entry.indices, getattr(entry.pattern, "indices", ()), strict=True)
        if place not in entry.every
    ]
    return "".join(f" of {part}" for part in parts)


def _subject(entry, names, all_of="every"):
    return f"{all_of if entry.every else 'the'} {names.one[entry.pattern]}{_chosen(entry, names)}"


def _in_range(statement, names, every):
    if not (isinstance(statement, Contains) and isinstance(statement.args[1], Range)):
        return None
    index, (first, beyond, step) = statement.args[0], statement.args[1].args
    last, size = beyond - 1, names.size_of.get(index)
    if size is None or step != 1:
        return None
    places = "" if (first, last) == (1, size) else f" {first} to {str(last).replace('-', '−')}"
    return f"{index} is one of the {several(names.counted[size])}{places}"


def _in_set(statement, names, every):
    if not isinstance(statement, Contains) or not (entry := _entry(statement.args[0], names, every)):
        return None
    domain = statement.args[1]
    if isinstance(domain, FiniteSet):
        return f"{_subject(entry, names)} is {' or '.join(map(str, sorted(domain)))}"
    if domain == Interval.open(0, 1):
        return f"{_subject(entry, names, 'no')} is {'' if entry.every else 'not '}0 or 1"
    if not isinstance(domain, Interval) or domain.end != names.domain[entry.pattern].end:
        return None
    if domain.start != 0 or not domain.left_open or (domain.right_open and domain.end is not S.Infinity):
        return None
    return _positive(entry, names)


def _positive(entry, names):
    """That an entry is above 0; a probability is something that a class has, for an observation."""
    name, last = names.one[entry.pattern], getattr(entry.pattern, "indices", (None,))[-1]
    of_all = last is not None and len(entry.every) == len(entry.indices) and _noun(last, names) == "class"
    if not of_all or not name.endswith("probability"):
        return f"{_subject(entry, names)} is positive"
    others = [_noun(index, names) for index in entry.pattern.indices[:-1]]
    return f"every class has a positive {name}" + "".join(f" for every {noun}" for noun in others)


def _bound(statement, names, every):
    if type(statement) not in NO_ONE | EVERY_ONE or not (entry := _entry(statement.lhs, names, every)):
        return None
    if not statement.rhs.is_Number and not isinstance(statement.rhs, Symbol):
        return None
    if statement.func in EVERY_ONE:
        if statement == Gt(statement.lhs, 0):
            return _positive(entry, names)
        return f"{_subject(entry, names)} is {EVERY_ONE[statement.func]} than {statement.rhs}"
    said = "" if entry.every else "not "
    return f"{_subject(entry, names, 'no')} is {said}{NO_ONE[statement.func]} than {statement.rhs}"


def _size(statement, names, every):
    if not isinstance(statement, Eq) or statement.lhs not in names.counted or not statement.rhs.is_Integer:
        return None
    number, noun = int(statement.rhs), names.counted[statement.lhs]
    return f"there is one {noun}" if number == 1 else f"there are {NUMBERS.get(number, number)} {several(noun)}"


def _other_place(statement, names, every):
    """That an index is not another, or not the last."""
    if not (isinstance(statement, Eq) and isinstance(statement.lhs, KroneckerDelta) and statement.rhs == 0):
        return None
    one, other = sorted(statement.lhs.args, key=lambda place: (place in names.counted, str(place) == "c", str(place)))
    if other in names.counted and names.size_of.get(one) == other:
        return f"{one} is not the last {names.counted[other]}"
    if names.size_of.get(one) is None or names.size_of.get(one) != names.size_of.get(other):
        return None
    return f"{one} is not the {_noun(one, names)} {other}"


def _sum(statement, names, every):
    """That the entries along the last index sum to a number."""
    if not isinstance(statement, Eq) or not isinstance(statement.lhs, Sum) or not statement.rhs.is_Number:
        return None
    (index, first, last), *more = statement.lhs.limits
    entry = _entry(statement.lhs.function, names, every)
    if more or not entry or (first, last) != (1, names.size_of[index]) or entry.indices[-1] != index:
        return None
    if index in entry.indices[:-1] or entry.pattern not in names.many:
        return None
    others = {
        str(given): f"each {_noun(given, names)}" if place in entry.every else f"{_noun(given, names)} {place}"
        for place, given in zip(entry.indices[:-1], entry.pattern.indices[:-1], strict=True)
    }
    return f"the {names.many[entry.pattern].format(**others)} sum to {statement.rhs}"


def _one_hot(statement, names, every):
    """That a label is 1 for one class and 0 for the others."""
    if not isinstance(statement, Eq) or not isinstance(statement.rhs, KroneckerDelta):
        return None
    entry = _entry(statement.lhs, names, every)
    if not entry or set(entry.every) != set(entry.indices) or entry.indices[-1] not in statement.rhs.args:
        return None
    *others, running = entry.indices
    place = next(place for place in statement.rhs.args if place != running)
    noun = _noun(running, names)
    if not others and place in names.size_of:
        return f"the {names.one[entry.pattern]} is 1 for the {noun} {place} and 0 for the others"
    if isinstance(place, Indexed) and list(place.indices) == others and len(others) == 1:
        owner = _noun(entry.pattern.indices[0], names)
        return f"each {owner} has the {names.one[entry.pattern]} 1 for its {noun} and 0 for the others"
    return None


def _the_same(statement, names, every):
    """That an entry does not depend on its first index."""
    if not isinstance(statement, Eq):
        return None
    left, right = (_entry(side, names, every) for side in statement.args)
    if not left or not right or names.one[left.pattern] != names.one[right.pattern] or not left.every:
        return None
    if left.indices[1:] != right.indices or left.indices[0] not in left.every:
        return None
    kept, noun = left.pattern.indices[1:], names.one[left.pattern]
    if any(place not in left.every for place in left.indices):
        return None
    what = f"{_noun(kept[0], names)} {several(noun)}" if kept else noun
    return f"every {_noun(left.pattern.indices[0], names)} has the same {what}"


def _alike(statement, names, every):
    """That two entries of the same place are equal."""
    if not isinstance(statement, Eq):
        return None
    left, right = (_entry(side, names, every) for side in statement.args)
    if not left or not right or left.indices != right.indices or not left.every or left.pattern == right.pattern:
        return None
    if len(left.indices) != 1:
        return None
    noun = _noun(left.pattern.indices[0], names)
    return f"each {names.one[left.pattern]} is the {names.one[right.pattern]} of its {noun}"


def _given(statement, names, every):
    """That entries have a given value: every logit is t, the first feature is 1 for every observation."""
    if not isinstance(statement, Eq) or not (entry := _entry(statement.lhs, names, every)):
        return None
    if not statement.rhs.is_Number and not (isinstance(statement.rhs, Symbol) and statement.rhs not in names.one):
        return None
    value, last = statement.rhs, entry.indices[-1] if entry.indices else None
    if last is not None and last.is_Integer and len(entry.every) == len(entry.indices) - 1 and int(last) in ORDINALS:
        others = [_noun(index, names) for index in entry.pattern.indices[:-1]]
        whose = "".join(f" for every {noun}" for noun in others)
        return f"the {ORDINALS[int(last)]} {names.one[entry.pattern]} is {value}{whose}"
    return f"{_subject(entry, names)} is {value}"


def _second(statement, names, every):
    """That the second of two entries is 1 minus the first."""
    if not (isinstance(statement, And) and all(isinstance(part, Eq) for part in statement.args)):
        return None
    given = {part.lhs: part.rhs for part in statement.args}
    entries = {side.indices[-1]: _entry(side, names, every) for side in given if isinstance(side, Indexed)}
    if len(given) != 2 or set(entries) != {1, 2} or None in entries.values():
        return None
    first, second = entries[1], entries[2]
    if first.pattern != second.pattern or first.indices[:-1] != second.indices[:-1]:
        return None
    if given[second.shown] != 1 - given[first.shown] or set(first.indices[:-1]) - set(first.every):
        return None
    whose = "".join(f" of every {_noun(index, names)}" for index in first.pattern.indices[:-1])
    return f"the second {names.one[first.pattern]}{whose} is 1 minus the first"
