"""How exact and how fast the printed code is, next to what people use: ``make bench-code``, in a few minutes.

Everything is measured in one run, on one thread, and kept for the page that shows it. No test fails on a clock.
"""

import os
import platform
import time
import warnings
from importlib.metadata import version
from pathlib import Path

# One thread for all, before anything is imported that starts its own.
for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
os.environ |= {"JAX_ENABLE_X64": "1", "KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu"}
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

import accuracy  # noqa: E402
import others  # noqa: E402
import printed  # noqa: E402
import speed  # noqa: E402
import torch  # noqa: E402

from derivations.checking import records  # noqa: E402
from derivations.site.measured import BENCH_CODE, basis  # noqa: E402
from derivations.site.how_exact.goals import goals  # noqa: E402

PACKAGES = ("numpy", "scipy", "torch", "jax", "optax", "keras", "scikit-learn", "python-flint")


def machine():
    """The processor and the system, by name."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {"processor": named[0] if named else platform.processor() or platform.machine(),
            "system": f"{platform.system()} {platform.machine()}", "load": _load()}  # fmt: skip


def _load():
    """How many processes wanted the processors in the last minute: above their number, speeds are noisy."""
    return {"processes": round(os.getloadavg()[0], 1), "processors": os.cpu_count()} if os.name == "posix" else None


def versions():
    return {"Python": platform.python_version()} | {name: version(name).partition("+")[0] for name in PACKAGES}


def measured():
    """Everything, as plain values."""
    torch.set_num_threads(1)
    everyone = printed.printed() | others.others()
    found = {"machine": machine(), "versions": versions()}
    for name in ("binary", "softmax", "soft", "ends", "plotted"):
        start = time.perf_counter()
        found[name] = list(getattr(accuracy, name)(everyone))
        print(f"accuracy, {name}: {len(found[name])} rows in {time.perf_counter() - start:.0f} s", flush=True)
    why_not = speed.compiles()
    found["not_compiled"] = why_not
    found["speed"] = list(speed.measured(can_compile=why_not is None))
    return found


def told(found):
    """The record as lines of text: worst errors, ratios, and the goals."""
    yield f"{found['machine']}, {found['versions']}"
    for row in found["binary"]:
        errors = [f"{name} {row[name]['ulp']:.3g} ulp, {row[name]['lost']} lost, {row[name]['not_finite']} not finite"
                  for name in ("value", "gradient") if name in row]  # fmt: skip
        yield f"binary from {row['from']:14}{row['precision']:9}{row['who']:14}{'; '.join(errors)}"
    for row in found["softmax"]:
        errors = [f"{name} {row[name]['relative']:.1e} ({row[name]['ulp']:.3g} ulp), "
                  f"{row[name]['not_finite']} not finite" for name in ("value", "gradient")]  # fmt: skip
        yield f"{row['regime']:18}K = {row['K']:<7}{row['precision']:9}{row['who']:14}{'; '.join(errors)}"
    for row in found["soft"]:
        yield (f"soft, {row['regime']:18}K = {row['K']:<7}{row['precision']:9}{row['who']:14}"
               f"absolute {row['absolute']:.1e}")  # fmt: skip
    for row in found["ends"]:
        yield f"infinite logits: {row['who']:14}{row['missed']} of {row['of']} limits missed"
    for row in found["speed"]:
        yield (f"{row['size']:24}{row['what']:6}{row['who']:26}{row['ratio']:7.2f} times PyTorch "
               f"({row['low']:.2f} to {row['high']:.2f}){row['ms']:9.2f} ms")  # fmt: skip
    if found["not_compiled"]:
        yield f"torch.compile does not work here: {found['not_compiled']}"
    for goal in goals(found):
        yield f"{'met' if goal.met else 'NOT MET':8}{goal.text}: {goal.found}"


def main():
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    found = measured()
    records.write("bench", BENCH_CODE, found, *basis("bench", BENCH_CODE))
    print("\n".join(told(found)))
    print(f"Measured in {time.perf_counter() - start:.0f} s, and kept for the page how_exact.html")


if __name__ == "__main__":
    main()
