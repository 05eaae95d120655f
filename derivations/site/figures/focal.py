"""The figure of the chapter on focal loss: the best report away from the truth."""

from .parts import Column, Compute, Figure, Fixed, Joined, Numbers, Preset, over

REPORT_GRID = tuple(round(0.01 + 0.01 * place, 2) for place in range(99))
UNIT = {"type": "quantitative", "scale": {"domain": [0, 1]}}
TRUE_PROBABILITY = UNIT | {"title": "true probability"}
REPORTED = UNIT | {"title": "report p"}
MEAN_LOSS = {"type": "quantitative", "title": "mean focal loss", "scale": {"domain": [0, 1]}}
HONEST = {"type": "line", "strokeDash": [4, 3], "strokeWidth": 1.5, "color": "var(--figure-label)"}

FOCAL_REPORT = Figure(
    name="focal-report",
    title="The best report lies between the truth and one half",
    notice="without focus (γ = 0) the curve is the dashed diagonal: the best report is the truth. The larger γ is, the "
    "nearer to one half is the best report, even where the outcome is very probable. Below, the least mean loss is at "
    "the point. The diamond, where the report is the truth, lies higher, unless γ is 0 or the truth is one half.",
    described="Above, the best report over the true probability as a curve beside a dashed diagonal; below, over the "
    "report, the mean focal loss as a curve, with a point at the best report and a diamond at the truth",
    controls=(
        Numbers("γ", "focus γ", (2,), 0, 5, 0.5, places=1),
        Numbers("p", "best report p", (0.63,), 0.02, 0.98, 0.01, places=2),
    ),
    steps=(
        Fixed("grid", REPORT_GRID),
        Compute("truths", "focal.truth", each={"p": "grid"}, γ="γ"),
        Compute("truth", "focal.truth", p="p", γ="γ"),
        Compute("losses", "focal.mean_focal", each={"p": "grid"}, y="truth", γ="γ"),
        Compute("least", "focal.mean_focal", y="truth", p="p", γ="γ"),
        Compute("honest", "focal.mean_focal", y="truth", p="truth", γ="γ"),
        Fixed("names", ("the best report", "the truth")),
        Joined("here_report", ("p",)),
        Joined("here_truth", ("truth",)),
        Joined("here_least", ("least",)),
        Joined("here_honest", ("honest",)),
        Joined("reports", ("p", "truth")),
        Joined("costs", ("least", "honest")),
    ),
    rows={
        "curves": {"truth": "truths", "report": "grid", "loss": "losses"},
        "best": {"truth": "here_truth", "report": "here_report", "loss": "here_least"},
        "honest": {"report": "here_truth", "loss": "here_honest"},
    },
    chart={
        "spacing": 14,
        "vconcat": [
            {
                "width": 340,
                "height": 200,
                "layer": [
                    over("curves", HONEST, x=TRUE_PROBABILITY | {"field": "report"}, y=REPORTED | {"field": "report"}),
                    over(
                        "curves",
                        {"type": "line", "strokeWidth": 2.5},
                        x=TRUE_PROBABILITY | {"field": "truth"},
                        y=REPORTED | {"field": "report"},
                    ),
                    over(
                        "best",
                        {"type": "point", "size": 110},
                        x=TRUE_PROBABILITY | {"field": "truth"},
                        y=REPORTED | {"field": "report"},
                    ),
                ],
            },
            {
                "width": 340,
                "height": 150,
                "layer": [
                    over(
                        "curves",
                        {"type": "line", "strokeWidth": 2.5},
                        x=REPORTED | {"field": "report"},
                        y=MEAN_LOSS | {"field": "loss"},
                    ),
                    over(
                        "best",
                        {"type": "point", "size": 110},
                        x=REPORTED | {"field": "report"},
                        y=MEAN_LOSS | {"field": "loss"},
                    ),
                    over(
                        "honest",
                        {"type": "point", "shape": "diamond", "size": 110, "color": "var(--figure-label)"},
                        x=REPORTED | {"field": "report"},
                        y=MEAN_LOSS | {"field": "loss"},
                    ),
                ],
            },
        ],
    },
    reading="With γ = {γ:.1f} the report {p:.2f} is the best one for the true probability {truth:.3f}. It costs "
    "{least:.3f} on average; to report the truth costs {honest:.3f}.",
    table=(Column("report", "names"), Column("probability", "reports"), Column("mean focal loss", "costs", 4)),
    presets=(
        Preset("No focus", {"γ": 0}),
        Preset("Focus 2", {"γ": 2}),
        Preset("Focus 5", {"γ": 5}),
    ),
)
