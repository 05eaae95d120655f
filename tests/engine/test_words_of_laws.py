"""What a docstring says of a law is what the formula beside it says: read back from its letters, with every sign; and
so are the conditions that it writes with signs, or with the words "not 0", "not negative" and "positive".
"""

import re

import pytest
from sympy import (
    Add, Contains, Eq, Function, Ge, Gt, Interval, Le, Lt, Mul, Ne, Pow, Sum, cos, exp,
    expand, log, sin, symbols,
)  # fmt: skip
from sympy.core.function import AppliedUndef

from derivations.engine import laws as of
from derivations.engine.nodes import Indicator
from derivations.engine.replay import RULES
from derivations.engine.terms import BIG_OPERATORS
from derivations.site.rule_pages import stated_law

TOKEN = re.compile(r"f'|(?:sum|prod)_\w|log|sin|cos|max|1\[|D|delta_\w\w|[a-zE]_\w+|[a-zE]|\d+|<=|>=|[-+/^()=|,>\]]")
SLOPE = re.compile(r"\bd([a-z](?:_\w)?)/dx|\bd\(((?:[^()]|\([^()]*\))*)\)/dx|\bd/dx ((?:sum|prod)_\w [a-z]_\w)")
FUNCTIONS = {"log": log, "sin": sin, "cos": cos}
# Laws whose words have another form than their formula: a name for what a hypothesis or a definition says, a sum over
# all but one, a quotient that is not written out, other letters. The last test says in which of them there is a sign.
OTHERWISE = {
    "by_hypothesis", "solve_for", "take_out_term", "regroup", "extend_fraction", "chain_rule", "unfold", "fold",
    "recognise", "cite", "reorder_sums", "reorder_products", "write_out", "derivative_of_coordinate",
    "sift_kronecker_delta",
}  # fmt: skip
READ = {name: rule for name, rule in RULES.items() if name not in OTHERWISE}


class Reader:
    """Reads a law in plain letters: products without a sign, sums over all that follows up to a plus or a minus."""

    def __init__(self, text):
        self.tokens = TOKEN.findall(SLOPE.sub(lambda found: f"D({found[1] or found[2] or found[3]})", text))

    def next(self, *wanted):
        return self.tokens.pop(0) if self.tokens and (not wanted or self.tokens[0] in wanted) else None

    def sides(self):
        left, sign = self.total(), self.next("=", "<=", ">=")
        right = self.total()
        assert sign and not self.tokens, f"left over: {self.tokens}"
        return left, sign, right

    def total(self):
        found = self.term(self.next("-"))
        while sign := self.next("+", "-"):
            found += self.term(sign)
        return found

    def term(self, sign=None):
        found = self.factor()
        while self.tokens and self.tokens[0] not in ("+", "-", ")", "=", "<=", ">=", ",", "|", ">", "]"):
            found = found / self.factor() if self.next("/") else found * self.factor()
        return -found if sign == "-" else found

    def factor(self):
        token = self.next()
        if token[:4] in ("sum_", "prod"):
            return Function(token[:4].rstrip("_"))(symbols(token[-1]), self.term())
        if token in FUNCTIONS:
            return FUNCTIONS[token](self.factor())
        if token == "1[":
            larger, sign, smaller = self.total(), self.next(">"), self.total()
            assert sign and self.next("]")
            return Function("indicator")(larger - smaller)
        if token == "|":
            inner, _ = self.total(), self.next("|")
            return Function("size")(inner)
        if token == "f'":
            return Function("D")(Function("f")(self.factor()))
        found = self.total() if token == "(" else symbols(token) if not token.isdigit() else int(token)
        if token == "(":
            self.next(")")
        elif token in ("f", "E", "D", "max") and self.next("("):
            inner = [self.total()]
            while self.next(","):
                inner.append(self.total())
            self.next(")")
            found = Function(token)(*sorted(inner, key=str))
        if self.next("^"):
            return exp(self.factor()) if token == "e" else found ** self.factor()
        return found


def spoken(part):
    """A formula in the same terms: without bounds, and with names for entries, deltas and slopes."""
    if isinstance(part, BIG_OPERATORS):
        name, found = ("sum" if isinstance(part, Sum) else "prod"), spoken(part.function)
        for index, *_ in part.limits:
            found = Function(name)(symbols(str(index)), found)
        return found
    if part.is_Indexed:
        return symbols(f"{part.base}_{''.join(map(str, part.indices))}")
    args = [spoken(below) for below in part.args]
    if part.is_Derivative:
        return Function("D")(args[0])
    if type(part).__name__ == "Max":
        if args[0] == -args[1]:
            return Function("size")(max(args, key=lambda side: not side.could_extract_minus_sign()))
        return Function("max")(*sorted(args, key=str))
    if isinstance(part, Indicator):
        return Function("indicator")(*args)
    if type(part).__name__ == "KroneckerDelta":
        return symbols("delta_" + "".join(map(str, args)))
    if isinstance(part, Add | Mul | Pow | log | exp | sin | cos | AppliedUndef):
        return part.func(*args)
    return symbols(str(part)) if part.is_Symbol else part


def bare(law, side):
    """A side without the expression around it, if that grows or falls and is not named in words."""
    falls = of.Falls(of.E(of.x), of.x) in law.conditions
    return side.replace(of.E, lambda inner: -inner if falls else inner)


def agrees(text, rule):
    """Whether the words say what one of the formulas says."""
    try:
        left, sign, right = Reader(text).sides()
    except (AssertionError, TypeError, IndexError):
        return False
    if sign != getattr(rule, "relation", "="):
        return False
    for law in rule.laws:
        for shown in (lambda side: side, lambda side, law=law: bare(law, side)):
            sides = [spoken(shown(side)) for side in (law.formula.lhs, law.formula.rhs)]
            if all(expand(one - other) == 0 for one, other in zip((left, right), sides, strict=True)):
                return True
    return False


@pytest.mark.parametrize("rule", READ.values(), ids=READ)
def test_the_words_of_a_law_say_what_its_formula_says(rule):
    assert agrees(stated_law(rule)[0], rule)


@pytest.mark.parametrize("rule", READ.values(), ids=READ)
def test_a_changed_sign_in_the_words_is_seen(rule):
    text = stated_law(rule)[0]
    places = [found.start() for found in re.finditer(r"[-+<>]", text)]
    other = {"+": "-", "-": "+", "<": ">", ">": "<"}
    changed = [text[:place] + other[text[place]] + text[place + 1 :] for place in places]
    assert [wrong for wrong in changed if agrees(wrong, rule)] == []
    if not text.endswith("= 0"):  # it has no sign
        assert not agrees(text.replace("= ", "= -", 1).replace("= --", "= "), rule)


def test_what_is_not_read_has_no_sign_but_where_it_is_said():
    signed = {name for name in OTHERWISE if re.search(r"[-+]", stated_law(RULES[name])[0])}
    assert signed == {"solve_for", "take_out_term", "write_out"}


PART = r"(?:[a-z]_[a-z]|f'''\(x\)|\b[a-z]\b|\blower\b|\bupper\b|\b\d\b)"
COMPARED = re.compile(rf"({PART}(?:(?:, | and ){PART})*) (<=|>=|<|>) ({PART})(?: (<=|>=|<|>) ({PART}))?")
WITH = re.compile(rf"({PART}) (<=|>=|<|>) ({PART}) and E (grows|falls)")
IN_WORDS = re.compile(
    rf"({PART}(?:(?:, | and ){PART})*) (?:(?:that )?(?:is|are) )?(not 0|not negative|not positive|positive)")
APART = re.compile(rf"({PART}) is not ({PART})")
SAID_EQUAL = re.compile(r"(?:says|if) ([^;:]+? = [^;: ]+)")
AT_ZERO = re.compile(r"where \w is 0|\w = 0\b")
SIGN_OF = {"not 0": "!=", "not negative": ">=", "not positive": "<=", "positive": ">"}
NAMED = {"lower": "r", "upper": "s"}
SIGNS = {Gt: ">", Ge: ">=", Lt: "<", Le: "<=", Ne: "!="}
SWAPPED = {of.a: of.b, of.b: of.a}
# Said in words without a letter: of terms, factors, weights, or what is summed.
WITHOUT_LETTER = {"keep_one_term": "terms that are not negative", "keep_one_factor": "factors from 0 to 1",
                  "vanishing_square": "within the bounds", "take_out_term": "within its bounds"}  # fmt: skip


def compared(left, sign, right):
    """One comparison, with the larger side first."""
    return (right, {"<": ">", "<=": ">="}[sign], left) if sign in ("<", "<=") else (left, sign, right)


def said_of(conditions):
    """The comparisons that a text makes, by signs and by words; what stands after a colon explains."""
    found = set()
    text = conditions.partition(":")[0]
    for lefts, sign, middle, second, right in COMPARED.findall(text):
        found |= {compared(NAMED.get(left, left), sign, NAMED.get(middle, middle)) for left in _each(lefts)}
        found |= {compared(NAMED.get(middle, middle), second, NAMED.get(right, right))} if second else set()
    for lefts, words in IN_WORDS.findall(text):
        found |= {compared(left, SIGN_OF[words], "0") for left in _each(lefts)}
    found |= {(left, "!=", right) for left, right in APART.findall(text)}
    return found


def _each(lefts):
    return re.findall(PART, lefts)


def written(law):
    """The comparisons that the conditions of a law make, in any part of them, in the same terms."""
    found = set()
    for condition in law.conditions:
        for part in condition.atoms(*SIGNS):
            found.add(compared(_name(part.lhs), SIGNS[part.func], _name(part.rhs)))
        if isinstance(condition, Contains) and type(condition.args[1]) is Interval:
            part, ends = _name(condition.args[0]), condition.args[1]
            found |= {compared(part, ">=", str(ends.start)), compared(part, "<=", str(ends.end))}
    return found


def _name(side):
    if side.is_Derivative:
        return "f" + "'" * len(side.variables) + "(x)"
    return str(spoken(side)) if side.is_Indexed else str(side)


def unsaid(rule, conditions):
    """What the conditions of a rule say that its law does not, and the other way round."""
    laws = set().union(*map(written, rule.laws))
    said, with_it = said_of(conditions), WITH.findall(conditions)
    if with_it:
        return [part for part in with_it if not any(_has(law, swap, *part) for law in rule.laws
                                                    for swap in ({}, SWAPPED) if _says(law, swap, rule))]  # fmt: skip
    faults = [part for part in said if part not in laws]
    at_zero, silent = AT_ZERO.search(conditions), WITHOUT_LETTER.get(rule.__name__, ":") in conditions
    plain = [] if silent else [part for part in laws if re.fullmatch(PART, part[0])]
    faults += [part for part in plain if not _is_said(part, said, at_zero)]
    for equation in SAID_EQUAL.findall(conditions):
        left, _, right = Reader(equation).sides()
        equal = [part for law in rule.laws for part in law.conditions if isinstance(part, Eq)]
        faults += [] if any(expand(left - spoken(part.lhs)) == 0 and expand(right - spoken(part.rhs)) == 0
                            for part in equal) else [equation]  # fmt: skip
    return faults


def _is_said(part, said, at_zero):
    """Whether a comparison is said; or a stricter one, where the words go on to say what holds at 0."""
    larger, sign, smaller = part
    return part in said or bool(at_zero and sign in (">=", "!=") and (larger, ">", smaller) in said)


def _says(law, swap, rule):
    """Whether the words of a rule say a law whose letters are exchanged."""
    left, _, right = Reader(stated_law(rule)[0]).sides()
    sides = [spoken(side.xreplace(swap)) for side in law.formula.args]
    return [left, right] == sides


def _has(law, swap, left, sign, right, direction):
    """Whether a law has a comparison and says in which direction E goes."""
    kind = of.Grows if direction == "grows" else of.Falls
    kinds = [type(part) for part in law.conditions]
    order = {compared(_name(part.lhs.xreplace(swap)), SIGNS[part.func], _name(part.rhs.xreplace(swap)))
             for part in law.conditions if type(part) in SIGNS}  # fmt: skip
    return kind in kinds and compared(left, sign, right) in order


WITH_CONDITIONS = {name: rule for name, rule in RULES.items()
                   if said_of(stated_law(rule)[1]) or any(map(written, rule.laws))}  # fmt: skip


@pytest.mark.parametrize("rule", WITH_CONDITIONS.values(), ids=WITH_CONDITIONS)
def test_the_conditions_in_words_are_those_of_the_law(rule):
    assert unsaid(rule, stated_law(rule)[1]) == []


CHANGES = [("<=", ">="), (">=", "<="), (">", "<"), (">", ">="), ("<", "<="), (">=", ">"), ("<=", "<"),
           ("not 0", "not negative"), ("not negative", "not positive"), ("not positive", "not negative"),
           ("not negative", "positive")]  # fmt: skip


@pytest.mark.parametrize("rule", WITH_CONDITIONS.values(), ids=WITH_CONDITIONS)
def test_a_changed_condition_in_words_is_seen(rule):
    text = stated_law(rule)[1].partition(":")[0]
    ends = [found.span() for pattern in (COMPARED, IN_WORDS, APART) for found in pattern.finditer(text)]
    changed = []
    for old, new in CHANGES:
        for found in re.finditer(rf"(?<![<>]){old}(?!=)", text):
            if any(start <= found.start() < end for start, end in ends):
                changed.append(text[: found.start()] + new + text[found.end() :])
    for start, end in ends:
        for found in re.finditer(r"\b[a-eu](?=\b|_)", text[start:end]):
            other = {"a": "d", "b": "v"}.get(found[0], "a")
            changed.append(text[: start + found.start()] + other + text[start + found.end() :])
    assert [wrong for wrong in changed if not unsaid(rule, wrong)] == []
