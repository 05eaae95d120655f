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


EXPLICIT = 3, 6, 10  # numbers of classes that are written out for SymPy's own differentiation


def any_loss():
    """Losses that are typed: steps, seconds to derive and seconds to check, for the gradient and the Hessian."""
    from derivations.any_loss.command import chains_of
    from derivations.checking.check import check
    from derivations.site.losses import LOSSES, question_of

    print(f"\n{'a loss that is typed':36}{'':10}{'steps':>6}{'derived':>9}{'checked':>9}")
    for asked in LOSSES.values():
        for command in ("gradient", "hessian"):
            question, start = question_of(asked), time.perf_counter()
            chains = chains_of(command, question, id="any_loss.timed")
            steps = sum(len(chain.steps) for chain in chains)  # they are made when they are read
            derived, start = time.perf_counter() - start, time.perf_counter()
            for chain in chains:
                check(chain)
            checked = time.perf_counter() - start
            print(f"{asked.title:36}{command:10}{steps:6}{derived:7.2f} s{checked:7.2f} s")


def explicit():
    """SymPy's own differentiation of the same cross-entropy, with every class written out."""
    from sympy import exp, log, symbols

    print("\nSymPy's diff of softmax cross-entropy, for one logit, with the classes written out:")
    for many in EXPLICIT:
        z, y = symbols(f"z1:{many + 1}"), symbols(f"y1:{many + 1}")
        total = sum(map(exp, z))
        loss, start = -sum(one * log(exp(other) / total) for one, other in zip(y, z)), time.perf_counter()
        found = loss.diff(z[0])
        taken = time.perf_counter() - start
        print(f"  K = {many:2}: {taken:.2f} s, an expression of {found.count_ops()} operations")
    print("n and K stay symbols here, so that one derivation is for all of them")


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
    any_loss()
    explicit()


if __name__ == "__main__":
    main()
