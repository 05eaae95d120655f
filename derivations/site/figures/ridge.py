"""The figure of the chapter on ridge: what a penalty makes of the three losses in the figure of the best weights."""

from .best_weights import WEIGHED_ACROSS, WEIGHED_HEIGHT, WEIGHED_SETS, WEIGHED_SOME_WEIGHTS
from .parts import Choice, Column, Compute, Crossing, Figure, Fixed, Numbers, Picked, Preset, named_line, over

HELD_WEIGHTS = tuple(number / 50 for number in range(-100, 206))  # from -2 to 4.1
HELD_SOME_WEIGHTS = (-2, -1, *WEIGHED_SOME_WEIGHTS)
HELD_ACROSS = WEIGHED_ACROSS | {
    "title": "weight w of the one feature",
    "scale": {"domain": [-2, 4.1], "nice": False},
    "axis": {"values": [-2, -1, 0, 1, 2, 3, 4], "grid": False},
}
HELD_HEIGHT = WEIGHED_HEIGHT | {"scale": {"domain": [0, 10], "nice": False}}
HELD_LINES = {  # which line, its name, and how high that stands: above both, at any penalty
    "free": ({"strokeWidth": 1.8, "strokeDash": [6, 3], "color": "var(--figure-label)"}, "without a penalty", 8.9),
    "held": ({"strokeWidth": 2.5, "color": "var(--figure-model)"}, "with the penalty", 9.6),
}


def _losses(name, weights):
    """The loss of the chosen points at the weights of a list, without and with the penalty."""
    return (
        Fixed(f"{name}_lists", tuple((weight,) for weight in weights)),
        Compute(f"free_{name}", "logistic_regression.softplus_form", each={"w": f"{name}_lists"}, x="x", y="y"),
        Compute(f"held_{name}", "logistic_regression.penalized_loss", each={"w": f"{name}_lists"}, x="x", y="y", λ="λ"),
    )


def _named_line(name):
    """A curve; and above all curves a short piece of it, with its name."""
    look, text, upward = HELD_LINES[name]
    curve = over("curves", {"type": "line", **look}, x=HELD_ACROSS, y=HELD_HEIGHT | {"field": name})
    return curve, *named_line(text, look, (-0.4, 0, upward), HELD_ACROSS, HELD_HEIGHT)


RIDGE_BEST = Figure(
    name="ridge-best",
    title="With a penalty there is one best weight, whatever the points",
    notice="dashed, without a penalty, the loss of the separable points falls for ever, and that of points whose "
    "feature is always 0 is level. With the penalty every one of the curves has exactly one lowest place, at the disc. "
    "The larger λ is, the nearer is that place to 0, unless it is there already.",
    described="Over one weight, the loss of six points as a dashed curve, and with a penalty as a second curve that "
    "touches the first at the weight 0 and rises above it on both sides; a disc at its lowest place",
    controls=(
        Numbers("λ", "penalty λ", (0.5,), 0.05, 2, 0.05, places=2),
        Choice("points", "points", {"overlapping": 1, "separable": 2, "feature always 0": 3}, 2),
    ),
    steps=(
        Fixed("all_x", tuple(x for x, _ in WEIGHED_SETS.values())),
        Fixed("all_y", tuple(y for _, y in WEIGHED_SETS.values())),
        Picked("x", "all_x", "points"),
        Picked("y", "all_y", "points"),
        Fixed("axis", HELD_WEIGHTS),
        *_losses("axis", HELD_WEIGHTS),
        Compute("slopes", "logistic_regression.penalized_gradient", each={"w": "axis_lists"}, x="x", y="y", λ="λ", h=1),
        Crossing("best", "slopes", "axis"),
        Compute("lowest", "logistic_regression.penalized_loss", w="best", x="x", y="y", λ="λ"),
        Compute("of_it", "logistic_regression.softplus_form", w="best", x="x", y="y"),
        Fixed("some", HELD_SOME_WEIGHTS),
        *_losses("some", HELD_SOME_WEIGHTS),
    ),
    rows={
        "curves": {"w": "axis", "free": "free_axis", "held": "held_axis"},
        "best": {"w": "best", "held": "lowest"},
    },
    chart={
        "width": 380,
        "height": 250,
        "layer": [
            *(layer for name in HELD_LINES for layer in _named_line(name)),
            over("best", {"type": "point", "size": 110}, x=HELD_ACROSS, y=HELD_HEIGHT | {"field": "held"}),
        ],
    },
    reading="With λ = {λ:.2f} the best weight w is {best[1]:.2f}. There the penalized loss is {lowest:.3f}; without "
    "the penalty the loss of this weight is {of_it:.3f}.",
    table=(
        Column("weight", "some", 1),
        Column("without a penalty", "free_some"),
        Column("with the penalty", "held_some"),
    ),
    presets=(
        Preset("Separable, a small penalty", {"λ": 0.05, "points": 2}),
        Preset("Separable, a large penalty", {"λ": 2, "points": 2}),
        Preset("Feature always 0", {"points": 3}),
    ),
)
