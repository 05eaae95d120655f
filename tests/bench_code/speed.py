"""How long each function takes beside PyTorch's, on one thread: ratios of one run, in turn."""

import statistics
import time

import cases
import numpy as np
from others import classes_in_torch, log_loss_of, others, with_classes
from printed import jax_code, numpy_code, printed, torch_code
from scipy import special

ROUNDS, LEAST = 11, 0.02  # how often, and how many seconds at least each time
SIZES = {"softmax 100,000 x 10": (100_000, 10), "softmax 1,000 x 10,000": (1000, 10_000), "binary 1,000,000": 1_000_000}


def contestants(kind, compiles):
    """Who takes part. All are given the same labels; a library that takes true classes gets those too."""
    found = {"PyTorch": getattr(others()["PyTorch"], "soft" if kind == "softmax" else kind)}
    if kind == "softmax":
        found["PyTorch, of classes"] = classes_in_torch()
    found["NumPy code"] = numpy_code(kind)
    found["NumPy code, check=False"] = numpy_code(kind, check=False)
    found |= {who: getattr(code, kind) for who, code in printed().items() if who != "NumPy code"}
    if kind == "softmax":
        found["optax, of classes"] = others()["optax"].softmax
        found["JAX code, of classes"] = with_classes(jax_code("softmax"))
    if compiles:
        found["torch code, compiled"] = torch_code(kind, compiled=True)
    rest = {who: library for who, library in others().items() if who != "PyTorch"}
    found |= {who: (getattr(one, "soft") or one.softmax) if kind == "softmax" else one.binary
              for who, one in rest.items()}  # fmt: skip
    found["scikit-learn, log_loss"] = lambda y, z: log_loss_of(y, _chances(z))
    return found


def _chances(z):
    return special.expit(z) if z.ndim == 1 else special.softmax(z, axis=-1)


def compiles():
    """Whether torch.compile works on this machine: why not, or None if it does."""
    try:
        torch_code("binary", compiled=True)(np.ones(8), np.ones(8)).value()
    except Exception as error:  # whatever a missing compiler raises
        return f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return None


def measured(can_compile):
    """Every size, for value and for value with gradient: the medians, and the ratios to PyTorch, round by round."""
    for said, size in SIZES.items():
        draw = cases.generator(said)
        z = draw.normal(0, 3, size)
        kind = "binary" if z.ndim == 1 else "softmax"
        y = (draw.integers(0, 2, size).astype(float) if kind == "binary"
             else cases.one_hot(draw.integers(0, size[1], size[0]), size[1], "float64"))  # fmt: skip
        calls = {who: make(y, z) for who, make in contestants(kind, can_compile).items()}
        for what in ("value", "both"):
            chosen = {who: getattr(call, what) for who, call in calls.items() if getattr(call, what) is not None}
            yield from ({"size": said, "what": what, **row} for row in _in_turn(chosen))


def _in_turn(calls):
    for call in calls.values():
        call()  # the first time may compile
    repeats = {who: max(1, round(LEAST / _seconds(call, 1))) for who, call in calls.items()}
    rounds = [{who: _seconds(call, repeats[who]) for who, call in calls.items()} for _ in range(ROUNDS)]
    for who in calls:
        ratios = sorted(one[who] / one["PyTorch"] for one in rounds)
        yield {"who": who, "ratio": statistics.median(ratios), "low": ratios[ROUNDS // 4],
               "high": ratios[-1 - ROUNDS // 4],
               "ms": 1000 * statistics.median(one[who] for one in rounds)}  # fmt: skip


def _seconds(call, times):
    call()  # so that nobody pays for what another left in the memory
    start = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - start) / times
