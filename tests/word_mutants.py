"""Errors planted in words: in the sentences of hypotheses, typed and made, and in the formulas of which they are made.

A changed sentence must no longer agree with its formula (`words.faults`); of a changed formula another sentence must be
made, or none. A sentence that is as true with the change stands in EQUAL, with the reason.
"""

import re
import sys
from collections import Counter
from dataclasses import replace

from reasons import changed_reasons, misnamed, missing
from sympy import And, Contains, Eq, FiniteSet, Ge, Gt, Interval, KroneckerDelta, Le, Lt, Range
from words import faults, hypotheses, scope_agrees, scopes

from derivations.checking.stated import quantified
from derivations.engine.entries import is_index
from derivations.engine.terms import free_symbols
from derivations.engine.wording import NoWordsFor, spelled_out
from derivations.notation import SIZES, SPOKEN, says_itself
from derivations.site.verification import KILLED, SHOWN_EQUAL, SURVIVED

SWAPS = (
    ("every", "some"), ("each", "some"), ("no", "some"), ("no", "every"), ("every", "no"), ("all", "no"),
    ("at least", "at most"), ("at most", "at least"), ("larger", "smaller"), ("smaller", "larger"),
    ("below", "above"), ("positive", "negative"), ("not ", ""), ("is", "is not"), ("0", "1"), ("1", "0"), ("1", "2"),
    ("zero", "one"), ("first", "second"), ("second", "first"), ("last", "first"), ("two", "three"),
    ("class", "observation"), ("classes", "observations"), ("observation", "class"), ("observations", "classes"),
    ("feature", "class"), ("features", "classes"), ("inputs", "classes"), ("m", "l"), ("c", "m"), ("t", "z"),
)  # fmt: skip


MADE, FORMULAS = "words of hypotheses that are made", "formulas of which they are made"
TYPED, OF_SCOPES = "words of hypotheses that are typed", "scopes: for every class m"
OF_REASONS = "letters in typed reasons"
AS_TRUE = "it is said of every entry in the same words, whichever index the entries have"
EQUAL = {
    "notation.interior: another index: Contains(p[k], Interval.open(0, 1))": AS_TRUE,
    "notation.hard_labels: another index: Contains(y[k], {0, 1})": AS_TRUE,
    "soft_labels.no_zero_label: another index: Contains(y[i], Interval.Lopen(0, 1))": AS_TRUE,
}


def changed_words(of_made=True):
    """Every sentence that is made, with each swap at each place; or every typed one that has a formula."""
    for name, hypothesis in hypotheses().items():
        for old, new in SWAPS if hypothesis.statement is not None and says_itself(hypothesis) == of_made else ():
            for found in re.finditer(rf"(?<![\w’'-]){old}(?![\w’'])", hypothesis.words):
                words = hypothesis.words[: found.start()] + new + hypothesis.words[found.end() :]
                kind = f"{old.strip()} becomes {new}" if new else f"{old.strip()} left out"
                yield name, kind, replace(hypothesis, words=words)


def changed_formulas():
    """Every formula of which a sentence is made, with another set, number, relation, index or quantifier."""
    for name, hypothesis in hypotheses().items():
        statement = hypothesis.statement
        if statement is None or not says_itself(hypothesis):
            continue
        every = quantified(hypothesis, statement)
        if every:
            yield name, "chosen for every", hypothesis, statement, ()
        for kind, changed in _changes(statement):
            if changed not in (statement, True, False):
                yield name, kind, hypothesis, changed, hypothesis.every


def changed_scopes():
    """Every scope that a page shows, "for every class m", with each swap at each place."""
    for said, statements in scopes():
        for old, new in SWAPS:
            for found in re.finditer(rf"(?<![\w’'-]){old}(?![\w’'])", said):
                yield said[: found.start()] + new + said[found.end() :], statements


def _changes(statement):
    if isinstance(statement, Contains):
        yield from (("another set", Contains(statement.args[0], other)) for other in _sets(statement.args[1]))
    if isinstance(statement, Le | Ge | Lt | Gt):
        yield from (("another relation", other(*statement.args, evaluate=False)) for other in (Le, Ge, Lt, Gt, Eq))
    if isinstance(statement, Eq) and statement.rhs.is_Number:
        yield from (("another number", Eq(statement.lhs, statement.rhs + more, evaluate=False)) for more in (1, -1))
    if isinstance(statement, And):
        yield "one part alone", statement.args[0]
    sizes = [symbol for symbol in statement.atoms(*map(type, SIZES)) if symbol in SIZES]
    for size in sizes:
        yield from (("another size", statement.xreplace({size: other})) for other in SIZES if other != size)
    for delta in statement.atoms(KroneckerDelta):
        yield "another place", statement.xreplace({delta: KroneckerDelta(delta.args[0], delta.args[1] + 1)})
    for index in filter(is_index, free_symbols(statement) - set(SIZES)):
        others = [other for other in SPOKEN.size_of if other != index and other not in free_symbols(statement)]
        for other in others:
            same = SPOKEN.size_of[other] == SPOKEN.size_of[index]
            if not same or not {index, other} <= set(SPOKEN.running):
                yield "another index", statement.xreplace({index: other})


def _sets(domain):
    if isinstance(domain, Range):
        yield from (Range(2, domain.stop), Range(1, domain.stop - 1), Range(0, domain.stop))
    if isinstance(domain, FiniteSet):
        yield from (FiniteSet(0), FiniteSet(1), FiniteSet(0, 2))
    if isinstance(domain, Interval):
        yield from (Interval(0, 1), Interval.open(0, 1), Interval.Lopen(0, 1), Interval.Ropen(0, 1))
        yield Interval.open(0, 2)


def fate(words, statement, every):
    """Whether a changed formula is noticed in its words: others are made, or none."""
    try:
        return SURVIVED if spelled_out(statement, SPOKEN, every) == words else KILLED
    except NoWordsFor:
        return KILLED


def measured():
    """What became of all, by what was changed, and which survived; typed words apart, which people read as well."""
    fates = {MADE: Counter(), FORMULAS: Counter(), TYPED: Counter(), OF_SCOPES: Counter(), OF_REASONS: Counter()}
    survivors = []
    for of_made, where in ((True, MADE), (False, TYPED)):
        for name, kind, hypothesis in changed_words(of_made):
            found = KILLED if list(faults(hypothesis)) else SURVIVED
            fates[where][found] += 1
            survivors += [f"{name}: {kind}: {hypothesis.words}"] if found == SURVIVED and of_made else []
    for name, kind, hypothesis, statement, every in changed_formulas():
        found = fate(hypothesis.words, statement, every)
        said = f"{name}: {kind}: {statement}"
        found = SHOWN_EQUAL if found == SURVIVED and said in EQUAL else found
        fates[FORMULAS][found] += 1
        survivors += [said] if found == SURVIVED else []
    for said, statements in changed_scopes():
        found = SURVIVED if scope_agrees(said, statements) else KILLED
        fates[OF_SCOPES][found] += 1
        survivors += [f"scope: {said}"] if found == SURVIVED else []
    for step, because in changed_reasons():
        fates[OF_REASONS][KILLED if missing(because, step) or misnamed(because, step) else SURVIVED] += 1
    return {"fates": {where: dict(counted) for where, counted in fates.items()}, "survivors": survivors}


def said(found):
    """The same in words: who survived, and how many met which fate."""
    lines = [f"survived: {survivor}" for survivor in found["survivors"]]
    for where, counted in found["fates"].items():
        lines.append(f"{where}: " + ", ".join(f"{count} {fate}" for fate, count in counted.items()))
    return "\n".join(lines)


def main():
    """Prints what became of the planted errors; 1 if one of them survived."""
    found = measured()
    print(said(found))
    return int(bool(found["survivors"]))


if __name__ == "__main__":
    sys.exit(main())
