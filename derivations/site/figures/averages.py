"""The figure of the chapter on averages: two models on the curve of the loss, and their average below the chord."""

from .parts import Column, Combined, Compute, Figure, Fixed, Joined, Numbers, Preset, Total, over

MODEL_GRID = tuple(round(0.01 + 0.01 * place, 2) for place in range(99))
TWO_MODELS = (("first", "first_rest"), ("second", "second_rest"))
MODEL_SAYS = {
    "field": "p",
    "type": "quantitative",
    "title": "probability of the first class",
    "scale": {"domain": [0, 1]},
    "axis": {"tickCount": 5},
}
MODEL_LOSS = {"type": "quantitative", "title": "loss", "scale": {"domain": [0, 4]}, "axis": {"values": [0, 1, 2, 3, 4]}}


def _line(data, **look):
    return over(data, {"type": "line", **look}, x=MODEL_SAYS, y=MODEL_LOSS | {"field": "loss"})


def _point(data, field="loss", **look):
    return over(data, {"type": "point", "size": 110, **look}, x=MODEL_SAYS, y=MODEL_LOSS | {"field": field})


AVERAGE_BELOW = Figure(
    name="average-below",
    title="The loss of the average is never above the mean of the losses",
    notice="disc and square are the models, on the curve of the loss. The diamond, midway on the dashed line, is the "
    "mean of their losses. The curve bends upwards, so the ring, the loss of their average, is below the diamond; both "
    "meet where the models agree. If the label is 0 or 1, the average does not beat the better model. With a label "
    "between, it may beat both.",
    described="Over the probability of the first class, the loss as a curve that bends upwards; on it a disc and a "
    "square for two models, a dashed line between them with a diamond in the middle, and a ring on the curve below it",
    controls=(
        Numbers("first", "model 1", (0.9,), 0.02, 0.98, 0.02, places=2),
        Numbers("second", "model 2", (0.1,), 0.02, 0.98, 0.02, places=2),
        Numbers("y", "label", (1,), 0, 1, 0.05, places=2),
    ),
    steps=(
        Fixed("ones", (1,)),
        Total("one", "ones"),
        Combined("first_rest", {"one": 1, "first": -1}),
        Combined("second_rest", {"one": 1, "second": -1}),
        Combined("y_rest", {"one": 1, "y": -1}),
        Compute("first_loss", "cross_entropy.two_outcomes", p="first", y="y"),
        Compute("second_loss", "cross_entropy.two_outcomes", p="second", y="y"),
        Combined("mean", {"first_loss": 0.5, "second_loss": 0.5}),
        Compute("average", "averages.averaged", φ=TWO_MODELS, k=1),
        Compute("of_average", "averages.ensemble", φ=TWO_MODELS, y=("y", "y_rest")),
        Fixed("grid", MODEL_GRID),
        Compute("curve", "cross_entropy.two_outcomes", each={"p": "grid"}, y="y"),
        Fixed("names", ("model 1", "model 2", "their average")),
        Joined("said", ("first", "second")),
        Joined("losses", ("first_loss", "second_loss")),
        Joined("all_said", ("said", "average")),
        Joined("all_losses", ("losses", "of_average")),
    ),
    rows={
        "curve": {"p": "grid", "loss": "curve"},
        "models": {"p": "said", "loss": "losses"},
        "first": {"p": "first", "loss": "first_loss"},
        "second": {"p": "second", "loss": "second_loss"},
        "average": {"p": "average", "loss": "of_average", "mean": "mean"},
    },
    chart={
        "width": 380,
        "height": 260,
        "layer": [
            _line("curve", clip=True, strokeWidth=2.5),
            _line("models", strokeWidth=1.8, strokeDash=[6, 3], color="var(--figure-label)"),
            _point("average", "mean", shape="diamond", color="var(--figure-label)"),
            _point("first"),
            _point("second", shape="square"),
            _point("average", filled=False, size=150, strokeWidth=2.5),
        ],
    },
    reading="The losses of the models are {first_loss:.3f} and {second_loss:.3f}, and their mean is {mean:.3f}. The "
    "average of the models says {average:.2f} and has the loss {of_average:.3f}.",
    table=(
        Column("which", "names"),
        Column("probability of the first class", "all_said", 2),
        Column("loss", "all_losses"),
    ),
    presets=(
        Preset("Better than both", {"first": 0.9, "second": 0.1, "y": 0.5}),
        Preset("Better than one", {"first": 0.6, "second": 0.1, "y": 1}),
        Preset("Models that agree", {"first": 0.6, "second": 0.6, "y": 1}),
    ),
)
