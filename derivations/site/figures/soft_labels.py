"""The figures of the chapter on soft labels."""

from itertools import product
from math import sqrt

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Multiplied, Numbers, Preset, Simplex, Total

SWITCH_GRID = tuple(round(0.02 + 0.01 * place, 2) for place in range(97))
LOSS = {"type": "quantitative", "title": "loss in nats", "scale": {"domain": [0, 4], "clamp": True}}
MODEL_OF_ONE = {
    "type": "quantitative",
    "title": "model's probability p of a 1",
    "scale": {"domain": [0, 1]},
    "axis": {"values": [0, 0.2, 0.4, 0.6, 0.8, 1]},
}
KEY = ("−y log p", "−(1 − y) log(1 − p)", "loss, their sum")
FIRST_TERM = {"strokeWidth": 1.8, "strokeDash": [7, 3], "color": "var(--ink)"}
SECOND_TERM = {"strokeWidth": 1.8, "strokeDash": [2, 2], "color": "var(--ink)"}

SOFT_LABEL_SWITCH = Figure(
    name="soft-label-switch",
    title="The label as a switch: 0 and 1 light one term, a soft label lights both",
    notice="at the label 0 or 1 one of the two terms lies flat on the axis, and the loss falls to 0 at one end. In "
    "between both are lit, each in its share, and the loss is smallest where the model says the label. There it is "
    "not 0.",
    described="Over the model's probability, the loss of one label with two outcomes, its two terms as thin curves, "
    "and a diamond at the least loss",
    controls=(
        Numbers("y", "label y", (0.3,), 0, 1, 0.05, places=2),
        Numbers("p", "model p", (0.7,), 0.02, 0.98, 0.01, places=2),
    ),
    steps=(
        Fixed("grid", SWITCH_GRID),
        Fixed("nothing", (0,) * len(SWITCH_GRID)),
        Fixed("all", (1,) * len(SWITCH_GRID)),
        Compute("loss_curve", "cross_entropy.two_outcomes", each={"p": "grid"}, y="y"),
        Compute("surprisal_one", "cross_entropy.two_outcomes", each={"p": "grid"}, y=1),
        Compute("surprisal_zero", "cross_entropy.two_outcomes", each={"p": "grid"}, y=0),
        Combined("share_one", {"nothing": 1, "y": 1}),
        Combined("share_zero", {"all": 1, "y": -1}),
        Multiplied("one_curve", "share_one", "surprisal_one"),
        Multiplied("zero_curve", "share_zero", "surprisal_zero"),
        Fixed("one", (1,)),
        Fixed("key", KEY),
        Fixed("key_from", (0.1, 0.46, 0.1)),
        Fixed("key_end", (0.18, 0.54, 0.18)),
        Fixed("key_up", (3.75, 3.75, 3.35)),
        Fixed("outcomes", (1, 0)),
        Fixed("outcome_names", ("the label says 1", "the label says 0")),
        Combined("other", {"one": 1, "y": -1}),
        Joined("shares", ("y", "other")),
        Compute("surprisals", "cross_entropy.two_outcomes", each={"y": "outcomes"}, p="p"),
        Multiplied("terms", "shares", "surprisals"),
        Compute("loss", "cross_entropy.two_outcomes", p="p", y="y"),
        Compute("least", "cross_entropy.two_outcomes", p="y", y="y"),
        Joined("here_p", ("p",)),
        Joined("here_loss", ("loss",)),
        Joined("best_p", ("y",)),
        Joined("best_loss", ("least",)),
    ),
    rows={
        "curves": {"p": "grid", "loss": "loss_curve", "one": "one_curve", "zero": "zero_curve"},
        "key": {"name": "key", "from": "key_from", "end": "key_end", "up": "key_up"},
        "model": {"p": "here_p", "loss": "here_loss"},
        "best": {"p": "best_p", "loss": "best_loss"},
    },
    chart={
        "width": 380,
        "height": 240,
        "encoding": {"x": MODEL_OF_ONE | {"field": "p"}},
        "layer": [
            {
                "data": {"name": "curves"},
                "mark": {"type": "line", **FIRST_TERM},
                "encoding": {"y": LOSS | {"field": "one"}},
            },
            {
                "data": {"name": "curves"},
                "mark": {"type": "line", **SECOND_TERM},
                "encoding": {"y": LOSS | {"field": "zero"}},
            },
            {
                "data": {"name": "curves"},
                "mark": {"type": "line", "strokeWidth": 2.5},
                "encoding": {"y": LOSS | {"field": "loss"}},
            },
            {
                "data": {"name": "key"},
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": {"field": "end"}, "y": LOSS | {"field": "up"}, "text": {"field": "name"}},
            },
            *(
                {
                    "data": {"name": "key"},
                    "transform": [{"filter": f"datum.name == '{name}'"}],
                    "mark": {"type": "rule", **look},
                    "encoding": {"x": {"field": "from"}, "x2": {"field": "end"}, "y": LOSS | {"field": "up"}},
                }
                for name, look in zip(
                    KEY, (FIRST_TERM, SECOND_TERM, {"strokeWidth": 2.5, "color": "var(--figure-model)"})
                )
            ),
            {
                "data": {"name": "model"},
                "mark": {"type": "point", "size": 90},
                "encoding": {"y": LOSS | {"field": "loss"}},
            },
            {
                "data": {"name": "best"},
                "mark": {"type": "point", "shape": "diamond", "size": 110, "color": "var(--figure-label)"},
                "encoding": {"y": LOSS | {"field": "loss"}},
            },
        ],
    },
    reading="With the label {y:.2f} and the model at {p:.2f} the two terms are {terms[1]:.3f} and {terms[2]:.3f}, and "
    "the loss is {loss:.3f}. The least loss, at p = y, is {least:.3f}.",
    table=(
        Column("term", "outcome_names"),
        Column("label", "shares", 2),
        Column("surprisal", "surprisals"),
        Column("label times surprisal", "terms"),
    ),
    presets=(
        Preset("Label 0", {"y": 0}),
        Preset("Label one half", {"y": 0.5}),
        Preset("Label 1", {"y": 1}),
        Preset("Model = label", {"p": "y"}),
    ),
)

FIELD = 21
POINTS = tuple(
    tuple((place + 0.5) / (FIELD + 1.5) for place in (one, two, FIELD - one - two))
    for one, two in product(range(FIELD + 1), repeat=2)
    if one + two <= FIELD
)
RIGHTWARDS, UPWARDS = (0, 1, 0.5), (0, 0, sqrt(3) / 2)  # where the corners of the triangle stand
CORNER_NAMES = ("class 1", "class 2", "class 3")


def _across(field):
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [-0.29, 1.29]}}


def _up(field):
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [-0.12, 0.96]}}


BANDS = (0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 2.5)
SOFT_LABEL_TRIANGLE = Figure(
    name="soft-label-triangle",
    title="All models for three classes: the loss is least at the label",
    notice="each dot is a model: the fuller its colour, the smaller its loss. The fullest place follows the label. As "
    "the label moves to the middle of the triangle, the whole field fades: the floor rises, for every model.",
    described="A triangle whose corners are the three classes, filled with dots of fuller colour where the loss "
    "is smaller, with a diamond at the label and a ring at the model",
    controls=(
        Simplex("y", "label y", (0.7, 0.2, 0.1), ("y₁", "y₂", "y₃"), least=0.02),
        Simplex("p", "model p", (0.2, 0.3, 0.5), ("p₁", "p₂", "p₃"), least=0.02),
    ),
    steps=(
        Fixed("models", POINTS),
        Fixed("models_x", tuple(sum(a * b for a, b in zip(RIGHTWARDS, point)) for point in POINTS)),
        Fixed("models_y", tuple(sum(a * b for a, b in zip(UPWARDS, point)) for point in POINTS)),
        Compute("field", "cross_entropy.cross_entropy", each={"p": "models"}, q="y"),
        Fixed("corner_names", CORNER_NAMES),
        Fixed("rightwards", RIGHTWARDS),
        Fixed("upwards", UPWARDS),
        Fixed("below", (-1, -1, 1)),
        Multiplied("label_parts_x", "y", "rightwards"),
        Multiplied("label_parts_y", "y", "upwards"),
        Multiplied("model_parts_x", "p", "rightwards"),
        Multiplied("model_parts_y", "p", "upwards"),
        Total("label_x", "label_parts_x"),
        Total("label_y", "label_parts_y"),
        Total("model_x", "model_parts_x"),
        Total("model_y", "model_parts_y"),
        Fixed("marks", ("label y", "model p")),
        Joined("marks_x", ("label_x", "model_x")),
        Joined("marks_y", ("label_y", "model_y")),
        Compute("loss", "cross_entropy.cross_entropy", p="p", q="y"),
        Compute("least", "soft_labels.minimum", y="y"),
        Compute("excess", "soft_labels.excess", p="p", y="y"),
    ),
    rows={
        "field": {"across": "models_x", "up": "models_y", "loss": "field"},
        "corners": {"name": "corner_names", "across": "rightwards", "up": "upwards", "below": "below"},
        "marks": {"name": "marks", "across": "marks_x", "up": "marks_y"},
    },
    chart={
        "width": 380,
        "height": 260,
        "layer": [
            {
                "data": {"name": "field"},
                "mark": {"type": "point", "size": 74, "clip": False},
                "encoding": {
                    "x": _across("across"),
                    "y": _up("up"),
                    "opacity": {
                        "field": "loss",
                        "type": "quantitative",
                        "legend": None,
                        "scale": {
                            "type": "threshold",
                            "domain": BANDS,
                            "range": [1, 0.85, 0.7, 0.56, 0.43, 0.32, 0.22, 0.14, 0.07],
                        },
                    },
                },
            },
            {
                "data": {"name": "corners"},
                "transform": [{"filter": "datum.below < 0"}],
                "mark": {"type": "text", "dy": 18},
                "encoding": {"x": _across("across"), "y": _up("up"), "text": {"field": "name"}},
            },
            {
                "data": {"name": "corners"},
                "transform": [{"filter": "datum.below > 0"}],
                "mark": {"type": "text", "dy": -12},
                "encoding": {"x": _across("across"), "y": _up("up"), "text": {"field": "name"}},
            },
            {
                "data": {"name": "marks"},
                "mark": {"type": "point", "filled": True, "size": 150, "stroke": "var(--ink)", "strokeWidth": 1.5},
                "encoding": {
                    "x": _across("across"),
                    "y": _up("up"),
                    "shape": {
                        "field": "name",
                        "scale": {"domain": ["label y", "model p"], "range": ["diamond", "circle"]},
                        "legend": None,
                    },
                    "color": {
                        "field": "name",
                        "scale": {
                            "domain": ["label y", "model p"],
                            "range": ["var(--figure-label)", "var(--figure-model)"],
                        },
                        "legend": None,
                    },
                },
            },
            *(
                {
                    "data": {"name": "marks"},
                    "mark": {"type": "text", "align": "left", "dx": 11, "fontWeight": 600, **halo},
                    "encoding": {"x": _across("across"), "y": _up("up"), "text": {"field": "name"}},
                }
                for halo in ({"stroke": "var(--md-default-bg-color)", "strokeWidth": 4, "strokeJoin": "round"}, {})
            ),
        ],
    },
    reading="The loss is {loss:.3f}. Of that, {least:.3f} is the entropy of the label, which no model can save, and "
    "{excess:.3f} is the distance of the model from the label (the divergence).",
    table=(Column("class", "corner_names"), Column("label y", "y"), Column("model p", "p")),
    presets=(
        Preset("Model = label", {"p": "y"}),
        Preset("A label that is nearly hard", {"y": [0.96, 0.02, 0.02]}),
        Preset("Label in the middle", {"y": [1 / 3, 1 / 3, 1 / 3]}),
    ),
)
