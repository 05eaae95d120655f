"""Numbers of the program itself, for the pages that tell how it works: none of them is typed there."""

from ..checking.check import FEWEST_SHAPES
from ..checking.compare import DIGITS, PRECISIONS, SEEN
from ..checking.exact import EXACT_SHAPES
from ..checking.fields import CHOICES
from ..checking.instances import MOST_INSTANCES
from ..checking.schedule import SHAPES
from .pieces import in_a_row

MOST_N, MOST_K = (max(shape[place] for shape in EXACT_SHAPES) for place in (0, 1))
SIZES_SHOWN = list(dict.fromkeys(f"({n}, {classes})" for n, classes, *_ in SHAPES))
OF_THE_PROGRAM = {
    "digits": DIGITS,
    "bits": PRECISIONS[0],
    "bits_seen": SEEN,
    "fewest_sizes": FEWEST_SHAPES,
    "more_bits": in_a_row([str(bits) for bits in PRECISIONS[1:]]),
    "sizes": len(SIZES_SHOWN),
    "which_sizes": in_a_row(SIZES_SHOWN),
    "instances": MOST_INSTANCES,
    "most_features": max(features for *_, features, _ in SHAPES),
    "most_inputs": max(shape[3] for shape in SHAPES),
    "exact_bits": CHOICES.bit_length() - 1,
    "exact_observations": MOST_N,
    "exact_classes": MOST_K,
}


def constant(name: str) -> str:
    """One of them as text. KeyError if there is none of that name."""
    return str(OF_THE_PROGRAM[name])
