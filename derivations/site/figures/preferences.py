"""The figure of the chapter on preferences: the loss over the margin, for the label 1 and for one that is less."""

from .parts import Column, Compute, Figure, Fixed, Joined, Numbers, Preset, Shared, over

MARGINS = tuple(round(-3 + 0.1 * place, 1) for place in range(81))  # from -3 to 5
LABEL_FORMS = ("DPO: label 1", "conservative: label 1 − ε")
CERTAIN = {"strokeDash": [6, 3], "strokeWidth": 1.8, "color": "var(--ink)"}
DOUBTED = {"strokeWidth": 2.5, "color": "var(--figure-label)"}
OF_MODEL = {"strokeWidth": 2.5, "color": "var(--figure-model)"}
BEST = {"type": "point", "shape": "diamond", "size": 130, "color": "var(--figure-label)"}


def _margin(title):
    """The axis of both panels; its words stand below the lower one."""
    axis = {"title": title} if title else {"title": None, "labels": False, "ticks": False}
    return {"field": "z", "type": "quantitative", "scale": {"domain": [-3, 5], "nice": False}, "axis": axis}


def _panel(title, height, domain, ticks, layers, margin=None):
    """One quantity over the margin: layers of (data set, mark, field)."""
    up = {
        "type": "quantitative",
        "scale": {"domain": domain, "nice": False},
        "axis": {"title": None, "values": ticks, "minExtent": 30, "maxExtent": 30},
    }
    return {
        "width": 330,
        "height": height,
        "title": {"text": title, "offset": 6, "frame": "group"},
        "encoding": {"x": _margin(margin)},
        "layer": [over(rows, mark, y=up | {"field": field}) for rows, mark, field in layers],
    }


BEST_MARGIN = Figure(
    name="best-margin",
    title="Turn ε: with a label below 1 there is a best margin",
    notice="below, the curve is the sigmoid, and the level lines are the labels: dashed the label 1, full the label "
    "1 − ε. The slope of a loss is the sigmoid minus its label. The sigmoid never reaches the label 1, so the dashed "
    "loss falls for ever. Where the sigmoid crosses the label 1 − ε, at the diamond, the other loss is lowest. The "
    "discs are at the margin that is chosen.",
    described="Above, over the margin, the loss with the label 1 as a dashed curve that falls, and with 1 − ε "
    "as a full curve with a diamond at its lowest place; below, the sigmoid of the margin and both labels as level "
    "lines, with a diamond where it crosses the lower one",
    controls=(
        Numbers("ε", "probability ε", (0.2,), 0.01, 0.4, 0.01, places=2),
        Numbers("z", "margin", (4,), -3, 5, 0.1, places=2, between=True),
    ),
    steps=(
        Fixed("axis", MARGINS),
        Fixed("forms", LABEL_FORMS),
        Fixed("one", (1,)),
        Fixed("ones", (1,) * len(MARGINS)),
        Compute("label", "preferences.best_conservative", ε="ε"),
        Compute("best", "soft_labels.logit_gap", q=("label", "ε"), m=1, l=2),
        Compute("dpo_curve", "preferences.choice_loss", each={"z": "axis"}),
        Compute("doubted_curve", "preferences.conservative_form", each={"z": "axis"}, ε="ε"),
        Compute("sigmoid_curve", "sigmoid.sigmoid", each={"z": "axis"}),
        Shared("label_level", "label", "axis"),
        Compute("dpo", "preferences.choice_loss", z="z"),
        Compute("doubted", "preferences.conservative_form", z="z", ε="ε"),
        Compute("sigmoid", "sigmoid.sigmoid", z="z"),
        Compute("dpo_slope", "preferences.choice_slope", z="z"),
        Compute("doubted_slope", "preferences.conservative_gradient", z="z", ε="ε"),
        Compute("least", "preferences.conservative_form", z="best", ε="ε"),
        Joined("labels", ("one", "label")),
        Joined("losses", ("dpo", "doubted")),
        Joined("slopes", ("dpo_slope", "doubted_slope")),
    ),
    rows={
        "curves": {
            "z": "axis",
            "dpo": "dpo_curve",
            "doubted": "doubted_curve",
            "sigmoid": "sigmoid_curve",
            "certain": "ones",
            "label": "label_level",
        },
        "here": {"z": "z", "dpo": "dpo", "doubted": "doubted", "sigmoid": "sigmoid"},
        "best": {"z": "best", "loss": "least", "label": "label"},
    },
    chart={
        "spacing": 8,
        "vconcat": [
            _panel(
                "loss with the label 1 (dashed) and with 1 − ε",
                160,
                [0, 3.2],
                [0, 1, 2, 3],
                [
                    ("curves", {"type": "line", **CERTAIN}, "dpo"),
                    ("curves", {"type": "line", **DOUBTED}, "doubted"),
                    ("here", {"type": "point", "color": "var(--ink)"}, "dpo"),
                    ("here", {"type": "point", "color": "var(--figure-label)"}, "doubted"),
                    ("best", BEST, "loss"),
                ],
            ),
            _panel(
                "sigmoid of the margin, and both labels as level lines",
                120,
                [0, 1.05],
                [0, 0.5, 1],
                [
                    ("curves", {"type": "line", **CERTAIN}, "certain"),
                    ("curves", {"type": "line", **DOUBTED}, "label"),
                    ("curves", {"type": "line", **OF_MODEL}, "sigmoid"),
                    ("here", {"type": "point"}, "sigmoid"),
                    ("best", BEST, "label"),
                ],
                margin="margin",
            ),
        ],
    },
    reading="At the margin {z:.2f} the sigmoid is {sigmoid:.3f}. The slope with the label 1 is {dpo_slope:.3f}; with "
    "the label {label:.2f} it is {doubted_slope:.3f}, and the best margin is {best:.3f}.",
    table=(Column("form", "forms"), Column("label", "labels", 2), Column("loss", "losses"), Column("slope", "slopes")),
    presets=(
        Preset("One in 100 wrong", {"ε": 0.01}),
        Preset("One in 10 wrong", {"ε": 0.1}),
        Preset("At the best margin", {"z": "best"}),
    ),
)
