"""The figure of the page of misconceptions: a model that is confident and wrong."""

from .parts import Choice, Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Preset, over

CONFIDENT_CHANCES = tuple(number / 100 for number in range(1, 100))
CONFIDENT_GIVEN = {
    "type": "quantitative",
    "title": "probability p that the model gives to a 1",
    "scale": {"domain": [0, 1], "nice": False},
    "axis": {"tickCount": 6},
}
CONFIDENT_NATS = {
    "type": "quantitative",
    "title": "nats",
    "scale": {"domain": [0, 5], "nice": False},
    "axis": {"tickCount": 6, "grid": False},
}


def _over(name, field, mark):
    return over(name, mark, x=CONFIDENT_GIVEN | {"field": "p"}, y=CONFIDENT_NATS | {"field": field})


CONFIDENT = Figure(
    name="confident-and-wrong",
    title="Move p: the entropy says how sure the model is, the loss how wrong",
    notice="the entropy is small at both ends, whatever the label. The loss is small at one end only: at the other the "
    "model is confident and wrong. Change the label, and the loss turns round; the entropy does not move.",
    described="Two curves over the model's probability of a 1: its entropy, an arch that is 0 at both ends, and its "
    "loss at the label, which is 0 at one end and very large at the other",
    controls=(
        Numbers("p", "probability p", (0.02,), 0.01, 0.99, 0.01, places=2),
        Choice("y", "the label is", {"1": 1, "0": 0}, 1),
    ),
    steps=(
        Fixed("axis", CONFIDENT_CHANCES),
        Fixed("models", tuple((p, 1 - p) for p in CONFIDENT_CHANCES)),
        Fixed("one", (1,)),
        Compute("entropy_over", "cross_entropy.entropy", each={"q": "models"}),
        Compute("loss_over", "cross_entropy.two_outcomes", each={"p": "axis"}, y="y"),
        Combined("rest", {"one": 1, "p": -1}),
        Joined("model", ("p", "rest")),
        Compute("entropy", "cross_entropy.entropy", q="model"),
        Compute("loss", "cross_entropy.two_outcomes", p="p", y="y"),
        Fixed("names", ("entropy of the model", "loss at the label")),
        Joined("values", ("entropy", "loss")),
        Joined("here", ("p",)),
        Joined("entropy_here", ("entropy",)),
        Joined("loss_here", ("loss",)),
        Joined("label_here", ("y",)),
    ),
    rows={
        "curve": {"p": "axis", "entropy": "entropy_over", "loss": "loss_over"},
        "here": {"p": "here", "entropy": "entropy_here", "loss": "loss_here", "y": "label_here"},
    },
    chart={
        "width": 380,
        "height": 200,
        "layer": [
            _over("curve", "entropy", {"type": "line"}),
            _over("curve", "loss", {"type": "line", "strokeDash": [6, 3], "color": "var(--figure-wrong)"}),
            _over("here", "entropy", {"type": "point"}),
            _over("here", "loss", {"type": "point", "shape": "square", "color": "var(--figure-wrong)"}),
            {
                "data": {"name": "here"},
                "transform": [{"calculate": "datum.y == 1 ? 0.12 : 0.88", "as": "beside"}],
                "mark": {
                    "type": "text",
                    "color": "var(--figure-wrong)",
                    "align": {"expr": "datum.y == 1 ? 'left' : 'right'"},
                },
                "encoding": {
                    "x": CONFIDENT_GIVEN | {"field": "beside"},
                    "y": {"value": 62},
                    "text": {"value": "loss (dashed)"},
                },
            },
            {
                "data": {"name": "here"},
                "transform": [{"calculate": "datum.y == 1 ? 0.16 : 0.84", "as": "beside"}],
                "mark": {
                    "type": "text",
                    "color": "var(--figure-model)",
                    "align": {"expr": "datum.y == 1 ? 'left' : 'right'"},
                },
                "encoding": {
                    "x": CONFIDENT_GIVEN | {"field": "beside"},
                    "y": CONFIDENT_NATS | {"datum": 0.22},
                    "text": {"value": "entropy of the model"},
                },
            },
        ],
    },
    reading="The entropy of the model is {entropy:.3f}; its loss is {loss:.3f}.",
    table=(Column("what", "names"), Column("nats", "values")),
    presets=(
        Preset("Confident and wrong", {"p": 0.02, "y": 1}),
        Preset("Confident and right", {"p": 0.98, "y": 1}),
        Preset("Undecided", {"p": 0.5}),
    ),
)
