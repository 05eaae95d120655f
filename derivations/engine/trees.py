"""Expressions as plain trees of lists, numbers and strings, and back:
read node by node, so that no text is ever evaluated.

A node is a list: its name, then its parts. A quantity is named by the id of its definition; a symbol carries the
assumptions that make it.
"""

import sympy
from sympy import Basic, Expr, IndexedBase, Integer, Rational, S, Symbol

from .terms import Quantity, Rounded

CONSTANTS = {"true": S.true, "false": S.false, "Infinity": S.Infinity, "Reals": S.Reals, "Naturals": S.Naturals}
# Built with evaluate=False: SymPy would otherwise put together what stands apart.
AS_THEY_STAND = ("Add", "Mul", "Pow", "exp", "log", "Max", "Eq", "Ne", "Le", "Ge", "Lt", "Gt", "And", "Contains")
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
    "Indexed",
)
NODES = {name: getattr(sympy, name) for name in AS_THEY_STAND + OTHERS} | {"Rounded": Rounded}
NAMES = {node: name for name, node in NODES.items()}


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
    if isinstance(expression, Symbol):
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
    """The expression of a tree. `heads` has the classes of the quantities by the ids of their definitions."""
    if isinstance(tree, int) and not isinstance(tree, bool):
        return Integer(tree)
    if not isinstance(tree, list) or not tree or not isinstance(tree[0], str):
        raise NotATree(f"expected a number or a list that begins with a name, found {tree!r}")
    name, *parts = tree
    if name in CONSTANTS and not parts:
        return CONSTANTS[name]
    if name == "Rational" and len(parts) == 2 and all(isinstance(part, int) for part in parts):
        return Rational(*parts)
    if name == "Symbol" and len(parts) == 2 and isinstance(parts[0], str) and isinstance(parts[1], dict):
        return Symbol(parts[0], **parts[1])
    built = [expression(part, heads) for part in parts]
    if name == "IndexedBase" and len(built) == 1:
        return IndexedBase(*built)
    if name in heads:
        return heads[name](*built)
    if name in NODES:
        return NODES[name](*built, evaluate=False) if name in AS_THEY_STAND else NODES[name](*built)
    raise NotATree(f"expected one of {', '.join(NODES)} or the id of a quantity, found {name!r}")
