"""Which parts of an expression became which: two lines of a chain, compared."""

from sympy import Add, Derivative, Indexed, IndexedBase, Integral, KroneckerDelta, Max, Mul

from .terms import BIG_OPERATORS, Quantity

# What is shown whole: short, or with arguments in an order that means nothing, so that none stands in another's place.
LEAVES = (Indexed, IndexedBase, Quantity, KroneckerDelta, Max)


def changes(before, after):
    """The smallest parts in which two expressions differ, as pairs of an old part and what stands in its place.

    What vanished from a sum without a trace became 0, from a product 1; and what appeared there was 0, or 1.
    """
    return tuple(dict.fromkeys(_changes(before, after)))


def _changes(before, after):
    if before == after:
        return []
    if type(before) is not type(after) or isinstance(before, LEAVES):
        return [(before, after)]
    if isinstance(before, (Add, Mul)):
        return _in_any_order(before, after)
    if len(before.args) != len(after.args) or _bound(before) != _bound(after):
        return [(before, after)]
    found = [pair for old, new in zip(before.args, after.args) for pair in _changes(old, new)]
    return found or [(before, after)]


def _bound(expression):
    """What an operator runs over, or a derivative is taken by."""
    return expression.args[1:] if isinstance(expression, (*BIG_OPERATORS, Derivative, Integral)) else ()


def _in_any_order(before, after):
    """The changes between two sums of terms or two products of factors:
    those that both have are left out, and alike ones compared.

    Where it is not plain which became which, all is one change: several are alike, or something comes or goes without
    another in its place and so may have moved into or out of what changed beside it.
    """
    gone = [part for part in before.args if part not in after.args]
    come = [part for part in after.args if part not in before.args]
    pairs = [(old, new) for old in gone for new in come if _alike(old, new)]
    waiting = [old for old in gone if old not in [old for old, _ in pairs]]
    coming = [new for new in come if new not in [new for _, new in pairs]]
    if not pairs and len(gone) == len(before.args) and len(come) == len(after.args):
        return [(before, after)]
    paired_once = len(pairs) == len(gone) - len(waiting) == len(come) - len(coming)
    if not paired_once or bool(waiting) != bool(coming):
        return [(before.func(*gone), after.func(*come))]
    found = [pair for old, new in pairs for pair in _changes(old, new)]
    if waiting:
        found.append((before.func(*waiting), after.func(*coming)))
    return found


def _alike(old, new):
    """Whether two parts differ only inside."""
    return type(old) is type(new) and _changes(old, new) != [(old, new)]
