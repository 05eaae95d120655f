"""The figure of the chapter on scores: which report is the best for three losses."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Preset

HONEST_GRID = tuple(round(0.01 + 0.01 * place, 2) for place in range(99))
COST = {"type": "quantitative", "title": "mean loss", "scale": {"domain": [0, 2]}}
REPORT_AXIS = {"type": "quantitative", "title": "report p", "scale": {"domain": [0, 1]}}
SCORE_NAMES = ("log loss", "Brier score", "absolute error")
SCORE_LOOKS = (
    {"strokeWidth": 2.5, "color": "var(--figure-model)"},
    {"strokeWidth": 2, "strokeDash": [7, 3], "color": "var(--ink)"},
    {"strokeWidth": 2, "strokeDash": [2, 2], "color": "var(--ink)"},
)

HONEST_REPORT = Figure(
    name="honest-report",
    title="Which report costs least?",
    notice="the curves of log loss and of the Brier score are lowest on the vertical line, at the truth. Absolute "
    "error is a straight line: it is lowest at an end, unless the truth is one half. Near the ends only log loss "
    "rises without bound.",
    described="Over the report, the mean log loss, the mean Brier score and the mean absolute error as three curves, "
    "and a vertical line at the true probability",
    controls=(Numbers("y", "true probability", (0.8,), 0.05, 0.95, 0.05, places=2),),
    steps=(
        Fixed("grid", HONEST_GRID),
        Fixed("pairs", tuple([p, round(1 - p, 2)] for p in HONEST_GRID)),
        Fixed("one", (1,)),
        Combined("other", {"one": 1, "y": -1}),
        Joined("truth", ("y", "other")),
        Fixed("certain", (1, 0)),
        Compute("log_curve", "cross_entropy.two_outcomes", each={"p": "grid"}, y="y"),
        Compute("brier_curve", "scores.brier_mean", each={"p": "pairs"}, q="truth"),
        Compute("absolute_curve", "scores.mean_absolute", each={"p": "grid"}, y="y"),
        Compute("log_least", "cross_entropy.two_outcomes", y="y", p="y"),
        Compute("brier_honest", "scores.brier_mean", q="truth", p="truth"),
        Compute("absolute_honest", "scores.mean_absolute", y="y", p="y"),
        Compute("brier_certain", "scores.brier_mean", q="truth", p="certain"),
        Compute("absolute_certain", "scores.mean_absolute", y="y", p=1),
        Fixed("names", SCORE_NAMES[1:]),
        Joined("honest", ("brier_honest", "absolute_honest")),
        Joined("certainty", ("brier_certain", "absolute_certain")),
        Joined("line", ("y",)),
        Fixed("key", SCORE_NAMES),
        Fixed("key_from", (0.3, 0.3, 0.3)),
        Fixed("key_end", (0.38, 0.38, 0.38)),
        Fixed("key_up", (1.9, 1.72, 1.54)),
    ),
    rows={
        "curves": {"p": "grid", "log": "log_curve", "brier": "brier_curve", "absolute": "absolute_curve"},
        "truth": {"p": "line"},
        "key": {"name": "key", "from": "key_from", "end": "key_end", "up": "key_up"},
    },
    chart={
        "width": 380,
        "height": 250,
        "encoding": {"x": REPORT_AXIS | {"field": "p"}},
        "layer": [
            {
                "data": {"name": "truth"},
                "mark": {"type": "rule", "strokeDash": [4, 3], "strokeWidth": 2, "color": "var(--figure-label)"},
            },
            *(
                {
                    "data": {"name": "curves"},
                    "mark": {"type": "line", **look},
                    "encoding": {"y": COST | {"field": field}},
                }
                for field, look in zip(("log", "brier", "absolute"), SCORE_LOOKS)
            ),
            {
                "data": {"name": "key"},
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": {"field": "end"}, "y": COST | {"field": "up"}, "text": {"field": "name"}},
            },
            *(
                {
                    "data": {"name": "key"},
                    "transform": [{"filter": f"datum.name == '{name}'"}],
                    "mark": {"type": "rule", **look},
                    "encoding": {"x": {"field": "from"}, "x2": {"field": "end"}, "y": COST | {"field": "up"}},
                }
                for name, look in zip(SCORE_NAMES, SCORE_LOOKS)
            ),
        ],
    },
    reading="The outcome has the probability {y:.2f}. To report that costs {log_least:.3f} in log loss, "
    "{brier_honest:.3f} in the Brier score and {absolute_honest:.3f} in absolute error; to claim certainty costs "
    "{brier_certain:.3f} and {absolute_certain:.3f} in the latter two, and without bound in log loss.",
    table=(Column("score", "names"), Column("at the truth", "honest"), Column("at p = 1", "certainty")),
    presets=(
        Preset("A rare outcome", {"y": 0.05}),
        Preset("One half", {"y": 0.5}),
        Preset("A likely outcome", {"y": 0.8}),
    ),
)
