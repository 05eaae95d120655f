"""Texts into a loss and all that it needs: its variable, what is given, and the vocabulary with what nobody declared.

Letters keep the meaning that the notation gives them; a let, then a where, takes its place. What has no meaning gets
one from its uses, and `said` tells the reader which.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sympy import Expr, FiniteSet, Indexed, IndexedBase, Interval, Range, S, Symbol

from ..engine.entries import Definition, Hypothesis, define, is_index
from ..engine.misuse import refuse_start
from ..engine.terms import free_symbols
from ..engine.vocabulary import Notation, Vocabulary
from ..notation import CATALOGUE, NOTATION
from ..writing.typeset import plain
from .build import Builder
from .grammar import read_expression, read_let, read_relations
from .letters import Letters
from .lexicon import Lexicon, Meaning, written
from .stating import (
    declare_domain, declare_index, domain_in_words, hypothesis_of, infer_domains, meaning_said, shown, turned,
)  # fmt: skip
from .tokens import NAMES_OF_CONSTANTS, Unreadable
from .trees import Element, Name, Tree, within
from .uses import Survey, free_letters, names_of_vectors

Texts = str | Iterable[str]
NUMBERS_WITH_NAMES = {"pi": "3.14159…", "e": "2.71828…"}
BY_LET = "named by let"
LETTERS_OF_SOFTMAX = ("k", "l", "m")  # what is known of softmax is told in them: they stay indices as well


@dataclass(frozen=True)
class Reading:
    """A loss that was read; `inner` are definitions of lets and of vectors, `said` what was inferred or declared."""

    expression: Expr
    variable: Symbol | Indexed
    given: tuple[Hypothesis, ...]
    vocabulary: Vocabulary
    inner: tuple[Definition, ...]
    said: tuple[str, ...]
    other: Symbol | Indexed | None = None


def read_loss(
    loss: str, variable: str, given: Texts = (), where: Texts = (), let: Texts = (), other: str | None = None
) -> Reading:
    """Read a loss, the variable of its derivative, what is given of it, where names live, and what names stand for;
    and the `other` variable of a second derivative. Whatever cannot be read is `Unreadable`.
    """
    try:
        lists = ([texts] if isinstance(texts, str) else [*texts] for texts in (given, where, let))
        return _Reader(loss, variable, *lists, other).reading()
    except Unreadable:
        raise
    except (ValueError, TypeError, ArithmeticError, RecursionError, MemoryError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise Unreadable(f"found a formula that cannot be held: {reason}", loss, 0) from error


class _Reader:
    """One question, from its texts to its reading."""

    def __init__(self, loss, variable, given, where, let, other=None):
        self.loss, self.variable = read_expression(loss), read_expression(variable)
        self.other = None if other is None else read_expression(other)
        self.given = [relation for text in given for relation in read_relations(text)]
        self.where = [relation for text in where for relation in read_relations(text)]
        self.lets = [read_let(text) for text in let]
        self.formulas = [*(body for _, body in self.lets), self.loss, self.variable, *self.given]
        self.formulas += [] if self.other is None else [self.other]
        self.everything = [*self.formulas, *(left for left, _ in self.lets), *self.where]
        typed = {part.name for tree in self.everything for part in within(tree) if isinstance(part, Name)}
        self.letters = Letters(typed)
        self.lexicon = Lexicon(self.letters)
        self.builder = Builder(self.letters, self.lexicon)
        self.definitions: list[Definition] = []
        self.said: list[str] = []

    def reading(self):
        """Declare, look at the uses, build."""
        self._declare()
        survey = Survey(self.letters, self.lexicon)
        for tree in self.formulas:
            survey.walk(tree)
        survey.settle()
        self.letters.fill()
        for (left, body), meaning in zip(self.lets, self.named):
            self._let(left, body, meaning)
        kept = {other for meaning in self.named for other in meaning.others}
        self.builder.avoid = self._free(self.loss, self.variable, *([self.other] if self.other else [])) | kept
        expression = self.builder.expression(self.loss)
        refuse_start(expression)
        variable = self._variable(self.variable, expression)
        other = None if self.other is None else self._variable(self.other, expression)
        given = tuple(self._hypothesis(relation, kept) for relation in self.given)
        inner = (*self.definitions, *self.builder.vectors.made)
        reasons = infer_domains([expression, *(one.body for one in inner)], self.builder)
        bare = (f"{name}: an index, one of 1 to {top}; --where '{name} in R' makes it a number"
                for name, top in self.builder.bare.items())  # fmt: skip
        typed = {part.name for tree in self.formulas for part in within(tree) if isinstance(part, Name)}
        numbers = (f"{name}: the number {value}" for name, value in NUMBERS_WITH_NAMES.items() if name in typed)
        said = (*self.letters.said, *numbers, *bare, *self._meanings_said(reasons, given))
        said += (*self.builder.vectors.said, *self.said)
        return Reading(expression, variable, given, self._vocabulary(), inner, said, other)

    def _declare(self):
        """Wheres and the names of lets, then how far every index runs."""
        domains = [relation for relation in self.where if not declare_index(relation, self.builder)]
        declared = [turned(relation, self.builder)[0] for relation in domains] + [left for left, _ in self.lets]
        names = {tree.name for tree in declared if isinstance(tree, Name)} | names_of_vectors(self.everything)
        for name in names.difference(LETTERS_OF_SOFTMAX):
            self.letters.forget(name)
        for tree in (*(left for left, _ in self.lets), *self.formulas, *domains):
            self.letters.meet(tree)
        for relation in domains:
            declare_domain(relation, self.builder)
        self.named = [self._name_of_let(left) for left, _ in self.lets]

    def _name_of_let(self, left):
        """The meaning of the name of a let, before it is built."""
        named, indices = (left.vector, left.indices) if isinstance(left, Element) else (left, ())
        if not isinstance(named, Name) or named.name in NAMES_OF_CONSTANTS or self.letters.is_size(named.name):
            raise left.refused("found no name that is free, expected a name or an entry: s = …, z[i,k] = …")
        if any(one.origin == "let" for one in self.lexicon.own.get(named.name, ())):
            raise left.refused(f"found {named.name} a second time, expected another name for another quantity")
        letters = [getattr(index, "name", None) for index in indices]
        for place, index in enumerate(indices):
            if letters[place] not in self.letters.tops or letters[place] in letters[:place]:
                raise index.refused(f"found {written(index)}, expected an index of its own for every value, such as k")
        meaning = Meaning(named.name, None, tuple(self.letters.tops[letter] for letter in letters), "let", seen=left)
        self.lexicon.own[named.name] = [meaning]
        return meaning

    def _let(self, left, body, meaning):
        """The definition of a let; a name for a number is the number itself."""
        indices = tuple(self.letters.symbol(index.name) for index in getattr(left, "indices", ()))
        self.builder.avoid = self._free(body) | {*indices}
        made = self.builder.expression(body)
        free = sorted(free_symbols(made), key=lambda symbol: (str(symbol), type(symbol).__name__))
        meaning.roots = tuple(symbol for symbol in free if not is_index(symbol))
        meaning.others = tuple(one for one in free if is_index(one) and one not in indices
                               and not self.letters.is_size(one.name))  # fmt: skip
        parameters = (*meaning.roots, *meaning.others, *indices)
        name, title = meaning.name, f"what {meaning.name} stands for"
        meaning.root = define(f"any_loss.{name}", title, name, parameters, made, meaning=BY_LET)
        if parameters:
            self.definitions.append(meaning.root)
        else:
            self.said.append(f"{name} = {plain(made)}")

    def _variable(self, tree, expression):
        """What is differentiated by: a letter or an entry."""
        if not isinstance(tree, (Name, Element)):
            raise tree.refused("found a formula, expected a name or an entry to differentiate by, such as z[m]")
        self.builder.avoid = self._free(tree)
        found = self.builder.number(tree, {}, None)
        if not isinstance(found, (Symbol, Indexed)) or is_index(found) or found.is_integer:
            where = f"; --where '{written(tree)} in R' makes it one" if written(tree) in self.letters.tops else ""
            raise tree.refused(f"found {written(tree)}, expected a real number that the loss depends on, not an index, "
                               f"a size, a constant or a quantity that let names{where}")  # fmt: skip
        own = [one for one in self.lexicon.own.get(tree.name if isinstance(tree, Name) else tree.vector.name, ())
               if len(one.sizes) == len(getattr(found, "indices", ()))]  # fmt: skip
        if own and (own[0].domain is S.Naturals or isinstance(own[0].domain, FiniteSet)):
            raise tree.refused(f"found {written(tree)}, which is {domain_in_words(own[0].domain)}, expected a number "
                               "that can move a little: a slope is taken by it")  # fmt: skip
        there = free_symbols(expression).union(*(free_symbols(one.body) for one in self.definitions))
        vectors = [root for root in there if isinstance(root, IndexedBase) and str(root) == str(found)]
        if isinstance(found, Symbol) and found not in there and vectors:
            raise tree.refused(f"found {found}, expected an entry of it, such as {found}[m], which the loss is made of")
        return found

    def _hypothesis(self, relation, kept):
        self.builder.avoid = self._free(relation) | kept
        return hypothesis_of(relation, self.builder)

    def _free(self, *trees: Tree):
        names = set().union(*(free_letters(tree, self.letters) for tree in trees))
        return {self.letters.symbol(name) for name in names}

    def _meanings_said(self, reasons, given):
        """One line for each name that the notation does not have, or has otherwise; and for its numbers, which a reader
        may have meant otherwise.
        """
        for meaning in self.lexicon.met.values():
            bounded = meaning.domain is not S.Reals and not isinstance(meaning.domain, Range)
            if bounded or not (isinstance(meaning.root, IndexedBase) or meaning.name in "ypz"):
                name = shown(meaning, self.letters)
                anew = "" if meaning.domain is S.Reals else f"; --where '{name} in R' makes it any real number"
                yield f"{name}: {domain_in_words(meaning.domain)}, as on this site{anew}"
        for meaning in (one for found in self.lexicon.own.values() for one in found if one.origin != "let"):
            yield meaning_said(meaning, reasons.get(meaning), self.lexicon, given)

    def _vocabulary(self):
        """Sizes and indices; what is used of the notation; what this loss brings."""
        met = [self._entry_of(one) for one in self.lexicon.met.values()]
        order = {entry.meaning: place for place, entry in enumerate(NOTATION)}
        met.sort(key=lambda entry: order[entry.meaning])
        own = [self._entry_of(one) for found in self.lexicon.own.values() for one in found if one.origin != "let"]
        entries = (*self.letters.notations(), *met, *own)
        running = tuple(index for index in CATALOGUE.running if index.name in self.letters.tops)
        return Vocabulary(entries, tuple(self.letters.sizes.values()), running)

    def _entry_of(self, meaning):
        indices = self.letters.distinct(meaning.sizes)
        old = meaning.notation
        if meaning.origin == "notation" and all(index.name in self.letters.tops for index in
                                                getattr(old.symbol, "indices", ())):  # fmt: skip
            return old
        symbol = meaning.root[indices] if indices else meaning.root
        label = old is not None and old.is_label and isinstance(meaning.domain, Interval)
        told = old.meaning if old else domain_in_words(meaning.domain)
        return Notation(symbol, told, meaning.domain, label)

