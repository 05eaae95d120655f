"""The figures of the chapter on softmax."""

from .parts import Choice, Column, Combined, Figure, Fixed, Multiplied, Numbers, Preset, Compute, Total

CLASSES = ("class 1", "class 2", "class 3")

PROBABILITY = {"type": "quantitative", "title": "probability", "scale": {"domain": [0, 1]}}
SOFTMAX_GRADIENT = Figure(
    name="softmax-gradient",
    title="Move the logits: the slope is probability minus label",
    notice="an arrow runs from each label (brown line) to the probability (bar). It is the slope of the loss in that "
    "logit. A step that makes the loss smaller goes the other way: where the arrow points down, raise the logit. The "
    "arrows always sum to 0, and a shift of all logits moves nothing.",
    described="For each of three classes a bar for its probability, a line for its label, and an arrow from the label "
    "to the probability",
    controls=(
        Numbers("z", "logits", (2, 1, 0), -4, 4, 0.1, ("z₁", "z₂", "z₃")),
        Numbers("t", "shift all by", (0,), -4, 4, 0.1),
        Choice("c", "true class", {"1": 1, "2": 2, "3": 3}, 1),
    ),
    steps=(
        Fixed("classes", (1, 2, 3)),
        Fixed("names", CLASSES),
        Compute("logits", "softmax.shifted", each={"k": "classes"}, z="z", t="t"),
        Compute("p", "softmax.probability", each={"k": "classes"}, z="logits"),
        Compute("gradient", "softmax.hard_gradient", each={"m": "classes"}, z="logits", c="c"),
        Combined("y", {"p": 1, "gradient": -1}),
        Compute("loss", "log_sum_exp.hard_loss", z="logits", c="c"),
        Total("sum", "gradient"),
        Combined("doubled", {"z": 2}),
        Compute("slope", "cross_entropy.gradient", each={"m": "classes"}, p="p", q="y"),
        Compute("diagonal", "softmax.jacobian", each={"l": "classes", "m": "classes"}, z="logits"),
        Multiplied("wrong", "slope", "diagonal"),
        Combined("wrong_end", {"y": 1, "wrong": 1}),
    ),
    rows={"classes": {"class": "names", "p": "p", "y": "y", "gradient": "gradient", "wrong": "wrong_end"}},
    chart={
        "width": 380,
        "height": 230,
        "data": {"name": "classes"},
        "encoding": {"x": {"field": "class", "type": "nominal", "title": None}},
        "layer": [
            {"mark": {"type": "bar", "width": 44, "opacity": 0.35}, "encoding": {"y": PROBABILITY | {"field": "p"}}},
            {
                "mark": {"type": "tick", "thickness": 3, "width": 60, "color": "var(--figure-label)"},
                "encoding": {"y": {"field": "y", "type": "quantitative"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 2.5, "color": "var(--ink)"},
                "encoding": {"y": {"field": "y", "type": "quantitative"}, "y2": {"field": "p"}},
            },
            {
                "transform": [{"calculate": "datum.gradient < 0 ? 180 : 0", "as": "turn"}],
                "mark": {"type": "point", "shape": "triangle-up", "size": 110, "color": "var(--ink)"},
                "encoding": {
                    "y": {"field": "p", "type": "quantitative"},
                    "angle": {"field": "turn", "type": "quantitative", "scale": None},
                },
            },
            {
                "mark": {"type": "point", "filled": False, "size": 90, "color": "var(--figure-wrong)", "xOffset": 38},
                "encoding": {"y": {"field": "wrong", "type": "quantitative"}},
            },
        ],
    },
    reading="The loss is {loss:.3f}. The slopes p − y are {gradient[1]:.3f}, {gradient[2]:.3f} and {gradient[3]:.3f}; "
    "their sum is {sum:.3f}. The circles show a common mistake: each is where the arrow would end if only the true "
    "class had a slope.",
    table=(
        Column("class", "names"),
        Column("probability p", "p"),
        Column("label y", "y", 0),
        Column("slope p − y", "gradient"),
        Column("diagonal only", "wrong"),
    ),
    presets=(Preset("Twice the logits", {"z": "doubled"}),),
)
