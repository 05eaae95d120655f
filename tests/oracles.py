"""Other people's code and plain NumPy, to compare results with; and the arguments to compare at. Nothing here knows a
derivation.

Each tests/test_<chapter>.py may have a dictionary ORACLES: id -> (arguments, oracle). The arguments are written as in
``"q[K] p[K] m"``: a name with its axes, each of n, K, d, M; without axes a number, or one of the indices below. ``y!``
is a hard label, ``q!`` a distribution without zeros, and ``t!`` is larger than every logit.
"""

import importlib
from itertools import product
from pathlib import Path

import numpy as np
from flint import arb, ctx
from scipy.special import entr, rel_entr

from derivations import notation
from derivations.checking.balls import Jet
from derivations.checking.evaluate import value
from derivations.checking.points import Point
from derivations.engine.terms import reach

SIZES = {"n": 4, "K": 3, "d": 2, "M": 2, "2": 2, "K<": 2}  # K<: all classes but the last
INDICES = {"i": "n", "j": "n", "r": "n", "k": "K", "l": "K", "m": "K", "c": "K", "f": "d", "h": "d", "u": "M",
           "l<": "K<", "m<": "K<", "c<": "K<"}


def H(q, p):
    """Cross-entropy as SciPy puts it together: relative entropy plus entropy. Of two outcomes, if both are numbers
    or rows of numbers.
    """
    return np.sum(rel_entr(q, p) + entr(q), axis=-1)


def H2(y, p):
    return H(np.stack([y, 1 - y], axis=-1), np.stack([p, 1 - p], axis=-1))


def at(vector, *indices):
    return vector[tuple(index - 1 for index in indices)]


def slope(loss, x, *indices):
    """The derivative of a loss in one coordinate, by a complex step: exact to rounding, without a formula for it."""
    moved = np.array(x, dtype=complex)
    moved[tuple(index - 1 for index in indices)] += 1e-30j
    return loss(moved).imag / 1e-30


def curvature(loss, x, first, second, step=1e-5):
    """The second derivative, as a central difference of the first."""
    ends = []
    for sign in (1, -1):
        moved = np.array(x, dtype=float)
        moved[tuple(index - 1 for index in second)] += sign * step
        ends.append(slope(loss, moved, *first))
    return (ends[0] - ends[1]) / (2 * step)


def two_log_likelihood(y):
    return lambda p: np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))


def log_likelihood(y):
    return lambda p: np.sum(y * np.log(p))


def loss_of_logit(y):
    return lambda z: np.log(1 + np.exp(z)) - y * z


def loss_of_logits(y):
    return lambda z: np.sum(y) * np.log(np.sum(np.exp(z))) - np.sum(y * z)


def with_complement(y):
    return np.array([y, 1 - y])


def labels(shape, soft, rng):
    """Labels between 0 and 1, rows summing to 1; if hard, 0 or 1, with every class seen."""
    if shape in ("", "n"):
        if soft:
            return np.asarray(rng.uniform(0, 1, (4,) if shape else ()))
        return np.array([0.0, 1, 1, 0]) if shape else np.asarray(float(rng.integers(2)))
    table = rng.dirichlet([1, 1, 1], 4) if soft else np.eye(3)[[2, 0, 1, 2]]
    return table if shape == "nK" else table[0]


def draw(name, shape, soft, rng):
    size = tuple(SIZES[letter] for letter in shape)
    if name == "y!":
        return labels(shape, False, rng)
    if name == "q!":
        return rng.dirichlet([2] * size[-1])
    if name == "t!":
        return np.asarray(rng.uniform(20, 30))
    if name == "q" and shape == "n":  # probabilities of inputs
        return rng.uniform(0.05, 0.95, size)
    if name == "π" or (name == "q" and shape == "MK"):  # true probabilities of inputs, and of the classes there
        return rng.dirichlet([2] * size[-1], size[:-1] or None)
    if name in "yq":
        return labels(shape, soft, rng)
    if name == "y+":  # a soft label that gives every class something
        return rng.dirichlet([1, 1, 1]) if shape else rng.uniform(0.05, 0.95)
    if name in ("t+", "λ+", "T+", "B+"):  # a factor, how strong a penalty is, a temperature, or how many bytes
        return rng.uniform(0.5, 3)
    if name == "x1":  # features of which the first is an intercept
        return np.column_stack([np.ones(size[0]), rng.normal(0, 2, (size[0], size[1] - 1))])
    if name in ("Y", "P"):  # labels, or probabilities, that sum to anything
        return rng.uniform(0, 1, size)
    if name == "a":
        return rng.uniform(0, 5, size)
    if name in ("p", "φ"):
        if shape.endswith("K"):
            return rng.dirichlet([2] * SIZES["K"], size[:-1] or None)
        return np.asarray(rng.uniform(0.05, 0.95, size))
    if name == "χ":  # which share of an observation is in which group
        return np.array([[1, 0], [0, 1], [0.25, 0.75], [0, 1]])
    if name == "g":
        return np.array([1, 2, 1, 1])
    if name == "c":
        return np.array([3, 1, 2, 3])
    if name in ("ε", "α"):
        return rng.uniform(0.01, 0.3)
    if name == "ω":  # how many times the label 1 counts
        return rng.uniform(0.5, 3)
    if name == "γ":  # how much focal loss turns to what is hard
        return rng.uniform(0, 3)
    if name == "ψ":  # logarithms of probabilities
        return -rng.exponential(1, size)
    if name == "b":
        return rng.uniform(2, 10)
    return rng.normal(0, 2, size)


def samples(arguments, soft):
    """The arguments that a specification names, for every choice of its indices."""
    rng = np.random.default_rng(20)
    names = [argument.rstrip("]").partition("[") for argument in arguments.split()]
    called = {"Y": "y", "P": "p", "y!": "y", "x1": "x", "t+": "t", "λ+": "λ", "T+": "T", "B+": "B", "y+": "y"}
    values = {called.get(name, name.rstrip("!")): draw(name, shape, soft, rng)
              for name, axes, shape in names if axes or name not in INDICES}
    indices = [name for name, axes, _ in names if not axes and name in INDICES]
    for chosen in product(*(range(1, SIZES[INDICES[name]] + 1) for name in indices)):
        yield values | dict(zip([name.rstrip("<") for name in indices], chosen))


def collected():
    """The oracles that stand in the test files of the chapters."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        if "\nORACLES = {" in path.read_text(encoding="utf-8") and path.stem != "test_functions":
            found |= importlib.import_module(path.stem).ORACLES
    return found


def evaluated(expression, values):
    """An expression at some arguments, by the checker's arithmetic; a ball that says nothing where it has no value.
    The sizes are SIZES.
    """
    ctx.prec = 160
    known = {size: SIZES[str(size)] for size in notation.SIZES}
    for root in reach(expression):
        given = values.get(str(root))
        if isinstance(given, int) and root.is_integer:
            known[root] = given
        elif given is not None:
            known[root] = _accessor(np.asarray(given, dtype=float))
        elif root == notation.p:
            known[root] = _shared
    try:
        return float(value(expression, Point.of(known)).ball)
    except LookupError:
        return float("nan")


def _shared(indices, later):
    """One distribution for all observations, whichever stands for p at the time."""
    return later.entries[notation.shared_p if len(indices) == 2 else notation.probability](indices[1:], later)


_shared.reads = notation.shared_p, notation.probability


def _accessor(array):
    def entry(indices, later):
        if len(indices) > array.ndim and notation.shared_p in later.entries:
            return _shared(indices, later)
        if len(indices) != array.ndim or any(not 1 <= index <= size for index, size in zip(indices, array.shape)):
            raise IndexError(indices)
        return Jet(arb(float(array[tuple(index - 1 for index in indices)])))

    entry.reads = _shared.reads
    return entry
