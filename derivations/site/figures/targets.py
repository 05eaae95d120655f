"""The figure of the chapter on targets: the slopes of the loss, beside what code returns that takes their sum for 1."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Preset, Total

OF_BARS = ("logit 1", "logit 2", "logit 3", "their sum")
GRADIENT_WAYS = ("slope of the loss", "probability less target")
GRADIENT_LOOKS = ("var(--figure-model)", "var(--figure-wrong)")
ZERO_IS_DARK = {"condition": {"test": "datum.value === 0", "value": "var(--ink)"}, "value": "var(--hairline)"}
OF_SUMS = [  # a sum of 0 has no bar: its number stands there
    {"filter": f"datum.logit === '{OF_BARS[3]}'"},
    {"calculate": "abs(datum.height) < 0.005 ? '0' : format(datum.height, '.2f')", "as": "said"},
    {"calculate": "datum.height + (datum.height < -0.005 ? -0.14 : 0.14)", "as": "beside"},
]
SUM_HEIGHT = {
    "type": "quantitative",
    "title": None,
    "scale": {"domain": [-2.3, 2], "nice": False},
    "axis": {"values": [-2, -1, 0, 1, 2], "gridColor": ZERO_IS_DARK},
}

TARGET_SUM = Figure(
    name="target-sum",
    title="Move the targets: probability less target is the slope only if they sum to 1",
    notice="the slopes sum to 0, whatever the targets are. Probability less target does not, unless the targets sum to "
    "1. If their sum is larger, its bar ends too low in every logit, and if it is smaller, too high.",
    described="For each of three logits and for their sum a bar for the slope of the loss, and beside it a bar for "
    "the probability less the target; at the bars of the sum stand their numbers",
    controls=(
        Numbers("a", "targets", (0, 1, 1), 0, 1, 0.1, ("a₁", "a₂", "a₃")),
        Numbers("z", "logits", (0, 2, 1), -4, 4, 0.1, ("z₁", "z₂", "z₃")),
    ),
    steps=(
        Fixed("classes", (1, 2, 3)),
        Fixed("bars", OF_BARS),
        Fixed("first", (GRADIENT_WAYS[0],) * len(OF_BARS)),
        Fixed("second", (GRADIENT_WAYS[1],) * len(OF_BARS)),
        Compute("total", "maximum_likelihood.total_weight", a="a"),
        Compute("p", "softmax.probability", each={"k": "classes"}, z="z"),
        Compute("slopes", "targets.gradient", each={"m": "classes"}, a="a", z="z"),
        Combined("less", {"p": 1, "a": -1}),
        Total("slopes_sum", "slopes"),
        Total("less_sum", "less"),
        Joined("slope_bars", ("slopes", "slopes_sum")),
        Joined("less_bars", ("less", "less_sum")),
        Joined("names", ("bars", "bars")),
        Joined("ways", ("first", "second")),
        Joined("heights", ("slope_bars", "less_bars")),
    ),
    rows={"bars": {"logit": "names", "way": "ways", "height": "heights"}},
    chart={
        "width": 380,
        "height": 240,
        "data": {"name": "bars"},
        "layer": [
            {"mark": {"type": "bar"}, "encoding": {"y": SUM_HEIGHT | {"field": "height"}}},
            {
                "transform": OF_SUMS,
                "mark": {"type": "text"},
                "encoding": {"y": SUM_HEIGHT | {"field": "beside"}, "text": {"field": "said"}},
            },
        ],
        "encoding": {
            "x": {
                "field": "logit",
                "type": "nominal",
                "sort": list(OF_BARS),
                "title": None,
                "axis": {"orient": "bottom", "offset": 4, "ticks": False, "domain": False},
                "scale": {"paddingInner": 0.3},
            },
            "xOffset": {"field": "way", "sort": list(GRADIENT_WAYS)},
            "color": {
                "field": "way",
                "type": "nominal",
                "scale": {"domain": list(GRADIENT_WAYS), "range": list(GRADIENT_LOOKS)},
            },
        },
    },
    reading="The targets sum to {total:.1f}. The slope in the second logit is {slopes[2]:.3f}; probability less "
    "target is {less[2]:.3f} there, and over all three it sums to {less_sum:.3f}.",
    table=(Column("logit", "bars"), Column("slope of the loss", "slope_bars"), Column("p − a", "less_bars")),
    presets=(
        Preset("Targets that sum to 1", {"a": (0.5, 0.5, 0)}),
        Preset("One target of a half", {"a": (0, 0.5, 0)}),
        Preset("Three ones, at the least loss", {"a": (1, 1, 1), "z": (0, 0, 0)}),
        Preset("No target", {"a": (0, 0, 0)}),
    ),
)
