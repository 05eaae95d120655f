"""What the tests of powers share: exponents of any size, beside probabilities and logits of all kinds."""

from math import hypot, sqrt

import numpy as np
from coded import ENTRIES
from mpmath import mp

from derivations.functions import function

PROBABILITIES = [1e-30, 1e-18, 1.6e-16, 1e-9, 0.3, 0.75, 1 - 2**-53]
LOGITS = [-800.0, -740, -700, -40, -36.7, -20, 3, 36.7, 40, 700]
EXPONENTS = [0, 0.5, 2, 1e3, 1e6, 1e9, 1e17, 4e18, 1e30, 1e160, 1e200]
OF_PROBABILITY = ("focal.focal_loss", "focal.fall", "focal.one_less", "focal.power_below", "focal.mean_slope",
                  "focal.truth")
OF_LOGIT = ("focal.one_logit", "focal.other_label", "focal.curvature")
ROWS = ([0.0, 39, 38, -1], [0.0, 1, -2, 0.5])  # the first class: 1e-17, and about a third
WITHIN, LEAST = 2e-13, 1e-300  # an exponent of -700 is rounded to 6e-14


def arguments(id):
    """All pairs of a probability or a logit and an exponent, by the letters of an entry."""
    letter, several = ("z", LOGITS) if id in OF_LOGIT else ("p", PROBABILITIES)
    at, exponents = (np.ravel(one) for one in np.meshgrid(several, EXPONENTS))
    return {letter: at, "γ": exponents} | ({"y": np.full(at.shape, 0.25)} if "mean" in id else {})


def right(id, given):
    """By correct rounding."""
    evaluate, rows = function(ENTRIES[id]), zip(*given.values())
    return np.array([evaluate(**dict(zip(given, map(float, row)))) for row in rows])


def truths(focus):
    """Reports of three classes, and the truths behind them."""
    evaluate = function(ENTRIES["focal.truth_of_classes"])
    for report in ([0.3, 0.3, 0.4], [1e-17, 0.5, 0.5], [0.1, 0.2, 0.7], [1e-300, 1e-9, 1 - 1e-9]):
        wanted = [evaluate(p=report, γ=focus, k=k) for k in (1, 2, 3)]
        yield {"p": np.array(report), "γ": np.array(focus)}, np.array(wanted)


def of_classes(focus):
    """Arguments of the gradient of focal loss in the logits, and what is right there."""
    evaluate = function(ENTRIES["focal.gradient"])
    for z in ROWS:
        for c in range(4):
            wanted = [evaluate(c=c + 1, z=z, γ=focus, m=m + 1) for m in range(4)]
            yield {"c": np.array(c), "z": np.array(z), "γ": np.array(focus)}, np.array(wanted)


VECTORS = [[3.0, -4.0, 0.0], [1e200, -1e200, 3e199], [1e-200, 2e-200, 0.0], [1e-170, 3.0, 1e170], [1e300, 0.0, -1e-300],
           [-0.1, 0.2, 0.7], [1e-9, -2e-9, 0.0]]  # fmt: skip
# A loss that somebody types, and its slope in one entry of a vector.
NORMS = [("sqrt(sum(w[f]^2, f))", lambda w: [one / hypot(*w) for one in w]),
         ("sqrt(1 + 4*sum(w[f]^2, f))", lambda w: [2 * (2 * one / hypot(1, *(2 * one for one in w))) for one in w]),
         ("sqrt(2*sum((w[f] - 1)^2, f))", lambda w: [sqrt(2) * ((v - 1) / hypot(*(u - 1 for u in w))) for v in w]),
         ("1/sqrt(1 + sum(w[f]^2, f))", lambda w: [-one / hypot(1, *w) / hypot(1, *w) / hypot(1, *w) for one in w]),
         ("(sqrt(1 + sum(w[f]^2, f)) - 1)^2", lambda w: [
             2 * (hypot(*w) / (1 + hypot(1, *w))) * (hypot(*w) / hypot(1, *w)) * one for one in w])]

# Losses in s, and a positive r, whose slope has a power of a sum less that of one of its terms.
GAPS = [
    ("(sqrt(1 + s^2) - 1)^2", lambda r, s: 2 * s * (1 - 1 / mp.sqrt(1 + s**2))),
    ("(sqrt(1 + (s/r)^2) - 1)^2", lambda r, s: 2 * s / r**2 * (1 - 1 / mp.sqrt(1 + s**2 / r**2))),
    ("exp(-1000*(sqrt(r^2 + s^2) - r))", lambda r, s: (
        -1000 * s / mp.sqrt(r**2 + s**2) * mp.exp(-1000 * (mp.sqrt(r**2 + s**2) - r)))),
    ("(3 - 3*(1 + 2*s^2)^(-5/2))^2", lambda r, s: (
        180 * s * (1 + 2 * s**2) ** mp.mpf("-3.5") * (1 - (1 + 2 * s**2) ** mp.mpf("-2.5")))),
]  # fmt: skip
SCALES, FROM_0 = [1e-170, 1e-9, 0.75, 1.0, 3e5, 1e170], [0.0, *(10.0 ** np.arange(-12, 4, 0.75))]


def of_gaps(loss, slope):
    """Arguments of the slope of such a loss, and what is right there."""
    r, s = (np.ravel(one) for one in np.meshgrid(SCALES, [*FROM_0, -1e-7, 1e-170, 1e-100, 1e100]))
    given = {"r": r, "s": s} if "r" in loss.replace("sqrt", "") else {"s": s}
    with mp.workdps(800):
        return given, np.array([float(slope(mp.mpf(a), mp.mpf(b))) for a, b in zip(r.tolist(), s.tolist())])
