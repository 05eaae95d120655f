"""Losses that nobody chose, asked one after the other: `make adversary` asks all, and fails if one goes wrong.

Each is verified, or it is refused with a reason. A chain that the checker refutes is a fault, and any error that is no
refusal. Few chains may be left undecided, where numbers are so extreme that no precision tells: those are not shown.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from time import perf_counter

sys.path[:0] = [str(Path(__file__).parent)]

from losses import Losses  # noqa: E402

from derivations.any_loss.declare import read_loss  # noqa: E402
from derivations.any_loss.strategy import Refused  # noqa: E402
from derivations.any_loss.tokens import Unreadable  # noqa: E402
from derivations.any_loss.tool import gradient  # noqa: E402
from derivations.checking.check import check  # noqa: E402

MANY = 320
ANSWERED = "verified", "refused", "undecided"
MOST_UNDECIDED = 0.02  # of all that are asked


def asked(seed: int) -> tuple[str, str, float]:
    """What became of the loss of a seed: verified, refused, or what went wrong; what is said; and the seconds taken."""
    text, variable = Losses(seed).loss()
    start, place = perf_counter(), f"{text} by {variable}"
    try:
        question = read_loss(text, variable)
        found = gradient(question.expression, question.variable, question.given, question.vocabulary)
        record = check(found)
    except (Unreadable, Refused) as error:
        return "refused", f"{place}: {error}", perf_counter() - start
    except Exception as error:  # whatever it is, it is a fault
        return "an error", f"{place}: {type(error).__name__}: {error}", perf_counter() - start
    return record.outcome, f"{place}: {record.failure}", perf_counter() - start


def main(first: int, last: int) -> int:
    counts, wrong, longest = Counter(), 0, 0.0
    with ProcessPoolExecutor() as pool:
        answers = pool.map(asked, range(first, last), chunksize=4)
        answers = list(zip(range(first, last), answers))
    for seed, (outcome, said, seconds) in answers:
        counts[outcome] += 1
        longest = max(longest, seconds)
        if outcome not in ("verified", "refused"):
            wrong += outcome not in ANSWERED
            print(f"seed {seed}: {outcome}: {said}", flush=True)
        elif "-v" in sys.argv and outcome == "refused":
            print(f"seed {seed}: {said}", flush=True)
    found = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    print(f"{found}; the longest took {longest:.1f} s")
    return int(bool(wrong) or counts["undecided"] > MOST_UNDECIDED * (last - first))


if __name__ == "__main__":
    bounds = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    sys.exit(main(*(bounds or (0, MANY))))
