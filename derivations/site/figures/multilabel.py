"""The figure of the chapter on many labels: the same three logits through three sigmoids and through one softmax."""

from .parts import Column, Compute, Figure, Fixed, Numbers, Preset, Toggles, Total

BAR_OR_LINE = {
    "type": "nominal",
    "scale": {"domain": ["probability", "label"], "range": ["var(--figure-model)", "var(--figure-label)"]},
}
THREE_LABELS = ("label 1", "label 2", "label 3")


def _bars(title, field):
    """A bar for each of the three, and a line where its label stands."""
    up = {"type": "quantitative", "title": None, "scale": {"domain": [0, 1]}, "axis": {"values": [0, 0.5, 1]}}
    return {
        "width": 340,
        "height": 115,
        "title": {"text": title, "offset": 6, "frame": "group"},
        "data": {"name": "labels"},
        "encoding": {"x": {"field": "label", "type": "nominal", "title": None}},
        "layer": [
            {
                "mark": {"type": "bar", "width": 44, "opacity": 0.35},
                "encoding": {"y": up | {"field": field}, "color": BAR_OR_LINE | {"datum": "probability"}},
            },
            {
                "mark": {"type": "tick", "thickness": 3, "width": 60},
                "encoding": {"y": up | {"field": "y"}, "color": BAR_OR_LINE | {"datum": "label"}},
            },
        ],
    }


SIGMOIDS_AND_SOFTMAX = Figure(
    name="sigmoids-and-softmax",
    title="The same logits through three sigmoids and through one softmax",
    notice="move one logit: its own sigmoid moves, and all three bars of softmax. Three sigmoids can come near any "
    "three labels. The bars of softmax sum to 1: if two labels are 1, at least one of them gets no more than "
    "one half.",
    described="Above, for each of three labels a bar for the sigmoid of its logit; below, a bar for its probability by "
    "softmax; in both a line where the label stands, at 0 or at 1",
    controls=(
        Numbers("z", "logits", (2, -1, 1), -6, 6, 0.1, ("z₁", "z₂", "z₃")),
        Toggles("y", "labels", (1, 0, 1), THREE_LABELS),
    ),
    steps=(
        Fixed("labels", (1, 2, 3)),
        Fixed("names", THREE_LABELS),
        Compute("sigmoids", "sigmoid.sigmoid", each={"z": "z"}),
        Compute("softmax", "softmax.probability", each={"k": "labels"}, z="z"),
        Compute("slopes", "multilabel.gradient", each={"m": "labels"}, y="y", z="z"),
        Compute("loss", "multilabel.loss", y="y", z="z"),
        Total("sigmoids_sum", "sigmoids"),
        Total("softmax_sum", "softmax"),
    ),
    rows={"labels": {"label": "names", "y": "y", "sigmoid": "sigmoids", "softmax": "softmax"}},
    chart={"spacing": 14, "vconcat": [_bars("sigmoids", "sigmoid"), _bars("softmax", "softmax")]},
    reading="The sigmoids sum to {sigmoids_sum:.3f}, and softmax to {softmax_sum:.3f}. The loss of the three sigmoids "
    "is {loss:.3f}.",
    table=(
        Column("label", "names"),
        Column("logit z", "z", 1),
        Column("label y", "y", 0),
        Column("sigmoid", "sigmoids"),
        Column("softmax", "softmax"),
        Column("slope: sigmoid − label", "slopes"),
    ),
    presets=(
        Preset("Two labels, nearly reached", {"z": (6, -6, 6), "y": (1, 0, 1)}),
        Preset("No label", {"z": (-6, -6, -6), "y": (0, 0, 0)}),
        Preset("All labels", {"z": (6, 6, 6), "y": (1, 1, 1)}),
    ),
)
