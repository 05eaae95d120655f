"""How long deriving takes, as ratios measured in one run: ``make benchmark``. Not a test: no test fails on a clock."""

import statistics
import subprocess
import sys
import time

PAIRS = 9
ALONE = ["-c", "import sympy"]
EVERYTHING = """
from derivations.catalogue import catalogue
for entry in catalogue().values():
    getattr(entry, "result", None)  # an entry is derived when it is first read
"""
COMPARED = {
    "one entry, printed": ["-m", "derivations", "softmax.gradient"],
    "the whole catalogue, derived": ["-c", EVERYTHING],
    "the whole catalogue, listed": ["-m", "derivations"],
    "--help": ["-m", "derivations", "--help"],
}


def seconds(arguments):
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main():
    """Import SymPy alone and do something, in turn, each in a new process."""
    seconds(ALONE)  # warms the file cache
    for name, arguments in COMPARED.items():
        seconds(arguments)
        pairs = [(seconds(ALONE), seconds(arguments)) for _ in range(PAIRS)]
        ratios = sorted(whole / part for part, whole in pairs)
        median = statistics.median(whole for _, whole in pairs)
        print(f"{name}: median {median:.2f} s, {statistics.median(ratios):.2f} times `import sympy` alone "
              f"({ratios[0]:.2f} to {ratios[-1]:.2f})")
    print("n and K stay symbols, so the number of observations and classes changes none of this")


if __name__ == "__main__":
    main()
