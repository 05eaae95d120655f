"""What `make bench-code` measures with: the exact numbers, and the distance from them. Its times are no test."""

from pathlib import Path

import numpy as np
import pytest
from bench_code import cases, exact
from flint import arb
from mpmath import exp, log1p, mp, mpf


def as_mpf(right, place):
    return (mpf(float(right.high[place])) + mpf(float(right.low[place]))) * mpf(2) ** int(right.exponent[place])


def test_exact_numbers_have_thirty_digits_by_another_arithmetic():
    z, y = np.array([-1000.0, -40.5, 0.0, 40.5, 1000.0] * 2), np.repeat([0.0, 1.0], 5)
    value, gradient = exact.binary(z, y)
    with mp.workdps(1000):
        for place, (logit, label) in enumerate(zip(z, y)):
            right = log1p(exp(-mpf(logit))) if label else log1p(exp(mpf(logit)))
            slope = 1 / (1 + exp(-mpf(logit))) - label
            assert abs(as_mpf(value, place) / right - 1) < mpf(10) ** -30
            assert abs(as_mpf(gradient, place) / slope - 1) < mpf(10) ** -30


def test_exact_softmax_keeps_what_is_beside_a_probability_near_one():
    z, classes = np.array([[900.0, 0.0, -3.0], [0.0, 500.0, 1.0]]), np.array([0, 0])
    value, gradient = exact.softmax(z, classes)
    with mp.workdps(1000):
        for row, true in enumerate(classes):
            powers = [exp(mpf(one)) for one in z[row]]
            right = log1p((sum(powers) - powers[true]) / powers[true])
            assert abs(as_mpf(value, row) / right - 1) < mpf(10) ** -30
            for place, power in enumerate(powers):
                slope = power / sum(powers) - (place == true)
                assert abs(as_mpf(gradient, (row, place)) / slope - 1) < mpf(10) ** -30


def test_a_ball_that_is_not_certain_is_refused():
    with pytest.raises(ValueError, match="not certain to 50 digits"):
        exact.exact([arb(1, 1e-20)])


@pytest.mark.parametrize("precision", exact.DIGITS)
def test_an_error_is_counted_in_distances_between_neighbours(precision):
    kind = np.dtype(precision).type
    right = exact.exact([arb(3) / 7])
    nearest = np.array([3 / 7], dtype=kind)
    assert exact.errors(nearest, right, precision)["ulp"] <= 0.5
    moved = nearest
    for steps in range(1, 6):
        moved = np.nextafter(moved, kind(1))
        assert abs(exact.errors(moved, right, precision)["ulp"] - steps) <= 0.5
    assert exact.errors(0 * nearest, right, precision)["relative"] == pytest.approx(1)


def test_what_is_lost_flushed_or_not_finite_is_counted():
    right = exact.exact([arb(1), arb(1), arb(2) ** -1060, arb(2) ** -1060, arb(0)])
    found = exact.errors(np.array([0.0, np.nan, 0.0, 2.0**-1060, 0.0]), right, "float64")
    assert (found["lost"], found["not_finite"], found["flushed"], found["count"]) == (1, 1, 1, 5)
    assert list(found["relative_errors"]) == [1, 0, 0, 0, 0]


def test_the_points_are_those_that_were_promised():
    z, y = cases.logits("float64")
    assert len(z) == len(y) == 2 * cases.POINTS and z.min() < -990 and z.max() > 990
    for precision, least in (("float64", 1e-299), ("float32", 1e-36)):
        p, _ = cases.chances(precision)
        assert p.dtype == precision and p.min() < least and p.max() > 1 - 1e-6 and 0 < p.min() and p.max() < 1
    for regime in cases.REGIMES:
        rows, classes = cases.rows(regime, 10, "float64")
        margins = rows.max(axis=-1) - np.sort(rows, axis=-1)[:, -2]
        confident = regime.startswith("confident")
        assert (margins.min() >= cases.MARGIN - 1e-9) == confident
        right = np.mean(rows.argmax(axis=-1) == classes)
        assert (right == (regime == "confident, right")) if confident else 0 < right < 1


def test_the_page_says_at_what_is_measured():
    page = " ".join((Path(__file__).parent.parent / "docs" / "how_exact.md").read_text(encoding="utf-8").split())
    for words in (
        f"{cases.POINTS:,} logits between −{cases.WIDE} and {cases.WIDE}, with both labels",
        f"{cases.CHANCES:,} probabilities",
        "K is {}, {}, {} and {:,}".format(*cases.CLASSES), f"a class that is {cases.MARGIN} above the rest",
    ):  # fmt: skip
        assert words in page
    least = {precision: cases.chances(precision)[0].min() for precision in ("float64", "float32")}
    assert 1e-300 <= least["float64"] < 1e-295 and 1e-37 <= least["float32"] < 1e-36
    assert "from 1e−300 (of float32: 1e−37)" in page
    moved, wide = (cases.rows(cases.REGIMES[place], 1000, "float64")[0] for place in (1, 4))
    assert round(moved.mean()) == 10_000 and "10,000 added" in page
    assert 97 < wide.std() < 103 and "the standard deviation 100" in page
