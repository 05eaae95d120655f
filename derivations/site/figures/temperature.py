"""The figure of the chapter on temperature: bars that sharpen and flatten, and the loss over the temperature."""

from .parts import Choice, Column, Compute, Figure, Fixed, Joined, Numbers, Picked, Preset, over

TEMPERATURES = tuple(round(0.25 + 0.05 * place, 2) for place in range(96))  # from 0.25 to 5
BAR_HEIGHT = {"type": "quantitative", "title": "probability", "scale": {"domain": [0, 1]}}
TEMPERATURE_AXIS = {"type": "quantitative", "title": "temperature T", "scale": {"domain": [0, 5]}}
TURNED_TO = TEMPERATURE_AXIS | {"field": "T"}
LOSS_AXIS = {"type": "quantitative", "title": "loss in nats", "scale": {"domain": [0, 4], "clamp": True}}

SOFTMAX_TEMPERATURE = Figure(
    name="softmax-temperature",
    title="Turn the temperature: the bars sharpen and flatten, their order stays",
    notice="the disc marks the loss at this temperature, on the curve of the loss at all of them. If the true class "
    "has the largest logit, the loss falls as the temperature falls. If it is another class, sharp bars cost more.",
    described="Above, for each of three classes a bar for its probability at the temperature and a line for its label; "
    "below, over the temperature, the loss as a curve with a disc at the one chosen",
    controls=(
        Numbers("T", "temperature", (1,), 0.25, 5, 0.05, places=2),
        Numbers("z", "logits", (2, 1, 0), -4, 4, 0.1, ("z₁", "z₂", "z₃")),
        Choice("c", "true class", {"1": 1, "2": 2, "3": 3}, 1),
    ),
    steps=(
        Fixed("classes", (1, 2, 3)),
        Fixed("names", ("class 1", "class 2", "class 3")),
        Fixed("grid", TEMPERATURES),
        Fixed("labels", ([1, 0, 0], [0, 1, 0], [0, 0, 1])),
        Picked("y", "labels", "c"),
        Compute("p", "temperature.at_temperature", each={"m": "classes"}, z="z", T="T"),
        Compute("gradient", "temperature.gradient", each={"m": "classes"}, y="y", z="z", T="T"),
        Compute("loss_curve", "temperature.loss", each={"T": "grid"}, y="y", z="z"),
        Compute("loss", "temperature.loss", y="y", z="z", T="T"),
        Compute("entropy", "cross_entropy.entropy", q="p"),
        Compute("slope", "temperature.slope", y="y", z="z", T="T"),
        Joined("here_T", ("T",)),
        Joined("here_loss", ("loss",)),
    ),
    rows={
        "classes": {"class": "names", "p": "p", "y": "y"},
        "curves": {"T": "grid", "loss": "loss_curve"},
        "here": {"T": "here_T", "loss": "here_loss"},
    },
    chart={
        "spacing": 14,
        "vconcat": [
            {
                "width": 360,
                "height": 150,
                "data": {"name": "classes"},
                "encoding": {"x": {"field": "class", "type": "nominal", "title": None}},
                "layer": [
                    {
                        "mark": {"type": "bar", "width": 44, "opacity": 0.35},
                        "encoding": {"y": BAR_HEIGHT | {"field": "p"}},
                    },
                    {
                        "mark": {"type": "tick", "thickness": 3, "width": 60, "color": "var(--figure-label)"},
                        "encoding": {"y": {"field": "y", "type": "quantitative"}},
                    },
                ],
            },
            {
                "width": 360,
                "height": 160,
                "layer": [
                    over("curves", {"type": "line", "strokeWidth": 2.5}, x=TURNED_TO, y=LOSS_AXIS | {"field": "loss"}),
                    over("here", {"type": "point", "size": 110}, x=TURNED_TO, y=LOSS_AXIS | {"field": "loss"}),
                ],
            },
        ],
    },
    reading="At the temperature {T:.2f} the loss is {loss:.3f} and the entropy {entropy:.3f}. The slope of the loss in "
    "the temperature is {slope:.3f}.",
    table=(
        Column("class", "names"),
        Column("probability p", "p"),
        Column("label y", "y", 0),
        Column("slope (p − y)/T", "gradient"),
    ),
    presets=(
        Preset("Cold", {"T": 0.25}),
        Preset("Temperature 1", {"T": 1}),
        Preset("Hot", {"T": 5}),
        Preset("Sure and wrong", {"T": 0.5, "c": 3}),
    ),
)
