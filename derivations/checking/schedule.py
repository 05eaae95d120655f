"""At which sizes and at which kinds of points a derivation is checked."""

from collections.abc import Iterator
from random import Random

from ..engine.derivation import Derivation
from ..engine.terms import free_symbols
from ..notation import CATALOGUE, SIZES
from .alike import NEXT, WHICH
from .needs import Needs
from .sample import ENDS, HARD, SOFT, admits
from .sizes import least_shapes, many_shapes
from .stated import Shape, stated, statements, vocabulary_for
from .together import AT_LARGE, REMARKABLE, TOGETHER, turns

SHAPES = (  # (n, K, d, M): each two of them in every order
    (1, 1, 1, 1), (1, 2, 2, 1), (2, 1, 1, 2), (2, 2, 2, 3), (2, 3, 2, 1),
    (3, 2, 1, 2), (3, 4, 2, 3), (4, 2, 3, 2), (5, 2, 2, 3), (6, 5, 3, 2), (1, 3, 4, 4), (2, 1, 5, 7),
)  # fmt: skip
SWEPT = (SHAPES[1], SHAPES[5])  # where remarkable numbers are put in, one after the other; if admitted
SEARCHED = 2  # the turn in which places are looked for at which a side has no value
TOGETHER_AT = ((2, 2, 2, 1), (1, 4, 2, 1))  # where several values are special together: 1/K is exact
TURNS = 32  # so many of them
MORE = (1, 1, 2, 2, 3, 3, 1, 2, 4, 5, 3, 2)  # of each size that the catalogue does not have, in some order
MANY_ALIKE = ((6, 2, 1, 2), (7, 3, 1, 3), (8, 2, 1, 2), (9, 2, 1, 2))  # where all have one class
EVENLY = ((4, 4, 1, 1), (6, 3, 1, 1))  # where all have different ones, or each is there as often
LARGE = 60  # whole numbers that occur, up to this one, are tried as sizes

Turn = tuple[Shape, str, int, tuple, list]  # the sizes, the kind of point, which remarkable number, and a stage


def shapes_for(derivation: Derivation, shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """The same shapes in the vocabulary of a derivation: with values for the sizes of its own."""
    vocabulary = vocabulary_for(derivation)
    if vocabulary is CATALOGUE:
        return shapes
    own = [Random(f"size {place}").sample(MORE, len(MORE)) for place in range(len(vocabulary.sizes) - len(SIZES))]
    return tuple(Shape((*shape, *(column[row % len(MORE)] for column in own)), vocabulary)
                 for row, shape in enumerate(shapes))  # fmt: skip


def plan(
    derivation: Derivation, shapes: tuple[Shape, ...], wanted: Needs, stages: list, usual: bool = True
) -> Iterator[Turn]:
    """Where the steps of each stage, those under the same hypotheses, are compared; with many more sizes if those are
    the `usual` ones.
    """
    whole = schedule(derivation, shapes, wanted)
    if usual and any(root in wanted.roots for root in WHICH):
        vocabulary = vocabulary_for(derivation)
        whole += [(Shape(shape, vocabulary), ENDS, 1) for shape in MANY_ALIKE]
        whole += [(Shape(shape, vocabulary), ENDS, NEXT) for shape in EVENLY]
    yield from ((*at, *stage) for at in whole for stage in stages)
    for hypotheses, comparisons in stages if usual else ():
        stated, at = statements(hypotheses), {}
        for comparison in comparisons:
            for shape in many_shapes(comparison[2:], stated, wanted, shapes):
                at.setdefault(shape, []).append(comparison)
        yield from ((shape, SOFT, 1, hypotheses, these) for shape, these in at.items())


def schedule(derivation: Derivation, shapes: tuple[Shape, ...], wanted: Needs) -> list[tuple[Shape, str, int]]:
    """At which sizes, at which kinds of points, and with which remarkable number steps are compared."""
    vocabulary = vocabulary_for(derivation)
    labels = [entry for root in wanted.roots for entry in vocabulary.by_root.get(root, ()) if entry.is_label]
    kinds = (HARD, SOFT, ENDS) if labels else (SOFT, ENDS)
    parts = stated(derivation.hypotheses)
    few = not {*SWEPT} <= {tuple(shape[:4]) for shape in shapes}  # who names a few sizes has those alone
    shapes = shapes if few else (*shapes, *least_shapes(parts, shapes, wanted))
    swept = _swept(parts, shapes, few)
    searched = swept[0] if not few or tuple(swept[0][:4]) == SWEPT[0] else None
    plain = [
        (shape, kind, SEARCHED if kind == SOFT and shape is searched else 0) for shape in shapes for kind in kinds
    ]
    numbers = min(TURNS, 10 + 2 * len(wanted.numbers))
    sweep = [(swept[turn % len(swept)], REMARKABLE, turn) for turn in range(numbers)]
    tried = shapes if few else (*shapes_for(derivation, TOGETHER_AT), *shapes)
    alike = [shape for shape in tried if admits(parts, shape)]
    alike = alike[: len(TOGETHER_AT)]
    together = [(alike[turn % len(alike)], TOGETHER, turn) for turn in turns(wanted) if alike]
    many = _large(derivation, wanted, vocabulary)
    large = [(shape, SOFT, 0) for shape in many]
    large += [(shape, TOGETHER, turn) for shape in many[1::2] for turn in AT_LARGE]
    return plain + sweep + large + together


def _swept(parts, shapes, few):
    """The sizes at which remarkable numbers are put in: others than the usual where a hypothesis rules these out."""
    usual = [shape for shape in shapes if tuple(shape[:4]) in SWEPT]
    if few:
        return usual or shapes[:1]
    admitted = [shape for shape in shapes if admits(parts, shape)]
    return [shape for shape in usual if shape in admitted] or admitted[: len(SWEPT)] or shapes[:1]


def _large(derivation, wanted, vocabulary):
    """Shapes in which a size is a whole number that occurs in a formula, or one more."""
    there = set().union(*map(free_symbols, derivation.lines))
    occurring = [place for place, size in enumerate(vocabulary.sizes) if size in there]
    numbers = sorted({int(number.p) for number in wanted.numbers if number.q == 1 and 3 < number <= LARGE})
    return [
        Shape((number + more if place == other else 2 for other in range(len(vocabulary.sizes))), vocabulary)
        for place in occurring for number in numbers for more in (0, 1)
    ]  # fmt: skip
