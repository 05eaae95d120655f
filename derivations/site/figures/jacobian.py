"""The figure of the Jacobian of softmax: a table of nine slopes, coloured by sign and size."""

from .compute import said_in_chart
from .parts import Column, Combined, Compute, Figure, Fixed, Numbers, Preset

OF_CLASSES = ("p₁", "p₂", "p₃")
BY_LOGITS = ("z₁", "z₂", "z₃", "row sum")

SOFTMAX_JACOBIAN = Figure(
    name="softmax-jacobian",
    title="How each probability moves with each logit",
    notice="the table is the same when rows and columns are exchanged, and every row sums to 0: what one class wins, "
    "the others lose. When the model is confident, all nine slopes fade.",
    described="A table of three rows and three columns: in each cell the derivative of one probability by one logit, "
    "positive on the diagonal and negative elsewhere, coloured more strongly the larger it is; beside it the row sums",
    controls=(Numbers("z", "logits", (2, 1, 0), -6, 6, 0.1, ("z₁", "z₂", "z₃")),),
    steps=(
        Fixed("classes", (1, 2, 3)),
        Fixed("names", OF_CLASSES),
        Compute("p", "softmax.probability", each={"k": "classes"}, z="z"),
        Compute("by_1", "softmax.jacobian", each={"m": "classes"}, l=1, z="z"),
        Compute("by_2", "softmax.jacobian", each={"m": "classes"}, l=2, z="z"),
        Compute("by_3", "softmax.jacobian", each={"m": "classes"}, l=3, z="z"),
        Combined("sum", {"by_1": 1, "by_2": 1, "by_3": 1}),
    ),
    rows={"classes": {"class": "names", "z₁": "by_1", "z₂": "by_2", "z₃": "by_3", "row sum": "sum"}},
    chart={
        "width": 380,
        "height": 190,
        "data": {"name": "classes"},
        "transform": [
            {"fold": list(BY_LOGITS), "as": ["by", "slope"]},
            {"calculate": said_in_chart("datum.slope"), "as": "digits"},
            {"calculate": "datum.digits === '−0.000' ? '0.000' : datum.digits", "as": "shown"},
        ],
        "encoding": {
            "x": {
                "field": "by",
                "type": "nominal",
                "sort": list(BY_LOGITS),
                "title": "by the logit",
                "axis": {"orient": "top", "ticks": False, "domain": False},
            },
            "y": {
                "field": "class",
                "type": "nominal",
                "title": "slope of",
                "axis": {"ticks": False, "domain": False},
            },
        },
        "layer": [
            {
                "transform": [
                    {"filter": "datum.by !== 'row sum'"},
                    {"calculate": "abs(datum.slope)", "as": "size"},
                    {"calculate": "datum.slope < 0 ? 'negative' : 'positive'", "as": "sign"},
                ],
                "mark": {"type": "rect", "stroke": "var(--hairline)"},
                "encoding": {
                    "fill": {
                        "field": "sign",
                        "scale": {
                            "domain": ["positive", "negative"],
                            "range": ["var(--figure-model)", "var(--figure-label)"],
                        },
                        "legend": None,
                    },
                    "fillOpacity": {
                        "field": "size",
                        "type": "quantitative",
                        "scale": {"domain": [0, 0.25], "range": [0, 0.45]},
                        "legend": None,
                    },
                },
            },
            {"mark": {"type": "text", "fontSize": 14}, "encoding": {"text": {"field": "shown"}}},
        ],
    },
    reading="The probabilities are {p[1]:.3f}, {p[2]:.3f} and {p[3]:.3f}. "
    "The rows sum to {sum[1]:.3f}, {sum[2]:.3f} and {sum[3]:.3f}.",
    table=(
        Column("slope of", "names"),
        Column("by z₁", "by_1"),
        Column("by z₂", "by_2"),
        Column("by z₃", "by_3"),
        Column("row sum", "sum"),
    ),
    presets=(Preset("No preference", {"z": (0, 0, 0)}), Preset("Confident", {"z": (6, 0, -1)})),
)
