"""The figure of the chapter on weights: the best report over the truth, bent by the weight of the label 1."""

from .parts import Column, Compute, Figure, Fixed, Joined, Numbers, Preset, over

LOW_TRUTHS = tuple(round(0.005 * place, 3) for place in range(20))  # where a large weight bends the curve most
MIDDLE_TRUTHS = tuple(round(0.1 + 0.02 * place, 2) for place in range(40))
TRUTHS = (*LOW_TRUTHS, *MIDDLE_TRUTHS, *(round(1 - truth, 3) for truth in (0.1, *reversed(LOW_TRUTHS))))
SOME_TRUTHS = (0.1, 0.25, 0.5, 0.75, 0.9)
TRUTH = {"field": "y", "type": "quantitative", "title": "true probability of the label 1", "scale": {"domain": [0, 1]}}
REPORT = {"type": "quantitative", "title": "best report", "scale": {"domain": [0, 1]}}

WEIGHT_BENDS = Figure(
    name="weight-bends",
    title="Turn the weight: the best report leaves the truth",
    notice="at the weight 1 the curve is the dashed diagonal: the best report is the truth. A larger weight lifts "
    "every report but 0 and 1, and the larger it is, the rarer is the label that it lifts most. A weight below 1 "
    "presses them down.",
    described="Over the true probability of the label 1, the report with the least weighted loss as a curve that bends "
    "away from a dashed diagonal, with a dot at the true probability chosen",
    controls=(
        Numbers("ω", "weight ω of the label 1", (3,), 0.1, 20, 0.1),
        Numbers("y", "true probability", (0.1,), 0, 1, 0.05, places=2),
    ),
    steps=(
        Fixed("grid", TRUTHS),
        Fixed("some", SOME_TRUTHS),
        Compute("curve", "weights.binary_report", each={"y": "grid"}, ω="ω"),
        Compute("reports", "weights.binary_report", each={"y": "some"}, ω="ω"),
        Compute("report", "weights.binary_report", y="y", ω="ω"),
        Joined("here_y", ("y",)),
        Joined("here_report", ("report",)),
    ),
    rows={
        "curves": {"y": "grid", "report": "curve", "truth": "grid"},
        "here": {"y": "here_y", "report": "here_report"},
    },
    chart={
        "width": 300,
        "height": 260,
        "layer": [
            over(
                "curves",
                {"type": "line", "strokeDash": [6, 3], "strokeWidth": 1.8, "color": "var(--ink)"},
                x=TRUTH,
                y=REPORT | {"field": "truth"},
            ),
            over("curves", {"type": "line", "strokeWidth": 2.5}, x=TRUTH, y=REPORT | {"field": "report"}),
            over("here", {"type": "point", "size": 110}, x=TRUTH, y=REPORT | {"field": "report"}),
        ],
    },
    reading="With the weight {ω:.1f} a model that minimises the loss reports {report:.3f} where the truth is {y:.2f}.",
    table=(Column("true probability", "some", 2), Column("best report", "reports")),
    presets=(
        Preset("Weight 1", {"ω": 1}),
        Preset("Rare label, balanced", {"ω": 9, "y": 0.1}),
        Preset("Weight one half", {"ω": 0.5}),
    ),
)
