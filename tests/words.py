"""Whether the words of a hypothesis agree with its formula, read by other means than those that make them:
whom it speaks of, in which direction, with which numbers, of what, and by which letters.
"""

import re

from sympy import (
    Contains, Eq, FiniteSet, Ge, Gt, Indexed, Integer, Interval, KroneckerDelta, Le, Lt, Range, Rational, Sum, Symbol,
)  # fmt: skip
from sympy.logic.boolalg import And, Implies

from derivations import notation
from derivations.catalogue import CHAPTERS, catalogue, chapter
from derivations.checking.stated import quantified
from derivations.engine.entries import Hypothesis
from derivations.engine.terms import Quantity, free_symbols
from derivations.notation import SIZE_OF, SIZES, SPOKEN
from derivations.site.blocks import _is_range, _scope

OF_ALL, OF_SOME = r"\b(every|each|no|all)\b|^the \S*( \S+)?s\b", r"\b(some|any|most|certain|few)\b|\bat least one\b"
NOT = r"\b(no|not|never|neither|nor|none)\b"
SPELLED = {"zero": 0, "first": 1, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4}
BOUND = re.compile(r"\b(?:below|above|larger than|smaller than|at least|at most) (\w+)")
MULTIPLES = {Rational(1, 2): r"\bhalf\b", Rational(1, 3): r"\bthird\b", Integer(2): r"\b(twice|double)\b"}
NOUNS = {"observation": notation.n, "class": notation.K, "feature": notation.d, "input": notation.M}


def hypotheses():
    """Every hypothesis with a name in the notation or in a chapter."""
    found = {}
    for module in (notation, *map(chapter, CHAPTERS)):
        for name, value in vars(module).items():
            if isinstance(value, Hypothesis):
                found.setdefault(value, f"{module.__name__.rpartition('.')[2]}.{name}")
    for entry in catalogue().values():
        for given in getattr(entry, "conditions", ()):
            found.setdefault(given, f"{entry.id}: {given.name}")
    return {name: hypothesis for hypothesis, name in found.items()}


def faults(hypothesis):
    """In what its words differ from its formula."""
    for read in (_whom, _direction, _numbers, _nouns, _letters, _right):
        found = read(hypothesis.words, hypothesis.statement, hypothesis)
        if found:
            yield found


def _whom(words, statement, hypothesis):
    every = quantified(hypothesis, statement)
    if re.search(OF_SOME, words):
        return "some, where it is every or one chosen"
    if every and not re.search(OF_ALL, words):
        return "not said of every"
    if not every and re.search(r"\b(every|each)\b", words):
        return "said of every, where one is chosen"
    return None


def _direction(words, statement, hypothesis):
    negations, said = len(re.findall(NOT, words)), words.lower()
    if isinstance(statement, And) and all(isinstance(part, Ge) and part.rhs == 0 for part in statement.args):
        return None if "not negative" in said and negations == 1 else "not said to be at least 0"
    if isinstance(statement, And) and all(isinstance(part, Implies) for part in statement.args):
        ends = [part.args[1] for part in statement.args]
        sides = [f"{'above' if isinstance(end, Gt) else 'below'} {end.rhs}" for end in ends]
        agrees = sorted(re.findall(r"\b(?:above|below|larger|smaller)\b \d", said)) == sorted(sides)
        return None if agrees and not negations else "direction"
    if "negative" in said or ("positive" in said and negations):
        return "the wrong sign"
    larger, smaller = (bool(re.search(rf"\b({other})\b", said)) for other in ("larger|above|at least", "smaller|below"))
    larger, smaller = larger, smaller or "at most" in said
    if isinstance(statement, Le | Ge):
        limits = larger if isinstance(statement, Le) else smaller
        other = smaller if isinstance(statement, Le) else larger
        direct = ("at most" if isinstance(statement, Le) else "at least") in said
        return None if (limits and negations == 1 and not other) or (direct and not negations) else "direction"
    if larger or smaller:
        return "larger or smaller, which it does not say"
    if _says_positive(statement):
        zero = re.search(r"\b0\b", said)
        fine = bool(zero) == (negations == 1) and ("positive" in said or "occur" in said or zero)
        return None if fine else "not said to be positive"
    apart = isinstance(statement, Contains) and statement.args[1] == Interval.open(0, 1)
    apart = apart or (isinstance(statement, Eq) and isinstance(statement.lhs, KroneckerDelta) and statement.rhs == 0)
    if isinstance(statement, Eq) and statement.rhs == 0 and not apart:
        claims = [len(re.findall(r"\b(?:zero|0)\b|" + NOT, claim)) for claim in said.split(":")]
        return None if set(claims) == {1} else "zero"
    return None if negations == int(apart) else "a negation too many or too few"


def _says_positive(statement):
    if isinstance(statement, Contains) and isinstance(statement.args[1], Interval):
        return statement.args[1] != Interval.open(0, 1)
    return isinstance(statement, Gt) and statement.rhs == 0


def _numbers(words, statement, hypothesis):
    said = [int(word) if word.isdigit() else SPELLED[word] for word in re.findall(r"\w+", words.lower())
            if word.isdigit() or word in SPELLED]  # fmt: skip
    told = _told(statement)
    if told is not None and (said != told) and not (re.search(NOT, words) and said == []):
        return f"the numbers {said} for {told}"
    last = isinstance(statement, Eq) and isinstance(statement.lhs, KroneckerDelta) and statement.lhs.has(*SIZES)
    if ("last" in words) != last:
        return "the last, or not"
    known = {int(number) for number in statement.atoms(Integer)} | {
        int(found) for found in re.findall(r"\d+", _meant(statement))}  # fmt: skip
    return None if told is not None or set(said) <= known else "a number that it does not name"


def _meant(statement):
    """What the definitions and the notation say of what occurs in a formula."""
    heads = [type(part).definition for part in statement.atoms(Quantity)]
    said = [f"{definition.title}; {definition.meaning}" for definition in heads]
    for entry in statement.atoms(Indexed):
        said += [line.meaning for line in notation.NOTATION if _same_letter(line.symbol, entry)]
    return "; ".join(said)


def _same_letter(pattern, entry):
    return isinstance(pattern, Indexed) and (pattern.base, len(pattern.indices)) == (entry.base, len(entry.indices))


def _told(statement):
    """The numbers that words must name, in their order; None where they may leave out which."""
    if isinstance(statement, Contains) and isinstance(statement.args[1], FiniteSet):
        return sorted(map(int, statement.args[1]))
    if isinstance(statement, Contains):
        return [0, 1] if statement.args[1] == Interval.open(0, 1) else None if _says_positive(statement) else []
    if isinstance(statement, And):
        return [2, 1, 1] if all(isinstance(part, Eq) for part in statement.args) else None
    if not isinstance(statement, Eq) or statement.has(Quantity) or statement.rhs == 0:
        return None
    places = [int(place) for place in getattr(statement.lhs, "indices", ()) if place.is_Integer]
    if isinstance(statement.rhs, KroneckerDelta):
        return [1, 0]
    return places + ([int(statement.rhs)] if statement.rhs.is_Integer else [])


def _nouns(words, statement, hypothesis):
    symbols = free_symbols(statement)
    sizes = {symbol for symbol in symbols if symbol in SIZES and not statement.has(Sum)}
    sizes |= {SIZE_OF.get(symbol) for symbol in symbols}
    if isinstance(statement, Contains) and isinstance(statement.args[1], Range):
        sizes = {statement.args[1].stop - 1}
    if isinstance(statement, Eq) and isinstance(statement.lhs, Sum) and "one observation" in words:
        sizes |= {notation.n} - sizes
    if any(place.is_Integer for entry in statement.atoms(Indexed) for place in entry.indices):
        sizes |= {SIZE_OF[place] for entry in statement.atoms(Indexed) for pattern in SPOKEN.one
                  if _same_letter(pattern, entry) for place in pattern.indices}  # fmt: skip
    sizes |= {size for noun, size in NOUNS.items() if statement.has(Quantity) and re.search(
        rf"\b{noun}", _meant(statement))}  # fmt: skip
    sizes |= {notation.M} if "input" in _meant(statement) else set()
    running = {SIZE_OF[index] for index in quantified(hypothesis, statement)}
    for noun in re.findall(r"\b(?:every|each|no|its) (?:distinct )?(observation|class|feature|input)\b", words):
        if NOUNS[noun] not in running and not (noun == "input" and notation.n in running):
            return f"every {noun}, where none runs"
    for noun in re.findall(r"every (\w+) has the same", words):
        if NOUNS[noun] in {SIZE_OF.get(symbol) for symbol in free_symbols(statement.rhs)}:
            return f"the same for every {noun}, where it is not"
    nouns = re.findall(r"\b(observation|class|feature|input)e?s?\b", words)
    if len(set(nouns)) < len(nouns):
        return "one noun for two"
    for noun, letter in re.findall(r"\b(observation|class|feature|input)e?s?\b(?: (\w)\b)?", words):
        if NOUNS[noun] not in sizes:
            return f"{noun}, of which it does not speak"
        named = [symbol for symbol in symbols if str(symbol) == letter and symbol in SIZE_OF]
        if named and noun and SIZE_OF[named[0]] != NOUNS[noun]:
            return f"{noun} {letter}"
    return None


def _letters(words, statement, hypothesis):
    free = {symbol for symbol in free_symbols(statement) if symbol not in SIZES}
    said = set(re.findall(r"(?<![\w’'])[^\W\d_](?![\w’'-])", words)) - {"a"}
    if not said <= {str(symbol) for symbol in statement.atoms(Symbol) | free}:
        return "a letter that it does not name"
    every = quantified(hypothesis, statement)
    if hypothesis.every is not None and not all(re.search(rf"\bevery .*\b{index}\b", words) for index in every):
        return "an index for every value of which it holds"
    chosen = {symbol for symbol in free if symbol in SIZE_OF and symbol not in every}
    chosen |= {side for side in statement.args[1:] if isinstance(side, Symbol) and side not in SPOKEN.one}
    return None if {str(symbol) for symbol in chosen} - set(map(str, SIZES)) <= said else "a chosen letter left out"


def _right(words, statement, hypothesis):
    """What an entry is compared with: a number, a letter, or a multiple or a sum of them."""
    for part in And.make_args(statement):
        if not isinstance(part, Eq | Le | Ge | Lt | Gt) or part.rhs == 0:
            continue
        number, letter = part.rhs.as_coeff_Mul()
        named = BOUND.search(words) if isinstance(part, Le | Ge) else None
        if part.rhs.is_Add and all(term.is_Number or term.is_Symbol for term in part.rhs.args):
            if not re.search(r"\b(plus|minus|more|less)\b", words):
                return "a sum that is not said"
        elif (isinstance(part, Le | Ge) and part.rhs.is_Add
              and not {str(-term) for term in part.rhs.args if (-term).is_Symbol} <= {*words.split()}):
            return "a letter that is taken away, and not said"
        elif letter.is_Symbol and number != 1:
            if not re.search(MULTIPLES.get(number, rf"(?<!\w){re.escape(str(number))}(?!\w)"), words):
                return "a multiple that is not said"
        elif named and (letter.is_Symbol or letter == 1) and named[1] != str(part.rhs):
            return f"{named[1]}, where it is {part.rhs}"
    return None


# Chapters in which what an index counts has another name, and must be called so.
CALLED = {"multilabel": ("class", "label"), "perplexity": ("distinct input", "group")}


def scopes():
    """What each page shows of the ranges of an entry's indices, without tags, and the formulas of those ranges."""
    found = {}
    for entry in catalogue().values():
        ranges = [given.statement for given in entry.hypotheses if _is_range(given)] if entry.steps else []
        if ranges:
            said = re.sub(r"<math>.*?<mi>(.)</mi>.*?</math>|<[^>]*>", r"\1", _scope(entry))
            noun, called = CALLED.get(entry.id.partition(".")[0], ("", ""))
            found[said.replace(noun, f"no {noun}").replace(called, noun) if noun else said] = ranges
    return found.items()


def scope_agrees(said, ranges):
    """Whether a scope names every index of some ranges, with what it counts, and no other."""
    names = {size: noun for noun, size in NOUNS.items()} | {notation.M: "distinct input"}
    told = re.split(r", | and ", said.removeprefix("for every "))
    wanted = [f"{names[stated.args[1].stop - 1]} {stated.args[0]}" for stated in ranges]
    return said.startswith("for every ") and told == wanted
