"""What the printed code should reach, and whether it did, by the record of `make bench-code`."""

from typing import NamedTuple

PRINTED_CODE = ("NumPy code", "JAX code", "torch code")
COMPILED = "torch code, compiled"
MOST_ULP, MOST_RELATIVE = 4, 1e-14
MOST_OF_NUMPY, MOST_OF_EAGER = 2, 3
AS_FAST = 1.1  # two functions that are as fast as each other differ by so much from run to run
SPEEDS = (
    ("NumPy code", "SciPy", 1, "faster than SciPy"),
    ("NumPy code", "scikit-learn, log_loss", 1, "faster than scikit-learn's log_loss"),
    ("NumPy code", "PyTorch", MOST_OF_NUMPY, f"within {MOST_OF_NUMPY} times PyTorch"),
    ("torch code", "PyTorch", MOST_OF_EAGER, f"within {MOST_OF_EAGER} times PyTorch"),
    (COMPILED, "PyTorch", AS_FAST, "as fast as PyTorch"),
    ("JAX code", "optax", AS_FAST, "as fast as optax"),
    ("JAX code, of classes", "optax, of classes", AS_FAST, "as fast as optax"),
)
NO_NAN = "no nan where a limit exists"


class Goal(NamedTuple):
    """A goal in words, the worst that was found, where, and whether that is within it."""

    text: str
    found: str
    met: bool


def goals(record: dict) -> list[Goal]:
    """All of them."""
    return [*_of_binary(record), *_of_softmax(record), _of_soft_labels(record), _of_limits(record), *_of_speed(record)]


def wanted() -> list[str]:
    """The goals in words, before anything was measured: those of one kind together."""
    return [
        f"binary cross-entropy and its gradient, float64 and float32: at most {MOST_ULP} ulp",
        f"softmax cross-entropy and its gradient, float64: at most {MOST_RELATIVE}, relative, for every kind of logits",
        f"the same in float32: at most {MOST_ULP} ulp",
        f"softmax with soft labels, gradient, float64: an absolute error of at most {MOST_RELATIVE}",
        NO_NAN,
        *(f"{who}, for losses alone and with their gradients: {text}" for who, _, _, text in SPEEDS),
    ]


def _worst(rows, measure):
    return max(rows, key=measure)


def _of_binary(record):
    for precision in ("float64", "float32"):
        for name in ("value", "gradient"):
            rows = [row for row in record["binary"] if row["who"] in PRINTED_CODE and row["precision"] == precision]
            worst = _worst(rows, lambda row: row[name]["ulp"])
            error = worst[name]["ulp"]
            yield Goal(f"binary cross-entropy, {name}, {precision}: at most {MOST_ULP} ulp",
                       f"{error:.2g} ulp ({worst['who']}, from {worst['from']})", error <= MOST_ULP)  # fmt: skip


def _of_softmax(record):
    kinds = ("float64", "relative", MOST_RELATIVE, ""), ("float32", "ulp", MOST_ULP, " ulp")
    for precision, key, most, unit in kinds:
        for name in ("value", "gradient"):
            rows = [row for row in record["softmax"] if row["who"] in PRINTED_CODE and row["precision"] == precision]
            for regime in dict.fromkeys(row["regime"] for row in rows):
                worst = _worst([row for row in rows if row["regime"] == regime], lambda row: row[name][key])
                error = worst[name][key]
                yield Goal(f"softmax, {regime}, {name}, {precision}: at most {most}{unit or ', relative'}",
                           f"{error:.2g}{unit} ({worst['who']}, K = {worst['K']})", error <= most)  # fmt: skip


def _of_soft_labels(record):
    rows = [row for row in record["soft"] if row["who"] in PRINTED_CODE and row["precision"] == "float64"]
    worst = _worst(rows, lambda row: row["absolute"])
    return Goal(f"softmax with soft labels, gradient, float64: an absolute error of at most {MOST_RELATIVE}",
                f"{worst['absolute']:.2g} ({worst['who']})", worst["absolute"] <= MOST_RELATIVE)  # fmt: skip


def _of_limits(record):
    rows = [row[name] for kind in ("binary", "softmax") for row in record[kind] if row["who"] in PRINTED_CODE
            for name in ("value", "gradient") if name in row]  # fmt: skip
    wrong = sum(row["not_finite"] for row in rows) + sum(
        row["missed"] for row in record["ends"] if row["who"] in PRINTED_CODE
    )
    return Goal(NO_NAN, f"{wrong} of {sum(row['count'] for row in rows)} numbers", wrong == 0)


def _of_speed(record):
    """Ratios of medians to what each should be compared with, the worst over sizes."""
    times = {(row["size"], row["what"], row["who"]): row["ratio"] for row in record["speed"]}
    for who, other, most, text in SPEEDS:
        for what, said in (("value", "value"), ("both", "value with gradient")):
            ratios = {size: times[size, kind, name] / times[size, kind, other] for size, kind, name in times
                      if name == who and kind == what and (size, kind, other) in times}  # fmt: skip
            if ratios:
                size = max(ratios, key=ratios.__getitem__)
                yield Goal(f"{who}, {said}: {text}", f"{ratios[size]:.2g} times ({size})", ratios[size] <= most)
