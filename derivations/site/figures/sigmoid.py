"""The figure of the chapter on the sigmoid: cross-entropy and squared error of the label 1, and the slopes of both."""

from .parts import Column, Combined, Compute, Figure, Fixed, Multiplied, Numbers, Preset, Shared, over

LOGITS = tuple(number / 10 for number in range(-80, 81))
SOME_LOGITS = (-8, -6, -4, -2, 0, 2, 4, 6, 8)
SQUARED = {"color": "var(--figure-wrong)", "strokeDash": [6, 3]}


def _curve(height, field, look, shape, label):
    """The curve of a loss, a point on it where the slider stands, and its name beside it."""
    z, at, name = label
    color = look.get("color", "var(--figure-model)")
    return [
        over("curves", {"type": "line", **look}, y=height | {"field": field}),
        over("here", {"type": "point", "color": color, "shape": shape}, y=height | {"field": field}),
        {
            "data": {"values": [{"z": z, "at": at, "name": name}]},
            "mark": {"type": "text", "align": "left", "color": color},
            "encoding": {"y": height | {"field": "at"}, "text": {"field": "name"}},
        },
    ]


def _two_curves(title, fields, domain, ticks, labels, last=False):
    """Both losses over the logit. At the right 6 are left free: a point there must not make the picture wider."""
    across = {"title": "logit z, the label is 1", "values": list(SOME_LOGITS)}
    hidden = {"title": None, "labels": False, "ticks": False, "values": list(SOME_LOGITS)}
    height = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False},
        "axis": {"title": None, "values": ticks, "minExtent": 40, "maxExtent": 40},
    }
    return {
        "width": 330,
        "height": 84,
        "title": {"text": title, "offset": 6, "frame": "group"},
        "encoding": {
            "x": {
                "field": "z",
                "type": "quantitative",
                "scale": {"domain": [-8, 8], "range": [0, 324]},
                "axis": across if last else hidden,
            }
        },
        "layer": _curve(height, fields[0], {}, "circle", labels[0])
        + _curve(height, fields[1], SQUARED, "square", labels[1]),
    }


def _losses(of):
    """Both losses and both slopes at the logits of a list."""
    at = {"each": {"z": of}, "y": 1}
    return (
        Compute(f"loss_{of}", "sigmoid.cross_entropy", **at),
        Compute(f"slope_{of}", "sigmoid.gradient", **at),
        Multiplied(f"square_{of}", f"slope_{of}", f"slope_{of}"),  # that slope is the error p − y itself
        Combined(f"squared_{of}", {f"square_{of}": 0.5}),
        Compute(f"squared_slope_{of}", "sigmoid.squared_error_gradient", **at),
    )


def _drawn(of):
    return {"z": of} | {name: f"{name}_{of}" for name in ("loss", "slope", "squared", "squared_slope")}


SIGMOID_LOSSES = Figure(
    name="sigmoid-losses",
    title="A confident mistake: which loss corrects it?",
    notice="far to the left the model is confident and wrong. Cross-entropy is nearly a straight line there, with a "
    "slope near −1. Squared error goes flat, and its slope is nearly 0: what is most wrong is hardly corrected.",
    described="Above, cross-entropy and half the squared error over the logit, for the label 1; below, the slopes of "
    "both. To the left cross-entropy rises in a straight line and squared error is flat",
    controls=(Numbers("z", "logit", (-4,), -8, 8, 0.1),),
    steps=(
        Compute("p", "sigmoid.probability", z="z"),
        Fixed("one", (1,)),
        Shared("here", "z", "one"),
        Fixed("axis", LOGITS),
        Fixed("some", SOME_LOGITS),
        *_losses("here"),
        *_losses("axis"),
        *_losses("some"),
    ),
    rows={"curves": _drawn("axis"), "here": _drawn("here")},
    chart={
        "spacing": 8,
        "vconcat": [
            _two_curves(
                "loss",
                ("loss", "squared"),
                [0, 8],
                [0, 2, 4, 6, 8],
                ((-4.4, 5.6, "cross-entropy"), (-7.6, 1.5, "half squared error")),
            ),
            _two_curves(
                "slope of the loss",
                ("slope", "squared_slope"),
                [-1, 0.1],
                [-1, -0.5, 0],
                ((-7.6, -0.8, "of cross-entropy"), (-7.6, -0.2, "of squared error")),
                last=True,
            ),
        ],
    },
    reading="At this logit the model gives the label 1 the probability {p:e}. Cross-entropy is {loss_here[1]:.3f} with "
    "the slope {slope_here[1]:.3f}; half the squared error is {squared_here[1]:.3f} with the slope "
    "{squared_slope_here[1]:.4f}.",
    table=(
        Column("logit", "some", 0),
        Column("cross-entropy", "loss_some"),
        Column("its slope", "slope_some"),
        Column("half the squared error", "squared_some"),
        Column("its slope", "squared_slope_some", 4),
    ),
    presets=(Preset("Confident and wrong", {"z": -8}), Preset("Confident and right", {"z": 8})),
)
