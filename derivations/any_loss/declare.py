"""Trees into expressions, with a vocabulary: the notation of the catalogue for the names that it has, and for all
others what their uses say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sympy import Expr, FiniteSet, IndexedBase, Interval, Range, S, Symbol, Union
from sympy.sets import Set

from ..engine.entries import Definition, Hypothesis
from ..engine.nodes import is_size
from ..engine.vocabulary import Notation, Vocabulary, key_of
from ..notation import CATALOGUE, multiplier, scale
from ..writing.typeset import plain
from .grammar import Unreadable
from .survey import Survey, spare_letters

POSITIVE = Interval.open(0, S.Infinity)
NOT_ZERO = Union(Interval.open(S.NegativeInfinity, 0), POSITIVE)
ASKED = {"positive": POSITIVE, "not 0": NOT_ZERO}
PASSED_OVER = (scale, multiplier)  # printed as another symbol is, which is meant


@dataclass(frozen=True)
class Reading:
    """A loss as it was read: the expression, the variable, what is given, and in which vocabulary; `inner` are the
    quantities that got a name, `said` what was understood of sizes and domains, in words.
    """

    expression: Expr
    variable: Expr
    given: tuple[Hypothesis, ...]
    vocabulary: Vocabulary
    inner: tuple[Definition, ...] = ()
    said: tuple[str, ...] = ()
    names: "Meanings | None" = None


@dataclass
class Meanings:
    """What each name with so many indices is."""

    survey: Survey
    declared: dict[tuple[str, int], tuple[tuple, Set]] = field(default_factory=dict)
    bases: dict[tuple[str, int], Expr] = field(default_factory=dict)
    new: list[Notation] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def known(self, name: str, sizes: Sequence) -> Notation | None:
        """The notation of the catalogue for a name with indices up to these sizes (None: any)."""
        for entry in CATALOGUE.entries:
            root, rank = key_of(entry.symbol)
            if plain(root) == name and rank == len(sizes) and root not in PASSED_OVER and not _is_letter(entry):
                runs = [CATALOGUE.size_of[index] for index in getattr(entry.symbol, "indices", ())]
                if all(size in (None, run) for size, run in zip(sizes, runs)):
                    return entry
        return None

    def has(self, name: str) -> list[Notation]:
        """All notations of the catalogue for a name."""
        return [entry for entry in CATALOGUE.entries if plain(key_of(entry.symbol)[0]) == name and not _is_letter(entry)
                and key_of(entry.symbol)[0] not in PASSED_OVER]  # fmt: skip

    def base(self, name: str, sizes: Sequence, text: str, column: int) -> Expr:
        """The symbol or the vector of a name with indices up to these sizes."""
        key = name, len(sizes)
        if key not in self.bases:
            self.bases[key] = self._base(name, sizes, text, column)
        return self.bases[key]

    def _base(self, name, sizes, text, column):
        if (name, len(sizes)) in self.declared:
            sizes, domain = self.declared[name, len(sizes)]
            return self._new(name, sizes, domain, "declared")
        if entry := self.known(name, sizes):
            return key_of(entry.symbol)[0]
        if others := self.has(name):
            shown = ", ".join(f"{plain(entry.symbol)} ({entry.meaning})" for entry in others)
            letters = f"[{', '.join(map(str, self.letters_of(sizes)))}]" if sizes and None not in sizes else ""
            raise Unreadable(
                f"expected {name} as the notation has it: {shown}; found {name}{letters}. To use it so, declare it: "
                f"--where '{name}{letters} in R'", text, column)  # fmt: skip
        if None in sizes:
            raise Unreadable(f"expected to know how far the indices of {name} run; use {name} with letters, such as "
                             f"{name}[k], or declare it: --where '{name}[k] in R'", text, column)  # fmt: skip
        asked = self.survey.asked.get(name)
        why = {"positive": "its logarithm or a power of it is taken", "not 0": "it divides"}.get(asked, "not declared")
        return self._new(name, sizes, ASKED.get(asked, S.Reals), why)

    def _new(self, name, sizes, domain, why):
        label = Symbol(name, positive=True) if domain == POSITIVE else Symbol(name, real=True)
        base = IndexedBase(label) if sizes else label
        indices = self.letters_of(sizes)
        symbol = base[indices] if sizes else base
        self.new.append(Notation(symbol, f"{said_set(domain)} ({why})", domain, _is_label(name, domain)))
        self.said.append(f"{plain(symbol)}: {said_set(domain)} ({why})")
        return base

    def letters_of(self, sizes: Sequence) -> tuple:
        """Letters for the places of an entry, no two the same."""
        found = []
        for size in sizes:
            letters = [letter for letter, top in self.size_of.items() if top == size and letter not in found]
            found.append(letters[0])
        return tuple(found)

    def settle(self) -> None:
        """Once all letters are known: how far each runs, with spare ones for sizes that nobody else has."""
        survey = self.survey
        self.size_of = dict(CATALOGUE.size_of)
        for name, letter in survey.letters.items():
            self.size_of[letter] = survey.sizes[name]
        taken = {*survey.names, *survey.letters}
        for size in dict.fromkeys(self.size_of.values()):
            if size not in CATALOGUE.sizes:
                have = sum(top == size for top in self.size_of.values())
                for letter in spare_letters(taken, max(0, 5 - have)):
                    taken.add(str(letter))
                    self.size_of[letter] = size

    def vocabulary(self) -> Vocabulary:
        """The notation of the catalogue, but for what was declared anew, and all that is new."""
        anew = {key_of(entry.symbol) for entry in self.new}
        over = {(plain(root), rank) for root, rank in anew}
        kept = [entry for entry in CATALOGUE.entries
                if (plain(key_of(entry.symbol)[0]), key_of(entry.symbol)[1]) not in over]  # fmt: skip
        own = [size for size in dict.fromkeys(self.size_of.values()) if size not in CATALOGUE.sizes and is_size(size)]
        indices = [Notation(letter, "an index", Range(1, size + 1)) for letter, size in self.size_of.items()
                   if letter not in CATALOGUE.size_of]  # fmt: skip
        moved = [entry for entry in kept if entry.symbol not in self.size_of
                 or self.size_of[entry.symbol] == CATALOGUE.size_of.get(entry.symbol)]  # fmt: skip
        again = [Notation(letter, "an index", Range(1, size + 1)) for letter, size in self.size_of.items()
                 if CATALOGUE.size_of.get(letter, size) != size]  # fmt: skip
        sizes = [Notation(size, "how far an index runs", S.Naturals) for size in own]
        entries = (*moved, *sizes, *indices, *again, *self.new)
        return Vocabulary(entries, (*CATALOGUE.sizes, *own), CATALOGUE.running)


def _is_letter(entry):
    """Whether a notation is that of an index or a size."""
    return entry.symbol in CATALOGUE.size_of or entry.symbol in CATALOGUE.sizes


def _is_label(name, domain):
    return name == "y" and isinstance(domain, (Interval, FiniteSet)) and domain.is_subset(Interval(0, 1)) is True


def said_set(domain: Set) -> str:
    """A set in words."""
    words = {S.Reals: "any real number", POSITIVE: "a positive number", NOT_ZERO: "any real number but 0",
             S.Naturals: "a whole number from 1", Interval(0, S.Infinity): "a number that is not negative"}  # fmt: skip
    if domain in words:
        return words[domain]
    if isinstance(domain, Interval):
        left, right = ("(" if domain.left_open else "["), (")" if domain.right_open else "]")
        return f"a number in {left}{plain(domain.start)}, {plain(domain.end)}{right}"
    return f"one of {', '.join(map(plain, sorted(domain)))}"
