"""What a docstring says of a law is what the formula beside it says: read back from its letters, with every sign."""

import re

import pytest
from sympy import Add, Function, Mul, Pow, Product, Sum, exp, expand, log, symbols
from sympy.core.function import AppliedUndef

from derivations.engine import laws as of
from derivations.engine.replay import RULES
from derivations.engine.terms import BIG_OPERATORS
from derivations.site.rule_pages import stated_law

TOKEN = re.compile(r"f'|(?:sum|prod)_\w|log|max|D|delta_\w\w|[a-zE]_\w+|[a-zE]|\d+|<=|>=|[-+/^()=|,]")
SLOPE = re.compile(r"\bd([a-z](?:_\w)?)/dx|\bd\(((?:[^()]|\([^()]*\))*)\)/dx|\bd/dx (sum_\w [a-z]_\w)")
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
        while self.tokens and self.tokens[0] not in ("+", "-", ")", "=", "<=", ">=", ",", "|"):
            found = found / self.factor() if self.next("/") else found * self.factor()
        return -found if sign == "-" else found

    def factor(self):
        token = self.next()
        if token[:4] in ("sum_", "prod"):
            return Function(token[:4].rstrip("_"))(symbols(token[-1]), self.term())
        if token == "log":
            return log(self.factor())
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
    if type(part).__name__ == "KroneckerDelta":
        return symbols("delta_" + "".join(map(str, args)))
    if isinstance(part, Add | Mul | Pow | log | exp | AppliedUndef):
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
