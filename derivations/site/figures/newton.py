"""The figure of the chapter on Newton's method: the parabola that stands for the loss, and where its bottom leads."""

from .parts import (
    Choice, Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Shared, named_line, over,
)  # fmt: skip

STEPPED_WEIGHTS = tuple(number / 10 for number in range(-75, 76))
STEPPED_ACROSS = {
    "field": "w",
    "type": "quantitative",
    "title": "weight w of the feature",
    "scale": {"domain": [-7.5, 7.5], "nice": False},
    "axis": {"values": [-6, -4, -2, 0, 2, 4, 6], "grid": False},
}
STEPPED_HEIGHT = {
    "field": "loss",
    "type": "quantitative",
    "title": "loss",
    "scale": {"domain": [-2, 8], "nice": False},
    "axis": {"values": [-2, 0, 2, 4, 6, 8]},
}
LOSS_LINE = {"strokeWidth": 2.5, "color": "var(--figure-model)"}
PARABOLA_LINE = {"strokeWidth": 1.8, "strokeDash": [6, 3], "color": "var(--figure-label)"}
STEPPED_KEY = (("loss", 7.4, LOSS_LINE), ("parabola", 6.6, PARABOLA_LINE))  # between the arms of both, at any weight


NEWTON_STEP = Figure(
    name="newton-step",
    title="A step to the bottom of the parabola may go too far",
    notice="at the disc the parabola has the height, the slope and the bend of the loss. Its lowest point is where the "
    "whole step leads; the ring is the loss after the step. Near the weight 0, the best one, the whole step leads "
    "nearly to the lowest loss. From about 2.2 on, on either side, it leads to a higher loss than it came from. Half "
    "the step does so only beyond the weights that can be chosen here, from about 3.3 on.",
    described="Over one weight, the loss as a curve with its lowest point at 0, and a dashed parabola that touches it "
    "at a disc; a diamond at the lowest point of the parabola, and a ring on the loss where the step leads",
    controls=(
        Numbers("weight", "weight w", (2.6,), -3, 3, 0.1),
        Choice("part", "step", {"whole": 1, "half": 0.5}, 1),
    ),
    steps=(
        Fixed("x", ((1,), (1,))),
        Fixed("y", (0, 1)),
        Fixed("observations", (1, 2)),
        Fixed("axis", STEPPED_WEIGHTS),
        Fixed("axis_lists", tuple((weight,) for weight in STEPPED_WEIGHTS)),
        Compute("loss_axis", "logistic_regression.softplus_form", each={"w": "axis_lists"}, x="x", y="y"),
        Compute("loss", "logistic_regression.softplus_form", w=("weight",), x="x", y="y"),
        Compute("slope", "logistic_regression.gradient", w=("weight",), x="x", y="y", f=1),
        Compute("bend", "logistic_regression.hessian", w=("weight",), x="x", f=1, h=1),
        Compute("step", "newton.one_weight", w=("weight",), x="x", y="y", f=1),
        Combined("bottom", {"weight": 1, "step": 1}),
        Joined("steps", ("step",)),
        Joined("parts", ("part",)),
        Multiplied("moved", "parts", "steps"),
        Combined("after", {"weight": 1, "moved": 1}),
        Compute("loss_after", "logistic_regression.softplus_form", w="after", x="x", y="y"),
        Joined("places", ("axis", "bottom")),
        Combined("away", {"places": 1, "weight": -1}),
        Multiplied("away_squared", "away", "away"),
        Shared("slopes", "slope", "places"),
        Shared("bends", "bend", "places"),
        Multiplied("falls", "slopes", "away"),
        Multiplied("bows", "bends", "away_squared"),
        Combined("parabola", {"loss": 1, "falls": 1, "bows": 0.5}),
        Compute("weights", "newton.weight", each={"i": "observations"}, w=("weight",), x="x"),
        Compute("responses", "newton.response", each={"i": "observations"}, w=("weight",), x="x", y="y"),
    ),
    rows={
        "curve": {"w": "axis", "loss": "loss_axis"},
        "parabola": {"w": "places", "loss": "parabola", "bottom": "bottom"},
        "here": {"w": "weight", "loss": "loss"},
        "after": {"w": "after", "loss": "loss_after"},
    },
    chart={
        "width": 380,
        "height": 250,
        "layer": [
            over("curve", {"type": "line", **LOSS_LINE}, x=STEPPED_ACROSS, y=STEPPED_HEIGHT),
            over("parabola", {"type": "line", **PARABOLA_LINE}, x=STEPPED_ACROSS, y=STEPPED_HEIGHT),
            {
                "data": {"name": "parabola"},
                "transform": [{"filter": "datum.w === datum.bottom"}],
                "mark": {"type": "point", "shape": "diamond", "size": 110, "color": "var(--figure-label)"},
                "encoding": {"x": STEPPED_ACROSS, "y": STEPPED_HEIGHT},
            },
            over("here", {"type": "point", "size": 110}, x=STEPPED_ACROSS, y=STEPPED_HEIGHT),
            over(
                "after",
                {"type": "point", "filled": False, "size": 150, "strokeWidth": 2.5},
                x=STEPPED_ACROSS,
                y=STEPPED_HEIGHT,
            ),
            *(
                layer
                for name, upward, look in STEPPED_KEY
                for layer in named_line(name, look, (-2.2, -1, upward), STEPPED_ACROSS, STEPPED_HEIGHT)
            ),
        ],
    },
    reading="At the weight w = {weight:.1f} the loss is {loss:.3f}. The step leads to {after[1]:.3f}, where the loss "
    "is {loss_after:.3f}. The working responses are {responses[1]:.3f} and {responses[2]:.3f}; the whole step leads to "
    "their mean, {bottom:.3f}.",
    table=(
        Column("observation", "observations", 0),
        Column("label y", "y", 0),
        Column("weight of the observation", "weights"),
        Column("working response", "responses"),
    ),
    presets=(
        Preset("Near the best weight", {"weight": 1, "part": 1}),
        Preset("Far from it", {"weight": 3, "part": 1}),
        Preset("Far, half the step", {"weight": 3, "part": 0.5}),
    ),
)
