"""Which indices expressions leave free. It takes SymPy alone, so that a proof can be written without what checks."""

from functools import lru_cache

from ..engine.entries import is_index
from ..engine.nodes import is_size
from ..engine.terms import free_symbols


@lru_cache(maxsize=4096)
def indices_in(expressions: tuple) -> tuple:
    """The free indices of some expressions, apart from the sizes."""
    free = set().union(*map(free_symbols, expressions))
    return tuple(sorted((symbol for symbol in free if is_index(symbol) and not is_size(symbol)), key=str))
