"""Fixed places: an expression that names the third entry of a vector speaks of sizes from 3 on."""

from collections.abc import Iterator

from sympy import Ge, Indexed, Integer, preorder_traversal
from sympy.core.basic import Basic

from ..engine.terms import Quantity
from ..engine.vocabulary import Vocabulary, key_of
from .conditions import Conditions


def enough(expressions: tuple[Basic, ...], vocabulary: Vocabulary, conditions: Conditions) -> tuple:
    """The hypotheses that each size is at least the largest fixed place up to it; 1 always exists."""
    least: dict = {}
    for size, place in (pair for one in expressions for pair in _places(one, vocabulary)):
        if size in vocabulary.sizes and place > 1:
            least[size] = max(place, least.get(size, place))
    ordered = [size for size in vocabulary.sizes if size in least]
    return tuple(conditions.hypothesis(Ge(size, least[size], evaluate=False)) for size in ordered)


def _places(expression: Basic, vocabulary: Vocabulary) -> Iterator[tuple]:
    """The size and the number of each fixed place, those in the definitions of quantities too."""
    for part in preorder_traversal(expression):
        if isinstance(part, Indexed):
            root, many = key_of(part)
            known = [one.symbol for one in vocabulary.by_root.get(root, ()) if key_of(one.symbol)[1] == many]
            found = zip(known[0].indices, part.indices) if known else ()
        elif isinstance(part, Quantity):
            found = zip(type(part).definition.parameters, part.args)
            yield from _places(type(part).definition.body, vocabulary)
        else:
            continue
        yield from ((vocabulary.size_of.get(index), place) for index, place in found if isinstance(place, Integer))
