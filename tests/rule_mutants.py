"""Errors planted in the rules' own code, one at a time: `make rule-mutants` plants all, and fails if one survives.

Every comparison, guard, sign, number, index and connective of derivations/engine/rules is changed. The cases of the
rules (tests/engine) must notice: an example, a refusal, a guard, or a law drawn from. A changed function takes the
place of the right one in this process, so that a mutant costs no more than its cases. A change that makes no difference
stands in EQUAL, with the reason.
"""

import ast
import inspect
import sys
from collections import Counter
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
sys.path[:0] = [str(TESTS), str(TESTS / "engine")]

from equal_mutants import EQUAL  # noqa: E402
from rule_cases import cases  # noqa: E402

from derivations.engine.replay import MODULES, public_rules  # noqa: E402
from derivations.site.verification import KILLED, SHOWN_EQUAL, SURVIVED  # noqa: E402

OTHER = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt, ast.Add: ast.Sub, ast.Sub: ast.Add,
    ast.Mult: ast.Div, ast.Div: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NEAR = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
NAMES = {"any": "all", "all": "any", "UP": "DOWN", "DOWN": "UP", "One": "Zero", "Zero": "One", "NegativeOne": "One"}


@dataclass(frozen=True)
class Mutant:
    """One changed place: in which function of which module, what it was and what it is."""

    module: object
    function: str
    change: str
    code: object

    @property
    def name(self):
        return f"{self.module.__name__.rpartition('.')[2]}.{self.function}: {self.change}"


def edits(node):
    """Every change of one node, as what it is and a function that makes it in place."""
    if isinstance(node, ast.If | ast.IfExp):
        yield "condition negated", lambda at: setattr(at, "test", ast.UnaryOp(ast.Not(), at.test))
        yield "condition never met", lambda at: setattr(at, "test", ast.Constant(False))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", lambda at: setattr(at, "value", ast.Constant(None))
    if isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            yield "filter removed", lambda at, place=place: at.ifs.pop(place)
    if isinstance(node, ast.Compare):
        for swapped in (OTHER, NEAR):
            if type(node.ops[0]) in swapped:
                new = swapped[type(node.ops[0])]
                yield f"comparison is {new.__name__}", lambda at, new=new: setattr(at, "ops", [new(), *at.ops[1:]])
    if isinstance(node, ast.BoolOp):
        yield "and for or, or for and", lambda at: setattr(at, "op", OTHER[type(at.op)]())
        neutral = isinstance(node.op, ast.And)
        for place in range(len(node.values)):
            yield f"part {place + 1} left out", lambda at, place=place: at.values.__setitem__(
                place, ast.Constant(neutral))
    if isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        yield f"sign is {OTHER[type(node.op)].__name__}", lambda at: setattr(at, "op", OTHER[type(at.op)]())
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        new = ast.UAdd if isinstance(node.op, ast.USub) else None
        yield "minus left out" if new else "not left out", (
            (lambda at: setattr(at, "op", ast.UAdd())) if new
            else lambda at: setattr(at, "operand", ast.UnaryOp(ast.Not(), at.operand)))
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield "one more", lambda at: setattr(at, "value", at.value + 1)
    if isinstance(node, ast.Constant) and node.value in ("<=", ">="):
        yield "the other relation", lambda at: setattr(at, "value", {"<=": ">=", ">=": "<="}[at.value])
    if isinstance(node, ast.Name) and node.id in NAMES:
        yield f"{NAMES[node.id]} for {node.id}", lambda at: setattr(at, "id", NAMES[at.id])
    if isinstance(node, ast.Attribute) and node.attr in NAMES:
        yield f"{NAMES[node.attr]} for {node.attr}", lambda at: setattr(at, "attr", NAMES[at.attr])


def _places(function):
    """The nodes of a function that say what it does: messages and the law beside it do not."""
    skipped = {id(below) for node in ast.walk(function) if isinstance(node, ast.Raise | ast.JoinedStr)
               for below in ast.walk(node)}
    return [(place, node) for place, node in enumerate(ast.walk(function)) if id(node) not in skipped]


@cache
def mutants():
    """Every mutant of every rule, top to bottom."""
    functions = [(module, function) for module in MODULES for function in ast.parse(inspect.getsource(module)).body
                 if isinstance(function, ast.FunctionDef)]  # fmt: skip
    return tuple(mutant for module, function in functions for mutant in _of(module, function))


def _of(module, function):
    function.decorator_list, seen = [], Counter()
    for place, node in _places(function):
        for what, _ in (found := list(edits(node))):
            number = [name for name, _ in found].index(what)
            changed = deepcopy(function)
            there = next(below for at, below in enumerate(ast.walk(changed)) if at == place)
            list(edits(there))[number][1](there)
            change = f"{what} in `{ast.unparse(node) if not isinstance(node, ast.If) else ast.unparse(node.test)}`"
            seen[change] += 1
            change += f" ({seen[change]})" if seen[change] > 1 else ""
            tree = ast.fix_missing_locations(ast.Module([changed], []))
            yield Mutant(module, function.name, change, compile(tree, f"a mutant of {function.name}", "exec"))


@contextmanager
def planted(mutant):
    """The changed function stands in the place of the right one."""
    space = dict(vars(mutant.module))
    exec(mutant.code, space)
    function = getattr(mutant.module, mutant.function)
    right, function.__code__ = function.__code__, space[mutant.function].__code__
    try:
        yield
    finally:
        function.__code__ = right


def _names(code):
    return set(code.co_names).union(*(_names(part) for part in code.co_consts if inspect.iscode(part)))


def concerned(mutant):
    """The rules that run the changed function."""
    own = {name: value for name, value in vars(mutant.module).items() if inspect.isfunction(value)}

    def reached(name, known=frozenset()):
        below = _names(own[name].__code__) & own.keys() - known - {name}
        return {name}.union(*(reached(other, known | {name}) for other in below))

    return [rule for name, rule in public_rules(mutant.module).items() if mutant.function in reached(name)]


def fate(mutant):
    """What becomes of a mutant."""
    tried = [case for rule in concerned(mutant) for case in cases(rule)]
    with planted(mutant):
        for case in sorted(tried, key=lambda case: case.late):
            try:
                noticed = not case.holds()
            except Exception:  # noqa: BLE001 - whatever it says, it is noticed
                noticed = True
            if noticed:
                return KILLED
    return SHOWN_EQUAL if mutant.name in EQUAL else SURVIVED


def measured():
    """The fates of all mutants, by module; and who survived, by name."""
    fates, survivors = {}, []
    for mutant in mutants():
        found = fate(mutant)
        fates.setdefault(mutant.module.__name__.rpartition(".")[2], Counter())[found] += 1
        survivors += [mutant.name] if found == SURVIVED else []
    return {"fates": {module: dict(counted) for module, counted in fates.items()}, "survivors": survivors}


def said(found):
    """The same in words: who survived, and how many met which fate."""
    total = sum((Counter(counted) for counted in found["fates"].values()), Counter())
    counted = ", ".join(f"{number} {fate}" for fate, number in total.items())
    lines = [*(f"survived: {name}" for name in found["survivors"]),
             f"{sum(total.values())} mutants of rules: {counted}"]
    return "\n".join(lines)


def main():
    found = measured()
    print(said(found))
    return int(bool(found["survivors"]))


if __name__ == "__main__":
    sys.exit(main())
