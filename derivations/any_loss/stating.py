"""Wheres and givens: where a name lives, and what is supposed; and how that is told."""

from collections.abc import Iterable

from sympy import Expr, FiniteSet, Ge, Gt, Indexed, IndexedBase, Interval, Le, Lt, Pow, Range, S, Symbol, log, oo
from sympy import preorder_traversal
from sympy.sets import Set

from ..engine.entries import Hypothesis, is_index
from ..engine.terms import equation, free_symbols, member, root_of, same, substitute
from ..engine.wording import NoWordsFor
from ..notation import RUNNING, supposed
from ..translation import SHIPPED
from ..writing.typeset import plain
from .build import Builder
from .conditions import NOT_NEGATIVE, NOT_ZERO, POSITIVE
from .lexicon import IN_THE_NOTATION, Lexicon, Meaning, shown, written
from .trees import Among, Element, Name, Relation, Tree, within
from .uses import top_of

FLIPPED = {"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
RELATION = {"<": Lt, "<=": Le, ">": Gt, ">=": Ge}
KINDS_OF_DOMAINS = {
    S.Reals: "any real number", POSITIVE: "any positive number", NOT_NEGATIVE: "any number that is not negative",
    NOT_ZERO: "any real number but 0", S.Naturals: "any whole number from 1 on",
}  # fmt: skip


def domain_in_words(domain: Set) -> str:
    """Where something lives, as a reader says it."""
    if domain in KINDS_OF_DOMAINS:
        return KINDS_OF_DOMAINS[domain]
    if isinstance(domain, FiniteSet):
        return " or ".join(map(plain, sorted(domain)))
    low, high = "above" if domain.left_open else "from", "below" if domain.right_open else "to"
    ends = [(domain.start, low), (domain.end, high)]
    between = " " if (low, high) == ("from", "to") else " and "
    return "any number " + between.join(f"{word} {plain(end)}" for end, word in ends if end not in (oo, -oo))


def set_of(among: Among, builder: Builder) -> Set:
    """The set that is typed; its ends are numbers."""
    parts = [None if part is None else _number(part, builder) for part in among.parts]
    if among.kind == "range":
        raise among.refused("found the range of an index, expected a set of numbers: [0, 1], (0, inf), {0, 1}, R or N")
    if among.kind in ("real", "natural"):
        return {"real": S.Reals, "natural": S.Naturals}[among.kind]
    if among.kind == "finite":
        return FiniteSet(*parts)
    (low, high), (left, right) = parts, among.open
    made = Interval(-oo if low is None else low, oo if high is None else high, left, right)
    if made.is_empty:
        raise among.refused("found an empty set, expected the smaller end first")
    return made


def _number(tree, builder):
    value = builder.number(tree, {}, None)
    if not value.is_number:
        raise tree.refused("found a formula, expected a number")
    return value


def turned(relation: Relation, builder: Builder) -> tuple[Tree, str, Tree]:
    """A relation with the number, if one side is a number, on the right."""
    if relation.sign in FLIPPED and not any(isinstance(part, (Name, Element)) for part in within(relation.left)):
        return relation.right, FLIPPED[relation.sign], relation.left
    return relation.left, relation.sign, relation.right


def declare_index(relation: Relation, builder: Builder) -> bool:
    """Take a where that says how far an index runs; whether it is one."""
    if relation.sign != "in" or relation.right.kind != "range":
        return False
    if not isinstance(relation.left, Name):
        raise relation.left.refused("found no index before a range, expected a letter, such as a in 1..P")
    builder.letters.declare(relation.left, relation.right)
    return True


def declare_domain(relation: Relation, builder: Builder) -> None:
    """Take a where that says where a name lives; two about one name hold both."""
    tree, sign, other = turned(relation, builder)
    if not isinstance(tree, (Name, Element)) or not isinstance(getattr(tree, "vector", tree), Name):
        raise tree.refused("found a formula, expected a name or an entry that is declared, such as T or y[k]")
    name = tree.name if isinstance(tree, Name) else tree.vector.name
    if builder.letters.is_size(name) or name in ("pi", "e") and isinstance(tree, Name):
        raise tree.refused(f"found {name}, which has its own meaning, expected another letter")
    if sign == "=":
        raise relation.refused("found =, expected where a name lives: in, <, <=, > or >=; an equation is a given")
    domain = set_of(other, builder) if sign == "in" else _half_line(sign, _number(other, builder))
    sizes = tuple(_declared_top(index, builder) for index in getattr(tree, "indices", ()))
    before = next((one for one in builder.lexicon.own.get(name, ()) if len(one.sizes) == len(sizes)), None)
    if before is not None:
        if before.sizes != sizes:
            raise tree.refused(f"found {written(tree)}, which was declared with other sizes, expected the same")
        before.domain = before.domain.intersect(domain)
        if before.domain.is_empty:
            raise relation.refused(f"found nothing that {written(tree)} may be, expected wheres that can both hold")
        return
    known = (one for one in IN_THE_NOTATION.get(name, ()) if one.sizes == sizes)
    old = next((one for one in known if not isinstance(one.domain, Range)), None)  # an entry that is an index stays one
    root = old.root if old else IndexedBase(name) if sizes else Symbol(name, real=True)
    kept = old.notation if old else None
    builder.lexicon.declare(Meaning(name, root, sizes, "where", domain, kept, tree))


def _half_line(sign, end):
    return {">": lambda: Interval.open(end, oo), ">=": lambda: Interval(end, oo),
            "<": lambda: Interval.open(-oo, end), "<=": lambda: Interval(-oo, end)}[sign]()  # fmt: skip


def _declared_top(index, builder):
    top = top_of(index, builder.letters, builder.lexicon) if isinstance(index, Name) else None
    if top is None or builder.letters.is_size(index.name):
        raise index.refused("found no letter, expected an index that stands for every place, such as k")
    return top


def hypothesis_of(relation: Relation, builder: Builder) -> Hypothesis:
    """What a given says, of every value of its free indices; the notation's own hypothesis where it is one."""
    tree, sign, other = turned(relation, builder)
    left = builder.expression(tree)
    if sign == "in":
        statement = member(left, set_of(other, builder))
    else:
        right = builder.expression(other)
        statement = equation(left, right) if sign == "=" else RELATION[sign](left, right, evaluate=False)
    letters = builder.letters
    free = sorted((one for one in free_symbols(statement) if is_index(one) and not letters.is_size(one.name)), key=str)
    if not free_symbols(statement):
        raise relation.refused("found a relation between numbers, expected one about a name")
    usual = substitute(statement, dict(zip(free, letters.distinct(tuple(map(letters.top, free))))))
    runs = {one for one in free_symbols(usual) if is_index(one) and not letters.is_size(one.name)} <= {*RUNNING}
    shipped = next((one for one in SHIPPED if runs and same(one.statement, usual)), None)
    if shipped is not None:
        return shipped
    try:
        if _redeclared(statement, builder):
            raise NoWordsFor(str(statement))
        words = supposed("given", statement, every=tuple(free)).words
    except (NoWordsFor, KeyError):
        words = plain(statement)
    return Hypothesis(words, words, statement, every=tuple(free))


def _redeclared(statement, builder):
    names = {symbol.name if isinstance(symbol, Symbol) else str(symbol) for symbol in free_symbols(statement)}
    return bool(names & builder.lexicon.own.keys())


def infer_domains(expressions: list[Expr], builder: Builder) -> dict[Meaning, str]:
    """Where names live that nobody declared, by how they stand in some expressions; and why."""
    positive, divides = {}, set()
    for part in (part for one in expressions for part in preorder_traversal(one)):
        if isinstance(part, log) and isinstance(part.args[0], (Symbol, Indexed)):
            positive.setdefault(root_of(part.args[0]), "its logarithm is taken")
        if isinstance(part, Pow) and isinstance(part.base, (Symbol, Indexed)):
            if part.exp.is_Integer:
                divides |= {root_of(part.base)} if part.exp.is_negative else set()
            elif not part.exp.is_integer:
                positive.setdefault(root_of(part.base), "its power need not be a whole one")
    reasons = {}
    for meaning in (one for found in builder.lexicon.own.values() for one in found if one.origin == "use"):
        if meaning.root in positive:
            meaning.domain, reasons[meaning] = POSITIVE, positive[meaning.root]
        elif meaning.root in divides:
            meaning.domain, reasons[meaning] = NOT_ZERO, "it divides"
    return reasons


def meaning_said(meaning: Meaning, reason: str | None, lexicon: Lexicon, given: Iterable[Hypothesis]) -> str:
    """What a name of the loss may be: what was declared or given, else what its uses show."""
    entry, kind = shown(meaning, lexicon.letters), domain_in_words(meaning.domain)
    supposed = [one.statement for one in given if one.statement is not None and one.letters == {meaning.root}]
    if meaning.origin != "use":
        said = f"{kind}, as declared"
    elif reason:
        said = f"{kind}, because {reason}"
    else:
        said = f"{kind}, with {' and '.join(map(plain, supposed))} as given" if supposed else f"taken to be {kind}"
    notes = [f"{letter} {verb} to {size}" for letter, verb, size in _runs(entry, meaning.sizes)]
    notes = [" and ".join(notes)] if notes else []
    if meaning.name in lexicon.aside:
        known = [shown(one, lexicon.letters) + ", an index" * isinstance(one.domain, Range)
                 for one in IN_THE_NOTATION[meaning.name]]  # fmt: skip
        notes.append(f"not this site's {' or '.join(known)}")
    return f"{entry}: {said}" + (f" ({'; '.join(notes)})" if notes else "")


def _runs(entry, sizes):
    """The letters of an entry with how far they run, those of one size together."""
    letters = entry.partition("[")[2].rstrip("]").split(",")
    for size in dict.fromkeys(sizes):
        mine = [letter for letter, top in zip(letters, sizes) if top == size]
        yield " and ".join(mine), "run" if len(mine) > 1 else "runs", size
