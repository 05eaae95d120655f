"""The figure of the chapter on calibration: the loss over the inverse temperature, which bends upwards everywhere."""

from .parts import Choice, Column, Compute, Crossing, Figure, Fixed, Numbers, Picked, Preset, Total, over

INVERSE_GRID = tuple(round(0.02 * place, 2) for place in range(1, 101))  # from 0.02 to 2
SOME_INVERSES = (0.25, 0.5, 0.75, 1, 1.25, 1.5, 2)
INVERSE_AXIS = {
    "field": "β",
    "type": "quantitative",
    "title": "inverse temperature β",
    "scale": {"domain": [0, 2], "nice": False},
}
CALIBRATED_LOSS = {"field": "loss", "type": "quantitative", "title": "loss in nats", "scale": {"domain": [0, 2.2]}}


def _loss_at(place):
    """The loss at one inverse temperature: that of the logits, each multiplied by it."""
    return (
        Compute(f"logits_{place}", "temperature.multiplied", each={"k": "classes"}, z="z", β=place),
        Compute(f"loss_{place}", "softmax.cross_entropy", y="y", z=f"logits_{place}"),
    )


CALIBRATED = Figure(
    name="calibration",
    title="Over the inverse temperature the loss is one valley",
    notice="the curve bends upwards everywhere, so it has one lowest place, at the diamond. At the inverse temperature "
    "1, the model as it is, the curve rises: the model is surer than it is right, and the number must become smaller. "
    "With 19 right answers in 20 the lowest place is beyond 1.",
    described="Over the inverse temperature, the loss as a curve that falls and rises again, with a diamond at its "
    "lowest place and a disc at the inverse temperature that is chosen",
    controls=(
        Numbers("β", "inverse temperature β", (1,), 0.05, 2, 0.05, places=2),
        Choice("right", "right answers", {"12 of 20": 1, "16 of 20": 2, "19 of 20": 3}, 1),
    ),
    steps=(
        Fixed("classes", (1, 2, 3)),
        Fixed("z", (4, 2, 0)),
        Fixed("labels", ([0.6, 0.3, 0.1], [0.8, 0.15, 0.05], [0.95, 0.04, 0.01])),
        Picked("y", "labels", "right"),
        Fixed("grid", INVERSE_GRID),
        Fixed("temperatures", tuple(1 / inverse for inverse in INVERSE_GRID)),
        Compute("curve", "temperature.loss", each={"T": "temperatures"}, y="y", z="z"),
        Compute("slopes", "calibration.inverse_slope", each={"β": "grid"}, y="y", z="z"),
        Crossing("crossings", "slopes", "grid"),
        Total("best", "crossings"),
        *_loss_at("best"),
        *_loss_at("β"),
        Compute("slope", "calibration.inverse_slope", y="y", z="z", β="β"),
        Fixed("some", SOME_INVERSES),
        Fixed("some_temperatures", tuple(1 / inverse for inverse in SOME_INVERSES)),
        Compute("loss_some", "temperature.loss", each={"T": "some_temperatures"}, y="y", z="z"),
        Compute("slope_some", "calibration.inverse_slope", each={"β": "some"}, y="y", z="z"),
    ),
    rows={
        "curve": {"β": "grid", "loss": "curve"},
        "here": {"β": "β", "loss": "loss_β"},
        "best": {"β": "best", "loss": "loss_best"},
    },
    chart={
        "width": 360,
        "height": 220,
        "encoding": {"x": INVERSE_AXIS, "y": CALIBRATED_LOSS},
        "layer": [
            over("curve", {"type": "line", "strokeWidth": 2.5}),
            over("best", {"type": "point", "shape": "diamond", "size": 130, "color": "var(--figure-label)"}),
            over("here", {"type": "point", "size": 110}),
        ],
    },
    reading="At the inverse temperature {β:.2f} the loss is {loss_β:.3f} and its slope {slope:.3f}. It is least, "
    "{loss_best:.3f}, at {best:.2f}.",
    table=(Column("inverse temperature", "some", 2), Column("loss", "loss_some"), Column("slope", "slope_some")),
    presets=(Preset("The model as it is", {"β": 1}),),
)
