"""The figure of the chapter on logistic regression."""

from .parts import Choice, Column, Combined, Compute, Crossing, Figure, Fixed, Numbers, Picked, Preset, Total

POINT_LABELS = (1, 1, 1, 1, 1, 1, 0, 0, 0, 0)
ALIKE = ((1.8, 0.6), (0.9, 1.7), (2.2, 1.9), (0.4, 2.4))
OVERLAPPING = (*ALIKE, (-0.8, -0.9), (-0.3, 1.3), (-1.6, -0.5), (-0.6, -1.8), (1.1, 0.8), (0.5, -1.7))
SEPARABLE = (*ALIKE, (1.5, -0.4), (-0.3, 1.3), (-1.6, -0.5), (-0.6, -1.8), (-2.1, 0.7), (0.5, -1.7))
FRAME = ((-3, -3), (3, -3), (3, 3), (-3, 3), (-3, -3))
BAND = 2  # the dashed lines stand where the logit is 2 and -2
# No step goes uphill: the curvature of the loss is at most a quarter of the sum of all squares of the features, which
# is below 51 in both data sets, and the largest penalty adds 1.
STEP = 0.1


def _with_intercept(points):
    return tuple((1, *point) for point in points)


def _place(field, end):
    return {"field": field, "type": "quantitative", "scale": {"domain": [-end, end]}}


ACROSS = _place("x", 4.2) | {"title": "first feature", "axis": {"values": [-2, 0, 2], "grid": False}}
UPWARD = _place("y", 3.6) | {"title": "second feature", "axis": {"values": [-2, 0, 2], "grid": False}}


def _line(name, look):
    return {
        "data": {"name": name},
        "mark": {"type": "line", "color": "var(--figure-model)", **look},
        "encoding": {"x": ACROSS, "y": UPWARD},
    }


def _beside(name, end):
    """What a line says at one of its ends, outside the frame."""
    return {
        "data": {"name": name},
        "transform": [
            {"window": [{"op": "row_number", "as": "number"}]},
            {"filter": f"datum.number == {end}"},
            {"calculate": "'p = ' + format(datum.p, '.2f')", "as": "said"},
        ],
        "mark": {"type": "text", "fontSize": 12},
        "encoding": {
            "x": ACROSS | {"field": "out_x"},
            "y": UPWARD | {"field": "out_y"},
            "text": {"field": "said"},
        },
    }


def _points(label, look):
    return {
        "data": {"name": "points"},
        "transform": [{"filter": f"datum.label == {label}"}],
        "mark": {"type": "point", **look},
        "encoding": {"x": ACROSS, "y": UPWARD},
    }


def _level(name, side):
    """Where the logit is 0, or as large on one side as BAND says: a straight line, found where it crosses the frame."""
    return (
        Combined(f"{name}_logits", {"frame_logits": 1, "band": -side}),
        Crossing(f"{name}_x", f"{name}_logits", "frame_x"),
        Crossing(f"{name}_y", f"{name}_logits", "frame_y"),
        Combined(f"{name}_out_x", {f"{name}_x": 1.11}),
        Combined(f"{name}_out_y", {f"{name}_y": 1.11}),
        Combined(f"{name}_level", {f"{name}_x": 0, "band": side}),  # as often as the line crosses
        Compute(f"{name}_p", "sigmoid.sigmoid", each={"z": f"{name}_level"}),
    )


def _level_rows(name):
    return {
        "x": f"{name}_x",
        "y": f"{name}_y",
        "out_x": f"{name}_out_x",
        "out_y": f"{name}_out_y",
        "p": f"{name}_p",
    }


LOGISTIC_REGRESSION_STEPS = Figure(
    name="logistic-regression-steps",
    title="Walk downhill: the pulls p − y move the line",
    notice="walk until the slopes are 0: on overlapping points the mean prediction is then the base rate. On separable "
    "points the weights run away and the dashed lines draw together, until a penalty holds them (the mean prediction "
    "is then not quite the base rate) or a slider does, at −10 or 10.",
    described="Ten points in a plane, triangles with label 1 and circles with label 0, each with a disc as large as "
    "its pull; a thick line where the probability is one half, and two dashed lines beside it",
    controls=(
        Choice("set", "points", {"overlapping": 1, "separable": 2}, 1),
        Numbers("w", "weights", (-0.5, -1, 0.5), -10, 10, 0.1, ("w₁ (intercept)", "w₂", "w₃"), 2, between=True),
        Choice("penalty", "penalty λ", {"0.0001 (next to none)": 0.0001, "0.1": 0.1, "1": 1}, 0.0001),
    ),
    steps=(
        Fixed("sets", (_with_intercept(OVERLAPPING), _with_intercept(SEPARABLE))),
        Picked("x", "sets", "set"),
        Fixed("label", POINT_LABELS),
        Fixed("places", tuple(range(1, 11))),
        Fixed("weights", (1, 2, 3)),
        Compute("x1", "logistic_regression.logit_gradient", each={"i": "places"}, x="x", h=2),
        Compute("x2", "logistic_regression.logit_gradient", each={"i": "places"}, x="x", h=3),
        Compute("z", "logistic_regression.logit", each={"i": "places"}, w="w", x="x"),
        Compute("p", "sigmoid.probability", each={"z": "z"}),
        Compute("pull", "sigmoid.gradient", each={"y": "label", "z": "z"}),
        Compute("loss", "logistic_regression.softplus_form", w="w", x="x", y="label"),
        Compute(
            "slope",
            "logistic_regression.penalized_gradient",
            each={"h": "weights"},
            w="w",
            x="x",
            y="label",
            λ="penalty",
        ),
        Combined("downhill", {"w": 1, "slope": -STEP}),
        Total("predicted", "p"),
        Combined("mean", {"predicted": 1 / len(POINT_LABELS)}),
        Compute("rate", "bernoulli.frequency", y="label"),
        Fixed("frame", _with_intercept(FRAME)),
        Fixed("frame_places", (1, 2, 3, 4, 5)),
        Fixed("frame_x", tuple(x for x, _ in FRAME)),
        Fixed("frame_y", tuple(y for _, y in FRAME)),
        Fixed("bands", (BAND,)),
        Total("band", "bands"),
        Compute("frame_logits", "logistic_regression.logit", each={"i": "frame_places"}, w="w", x="frame"),
        *_level("half", 0),
        *_level("high", 1),
        *_level("low", -1),
    ),
    rows={
        "points": {"x": "x1", "y": "x2", "label": "label", "pull": "pull"},
        "half": _level_rows("half"),
        "high": _level_rows("high"),
        "low": _level_rows("low"),
    },
    chart={
        "width": 380,
        "height": 270,
        "layer": [
            {
                "data": {"name": "points"},
                "transform": [{"calculate": "abs(datum.pull)", "as": "strength"}],
                "mark": {"type": "point", "opacity": 0.25},
                "encoding": {
                    "x": ACROSS,
                    "y": UPWARD,
                    "size": {
                        "field": "strength",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {"domain": [0, 1], "range": [0, 1400]},
                    },
                },
            },
            _line("half", {"strokeWidth": 2.5}),
            _line("high", {"strokeWidth": 1.2, "strokeDash": [5, 3]}),
            _line("low", {"strokeWidth": 1.2, "strokeDash": [5, 3]}),
            _beside("high", 1),
            _beside("low", 2),
            _points(1, {"shape": "triangle-up", "size": 90, "color": "var(--figure-label)"}),
            _points(0, {"filled": False, "size": 70, "strokeWidth": 2, "color": "var(--figure-label)"}),
        ],
    },
    reading="The loss is {loss:.3f}. The slopes in the three weights, with the penalty, are {slope[1]:.3f}, "
    "{slope[2]:.3f} and {slope[3]:.3f}. The mean prediction is {mean:.3f}; the base rate is {rate:.3f}.",
    table=(
        Column("point", "places", 0),
        Column("first feature", "x1", 1),
        Column("second feature", "x2", 1),
        Column("label y", "label", 0),
        Column("probability p", "p"),
        Column("pull p − y", "pull"),
    ),
    presets=(
        Preset("One step downhill", {"w": "downhill"}),
        Preset("Fifty steps downhill", {"w": "downhill"}, times=50),
        Preset("All weights 0", {"w": [0, 0, 0]}),
    ),
)
