"""The points at which everything is measured: drawn once, from a seed."""

import numpy as np

SEED = 2024
POINTS, WIDE = 14_000, 1000
CHANCES = 3000
CLASSES = (2, 10, 1000, 100_000)
ROWS = {2: 1000, 10: 200, 1000: 4, 100_000: 1}
REGIMES = ("ordinary", "offset of 1e4", "confident, right", "confident, wrong", "N(0, 100²)")
MARGIN = 40  # of the class that is confidently predicted


def generator(*names):
    return np.random.default_rng([SEED, *(sum(map(ord, str(name))) for name in names)])


def logits(precision):
    """Logits over the whole width, half of them where the function bends; each with both labels."""
    draw = generator("binary")
    z = np.sort(np.concatenate([draw.uniform(-WIDE, WIDE, POINTS // 2), draw.uniform(-60, 60, POINTS // 2)]))
    z = z.astype(precision)
    return np.concatenate([z, z]), np.repeat([0.0, 1.0], POINTS).astype(precision)


def chances(precision):
    """Probabilities down to 1e-300 (of float32: 1e-37), and as near to 1 as there are any; with both labels."""
    draw, least = generator("chances"), -300 if precision == "float64" else -37
    bits = 52 if precision == "float64" else 23
    third = CHANCES // 3
    p = np.concatenate([10.0 ** draw.uniform(least, 0, third), draw.uniform(0, 1, third),
                        1 - 2.0 ** draw.uniform(-bits, -1, third)]).astype(precision)  # fmt: skip
    p = p[(p > 0) & (p < 1)]
    return np.concatenate([p, p]), np.repeat([0.0, 1.0], len(p)).astype(precision)


def rows(regime, K, precision):
    """Logits of some rows, and the true class of each."""
    draw, shape = generator(regime, K), (ROWS[K], K)
    z, classes = draw.normal(0, 100 if regime == REGIMES[4] else 1, shape), draw.integers(0, K, ROWS[K])
    if regime == REGIMES[1]:
        z += 1e4
    if regime in REGIMES[2:4]:
        winner = classes if regime == REGIMES[2] else (classes + 1) % K
        z[np.arange(len(z)), winner] = z.max(axis=-1) + MARGIN
    return z.astype(precision), classes


def soft_rows(regime, K, precision):
    """The same logits, with soft labels."""
    z, _ = rows(regime, K, precision)
    return z, generator("soft", regime, K).dirichlet(np.ones(K), len(z)).astype(precision)


def one_hot(classes, K, precision):
    return (classes[:, None] == np.arange(K)).astype(precision)


def confident(precision):
    """Three classes with the logits z, 0, 0, of which the first is true, for the plot."""
    z = np.linspace(-WIDE, WIDE, 2001)
    z = np.sort(np.concatenate([z, np.linspace(-60, 60, 1200)])).astype(precision)
    return np.stack([z, 0 * z, 0 * z], axis=-1), np.zeros(len(z), dtype=int)


INFINITE = np.inf
# Logits with an infinite one, the label or the true class, and the limits of the value and of the gradient.
BINARY_ENDS = ((-INFINITE, 0, 0.0, 0.0), (-INFINITE, 1, INFINITE, -1.0),
               (INFINITE, 0, INFINITE, 1.0), (INFINITE, 1, 0.0, 0.0))  # fmt: skip
SOFTMAX_ENDS = (((INFINITE, 0.0, 0.0), 0, 0.0, (0.0, 0.0, 0.0)), ((INFINITE, 0.0, 0.0), 1, INFINITE, (1.0, -1.0, 0.0)),
                ((-INFINITE, 0.0, 0.0), 0, INFINITE, (-1.0, 0.5, 0.5)),
                ((-INFINITE, 0.0, 0.0), 1, np.log(2), (0.0, -0.5, 0.5)))  # fmt: skip
