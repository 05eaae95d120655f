"""What is to be marked in the lines of a chain: what each step made, and what the next one rewrites."""

from sympy import Number, preorder_traversal


def marks(entry):
    """For each line of a chain its marked parts.

    A part is "new", made by the step before; "old", rewritten by the step after; or "new old".
    """
    marked = [{} for _ in entry.lines]
    for place, step in enumerate(entry.steps):
        for old, new in step.changes:
            for line, part, other, kind in ((place, old, place + 1, "old"), (place + 1, new, place, "new")):
                if _tells(part, entry.lines[line], entry.lines[other]):
                    both = marked[line].get(part, kind) != kind
                    marked[line][part] = "new old" if both else kind
    return marked


def _tells(part, line, other):
    """Whether marking a part wherever it stands marks what changed and no more. A 0 or 1 may stand for nothing."""
    if part == line:
        return True
    if isinstance(part, Number) and abs(part) <= 1:
        return False
    return _count(part, line) < 2 or not _count(part, other)


def _count(part, line):
    return sum(found == part for found in preorder_traversal(line))
