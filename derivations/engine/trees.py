"""Expressions as plain trees of lists, numbers and strings, and back:
read node by node, so that no text is ever evaluated.

A node is a list: its name, then its parts. A quantity is named by the id of its definition; a symbol carries the
assumptions that make it.
"""

import sympy
from sympy import Basic, Expr, IndexedBase, Integer, Rational, S, Symbol
from sympy.core.assumptions import _assume_rules

from .nodes import Indicator, Quantity, Rounded, Size

CONSTANTS = {
    "true": S.true, "false": S.false, "Infinity": S.Infinity, "NegativeInfinity": S.NegativeInfinity, "e": S.Exp1,
    "pi": S.Pi, "Reals": S.Reals, "Integers": S.Integers, "Naturals": S.Naturals, "Naturals0": S.Naturals0,
}  # fmt: skip
# Built with evaluate=False: SymPy would otherwise put together what stands apart.
AS_THEY_STAND = ("Add", "Mul", "Pow", "exp", "log", "sin", "cos", "Max", "Eq", "Ne", "Le", "Ge", "Lt", "Gt", "And",
                 "Implies", "Or", "Contains")
OTHERS = (
    "Sum",
    "Product",
    "Integral",
    "Derivative",
    "KroneckerDelta",
    "Tuple",
    "Range",
    "Interval",
    "FiniteSet",
    "Union",
    "Indexed",
    "Equivalent",
    "factorial",
)
NODES = {name: getattr(sympy, name) for name in AS_THEY_STAND + OTHERS} | {"Rounded": Rounded, "Indicator": Indicator}
NAMES = {node: name for name, node in NODES.items()}
ASSUMPTIONS = _assume_rules.defined_facts


class NotATree(ValueError):
    """What was read is no tree of an expression. The message says which part."""


def tree(expression: Basic | int):
    """An expression as a plain tree."""
    for name, constant in CONSTANTS.items():
        if expression is constant:
            return [name]
    if isinstance(expression, (int, Integer)):
        return int(expression)
    if isinstance(expression, Rational):
        return ["Rational", int(expression.p), int(expression.q)]
    if isinstance(expression, Size):
        return ["Size", expression.name]
    if type(expression) is Symbol and expression.name.isidentifier():
        return ["Symbol", expression.name, _assumed(expression)]
    if isinstance(expression, IndexedBase):
        return ["IndexedBase", tree(expression.label)]
    name = type(expression).definition.id if isinstance(expression, Quantity) else NAMES.get(type(expression))
    if name is None:
        raise TypeError(f"there is no tree of a {type(expression).__name__}: {expression}")
    return [name, *map(tree, expression.args)]


def _assumed(symbol):
    """What was assumed of a symbol, as its maker said it."""
    return {name: value for name, value in sorted(symbol._assumptions_orig.items()) if value is not None}


def expression(tree, heads: dict[str, type]) -> Expr:
    """The expression of a tree. `heads` has the classes of the quantities by the ids of their definitions.

    NotATree, naming the part, for what is none.
    """
    try:
        return _read(tree, heads)
    except NotATree:
        raise
    except Exception as error:  # whatever SymPy says to parts that do not go together, or to too many of them
        raise NotATree(
            f"expected the tree of an expression, found one that begins with {tree[0]!r}: {error}"
        ) from error


def _read(tree, heads):
    if isinstance(tree, int) and not isinstance(tree, bool):
        return Integer(tree)
    if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        raise NotATree(f"expected a number or a list that begins with a name, found {tree!r}")
    name, *parts = tree
    if name in CONSTANTS and not parts:
        return CONSTANTS[name]
    if name == "Rational":
        return _rational(*parts)
    if name == "Symbol":
        return _symbol(*parts)
    if name == "Size":
        return Size(_symbol(*parts, {}).name)
    if name not in (*NODES, "IndexedBase", *heads):
        raise NotATree(f"expected one of {', '.join(NODES)} or the id of a quantity, found {name!r}")
    built = [_read(part, heads) for part in parts]
    if name in NODES:
        return NODES[name](*built, evaluate=False) if name in AS_THEY_STAND else NODES[name](*built)
    if name in heads:
        return heads[name](*built)
    (label,) = built
    return IndexedBase(label)


def _rational(numerator, denominator):
    if type(numerator) is not int or type(denominator) is not int or denominator <= 0:
        raise NotATree(f"expected two whole numbers, the second positive, found {numerator!r} and {denominator!r}")
    return Rational(numerator, denominator)


def _symbol(name, assumed):
    """A symbol. Its name is a name and nothing else: it may become one in a program."""
    if not isinstance(name, str) or not name.isidentifier():
        raise NotATree(f"expected the name of a symbol, found {name!r}")
    if not isinstance(assumed, dict) or not all(isinstance(value, bool) for value in assumed.values()):
        raise NotATree(f"expected what is assumed of {name}, each true or false, found {assumed!r}")
    if unknown := set(assumed) - ASSUMPTIONS:
        raise NotATree(f"expected assumptions that SymPy knows, found {', '.join(sorted(unknown))}")
    return Symbol(name, **assumed)
