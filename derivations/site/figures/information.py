"""The figure of the chapter on information: the peak of a log-likelihood, and the parabola that bends as it does."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Shared
from .parts import Total, over

PEAK_AXIS = tuple(number / 200 for number in range(2, 199))
PEAK_TENTHS = tuple(number / 10 for number in range(1, 10))
PEAK_WIDTH = 330
PEAK_PARABOLA = {"color": "var(--figure-label)", "strokeDash": [6, 3]}


def _fall(of):
    """How far the log-likelihood lies below its peak at the probabilities of a list, and the parabola through the peak.

    The log-likelihood of n labels is minus n times their cross-entropy. The second derivative of the parabola is minus
    the Fisher information of n labels.
    """
    return (
        Compute(f"loss_{of}", "cross_entropy.two_outcomes", each={"p": of}, y="p"),
        Combined(f"gap_{of}", {"floor": 1, f"loss_{of}": -1}),
        Shared(f"many_{of}", "n", of),
        Multiplied(f"fall_{of}", f"many_{of}", f"gap_{of}"),
        Combined(f"away_{of}", {of: 1, "p": -1}),
        Multiplied(f"square_{of}", f"away_{of}", f"away_{of}"),
        Combined(f"half_{of}", {f"square_{of}": -0.5}),
        Shared(f"bend_{of}", "all_information", of),
        Multiplied(f"parabola_{of}", f"bend_{of}", f"half_{of}"),
    )


def _panel(title, layers, domain, ticks, last=False):
    """One of the two pictures over the probability; a line through both marks the share of ones."""
    across = {"title": "probability p; dotted: the share of ones", "tickCount": 5, "grid": False}
    hidden = {"title": None, "labels": False, "ticks": False, "tickCount": 5, "grid": False}
    height = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False},
        "axis": {"title": None, "values": ticks, "minExtent": 34, "maxExtent": 34},
    }
    share = {"type": "rule", "strokeDash": [2, 2], "strokeWidth": 1.5}
    return {
        "width": PEAK_WIDTH,
        "height": 110,
        "title": {"text": title, "offset": 6},
        "encoding": {
            "x": {
                "field": "p",
                "type": "quantitative",
                "scale": {"domain": [0, 1]},
                "axis": across if last else hidden,
            }
        },
        "layer": [
            over("here", share),
            *(over(data, {"clip": True, **mark}, y=height | {"field": field}) for data, mark, field in layers),
        ],
    }


INFORMATION_PEAK = Figure(
    name="information-peak",
    title="How sharp is the peak? Fisher information says it",
    notice="the parabola touches the log-likelihood at its peak and bends there just as much: by the Fisher "
    "information of all labels. Four times as many labels make the peak half as wide. And a share near 0 or 1 "
    "makes it sharp, too: the lower curve is least at one half, and grows without bound towards both ends.",
    described="Above, the log-likelihood of n labels over the probability p, with its peak at the share of ones, and a "
    "dashed parabola that touches it there; below, the Fisher information of one label over p, lowest at one half",
    controls=(
        Numbers("p", "share of ones", (0.3,), 0.05, 0.95, 0.05, places=2),
        Choice("n", "labels", {"20": 20, "80": 80, "320": 320}, 20),
    ),
    steps=(
        Compute("floor", "cross_entropy.two_outcomes", y="p", p="p"),
        Compute("information", "information.bernoulli_curvature", p="p"),
        Joined("one", ("information",)),
        Shared("labels", "n", "one"),
        Multiplied("of_labels", "labels", "one"),
        Total("all_information", "of_labels"),
        Fixed("peaks", (0,)),
        Total("peak", "peaks"),
        Fixed("axis", PEAK_AXIS),
        *_fall("axis"),
        Compute("information_axis", "information.bernoulli_curvature", each={"p": "axis"}),
        Fixed("tenths", PEAK_TENTHS),
        *_fall("tenths"),
        Compute("information_tenths", "information.bernoulli_curvature", each={"p": "tenths"}),
    ),
    rows={
        "curves": {"p": "axis", "fall": "fall_axis", "parabola": "parabola_axis", "information": "information_axis"},
        "here": {"p": "p", "peak": "peak", "information": "information"},
    },
    chart={
        "spacing": 8,
        "vconcat": [
            _panel(
                "log-likelihood below its peak, and a parabola (dashed)",
                (
                    ("curves", {"type": "line"}, "fall"),
                    ("curves", {"type": "line", **PEAK_PARABOLA}, "parabola"),
                    ("here", {"type": "point", "clip": False}, "peak"),
                ),
                [-5, 0.5],
                [-4, -2, 0],
            ),
            _panel(
                "Fisher information of one label",
                (
                    ("curves", {"type": "line"}, "information"),
                    ("here", {"type": "point"}, "information"),
                ),
                [0, 24],
                [0, 8, 16, 24],
                last=True,
            ),
        ],
    },
    reading="At the share {p:.2f} the Fisher information of one label is {information:.2f}, and that of all {n:.0f} "
    "labels is {all_information:.0f}.",
    table=(
        Column("p", "tenths", 1),
        Column("log-likelihood below its peak", "fall_tenths", 2),
        Column("parabola", "parabola_tenths", 2),
        Column("information of one label", "information_tenths", 2),
    ),
    presets=(Preset("One half", {"p": 0.5}), Preset("Nearly all ones", {"p": 0.95})),
)
