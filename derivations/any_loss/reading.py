"""A question as text: a loss, a variable, what is given, what is declared, and what has a name."""

import re
from collections.abc import Sequence

from sympy import Contains, Eq, Expr, FiniteSet, Ge, Gt, Indexed, Integer, Interval, Le, Lt, Rational, S, Symbol
from sympy.sets import Set

from .. import notation
from ..engine.entries import Hypothesis, define, is_index
from ..engine.nodes import Size
from ..engine.terms import free_symbols
from ..engine.wording import NoWordsFor
from ..notation import CATALOGUE
from ..writing.typeset import plain
from .building import Builder
from .declare import POSITIVE, Meanings, Reading
from .grammar import Node, Unreadable, parse, sides_of
from .survey import SIZE_NAMED, Survey

STATED_AS = {"=": Eq, "<=": Le, ">=": Ge, "<": Lt, ">": Gt}
BETWEEN = re.compile(r"\s*([\[(])\s*(-?[\w./]+)\s*,\s*(-?[\w./]+)\s*([\])])\s*$")
LISTED = re.compile(r"\s*\{\s*(-?[\d./]+(?:\s*,\s*-?[\d./]+)*)\s*\}\s*$")
UP_TO = re.compile(r"\s*1\s*\.\.\s*(\w+)\s*$")
NAMED_SETS = {"R": S.Reals, "real": S.Reals, "reals": S.Reals, "N": S.Naturals, "positive": POSITIVE}
HYPOTHESES = [given for given in vars(notation).values()
              if isinstance(given, Hypothesis) and given.statement is not None]  # fmt: skip


def read_question(
    loss: str, variable: str, given: Sequence[str] = (), where: Sequence[str] = (), let: Sequence[str] = ()
) -> Reading:
    """Read a question. `where` declares (``y[k] in [0, 1]``, ``T > 0``, ``a in 1..P``), `let` names an inner quantity
    (``z[i,k] = sum(x[i,f]*W[f,k], f)``), `given` is supposed (``sum(y[k], k) = 1``).

    Unreadable, with the text and the place, for what cannot be read, or is used otherwise than the notation has it.
    """
    survey, trees = Survey(), {text: parse(text) for text in (loss, variable)}
    lets = [_let(text) for text in let]
    declared = [_where(text, survey) for text in where]
    statements = [_given(text) for text in given]
    inside = [(tree, text) for text, (_, tree) in zip(let, lets)]
    inside += [(tree, text) for tree, text in zip(trees.values(), trees)]
    inside += [(side, text) for text, (left, _, right) in zip(given, statements) for side in (left, right)
               if isinstance(side, Node)]  # fmt: skip
    for head, _ in lets:
        for index in head.parts[1:]:
            survey.index(index.value)
    for tree, text in inside:
        survey.look(tree, text)
    said = survey.settle()
    names = Meanings(survey, {}, said=said)
    names.settle()
    for name, indices, domain in (one for one in declared if one is not None):
        sizes = tuple(survey.sizes[index] for index in indices)
        names.declared[name, len(indices)] = sizes, domain
    return _built(names, loss, variable, trees, list(zip(let, lets)), list(zip(given, statements)))


def read_variable(text: str, question: Reading) -> Expr:
    """Another variable of a question that was read."""
    tree, names = parse(text), question.names
    before = set(names.survey.letters)
    names.survey.look(tree, text)
    if new := set(names.survey.letters) - before - {str(letter) for letter in CATALOGUE.size_of}:
        raise Unreadable(f"expected indices that occur in the loss, or that the notation has, found {new.pop()}", text, 0)
    quantities = {one.symbol: one for one in question.inner}
    return _variable(Builder(names, quantities, [], text).expression(tree), text)


def _variable(found, text):
    if isinstance(found, Indexed) or (isinstance(found, Symbol) and not is_index(found)):
        return found
    raise Unreadable("expected a variable: a name such as T, or an entry such as z[m]", text, 0)


def _built(names, loss, variable, trees, lets, statements):
    quantities, inner = {}, []
    for text, (head, tree) in lets:
        name = head.parts[0].value if head.kind == "entry" else head.value
        indices = [names.survey.letters[index.value] for index in head.parts[1:]]
        body = Builder(names, quantities, inner, text).expression(tree)
        if loose := [one for one in free_symbols(body) if one in names.size_of and one not in indices]:
            raise Unreadable(f"expected {loose[0]} to be an index of {name}, or bound by a sum", text, head.column)
        roots = sorted((one for one in free_symbols(body) if not is_index(one)), key=str)
        quantities[name] = define(f"any_loss.{name}", f"the quantity {name}", name, (*roots, *indices), body)
    by = _variable(Builder(names, quantities, inner, variable).expression(trees[variable]), variable)
    taken = frozenset(one for one in free_symbols(by) if is_index(one))
    expression = Builder(names, quantities, inner, loss, taken).expression(trees[loss])
    given = tuple(_hypothesis(names, quantities, inner, text, *one) for text, one in statements)
    every = (*quantities.values(), *inner)
    shown = [f"{plain(one.name)} = {plain(one.body)}" for one in inner]
    said = tuple(dict.fromkeys([*names.said, *shown]))
    return Reading(expression, by, given, names.vocabulary(), every, said, names)


def _let(text):
    left, sign, _, right = sides_of(text)
    head = parse(left)
    indices = head.parts[1:] if head.kind == "entry" else ()
    if sign != "=" or head.kind not in ("name", "entry") or any(index.kind != "name" for index in indices):
        raise Unreadable("expected a name and what it is, such as z[i] = sum(x[i,f]*w[f], f)", text, 0)
    return head, parse(right)


def _where(text, survey):
    """What a declaration says: a name, its indices, and a set. Of an index it says how far that runs."""
    left, sign, column, right = sides_of(text)
    head = parse(left)
    if sign == "in" and head.kind == "name" and (found := UP_TO.match(right)):
        survey.index(head.value)
        size = found[1]
        survey.sizes[head.value] = (Integer(size) if size.isdigit() else
                                    SIZE_NAMED.get(size) or Size(size))  # fmt: skip
        return None
    indices = head.parts[1:] if head.kind == "entry" else ()
    first = head.parts[0] if head.kind == "entry" else head
    if first.kind != "name" or any(index.kind != "name" for index in indices):
        raise Unreadable("expected a name with letters for its indices, such as y[k] in [0, 1]", text, 0)
    for index in indices:
        survey.index(index.value)
    domain = _set(right, text, column) if sign == "in" else _half_line(sign, right, text, column)
    return first.value, [index.value for index in indices], domain


def _set(written, text, column) -> Set:
    if written.strip() in NAMED_SETS:
        return NAMED_SETS[written.strip()]
    if found := BETWEEN.match(written):
        ends = [_number(end, text, column) for end in found.group(2, 3)]
        if not ends[0] < ends[1]:
            raise Unreadable("expected an interval with its smaller end first", text, column)
        opens = found[1] == "(" or ends[0] is S.NegativeInfinity, found[4] == ")" or ends[1] is S.Infinity
        return S.Reals if ends == [S.NegativeInfinity, S.Infinity] else Interval(*ends, *opens)
    if found := LISTED.match(written):
        return FiniteSet(*(_number(one.strip(), text, column) for one in found[1].split(",")))
    raise Unreadable("expected a set: R, positive, N, [0, 1], (0, inf), {0, 1}, or 1..P for an index", text, column)


def _number(written, text, column) -> Expr:
    if written in ("inf", "-inf"):
        return S.Infinity if written == "inf" else S.NegativeInfinity
    if not re.fullmatch(r"-?\d+(?:\.\d+)?(?:/[1-9]\d*)?", written):
        raise Unreadable(f"expected a number, found {written}", text, column)
    above, _, below = written.partition("/")
    return Rational(above) / Rational(below or 1)


def _half_line(sign, right, text, column):
    number = _number(right.strip(), text, column)
    if sign in (">", ">="):
        return Interval(number, S.Infinity, sign == ">", True)
    if sign in ("<", "<="):
        return Interval(S.NegativeInfinity, number, True, sign == "<")
    raise Unreadable("expected a set, such as y[k] in [0, 1], or a bound, such as T > 0", text, column)


def _given(text):
    left, sign, column, right = sides_of(text)
    return parse(left), sign, (_set(right, text, column) if sign == "in" else parse(right))


def _hypothesis(names, quantities, inner, text, left, sign, right):
    builder = Builder(names, quantities, inner, text)
    sides = [builder.expression(left), right if isinstance(right, Set) else builder.expression(right)]
    statement = Contains(*sides, evaluate=False) if sign == "in" else STATED_AS[sign](*sides, evaluate=False)
    if known := next((one for one in HYPOTHESES if one.statement == statement), None):
        return known
    every = tuple(sorted((one for one in free_symbols(statement) if one in names.size_of), key=str))
    try:
        return notation.supposed(text, statement, every=every)
    except NoWordsFor:
        return Hypothesis(text, plain(statement), statement, every=every)
