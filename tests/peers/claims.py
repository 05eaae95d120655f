"""What the page "Which function computes this?" states, as claims: each calls the function and compares.

A claim is given `ours`, the Python function of the result that the statement is about.
"""

import numpy as np
import pytest

CLAIMS = {}


def claim(name, about):
    """This function holds what the row `name` says about `about`."""

    def keep(holds):
        assert (name, about) not in CLAIMS, f"{name} has two claims about {about}"
        CLAIMS[name, about] = holds
        return holds

    return keep


def same(found, expected, rel=1e-12, tiny=1e-14):
    """Two numbers, or two arrays, agree to nearly all their digits."""
    assert np.asarray(found, dtype=float) == pytest.approx(np.asarray(expected, dtype=float), rel=rel, abs=tiny)


def differs(found, other):
    """Two numbers are not the same, and not by rounding."""
    assert abs(float(found) - float(other)) > 1e-3 * abs(float(other))


DRAWN = np.random.default_rng(2026)
LOGITS = DRAWN.normal(size=(5, 3)) * 2
Z = DRAWN.normal(size=6) * 2  # one logit for each observation
P = DRAWN.uniform(0.05, 0.95, size=6)
Y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
SOFT = DRAWN.uniform(size=6)
CLASSES = np.array([0, 2, 1, 2, 0])
ONE_HOT = np.eye(3)[CLASSES]
ROWS = DRAWN.dirichlet(np.ones(3), size=5)  # a distribution for each row
MULTI_HOT = np.array([[1.0, 1, 0], [0, 1, 1], [1, 1, 1], [0, 0, 0], [0, 0, 1]])  # no distributions
TARGETS = DRAWN.dirichlet(np.ones(3), size=5)
CLASS_WEIGHTS = np.array([0.5, 2.0, 3.0])
WEIGHTS = DRAWN.uniform(0.5, 3, size=6)
FEATURES = np.column_stack([np.ones(6), DRAWN.normal(size=(6, 2))])
w = DRAWN.normal(size=3)
TINY = 4.248354255291589e-18  # log(1 + exp(-40))


def each(ours, **named):
    """The result row by row."""
    return np.array([ours(**dict(zip(named, row))) for row in zip(*named.values())])
