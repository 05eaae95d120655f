"""How long deriving takes, as ratios measured in one run: ``make benchmark``. Not a test: no test fails on a clock."""

import statistics
import subprocess
import sys
import time

PAIRS = 9


def seconds(code):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main():
    """Import SymPy alone and derive the whole catalogue, in turn, each in a new process."""
    alone, derived = "import sympy", "import derivations.catalogue"
    seconds(alone), seconds(derived)  # warm the file cache
    pairs = [(seconds(alone), seconds(derived)) for _ in range(PAIRS)]
    ratios = sorted(whole / part for part, whole in pairs)
    print(f"import sympy: median {statistics.median(part for part, _ in pairs):.2f} s")
    print(f"the whole catalogue, import included: median {statistics.median(whole for _, whole in pairs):.2f} s")
    print(f"ratio: median {statistics.median(ratios):.2f}, from {ratios[0]:.2f} to {ratios[-1]:.2f}")
    print("n and K stay symbols, so the number of observations and classes changes none of this")


if __name__ == "__main__":
    main()
