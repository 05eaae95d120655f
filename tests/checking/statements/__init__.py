"""False statements, and true ones of the same shapes, as data: each says at which numbers it is false."""

from . import (
    admitted, branches, calculus, counted, functions, hypotheses, names, places, ranges, sizes, together, true,
    true_together,
)  # fmt: skip
from .stating import Statement


def _of(*modules):
    """The statements of some modules, in their order."""
    found = [kind for module in modules for kind in vars(module).values() if isinstance(kind, list)]
    return [statement for kind in found for statement in kind if isinstance(statement, Statement)]


_ALL = _of(
    names, ranges, places, sizes, hypotheses, calculus, functions, counted, branches, together, admitted, true,
    true_together,
)
FALSE = [statement for statement in _ALL if not statement.kind.startswith("true: ")]
TRUE = [statement for statement in _ALL if statement.kind.startswith("true: ")]
