"""Which parts of an expression became which: two lines of a chain, compared."""

from sympy import Add, Indexed, IndexedBase, Mul

from .terms import BIG_OPERATORS, Quantity


def changes(before, after):
    """The smallest parts in which two expressions differ, as pairs of an old part and what stands in its place.

    What vanished from a sum became 0, from a product 1; and what is new there was 0, or 1.
    """
    return tuple(dict.fromkeys(_changes(before, after)))


def _changes(before, after):
    if before == after:
        return []
    if type(before) is not type(after) or isinstance(before, (Indexed, IndexedBase, Quantity)):
        return [(before, after)]
    if isinstance(before, (Add, Mul)):
        return _in_any_order(before, after)
    if len(before.args) != len(after.args) or isinstance(before, BIG_OPERATORS) and before.limits != after.limits:
        return [(before, after)]
    found = [pair for old, new in zip(before.args, after.args) for pair in _changes(old, new)]
    return found or [(before, after)]


def _in_any_order(before, after):
    """The changes between two sums of terms or two products of factors: those that both have are left out, and alike ones compared."""
    gone = [part for part in before.args if part not in after.args]
    come = [part for part in after.args if part not in before.args]
    if len(gone) == len(before.args) and len(come) == len(after.args) and not (len(gone) == len(come) and any(map(_alike, gone, come))):
        return [(before, after)]
    found, waiting = [], []
    for old in gone:
        new = next((new for new in come if _alike(old, new)), None)
        if new is None:
            waiting.append(old)
        else:
            come.remove(new)
            found += _changes(old, new)
    if waiting or come:
        found.append((before.func(*waiting), before.func(*come)))
    return found


def _alike(old, new):
    """Whether two parts differ only inside."""
    return type(old) is type(new) and _changes(old, new) != [(old, new)]
