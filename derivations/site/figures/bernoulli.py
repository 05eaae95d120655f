"""The figure of the chapter on Bernoulli: likelihood, log-likelihood and loss of labels that share one probability."""

from .compute import power_of_ten
from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Repeated, Shared, Toggles

WHOLE_AXIS = tuple(number / 100 for number in range(101))
INSIDE_AXIS = WHOLE_AXIS[1:-1]  # where both logarithms are finite
TENTHS = INSIDE_AXIS[9::10]
CURVE_WIDTH, CURVE_HEIGHT = (
    296,
    56,
)  # of each curve; a point at an end must not make the picture larger, so 6 are left free


def _tick():
    """How a tick of an axis is written, in Vega's language: as `said` does it."""
    small = power_of_ten("datum.value", ".0e")
    return f"datum.value === 0 || datum.value >= 0.001 ? format(datum.value, '~g') : {small}"


def _curve(title, of, labels, last=False):
    """One of the three: its curve, and its peak as a point on the line that goes through all of them."""
    axis = {"title": None, "tickCount": 2, "minExtent": 74, "maxExtent": 74} | labels
    height = {"type": "quantitative", "axis": axis, "scale": {"nice": False, "range": [CURVE_HEIGHT, 6]}}
    across = {"title": "p for all; dashed: the share of ones", "tickCount": 5}
    hidden = {"title": None, "labels": False, "ticks": False, "tickCount": 5}
    return {
        "width": CURVE_WIDTH,
        "height": CURVE_HEIGHT,
        "title": {"text": title, "anchor": "start", "offset": 5},
        "encoding": {
            "x": {
                "field": "p",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [0, CURVE_WIDTH - 6]},
                "axis": across if last else hidden,
            },
        },
        "layer": [
            {
                "data": {"name": "peak"},
                "mark": {"type": "rule", "strokeDash": [4, 3], "color": "var(--figure-label)"},
            },
            {
                "data": {"name": "whole" if of == "likelihood" else "inside"},
                "mark": "line",
                "encoding": {"y": height | {"field": of}},
            },
            {
                "data": {"name": "peak"},
                "mark": {"type": "point", "color": "var(--figure-label)"},
                "encoding": {"y": height | {"field": of}},
            },
        ],
    }


BERNOULLI_PEAK = Figure(
    name="bernoulli-peak",
    title="Likelihood, logarithm, sign: the best p stays the same",
    notice="the best p is the share of ones in all three curves. Take the same data 100 times: the likelihood is drawn "
    "to its own scale, and its scale shrinks to almost nothing, while the logarithm is only multiplied by 100. "
    "And the peak becomes narrow: more data rule out more values of p.",
    described="Three curves over the one probability p that all observations share: the likelihood, its logarithm and "
    "the negative log-likelihood; a line through all three marks the share of ones, where each has its peak or its "
    "lowest point",
    controls=(
        Toggles("y", "labels", (1, 0, 1, 1, 0), tuple(f"label of observation {number}" for number in range(1, 6))),
        Choice("times", "the same data", {"once": 1, "10 times": 10, "100 times": 100}, 1),
    ),
    steps=(
        Repeated("data", "y", "times"),
        Compute("best", "bernoulli.stationary_point", y="data"),
        Shared("all_best", "best", "data"),
        Compute("peak", "bernoulli.likelihood", p="all_best", y="data"),
        Compute("log_peak", "bernoulli.maximum_likelihood", y="data"),
        Combined("lowest", {"log_peak": -1}),
        Fixed("whole", WHOLE_AXIS),
        Shared("all_whole", "whole", "data"),
        Compute("likelihood", "bernoulli.likelihood", each={"p": "all_whole"}, y="data"),
        Fixed("inside", INSIDE_AXIS),
        Shared("all_inside", "inside", "data"),
        Compute("log", "bernoulli.log_likelihood", each={"p": "all_inside"}, y="data"),
        Compute("loss", "bernoulli.negative_log_likelihood", each={"p": "all_inside"}, y="data"),
        Fixed("tenths", TENTHS),
        Shared("all_tenths", "tenths", "data"),
        Compute("likelihood_at", "bernoulli.likelihood", each={"p": "all_tenths"}, y="data"),
        Compute("log_at", "bernoulli.log_likelihood", each={"p": "all_tenths"}, y="data"),
        Compute("loss_at", "bernoulli.negative_log_likelihood", each={"p": "all_tenths"}, y="data"),
    ),
    rows={
        "whole": {"p": "whole", "likelihood": "likelihood"},
        "inside": {"p": "inside", "log": "log", "loss": "loss"},
        "peak": {"p": "best", "likelihood": "peak", "log": "log_peak", "loss": "lowest"},
    },
    chart={
        "spacing": 6,
        "vconcat": [
            _curve("likelihood, to its own scale", "likelihood", {"labelExpr": _tick()}),
            _curve("log-likelihood", "log", {}),
            _curve("negative log-likelihood: the loss", "loss", {}, last=True),
        ],
    },
    reading="The share of ones is {best:.2f}. At this p the likelihood is {peak:e}, the log-likelihood {log_peak:.2f} "
    "and the negative log-likelihood {lowest:.2f}.",
    table=(
        Column("p", "tenths", 1),
        Column("likelihood", "likelihood_at", None),
        Column("log-likelihood", "log_at", 2),
        Column("negative log-likelihood", "loss_at", 2),
    ),
)
