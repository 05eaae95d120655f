"""The figure of the chapter on the best weights: one best choice, none, or many, by the points alone."""

from .parts import Column, Compute, Figure, Fixed, Numbers, Preset, over

WEIGHED_WEIGHTS = tuple(number / 20 for number in range(-10, 81))
WEIGHED_SOME_WEIGHTS = (-0.5, 0, 0.5, 1, 2, 3, 4)
WEIGHED_PLACES = ((-3,), (-2,), (-1,), (1,), (2,), (3,))
WEIGHED_SETS = {  # the one feature of each point, and its label
    "overlapping": (WEIGHED_PLACES, (0, 0, 1, 0, 1, 1)),
    "separable": (WEIGHED_PLACES, (0, 0, 0, 1, 1, 1)),
    "flat": (((0,),) * 6, (0, 0, 0, 1, 1, 1)),
}
WEIGHED_LOOKS = {
    "overlapping": {"color": "var(--figure-model)"},
    "separable": {"color": "var(--figure-label)", "strokeDash": [6, 3]},
    "flat": {"color": "var(--figure-wrong)", "strokeDash": [2, 3]},
}
WEIGHED_SHAPES = {"overlapping": "circle", "separable": "square", "flat": "diamond"}
WEIGHED_ACROSS = {
    "field": "w",
    "type": "quantitative",
    "title": "weight of the one feature",
    "scale": {"domain": [-0.6, 4.1], "nice": False},
    "axis": {"values": [0, 1, 2, 3, 4], "grid": False},
}
WEIGHED_HEIGHT = {
    "type": "quantitative",
    "title": "loss",
    "scale": {"domain": [0, 9], "nice": False},
    "axis": {"values": [0, 2, 4, 6, 8]},
}
WEIGHED_NAMES = {  # what stands beside each curve, and where its right end is
    "overlapping": ("overlapping: one best", 3.2, 7.6),
    "separable": ("separable (dashed): none best", 3.95, 1.1),
    "flat": ("feature 0 (dotted): all alike", 3.95, 3.5),
}


def _losses(name):
    """The loss of one set of points: at the slider, over the axis and for the table, and its slope at the slider."""
    x, y = WEIGHED_SETS[name]
    given = {"x": f"x_{name}", "y": f"y_{name}"}
    return (
        Fixed(f"x_{name}", x),
        Fixed(f"y_{name}", y),
        Compute(name, "logistic_regression.softplus_form", w=("weight",), **given),
        Compute(f"slope_{name}", "logistic_regression.gradient", w=("weight",), f=1, **given),
        Compute(f"{name}_axis", "logistic_regression.softplus_form", each={"w": "axis_lists"}, **given),
        Compute(f"{name}_some", "logistic_regression.softplus_form", each={"w": "some_lists"}, **given),
    )


def _curve(name):
    """A loss over the weight, and a point on it where the slider stands."""
    look, height = WEIGHED_LOOKS[name], WEIGHED_HEIGHT | {"field": name}
    point = {"type": "point", "shape": WEIGHED_SHAPES[name], "color": look["color"]}
    return (
        over("curves", {"type": "line", **look}, x=WEIGHED_ACROSS, y=height),
        over("here", point, x=WEIGHED_ACROSS, y=height),
    )


def _named(name):
    """The name of a curve, beside it."""
    text, across, upward = WEIGHED_NAMES[name]
    return {
        "data": {"values": [{"w": across, "at": upward, "text": text}]},
        "mark": {"type": "text", "align": "right", "color": WEIGHED_LOOKS[name]["color"]},
        "encoding": {"x": WEIGHED_ACROSS, "y": WEIGHED_HEIGHT | {"field": "at"}, "text": {"field": "text"}},
    }


BEST_WEIGHTS = Figure(
    name="best-weights",
    title="One best weight, none, or many: the points decide",
    notice="six points with one feature, and no intercept. If the labels overlap, the loss has one lowest place. If a "
    "weight separates them, the loss falls for ever: its slope comes close to 0 and never is 0. If the feature is 0 at "
    "all points, no weight changes the loss, and all are equally good.",
    described="Three curves over one weight: the loss of overlapping points falls and rises again, that of separable "
    "points falls towards 0, and that of points whose feature is 0 is a level line",
    controls=(Numbers("weight", "weight", (1,), -0.5, 4, 0.1),),
    steps=(
        Fixed("axis", WEIGHED_WEIGHTS),
        Fixed("axis_lists", tuple((weight,) for weight in WEIGHED_WEIGHTS)),
        Fixed("some", WEIGHED_SOME_WEIGHTS),
        Fixed("some_lists", tuple((weight,) for weight in WEIGHED_SOME_WEIGHTS)),
        *(step for name in WEIGHED_SETS for step in _losses(name)),
    ),
    rows={
        "curves": {"w": "axis"} | {name: f"{name}_axis" for name in WEIGHED_SETS},
        "here": {"w": "weight"} | {name: name for name in WEIGHED_SETS},
    },
    chart={
        "width": 380,
        "height": 230,
        "layer": [layer for name in WEIGHED_SETS for layer in _curve(name)] + [_named(name) for name in WEIGHED_NAMES],
    },
    reading="At this weight the losses are {overlapping:.3f} (overlapping), {separable:.3f} (separable) and {flat:.3f} "
    "(feature 0). Their slopes are {slope_overlapping:.3f}, {slope_separable:.3f} and {slope_flat:.3f}.",
    table=(
        Column("weight", "some", 1),
        Column("overlapping", "overlapping_some"),
        Column("separable", "separable_some"),
        Column("feature 0", "flat_some"),
    ),
    presets=(Preset("Weight 0", {"weight": 0}), Preset("A large weight", {"weight": 4})),
)
