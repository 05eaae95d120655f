"""Points at which all observations have the same class, or the same input: at random many hardly ever have."""

from sympy import IndexedBase, Range

from ..notation import CATALOGUE

# Vectors that say of each observation which class or which input it has.
WHICH = [
    root for root, entries in CATALOGUE.by_root.items()
    if isinstance(root, IndexedBase) and any(isinstance(entry.domain, Range) for entry in entries)
]  # fmt: skip


def make_alike(tables: dict) -> None:
    """Give every observation the class, or the input, of the first."""
    for root in WHICH:
        if root in tables:
            tables[root] = dict.fromkeys(tables[root], tables[root][(1,)])
