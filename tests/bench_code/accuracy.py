"""How far each function is from 50 digits."""

import cases
import exact
import numpy as np

PRECISIONS = ("float64", "float32")
PLACES = 120  # of the plot, along the logit
LAST_NORMAL = 708  # beyond this logit the right number may have lost digits itself: it is below the smallest normal one
KEPT = ("ulp", "relative", "absolute", "lost", "flushed", "not_finite", "count")


def _both(call):
    """Losses and gradients as arrays; the gradients are None where there are none."""
    with np.errstate(all="ignore"):
        if call.both is None:
            return np.asarray(call.value()), None
        value, gradient = call.both()
        alone = np.asarray(call.value())
    return alone, np.asarray(gradient)


def _compared(call, right, precision, places=slice(None)):
    """What became of the value and of the gradient."""
    found = {}
    for name, numbers, wanted in zip(("value", "gradient"), _both(call), right):
        if numbers is not None:
            kept = exact.Exact(*(part[places] for part in wanted))
            measured = exact.errors(numbers.reshape(wanted.high.shape)[places], kept, precision)
            found[name] = {key: measured[key] for key in KEPT}
    return found


def binary(everyone):
    """From logits, and from probabilities."""
    for precision in PRECISIONS:
        z, y = cases.logits(precision)
        right = exact.binary(z, y)
        for who, library in everyone.items():
            yield {"who": who, "from": "logits", "precision": precision,
                   **_compared(library.binary(y, z), right, precision)}  # fmt: skip
        p, y = cases.chances(precision)
        right = exact.chances(p, y)
        for who, library in everyone.items():
            if library.chances is None:
                continue
            call = library.chances(y, p)
            few = slice(None, None, 20) if who == "scikit-learn" else slice(None)
            yield {"who": who, "from": "probabilities", "precision": precision,
                   **_compared(call, right, precision, few)}  # fmt: skip


def softmax(everyone):
    """One true class in each row, in every regime."""
    for precision in PRECISIONS:
        for regime in cases.REGIMES:
            for K in cases.CLASSES:
                z, classes = cases.rows(regime, K, precision)
                right, y = exact.softmax(z, classes), cases.one_hot(classes, K, precision)
                for who, library in everyone.items():
                    call = library.softmax(y, z)
                    if call is not None:
                        yield {"who": who, "regime": regime, "K": K, "precision": precision,
                               **_compared(call, right, precision)}  # fmt: skip


def soft(everyone):
    """The gradient of soft labels."""
    for precision in PRECISIONS:
        for regime in cases.REGIMES:
            for K in cases.CLASSES[:3]:
                z, y = cases.soft_rows(regime, K, precision)
                right = exact.soft(z, y)
                for who, library in everyone.items():
                    if library.soft is not None:
                        found = exact.errors(_both(library.soft(y, z))[1], right, precision)
                        yield {"who": who, "regime": regime, "K": K, "precision": precision,
                               "absolute": found["absolute"], "not_finite": found["not_finite"]}  # fmt: skip


def ends(everyone):
    """How many limits at infinite logits are missed, of how many, of values and of gradients."""
    for who, library in everyone.items():
        missed, count = 0, 0
        for kind, points in (("binary", cases.BINARY_ENDS), ("softmax", cases.SOFTMAX_ENDS)):
            for logits, label, value, gradient in points:
                z = np.array([logits])
                y = cases.one_hot(np.array([label]), 3, "float64") if kind == "softmax" else np.array([float(label)])
                found = _both(getattr(library, kind)(y, z))
                missed += sum(not np.allclose(one, limit, rtol=1e-12, atol=0, equal_nan=False)
                              for one, limit in zip(found, (value, gradient)))  # fmt: skip
                count += 2
        yield {"who": who, "missed": missed, "of": count}


def plotted(everyone):
    """Relative errors along the logit z: the worst of each stretch, of label 1 and of the first of three classes."""
    z, y = cases.logits("float64")
    z, y = z[y == 1], y[y == 1]
    rows, classes = cases.confident("float64")
    hot = cases.one_hot(classes, 3, "float64")
    right = {"binary": exact.binary(z, y), "softmax": exact.softmax(rows, classes)}
    first = exact.Exact(*(part[:, 0] for part in right["softmax"][1]))
    for who, library in everyone.items():
        _, gradient = _both(library.binary(y, z))
        value, slope = _both(library.softmax(hot, rows))
        for what, numbers, wanted, along in (
            ("binary: gradient", gradient, right["binary"][1], z),
            ("softmax: value", value, right["softmax"][0], rows[:, 0]),
            ("softmax: gradient", slope[:, 0], first, rows[:, 0]),
        ):
            normal = np.abs(along) < LAST_NORMAL
            relative = exact.errors(numbers, wanted, "float64")["relative_errors"]
            yield from ({"who": who, "what": what, "z": place, "error": error}
                        for place, error in _stretches(along[normal], relative[normal]))  # fmt: skip


def _stretches(along, relative):
    """The middle and the worst of each stretch; they are shorter near 0."""
    edge = np.arcsinh(cases.WIDE / 10)
    stretch = np.floor((np.arcsinh(along / 10) / edge + 1) / 2 * (PLACES - 1e-9)).astype(int)
    for place in range(PLACES):
        there = stretch == place
        if there.any():
            yield float(np.median(along[there])), float(relative[there].max())
