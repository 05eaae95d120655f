"""The numbers that everything is measured against, to more than 50 digits, and how far another number is from them."""

from typing import NamedTuple

import numpy as np
from flint import arb, ctx

BITS = 220  # of every ball; what comes out must be certain to SURE
SURE = 170  # 51 digits
DIGITS = {"float64": (53, -1074), "float32": (24, -149)}  # bits of a number, and the exponent of the smallest


class Exact(NamedTuple):
    """Numbers as (high + low) 2^exponent, where high is from 1/2 to 1, or 0."""

    high: np.ndarray
    low: np.ndarray
    exponent: np.ndarray


def exact(balls) -> Exact:
    """Balls as two doubles and an exponent each, which keep 106 bits."""
    return Exact(*map(np.array, zip(*map(_split, balls), strict=True)))


def _split(ball):
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    if mantissa == 0 and ball.is_exact():
        return 0.0, 0.0, 0
    if ball.rel_accuracy_bits() < SURE:
        raise ValueError(f"{ball} is not certain to 50 digits")
    size, sign = abs(mantissa), 1 if mantissa > 0 else -1
    length = size.bit_length()
    size = size >> (length - 106) if length > 106 else size << (106 - length)
    high, low = size >> 53, size & ((1 << 53) - 1)
    return sign * high * 2.0**-53, sign * low * 2.0**-106, exponent + length


def binary(z, y):
    """Binary cross-entropy and its gradient in the logit, of labels 0 and 1."""
    values, gradients = [], []
    ctx.prec = BITS
    for logit, label in zip(z.tolist(), y.tolist(), strict=True):
        wrong = (arb(-logit) if label else arb(logit)).exp()
        values.append(wrong.log1p())
        gradients.append((-1 if label else 1) * wrong / (1 + wrong))
    return exact(values), exact(gradients)


def chances(p, y):
    """The same of probabilities, with its gradient in the probability."""
    ctx.prec = BITS
    values, gradients = [], []
    for chance, label in zip(p.tolist(), y.tolist(), strict=True):
        values.append(-arb(chance).log() if label else -arb(-chance).log1p())
        gradients.append(-1 / arb(chance) if label else 1 / (1 - arb(chance)))
    return exact(values), exact(gradients)


def softmax(z, classes):
    """Softmax cross-entropy and its gradient in every logit, of one true class in each row."""
    values, gradients = [], []
    ctx.prec = BITS
    for row, true in zip(z.tolist(), classes.tolist(), strict=True):
        powers = _powers(row)
        others = sum(powers[:true] + powers[true + 1:], arb(0))  # what would be lost in a difference
        values.append((others / powers[true]).log1p())
        share = 1 / (others + powers[true])
        gradients += [-others * share if place == true else power * share for place, power in enumerate(powers)]
    return exact(values), _in_rows(exact(gradients), z.shape)


def soft(z, y):
    """The gradient in every logit, of soft labels."""
    ctx.prec = BITS
    found = []
    for row, labels in zip(z.tolist(), y.tolist(), strict=True):
        powers = _powers(row)
        share = 1 / sum(powers, arb(0))
        found += [power * share - label for power, label in zip(powers, labels)]
    return _in_rows(exact(found), z.shape)


def _powers(row):
    largest = arb(max(row))
    return [(arb(one) - largest).exp() for one in row]


def _in_rows(found, shape):
    return Exact(*(part.reshape(shape) for part in found))


def errors(found, right: Exact, precision: str) -> dict:
    """The worst error in ulp, relative and absolute; and how many are nan or infinite, or are 0 and should not be.

    An ulp is the distance between neighbouring numbers of that precision at the right one. Below the smallest normal
    number errors are taken relative to that. A 0 there is not in the worst error, but counted as flushed.
    """
    bits, smallest = DIGITS[precision]
    found = np.asarray(found, dtype=float)
    finite, normal = np.isfinite(found), right.exponent >= smallest + bits
    flushed = (found == 0) & ~normal & (right.exponent > smallest + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        gap = np.abs((np.ldexp(found, -right.exponent) - right.high) - right.low)
        spacing = np.maximum(right.exponent - bits, smallest)
        counted = finite & ~flushed
        ulps = np.where(counted, np.ldexp(gap, right.exponent - spacing), 0)
        least = np.ldexp(0.5, np.maximum(smallest + bits - right.exponent, 0))
        relative = np.where(counted, gap / np.maximum(np.abs(right.high), least), 0)
        absolute = np.where(counted, np.ldexp(gap, right.exponent), 0)
    zeros = (found == 0) & normal & (right.high != 0)
    return {"ulp": _worst(ulps), "relative": _worst(relative), "absolute": _worst(absolute),
            "lost": int(zeros.sum()), "flushed": int(flushed.sum()), "not_finite": int((~finite).sum()),
            "count": int(found.size), "relative_errors": relative}  # fmt: skip


def _worst(values):
    return float(min(values.max(), 1e300))  # what is infinite has no place in a record
