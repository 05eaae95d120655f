"""The figure of the chapter on the bounds of the gradient: its size over one logit, below the bound."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Multiplied, Numbers, Preset, Total, over

BOUNDED_LOGITS = tuple(number / 5 for number in range(-40, 41))
BOUNDED_SOME_LOGITS = (-8, -4, -2, 0, 2, 4, 8)
BOUNDED_CLASSES = (1, 2, 3)
BOUNDED_ACROSS = {
    "field": "z",
    "type": "quantitative",
    "title": "logit of class 1; the others are 0",
    "scale": {"domain": [-8.3, 8.3], "nice": False},
    "axis": {"values": [-8, -4, 0, 4, 8], "grid": False},
}
BOUNDED_HEIGHT = {
    "type": "quantitative",
    "title": None,
    "scale": {"domain": [0, 2.2], "nice": False},
    "axis": {"values": [0, 0.5, 1, 1.5, 2]},
}
BOUNDED_BY = {"type": "rule", "strokeWidth": 2, "strokeDash": [2, 2]}
BOUNDED_SIZES = {"color": "var(--figure-label)", "strokeDash": [6, 3]}


def _sizes(of):
    """The sums of the squares and of the absolute values of the three entries, for each logit of a list.

    The entry of the true class is negative and the others are positive, and all three sum to 0. So the absolute values
    sum to twice that of the true class.
    """
    squares = tuple(
        step
        for m in BOUNDED_CLASSES
        for step in (
            Compute(f"entry_{m}_{of}", "softmax.hard_gradient", each={"z": f"all_{of}"}, c="c", m=m),
            Multiplied(f"square_{m}_{of}", f"entry_{m}_{of}", f"entry_{m}_{of}"),
        )
    )
    return (
        *squares,
        Combined(f"squares_{of}", {f"square_{m}_{of}": 1 for m in BOUNDED_CLASSES}),
        Compute(f"true_{of}", "softmax.hard_gradient", each={"z": f"all_{of}"}, c="c", m="c"),
        Combined(f"sizes_{of}", {f"true_{of}": -2}),
    )


def _named(text, color, across):
    """The name of a curve, above the picture: beside the curve it would be in the way for the other true class."""
    return {
        "data": {"values": [{"text": text}]},
        "mark": {"type": "text", "align": "left", "color": color},
        "encoding": {"x": {"value": across}, "y": {"value": -8}, "text": {"field": "text"}},
    }


def _curve(field, look, shape):
    """A curve, and a point on it where the slider stands."""
    point = {"type": "point", "shape": shape, "color": look.get("color", "var(--figure-model)")}
    height = BOUNDED_HEIGHT | {"field": field}
    return (
        over("curves", {"type": "line", **look}, x=BOUNDED_ACROSS, y=height),
        over("here", point, x=BOUNDED_ACROSS, y=height),
    )


GRADIENT_SIZE = Figure(
    name="gradient-size",
    title="Move the logit: however wrong the model is, the gradient stays below the bound",
    notice="if class 3 is the true one, a large logit of class 1 is confident and wrong: both sums come close to the "
    "bound, and neither reaches it. If class 1 is the true one, a very negative logit is just as wrong. But the model "
    "is undecided between two wrong classes, and the squares come to no more than 1.5.",
    described="Two curves over the logit of class 1: the sum of the squares of the three entries of the gradient, and "
    "above it the sum of their absolute values; a dotted line above both is the bound",
    controls=(
        Numbers("z", "logit of class 1", (2,), -8, 8, 0.2),
        Choice("c", "true class", {"1": 1, "3": 3}, 3),
    ),
    steps=(
        Fixed("classes", BOUNDED_CLASSES),
        Compute("gradient", "softmax.hard_gradient", each={"m": "classes"}, z=("z", 0, 0), c="c"),
        Multiplied("square", "gradient", "gradient"),
        Total("squares", "square"),
        Compute("true", "softmax.hard_gradient", z=("z", 0, 0), c="c", m="c"),
        Combined("sizes", {"true": -2}),
        Compute("bound", "gradient_bounds.squared_norm"),
        Fixed("axis", BOUNDED_LOGITS),
        Fixed("all_axis", tuple((z, 0, 0) for z in BOUNDED_LOGITS)),
        *_sizes("axis"),
        Fixed("some", BOUNDED_SOME_LOGITS),
        Fixed("all_some", tuple((z, 0, 0) for z in BOUNDED_SOME_LOGITS)),
        *_sizes("some"),
    ),
    rows={
        "curves": {"z": "axis", "squares": "squares_axis", "sizes": "sizes_axis"},
        "here": {"z": "z", "squares": "squares", "sizes": "sizes"},
        "bound": {"bound": "bound"},
    },
    chart={
        "width": 380,
        "height": 220,
        "layer": [
            over("bound", BOUNDED_BY, y=BOUNDED_HEIGHT | {"field": "bound"}),
            *_curve("sizes", BOUNDED_SIZES, "square"),
            *_curve("squares", {}, "circle"),
            _named("absolute values (dashed)", "var(--figure-label)", 0),
            _named("squares", "var(--figure-model)", 180),
            _named("bound (dotted)", "var(--ink)", 254),
        ],
    },
    reading="The entries of the gradient are {gradient[1]:.3f}, {gradient[2]:.3f} and {gradient[3]:.3f}. Their "
    "absolute values sum to {sizes:.4f}, their squares to {squares:.4f}. The bound is {bound:.0f}.",
    table=(
        Column("logit of class 1", "some", 0),
        Column("sum of absolute values", "sizes_some", 4),
        Column("sum of squares", "squares_some", 4),
    ),
    presets=(
        Preset("Confident and wrong", {"z": 8, "c": 3}),
        Preset("Confident and right", {"z": 8, "c": 1}),
        Preset("Wrong, but undecided", {"z": -8, "c": 1}),
    ),
)
